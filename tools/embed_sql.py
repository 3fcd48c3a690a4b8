#!/usr/bin/env python3
"""Writes the migrations src/*/sql/NNNN_name.sql as one C table, in number order."""
import os
import re
import sys


def literal(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"'


def main(out, files):
    rows = {}
    for path in files:
        name = os.path.basename(path)
        found = re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.sql", name)
        if not found:
            sys.exit(f"{path}: not NNNN_name.sql")
        number = int(found.group(1))
        if number in rows:
            sys.exit(f"{path}: number {number} is taken by {rows[number][0]}")
        with open(path, encoding="utf-8") as text:
            rows[number] = (path, found.group(2), text.read().splitlines())
    with open(out, "w", encoding="utf-8") as c:
        c.write('#include "app/migrations.h"\n\nconst Migration MIGRATIONS[] = {\n')
        for number in sorted(rows):
            _, name, lines = rows[number]
            c.write(f'    {{ {number}, "{name}",\n')
            for line in lines or [""]:
                c.write(f"      {literal(line)}\n")
            c.write("    },\n")
        c.write("};\nconst size_t MIGRATIONS_LEN = ARRAY_LEN(MIGRATIONS);\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
