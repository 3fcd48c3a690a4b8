// The reader: finds cell ends eight bytes at a time and hands out slices of its buffer. Only cells
// with doubled quotes are copied. Positions inside a row count from the row's first byte, so that
// the buffer may be moved or grown between two blocks.
#include "csv/csv.h"

enum {
    BLOCK = 256 * 1024,
    PAD = 8,          // scan() loads whole words and may look past the last byte
    HEAD_KEPT = 1024, // of a row that is too long to be kept
};

typedef enum Broken { WHOLE, CELL_TOO_LONG, TOO_MANY_CELLS, QUOTE_OPEN } Broken;
typedef enum Stop { STOP_CELL, STOP_ROW, STOP_END } Stop;

struct CsvReader {
    Arena *arena;
    CsvFill fill;
    void *source;
    Str text; // what csv_open_str was given, as far as not read
    char delimiter, quote;
    uint64_t delimiter_word, quote_word;

    char *buf;
    size_t cap;
    char *row;   // the row's first byte in buf
    size_t n;    // bytes from there
    size_t p;    // how many of them are read
    size_t gone; // bytes of this row already thrown away: only while `broken`
    bool eof, bom_seen, after_cr;

    Broken broken;
    int64_t rows, line, at; // of this row
    int64_t breaks;         // line ends inside its quotes, and its own
    size_t len;
    Str cells[LIMIT_CSV_COLUMNS];
    size_t ndoubled;
    uint16_t doubled[LIMIT_CSV_COLUMNS]; // cells that hold doubled quotes
    char *side;
    size_t side_cap;
    Str raw;
    char head[HEAD_KEPT]; // the beginning of a broken row
    size_t head_len;
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "scan() takes the lowest bit as first");

static uint64_t word_of(char c)
{
    return 0x0101010101010101ull * (unsigned char)c;
}

// A bit in every zero byte of w. Bytes above the first zero may show a false bit; the first is
// exact, and so is the first of several such masks ORed.
static inline uint64_t zero_bytes(uint64_t w)
{
    return (w - 0x0101010101010101ull) & ~w & 0x8080808080808080ull;
}

// The first byte at or after p that is CR, LF or the wanted one; n when there is none.
static inline size_t scan(const char *s, size_t p, size_t n, uint64_t wanted)
{
    for (; p < n; p += 8) {
        uint64_t w = 0;
        memcpy(&w, s + p, sizeof(w));
        uint64_t hit = zero_bytes(w ^ wanted) | zero_bytes(w ^ 0x0d0d0d0d0d0d0d0dull) |
                       zero_bytes(w ^ 0x0a0a0a0a0a0a0a0aull);
        if (hit != 0) {
            p += (size_t)__builtin_ctzll(hit) / 8;
            return p < n ? p : n;
        }
    }
    return n;
}

static Status fill_from_text(Ctx *cx, void *source, char *to, size_t max, size_t *ret_n)
{
    (void)cx;
    Str *text = source;
    size_t n = text->len < max ? text->len : max;
    if (n > 0)
        memcpy(to, text->ptr, n);
    *text = (Str){ text->ptr + n, text->len - n };
    *ret_n = n;
    return STATUS_OK;
}

CsvReader *csv_open(Arena *a, CsvDialect d, CsvFill fill, void *source)
{
    CsvReader *r = arena_new(a, CsvReader);
    r->arena = a;
    r->fill = fill;
    r->source = source;
    r->delimiter = d.delimiter;
    r->quote = d.quote;
    r->delimiter_word = word_of(d.delimiter);
    r->quote_word = word_of(d.quote);
    r->cap = BLOCK;
    r->buf = arena_array(a, char, r->cap + PAD);
    r->row = r->buf;
    r->line = 1;
    return r;
}

CsvReader *csv_open_str(Arena *a, CsvDialect d, Str text)
{
    CsvReader *r = csv_open(a, d, fill_from_text, NULL);
    r->text = text;
    r->source = &r->text;
    return r;
}

Str csv_raw(const CsvReader *r)
{
    return r->raw;
}

static void move_row(CsvReader *r, char *to)
{
    memmove(to, r->row, r->n);
    for (size_t i = 0; i < r->len; i++)
        r->cells[i].ptr = to + (r->cells[i].ptr - r->row);
    r->row = to;
}

