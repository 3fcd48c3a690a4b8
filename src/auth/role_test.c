// Roles: inheritance, scopes, fields, the matrix, moving users, and what may not be deleted.
#include "auth/auth_kit.h"

#include <inttypes.h>

#define READ_OWN "{\"functions\":{\"thing.read\":true},\"scopes\":{\"thing\":{\"view\":\"own\"}}}"

typedef struct NewThing {
    const char *name;
    Id owner, department;
} NewThing;

static Status thing_write(Ctx *cx, Db *db, void *arg)
{
    const NewThing *t = arg;
    const EntityInfo *e = catalog_of(cx, &thing_entity);
    void *row = row_new(cx->arena, e);
    row_put(cx->arena, row, field_at(e, 1), value_text(str_z(t->name)));
    row_put(cx->arena, row, field_at(e, 2), value_text(S("13800138000")));
    row_put(cx->arena, row, field_at(e, 3), value_num(FIELD_ID, t->owner.v));
    if (t->department.v != 0)
        row_put(cx->arena, row, field_at(e, 4), value_num(FIELD_ID, t->department.v));
    return change_create(cx, db, e, row, (Str){ 0 });
}

static void make_thing(Place *p, const char *name, Id owner, Id department)
{
    NewThing t = { name, owner, department };
    CHECK_OK(store_write(place_ctx(p), p->store, thing_write, &t));
}

typedef struct NewDepartment {
    const char *name;
    Id parent, id, user;
} NewDepartment;

static Status department_write(Ctx *cx, Db *db, void *arg)
{
    NewDepartment *n = arg;
    Department d = { .name = str_z(n->name), .parent_id = n->parent };
    row_touch(&d.row, DEPARTMENT_name);
    if (n->parent.v != 0)
        row_touch(&d.row, DEPARTMENT_parent_id);
    TRY(change_create(cx, db, catalog_of(cx, &department_entity), &d, (Str){ 0 }));
    n->id = d.id;
    return STATUS_OK;
}

static Id make_department(Place *p, const char *name, Id parent)
{
    NewDepartment n = { .name = name, .parent = parent };
    CHECK_OK(store_write(place_ctx(p), p->store, department_write, &n));
    return n.id;
}

static Status move_write(Ctx *cx, Db *db, void *arg)
{
    const NewDepartment *n = arg;
    User patch = { .department_id = n->id };
    row_touch(&patch.row, USER_department_id);
    return change_update(cx, db, catalog_of(cx, &user_entity), n->user, 0, &patch, (Str){ 0 },
                         NULL);
}

static void put_into(Place *p, Id user, Id department)
{
    NewDepartment n = { .id = department, .user = user };
    CHECK_OK(store_write(place_ctx(p), p->store, move_write, &n));
}

static int64_t sees(Browser *b)
{
    Answer a = call(b, METHOD_GET, "/api/v1/things", NULL);
    return a.status == 200 ? answer_num(&a, "count") : -a.status;
}

TEST_BOTH(data_scope_by_department)
{
    static const struct {
        const char *view;
        int64_t sees;
    } STORIES[] = {
        { "\"none\"", 0 },
        { "\"own\"", 1 },
        { "\"department\"", 2 },
        { "\"tree\"", 3 },
        { "\"all\"", 5 },
        { "{\"filter\":{\"field\":\"name\",\"op\":\"eq\",\"value\":\"elsewhere\"}}", 1 },
    };
    Id top = make_department(p, "Top", (Id){ 0 });
    Id team = make_department(p, "Team", top);
    Id side = make_department(p, "Side", (Id){ 0 });
    Id anna = make_user(p, "anna", "anna-has-4-cats", NULL);
    Id bob = make_user(p, "bob", NULL, NULL);
    put_into(p, anna, top);
    make_thing(p, "own", anna, (Id){ 0 });
    make_thing(p, "department", bob, top);
    make_thing(p, "below", bob, team);
    make_thing(p, "elsewhere", bob, side);
    make_thing(p, "nowhere", bob, (Id){ 0 });
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        const char *doc = arena_fmt(kit_arena(),
                                    "{\"functions\":{\"thing.read\":true},\"scopes\":{\"thing\":"
                                    "{\"view\":%s,\"operate\":\"own\"}}}",
                                    STORIES[i].view)
                              .ptr;
        Id role = make_role(p, arena_fmt(kit_arena(), "role %zu", i).ptr, (Id){ 0 }, doc);
        give_roles(p, anna, &role.v, 1);
        Browser b = browser(p);
        CHECK_INT(sign_in(&b, "anna", "anna-has-4-cats"), 201);
        int64_t n = sees(&b);
        CHECK_ROW(n == STORIES[i].sees, "%s: %" PRId64, STORIES[i].view, n);
        // Moving the department is felt by the next request.
        if (i == 3) {
            put_into(p, anna, side);
            CHECK_INT(sees(&b), 2);
            put_into(p, anna, top);
        }
    }
}

