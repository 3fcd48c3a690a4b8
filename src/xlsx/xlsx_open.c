// From an archive of unknown make to a list of sheets. Sizes are judged before anything is
// inflated, and held to while inflating (xlsx_part.c).
#include "xlsx/xlsx_internal.h"

#include <errno.h>
#include <stdio.h>

static Status not_a_workbook(Ctx *cx, const char *why)
{
    return FAIL(cx, INVALID, "xlsx.not_a_workbook", NULL, "this is not an .xlsx workbook: %s", why);
}

static uint32_t le(const char *p, size_t bytes)
{
    uint32_t v = 0;
    for (size_t i = bytes; i > 0; i--)
        v = v << 8 | (unsigned char)p[i - 1];
    return v;
}

// libzip reads the whole table of contents into memory; so its size is judged here first, at every
// place that could be taken for the archive's end record.
static Status check_directory(Ctx *cx, Str tail)
{
    enum { RECORD = 22 };
    bool any = false;
    for (size_t at = str_find(tail, S("PK\x05\x06"), 0); at + RECORD <= tail.len;
         at = str_find(tail, S("PK\x05\x06"), at + 1)) {
        const char *p = tail.ptr + at;
        any = true;
        if (le(p + 8, 2) > XLSX_ENTRIES || le(p + 10, 2) > XLSX_ENTRIES ||
            le(p + 12, 4) > XLSX_DIRECTORY)
            return FAIL(cx, TOO_LARGE, "xlsx.too_large", NULL, "the archive has too many entries");
    }
    if (!any)
        return not_a_workbook(cx, "the archive has no end");
    if (str_find(tail, S("PK\x06\x06"), 0) < tail.len ||
        str_find(tail, S("PK\x06\x07"), 0) < tail.len)
        return FAIL(cx, TOO_LARGE, "xlsx.too_large", NULL, "the archive is of the large kind");
    return STATUS_OK;
}

enum { TAIL = 65536 + 22 + 20 + 56 };

