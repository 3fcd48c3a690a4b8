// Pictures of a product: stored files that are served only as this product (B8), by content judged
// to be a picture that browsers never run.
#include "product/product_internal.h"

#include <inttypes.h>

enum { MAX_PICTURES = 20 };

typedef struct Upload {
    Req *rq;
    Id product;
    StoredFile file;
} Upload;

static Str with_picture(Ctx *cx, Str pictures, int64_t file, size_t *ret_n)
{
    const Json *list = NULL;
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open_array(&j);
    *ret_n = 1;
    if (pictures.len > 0 && json_parse(cx, pictures, &list) == STATUS_OK)
        for (const Json *one = list->first; one != NULL; one = one->next, (*ret_n)++)
            json_int(&j, one->num);
    json_int(&j, file);
    json_close_array(&j);
    return buf_str(&b);
}

static Status write_picture(Ctx *cx, Db *db, void *arg)
{
    Upload *u = arg;
    const EntityInfo *e = catalog_of(cx, &product_entity);
    Product p = { 0 };
    size_t n = 0;
    TRY(query_one_to_change(cx, db, e, u->product, BIN_LIVE, &p));
    TRY(file_add(cx, db, &app_of(u->rq)->files, u->rq->upload_path, u->rq->upload_name, "picture",
                 "product", u->product, (Instant){ 0 }, &u->file));
    Product patch = { 0 };
    Str list = with_picture(cx, p.pictures.text, u->file.id.v, &n);
    if (n > MAX_PICTURES)
        return FAIL(cx, INVALID, "product.pictures", "pictures", "takes at most %d pictures",
                    MAX_PICTURES);
    row_put(cx->arena, &patch, field_at(e, PRODUCT_pictures),
            (Value){ .kind = FIELD_JSON, .text = list });
    return change_update(cx, db, e, u->product, 0, &patch, (Str){ 0 }, NULL);
}

Status product_add_picture(Req *rq)
{
    Upload u = { .rq = rq };
    TRY(req_id(rq, &u.product));
    if (rq->upload_path == NULL)
        return FAIL(rq->cx, INVALID, "required", "file", "is required");
    TRY(api_write(rq, write_picture, &u));
    req_keep_upload(rq);
    return api_reply_record(rq, 201, catalog_of(rq->cx, &product_entity), u.product);
}

Status product_show_picture(Req *rq)
{
    Ctx *cx = rq->cx;
    const EntityInfo *e = catalog_of(cx, &product_entity);
    Id id = { 0 };
    int64_t file = 0;
    TRY(req_id(rq, &id));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    Product p = { 0 };
    StoredFile stored = { 0 };
    TRY(query_one(cx, db, e, id, &p));
    if (!str_int(req_param(rq, "file"), &file))
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such file");
    TRY(file_find(cx, db, &app_of(rq)->files, (Id){ file }, &stored));
    if (!str_eq(stored.entity, S("product")) || stored.record.v != id.v ||
        field_access(cx, e, field_at(e, PRODUCT_pictures)) < ACCESS_READ)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such file");
    return req_reply_file(rq, stored.path.ptr, arena_cstr(cx->arena, stored.type), NULL);
}
