#include "kit/kit.h"
#include "os/os.h"

#include <sys/stat.h>
#include <unistd.h>

static const char *in_dir(const char *name)
{
    return arena_fmt(kit_arena(), "%s/%s", kit_dir(), name).ptr;
}

static void put(const char *path, Str content)
{
    CHECK_OK(os_write_file(kit_ctx(), path, content, 0600));
}

TEST(what_is_written_is_read_back)
{
    Ctx *cx = kit_ctx();
    Str with_nul = S("a\0b\n");
    Str got = { 0 };
    put(in_dir("f"), with_nul);
    CHECK_OK(os_read_file(cx, in_dir("f"), 100, &got));
    CHECK_STR(got, with_nul);
    CHECK(got.ptr[got.len] == '\0');
    put(in_dir("f"), S(""));
    CHECK_OK(os_read_file(cx, in_dir("f"), 0, &got));
    CHECK_INT(got.len, 0);
}

TEST(reading_is_bounded_to_the_byte)
{
    Ctx *cx = kit_ctx();
    Str got = { 0 };
    put(in_dir("f"), S("12345"));
    CHECK_OK(os_read_file(cx, in_dir("f"), 5, &got));
    CHECK_STATUS(os_read_file(cx, in_dir("f"), 4, &got), TOO_LARGE);
    // Files of the kernel do not know their size.
    CHECK_OK(os_read_file(cx, "/proc/self/status", 1 << 20, &got));
    CHECK(got.len > 0);
    CHECK_STATUS(os_read_file(cx, "/proc/self/status", 10, &got), TOO_LARGE);
}

TEST(writing_replaces_whole_and_leaves_no_temporary_file)
{
    Ctx *cx = kit_ctx();
    Names names = { 0 };
    put(in_dir("f"), S("first, and longer"));
    put(in_dir("f"), S("second"));
    Str got = { 0 };
    CHECK_OK(os_read_file(cx, in_dir("f"), 100, &got));
    CHECK_STR(got, S("second"));
    // A folder in the way: nothing may be left behind.
    CHECK_OK(os_make_dir(cx, in_dir("d"), 0700));
    put(in_dir("d/x"), S("x"));
    CHECK(os_write_file(cx, in_dir("d"), S("y"), 0600) != STATUS_OK);
    CHECK_OK(os_list_dir(cx, kit_arena(), kit_dir(), &names));
    CHECK_INT(names.len, 2);
}

TEST(mode_is_as_given_in_spite_of_the_umask)
{
    static const unsigned MODES[] = { 0400, 0600, 0640, 0666 };
    for (size_t i = 0; i < ARRAY_LEN(MODES); i++) {
        unsigned mode = 0;
        int64_t size = 0;
        CHECK_OK(os_write_file(kit_ctx(), in_dir("f"), S("abc"), MODES[i]));
        CHECK_OK(os_file_mode(kit_ctx(), in_dir("f"), &mode, &size));
        CHECK_INT(mode, MODES[i]);
        CHECK_INT(size, 3);
    }
    CHECK(os_is_own_file(in_dir("f")));
    CHECK(!os_is_own_file(kit_dir()));
}

TEST(failures_name_path_and_reason)
{
    Ctx *cx = kit_ctx();
    Str got = { 0 };
    CHECK_STATUS(os_read_file(cx, "/nowhere/at/all", 10, &got), NOT_FOUND);
    CHECK_STR(cx->errors->message, S("cannot open /nowhere/at/all: No such file or directory"));
    CHECK_STATUS(os_remove(cx, in_dir("missing")), NOT_FOUND);
    CHECK_STATUS(os_write_file(cx, "/nowhere/f", S("x"), 0600), NOT_FOUND);
    CHECK_STATUS(os_rename(cx, in_dir("missing"), in_dir("b")), NOT_FOUND);
    File *f = NULL;
    CHECK_STATUS(file_open_read(cx, in_dir("missing"), &f), NOT_FOUND);
    CHECK(f == NULL);
    put(in_dir("f"), S("x"));
    CHECK_STATUS(os_make_dir(cx, in_dir("f"), 0700), INTERNAL);
    // /dev/full refuses like a full disk.
    CHECK_OK(file_create(cx, "/dev/full", 0600, &f));
    CHECK_STATUS(file_write(cx, f, "x", 1), FULL);
    CHECK_STR(str_z(cx->errors->code), S("disk.full"));
    file_cleanup(&f);
}

