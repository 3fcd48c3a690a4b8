// The FTS5 tokenizer "blank": tokens come ready-made from text/, so it splits on blanks and changes
// nothing.
#include "db/sqlite.h"

static int tokenizer_create(void *arg, const char **words, int nwords, Fts5Tokenizer **ret)
{
    (void)words, (void)nwords;
    *ret = arg; // it has no state, but NULL would mean failure
    return SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *t)
{
    (void)t;
}

static int tokenize(Fts5Tokenizer *t, void *arg, int flags, const char *text, int len,
                    int (*token)(void *, int, const char *, int, int, int))
{
    (void)t, (void)flags;
    int rc = SQLITE_OK;
    for (int at = 0; rc == SQLITE_OK && at < len;) {
        int start = at;
        while (at < len && text[at] != ' ')
            at++;
        if (at > start)
            rc = token(arg, 0, text + start, at - start, start, at);
        at++;
    }
    return rc;
}

int sqlite_tokenizer(sqlite3 *handle)
{
    static char nothing;
    static fts5_tokenizer blank = { tokenizer_create, tokenizer_delete, tokenize };
    fts5_api *api = NULL;
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
    if (rc == SQLITE_OK)
        (void)sqlite3_step(st);
    (void)sqlite3_finalize(st);
    if (rc == SQLITE_OK && api == NULL)
        rc = SQLITE_ERROR;
    return rc == SQLITE_OK ? api->xCreateTokenizer(api, "blank", &nothing, &blank, NULL) : rc;
}
