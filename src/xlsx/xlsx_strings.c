// Shared strings and cell styles: what cells refer to by number.
#include "xlsx/xlsx_internal.h"

static void strings_start(Part *p, const char *name, const char **attributes)
{
    (void)attributes;
    XlsxReader *r = p->reader;
    if (p->depth == 2)
        gather_reset(&r->gather, 2);
    else
        gather_start(&r->gather, p->depth, name);
}

static void keep_string(Part *p, Str text)
{
    XlsxReader *r = p->reader;
    r->shared_bytes += text.len + 1 + sizeof(Str);
    if (r->shared_bytes > XLSX_SHARED) {
        part_refuse(p, STATUS_TOO_LARGE, "xlsx.too_large", "the texts are too large");
        return;
    }
    if (r->nstrings % STRING_BLOCK == 0)
        *vec_add(r->arena, &r->strings) = arena_array(r->arena, Str, STRING_BLOCK);
    // A text that is too long is known by a NULL ptr with a length; only the cells with it fail.
    r->strings.ptr[r->nstrings / STRING_BLOCK][r->nstrings % STRING_BLOCK] =
        r->gather.too_long ? (Str){ NULL, 1 }
        : text.len == 0    ? S("")
                           : arena_dup(r->arena, text);
    r->nstrings++;
}

static void strings_end(Part *p, const char *name)
{
    if (p->depth == 2 && strcmp(name, "si") == 0)
        keep_string(p, gather_text(&p->reader->gather));
    else
        gather_end(&p->reader->gather, p->depth);
}

static void strings_text(Part *p, const char *s, size_t n)
{
    if (p->reader->gather.on)
        gather_add(&p->reader->gather, s, n);
}

const PartHandler xlsx_strings_handler = { "sst", strings_start, strings_end, strings_text };

static void add_style(Part *p, Str id)
{
    XlsxReader *r = p->reader;
    if (r->nkinds == XLSX_STYLES) {
        part_refuse(p, STATUS_TOO_LARGE, "xlsx.too_large", "too many cell styles");
        return;
    }
    if (r->nkinds == r->kinds_cap)
        r->kinds = vec_grow(r->arena, r->kinds, r->nkinds, &r->kinds_cap, sizeof(*r->kinds));
    int64_t number = 0;
    NumberKind kind = KIND_NUMBER;
    const int64_t *own = map_get(&r->formats, id);
    if (own != NULL)
        kind = (NumberKind)(*own - 1);
    else if (str_int(id, &number))
        kind = number_kind_of_id(number);
    r->kinds[r->nkinds++] = (uint8_t)kind;
}

static void styles_start(Part *p, const char *name, const char **attributes)
{
    XlsxReader *r = p->reader;
    if (p->depth == 2)
        r->in_cell_formats = strcmp(name, "cellXfs") == 0;
    if (p->depth != 3)
        return;
    Str id = part_attribute(attributes, "numFmtId");
    if (r->in_cell_formats && strcmp(name, "xf") == 0)
        add_style(p, id);
    if (strcmp(name, "numFmt") != 0 || id.ptr == NULL)
        return;
    if (r->formats.len >= XLSX_STYLES) {
        part_refuse(p, STATUS_TOO_LARGE, "xlsx.too_large", "too many number formats");
        return;
    }
    bool is_new = false;
    NumberKind kind = number_kind_of_format(part_attribute(attributes, "formatCode"));
    *map_put(&r->formats, arena_dup(r->arena, id), &is_new) = (int64_t)kind + 1;
}

const PartHandler xlsx_styles_handler = { "styleSheet", styles_start, NULL, NULL };
