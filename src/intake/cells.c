#include "intake/cells.h"

#include "order/order.h"

static Str unquote(Str s)
{
    if (s.len >= 3 && s.ptr[0] == '=' && s.ptr[1] == '"' && s.ptr[s.len - 1] == '"')
        return str_trim(str_sub(s, 2, s.len - 3));
    return s;
}

Str cell_code(Str s)
{
    s = unquote(str_trim(s));
    while (s.len > 0 && (s.ptr[0] == '\'' || s.ptr[0] == '`'))
        s = str_trim(str_sub(s, 1, s.len));
    if (str_starts(s, S("’")))
        s = str_trim(str_sub(s, S("’").len, s.len));
    return s;
}

static bool defused(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '%' || c == '|';
}

Str cell_text(Str s)
{
    s = unquote(str_trim(s));
    if (s.len > 1 && s.ptr[0] == '\'' && defused(s.ptr[1]))
        return str_sub(s, 1, s.len);
    return s.len == 1 && s.ptr[0] == '\'' ? (Str){ 0 } : s;
}

static bool is_plain(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || (unsigned char)s.ptr[i] >= 0x7f)
            return false;
    return true;
}

static bool is_unseen(uint32_t cp)
{
    return cp == 0xad || cp == 0x61c || cp == 0x180e || (cp >= 0x200b && cp <= 0x200f) ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
           (cp >= 0xfff0 && cp <= 0xfffb) || (cp >= 0xe0000 && cp <= 0xe0fff);
}

Str cell_scrub(Arena *a, Str s, bool multiline)
{
    if (is_plain(s) || text_is_clean(s, multiline))
        return s;
    Buf b = buf_new(a, s.len + 4);
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        uint32_t cp = utf8_next(s, &i);
        bool control = cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
        if (control && !(multiline && (cp == '\n' || cp == '\t')))
            buf_char(&b, ' ');
        else if (!is_unseen(cp))
            buf_add(&b, str_sub(s, from, i - from));
    }
    return str_trim(buf_str(&b));
}

bool cell_is_masked(Str s)
{
    return str_find_char(s, '*', 0) < s.len || str_starts(s, S("##")) || str_starts(s, S("$$")) ||
           str_starts(s, S("~AgAA"));
}

// --- states

typedef struct StateDef {
    const char *word;
    OrderState state;
    bool paid, refunded;
} StateDef;

// The first that stands in the cell decides: longer and negative words come before what they hold.
static const StateDef STATES[] = {
    { "等待买家付款", ORDER_STATE_UNPAID, false, false },
    { "等待付款", ORDER_STATE_UNPAID, false, false },
    { "待付款", ORDER_STATE_UNPAID, false, false },
    { "待支付", ORDER_STATE_UNPAID, false, false },
    { "未付款", ORDER_STATE_UNPAID, false, false },
    { "未支付", ORDER_STATE_UNPAID, false, false },
    { "交易关闭", ORDER_STATE_CLOSED, false, false },
    { "已关闭", ORDER_STATE_CLOSED, false, false },
    { "已取消", ORDER_STATE_CLOSED, false, false },
    { "取消", ORDER_STATE_CLOSED, false, false },
    { "关闭", ORDER_STATE_CLOSED, false, false },
    { "作废", ORDER_STATE_CLOSED, false, false },
    { "部分退款", ORDER_STATE_DONE, true, false },
    { "退款成功", ORDER_STATE_CLOSED, true, true },
    { "已退款", ORDER_STATE_CLOSED, true, true },
    { "等待卖家发货", ORDER_STATE_PAID, false, false },
    { "待发货", ORDER_STATE_PAID, false, false },
    { "未发货", ORDER_STATE_PAID, false, false },
    { "等待出库", ORDER_STATE_PAID, false, false },
    { "备货", ORDER_STATE_PAID, false, false },
    { "等待确认收货", ORDER_STATE_SHIPPED, false, false },
    { "等待买家确认", ORDER_STATE_SHIPPED, false, false },
    { "待收货", ORDER_STATE_SHIPPED, false, false },
    { "已发货", ORDER_STATE_SHIPPED, false, false },
    { "运输中", ORDER_STATE_SHIPPED, false, false },
    { "已出库", ORDER_STATE_SHIPPED, false, false },
    { "交易成功", ORDER_STATE_DONE, false, false },
    { "交易完成", ORDER_STATE_DONE, false, false },
    { "已完成", ORDER_STATE_DONE, false, false },
    { "已收货", ORDER_STATE_DONE, false, false },
    { "已签收", ORDER_STATE_DONE, false, false },
    { "完成", ORDER_STATE_DONE, false, false },
    { "成功", ORDER_STATE_DONE, false, false },
    { "已付款", ORDER_STATE_PAID, false, false },
    { "已支付", ORDER_STATE_PAID, false, false },
    { "已成团", ORDER_STATE_PAID, false, false },
    { "partially_refunded", ORDER_STATE_DONE, true, false },
    { "partially refunded", ORDER_STATE_DONE, true, false },
    { "refunded", ORDER_STATE_CLOSED, true, true },
    { "unpaid", ORDER_STATE_UNPAID, false, false },
    { "pending", ORDER_STATE_UNPAID, false, false },
    { "on-hold", ORDER_STATE_UNPAID, false, false },
    { "on hold", ORDER_STATE_UNPAID, false, false },
    { "created", ORDER_STATE_UNPAID, false, false },
    { "unshipped", ORDER_STATE_PAID, false, false },
    { "unfulfilled", ORDER_STATE_PAID, false, false },
    { "partially shipped", ORDER_STATE_SHIPPED, false, false },
    { "shipped", ORDER_STATE_SHIPPED, false, false },
    { "fulfilled", ORDER_STATE_SHIPPED, false, false },
    { "partial", ORDER_STATE_SHIPPED, false, false },
    { "invoiced", ORDER_STATE_PAID, false, false },
    { "approved", ORDER_STATE_PAID, false, false },
    { "authorized", ORDER_STATE_UNPAID, false, false },
    { "processing", ORDER_STATE_PAID, false, false },
    { "paid", ORDER_STATE_PAID, false, false },
    { "completed", ORDER_STATE_DONE, false, false },
    { "complete", ORDER_STATE_DONE, false, false },
    { "delivered", ORDER_STATE_DONE, false, false },
    { "done", ORDER_STATE_DONE, false, false },
    { "cancel", ORDER_STATE_CLOSED, false, false },
    { "failed", ORDER_STATE_CLOSED, false, false },
    { "unavailable", ORDER_STATE_CLOSED, false, false },
    { "voided", ORDER_STATE_CLOSED, false, false },
    { "expired", ORDER_STATE_CLOSED, false, false },
    { "closed", ORDER_STATE_CLOSED, false, false },
};

