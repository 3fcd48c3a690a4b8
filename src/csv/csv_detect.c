// Which delimiter a file uses, from its first lines.
#include "csv/csv.h"

enum { ROWS = 64, CANDIDATES = 4 };
static const char CANDIDATE[CANDIDATES] = { ',', ';', '\t', '|' };

typedef struct Counts {
    uint32_t row[ROWS][CANDIDATES];
    size_t rows;
} Counts;

static int candidate_of(char c)
{
    for (int i = 0; i < CANDIDATES; i++)
        if (CANDIDATE[i] == c)
            return i;
    return -1;
}

// Counts each candidate per row outside quotes. A quote opens only where a cell could start, so
// that inches and misplaced quotes do not swallow the rest.
static void count(Str head, Counts *ret)
{
    bool quoted = false;
    bool cell_start = true;
    bool blank = true;
    for (size_t i = 0; i < head.len && ret->rows < ROWS; i++) {
        char c = head.ptr[i];
        if (quoted) {
            bool twice = c == '"' && i + 1 < head.len && head.ptr[i + 1] == '"';
            i += twice;
            quoted = twice || c != '"';
            continue;
        }
        if (c == '\r' || c == '\n') {
            ret->rows += !blank;
            blank = cell_start = true;
            continue;
        }
        blank = false;
        quoted = c == '"' && cell_start;
        int which = candidate_of(c);
        if (which >= 0)
            ret->row[ret->rows][which]++;
        cell_start = which >= 0 || (cell_start && c == '=');
    }
    // The last row may be cut off: it counts only when there is no other.
    if (ret->rows == 0 && !blank)
        ret->rows = 1;
}

// How many rows agree on the commonest count above 0, and that count.
static size_t agreement(const Counts *c, int which, uint32_t *ret_count)
{
    size_t best = 0;
    *ret_count = 0;
    for (size_t i = 0; i < c->rows; i++) {
        uint32_t n = c->row[i][which];
        size_t same = 0;
        for (size_t j = 0; j < c->rows; j++)
            same += c->row[j][which] == n;
        if (n > 0 && (same > best || (same == best && n > *ret_count))) {
            best = same;
            *ret_count = n;
        }
    }
    return best;
}

CsvDialect csv_detect(Str head)
{
    if (str_starts(head, S("\xef\xbb\xbf")))
        head = str_sub(head, 3, head.len);
    Counts counts = { 0 };
    count(head, &counts);
    char delimiter = ',';
    size_t best_rows = 0;
    uint32_t best_count = 0;
    for (int i = 0; i < CANDIDATES; i++) {
        uint32_t n = 0;
        size_t rows = agreement(&counts, i, &n);
        if (rows > best_rows || (rows == best_rows && n > best_count)) {
            delimiter = CANDIDATE[i];
            best_rows = rows;
            best_count = n;
        }
    }
    return (CsvDialect){ delimiter, '"' };
}
