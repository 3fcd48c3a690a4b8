#!/usr/bin/env python3
"""The rules of the house that a compiler does not know. Prints file:line: message, exits 1 if any.

A line that has to break a rule says so and why, on itself or on the line before:
    // lint: RULE: reason
RULE is the word in brackets behind the message."""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
C_FOLDERS = ("src/", "test/", "fuzz/", "bench/", "tools/")
C_ENDINGS = (".c", ".h", ".cc")
TEXT_ENDINGS = C_ENDINGS + (
    ".def", ".py", ".sh", ".ts", ".vue", ".js", ".mjs", ".css", ".html", ".md", ".sql", ".build",
    ".conf", ".service", ".json", ".yml", ".yaml", ".txt")
FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, COLUMNS = 600, 1000, 100, 100

BANNED = {
    "strcpy": "arena_dup, buf_add", "strcat": "buf_add", "strncpy": "arena_dup",
    "strncat": "buf_add", "sprintf": "arena_fmt, buf_fmt", "vsprintf": "arena_vfmt",
    "sscanf": "str_int, money_parse", "strtok": "str_split", "strtok_r": "str_split",
    "atoi": "str_int", "atol": "str_int", "atoll": "str_int", "atof": "money_parse",
    "gets": "file_read", "system": "os_child_start", "popen": "os_child_start",
    "rand": "os_random", "srand": "os_random", "random": "os_random", "localtime": "zone_clock",
    "gmtime": "instant_to_clock", "ctime": "instant_add", "strerror": "strerror_r in os/",
    "alloca": "arena_alloc", "setlocale": "nothing: the C locale stays", "tmpnam": "mkstemp",
    "mktemp": "mkstemp",
}
CALL = re.compile(r"(?<![\w.>])([a-z_]\w*)\s*\(")
ALLOCATE = {"malloc", "calloc", "realloc", "free", "strdup", "strndup", "asprintf", "reallocarray"}
SOCKETS = re.compile(r'#\s*include\s*<(sys/socket|sys/un|netinet/|arpa/inet|netdb|microhttpd)|\bMHD_')
SQLITE = re.compile(r'\bsqlite3_\w+|\bPQ[a-z]\w*\s*\(|#\s*include\s*<(sqlite3|libpq)')
SQL_TEXT = re.compile(r"\(\s*SqlText\s*\)\s*\{|\.literal\s*=[^=]")
SQL_TEXT_INIT = re.compile(r"\bSqlText\s+\w+\s*(?:\[\w*\])?\s*=\s*\{([^;]*)\}\s*;")
SQL_MADE = re.compile(r"\bSQL(_INIT)?\s*\([^()]*\)|\[\w+\]\s*=|\{\s*0\s*\}")
SQL_WORDS = r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|VALUES|ORDER BY|GROUP BY|JOIN)\b"
SQL_FORMAT = re.compile(rf'"[^"]*({SQL_WORDS}[^"]*%(\.\*)?s|%(\.\*)?s[^"]*{SQL_WORDS})[^"]*"')
CLOCK = {"time", "gettimeofday", "clock_gettime"}
# Built from pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_./-])/(" + "|".join(["work", "farm", "root"]) + r")/")
REGISTRY = re.compile("registry" + r"\.npmjs|deb\." + "debian")
UNFINISHED = re.compile(r"\b(TO" + "DO|FIX" + r"ME|X" + r"XX)\b(?!\(#\d+\))")
BANNER = re.compile(r"([-=*#_/~])\1{15,}")
WAIVER = re.compile(r"//\s*lint: (\w+): \S")

problems = []


class File:
    def __init__(self, path, text):
        self.path, self.lines = path, text.split("\n")
        self.waived = {}
        for number, line in enumerate(self.lines, 1):
            match = WAIVER.search(line)
            if match:
                self.waived.setdefault(match[1], set()).update((number, number + 1))

    def problem(self, number, rule, message):
        if number not in self.waived.get(rule, ()):
            problems.append(f"{self.path}:{number}: {message} [{rule}]")


