// PostgreSQL: statements. Rows are streamed; when another statement needs the connection, what is
// still on the way is first read into memory, so that statements may nest as on SQLite.
#include "db/postgres.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_TEXT = 25,
    OID_JSONB = 3802,
    LEFT_MOST = 1000, // rows read and thrown away before a reader's statement is cancelled
};

// --- failures

static bool is(const char *state, const char *want)
{
    return state != NULL && strncmp(state, want, strlen(want)) == 0;
}

// "Key (shop_id, email)=(…) already exists.": the last name. The values behind it are never kept.
static void key_column(const char *detail, Failure *ret)
{
    Str s = str_z(detail);
    size_t from = str_find(s, S("("), 0) + 1, to = str_find(s, S(")="), 0);
    if (from >= s.len || to >= s.len || to <= from)
        return;
    Str names = str_sub(s, from, to - from);
    while (str_find(names, S(", "), 0) < names.len)
        names = str_sub(names, str_find(names, S(", "), 0) + 2, names.len);
    if (names.len >= sizeof(ret->field))
        return;
    for (size_t i = 0; i < names.len; i++)
        if (!ascii_is_alpha(names.ptr[i]) && !ascii_is_digit(names.ptr[i]) && names.ptr[i] != '_')
            return;
    memcpy(ret->field, names.ptr, names.len);
}

static const struct {
    const char *state;
    Status status;
    const char *code;
    bool again, lost;
} STATES[] = {
    { "40001", STATUS_UNAVAILABLE, "db.busy", true, false },
    { "40P01", STATUS_UNAVAILABLE, "db.busy", true, false },
    { "55P03", STATUS_UNAVAILABLE, "db.busy", false, false },
    { "23505", STATUS_CONFLICT, "taken", false, false },
    { "23503", STATUS_CONFLICT, "referenced", false, false },
    { "23001", STATUS_CONFLICT, "referenced", false, false },
    { "23502", STATUS_INVALID, "required", false, false },
    { "23", STATUS_INVALID, "constraint", false, false },
    { "57014", STATUS_UNAVAILABLE, "db.slow", false, false },
    { "57P", STATUS_UNAVAILABLE, "db.lost", true, true },
    { "08", STATUS_UNAVAILABLE, "db.lost", true, true },
    { "25006", STATUS_DB, "db.readonly", false, false },
    { "53100", STATUS_FULL, "disk.full", false, false },
    { "53", STATUS_UNAVAILABLE, "db.busy", false, false },
    { "54000", STATUS_TOO_LARGE, "value.too_large", false, false },
    { "22021", STATUS_INVALID, "text.encoding", false, false },
};

void pg_failure(PGconn *conn, PGresult *res, Failure *ret)
{
    const char *state = res == NULL ? NULL : PQresultErrorField(res, PG_DIAG_SQLSTATE);
    *ret = (Failure){ .status = STATUS_DB, .code = "db" };
    for (size_t i = 0; i < ARRAY_LEN(STATES); i++)
        if (is(state, STATES[i].state)) {
            ret->status = STATES[i].status;
            ret->code = STATES[i].code;
            ret->again = STATES[i].again;
            ret->lost = STATES[i].lost;
            break;
        }
    if (PQstatus(conn) == CONNECTION_BAD) {
        *ret = (Failure){ .status = STATUS_UNAVAILABLE, .code = "db.lost" };
        ret->again = ret->lost = true;
    }
    if (is(state, "23505"))
        key_column(PQresultErrorField(res, PG_DIAG_MESSAGE_DETAIL), ret);
    const char *column = is(state, "23502") ? PQresultErrorField(res, PG_DIAG_COLUMN_NAME) : NULL;
    if (column != NULL)
        (void)snprintf(ret->field, sizeof(ret->field), "%s", column);
    const char *message =
        res == NULL ? PQerrorMessage(conn) : PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
    (void)snprintf(ret->detail, sizeof(ret->detail), "%s: %s", state == NULL ? "-" : state,
                   message == NULL ? "" : message);
    PQclear(res);
}

bool pg_do(PgDb *db, const char *text, Failure *ret)
{
    pg_drain(db);
    PGresult *res = PQexec(db->conn, text);
    ExecStatusType status = PQresultStatus(res);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        pg_failure(db->conn, res, ret);
        return false;
    }
    PQclear(res);
    return true;
}

