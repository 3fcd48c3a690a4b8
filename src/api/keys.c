// Keys: a new master key wraps the data keys anew at once; a new data key is brought to all records
// by a job that can be killed and goes on. Old data keys stay, wrapped: sealed values in the change
// log keep theirs, because its hash chain must not change.
#include "api/api_internal.h"
#include "crypto/crypto.h"
#include "os/os.h"

#include <inttypes.h>

typedef struct Rewrap {
    Keyring *keys;
    uint8_t master[KEY_BYTES];
} Rewrap;

static Status rewrap_one(Ctx *cx, Db *db, const Rewrap *r, int64_t id)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE data_key SET wrapped = "));
    sql_blob(q, keyring_rewrap(r->keys, cx->arena, (uint32_t)id, r->master));
    sql_add(q, SQL(" WHERE id = "));
    sql_int(q, id);
    return db_exec(cx, db, q, NULL);
}

static Status write_rewrap(Ctx *cx, Db *db, void *arg)
{
    const Rewrap *r = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM data_key ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    VEC(int64_t) ids = { 0 };
    while (stmt_next(st))
        *vec_add(cx->arena, &ids) = stmt_int(st, 0);
    TRY(stmt_end(cx, &st));
    for (size_t i = 0; i < ids.len; i++)
        TRY(rewrap_one(cx, db, r, ids.ptr[i]));
    return change_note(cx, db, CHANGE_SECURITY, "key", (Id){ 0 }, S("rotate"), (Str){ 0 });
}

// The new key file is complete on disk before the store changes, and takes the old one's place
// after it; a crash in between leaves "<key>.new", which the next start finds.
Status keys_rotate(Req *rq)
{
    Ctx *cx = rq->cx;
    App *app = app_of(rq);
    if (!rq->local)
        return FAIL(cx, FORBIDDEN, "key.local", NULL,
                    "keys are rotated by the command on the host");
    const char *fresh = arena_fmt(cx->arena, "%s.new", app->key_path).ptr;
    Rewrap r = { .keys = app->keys };
    if (os_exists(fresh))
        TRY(os_remove(cx, fresh));
    TRY(key_file_load(cx, fresh, true, r.master));
    Status s = api_write(rq, write_rewrap, &r);
    wipe(r.master, sizeof(r.master));
    TRY(s);
    TRY(os_rename(cx, fresh, app->key_path));
    return req_reply_json(rq, 200, S("{\"ok\":true}"));
}

// --- re-encryption

typedef struct NewKey {
    App *app;
    uint32_t id;
} NewKey;

static Status write_new_key(Ctx *cx, Db *db, void *arg)
{
    NewKey *k = arg;
    Sql *newest = sql_new(cx->arena, db);
    sql_add(newest, SQL("SELECT max(id) FROM data_key"));
    int64_t id = 0;
    TRY(db_int(cx, db, newest, &id));
    Str wrapped = keyring_make(k->app->keys, cx->arena, (uint32_t)id + 1);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO data_key (id, wrapped, created_at) VALUES ("));
    sql_int(q, id + 1);
    sql_add(q, SQL(", "));
    sql_blob(q, wrapped);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(")"));
    TRY(db_exec(cx, db, q, NULL));
    k->id = (uint32_t)id + 1;
    return change_note(cx, db, CHANGE_SECURITY, "key", (Id){ id + 1 }, S("new data key"),
                       (Str){ 0 });
}

typedef struct Page {
    const EntityInfo *e;
    Mask sealed;
    int64_t after, last;
    int64_t n;
    JobRun *run;
    int entity;
} Page;

enum { RESEAL_PAGE = 300 };

static Mask sealed_fields(const EntityInfo *e, bool *ret_any)
{
    Mask m = { 0 };
    *ret_any = false;
    for (uint32_t i = 0; i < e->nbuiltin; i++)
        if ((field_at(e, i)->flags & F_CRYPT) != 0) {
            mask_set(&m, i);
            *ret_any = true;
        }
    if ((e->entity->flags & E_CUSTOM) != 0 && *ret_any)
        mask_set(&m, MASK_CUSTOM);
    return m;
}

// Reads with the old keys and writes the same values, which seals them with the newest. No change
// row: nothing that anybody can see is different.
static Status write_page(Ctx *cx, Db *db, void *arg)
{
    Page *p = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT "));
    entity_columns(q, p->e, &p->sealed);
    sql_add(q, SQL(" FROM "));
    sql_add(q, p->e->entity->table);
    sql_add(q, SQL(" t WHERE t.id > "));
    sql_int(q, p->after);
    sql_add(q, SQL(" ORDER BY t.id LIMIT "));
    sql_int(q, RESEAL_PAGE);
    void **rows = arena_array(cx->arena, void *, RESEAL_PAGE);
    int64_t n = 0;
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (n < RESEAL_PAGE && stmt_next(st)) {
        rows[n] = row_new(cx->arena, p->e);
        TRY(entity_read(cx, p->e, &p->sealed, st, 0, cx->arena, rows[n]));
        n++;
    }
    TRY(stmt_end(cx, &st));
    for (int64_t i = 0; i < n; i++)
        TRY(entity_update(cx, db, p->e, rows[i]));
    p->n = n;
    p->last = n == 0 ? p->after : row_id(rows[n - 1], p->e).v;
    return job_checkpoint(
        p->run, db,
        arena_fmt(cx->arena, "{\"entity\":%d,\"after\":%" PRId64 "}", p->entity, p->last));
}

static Status reseal_entity(JobRun *run, const EntityInfo *e, int entity, int64_t after,
                            int64_t *done)
{
    bool any = false;
    Page p = {
        .e = e, .sealed = sealed_fields(e, &any), .after = after, .run = run, .entity = entity
    };
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    while (any) {
        Ctx *cx = run->cx;
        Arena *outer = cx->arena;
        cx->arena = cx->scratch = &arena;
        Status s = store_write(cx, run->store, write_page, &p);
        cx->arena = outer;
        cx->scratch = outer;
        if (s != STATUS_OK) {
            cx->errors = NULL;
            return FAIL(cx, INTERNAL, "key.reseal", NULL, "a page of %s could not be sealed anew",
                        e->entity->name);
        }
        arena_clear(&arena);
        *done += p.n;
        p.after = p.last;
        any = p.n == RESEAL_PAGE;
        TRY(job_progress(run, *done, 0));
    }
    return STATUS_OK;
}

Status reencrypt_run(JobRun *run)
{
    Ctx *cx = run->cx;
    App *app = run->app;
    int64_t first = 0;
    int64_t after = 0;
    int64_t done = 0;
    const Json *state = NULL;
    if (run->checkpoint.len > 0) {
        TRY(json_parse(cx, run->checkpoint, &state));
        first = json_num(state, "entity", 0);
        after = json_num(state, "after", 0);
    } else {
        NewKey k = { .app = app };
        TRY(store_write(cx, run->store, write_new_key, &k));
        keyring_use(app->keys, k.id);
    }
    for (size_t i = (size_t)first; i < cx->catalog->nentities; i++) {
        TRY(reseal_entity(run, &cx->catalog->entities[i], (int)i, after, &done));
        after = 0;
    }
    return job_progress(run, done, done);
}

static Status write_job(Ctx *cx, Db *db, void *arg)
{
    return job_submit(cx, db, "key.reencrypt",
                      label_text((Label){ "重新加密", "Re-encrypt" }, cx->lang), S("{}"), arg);
}

Status keys_reencrypt(Req *rq)
{
    Id job = { 0 };
    TRY(api_write(rq, write_job, &job));
    return api_reply_job(rq, job);
}
