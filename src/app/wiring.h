// The program put together from its parts.
#ifndef GUANXI_APP_WIRING_H
#define GUANXI_APP_WIRING_H

#include "api/app.h"

extern const Module *const MODULES[];
extern const size_t MODULES_LEN;
void modules_init(void); // what modules of one layer give each other; once at start

typedef struct OpenOptions {
    const char *data;   // directory, made when missing
    const char *key;    // master key file; NULL: "<data>.key" beside the directory
    const char *db;     // postgres://… or NULL for SQLite in the directory
    const char *listen; // NULL: only the local socket
    const char *trusted_proxies;
    bool insecure_listen;
    bool must_exist; // refuse to make a new store
    int workers;
} OpenOptions;

// Locks the directory, checks key and store, migrates, loads the catalog, starts jobs, events and
// the server. CONFLICT "data.locked" when another server holds the directory.
Status app_open(Ctx *cx, const OpenOptions *o, App **ret) MUST_USE;
// Lets requests and jobs finish (< 10 s), closes everything in reverse order.
void app_close(App **app);
// Where commands reach the server of this data directory.
Str app_socket(Arena *a, const char *data);
// The page for every GET without a route (HttpOptions.fallback).
Status page_serve(Req *rq);
void app_prepare_ctx(Ctx *cx, void *app); // catalog, time, language

// Parsed command line: --name value, --flag, and what is left.
typedef struct Args {
    int argc;
    char **argv;
    Arena arena;
} Args;
// Takes an option out; NULL when missing. "--name=value" and "--name value".
const char *args_option(Args *a, const char *name);
bool args_flag(Args *a, const char *name);
// The next word that is no option; NULL at the end.
const char *args_word(Args *a);
// True when nothing is left; otherwise says what is wrong on stderr.
bool args_done(const Args *a);
// "--data": default "./data"
const char *args_data(Args *a);

enum { EXIT_OK_ = 0, EXIT_FAILED = 1, EXIT_USAGE = 64, EXIT_CONFIG = 78 };

// A connection to the store's server: the running one, or one of our own for the length of the
// command, without a network address.
typedef struct Client {
    Arena arena;
    Ctx cx;
    App *own;
    Str socket;
} Client;
Status client_open(Client *c, const OpenOptions *o) MUST_USE;
void client_close(Client *c);
// Answer.status >= 400 is FAIL with the server's own words.
Status client_call(Client *c, Method m, const char *target, Str body, const Json **ret,
                   Str *ret_body) MUST_USE;
// Asks for a job until it has ended, with a bar on a terminal; *ret is the job as the API tells it.
Status client_job(Client *c, int64_t job, const Json **ret) MUST_USE;
// Prints the errors on stderr and gives the exit code.
int client_failed(Client *c, Status s);

extern const Command COMMANDS[];
extern const size_t COMMANDS_LEN;
int serve_command(int argc, char **argv);
int init_command(int argc, char **argv);
int import_command(int argc, char **argv);
int undo_command(int argc, char **argv);
int export_command(int argc, char **argv);
int verify_command(int argc, char **argv);
int backup_command(int argc, char **argv);
int restore_command(int argc, char **argv);
int routes_command(int argc, char **argv);
int upgrade_command(int argc, char **argv);
int key_command(int argc, char **argv);
int call_command(int argc, char **argv);
int demo_command(int argc, char **argv);

#endif
