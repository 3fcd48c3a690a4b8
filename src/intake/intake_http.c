// Routes of imports: upload, mapping, dry run, run, cancel, undo.
#include "intake/intake_http.h"

#include <inttypes.h>

enum { MAX_REPLY = 4 * 1024 * 1024, FILE_KEPT_DAYS = 30 };

static bool may_be_mapped(const Import *i)
{
    return i->state.ordinal == STATE_UPLOADED || i->state.ordinal == STATE_CHECKED ||
           i->state.ordinal == STATE_FAILED || i->state.ordinal == STATE_CANCELLED;
}

// The caller's own, or within his scope: the same rule as for the list.
static Status load_visible(Req *rq, Db *db, Id id, Import *ret)
{
    const EntityInfo *e = catalog_of(rq->cx, &import_entity);
    TRY(query_one(rq->cx, db, e, id, row_new(rq->cx->arena, e)));
    return import_load(rq->cx, db, id, ret);
}

Status reply_import(Req *rq, int status, Id id)
{
    Ctx *cx = rq->cx;
    CLEANUP(db_release) Db *db = NULL;
    Import i = { 0 };
    SourceLook look = { 0 };
    bool sampled = false;
    TRY(store_read(cx, app_of(rq)->store, &db));
    TRY(load_visible(rq, db, id, &i));
    // Samples are personal, so they are read from the file when the mapping is on show.
    if (may_be_mapped(&i)) {
        SourceSpec spec = { 0 };
        Err *errors = cx->errors;
        sampled = import_spec(cx, db, &app_of(rq)->files, &i, &spec) == STATUS_OK &&
                  source_look(cx, &spec, true, &look) == STATUS_OK;
        cx->errors = errors;
    }
    Buf b = buf_new(cx->arena, MAX_REPLY);
    JsonOut j = json_out(&b);
    TRY(import_json(cx, db, &i, sampled ? &look : NULL, &j));
    return req_reply_json(rq, status, buf_str(&b));
}

Status intake_show(Req *rq)
{
    Id id = { 0 };
    TRY(req_id(rq, &id));
    return reply_import(rq, 200, id);
}

// --- a new one

typedef struct Upload {
    Req *rq;
    const char *path;
    Str name;
    Import import;
    bool kind_given;
    Str preset;
    SourceLook look;
} Upload;