// --- rows

static void queue_row(Stmt *st, PGresult *res)
{
    if (st->nqueued == st->queue_cap) {
        st->queue_cap = st->queue_cap == 0 ? 32 : st->queue_cap * 2;
        st->queued = mem_grow(st->queued, st->queue_cap * sizeof(void *));
    }
    st->queued[st->nqueued++] = res;
}

// The next row from the connection; NULL at the end or on failure. Reads the closing messages too.
static PGresult *fetch(Stmt *st)
{
    PgDb *db = pg_of(st->db);
    PGresult *res = PQgetResult(db->conn);
    if (res != NULL && PQresultStatus(res) == PGRES_SINGLE_TUPLE)
        return res;
    db->streaming = NULL;
    st->done = true;
    if (res == NULL)
        pg_failure(db->conn, NULL, &st->failure);
    for (; res != NULL; res = PQgetResult(db->conn)) {
        ExecStatusType status = PQresultStatus(res);
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
            st->columns = PQnfields(res);
            st->changed = strtoll(PQcmdTuples(res), NULL, 10);
            if (is(PQcmdStatus(res), "SELECT"))
                st->changed = 0;
            PQclear(res);
        } else {
            pg_failure(db->conn, res, &st->failure);
            if (PQstatus(db->conn) == CONNECTION_BAD)
                return NULL;
        }
    }
    return NULL;
}

void pg_drain(PgDb *db)
{
    Stmt *st = db->streaming;
    while (db->streaming != NULL) {
        PGresult *row = fetch(st);
        if (row != NULL)
            queue_row(st, row);
    }
    if (st != NULL)
        st->done = false; // the queue comes first; see pg_step
}

bool pg_step(Stmt *st)
{
    PQclear(st->handle);
    st->handle = NULL;
    if (st->queue_at < st->nqueued) {
        st->handle = st->queued[st->queue_at++];
        return true;
    }
    if (pg_of(st->db)->streaming != st) {
        st->done = true;
        return false;
    }
    st->handle = fetch(st);
    return st->handle != NULL;
}

static void cancel(PGconn *conn)
{
    char words[256];
    PGcancel *c = PQgetCancel(conn);
    if (c != NULL)
        (void)PQcancel(c, words, sizeof(words));
    PQfreeCancel(c);
}

void pg_end(Stmt *st)
{
    PgDb *db = pg_of(st->db);
    PQclear(st->handle);
    while (st->queue_at < st->nqueued)
        PQclear(st->queued[st->queue_at++]);
    // Cancelling inside a transaction would spoil it.
    for (int left = 0; db->streaming == st; left++) {
        if (left == LEFT_MOST && !st->db->writer)
            cancel(db->conn);
        PQclear(fetch(st));
    }
}

// --- running

static Oid type_of(ParamKind kind)
{
    switch (kind) {
    case PARAM_NULL: return 0; // the server finds out
    case PARAM_INT: return OID_INT8;
    case PARAM_TEXT: return OID_TEXT;
    case PARAM_BLOB: return OID_BYTEA;
    case PARAM_JSON: return OID_JSONB;
    }
    return 0;
}

void pg_drop_statement(Db *db, CacheEntry *e)
{
    char text[48];
    Failure ignored = { 0 };
    (void)snprintf(text, sizeof(text), "DEALLOCATE s%llu", (unsigned long long)e->name);
    // The session's end forgets them all by itself.
    if (!pg_of(db)->ending)
        (void)pg_do(pg_of(db), text, &ignored);
}

static CacheEntry *prepare(PgDb *db, const Sql *q, Failure *ret)
{
    CacheEntry *e = cache_find(&db->base.cache, q, true);
    if (e != NULL)
        return e;
    Oid types[LIMIT_SQL_PARAMS];
    for (size_t i = 0; i < q->nparams; i++)
        types[i] = type_of(q->params[i].kind);
    char name[32];
    uint64_t number = ++db->names;
    (void)snprintf(name, sizeof(name), "s%llu", (unsigned long long)number);
    PGresult *res = PQprepare(db->conn, name, q->text.ptr, (int)q->nparams, types);
    if (PQresultStatus(res) != PGRES_COMMAND_OK) {
        pg_failure(db->conn, res, ret);
        return NULL;
    }
    PQclear(res);
    e = cache_add(&db->base.cache, q, true);
    e->name = number;
    return e;
}

