// The filter language: what the parser takes and refuses, and the two databases against a small
// interpreter on trees of chance. A tree that differs is made smaller before it is shown.
#include "entity/fixture_test.h"

// --- the parser

typedef struct Refusal {
    const char *json, *code, *field;
} Refusal;

static const Refusal REFUSED[] = {
    { "5", "filter.node", "filter" },
    { "[]", "filter.node", "filter" },
    { "{\"a\":1,\"b\":2}", "filter.node", "filter" },
    { "{\"nope\":1}", "filter.field", "filter.nope" },
    { "{\"deleted_at\":{\"empty\":true}}", "filter.field", "filter.deleted_at" },
    { "{\"doc\":{\"empty\":true}}", "filter.field", "filter.doc" },
    { "{\"field\":\"num\",\"op\":\"like\",\"value\":1}", "filter.op", "filter" },
    { "{\"field\":\"num\",\"op\":5,\"value\":1}", "filter.op", "filter" },
    { "{\"field\":\"num\",\"value\":1,\"extra\":1}", "filter.key", "filter" },
    { "{\"num\":{\"gt\":1,\"lt\":2}}", "filter.op", "filter.num" },
    { "{\"num\":{}}", "filter.op", "filter.num" },
    { "{\"num\":\"1\"}", "filter.value", "filter.num" },
    { "{\"num\":null}", "filter.value", "filter.num" },
    { "{\"num\":1.5}", "filter.value", "filter.num" },
    { "{\"num\":{\"contains\":\"1\"}}", "filter.op", "filter.num" },
    { "{\"num\":{\"between\":[1]}}", "filter.value", "filter.num" },
    { "{\"num\":{\"between\":[1,2,3]}}", "filter.value", "filter.num" },
    { "{\"num\":{\"in\":[]}}", "filter.value", "filter.num" },
    { "{\"num\":{\"in\":1}}", "filter.value", "filter.num" },
    { "{\"num\":{\"in\":[1,\"2\"]}}", "filter.value", "filter.num" },
    { "{\"flag\":{\"gt\":true}}", "filter.op", "filter.flag" },
    { "{\"color\":\"pink\"}", "filter.value", "filter.color" },
    { "{\"color\":{\"gt\":\"red\"}}", "filter.op", "filter.color" },
    { "{\"friend_id\":0}", "filter.value", "filter.friend_id" },
    { "{\"code\":{\"contains\":\"13\"}}", "filter.op", "filter.code" },
    { "{\"code\":{\"gt\":\"13\"}}", "filter.op", "filter.code" },
    { "{\"custom.x\":\"a\"}", "filter.op", "filter.custom.x" },
    { "{\"custom.none\":\"a\"}", "filter.field", "filter.custom.none" },
    { "{\"at\":{\"on\":\"2026-13-01\"}}", "filter.value", "filter.at" },
    { "{\"at\":{\"last_days\":-1}}", "filter.value", "filter.at" },
    { "{\"at\":{\"last_days\":36501}}", "filter.value", "filter.at" },
    { "{\"num\":{\"last_days\":3}}", "filter.op", "filter.num" },
    { "{\"all\":{}}", "filter.list", "filter.all" },
    { "{\"all\":[{\"num\":1},{\"any\":[{\"num\":2},{\"nope\":3}]}]}", "filter.field",
      "filter.all[1].any[1].nope" },
    { "{\"not\":[]}", "filter.node", "filter.not" },
    { "{\"children\":5}", "filter.key", "filter.children" },
    { "{\"children\":{\"which\":{}}}", "filter.key", "filter.children" },
    { "{\"children\":{\"count\":2}}", "filter.op", "filter.children" },
    { "{\"children\":{\"count\":{\"gte\":1,\"lt\":3}}}", "filter.op", "filter.children" },
    { "{\"children\":{\"count\":{\"in\":[1]}}}", "filter.op", "filter.children" },
    { "{\"children\":{\"count\":{\"empty\":true}}}", "filter.op", "filter.children" },
    { "{\"children\":{\"count\":{\"gte\":1},\"sum\":{\"field\":\"size\",\"gte\":1}}}", "filter.key",
      "filter.children" },
    { "{\"children\":{\"sum\":{\"field\":\"label\",\"gte\":1}}}", "filter.field",
      "filter.children" },
    { "{\"children\":{\"sum\":{\"gte\":1}}}", "filter.op", "filter.children" },
    { "{\"children\":{\"where\":{\"num\":1}}}", "filter.field", "filter.children.where.num" },
};

