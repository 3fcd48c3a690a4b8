#!/usr/bin/env bash
# The two Online Retail files end to end (customers, products, orders, lines, refunds, history,
# search, totals) against `sqlite3 .import` of the same files into a bare table, in one run.
#   bench/import_bench.sh [BUILD-DIR]     GUANXI_DATA: folder with online-retail/*.csv.xz
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build}
data=${GUANXI_DATA:-../shared/data}/online-retail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

files=()
for name in online_retail_2009_2010 online_retail_2010_2011; do
    for from in "$data/$name.csv.xz" "test/data/online-retail/$name.csv.xz"; do
        if [ -f "$from" ]; then
            xz -dc "$from" > "$work/$name.csv"
            files+=("$work/$name.csv")
            break
        fi
    done
done

now() { date +%s%N; }

printf 'correct horse battery staple\n' > "$work/password"
"$build/guanxi" init --data "$work/data" --admin bench --password-file "$work/password" > /dev/null
rows=0
for file in "${files[@]}"; do
    rows=$((rows + $(wc -l < "$file") - 1))
done

start=$(now)
for file in "${files[@]}"; do
    "$build/guanxi" import orders "$file" --data "$work/data"
done
ours=$(($(now) - start))

start=$(now)
for file in "${files[@]}"; do
    sqlite3 "$work/bare.db" ".mode csv" ".import $file t" 2> /dev/null
done
bare=$(($(now) - start))

awk -v rows="$rows" -v ours="$ours" -v bare="$bare" 'BEGIN {
    printf "guanxi         %8.2f s  %8.0f lines/s\n", ours / 1e9, rows / (ours / 1e9)
    printf "sqlite .import %8.2f s  %8.0f lines/s\n", bare / 1e9, rows / (bare / 1e9)
    printf "ratio          %8.2f\n", ours / bare
}'
