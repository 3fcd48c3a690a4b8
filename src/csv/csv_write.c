// The writer: RFC 4180, and harmless in spreadsheets.
#include "csv/csv.h"

// What a spreadsheet, or a cleaning step before it, may drop in front of a formula.
static bool is_skipped(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case '`':
    case 0xad:   // soft hyphen
    case 0x3000: // ideographic blank
    case 0xfeff: // BOM
    case 0x180e:
    case 0x1680:
    case 0x205f:
    case 0x2028:
    case 0x2029:
    case 0xff02: // full-width quotes
    case 0xff07: return true;
    default:
        // Controls, C1 controls with NBSP, blanks and joiners, marks of direction, quotes.
        return cp <= 0x20 || (cp >= 0x7f && cp <= 0xa0) || (cp >= 0x2000 && cp <= 0x200f) ||
               (cp >= 0x2018 && cp <= 0x201f) || (cp >= 0x202a && cp <= 0x202f) ||
               (cp >= 0x2060 && cp <= 0x206f);
    }
}

static bool is_trigger(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e)
        cp -= 0xfee0; // full-width to plain
    switch (cp) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '%':
    case '|':
    case 0xfe62: // small plus, minus, equals, percent, at
    case 0xfe63:
    case 0xfe66:
    case 0xfe6a:
    case 0xfe6b: return true;
    default: return false;
    }
}

static bool is_formula(Str cell)
{
    if (cell.len > 0 && (cell.ptr[0] == '\t' || cell.ptr[0] == '\r'))
        return true;
    for (size_t at = 0; at < cell.len;) {
        uint32_t cp = utf8_next(cell, &at);
        if (!is_skipped(cp))
            return is_trigger(cp);
    }
    return false;
}

static bool needs_quotes(Str cell)
{
    if (str_starts(cell, S("\xef\xbb\xbf")))
        return true; // a reader would take it for the file's BOM
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.ptr[i];
        if (c == ',' || c == '"' || c == '\r' || c == '\n')
            return true;
    }
    return false;
}

void csv_cell(Buf *b, Str cell, bool safe)
{
    bool defuse = safe && is_formula(cell);
    if (!needs_quotes(cell)) {
        if (defuse)
            buf_char(b, '\'');
        buf_add(b, cell);
        return;
    }
    buf_add(b, defuse ? S("\"'") : S("\""));
    for (size_t from = 0; from < cell.len;) {
        size_t at = str_find_char(cell, '"', from);
        size_t to = at < cell.len ? at + 1 : at;
        buf_add(b, str_sub(cell, from, to - from));
        if (at < cell.len)
            buf_char(b, '"');
        from = to;
    }
    buf_char(b, '"');
}

void csv_sep(Buf *b)
{
    buf_char(b, ',');
}

void csv_end(Buf *b)
{
    // A row of one empty cell would be a blank line, which readers skip.
    if (b->len == 0 || b->ptr[b->len - 1] == '\n')
        buf_add(b, S("\"\""));
    buf_add(b, S("\r\n"));
}
