// Folders: listing and removing.
#include "os/os_fail.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

// Deeper trees are not ours; the limit keeps the recursion and the open descriptors bounded.
enum { MAX_DEPTH = 32 };

static void dir_cleanup(DIR **d)
{
    if (*d != NULL)
        (void)closedir(*d);
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

Status os_list_dir(Ctx *cx, Arena *a, const char *path, Names *ret)
{
    CLEANUP(dir_cleanup) DIR *d = opendir(path);
    if (d == NULL)
        return OS_FAIL(cx, "list", path);
    VEC(Str) names = { 0 };
    errno = 0;
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        if (!is_dots(e->d_name))
            *vec_add(a, &names) = arena_dup(a, str_z(e->d_name));
        errno = 0;
    }
    if (errno != 0)
        return OS_FAIL(cx, "list", path);
    if (names.len > 1)
        qsort(names.ptr, names.len, sizeof(Str), by_name);
    *ret = (Names){ .ptr = names.ptr, .len = names.len };
    return STATUS_OK;
}

// Works by descriptors and never follows links, so that a link planted in the tree cannot lead the
// removal out of it. Returns 0 or an errno.
static int remove_children(int parent, const char *name, int depth)
{
    if (depth > MAX_DEPTH)
        return ELOOP;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno;
    CLEANUP(dir_cleanup) DIR *d = fdopendir(fd);
    if (d == NULL) {
        int err = errno;
        (void)close(fd);
        return err;
    }
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        if (is_dots(e->d_name) || unlinkat(fd, e->d_name, 0) == 0)
            continue;
        int err = errno;
        // Linux says EISDIR, POSIX EPERM.
        if (err == EISDIR || err == EPERM)
            err = remove_children(fd, e->d_name, depth + 1);
        if (err == 0 && unlinkat(fd, e->d_name, AT_REMOVEDIR) != 0)
            err = errno;
        if (err != 0 && err != ENOENT)
            return err;
    }
    return 0;
}

Status os_remove_tree(Ctx *cx, const char *path)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return STATUS_OK;
    int err = errno;
    if (err == EISDIR || err == EPERM)
        err = remove_children(AT_FDCWD, path, 0);
    if (err == 0 && rmdir(path) != 0)
        err = errno;
    if (err != 0 && err != ENOENT)
        return os_fail(cx, err, "remove", path, __FILE__, __LINE__);
    return STATUS_OK;
}

Str os_absolute(Arena *a, const char *path)
{
    char cwd[PATH_MAX];
    if (path[0] == '/' || getcwd(cwd, sizeof(cwd)) == NULL)
        return arena_dup(a, str_z(path));
    if (path[0] == '.' && path[1] == '/')
        path += 2;
    return arena_fmt(a, "%s/%s", cwd, path);
}
