// The error file, targets and presets.
#include "intake/intake_http.h"

#include <inttypes.h>

typedef struct ErrorFile {
    Import import;
    Str headings;
    char delimiter;
    File *to;
    Buf line;
} ErrorFile;

enum { FLUSH = 256 * 1024, LINE_MAX_BYTES = 4 * 1024 * 1024 };

static Status flush(Ctx *cx, ErrorFile *f, size_t least)
{
    if (f->line.len < least)
        return STATUS_OK;
    TRY(file_write(cx, f->to, f->line.ptr, f->line.len));
    f->line.len = 0;
    return STATUS_OK;
}

static size_t cells_of(Ctx *cx, Str raw, char delimiter)
{
    CsvRow row = { 0 };
    bool more = false;
    Err *errors = cx->errors;
    CsvReader *r = csv_open_str(cx->scratch, (CsvDialect){ delimiter, '"' }, raw);
    Status s = csv_next(cx, r, &row, &more);
    cx->errors = errors;
    return s == STATUS_OK && more ? row.len : 0;
}

// The row as it stood, filled up to the heading's width, then the reason: so the file can be put
// right and imported again.
static void write_line(Ctx *cx, ErrorFile *f, Str raw, size_t width, Str reason)
{
    size_t n = cells_of(cx, raw, f->delimiter);
    buf_add(&f->line, raw);
    for (; n < width; n++)
        buf_char(&f->line, f->delimiter);
    if (n == 0 || width == 0)
        buf_char(&f->line, f->delimiter);
    else if (n >= width)
        buf_char(&f->line, f->delimiter);
    bool tabs = f->delimiter != ',';
    // Reasons hold no line ends; under another delimiter a quoted cell is right as well.
    if (tabs)
        buf_char(&f->line, '"');
    if (tabs) {
        for (size_t i = 0; i < reason.len; i++) {
            if (reason.ptr[i] == '"')
                buf_char(&f->line, '"');
            buf_char(&f->line, reason.ptr[i]);
        }
        buf_char(&f->line, '"');
    } else {
        csv_cell(&f->line, reason, true);
    }
    csv_end(&f->line);
}

static Status write_headings(Ctx *cx, ErrorFile *f, size_t *ret_width)
{
    const Json *look = NULL;
    TRY(json_parse(cx, f->import.look.text.len == 0 ? S("{}") : f->import.look.text, &look));
    const Json *headings = json_get(look, "headings");
    buf_add(&f->line, S("\xef\xbb\xbf"));
    *ret_width = 0;
    for (const Json *h = headings == NULL ? NULL : headings->first; h != NULL; h = h->next) {
        if (++*ret_width > 1)
            buf_char(&f->line, f->delimiter);
        bool quote = str_find_char(h->text, f->delimiter, 0) < h->text.len;
        if (quote)
            buf_char(&f->line, '"');
        if (quote)
            buf_add(&f->line, h->text);
        else
            csv_cell(&f->line, h->text, false);
        if (quote)
            buf_char(&f->line, '"');
    }
    buf_char(&f->line, f->delimiter);
    buf_add(&f->line, str_eq(str_z(cx->lang), S("en")) ? S("reason") : S("错误原因"));
    csv_end(&f->line);
    return STATUS_OK;
}

