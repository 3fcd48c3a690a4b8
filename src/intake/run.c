// The job: reads the file in batches; while one batch is being written the next is read. Progress,
// refused rows and the place to go on from are written in the transaction of the batch they belong
// to, so a run that was killed goes on after the last batch that was written.
#include "intake/intake_internal.h"

#include <inttypes.h>

int64_t import_batch_rows = 10000;

enum {
    RAW_MAX = 128 * 1024,
    DB_FAILURES_MAX = 10,
    PREVIEW_BYTES = 256 * 1024,
};

typedef struct Totals {
    int64_t done, refused, errors;
    Counts counts;
} Totals;

typedef struct Run {
    JobRun *job;
    Ctx *cx;
    Import import;
    Reading reading;
    Spool spool;
    SpoolReader reader;
    File *raw;    // the working copy once more, for the rows of the error file
    bool *wanted; // columns that lead to a field
    bool held, ended, dry;
    Known known;
    int64_t virtual_id;
    Totals totals;
    VEC(Example) examples;
    Batch batches[2];
    Batch *writing;
    Ticket *ticket;
    int db_failures;
} Run;

// --- reading

static void copy_row(Run *run, Batch *b, Cells *to)
{
    const CsvRow *row = &run->reader.row;
    size_t n = row->len < LIMIT_CSV_COLUMNS ? row->len : LIMIT_CSV_COLUMNS;
    Str *cells = arena_array(&b->arena, Str, n + 1);
    for (size_t i = 0; i < n; i++)
        if (run->wanted[i])
            cells[i] = arena_dup(&b->arena, row->cells[i]);
    *to = (Cells){ cells, n };
}

static Status next_row(Run *run, Batch *b)
{
    if (run->held || run->ended)
        return STATUS_OK;
    bool more = false;
    TRY(spool_next(&b->cx, &run->reader, &more));
    run->held = more;
    run->ended = !more;
    return STATUS_OK;
}

static RowRef row_ref(const Run *run)
{
    return (RowRef){ run->reader.number, run->reader.row.at,
                     (int64_t)csv_raw(run->reader.csv).len };
}

static bool belongs(const Run *run, Str key)
{
    if (key.len == 0 || run->reader.broken != STATUS_OK)
        return false;
    return spool_follows(&run->spool, &run->reader.row) ||
           str_eq(spool_key(&run->spool, &run->reader.row), key);
}

// The rows of one order; one row alone where rows have no key.
static Status read_group(Run *run, Batch *b, Draft *d)
{
    VEC(RowRef) rows = { 0 };
    VEC(Cells) cells = { 0 };
    if (run->reader.broken != STATUS_OK) {
        *vec_add(&b->arena, &rows) = row_ref(run);
        d->rows = rows.ptr;
        d->nrows = 1;
        draft_refuse(&b->cx, &run->reading, d, 0, NULL);
        run->held = false;
        return STATUS_OK;
    }
    Str key = arena_dup(&b->arena, spool_key(&run->spool, &run->reader.row));
    do {
        *vec_add(&b->arena, &rows) = row_ref(run);
        // Beyond this the order is refused whatever the rows say.
        if (rows.len <= ORDER_LINES_MAX + 1)
            copy_row(run, b, vec_add(&b->arena, &cells));
        run->held = false;
        TRY(next_row(run, b));
    } while (run->held && belongs(run, key));
    // An error of the row behind the group belongs to that row.
    Err *errors = b->cx.errors;
    b->cx.errors = NULL;
    d->rows = rows.ptr;
    d->nrows = rows.len;
    draft_read(&b->cx, &run->reading, cells.ptr, d);
    b->cx.errors = errors;
    return STATUS_OK;
}

static Status read_batch(Run *run, Batch *b)
{
    VEC(Draft *) drafts = { 0 };
    arena_clear(&b->arena);
    b->cx.arena = b->cx.scratch = &b->arena;
    b->cx.errors = NULL;
    int64_t rows = 0;
    while (rows < import_batch_rows) {
        TRY(next_row(run, b));
        if (!run->held)
            break;
        Draft *d = arena_new(&b->arena, Draft);
        TRY(read_group(run, b, d));
        *vec_add(&b->arena, &drafts) = d;
        rows += (int64_t)d->nrows;
    }
    b->drafts = drafts.ptr;
    b->n = drafts.len;
    b->from = 0;
    b->to = drafts.len;
    return STATUS_OK;
}

// --- what is written with a batch