static Status insert_import(Ctx *cx, Db *db, const Import *i)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO import_run (id, kind, file, file_id, size, state, owner_id, "
                   "version, created_at,"
                   " updated_at) VALUES ("));
    sql_id(q, i->id);
    sql_add(q, SQL(", "));
    sql_int(q, i->kind.ordinal);
    sql_add(q, SQL(", "));
    sql_text(q, i->file);
    sql_add(q, SQL(", "));
    sql_id(q, i->file_id);
    sql_add(q, SQL(", "));
    sql_int(q, i->size);
    sql_add(q, SQL(", "));
    sql_int(q, STATE_UPLOADED);
    sql_add(q, SQL(", "));
    sql_id(q, cx->access->user);
    sql_add(q, SQL(", 1, "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

static Status write_upload(Ctx *cx, Db *db, void *arg)
{
    Upload *u = arg;
    Import i = u->import;
    StoredFile file = { 0 };
    const App *app = app_of(u->rq);
    Instant expires = { cx->now.ms + FILE_KEPT_DAYS * 86400000ll };
    TRY(db_next_id(cx, db, SQL("import_run"), &i.id.v));
    TRY(file_add(cx, db, &app->files, u->path, u->name, "any", "import", i.id, expires, &file));
    i.file = file.name;
    i.file_id = file.id;
    i.size = file.size;
    import_take_look(cx, &u->look, &i);
    TRY(import_map(cx, db, &u->look, u->preset, u->kind_given, &i));
    TRY(insert_import(cx, db, &i));
    TRY(import_update(cx, db, &i));
    u->import.id = i.id;
    return STATUS_OK;
}

// A copy, since the file store moves what it is given.
static Status copy_local(Ctx *cx, const App *app, Str from, Str *ret)
{
    enum { BLOCK = 256 * 1024 };
    CLEANUP(file_cleanup) File *in = NULL;
    CLEANUP(file_cleanup) File *out = NULL;
    if (from.len == 0 || from.ptr[0] != '/')
        return FAIL(cx, INVALID, "import.path", "path", "must be a whole path");
    TRY(file_open_read(cx, arena_cstr(cx->arena, from), &in));
    Str folder = arena_fmt(cx->arena, "%s/uploads", app->data_dir);
    TRY(os_make_dir(cx, folder.ptr, 0700));
    *ret = arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(folder),
                     STR_ARG(os_random_text(cx->arena, 16)));
    TRY(file_create(cx, ret->ptr, 0600, &out));
    char *block = arena_array(cx->arena, char, BLOCK);
    size_t n = 0;
    do {
        TRY(file_read(cx, in, block, BLOCK, &n));
        TRY(file_write(cx, out, block, n));
    } while (n > 0);
    return STATUS_OK;
}

static Status take_local(Req *rq, Upload *u, Str *ret_kind)
{
    static const char *const NAMES[] = { "path", "kind", "preset", NULL };
    Ctx *cx = rq->cx;
    const Json *body = NULL;
    Str text = { 0 };
    Str copy = { 0 };
    TRY(os_read_file(cx, rq->upload_path, LIMIT_URL, &text));
    TRY(json_parse(cx, text, &body));
    TRY(json_only(cx, body, NAMES));
    *ret_kind = json_text(body, "kind", (Str){ 0 });
    u->preset = json_text(body, "preset", (Str){ 0 });
    u->name = json_text(body, "path", (Str){ 0 });
    TRY(copy_local(cx, app_of(rq), u->name, &copy));
    u->path = copy.ptr;
    return STATUS_OK;
}

static Status take_upload(Req *rq, Upload *u, Str *ret_kind)
{
    Str type = req_header(rq, "Content-Type");
    if (rq->upload_path == NULL)
        return FAIL(rq->cx, INVALID, "required", "file", "a file is required");
    if (rq->local && str_starts(type, S("application/json")))
        return take_local(rq, u, ret_kind);
    u->path = rq->upload_path;
    u->name = rq->upload_name.len > 0 ? rq->upload_name : S("import.csv");
    *ret_kind = req_has_query(rq, "kind") ? req_query(rq, "kind") : req_form(rq, "kind");
    u->preset = req_has_query(rq, "preset") ? req_query(rq, "preset") : req_form(rq, "preset");
    return STATUS_OK;
}

Status intake_create(Req *rq)
{
    static const char *const NAMES[] = { "kind", "preset", NULL };
    Ctx *cx = rq->cx;
    Upload u = { .rq = rq };
    Str kind = { 0 };
    ImportKind k = IMPORT_ORDERS;
    TRY(req_query_only(rq, NAMES));
    TRY(take_upload(rq, &u, &kind));
    u.kind_given = kind.len > 0;
    Status s = u.kind_given && !import_kind_find(kind, &k)
                   ? FAIL(cx, INVALID, "import.kind", "kind",
                          "must be orders, customers, products, lines or payments")
                   : STATUS_OK;
    SourceSpec spec = { .path = u.path };
    u.import.kind.ordinal = (int32_t)k;
    if (s == STATUS_OK)
        s = source_look(cx, &spec, false, &u.look);
    if (s == STATUS_OK)
        s = api_write(rq, write_upload, &u);
    if (s == STATUS_OK && u.path == rq->upload_path)
        req_keep_upload(rq);
    // A copy of a local file that was not taken must not stay behind.
    Err *errors = cx->errors;
    if (s != STATUS_OK && u.path != rq->upload_path && os_remove(cx, u.path) != STATUS_OK)
        LOG(LOG_WARN, "an upload could not be removed", { "status", LOG_INT(s) });
    cx->errors = errors;
    TRY(s);
    req_set_header(rq, "Location", arena_fmt(cx->arena, "/api/v1/imports/%" PRId64, u.import.id.v));
    return reply_import(rq, 201, u.import.id);
}

// --- how it is read

typedef struct Change {
    Req *rq;
    Import import;
    SourceLook look;
    Str preset;
    const Json *mapping;
    bool remap, kind_given;
} Change;

static Status write_change(Ctx *cx, Db *db, void *arg)
{
    const Change *c = arg;
    Import i = c->import;
    i.state.ordinal = STATE_UPLOADED;
    if (c->remap)
        TRY(import_map(cx, db, &c->look, c->preset, c->kind_given, &i));
    if (c->mapping != NULL) {
        Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
        JsonOut j = json_out(&b);
        json_write(&j, c->mapping);
        i.mapping.text = buf_str(&b);
    }
    return import_update(cx, db, &i);
}

static Status check_mapping(Ctx *cx, const Json *mapping, ImportKind kind)
{
    if (mapping->kind != JSON_OBJECT_NODE)
        return FAIL(cx, INVALID, "preset.mapping", "mapping", "must map columns to fields");
    for (const Json *m = mapping->first; m != NULL; m = m->next) {
        int64_t column = 0;
        if (!str_int(m->key, &column) || column < 0 || column >= LIMIT_CSV_COLUMNS)
            return FAIL(cx, INVALID, "preset.mapping", "mapping", "columns are numbers from 0");
        if (m->kind == JSON_STR_NODE && m->text.len > 0 && target_find(m->text, kind) == TARGETS)
            return FAIL(cx, INVALID, "preset.mapping", "mapping",
                        "\"" STR_FMT "\" is no field of this kind of file", STR_ARG(m->text));
    }
    return STATUS_OK;
}

static Status read_form(Ctx *cx, const Json *body, Change *c, SourceSpec *spec, bool *ret_look)
{
    Str charset = json_text(body, "charset", (Str){ 0 });
    Str delimiter = json_text(body, "delimiter", (Str){ 0 });
    const Json *sheet = json_get(body, "sheet");
    if (charset.len > 0 && !spec->xlsx && !charset_by_name(charset, &spec->charset))
        return FAIL(cx, INVALID, "import.charset", "charset", "this encoding is not known");
    if (delimiter.len > 0) {
        if (delimiter.len != 1 || memchr(",;\t|", delimiter.ptr[0], 4) == NULL)
            return FAIL(cx, INVALID, "import.delimiter", "delimiter",
                        "must be a comma, semicolon, tab or bar");
        spec->delimiter = delimiter.ptr[0];
    }
    if (sheet != NULL)
        spec->sheet = sheet->num;
    Str kind = json_text(body, "kind", (Str){ 0 });
    ImportKind k = IMPORT_ORDERS;
    if (kind.len > 0 && !import_kind_find(kind, &k))
        return FAIL(cx, INVALID, "import.kind", "kind",
                    "must be orders, customers, products, lines or payments");
    if (kind.len > 0) {
        c->import.kind.ordinal = (int32_t)k;
        c->kind_given = true;
    }
    c->preset = json_text(body, "preset", (Str){ 0 });
    *ret_look = charset.len > 0 || delimiter.len > 0 || sheet != NULL;
    c->remap = *ret_look || c->preset.len > 0 || c->kind_given;
    return STATUS_OK;
}

static Status take_options(Ctx *cx, const Json *options, Import *i)
{
    Options o;
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    if (options == NULL)
        return STATUS_OK;
    TRY(options_parse(cx, (ImportKind)i->kind.ordinal, options, &o));
    options_json(&j, &o);
    i->options.text = buf_str(&b);
    return STATUS_OK;
}

Status intake_change(Req *rq)
{
    static const char *const NAMES[] = { "charset", "delimiter", "sheet", "preset",
                                         "mapping", "options",   "kind",  NULL };
    Ctx *cx = rq->cx;
    Change c = { .rq = rq };
    SourceSpec spec = { 0 };
    const Json *body = NULL;
    Id id = { 0 };
    bool look = false;
    TRY(req_id(rq, &id));
    TRY(req_json(rq, &body));
    TRY(json_only(cx, body, NAMES));
    {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, app_of(rq)->store, &db));
        TRY(load_visible(rq, db, id, &c.import));
        TRY(import_spec(cx, db, &app_of(rq)->files, &c.import, &spec));
    }
    if (!may_be_mapped(&c.import))
        return FAIL(cx, CONFLICT, "import.busy", NULL, "the import has begun already");
    TRY(read_form(cx, body, &c, &spec, &look));
    if (c.remap) {
        TRY(source_look(cx, &spec, true, &c.look));
        import_take_look(cx, &c.look, &c.import);
    }
    TRY(take_options(cx, json_get(body, "options"), &c.import));
    c.mapping = json_get(body, "mapping");
    if (c.mapping != NULL)
        TRY(check_mapping(cx, c.mapping, (ImportKind)c.import.kind.ordinal));
    TRY(api_write(rq, write_change, &c));
    return reply_import(rq, 200, id);
}

