// The operating system behind our names: clock, chance, files, threads, log. The only layer that
// sees errno, and the only user of time(), getrandom(), open() and pthread_*.
#ifndef GUANXI_OS_OS_H
#define GUANXI_OS_OS_H

#include "base/base.h"

#include <pthread.h>

// --- clock.c
Instant os_now(void);          // wall clock
int64_t os_monotonic_us(void); // for durations and deadlines only
void os_sleep_ms(int64_t ms);

// --- random.c: getrandom(2); ends the process when the kernel cannot give any.
void os_random(void *to, size_t len);
uint64_t os_random_u64(void);
// n random bytes as URL-safe text without padding (RFC 4648 section 5): 16 bytes give 22 letters.
Str os_random_text(Arena *a, size_t nbytes);

// --- file.c. Paths are plain NUL-terminated strings. Failures say path and reason.
typedef struct File File;
Status os_read_file(Ctx *cx, const char *path, size_t max, Str *ret) MUST_USE;
// Whole new content by temporary file, fsync, rename, fsync of the folder; mode as given (0600).
Status os_write_file(Ctx *cx, const char *path, Str content, unsigned mode) MUST_USE;
Status os_make_dir(Ctx *cx, const char *path, unsigned mode) MUST_USE; // fine when it exists
bool os_exists(const char *path);
// The path from the root, made with the working directory; need not exist, links are not followed.
Str os_absolute(Arena *a, const char *path);
Status os_remove(Ctx *cx, const char *path) MUST_USE;      // NOT_FOUND when it is not there
Status os_remove_tree(Ctx *cx, const char *path) MUST_USE; // fine when it is not there
Status os_rename(Ctx *cx, const char *from, const char *to) MUST_USE; // with fsync of the folder
Status os_file_mode(Ctx *cx, const char *path, unsigned *ret_mode, int64_t *ret_size) MUST_USE;
bool os_is_own_file(const char *path); // a plain file that belongs to the user who runs us
// Names in a folder, sorted, without . and ..
typedef struct Names {
    Str *ptr;
    size_t len;
} Names;
Status os_list_dir(Ctx *cx, Arena *a, const char *path, Names *ret) MUST_USE;
// Exclusive lock for the life of the process; CONFLICT when another process holds it.
Status os_lock_file(Ctx *cx, const char *path, int *ret_fd) MUST_USE;
// False on NFS and the like, where SQLite's WAL is not safe.
bool os_is_local_disk(const char *path);
int64_t os_disk_free(const char *path); // bytes, -1 when unknown
int64_t os_resident_bytes(void);

// Streams: a file read or written in pieces.
Status file_open_read(Ctx *cx, const char *path, File **ret) MUST_USE;
Status file_create(Ctx *cx, const char *path, unsigned mode, File **ret) MUST_USE; // truncates
Status file_read(Ctx *cx, File *f, void *to, size_t max, size_t *ret_n) MUST_USE;  // 0 at the end
Status file_read_at(Ctx *cx, File *f, int64_t at, void *to, size_t max, size_t *ret_n) MUST_USE;
Status file_write(Ctx *cx, File *f, const void *from, size_t n) MUST_USE;
Status file_seek(Ctx *cx, File *f, int64_t at) MUST_USE;
int64_t file_size(const File *f);
int file_fd(const File *f);
Status file_sync_close(Ctx *cx, File **f) MUST_USE; // fsync, close, report both
void file_cleanup(File **f);                        // for CLEANUP(); closes without a word

// --- thread.c
typedef struct Thread Thread;
typedef void (*ThreadFn)(void *arg);
Thread *thread_start(const char *name, ThreadFn fn, void *arg); // signals blocked in the thread
void thread_join(Thread **t);
typedef pthread_mutex_t Mutex;
typedef pthread_cond_t Cond; // made on the monotonic clock
void mutex_init(Mutex *m);
void mutex_lock(Mutex *m);
void mutex_unlock(Mutex *m);
void mutex_done(Mutex *m);
void cond_init(Cond *c);
void cond_wait(Cond *c, Mutex *m);
// False when the time ran out.
bool cond_wait_ms(Cond *c, Mutex *m, int64_t ms);
void cond_signal(Cond *c);
void cond_broadcast(Cond *c);
void cond_done(Cond *c);

// --- log.c: one JSON object a line on stderr (or a file). Values are escaped; callers never pass
// personal values:
//   LOG(LOG_INFO, "ready", { "port", LOG_INT(8080) }, { "db", LOG_Z("sqlite") });
typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;
typedef struct LogValue {
    bool is_int;
    int64_t num;
    Str text;
} LogValue;
typedef struct LogField {
    const char *name;
    LogValue value;
} LogField;
#define LOG_INT(n) ((LogValue){ .is_int = true, .num = (n) })
#define LOG_Z(z)   ((LogValue){ .text = str_z(z) })
#define LOG_STR(s) ((LogValue){ .text = (s) })
#define LOG(level, message, ...)                                                                   \
    log_fields((level), (message), (LogField[]){ __VA_ARGS__ },                                    \
               sizeof((LogField[]){ __VA_ARGS__ }) / sizeof(LogField))
void log_fields(LogLevel level, const char *message, const LogField *fields, size_t n);
void log_level(LogLevel least);
Status log_to_file(Ctx *cx, const char *path) MUST_USE;
// The context's errors as one line each (code, field, message, file:line), newest first.
void log_errors(LogLevel level, const char *message, const Ctx *cx);

// --- signal.c: SIGPIPE and SIGXFSZ ignored; SIGTERM and SIGINT end os_wait_stop().
void os_signals_init(void); // before any thread is started
void os_wait_stop(void);    // returns at the first SIGTERM, SIGINT or os_stop()
void os_stop(void);         // from any thread

// --- process.c
// Runs fn in a forked child with limits (address space, CPU seconds, no core), for parsers of
// hostile files. The child's answer is what it writes to `out_fd`; it gets no other descriptors
// but in_fd and out_fd. Call before or after threads exist: the child only computes, reads in_fd,
// writes out_fd. *ret_fd is the parent's reading end; *ret_pid to wait for.
typedef struct ChildLimits {
    int64_t address_bytes; // on top of what the process has when it forks; 0 is no limit
    int64_t cpu_seconds;   // 0 is no limit
} ChildLimits;
// in_fd is -1 when there is none. The exit code is 0 to 124. The child is killed when the thread
// that started it ends, so that thread must wait for it.
typedef int (*ChildFn)(int in_fd, int out_fd, void *arg);
Status os_child_start(Ctx *cx, ChildLimits limits, int in_fd, ChildFn fn, void *arg, int *ret_fd,
                      int *ret_pid) MUST_USE;
// Exit code, or INVALID with "limits" when a limit or signal ended it.
Status os_child_wait(Ctx *cx, int pid, int *ret_code) MUST_USE;

#endif
