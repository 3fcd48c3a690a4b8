// The end of a transaction: deferred work, then the collected change rows are numbered, chained and
// written.
#include "change/change_internal.h"
#include "os/os.h"

typedef struct Deferred {
    struct Deferred *next;
    DeferFn fn;
    Id id;
} Deferred;

typedef struct Pending {
    Arena *arena;
    PendingRow *first, **last, *newest;
    size_t nrows;
    Deferred *deferred;
    Map deferred_seen;
    int64_t chain_id; // of the newest row in the store
    Str chain;        // its hash
} Pending;

static Status before_commit(Ctx *cx, Db *db, void *state);

static Pending *pending_of(Ctx *cx, Db *db)
{
    Pending *p = db_pending(db);
    if (p == NULL) {
        check(db_is_writer(db));
        p = arena_new(cx->arena, Pending);
        p->arena = cx->arena;
        p->last = &p->first;
        p->deferred_seen = map_new(cx->arena);
        db_set_pending(db, p, before_commit);
    }
    return p;
}

Status change_add(Ctx *cx, Db *db, ChangeAction action, const char *entity, Id record,
                  int64_t version, Str reason, Str fields)
{
    Pending *p = pending_of(cx, db);
    PendingRow *r = arena_new(p->arena, PendingRow);
    *r = (PendingRow){ .action = action,
                       .entity = entity,
                       .record = record,
                       .version = version,
                       .reason = arena_dup(p->arena, reason),
                       .fields = arena_dup(p->arena, fields) };
    *p->last = r;
    p->last = &r->next;
    p->newest = r;
    p->nrows++;
    return STATUS_OK;
}

void change_attach(Ctx *cx, Db *db, const EntityInfo *e, Id record, const char *member, Str raw)
{
    Pending *p = pending_of(cx, db);
    // Nearly always it is the newest one.
    PendingRow *found = NULL;
    PendingRow *newest = p->newest;
    if (newest != NULL && newest->record.v == record.v &&
        str_eq(str_z(newest->entity), str_z(e->entity->name)))
        found = newest;
    for (PendingRow *r = p->first; found != newest && r != NULL; r = r->next)
        if (r->record.v == record.v && str_eq(str_z(r->entity), str_z(e->entity->name)))
            found = r;
    check(found != NULL);
    found->extra = arena_fmt(p->arena, STR_FMT ",\"%s\":" STR_FMT, STR_ARG(found->extra), member,
                             STR_ARG(raw));
}

void change_defer(Ctx *cx, Db *db, DeferFn fn, Id id)
{
    Pending *p = pending_of(cx, db);
    struct {
        DeferFn fn;
        Id id;
    } key = { fn, id };
    bool is_new = false;
    (void)map_put(&p->deferred_seen, arena_dup(p->arena, (Str){ (const char *)&key, sizeof(key) }),
                  &is_new);
    if (!is_new)
        return;
    Deferred *d = arena_new(p->arena, Deferred);
    *d = (Deferred){ .next = p->deferred, .fn = fn, .id = id };
    p->deferred = d;
}

static void add_text(Sha256 *h, Str s)
{
    uint64_t n = s.len;
    sha256_add(h, (Str){ (const char *)&n, sizeof(n) });
    sha256_add(h, s);
}

void chain_digest(Str salt, Str data, uint8_t ret[DIGEST_BYTES])
{
    Sha256 h;
    sha256_start(&h);
    add_text(&h, salt);
    add_text(&h, data);
    sha256_end(&h, ret);
}

// Lengths go before texts, so that no two rows have the same canonical form. Little-endian.
void chain_hash(Arena *a, Str before, const ChainRow *row, uint8_t ret[DIGEST_BYTES])
{
    (void)a;
    int64_t numbers[] = { row->id,        row->at,     row->actor,  row->origin,
                          row->origin_id, row->action, row->record, row->version };
    Sha256 h;
    sha256_start(&h);
    add_text(&h, before);
    sha256_add(&h, (Str){ (const char *)numbers, sizeof(numbers) });
    add_text(&h, row->entity);
    add_text(&h, row->address);
    add_text(&h, row->session);
    add_text(&h, row->request);
    add_text(&h, row->reason);
    add_text(&h, row->digest);
    sha256_end(&h, ret);
}

// Writes go one after the other on both databases, so the newest row is the chain's end.
static Status chain_take(Ctx *cx, Db *db, Pending *p)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, hash FROM change ORDER BY id DESC LIMIT 1"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st)) {
        p->chain_id = stmt_int(st, 0);
        p->chain = stmt_blob(st, 1, p->arena);
    }
    return stmt_end(cx, &st);
}

