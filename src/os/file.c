// Whole files, folders and locks. Every descriptor is opened close-on-exec.
#include "os/os_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

Status os_fail(Ctx *cx, int err, const char *verb, const char *path, const char *file, int line)
{
    Status status = STATUS_INTERNAL;
    const char *code = "file";
    if (err == ENOENT || err == ENOTDIR) {
        status = STATUS_NOT_FOUND;
        code = "file.missing";
    } else if (err == ENOSPC || err == EDQUOT || err == EFBIG) {
        status = STATUS_FULL;
        code = "disk.full";
    } else if (err == EACCES || err == EPERM || err == EROFS) {
        status = STATUS_UNAVAILABLE;
        code = "file.denied";
    }
    const char *reason = strerrordesc_np(err);
    return ctx_fail(cx, status, code, NULL, file, line, "cannot %s %s: %s", verb, path,
                    reason == NULL ? "unknown reason" : reason);
}

void fd_cleanup(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

Status fd_write_all(Ctx *cx, int fd, const char *path, Str content)
{
    while (content.len > 0) {
        ssize_t n = write(fd, content.ptr, content.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return OS_FAIL(cx, "write", path);
        content = str_sub(content, (size_t)n, content.len);
    }
    return STATUS_OK;
}

// The folder a path lies in; "." for a bare name.
static const char *folder_of(Arena *a, const char *path)
{
    Str s = str_z(path);
    while (s.len > 1 && s.ptr[s.len - 1] == '/')
        s.len--;
    while (s.len > 0 && s.ptr[s.len - 1] != '/')
        s.len--;
    while (s.len > 1 && s.ptr[s.len - 1] == '/')
        s.len--;
    return s.len == 0 ? "." : arena_cstr(a, s);
}

// A rename or a new name is durable only when its folder is.
static Status sync_folder(Ctx *cx, const char *path)
{
    const char *folder = folder_of(cx->arena, path);
    CLEANUP(fd_cleanup) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return OS_FAIL(cx, "open", folder);
    // Some file systems cannot sync folders and say so; they have nothing to be synced.
    if (fsync(fd) != 0 && errno != EINVAL)
        return OS_FAIL(cx, "sync", folder);
    return STATUS_OK;
}

Status os_read_file(Ctx *cx, const char *path, size_t max, Str *ret)
{
    enum { STEP = 4096 };
    check(max < SIZE_MAX / 4);
    CLEANUP(fd_cleanup) int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st = { 0 };
    if (fd < 0 || fstat(fd, &st) != 0)
        return OS_FAIL(cx, "open", path);
    // One byte more than allowed tells too much from just enough. The size is only a hint: files
    // under /proc say 0.
    Buf b = buf_new(cx->arena, max + 1);
    size_t step = st.st_size > 0 && (size_t)st.st_size <= max ? (size_t)st.st_size + 1 : STEP;
    while (b.len <= max) {
        size_t room = step < b.max - b.len ? step : b.max - b.len;
        ssize_t n = read(fd, buf_reserve(&b, room), room);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return OS_FAIL(cx, "read", path);
        if (n == 0) {
            b.ptr[b.len] = '\0';
            *ret = buf_str(&b);
            return STATUS_OK;
        }
        b.len += (size_t)n;
    }
    return FAIL(cx, TOO_LARGE, "file.large", NULL, "%s is larger than %zu bytes", path, max);
}

static Status write_new(Ctx *cx, const char *path, Str content, unsigned mode)
{
    CLEANUP(fd_cleanup)
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return OS_FAIL(cx, "create", path);
    // Not by open(): the umask may take bits away, and the caller means what he says.
    if (fchmod(fd, mode) != 0)
        return OS_FAIL(cx, "set the mode of", path);
    TRY(fd_write_all(cx, fd, path, content));
    if (fsync(fd) != 0)
        return OS_FAIL(cx, "sync", path);
    return STATUS_OK;
}

Status os_write_file(Ctx *cx, const char *path, Str content, unsigned mode)
{
    Str unique = os_random_text(cx->arena, 6);
    const char *tmp = arena_fmt(cx->arena, "%s.tmp-" STR_FMT, path, STR_ARG(unique)).ptr;
    Status status = write_new(cx, tmp, content, mode);
    if (status == STATUS_OK && rename(tmp, path) != 0)
        status = OS_FAIL(cx, "replace", path);
    if (status != STATUS_OK) {
        (void)unlink(tmp);
        return status;
    }
    return sync_folder(cx, path);
}

Status os_make_dir(Ctx *cx, const char *path, unsigned mode)
{
    if (mkdir(path, mode) == 0)
        return sync_folder(cx, path);
    int err = errno;
    struct stat st = { 0 };
    if (err == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return STATUS_OK;
    return os_fail(cx, err, "make the folder", path, __FILE__, __LINE__);
}

bool os_exists(const char *path)
{
    return faccessat(AT_FDCWD, path, F_OK, AT_EACCESS) == 0;
}

Status os_remove(Ctx *cx, const char *path)
{
    // remove() also takes empty folders.
    if (remove(path) != 0)
        return OS_FAIL(cx, "remove", path);
    return STATUS_OK;
}

Status os_rename(Ctx *cx, const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return OS_FAIL(cx, "rename", from);
    TRY(sync_folder(cx, to));
    if (strcmp(folder_of(cx->arena, from), folder_of(cx->arena, to)) != 0)
        TRY(sync_folder(cx, from));
    return STATUS_OK;
}

Status os_file_mode(Ctx *cx, const char *path, unsigned *ret_mode, int64_t *ret_size)
{
    struct stat st = { 0 };
    if (stat(path, &st) != 0)
        return OS_FAIL(cx, "look at", path);
    *ret_mode = st.st_mode & 07777;
    *ret_size = st.st_size;
    return STATUS_OK;
}

bool os_is_own_file(const char *path)
{
    struct stat st = { 0 };
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid();
}

Status os_lock_file(Ctx *cx, const char *path, int *ret_fd)
{
    CLEANUP(fd_cleanup) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return OS_FAIL(cx, "open", path);
    // flock() and not fcntl(): those locks vanish when anybody in the process closes the file.
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return FAIL(cx, CONFLICT, "file.locked", NULL, "%s is in use by another process", path);
        if (errno != EINTR)
            return OS_FAIL(cx, "lock", path);
    }
    *ret_fd = fd;
    fd = -1;
    return STATUS_OK;
}
