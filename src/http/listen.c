// Where the server listens: addresses parsed, sockets opened with clear refusals.
#include "http/http_int.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 511 };

static Status malformed(Ctx *cx, Str spec)
{
    return FAIL(cx, MALFORMED, "listen.malformed", NULL,
                "not an address to listen on: " STR_FMT " (like 127.0.0.1:8080 or unix:/path)",
                STR_ARG(spec));
}

static void fd_cleanup(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

static Status open_failed(Ctx *cx, Str spec)
{
    if (errno == EADDRINUSE)
        return FAIL(cx, CONFLICT, "listen.taken", NULL, STR_FMT " is in use already",
                    STR_ARG(spec));
    if (errno == EACCES || errno == EPERM)
        return FAIL(cx, FORBIDDEN, "listen.denied", NULL, "no right to listen on " STR_FMT,
                    STR_ARG(spec));
    return FAIL(cx, UNAVAILABLE, "listen.failed", NULL, "cannot listen on " STR_FMT, STR_ARG(spec));
}

// A socket file that nobody answers on is left over from a server that died.
static bool stale(const struct sockaddr_un *sun)
{
    CLEANUP(fd_cleanup) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd >= 0 && connect(fd, (const struct sockaddr *)sun, sizeof(*sun)) != 0 &&
           errno == ECONNREFUSED;
}

static Status open_unix(Ctx *cx, Str spec, Str path, Listener *l)
{
    struct sockaddr_un sun = { .sun_family = AF_UNIX };
    if (path.len == 0 || path.len >= sizeof(sun.sun_path) || path.ptr[0] != '/')
        return malformed(cx, spec);
    memcpy(sun.sun_path, path.ptr, path.len);
    CLEANUP(fd_cleanup) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return open_failed(cx, spec);
    struct stat st;
    if (lstat(sun.sun_path, &st) == 0 && S_ISSOCK(st.st_mode) && stale(&sun))
        (void)unlink(sun.sun_path);
    // Nobody can connect before listen(), so the mode is right before it matters.
    if (bind(fd, (const struct sockaddr *)&sun, sizeof(sun)) != 0 ||
        chmod(sun.sun_path, l->kind == LISTEN_LOCAL ? 0600 : 0660) != 0 || listen(fd, BACKLOG) != 0)
        return open_failed(cx, spec);
    memcpy(l->path, sun.sun_path, sizeof(l->path));
    l->fd = fd;
    fd = -1;
    return STATUS_OK;
}

static bool split_host(Str spec, Str *ret_host, int64_t *ret_port)
{
    size_t colon = spec.len;
    while (colon > 0 && spec.ptr[colon - 1] != ':')
        colon--;
    if (colon < 2 || !str_int(str_sub(spec, colon, spec.len), ret_port) || *ret_port < 0 ||
        *ret_port > 65535)
        return false;
    Str host = str_sub(spec, 0, colon - 1);
    if (host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
        host = str_sub(host, 1, host.len - 2);
    else if (str_find_char(host, ':', 0) < host.len)
        return false;
    *ret_host = str_eq(host, S("localhost")) ? S("127.0.0.1") : host;
    return true;
}

static socklen_t fill_address(const unsigned char bits[16], uint16_t port,
                              struct sockaddr_storage *to)
{
    memset(to, 0, sizeof(*to));
    if (memcmp(bits, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0) {
        struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(port) };
        memcpy(&four.sin_addr, bits + 12, 4);
        memcpy(to, &four, sizeof(four));
        return sizeof(four);
    }
    struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
    memcpy(&six.sin6_addr, bits, 16);
    memcpy(to, &six, sizeof(six));
    return sizeof(six);
}

static int bound_port(int fd)
{
    struct sockaddr_storage ss = { 0 };
    socklen_t len = sizeof(ss);
    if (getsockname(fd, (struct sockaddr *)&ss, &len) != 0)
        return 0;
    struct sockaddr_in four;
    memcpy(&four, &ss, sizeof(four)); // the port stands at the same place for both families
    return ntohs(four.sin_port);
}

static Status open_tcp(Ctx *cx, const HttpOptions *o, Str spec, Listener *l)
{
    Str host = { 0 };
    int64_t port = 0;
    unsigned char bits[16];
    if (!split_host(spec, &host, &port) || !address_parse(host, bits))
        return malformed(cx, spec);
    if (!address_loopback(bits) && !o->insecure_listen)
        return FAIL(cx, FORBIDDEN, "listen.insecure", NULL,
                    STR_FMT " can be reached from outside without encryption; put a proxy with "
                            "TLS in front, or say that you want this",
                    STR_ARG(spec));
    struct sockaddr_storage ss;
    socklen_t len = fill_address(bits, (uint16_t)port, &ss);
    CLEANUP(fd_cleanup)
    int fd = socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1;
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        (ss.ss_family == AF_INET6 &&
         setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) != 0) ||
        bind(fd, (const struct sockaddr *)&ss, len) != 0 || listen(fd, BACKLOG) != 0)
        return open_failed(cx, spec);
    l->port = bound_port(fd);
    l->fd = fd;
    fd = -1;
    return STATUS_OK;
}

Status listener_open(Ctx *cx, const HttpOptions *o, Str spec, Listener *ret)
{
    bool unix_socket = str_starts(spec, S("unix:"));
    bool local = str_starts(spec, S("local:"));
    ret->fd = -1;
    ret->kind = local ? LISTEN_LOCAL : unix_socket ? LISTEN_UNIX : LISTEN_TCP;
    if (ret->kind == LISTEN_TCP)
        return open_tcp(cx, o, spec, ret);
    return open_unix(cx, spec, str_sub(spec, local ? 6 : 5, spec.len), ret);
}
