// csv-spectrum and the PapaParse cases (test/data/csv), as far as they ask for what we have: no
// comments, no typing, no preview, one-byte delimiters.
#include "csv/csv.h"

#include "kit/kit.h"

#include <jansson.h>
#include <stdio.h>

static void json_cleanup(json_t **j)
{
    json_decref(*j);
}

static json_t *load(const char *path)
{
    Str text = kit_file(path);
    json_t *j = json_loadb(text.ptr, text.len, 0, NULL);
    CHECK_ROW(j != NULL, "%s", path);
    return j;
}

// Rows of a text, blank rows left out as csv_next does.
typedef struct Table {
    VEC(CsvRow) rows;
    const char *error;
} Table;

static Table read_all(Str text, CsvDialect dialect)
{
    Arena *a = kit_arena();
    Table t = { 0 };
    CsvReader *r = csv_open_str(a, dialect, text);
    for (bool more = true; more;) {
        CsvRow row = { 0 };
        if (csv_next(kit_ctx(), r, &row, &more) != STATUS_OK) {
            t.error = kit_ctx()->errors->code;
            continue;
        }
        if (!more)
            break;
        Str *cells = arena_array(a, Str, row.len);
        for (size_t i = 0; i < row.len; i++)
            cells[i] = arena_dup(a, row.cells[i]);
        row.cells = cells;
        *vec_add(a, &t.rows) = row;
    }
    return t;
}

static Str json_str(const json_t *j)
{
    return (Str){ json_string_value(j), json_string_length(j) };
}

// One expected row: an array of cells, or an object by the headings of the first row.
static bool same_row(const Table *t, const CsvRow *row, json_t *want)
{
    if (json_is_array(want)) {
        if (json_array_size(want) != row->len)
            return false;
        for (size_t i = 0; i < row->len; i++)
            if (!str_eq(row->cells[i], json_str(json_array_get(want, i))))
                return false;
        return true;
    }
    const CsvRow *head = &t->rows.ptr[0];
    for (size_t i = 0; i < head->len && i < row->len; i++) {
        json_t *cell = json_object_get(want, arena_cstr(kit_arena(), head->cells[i]));
        if (cell == NULL || !str_eq(row->cells[i], json_str(cell)))
            return false;
    }
    return json_object_size(want) > 0;
}

static bool is_blank_row(const json_t *row)
{
    return json_is_array(row) && json_array_size(row) == 1 &&
           json_string_length(json_array_get(row, 0)) == 0;
}

// *data is the array of expected rows; the first row read is skipped when they are objects.
static bool same_table(const Table *t, json_t *data, bool by_heading)
{
    size_t at = by_heading && t->rows.len > 0 ? 1 : 0;
    for (size_t i = 0; i < json_array_size(data); i++) {
        json_t *want = json_array_get(data, i);
        if (is_blank_row(want))
            continue;
        if (at == t->rows.len || !same_row(t, &t->rows.ptr[at], want))
            return false;
        at++;
    }
    return at == t->rows.len;
}

TEST(csv_spectrum)
{
    // location_coordinates is left out: its JSON holds another phone number than its CSV.
    static const char *const NAMES[] = {
        "comma_in_quotes", "empty",  "empty_crlf",  "escaped_quotes",      "json", "newlines",
        "newlines_crlf",   "simple", "simple_crlf", "quotes_and_newlines", "utf8",
    };
    for (size_t i = 0; i < ARRAY_LEN(NAMES); i++) {
        Str csv = kit_file(arena_fmt(kit_arena(), "test/data/csv/spectrum/%s.csv", NAMES[i]).ptr);
        CLEANUP(json_cleanup)
        json_t *want =
            load(arena_fmt(kit_arena(), "test/data/csv/spectrum_json/%s.json", NAMES[i]).ptr);
        CHECK_ROW(csv_detect(csv).delimiter == ',', "%s", NAMES[i]);
        Table t = read_all(csv, csv_detect(csv));
        CHECK_ROW(t.error == NULL && same_table(&t, want, true), "%s", NAMES[i]);
    }
    Table t = read_all(kit_file("test/data/csv/spectrum/location_coordinates.csv"),
                       (CsvDialect){ ',', '"' });
    CHECK(t.rows.len == 2 && t.rows.ptr[0].len == 4 && t.rows.ptr[1].len == 4);
    CHECK_STR(t.rows.ptr[1].cells[2], S("Modesto"));
}

// What we do otherwise, on purpose.
static const char *const OTHERWISE[] = {
    "Bad comments value specified",
    // A bare CR ends a row, always.
    "Mixed slash n and slash r should choose first as precident",
    // Duplicate headings are renamed there; here the caller sees them as they are.
    "Simple duplicated header names",
    "Duplicate header names with __proto__ field",
    "Duplicated header names existing column",
};

static bool is_one_char(const json_t *j)
{
    return j == NULL || json_is_null(j) ||
           (json_string_length(j) == 1 && json_string_value(j)[0] != '\n');
}