// --- going

typedef struct Start {
    Req *rq;
    Id id, job;
    ImportState state;
    const char *kind;
    Str title;
    bool seen;
} Start;

static Status write_start(Ctx *cx, Db *db, void *arg)
{
    Start *s = arg;
    Id job = { 0 };
    Import now = { 0 };
    bool seen = false;
    TRY(api_seen(s->rq, db, &seen, &job));
    if (seen) {
        s->job = job;
        return STATUS_OK;
    }
    // The state is asked again here: two clicks must not start two runs.
    TRY(import_load(cx, db, s->id, &now));
    bool ready = s->state == STATE_UNDOING
                     ? now.state.ordinal == STATE_DONE || now.state.ordinal == STATE_CANCELLED ||
                           now.state.ordinal == STATE_FAILED
                     : may_be_mapped(&now);
    if (!ready)
        return FAIL(cx, CONFLICT, "import.busy", NULL, "the import is not in a state for this");
    Str params =
        arena_fmt(cx->arena, "{\"import\":%" PRId64 ",\"job\":%" PRId64 "}", s->id.v, now.job_id.v);
    TRY(job_submit(cx, db, s->kind, s->title, params, &job));
    TRY(import_set_state(cx, db, s->id, s->state, (Str){ 0 }));
    if (s->state != STATE_UNDOING) {
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("UPDATE import_run SET job_id = "));
        sql_id(q, job);
        sql_add(q, SQL(" WHERE id = "));
        sql_id(q, s->id);
        TRY(db_exec(cx, db, q, NULL));
    }
    TRY(api_made(s->rq, db, job));
    s->job = job;
    return STATUS_OK;
}

