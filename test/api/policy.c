#include "policy.h"

static const char FILE_NAME[] = "test/data/api/policy.txt";

typedef struct Generic {
    const char *right, *method, *suffix;
} Generic;

static const Generic GENERIC[] = {
    { "read", "GET", "" },
    { "read", "POST", "/search" },
    { "read", "POST", "/aggregate" },
    { "read", "GET", "/:id" },
    { "read", "GET", "/:id/history" },
    { "export", "POST", "/export" },
    { "create", "POST", "" },
    { "update", "PATCH", "/:id" },
    { "update", "POST", "/:id/restore" },
    { "delete", "DELETE", "/:id" },
    { "bulk", "POST", "/bulk" },
};

static Str blanks(Str s)
{
    Str out = arena_dup(kit_arena(), s);
    for (char *p = (char *)(uintptr_t)out.ptr; *p != '\0'; p++)
        *p = *p == ',' ? ' ' : *p;
    return out;
}

Str policy_word(Str line, Str key)
{
    while (line.ptr != NULL) {
        Str value = str_split(&line, ' ');
        if (str_eq(str_split(&value, '='), key) && value.ptr != NULL)
            return value;
    }
    return (Str){ 0 };
}

static void add_crud(Policy *p, Str rest)
{
    Str name = str_split(&rest, ' ');
    for (size_t i = 0; i < ARRAY_LEN(GENERIC); i++) {
        const Generic *g = &GENERIC[i];
        *vec_add(kit_arena(), &p->routes) = (PolicyRoute){
            .method = str_z(g->method),
            .path = arena_fmt(kit_arena(), "/api/v1/" STR_FMT "%s", STR_ARG(name), g->suffix),
            .allowed = blanks(policy_word(rest, str_z(g->right))),
        };
    }
}

static void add_route(Policy *p, Str rest)
{
    Str method = str_split(&rest, ' ');
    Str tail = str_trim(rest);
    Str path = str_split(&tail, ' ');
    size_t at = str_find_char(tail, '=', 0);
    *vec_add(kit_arena(), &p->routes) = (PolicyRoute){
        .method = method, .path = path, .allowed = str_trim(str_sub(tail, at + 1, tail.len))
    };
}

static PolicyLine parted(Str rest, char sep)
{
    Str head = str_split(&rest, sep);
    return (PolicyLine){ str_trim(head), str_trim(rest) };
}

Policy policy_read(void)
{
    Policy p = { 0 };
    Arena *a = kit_arena();
    for (Str rest = kit_file(FILE_NAME); rest.ptr != NULL;) {
        Str line = str_trim(str_split(&rest, '\n'));
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        Str kind = str_split(&line, ' ');
        line = str_trim(line);
        if (str_eq(kind, S("set")))
            *vec_add(a, &p.sets) = parted(line, '=');
        else if (str_eq(kind, S("crud")))
            add_crud(&p, line);
        else if (str_eq(kind, S("route")))
            add_route(&p, line);
        else if (str_eq(kind, S("scope")))
            *vec_add(a, &p.scopes) = parted(line, ':');
        else if (str_eq(kind, S("write")))
            *vec_add(a, &p.writes) = parted(line, '=');
        else
            kit_fail(FILE_NAME, 0, "unknown word " STR_FMT, STR_ARG(kind));
    }
    return p;
}

PolicyRoute *policy_route(Policy *p, const char *method, const char *path)
{
    for (size_t i = 0; i < p->routes.len; i++)
        if (str_eq(p->routes.ptr[i].method, str_z(method)) &&
            str_eq(p->routes.ptr[i].path, str_z(path)))
            return &p->routes.ptr[i];
    return NULL;
}

static const PolicyLine *set_of(const Policy *p, Str name)
{
    for (size_t i = 0; i < p->sets.len; i++)
        if (str_eq(p->sets.ptr[i].head, name))
            return &p->sets.ptr[i];
    return NULL;
}

bool policy_allows(const Policy *p, Str words, Str role)
{
    while (words.ptr != NULL && words.len > 0) {
        Str w = str_split(&words, ' ');
        const PolicyLine *set = set_of(p, w);
        if (str_eq(w, role) || (set != NULL && policy_allows(p, set->text, role)))
            return true;
    }
    return false;
}

Str policy_line(const Policy *p, Str collection)
{
    for (size_t i = 0; i < p->writes.len; i++)
        if (str_eq(p->writes.ptr[i].head, collection))
            return p->writes.ptr[i].text;
    return (Str){ 0 };
}
