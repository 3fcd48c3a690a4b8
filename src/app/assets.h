// The files of the page, built into the binary by web/scripts/embed.mjs. Sorted by path.
#ifndef GUANXI_APP_ASSETS_H
#define GUANXI_APP_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

// One file. `gz` and `br` are NULL when packing does not pay. `etag` has its quotes. `immutable`:
// the name carries a hash of the content, so it may be cached for ever.
typedef struct Asset {
    const char *path, *type, *etag;
    const unsigned char *plain;
    size_t plain_len;
    const unsigned char *gz;
    size_t gz_len;
    const unsigned char *br;
    size_t br_len;
    bool immutable;
} Asset;

extern const Asset GUANXI_ASSETS[];
extern const size_t GUANXI_ASSETS_LEN;

#endif
