// Commands that move data: import, undo, export.
#include "app/wiring.h"
#include "os/os.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static Str quoted(Arena *a, const char *key, Str value)
{
    Buf b = buf_new(a, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_key(&j, str_z(key));
    json_str(&j, value);
    return buf_str(&b);
}

enum { LOOK_MS = 200, BAR = 30 };

static void show_progress(const Json *run)
{
    int64_t done = json_num(run, "done", 0);
    int64_t total = json_num(run, "rows", json_num(run, "total", 0));
    if (!isatty(STDERR_FILENO) || total <= 0)
        return;
    int filled = (int)(done * BAR / total);
    (void)fprintf(stderr, "\r[%-*.*s] %3d%%  %" PRId64 "/%" PRId64 "  %" PRId64 "/s ", BAR, filled,
                  "##############################", (int)(done * 100 / total), done, total,
                  json_num(run, "rate", 0));
}

static bool is_one_of(Str s, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_eq(s, str_z(*words)))
            return true;
    return false;
}

// Asks for `target` until its state is an end.
static Status follow(Client *c, const char *target, const Json **ret)
{
    static const char *const ENDS[] = { "done", "failed", "cancelled", "undone", "checked", NULL };
    for (;;) {
        TRY(client_call(c, METHOD_GET, target, (Str){ 0 }, ret, NULL));
        show_progress(*ret);
        if (is_one_of(json_text(*ret, "state", (Str){ 0 }), ENDS))
            break;
        os_sleep_ms(LOOK_MS);
    }
    if (isatty(STDERR_FILENO))
        (void)fprintf(stderr, "\n");
    return STATUS_OK;
}

static void print_json(Client *c, const Json *doc)
{
    Buf b = buf_new(&c->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_write(&j, doc);
    (void)printf(STR_FMT "\n", STR_ARG(buf_str(&b)));
}

static void print_counts(const Json *run)
{
    (void)printf("import %" PRId64 ": " STR_FMT ", %" PRId64 " rows, %" PRId64 " created, %" PRId64
                 " updated, %" PRId64 " unchanged, %" PRId64 " refused\n",
                 json_num(run, "id", 0), STR_ARG(json_text(run, "state", (Str){ 0 })),
                 json_num(run, "rows", 0), json_num(run, "created", 0), json_num(run, "updated", 0),
                 json_num(run, "unchanged", 0), json_num(run, "refused", 0));
    const Json *counts = json_get(run, "counts");
    for (const Json *k = counts == NULL ? NULL : counts->first; k != NULL; k = k->next)
        if (k->kind == JSON_OBJECT_NODE)
            (void)printf("  %-12.*s %" PRId64 " created, %" PRId64 " updated\n", STR_ARG(k->key),
                         json_num(k, "created", 0), json_num(k, "updated", 0));
    const Json *errors = json_get(run, "errors");
    for (const Json *e = errors == NULL ? NULL : errors->first; e != NULL; e = e->next)
        (void)printf("  row %" PRId64 ": " STR_FMT "\n", json_num(e, "row", 0),
                     STR_ARG(json_text(e, "message", (Str){ 0 })));
}

typedef struct ImportWish {
    const char *kind, *file, *preset, *options;
    bool dry_run, json;
} ImportWish;

static Status import_file(Client *c, const ImportWish *w, const Json **ret)
{
    Arena *a = &c->arena;
    const Json *made = NULL;
    Str body = arena_fmt(a, "{" STR_FMT "," STR_FMT "}", STR_ARG(quoted(a, "kind", str_z(w->kind))),
                         STR_ARG(quoted(a, "path", os_absolute(a, w->file))));
    TRY(client_call(c, METHOD_POST, "/api/v1/imports", body, &made, NULL));
    Str at = arena_fmt(a, "/api/v1/imports/%" PRId64, json_num(made, "id", 0));
    if (w->preset != NULL || w->options != NULL) {
        Str preset = w->preset == NULL ? (Str){ 0 } : quoted(a, "preset", str_z(w->preset));
        Str options = w->options == NULL ? (Str){ 0 } : arena_fmt(a, "\"options\":%s", w->options);
        Str patch = arena_fmt(a, "{" STR_FMT "%s" STR_FMT "}", STR_ARG(preset),
                              preset.len > 0 && options.len > 0 ? "," : "", STR_ARG(options));
        TRY(client_call(c, METHOD_PATCH, at.ptr, patch, &made, NULL));
    }
    Str go = arena_fmt(a, STR_FMT "/%s", STR_ARG(at), w->dry_run ? "check" : "run");
    TRY(client_call(c, METHOD_POST, go.ptr, S("{}"), NULL, NULL));
    return follow(c, at.ptr, ret);
}

int import_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a), .must_exist = true };
    o.key = args_option(&a, "key");
    o.db = args_option(&a, "db");
    ImportWish w = { .preset = args_option(&a, "preset"), .options = args_option(&a, "options") };
    w.dry_run = args_flag(&a, "dry-run");
    w.json = args_flag(&a, "json");
    w.kind = args_word(&a);
    w.file = args_word(&a);
    if (!args_done(&a) || w.file == NULL) {
        (void)fprintf(stderr, "guanxi: import needs a kind and a file; see guanxi import --help\n");
        return EXIT_USAGE;
    }
    Client c = { 0 };
    const Json *run = NULL;
    Status s = client_open(&c, &o);
    if (s == STATUS_OK)
        s = import_file(&c, &w, &run);
    int code = client_failed(&c, s);
    if (s == STATUS_OK && w.json)
        print_json(&c, run);
    else if (s == STATUS_OK)
        print_counts(run);
    if (s == STATUS_OK && str_eq(json_text(run, "state", (Str){ 0 }), S("failed")))
        code = EXIT_FAILED;
    client_close(&c);
    arena_reset(&a.arena);
    return code;
}