static Status check_magic(Ctx *cx, Str head)
{
    if (str_starts(head, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return FAIL(cx, INVALID, "xlsx.old_format", NULL,
                    "this is an old .xls file or one with a password: save it as .xlsx");
    if (!str_starts(head, S("PK\x03\x04")))
        return not_a_workbook(cx, "it is no archive");
    return STATUS_OK;
}

// Small letters, forward slashes, no leading slash. False for names that leave the archive.
static bool clean_name(Arena *a, Str name, Str *ret)
{
    char *p = arena_cstr(a, name);
    size_t n = name.len;
    for (size_t i = 0; i < n; i++) {
        p[i] = p[i] == '\\' ? '/' : ascii_lower(p[i]);
        if ((unsigned char)p[i] < 0x20 || p[i] == ':')
            return false;
    }
    *ret = (Str){ p, n };
    if (n == 0 || n > 512 || p[0] == '/')
        return false;
    for (Str rest = *ret; rest.ptr != NULL;)
        if (str_eq(str_split(&rest, '/'), S("..")))
            return false;
    return true;
}

typedef struct Sums {
    uint64_t packed, inflated;
} Sums;

static Status check_entry(Ctx *cx, XlsxReader *r, uint64_t index, Sums *sums)
{
    enum {
        WANTED = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
                 ZIP_STAT_ENCRYPTION_METHOD
    };
    zip_stat_t st;
    zip_stat_init(&st);
    if (zip_stat_index(r->zip, index, 0, &st) != 0 || (st.valid & WANTED) != WANTED)
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "the archive is damaged");
    if (st.encryption_method != ZIP_EM_NONE)
        return FAIL(cx, INVALID, "xlsx.encrypted", NULL, "the archive is encrypted");
    if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
        return FAIL(cx, INVALID, "xlsx.forbidden", NULL, "an unusual compression");
    Str name = { 0 };
    if (!clean_name(r->arena, str_z(st.name), &name))
        return FAIL(cx, INVALID, "xlsx.forbidden", NULL, "a name in the archive is not allowed");
    bool is_new = false;
    int64_t *place = map_put(&r->entries, name, &is_new);
    if (!is_new)
        return FAIL(cx, INVALID, "xlsx.forbidden", NULL, "a name stands twice in the archive");
    *place = (int64_t)index + 1;
    // Overflow cannot be: each size is checked before it is added.
    if (st.comp_size > r->file_size || st.size > XLSX_INFLATED)
        return FAIL(cx, TOO_LARGE, "xlsx.too_large", NULL, "an entry is too large");
    sums->packed += st.comp_size;
    sums->inflated += st.size;
    if (sums->packed > r->file_size)
        return FAIL(cx, INVALID, "xlsx.forbidden", NULL, "entries of the archive overlap");
    if (sums->inflated > XLSX_INFLATED ||
        (st.size > XLSX_RATIO_FROM && st.size / XLSX_RATIO > st.comp_size))
        return FAIL(cx, TOO_LARGE, "xlsx.too_large", NULL, "the archive inflates too much");
    return STATUS_OK;
}

static Status check_entries(Ctx *cx, XlsxReader *r)
{
    zip_int64_t n = zip_get_num_entries(r->zip, 0);
    if (n < 0 || n > XLSX_ENTRIES)
        return FAIL(cx, TOO_LARGE, "xlsx.too_large", NULL, "the archive has too many entries");
    Sums sums = { 0 };
    for (zip_int64_t i = 0; i < n; i++)
        TRY(check_entry(cx, r, (uint64_t)i, &sums));
    return STATUS_OK;
}

// --- relations

static void relation_start(Part *p, const char *name, const char **attributes)
{
    XlsxReader *r = p->reader;
    if (p->depth != 2 || strcmp(name, "Relationship") != 0)
        return;
    if (str_ieq(part_attribute(attributes, "TargetMode"), S("External"))) {
        part_refuse(p, STATUS_INVALID, "xlsx.forbidden", "a part lies outside the workbook");
        return;
    }
    if (r->relations.len >= XLSX_ENTRIES) {
        part_refuse(p, STATUS_TOO_LARGE, "xlsx.too_large", "too many relations");
        return;
    }
    Arena *a = r->arena;
    *vec_add(a, &r->relations) = (Relation){
        .id = arena_dup(a, part_attribute(attributes, "Id")),
        .type = arena_dup(a, part_attribute(attributes, "Type")),
        .target = arena_dup(a, part_attribute(attributes, "Target")),
    };
}

static const PartHandler RELATIONS = { "Relationships", relation_start, NULL, NULL };

// A target as the name of an entry: absolute, or relative to `folder` ("xl/").
static bool resolve(Arena *a, Str folder, Str target, Str *ret)
{
    Buf b = buf_new(a, 1024);
    if (!str_starts(target, S("/")))
        buf_add(&b, folder);
    for (Str rest = target; rest.ptr != NULL;) {
        Str step = str_split(&rest, '/');
        if (step.len == 0 || str_eq(step, S(".")))
            continue;
        if (str_eq(step, S(".."))) {
            if (b.len == 0)
                return false;
            b.len--;
            while (b.len > 0 && b.ptr[b.len - 1] != '/')
                b.len--;
            continue;
        }
        buf_add(&b, step);
        if (rest.ptr != NULL)
            buf_char(&b, '/');
    }
    return buf_ok(&b) && clean_name(a, buf_str(&b), ret);
}

// Index of the entry, -1 when there is none.
static int64_t entry_of(const XlsxReader *r, Str name)
{
    const int64_t *place = map_get(&r->entries, name);
    return place == NULL ? -1 : *place - 1;
}

static int64_t entry_of_target(const XlsxReader *r, Str target)
{
    Str name = { 0 };
    return resolve(r->arena, r->folder, target, &name) ? entry_of(r, name) : -1;
}

// The first relation whose type ends so: strict and transitional workbooks differ only before.
static const Relation *relation_of_type(const XlsxReader *r, Str ending)
{
    for (size_t i = 0; i < r->relations.len; i++)
        if (str_ends(r->relations.ptr[i].type, ending))
            return &r->relations.ptr[i];
    return NULL;
}

// --- the workbook

static void workbook_start(Part *p, const char *name, const char **attributes)
{
    XlsxReader *r = p->reader;
    if (p->depth == 2 && strcmp(name, "workbookPr") == 0) {
        Str flag = part_attribute(attributes, "date1904");
        r->is_1904 = str_eq(flag, S("1")) || str_ieq(flag, S("true"));
    }
    if (p->depth != 3 || strcmp(name, "sheet") != 0)
        return;
    if (r->sheets.len == XLSX_SHEETS) {
        part_refuse(p, STATUS_TOO_LARGE, "xlsx.too_large", "too many sheets");
        return;
    }
    Arena *a = r->arena;
    *vec_add(a, &r->sheets) = (Sheet){
        .name = arena_dup(a, part_attribute(attributes, "name")),
        .relation = arena_dup(a, part_attribute(attributes, "id")),
        .entry = -1,
    };
}

static const PartHandler WORKBOOK = { "workbook", workbook_start, NULL, NULL };

// Ties sheets to their parts; charts and dialogues are no sheets to us.
static Status find_sheets(Ctx *cx, XlsxReader *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->sheets.len; i++) {
        Sheet s = r->sheets.ptr[i];
        const Relation *found = NULL;
        for (size_t k = 0; k < r->relations.len && found == NULL; k++)
            if (str_eq(r->relations.ptr[k].id, s.relation))
                found = &r->relations.ptr[k];
        if (found == NULL)
            return not_a_workbook(cx, "a sheet is missing");
        if (!str_ends(found->type, S("/worksheet")))
            continue;
        s.entry = entry_of_target(r, found->target);
        if (s.entry < 0)
            return not_a_workbook(cx, "a sheet is missing");
        r->sheets.ptr[kept++] = s;
    }
    r->sheets.len = kept;
    return kept > 0 ? STATUS_OK : not_a_workbook(cx, "it has no sheet");
}

