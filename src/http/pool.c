// Worker threads with a bounded queue. Two of them: short requests never wait behind long ones.
#include "http/http_int.h"

static Exchange *take(Pool *p)
{
    mutex_lock(&p->lock);
    while (p->head == NULL && !p->stopping)
        cond_wait(&p->wake, &p->lock);
    Exchange *ex = p->head;
    if (ex != NULL) {
        p->head = ex->next;
        if (p->head == NULL)
            p->tail = NULL;
        ex->next = NULL;
        p->queued--;
        p->running++;
    }
    mutex_unlock(&p->lock);
    return ex;
}

static void work(Exchange *ex, Arena *scratch)
{
    ex->cx.scratch = scratch;
    // When the time of http_stop is over, what still waits is sent away.
    if (atomic_load(&ex->server->over) && ex->reply.kind == REPLY_NONE)
        reply_error(ex, FAIL(&ex->cx, UNAVAILABLE, "stopping", NULL, "the server is stopping"),
                    false);
    run_guard(ex);
    if (ex->stage == STAGE_RUN)
        run_handler(ex);
    if (ex->stage == STAGE_RUN || ex->reply.kind != REPLY_NONE)
        run_finish(ex);
    ex->cx.scratch = &ex->arena;
}

static void worker(void *arg)
{
    Pool *p = arg;
    CLEANUP(arena_cleanup) Arena scratch = { 0 };
    for (Exchange *ex = take(p); ex != NULL; ex = take(p)) {
        work(ex, &scratch);
        arena_clear(&scratch);
        exchange_done(ex); // from here on it is the connection's
        mutex_lock(&p->lock);
        p->running--;
        mutex_unlock(&p->lock);
    }
}

void pool_start(Pool *p, HttpServer *s, const char *name, int threads, int max)
{
    p->server = s;
    p->max = max;
    mutex_init(&p->lock);
    cond_init(&p->wake);
    for (int i = 0; i < threads && p->nthreads < ARRAY_LEN(p->threads); i++)
        p->threads[p->nthreads++] = thread_start(name, worker, p);
}

bool pool_put(Pool *p, Exchange *ex)
{
    mutex_lock(&p->lock);
    bool fits = !p->closed && p->queued < p->max;
    if (fits) {
        *(p->tail == NULL ? &p->head : &p->tail->next) = ex;
        p->tail = ex;
        p->queued++;
        cond_signal(&p->wake);
    }
    mutex_unlock(&p->lock);
    return fits;
}

void workers_close(Pool *p)
{
    mutex_lock(&p->lock);
    p->closed = true;
    mutex_unlock(&p->lock);
}

int pool_pending(Pool *p)
{
    mutex_lock(&p->lock);
    int n = p->queued + p->running;
    mutex_unlock(&p->lock);
    return n;
}

void pool_stop(Pool *p)
{
    mutex_lock(&p->lock);
    p->closed = true;
    p->stopping = true;
    cond_broadcast(&p->wake);
    mutex_unlock(&p->lock);
    for (size_t i = 0; i < p->nthreads; i++)
        thread_join(&p->threads[i]);
    cond_done(&p->wake);
    mutex_done(&p->lock);
}