// Room for the next block behind the row. The buffer grows only with the row, and the row is
// bounded by its cells.
static void make_room(CsvReader *r)
{
    if ((size_t)(r->row - r->buf) + r->n <= r->cap - r->cap / 4)
        return;
    if (r->n > r->cap / 2) {
        size_t cap = r->cap * 2;
        char *buf = arena_array(r->arena, char, cap + PAD);
        move_row(r, buf);
        r->buf = buf;
        r->cap = cap;
        return;
    }
    move_row(r, r->buf);
}

static Status more(Ctx *cx, CsvReader *r)
{
    make_room(r);
    char *to = r->row + r->n;
    size_t max = (size_t)(r->buf + r->cap - to);
    size_t got = 0;
    TRY(r->fill(cx, r->source, to, max, &got));
    check(got <= max);
    r->n += got;
    r->eof = got == 0;
    return STATUS_OK;
}

// Makes sure that byte `at` of the row is in the buffer, unless the source ends before it.
static inline Status need(Ctx *cx, CsvReader *r, size_t at)
{
    while (at >= r->n && !r->eof)
        TRY(more(cx, r));
    return STATUS_OK;
}

static void break_row(CsvReader *r, Broken how)
{
    if (r->broken == WHOLE) {
        r->head_len = r->n < sizeof(r->head) ? r->n : sizeof(r->head);
        memcpy(r->head, r->row, r->head_len);
        r->broken = how;
    }
    r->len = 0;
    r->ndoubled = 0;
}

// Throws away the first k bytes of a broken row.
static void shed(CsvReader *r, size_t k)
{
    r->row += k;
    r->n -= k;
    r->gone += k;
}

static void add_cell(CsvReader *r, size_t from, size_t to, bool doubled)
{
    if (r->broken != WHOLE)
        return;
    if (r->len == LIMIT_CSV_COLUMNS) {
        break_row(r, TOO_MANY_CELLS);
        return;
    }
    if (doubled)
        r->doubled[r->ndoubled++] = (uint16_t)r->len;
    r->cells[r->len++] = (Str){ r->row + from, to - from };
}

// Line ends in [from, to); CRLF counts once, at its LF.
static int64_t count_breaks(const CsvReader *r, size_t from, size_t to)
{
    int64_t count = 0;
    for (size_t p = scan(r->row, from, to, word_of('\n')); p < to;
         p = scan(r->row, p + 1, to, word_of('\n')))
        count += r->row[p] == '\n' || p + 1 >= r->n || r->row[p + 1] != '\n';
    return count;
}

// What stands behind a cell: at `at` is a delimiter, a line end or the end.
static void end_cell(CsvReader *r, size_t at, Stop *ret_stop)
{
    r->raw = (Str){ r->row, at };
    if (at >= r->n) {
        r->p = r->n;
        *ret_stop = STOP_END;
        return;
    }
    r->p = at + 1;
    *ret_stop = r->row[at] == r->delimiter ? STOP_CELL : STOP_ROW;
    r->after_cr = *ret_stop == STOP_ROW && r->row[at] == '\r';
}

static bool is_end(const CsvReader *r, size_t at)
{
    return at >= r->n || r->row[at] == r->delimiter || r->row[at] == '\r' || r->row[at] == '\n';
}

static Status read_bare(Ctx *cx, CsvReader *r, Stop *ret_stop)
{
    size_t from = r->p;
    size_t q = scan(r->row, from, r->n, r->delimiter_word);
    while (q >= r->n && !r->eof) {
        if (q - from > LIMIT_CSV_CELL)
            break_row(r, CELL_TOO_LONG);
        if (r->broken != WHOLE) {
            shed(r, q);
            from = q = 0;
        }
        TRY(more(cx, r));
        q = scan(r->row, q, r->n, r->delimiter_word);
    }
    if (q - from > LIMIT_CSV_CELL)
        break_row(r, CELL_TOO_LONG);
    add_cell(r, from, q, false);
    end_cell(r, q, ret_stop);
    return STATUS_OK;
}

// A quote closes its cell when only blanks stand between it and the cell's end; any other single
// quote inside quotes is taken as written. *ret_end is 0 when it does not close.
static Status closing(Ctx *cx, CsvReader *r, size_t quote, size_t *ret_end)
{
    size_t e = quote + 1;
    TRY(need(cx, r, e));
    while (e < r->n && e - quote <= LIMIT_CSV_CELL && r->row[e] != r->delimiter &&
           (r->row[e] == ' ' || r->row[e] == '\t')) {
        e++;
        TRY(need(cx, r, e));
    }
    *ret_end = is_end(r, e) ? e : 0;
    return STATUS_OK;
}

