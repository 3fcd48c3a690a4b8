// Passwords: what is refused, how they are hashed without drowning the machine, where they stand.
#include "auth/auth_internal.h"

enum { HASH_QUEUE = 32, HASH_WAIT_MS = 10000, WORDS_MOST = 3 };

// --- what is refused

// Words that common passwords are made of (English, keyboard rows, pinyin, names). A password that
// is nothing but up to three of them with digits and signs around is on every list of guesses, and
// this covers far more than a list of whole passwords of ten letters and up.
static const char *const WORDS[] = {
    "password",   "passwort",
    "passwd",     "pass",
    "passw",      "word",
    "admin",      "administrator",
    "root",       "toor",
    "user",       "guest",
    "test",       "testing",
    "tester",     "demo",
    "login",      "logon",
    "welcome",    "letmein",
    "secret",     "changeme",
    "change",     "default",
    "master",     "monkey",
    "dragon",     "shadow",
    "sunshine",   "princess",
    "football",   "baseball",
    "basketball", "soccer",
    "hockey",     "superman",
    "batman",     "spiderman",
    "iloveyou",   "iloveu",
    "love",       "lovely",
    "lover",      "you",
    "me",         "baby",
    "angel",      "michael",
    "jordan",     "jennifer",
    "michelle",   "jessica",
    "ashley",     "daniel",
    "charlie",    "thomas",
    "andrew",     "joshua",
    "matthew",    "robert",
    "william",    "george",
    "anthony",    "nicole",
    "hello",      "world",
    "freedom",    "whatever",
    "computer",   "internet",
    "service",    "server",
    "manager",    "system",
    "office",     "company",
    "summer",     "winter",
    "spring",     "autumn",
    "monday",     "tuesday",
    "wednesday",  "thursday",
    "friday",     "saturday",
    "sunday",     "january",
    "february",   "march",
    "april",      "june",
    "july",       "august",
    "september",  "october",
    "november",   "december",
    "starwars",   "pokemon",
    "naruto",     "killer",
    "hunter",     "ranger",
    "buster",     "cookie",
    "cheese",     "pepper",
    "ginger",     "flower",
    "butterfly",  "chocolate",
    "orange",     "banana",
    "apple",      "google",
    "facebook",   "taobao",
    "alipay",     "alibaba",
    "tencent",    "weixin",
    "wechat",     "baidu",
    "jingdong",   "pinduoduo",
    "tmall",      "shop",
    "store",      "sales",
    "customer",   "guanxi",
    "crm",        "access",
    "qwertyuiop", "qwertyui",
    "qwerty",     "qwert",
    "qwer",       "asdfghjkl",
    "asdfgh",     "asdf",
    "zxcvbnm",    "zxcvbn",
    "zxcv",       "qazwsxedc",
    "qazwsx",     "qaz",
    "wsx",        "edc",
    "rfv",        "tgb",
    "yhn",        "ujm",
    "poiuytrewq", "lkjhgfdsa",
    "mnbvcxz",    "abcdefghijklmnopqrstuvwxyz",
    "abcdefgh",   "abcdefg",
    "abcdef",     "abcde",
    "abcd",       "abc",
    "xyz",        "aaa",
    "woaini",     "woaiwojia",
    "wodemima",   "mima",
    "woshishui",  "nihao",
    "zhongguo",   "china",
    "beijing",    "shanghai",
    "guangzhou",  "shenzhen",
    "hangzhou",   "wang",
    "li",         "zhang",
    "liu",        "chen",
    "yang",       "huang",
    "zhao",       "wu",
    "zhou",       "xiaoming",
    "laopo",      "laogong",
    "baobei",     "baba",
    "mama",       "haha",
    "hehe",       "woshi",
    "aini",       "iam",
    "my",         "the",
    "the",        "new",
    "big",        "hot",
    "sexy",       "money",
    "lucky",      "happy",
    "forever",    "family",
    "friend",     "friends",
    "mother",     "father",
    "sister",     "brother",
    "super",      "power",
    "star",       "king",
    "queen",      "prince",
    "tiger",      "panda",
    "phoenix",    "eagle",
    "lion",       "bear",
};

