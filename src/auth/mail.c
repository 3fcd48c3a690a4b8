// Mails as files in the outbox folder, until a mail server is set up to take them.
#include "auth/auth_internal.h"

#include <inttypes.h>

// One line of a header: what could start another one is gone, other scripts as RFC 2047 says.
static void header(Buf *b, const char *name, Str value)
{
    bool ascii = true;
    Buf clean = buf_new(b->arena, 4096);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        ascii &= c < 0x80;
        buf_char(&clean, c < 0x20 || c == 0x7f ? ' ' : (char)c);
    }
    buf_fmt(b, "%s: ", name);
    if (ascii) {
        buf_add(b, buf_str(&clean));
    } else {
        // The Q form needs no table: every byte that is not a plain letter as =XX.
        buf_add(b, S("=?UTF-8?Q?"));
        for (size_t i = 0; i < clean.len; i++) {
            char c = clean.ptr[i];
            if (ascii_is_alpha(c) || ascii_is_digit(c))
                buf_char(b, c);
            else
                buf_fmt(b, "=%02X", (unsigned)(unsigned char)c);
        }
        buf_add(b, S("?="));
    }
    buf_add(b, S("\r\n"));
}

static void date(Buf *b, Instant now)
{
    static const char *const DAYS[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    Clock c = instant_to_clock(now);
    buf_fmt(b, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n",
            DAYS[day_weekday(day_from_date(c.date))], c.date.day, MONTHS[c.date.month - 1],
            c.date.year, c.hour, c.minute, c.second);
}

Status mail_put(Ctx *cx, const Auth *a, Str to, Str subject, Str text)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    bool void_mail = to.len == 0;
    header(&b, "To", void_mail ? S("nobody@invalid") : to);
    header(&b, "Subject", subject);
    date(&b, cx->now);
    buf_add(&b, S("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: 8bit\r\n\r\n"));
    buf_add(&b, text);
    TRY(os_make_dir(cx, a->outbox.ptr, 0700));
    // Nobody's mail is written too, always over the last one: the answer takes the same time.
    Str path =
        void_mail ? arena_fmt(cx->arena, STR_FMT "/.nobody", STR_ARG(a->outbox))
                  : arena_fmt(cx->arena, STR_FMT "/%" PRId64 "-" STR_FMT ".eml", STR_ARG(a->outbox),
                              cx->now.ms, STR_ARG(os_random_text(cx->arena, 9)));
    return os_write_file(cx, path.ptr, buf_str(&b), 0600);
}
