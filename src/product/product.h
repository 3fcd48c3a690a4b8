// Products and their categories.
#ifndef GUANXI_PRODUCT_PRODUCT_H
#define GUANXI_PRODUCT_PRODUCT_H

#include "api/app.h"

typedef struct Product {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "product/product.def"
#undef FIELD
} Product;

typedef enum ProductField {
#define FIELD(type, name, ...) PRODUCT_##name,
#include "product/product.def"
#undef FIELD
    PRODUCT_FIELDS,
} ProductField;

typedef struct Category {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "product/category.def"
#undef FIELD
} Category;

typedef enum CategoryField {
#define FIELD(type, name, ...) CATEGORY_##name,
#include "product/category.def"
#undef FIELD
    CATEGORY_FIELDS,
} CategoryField;

extern const Entity product_entity, category_entity;
extern const Module product_module;

// A live product by its code (exact), or, without a code, by name among those that have none.
// NOT_FOUND without an error record.
Status product_find(Ctx *cx, Db *db, Str sku, Str name, Id *ret) MUST_USE;

#endif
