// Unknown files: what the words of a heading mean, and what a column looks like.
#include "intake/cells.h"
#include "intake/presets.h"

typedef struct Synonym {
    const char *word;
    const char *orders, *customers, *products, *lines, *payments; // target per kind; NULL: none
} Synonym;

#define ORDER_WORD(word, target)                                                                   \
    {                                                                                              \
        word, target, NULL, NULL, target, target                                                   \
    }

// Compared without blanks, brackets and what stands in them, in small letters.
//
static const Synonym SYNONYMS[] = {
    ORDER_WORD("订单号", "order.number"),
    ORDER_WORD("订单编号", "order.number"),
    ORDER_WORD("订单id", "order.number"),
    ORDER_WORD("单号", "order.number"),
    ORDER_WORD("交易号", "order.number"),
    ORDER_WORD("销售单号", "order.number"),
    ORDER_WORD("小票号", "order.number"),
    ORDER_WORD("发票号", "order.number"),
    ORDER_WORD("orderid", "order.number"),
    ORDER_WORD("ordernumber", "order.number"),
    ORDER_WORD("orderno", "order.number"),
    ORDER_WORD("order", "order.number"),
    ORDER_WORD("order#", "order.number"),
    ORDER_WORD("invoice", "order.number"),
    ORDER_WORD("invoiceno", "order.number"),
    ORDER_WORD("invoicenumber", "order.number"),
    ORDER_WORD("receipt", "order.number"),
    ORDER_WORD("transactionid", "order.number"),
    { "下单时间", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "ordered", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "下单日期", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "订单时间", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "订单日期", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "创建时间", "order.ordered_at", "customer.collected_at", NULL, NULL, NULL },
    { "成交时间", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "销售日期", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "购买时间", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "交易时间", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "日期", "order.ordered_at", NULL, NULL, NULL, "payment.paid_at" },
    { "时间", "order.ordered_at", NULL, NULL, NULL, "payment.paid_at" },
    { "date", "order.ordered_at", NULL, NULL, NULL, "payment.paid_at" },
    { "orderdate", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "orderedat", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "createdat", "order.ordered_at", "customer.collected_at", NULL, NULL, NULL },
    { "orderpurchasetimestamp", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "invoicedate", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "purchasedate", "order.ordered_at", NULL, NULL, NULL, NULL },
    { "付款时间", "order.paid_at", NULL, NULL, NULL, "payment.paid_at" },
    { "支付时间", "order.paid_at", NULL, NULL, NULL, "payment.paid_at" },
    { "paidat", "order.paid_at", NULL, NULL, NULL, "payment.paid_at" },
    { "paymentdate", "order.paid_at", NULL, NULL, NULL, "payment.paid_at" },
    { "发货时间", "order.shipped_at", NULL, NULL, NULL, NULL },
    { "shippedat", "order.shipped_at", NULL, NULL, NULL, NULL },
    { "完成时间", "order.done_at", NULL, NULL, NULL, NULL },
    { "确认收货时间", "order.done_at", NULL, NULL, NULL, NULL },
    { "orderdelivereddate", "order.done_at", NULL, NULL, NULL, NULL },
    { "订单状态", "order.state", NULL, NULL, NULL, NULL },
    { "状态", "order.state", NULL, NULL, NULL, "payment.state" },
    { "status", "order.state", NULL, NULL, NULL, "payment.state" },
    { "orderstatus", "order.state", NULL, NULL, NULL, NULL },
    { "state", "order.state", "customer.province", NULL, NULL, NULL },
    { "售后状态", "order.aftersale", NULL, NULL, NULL, NULL },
    { "币种", "order.currency", NULL, NULL, NULL, NULL },
    { "货币", "order.currency", NULL, NULL, NULL, NULL },
    { "currency", "order.currency", NULL, NULL, NULL, NULL },
    { "运费", "order.freight", NULL, NULL, NULL, NULL },
    { "邮费", "order.freight", NULL, NULL, NULL, NULL },
    { "shipping", "order.freight", NULL, NULL, NULL, NULL },
    { "freight", "order.freight", NULL, NULL, NULL, NULL },
    { "优惠", "order.discount", NULL, NULL, NULL, NULL },
    { "优惠金额", "order.discount", NULL, NULL, NULL, NULL },
    { "discount", "order.discount", NULL, NULL, NULL, NULL },
    { "税额", "order.tax", NULL, NULL, NULL, NULL },
    { "tax", "order.tax", NULL, NULL, NULL, NULL },
    { "商品金额", "order.goods_amount", NULL, NULL, "line.amount", NULL },
    { "货款", "order.goods_amount", NULL, NULL, NULL, NULL },
    { "subtotal", "order.goods_amount", NULL, NULL, "line.amount", NULL },
    { "应付金额", "order.total_amount", NULL, NULL, NULL, NULL },
    { "订单金额", "order.total_amount", NULL, NULL, NULL, NULL },
    { "订单总额", "order.total_amount", NULL, NULL, NULL, NULL },
    { "总金额", "order.total_amount", NULL, NULL, NULL, NULL },
    { "总价", "order.total_amount", NULL, NULL, "line.amount", NULL },
    { "金额", "order.total_amount", NULL, NULL, "line.amount", "payment.amount" },
    { "total", "order.total_amount", NULL, NULL, "line.amount", "payment.amount" },
    { "totalamount", "order.total_amount", NULL, NULL, "line.amount", "payment.amount" },
    { "amount", "order.total_amount", NULL, NULL, "line.amount", "payment.amount" },
    { "ordertotal", "order.total_amount", NULL, NULL, NULL, NULL },
    { "实付金额", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "实付款", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "实付", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "实收金额", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "付款金额", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "支付金额", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "paid", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "paidamount", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "paymentvalue", "order.paid_amount", NULL, NULL, NULL, "payment.amount" },
    { "付款方式", "order.payment_method", NULL, NULL, NULL, "payment.method" },
    { "支付方式", "order.payment_method", NULL, NULL, NULL, "payment.method" },
    { "paymentmethod", "order.payment_method", NULL, NULL, NULL, "payment.method" },
    { "paymenttype", "order.payment_method", NULL, NULL, NULL, "payment.method" },
    { "退款金额", "refund.amount", NULL, NULL, NULL, NULL },
    { "已退款金额", "refund.amount", NULL, NULL, NULL, NULL },
    { "refund", "refund.amount", NULL, NULL, NULL, NULL },
    { "refundamount", "refund.amount", NULL, NULL, NULL, NULL },
    { "店铺", "shop.name", "shop.name", NULL, NULL, NULL },
    { "店铺名称", "shop.name", "shop.name", NULL, NULL, NULL },
    { "门店", "shop.name", "shop.name", NULL, NULL, NULL },
    { "shop", "shop.name", "shop.name", NULL, NULL, NULL },
    { "store", "shop.name", "shop.name", NULL, NULL, NULL },
    { "渠道", "order.channel", "customer.source_note", NULL, NULL, NULL },
    { "来源", "order.channel", "customer.source_note", NULL, NULL, NULL },
    { "channel", "order.channel", "customer.source_note", NULL, NULL, NULL },
    { "source", "order.channel", "customer.source_note", NULL, NULL, NULL },
    { "收货人", "order.receiver", NULL, NULL, NULL, NULL },
    { "收货人姓名", "order.receiver", NULL, NULL, NULL, NULL },
    { "收件人", "order.receiver", NULL, NULL, NULL, NULL },
    { "receiver", "order.receiver", NULL, NULL, NULL, NULL },
    { "收货地址", "order.address", "customer.address", NULL, NULL, NULL },
    { "地址", "order.address", "customer.address", NULL, NULL, NULL },
    { "详细地址", "order.address", "customer.address", NULL, NULL, NULL },
    { "address", "order.address", "customer.address", NULL, NULL, NULL },
    { "street", "order.street", "customer.street", NULL, NULL, NULL },
    { "省", "order.province", "customer.province", NULL, NULL, NULL },
    { "省份", "order.province", "customer.province", NULL, NULL, NULL },
    { "province", "order.province", "customer.province", NULL, NULL, NULL },
    { "region", "order.province", "customer.province", NULL, NULL, NULL },
    { "customerstate", "order.province", "customer.province", NULL, NULL, NULL },
    { "市", "order.city", "customer.city", NULL, NULL, NULL },
    { "城市", "order.city", "customer.city", NULL, NULL, NULL },
    { "city", "order.city", "customer.city", NULL, NULL, NULL },
    { "customercity", "order.city", "customer.city", NULL, NULL, NULL },
    { "区", "order.district", "customer.district", NULL, NULL, NULL },
    { "区县", "order.district", "customer.district", NULL, NULL, NULL },
    { "district", "order.district", "customer.district", NULL, NULL, NULL },
    { "邮编", "order.postcode", "customer.postcode", NULL, NULL, NULL },
    { "邮政编码", "order.postcode", "customer.postcode", NULL, NULL, NULL },
    { "zip", "order.postcode", "customer.postcode", NULL, NULL, NULL },
    { "zipcode", "order.postcode", "customer.postcode", NULL, NULL, NULL },
    { "postcode", "order.postcode", "customer.postcode", NULL, NULL, NULL },
    { "postalcode", "order.postcode", "customer.postcode", NULL, NULL, NULL },
    { "customerzipcodeprefix", "order.postcode", "customer.postcode", NULL, NULL, NULL },
    { "国家", "order.country", "customer.country", NULL, NULL, NULL },
    { "country", "order.country", "customer.country", NULL, NULL, NULL },
    { "快递公司", "order.carrier", NULL, NULL, NULL, NULL },
    { "物流公司", "order.carrier", NULL, NULL, NULL, NULL },
    { "carrier", "order.carrier", NULL, NULL, NULL, NULL },
    { "快递单号", "order.tracking", NULL, NULL, NULL, NULL },
    { "物流单号", "order.tracking", NULL, NULL, NULL, NULL },
    { "trackingnumber", "order.tracking", NULL, NULL, NULL, NULL },
    { "买家留言", "order.buyer_note", NULL, NULL, NULL, NULL },
    { "备注", "order.seller_note", "customer.note", "product.description", NULL, NULL },
    { "note", "order.seller_note", "customer.note", NULL, NULL, NULL },
    { "notes", "order.seller_note", "customer.note", NULL, NULL, NULL },
    { "买家", "identity.value", "identity.value", NULL, NULL, NULL },
    { "买家账号", "identity.value", "identity.value", NULL, NULL, NULL },
    { "买家昵称", "identity.value", "identity.value", NULL, NULL, NULL },
    { "买家会员名", "identity.value", "identity.value", NULL, NULL, NULL },
    { "会员名", "identity.value", "identity.value", NULL, NULL, NULL },
    { "用户名", "identity.value", "identity.value", NULL, NULL, NULL },
    { "账号", "identity.value", "identity.value", NULL, NULL, NULL },
    { "username", "identity.value", "identity.value", NULL, NULL, NULL },
    { "buyer", "identity.value", "identity.value", NULL, NULL, NULL },
    { "会员号", "identity.member", "identity.member", NULL, NULL, NULL },
    { "会员编号", "identity.member", "identity.member", NULL, NULL, NULL },
    { "会员卡号", "identity.member", "identity.member", NULL, NULL, NULL },
    { "客户编号", "identity.member", "identity.member", NULL, NULL, NULL },
    { "客户id", "identity.member", "identity.member", NULL, NULL, NULL },
    { "用户id", "identity.member", "identity.member", NULL, NULL, NULL },
    { "customerid", "identity.member", "identity.member", NULL, NULL, NULL },
    { "customeruniqueid", "identity.member", "identity.member", NULL, NULL, NULL },
    { "userid", "identity.member", "identity.member", NULL, NULL, NULL },
    { "memberid", "identity.member", "identity.member", NULL, NULL, NULL },
    { "姓名", "customer.name", "customer.name", NULL, NULL, NULL },
    { "客户", "customer.name", "customer.name", NULL, NULL, NULL },
    { "客户姓名", "customer.name", "customer.name", NULL, NULL, NULL },
    { "客户名称", "customer.name", "customer.name", NULL, NULL, NULL },
    { "会员姓名", "customer.name", "customer.name", NULL, NULL, NULL },
    { "联系人", "customer.name", "customer.name", NULL, NULL, NULL },
    { "名称", NULL, "customer.name", "product.name", "line.name", NULL },
    { "name", NULL, "customer.name", "product.name", "line.name", NULL },
    { "fullname", "customer.name", "customer.name", NULL, NULL, NULL },
    { "customer", "customer.name", "customer.name", NULL, NULL, NULL },
    { "customername", "customer.name", "customer.name", NULL, NULL, NULL },
    { "firstname", "customer.first_name", "customer.first_name", NULL, NULL, NULL },
    { "lastname", "customer.last_name", "customer.last_name", NULL, NULL, NULL },
    { "昵称", "identity.value", "customer.nickname", NULL, NULL, NULL },
    { "姓名/名称", NULL, "customer.name", NULL, NULL, NULL },
    { "手机/电话", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "收货电话", "order.phone", NULL, NULL, NULL, NULL },
    { "国家/地区", "order.country", "customer.country", NULL, NULL, NULL },
    { "平台账号", "identity.value", "identity.value", NULL, NULL, NULL },
    { "手机", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "手机号", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "手机号码", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "电话", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "联系电话", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "联系手机", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "phone", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "phonenumber", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "mobile", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "tel", "order.phone", "customer.phone", NULL, NULL, NULL },
    { "邮箱", "customer.email", "customer.email", NULL, NULL, NULL },
    { "电子邮箱", "customer.email", "customer.email", NULL, NULL, NULL },
    { "email", "customer.email", "customer.email", NULL, NULL, NULL },
    { "e-mail", "customer.email", "customer.email", NULL, NULL, NULL },
    { "emailaddress", "customer.email", "customer.email", NULL, NULL, NULL },
    { "性别", NULL, "customer.gender", NULL, NULL, NULL },
    { "gender", NULL, "customer.gender", NULL, NULL, NULL },
    { "sex", NULL, "customer.gender", NULL, NULL, NULL },
    { "生日", NULL, "customer.birthday", NULL, NULL, NULL },
    { "出生日期", NULL, "customer.birthday", NULL, NULL, NULL },
    { "birthday", NULL, "customer.birthday", NULL, NULL, NULL },
    { "birthdate", NULL, "customer.birthday", NULL, NULL, NULL },
    { "dateofbirth", NULL, "customer.birthday", NULL, NULL, NULL },
    { "微信", NULL, "customer.wechat", NULL, NULL, NULL },
    { "微信号", NULL, "customer.wechat", NULL, NULL, NULL },
    { "wechat", NULL, "customer.wechat", NULL, NULL, NULL },
    { "公司", "customer.company", "customer.company", NULL, NULL, NULL },
    { "公司名称", "customer.company", "customer.company", NULL, NULL, NULL },
    { "单位", NULL, "customer.company", "product.unit", NULL, NULL },
    { "company", "customer.company", "customer.company", NULL, NULL, NULL },
    { "职业", NULL, "customer.occupation", NULL, NULL, NULL },
    { "sku", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "货号", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "商家编码", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "商品编码", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "商品编号", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "商品id", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "stockcode", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "productid", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "itemid", "line.sku", NULL, "product.sku", "line.sku", NULL },
    { "商品", "line.name", NULL, "product.name", "line.name", NULL },
    { "商品名称", "line.name", NULL, "product.name", "line.name", NULL },
    { "商品名", "line.name", NULL, "product.name", "line.name", NULL },
    { "品名", "line.name", NULL, "product.name", "line.name", NULL },
    { "商品标题", "line.name", NULL, "product.name", "line.name", NULL },
    { "宝贝标题", "line.name", NULL, "product.name", "line.name", NULL },
    { "product", "line.name", NULL, "product.name", "line.name", NULL },
    { "productname", "line.name", NULL, "product.name", "line.name", NULL },
    { "item", "line.name", NULL, "product.name", "line.name", NULL },
    { "itemname", "line.name", NULL, "product.name", "line.name", NULL },
    { "title", "line.name", NULL, "product.name", "line.name", NULL },
    { "description", "line.name", NULL, "product.description", "line.name", NULL },
    { "规格", "line.spec", NULL, "product.spec", "line.spec", NULL },
    { "商品规格", "line.spec", NULL, "product.spec", "line.spec", NULL },
    { "variant", "line.spec", NULL, "product.spec", "line.spec", NULL },
    { "数量", "line.quantity", NULL, "product.stock", "line.quantity", NULL },
    { "件数", "line.quantity", NULL, NULL, "line.quantity", NULL },
    { "购买数量", "line.quantity", NULL, NULL, "line.quantity", NULL },
    { "商品数量", "line.quantity", NULL, NULL, "line.quantity", NULL },
    { "quantity", "line.quantity", NULL, "product.stock", "line.quantity", NULL },
    { "qty", "line.quantity", NULL, "product.stock", "line.quantity", NULL },
    { "单价", "line.price", NULL, "product.price", "line.price", NULL },
    { "价格", "line.price", NULL, "product.price", "line.price", NULL },
    { "售价", "line.price", NULL, "product.price", "line.price", NULL },
    { "price", "line.price", NULL, "product.price", "line.price", NULL },
    { "unitprice", "line.price", NULL, "product.price", "line.price", NULL },
    { "小计", "line.amount", NULL, NULL, "line.amount", NULL },
    { "linetotal", "line.amount", NULL, NULL, "line.amount", NULL },
    { "成本", NULL, NULL, "product.cost", NULL, NULL },
    { "成本价", NULL, NULL, "product.cost", NULL, NULL },
    { "cost", NULL, NULL, "product.cost", NULL, NULL },
    { "条码", NULL, NULL, "product.barcode", NULL, NULL },
    { "barcode", NULL, NULL, "product.barcode", NULL, NULL },
    { "品牌", NULL, NULL, "product.brand", NULL, NULL },
    { "brand", NULL, NULL, "product.brand", NULL, NULL },
    { "vendor", NULL, NULL, "product.brand", NULL, NULL },
    { "类目", NULL, NULL, "product.category", NULL, NULL },
    { "分类", NULL, NULL, "product.category", NULL, NULL },
    { "category", NULL, NULL, "product.category", NULL, NULL },
    { "productcategoryname", NULL, NULL, "product.category", NULL, NULL },
    { "库存", NULL, NULL, "product.stock", NULL, NULL },
    { "stock", NULL, NULL, "product.stock", NULL, NULL },
};