static char undisguised(char c)
{
    switch (c) {
    case '@':
    case '4': return 'a';
    case '0': return 'o';
    case '3': return 'e';
    case '$':
    case '5': return 's';
    case '!':
    case '1': return 'i';
    case '7': return 't';
    default: return c;
    }
}

// Letters alone, with the usual disguises taken off: P@ssw0rd! -> password. Signs count between the
// first letter and the last; outside they are ornament.
static size_t letters_of(Str folded, char *to, size_t max)
{
    size_t n = 0;
    size_t from = 0;
    size_t end = folded.len;
    while (from < end && !ascii_is_alpha(folded.ptr[from]))
        from++;
    while (end > from && !ascii_is_alpha(folded.ptr[end - 1]))
        end--;
    for (size_t i = from; i < end && n < max; i++)
        if (ascii_is_alpha(undisguised(folded.ptr[i])))
            to[n++] = undisguised(folded.ptr[i]);
    return n;
}

static size_t plain_letters(Str folded, char *to, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < folded.len && n < max; i++)
        if (ascii_is_alpha(folded.ptr[i]))
            to[n++] = folded.ptr[i];
    return n;
}

static bool made_of_words(Str s, int words)
{
    if (s.len == 0)
        return true;
    if (words == 0)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(WORDS); i++) {
        Str w = str_z(WORDS[i]);
        if (str_starts(s, w) && made_of_words(str_sub(s, w.len, s.len), words - 1))
            return true;
    }
    return false;
}

// The smallest piece whose repetition is the whole: "abab" is two letters long in earnest.
static size_t period(Str s)
{
    for (size_t p = 1; p < s.len; p++) {
        bool fits = true;
        for (size_t i = p; fits && i < s.len; i++)
            fits = s.ptr[i] == s.ptr[i - p];
        if (fits)
            return p;
    }
    return s.len;
}

static bool is_run(Str s)
{
    size_t steps = 0;
    for (size_t i = 1; i < s.len; i++) {
        int d = s.ptr[i] - s.ptr[i - 1];
        steps += d == 1 || d == -1 || d == 0;
    }
    return s.len > 1 && steps * 4 >= (s.len - 1) * 3;
}

static bool is_common(Arena *a, Str password)
{
    enum { ROOM = 4 * LIMIT_PASSWORD_MAX };
    char letters[ROOM];
    Str folded = text_fold(a, password);
    bool ascii = true;
    for (size_t i = 0; i < folded.len; i++)
        ascii &= (unsigned char)folded.ptr[i] < 0x80;
    if (period(folded) <= 4 || is_run(folded))
        return true;
    if (!ascii)
        return false;
    Str plain = { letters, plain_letters(folded, letters, ROOM) };
    if (plain.len < 3) // digits and signs alone: dates, phone numbers
        return period(folded) < 16;
    if (made_of_words((Str){ letters, period(plain) }, WORDS_MOST))
        return true;
    Str bare = { letters, letters_of(folded, letters, ROOM) };
    return made_of_words((Str){ letters, period(bare) }, WORDS_MOST);
}

enum { NEAR_LEAST = 4 };

Status password_check(Ctx *cx, Str password, const char *field, const Str *near, size_t n)
{
    size_t length = utf8_valid(password) ? utf8_count(password) : 0;
    if (length < LIMIT_PASSWORD_MIN) {
        (void)FAIL(cx, INVALID, "password.short", field, "needs at least %d characters",
                   LIMIT_PASSWORD_MIN);
        return ctx_fail_args(cx, STATUS_INVALID, S("10"), (Str){ 0 });
    }
    if (length > LIMIT_PASSWORD_MAX) {
        (void)FAIL(cx, INVALID, "password.long", field, "may have at most %d characters",
                   LIMIT_PASSWORD_MAX);
        return ctx_fail_args(cx, STATUS_INVALID, S("128"), (Str){ 0 });
    }
    if (is_common(cx->arena, password))
        return FAIL(cx, INVALID, "password.common", field, "is too easy to guess");
    Str folded = text_fold(cx->arena, password);
    for (size_t i = 0; i < n; i++) {
        Str word = text_fold(cx->arena, near[i]);
        if (str_eq(word, folded) ||
            (utf8_count(word) >= NEAR_LEAST && str_find(folded, word, 0) < folded.len))
            return FAIL(cx, INVALID, "password.near", field,
                        "must not hold your name, phone, e-mail or the shop's name");
    }
    return STATUS_OK;
}

