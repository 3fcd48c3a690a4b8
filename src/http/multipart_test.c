#include "http/multipart.h"

#include "kit/kit.h"

// The sink writes what it gets as text: "name=value;" and "name@file[type]=value;".
static Status on_begin(Ctx *cx, void *arg, const Part *p)
{
    (void)cx;
    buf_add(arg, p->name);
    if (p->is_file) {
        buf_char(arg, '@');
        buf_add(arg, p->filename);
    }
    if (p->content_type.len > 0) {
        buf_char(arg, '[');
        buf_add(arg, p->content_type);
        buf_char(arg, ']');
    }
    buf_char(arg, '=');
    return STATUS_OK;
}

static Status on_data(Ctx *cx, void *arg, Str bytes)
{
    (void)cx;
    CHECK(bytes.len > 0);
    buf_add(arg, bytes);
    return STATUS_OK;
}

static Status on_end(Ctx *cx, void *arg)
{
    (void)cx;
    buf_char(arg, ';');
    return STATUS_OK;
}

// Fed in pieces of `step` bytes.
static Status parse(Str body, size_t step, Str *ret)
{
    Buf out = buf_new(kit_arena(), 1 << 20);
    Multipart *m =
        multipart_new(kit_arena(), S("XX"), (MultipartSink){ &out, on_begin, on_data, on_end });
    for (size_t at = 0; at < body.len; at += step)
        TRY(multipart_feed(kit_ctx(), m, str_sub(body, at, step)));
    TRY(multipart_end(kit_ctx(), m));
    *ret = buf_str(&out);
    return STATUS_OK;
}

#define DISP "Content-Disposition: form-data; name="

typedef struct Story {
    const char *name;
    Str body;
    const char *want; // NULL: refused
} Story;

