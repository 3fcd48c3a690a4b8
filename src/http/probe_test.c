// The 158 requests of Http11Probe against a running server. Where the answer is not what the probe
// wants, the case stands in KNOWN with its reason.
#include "http/test_server.h"
#include "kit/kit.h"

#include "json/json.h"

#include <stdio.h>

typedef struct Known {
    const char *id;
    int status; // 0: closed or silent
    const char *reason;
} Known;

static const Known KNOWN[] = {
    { "COMP-OPTIONS-STAR", 405, "OPTIONS is not offered: nothing here is shared across origins" },
    { "COMP-OPTIONS-ALLOW", 405, "as above; the answer does carry Allow" },
    { "COMP-NO-CL-IN-204", 405, "as above: the case asks by OPTIONS" },
    { "MAL-LONG-METHOD", 414, "the library's buffer is full before the line ends" },
    { "MAL-CHUNK-SIZE-OVERFLOW", 413, "as below" },
    { "MAL-POST-CL-HUGE-NO-BODY", 413,
      "larger than any body here: answered without waiting for it" },
    { "SMUG-CHUNK-BARE-SEMICOLON", 200,
      "the library skips what follows the size of a chunk; no "
      "other reading of the body's length follows from it" },
    { "SMUG-CHUNK-EXT-INVALID-TOKEN", 200, "as above" },
    { "SMUG-OPTIONS-CL-BODY", 405, "as above: OPTIONS" },
    { "MAL-CL-OVERFLOW", 413, "the library reads the number first; refused all the same" },
};

static int letter_value(char c)
{
    static const char LETTERS[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c == '\0' ? NULL : strchr(LETTERS, c);
    return at == NULL ? -1 : (int)(at - LETTERS);
}

static Str base64_bytes(Str text)
{
    char *out = arena_array(kit_arena(), char, text.len + 1);
    size_t n = 0;
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        bits = (bits << 6) | (uint32_t)letter_value(text.ptr[i]);
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)((bits >> have) & 0xff);
        }
    }
    return (Str){ out, n };
}

static Str with_host(const HttpServer *s, Str request)
{
    Buf b = buf_new(kit_arena(), 1024 * 1024);
    for (size_t at = 0; at < request.len;) {
        size_t hit = str_find(request, S("@@HOST@@"), at);
        buf_add(&b, str_sub(request, at, hit - at));
        if (hit < request.len)
            buf_fmt(&b, "127.0.0.1:%d", http_port(s));
        at = hit + (hit < request.len ? 8 : 0);
    }
    return buf_str(&b);
}

static bool says(Str text, const char *word)
{
    return str_find(text, str_z(word), 0) < text.len;
}

// The words of the probe: "400/414/431 or close", "2xx preferred; 400 warns", "!101" ...
static bool wanted(const Json *c, int status)
{
    Str fixed = json_text(c, "status", S("")), free_text = json_text(c, "expected", S(""));
    if (str_eq(fixed, S("400")))
        return status == 400 || (status == 0 && json_flag(c, "close", false));
    if (str_eq(fixed, S("Range2xx")))
        return status / 100 == 2;
    if (status == 0)
        return says(free_text, "close") || says(free_text, "timeout");
    if (says(free_text, "IMF-fixdate"))
        return status / 100 == 2; // the format has a test of its own
    if (says(free_text, "!101") || says(free_text, "non-1"))
        return status >= 200;
    if (says(free_text, "not 414"))
        return status != 414;
    if (says(free_text, "Reject/drop"))
        return status == 400 || status / 100 == 2;
    if (status / 100 == 2)
        return says(free_text, "2xx") || says(free_text, "200") ||
               (status == 204 && says(free_text, "204"));
    char number[16];
    (void)snprintf(number, sizeof(number), "%d", status);
    return says(free_text, number);
}

static const Known *known(Str id)
{
    for (size_t i = 0; i < ARRAY_LEN(KNOWN); i++)
        if (str_eq(str_z(KNOWN[i].id), id))
            return &KNOWN[i];
    return NULL;
}

static void probe(const HttpServer *s, const Json *c)
{
    Str id = json_text(c, "id", S(""));
    CLEANUP(fd_close) int fd = kit_connect(s);
    (void)kit_send(fd, with_host(s, base64_bytes(json_text(c, "request", S("")))));
    Str answer = kit_receive(fd, 1, 1500);
    if (kit_status(answer) == 100)
        answer = str_sub(answer, str_find(answer, S("\r\n\r\n"), 0) + 4, answer.len);
    int status = kit_status(answer);
    const Known *k = known(id);
    CHECK_ROW(status < 500 || status == 505, STR_FMT ": %d", STR_ARG(id), status);
    if (k != NULL)
        CHECK_ROW(status == k->status && !wanted(c, status), STR_FMT ": %d, known as %d",
                  STR_ARG(id), status, k->status);
    else
        CHECK_ROW(wanted(c, status), STR_FMT ": %d, wanted " STR_FMT " " STR_FMT, STR_ARG(id),
                  status, STR_ARG(json_text(c, "status", S(""))),
                  STR_ARG(json_text(c, "expected", S(""))));
}

TEST(http11probe)
{
    HttpOptions o = kit_options();
    o.headers_ms = 600;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    const Json *all = NULL;
    CHECK_OK(json_parse(kit_ctx(), kit_file("test/data/http/http11probe_cases.json"), &all));
    const Json *cases = json_get(all, "cases");
    CHECK(cases != NULL && cases->len == 158);
    for (const Json *c = cases == NULL ? NULL : cases->first; c != NULL; c = c->next)
        probe(s, c);
    // It is still there.
    CHECK_INT(kit_status(kit_exchange(s, kit_get("/hello"))), 200);
}
