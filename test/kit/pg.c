// A cluster for the time of the tests: nothing in it is worth a sync.
#include "kit/pg.h"

#include "kit/kit.h"

#include <ftw.h>
#include <glob.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_TRIES = 300, PATH_MOST = 192, MANY = 4096 };

static char bin[PATH_MOST];    // folder of the programs
static char folder[PATH_MOST]; // of the cluster: data and socket
static char urls[MANY][PATH_MOST * 2];
static int nurls;
static pid_t server, owner;

// The newest installed version's folder.
static bool find_programs(void)
{
    glob_t found = { 0 };
    if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) == 0 && found.gl_pathc > 0)
        (void)snprintf(bin, sizeof(bin), "%.*s",
                       (int)(strlen(found.gl_pathv[found.gl_pathc - 1]) - strlen("/initdb")),
                       found.gl_pathv[found.gl_pathc - 1]);
    globfree(&found);
    return bin[0] != '\0';
}

// PostgreSQL refuses to run as root.
static void become_postgres(void)
{
    const struct passwd *pw = geteuid() == 0 ? getpwnam("postgres") : NULL;
    if (geteuid() == 0 && (pw == NULL || setgid(pw->pw_gid) != 0 || setuid(pw->pw_uid) != 0))
        _exit(126);
}

static pid_t start(const char *program, const char *const *args)
{
    char path[PATH_MOST * 2];
    (void)snprintf(path, sizeof(path), "%s/%s", bin, program);
    (void)fflush(stdout);
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    if (strcmp(program, "psql") != 0)
        become_postgres();
    if (chdir("/") != 0)
        _exit(126);
    // A test that crashes takes its cluster along.
    (void)prctl(PR_SET_PDEATHSIG, SIGQUIT);
    (void)!freopen("/dev/null", "w", stdout);
    (void)!freopen("/dev/null", "w", stderr);
    const char *argv[16] = { program };
    for (size_t i = 0; i < 14 && args[i] != NULL; i++)
        argv[i + 1] = args[i];
    union {
        const char **with;
        char *const *without; // execv changes nothing in spite of its type
    } list = { argv };
    execv(path, list.without);
    _exit(127);
}

static bool run(const char *program, const char *const *args)
{
    int status = 0;
    pid_t pid = start(program, args);
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static void stop(void)
{
    if (server <= 0 || getpid() != owner)
        return;
    int status = 0;
    (void)kill(server, SIGINT);
    (void)waitpid(server, &status, 0);
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    server = 0;
}

static bool make_folder(void)
{
    (void)snprintf(folder, sizeof(folder), "/tmp/guanxi-pg-XXXXXX");
    if (mkdtemp(folder) == NULL || chmod(folder, 0755) != 0)
        return false;
    const struct passwd *pw = geteuid() == 0 ? getpwnam("postgres") : NULL;
    return geteuid() != 0 || (pw != NULL && chown(folder, pw->pw_uid, pw->pw_gid) == 0);
}

static bool sql(const char *url, const char *text)
{
    return run("psql", (const char *const[]){ "-X", "-q", "-w", "-d", url, "-c", text, NULL });
}

static bool start_cluster(void)
{
    char data[PATH_MOST + 8], url[PATH_MOST * 2];
    if (!make_folder())
        return false;
    (void)snprintf(data, sizeof(data), "%s/data", folder);
    if (!run("initdb", (const char *const[]){ "-D", data, "-U", "postgres", "-A", "trust", "-N",
                                              "-E", "UTF8", "--locale=C", NULL }))
        return false;
    owner = getpid();
    server = start("postgres",
                   (const char *const[]){ "-D", data, "-k", folder, "-h", "", "-F", "-c",
                                          "full_page_writes=off", "-c", "max_connections=300", "-c",
                                          "shared_buffers=64MB", NULL });
    if (server <= 0 || atexit(stop) != 0)
        return false;
    (void)snprintf(url, sizeof(url), "postgres:///postgres?host=%s&user=postgres", folder);
    for (int i = 0; i < START_TRIES; i++) {
        if (sql(url, "SELECT 1"))
            return true;
        (void)usleep(100 * 1000);
    }
    return false;
}

// The same server, another database: what stands between the last slash of the path and the query.
static void url_of(char *to, size_t max, const char *base, const char *name)
{
    const char *query = strchr(base, '?');
    size_t end = query == NULL ? strlen(base) : (size_t)(query - base);
    size_t host = strstr(base, "://") == NULL ? 0 : (size_t)(strstr(base, "://") - base) + 3;
    size_t slash = end;
    for (size_t i = host; i < end && slash == end; i++)
        if (base[i] == '/')
            slash = i;
    (void)snprintf(to, max, "%.*s/%s%s", (int)slash, base, name, query == NULL ? "" : query);
}

const char *kit_postgres(void)
{
    static bool tried, works;
    static char cluster[PATH_MOST * 2];
    const char *given = getenv("GUANXI_TEST_PG");
    if (!tried) {
        tried = true;
        works = find_programs() && (given != NULL || start_cluster());
        if (given != NULL)
            (void)snprintf(cluster, sizeof(cluster), "%s", given);
        else
            (void)snprintf(cluster, sizeof(cluster), "postgres:///postgres?host=%s&user=postgres",
                           folder);
    }
    if (!works) {
        kit_skip("no PostgreSQL here");
        return NULL;
    }
    char name[64], text[256];
    (void)snprintf(name, sizeof(name), "guanxi_test_%ld_%d", (long)getpid(), nurls);
    (void)snprintf(text, sizeof(text),
                   "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' "
                   "LC_CTYPE 'C.UTF-8'",
                   name);
    check(nurls < MANY);
    if (!sql(cluster, text)) {
        kit_fail(__FILE__, __LINE__, "cannot make a database on %s", cluster);
        return NULL;
    }
    url_of(urls[nurls], sizeof(urls[nurls]), cluster, name);
    return urls[nurls++];
}
