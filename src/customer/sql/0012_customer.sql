CREATE TABLE customer (
  id $ID,
  name TEXT NOT NULL,
  name_pinyin TEXT,
  kind $BIG NOT NULL,
  stage $BIG NOT NULL,
  gender $BIG,
  birthday $BIG,
  age $BIG,
  occupation TEXT,
  income $BIG,
  id_number $BLOB, id_number_blind $BLOB,
  company TEXT,
  phone $BLOB, phone_blind $BLOB, phone_tail $BLOB,
  email $BLOB, email_blind $BLOB,
  wechat TEXT,
  country TEXT,
  province TEXT,
  city TEXT,
  district TEXT,
  street $BLOB,
  postcode TEXT,
  tax_number TEXT,
  industry TEXT,
  employees $BIG,
  website TEXT,
  operation TEXT,
  credit_level $BIG,
  credit_limit $BIG,
  credit_checked $BIG,
  credit_note TEXT,
  needs TEXT,
  motive TEXT,
  habits TEXT,
  preferences TEXT,
  note TEXT,
  source $BIG,
  source_note TEXT,
  collected_at $BIG,
  collector_id $BIG,
  owner_id $BIG,
  department_id $BIG,
  custom $JSON,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
-- Counting and walking the living ones without touching the wide rows.
CREATE INDEX customer_live ON customer (id) WHERE deleted_at IS NULL;
--sqlite CREATE INDEX customer_pinyin ON customer (name_pinyin, id);
--postgres CREATE INDEX customer_pinyin ON customer (name_pinyin COLLATE "C" NULLS FIRST, id);
CREATE INDEX customer_phone ON customer (phone_blind) WHERE phone_blind IS NOT NULL;
CREATE INDEX customer_phone_tail ON customer (phone_tail) WHERE phone_tail IS NOT NULL;
CREATE INDEX customer_email ON customer (email_blind) WHERE email_blind IS NOT NULL;
CREATE INDEX customer_id_number ON customer (id_number_blind) WHERE id_number_blind IS NOT NULL;
CREATE INDEX customer_owner ON customer (owner_id);
CREATE INDEX customer_department ON customer (department_id);
CREATE INDEX customer_city ON customer (city);
-- New ones by time, without the wide rows.
--sqlite CREATE INDEX customer_created ON customer (created_at, id, deleted_at);
--postgres CREATE INDEX customer_created ON customer (created_at NULLS FIRST, id, deleted_at);
--search customer_search

-- Totals of each customer: narrow, because they change with every order.
CREATE TABLE customer_stat (
  id $ID,
  order_count $BIG NOT NULL DEFAULT 0,
  total_amount $BIG NOT NULL DEFAULT 0,
  refund_amount $BIG NOT NULL DEFAULT 0,
  net_amount $BIG NOT NULL DEFAULT 0,
  average_amount $BIG NOT NULL DEFAULT 0,
  item_count $BIG NOT NULL DEFAULT 0,
  refund_count $BIG NOT NULL DEFAULT 0,
  first_order_at $BIG,
  last_order_at $BIG,
  last_product_id $BIG,
  gap_mean $BIG,
  gap_median $BIG
) $STRICT;
--sqlite CREATE INDEX customer_stat_net ON customer_stat (net_amount, id);
--sqlite CREATE INDEX customer_stat_last ON customer_stat (last_order_at, id);
--sqlite CREATE INDEX customer_stat_count ON customer_stat (order_count, id);
--postgres CREATE INDEX customer_stat_net ON customer_stat (net_amount NULLS FIRST, id);
--postgres CREATE INDEX customer_stat_last ON customer_stat (last_order_at NULLS FIRST, id);
--postgres CREATE INDEX customer_stat_count ON customer_stat (order_count NULLS FIRST, id);

CREATE TABLE contact (
  id $ID,
  customer_id $BIG NOT NULL,
  name TEXT NOT NULL,
  position TEXT,
  phone $BLOB, phone_blind $BLOB, phone_tail $BLOB,
  email $BLOB, email_blind $BLOB,
  wechat TEXT,
  birthday $BIG,
  is_primary $BIG,
  note TEXT,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE INDEX contact_customer ON contact (customer_id);
CREATE INDEX contact_phone ON contact (phone_blind) WHERE phone_blind IS NOT NULL;
CREATE INDEX contact_phone_tail ON contact (phone_tail) WHERE phone_tail IS NOT NULL;
CREATE INDEX contact_email ON contact (email_blind) WHERE email_blind IS NOT NULL;
--search contact_search

CREATE TABLE address (
  id $ID,
  customer_id $BIG NOT NULL,
  receiver TEXT,
  phone $BLOB, phone_blind $BLOB, phone_tail $BLOB,
  country TEXT,
  province TEXT,
  city TEXT,
  district TEXT,
  street $BLOB,
  postcode TEXT,
  is_default $BIG,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE INDEX address_customer ON address (customer_id);
CREATE INDEX address_phone ON address (phone_blind) WHERE phone_blind IS NOT NULL;
CREATE INDEX address_phone_tail ON address (phone_tail) WHERE phone_tail IS NOT NULL;

CREATE TABLE identity (
  id $ID,
  customer_id $BIG NOT NULL,
  shop_id $BIG NOT NULL,
  kind $BIG,
  value TEXT NOT NULL,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE UNIQUE INDEX identity_value ON identity (value, shop_id) WHERE deleted_at IS NULL;
CREATE INDEX identity_customer ON identity (customer_id);