static Str bare(Arena *a, Str heading)
{
    Str folded = text_fold(a, heading);
    Buf b = buf_new(a, LIMIT_CSV_CELL);
    bool inside = false;
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.ptr[i];
        inside = inside || c == '(';
        if (!inside && c != ' ' && c != '_' && c != '.' && c != ':' && c != '-')
            buf_char(&b, c);
        inside = inside && c != ')';
    }
    return buf_str(&b);
}

static const char *of_kind(const Synonym *s, ImportKind kind)
{
    switch (kind) {
    case IMPORT_ORDERS: return s->orders;
    case IMPORT_CUSTOMERS: return s->customers;
    case IMPORT_PRODUCTS: return s->products;
    case IMPORT_LINES: return s->lines;
    case IMPORT_PAYMENTS: return s->payments;
    case IMPORT_KIND_COUNT: break;
    }
    return NULL;
}

static TargetId by_heading(Arena *a, ImportKind kind, Str heading)
{
    Str word = bare(a, heading);
    for (size_t i = 0; i < ARRAY_LEN(SYNONYMS); i++) {
        const char *target = of_kind(&SYNONYMS[i], kind);
        if (target != NULL && str_eq(word, str_z(SYNONYMS[i].word)))
            return target_find(str_z(target), kind);
    }
    return TARGETS;
}

