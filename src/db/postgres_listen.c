// Commits told between servers. A thread of its own sends NOTIFY, many commits in one: NOTIFY
// inside the transactions would make them commit one after the other.
#include "db/postgres.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { AGAIN_MS = 1000, TOGETHER_MS = 5 };

static void wake(PgStore *s)
{
    uint64_t one = 1;
    if (write(s->wake, &one, sizeof(one)) != sizeof(one))
        return; // the counter is full: it is awake
}

void pg_tell(PgStore *s)
{
    if (!atomic_exchange(&s->to_tell, true))
        wake(s);
}

// Waits for one of: the server speaks, somebody wakes us, the time is over.
static void wait_any(PgStore *s, int sock, int ms)
{
    struct pollfd fds[] = { { .fd = s->wake, .events = POLLIN }, { .fd = sock, .events = POLLIN } };
    (void)poll(fds, sock < 0 ? 1 : 2, ms);
    uint64_t count = 0;
    if ((fds[0].revents & POLLIN) != 0 && read(s->wake, &count, sizeof(count)) < 0)
        return;
}

// Has another server committed something?
static bool heard(PgStore *s, PgDb *db)
{
    bool others = false;
    if (PQconsumeInput(db->conn) != 1)
        db->base.broken = true;
    for (PGnotify *n = PQnotifies(db->conn); n != NULL; n = PQnotifies(db->conn)) {
        others = others || strcmp(n->extra, s->self) != 0;
        PQfreemem(n);
    }
    return others;
}

static void send_notify(PgStore *s, PgDb *db)
{
    char text[96];
    Failure f = { 0 };
    (void)snprintf(text, sizeof(text), "SELECT pg_notify('guanxi', '%016llx')", s->number);
    if (!pg_do(db, text, &f))
        db->base.broken = true;
}

static void serve(PgStore *s, PgDb *db)
{
    Failure f = { 0 };
    if (!pg_do(db, "LISTEN guanxi", &f))
        return;
    while (!atomic_load(&s->closing) && !db->base.broken) {
        if (atomic_exchange(&s->to_tell, false)) {
            send_notify(s, db);
            os_sleep_ms(TOGETHER_MS);
        }
        if (heard(s, db))
            store_committed(&s->base);
        if (!atomic_load(&s->to_tell) && !db->base.broken)
            wait_any(s, PQsocket(db->conn), -1);
    }
}

static void listener_main(void *arg)
{
    PgStore *s = arg;
    bool first = true;
    while (!atomic_load(&s->closing)) {
        Arena arena = { 0 };
        Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
        Db *db = NULL;
        if (pg_connect(&cx, &s->base, true, &db) == STATUS_OK) {
            if (!first) // what was told meanwhile is not known
                store_committed(&s->base);
            first = false;
            serve(s, pg_of(db));
            pg_disconnect(db);
        }
        arena_reset(&arena);
        if (!atomic_load(&s->closing))
            wait_any(s, -1, AGAIN_MS);
    }
}

void pg_listen_start(PgStore *s)
{
    s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    check(s->wake >= 0);
    s->listener = thread_start("db-listen", listener_main, s);
}

void pg_listen_stop(PgStore *s)
{
    if (s->listener == NULL)
        return;
    atomic_store(&s->closing, true);
    wake(s);
    thread_join(&s->listener);
    (void)close(s->wake);
}
