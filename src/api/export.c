// Any list as a file: CSV (UTF-8 with BOM, formula-safe) or XLSX, streamed page by page.
#include "api/api_internal.h"
#include "csv/csv.h"
#include "os/os.h"
#include "xlsx/xlsx.h"

#include <inttypes.h>

typedef struct Export {
    JobRun *run;
    Query query;
    const EntityInfo *e;
    const Field **columns;
    size_t ncolumns;
    bool xlsx, names;
    XlsxWriter *book;
    File *file;
    Buf line;
    void **rows; // one page, for the names of references
    size_t nrows;
    Arena page;
    int64_t done, total;
} Export;

enum { EXPORT_PAGE = 500, FLUSH_BYTES = 256 * 1024, MAX_LINE = 8 * 1024 * 1024 };

static Status choose_columns(Ctx *cx, Export *x)
{
    x->columns = arena_array(cx->arena, const Field *, x->e->nfields);
    const Json *chosen = json_get(json_get(x->run->params, "query"), "fields");
    Str names = chosen == NULL ? (Str){ 0 } : chosen->text; // "name,city" or a list of names
    const Json *c = chosen != NULL && chosen->kind == JSON_ARRAY_NODE ? chosen->first : NULL;
    while (c != NULL || names.len > 0) {
        const Field *f = field_find(x->e, c != NULL ? c->text : str_trim(str_split(&names, ',')));
        c = c == NULL ? NULL : c->next;
        if (f != NULL && field_access(cx, x->e, f) != ACCESS_NONE && x->ncolumns < x->e->nfields)
            x->columns[x->ncolumns++] = f;
    }
    if (x->ncolumns > 0)
        return STATUS_OK;
    FOR_FIELDS(x->e, f)
        if (field_access(cx, x->e, f) != ACCESS_NONE)
            x->columns[x->ncolumns++] = f;
    return STATUS_OK;
}

static Str heading(const Ctx *cx, const Export *x, const Field *f)
{
    return x->names ? f->name : label_text(f->label, cx->lang);
}

static Status flush(Ctx *cx, Export *x, size_t least)
{
    if (x->file == NULL || x->line.len < least)
        return STATUS_OK;
    if (!buf_ok(&x->line))
        return FAIL(cx, INTERNAL, "export.line", NULL, "a line is too long");
    TRY(file_write(cx, x->file, x->line.ptr, x->line.len));
    x->line.len = 0;
    return STATUS_OK;
}

static void head(Ctx *cx, Export *x)
{
    if (x->xlsx) {
        Str *cells = arena_array(cx->arena, Str, x->ncolumns + 1);
        for (size_t i = 0; i < x->ncolumns; i++)
            cells[i] = heading(cx, x, x->columns[i]);
        xlsx_head(x->book, cells, x->ncolumns);
        return;
    }
    buf_add(&x->line, S("\xef\xbb\xbf"));
    for (size_t i = 0; i < x->ncolumns; i++) {
        if (i > 0)
            csv_sep(&x->line);
        csv_cell(&x->line, heading(cx, x, x->columns[i]), true);
    }
    csv_end(&x->line);
}

static Str cell_text(Ctx *cx, Export *x, const RefNames *refs, const Field *f, Value v)
{
    if (field_access(cx, x->e, f) == ACCESS_MASKED)
        return value_masked(&x->page, f, v).text;
    Str name = f->ref != NULL && !v.null ? refs_name(refs, f, v.num) : (Str){ 0 };
    return name.len > 0 ? name : value_show(&x->page, cx, f, v);
}

static void xlsx_cell(Ctx *cx, Export *x, const RefNames *refs, size_t col, const Field *f, Value v)
{
    if (v.null)
        return;
    bool plain = field_access(cx, x->e, f) >= ACCESS_READ;
    if (plain && f->kind == FIELD_INT)
        xlsx_int(x->book, col, v.num);
    else if (plain && (f->kind == FIELD_MONEY || f->kind == FIELD_DECIMAL))
        xlsx_money(x->book, col, v.num, f->kind == FIELD_MONEY ? cx->catalog->decimals : 0);
    else if (plain && f->kind == FIELD_DAY)
        xlsx_date(x->book, col, (Day){ (int32_t)v.num });
    else if (plain && f->kind == FIELD_INSTANT)
        xlsx_time(x->book, col, zone_clock(cx->catalog->zone, (Instant){ v.num }));
    else
        xlsx_text(x->book, col, cell_text(cx, x, refs, f, v));
}

// Numbers and dates are not texts: a minus before an amount is no formula.
static bool may_be_formula(const Field *f)
{
    return f->kind == FIELD_TEXT || f->kind == FIELD_JSON || f->kind == FIELD_CHOICE ||
           f->kind == FIELD_ID;
}

static void write_row(Ctx *cx, Export *x, const RefNames *refs, const void *row)
{
    for (size_t i = 0; i < x->ncolumns; i++) {
        const Field *f = x->columns[i];
        Value v = row_get(row, f);
        if (x->xlsx) {
            xlsx_cell(cx, x, refs, i, f, v);
            continue;
        }
        if (i > 0)
            csv_sep(&x->line);
        csv_cell(&x->line, cell_text(cx, x, refs, f, v), may_be_formula(f));
    }
    if (x->xlsx)
        xlsx_row_end(x->book);
    else
        csv_end(&x->line);
}

