// Connections: who may connect, how long each phase may take, and the thread that ends those who
// take longer. The library's own time-out is about silence only; a client that sends one byte a
// second is never silent.
#include "http/http_int.h"

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { TICK_MS = 250, WRITE_GRACE_US = 30 * 1000 * 1000 };

void conn_phase(Conn *c, Phase p, int64_t bytes)
{
    atomic_store(&c->bytes, bytes);
    atomic_store(&c->since_us, os_monotonic_us());
    atomic_store(&c->phase, (int)p);
}

static void address_of(ListenKind kind, const void *sockaddr, unsigned char ret[16])
{
    static const unsigned char MAPPED[12] = { [10] = 0xff, [11] = 0xff };
    const struct sockaddr *sa = sockaddr;
    memset(ret, 0, 16);
    if (kind != LISTEN_TCP || sa == NULL)
        return;
    if (sa->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, sockaddr, sizeof(four));
        memcpy(ret, MAPPED, 12);
        memcpy(ret + 12, &four.sin_addr, 4);
    } else if (sa->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, sockaddr, sizeof(six));
        memcpy(ret, &six.sin6_addr, 16);
    }
}

static void peer_text(Conn *c)
{
    bool four = memcmp(c->address, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0;
    if (c->kind == LISTEN_UNIX)
        memcpy(c->peer, "unix", 5);
    else if (c->kind == LISTEN_LOCAL)
        memcpy(c->peer, "local", 6);
    else if (inet_ntop(four ? AF_INET : AF_INET6, four ? c->address + 12 : c->address, c->peer,
                       sizeof(c->peer)) == NULL)
        memcpy(c->peer, "?", 2);
}

// One customer of an IPv6 provider owns a /64.
static bool same_client(const unsigned char a[16], const unsigned char b[16])
{
    bool four = memcmp(a, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0;
    return memcmp(a, b, four ? 16 : 8) == 0;
}

static bool trusts(const HttpServer *s, ListenKind kind, const unsigned char address[16])
{
    if (kind == LISTEN_TCP)
        return address_trusted(&s->trusted, address);
    return kind == LISTEN_UNIX && s->trusted.unix_sockets;
}

// The conn_lock is held.
static void end_conn(Conn *c)
{
    if (!c->killed)
        (void)shutdown(c->fd, SHUT_RDWR);
    c->killed = true;
}

// Who would be missed least: the one that has waited longest without a complete request.
static Conn *least_missed(HttpServer *s, const unsigned char *address)
{
    Conn *best = NULL;
    for (Conn *c = s->conns; c != NULL; c = c->next) {
        int phase = atomic_load(&c->phase);
        bool waits = phase == PHASE_HEAD || phase == PHASE_IDLE || phase == PHASE_BODY;
        if (c->killed || !waits || (address != NULL && !same_client(address, c->address)))
            continue;
        if (best == NULL || atomic_load(&c->since_us) < atomic_load(&best->since_us))
            best = c;
    }
    return best;
}

bool conn_admit(HttpServer *s, ListenKind kind, const void *sockaddr)
{
    unsigned char address[16];
    address_of(kind, sockaddr, address);
    bool counted = kind == LISTEN_TCP && !trusts(s, kind, address);
    int same = 0, all = 0;
    bool fits = !atomic_load(&s->stopping);
    mutex_lock(&s->conn_lock);
    for (Conn *c = s->conns; c != NULL; c = c->next) {
        all += !c->killed;
        same += !c->killed && counted && same_client(address, c->address);
    }
    bool crowded = counted && same >= s->options.connections_per_address;
    if (fits && (crowded || all >= s->options.connections)) {
        Conn *oldest = least_missed(s, crowded ? address : NULL);
        fits = oldest != NULL;
        if (fits)
            end_conn(oldest);
    }
    mutex_unlock(&s->conn_lock);
    if (!fits)
        atomic_fetch_add(&s->refused, 1);
    return fits;
}

// The local socket is for the system user of the server and for root.
static bool local_allowed(int fd)
{
    struct ucred who = { 0 };
    socklen_t len = sizeof(who);
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 &&
           (who.uid == geteuid() || who.uid == 0);
}

Conn *conn_add(HttpServer *s, ListenKind kind, int fd, const void *sockaddr)
{
    Conn *c = mem_alloc(sizeof(Conn));
    c->server = s;
    c->kind = kind;
    c->fd = fd;
    c->idle_bytes = -1;
    address_of(kind, sockaddr, c->address);
    peer_text(c);
    c->trusted = trusts(s, kind, c->address);
    conn_phase(c, PHASE_HEAD, 0);
    mutex_lock(&s->conn_lock);
    c->next = s->conns;
    if (c->next != NULL)
        c->next->prev = c;
    s->conns = c;
    s->nconns++;
    if (kind == LISTEN_LOCAL && !local_allowed(fd))
        end_conn(c);
    mutex_unlock(&s->conn_lock);
    return c;
}

void conn_remove(Conn *c)
{
    HttpServer *s = c->server;
    mutex_lock(&s->conn_lock);
    *(c->prev == NULL ? &s->conns : &c->prev->next) = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    s->nconns--;
    mutex_unlock(&s->conn_lock);
    mem_free(c);
}

static int64_t bytes_received(const Conn *c)
{
    struct tcp_info info = { 0 };
    socklen_t len = sizeof(info);
    if (c->kind != LISTEN_TCP || getsockopt(c->fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0 ||
        len < offsetof(struct tcp_info, tcpi_bytes_received) + sizeof(info.tcpi_bytes_received))
        return 0;
    return (int64_t)info.tcpi_bytes_received;
}

// Between requests: silence may last, a dribbled head may not. The library does not tell when the
// first byte comes; the kernel does.
static bool idle_too_long(Conn *c, const HttpOptions *o, int64_t us)
{
    int64_t received = bytes_received(c);
    if (c->idle_bytes < 0)
        c->idle_bytes = received;
    if (received > c->idle_bytes && us > o->headers_ms * INT64_C(1000) / 10) {
        c->idle_bytes = -1;
        conn_phase(c, PHASE_HEAD, 0);
        return false;
    }
    return us > o->keep_alive_ms * INT64_C(1000);
}

// Edge-triggered as it is, the library misses a goodbye that comes in one packet with data. Seen at
// two ticks, with nothing left to read, it means that the request will never be complete.
static bool left_for_good(Conn *c)
{
    int phase = atomic_load(&c->phase);
    struct pollfd p = { .fd = c->fd, .events = POLLRDHUP };
    int unread = 0;
    bool gone = (phase == PHASE_HEAD || phase == PHASE_IDLE || phase == PHASE_BODY) &&
                poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0 &&
                ioctl(c->fd, FIONREAD, &unread) == 0 && unread == 0;
    bool again = gone && c->gone;
    c->gone = gone;
    return again;
}

static bool too_long(Conn *c, const HttpOptions *o, int64_t now_us)
{
    int64_t us = now_us - atomic_load(&c->since_us);
    int64_t bytes = atomic_load(&c->bytes);
    int64_t grace_us = o->headers_ms * INT64_C(1000);
    switch ((Phase)atomic_load(&c->phase)) {
    case PHASE_HEAD: c->idle_bytes = -1; return us > grace_us;
    case PHASE_IDLE: return idle_too_long(c, o, us);
    case PHASE_BODY: return us > grace_us && bytes < (us - grace_us) / 1000000 * o->body_rate + 1;
    case PHASE_WRITE: return us > WRITE_GRACE_US + bytes / o->body_rate * 1000000;
    case PHASE_RUN:
    case PHASE_STREAM: return false;
    }
    return false;
}

void watchdog(void *server)
{
    HttpServer *s = server;
    while (!atomic_load(&s->watch_end)) {
        os_sleep_ms(TICK_MS);
        int64_t now = os_monotonic_us();
        mutex_lock(&s->conn_lock);
        for (Conn *c = s->conns; c != NULL; c = c->next)
            if (!c->killed &&
                (atomic_load(&c->kill) || too_long(c, &s->options, now) || left_for_good(c)))
                end_conn(c);
        mutex_unlock(&s->conn_lock);
        streams_tick(s, now);
    }
}