static Str data_of(Pending *p, const PendingRow *r)
{
    if (r->fields.len == 0 && r->extra.len == 0)
        return (Str){ 0 };
    Str fields = r->fields.len == 0 ? S("{}") : r->fields;
    return arena_fmt(p->arena, "{\"fields\":" STR_FMT STR_FMT "}", STR_ARG(fields),
                     STR_ARG(r->extra));
}

static void text_or_null(Bulk *b, Str s)
{
    if (s.len == 0)
        bulk_null(b);
    else
        bulk_text(b, s);
}

enum { SALT_BYTES = 16 };

static Status write_row(Ctx *cx, Pending *p, Bulk *b, const PendingRow *r,
                        const uint8_t *salt_bytes)
{
    const Access *a = cx->access;
    Str data = data_of(p, r);
    Str salt = { (const char *)salt_bytes, SALT_BYTES };
    uint8_t digest[DIGEST_BYTES];
    chain_digest(salt, data, digest);
    ChainRow row = {
        .id = ++p->chain_id,
        .at = cx->now.ms,
        .actor = a->user.v,
        .origin = (int64_t)a->origin,
        .origin_id = a->origin_id.v,
        .action = (int64_t)r->action,
        .record = r->record.v,
        .version = r->version,
        .entity = str_z(r->entity),
        .address = a->address,
        .session = a->session,
        .request = cx->request_id,
        .reason = r->reason,
        .digest = { (const char *)digest, DIGEST_BYTES },
    };
    uint8_t hash[DIGEST_BYTES];
    chain_hash(p->arena, p->chain, &row, hash);
    p->chain = arena_dup(p->arena, (Str){ (const char *)hash, DIGEST_BYTES });
    bulk_int(b, row.id);
    bulk_int(b, row.at);
    bulk_id(b, a->user);
    bulk_int(b, row.origin);
    bulk_id(b, a->origin_id);
    bulk_int(b, row.action);
    bulk_text(b, row.entity);
    bulk_id(b, r->record);
    bulk_int(b, row.version);
    text_or_null(b, row.address);
    text_or_null(b, row.session);
    text_or_null(b, row.request);
    text_or_null(b, row.reason);
    text_or_null(b, data);
    bulk_blob(b, salt);
    bulk_blob(b, row.digest);
    bulk_blob(b, p->chain);
    return bulk_row(cx, b);
}

static Status before_commit(Ctx *cx, Db *db, void *state)
{
    Pending *p = state;
    if (p->nrows == 0 && p->deferred == NULL)
        return STATUS_OK;
    // Deferred work may defer more.
    while (p->deferred != NULL) {
        Deferred *d = p->deferred;
        p->deferred = d->next;
        TRY(d->fn(cx, db, d->id));
    }
    if (p->nrows == 0)
        return STATUS_OK;
    check(cx->access != NULL);
    TRY(chain_take(cx, db, p));
    uint8_t *salts = arena_array(p->arena, uint8_t, p->nrows * SALT_BYTES);
    os_random(salts, p->nrows * SALT_BYTES);
    CLEANUP(bulk_cleanup) Bulk *b = NULL;
    TRY(bulk_open(cx, db, SQL("change"),
                  SQL("id, at, actor_id, origin, origin_id, action, entity, record_id, version, "
                      "address, session, request, reason, data, salt, digest, hash"),
                  17, &b));
    for (const PendingRow *r = p->first; r != NULL; r = r->next, salts += SALT_BYTES)
        TRY(write_row(cx, p, b, r, salts));
    TRY(bulk_end(cx, &b));
    store_notify(cx, db, "change");
    return STATUS_OK;
}

Status change_note(Ctx *cx, Db *db, ChangeAction action, const char *entity, Id record, Str reason,
                   Str data)
{
    return change_add(cx, db, action, entity, record, 0, reason, data);
}

typedef struct Note {
    ChangeAction action;
    const char *entity;
    Id record;
    Str reason, data;
} Note;

static Status write_note(Ctx *cx, Db *db, void *arg)
{
    const Note *n = arg;
    return change_note(cx, db, n->action, n->entity, n->record, n->reason, n->data);
}

Status change_note_now(Ctx *cx, Store *s, ChangeAction action, const char *entity, Id record,
                       Str reason, Str data)
{
    Note n = { action, entity, record, reason, data };
    return store_write(cx, s, write_note, &n);
}
