// Roles that every store starts with: the three built-in ones and the jobs of a shop. They may be
// changed and, but for the built-in ones, deleted. Names of modules that are not there are ignored
// until they are.
#include "auth/auth_internal.h"

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

// Personal fields are masked unless a role says otherwise (rights.c); names are needed by all who
// speak with customers.
#define CUSTOMERS(verbs) "customer:" verbs, "contact:" verbs, "address:" verbs, "identity:" verbs
#define ORDERS(verbs)    "order:" verbs, "line:" verbs, "refund:" verbs
#define GOODS(verbs)     "product:" verbs, "category:" verbs, "shop:" verbs
#define OFFICE           "user:r", "department:r", "view:rcud", "job:r"
#define BOTH(view, operate)                                                                        \
    "customer " view " " operate, "user all none", "job own own", "import own own"
#define NAMES                                                                                      \
    "customer.name write", "contact.name write", "address.receiver write", "order.receiver write"
#define PEOPLE(level)                                                                              \
    "customer.* " level, "contact.* " level, "address.* " level, "order.* " level, "refund.* " level

const RoleTemplate ROLE_TEMPLATES[] = {
    { "administrator",
      { "管理员", "Administrator" },
      { "可以做一切操作", "May do everything" },
      LIST(NULL),
      LIST(NULL),
      LIST(NULL) },
    { "user",
      { "普通用户", "Ordinary user" },
      { "查看和维护自己负责的客户", "Sees and keeps the customers he is responsible for" },
      LIST(CUSTOMERS("rcu"), ORDERS("r"), GOODS("r"), OFFICE),
      LIST(BOTH("own", "own")),
      LIST(NAMES) },
    { "guest",
      { "访客", "Guest" },
      { "只能查看商品和店铺", "Sees products and shops only" },
      LIST(GOODS("r")),
      LIST("product all none"),
      LIST(NULL) },
    { "service_director",
      { "客服总监", "Service director" },
      { "负责全部客户服务，查看全部客户", "Responsible for all service; sees all customers" },
      LIST(CUSTOMERS("rcudebi"), ORDERS("rcueb"), GOODS("r"), OFFICE, "import:rcud", "change:r",
           "customer.reveal", "report.read"),
      LIST(BOTH("all", "all")),
      LIST(PEOPLE("write")) },
    { "service_manager",
      { "客服经理", "Service manager" },
      { "管理本部门及下级部门的客户服务", "Runs the service of his department and below" },
      LIST(CUSTOMERS("rcudeb"), ORDERS("rcue"), GOODS("r"), OFFICE, "import:rcu", "customer.reveal",
           "report.read"),
      LIST(BOTH("all", "tree")),
      LIST(PEOPLE("read"), NAMES) },
    { "service_supervisor",
      { "客服主管", "Service supervisor" },
      { "带领客服小组，维护本部门客户", "Leads a team; keeps his department's customers" },
      LIST(CUSTOMERS("rcub"), ORDERS("rcu"), GOODS("r"), OFFICE, "customer.reveal"),
      LIST(BOTH("tree", "department")),
      LIST(PEOPLE("masked"), NAMES) },
    { "service_agent",
      { "客服专员", "Service agent" },
      { "接待客户，查看本部门客户，维护自己的客户",
        "Serves customers; sees his department's, keeps his own" },
      LIST(CUSTOMERS("rcu"), ORDERS("r"), GOODS("r"), OFFICE),
      LIST(BOTH("department", "own")),
      LIST(NAMES) },
    { "marketing_director",
      { "营销总监", "Marketing director" },
      { "负责全部营销，查看全部客户", "Responsible for all marketing; sees all customers" },
      LIST(CUSTOMERS("rueb"), ORDERS("re"), GOODS("rcue"), OFFICE, "import:r", "report.read",
           "view.share"),
      LIST(BOTH("all", "all"), "product all all"),
      LIST(PEOPLE("read"), NAMES) },
    { "marketing_manager",
      { "营销经理", "Marketing manager" },
      { "策划营销活动，查看全部客户，个人信息打码",
        "Plans campaigns; sees all customers, personal data masked" },
      LIST(CUSTOMERS("reb"), ORDERS("re"), GOODS("r"), OFFICE, "report.read"),
      LIST(BOTH("all", "tree")),
      LIST(NAMES) },
    { "marketing_supervisor",
      { "营销主管", "Marketing supervisor" },
      { "带领营销小组", "Leads a marketing team" },
      LIST(CUSTOMERS("rb"), ORDERS("r"), GOODS("r"), OFFICE, "report.read"),
      LIST(BOTH("all", "department")),
      LIST(NAMES) },
    { "marketing_person",
      { "营销人员", "Marketing person" },
      { "执行营销活动，个人信息打码", "Runs campaigns; personal data masked" },
      LIST(CUSTOMERS("r"), ORDERS("r"), GOODS("r"), OFFICE),
      LIST(BOTH("all", "own")),
      LIST(NULL) },
    { "front_desk",
      { "前台", "Front desk" },
      { "登记来客信息", "Registers who comes" },
      LIST("customer:rcu", "contact:rcu", "address:rcu", GOODS("r"), OFFICE),
      LIST(BOTH("department", "own")),
      LIST(NAMES, "customer.phone write", "customer.email write", "customer.wechat write",
           "contact.phone write", "contact.email write") },
    { "sales",
      { "销售人员", "Sales person" },
      { "跟进自己负责的客户", "Works on the customers he is responsible for" },
      LIST(CUSTOMERS("rcu"), ORDERS("rcu"), GOODS("r"), OFFICE),
      LIST(BOTH("own", "own")),
      LIST(NAMES) },
    { "system_administrator",
      { "系统管理员", "System administrator" },
      { "管理用户、部门和设置，看不到客户",
        "Manages users, departments and settings; no customers" },
      LIST("user:rcude", "department:rcude", "role:r", "view:rcud", "job:r", "setting.read",
           "setting.write", "field:rcud", "role.assign", "user.password", "system.metrics",
           "system.verify", "system.backup"),
      LIST("user all all", "job all all"),
      LIST("user.* write") },
    { "manager",
      { "管理人员", "Manager" },
      { "查看全部业务数据和报表", "Sees all business data and reports" },
      LIST(CUSTOMERS("re"), ORDERS("re"), GOODS("re"), OFFICE, "import:r", "change:r",
           "report.read"),
      LIST(BOTH("all", "none")),
      LIST(PEOPLE("read")) },
};
const size_t ROLE_TEMPLATES_LEN = ARRAY_LEN(ROLE_TEMPLATES);

