-- How far each consumer of the change feed has come.
CREATE TABLE feed_position (
  name TEXT PRIMARY KEY,
  position $BIG NOT NULL
) $STRICT_WITHOUT_ROWID;
