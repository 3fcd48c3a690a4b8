CREATE TABLE shop (
  id $ID,
  name TEXT NOT NULL,
  platform $BIG NOT NULL,
  external_id TEXT,
  currency TEXT,
  url TEXT,
  closed $BIG,
  note TEXT,
  custom $JSON,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
--search shop_search
