// Stories over the API, told in test/data/api/*.txt, one request a line:
//   who METHOD path [body] -> status [code] [rows=N] [keep=x] [cost=N] [has=text to the line's end]
// rows: change rows written; keep: the answer's id (or job) under this name, for {x} in later
// lines; cost: statements at most. Every 2xx answer of a JSON route must fit the program's own
// document.
#include "schema.h"

typedef struct Step {
    int line;
    Str who, method, path, body, code, has, keep;
    int64_t status, rows, cost; // rows -1: whatever; cost 0: not counted
} Step;

enum { MAX_KEPT = 32, SHOWN = 400 };

typedef struct Kept {
    Str name;
    int64_t id;
} Kept;

typedef struct Story {
    Place *place;
    const char *file;
    Caller callers[4];
    size_t ncallers;
    ApiDoc doc;
    Kept kept[MAX_KEPT];
    size_t nkept;
} Story;

static Str word(Str *rest)
{
    return str_split(rest, ' ');
}

static bool option(Str text, Str name, Str *ret)
{
    if (!str_starts(text, name))
        return false;
    *ret = str_sub(text, name.len, text.len);
    return true;
}

static void read_expected(Str rest, Step *t)
{
    Str v = { 0 };
    (void)str_int(word(&rest), &t->status);
    while (rest.ptr != NULL && rest.len > 0) {
        if (option(rest, S("has="), &t->has))
            return;
        Str w = word(&rest);
        if (option(w, S("rows="), &v))
            (void)str_int(v, &t->rows);
        else if (option(w, S("cost="), &v))
            (void)str_int(v, &t->cost);
        else if (!option(w, S("keep="), &t->keep))
            t->code = w;
    }
}

// False for blank lines and comments.
static bool read_step(Str line, Step *t)
{
    Str arrow = S(" -> ");
    size_t at = str_find(line, arrow, 0);
    if (line.len == 0 || line.ptr[0] == '#' || at == line.len)
        return false;
    Str request = str_sub(line, 0, at);
    *t = (Step){ .rows = -1 };
    t->who = word(&request);
    t->method = word(&request);
    t->path = word(&request);
    t->body = request.ptr == NULL ? (Str){ 0 } : request;
    read_expected(str_sub(line, at + arrow.len, line.len), t);
    return true;
}

static Method method_of(Str name)
{
    for (int m = 0; m < METHODS; m++)
        if (str_eq(name, str_z(method_name((Method)m))))
            return (Method)m;
    kit_fail(__FILE__, __LINE__, "no method " STR_FMT, STR_ARG(name));
    return METHOD_GET;
}

static Caller *who(Story *s, Str name)
{
    for (size_t i = 0; i < s->ncallers; i++)
        if (str_eq(str_z(s->callers[i].name), name))
            return &s->callers[i];
    kit_fail(__FILE__, __LINE__, "nobody is called " STR_FMT, STR_ARG(name));
    return &s->callers[0];
}

static int64_t kept(const Story *s, Str name)
{
    for (size_t i = s->nkept; i > 0; i--)
        if (str_eq(s->kept[i - 1].name, name))
            return s->kept[i - 1].id;
    kit_fail(__FILE__, __LINE__, "nothing was kept as " STR_FMT, STR_ARG(name));
    return 0;
}

// "{c}" only: braces of JSON hold quotes.
static Str filled(const Story *s, Str text)
{
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    for (size_t i = 0; i < text.len; i++) {
        size_t n = 0;
        while (i + 1 + n < text.len &&
               (ascii_is_alpha(text.ptr[i + 1 + n]) || ascii_is_digit(text.ptr[i + 1 + n])))
            n++;
        if (text.ptr[i] == '{' && n > 0 && i + 1 + n < text.len && text.ptr[i + 1 + n] == '}') {
            buf_int(&b, kept(s, str_sub(text, i + 1, n)));
            i += n + 1;
        } else {
            buf_char(&b, text.ptr[i]);
        }
    }
    return arena_dup(kit_arena(), buf_str(&b));
}

