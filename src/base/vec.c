#include "base/vec.h"

void *vec_grow(Arena *a, void *ptr, size_t len, size_t *cap, size_t size)
{
    size_t more = *cap == 0 ? 8 : *cap * 2;
    void *p = arena_alloc_n(a, more, size, _Alignof(max_align_t));
    if (len > 0)
        memcpy(p, ptr, len * size);
    *cap = more;
    return p;
}
