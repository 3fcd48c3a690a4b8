#include "db/cache.h"

static bool fits(const CacheEntry *e, const Sql *q)
{
    if (e->nkinds != q->nparams)
        return false;
    for (size_t i = 0; i < q->nparams; i++)
        if (e->kinds[i] != PARAM_NULL && q->params[i].kind != PARAM_NULL &&
            e->kinds[i] != q->params[i].kind)
            return false;
    return true;
}

static void unlink_entry(Cache *c, CacheEntry *e)
{
    *(e->older == NULL ? &c->oldest : &e->older->newer) = e->newer;
    *(e->newer == NULL ? &c->newest : &e->newer->older) = e->older;
}

static void link_newest(Cache *c, CacheEntry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest == NULL ? &c->oldest : &c->newest->newer) = e;
    c->newest = e;
}

static void remove_entry(Cache *c, CacheEntry *e)
{
    CacheEntry **at = &c->slots[e->hash % CACHE_SLOTS];
    while (*at != e)
        at = &(*at)->chain;
    *at = e->chain;
    unlink_entry(c, e);
    c->len--;
    c->drop(c->db, e);
    mem_free(e);
}

CacheEntry *cache_find(Cache *c, const Sql *q, bool by_kinds)
{
    Str text = buf_str(&q->text);
    uint64_t hash = map_hash(text);
    CacheEntry *e = c->slots[hash % CACHE_SLOTS];
    while (e != NULL && !(e->hash == hash && str_eq(e->text, text) && (!by_kinds || fits(e, q))))
        e = e->chain;
    if (e != NULL && e != c->newest) {
        unlink_entry(c, e);
        link_newest(c, e);
    }
    return e;
}

static void make_room(Cache *c)
{
    CacheEntry *e = c->oldest;
    while (c->len >= CACHE_MOST && e != NULL) {
        CacheEntry *newer = e->newer;
        if (!e->busy)
            remove_entry(c, e);
        e = newer;
    }
}

CacheEntry *cache_add(Cache *c, const Sql *q, bool by_kinds)
{
    make_room(c);
    Str text = buf_str(&q->text);
    size_t nkinds = by_kinds ? q->nparams : 0;
    // One block: the entry, the text and the kinds live and die together.
    CacheEntry *e = mem_alloc(sizeof(CacheEntry) + text.len + nkinds);
    char *copy = (char *)(e + 1);
    memcpy(copy, text.ptr, text.len);
    *e = (CacheEntry){ .hash = map_hash(text),
                       .text = { copy, text.len },
                       .kinds = (uint8_t *)copy + text.len,
                       .nkinds = nkinds };
    for (size_t i = 0; i < nkinds; i++)
        e->kinds[i] = (uint8_t)q->params[i].kind;
    e->chain = c->slots[e->hash % CACHE_SLOTS];
    c->slots[e->hash % CACHE_SLOTS] = e;
    link_newest(c, e);
    c->len++;
    return e;
}

void cache_clear(Cache *c)
{
    while (c->oldest != NULL)
        remove_entry(c, c->oldest);
}
