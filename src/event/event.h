// What happens after a commit: a thread reads the change feed and hands it to consumers (exactly
// once, in order, position kept in table feed_position), and events go to browsers by server-sent
// events.
#ifndef GUANXI_EVENT_EVENT_H
#define GUANXI_EVENT_EVENT_H

#include "change/change.h"
#include "http/http.h"

typedef struct Events Events;

typedef struct Consumer {
    const char *name; // its position's key; "" for one that needs no memory (starts at the end)
    Status (*feed)(Ctx *cx, void *app, const FeedRow *rows, size_t n);
} Consumer;

typedef struct ConsumerTable {
    const Consumer *defs;
    size_t n;
} ConsumerTable;

Status events_start(Ctx *cx, Store *s, void *app, const ConsumerTable *tables, size_t n,
                    void (*prepare)(Ctx *cx, void *app), Events **ret) MUST_USE;
void events_stop(Events **e);
// Waits until all consumers have seen everything committed so far; for tests.
Status events_settle(Ctx *cx, Events *e, int64_t limit_ms) MUST_USE;

// Hands the connection of a ROUTE_STREAM request over as a stream of this user.
Status events_subscribe(Req *rq, Events *e, Id user) MUST_USE;
// To every stream of a user (0: to all). data is JSON.
void events_send(Events *e, Id user, const char *event, Str data);
// Ends the streams of a user (signed out, disabled).
void events_end(Events *e, Id user);

#endif