// No quote in sight: more of the source, keeping a broken row's bytes no longer than needed. The
// last byte stays, since it may be the CR of a CRLF.
static Status read_on(Ctx *cx, CsvReader *r, size_t *from, size_t *q, bool *ret_more)
{
    if (r->broken != WHOLE && *q > *from + 1) {
        r->breaks += count_breaks(r, *from, *q - 1);
        shed(r, *q - 1);
        *from = 0;
        *q = 1;
    }
    TRY(more(cx, r));
    *ret_more = !r->eof;
    return STATUS_OK;
}

static Status read_quoted(Ctx *cx, CsvReader *r, Stop *ret_stop)
{
    size_t from = r->p + 1;
    size_t q = from;
    size_t doubled = 0;
    for (;;) {
        const char *hit = q < r->n ? memchr(r->row + q, r->quote, r->n - q) : NULL;
        q = hit == NULL ? r->n : (size_t)(hit - r->row);
        if (q - from > LIMIT_CSV_CELL + doubled)
            break_row(r, CELL_TOO_LONG);
        if (hit == NULL) {
            bool any = false;
            TRY(read_on(cx, r, &from, &q, &any));
            if (any)
                continue;
            break_row(r, QUOTE_OPEN);
            r->broken = QUOTE_OPEN;
            end_cell(r, r->n, ret_stop);
            return STATUS_OK;
        }
        TRY(need(cx, r, q + 1));
        if (q + 1 < r->n && r->row[q + 1] == r->quote) {
            doubled++;
            q += 2;
            continue;
        }
        size_t end = 0;
        TRY(closing(cx, r, q, &end));
        if (end != 0) {
            r->breaks += count_breaks(r, from, q);
            add_cell(r, from, q, doubled > 0);
            end_cell(r, end, ret_stop);
            return STATUS_OK;
        }
        q++;
    }
}

// ="..." outside quotes, by which exports keep long numbers as text. Its quotes may hold the
// delimiter, but must close in the same line, right before the cell's end; otherwise (*ret_is
// false, nothing read) it is an ordinary bare cell.
static Status read_forced_text(Ctx *cx, CsvReader *r, bool *ret_is, Stop *ret_stop)
{
    size_t from = r->p + 2;
    size_t q = from;
    bool doubled = false;
    *ret_is = false;
    for (;;) {
        q = scan(r->row, q, r->n, r->quote_word);
        if (q - from > LIMIT_CSV_CELL)
            return STATUS_OK;
        TRY(need(cx, r, q + 1));
        if (q >= r->n)
            return STATUS_OK;
        if (r->row[q] == '\r' || r->row[q] == '\n')
            return STATUS_OK;
        if (r->row[q] != r->quote)
            continue; // the block ended at q; now there is more
        if (is_end(r, q + 1)) {
            *ret_is = true;
            add_cell(r, from, q, doubled);
            end_cell(r, q + 1, ret_stop);
            return STATUS_OK;
        }
        if (r->row[q + 1] != r->quote)
            return STATUS_OK;
        doubled = true;
        q += 2;
    }
}

static inline Status read_cell(Ctx *cx, CsvReader *r, Stop *ret_stop)
{
    TRY(need(cx, r, r->p));
    if (r->quote != '\0' && r->p < r->n) {
        char c = r->row[r->p];
        if (c == r->quote)
            return read_quoted(cx, r, ret_stop);
        if (c == '=') {
            bool is_forced = false;
            TRY(need(cx, r, r->p + 1));
            if (r->p + 1 < r->n && r->row[r->p + 1] == r->quote)
                TRY(read_forced_text(cx, r, &is_forced, ret_stop));
            if (is_forced)
                return STATUS_OK;
        }
    }
    return read_bare(cx, r, ret_stop);
}

