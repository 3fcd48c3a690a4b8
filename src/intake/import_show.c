// An import as JSON.
#include "intake/intake_internal.h"
#include "intake/intake_http.h"

static void text_or_null(JsonOut *j, const char *key, Str s)
{
    if (s.len == 0)
        json_key_null(j, key);
    else
        json_key_str(j, key, s);
}

static void doc(JsonOut *j, const char *key, Str json, const char *otherwise)
{
    json_key(j, str_z(key));
    json_raw(j, json.len == 0 ? str_z(otherwise) : json);
}

static void write_header(Arena *a, JsonOut *j, const Json *look, const Json *mapping,
                         const SourceLook *samples)
{
    const Json *headings = json_get(look, "headings");
    size_t i = 0;
    json_key_open_array(j, "header");
    for (const Json *h = headings == NULL ? NULL : headings->first; h != NULL; h = h->next, i++) {
        json_open(j);
        json_key_int(j, "index", (int64_t)i);
        json_key_str(j, "name", h->text);
        text_or_null(j, "field", json_text(mapping, arena_fmt(a, "%zu", i).ptr, (Str){ 0 }));
        json_key_open_array(j, "sample");
        for (size_t r = 0; samples != NULL && i < samples->n && r < samples->nrows && r < LOOK_ROWS;
             r++)
            json_str(j, samples->samples[r * samples->n + i]);
        json_close_array(j);
        json_close(j);
    }
    json_close_array(j);
}

static void write_rate(JsonOut *j, const Import *i, Instant now)
{
    int64_t until = i->ended_at.ms != 0 ? i->ended_at.ms : now.ms;
    int64_t ms = until - i->started_at.ms;
    bool known = i->started_at.ms != 0 && ms > 0 && i->done > 0;
    if (known)
        json_key_int(j, "rate", i->done * 1000 / ms);
    else
        json_key_null(j, "rate");
    bool under_way = i->state.ordinal == STATE_RUNNING || i->state.ordinal == STATE_CHECKING;
    if (known && under_way && i->rows > i->done)
        json_key_int(j, "remaining_s", (i->rows - i->done) * ms / i->done / 1000);
    else
        json_key_null(j, "remaining_s");
}

static Status write_errors(Ctx *cx, Db *db, Id id, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT row_number, field, message FROM import_error WHERE import_id = "));
    sql_id(q, id);
    sql_add(q, SQL(" ORDER BY n LIMIT "));
    sql_int(q, ERRORS_SHOWN);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    json_key_open_array(j, "errors");
    while (stmt_next(st)) {
        json_open(j);
        json_key_int(j, "row", stmt_int(st, 0));
        text_or_null(j, "field", stmt_text(st, 1, cx->arena));
        json_key_str(j, "message", stmt_text(st, 2, cx->arena));
        json_close(j);
    }
    json_close_array(j);
    return stmt_end(cx, &st);
}

static void write_file(JsonOut *j, const Import *i, const Json *look)
{
    json_key_str(j, "file", i->file);
    json_key_int(j, "size", i->size);
    text_or_null(j, "charset", i->charset);
    text_or_null(j, "delimiter", i->delimiter);
    json_key_int(j, "sheet", i->sheet);
    const Json *sheets = json_get(look, "sheets");
    json_key_open_array(j, "sheets");
    for (const Json *s = sheets == NULL ? NULL : sheets->first; s != NULL; s = s->next)
        json_str(j, s->text);
    json_close_array(j);
    text_or_null(j, "preset", i->preset);
}

static void write_progress(Ctx *cx, JsonOut *j, const Import *i)
{
    json_key_int(j, "rows", i->rows);
    json_key_int(j, "done", i->done);
    json_key_int(j, "created", i->created);
    json_key_int(j, "updated", i->updated);
    json_key_int(j, "unchanged", i->unchanged);
    json_key_int(j, "refused", i->refused);
    json_key_int(j, "merged", i->merged);
    write_rate(j, i, cx->now);
    doc(j, "counts", i->counts.text, "{}");
    doc(j, "preview", i->preview.text, "[]");
    text_or_null(j, "message", i->message);
    if (i->job_id.v != 0)
        json_key_int(j, "job", i->job_id.v);
    else
        json_key_null(j, "job");
    json_key_instant(j, "created_at", i->created_at);
    json_key_instant(j, "started_at", i->started_at);
    json_key_instant(j, "ended_at", i->ended_at);
}

Status import_json(Ctx *cx, Db *db, const Import *i, const SourceLook *samples, JsonOut *j)
{
    const Json *look = NULL;
    const Json *mapping = NULL;
    const Json *options = NULL;
    Options o;
    TRY(json_parse(cx, i->look.text.len == 0 ? S("{}") : i->look.text, &look));
    TRY(json_parse(cx, i->mapping.text.len == 0 ? S("{}") : i->mapping.text, &mapping));
    TRY(json_parse(cx, i->options.text.len == 0 ? S("{}") : i->options.text, &options));
    TRY(options_parse(cx, (ImportKind)i->kind.ordinal, options, &o));
    json_open(j);
    json_key_int(j, "id", i->id.v);
    json_key_str(j, "kind", str_z(import_kind_name(i->kind.ordinal)));
    json_key_str(j, "state", str_z(import_state_name(i->state.ordinal)));
    write_file(j, i, look);
    write_header(cx->arena, j, look, mapping, samples);
    json_key(j, S("options"));
    options_json(j, &o);
    write_progress(cx, j, i);
    TRY(write_errors(cx, db, i->id, j));
    json_close(j);
    return STATUS_OK;
}
