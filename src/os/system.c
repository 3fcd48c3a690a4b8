// What the system has: disks and memory.
#include "os/os_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

bool os_is_local_disk(const char *path)
{
    // Network and cluster file systems: locks or shared memory do not reach every user of the file.
    // FUSE is among them, because sshfs and object stores come through it.
    static const unsigned REMOTE[] = {
        NFS_SUPER_MAGIC,         SMB_SUPER_MAGIC,
        0xff534d42 /* CIFS */,   0xfe534d42 /* SMB 2 */,
        AFS_SUPER_MAGIC,         CODA_SUPER_MAGIC,
        NCP_SUPER_MAGIC,         V9FS_MAGIC,
        0x65735546 /* FUSE */,   0x00c36400 /* Ceph */,
        0x0bd00bd0 /* Lustre */, 0x01161970 /* GFS2 */,
        0x7461636f /* OCFS2 */,  0x47504653 /* GPFS */,
    };
    struct statfs st = { 0 };
    if (statfs(path, &st) != 0)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(REMOTE); i++)
        if ((unsigned)st.f_type == REMOTE[i])
            return false;
    return true;
}

int64_t os_disk_free(const char *path)
{
    struct statvfs st = { 0 };
    if (statvfs(path, &st) != 0)
        return -1;
    int64_t bytes = 0;
    if (__builtin_mul_overflow(st.f_bavail, st.f_frsize, &bytes))
        return INT64_MAX;
    return bytes;
}

// Field of /proc/self/statm, in pages: 0 is the address space, 1 what is resident.
static int64_t statm_bytes(int field)
{
    char text[128];
    CLEANUP(fd_cleanup) int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text));
    if (n <= 0)
        return -1;
    Str rest = { text, (size_t)n };
    Str word = { 0 };
    for (int i = 0; i <= field; i++)
        word = str_split(&rest, ' ');
    int64_t pages = 0;
    return str_int(word, &pages) ? pages * sysconf(_SC_PAGESIZE) : -1;
}

int64_t os_resident_bytes(void)
{
    return statm_bytes(1);
}

int64_t os_address_bytes(void)
{
    return statm_bytes(0);
}
