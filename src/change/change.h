// The one way in: every write to an entity goes through these functions, inside store_write. They
// check permission, operate scope and field access, validate, write the row, keep the search index
// and the dependent rows (Entity.changed), and record a change row in the same transaction.
//
// Change rows are collected during the transaction and written at its end; writes go one after the
// other, so id order = commit order, and hash(n) = SHA-256(hash(n-1) | canonical row | digest)
// where digest = SHA-256(salt | data): erasing data and salt on request leaves the chain
// verifiable.
#ifndef GUANXI_CHANGE_CHANGE_H
#define GUANXI_CHANGE_CHANGE_H

#include "entity/query.h"

// clang-format off
#define CHANGE_ACTIONS(X) \
    X(CREATE, "create", "新建", "Created") \
    X(UPDATE, "update", "修改", "Changed") \
    X(DELETE, "delete", "删除", "Deleted") \
    X(RESTORE, "restore", "恢复", "Restored") \
    X(LOGIN, "login", "登录", "Signed in") \
    X(LOGIN_FAILED, "login_failed", "登录失败", "Sign-in failed") \
    X(LOGOUT, "logout", "退出", "Signed out") \
    X(DENIED, "denied", "拒绝", "Denied") \
    X(EXPORT, "export", "导出", "Exported") \
    X(IMPORT, "import", "导入", "Imported") \
    X(UNDO, "undo", "撤销", "Undone") \
    X(REVEAL, "reveal", "查看明文", "Revealed") \
    X(SETTING, "setting", "设置", "Setting") \
    X(SECURITY, "security", "安全", "Security") \
    X(SYSTEM, "system", "系统", "System")
// clang-format on

typedef enum ChangeAction {
#define X(id, name, zh, en) CHANGE_##id,
    CHANGE_ACTIONS(X)
#undef X
} ChangeAction;

// row: present fields are what the caller gave; completed (id, defaults, derived) on return.
Status change_create(Ctx *cx, Db *db, const EntityInfo *e, void *row, Str reason) MUST_USE;
// patch: present fields are the wish; version 0 means whatever it is. CONFLICT code "version" when
// the record moved on. No change at all writes nothing. *ret_after (may be NULL): the whole record.
Status change_update(Ctx *cx, Db *db, const EntityInfo *e, Id id, int64_t version,
                     const void *patch, Str reason, void **ret_after) MUST_USE;
// The same, but writes a new version even when no field differs: something beside the fields does,
// and is added by change_attach.
Status change_touch(Ctx *cx, Db *db, const EntityInfo *e, Id id, int64_t version, const void *patch,
                    Str reason, void **ret_after) MUST_USE;
Status change_delete(Ctx *cx, Db *db, const EntityInfo *e, Id id, int64_t version,
                     Str reason) MUST_USE;
Status change_undelete(Ctx *cx, Db *db, const EntityInfo *e, Id id, Str reason,
                       void **ret_after) MUST_USE;
// Puts the fields of one change back to what they were before it (now, as a new change).
Status change_put_back(Ctx *cx, Db *db, const EntityInfo *e, Id id, Id change,
                       void **ret_after) MUST_USE;
// Undoes everything that carried this origin (import 17, job 4), newest first, in batches of its
// own transactions: created records go to the bin, updates are put back where the field has not
// been changed since (otherwise it is left and counted), deletes are restored.
typedef struct UndoCount {
    int64_t removed, put_back, restored, kept;
} UndoCount;
Status change_undo_origin(Ctx *cx, Store *s, Origin origin, Id origin_id, UndoCount *ret,
                          bool (*progress)(void *arg, int64_t done, int64_t total),
                          void *arg) MUST_USE;

// An audit row that is not a record's change: sign-in, denial, export … `data` is a JSON object
// without personal values, or empty. Must be inside store_write.
Status change_note(Ctx *cx, Db *db, ChangeAction action, const char *entity, Id record, Str reason,
                   Str data) MUST_USE;
// The same as its own transaction.
Status change_note_now(Ctx *cx, Store *s, ChangeAction action, const char *entity, Id record,
                       Str reason, Str data) MUST_USE;
// Adds a member to the data of the change row about to be written for this record in this
// transaction (order lines); raw is a finished JSON value.
void change_attach(Ctx *cx, Db *db, const EntityInfo *e, Id record, const char *member, Str raw);

// Runs fn once per (fn, id) at the end of the transaction, however often it was asked for: totals
// of a customer after many of his orders.
typedef Status (*DeferFn)(Ctx *cx, Db *db, Id id);
void change_defer(Ctx *cx, Db *db, DeferFn fn, Id id);

// {"items":[…],"next":…}: history of one record by the caller's field access.
Status change_history_json(Ctx *cx, Db *db, const EntityInfo *e, Id id, Str cursor, int limit,
                           JsonOut *j) MUST_USE;
// Walks the chain; *ret_rows counts, INVALID with the first broken id otherwise.
Status change_verify(Ctx *cx, Store *s, int64_t *ret_rows) MUST_USE;
// Tombstones the personal values of a record in its change rows.
Status change_erase(Ctx *cx, Db *db, const EntityInfo *e, Id id) MUST_USE;

extern const Entity change_entity; // read-only, for the audit search

// The feed: rows after `after`, oldest first, at most max; without data. For consumers that keep
// their own position.
typedef struct FeedRow {
    int64_t id;
    ChangeAction action;
    Str entity;
    Id record;
    Origin origin;
    Id origin_id, actor;
    int64_t version;
} FeedRow;
Status change_feed(Ctx *cx, Db *db, int64_t after, size_t max, FeedRow **ret,
                   size_t *ret_len) MUST_USE;

#endif
