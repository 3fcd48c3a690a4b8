// One-time codes (RFC 6238 over RFC 4226) and the picture an app reads them from.
#include "crypto/crypto.h"

#include "os/os.h"

#include <liboath/oath.h>
#include <qrencode.h>

enum { SECRET_BYTES = 20, DIGITS = 6, STEP_MS = 30 * 1000, QUIET_ZONE = 4 };

static void mem_cleanup(char **p)
{
    mem_free(*p); // the library says free(), which is what mem_free is
}

static void qr_cleanup(QRcode **q)
{
    if (*q != NULL)
        QRcode_free(*q);
}

Str totp_secret(Arena *a)
{
    char *p = arena_array(a, char, SECRET_BYTES);
    os_random(p, SECRET_BYTES);
    return (Str){ p, SECRET_BYTES };
}

Str totp_base32(Arena *a, Str secret)
{
    CLEANUP(mem_cleanup) char *text = NULL;
    size_t len = 0;
    check(oath_base32_encode(secret.ptr, secret.len, &text, &len) == OATH_OK);
    // Apps want it without padding.
    while (len > 0 && text[len - 1] == '=')
        len--;
    Str copy = arena_dup(a, (Str){ text, len });
    wipe(text, len);
    return copy;
}

static void code_at(Str secret, int64_t step, char ret[DIGITS + 1])
{
    check(oath_hotp_generate(secret.ptr, secret.len, (uint64_t)step, DIGITS, false,
                             OATH_HOTP_DYNAMIC_TRUNCATION, ret) == OATH_OK);
}

bool totp_check(Str secret, Str code, Instant now, int64_t *ret_step)
{
    static const int NEAR[] = { 0, -1, 1 };
    if (code.len != DIGITS || now.ms < 0)
        return false;
    bool found = false;
    int64_t step = now.ms / STEP_MS;
    // All three are compared, so that the time taken does not tell which one matched.
    for (size_t i = 0; i < ARRAY_LEN(NEAR); i++) {
        char want[DIGITS + 1];
        if (step + NEAR[i] < 0)
            continue;
        code_at(secret, step + NEAR[i], want);
        bool same = bytes_equal(want, code.ptr, DIGITS);
        if (same && !found)
            *ret_step = step + NEAR[i];
        found = found || same;
    }
    return found;
}

Str totp_code(Arena *a, Str secret, Instant now)
{
    check(now.ms >= 0);
    char *to = arena_array(a, char, DIGITS + 1);
    code_at(secret, now.ms / STEP_MS, to);
    return (Str){ to, DIGITS };
}

static void add_percent(Buf *b, Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool plain =
            ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            buf_char(b, c);
        else
            buf_fmt(b, "%%%02X", (unsigned char)c);
    }
}

Str totp_uri(Arena *a, Str secret, Str issuer, Str account)
{
    Buf b = buf_new(a, LIMIT_URL);
    buf_add(&b, S("otpauth://totp/"));
    add_percent(&b, issuer);
    buf_char(&b, ':');
    add_percent(&b, account);
    buf_add(&b, S("?secret="));
    buf_add(&b, totp_base32(a, secret));
    buf_add(&b, S("&issuer="));
    add_percent(&b, issuer);
    buf_add(&b, S("&algorithm=SHA1&digits=6&period=30"));
    return buf_str(&b);
}

// One run of dark modules is one rectangle.
static void add_row(Buf *b, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width;) {
        int start = x;
        while (x < width && (row[x] & 1) != 0)
            x++;
        if (x > start)
            buf_fmt(b, "M%d %dh%dv1H%dz", start + QUIET_ZONE, y + QUIET_ZONE, x - start,
                    start + QUIET_ZONE);
        else
            x++;
    }
}

Str qr_svg(Arena *a, Str text)
{
    enum { SVG_MAX = 512 * 1024 };
    CLEANUP(qr_cleanup)
    QRcode *q =
        text.len > INT32_MAX
            ? NULL
            : QRcode_encodeData((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);
    if (q == NULL)
        return (Str){ 0 };
    int side = q->width + 2 * QUIET_ZONE;
    Buf b = buf_new(a, SVG_MAX);
    buf_fmt(&b,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
            "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
            "<path fill=\"#000\" d=\"",
            side, side, side, side);
    for (int y = 0; y < q->width; y++)
        add_row(&b, q->data + (size_t)y * (size_t)q->width, q->width, y);
    buf_add(&b, S("\"/></svg>"));
    return buf_str(&b);
}
