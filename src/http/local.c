// The client of our own local socket: one request, one answer, the connection ends.
#include "http/http_int.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void fd_cleanup(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

static Status send_all(Ctx *cx, int fd, Str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FAIL(cx, UNAVAILABLE, "local.broken", NULL, "the server hung up");
        bytes = (Str){ bytes.ptr + n, bytes.len - (size_t)n };
    }
    return STATUS_OK;
}

static Status receive_all(Ctx *cx, int fd, Str *ret)
{
    enum { STEP = 64 * 1024 };
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    for (;;) {
        char *to = buf_reserve(&b, STEP);
        if (to == NULL)
            return FAIL(cx, TOO_LARGE, "local.large", NULL, "the answer is too large");
        ssize_t n = recv(fd, to, STEP, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FAIL(cx, UNAVAILABLE, "local.broken", NULL, "the server hung up");
        if (n == 0)
            break;
        b.len += (size_t)n;
    }
    *ret = buf_str(&b);
    return STATUS_OK;
}

static Status answer_parse(Ctx *cx, Str raw, bool head, Answer *ret)
{
    size_t end = str_find(raw, S("\r\n\r\n"), 0);
    int64_t status = 0, length = -1;
    Str lines = str_sub(raw, 0, end);
    if (end == raw.len || !str_starts(raw, S("HTTP/1.1 ")) || !str_int(str_sub(raw, 9, 3), &status))
        return FAIL(cx, UNAVAILABLE, "local.broken", NULL, "the server's answer is incomplete");
    VEC(Pair) headers = { 0 };
    (void)str_split(&lines, '\n');
    while (lines.ptr != NULL) {
        Str line = str_trim(str_split(&lines, '\n'));
        size_t colon = str_find_char(line, ':', 0);
        Pair *h = vec_add(cx->arena, &headers);
        *h = (Pair){ str_sub(line, 0, colon), str_trim(str_sub(line, colon + 1, line.len)) };
        if (str_ieq(h->key, S("Content-Length")) && !str_int(h->value, &length))
            length = -1;
    }
    Str body = str_sub(raw, end + 4, raw.len);
    bool bodiless = head || status == 204 || status == 304;
    if (!bodiless && length >= 0 && body.len != (size_t)length)
        return FAIL(cx, UNAVAILABLE, "local.broken", NULL, "the server's answer is incomplete");
    *ret = (Answer){
        .status = (int)status, .body = body, .headers = headers.ptr, .nheaders = headers.len
    };
    return STATUS_OK;
}

Status http_local(Ctx *cx, const char *socket_path, Method m, const char *target, Str body,
                  Answer *ret)
{
    struct sockaddr_un sun = { .sun_family = AF_UNIX };
    size_t len = strlen(socket_path);
    if (len == 0 || len >= sizeof(sun.sun_path))
        return FAIL(cx, NOT_FOUND, "local.none", NULL, "no server listens at %s", socket_path);
    memcpy(sun.sun_path, socket_path, len);
    CLEANUP(fd_cleanup) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&sun, sizeof(sun)) != 0)
        return FAIL(cx, NOT_FOUND, "local.none", NULL, "no server listens at %s", socket_path);
    Str head = arena_fmt(cx->arena,
                         "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                         "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                         method_name(m), target, body.len);
    TRY(send_all(cx, fd, head));
    TRY(send_all(cx, fd, body));
    Str raw = { 0 };
    TRY(receive_all(cx, fd, &raw));
    return answer_parse(cx, raw, m == METHOD_HEAD, ret);
}