static bool is_used(const TargetId *targets, size_t n, TargetId t)
{
    for (size_t i = 0; i < n; i++)
        if (targets[i] == t)
            return true;
    return false;
}

typedef enum Look { LOOK_OTHER, LOOK_PHONE, LOOK_EMAIL, LOOK_TIME } Look;

// What nearly all of the filled cells of a column are.
static Look look_of(Arena *a, Str region, const Str *samples, size_t n, size_t nrows, size_t column)
{
    enum { LEAST = 2 };
    size_t filled = 0, phones = 0, emails = 0, times = 0;
    for (size_t r = 0; r < nrows; r++) {
        Str s = cell_code(samples[r * n + column]);
        if (s.len == 0)
            continue;
        filled++;
        Str got = { 0 };
        int64_t number = 0;
        Day day = { 0 };
        phones += s.len >= 11 && phone_parse(a, s, region, &got) == PHONE_MOBILE;
        emails += email_parse(a, s, &got);
        times += !str_int(s, &number) && !money_parse(s, &number) && text_day(s, false, &day);
    }
    if (filled < LEAST)
        return LOOK_OTHER;
    if (phones * 10 >= filled * 8)
        return LOOK_PHONE;
    if (emails * 10 >= filled * 8)
        return LOOK_EMAIL;
    return times * 10 >= filled * 8 ? LOOK_TIME : LOOK_OTHER;
}

