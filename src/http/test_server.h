// What the tests of this folder share: a server with a few routes, and a client of raw bytes.
#ifndef GUANXI_HTTP_TEST_SERVER_H
#define GUANXI_HTTP_TEST_SERVER_H

#include "http/http_int.h"

// Options with the routes of http_kit_test.c, on 127.0.0.1 and any port; uploads in kit_dir().
HttpOptions kit_options(void);
HttpServer *kit_server(const HttpOptions *o);
void kit_stop(HttpServer **s); // for CLEANUP()

int kit_connect(const HttpServer *s); // -1 when refused
bool kit_send(int fd, Str bytes);     // false when the server hung up
// Until the server closes, or `enough` answers with their bodies are there, or after `wait_ms` of
// silence; with enough 0 everything that comes within `wait_ms`.
Str kit_receive(int fd, int enough, int wait_ms);
Str kit_exchange(const HttpServer *s, Str request); // a connection of its own, one answer
int kit_status(Str answer);                         // 0 when there is none
int kit_answers(Str received);                      // complete answers
Str kit_header(Str answer, const char *name);       // ptr NULL when missing
Str kit_body(Str answer);
Str kit_get(const char *path); // a whole GET request
void fd_close(int *fd);        // for CLEANUP()

extern atomic_int kit_streams_closed, kit_streams_opened, kit_finished, kit_prepared;
extern Stream *_Atomic kit_stream;

#endif