static Status write_page(Ctx *cx, Export *x)
{
    if (x->nrows == 0)
        return STATUS_OK;
    Arena *arena = cx->arena;
    cx->arena = &x->page;
    CLEANUP(db_release) Db *db = NULL;
    RefNames *refs = NULL;
    Status s = store_read(cx, x->run->store, &db);
    if (s == STATUS_OK)
        s = refs_load(cx, db, x->e, x->rows, x->nrows, NULL, &refs);
    cx->arena = arena;
    TRY(s);
    for (size_t i = 0; i < x->nrows; i++) {
        write_row(cx, x, refs, x->rows[i]);
        TRY(flush(cx, x, FLUSH_BYTES));
    }
    x->done += (int64_t)x->nrows;
    x->nrows = 0;
    arena_clear(&x->page);
    return job_progress(x->run, x->done, x->total);
}

static Status take_row(Ctx *cx, const void *row, void *arg)
{
    Export *x = arg;
    x->rows[x->nrows++] = row_keep(&x->page, x->e, row);
    return x->nrows == EXPORT_PAGE ? write_page(cx, x) : STATUS_OK;
}

static Status start(Ctx *cx, Export *x, const char *path)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, x->run->store, &db));
    TRY(query_count(cx, db, &x->query, &x->total));
    if (x->xlsx)
        TRY(xlsx_create(cx, path, label_text(x->e->entity->plural, cx->lang), &x->book));
    else
        TRY(file_create(cx, path, 0600, &x->file));
    head(cx, x);
    return STATUS_OK;
}

static Status finish(Ctx *cx, Export *x)
{
    TRY(write_page(cx, x));
    TRY(flush(cx, x, 1));
    return x->xlsx ? xlsx_finish(cx, &x->book) : file_sync_close(cx, &x->file);
}

static Status note(Ctx *cx, const Export *x)
{
    Str data = arena_fmt(cx->arena, "{\"rows\":%" PRId64 ",\"columns\":%zu}", x->done, x->ncolumns);
    return change_note_now(cx, x->run->store, CHANGE_EXPORT, x->e->entity->name, (Id){ 0 },
                           (Str){ 0 }, data);
}

static void export_cleanup(Export *x)
{
    xlsx_writer_cleanup(&x->book);
    file_cleanup(&x->file);
    arena_reset(&x->page);
}

Status export_run(JobRun *run)
{
    static const char CSV_TYPE[] = "text/csv; charset=utf-8";
    static const char XLSX_TYPE[] =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ctx *cx = run->cx;
    CLEANUP(export_cleanup) Export x = { .run = run };
    TRY(job_query(cx, run->params, &x.query));
    x.e = x.query.info;
    TRY(require(cx, x.e, MAY_EXPORT));
    x.xlsx = str_eq(json_text(run->params, "format", S("csv")), S("xlsx"));
    x.names = str_eq(json_text(run->params, "headings", S("labels")), S("names"));
    x.line = buf_new(cx->arena, MAX_LINE);
    x.rows = arena_array(cx->arena, void *, EXPORT_PAGE);
    TRY(choose_columns(cx, &x));
    const char *path = arena_fmt(cx->arena, "%s/export", run->work_dir).ptr;
    TRY(start(cx, &x, path));
    TRY(query_stream(cx, run->store, &x.query, take_row, &x));
    TRY(finish(cx, &x));
    TRY(note(cx, &x));
    Str name = arena_fmt(cx->arena, "%s.%s", x.e->entity->path, x.xlsx ? "xlsx" : "csv");
    return job_result(run, path, name, x.xlsx ? XLSX_TYPE : CSV_TYPE);
}

typedef struct Submit {
    Str title, params;
    Id job;
} Submit;

static Status write_submit(Ctx *cx, Db *db, void *arg)
{
    Submit *s = arg;
    return job_submit(cx, db, "export", s->title, s->params, &s->job);
}

Status api_export(Req *rq)
{
    static const char *const NAMES[] = { "filter", "q",        "sort",    "fields", "ids",
                                         "format", "headings", "deleted", NULL };
    Ctx *cx = rq->cx;
    const EntityInfo *e = api_entity(rq);
    const Json *body = NULL;
    TRY(req_json(rq, &body));
    TRY(json_only(cx, body, NAMES));
    Str format = json_text(body, "format", S("csv"));
    if (!str_eq(format, S("csv")) && !str_eq(format, S("xlsx")))
        return FAIL(cx, INVALID, "export.format", "format", "must be csv or xlsx");
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "entity", str_z(e->entity->name));
    json_key_str(&j, "format", format);
    json_key_str(&j, "headings", json_text(body, "headings", S("labels")));
    json_key(&j, S("query"));
    json_raw(&j, query_part(cx, body));
    json_close(&j);
    Submit s = { .params = buf_str(&b) };
    s.title = arena_fmt(cx->arena, STR_FMT " %s." STR_FMT,
                        STR_ARG(label_text((Label){ "导出", "Export" }, cx->lang)), e->entity->path,
                        STR_ARG(format));
    const Json *params = NULL;
    Query query;
    TRY(json_parse(cx, s.params, &params));
    TRY(job_query(cx, params, &query));
    TRY(api_write(rq, write_submit, &s));
    return api_reply_job(rq, s.job);
}