int undo_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a), .must_exist = true };
    o.key = args_option(&a, "key");
    o.db = args_option(&a, "db");
    bool json = args_flag(&a, "json");
    const char *id = args_word(&a);
    if (!args_done(&a) || id == NULL) {
        (void)fprintf(stderr, "guanxi: undo needs the number of an import\n");
        return EXIT_USAGE;
    }
    Client c = { 0 };
    const Json *run = NULL;
    Status s = client_open(&c, &o);
    Str at = arena_fmt(&c.arena, "/api/v1/imports/%s", id);
    if (s == STATUS_OK)
        s = client_call(&c, METHOD_POST, arena_fmt(&c.arena, STR_FMT "/undo", STR_ARG(at)).ptr,
                        S("{}"), NULL, NULL);
    if (s == STATUS_OK)
        s = follow(&c, at.ptr, &run);
    int code = client_failed(&c, s);
    if (s == STATUS_OK && json)
        print_json(&c, run);
    else if (s == STATUS_OK)
        (void)printf("import %s: " STR_FMT "\n", id, STR_ARG(json_text(run, "state", (Str){ 0 })));
    client_close(&c);
    arena_reset(&a.arena);
    return code;
}

typedef struct ExportWish {
    const char *collection, *format, *filter, *out;
} ExportWish;

static Status export_list(Client *c, const ExportWish *w)
{
    Arena *a = &c->arena;
    const Json *made = NULL;
    const Json *job = NULL;
    Str filter = w->filter == NULL ? (Str){ 0 } : arena_fmt(a, ",\"filter\":%s", w->filter);
    Str body = arena_fmt(a, "{" STR_FMT STR_FMT "}", STR_ARG(quoted(a, "format", str_z(w->format))),
                         STR_ARG(filter));
    Str target = arena_fmt(a, "/api/v1/%s/export", w->collection);
    TRY(client_call(c, METHOD_POST, target.ptr, body, &made, NULL));
    Str at = arena_fmt(a, "/api/v1/jobs/%" PRId64, json_num(made, "job", 0));
    TRY(follow(c, at.ptr, &job));
    if (!str_eq(json_text(job, "state", (Str){ 0 }), S("done")))
        return FAIL(&c->cx, INTERNAL, "export", NULL, "the export failed: " STR_FMT,
                    STR_ARG(json_text(job, "error", (Str){ 0 })));
    // The server tells where its file is to whoever is on the host; copying spares the socket.
    const Json *file = NULL;
    TRY(client_call(c, METHOD_GET, arena_fmt(a, STR_FMT "/path", STR_ARG(at)).ptr, (Str){ 0 },
                    &file, NULL));
    CLEANUP(file_cleanup) File *in = NULL;
    CLEANUP(file_cleanup) File *out = NULL;
    enum { BLOCK = 256 * 1024 };
    char *block = arena_array(a, char, BLOCK);
    TRY(file_open_read(&c->cx, arena_cstr(a, json_text(file, "path", (Str){ 0 })), &in));
    TRY(file_create(&c->cx, w->out, 0600, &out));
    size_t n = 0;
    do {
        TRY(file_read(&c->cx, in, block, BLOCK, &n));
        TRY(file_write(&c->cx, out, block, n));
    } while (n > 0);
    (void)printf("%s: %" PRId64 " records\n", w->out, json_num(job, "done", 0));
    return file_sync_close(&c->cx, &out);
}

int export_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a), .must_exist = true };
    o.key = args_option(&a, "key");
    o.db = args_option(&a, "db");
    ExportWish w = { .format = args_option(&a, "format"), .filter = args_option(&a, "filter") };
    w.out = args_option(&a, "out");
    w.collection = args_word(&a);
    if (!args_done(&a) || w.collection == NULL) {
        (void)fprintf(stderr, "guanxi: export needs a collection, such as customers\n");
        return EXIT_USAGE;
    }
    w.format = w.format == NULL ? "csv" : w.format;
    if (w.out == NULL)
        w.out = arena_fmt(&a.arena, "%s.%s", w.collection, w.format).ptr;
    Client c = { 0 };
    Status s = client_open(&c, &o);
    if (s == STATUS_OK)
        s = export_list(&c, &w);
    int code = client_failed(&c, s);
    client_close(&c);
    arena_reset(&a.arena);
    return code;
}
