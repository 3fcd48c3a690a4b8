// One line is one write(2), so that lines of several threads or processes never mix.
#include "os/os_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_BYTES = 8192, VALUE_BYTES = 2048, TAIL_BYTES = 2 };

static _Atomic int out = STDERR_FILENO;
static _Atomic LogLevel least_level = LOG_INFO;

typedef struct Line {
    char text[LINE_BYTES];
    size_t len;
} Line;

static void line_add(Line *l, Str s)
{
    // Room for the closing brace and the end of line always stays.
    if (s.len > sizeof(l->text) - TAIL_BYTES - l->len)
        return;
    memcpy(l->text + l->len, s.ptr, s.len);
    l->len += s.len;
}

// Characters that end lines, move cursors or turn the reading direction in a terminal: C0, DEL, C1,
// line and paragraph separators, bidirectional controls, byte order mark.
static bool is_unsafe(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x200e && cp <= 0x200f) ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff ||
           cp == 0xfffd;
}

static void line_add_escaped(Line *l, Str s)
{
    size_t room = sizeof(l->text) - TAIL_BYTES - l->len;
    size_t most = room < VALUE_BYTES ? room : VALUE_BYTES;
    size_t start = l->len;
    line_add(l, S("\""));
    for (size_t at = 0; at < s.len;) {
        size_t before = at;
        uint32_t cp = utf8_next(s, &at);
        char tmp[8];
        Str piece = str_sub(s, before, at - before);
        if (cp == '"' || cp == '\\')
            piece = (Str){ tmp, (size_t)snprintf(tmp, sizeof(tmp), "\\%c", (char)cp) };
        else if (is_unsafe(cp))
            piece = (Str){ tmp, (size_t)snprintf(tmp, sizeof(tmp), "\\u%04x", cp) };
        // The value is cut before the line is: what follows must stay readable.
        if (l->len - start + piece.len + sizeof("...\"") > most) {
            line_add(l, S("..."));
            break;
        }
        line_add(l, piece);
    }
    line_add(l, S("\""));
}

static void line_add_field(Line *l, const char *name, const LogValue *value)
{
    // A field that finds no room for name and a short value is left out whole.
    if (sizeof(l->text) - l->len < strlen(name) * 6 + 64)
        return;
    line_add(l, S(","));
    line_add_escaped(l, str_z(name));
    line_add(l, S(":"));
    if (value->is_int) {
        char tmp[24];
        int n = snprintf(tmp, sizeof(tmp), "%lld", (long long)value->num);
        line_add(l, (Str){ tmp, (size_t)n });
    } else {
        line_add_escaped(l, value->text);
    }
}

static void line_start(Line *l, LogLevel level, const char *message)
{
    static const char *const NAMES[] = { "debug", "info", "warn", "error" };
    Clock c = instant_to_clock(os_now());
    char tmp[96];
    int n = snprintf(
        tmp, sizeof(tmp), "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\",\"level\":\"%s\"",
        c.date.year, c.date.month, c.date.day, c.hour, c.minute, c.second, c.ms, NAMES[level]);
    line_add(l, (Str){ tmp, (size_t)n });
    line_add_field(l, "message", &(LogValue){ .text = str_z(message) });
}

static void line_write(Line *l)
{
    memcpy(l->text + l->len, "}\n", TAIL_BYTES);
    l->len += TAIL_BYTES;
    int keep = errno;
    // A log that cannot be written has nobody to tell; the program goes on.
    for (size_t at = 0; at < l->len;) {
        ssize_t n = write(out, l->text + at, l->len - at);
        if (n < 0 && errno != EINTR)
            break;
        at += n > 0 ? (size_t)n : 0;
    }
    errno = keep;
}

void log_fields(LogLevel level, const char *message, const LogField *fields, size_t n)
{
    if (level < least_level)
        return;
    Line l;
    l.len = 0;
    line_start(&l, level, message);
    for (size_t i = 0; i < n; i++)
        line_add_field(&l, fields[i].name, &fields[i].value);
    line_write(&l);
}

void log_level(LogLevel least)
{
    least_level = least;
}

Status log_to_file(Ctx *cx, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return OS_FAIL(cx, "open", path);
    // The old descriptor is replaced in place: a thread writing right now hits one file or the
    // other, never a closed one.
    int now = out;
    if (now == STDERR_FILENO) {
        out = fd;
        return STATUS_OK;
    }
    int err = dup3(fd, now, O_CLOEXEC) < 0 ? errno : 0;
    (void)close(fd);
    return err == 0 ? STATUS_OK : os_fail(cx, err, "use", path, __FILE__, __LINE__);
}

void log_errors(LogLevel level, const char *message, const Ctx *cx)
{
    for (const Err *e = cx->errors; e != NULL; e = e->next) {
        char at[256];
        int n = snprintf(at, sizeof(at), "%s:%d", e->file == NULL ? "?" : e->file, e->line);
        size_t len = (size_t)n < sizeof(at) ? (size_t)n : sizeof(at) - 1;
        LOG(level, message, { "status", LOG_Z(status_name(e->status)) }, { "code", LOG_Z(e->code) },
            { "field", LOG_Z(e->field == NULL ? "" : e->field) }, { "text", LOG_STR(e->message) },
            { "at", LOG_STR(((Str){ at, len })) }, { "request", LOG_STR(cx->request_id) });
    }
}
