// Files read or written in pieces.
#include "os/os_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct File {
    int fd;
    char path[]; // for messages
};

static Status file_open(Ctx *cx, const char *path, int flags, unsigned mode, File **ret)
{
    int fd = open(path, flags | O_CLOEXEC, mode);
    if (fd < 0)
        return OS_FAIL(cx, "open", path);
    // A handle may be passed on between requests, so it belongs to no arena.
    size_t len = strlen(path);
    File *f = mem_alloc(sizeof(File) + len + 1);
    f->fd = fd;
    memcpy(f->path, path, len);
    *ret = f;
    return STATUS_OK;
}

Status file_open_read(Ctx *cx, const char *path, File **ret)
{
    return file_open(cx, path, O_RDONLY, 0, ret);
}

Status file_create(Ctx *cx, const char *path, unsigned mode, File **ret)
{
    return file_open(cx, path, O_RDWR | O_CREAT | O_TRUNC, mode, ret);
}

Status file_read(Ctx *cx, File *f, void *to, size_t max, size_t *ret_n)
{
    ssize_t n = 0;
    do {
        n = read(f->fd, to, max);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        return OS_FAIL(cx, "read", f->path);
    *ret_n = (size_t)n;
    return STATUS_OK;
}

Status file_read_at(Ctx *cx, File *f, int64_t at, void *to, size_t max, size_t *ret_n)
{
    size_t got = 0;
    while (got < max) {
        ssize_t n = pread(f->fd, (char *)to + got, max - got, at + (int64_t)got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return OS_FAIL(cx, "read", f->path);
        if (n == 0)
            break;
        got += (size_t)n;
    }
    *ret_n = got;
    return STATUS_OK;
}

Status file_write(Ctx *cx, File *f, const void *from, size_t n)
{
    return fd_write_all(cx, f->fd, f->path, (Str){ from, n });
}

Status file_seek(Ctx *cx, File *f, int64_t at)
{
    if (lseek(f->fd, at, SEEK_SET) < 0)
        return OS_FAIL(cx, "seek in", f->path);
    return STATUS_OK;
}

int64_t file_size(const File *f)
{
    struct stat st = { 0 };
    return fstat(f->fd, &st) == 0 ? st.st_size : -1;
}

int file_fd(const File *f)
{
    return f->fd;
}

Status file_sync_close(Ctx *cx, File **f)
{
    CLEANUP(file_cleanup) File *own = *f;
    *f = NULL;
    if (fsync(own->fd) != 0 && errno != EINVAL && errno != EROFS)
        return OS_FAIL(cx, "sync", own->path);
    int fd = own->fd;
    own->fd = -1;
    // EINTR leaves the descriptor closed on Linux: closing again could hit somebody else's.
    if (close(fd) != 0 && errno != EINTR)
        return OS_FAIL(cx, "close", own->path);
    return STATUS_OK;
}

void file_cleanup(File **f)
{
    if (*f == NULL)
        return;
    fd_cleanup(&(*f)->fd);
    mem_free(*f);
    *f = NULL;
}
