CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT,
  sealed $BLOB,
  updated_at $BIG NOT NULL
) $STRICT_WITHOUT_ROWID;