def strip(text, keep_strings=False):
    """Comments (and texts) blanked out, line breaks kept."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        piece = match[0]
        if piece[0] in "\"'":
            return piece if keep_strings else piece[0] + " " * (len(piece) - 2) + piece[0]
        return re.sub(r"[^\n]", " ", piece)

    return pattern.sub(blank, text)


def inside(path, *folders):
    return path.startswith(tuple(folders))


def check_calls(file, number, line):
    path = file.path
    for name in CALL.findall(line):
        if name in BANNED:
            file.problem(number, name, f"{name}() is banned, use {BANNED[name]}")
        if name in ALLOCATE and path != "src/base/arena.c":
            file.problem(number, "memory", f"{name}() outside src/base/arena.c")
        if name in CLOCK and not inside(path, "src/os/", "bench/"):
            file.problem(number, "clock", f"{name}() outside src/os/; time is an argument")
        if name == "socket" and not inside(path, "src/http/"):
            file.problem(number, "socket", "socket() outside src/http/")
    if re.search(r"\bgoto\b", line):
        file.problem(number, "goto", "goto; release by CLEANUP and return")


def check_sql(file, number, line, with_texts):
    if not inside(file.path, "src/db/") and SQLITE.search(line):
        file.problem(number, "driver", "database driver outside src/db/")
    if file.path != "src/db/sql.h" and SQL_TEXT.search(line):
        file.problem(number, "sqltext", "a SqlText is made by SQL() or SQL_INIT() only")
    if SQL_FORMAT.search(with_texts):
        file.problem(number, "sqlformat", "%s in SQL; values are bound")


def check_sql_tables(file, code):
    """An initializer in braces may hold nothing but SQL_INIT()."""
    for match in SQL_TEXT_INIT.finditer(code):
        if re.search(r"[^\s,{}]", SQL_MADE.sub("", "{" + match[1] + "}")):
            file.problem(code.count("\n", 0, match.start()) + 1, "sqltext",
                         "a SqlText is made by SQL() or SQL_INIT() only")


def check_functions(file, code):
    start = name = None
    for number, line in enumerate(code, 1):
        if re.match(r"[A-Za-z_].*\)\s*(\{.*)?$", line):
            name = line
        if line.startswith("{"):
            start = number
        if line.startswith("}") and start:
            if number - start - 1 > FUNCTION_LINES:
                file.problem(start, "function",
                             f"function of {number - start - 1} lines, at most {FUNCTION_LINES}: "
                             + (name or "").strip()[:60])
            start = None


def check_c(file, text):
    code = strip(text).split("\n")
    texts = strip(text, keep_strings=True).split("\n")
    for number, line in enumerate(code, 1):
        check_calls(file, number, line)
        check_sql(file, number, line, texts[number - 1])
        if not inside(file.path, "src/http/") and SOCKETS.search(texts[number - 1]):
            file.problem(number, "socket", "sockets and the HTTP library belong to src/http/")
        if BANNER.search(file.lines[number - 1]) and '"' not in file.lines[number - 1]:
            file.problem(number, "banner", "banner comment")
    check_sql_tables(file, "\n".join(code))
    check_functions(file, code)
    if file.path.endswith(".h") and "src/" in file.path:
        guard = "GUANXI_" + re.sub(r"\W", "_", file.path[len("src/"):]).upper()
        if f"#ifndef {guard}" not in text:
            file.problem(1, "guard", f"include guard is not {guard}")


def check_def(file):
    for number, line in enumerate(file.lines, 1):
        if len(re.findall(r"\bFIELD\w*\(", line)) > 1:
            file.problem(number, "field", "one FIELD per line")


def check_length(file):
    path = file.path
    if not path.endswith(C_ENDINGS + (".def", ".ts", ".vue", ".py")):
        return
    test = re.search(r"_test\.c$|\.(test|spec)\.ts$|^test/|/tests?/", path)
    limit = TEST_FILE_LINES if test else FILE_LINES
    if len(file.lines) - 1 > limit:
        file.problem(1, "length", f"{len(file.lines) - 1} lines, at most {limit}")


def check_text(file):
    path = file.path
    source = path.endswith(C_ENDINGS + (".def", ".py", ".sh", ".build", ".ts", ".vue", ".sql"))
    for number, line in enumerate(file.lines, 1):
        if MACHINE_PATH.search(line):
            file.problem(number, "path", "path of one machine")
        if REGISTRY.search(line):
            file.problem(number, "registry", "host name of a registry")
        if not source:
            continue
        if path.endswith(C_ENDINGS) and len(line) > COLUMNS:
            file.problem(number, "columns", f"{len(line)} columns, at most {COLUMNS}")
        if "\t" in line:
            file.problem(number, "tab", "tab")
        if line != line.rstrip():
            file.problem(number, "blank", "blank at the end of the line")
        if UNFINISHED.search(line):
            file.problem(number, "unfinished", "unfinished without an issue: write TO" + "DO(#123)")
    if source and file.lines[-1] != "":
        file.problem(len(file.lines), "newline", "no line break at the end of the file")


def tracked():
    """What git tracks or would track; everything when this is no working copy."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if listed.returncode == 0:
        return sorted(set(filter(None, listed.stdout.decode().split("\0"))))
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in ("node_modules", "dist", "data", ".git")
                      and not f.startswith("build")]
        found += [os.path.relpath(os.path.join(folder, f), ROOT) for f in files]
    return sorted(found)


def main():
    count = 0
    for path in tracked():
        full = os.path.join(ROOT, path)
        named = path.endswith(TEXT_ENDINGS) or "." not in os.path.basename(path)
        if not named or inside(path, "test/data/", "fuzz/corpus/", "web/src/api/schema.d.ts") or not os.path.isfile(full):
            continue
        try:
            with open(full, encoding="utf-8") as source:
                text = source.read()
        except UnicodeDecodeError:
            continue
        count += 1
        file = File(path, text)
        check_text(file)
        check_length(file)
        if path.endswith(".def"):
            check_def(file)
        if path.endswith(C_ENDINGS) and inside(path, *C_FOLDERS) and not inside(path, "test/neg/"):
            check_c(file, text)
    print("\n".join(problems) if problems else f"{count} files follow the rules of the house")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
