CREATE TABLE stored_file (
  id $ID,
  token TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size $BIG NOT NULL,
  sha256 TEXT NOT NULL,
  entity TEXT,
  record_id $BIG,
  created_by $BIG,
  created_at $BIG NOT NULL,
  expires_at $BIG
) $STRICT;
CREATE UNIQUE INDEX stored_file_token ON stored_file (token);
CREATE INDEX stored_file_record ON stored_file (entity, record_id);
CREATE INDEX stored_file_expires ON stored_file (expires_at) WHERE expires_at IS NOT NULL;
