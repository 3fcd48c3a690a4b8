// Nobody grants what he does not hold, nor edits somebody above him: random role graphs, compared
// with a plain model of who holds what.
#include "auth/auth_kit.h"

#include <inttypes.h>

enum { ROLES = 6, USERS = 5, NAMES = 9, MOVES = 60 };

// What a right is, in words; all scopes are "all" here and fields are left alone, so that the model
// stays a set.
static const char *const NAMED[NAMES] = { "thing.read",   "thing.create", "thing.update",
                                          "thing.delete", "report.read",  "user.read",
                                          "user.update",  "role.assign",  "role.grant" };

typedef struct World {
    uint64_t seed;
    Id roles[ROLES], users[USERS];
    int parent[ROLES];        // -1: none
    int8_t own[ROLES][NAMES]; // -1, 0, 1
    bool has[USERS][ROLES];
} World;

static uint32_t draw(World *w, uint32_t n)
{
    w->seed ^= w->seed << 13;
    w->seed ^= w->seed >> 7;
    w->seed ^= w->seed << 17;
    return (uint32_t)(w->seed >> 33) % n;
}

static uint32_t role_holds(const World *w, int role)
{
    int8_t said[NAMES];
    memset(said, -1, sizeof(said));
    int depth = 0;
    for (int at = role; at >= 0 && depth < ROLE_DEPTH; at = w->parent[at], depth++)
        for (int k = 0; k < NAMES; k++)
            if (said[k] < 0)
                said[k] = w->own[at][k];
    uint32_t held = 0;
    for (int k = 0; k < NAMES; k++)
        held |= said[k] == 1 ? 1u << k : 0u;
    return held;
}

static uint32_t user_holds(const World *w, int user)
{
    uint32_t held = 0;
    for (int r = 0; r < ROLES; r++)
        if (w->has[user][r])
            held |= role_holds(w, r);
    return held;
}

static Str document_of(const World *w, int role, const int8_t *own)
{
    (void)w;
    (void)role;
    Buf b = buf_new(kit_arena(), 4096);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open(&j, "functions");
    for (int k = 0; k < NAMES; k++)
        if (own[k] >= 0)
            json_key_bool(&j, NAMED[k], own[k] == 1);
    json_close(&j);
    json_key_open(&j, "scopes");
    json_key(&j, S("thing"));
    json_raw(&j, S("{\"view\":\"all\",\"operate\":\"all\"}"));
    json_key(&j, S("user"));
    json_raw(&j, S("{\"view\":\"all\",\"operate\":\"all\"}"));
    json_close(&j);
    json_close(&j);
    return buf_str(&b);
}

static void build(Place *p, World *w)
{
    for (int r = 0; r < ROLES; r++) {
        w->parent[r] = r > 0 && draw(w, 2) == 0 ? (int)draw(w, (uint32_t)r) : -1;
        for (int k = 0; k < NAMES; k++)
            w->own[r][k] = (int8_t)((int)draw(w, 3) - 1);
        w->roles[r] = make_role(p, arena_fmt(kit_arena(), "r%d-%" PRIx64, r, w->seed).ptr,
                                w->parent[r] < 0 ? (Id){ 0 } : w->roles[w->parent[r]],
                                document_of(w, r, w->own[r]).ptr);
    }
    for (int u = 0; u < USERS; u++) {
        int64_t list[ROLES];
        size_t n = 0;
        w->users[u] =
            make_user(p, arena_fmt(kit_arena(), "u%d-%" PRIx64, u, w->seed).ptr, NULL, NULL);
        for (int r = 0; r < ROLES; r++)
            if (draw(w, 3) == 0) {
                w->has[u][r] = true;
                list[n++] = w->roles[r].v;
            }
        give_roles(p, w->users[u], list, n);
    }
}

typedef struct Move {
    int kind; // 0 roles of a user, 1 rights of a role, 2 parent of a role, 3 the record of a user
    Id user, role, parent;
    int64_t list[ROLES];
    size_t n;
    Str document;
} Move;