TEST_BOTH(personal_fields_are_masked_unless_a_role_says_more)
{
    static const struct {
        const char *fields;
        const char *shown;
    } STORIES[] = {
        { "{}", "138****8000" },
        { "{\"thing.phone\":\"read\"}", "13800138000" },
        { "{\"thing.*\":\"read\"}", "13800138000" },
        { "{\"thing.*\":\"write\",\"thing.phone\":\"masked\"}", "138****8000" },
        { "{\"thing.phone\":\"none\"}", NULL },
    };
    Id anna = make_user(p, "anna", "anna-has-4-cats", NULL);
    make_thing(p, "own", anna, (Id){ 0 });
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        const char *doc = arena_fmt(kit_arena(),
                                    "{\"functions\":{\"thing.read\":true},\"scopes\":{\"thing\":"
                                    "{\"view\":\"own\"}},\"fields\":%s}",
                                    STORIES[i].fields)
                              .ptr;
        // A second role that says nothing of things must not lift the mask.
        int64_t roles[] = {
            make_role(p, arena_fmt(kit_arena(), "role %zu", i).ptr, (Id){ 0 }, doc).v,
            role_id(p, "guest").v
        };
        give_roles(p, anna, roles, 2);
        Browser b = browser(p);
        CHECK_INT(sign_in(&b, "anna", "anna-has-4-cats"), 201);
        Answer a = call(&b, METHOD_GET, "/api/v1/things", NULL);
        CHECK_INT(a.status, 200);
        CHECK_ROW(STORIES[i].shown == NULL ? !body_has(&a, "phone")
                                           : body_has(&a, STORIES[i].shown),
                  "%s: " STR_FMT, STORIES[i].fields, STR_ARG(a.body));
    }
}

static const Json *find_in(const Json *list, const char *key, const char *value)
{
    for (const Json *m = list->first; m != NULL; m = m->next)
        if (str_eq(json_text(m, key, (Str){ 0 }), str_z(value)))
            return m;
    return NULL;
}

static const char *role_path(Id role, const char *rest)
{
    return arena_fmt(kit_arena(), "/api/v1/roles/%" PRId64 "%s", role.v, rest).ptr;
}

