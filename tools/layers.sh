#!/bin/sh
# Every #include "dir/..." under src must be an edge that layers.txt allows; prints each that is not.
# A folder may only name folders on earlier lines, so the graph cannot have a cycle. Tests may
# (and their fixtures, *_kit.[ch] and *fixture.[ch]) include the kit besides.
cd "$(dirname "$0")/.." || exit 1
awk '
NR == FNR {
    sub(/#.*/, "")
    if (NF == 0)
        next
    if ($1 ~ /^[A-Z]/) {
        group[$1] = $0
        sub(/^[A-Z]+/, "", group[$1])
        next
    }
    known[$1] = 1
    ok[$1 "/" $1] = 1
    line = $0
    for (name in group)
        gsub("(^| )" name "( |$)", " " group[name] " ", line)
    n = split(line, to, " ")
    for (i = 2; i <= n; i++) {
        split(to[i], part, "/")
        if (!(part[1] in known)) {
            printf "%s:%d: %s is not on an earlier line\n", FILENAME, FNR, to[i]
            bad = 1
        }
        ok[$1 "/" to[i]] = 1
    }
    next
}
FNR == 1 {
    split(FILENAME, p, "/")
    from = p[2]
    if (!(from in known) && !(from in told)) {
        printf "%s:1: folder %s is not in layers.txt\n", FILENAME, from
        told[from] = bad = 1
    }
}
/^#[ ]*include "[a-z_]+\// {
    split($0, q, "\"")
    split(q[2], r, "/")
    if (r[1] == "kit" && FILENAME ~ /(_test|_kit|fixture)\.[ch]$/)
        next
    if (!((from "/" r[1]) in ok) && !((from "/" q[2]) in ok)) {
        printf "%s:%d: %s may not include %s\n", FILENAME, FNR, from, q[2]
        bad = 1
    }
}
END { exit bad }' layers.txt $(find src -name '*.[ch]' -o -name '*.cc' -o -name '*.def' | sort)