static void check_refused(Samples *s, Str json, const char *code, const char *field)
{
    Ctx *cx = s->kit.cx;
    const Filter *f = NULL;
    cx->errors = NULL;
    Status got = filter_parse_text(cx, s->info, json, &f);
    const Err *e = cx->errors;
    CHECK_ROW(got == STATUS_INVALID && e != NULL && strcmp(e->code, code) == 0 && e->next == NULL &&
                  (field == NULL || strcmp(e->field, field) == 0),
              STR_FMT ": %s %s %s", STR_ARG(str_sub(json, 0, 100)), status_name(got),
              e == NULL ? "-" : e->code, e == NULL || e->field == NULL ? "-" : e->field);
    cx->errors = NULL;
}

static Str repeated(const char *head, const char *one, const char *sep, int n, const char *tail)
{
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    buf_add(&b, str_z(head));
    for (int i = 0; i < n; i++) {
        buf_add(&b, str_z(i > 0 ? sep : ""));
        buf_add(&b, str_z(one));
    }
    buf_add(&b, str_z(tail));
    return buf_str(&b);
}

TEST(filters_refused)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, false, false))
        return;
    for (size_t i = 0; i < ARRAY_LEN(REFUSED); i++)
        check_refused(&s, str_z(REFUSED[i].json), REFUSED[i].code, REFUSED[i].field);
    // 64 nodes are the group and 63 conditions; 8 levels are the condition and 7 groups around it.
    CHECK(filter_of(&s, repeated("{\"all\":[", "{\"num\":1}", ",", 63, "]}")) != NULL);
    check_refused(&s, repeated("{\"all\":[", "{\"num\":1}", ",", 64, "]}"), "filter.size", NULL);
    CHECK(filter_of(
              &s,
              repeated("{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"num\":1}",
                       "}", "", 7, "")) != NULL);
    check_refused(
        &s,
        repeated(
            "{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"num\":1}",
            "}", "", 8, ""),
        "filter.size", NULL);
    CHECK(filter_of(&s, repeated("{\"num\":{\"in\":[", "1", ",", 1000, "]}}")) != NULL);
    check_refused(&s, repeated("{\"num\":{\"in\":[", "1", ",", 1001, "]}}"), "filter.value",
                  "filter.num");
    CHECK(filter_of(&s, repeated("{\"name\":{\"contains\":\"", "中", "", 50, "\"}}")) != NULL);
    check_refused(&s, repeated("{\"name\":{\"contains\":\"", "a", "", 51, "\"}}"), "filter.pattern",
                  "filter.name");
    // Many long lists together end with an answer, not with an error of the database.
    Str list = repeated("{\"num\":{\"in\":[", "1", ",", 1000, "]}}");
    Str many = repeated("{\"all\":[", arena_cstr(kit_arena(), list), ",", 6, "]}");
    const Filter *f = NULL;
    Status got = filter_parse_text(s.kit.cx, s.info, many, &f);
    CHECK_ROW(got == STATUS_INVALID, "six lists of a thousand: %s", status_name(got));
}

static const Access *partial_access(Samples *s, FieldAccess num, bool children)
{
    Ctx *cx = s->kit.cx;
    Access *a = arena_new(cx->arena, Access);
    EntityAccess *list = arena_array(cx->arena, EntityAccess, s->kit.catalog->nentities);
    for (size_t i = 0; i < s->kit.catalog->nentities; i++) {
        const EntityInfo *e = &s->kit.catalog->entities[i];
        list[i] = (EntityAccess){ .may = e != s->children || children ? MAY_READ : 0,
                                  .view = { .kinds = SCOPE_ALL },
                                  .field = arena_array(cx->arena, uint8_t, e->nfields) };
        memset(list[i].field, ACCESS_WRITE, e->nfields);
    }
    list[s->info->index].field[SAMPLE_num] = (uint8_t)num;
    *a = (Access){ .user = { 1 }, .entities = list };
    return a;
}

TEST(filters_by_fields_not_seen)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, false, false))
        return;
    Ctx *cx = s.kit.cx;
    const Filter *f = NULL;
    for (int level = ACCESS_NONE; level <= ACCESS_READ; level++) {
        cx->access = partial_access(&s, (FieldAccess)level, true);
        Status got = filter_parse_text(cx, s.info,
                                       S("{\"not\":{\"any\":[{\"num\":{\"empty\":true}}]}}"), &f);
        CHECK_INT(got, level == ACCESS_READ ? STATUS_OK : STATUS_FORBIDDEN);
    }
    cx->access = partial_access(&s, ACCESS_WRITE, false);
    CHECK_INT(filter_parse_text(cx, s.info, S("{\"children\":{\"count\":{\"gte\":1}}}"), &f),
              STATUS_FORBIDDEN);
    cx->errors = NULL;
}

