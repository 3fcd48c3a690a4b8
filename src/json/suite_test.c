// JSONTestSuite (MIT, its licence lies beside the files): y_ must be accepted, n_ refused, i_ is
// free but must not crash.
#include "json/json.h"
#include "kit/kit.h"

#include <dirent.h>

// Valid by the letter of RFC 8259, refused by us on purpose: duplicate keys and U+0000.
static const char *const REFUSED[] = {
    "y_object_duplicated_key.json",
    "y_object_duplicated_key_and_value.json",
    "y_object_escaped_null_in_key.json",
    "y_string_null_escape.json",
};

static bool is_refused(Str name)
{
    for (size_t i = 0; i < ARRAY_LEN(REFUSED); i++)
        if (str_eq(name, str_z(REFUSED[i])))
            return true;
    return false;
}

// What is accepted is written and read again: the same text must come out.
static void check_round(Str name, const Json *node)
{
    Buf first = buf_new(kit_arena(), 1 << 20);
    Buf second = buf_new(kit_arena(), 1 << 20);
    JsonOut j = json_out(&first);
    json_write(&j, node);
    const Json *again = NULL;
    CHECK_ROW(json_parse(kit_ctx(), buf_str(&first), &again) == STATUS_OK, STR_FMT, STR_ARG(name));
    if (again == NULL)
        return;
    j = json_out(&second);
    json_write(&j, again);
    CHECK_STR(buf_str(&second), buf_str(&first));
}

TEST(json_test_suite)
{
    static const char FOLDER[] = "test/data/json/JSONTestSuite";
    size_t seen[128] = { 0 };
    DIR *d = opendir(FOLDER);
    CHECK(d != NULL);
    if (d == NULL)
        return;
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        Str name = str_z(e->d_name);
        if (!str_ends(name, S(".json")))
            continue;
        Str text = kit_file(arena_fmt(kit_arena(), "%s/%s", FOLDER, e->d_name).ptr);
        const Json *node = NULL;
        Status s = json_parse(kit_ctx(), text, &node);
        bool want = name.ptr[0] == 'y' && !is_refused(name);
        seen[(unsigned char)name.ptr[0] & 127]++;
        CHECK_ROW(s == STATUS_OK || s == STATUS_MALFORMED, STR_FMT, STR_ARG(name));
        CHECK_ROW(name.ptr[0] == 'i' || (s == STATUS_OK) == want, STR_FMT, STR_ARG(name));
        if (s == STATUS_OK)
            check_round(name, node);
    }
    (void)closedir(d);
    CHECK_INT(seen['y'], 95);
    CHECK_INT(seen['n'], 188);
    CHECK_INT(seen['i'], 35);
}
