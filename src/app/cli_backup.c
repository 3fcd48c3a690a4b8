// guanxi backup, backup verify, restore. Making one is the server's work; proving and restoring
// need no server, only the key file.
#include "app/wiring.h"
#include "backup/backup.h"
#include "crypto/crypto.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static Str absolute(Arena *a, const char *path)
{
    if (path[0] == '/')
        return arena_dup(a, str_z(path));
    char *here = realpath(".", NULL);
    Str out = arena_fmt(a, "%s/%s", here, path);
    free(here); // lint: memory: realpath allocates
    return out;
}

// --- making

static Status back_up(Client *c, const char *to, const Json **ret)
{
    const Json *made = NULL;
    Buf b = buf_new(&c->arena, LIMIT_URL);
    JsonOut j = json_out(&b);
    json_open(&j);
    if (to != NULL)
        json_key_str(&j, "to", absolute(&c->arena, to));
    json_close(&j);
    TRY(client_call(c, METHOD_POST, "/api/v1/backups", buf_str(&b), &made, NULL));
    TRY(client_job(c, json_num(made, "job", 0), ret));
    if (str_eq(json_text(*ret, "state", (Str){ 0 }), S("done")))
        return STATUS_OK;
    return FAIL(&c->cx, INTERNAL, "backup", NULL, "the backup did not end well: " STR_FMT,
                STR_ARG(json_text(*ret, "error", S("cancelled"))));
}

static int make_command(Args *a, const OpenOptions *o, const char *to)
{
    bool json = args_flag(a, "json");
    if (!args_done(a)) {
        (void)fprintf(stderr, "guanxi: see guanxi backup --help\n");
        return EXIT_USAGE;
    }
    Client c = { 0 };
    const Json *job = NULL;
    Status s = client_open(&c, o);
    if (s == STATUS_OK)
        s = back_up(&c, to, &job);
    int code = client_failed(&c, s);
    const Json *facts = json_get(job, "result");
    if (s == STATUS_OK && json) {
        Buf b = buf_new(&c.arena, LIMIT_JSON_BODY);
        JsonOut j = json_out(&b);
        json_write(&j, facts == NULL ? job : facts);
        (void)printf(STR_FMT "\n", STR_ARG(buf_str(&b)));
    } else if (s == STATUS_OK) {
        Str folder = to == NULL ? arena_fmt(&c.arena, "%s/backups", o->data) : str_z(to);
        (void)printf(STR_FMT "/" STR_FMT ": %" PRId64 " rows, %" PRId64 " bytes\n", STR_ARG(folder),
                     STR_ARG(json_text(facts, "name", (Str){ 0 })), json_num(facts, "rows", 0),
                     json_num(facts, "bytes", 0));
    }
    client_close(&c);
    return code;
}

// --- proving and restoring

typedef Status (*WithKey)(Ctx *cx, const BackupSource *s, const char *dir, const char *to,
                          BackupFacts *ret);

static Status with_key(Ctx *cx, const char *key, const char *dir, const char *to, WithKey fn,
                       BackupFacts *ret)
{
    uint8_t master[KEY_BYTES];
    TRY(key_file_load(cx, key, false, master));
    BackupSource s = { .keys = keyring_new(master), .modules = MODULES, .nmodules = MODULES_LEN };
    wipe(master, sizeof(master));
    Status status = fn(cx, &s, dir, to, ret);
    Keyring *k = (Keyring *)(uintptr_t)s.keys;
    keyring_close(&k);
    return status;
}

static int run_with_key(Args *a, const char *key, const char *dir, const char *to, WithKey fn,
                        const char *word)
{
    Client c = { 0 };
    BackupFacts f = { 0 };
    log_level(LOG_WARN);
    c.cx = (Ctx){ .arena = &c.arena, .scratch = &c.arena, .now = os_now(), .lang = "en" };
    Status s = with_key(&c.cx, key, dir, to, fn, &f);
    int code = client_failed(&c, s);
    if (s == STATUS_OK)
        (void)printf("%s: " STR_FMT ", %" PRId64 " rows, %" PRId64
                     " changes, chain and keys right\n",
                     word, STR_ARG(f.name), f.rows, f.changes);
    client_close(&c);
    arena_reset(&a->arena);
    return code;
}

static int prove_command(Args *a, const OpenOptions *o)
{
    const char *dir = args_word(a);
    if (dir == NULL || !args_done(a)) {
        (void)fprintf(stderr, "guanxi: backup verify needs the folder of a backup\n");
        return EXIT_USAGE;
    }
    const char *where = secure_getenv("TMPDIR");
    const char *temp = arena_fmt(&a->arena, "%s/guanxi-" STR_FMT, where == NULL ? "/tmp" : where,
                                 STR_ARG(os_random_text(&a->arena, 12)))
                           .ptr;
    const char *key = o->key != NULL ? o->key : arena_fmt(&a->arena, "%s.key", o->data).ptr;
    return run_with_key(a, key, dir, temp, backup_verify, "ok");
}

int backup_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a), .must_exist = true };
    o.key = args_option(&a, "key");
    o.db = args_option(&a, "db");
    const char *to = args_option(&a, "to"); // before the words: its value looks like one
    const char *word = args_word(&a);
    if (to == NULL && word != NULL && strcmp(word, "verify") == 0)
        return prove_command(&a, &o);
    if (word != NULL) {
        (void)fprintf(stderr, "guanxi: backup takes --to DIR, or: backup verify BACKUP\n");
        return EXIT_USAGE;
    }
    int code = make_command(&a, &o, to);
    arena_reset(&a.arena);
    return code;
}

int restore_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    const char *data = args_option(&a, "data");
    const char *key = args_option(&a, "key");
    const char *dir = args_word(&a);
    if (data == NULL || dir == NULL || !args_done(&a)) {
        (void)fprintf(stderr, "guanxi: restore needs the folder of a backup and --data NEW\n");
        return EXIT_USAGE;
    }
    if (key == NULL)
        key = arena_fmt(&a.arena, "%s.key", data).ptr;
    return run_with_key(&a, key, dir, data, backup_restore, "restored");
}