enum { WORD_MAX = 120 };

bool cell_state(Str s, StateWord *ret)
{
    char small[WORD_MAX];
    if (s.len == 0 || s.len > sizeof(small))
        return false;
    for (size_t i = 0; i < s.len; i++)
        small[i] = ascii_lower(s.ptr[i]);
    Str word = { small, s.len };
    for (size_t i = 0; i < ARRAY_LEN(STATES); i++) {
        if (str_find(word, str_z(STATES[i].word), 0) == word.len)
            continue;
        *ret = (StateWord){ (int32_t)STATES[i].state, STATES[i].paid, STATES[i].refunded };
        return true;
    }
    return false;
}

bool cell_is_refunded(Str s)
{
    static const char *const WORDS[] = { "退款成功", "已全额退款", "退款完成", "已退款" };
    for (size_t i = 0; i < ARRAY_LEN(WORDS); i++)
        if (str_find(s, str_z(WORDS[i]), 0) < s.len)
            return true;
    return false;
}

// --- several products in one cell

static Packed packed_one(Str s)
{
    Packed p = { .quantity_e4 = MONEY_ONE, .name = s };
    size_t n = 0;
    while (n < s.len && ascii_is_digit(s.ptr[n]))
        n++;
    Str rest = str_sub(s, n, s.len);
    static const Str SIGNS[] = { S_INIT("×"), S_INIT("x "), S_INIT("X "), S_INIT("* ") };
    for (size_t i = 0; n > 0 && i < ARRAY_LEN(SIGNS); i++)
        if (str_starts(rest, SIGNS[i]) && money_parse(str_sub(s, 0, n), &p.quantity_e4)) {
            p.name = str_trim(str_sub(rest, SIGNS[i].len, rest.len));
            break;
        }
    return p;
}

// A comma parts two products only before a quantity: names hold commas, too.
static bool starts_quantity(Str s)
{
    s = str_trim(s);
    return packed_one(s).name.len < s.len;
}

size_t packed_split(Arena *a, Str s, Packed **ret)
{
    VEC(Packed) list = { 0 };
    size_t from = 0;
    for (size_t i = 0; i <= s.len; i++) {
        bool end = i == s.len;
        if (!end && (s.ptr[i] != ',' || !starts_quantity(str_sub(s, i + 1, s.len))))
            continue;
        Str one = str_trim(str_sub(s, from, i - from));
        if (one.len > 0)
            *vec_add(a, &list) = packed_one(one);
        from = i + 1;
    }
    *ret = list.ptr;
    return list.len;
}
