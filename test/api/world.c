#include "world.h"

const char *class_name(RecordClass c)
{
    static const char *const NAMES[] = { "own",   "same",    "sub",     "above",
                                         "other", "unowned", "deleted", "missing" };
    return NAMES[c];
}

static int64_t make(World *w, const char *collection, const char *body)
{
    Answer a = ask(&w->admin, METHOD_POST, fmt("/api/v1/%s", collection), body);
    CHECK_ROW(a.status == 201, "%s %s: %d " STR_FMT, collection, body, a.status, STR_ARG(a.body));
    return answer_num(&a, "id");
}

typedef struct Ownership {
    Id owner, department;
    const char *city;
} Ownership;

static const char *owned(const Ownership *o)
{
    const char *owner = o->owner.v == 0 ? "" : fmt(",\"owner_id\":%lld", (long long)o->owner.v);
    if (o->owner.v == 0)
        return ",\"owner_id\":null,\"department_id\":null";
    return fmt("%s,\"department_id\":%lld", owner, (long long)o->department.v);
}

static void make_family(World *w, RecordClass c, const Ownership *o)
{
    Family *f = &w->families[c];
    const char *m = fmt("zq%sqz", class_name(c));
    int phone = 13800138100 % 1000000 + (int)c;
    f->marker = m;
    f->customer = make(w, "customers",
                       fmt("{\"name\":\"%s\",\"company\":\"%s\",\"city\":\"%s\",\"wechat\":\"%s\","
                           "\"street\":\"%s\","
                           "\"email\":\"%s@example.cn\",\"phone\":\"13800%06d\",\"note\":\"%s\"%s}",
                           m, m, o->city, m, m, m, phone, m, owned(o)));
    f->contact =
        make(w, "contacts",
             fmt("{\"customer_id\":%lld,\"name\":\"%s\",\"position\":\"%s\",\"note\":\"%s\"}",
                 (long long)f->customer, m, m, m));
    f->address =
        make(w, "addresses",
             fmt("{\"customer_id\":%lld,\"receiver\":\"%s\",\"street\":\"%s\",\"district\":\"%s\"}",
                 (long long)f->customer, m, m, m));
    f->identity = make(w, "identities",
                       fmt("{\"customer_id\":%lld,\"shop_id\":%lld,\"value\":\"%s\"}",
                           (long long)f->customer, (long long)w->shop, m));
    f->order =
        make(w, "orders",
             fmt("{\"shop_id\":%lld,\"number\":\"%s\",\"state\":\"paid\",\"customer_id\":%lld,"
                 "\"buyer\":\"%s\","
                 "\"ordered_at\":\"2026-01-02T03:04:05Z\",\"paid_amount\":\"10.00\",\"buyer_note\":"
                 "\"%s\","
                 "\"lines\":[{\"product_id\":%lld,\"name\":\"%s\",\"quantity\":\"1\",\"price\":"
                 "\"10.00\",\"amount\":\"10.00\"}]}",
                 (long long)w->shop, m, (long long)f->customer, m, m, (long long)w->product, m));
    f->refund = make(w, "refunds",
                     fmt("{\"shop_id\":%lld,\"number\":\"%s\",\"kind\":\"refund\",\"customer_id\":%"
                         "lld,\"amount\":\"1.00\","
                         "\"reason\":\"%s\",\"refunded_at\":\"2026-01-03T03:04:05Z\"}",
                         (long long)w->shop, m, (long long)f->customer, m));
}

void world_make(World *w, Place *p)
{
    *w = (World){ .place = p };
    Id boss = place_user(p, "boss", (Id){ 0 }, place_role_of_template(p, "administrator"));
    w->admin = caller_of(p, boss, "boss");
    Id asker = place_user(p, "asker", p->left, (Id){ 0 });
    w->asker = caller_of(p, asker, "asker");
    Id colleague = place_user(p, "colleague", p->left, (Id){ 0 });
    Id below = place_user(p, "below", p->leaf, (Id){ 0 });
    Id above = place_user(p, "above", p->root, (Id){ 0 });
    Id other = place_user(p, "other", p->right, (Id){ 0 });
    const Ownership owners[CLASSES] = {
        [CLASS_OWN] = { asker, p->left, "北京" },     [CLASS_SAME] = { colleague, p->left, "上海" },
        [CLASS_SUB] = { below, p->leaf, "北京" },     [CLASS_ABOVE] = { above, p->root, "北京" },
        [CLASS_OTHER] = { other, p->right, "上海" },  [CLASS_UNOWNED] = { { 0 }, { 0 }, "北京" },
        [CLASS_DELETED] = { asker, p->left, "北京" },
    };
    w->shop = make(w, "shops", "{\"name\":\"shop\",\"platform\":\"taobao\"}");
    w->product = make(w, "products", "{\"name\":\"tea\"}");
    for (int c = 0; c < CLASS_MISSING; c++)
        make_family(w, (RecordClass)c, &owners[c]);
    int64_t gone = w->families[CLASS_DELETED].customer;
    Answer a = ask(&w->admin, METHOD_DELETE, fmt("/api/v1/customers/%lld", (long long)gone), NULL);
    CHECK_INT(a.status, 204);
    w->families[CLASS_MISSING] =
        (Family){ 987654321, 987654321, 987654321, 987654321, 987654321, 987654321, "zqmissingqz" };
}

static const char *scope_json(const char *word)
{
    if (strcmp(word, "shanghai") == 0)
        return "{\"filter\":{\"city\":\"上海\"}}";
    return fmt("\"%s\"", word);
}

void world_ask_as(World *w, const char *view, const char *operate, const char *fields)
{
    static const char ENTITIES[] = "customer contact address identity order line refund";
    static const char VERBS[] = "read create update delete export bulk";
    static int number;
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    buf_fmt(&b, "{\"functions\":{\"job.read\":true,\"product.read\":true,\"shop.read\":true");
    for (Str e = str_z(ENTITIES); e.ptr != NULL;) {
        Str name = str_split(&e, ' ');
        for (Str v = str_z(VERBS); v.ptr != NULL;) {
            Str verb = str_split(&v, ' ');
            buf_fmt(&b, ",\"" STR_FMT "." STR_FMT "\":true", STR_ARG(name), STR_ARG(verb));
        }
    }
    buf_fmt(&b,
            "},\"scopes\":{\"job\":{\"view\":\"own\",\"operate\":\"own\"},\"customer\":{\"view\":%"
            "s,\"operate\":%s}},\"fields\":%s}",
            scope_json(view), scope_json(operate), fields);
    Id role = place_role(w->place, fmt("role %d", ++number), arena_cstr(kit_arena(), buf_str(&b)));
    Answer a =
        ask(&w->admin, METHOD_PUT, fmt("/api/v1/users/%lld/roles", (long long)w->asker.user.v),
            fmt("{\"roles\":[%lld]}", (long long)role.v));
    CHECK_ROW(a.status < 300, "roles: %d " STR_FMT, a.status, STR_ARG(a.body));
    w->asker =
        caller_of(w->place, w->asker.user, "asker"); // the change of rights ended his session
}