static void add_function(Arena *a, JsonOut *j, Str entry)
{
    Str letters = entry;
    Str entity = str_split(&letters, ':');
    if (letters.ptr == NULL) {
        json_key(j, entry);
        json_bool(j, true);
        return;
    }
    for (int v = 0; v < VERBS; v++) {
        Str verb = str_z(may_name(1u << v));
        if (str_find_char(letters, verb.ptr[0], 0) == letters.len)
            continue;
        json_key(j, arena_fmt(a, STR_FMT "." STR_FMT, STR_ARG(entity), STR_ARG(verb)));
        json_bool(j, true);
    }
}

static void add_scope(JsonOut *j, Str entry)
{
    Str rest = entry;
    json_key(j, str_split(&rest, ' '));
    json_open(j);
    json_key_str(j, "view", str_split(&rest, ' '));
    json_key_str(j, "operate", rest);
    json_close(j);
}

Str template_document(Arena *a, const RoleTemplate *t)
{
    Buf b = buf_new(a, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open(&j, "functions");
    for (const char *const *f = t->functions; *f != NULL; f++)
        add_function(a, &j, str_z(*f));
    json_close(&j);
    json_key_open(&j, "scopes");
    for (const char *const *s = t->scopes; *s != NULL; s++)
        add_scope(&j, str_z(*s));
    json_close(&j);
    json_key_open(&j, "fields");
    for (const char *const *f = t->fields; *f != NULL; f++) {
        Str level = str_z(*f);
        json_key(&j, str_split(&level, ' '));
        json_str(&j, level);
    }
    json_close(&j);
    json_close(&j);
    return buf_str(&b);
}