static bool is_for_us(json_t *config, const char *description)
{
    static const char *const FOREIGN[] = { "comments", "dynamicTyping", "preview", "escapeChar",
                                           "skipFirstNLines" };
    for (size_t i = 0; i < ARRAY_LEN(OTHERWISE); i++)
        if (strcmp(description, OTHERWISE[i]) == 0)
            return false;
    for (size_t i = 0; i < ARRAY_LEN(FOREIGN); i++) {
        json_t *v = json_object_get(config, FOREIGN[i]);
        if (v != NULL && !(json_is_integer(v) && json_integer_value(v) == 0))
            return false;
    }
    return !json_is_string(json_object_get(config, "skipEmptyLines")) &&
           is_one_char(json_object_get(config, "delimiter")) &&
           is_one_char(json_object_get(config, "quoteChar"));
}

static size_t parse_cases(json_t *cases, bool detect)
{
    size_t done = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        json_t *c = json_array_get(cases, i);
        json_t *config = json_object_get(c, "config");
        const char *name = json_string_value(json_object_get(c, "description"));
        if (!is_for_us(config, name))
            continue;
        Str input = json_str(json_object_get(c, "input"));
        CsvDialect d = detect ? csv_detect(input) : (CsvDialect){ ',', '"' };
        json_t *delimiter = json_object_get(config, "delimiter");
        json_t *quote = json_object_get(config, "quoteChar");
        if (json_string_length(delimiter) == 1)
            d.delimiter = json_string_value(delimiter)[0];
        if (json_string_length(quote) == 1)
            d.quote = json_string_value(quote)[0];
        Table t = read_all(input, d);
        json_t *expected = json_object_get(c, "expected");
        json_t *errors = json_object_get(expected, "errors");
        bool open = false;
        for (size_t e = 0; e < json_array_size(errors); e++)
            open |= str_eq(json_str(json_object_get(json_array_get(errors, e), "code")),
                           S("MissingQuotes"));
        done++;
        // The row with the open quote is an error here, and a row there.
        if (open)
            CHECK_ROW(t.error != NULL && strcmp(t.error, "csv.quote_open") == 0, "%s", name);
        else
            CHECK_ROW(t.error == NULL &&
                          same_table(&t, json_object_get(expected, "data"),
                                     json_is_true(json_object_get(config, "header"))),
                      "%s", name);
    }
    return done;
}

TEST(papaparse_parse)
{
    CLEANUP(json_cleanup) json_t *all = load("test/data/csv/papaparse_cases.json");
    size_t core = parse_cases(json_object_get(all, "CORE_PARSER_TESTS"), false);
    size_t whole = parse_cases(json_object_get(all, "PARSE_TESTS"), true);
    (void)printf("papaparse: %zu core cases, %zu parse cases\n", core, whole);
    CHECK_INT(core, 45);
    CHECK_INT(whole, 57);
}

static void write_table(Buf *b, json_t *rows)
{
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        for (size_t k = 0; k < json_array_size(row); k++) {
            if (k > 0)
                csv_sep(b);
            csv_cell(b, json_str(json_array_get(row, k)), false);
        }
        csv_end(b);
    }
}

// The writer cases that need no options: theirs have no line end at the end.
TEST(papaparse_unparse)
{
    CLEANUP(json_cleanup) json_t *all = load("test/data/csv/papaparse_cases.json");
    json_t *cases = json_object_get(all, "UNPARSE_TESTS");
    size_t done = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        json_t *c = json_array_get(cases, i);
        json_t *input = json_object_get(c, "input");
        if (!json_is_null(json_object_get(c, "config")) || !json_is_array(json_array_get(input, 0)))
            continue;
        Buf b = buf_new(kit_arena(), 4096);
        write_table(&b, input);
        const char *want = json_string_value(json_object_get(c, "expected"));
        CHECK_STR(buf_str(&b), arena_fmt(kit_arena(), "%s\r\n", want));
        done++;
    }
    CHECK_INT(done, 5);
}

// Real exports: every row has the 61 columns, and the long order numbers are whole.
TEST(taobao_export)
{
    if (kit_shared() == NULL) {
        kit_skip("no shared data");
        return;
    }
    static const char *const FILES[] = { "gbk_bare", "utf8bom" };
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        Str path = arena_fmt(kit_arena(), "%s/cn/synthetic/ExportOrderList_%s.csv", kit_shared(),
                             FILES[i]);
        Str text = kit_file(path.ptr);
        Table t = read_all(text, csv_detect(text));
        CHECK_ROW(t.error == NULL && t.rows.len == 401, "%s: %zu rows", FILES[i], t.rows.len);
        for (size_t k = 0; k < t.rows.len; k++)
            CHECK_ROW(t.rows.ptr[k].len == t.rows.ptr[0].len, "%s row %zu", FILES[i], k + 1);
        CHECK_STR(t.rows.ptr[1].cells[0],
                  i == 0 ? S("307855572292761845") : S("=\"307855572292761845\""));
        // 401 rows with 44 line ends inside messages.
        CHECK_ROW(t.rows.ptr[400].line <= 445, "%s", FILES[i]);
    }
}
