// The only file that calls malloc.
#include "base/arena.h"

#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { BLOCK_MIN = 16 * 1024, BLOCK_KEEP = 256 * 1024 };

struct ArenaBlock {
    ArenaBlock *prev;
    size_t size;
    _Alignas(max_align_t) char data[];
};

_Noreturn static void out_of_memory(size_t size)
{
    (void)fprintf(stderr, "{\"level\":\"fatal\",\"message\":\"out of memory\",\"bytes\":%zu}\n",
                  size);
    abort();
}

static void block_add(Arena *a, size_t need)
{
    size_t cap = need > BLOCK_MIN ? need : BLOCK_MIN;
    // Big arenas take bigger steps, so that a long job does not hold thousands of small blocks.
    if (cap < BLOCK_KEEP && a->total > (size_t)BLOCK_KEEP)
        cap = BLOCK_KEEP;
    ArenaBlock *block = malloc(sizeof(ArenaBlock) + cap);
    if (block == NULL)
        out_of_memory(cap);
    block->prev = a->head;
    block->size = cap;
    a->head = block;
    a->next = block->data;
    a->end = block->data + cap;
    ASAN_POISON_MEMORY_REGION(block->data, cap);
}

static size_t padding(const Arena *a, size_t align)
{
    return (align - ((uintptr_t)a->next & (align - 1))) & (align - 1);
}

void *arena_alloc(Arena *a, size_t size, size_t align)
{
    size_t need = 0;
    if (__builtin_add_overflow(size, align, &need))
        out_of_memory(size);
    if (a->next == NULL || (size_t)(a->end - a->next) < need)
        block_add(a, need);
    char *p = a->next + padding(a, align);
    a->next = p + size;
    a->total += size;
    ASAN_UNPOISON_MEMORY_REGION(p, size);
    memset(p, 0, size);
    return p;
}

void *arena_alloc_n(Arena *a, size_t n, size_t size, size_t align)
{
    size_t all = 0;
    if (__builtin_mul_overflow(n, size, &all))
        out_of_memory(n);
    return arena_alloc(a, all, align);
}

static void blocks_free(ArenaBlock *b)
{
    while (b != NULL) {
        ArenaBlock *prev = b->prev;
        ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
        free(b);
        b = prev;
    }
}

void arena_reset(Arena *a)
{
    blocks_free(a->head);
    *a = (Arena){ 0 };
}

void arena_clear(Arena *a)
{
    ArenaBlock *keep = a->head;
    if (keep == NULL || keep->size > BLOCK_KEEP) {
        arena_reset(a);
        return;
    }
    blocks_free(keep->prev);
    keep->prev = NULL;
    *a = (Arena){ .head = keep, .next = keep->data, .end = keep->data + keep->size };
    ASAN_POISON_MEMORY_REGION(keep->data, keep->size);
}

void arena_cleanup(Arena *a)
{
    arena_reset(a);
}

Str arena_dup(Arena *a, Str s)
{
    char *p = arena_array(a, char, s.len + 1);
    if (s.len > 0)
        memcpy(p, s.ptr, s.len);
    return (Str){ p, s.len };
}

char *arena_cstr(Arena *a, Str s)
{
    char *p = arena_array(a, char, s.len + 1);
    if (s.len > 0)
        memcpy(p, s.ptr, s.len);
    return p;
}

Str arena_vfmt(Arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    check(n >= 0);
    char *p = arena_array(a, char, (size_t)n + 1);
    (void)vsnprintf(p, (size_t)n + 1, fmt, ap);
    return (Str){ p, (size_t)n };
}

Str arena_fmt(Arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    Str s = arena_vfmt(a, fmt, ap);
    va_end(ap);
    return s;
}

void *mem_alloc(size_t size)
{
    void *p = calloc(1, size == 0 ? 1 : size);
    if (p == NULL)
        out_of_memory(size);
    return p;
}

void *mem_grow(void *p, size_t size)
{
    void *q = realloc(p, size == 0 ? 1 : size);
    if (q == NULL)
        out_of_memory(size);
    return q;
}

void mem_free(void *p)
{
    free(p);
}
