// Growing array in an arena: VEC(Type) is {ptr, len, cap}. Grown blocks stay in the arena until it
// ends, so a vec costs at most twice its final size.
#ifndef GUANXI_BASE_VEC_H
#define GUANXI_BASE_VEC_H

#include "base/arena.h"

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *ptr;                                                                                    \
        size_t len, cap;                                                                           \
    }

void *vec_grow(Arena *a, void *ptr, size_t len, size_t *cap, size_t size);

// Appends a zeroed element and yields a pointer to it.
#define vec_add(a, v)                                                                              \
    ((v)->ptr = (v)->len < (v)->cap                                                                \
                    ? (v)->ptr                                                                     \
                    : vec_grow((a), (v)->ptr, (v)->len, &(v)->cap, sizeof(*(v)->ptr)),             \
     &(v)->ptr[(v)->len++])

#endif