static Status start(Req *rq, ImportState state, const char *kind, Label title)
{
    Ctx *cx = rq->cx;
    Start s = { .rq = rq, .state = state, .kind = kind };
    Import i = { 0 };
    Reading reading;
    TRY(req_id(rq, &s.id));
    {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, app_of(rq)->store, &db));
        TRY(load_visible(rq, db, s.id, &i));
    }
    TRY(import_require(cx, (ImportKind)i.kind.ordinal));
    if (state != STATE_UNDOING)
        TRY(import_reading(cx, &i, &reading));
    s.title = arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(label_text(title, cx->lang)),
                        STR_ARG(i.file));
    TRY(api_write(rq, write_start, &s));
    return api_reply_job(rq, s.job);
}

Status intake_check(Req *rq)
{
    return start(rq, STATE_CHECKING, "import.check", (Label){ "试导入", "Dry run of" });
}

Status intake_run(Req *rq)
{
    return start(rq, STATE_RUNNING, "import.run", (Label){ "导入", "Import of" });
}

Status intake_undo(Req *rq)
{
    return start(rq, STATE_UNDOING, "import.run.undo", (Label){ "撤销导入", "Undo of import" });
}

static Status write_cancel(Ctx *cx, Db *db, void *arg)
{
    const Import *i = arg;
    return job_cancel(cx, db, i->job_id);
}

static Status write_cancelled(Ctx *cx, Db *db, void *arg)
{
    const Import *i = arg;
    int64_t state = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM job WHERE started_at IS NULL AND id = "));
    sql_id(q, i->job_id);
    TRY(db_int(cx, db, q, &state));
    // One that had not begun has nobody to tell the import.
    return state > 0 ? import_set_state(cx, db, i->id, STATE_CANCELLED, (Str){ 0 }) : STATUS_OK;
}

Status intake_cancel(Req *rq)
{
    Id id = { 0 };
    Import i = { 0 };
    TRY(req_id(rq, &id));
    {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(rq->cx, app_of(rq)->store, &db));
        TRY(load_visible(rq, db, id, &i));
    }
    if (i.state.ordinal != STATE_RUNNING && i.state.ordinal != STATE_CHECKING)
        return FAIL(rq->cx, CONFLICT, "import.busy", NULL, "nothing is running");
    TRY(api_write(rq, write_cancel, &i));
    TRY(api_write(rq, write_cancelled, &i));
    return reply_import(rq, 202, id);
}
