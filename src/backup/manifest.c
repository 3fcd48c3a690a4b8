// What a backup says about itself.
#include "backup/backup_internal.h"

#include <inttypes.h>

Str key_mark(Arena *a, const uint8_t key[KEY_BYTES])
{
    enum { SHOWN = 8 };
    uint8_t digest[DIGEST_BYTES];
    hmac_sha256((Str){ (const char *)key, KEY_BYTES }, S("guanxi backup key"), digest);
    return hex(a, digest, SHOWN);
}

static Str mac_of(Arena *a, const uint8_t key[KEY_BYTES], Str manifest)
{
    uint8_t digest[DIGEST_BYTES];
    hmac_sha256((Str){ (const char *)key, KEY_BYTES }, manifest, digest);
    return arena_fmt(a, STR_FMT "\n", STR_ARG(hex(a, digest, sizeof(digest))));
}

// One line of JSON per file: the readers bound one document, not how many there are.
static Str list_of(Arena *a, const Manifest *m)
{
    Buf b = buf_new(a, MANIFEST_MAX);
    for (size_t i = 0; i < m->parts.len; i++) {
        const Part *p = &m->parts.ptr[i];
        JsonOut j = json_out(&b);
        json_open(&j);
        json_key_str(&j, "name", p->name);
        json_key_str(&j, "path", p->path);
        json_key_int(&j, "size", p->size);
        json_key_int(&j, "plain", p->plain);
        json_key_str(&j, "sha256", p->sha256);
        json_close(&j);
        buf_char(&b, '\n');
    }
    return buf_ok(&b) ? buf_str(&b) : (Str){ 0 };
}

static Str sum_of(Arena *a, Str s)
{
    uint8_t digest[DIGEST_BYTES];
    sha256(s, digest);
    return hex(a, digest, sizeof(digest));
}

static void write_head(JsonOut *j, const Manifest *m, Str list_sum)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < m->parts.len; i++)
        bytes += m->parts.ptr[i].size;
    json_key_int(j, "format", BACKUP_FORMAT);
    json_key_str(j, "program", m->program);
    json_key_int(j, "schema", m->schema);
    json_key_instant(j, "created", (Instant){ m->created });
    json_key_str(j, "key", m->key);
    json_key_open(j, "change");
    json_key_int(j, "id", m->change);
    json_key_str(j, "hash", m->change_hash);
    json_close(j);
    json_key_int(j, "files", (int64_t)m->parts.len);
    json_key_int(j, "bytes", bytes);
    json_key_str(j, "files_sha256", list_sum);
    json_key_open(j, "tables");
    for (size_t i = 0; i < m->counts.len; i++) {
        json_key(j, m->counts.ptr[i].table);
        json_int(j, m->counts.ptr[i].rows);
    }
    json_close(j);
}

Status manifest_write(Ctx *cx, const uint8_t key[KEY_BYTES], const char *dir, const Manifest *m)
{
    Arena *a = cx->arena;
    Str list = list_of(a, m);
    if (list.len == 0)
        return FAIL(cx, TOO_LARGE, "backup.files", NULL,
                    "there are too many stored files for one backup");
    Buf b = buf_new(a, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    write_head(&j, m, sum_of(a, list));
    json_close(&j);
    buf_char(&b, '\n');
    TRY(os_write_file(cx, arena_fmt(a, "%s/files.jsonl", dir).ptr, list, 0600));
    TRY(os_write_file(cx, arena_fmt(a, "%s/manifest.json", dir).ptr, buf_str(&b), 0600));
    // Last: writing it also puts the folder's names on the disk.
    return os_write_file(cx, arena_fmt(a, "%s/manifest.mac", dir).ptr, mac_of(a, key, buf_str(&b)),
                         0600);
}

// Names come from a file: nothing in them may lead out of the folder.
static bool is_plain_path(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_alpha(s.ptr[i]) && !ascii_is_digit(s.ptr[i]) &&
            strchr("._-/", s.ptr[i]) == NULL)
            return false;
    return s.len > 0 && s.ptr[0] != '/' && str_find(s, S(".."), 0) == s.len &&
           str_find(s, S("//"), 0) == s.len;
}

static bool read_part(Ctx *cx, Str line, Manifest *m)
{
    const Json *f = NULL;
    Err *errors = cx->errors;
    if (json_parse(cx, line, &f) != STATUS_OK) {
        cx->errors = errors;
        return false;
    }
    Part p = { .name = json_text(f, "name", (Str){ 0 }), .path = json_text(f, "path", (Str){ 0 }) };
    p.size = json_num(f, "size", -1);
    p.plain = json_num(f, "plain", -1);
    p.sha256 = json_text(f, "sha256", (Str){ 0 });
    *vec_add(cx->arena, &m->parts) = p;
    return is_plain_path(p.name) && is_plain_path(p.path) &&
           str_find_char(p.name, '/', 0) == p.name.len && p.size >= 0 && p.plain >= 0;
}

static Status read_list(Ctx *cx, const char *dir, Manifest *m)
{
    Str list = { 0 };
    TRY(os_read_file(cx, arena_fmt(cx->arena, "%s/files.jsonl", dir).ptr, MANIFEST_MAX, &list));
    if (!str_eq(sum_of(cx->arena, list), m->list_sum))
        return broken(cx, S("files.jsonl has another SHA-256"));
    for (Str rest = list; rest.len > 0;)
        if (!read_part(cx, str_split(&rest, '\n'), m))
            return broken(cx, S("files.jsonl cannot be read"));
    return STATUS_OK;
}