static Status move_write(Ctx *cx, Db *db, void *arg)
{
    const Move *m = arg;
    const Json *doc = NULL;
    User patch = { .name = S("renamed") };
    switch (m->kind) {
    case 0: return user_set_roles(cx, db, m->user, m->list, m->n);
    case 1: TRY(json_parse(cx, m->document, &doc)); return role_set_rights(cx, db, m->role, doc);
    case 2: {
        // The rule alone: the caller's may_update is the route's business.
        const EntityInfo *e = catalog_of(cx, &role_entity);
        Role before = { .id = m->role, .name = S("x") };
        Role after = { .id = m->role, .name = S("x"), .parent_id = m->parent };
        return (e->entity->check)(cx, db, e, &before, &after);
    }
    default: {
        const EntityInfo *e = catalog_of(cx, &user_entity);
        User before = { .id = m->user };
        patch.id = m->user;
        return (e->entity->check)(cx, db, e, &before, &patch);
    }
    }
}

static bool below(const World *w, int role, int top)
{
    for (int at = role, d = 0; at >= 0 && d <= ROLE_DEPTH; at = w->parent[at], d++)
        if (at == top)
            return true;
    return false;
}

// Rights of all roles at or below `top`, which is what editing it touches.
static uint32_t touched_by(const World *w, int top)
{
    uint32_t held = 0;
    for (int r = 0; r < ROLES; r++)
        if (below(w, r, top))
            held |= role_holds(w, r);
    return held;
}

static bool try_move(Place *p, const Move *m, Id actor)
{
    Ctx *cx = place_ctx(p);
    const Access *access = NULL;
    {
        CLEANUP(db_release) Db *db = NULL;
        CHECK_OK(store_read(cx, p->store, &db));
        CHECK_OK(auth_access(cx, db, actor, ORIGIN_PAGE, &access));
    }
    cx->access = access;
    Status s = store_write(cx, p->store, move_write, (void *)(uintptr_t)m);
    CHECK(s == STATUS_OK || s == STATUS_FORBIDDEN || s == STATUS_INVALID || s == STATUS_CONFLICT);
    cx->errors = NULL;
    return s == STATUS_OK;
}

static void move_roles(Place *p, World *w, int actor)
{
    int user = (int)draw(w, USERS);
    Move m = { .kind = 0, .user = w->users[user] };
    bool then[ROLES];
    uint32_t needed = actor == user ? 0 : user_holds(w, user);
    for (int r = 0; r < ROLES; r++) {
        then[r] = draw(w, 4) == 0 ? !w->has[user][r] : w->has[user][r];
        if (then[r])
            m.list[m.n++] = w->roles[r].v;
        if (then[r] != w->has[user][r])
            needed |= role_holds(w, r);
    }
    bool allowed = (needed & ~user_holds(w, actor)) == 0;
    bool done = try_move(p, &m, w->users[actor]);
    CHECK_ROW(done == allowed, "roles: actor %x needs %x", user_holds(w, actor), needed);
    if (done)
        memcpy(w->has[user], then, sizeof(then));
}

static void move_rights(Place *p, World *w, int actor)
{
    int role = (int)draw(w, ROLES);
    int8_t was[NAMES];
    int8_t then[NAMES];
    memcpy(was, w->own[role], sizeof(was));
    memcpy(then, was, sizeof(then));
    then[draw(w, NAMES)] = (int8_t)((int)draw(w, 3) - 1);
    Move m = { .kind = 1, .role = w->roles[role], .document = document_of(w, role, then) };
    uint32_t mine = user_holds(w, actor);
    uint32_t needed = touched_by(w, role);
    memcpy(w->own[role], then, sizeof(then));
    needed |= touched_by(w, role);
    memcpy(w->own[role], was, sizeof(was));
    bool done = try_move(p, &m, w->users[actor]);
    CHECK_ROW(done == ((needed & ~mine) == 0), "rights: actor %x needs %x", mine, needed);
    if (done)
        memcpy(w->own[role], then, sizeof(then));
}

static void move_parent(Place *p, World *w, int actor)
{
    int role = (int)draw(w, ROLES);
    int parent = (int)draw(w, ROLES);
    if (parent == w->parent[role] || w->parent[role] >= 0 || below(w, parent, role))
        return; // the story below gives the rule a role without a parent
    Move m = { .kind = 2, .role = w->roles[role], .parent = w->roles[parent] };
    uint32_t needed = touched_by(w, role);
    w->parent[role] = parent;
    needed |= touched_by(w, role);
    w->parent[role] = -1;
    bool done = try_move(p, &m, w->users[actor]);
    uint32_t mine = user_holds(w, actor);
    CHECK_ROW(!done || (needed & ~mine) == 0, "parent: actor %x needs %x", mine, needed);
}