// --- the interpreter

static bool holds(Samples *s, const Filter *f, const void *row, const EntityInfo *e);

static int compare(Value a, Value b)
{
    if (a.kind == FIELD_TEXT)
        return str_cmp(a.text, b.text);
    return a.num < b.num ? -1 : a.num > b.num;
}

static Str small(Str s)
{
    Str out = arena_dup(kit_arena(), s);
    for (char *p = (char *)(uintptr_t)out.ptr; p < out.ptr + out.len; p++)
        *p = ascii_lower(*p);
    return out;
}

static bool is_in(const Filter *f, Value v)
{
    for (size_t i = 0; i < f->nvalues; i++)
        if (compare(v, f->values[i]) == 0)
            return true;
    return false;
}

static bool field_holds(const Filter *f, Value v)
{
    bool negative = f->op == OP_NE || f->op == OP_NOT_IN || f->op == OP_EMPTY;
    if (v.null)
        return negative;
    switch (f->op) {
    case OP_EMPTY: return false;
    case OP_NOT_EMPTY: return true;
    case OP_EQ:
    case OP_IN: return is_in(f, v);
    case OP_NE:
    case OP_NOT_IN: return !is_in(f, v);
    case OP_GT: return compare(v, f->values[0]) > 0;
    case OP_GTE: return compare(v, f->values[0]) >= 0;
    case OP_LT: return compare(v, f->values[0]) < 0;
    case OP_LTE: return compare(v, f->values[0]) <= 0;
    case OP_BETWEEN: return compare(v, f->values[0]) >= 0 && compare(v, f->values[1]) <= 0;
    case OP_CONTAINS: return str_find(small(v.text), small(f->values[0].text), 0) < v.text.len;
    case OP_STARTS: return str_starts(small(v.text), small(f->values[0].text));
    case OP_ENDS: return str_ends(small(v.text), small(f->values[0].text));
    case OP_MATCHES: break;
    }
    return false;
}

static bool related_holds(Samples *s, const Filter *f, const void *row)
{
    int64_t count = 0;
    int64_t sum = 0;
    for (int i = 0; i < CHILDREN; i++) {
        const Child *kid = s->kids[i];
        if (kid->sample_id.v != row_id(row, s->info).v ||
            (f->where != NULL && !holds(s, f->where, kid, s->children)))
            continue;
        count++;
        sum += f->sum == NULL ? 0 : row_get(kid, f->sum).num;
    }
    if (f->exists)
        return count > 0;
    Value measured = value_num(FIELD_INT, f->sum != NULL ? sum : count);
    return field_holds(f, measured);
}

static bool holds(Samples *s, const Filter *f, const void *row, const EntityInfo *e)
{
    switch (f->kind) {
    case FILTER_FIELD: return field_holds(f, row_get(row, f->field));
    case FILTER_NOT: return !holds(s, f->first, row, e);
    case FILTER_RELATED: return related_holds(s, f, row);
    case FILTER_ALL:
        for (const Filter *c = f->first; c != NULL; c = c->next)
            if (!holds(s, c, row, e))
                return false;
        return true;
    case FILTER_ANY:
        for (const Filter *c = f->first; c != NULL; c = c->next)
            if (holds(s, c, row, e))
                return true;
        return false;
    }
    return false;
}

// --- trees of chance, as JSON

typedef struct Subject {
    const char *name;
    FieldKind kind;
} Subject;

static const Subject SUBJECTS[] = {
    { "name", FIELD_TEXT },      { "num", FIELD_INT },      { "flag", FIELD_BOOL },
    { "friend_id", FIELD_ID },   { "amount", FIELD_MONEY }, { "rate", FIELD_DECIMAL },
    { "at", FIELD_INSTANT },     { "on_day", FIELD_DAY },   { "color", FIELD_CHOICE },
    { "total", FIELD_MONEY },    { "custom.n", FIELD_INT }, { "custom.t", FIELD_TEXT },
    { "custom.m", FIELD_MONEY }, { "id", FIELD_ID },
};
static const Subject CHILD_SUBJECTS[] = { { "label", FIELD_TEXT }, { "size", FIELD_INT } };

