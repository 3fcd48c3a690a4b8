// errno turned into a Status, for the files of this folder only.
#ifndef GUANXI_OS_OS_FAIL_H
#define GUANXI_OS_OS_FAIL_H

#include "os/os.h"

// The sanitizers need terabytes of address space and have their own heap.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OS_SANITIZED 1
#endif

// Records what went wrong: "cannot <verb> <path>: <reason>". A missing file is NOT_FOUND, a full
// disk FULL, a missing right UNAVAILABLE, everything else INTERNAL.
Status os_fail(Ctx *cx, int err, const char *verb, const char *path, const char *file, int line);
#define OS_FAIL(cx, verb, path) os_fail((cx), errno, (verb), (path), __FILE__, __LINE__)

void fd_cleanup(int *fd); // for CLEANUP(); -1 is none
Status fd_write_all(Ctx *cx, int fd, const char *path, Str content) MUST_USE;

int64_t os_address_bytes(void); // virtual size of the process, -1 when unknown

#endif