static Status parse(Ctx *cx, Str text, Manifest *m)
{
    const Json *doc = NULL;
    Instant created = { 0 };
    Err *errors = cx->errors;
    if (json_parse(cx, text, &doc) != STATUS_OK) {
        cx->errors = errors;
        return broken(cx, S("manifest.json is not JSON"));
    }
    const Json *tables = json_get(doc, "tables");
    const Json *change = json_get(doc, "change");
    *m = (Manifest){ .format = json_num(doc, "format", 0), .schema = json_num(doc, "schema", 0) };
    m->program = json_text(doc, "program", (Str){ 0 });
    m->key = json_text(doc, "key", (Str){ 0 });
    m->change = json_num(change, "id", 0);
    m->change_hash = json_text(change, "hash", (Str){ 0 });
    m->list_sum = json_text(doc, "files_sha256", (Str){ 0 });
    m->files = json_num(doc, "files", 0);
    m->bytes = json_num(doc, "bytes", 0);
    if (tables == NULL || !instant_parse(json_text(doc, "created", (Str){ 0 }), &created))
        return broken(cx, S("manifest.json lacks something"));
    m->created = created.ms;
    for (const Json *t = tables->first; t != NULL; t = t->next)
        *vec_add(cx->arena, &m->counts) = (Count){ t->key, t->num };
    return STATUS_OK;
}

static Status check_mac(Ctx *cx, const uint8_t *key, const char *dir, Str text, const Manifest *m)
{
    enum { MAC_MAX = 256 };
    Str mac = { 0 };
    TRY(os_read_file(cx, arena_fmt(cx->arena, "%s/manifest.mac", dir).ptr, MAC_MAX, &mac));
    Str want = mac_of(cx->arena, key, text);
    if (mac.len == want.len && bytes_equal(mac.ptr, want.ptr, want.len))
        return STATUS_OK;
    if (!str_eq(m->key, key_mark(cx->arena, key)))
        return FAIL(cx, UNAVAILABLE, "key.wrong", NULL,
                    "this backup was sealed with another master key; give its key file by --key");
    return broken(cx, S("manifest.json was altered"));
}

Status manifest_read(Ctx *cx, const uint8_t *key, const char *dir, Manifest *ret)
{
    Str text = { 0 };
    TRY(os_read_file(cx, arena_fmt(cx->arena, "%s/manifest.json", dir).ptr, LIMIT_JSON_BODY,
                     &text));
    TRY(parse(cx, text, ret));
    if (key == NULL)
        return STATUS_OK;
    TRY(check_mac(cx, key, dir, text, ret));
    if (ret->format != BACKUP_FORMAT)
        return FAIL(cx, INVALID, "backup.format", NULL,
                    "a backup of format %" PRId64 " is not known to this program", ret->format);
    return read_list(cx, dir, ret);
}

// --- what is in a store

static Status has_table(Ctx *cx, Db *db, Str name, bool *ret)
{
    int64_t n = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = "));
    sql_text(q, name);
    TRY(db_int(cx, db, q, &n));
    *ret = n > 0;
    return STATUS_OK;
}

static Status count_table(Ctx *cx, Db *db, SqlText table, Manifest *m)
{
    bool there = false;
    TRY(has_table(cx, db, str_z(table.literal), &there));
    for (size_t i = 0; i < m->counts.len; i++)
        there = there && !str_eq(m->counts.ptr[i].table, str_z(table.literal));
    if (!there)
        return STATUS_OK;
    int64_t n = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM "));
    sql_add(q, table);
    TRY(db_int(cx, db, q, &n));
    *vec_add(cx->arena, &m->counts) = (Count){ str_z(table.literal), n };
    return STATUS_OK;
}

// Tables that are no entity of their own.
static const SqlText BESIDE[] = {
    SQL_INIT("change"),     SQL_INIT("data_key"),    SQL_INIT("customer_stat"),
    SQL_INIT("order_line"), SQL_INIT("refund_line"), SQL_INIT("stored_file"),
    SQL_INIT("user_login"), SQL_INIT("user_role"),   SQL_INIT("role_rights"),
    SQL_INIT("setting"),
};

static Status newest_change(Ctx *cx, Db *db, Manifest *m)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, hash FROM change ORDER BY id DESC LIMIT 1"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st)) {
        Str hash = stmt_blob(st, 1, cx->arena);
        m->change = stmt_int(st, 0);
        m->change_hash = hex(cx->arena, (const uint8_t *)hash.ptr, hash.len);
    }
    return stmt_end(cx, &st);
}

Status manifest_count(Ctx *cx, const BackupSource *s, Store *store, Manifest *m)
{
    int schema = 0;
    TRY(db_schema_version(cx, store, &schema));
    m->schema = schema;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, store, &db));
    for (size_t i = 0; i < ARRAY_LEN(BESIDE); i++)
        TRY(count_table(cx, db, BESIDE[i], m));
    for (size_t i = 0; i < s->nmodules; i++)
        for (size_t k = 0; k < s->modules[i]->nentities; k++)
            TRY(count_table(cx, db, s->modules[i]->entities[k]->table, m));
    return newest_change(cx, db, m);
}

BackupFacts manifest_facts(Arena *a, Str name, const Manifest *m)
{
    BackupFacts f = { .name = arena_dup(a, name),
                      .created = { m->created },
                      .program = m->program };
    f.schema = m->schema;
    f.files = m->files;
    f.changes = m->change;
    f.bytes = m->bytes;
    for (size_t i = 0; i < m->counts.len; i++)
        f.rows += m->counts.ptr[i].rows;
    return f;
}
