#!/usr/bin/env bash
# What one article costs, counted by valgrind rather than timed: instructions, allocations and allocated bytes of an article of
# about 400 words (the three examples in one). The same on a busy machine and an idle one: compare it before and after a change.
# Usage: tools/instructions.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-target/release/demarche}
command -v valgrind >/dev/null || { echo "valgrind is not installed" >&2; exit 1; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/one" "$tmp/many"
cat examples/articles/*.txt >"$tmp/one/0.txt"
for copy in $(seq 0 20); do cp "$tmp/one/0.txt" "$tmp/many/$copy.txt"; done
words=$(wc -w <"$tmp/one/0.txt")

# Twenty articles more than one: loading, and what only the first article costs, is in both and falls out.
told() { valgrind "$1" "$2" "$bin" extract -j1 -f tsv "$tmp/$3" 2>&1 >/dev/null | tr -d ,; }
instructions() { told --tool=callgrind --callgrind-out-file=/dev/null "$1" | sed -n 's/.*I *refs: *\([0-9]*\).*/\1/p'; }
heap() { told --tool=dhat --dhat-out-file=/dev/null "$1" | sed -n 's/.*Total: *\([0-9]*\) bytes in \([0-9]*\) blocks.*/\1 \2/p'; }
read -r few_bytes few_blocks <<<"$(heap one)"
read -r many_bytes many_blocks <<<"$(heap many)"
few=$(instructions one)
many=$(instructions many)
awk -v i="$((many - few))" -v b="$((many_bytes - few_bytes))" -v a="$((many_blocks - few_blocks))" -v w="$words" -v load="$few" 'BEGIN {
    print "| of one article of " w " words | counted | a word |\n|---|---|---|"
    printf "| instructions | %.2f million | %.0f |\n", i / 20e6, i / 20 / w
    printf "| allocations | %.0f | %.1f |\n", a / 20, a / 20 / w
    printf "| bytes allocated | %.0f | %.0f |\n", b / 20, b / 20 / w
    printf "| instructions to load the knowledge and read the first article | %.0f million | |\n", load / 1e6 }'
