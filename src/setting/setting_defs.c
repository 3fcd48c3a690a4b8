// Settings of the organisation as a whole.
#include "setting/setting.h"

static Status check_zone(Ctx *cx, Str value)
{
    const Zone *z = NULL;
    Err *errors = cx->errors;
    if (zone_find(cx, value, &z) == STATUS_OK)
        return STATUS_OK;
    cx->errors = errors;
    return FAIL(cx, INVALID, "zone.unknown", "org.zone", "is not the name of a time zone");
}

static Status check_currency_code(Ctx *cx, Str value)
{
    bool ok = value.len == 3;
    for (size_t i = 0; ok && i < 3; i++)
        ok = value.ptr[i] >= 'A' && value.ptr[i] <= 'Z';
    return ok ? STATUS_OK
              : FAIL(cx, INVALID, "currency", "org.currency", "must be three capital letters");
}

static Status check_region(Ctx *cx, Str value)
{
    bool ok = value.len == 2 && ascii_is_alpha(value.ptr[0]) && ascii_is_alpha(value.ptr[1]);
    return ok ? STATUS_OK
              : FAIL(cx, INVALID, "region", "org.region", "must be two letters, such as CN");
}

static Status check_url(Ctx *cx, Str value)
{
    bool ok = value.len == 0 || str_starts(value, S("http://")) || str_starts(value, S("https://"));
    return ok ? STATUS_OK
              : FAIL(cx, INVALID, "url", "public_url", "must begin with http:// or https://");
}

static const ChoiceDef LANGS[] = {
    { "zh-CN", { "简体中文", "Simplified Chinese" } },
    { "en", { "英语", "English" } },
    { NULL, { NULL, NULL } },
};

// {"customer.income":{"hidden":true},"customer.phone":{"required":true}}: built-in fields that the
// organisation does not record, or demands (CUS-03). Applied when a catalog is built.
static Status check_overrides(Ctx *cx, Str value)
{
    static const char *const KEYS[] = { "hidden", "required", NULL };
    const Json *doc = NULL;
    TRY(json_parse(cx, value, &doc));
    for (const Json *one = doc->first; one != NULL; one = one->next) {
        Str rest = one->key;
        const EntityInfo *e = catalog_find(cx->catalog, str_split(&rest, '.'));
        const Field *f = NULL;
        for (size_t i = 0; e != NULL && i < e->entity->nfields; i++)
            if (str_eq(e->entity->fields[i].name, rest))
                f = &e->entity->fields[i];
        uint32_t fixed = F_REQUIRED | F_READONLY | F_HIDDEN | F_STAT;
        if (f == NULL || (f->flags & fixed) != 0 || one->kind != JSON_OBJECT_NODE)
            return FAIL(cx, INVALID, "fields.override", arena_cstr(cx->arena, one->key),
                        "cannot be hidden or demanded");
        TRY(json_only(cx, one, KEYS));
    }
    return STATUS_OK;
}

const SettingDef SETTING_DEFS[SETTING_DEFS_LEN] = {
    { "org.name",
      { "组织名称", "Organisation" },
      { "显示在页面上", "Shown on the page" },
      "organisation",
      FIELD_TEXT,
      0,
      100,
      NULL,
      "",
      false,
      NULL },
    { "org.currency",
      { "币种", "Currency" },
      { "金额合计使用的币种，三个大写字母", "Of all totals; three capital letters" },
      "organisation",
      FIELD_TEXT,
      3,
      3,
      NULL,
      "CNY",
      false,
      check_currency_code },
    { "org.zone",
      { "时区", "Time zone" },
      { "日期和统计按此时区，例如 Asia/Shanghai",
        "Days and statistics follow it, such as Asia/Shanghai" },
      "organisation",
      FIELD_TEXT,
      1,
      60,
      NULL,
      "Asia/Shanghai",
      false,
      check_zone },
    { "org.region",
      { "国家/地区", "Region" },
      { "电话号码的默认国家，两个字母", "Default country of phone numbers, two letters" },
      "organisation",
      FIELD_TEXT,
      2,
      2,
      NULL,
      "CN",
      false,
      check_region },
    { "org.lang",
      { "语言", "Language" },
      { "新用户和邮件的语言", "Of new users and mails" },
      "organisation",
      FIELD_CHOICE,
      0,
      0,
      LANGS,
      "zh-CN",
      false,
      NULL },
    { "fields.overrides",
      { "内置字段的停用与必填", "Built-in fields hidden or demanded" },
      { "在“自定义字段”页设置", "Set on the page of custom fields" },
      "fields",
      FIELD_JSON,
      0,
      0,
      NULL,
      "{}",
      false,
      check_overrides },
    { "public_url",
      { "对外网址", "Public address" },
      { "邮件中的链接由此组成", "Links in mails are made from it" },
      "organisation",
      FIELD_TEXT,
      0,
      300,
      NULL,
      "",
      false,
      check_url },
};
