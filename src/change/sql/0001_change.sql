-- The change log: history, audit and feed in one table. Ids are dense and in commit order.
CREATE TABLE change (
  id $ID,
  at $BIG NOT NULL,
  actor_id $BIG,
  origin $BIG NOT NULL,
  origin_id $BIG,
  action $BIG NOT NULL,
  entity TEXT NOT NULL,
  record_id $BIG,
  version $BIG NOT NULL,
  address TEXT,
  session TEXT,
  request TEXT,
  reason TEXT,
  data TEXT,
  salt $BLOB,
  digest $BLOB NOT NULL,
  hash $BLOB NOT NULL
) $STRICT;
CREATE INDEX change_record ON change (entity, record_id, id);
CREATE INDEX change_origin ON change (origin, origin_id, id) WHERE origin_id IS NOT NULL;
CREATE INDEX change_actor ON change (actor_id, id);

-- Fields that administrators define at run time.
CREATE TABLE custom_field (
  id $ID,
  entity TEXT NOT NULL,
  key TEXT NOT NULL,
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  kind $BIG NOT NULL,
  choices $JSON,
  required $BIG NOT NULL DEFAULT 0,
  in_list $BIG NOT NULL DEFAULT 0,
  pii $BIG NOT NULL DEFAULT 0,
  hidden $BIG NOT NULL DEFAULT 0,
  block TEXT,
  position $BIG NOT NULL DEFAULT 0,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE UNIQUE INDEX custom_field_key ON custom_field (entity, key) WHERE deleted_at IS NULL;

-- Data keys, wrapped by the master key that lives outside the store.
CREATE TABLE data_key (
  id $ID,
  wrapped $BLOB NOT NULL,
  created_at $BIG NOT NULL
) $STRICT;