static const Story STORIES[] = {
    { "one field", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n1\r\n--XX--\r\n"), "a=1;" },
    { "two fields",
      S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n1\r\n--XX\r\n" DISP "b\r\n\r\n2\r\n--XX--"),
      "a=1;b=2;" },
    { "a file",
      S_INIT("--XX\r\n" DISP "\"f\"; filename=\"x.csv\"\r\nContent-Type: text/csv\r\n\r\n"
             "a,b\r\n1,2\r\n\r\n--XX--\r\n"),
      "f@x.csv[text/csv]=a,b\r\n1,2\r\n;" },
    { "empty file name", S_INIT("--XX\r\n" DISP "\"f\"; filename=\"\"\r\n\r\n\r\n--XX--"), "f@=;" },
    { "empty value", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n\r\n--XX--\r\n"), "a=;" },
    { "CR and LF in data", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n\r\r\n\n\r\n-\r\n--X\r\n--XX--"),
      "a=\r\r\n\n\r\n-\r\n--X;" },
    { "almost a boundary", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n\r\n--XY\r\r\n--XX--"),
      "a=\r\n--XY\r;" },
    { "dashes in a line", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\nx--XX\r\n--XX--"), "a=x--XX;" },
    { "preamble and epilogue",
      S_INIT("hello\r\n--XX\r\n" DISP "\"a\"\r\n\r\n1\r\n--XX--\r\nbye--XX"), "a=1;" },
    { "preamble of dashes", S_INIT("--X\r\n--XX\r\n" DISP "\"a\"\r\n\r\n1\r\n--XX--"), "a=1;" },
    { "blanks behind the boundary", S_INIT("--XX \t\r\n" DISP "\"a\"\r\n\r\n1\r\n--XX--"), "a=1;" },
    { "quotes and backslash", S_INIT("--XX\r\n" DISP "\"a\\\"b\\\\c\"\r\n\r\n1\r\n--XX--"),
      "a\"b\\c=1;" },
    { "Windows path",
      S_INIT("--XX\r\n" DISP "\"f\"; filename=\"C:\\dir\\x.csv\"\r\n\r\n1\r\n--XX--"),
      "f@x.csv=1;" },
    { "climbing path", S_INIT("--XX\r\n" DISP "\"f\"; filename=\"../../x\"\r\n\r\n1\r\n--XX--"),
      "f@x=1;" },
    { "Chinese name",
      S_INIT("--XX\r\n" DISP "\"f\"; filename=\"\xe5\xae\xa2.csv\"\r\n\r\n1\r\n--XX--"),
      "f@\xe5\xae\xa2.csv=1;" },
    { "names without case",
      S_INIT("--XX\r\ncontent-disposition: FORM-DATA; NAME=a\r\n\r\n1\r\n--XX--"), "a=1;" },
    { "binary transfer",
      S_INIT("--XX\r\n" DISP "a\r\nContent-Transfer-Encoding: binary\r\n\r\n1\r\n"
             "--XX--"),
      "a=1;" },
    { "NUL in data", S_INIT("--XX\r\n" DISP "a\r\n\r\n1\0002\r\n--XX--"), "a=1\0002;" },
    { "no parts at all", S_INIT("--XX--\r\n"), "" },
    { "nothing", S_INIT(""), NULL },
    { "no closing boundary", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n1\r\n--XX\r\n"), NULL },
    { "cut in data", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n1"), NULL },
    { "cut in the last dash", S_INIT("--XX\r\n" DISP "\"a\"\r\n\r\n1\r\n--XX-"), NULL },
    { "letters behind the boundary", S_INIT("--XX\r\n" DISP "a\r\n\r\n1\r\n--XXY\r\n--XX--"),
      NULL },
    { "bare LF", S_INIT("--XX\n" DISP "\"a\"\n\n1\n--XX--"), NULL },
    { "bare LF in the header", S_INIT("--XX\r\n" DISP "\"a\"\n\r\n1\r\n--XX--"), NULL },
    { "no disposition", S_INIT("--XX\r\nX: y\r\n\r\n1\r\n--XX--"), NULL },
    { "no header", S_INIT("--XX\r\n\r\n1\r\n--XX--"), NULL },
    { "no name", S_INIT("--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--"), NULL },
    { "two names", S_INIT("--XX\r\n" DISP "a; name=b\r\n\r\n1\r\n--XX--"), NULL },
    { "two dispositions", S_INIT("--XX\r\n" DISP "a\r\n" DISP "b\r\n\r\n1\r\n--XX--"), NULL },
    { "attachment", S_INIT("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XX--"),
      NULL },
    { "open quote", S_INIT("--XX\r\n" DISP "\"a\r\n\r\n1\r\n--XX--"), NULL },
    { "no colon", S_INIT("--XX\r\nwhat\r\n\r\n1\r\n--XX--"), NULL },
    { "folded", S_INIT("--XX\r\n" DISP "a\r\n b: c\r\n\r\n1\r\n--XX--"), NULL },
    { "base64", S_INIT("--XX\r\n" DISP "a\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--XX--"),
      NULL },
    { "name that is not UTF-8", S_INIT("--XX\r\n" DISP "\"\xff\"\r\n\r\n1\r\n--XX--"), NULL },
    { "control in the header", S_INIT("--XX\r\n" DISP "\"a\x01\"\r\n\r\n1\r\n--XX--"), NULL },
};

// However the bytes arrive, the reading is the same.
TEST(forms_in_pieces_of_every_size)
{
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        const Story *st = &STORIES[i];
        for (size_t step = 1; step <= st->body.len + 1; step++) {
            Str got = { 0 };
            Status s = parse(st->body, step, &got);
            CHECK_ROW((s == STATUS_OK) == (st->want != NULL), "%s in pieces of %zu", st->name,
                      step);
            if (s == STATUS_OK && st->want != NULL)
                CHECK_ROW(
                    str_starts(got, str_z(st->want)) &&
                        (got.len == strlen(st->want) || str_find_char(got, '\0', 0) < got.len),
                    "%s in pieces of %zu: " STR_FMT, st->name, step, STR_ARG(got));
        }
    }
}

TEST(boundaries)
{
    static const struct {
        const char *type, *want;
    } ROWS[] = {
        { "multipart/form-data; boundary=abc", "abc" },
        { "Multipart/Form-Data;boundary=\"a b\"", "a b" },
        { "multipart/form-data; charset=utf-8; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
          "----WebKitFormBoundary7MA4YWxkTrZu0gW" },
        { "multipart/form-data; boundary="
          "0123456789012345678901234567890123456789012345678901234567890123456789",
          "0123456789012345678901234567890123456789012345678901234567890123456789" },
        { "multipart/form-data; boundary="
          "01234567890123456789012345678901234567890123456789012345678901234567890",
          NULL },
        { "multipart/form-data", NULL },
        { "multipart/form-data; boundary=", NULL },
        { "multipart/form-data; boundary=\"\"", NULL },
        { "multipart/form-data; boundary=\"a \"", NULL },
        { "multipart/form-data; boundary=a; boundary=b", NULL },
        { "multipart/form-data; boundary=\"a\x80\"", NULL },
        { "multipart/mixed; boundary=a", NULL },
        { "text/plain; boundary=a", NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Str got = { 0 };
        Status s = multipart_boundary(kit_ctx(), str_z(ROWS[i].type), &got);
        CHECK_ROW((s == STATUS_OK) == (ROWS[i].want != NULL), "%s", ROWS[i].type);
        if (s == STATUS_OK)
            CHECK_STR(got, str_z(ROWS[i].want));
    }
}

static Str many_parts(int n)
{
    Buf b = buf_new(kit_arena(), 1 << 20);
    for (int i = 0; i < n; i++)
        buf_add(&b, S("--XX\r\n" DISP "a\r\n\r\n1\r\n"));
    buf_add(&b, S("--XX--\r\n"));
    return buf_str(&b);
}

static Str long_header(size_t n)
{
    Buf b = buf_new(kit_arena(), 1 << 20);
    buf_add(&b, S("--XX\r\n" DISP "a\r\nX: "));
    for (size_t i = 0; i < n; i++)
        buf_char(&b, 'y');
    buf_add(&b, S("\r\n\r\n1\r\n--XX--\r\n"));
    return buf_str(&b);
}

TEST(multipart_limits)
{
    Str got = { 0 };
    CHECK_OK(parse(many_parts(LIMIT_MULTIPART_PARTS), 100, &got));
    CHECK_STATUS(parse(many_parts(LIMIT_MULTIPART_PARTS + 1), 100, &got), MALFORMED);
    size_t frame = strlen(DISP "a\r\nX: \r\n\r\n");
    CHECK_OK(parse(long_header(MULTIPART_HEADER_MAX - frame), 100, &got));
    CHECK_STATUS(parse(long_header(MULTIPART_HEADER_MAX - frame + 1), 100, &got), MALFORMED);
    Buf b = buf_new(kit_arena(), 1 << 20);
    for (int i = 0; i < 2000; i++)
        buf_char(&b, 'p');
    buf_add(&b, S("\r\n--XX--"));
    CHECK_STATUS(parse(buf_str(&b), 7, &got), MALFORMED);
}
