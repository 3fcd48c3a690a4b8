#!/usr/bin/env python3
"""The lint and the layer check must find what they are for: rows of file, text, expected rule."""

import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MACHINE = "/" + "work/x"
STORIES = [
    ("banned call", "src/base/a.c", "void f(char *a)\n{\n    strcpy(a, a);\n}\n", "strcpy"),
    ("name in a comment is fine", "src/base/a.c", "// strcpy(a, b)\n", None),
    ("name in a text is fine", "src/base/a.c", 'char *a = "strcpy(";\n', None),
    ("longer name is fine", "src/base/a.c", "int x = my_strcpy(1);\n", None),
    ("waived with a reason", "src/base/a.c", "// lint: strcpy: shown\nint x = strcpy(1);\n", None),
    ("waiver without a reason", "src/base/a.c", "// lint: strcpy:\nint x = strcpy(1);\n", "strcpy"),
    ("waiver of another rule", "src/base/a.c", "// lint: goto: x\nint x = strcpy(1);\n", "strcpy"),
    ("malloc above the arena", "src/db/a.c", "int x = malloc(1);\n", "memory"),
    ("malloc in the arena", "src/base/arena.c", "int x = malloc(1);\n", None),
    ("clock above os", "src/db/a.c", "int x = time(0);\n", "clock"),
    ("clock in os", "src/os/clock.c", "int x = time(0);\n", None),
    ("goto", "src/db/a.c", "    goto out;\n", "goto"),
    ("driver outside db", "src/tag/a.c", "int x = sqlite3_open(1);\n", "driver"),
    ("driver in db", "src/db/a.c", "int x = PQexec(1);\n", None),
    ("socket outside http", "src/os/a.c", "#include <sys/socket.h>\n", "socket"),
    ("server library outside http", "src/api/a.c", "int x = MHD_NO;\n", "socket"),
    ("SqlText from a pointer", "src/tag/a.c", "    SqlText t = { p };\n", "sqltext"),
    ("SqlText as compound", "src/tag/a.c", "    f((SqlText){ p });\n", "sqltext"),
    ("SqlText literal set", "src/tag/a.c", "    t.literal = p;\n", "sqltext"),
    ("SqlText by SQL_INIT", "src/tag/a.c", 'static SqlText T = SQL_INIT("x");\n', None),
    ("table of SqlText", "src/tag/a.c",
     'static const SqlText T[] = {\n    [A] = SQL_INIT(" = "), [B] = SQL_INIT("x"),\n};\n', None),
    ("table of SqlText with a pointer", "src/tag/a.c",
     'SqlText T[] = {\n    [A] = SQL_INIT(" = "), [B] = { p },\n};\n', "sqltext"),
    ("no SqlText", "src/tag/a.c", "    SqlText t = { 0 };\n", None),
    ("%s behind SQL", "src/tag/a.c", 'f("SELECT a FROM %s");\n', "sqlformat"),
    ("%.*s before SQL", "src/tag/a.c", 'f("%.*s WHERE id = 1");\n', "sqlformat"),
    ("words that are no SQL", "src/tag/a.c", 'f("where is %s");\n', None),
    ("100 columns of Chinese", "src/tag/a.c", "// " + "中" * 97 + "\n", None),
    ("101 columns", "src/tag/a.c", "// " + "a" * 98 + "\n", "columns"),
    ("600 lines", "src/tag/a.c", "int a;\n" * 600, None),
    ("601 lines", "src/tag/a.c", "int a;\n" * 601, "length"),
    ("601 lines of test", "src/tag/a_test.c", "int a;\n" * 601, None),
    ("function of 100 lines", "src/tag/a.c", "void f(void)\n{\n" + "    x;\n" * 100 + "}\n", None),
    ("function of 101 lines", "src/tag/a.c", "void f(void)\n{\n" + "    x;\n" * 101 + "}\n",
     "function"),
    ("tab", "src/tag/a.c", "\tint a;\n", "tab"),
    ("blank at the end", "src/tag/a.c", "int a; \n", "blank"),
    ("no last line break", "src/tag/a.c", "int a;", "newline"),
    ("two fields a line", "src/tag/tag.def", "FIELD(Str, a) FIELD(Str, b)\n", "field"),
    ("unfinished", "src/tag/a.c", "// TO" + "DO later\n", "unfinished"),
    ("unfinished with an issue", "src/tag/a.c", "// TO" + "DO(#12) later\n", None),
    ("machine path", "README.md", f"see {MACHINE}\n", "path"),
    ("registry", "web/package-lock.json", "registry" + ".npmjs.org\n", "registry"),
    ("guard", "src/tag/tag.h", "#ifndef TAG_H\n", "guard"),
    ("banner", "src/tag/a.c", "// " + "-" * 20 + "\n", "banner"),
]
LAYERS = [
    ("down", "src/db/a.c", '#include "base/base.h"\n', None),
    ("itself", "src/db/a.c", '#include "db/db.h"\n', None),
    ("up", "src/db/a.c", '#include "entity/entity.h"\n', "db may not include entity/entity.h"),
    ("sideways", "src/csv/a.c", '#include "json/json.h"\n', "csv may not include json/json.h"),
    ("module by its header", "src/order/a.c", '#include "customer/customer.h"\n', None),
    ("module by another header", "src/order/a.c", '#include "customer/part.h"\n',
     "order may not include customer/part.h"),
    ("kit in a test", "src/db/a_test.c", '#include "kit/kit.h"\n', None),
    ("kit in the product", "src/db/a.c", '#include "kit/kit.h"\n', "db may not include kit/kit.h"),
    ("unknown folder", "src/what/a.c", "int a;\n", "folder what is not in layers.txt"),
]


def output_of(tool, path, text):
    with tempfile.TemporaryDirectory() as root:
        os.mkdir(os.path.join(root, "tools"))
        shutil.copy(os.path.join(HERE, tool), os.path.join(root, "tools"))
        shutil.copy(os.path.join(HERE, "..", "layers.txt"), root)
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
        env = {**os.environ, "GIT_DIR": os.path.join(root, "none")}
        done = subprocess.run([os.path.join(root, "tools", tool)], env=env, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout.decode()


def main():
    failed = 0
    rows = [("lint.py", *row) for row in STORIES] + [("layers.sh", *row) for row in LAYERS]
    for tool, name, path, text, expected in rows:
        code, output = output_of(tool, path, text)
        wanted = expected if tool == "layers.sh" or expected is None else f"[{expected}]"
        good = code == 0 if expected is None else (
            code == 1 and len(output.strip().splitlines()) == 1 and wanted in output)
        if not good:
            failed += 1
            print(f"{tool}, {name}: expected {expected}, got {code}: {output}")
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