TEST_BOTH(matrix_shows_own_and_inherited)
{
    Id parent = make_role(p, "Parent", (Id){ 0 }, READ_OWN);
    Id child = make_role(p, "Child", parent,
                         "{\"functions\":{\"thing.update\":true,\"report.read\":null},"
                         "\"fields\":{\"thing.phone\":\"read\"}}");
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    Answer a = call(&b, METHOD_GET, role_path(child, "/permissions"), NULL);
    CHECK_INT(a.status, 200);
    CHECK_INT(answer_num(&a, "parent"), parent.v);
    const Json *functions = json_get(answer_json(&a), "functions");
    const Json *read = find_in(functions, "name", "thing.read");
    CHECK(json_get(read, "own")->kind == JSON_NULL_NODE);
    CHECK(json_flag(read, "inherited", false) && json_flag(read, "effective", false));
    const Json *update = find_in(functions, "name", "thing.update");
    CHECK(json_flag(update, "own", false) && json_flag(update, "effective", false));
    CHECK(json_get(update, "inherited")->kind == JSON_NULL_NODE);
    CHECK(!json_flag(find_in(functions, "name", "report.read"), "effective", true));
    const Json *scope = find_in(json_get(answer_json(&a), "scopes"), "entity", "thing");
    CHECK(json_get(json_get(scope, "own"), "view")->kind == JSON_NULL_NODE);
    CHECK_STR(json_text(json_get(scope, "effective"), "view", (Str){ 0 }), S("own"));
    CHECK_STR(json_text(json_get(scope, "effective"), "operate", (Str){ 0 }), S("none"));

    // The child says no where the parent says yes; then the parent changes and the child follows.
    a = call(&b, METHOD_PUT, role_path(child, "/permissions"),
             "{\"functions\":{\"thing.read\":false}}");
    CHECK_INT(a.status, 200);
    read = find_in(json_get(answer_json(&a), "functions"), "name", "thing.read");
    CHECK(!json_flag(read, "own", true) && json_flag(read, "inherited", false));
    CHECK(!json_flag(read, "effective", true));
    a = call(&b, METHOD_PUT, role_path(child, "/permissions"), "{}");
    CHECK_INT(a.status, 200);
    a = call(&b, METHOD_PUT, role_path(parent, "/permissions"),
             "{\"functions\":{\"report.read\":true},\"scopes\":{\"thing\":{\"view\":{\"filter\":"
             "{\"field\":\"name\",\"op\":\"eq\",\"value\":\"x\"}}}}}");
    CHECK_INT(a.status, 200);
    a = call(&b, METHOD_GET, role_path(child, "/permissions"), NULL);
    functions = json_get(answer_json(&a), "functions");
    CHECK(json_flag(find_in(functions, "name", "report.read"), "effective", false));
    CHECK(!json_flag(find_in(functions, "name", "thing.read"), "effective", true));
    scope = find_in(json_get(answer_json(&a), "scopes"), "entity", "thing");
    CHECK(json_get(json_get(json_get(scope, "effective"), "view"), "filter") != NULL);
    CHECK_INT(count_changes(p, CHANGE_SECURITY, "role.rights"), 5); // 2 by the kit
}

TEST_BOTH(matrix_refuses_what_it_does_not_know)
{
    static const struct {
        const char *body;
        int status;
    } STORIES[] = {
        { "{\"functions\":{\"thing.fly\":true}}", 400 },
        { "{\"functions\":{\"no.such\":true}}", 400 },
        { "{\"functions\":{\"thing.read\":1}}", 400 },
        { "{\"scopes\":{\"role\":{\"view\":\"all\"}}}", 400 },
        { "{\"scopes\":{\"thing\":{\"view\":\"everything\"}}}", 422 },
        { "{\"scopes\":{\"thing\":{\"look\":\"all\"}}}", 400 },
        { "{\"scopes\":{\"thing\":{\"view\":{\"filter\":{\"field\":\"no\",\"value\":1}}}}}", 422 },
        { "{\"scopes\":{\"thing\":{\"view\":{\"filter\":null}}}}", 422 },
        { "{\"fields\":{\"thing.no\":\"read\"}}", 400 },
        { "{\"fields\":{\"thing.deleted_at\":\"read\"}}", 400 },
        { "{\"fields\":{\"thing.phone\":\"see\"}}", 422 },
        { "{\"all\":true}", 400 },
        { "[]", 400 },
    };
    Id role = make_role(p, "Role", (Id){ 0 }, READ_OWN);
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Answer a = call(&b, METHOD_PUT, role_path(role, "/permissions"), STORIES[i].body);
        CHECK_ROW(a.status == STORIES[i].status, "%s: %d", STORIES[i].body, a.status);
    }
    Answer a = call(&b, METHOD_PUT, role_path(role_id(p, "administrator"), "/permissions"), "{}");
    CHECK_CODE(a, 409, "role.builtin");
    a = call(&b, METHOD_PUT, "/api/v1/roles/9999/permissions", "{}");
    CHECK_INT(a.status, 404);
}

typedef struct RoleEdit {
    Id role, parent;
    bool remove;
} RoleEdit;

static Status edit_write(Ctx *cx, Db *db, void *arg)
{
    const RoleEdit *edit = arg;
    const EntityInfo *e = catalog_of(cx, &role_entity);
    Role patch = { .parent_id = edit->parent };
    row_touch(&patch.row, ROLE_parent_id);
    if (edit->parent.v == 0)
        mask_set(&patch.row.null, ROLE_parent_id);
    return edit->remove ? change_delete(cx, db, e, edit->role, 0, (Str){ 0 })
                        : change_update(cx, db, e, edit->role, 0, &patch, (Str){ 0 }, NULL);
}

