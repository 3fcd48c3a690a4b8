// Shared by the files of api/ only.
#ifndef GUANXI_API_API_INTERNAL_H
#define GUANXI_API_API_INTERNAL_H

#include "api/app.h"

void catalog_cleanup(Catalog **c);
Status api_meta(Req *rq);
Status api_openapi(Req *rq);
Status api_suggest(Req *rq);
Status keys_rotate(Req *rq);
Status keys_reencrypt(Req *rq);
Status reencrypt_run(JobRun *run);
Status system_health(Req *rq);
Status system_ready(Req *rq);
Status system_metrics(Req *rq);
Status system_settings(Req *rq);
Status system_set(Req *rq);
Status system_jobs(Req *rq);
Status system_job(Req *rq);
Status system_job_cancel(Req *rq);
Status system_job_undo(Req *rq);
Status system_job_file(Req *rq);
Status system_job_path(Req *rq);
Status system_stream(Req *rq);
Status system_verify(Req *rq);
extern const Entity view_entity, custom_field_entity;
extern const JobDef API_JOBS[];
extern const size_t API_JOBS_LEN;
Status export_run(JobRun *run);
Status bulk_run(JobRun *run);
Status bulk_undo(JobRun *run);
extern const SchemaDef API_SCHEMAS[];
extern const size_t API_SCHEMAS_LEN;
// A job's "query" ({filter, q, sort, fields, ids}) on its entity.
Status job_query(Ctx *cx, const Json *params, Query *ret) MUST_USE;
// A reason a person gave: one clean line of at most 500 characters, or nothing.
Status api_reason(Req *rq, Str text, Str *ret) MUST_USE;
Status api_reason_of(Req *rq, const Json *body, Str *ret) MUST_USE; // its member "reason"
// filter, q, sort, limit, cursor, fields, deleted and count of the query string.
Status api_query_of_url(Req *rq, Query *ret, bool *ret_count) MUST_USE;
// The query part of a request body, as JSON to be kept with a job.
Str query_part(Ctx *cx, const Json *body);

#endif
