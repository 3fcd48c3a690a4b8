#ifndef GUANXI_FILE_FILE_INTERNAL_H
#define GUANXI_FILE_FILE_INTERNAL_H

#include "file/file.h"

// Content type for the allow list of `kind` ("picture", "attachment"); INVALID "file.type".
Status file_type_of(Ctx *cx, Str name, Str head, const char *kind, Str *ret) MUST_USE;

#endif