static Str edit_role(Place *p, Id role, Id parent, bool remove)
{
    RoleEdit edit = { role, parent, remove };
    Ctx *cx = place_ctx(p);
    Status s = store_write(cx, p->store, edit_write, &edit);
    Str code = s == STATUS_OK ? S("") : cx->errors == NULL ? S("?") : str_z(cx->errors->code);
    cx->errors = NULL;
    return code;
}

TEST_BOTH(inheritance_has_no_circle_and_an_end)
{
    Id chain[ROLE_DEPTH + 1];
    for (int i = 0; i < ROLE_DEPTH; i++)
        chain[i] = make_role(p, arena_fmt(kit_arena(), "r%d", i).ptr,
                             i == 0 ? (Id){ 0 } : chain[i - 1], "{}");
    chain[ROLE_DEPTH] = make_role(p, "one more", (Id){ 0 }, "{}");
    CHECK_STR(edit_role(p, chain[ROLE_DEPTH], chain[ROLE_DEPTH - 1], false), S("role.depth"));
    CHECK_STR(edit_role(p, chain[0], chain[ROLE_DEPTH], false), S("role.depth"));
    CHECK_STR(edit_role(p, chain[0], chain[3], false), S("role.cycle"));
    CHECK_STR(edit_role(p, chain[0], chain[0], false), S("role.cycle"));
    CHECK_STR(edit_role(p, chain[ROLE_DEPTH], chain[ROLE_DEPTH - 2], false), S(""));
    CHECK_STR(edit_role(p, chain[ROLE_DEPTH], role_id(p, "administrator"), false),
              S("role.parent"));
    CHECK_STR(edit_role(p, chain[ROLE_DEPTH], (Id){ 9999 }, false), S("ref"));
}

TEST_BOTH(a_role_in_use_is_not_deleted_but_moved)
{
    Id role = make_role(p, "Leaving", (Id){ 0 }, READ_OWN);
    Id heir = make_role(p, "Heir", role, "{}");
    Id anna = make_user(p, "anna", "anna-has-4-cats", NULL);
    Id bob = make_user(p, "bob", NULL, NULL);
    give_roles(p, anna, &role.v, 1);
    give_roles(p, bob, &role.v, 1);
    CHECK_STR(edit_role(p, role, (Id){ 0 }, true), S("role.in_use"));
    RoleEdit edit = { role, { 0 }, true };
    Ctx *cx = place_ctx(p);
    CHECK_STATUS(store_write(cx, p->store, edit_write, &edit), CONFLICT);
    CHECK_STR(cx->errors->args[0], S("anna, bob")); // named
    cx->errors = NULL;
    Browser b = browser(p);
    Browser hers = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    CHECK_INT(sign_in(&hers, "anna", "anna-has-4-cats"), 201);
    Answer a = call(&b, METHOD_GET, role_path(role, "/users"), NULL);
    CHECK_INT(answer_num(&a, "count"), 2);
    CHECK(body_has(&a, "\"username\":\"bob\""));
    a = call(&b, METHOD_POST, role_path(role, "/move"),
             arena_fmt(b.a, "{\"to\":%" PRId64 "}", heir.v).ptr);
    CHECK_INT(a.status, 200);
    CHECK_INT(answer_num(&a, "moved"), 2);
    CHECK_INT(call(&hers, METHOD_GET, "/api/v1/me", NULL).status, 401); // role change ends sessions
    CHECK_STR(edit_role(p, role, (Id){ 0 }, true), S("role.has_children"));
    CHECK_STR(edit_role(p, heir, (Id){ 0 }, false), S(""));
    CHECK_STR(edit_role(p, role, (Id){ 0 }, true), S(""));
    CHECK_STR(edit_role(p, role_id(p, "guest"), (Id){ 0 }, true), S("role.builtin"));
    // From the role's side.
    a = call(&b, METHOD_POST, role_path(heir, "/users"),
             arena_fmt(b.a, "{\"remove\":[%" PRId64 "]}", anna.v).ptr);
    CHECK_INT(a.status, 200);
    CHECK_INT(answer_num(&a, "count"), 1);
    a = call(&b, METHOD_POST, role_path(heir, "/users"),
             arena_fmt(b.a, "{\"add\":[%" PRId64 "]}", anna.v).ptr);
    CHECK_INT(answer_num(&a, "count"), 2);
    a = call(&b, METHOD_PUT, arena_fmt(b.a, "/api/v1/users/%" PRId64 "/roles", anna.v).ptr,
             "{\"roles\":[9999]}");
    CHECK_CODE(a, 422, "ref");
    a = call(&b, METHOD_PUT, arena_fmt(b.a, "/api/v1/users/%" PRId64 "/roles", anna.v).ptr,
             "{\"roles\":[]}");
    CHECK_INT(a.status, 200);
    CHECK_STR(a.body, S("{\"roles\":[]}"));
}

