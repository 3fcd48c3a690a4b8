// The working copy of a file, read twice: once to count and to see whether the rows of one order
// stand together, once for the import. Where they do not, a second copy in which they do.
#include "intake/cells.h"
#include "intake/source.h"

#include <stdlib.h>

static Status fill_from_file(Ctx *cx, void *source, char *to, size_t max, size_t *ret_n)
{
    return file_read(cx, source, to, max, ret_n);
}

Str spool_key(const Spool *s, const CsvRow *row)
{
    for (size_t i = 0; i < s->nkey; i++) {
        Str key = s->key[i] < row->len ? cell_code(row->cells[s->key[i]]) : (Str){ 0 };
        if (key.len > 0)
            return key;
    }
    return (Str){ 0 };
}

bool spool_follows(const Spool *s, const CsvRow *row)
{
    return s->follow != SIZE_MAX && s->nkey > 0 && spool_key(s, row).len == 0 &&
           (s->follow >= row->len || str_trim(row->cells[s->follow]).len == 0);
}

Status spool_open(Ctx *cx, const Spool *s, SpoolReader *ret)
{
    *ret = (SpoolReader){ .spool = s };
    TRY(file_open_read(cx, s->path, &ret->file));
    ret->csv = csv_open(&ret->arena, (CsvDialect){ s->delimiter, '"' }, fill_from_file, ret->file);
    bool more = false;
    return csv_next(cx, ret->csv, &ret->row, &more);
}

Status spool_next(Ctx *cx, SpoolReader *r, bool *ret_more)
{
    r->broken = csv_next(cx, r->csv, &r->row, ret_more);
    if (r->broken != STATUS_OK && r->broken != STATUS_INVALID)
        return r->broken;
    if (r->broken == STATUS_OK && !*ret_more)
        return STATUS_OK;
    // A quote that is never closed swallows the rest: the row is reported, then the file ends.
    *ret_more = true;
    r->number = r->spool->numbers == NULL ? r->row.row : r->spool->numbers[r->count];
    r->count++;
    return STATUS_OK;
}

void spool_close(SpoolReader *r)
{
    file_cleanup(&r->file);
    arena_reset(&r->arena);
}

// --- keys seen so far, as hashes: 8 to 16 bytes an order

typedef struct Seen {
    uint64_t *slots;
    size_t len, cap;
} Seen;

static void seen_cleanup(Seen *s)
{
    mem_free(s->slots);
}

static bool seen_add(Seen *s, uint64_t hash)
{
    hash |= 1; // 0 is a free slot
    if (s->len * 2 >= s->cap) {
        Seen bigger = { .cap = s->cap == 0 ? 1 << 16 : s->cap * 2 };
        bigger.slots = mem_alloc(bigger.cap * sizeof(uint64_t));
        for (size_t i = 0; i < s->cap; i++)
            if (s->slots[i] != 0)
                (void)seen_add(&bigger, s->slots[i]);
        mem_free(s->slots);
        *s = bigger;
    }
    size_t i = (size_t)(hash >> 1) & (s->cap - 1);
    while (s->slots[i] != 0 && s->slots[i] != hash)
        i = (i + 1) & (s->cap - 1);
    if (s->slots[i] == hash)
        return false;
    s->slots[i] = hash;
    s->len++;
    return true;
}

static Status count_rows(Ctx *cx, Spool *io, JobRun *progress, bool *ret_apart)
{
    CLEANUP(spool_close) SpoolReader r = { 0 };
    CLEANUP(seen_cleanup) Seen seen = { 0 };
    uint64_t last = 0;
    bool more = true;
    TRY(spool_open(cx, io, &r));
    for (;;) {
        Err *errors = cx->errors;
        TRY(spool_next(cx, &r, &more));
        if (!more)
            break;
        if (r.broken != STATUS_OK) {
            cx->errors = errors;
            continue;
        }
        Str key = spool_key(io, &r.row);
        if (key.len > 0) {
            uint64_t hash = map_hash(key) | 1;
            if (hash != last && !seen_add(&seen, hash))
                *ret_apart = true;
            last = hash;
        } else if (!spool_follows(io, &r.row)) {
            last = 0;
        }
        if (progress != NULL && r.count % 65536 == 0)
            TRY(job_progress(progress, 0, 0));
    }
    io->rows = r.count;
    return STATUS_OK;
}

// --- putting rows of one key together: neighbouring rows are moved as one piece

typedef struct Piece {
    uint64_t hash;
    int64_t first; // place of the first piece of this key
    int64_t at, len, row, rows;
} Piece;

