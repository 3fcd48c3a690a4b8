// Shops: the places orders come from.
#ifndef GUANXI_SHOP_SHOP_H
#define GUANXI_SHOP_SHOP_H

#include "api/app.h"

typedef struct Shop {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "shop/shop.def"
#undef FIELD
} Shop;

typedef enum ShopField {
#define FIELD(type, name, ...) SHOP_##name,
#include "shop/shop.def"
#undef FIELD
    SHOP_FIELDS,
} ShopField;

// clang-format off
#define PLATFORM_LIST(X) \
    X(OTHER, "other", "其他", "Other") \
    X(TAOBAO, "taobao", "淘宝/天猫", "Taobao/Tmall") \
    X(JD, "jd", "京东", "JD") \
    X(PDD, "pinduoduo", "拼多多", "Pinduoduo") \
    X(DOUYIN, "douyin", "抖音", "Douyin") \
    X(YOUZAN, "youzan", "有赞", "Youzan") \
    X(ALI1688, "1688", "1688", "1688") \
    X(SHOPIFY, "shopify", "Shopify", "Shopify") \
    X(WOO, "woocommerce", "WooCommerce", "WooCommerce") \
    X(AMAZON, "amazon", "亚马逊", "Amazon") \
    X(ETSY, "etsy", "Etsy", "Etsy") \
    X(OFFLINE, "offline", "线下门店", "Offline store") \
    X(SITE, "site", "自营网站", "Own website")
// clang-format on

typedef enum Platform {
#define X(id, name, zh, en) PLATFORM_##id,
    PLATFORM_LIST(X)
#undef X
} Platform;

extern const Entity shop_entity;
extern const Module shop_module;
// Three capital letters of ISO 4217 form; put in upper case.
Status check_currency(Ctx *cx, const Field *f, Value *v);
// The shop of this platform and name, made when missing. Inside store_write.
Status shop_find_or_create(Ctx *cx, Db *db, Platform platform, Str name, Id *ret) MUST_USE;

#endif