static TargetId by_look(Look look, ImportKind kind)
{
    bool orders = kind == IMPORT_ORDERS;
    if (!orders && kind != IMPORT_CUSTOMERS)
        return TARGETS;
    if (look == LOOK_PHONE)
        return orders ? TARGET_order_phone : TARGET_customer_phone;
    if (look == LOOK_EMAIL)
        return TARGET_customer_email;
    return look == LOOK_TIME && orders ? TARGET_order_ordered_at : TARGETS;
}

void guess_columns(Arena *a, ImportKind kind, Str region, const Str *headings, size_t n,
                   const Str *samples, size_t nrows, TargetId *targets)
{
    for (size_t i = 0; i < n; i++) {
        TargetId t = targets[i] == TARGETS ? by_heading(a, kind, headings[i]) : TARGETS;
        if (t != TARGETS && !is_used(targets, n, t))
            targets[i] = t;
    }
    for (size_t i = 0; i < n; i++) {
        if (targets[i] != TARGETS)
            continue;
        TargetId t = by_look(look_of(a, region, samples, n, nrows, i), kind);
        if (t != TARGETS && !is_used(targets, n, t))
            targets[i] = t;
    }
}

ImportKind guess_kind(Arena *a, const Str *headings, size_t n)
{
    ImportKind best = IMPORT_ORDERS;
    size_t most = 0;
    bool number = false;
    size_t counts[IMPORT_KIND_COUNT] = { 0 };
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < IMPORT_KIND_COUNT; k++) {
            TargetId t = by_heading(a, (ImportKind)k, headings[i]);
            if (t != TARGETS && t != TARGET_order_number)
                counts[k]++;
            number = number || t == TARGET_order_number;
        }
    for (int k = 0; k < IMPORT_KIND_COUNT; k++) {
        bool needs_number = k == IMPORT_ORDERS || k == IMPORT_LINES || k == IMPORT_PAYMENTS;
        if (needs_number == number && counts[k] > most) {
            best = (ImportKind)k;
            most = counts[k];
        }
    }
    return most == 0 && !number ? IMPORT_CUSTOMERS : best;
}
