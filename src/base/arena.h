// Memory with one lifetime: request, job, row of a stream. Never returns NULL (out of memory ends
// the process after one log line; all input is bounded first); there is no free.
#ifndef GUANXI_BASE_ARENA_H
#define GUANXI_BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *head;
    char *next, *end;
    size_t total; // bytes handed out since the last reset
} Arena;

// Zeroed. Lives until arena_reset or arena_clear.
void *arena_alloc(Arena *a, size_t size, size_t align)
    __attribute__((malloc, alloc_size(2), returns_nonnull));
// Gives everything back to the system.
void arena_reset(Arena *a);
// Forgets everything but keeps one warm block, for loops over rows or requests.
void arena_clear(Arena *a);
void arena_cleanup(Arena *a); // for CLEANUP()

Str arena_dup(Arena *a, Str s);    // the copy is NUL-terminated behind its length
char *arena_cstr(Arena *a, Str s); // NUL-terminated copy for libc and libraries
Str arena_fmt(Arena *a, const char *fmt, ...) PRINTF(2, 3);
Str arena_vfmt(Arena *a, const char *fmt, va_list ap) PRINTF(2, 0);

// Multiplies with overflow check; for arrays whose length comes from outside.
void *arena_alloc_n(Arena *a, size_t n, size_t size, size_t align) __attribute__((returns_nonnull));

#define arena_new(a, T)      ((T *)arena_alloc((a), sizeof(T), _Alignof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc_n((a), (n), sizeof(T), _Alignof(T)))

// For the few structures that outlive any arena (queues, caches, connections). Same rule: never
// NULL. This header and arena.c are the only users of malloc.
void *mem_alloc(size_t size) __attribute__((malloc, returns_nonnull)); // zeroed
void *mem_grow(void *p, size_t size) __attribute__((returns_nonnull));
void mem_free(void *p);

#endif
