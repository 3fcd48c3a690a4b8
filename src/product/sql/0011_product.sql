CREATE TABLE category (
  id $ID,
  name TEXT NOT NULL,
  parent_id $BIG,
  position $BIG,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE INDEX category_parent ON category (parent_id);
--search category_search
CREATE TABLE product (
  id $ID,
  name TEXT NOT NULL,
  sku TEXT,
  category_id $BIG,
  brand TEXT,
  spec TEXT,
  unit TEXT,
  price $BIG,
  cost $BIG,
  origin TEXT,
  barcode TEXT,
  stock $BIG,
  state $BIG,
  pictures $JSON,
  description TEXT,
  custom $JSON,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE UNIQUE INDEX product_sku ON product (sku) WHERE deleted_at IS NULL AND sku IS NOT NULL;
CREATE INDEX product_name ON product (name) WHERE sku IS NULL;
CREATE INDEX product_category ON product (category_id);
--search product_search