static const char *literal(FieldKind kind)
{
    static const char *const TEXTS[] = { "alpha", "ALPHA", "张三",  "张三丰", "ÄÖ", "a%b_c",
                                         "10",    "9",     "'; --", "é",      "王" };
    static const char *const COLORS[] = { "red", "green", "blue" };
    int n = chance_below(23) - 11;
    switch (kind) {
    case FIELD_TEXT:
        return arena_fmt(kit_arena(), "\"%s\"", TEXTS[chance_below((int)ARRAY_LEN(TEXTS))]).ptr;
    case FIELD_INT: return arena_fmt(kit_arena(), "%d", n).ptr;
    case FIELD_ID: return arena_fmt(kit_arena(), "%d", 1 + chance_below(8)).ptr;
    case FIELD_BOOL: return chance_below(2) != 0 ? "true" : "false";
    case FIELD_MONEY:
    case FIELD_DECIMAL:
        return arena_fmt(kit_arena(), "\"%d.%s\"", n, chance_below(2) != 0 ? "25" : "5").ptr;
    case FIELD_INSTANT:
        return arena_fmt(kit_arena(), "\"2026-01-%02dT%02d:00:00Z\"", 4 + chance_below(24),
                         chance_below(24))
            .ptr;
    case FIELD_DAY:
        return arena_fmt(kit_arena(), "\"2026-%02d-%02d\"", 1 + chance_below(4),
                         1 + chance_below(28))
            .ptr;
    case FIELD_CHOICE: return arena_fmt(kit_arena(), "\"%s\"", COLORS[chance_below(3)]).ptr;
    case FIELD_JSON:
    case FIELD_KINDS: break;
    }
    return "null";
}

static bool ordered(FieldKind k)
{
    return k != FIELD_BOOL && k != FIELD_ID && k != FIELD_CHOICE;
}

static const char *condition(const Subject *of, size_t n)
{
    static const char *const ORDER[] = { "gt", "gte", "lt", "lte" };
    static const char *const FRAGMENT[] = { "contains", "starts", "ends" };
    static const char *const DATES[] = { "this_week", "this_month", "this_year", "prev_month" };
    Arena *a = kit_arena();
    const Subject *s = &of[chance_below((int)n)];
    const char *v = literal(s->kind);
    bool time = s->kind == FIELD_INSTANT || s->kind == FIELD_DAY;
    switch (chance_below(10)) {
    case 0:
        return arena_fmt(a, "{\"%s\":{\"%s\":true}}", s->name,
                         chance_below(2) != 0 ? "empty" : "not_empty")
            .ptr;
    case 1: return arena_fmt(a, "{\"field\":\"%s\",\"op\":\"ne\",\"value\":%s}", s->name, v).ptr;
    case 2:
        return arena_fmt(a, "{\"%s\":{\"in\":[%s,%s,%s]}}", s->name, v, literal(s->kind),
                         literal(s->kind))
            .ptr;
    case 3: return arena_fmt(a, "{\"%s\":{\"not_in\":[%s,%s]}}", s->name, v, literal(s->kind)).ptr;
    case 4:
    case 5:
        if (ordered(s->kind))
            return arena_fmt(a, "{\"%s\":{\"%s\":%s}}", s->name, ORDER[chance_below(4)], v).ptr;
        break;
    case 6:
        if (ordered(s->kind))
            return arena_fmt(a, "{\"%s\":{\"between\":[%s,%s]}}", s->name, v, literal(s->kind)).ptr;
        break;
    case 7:
        if (s->kind == FIELD_TEXT)
            return arena_fmt(a, "{\"%s\":{\"%s\":%s}}", s->name, FRAGMENT[chance_below(3)], v).ptr;
        if (time)
            return arena_fmt(a, "{\"%s\":{\"%s\":true}}", s->name, DATES[chance_below(4)]).ptr;
        break;
    case 8:
        if (time)
            return arena_fmt(a, "{\"%s\":{\"%s\":%d}}", s->name,
                             chance_below(2) != 0 ? "last_days" : "next_days", chance_below(40))
                .ptr;
        break;
    default: break;
    }
    return arena_fmt(a, "{\"%s\":%s}", s->name, v).ptr;
}

