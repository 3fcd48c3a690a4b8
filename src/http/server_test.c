// The plain path over real sockets.
#include "http/test_server.h"
#include "kit/kit.h"

TEST(get_answers_json_with_the_headers_of_every_answer)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    Str a = kit_exchange(s, kit_get("/hello"));
    CHECK_INT(kit_status(a), 200);
    CHECK_STR(kit_body(a), S("{\"hello\":\"world\"}"));
    static const char *const WANT[][2] = {
        { "Content-Type", "application/json; charset=utf-8" },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "same-origin" },
        { "Cross-Origin-Opener-Policy", "same-origin" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Cache-Control", "no-store" },
    };
    for (size_t i = 0; i < ARRAY_LEN(WANT); i++)
        CHECK_STR(kit_header(a, WANT[i][0]), str_z(WANT[i][1]));
    CHECK(kit_header(a, "Server").ptr == NULL);
    CHECK(kit_header(a, "Strict-Transport-Security").ptr == NULL);
    CHECK_INT(kit_header(a, "X-Request-Id").len, 16);
}

TEST(keep_alive_and_pipelining)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int fd = kit_connect(s);
    CHECK(kit_send(fd, S("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"
                         "POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
                         "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /items/12 HTTP/1.1\r\nHost: a\r\n\r\n")));
    Str all = kit_receive(fd, 4, 3000);
    CHECK_INT(kit_answers(all), 4);
    CHECK(str_find(all, S("abcde"), 0) < all.len);
    CHECK(str_find(all, S("404"), 0) < all.len);
    CHECK(str_find(all, S("{\"id\":12}"), 0) < all.len);
}