static Status write_error(Ctx *cx, Run *run, Bulk *bulk, int64_t n, const Draft *d, size_t row,
                          Str reason, Str field)
{
    const RowRef *r = &d->rows[row];
    char *block = arena_array(cx->arena, char, (size_t)(r->len < RAW_MAX ? r->len : RAW_MAX) + 1);
    size_t got = 0;
    if (r->len > 0)
        TRY(file_read_at(cx, run->raw, r->at, block, (size_t)(r->len < RAW_MAX ? r->len : RAW_MAX),
                         &got));
    SealPlace place = { "import_error", "raw", run->import.id.v };
    Str message = reason;
    if (d->nrows > 1 && d->error_row != 0 && d->error_row != r->number)
        message =
            arena_fmt(cx->arena, STR_FMT " (%s %" PRId64 ")", STR_ARG(reason),
                      str_eq(run->reading.options.lang, S("en")) ? "row" : "第", d->error_row);
    bulk_id(bulk, run->import.id);
    bulk_int(bulk, n);
    bulk_int(bulk, r->number);
    if (field.len == 0)
        bulk_null(bulk);
    else
        bulk_text(bulk, field);
    bulk_text(bulk, message);
    bulk_blob(bulk, seal(cx->catalog->keys, cx->arena, place, (Str){ block, got }));
    return bulk_row(cx, bulk);
}

static Str reason_of(const Batch *b, size_t i, Str *ret_field)
{
    const Draft *d = b->drafts[i];
    *ret_field = d->error.len > 0 ? d->error_field : b->reason_fields[i];
    return d->error.len > 0 ? d->error : b->reasons[i];
}

static Status write_errors(Ctx *cx, Db *db, Run *run, const Batch *b, Totals *t)
{
    bool any = false;
    Str field = { 0 };
    for (size_t i = b->from; i < b->to && !any; i++)
        any = reason_of(b, i, &field).len > 0;
    if (!any)
        return STATUS_OK;
    CLEANUP(bulk_cleanup) Bulk *bulk = NULL;
    TRY(bulk_open(cx, db, SQL("import_error"), SQL("import_id, n, row_number, field, message, raw"),
                  6, &bulk));
    for (size_t i = b->from; i < b->to; i++) {
        Str reason = reason_of(b, i, &field);
        for (size_t row = 0; reason.len > 0 && row < b->drafts[i]->nrows; row++) {
            TRY(write_error(cx, run, bulk, ++t->errors, b->drafts[i], row, reason, field));
            t->refused++;
        }
    }
    return bulk_end(cx, &bulk);
}

static int64_t main_count(const Run *run, const Counts *c, Outcome o)
{
    switch (run->reading.kind) {
    case IMPORT_CUSTOMERS: return c->n[COUNT_CUSTOMERS][o];
    case IMPORT_PRODUCTS: return c->n[COUNT_PRODUCTS][o];
    case IMPORT_ORDERS: return c->n[COUNT_ORDERS][o] + c->n[COUNT_REFUNDS][o];
    case IMPORT_LINES:
    case IMPORT_PAYMENTS:
    case IMPORT_KIND_COUNT: break;
    }
    return c->n[COUNT_ORDERS][o];
}

static Str preview_json(Ctx *cx, const Run *run)
{
    Buf b = buf_new(cx->arena, PREVIEW_BYTES);
    JsonOut j = json_out(&b);
    json_open_array(&j);
    for (size_t i = 0; i < run->examples.len; i++) {
        const Example *x = &run->examples.ptr[i];
        json_open(&j);
        json_key_str(&j, "action", str_z(outcome_name(x->outcome)));
        json_key_str(&j, "entity", str_z(counted_name(x->what)));
        json_key_int(&j, "row", x->row);
        json_key_str(&j, "title", x->title);
        json_key_str(&j, "text", x->text);
        json_close(&j);
    }
    json_close_array(&j);
    return buf_str(&b);
}

static Status write_totals(Ctx *cx, Db *db, const Run *run, const Totals *t)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    counts_json(&j, &t->counts);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE import_run SET done = "));
    sql_int(q, t->done);
    sql_add(q, SQL(", created = "));
    sql_int(q, main_count(run, &t->counts, CREATED));
    sql_add(q, SQL(", updated = "));
    sql_int(q, main_count(run, &t->counts, UPDATED));
    sql_add(q, SQL(", unchanged = "));
    sql_int(q, main_count(run, &t->counts, UNCHANGED));
    sql_add(q, SQL(", refused = "));
    sql_int(q, t->refused);
    sql_add(q, SQL(", merged = "));
    sql_int(q, t->counts.n[COUNT_CUSTOMERS][MERGED]);
    sql_add(q, SQL(", counts = "));
    sql_json(q, buf_str(&b));
    sql_add(q, SQL(", preview = "));
    sql_json(q, preview_json(cx, run));
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, run->import.id);
    return db_exec(cx, db, q, NULL);
}

