// From headings to a mapping, and what is kept of a look at a file.
#include "intake/intake_http.h"

#include <inttypes.h>

static Str headings_json(Ctx *cx, const SourceLook *look)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "headings");
    for (size_t i = 0; i < look->n; i++)
        json_str(&j, look->headings[i]);
    json_close_array(&j);
    json_key_open_array(&j, "sheets");
    for (size_t i = 0; i < look->nsheets; i++)
        json_str(&j, look->sheets[i]);
    json_close_array(&j);
    json_close(&j);
    return buf_str(&b);
}

void import_take_look(Ctx *cx, const SourceLook *look, Import *i)
{
    i->charset = look->spec.xlsx ? S("xlsx") : str_z(charset_name(look->spec.charset));
    i->delimiter =
        look->spec.xlsx ? (Str){ 0 } : arena_dup(cx->arena, (Str){ &look->spec.delimiter, 1 });
    i->sheet = look->spec.sheet;
    i->look.text = headings_json(cx, look);
}

static Str mapping_json(Ctx *cx, const TargetId *targets, size_t n)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    for (size_t i = 0; i < n; i++)
        if (targets[i] != TARGETS)
            json_key_str(&j, arena_fmt(cx->arena, "%zu", i).ptr, TARGET_TABLE[targets[i]].name);
    json_close(&j);
    return buf_str(&b);
}

// --- own presets

typedef struct Own {
    Id id;
    ImportKind kind;
    Str mapping, options;
} Own;

static Status list_own(Ctx *cx, Db *db, Own **ret, size_t *ret_n)
{
    enum { MOST = 500 };
    VEC(Own) list = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, kind, mapping, options FROM preset WHERE deleted_at IS NULL ORDER "
                   "BY id DESC LIMIT "));
    sql_int(q, MOST);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, &list) = (Own){ { stmt_int(st, 0) },
                                            (ImportKind)stmt_int(st, 1),
                                            stmt_text(st, 2, cx->arena),
                                            stmt_text(st, 3, cx->arena) };
    *ret = list.ptr;
    *ret_n = list.len;
    return stmt_end(cx, &st);
}

// How many of its headings the file has; 0 when one is missing.
static Status own_hits(Ctx *cx, const Own *own, const SourceLook *look, TargetId *targets,
                       size_t *ret)
{
    const Json *mapping = NULL;
    TRY(json_parse(cx, own->mapping, &mapping));
    *ret = 0;
    for (size_t i = 0; i < look->n; i++)
        targets[i] = TARGETS;
    for (const Json *m = mapping->first; m != NULL; m = m->next) {
        bool found = false;
        for (size_t i = 0; i < look->n && !found; i++)
            if (str_eq(str_trim(look->headings[i]), str_trim(m->key))) {
                targets[i] = target_find(m->text, own->kind);
                found = true;
            }
        if (!found) {
            *ret = 0;
            return STATUS_OK;
        }
        ++*ret;
    }
    return STATUS_OK;
}

static Status use_own(Ctx *cx, const Own *own, const TargetId *targets, size_t n, Import *i)
{
    i->kind.ordinal = (int32_t)own->kind;
    i->preset = arena_fmt(cx->arena, "own:%" PRId64, own->id.v);
    i->mapping.text = mapping_json(cx, targets, n);
    if (own->options.len > 0)
        i->options.text = own->options;
    return STATUS_OK;
}

static Status find_own(Ctx *cx, Db *db, const SourceLook *look, Str wanted, Import *i,
                       bool *ret_found)
{
    Own *list = NULL;
    size_t n = 0;
    size_t most = 0;
    TargetId *targets = arena_array(cx->arena, TargetId, look->n + 1);
    *ret_found = false;
    TRY(list_own(cx, db, &list, &n));
    const Own *best = NULL;
    for (size_t k = 0; k < n; k++) {
        size_t hits = 0;
        Str name = arena_fmt(cx->arena, "own:%" PRId64, list[k].id.v);
        TRY(own_hits(cx, &list[k], look, targets, &hits));
        bool chosen = wanted.len > 0 && str_eq(name, wanted);
        if (chosen || (wanted.len == 0 && hits > most)) {
            best = &list[k];
            most = hits;
        }
        if (chosen)
            break;
    }
    if (best == NULL)
        return STATUS_OK;
    *ret_found = true;
    TRY(own_hits(cx, best, look, targets, &most));
    return use_own(cx, best, targets, look->n, i);
}

Status import_map(Ctx *cx, Db *db, const SourceLook *look, Str preset, bool kind_given, Import *i)
{
    bool found = false;
    TargetId *targets = arena_array(cx->arena, TargetId, look->n + 1);
    if (preset.len == 0 || str_starts(preset, S("own:")))
        TRY(find_own(cx, db, look, preset, i, &found));
    if (found)
        return STATUS_OK;
    const Preset *p =
        preset.len > 0 ? preset_find(preset) : preset_recognise(look->headings, look->n);
    if (preset.len > 0 && p == NULL)
        return FAIL(cx, INVALID, "import.preset", "preset", "there is no such preset");
    // A file of lines given as orders is still a file of lines.
    if (p != NULL) {
        preset_map(p, look->headings, look->n, targets);
        i->kind.ordinal = (int32_t)p->kind;
        i->preset = str_z(p->name);
    } else {
        for (size_t c = 0; c < look->n; c++)
            targets[c] = TARGETS;
        if (!kind_given)
            i->kind.ordinal = (int32_t)guess_kind(cx->arena, look->headings, look->n);
        guess_columns(cx->arena, (ImportKind)i->kind.ordinal, cx->catalog->region, look->headings,
                      look->n, look->samples, look->nrows, targets);
        i->preset = (Str){ 0 };
    }
    i->mapping.text = mapping_json(cx, targets, look->n);
    return STATUS_OK;
}

static void text_or_null(Sql *q, Str s)
{
    if (s.len == 0)
        sql_null(q);
    else
        sql_text(q, s);
}

Status import_update(Ctx *cx, Db *db, const Import *i)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE import_run SET kind = "));
    sql_int(q, i->kind.ordinal);
    sql_add(q, SQL(", charset = "));
    text_or_null(q, i->charset);
    sql_add(q, SQL(", delimiter = "));
    text_or_null(q, i->delimiter);
    sql_add(q, SQL(", sheet = "));
    sql_int(q, i->sheet);
    sql_add(q, SQL(", preset = "));
    text_or_null(q, i->preset);
    sql_add(q, SQL(", mapping = "));
    sql_json(q, i->mapping.text.len == 0 ? S("{}") : i->mapping.text);
    sql_add(q, SQL(", options = "));
    sql_json(q, i->options.text.len == 0 ? S("{}") : i->options.text);
    sql_add(q, SQL(", look = "));
    sql_json(q, i->look.text.len == 0 ? S("{}") : i->look.text);
    sql_add(q, SQL(", state = "));
    sql_int(q, i->state.ordinal);
    sql_add(q, SQL(", version = version + 1, updated_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, i->id);
    return db_exec(cx, db, q, NULL);
}