static void move_record(Place *p, World *w, int actor)
{
    int user = (int)draw(w, USERS);
    Move m = { .kind = 3, .user = w->users[user] };
    bool allowed = actor == user || (user_holds(w, user) & ~user_holds(w, actor)) == 0;
    bool done = try_move(p, &m, w->users[actor]);
    CHECK_ROW(done == allowed, "record: actor %x, user %x", user_holds(w, actor),
              user_holds(w, user));
}

static void play(Place *p, uint64_t seed)
{
    World w = { .seed = seed * 0x9e3779b97f4a7c15ull + 1 };
    build(p, &w);
    for (int i = 0; i < MOVES; i++) {
        int actor = (int)draw(&w, USERS);
        uint32_t sum_before = user_holds(&w, actor);
        switch (draw(&w, 4)) {
        case 0: move_roles(p, &w, actor); break;
        case 1: move_rights(p, &w, actor); break;
        case 2: move_parent(p, &w, actor); break;
        default: move_record(p, &w, actor); break;
        }
        CHECK_ROW((user_holds(&w, actor) & ~sum_before) == 0, "actor gained %x",
                  user_holds(&w, actor) & ~sum_before);
    }
}

TEST(nobody_grants_what_he_does_not_hold_sqlite)
{
    CLEANUP(place_close) Place p = { 0 };
    if (place_open(&p, false))
        for (uint64_t seed = 1; seed <= 12; seed++)
            play(&p, seed);
}

TEST(nobody_grants_what_he_does_not_hold_postgres)
{
    CLEANUP(place_close) Place p = { 0 };
    if (place_open(&p, true))
        for (uint64_t seed = 100; seed <= 102; seed++)
            play(&p, seed);
}

// The comparison itself over many graphs, without a store.
static void random_rights(World *w, Ctx *cx, Rights *r)
{
    static const uint32_t KINDS[] = { 0, SCOPE_OWN, SCOPE_OWN | SCOPE_DEPARTMENT,
                                      SCOPE_OWN | SCOPE_DEPARTMENT | SCOPE_TREE, SCOPE_ALL };
    for (size_t i = 0; i < cx->catalog->npermissions; i++)
        r->permissions[i] = draw(w, 8) != 0;
    for (size_t i = 0; i < cx->catalog->nentities; i++) {
        r->entities[i].may = draw(w, 3) == 0 ? (1u << VERBS) - 1 : draw(w, 1u << VERBS);
        r->entities[i].view = (ScopeRight){ .kinds = KINDS[draw(w, 5)] };
        r->entities[i].operate = (ScopeRight){ .kinds = KINDS[draw(w, 5)] };
        for (size_t f = 0; f < cx->catalog->entities[i].nfields; f++)
            r->entities[i].field[f] = (uint8_t)draw(w, 4);
    }
}

TEST(covering_is_an_order_and_joining_covers_its_parts)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    World w = { .seed = 4711 };
    Str missing = { 0 };
    int covered = 0;
    for (int i = 0; i < 10000; i++) {
        CLEANUP(arena_cleanup) Arena tmp = { 0 };
        Ctx cx = *place_ctx(&p);
        cx.arena = &tmp;
        Rights *parts[3];
        for (int k = 0; k < 3; k++) {
            parts[k] = rights_join(&cx, NULL, 0);
            random_rights(&w, &cx, parts[k]);
        }
        Rights *both = rights_join(&cx, parts, 2);
        CHECK(rights_cover(&cx, parts[0], parts[0], &missing));
        CHECK(rights_cover(&cx, both, parts[0], &missing));
        CHECK(rights_cover(&cx, both, parts[1], &missing));
        // Whoever covers the join covers each part.
        if (rights_cover(&cx, parts[2], both, &missing)) {
            CHECK(rights_cover(&cx, parts[2], parts[0], &missing));
            CHECK(rights_cover(&cx, parts[2], parts[1], &missing));
            covered++;
        } else {
            CHECK(missing.len > 0);
        }
        Rights everything = { .all = true };
        CHECK(rights_cover(&cx, &everything, both, &missing));
        CHECK(!rights_cover(&cx, both, &everything, &missing));
    }
    CHECK(covered < 10000);
}
