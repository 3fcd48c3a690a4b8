// Addresses as RFC 5321 has them on the wire. What RFC 5322 only keeps for old messages (comments,
// folding, control characters, parts quoted piecewise) is refused: nobody can send mail to it.
#include "text/text.h"

// lint: socket: inet_pton only reads a text here, nothing is connected
#include <arpa/inet.h>

enum { LOCAL_MAX = 64, LABEL_MAX = 63, DOMAIN_MAX = 253 };

static bool is_atext(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) ||
           (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

// Length of the local part at the start, 0 when there is none.
static size_t dot_atom(Str s)
{
    size_t i = 0;
    bool dot = true; // none at the start
    for (; i < s.len && s.ptr[i] != '@'; i++) {
        if (s.ptr[i] == '.' ? dot : !is_atext(s.ptr[i]))
            return 0;
        dot = s.ptr[i] == '.';
    }
    return dot ? 0 : i;
}

static size_t quoted(Str s)
{
    for (size_t i = 1; i < s.len; i++) {
        if (s.ptr[i] == '"')
            return i + 1;
        if (s.ptr[i] == '\\')
            i++;
        if (i >= s.len || s.ptr[i] < 0x20 || s.ptr[i] > 0x7e)
            return 0;
    }
    return 0;
}

static bool is_domain(Str s)
{
    if (s.len == 0 || s.len > DOMAIN_MAX || s.ptr[s.len - 1] == '.')
        return false;
    Str rest = s;
    bool numeric = false;
    while (rest.ptr != NULL) {
        Str label = str_split(&rest, '.');
        if (label.len == 0 || label.len > LABEL_MAX || label.ptr[0] == '-' ||
            label.ptr[label.len - 1] == '-')
            return false;
        numeric = true;
        for (size_t i = 0; i < label.len; i++) {
            char c = label.ptr[i];
            if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-')
                return false;
            numeric = numeric && ascii_is_digit(c);
        }
    }
    // There is no numeric top-level domain; "1.2.3.4" without brackets is an address, not a name.
    return !numeric;
}

// "[192.0.2.1]", "[IPv6:2001:db8::1]"
static bool is_literal(Str s)
{
    if (s.len < 3 || s.ptr[s.len - 1] != ']')
        return false;
    Str in = { s.ptr + 1, s.len - 2 };
    bool six = in.len > 5 && str_ieq(str_sub(in, 0, 5), S("IPv6:"));
    if (six)
        in = (Str){ in.ptr + 5, in.len - 5 };
    char z[INET6_ADDRSTRLEN + 1] = { 0 };
    if (in.len >= sizeof(z) || memchr(in.ptr, '\0', in.len) != NULL)
        return false;
    memcpy(z, in.ptr, in.len);
    unsigned char address[sizeof(struct in6_addr)];
    if (inet_pton(six ? AF_INET6 : AF_INET, z, address) != 1)
        return false;
    // RFC 5321: "::" stands for two groups at least, so at most six are written (an IPv4 tail
    // counts for two).
    size_t groups = 0;
    for (size_t i = 0; i < in.len; i++)
        groups += in.ptr[i] != ':' && (i == 0 || in.ptr[i - 1] == ':');
    groups += six && str_find_char(in, '.', 0) < in.len;
    return str_find(in, S("::"), 0) == in.len || groups <= 6;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool email_parse(Arena *a, Str s, Str *ret)
{
    // Not str_trim: a line break beside an address is a sign of two cells run together.
    while (s.len > 0 && is_blank(s.ptr[0]))
        s = (Str){ s.ptr + 1, s.len - 1 };
    while (s.len > 0 && is_blank(s.ptr[s.len - 1]))
        s.len--;
    if (s.len < 3 || s.len > LIMIT_EMAIL)
        return false;
    size_t local = s.ptr[0] == '"' ? quoted(s) : dot_atom(s);
    if (local == 0 || local > LOCAL_MAX || local + 1 >= s.len || s.ptr[local] != '@')
        return false;
    Str domain = { s.ptr + local + 1, s.len - local - 1 };
    if (domain.ptr[0] == '[' ? !is_literal(domain) : !is_domain(domain))
        return false;
    char *to = arena_array(a, char, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        to[i] = i > local ? ascii_lower(s.ptr[i]) : s.ptr[i];
    *ret = (Str){ to, s.len };
    return true;
}