static Str digits_tail(Str phone)
{
    return phone.len > 8 ? str_sub(phone, phone.len - 8, 8) : phone;
}

Status password_check_for(Ctx *cx, Str password, const char *field, const User *u)
{
    Str mail = u->email;
    Str near[] = { u->username, u->name, digits_tail(u->phone), str_split(&mail, '@'),
                   setting_text(cx, "org.name") };
    return password_check(cx, password, field, near, ARRAY_LEN(near));
}

// --- the pool

static Status pool_enter(Ctx *cx, Auth *a)
{
    mutex_lock(&a->lock);
    bool full = a->hash_running >= a->hash_max && a->hash_waiting >= HASH_QUEUE;
    if (!full) {
        a->hash_waiting++;
        bool in_time = true;
        while (a->hash_running >= a->hash_max && in_time)
            in_time = cond_wait_ms(&a->hash_free, &a->lock, HASH_WAIT_MS);
        a->hash_waiting--;
        full = a->hash_running >= a->hash_max;
        a->hash_running += full ? 0 : 1;
    }
    mutex_unlock(&a->lock);
    if (full)
        return FAIL(cx, RATE_LIMITED, "busy", NULL,
                    "Too many sign-ins at once; try again shortly.");
    return STATUS_OK;
}

static void pool_leave(Auth *a)
{
    mutex_lock(&a->lock);
    a->hash_running--;
    cond_signal(&a->hash_free);
    mutex_unlock(&a->lock);
}

Status password_make(Ctx *cx, Auth *a, Str password, Str *ret_phc)
{
    TRY(pool_enter(cx, a));
    *ret_phc = password_hash(cx->arena, password);
    pool_leave(a);
    return STATUS_OK;
}

static Str dummy_hash(Ctx *cx, Auth *a)
{
    mutex_lock(&a->lock);
    Str dummy = a->dummy;
    mutex_unlock(&a->lock);
    if (dummy.len > 0)
        return dummy;
    Str made = password_hash(cx->arena, os_random_text(cx->arena, TOKEN_BYTES));
    mutex_lock(&a->lock);
    if (a->dummy.len == 0)
        a->dummy = arena_dup(&a->arena, made);
    dummy = a->dummy;
    mutex_unlock(&a->lock);
    return dummy;
}

Status password_try(Ctx *cx, Auth *a, Str phc, Str password, bool *ret_right)
{
    TRY(pool_enter(cx, a));
    Str dummy = dummy_hash(cx, a);
    bool right = password_verify(phc.len > 0 ? phc : dummy, password);
    pool_leave(a);
    *ret_right = right && phc.len > 0;
    return STATUS_OK;
}

// --- where they stand

Status password_of(Ctx *cx, Db *db, Id user, Str *ret_phc)
{
    *ret_phc = (Str){ 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT password FROM user_login WHERE user_id = "));
    sql_id(q, user);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        *ret_phc = stmt_text(st, 0, cx->arena);
    return stmt_end(cx, &st);
}

Status password_store(Ctx *cx, Db *db, Id user, Str phc)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO user_login (user_id, password, password_at) VALUES ("));
    sql_id(q, user);
    sql_add(q, SQL(", "));
    sql_text(q, phc);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(") ON CONFLICT (user_id) DO UPDATE SET password = excluded.password,"
                   " password_at = excluded.password_at"));
    return db_exec(cx, db, q, NULL);
}

Status password_set(Ctx *cx, Db *db, Id user, Str phc, bool must_change, Id keep, const char *how)
{
    User patch = { .must_change_password = must_change };
    row_touch(&patch.row, USER_must_change_password);
    TRY(user_hold(cx, db, user));
    TRY(password_store(cx, db, user, phc));
    TRY(user_write(cx, db, user, &patch, (Str){ 0 }));
    TRY(sessions_end(cx, db, user, keep, NULL));
    TRY(user_drop_recoveries(cx, db, user));
    return change_note(cx, db, CHANGE_SECURITY, "user", user, (Str){ 0 },
                       arena_fmt(cx->arena, "{\"event\":\"%s\"}", how));
}