typedef struct Values {
    const char *ptr[LIMIT_SQL_PARAMS];
    int len[LIMIT_SQL_PARAMS];
    int binary[LIMIT_SQL_PARAMS];
    uint64_t ints[LIMIT_SQL_PARAMS];
    char digits[LIMIT_SQL_PARAMS][24];
} Values;

// Binary where the type was said at the preparation; as text where the server chose it.
static void value(Values *v, size_t i, const Param *p, ParamKind said, Arena *a)
{
    v->binary[i] = p->kind == said && said != PARAM_JSON;
    v->len[i] = (int)p->text.len;
    switch (p->kind) {
    case PARAM_NULL: return;
    case PARAM_INT:
        if (v->binary[i]) {
            v->ints[i] = htobe64((uint64_t)p->num);
            v->ptr[i] = (const char *)&v->ints[i];
            v->len[i] = sizeof(uint64_t);
        } else {
            (void)snprintf(v->digits[i], sizeof(v->digits[i]), "%lld", (long long)p->num);
            v->ptr[i] = v->digits[i];
        }
        return;
    case PARAM_BLOB:
        v->binary[i] = 1;
        v->ptr[i] = p->text.ptr == NULL ? "" : p->text.ptr;
        return;
    case PARAM_TEXT:
    case PARAM_JSON:
        v->ptr[i] = v->binary[i] && p->text.ptr != NULL ? p->text.ptr : arena_cstr(a, p->text);
        return;
    }
}

static bool send(Stmt *st, const Sql *q)
{
    PgDb *db = pg_of(st->db);
    pg_drain(db);
    CacheEntry *e = prepare(db, q, &st->failure);
    if (e == NULL)
        return false;
    Values *v = arena_new(st->row, Values);
    for (size_t i = 0; i < q->nparams; i++)
        value(v, i, &q->params[i], (ParamKind)e->kinds[i], st->row);
    char name[32];
    (void)snprintf(name, sizeof(name), "s%llu", (unsigned long long)e->name);
    if (PQsendQueryPrepared(db->conn, name, (int)q->nparams, v->ptr, v->len, v->binary, 0) != 1) {
        pg_failure(db->conn, NULL, &st->failure);
        return false;
    }
    (void)PQsetSingleRowMode(db->conn);
    db->streaming = st;
    st->handle = fetch(st);
    arena_clear(st->row);
    return st->failure.status == STATUS_OK;
}

void pg_run(Stmt *st, const Sql *q)
{
    PgDb *db = pg_of(st->db);
    bool fine = send(st, q);
    // A reader whose server was restarted since: nothing is lost by asking again.
    if (!fine && st->failure.lost && !db->base.writer && st->next == NULL && pg_reconnect(db)) {
        st->failure = (Failure){ 0 };
        st->done = false;
        fine = send(st, q);
    }
    if (!fine)
        return;
    st->waiting = st->handle != NULL;
    if (st->waiting)
        st->columns = PQnfields(st->handle);
}

void pg_script(Db *db, Str text, Failure *ret)
{
    char *z = mem_alloc(text.len + 1);
    memcpy(z, text.ptr, text.len);
    (void)pg_do(pg_of(db), z, ret);
    mem_free(z);
}

// --- values of a row

bool pg_is_null(const Stmt *st, int col)
{
    return PQgetisnull(st->handle, 0, col) != 0;
}

int64_t pg_number(const Stmt *st, int col)
{
    const char *text = PQgetvalue(st->handle, 0, col);
    if (PQftype(st->handle, col) == OID_BOOL)
        return text[0] == 't';
    int64_t v = 0;
    // sum() and avg() give numeric: what stands behind the point is cut off, as SQLite does.
    Str whole = str_sub(str_z(text), 0, str_find(str_z(text), S("."), 0));
    return str_int(whole, &v) ? v : 0;
}