TEST(folders_list_sorted_and_vanish_whole)
{
    Ctx *cx = kit_ctx();
    CHECK_OK(os_make_dir(cx, in_dir("d"), 0700));
    CHECK_OK(os_make_dir(cx, in_dir("d"), 0700));
    CHECK_OK(os_make_dir(cx, in_dir("d/sub"), 0700));
    put(in_dir("d/sub/deep"), S("x"));
    put(in_dir("d/b"), S("x"));
    put(in_dir("d/\xe4\xb8\xad"), S("x"));
    put(in_dir("d/.hidden"), S("x"));
    put(in_dir("outside"), S("stays"));
    CHECK(symlink(in_dir("outside"), in_dir("d/link")) == 0);
    CHECK(symlink(kit_dir(), in_dir("d/sub/up")) == 0);
    Names names = { 0 };
    CHECK_OK(os_list_dir(cx, kit_arena(), in_dir("d"), &names));
    static const char *const WANT[] = { ".hidden", "b", "link", "sub", "\xe4\xb8\xad" };
    CHECK_INT(names.len, ARRAY_LEN(WANT));
    for (size_t i = 0; i < names.len && i < ARRAY_LEN(WANT); i++)
        CHECK_STR(names.ptr[i], str_z(WANT[i]));
    CHECK_OK(os_remove_tree(cx, in_dir("d")));
    CHECK(!os_exists(in_dir("d")));
    CHECK_ROW(os_exists(in_dir("outside")), "a link led the removal out of the tree");
    CHECK_OK(os_remove_tree(cx, in_dir("d")));
    CHECK_OK(os_remove_tree(cx, in_dir("outside")));
    CHECK(!os_exists(in_dir("outside")));
}

TEST(empty_folder_lists_nothing)
{
    Names names = { .len = 7 };
    CHECK_OK(os_list_dir(kit_ctx(), kit_arena(), kit_dir(), &names));
    CHECK_INT(names.len, 0);
    CHECK_STATUS(os_list_dir(kit_ctx(), kit_arena(), in_dir("no"), &names), NOT_FOUND);
}

TEST(second_lock_is_a_conflict_until_the_first_ends)
{
    Ctx *cx = kit_ctx();
    int first = -1;
    int second = -1;
    CHECK_OK(os_lock_file(cx, in_dir("lock"), &first));
    CHECK_STATUS(os_lock_file(cx, in_dir("lock"), &second), CONFLICT);
    CHECK_INT(second, -1);
    CHECK(close(first) == 0);
    CHECK_OK(os_lock_file(cx, in_dir("lock"), &second));
    CHECK(close(second) == 0);
}

TEST(stream_reads_writes_and_seeks)
{
    Ctx *cx = kit_ctx();
    CLEANUP(file_cleanup) File *f = NULL;
    CHECK_OK(file_create(cx, in_dir("s"), 0600, &f));
    CHECK_OK(file_write(cx, f, "hello world", 11));
    CHECK_INT(file_size(f), 11);
    char text[16] = { 0 };
    size_t n = 0;
    CHECK_OK(file_read_at(cx, f, 6, text, sizeof(text), &n));
    CHECK_STR(((Str){ text, n }), S("world"));
    CHECK_OK(file_seek(cx, f, 4));
    CHECK_OK(file_read(cx, f, text, 2, &n));
    CHECK_STR(((Str){ text, n }), S("o "));
    CHECK_OK(file_read_at(cx, f, 100, text, sizeof(text), &n));
    CHECK_INT(n, 0);
    CHECK_STATUS(file_seek(cx, f, -1), INTERNAL);
    CHECK_OK(file_sync_close(cx, &f));
    CHECK(f == NULL);
    CHECK_OK(file_open_read(cx, in_dir("s"), &f));
    CHECK(file_fd(f) >= 0);
    CHECK_OK(file_seek(cx, f, 11));
    CHECK_OK(file_read(cx, f, text, sizeof(text), &n));
    CHECK_INT(n, 0);
}

TEST(rename_across_folders)
{
    Ctx *cx = kit_ctx();
    CHECK_OK(os_make_dir(cx, in_dir("d"), 0700));
    put(in_dir("a"), S("x"));
    CHECK_OK(os_rename(cx, in_dir("a"), in_dir("d/b")));
    CHECK(!os_exists(in_dir("a")) && os_exists(in_dir("d/b")));
}

TEST(system_figures_are_plausible)
{
    CHECK(os_is_local_disk("/dev/shm") || !os_exists("/dev/shm"));
    CHECK(os_disk_free("/") >= 0);
    CHECK_INT(os_disk_free("/nowhere/at/all"), -1);
    CHECK(os_resident_bytes() > 100 * 1024);
}