// "" to " in a copy. Same walk as read_quoted, so that stray single quotes stay.
static size_t undouble(char *to, Str cell, char quote)
{
    size_t n = 0;
    while (cell.len > 0) {
        size_t at = str_find_char(cell, quote, 0);
        size_t take = at < cell.len ? at + 1 : at;
        memcpy(to + n, cell.ptr, take);
        n += take;
        bool twice = at + 1 < cell.len && cell.ptr[at + 1] == quote;
        take += twice;
        cell = (Str){ cell.ptr + take, cell.len - take };
    }
    return n;
}

static void undouble_cells(CsvReader *r)
{
    size_t want = 0;
    for (size_t i = 0; i < r->ndoubled; i++)
        want += r->cells[r->doubled[i]].len;
    if (want > r->side_cap) {
        r->side_cap = want > r->side_cap * 2 ? want : r->side_cap * 2;
        r->side = arena_array(r->arena, char, r->side_cap);
    }
    char *to = r->side;
    for (size_t i = 0; i < r->ndoubled; i++) {
        Str *cell = &r->cells[r->doubled[i]];
        *cell = (Str){ to, undouble(to, *cell, r->quote) };
        to += cell->len;
    }
}

// Moves past what is read: the last row, a BOM, the LF of a CRLF, blank lines.
static void pass(CsvReader *r, size_t k)
{
    r->row += k;
    r->n -= k;
    r->at += (int64_t)k;
}

static Status to_next_row(Ctx *cx, CsvReader *r, bool *ret_more)
{
    r->at += (int64_t)r->gone;
    pass(r, r->p);
    r->line += r->breaks;
    r->p = r->gone = r->len = r->ndoubled = 0;
    r->breaks = 0;
    r->broken = WHOLE;
    r->raw = (Str){ 0 };
    if (!r->bom_seen) {
        r->bom_seen = true;
        TRY(need(cx, r, 2));
        if (r->n >= 3 && memcmp(r->row, "\xef\xbb\xbf", 3) == 0)
            pass(r, 3);
    }
    for (;;) {
        TRY(need(cx, r, 0));
        *ret_more = r->n > 0;
        if (r->n == 0 || (r->row[0] != '\r' && r->row[0] != '\n'))
            return STATUS_OK;
        r->line += !(r->after_cr && r->row[0] == '\n');
        r->after_cr = r->row[0] == '\r';
        pass(r, 1);
    }
}

static Status report_broken(Ctx *cx, const CsvReader *r)
{
    long long row = (long long)r->rows;
    long long line = (long long)r->line;
    Str row_text = arena_fmt(cx->arena, "%lld", row);
    Str line_text = arena_fmt(cx->arena, "%lld", line);
    if (r->broken == CELL_TOO_LONG)
        (void)FAIL(cx, INVALID, "csv.cell_too_long", NULL,
                   "row %lld (line %lld): a cell is longer than %d bytes", row, line,
                   LIMIT_CSV_CELL);
    else if (r->broken == TOO_MANY_CELLS)
        (void)FAIL(cx, INVALID, "csv.too_many_cells", NULL,
                   "row %lld (line %lld): more than %d cells", row, line, LIMIT_CSV_COLUMNS);
    else
        (void)FAIL(cx, INVALID, "csv.quote_open", NULL,
                   "row %lld (line %lld): a quote is never closed", row, line);
    return ctx_fail_args(cx, STATUS_INVALID, row_text, line_text);
}

Status csv_next(Ctx *cx, CsvReader *r, CsvRow *ret, bool *ret_more)
{
    *ret_more = false;
    TRY(to_next_row(cx, r, ret_more));
    *ret = (CsvRow){ .row = r->rows, .line = r->line, .at = r->at };
    if (!*ret_more)
        return STATUS_OK;
    r->after_cr = false;
    ret->row = ++r->rows;
    Stop stop = STOP_CELL;
    while (stop == STOP_CELL) {
        TRY(read_cell(cx, r, &stop));
        if (r->broken != WHOLE && stop == STOP_CELL) {
            shed(r, r->p);
            r->p = 0;
        }
    }
    r->breaks += stop == STOP_ROW;
    if (r->broken != WHOLE) {
        size_t all = r->gone + r->raw.len;
        if (r->gone > 0)
            r->raw = (Str){ r->head, all < r->head_len ? all : r->head_len };
        *ret_more = r->broken != QUOTE_OPEN;
        return report_broken(cx, r);
    }
    undouble_cells(r);
    ret->cells = r->cells;
    ret->len = r->len;
    return STATUS_OK;
}
