/* Private to text/: the C side of phone.cc, in types that both languages know. */
#ifndef GUANXI_TEXT_PHONE_LIB_H
#define GUANXI_TEXT_PHONE_LIB_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { PHONE_LIB_TEXT = 320 };

enum { PHONE_LIB_INVALID, PHONE_LIB_MOBILE, PHONE_LIB_FIXED, PHONE_LIB_OTHER };

/* E.164 with ";ext=" into `out`; returns one of the kinds above. Thread-safe. */
int phone_lib_parse(const char *text, size_t len, const char *region, char out[PHONE_LIB_TEXT],
                    size_t *out_len);
/* The national or international writing; 0 when the text is not a number. */
int phone_lib_format(const char *text, size_t len, const char *region, char out[PHONE_LIB_TEXT],
                     size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
