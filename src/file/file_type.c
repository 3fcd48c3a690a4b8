// What a file is, by its first bytes; the name's ending must agree. Only what browsers never run is
// taken for pictures and attachments.
#include "file/file_internal.h"

typedef struct Kind {
    const char *ending, *type;
    Str magic;
    size_t at;
    bool picture;
} Kind;

static const Kind KINDS[] = {
    { ".png", "image/png", S_INIT("\x89PNG\r\n\x1a\n"), 0, true },
    { ".jpg", "image/jpeg", S_INIT("\xff\xd8\xff"), 0, true },
    { ".jpeg", "image/jpeg", S_INIT("\xff\xd8\xff"), 0, true },
    { ".gif", "image/gif", S_INIT("GIF8"), 0, true },
    { ".webp", "image/webp", S_INIT("WEBP"), 8, true },
    { ".pdf", "application/pdf", S_INIT("%PDF-"), 0, false },
    { ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      S_INIT("PK\x03\x04"), 0, false },
    { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      S_INIT("PK\x03\x04"), 0, false },
    { ".zip", "application/zip", S_INIT("PK\x03\x04"), 0, false },
};

static bool ends(Str name, const char *ending)
{
    Str e = str_z(ending);
    return name.len > e.len && str_ieq(str_sub(name, name.len - e.len, e.len), e);
}

// The head may end within a character.
static bool is_text(Str head)
{
    for (size_t cut = 0; cut < 4 && cut < head.len; cut++)
        if (utf8_valid(str_sub(head, 0, head.len - cut)))
            return true;
    return false;
}

Status file_type_of(Ctx *cx, Str name, Str head, const char *kind, Str *ret)
{
    bool pictures = strcmp(kind, "picture") == 0;
    for (size_t i = 0; i < ARRAY_LEN(KINDS); i++) {
        const Kind *k = &KINDS[i];
        if (!ends(name, k->ending) || (pictures && !k->picture) ||
            head.len < k->at + k->magic.len ||
            !str_eq(str_sub(head, k->at, k->magic.len), k->magic))
            continue;
        *ret = str_z(k->type);
        return STATUS_OK;
    }
    bool text = ends(name, ".csv") || ends(name, ".txt");
    if (!pictures && text && is_text(head)) {
        *ret = S("text/plain; charset=utf-8");
        return STATUS_OK;
    }
    return FAIL(cx, INVALID, "file.type", "file", "this kind of file is not taken");
}