static Totals totals_after(const Run *run, const Batch *b)
{
    Totals t = run->totals;
    for (size_t i = b->from; i < b->to; i++)
        t.done += (int64_t)b->drafts[i]->nrows;
    counts_add(&t.counts, &b->counts);
    return t;
}

static Status write_also(Ctx *cx, Db *db, Batch *b)
{
    Run *run = b->also_arg;
    Totals t = totals_after(run, b);
    TRY(write_errors(cx, db, run, b, &t));
    TRY(write_totals(cx, db, run, &t));
    JobRun job = *run->job;
    job.cx = cx;
    return job_checkpoint(&job, db, S("{\"begun\":true}"));
}

// --- after a batch

static void keep_examples(Run *run, const Batch *b)
{
    enum { EACH = 5 };
    for (size_t i = 0; i < b->examples.len; i++) {
        const Example *x = &b->examples.ptr[i];
        size_t same = 0;
        for (size_t k = 0; k < run->examples.len; k++)
            same +=
                run->examples.ptr[k].outcome == x->outcome && run->examples.ptr[k].what == x->what;
        if (same >= EACH)
            continue;
        Example *kept = vec_add(run->cx->arena, &run->examples);
        *kept = *x;
        kept->title = arena_dup(run->cx->arena, x->title);
        kept->text = arena_dup(run->cx->arena, x->text);
    }
}

static void accept(Run *run, Batch *b)
{
    Totals t = totals_after(run, b);
    Str field = { 0 };
    for (size_t i = b->from; i < b->to; i++)
        if (reason_of(b, i, &field).len > 0) {
            t.errors += (int64_t)b->drafts[i]->nrows;
            t.refused += (int64_t)b->drafts[i]->nrows;
        }
    run->totals = t;
    keep_examples(run, b);
    batch_learn(b);
}

static void ready_to_write(Batch *b, size_t from, size_t to)
{
    arena_clear(&b->work);
    b->cx.arena = b->cx.scratch = &b->work;
    b->cx.errors = NULL;
    b->from = from;
    b->to = to;
}

static Status pass_on(Run *run, const Batch *b, Status s)
{
    const Err *err = b->cx.errors;
    Str message =
        err == NULL ? S("the batch could not be written") : arena_dup(run->cx->arena, err->message);
    return ctx_fail(run->cx, s, err == NULL ? "import.batch" : err->code, NULL, __FILE__, __LINE__,
                    STR_FMT, STR_ARG(message));
}

// The part that fails is halved until the one draft is found that cannot be written.
static Status write_part(Run *run, Batch *b, size_t from, size_t to)
{
    ready_to_write(b, from, to);
    Status s = store_write(&b->cx, run->job->store, batch_apply, b);
    if (s == STATUS_OK) {
        accept(run, b);
        return STATUS_OK;
    }
    if (s == STATUS_FULL || s == STATUS_UNAVAILABLE)
        return pass_on(run, b, s);
    if (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        TRY(write_part(run, b, from, middle));
        return write_part(run, b, middle, to);
    }
    Draft *d = b->drafts[from];
    if (d->error.len > 0 || (s == STATUS_DB && ++run->db_failures > DB_FAILURES_MAX))
        return pass_on(run, b, s);
    b->cx.arena = &b->arena;
    draft_refuse(&b->cx, &run->reading, d, 0, run->reading.order);
    return write_part(run, b, from, to);
}

static Status finish_write(Run *run)
{
    if (run->ticket == NULL)
        return STATUS_OK;
    Batch *b = run->writing;
    Status s = store_wait(&run->ticket);
    if (s == STATUS_OK) {
        accept(run, b);
        return STATUS_OK;
    }
    if (s == STATUS_FULL || s == STATUS_UNAVAILABLE)
        return pass_on(run, b, s);
    return write_part(run, b, 0, b->n);
}

static void run_cleanup(Run *run)
{
    if (run->ticket != NULL)
        (void)!store_wait(&run->ticket);
    spool_close(&run->reader);
    file_cleanup(&run->raw);
    known_done(&run->known);
    for (size_t i = 0; i < ARRAY_LEN(run->batches); i++) {
        arena_reset(&run->batches[i].arena);
        arena_reset(&run->batches[i].work);
    }
}

static Status all_batches(Run *run)
{
    for (size_t turn = 0;; turn++) {
        Batch *b = &run->batches[turn % 2];
        b->cx.now = os_now();
        Status read = read_batch(run, b);
        TRY(finish_write(run));
        if (read != STATUS_OK)
            return pass_on(run, b, read);
        TRY(job_progress(run->job, run->totals.done, run->spool.rows));
        if (b->n == 0)
            return STATUS_OK;
        ready_to_write(b, 0, b->n);
        run->writing = b;
        run->ticket = store_submit(&b->cx, run->job->store, batch_apply, b);
    }
}

