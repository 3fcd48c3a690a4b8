CREATE TABLE orders (
  id $ID,
  shop_id $BIG NOT NULL,
  number TEXT NOT NULL,
  state $BIG NOT NULL,
  customer_id $BIG,
  buyer TEXT,
  ordered_at $BIG NOT NULL,
  paid_at $BIG,
  shipped_at $BIG,
  done_at $BIG,
  closed_at $BIG,
  currency TEXT,
  goods_amount $BIG,
  discount $BIG,
  freight $BIG,
  tax $BIG,
  total_amount $BIG,
  paid_amount $BIG,
  refund_amount $BIG NOT NULL DEFAULT 0,
  item_count $BIG NOT NULL DEFAULT 0,
  line_count $BIG NOT NULL DEFAULT 0,
  receiver TEXT,
  phone $BLOB, phone_blind $BLOB, phone_tail $BLOB,
  country TEXT,
  province TEXT,
  city TEXT,
  district TEXT,
  street $BLOB,
  postcode TEXT,
  carrier TEXT,
  tracking TEXT,
  payment_method TEXT,
  unpaid_reason TEXT,
  channel TEXT,
  buyer_note TEXT,
  seller_note TEXT,
  import_id $BIG,
  custom $JSON,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE UNIQUE INDEX orders_number ON orders (number, shop_id) WHERE deleted_at IS NULL;
-- Answers "the orders of a customer in time" and his totals without the wide rows.
CREATE INDEX orders_customer ON orders (customer_id, ordered_at, paid_amount, item_count, deleted_at);
--sqlite CREATE INDEX orders_time ON orders (ordered_at, id, deleted_at, paid_amount);
--postgres CREATE INDEX orders_time ON orders (ordered_at NULLS FIRST, id, deleted_at, paid_amount);
CREATE INDEX orders_phone ON orders (phone_blind) WHERE phone_blind IS NOT NULL;
CREATE INDEX orders_phone_tail ON orders (phone_tail) WHERE phone_tail IS NOT NULL;
--search orders_search

CREATE TABLE order_line (
  id $ID,
  order_id $BIG NOT NULL,
  customer_id $BIG,
  product_id $BIG,
  name TEXT,
  spec TEXT,
  quantity $BIG NOT NULL,
  price $BIG NOT NULL,
  amount $BIG NOT NULL,
  ordered_at $BIG NOT NULL
) $STRICT;
CREATE INDEX order_line_product ON order_line (product_id, ordered_at);

CREATE TABLE refund (
  id $ID,
  shop_id $BIG NOT NULL,
  number TEXT NOT NULL,
  kind $BIG NOT NULL,
  state $BIG NOT NULL,
  order_id $BIG,
  customer_id $BIG,
  amount $BIG NOT NULL,
  item_count $BIG NOT NULL DEFAULT 0,
  line_count $BIG NOT NULL DEFAULT 0,
  reason TEXT,
  refunded_at $BIG NOT NULL,
  import_id $BIG,
  version $BIG NOT NULL,
  created_at $BIG NOT NULL,
  updated_at $BIG NOT NULL,
  deleted_at $BIG
) $STRICT;
CREATE UNIQUE INDEX refund_number ON refund (number, shop_id) WHERE deleted_at IS NULL;
CREATE INDEX refund_customer ON refund (customer_id, refunded_at);
CREATE INDEX refund_order ON refund (order_id);
CREATE INDEX refund_time ON refund (refunded_at, id);
--search refund_search

CREATE TABLE refund_line (
  id $ID,
  refund_id $BIG NOT NULL,
  customer_id $BIG,
  product_id $BIG,
  name TEXT,
  spec TEXT,
  quantity $BIG NOT NULL,
  price $BIG NOT NULL,
  amount $BIG NOT NULL,
  refunded_at $BIG NOT NULL
) $STRICT;
CREATE INDEX refund_line_product ON refund_line (product_id);
