// What a column of a file may mean.
#ifndef GUANXI_INTAKE_TARGETS_H
#define GUANXI_INTAKE_TARGETS_H

#include "base/base.h"

typedef enum ImportKind {
    IMPORT_ORDERS,
    IMPORT_CUSTOMERS,
    IMPORT_PRODUCTS,
    IMPORT_LINES,
    IMPORT_PAYMENTS,
    IMPORT_KIND_COUNT
} ImportKind;

// How a cell is read.
typedef enum CellType {
    CELL_TEXT, // kept as written
    CELL_CODE, // numbers of orders, articles, parcels: without ="…" and leading '
    CELL_PHONE,
    CELL_MONEY,
    CELL_TIME,
    CELL_DAY,
    CELL_WORD, // state words
} CellType;

enum {
    FOR_O = 1 << IMPORT_ORDERS,
    FOR_C = 1 << IMPORT_CUSTOMERS,
    FOR_P = 1 << IMPORT_PRODUCTS,
    FOR_L = 1 << IMPORT_LINES,
    FOR_Y = 1 << IMPORT_PAYMENTS
};

// X(group, field, zh, en, cell type, kinds it may be used in)
#define TARGET_LIST(X)                                                                             \
    X(order, number, "订单号", "Order number", CELL_CODE, FOR_O | FOR_L | FOR_Y)                   \
    X(order, ordered_at, "下单时间", "Ordered", CELL_TIME, FOR_O)                                  \
    X(order, paid_at, "付款时间", "Paid", CELL_TIME, FOR_O)                                        \
    X(order, shipped_at, "发货时间", "Shipped", CELL_TIME, FOR_O)                                  \
    X(order, done_at, "完成时间", "Done", CELL_TIME, FOR_O)                                        \
    X(order, closed_at, "关闭时间", "Closed", CELL_TIME, FOR_O)                                    \
    X(order, state, "订单状态", "Order state", CELL_WORD, FOR_O)                                   \
    X(order, fulfilment, "发货状态", "Fulfilment state", CELL_WORD, FOR_O)                         \
    X(order, aftersale, "售后状态", "After-sales state", CELL_WORD, FOR_O)                         \
    X(order, currency, "币种", "Currency", CELL_CODE, FOR_O)                                       \
    X(order, goods_amount, "商品金额", "Goods", CELL_MONEY, FOR_O)                                 \
    X(order, discount, "优惠", "Discount", CELL_MONEY, FOR_O)                                      \
    X(order, freight, "运费", "Freight", CELL_MONEY, FOR_O)                                        \
    X(order, tax, "税额", "Tax", CELL_MONEY, FOR_O)                                                \
    X(order, total_amount, "应付金额", "Total", CELL_MONEY, FOR_O)                                 \
    X(order, paid_amount, "实付金额", "Paid amount", CELL_MONEY, FOR_O)                            \
    X(order, item_count, "件数", "Items", CELL_MONEY, FOR_O)                                       \
    X(order, kinds, "商品种类数", "Kinds of goods", CELL_MONEY, FOR_O)                             \
    X(order, receiver, "收货人", "Receiver", CELL_TEXT, FOR_O)                                     \
    X(order, phone, "收货电话", "Receiver's phone", CELL_PHONE, FOR_O)                             \
    X(order, country, "国家/地区", "Country", CELL_TEXT, FOR_O)                                    \
    X(order, province, "省", "Province", CELL_TEXT, FOR_O)                                         \
    X(order, city, "市", "City", CELL_TEXT, FOR_O)                                                 \
    X(order, district, "区县", "District", CELL_TEXT, FOR_O)                                       \
    X(order, street, "详细地址", "Street address", CELL_TEXT, FOR_O)                               \
    X(order, street2, "详细地址（续）", "Street address, second part", CELL_TEXT, FOR_O)           \
    X(order, address, "完整地址", "Whole address", CELL_TEXT, FOR_O)                               \
    X(order, postcode, "邮编", "Postcode", CELL_CODE, FOR_O)                                       \
    X(order, carrier, "物流公司", "Carrier", CELL_TEXT, FOR_O)                                     \
    X(order, tracking, "物流单号", "Tracking number", CELL_CODE, FOR_O)                            \
    X(order, payment_method, "付款方式", "Payment method", CELL_TEXT, FOR_O)                       \
    X(order, unpaid_reason, "关闭原因", "Reason closed", CELL_TEXT, FOR_O)                         \
    X(order, channel, "渠道", "Channel", CELL_TEXT, FOR_O)                                         \
    X(order, buyer_note, "买家留言", "Buyer's note", CELL_TEXT, FOR_O)                             \
    X(order, seller_note, "卖家备注", "Seller's note", CELL_TEXT, FOR_O)                           \
    X(shop, name, "店铺名称", "Shop", CELL_TEXT, FOR_O | FOR_C)                                    \
    X(line, sku, "商家编码", "SKU", CELL_CODE, FOR_O | FOR_L)                                      \
    X(line, name, "商品名称", "Product name", CELL_TEXT, FOR_O | FOR_L)                            \
    X(line, spec, "商品规格", "Specification", CELL_TEXT, FOR_O | FOR_L)                           \
    X(line, quantity, "数量", "Quantity", CELL_MONEY, FOR_O | FOR_L)                               \
    X(line, price, "单价", "Price", CELL_MONEY, FOR_O | FOR_L)                                     \
    X(line, amount, "商品小计", "Line amount", CELL_MONEY, FOR_O | FOR_L)                          \
    X(line, packed, "多个商品（2× 名称, 1× 名称）", "Several products (2× Name, 1× Name)",         \
      CELL_TEXT, FOR_O)                                                                            \
    X(refund, amount, "退款金额", "Refunded", CELL_MONEY, FOR_O)                                   \
    X(identity, value, "买家账号", "Buyer's account", CELL_CODE, FOR_O | FOR_C)                    \
    X(identity, member, "会员号", "Member number", CELL_CODE, FOR_O | FOR_C)                       \
    X(customer, name, "客户姓名", "Customer's name", CELL_TEXT, FOR_O | FOR_C)                     \
    X(customer, first_name, "名", "First name", CELL_TEXT, FOR_O | FOR_C)                          \
    X(customer, last_name, "姓", "Last name", CELL_TEXT, FOR_O | FOR_C)                            \
    X(customer, nickname, "昵称", "Nickname", CELL_TEXT, FOR_C)                                    \
    X(customer, phone, "客户电话", "Customer's phone", CELL_PHONE, FOR_O | FOR_C)                  \
    X(customer, email, "电子邮箱", "E-mail", CELL_TEXT, FOR_O | FOR_C)                             \
    X(customer, gender, "性别", "Gender", CELL_WORD, FOR_C)                                        \
    X(customer, birthday, "生日", "Birthday", CELL_DAY, FOR_C)                                     \
    X(customer, company, "单位", "Company", CELL_TEXT, FOR_O | FOR_C)                              \
    X(customer, occupation, "职业", "Occupation", CELL_TEXT, FOR_C)                                \
    X(customer, wechat, "微信", "WeChat", CELL_CODE, FOR_C)                                        \
    X(customer, country, "国家/地区", "Country", CELL_TEXT, FOR_O | FOR_C)                         \
    X(customer, province, "省", "Province", CELL_TEXT, FOR_C)                                      \
    X(customer, city, "市", "City", CELL_TEXT, FOR_C)                                              \
    X(customer, district, "区县", "District", CELL_TEXT, FOR_C)                                    \
    X(customer, street, "详细地址", "Street address", CELL_TEXT, FOR_C)                            \
    X(customer, street2, "详细地址（续）", "Street address, second part", CELL_TEXT, FOR_C)        \
    X(customer, address, "完整地址", "Whole address", CELL_TEXT, FOR_C)                            \
    X(customer, postcode, "邮编", "Postcode", CELL_CODE, FOR_C)                                    \
    X(customer, note, "备注", "Note", CELL_TEXT, FOR_C)                                            \
    X(customer, source_note, "来源说明", "Source note", CELL_TEXT, FOR_C)                          \
    X(customer, collected_at, "采集时间", "Collected", CELL_TIME, FOR_C)                           \
    X(product, group, "商品组", "Product group", CELL_CODE, FOR_P)                                 \
    X(product, sku, "商家编码", "SKU", CELL_CODE, FOR_P)                                           \
    X(product, name, "商品名称", "Product name", CELL_TEXT, FOR_P)                                 \
    X(product, category, "类目", "Category", CELL_TEXT, FOR_P)                                     \
    X(product, brand, "品牌", "Brand", CELL_TEXT, FOR_P)                                           \
    X(product, spec, "规格", "Specification", CELL_TEXT, FOR_P)                                    \
    X(product, spec2, "规格（续）", "Specification, second part", CELL_TEXT, FOR_P)                \
    X(product, unit, "单位", "Unit", CELL_TEXT, FOR_P)                                             \
    X(product, price, "售价", "Price", CELL_MONEY, FOR_P)                                          \
    X(product, cost, "成本", "Cost", CELL_MONEY, FOR_P)                                            \
    X(product, barcode, "条码", "Barcode", CELL_CODE, FOR_P)                                       \
    X(product, stock, "库存", "Stock", CELL_MONEY, FOR_P)                                          \
    X(product, description, "描述", "Description", CELL_TEXT, FOR_P)                               \
    X(payment, amount, "付款金额", "Amount paid", CELL_MONEY, FOR_Y)                               \
    X(payment, paid_at, "付款时间", "Paid", CELL_TIME, FOR_Y)                                      \
    X(payment, method, "付款方式", "Payment method", CELL_TEXT, FOR_Y)                             \
    X(payment, state, "付款状态", "Payment state", CELL_WORD, FOR_Y)

typedef enum TargetId {
#define X(group, field, zh, en, type, kinds) TARGET_##group##_##field,
    TARGET_LIST(X)
#undef X
        TARGETS
} TargetId;

typedef struct Target {
    Str name; // "order.number"
    const char *zh, *en;
    CellType type;
    uint32_t kinds;
} Target;

extern const Target TARGET_TABLE[TARGETS];
// TARGETS when there is none of this name for this kind of file.
TargetId target_find(Str name, ImportKind kind);
bool target_required(TargetId t, ImportKind kind);

#endif