static int hex(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

Str pg_view(const Stmt *st, int col)
{
    Str text = { PQgetvalue(st->handle, 0, col), (size_t)PQgetlength(st->handle, 0, col) };
    if (PQftype(st->handle, col) != OID_BYTEA || !str_starts(text, S("\\x")))
        return text;
    size_t n = (text.len - 2) / 2;
    char *to = arena_array(st->row, char, n + 1);
    for (size_t i = 0; i < n; i++)
        to[i] = (char)(hex(text.ptr[2 + 2 * i]) * 16 + hex(text.ptr[3 + 2 * i]));
    return (Str){ to, n };
}

// --- bulk: COPY in text form, which fits every column type

enum { COPY_CHUNK = 64 * 1024, COPY_MOST = 256 * 1024 * 1024 };

void pg_bulk_open(Bulk *b, SqlText table, SqlText columns)
{
    PgDb *db = pg_of(b->db);
    pg_drain(db);
    Sql *q = sql_new(&b->arena, b->db);
    sql_add(q, SQL("COPY "));
    sql_add(q, table);
    sql_add(q, SQL(" ("));
    sql_add(q, columns);
    sql_add(q, SQL(") FROM STDIN"));
    check(buf_ok(&q->text));
    PGresult *res = PQexec(db->conn, q->text.ptr);
    if (PQresultStatus(res) != PGRES_COPY_IN) {
        pg_failure(db->conn, res, &b->failure);
        return;
    }
    PQclear(res);
    b->line = buf_new(&b->arena, COPY_MOST);
}

static void copy_text(Buf *b, Str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c != '\\' && c != '\t' && c != '\n' && c != '\r')
            continue;
        buf_add(b, str_sub(s, from, i - from));
        buf_char(b, '\\');
        buf_char(b, c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\');
        from = i + 1;
    }
    buf_add(b, str_sub(s, from, s.len));
}

static void copy_blob(Buf *b, Str s)
{
    static const char DIGITS[] = "0123456789abcdef";
    buf_add(b, S("\\\\x"));
    char *to = buf_reserve(b, s.len * 2);
    if (to == NULL)
        return;
    for (size_t i = 0; i < s.len; i++) {
        to[2 * i] = DIGITS[(unsigned char)s.ptr[i] >> 4];
        to[2 * i + 1] = DIGITS[(unsigned char)s.ptr[i] & 15];
    }
    b->len += s.len * 2;
}

void pg_bulk_value(Bulk *b, ParamKind kind, int64_t num, Str text)
{
    if (b->at > 0)
        buf_char(&b->line, '\t');
    switch (kind) {
    case PARAM_NULL: buf_add(&b->line, S("\\N")); break;
    case PARAM_INT: buf_int(&b->line, num); break;
    case PARAM_TEXT:
    case PARAM_JSON: copy_text(&b->line, text); break;
    case PARAM_BLOB: copy_blob(&b->line, text); break;
    }
}

static void copy_send(Bulk *b)
{
    PgDb *db = pg_of(b->db);
    if (b->line.overflow)
        b->failure = (Failure){ .status = STATUS_TOO_LARGE, .code = "value.too_large" };
    else if (b->line.len > 0 && PQputCopyData(db->conn, b->line.ptr, (int)b->line.len) != 1)
        pg_failure(db->conn, NULL, &b->failure);
    b->line.len = 0;
}

void pg_bulk_row(Bulk *b)
{
    buf_char(&b->line, '\n');
    if (b->line.len >= COPY_CHUNK || b->line.overflow)
        copy_send(b);
}

void pg_bulk_end(Bulk *b, bool keep)
{
    PgDb *db = pg_of(b->db);
    if (keep)
        copy_send(b);
    bool fine = keep && b->failure.status == STATUS_OK;
    if (PQputCopyEnd(db->conn, fine ? NULL : "given up") != 1 && fine)
        pg_failure(db->conn, NULL, &b->failure);
    for (PGresult *res = PQgetResult(db->conn); res != NULL; res = PQgetResult(db->conn)) {
        if (PQresultStatus(res) != PGRES_FATAL_ERROR || b->failure.status != STATUS_OK)
            PQclear(res);
        else
            pg_failure(db->conn, res, &b->failure);
        if (PQstatus(db->conn) == CONNECTION_BAD)
            break;
    }
}
