CREATE TABLE import_run (
  id $ID,
  kind $BIG NOT NULL,
  file TEXT NOT NULL,
  file_id $BIG,
  size $BIG NOT NULL DEFAULT 0,
  charset TEXT,
  delimiter TEXT,
  sheet $BIG NOT NULL DEFAULT 0,
  preset TEXT,
  mapping $JSON,
  options $JSON,
  look $JSON,
  state $BIG NOT NULL,
  rows $BIG,
  done $BIG NOT NULL DEFAULT 0,
  created $BIG NOT NULL DEFAULT 0,
  updated $BIG NOT NULL DEFAULT 0,
  unchanged $BIG NOT NULL DEFAULT 0,
  refused $BIG NOT NULL DEFAULT 0,
  merged $BIG NOT NULL DEFAULT 0,
  counts $JSON,
  preview $JSON,
  message TEXT,
  job_id $BIG,
  owner_id $BIG,
  started_at $BIG,
  ended_at $BIG,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE INDEX import_run_owner ON import_run (owner_id, id);

-- Rows that were refused: original text sealed, because it holds personal values.
CREATE TABLE import_error (
  import_id $BIG NOT NULL,
  n $BIG NOT NULL,
  row_number $BIG NOT NULL,
  field TEXT,
  message TEXT NOT NULL,
  raw $BLOB,
  PRIMARY KEY (import_id, n)
) $STRICT;

CREATE TABLE preset (
  id $ID,
  name TEXT NOT NULL,
  kind $BIG NOT NULL,
  mapping $JSON NOT NULL,
  options $JSON,
  owner_id $BIG,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
