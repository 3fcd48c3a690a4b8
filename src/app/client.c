// Commands talk to the store through its server, so that there is one writer and one set of rules.
#include "app/wiring.h"
#include "os/os.h"

#include <stdio.h>

// --- the command line

const char *args_option(Args *a, const char *name)
{
    Str wanted = arena_fmt(&a->arena, "--%s", name);
    for (int i = 0; i < a->argc; i++) {
        if (a->argv[i] == NULL)
            continue;
        Str word = str_z(a->argv[i]);
        if (str_eq(word, wanted) && i + 1 < a->argc && a->argv[i + 1] != NULL) {
            const char *value = a->argv[i + 1];
            a->argv[i] = a->argv[i + 1] = NULL;
            return value;
        }
        if (str_starts(word, wanted) && word.len > wanted.len && word.ptr[wanted.len] == '=') {
            a->argv[i] = NULL;
            return word.ptr + wanted.len + 1;
        }
    }
    return NULL;
}

bool args_flag(Args *a, const char *name)
{
    Str wanted = arena_fmt(&a->arena, "--%s", name);
    for (int i = 0; i < a->argc; i++)
        if (a->argv[i] != NULL && str_eq(str_z(a->argv[i]), wanted)) {
            a->argv[i] = NULL;
            return true;
        }
    return false;
}

const char *args_word(Args *a)
{
    for (int i = 0; i < a->argc; i++)
        if (a->argv[i] != NULL && !str_starts(str_z(a->argv[i]), S("--"))) {
            const char *word = a->argv[i];
            a->argv[i] = NULL;
            return word;
        }
    return NULL;
}

bool args_done(const Args *a)
{
    for (int i = 0; i < a->argc; i++)
        if (a->argv[i] != NULL) {
            (void)fprintf(stderr, "guanxi: '%s' is not understood here; see --help\n", a->argv[i]);
            return false;
        }
    return true;
}

const char *args_data(Args *a)
{
    const char *data = args_option(a, "data");
    return os_absolute(&a->arena, data == NULL ? "./data" : data).ptr;
}

// --- the connection

Status client_open(Client *c, const OpenOptions *o)
{
    c->cx = (Ctx){ .arena = &c->arena,
                   .scratch = &c->arena,
                   .now = os_now(),
                   .lang = "en",
                   .request_id = S("cli") };
    c->socket = app_socket(&c->arena, o->data);
    log_level(LOG_WARN);
    Status s = app_open(&c->cx, o, &c->own);
    const Err *e = c->cx.errors;
    if (s == STATUS_CONFLICT && e != NULL && strcmp(e->code, "data.locked") == 0) {
        c->cx.errors = NULL; // a server runs: it does the work
        return STATUS_OK;
    }
    return s;
}

void client_close(Client *c)
{
    app_close(&c->own);
    arena_reset(&c->arena);
}

// The server's sentences become our errors.
static Status refused(Client *c, int status, const Json *body)
{
    const Json *errors = body == NULL ? NULL : json_get(json_get(body, "error"), "errors");
    Status s = status == 404 ? STATUS_NOT_FOUND : status == 409 ? STATUS_CONFLICT : STATUS_INVALID;
    for (const Json *e = errors == NULL ? NULL : errors->first; e != NULL; e = e->next) {
        Str field = json_text(e, "field", (Str){ 0 });
        (void)ctx_fail(&c->cx, s, arena_cstr(&c->arena, json_text(e, "code", S("refused"))), NULL,
                       __FILE__, __LINE__, STR_FMT "%s" STR_FMT, STR_ARG(field),
                       field.len > 0 ? ": " : "", STR_ARG(json_text(e, "message", (Str){ 0 })));
    }
    if (c->cx.errors == NULL)
        return ctx_fail(&c->cx, s, "refused", NULL, __FILE__, __LINE__, "the server answered %d",
                        status);
    return s;
}

Status client_call(Client *c, Method m, const char *target, Str body, const Json **ret,
                   Str *ret_body)
{
    Answer answer = { 0 };
    TRY(http_local(&c->cx, c->socket.ptr, m, target, body, &answer));
    const Json *doc = NULL;
    Err *errors = c->cx.errors;
    bool large = answer.body.len > LIMIT_JSON_BODY;
    if (answer.body.len > 0 && !large && json_parse(&c->cx, answer.body, &doc) != STATUS_OK)
        c->cx.errors = errors; // not JSON: the caller gets the bytes
    if (answer.status >= 400)
        return refused(c, answer.status, doc);
    if (ret != NULL)
        *ret = doc;
    if (ret_body != NULL)
        *ret_body = answer.body;
    return STATUS_OK;
}

int client_failed(Client *c, Status s)
{
    if (s == STATUS_OK)
        return EXIT_OK_;
    for (const Err *e = c->cx.errors; e != NULL; e = e->next)
        (void)fprintf(stderr, "guanxi: " STR_FMT "\n", STR_ARG(e->message));
    return EXIT_FAILED;
}