typedef VEC(Piece) Pieces;

static int by_first(const void *a, const void *b)
{
    const Piece *x = a;
    const Piece *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static Status list_pieces(Ctx *cx, const Spool *s, Arena *a, Pieces *list)
{
    CLEANUP(spool_close) SpoolReader r = { 0 };
    Map first = map_new(a);
    bool more = true;
    TRY(spool_open(cx, s, &r));
    for (;;) {
        Err *errors = cx->errors;
        TRY(spool_next(cx, &r, &more));
        cx->errors = errors;
        if (!more)
            break;
        Str key = r.broken == STATUS_OK ? spool_key(s, &r.row) : (Str){ 0 };
        uint64_t hash = key.len > 0 ? map_hash(key) | 1 : 0;
        Piece *last = list->len == 0 ? NULL : &list->ptr[list->len - 1];
        if (last != NULL)
            last->len = r.row.at - last->at;
        bool joins =
            last != NULL && ((hash != 0 && last->hash == hash) ||
                             (hash == 0 && r.broken == STATUS_OK && spool_follows(s, &r.row)));
        if (joins) {
            last->rows++;
            continue;
        }
        Piece *p = vec_add(a, list);
        *p =
            (Piece){ .hash = hash, .first = r.row.at, .at = r.row.at, .row = r.row.row, .rows = 1 };
        if (hash == 0)
            continue;
        bool is_new = false;
        Str slot = arena_dup(a, (Str){ (const char *)&hash, sizeof(hash) });
        int64_t *place = map_put(&first, slot, &is_new);
        if (is_new)
            *place = r.row.at;
        p->first = *place;
    }
    return STATUS_OK;
}

static Status copy_piece(Ctx *cx, File *from, File *to, char *block, size_t max, int64_t at,
                         int64_t len)
{
    char last = '\n';
    while (len > 0) {
        size_t n = 0;
        TRY(file_read_at(cx, from, at, block, (size_t)len < max ? (size_t)len : max, &n));
        if (n == 0)
            break;
        TRY(file_write(cx, to, block, n));
        last = block[n - 1];
        at += (int64_t)n;
        len -= (int64_t)n;
    }
    // The last row of the file may have no end.
    return last == '\n' || last == '\r' ? STATUS_OK : file_write(cx, to, "\r\n", 2);
}

static Status write_together(Ctx *cx, Spool *io, const char *path, const Pieces *list)
{
    enum { BLOCK = 256 * 1024 };
    CLEANUP(file_cleanup) File *from = NULL;
    CLEANUP(file_cleanup) File *to = NULL;
    char *block = arena_array(cx->arena, char, BLOCK);
    TRY(file_open_read(cx, io->path, &from));
    TRY(file_create(cx, path, 0600, &to));
    int64_t heading = list->len == 0 ? 0 : list->ptr[0].at;
    for (size_t i = 0; i < list->len; i++)
        if (list->ptr[i].at < heading)
            heading = list->ptr[i].at;
    TRY(copy_piece(cx, from, to, block, BLOCK, 0, heading));
    io->numbers = arena_array(cx->arena, int64_t, (size_t)io->rows + 1);
    int64_t n = 0;
    for (size_t i = 0; i < list->len; i++) {
        const Piece *p = &list->ptr[i];
        TRY(copy_piece(cx, from, to, block, BLOCK, p->at, p->len));
        for (int64_t k = 0; k < p->rows && n < io->rows; k++)
            io->numbers[n++] = p->row + k;
    }
    io->path = path;
    return STATUS_OK;
}

static Status put_together(Ctx *cx, Spool *io, const char *path)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Pieces list = { 0 };
    TRY(list_pieces(cx, io, &arena, &list));
    int64_t end = 0;
    unsigned mode = 0;
    TRY(os_file_mode(cx, io->path, &mode, &end));
    if (list.len > 0)
        list.ptr[list.len - 1].len = end - list.ptr[list.len - 1].at;
    qsort(list.ptr, list.len, sizeof(Piece), by_first);
    return write_together(cx, io, path, &list);
}

Status spool_make(Ctx *cx, const SourceSpec *spec, const char *dir, JobRun *progress, Spool *io)
{
    io->path = arena_fmt(cx->arena, "%s/rows", dir).ptr;
    TRY(source_copy(cx, spec, io->path, &io->delimiter));
    bool apart = false;
    TRY(count_rows(cx, io, progress, &apart));
    return apart ? put_together(cx, io, arena_fmt(cx->arena, "%s/rows2", dir).ptr) : STATUS_OK;
}
