// One XML part as a stream from the archive through expat, with everything refused that a workbook
// has no need of: document types, entities, other encodings, endless tags, sizes that lie.
#include "xlsx/xlsx_internal.h"

enum { CHUNK = 64 * 1024 };

void part_refuse(Part *p, Status status, const char *code, const char *text)
{
    if (p->fail_status != STATUS_OK)
        return;
    p->fail_status = status;
    p->fail_code = code;
    p->fail_text = text;
    (void)XML_StopParser(p->parser, XML_FALSE);
}

void part_pause(Part *p)
{
    (void)XML_StopParser(p->parser, XML_TRUE);
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

Str part_attribute(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return str_z(attributes[1]);
    return (Str){ 0 };
}

// The parser remembers every name it meets, for ever. A workbook has a few hundred.
static void note_name(Part *p, const char *name)
{
    uint64_t h = str_hash(str_z(name));
    uint64_t bit = 1ull << (h & 63);
    uint64_t *word = &p->names_seen[(h >> 6) % ARRAY_LEN(p->names_seen)];
    if (*word & bit)
        return;
    *word |= bit;
    if (++p->names > XLSX_NAMES)
        part_refuse(p, STATUS_INVALID, "xlsx.forbidden", "too many different names");
}

static void XMLCALL on_start(void *data, const char *name, const char **attributes)
{
    Part *p = data;
    p->depth++;
    note_name(p, name);
    for (const char **a = attributes; a[0] != NULL; a += 2)
        note_name(p, a[0]);
    name = local_name(name);
    if (p->depth > XLSX_DEPTH)
        part_refuse(p, STATUS_INVALID, "xlsx.forbidden", "elements are nested too deeply");
    else if (p->depth == 1 && strcmp(name, p->handler->root) != 0)
        part_refuse(p, STATUS_INVALID, "xlsx.not_a_workbook", "a part is not what it should be");
    if (p->fail_status == STATUS_OK)
        p->handler->start(p, name, attributes);
}

static void XMLCALL on_end(void *data, const char *name)
{
    Part *p = data;
    if (p->fail_status == STATUS_OK && p->handler->end != NULL)
        p->handler->end(p, local_name(name));
    p->depth--;
}

static void XMLCALL on_text(void *data, const char *s, int n)
{
    Part *p = data;
    if (p->fail_status == STATUS_OK && p->handler->text != NULL)
        p->handler->text(p, s, (size_t)n);
}

static void XMLCALL on_doctype(void *data, const char *name, const char *system_id,
                               const char *public_id, int has_internal)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal;
    part_refuse(data, STATUS_INVALID, "xlsx.forbidden", "a document type is not allowed");
}

static void XMLCALL on_declaration(void *data, const char *version, const char *encoding,
                                   int standalone)
{
    (void)version, (void)standalone;
    if (encoding != NULL && !str_ieq(str_z(encoding), S("utf-8")))
        part_refuse(data, STATUS_INVALID, "xlsx.forbidden", "the encoding is not UTF-8");
}

Status part_open(Ctx *cx, XlsxReader *r, int64_t index, const PartHandler *handler, Part *ret)
{
    zip_stat_t st;
    zip_stat_init(&st);
    if (zip_stat_index(r->zip, (zip_uint64_t)index, 0, &st) != 0)
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "the archive is damaged");
    zip_file_t *file = zip_fopen_index(r->zip, (zip_uint64_t)index, 0);
    if (file == NULL)
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "the archive is damaged");
    *ret = (Part){ .reader = r, .handler = handler, .file = file, .size = st.size };
    // Named here, the encoding cannot be chosen by the file.
    ret->parser = XML_ParserCreate("UTF-8");
    check(ret->parser != NULL);
    XML_SetUserData(ret->parser, ret);
    XML_SetElementHandler(ret->parser, on_start, on_end);
    XML_SetCharacterDataHandler(ret->parser, on_text);
    XML_SetStartDoctypeDeclHandler(ret->parser, on_doctype);
    XML_SetXmlDeclHandler(ret->parser, on_declaration);
    return STATUS_OK;
}

void part_close(Part *p)
{
    if (p->parser != NULL)
        XML_ParserFree(p->parser);
    if (p->file != NULL)
        (void)zip_fclose(p->file);
    p->parser = NULL;
    p->file = NULL;
}

// UTF-16 and UTF-32 show at once; expat would follow their byte order marks.
static bool begins_as_utf8(const char *s, size_t n)
{
    Str head = { s, n };
    if (str_starts(head, S("\xef\xbb\xbf")))
        head = str_sub(head, 3, n);
    if (head.len < 2 || head.ptr[1] == '\0')
        return false;
    return head.ptr[0] == '<' || head.ptr[0] == ' ' || head.ptr[0] == '\n' || head.ptr[0] == '\r' ||
           head.ptr[0] == '\t';
}

static Status after_parse(Ctx *cx, Part *p, enum XML_Status st)
{
    if (p->fail_status != STATUS_OK)
        return ctx_fail(cx, p->fail_status, p->fail_code, NULL, __FILE__, __LINE__, "%s",
                        p->fail_text);
    p->paused = st == XML_STATUS_SUSPENDED;
    p->done = p->last && st == XML_STATUS_OK;
    if (st == XML_STATUS_ERROR)
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "a part cannot be read: %s",
                    XML_ErrorString(XML_GetErrorCode(p->parser)));
    int64_t at = XML_GetCurrentByteIndex(p->parser);
    if (!p->paused && at >= 0 && (int64_t)p->fed - at > XLSX_TOKEN + CHUNK)
        return FAIL(cx, TOO_LARGE, "xlsx.too_large", NULL, "a tag is too long");
    return STATUS_OK;
}

static Status read_chunk(Ctx *cx, Part *p)
{
    void *to = XML_GetBuffer(p->parser, CHUNK);
    if (to == NULL)
        return FAIL(cx, TOO_LARGE, "xlsx.too_large", NULL, "a tag is too long");
    zip_int64_t n = zip_fread(p->file, to, CHUNK);
    if (n < 0)
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "the archive is damaged");
    p->fed += (uint64_t)n;
    if (p->fed > p->size || (n == 0 && p->fed < p->size))
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "a size in the archive is wrong");
    if (!p->begun && !begins_as_utf8(to, (size_t)n))
        return FAIL(cx, INVALID, "xlsx.forbidden", NULL, "a part is not XML in UTF-8");
    p->begun = true;
    enum XML_Status st = XML_ParseBuffer(p->parser, (int)n, n == 0);
    p->last = n == 0;
    return after_parse(cx, p, st);
}

Status part_read(Ctx *cx, Part *p)
{
    if (p->paused) {
        enum XML_Status st = XML_ResumeParser(p->parser);
        TRY(after_parse(cx, p, st));
    }
    while (!p->paused && !p->done)
        TRY(read_chunk(cx, p));
    return STATUS_OK;
}

Status part_whole(Ctx *cx, XlsxReader *r, int64_t index, const PartHandler *handler)
{
    CLEANUP(part_close) Part p = { 0 };
    TRY(part_open(cx, r, index, handler, &p));
    return part_read(cx, &p);
}