static void check_schema(Story *s, const Step *t, Method m, const char *path, const Answer *a)
{
    uint32_t allowed = 0;
    Str plain = str_z(path);
    const Route *r = http_find(s->place->app->http, m, str_split(&plain, '?'), &allowed);
    if (a->status < 200 || a->status > 299 || r == NULL)
        return;
    Str wrong = api_fault(&s->doc, m, r->path, a);
    CHECK_ROW(wrong.len == 0, "%s:%d: " STR_FMT, s->file, t->line, STR_ARG(wrong));
}

static void check_answer(Story *s, const Step *t, const Answer *a, int64_t rows, int64_t cost)
{
    Str shown = str_sub(a->body, 0, SHOWN);
    CHECK_ROW(a->status == t->status && str_eq(answer_code(a), t->code), "%s:%d: %d " STR_FMT,
              s->file, t->line, a->status, STR_ARG(shown));
    if (t->rows >= 0)
        CHECK_ROW(rows == t->rows, "%s:%d: %lld change rows", s->file, t->line, (long long)rows);
    if (t->has.len > 0)
        CHECK_ROW(body_has(a, filled(s, t->has).ptr), "%s:%d: " STR_FMT, s->file, t->line,
                  STR_ARG(shown));
    if (t->cost > 0)
        CHECK_ROW(cost <= t->cost, "%s:%d: %lld statements", s->file, t->line, (long long)cost);
}

static void run_step(Story *s, const Step *t)
{
    Method m = method_of(t->method);
    Str path = filled(s, t->path);
    bool whole = str_starts(path, S("/"));
    const char *target = fmt("%s" STR_FMT, whole ? "" : "/api/v1/", STR_ARG(path));
    Caller *c = who(s, t->who);
    int64_t before = place_changes(s->place);
    db_fail_nth(-1);
    Answer a = ask_str(c, m, target, filled(s, t->body));
    int64_t cost = -1 - db_fail_left();
    db_fail_nth(0);
    check_answer(s, t, &a, place_changes(s->place) - before, cost);
    check_schema(s, t, m, target, &a);
    if (a.status == 202)
        CHECK_STR(job_end(c, &a, NULL), S("done"));
    if (t->keep.len > 0 && s->nkept < MAX_KEPT)
        s->kept[s->nkept++] = (Kept){ t->keep, answer_num(&a, a.status == 202 ? "job" : "id") };
}

static const char OWN_CUSTOMERS[] =
    "{\"functions\":{\"customer.read\":true,\"customer.create\":true,\"customer.update\":true,"
    "\"product.read\":true,\"job.read\":true},"
    "\"scopes\":{\"customer\":{\"view\":\"own\",\"operate\":\"own\"},"
    "\"job\":{\"view\":\"own\",\"operate\":\"own\"}},"
    "\"fields\":{\"customer.name\":\"write\"}}";

static void tell(const char *file, bool postgres)
{
    CLEANUP(place_close) Place p;
    if (!place_open(&p, postgres))
        return;
    Story s = { .place = &p, .file = file };
    Id all = place_role_of_template(&p, "administrator");
    Id own = place_role(&p, "own customers", OWN_CUSTOMERS);
    s.callers[s.ncallers++] = caller_of(&p, place_user(&p, "admin", (Id){ 0 }, all), "admin");
    s.callers[s.ncallers++] = caller_of(&p, place_user(&p, "sales", p.left, own), "sales");
    s.callers[s.ncallers++] = stranger(&p);
    s.doc = api_doc(&s.callers[0]);
    Step t;
    int line = 0;
    for (Str rest = kit_file(file); rest.ptr != NULL;) {
        line++;
        if (!read_step(str_split(&rest, '\n'), &t))
            continue;
        t.line = line;
        run_step(&s, &t);
    }
}

#define STORY(name)                                                                                \
    TEST(name##_sqlite)                                                                            \
    {                                                                                              \
        tell("test/data/api/" #name ".txt", false);                                                \
    }                                                                                              \
    TEST(name##_postgres)                                                                          \
    {                                                                                              \
        tell("test/data/api/" #name ".txt", true);                                                 \
    }

STORY(records)
STORY(scopes)
STORY(meta)
