CREATE TABLE idempotency (
  user_id $BIG NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  made $BIG,
  created_at $BIG NOT NULL,
  PRIMARY KEY (user_id, key)
) $STRICT_WITHOUT_ROWID;
CREATE INDEX idempotency_time ON idempotency (created_at);
-- Saved views of lists, own and shared.
CREATE TABLE view (
  id $ID,
  entity TEXT NOT NULL,
  name TEXT NOT NULL,
  shared $BIG,
  owner_id $BIG,
  config $JSON NOT NULL,
  position $BIG,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE INDEX view_entity ON view (entity, owner_id);