static Status write_rows(Ctx *cx, Db *db, ErrorFile *f, size_t width)
{
    CLEANUP(arena_cleanup) Arena row = { 0 };
    Arena *scratch = cx->scratch;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT message, raw FROM import_error WHERE import_id = "));
    sql_id(q, f->import.id);
    sql_add(q, SQL(" ORDER BY n"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    SealPlace place = { "import_error", "raw", f->import.id.v };
    while (stmt_next(st)) {
        Str raw = { 0 };
        if (!stmt_is_null(st, 1))
            TRY(unseal(cx, cx->catalog->keys, &row, place, stmt_view(st, 1), &raw));
        cx->scratch = &row;
        write_line(cx, f, raw, width, stmt_text(st, 0, &row));
        cx->scratch = scratch;
        TRY(flush(cx, f, FLUSH));
        arena_clear(&row);
    }
    return stmt_end(cx, &st);
}

static Status make_error_file(Req *rq, Db *db, ErrorFile *f, const char *path)
{
    Ctx *cx = rq->cx;
    size_t width = 0;
    TRY(file_create(cx, path, 0600, &f->to));
    f->line = buf_new(cx->arena, LINE_MAX_BYTES);
    TRY(write_headings(cx, f, &width));
    TRY(write_rows(cx, db, f, width));
    TRY(flush(cx, f, 1));
    file_cleanup(&f->to);
    f->to = NULL;
    return STATUS_OK;
}

Status intake_errors(Req *rq)
{
    Ctx *cx = rq->cx;
    Id id = { 0 };
    ErrorFile f = { 0 };
    TRY(req_id(rq, &id));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    const EntityInfo *e = catalog_of(cx, &import_entity);
    TRY(query_one(cx, db, e, id, row_new(cx->arena, e)));
    TRY(import_load(cx, db, id, &f.import));
    TRY(import_require(cx, (ImportKind)f.import.kind.ordinal));
    f.delimiter = f.import.delimiter.len > 0 ? f.import.delimiter.ptr[0] : ',';
    Str folder = arena_fmt(cx->arena, "%s/uploads", app_of(rq)->data_dir);
    TRY(os_make_dir(cx, folder.ptr, 0700));
    Str path = arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(folder),
                         STR_ARG(os_random_text(cx->arena, 16)));
    Status s = make_error_file(rq, db, &f, path.ptr);
    file_cleanup(&f.to);
    Str name = arena_fmt(cx->arena, "import-%" PRId64 "-errors.csv", id.v);
    if (s == STATUS_OK)
        s = req_reply_file(rq, path.ptr, "text/csv; charset=utf-8", name.ptr);
    // The answer holds the file open; its name is not needed any more.
    Err *errors = cx->errors;
    if (os_remove(cx, path.ptr) != STATUS_OK)
        LOG(LOG_WARN, "an error file could not be removed", { "import", LOG_INT(id.v) });
    cx->errors = errors;
    return s;
}

static void label(JsonOut *j, Label l)
{
    json_key_open(j, "label");
    json_key_str(j, "zh", str_z(l.zh));
    json_key_str(j, "en", str_z(l.en));
    json_close(j);
}

Status intake_targets(Req *rq)
{
    static const char *const NAMES[] = { "kind", NULL };
    ImportKind kind = IMPORT_ORDERS;
    TRY(req_query_only(rq, NAMES));
    if (req_has_query(rq, "kind") && !import_kind_find(req_query(rq, "kind"), &kind))
        return FAIL(rq->cx, INVALID, "import.kind", "kind",
                    "must be orders, customers, products, lines or payments");
    Buf b = buf_new(rq->cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "targets");
    for (int t = 0; t < TARGETS; t++) {
        if ((TARGET_TABLE[t].kinds >> kind & 1) == 0)
            continue;
        json_open(&j);
        json_key_str(&j, "name", TARGET_TABLE[t].name);
        label(&j, (Label){ TARGET_TABLE[t].zh, TARGET_TABLE[t].en });
        json_key_bool(&j, "required", target_required((TargetId)t, kind));
        json_close(&j);
    }
    json_close_array(&j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}

static Status own_presets(Ctx *cx, Db *db, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, name, kind, mapping FROM preset WHERE deleted_at IS NULL ORDER BY "
                   "name, id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        Str name = stmt_text(st, 1, cx->arena);
        json_open(j);
        json_key_int(j, "id", stmt_int(st, 0));
        json_key_str(j, "name", arena_fmt(cx->arena, "own:%" PRId64, stmt_int(st, 0)));
        label(j, (Label){ name.ptr, name.ptr });
        json_key_str(j, "kind", str_z(import_kind_name(stmt_int(st, 2))));
        json_key_bool(j, "own", true);
        json_key(j, S("mapping"));
        json_raw(j, stmt_text(st, 3, cx->arena));
        json_close(j);
    }
    return stmt_end(cx, &st);
}

Status intake_presets(Req *rq)
{
    CLEANUP(db_release) Db *db = NULL;
    Ctx *cx = rq->cx;
    TRY(store_read(cx, app_of(rq)->store, &db));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "items");
    for (size_t i = 0; i < PRESETS_LEN; i++) {
        json_open(&j);
        json_key_str(&j, "name", str_z(PRESETS[i].name));
        label(&j, PRESETS[i].label);
        json_key_str(&j, "kind", str_z(import_kind_name((int64_t)PRESETS[i].kind)));
        json_key_bool(&j, "own", false);
        json_close(&j);
    }
    TRY(own_presets(cx, db, &j));
    json_close_array(&j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