static Status read_relations(Ctx *cx, XlsxReader *r, Str part)
{
    size_t slash = part.len;
    while (slash > 0 && part.ptr[slash - 1] != '/')
        slash--;
    r->folder = (Str){ part.ptr, slash };
    r->relations.len = 0;
    Str name = arena_fmt(r->arena, STR_FMT "_rels/" STR_FMT ".rels", STR_ARG(r->folder),
                         STR_ARG(str_sub(part, slash, part.len)));
    int64_t entry = entry_of(r, name);
    if (entry < 0)
        return not_a_workbook(cx, "its relations are missing");
    return part_whole(cx, r, entry, &RELATIONS);
}

// A part that the workbook may have, or not; but not one that is promised and missing.
static Status read_optional(Ctx *cx, XlsxReader *r, Str type, const PartHandler *handler)
{
    const Relation *relation = relation_of_type(r, type);
    if (relation == NULL)
        return STATUS_OK;
    int64_t entry = entry_of_target(r, relation->target);
    if (entry < 0)
        return not_a_workbook(cx, "a part is missing");
    return part_whole(cx, r, entry, handler);
}

static Status read_workbook(Ctx *cx, XlsxReader *r)
{
    TRY(check_entries(cx, r));
    TRY(read_relations(cx, r, (Str){ "", 0 }));
    const Relation *office = relation_of_type(r, S("/officeDocument"));
    Str workbook = { 0 };
    if (office == NULL || !resolve(r->arena, S(""), office->target, &workbook) ||
        entry_of(r, workbook) < 0)
        return not_a_workbook(cx, "its main part is missing");
    TRY(part_whole(cx, r, entry_of(r, workbook), &WORKBOOK));
    TRY(read_relations(cx, r, workbook));
    TRY(find_sheets(cx, r));
    TRY(read_optional(cx, r, S("/styles"), &xlsx_styles_handler));
    return read_optional(cx, r, S("/sharedStrings"), &xlsx_strings_handler);
}

static XlsxReader *reader_new(Arena *a)
{
    XlsxReader *r = arena_new(a, XlsxReader);
    r->arena = a;
    r->entries = map_new(a);
    r->formats = map_new(a);
    return r;
}

// Takes over the source.
static Status open_source(Ctx *cx, XlsxReader *r, zip_source_t *source, XlsxReader **ret)
{
    zip_error_t e;
    zip_error_init(&e);
    r->zip = zip_open_from_source(source, ZIP_RDONLY, &e);
    zip_error_fini(&e);
    if (r->zip == NULL) {
        zip_source_free(source);
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "the archive is damaged");
    }
    CLEANUP(xlsx_close) XlsxReader *open = r;
    TRY(read_workbook(cx, r));
    open = NULL;
    *ret = r;
    return STATUS_OK;
}

Status xlsx_open_memory(Ctx *cx, Arena *a, Str bytes, XlsxReader **ret)
{
    TRY(check_magic(cx, bytes));
    TRY(check_directory(cx, str_sub(bytes, bytes.len > TAIL ? bytes.len - TAIL : 0, TAIL)));
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, NULL);
    check(source != NULL);
    XlsxReader *r = reader_new(a);
    r->file_size = bytes.len;
    return open_source(cx, r, source, ret);
}

static void file_cleanup(FILE **f)
{
    if (*f != NULL)
        (void)fclose(*f);
}

static Status cannot_read(Ctx *cx)
{
    return FAIL(cx, INTERNAL, "xlsx.file", NULL, "the file cannot be read (%d)", errno);
}

Status xlsx_open(Ctx *cx, Arena *a, const char *path, XlsxReader **ret)
{
    CLEANUP(file_cleanup) FILE *f = fopen(path, "rbe");
    if (f == NULL || fseeko(f, 0, SEEK_END) != 0)
        return cannot_read(cx);
    off_t size = ftello(f);
    off_t from = size > TAIL ? size - TAIL : 0;
    char head[8];
    char *tail = arena_array(a, char, TAIL);
    rewind(f);
    size_t nhead = fread(head, 1, sizeof(head), f);
    if (size < 0 || fseeko(f, from, SEEK_SET) != 0)
        return cannot_read(cx);
    size_t ntail = fread(tail, 1, TAIL, f);
    if (ferror(f))
        return cannot_read(cx);
    TRY(check_magic(cx, (Str){ head, nhead }));
    TRY(check_directory(cx, (Str){ tail, ntail }));
    zip_source_t *source = zip_source_filep_create(f, 0, 0, NULL);
    check(source != NULL);
    f = NULL; // the source closes it
    XlsxReader *r = reader_new(a);
    r->file_size = (uint64_t)size;
    return open_source(cx, r, source, ret);
}

size_t xlsx_sheets(const XlsxReader *r)
{
    return r->sheets.len;
}

Str xlsx_sheet_name(const XlsxReader *r, size_t sheet)
{
    check(sheet < r->sheets.len);
    return r->sheets.ptr[sheet].name;
}

void xlsx_close(XlsxReader **r)
{
    if (*r == NULL)
        return;
    part_close(&(*r)->part);
    zip_discard((*r)->zip);
    *r = NULL;
}
