// Shared by the HTTP side of intake/ only.
#ifndef GUANXI_INTAKE_INTAKE_HTTP_H
#define GUANXI_INTAKE_INTAKE_HTTP_H

#include "intake/intake_internal.h"

// samples may be NULL.
Status import_json(Ctx *cx, Db *db, const Import *i, const SourceLook *samples,
                   JsonOut *j) MUST_USE;
Status reply_import(Req *rq, int status, Id id) MUST_USE;
// What a look at the file says, as texts of the row: charset, delimiter, headings, sheets.
void import_take_look(Ctx *cx, const SourceLook *look, Import *i);
// Preset and mapping: a given preset ("taobao_orders", "own:3"), or the one that fits, or guesses.
Status import_map(Ctx *cx, Db *db, const SourceLook *look, Str preset, bool kind_given,
                  Import *i) MUST_USE;
Status import_update(Ctx *cx, Db *db, const Import *i) MUST_USE;

Status intake_create(Req *rq);
Status intake_show(Req *rq);
Status intake_change(Req *rq);
Status intake_check(Req *rq);
Status intake_run(Req *rq);
Status intake_cancel(Req *rq);
Status intake_undo(Req *rq);
Status intake_errors(Req *rq);
Status intake_targets(Req *rq);
Status intake_presets(Req *rq);

#endif
