#!/usr/bin/env python3
"""Writes the word lists src/demo/words/*.txt as C texts: one `const Str WORDS_<file>` each, without
remarks and empty lines; lines end with a line feed."""
import os
import re
import sys


def literal(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"'


def main(out, files):
    with open(out, "w", encoding="utf-8") as c:
        c.write('#include "demo/demo_words.h"\n')
        for path in sorted(files):
            name = os.path.basename(path).removesuffix(".txt")
            if not re.fullmatch(r"[a-z_]+", name):
                sys.exit(f"{path}: not a name for C")
            with open(path, encoding="utf-8") as text:
                lines = [l for l in text.read().splitlines() if l and not l.startswith("#")]
            c.write(f"\nconst Str WORDS_{name} = S_INIT(\n")
            c.write("\n".join("    " + literal(l) for l in lines))
            c.write(");\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
