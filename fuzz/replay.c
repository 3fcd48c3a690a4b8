// Runs a target over every file of the folders or files given: found crashes and the corpus are
// tests in builds without libFuzzer. Prints how many files went through.
#include "fuzz.h"

#include "base/base.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

enum { INPUT_MAX = 4 * 1024 * 1024 };

static bool replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    CLEANUP(arena_cleanup) Arena a = { 0 };
    uint8_t *all = arena_array(&a, uint8_t, INPUT_MAX);
    size_t n = fread(all, 1, INPUT_MAX, f);
    (void)fclose(f);
    // A copy of exactly this size: reading past the end is then a sanitizer's finding.
    uint8_t *exact = mem_alloc(n);
    memcpy(exact, all, n);
    (void)LLVMFuzzerTestOneInput(exact, n);
    mem_free(exact);
    return true;
}

static int replay_folder(const char *path)
{
    CLEANUP(arena_cleanup) Arena a = { 0 };
    DIR *d = opendir(path);
    if (d == NULL)
        return 0;
    int count = 0;
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d))
        if (e->d_name[0] != '.' && replay_file(arena_fmt(&a, "%s/%s", path, e->d_name).ptr))
            count++;
    (void)closedir(d);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        struct stat st = { 0 };
        if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
            count += replay_folder(argv[i]);
        else
            count += replay_file(argv[i]) ? 1 : 0;
    }
    (void)printf("%d inputs replayed\n", count);
    // An empty corpus would pass for ever without testing anything. The closing line is what
    // script/test reads.
    (void)printf("%d passed, %d failed\n", count > 0, count == 0);
    return count > 0 ? 0 : 1;
}
