// Departments and the people in them. Users are made without a password: nobody can sign in as one
// of them until an administrator gives him one.
#include "demo/demo_internal.h"

typedef struct Desk {
    const char *name, *above; // above is an earlier one
    bool keeps;               // its people look after customers
} Desk;

static const Desk DESKS[] = {
    { "客服部", NULL, false }, { "客服一组", "客服部", true }, { "客服二组", "客服部", true },
    { "市场部", NULL, false }, { "销售部", NULL, true },
};

typedef struct Employee {
    const char *username, *name, *desk, *note;
} Employee;

static const Employee EMPLOYEES[] = {
    { "demo.zhou", "周明远", "客服部", "客服经理" },
    { "demo.lin", "林晓雨", "客服一组", "客服主管" },
    { "demo.chen", "陈思琪", "客服一组", "客服专员" },
    { "demo.xu", "徐子昂", "客服二组", "客服主管" },
    { "demo.he", "何静怡", "客服二组", "客服专员" },
    { "demo.gao", "高文博", "市场部", "营销经理" },
    { "demo.song", "宋雅婷", "市场部", "营销人员" },
    { "demo.tang", "唐建国", "销售部", "销售人员" },
};

static void put(Ctx *cx, const EntityInfo *e, void *row, Str name, Value v)
{
    row_put(cx->arena, row, field_find(e, name), v);
}

static Status make_desk(Ctx *cx, Db *db, const Desk *desk, Id above, Id *ret)
{
    const EntityInfo *e = catalog_of(cx, &department_entity);
    void *row = row_new(cx->arena, e);
    put(cx, e, row, S("name"), value_text(str_z(desk->name)));
    if (above.v != 0)
        put(cx, e, row, S("parent_id"), value_num(FIELD_ID, above.v));
    TRY(change_create(cx, db, e, row, (Str){ 0 }));
    *ret = row_id(row, e);
    return STATUS_OK;
}

static size_t desk_at(const char *name)
{
    size_t i = 0;
    while (strcmp(DESKS[i].name, name) != 0)
        i++;
    return i;
}

static Status make_employee(Ctx *cx, Db *db, Demo *d, const Employee *p, Id desk)
{
    const EntityInfo *e = catalog_of(cx, &user_entity);
    void *row = row_new(cx->arena, e);
    put(cx, e, row, S("username"), value_text(str_z(p->username)));
    put(cx, e, row, S("name"), value_text(str_z(p->name)));
    put(cx, e, row, S("department_id"), value_num(FIELD_ID, desk.v));
    put(cx, e, row, S("note"), value_text(str_z(p->note)));
    TRY(change_create(cx, db, e, row, (Str){ 0 }));
    if (DESKS[desk_at(p->desk)].keeps) {
        *vec_add(d->arena, &d->keepers) = row_id(row, e);
        *vec_add(d->arena, &d->departments) = desk;
    }
    return STATUS_OK;
}

Status demo_staff(Ctx *cx, Db *db, Demo *d)
{
    Id desks[ARRAY_LEN(DESKS)] = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(DESKS); i++) {
        Id above = { 0 };
        if (DESKS[i].above != NULL)
            above = desks[desk_at(DESKS[i].above)];
        TRY(make_desk(cx, db, &DESKS[i], above, &desks[i]));
    }
    for (size_t i = 0; i < ARRAY_LEN(EMPLOYEES); i++)
        TRY(make_employee(cx, db, d, &EMPLOYEES[i], desks[desk_at(EMPLOYEES[i].desk)]));
    return STATUS_OK;
}