// --- start and end

static void choose_key(Run *run)
{
    const Columns *c = &run->reading.columns;
    TargetId t = run->reading.kind == IMPORT_PRODUCTS ? TARGET_product_group : TARGET_order_number;
    run->spool.follow = SIZE_MAX;
    for (size_t k = 0; k < COLUMNS_PER_TARGET && c->at[t][k] != 0; k++)
        run->spool.key[run->spool.nkey++] = c->at[t][k] - 1u;
    if (run->reading.kind == IMPORT_ORDERS && c->at[TARGET_order_ordered_at][0] != 0)
        run->spool.follow = c->at[TARGET_order_ordered_at][0] - 1u;
}

static void init_batches(Run *run)
{
    const Preset *preset = run->reading.columns.preset;
    for (size_t i = 0; i < ARRAY_LEN(run->batches); i++) {
        Batch *b = &run->batches[i];
        b->cx = *run->cx;
        b->access = *run->cx->access;
        b->access.origin = ORIGIN_IMPORT;
        b->access.origin_id = run->import.id;
        b->cx.access = &b->access;
        b->reading = &run->reading;
        b->known = &run->known;
        b->dry = run->dry;
        b->import = run->import.id;
        b->virtual_id = &run->virtual_id;
        b->default_shop = run->reading.options.shop;
        b->platform = preset == NULL ? PLATFORM_OTHER : preset->platform;
        b->shop_name = preset == NULL ? S("默认店铺") : str_z(preset->shop);
        b->also = write_also;
        b->also_arg = run;
    }
    known_reset(&run->known);
}

static Status write_begin(Ctx *cx, Db *db, void *arg)
{
    const Run *run = arg;
    Sql *gone = sql_new(cx->arena, db);
    sql_add(gone, SQL("DELETE FROM import_error WHERE import_id = "));
    sql_id(gone, run->import.id);
    TRY(db_exec(cx, db, gone, NULL));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE import_run SET ended_at = NULL, rows = "));
    sql_int(q, run->spool.rows);
    sql_add(q, SQL(", started_at = "));
    sql_int(q, os_now().ms);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, run->import.id);
    TRY(db_exec(cx, db, q, NULL));
    return write_totals(cx, db, run, &(Totals){ 0 });
}

static Status go_on_from(Run *run)
{
    const Json *counts = NULL;
    Ctx *cx = run->cx;
    bool more = true;
    run->totals = (Totals){ .done = run->import.done,
                            .refused = run->import.refused,
                            .errors = run->import.refused };
    TRY(json_parse(cx, run->import.counts.text.len == 0 ? S("{}") : run->import.counts.text,
                   &counts));
    counts_parse(counts, &run->totals.counts);
    while (more && run->reader.count < run->totals.done) {
        TRY(spool_next(cx, &run->reader, &more));
        cx->errors = NULL;
    }
    return STATUS_OK;
}

static Status open_run(Run *run)
{
    Ctx *cx = run->cx;
    SourceSpec spec = { 0 };
    const App *app = run->job->app;
    Id id = { json_num(run->job->params, "import", 0) };
    {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, run->job->store, &db));
        TRY(import_load(cx, db, id, &run->import));
        TRY(import_spec(cx, db, &app->files, &run->import, &spec));
    }
    TRY(import_require(cx, (ImportKind)run->import.kind.ordinal));
    TRY(import_reading(cx, &run->import, &run->reading));
    run->wanted = arena_array(cx->arena, bool, LIMIT_CSV_COLUMNS);
    for (int t = 0; t < TARGETS; t++)
        for (size_t k = 0; k < COLUMNS_PER_TARGET && run->reading.columns.at[t][k] != 0; k++)
            run->wanted[run->reading.columns.at[t][k] - 1u] = true;
    choose_key(run);
    TRY(spool_make(cx, &spec, run->job->work_dir, run->job, &run->spool));
    init_batches(run);
    TRY(file_open_read(cx, run->spool.path, &run->raw));
    TRY(spool_open(cx, &run->spool, &run->reader));
    if (run->job->checkpoint.len > 0)
        return go_on_from(run);
    return store_write(cx, run->job->store, write_begin, run);
}

static Status write_last(Ctx *cx, Db *db, void *arg)
{
    const Run *run = arg;
    return write_totals(cx, db, run, &run->totals);
}

Status import_go(JobRun *job, bool dry, Counts *ret)
{
    CLEANUP(run_cleanup) Run run = { .job = job, .cx = job->cx, .dry = dry };
    TRY(open_run(&run));
    TRY(all_batches(&run));
    *ret = run.totals.counts;
    // The examples of the last batch were not known when it was written.
    return store_write(job->cx, job->store, write_last, &run);
}