static const char *related(void)
{
    static const char *const OPS[] = { "eq", "ne", "gt", "gte", "lt", "lte" };
    Arena *a = kit_arena();
    const char *where =
        chance_below(2) != 0
            ? arena_fmt(a, "\"where\":%s", condition(CHILD_SUBJECTS, ARRAY_LEN(CHILD_SUBJECTS))).ptr
            : "\"where\":{\"not\":{\"size\":{\"gt\":3}}}";
    switch (chance_below(4)) {
    case 0: return arena_fmt(a, "{\"children\":{%s}}", where).ptr;
    case 1:
        return arena_fmt(a, "{\"children\":{%s,\"sum\":{\"field\":\"size\",\"%s\":%d}}}", where,
                         OPS[chance_below(6)], chance_below(13) - 6)
            .ptr;
    case 2:
        return arena_fmt(a, "{\"children\":{%s,\"count\":{\"between\":[%d,%d]}}}", where,
                         chance_below(2), chance_below(4))
            .ptr;
    default: break;
    }
    return arena_fmt(a, "{\"children\":{%s,\"count\":{\"%s\":%d}}}", where, OPS[chance_below(6)],
                     chance_below(4))
        .ptr;
}

static const char *tree(int depth)
{
    Arena *a = kit_arena();
    int pick = depth == 0 ? 0 : chance_below(6);
    if (pick <= 1)
        return condition(SUBJECTS, ARRAY_LEN(SUBJECTS));
    if (pick == 2)
        return related();
    if (pick == 3)
        return arena_fmt(a, "{\"not\":%s}", tree(depth - 1)).ptr;
    const char *list = tree(depth - 1);
    for (int n = chance_below(3); n > 0; n--)
        list = arena_fmt(a, "%s,%s", list, tree(depth - 1)).ptr;
    return arena_fmt(a, "{\"%s\":[%s]}", pick == 4 ? "all" : "any", list).ptr;
}

// --- the comparison

static bool agrees(Samples *s, const Filter *f, int64_t *ret_id)
{
    Ids got;
    if (!ids_found(s, f, &got)) {
        *ret_id = -1;
        return false;
    }
    size_t at = 0;
    for (int i = 0; i < SAMPLES; i++) {
        bool found = at < got.len && got.ptr[at] == i + 1;
        at += found;
        if (found != holds(s, f, s->rows[i], s->info)) {
            *ret_id = i + 1;
            return false;
        }
    }
    return true;
}

// The smallest part of the tree that still differs: children before parents.
static const Filter *smallest(Samples *s, const Filter *f)
{
    int64_t id = 0;
    for (const Filter *c = f->kind == FILTER_RELATED ? NULL : f->first; c != NULL; c = c->next) {
        Filter alone = *c;
        alone.next = NULL;
        if (!agrees(s, &alone, &id))
            return smallest(s, c);
    }
    return f;
}

static void show(Samples *s, const char *json, const Filter *f)
{
    int64_t id = 0;
    const Filter *part = smallest(s, f);
    Filter alone = *part;
    alone.next = NULL;
    (void)agrees(s, &alone, &id);
    kit_fail(__FILE__, __LINE__, "row %lld differs by %s: kind %d, field " STR_FMT ", op " STR_FMT,
             (long long)id, json, (int)part->kind,
             STR_ARG(part->field == NULL ? S("-") : part->field->name),
             STR_ARG(filter_op_name(part->op)));
    for (const Err *e = s->kit.cx->errors; e != NULL; e = e->next)
        kit_fail(__FILE__, __LINE__, "  %s " STR_FMT, e->code, STR_ARG(e->message));
}

enum { TREES = 1200 };

static void differential(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, true))
        return;
    chance_seed(20260115);
    int wrong = 0;
    int found = 0;
    for (int i = 0; i < TREES && wrong < 5; i++) {
        const char *json = tree(4);
        const Filter *f = NULL;
        s.kit.cx->errors = NULL;
        if (filter_parse_text(s.kit.cx, s.info, str_z(json), &f) != STATUS_OK) {
            // Only the limits may say no to what is built here.
            CHECK_ROW(strcmp(s.kit.cx->errors->code, "filter.size") == 0, "%s: %s", json,
                      s.kit.cx->errors->code);
            continue;
        }
        int64_t id = 0;
        kit_count();
        if (!agrees(&s, f, &id)) {
            show(&s, json, f);
            wrong++;
        }
        Ids ids;
        found += ids_found(&s, f, &ids) && ids.len > 0 && ids.len < SAMPLES;
    }
    CHECK_ROW(found > TREES / 4, "only %d trees find something but not everything", found);
    s.kit.cx->errors = NULL;
}

TEST(trees_of_chance_sqlite)
{
    differential(false);
}

TEST(trees_of_chance_postgres)
{
    differential(true);
}
