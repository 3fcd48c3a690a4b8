#include "http/url.h"

#include "kit/kit.h"

TEST(paths_are_normalised_once)
{
    static const struct {
        const char *raw, *want; // NULL: refused
    } ROWS[] = {
        { "/", "/" },
        { "/a", "/a" },
        { "/a/", "/a" },
        { "//a///b//", "/a/b" },
        { "/./a/./b/.", "/a/b" },
        { "/a/../b", "/b" },
        { "/a/b/../../c", "/c" },
        { "/a/..", "/" },
        { "/%61%2e", "/a." },
        { "/a%20b", "/a b" },
        { "/a+b", "/a+b" },
        { "/%E5%AE%A2", "/\xe5\xae\xa2" },
        { "/a/%2e%2e/b", "/b" },
        { "/%252e", "/%2e" }, // decoded once, not twice
        { "/...", "/..." },
        { "", NULL },
        { "a", NULL },
        { "/..", NULL },
        { "/a/../..", NULL },
        { "/%2e%2e/", NULL },
        { "/%", NULL },
        { "/%4", NULL },
        { "/%4g", NULL },
        { "/%00", NULL },
        { "/%0a", NULL },
        { "/%7f", NULL },
        { "/%2f", NULL },
        { "/%2F", NULL },
        { "/%5c", NULL },
        { "/\\", NULL },
        { "/%ff", NULL },
        { "/%c0%af", NULL },
        { "/%ed%a0%80", NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Str got = { 0 };
        Status s = path_normalise(kit_ctx(), str_z(ROWS[i].raw), &got);
        CHECK_ROW((s == STATUS_OK) == (ROWS[i].want != NULL), "%s", ROWS[i].raw);
        if (s == STATUS_OK)
            CHECK_STR(got, str_z(ROWS[i].want));
    }
}

TEST(targets)
{
    static const struct {
        const char *raw, *host, *path, *query;
    } ROWS[] = {
        { "/a?b=c", "x", "/a", "b=c" },
        { "/a?", "x", "/a", "" },
        { "/a?b?c", "x", "/a", "b?c" },
        { "http://x/a", "x", "/a", NULL },
        { "HTTPS://X:80/a", "x:80", "/a", NULL },
        { "http://x", "x", "/", NULL },
        { "http://x?q", "x", "/", "q" },
        { "http://y/a", "x", NULL, NULL },
        { "http://x:81/a", "x:80", NULL, NULL },
        { "http://u@x/a", "x", NULL, NULL },
        { "http:///a", "", NULL, NULL },
        { "*", "x", NULL, NULL },
        { "/a#b", "x", NULL, NULL },
        { "/a?%", "x", NULL, NULL },
        { "/a?%ff", "x", NULL, NULL },
        { "/a?%00", "x", NULL, NULL },
        { "/a b", "x", NULL, NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Str path = { 0 }, query = { 0 };
        Status s = target_parse(kit_ctx(), str_z(ROWS[i].raw), str_z(ROWS[i].host), &path, &query);
        CHECK_ROW((s == STATUS_OK) == (ROWS[i].path != NULL), "%s", ROWS[i].raw);
        if (s != STATUS_OK)
            continue;
        CHECK_STR(path, str_z(ROWS[i].path));
        CHECK_STR(query, str_z(ROWS[i].query));
    }
}

TEST(hosts)
{
    static const char *const GOOD[] = { "a",     "a.b",        "a-b_c.d", "127.0.0.1:80",
                                        "[::1]", "[::1]:8080", "a:",      "A.EXAMPLE:65535" };
    static const char *const BAD[] = { "",    ":80",    "a:b",      "a:65536",     "a:-1",
                                       "a b", "a@b",    "a/b",      "[::1",        "[::g]",
                                       "a,b", "[::1]x", "a:123456", "\xe5\xae\xa2" };
    for (size_t i = 0; i < ARRAY_LEN(GOOD); i++)
        CHECK_ROW(host_valid(str_z(GOOD[i])), "%s", GOOD[i]);
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++)
        CHECK_ROW(!host_valid(str_z(BAD[i])), "%s", BAD[i]);
}

TEST(coding_goes_there_and_back)
{
    char all[255];
    for (size_t i = 0; i < sizeof(all); i++)
        all[i] = (char)(i + 1);
    bool ok = false;
    Str text = { all, sizeof(all) };
    Str coded = url_encode(kit_arena(), text);
    for (size_t i = 0; i < coded.len; i++)
        CHECK(coded.ptr[i] > 0x20 && coded.ptr[i] < 0x7f && coded.ptr[i] != '+');
    CHECK_STR(url_decode(kit_arena(), coded, true, &ok), text);
    CHECK(ok);
    CHECK_STR(url_decode(kit_arena(), S("a+b%2B"), true, &ok), S("a b+"));
    CHECK_STR(url_decode(kit_arena(), S("a+b%2B"), false, &ok), S("a+b+"));
    (void)url_decode(kit_arena(), S("%00"), false, &ok);
    CHECK(!ok);
}

TEST(queries_in_pieces)
{
    Str rest = S("a=1&b&=c&&d=e=f&%61=%20+");
    static const char *const WANT[][2] = {
        { "a", "1" }, { "b", "" }, { "", "c" }, { "d", "e=f" }, { "a", "  " }
    };
    Pair p = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(WANT); i++) {
        CHECK(query_next(kit_arena(), &rest, &p));
        CHECK_STR(p.key, str_z(WANT[i][0]));
        CHECK_STR(p.value, str_z(WANT[i][1]));
    }
    CHECK(!query_next(kit_arena(), &rest, &p));
}