TEST_BOTH(the_last_administrator_stays)
{
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    const char *roles = arena_fmt(b.a, "/api/v1/users/%" PRId64 "/roles", p->admin.v).ptr;
    Answer a = call(&b, METHOD_PUT, roles, "{\"roles\":[]}");
    CHECK_CODE(a, 409, "administrator.last");
    a = call(&b, METHOD_POST, role_path(role_id(p, "administrator"), "/move"),
             arena_fmt(b.a, "{\"to\":%" PRId64 "}", role_id(p, "manager").v).ptr);
    CHECK_CODE(a, 409, "administrator.last");
    // One who cannot sign in does not count.
    Id anna = make_user(p, "anna", NULL, "administrator");
    a = call(&b, METHOD_PUT, roles, "{\"roles\":[]}");
    CHECK_CODE(a, 409, "administrator.last");
    Id bob = make_user(p, "bob", "bob-has-5-dogs", "administrator");
    a = call(&b, METHOD_POST, arena_fmt(b.a, "/api/v1/users/%" PRId64 "/disable", bob.v).ptr, NULL);
    CHECK_INT(a.status, 204);
    a = call(&b, METHOD_PUT, roles, "{\"roles\":[]}");
    CHECK_CODE(a, 409, "administrator.last");
    a = call(&b, METHOD_POST, arena_fmt(b.a, "/api/v1/users/%" PRId64 "/enable", bob.v).ptr, NULL);
    CHECK_INT(a.status, 204);
    a = call(&b, METHOD_PUT, roles, "{\"roles\":[]}");
    CHECK_INT(a.status, 200); // there is another who can sign in
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/me", NULL).status, 401);
    CHECK(anna.v != 0);
}

TEST_BOTH(every_template_stands_and_is_sensible)
{
    CHECK_INT(ROLE_TEMPLATES_LEN, 15);
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM role WHERE builtin IS NOT NULL")), 15);
    for (size_t i = 0; i < ROLE_TEMPLATES_LEN; i++) {
        const RoleTemplate *t = &ROLE_TEMPLATES[i];
        const Json *doc = NULL;
        CHECK_OK(json_parse(kit_ctx(), template_document(kit_arena(), t), &doc));
        CHECK(t->name.zh[0] != '\0' && t->name.en[0] != '\0');
        // Only the administrator's document may be empty, only the directors delete.
        const Json *functions = json_get(doc, "functions");
        CHECK_ROW((functions->len == 0) == (i == 0), "%s", t->key);
        for (const Json *m = json_get(doc, "scopes")->first; m != NULL; m = m->next)
            CHECK_ROW(json_text(m, "view", (Str){ 0 }).len > 0 &&
                          json_text(m, "operate", (Str){ 0 }).len > 0,
                      "%s " STR_FMT, t->key, STR_ARG(m->key));
        const Json *phone = json_get(json_get(doc, "fields"), "customer.phone");
        bool sales = strcmp(t->key, "sales") == 0 || strncmp(t->key, "service_agent", 13) == 0;
        CHECK_ROW(!sales || phone == NULL, "%s sees phones in clear", t->key);
    }
}

TEST_BOTH(departments_are_a_tree)
{
    Id top = make_department(p, "Top", (Id){ 0 });
    Id below = make_department(p, "Below", top);
    Department patch = { .parent_id = below };
    row_touch(&patch.row, DEPARTMENT_parent_id);
    Ctx *cx = place_ctx(p);
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(cx, p->store, &db));
    const EntityInfo *e = catalog_of(cx, &department_entity);
    patch.id = top;
    CHECK_STATUS((e->entity->check)(cx, db, e, &(Department){ .id = top }, &patch), INVALID);
    CHECK_STR(str_z(cx->errors->code), S("department.cycle"));
    cx->errors = NULL;
    CHECK_STATUS((e->entity->check)(cx, db, e, &(Department){ .id = top }, NULL), CONFLICT);
    CHECK_STR(str_z(cx->errors->code), S("department.in_use"));
}
