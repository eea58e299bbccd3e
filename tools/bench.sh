#!/usr/bin/env bash
# Writes docs/performance.md: every figure measured now, on this machine, beside its baseline of the same run.
# Takes about three minutes, four with valgrind. Usage: tools/bench.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-target/release/demarche}
[ -n "${1:-}" ] || cargo build --locked --release
log=$(mktemp)
report=$(mktemp)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi; rm -f "$log" "$report"' EXIT

pin_with() { if command -v taskset >/dev/null && [ "$(nproc)" -ge 2 ]; then echo "taskset -c $1"; fi; }
pin() { # CORES COMMAND; `load` is the generator
    if [ "$2" = load ]; then set -- "$1" "$bin" load "$url" "${@:3}"; fi
    if command -v taskset >/dev/null && [ "$(nproc)" -ge 2 ]; then taskset -c "$@"; else shift; "$@"; fi
}
start() { # THREADS CORES
    : >"$log"
    begun=$(date +%s%N)
    # No function in the background: its number would be that of a shell, not of the server.
    $(pin_with "$2") "$bin" serve --listen 127.0.0.1:0 --threads "$1" --log-level warn,demarche::cli=info --set limits.max_streams=2048 2>"$log" &
    server=$!
    url=
    while [ -z "$url" ]; do
        address=$(sed -n 's/.*address="\([^"]*\)".*/\1/p' "$log")
        [ -n "$address" ] && url=http://$address
        kill -0 "$server"
    done
    ready=$((($(date +%s%N) - begun) / 1000000))
}
stop() { kill "$server"; wait "$server" || true; server=; }
# Core-seconds that the server has used.
cores() { awk '{ sum += $1 } END { printf "%.3f", sum / 1e9 }' /proc/"$server"/task/*/schedstat; }
since() { awk -v now="$(cores)" -v before="$1" 'BEGIN { print now - before }'; }
resident() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
peak() { awk '/^VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
# Articles a core-second of the pipeline alone: the core time of 150 articles (the three examples in one, about 400 words),
# less that of one, so that loading does not count.
alone() {
    local folder one many
    folder=$(mktemp -d)
    cat examples/articles/*.txt >"$folder/0.txt"
    one=$( { TIMEFORMAT='%U %S'; time "$bin" extract -j1 -f tsv "$folder" >/dev/null; } 2>&1)
    for copy in $(seq 150); do cp "$folder/0.txt" "$folder/$copy.txt"; done
    many=$( { TIMEFORMAT='%U %S'; time "$bin" extract -j1 -f tsv "$folder" >/dev/null; } 2>&1)
    rm -rf "$folder"
    awk -v one="$one" -v many="$many" 'BEGIN { split(one, a); split(many, b); printf "%.1f", 150 / (b[1] + b[2] - a[1] - a[2]) }'
}
figure() { sed -n "s/.* $2 \([0-9.]*\).*/\1/p" <<<"$1"; }
rate() { sed -n 's/.*rate \([0-9.]*\).*/\1/p' <<<"$1"; }
failures() { sed -n 's/.*failures //p' <<<"$1"; }

{
    echo "# Performance"
    echo
    echo "Written by \`just bench\` ($("$bin" --version), $(date -u +%F), $(nproc) cores: $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1))."
    echo "Load average when it began: $(cut -d' ' -f1-3 /proc/loadavg). Articles are those of examples/articles, made to size."
    echo
    echo "## In the process: \`demarche bench\`"
    echo
    "$bin" bench
    echo
    if command -v valgrind >/dev/null; then
        echo "Counted by \`tools/instructions.sh\` (valgrind), the same on any machine:"
        echo
        tools/instructions.sh "$bin"
        echo
    fi
    echo "## Over gRPC on loopback: \`demarche load\`"
    echo
    echo "One reading thread pinned to core 0, which it shares with the server's sockets; the client pinned to core 1. Core-ms are what"
    echo "the whole server spent of a core for an article, beside what the pipeline alone spends in the process, measured in the"
    echo "same minutes; the share says how much of the server's work is reading. Articles of 400 words where nothing else is said."
    echo
    inside=$(pin 0 "$bin" bench --brief)
    alone=$(alone)
    start 1 0
    rest=$(resident)
    started=$ready
    before=$(cores)
    bulk=$(pin 1 load --mode bulk --concurrency 2 --words 400 --seconds 8 || true)
    bulk_cores=$(since "$before")
    again=$(pin 0 "$bin" bench --brief)
    inside=$(awk -v a="$inside" -v b="$again" 'BEGIN { print (a > b ? a : b) }')
    again=$(alone)
    alone=$(awk -v a="$alone" -v b="$again" 'BEGIN { print (a > b ? a : b) }')
    before=$(cores)
    closed=$(pin 1 load --mode single --concurrency 2 --words 400 --seconds 5 || true)
    closed_cores=$(since "$before")
    half=$(awk -v rate="$(rate "$closed")" 'BEGIN { printf "%.0f", rate / 2 }')
    before=$(cores)
    open=$(pin 1 load --mode single --concurrency 32 --rate "$half" --words 400 --seconds 15 || true)
    open_cores=$(since "$before")
    echo "| what | articles/s | core-ms an article | in-process core-ms beside it | p50 ms | p99 ms | p99.9 ms | failures |"
    echo "|---|---|---|---|---|---|---|---|"
    row() { # NAME FIGURES CORE-SECONDS
        awk -v name="$1" -v rate="$(rate "$2")" -v alone="$alone" -v p50="$(figure "$2" p50)" -v p99="$(figure "$2" p99)" \
            -v p999="$(figure "$2" p99.9)" -v failures="$(failures "$2")" -v cores="$3" -v count="$(sed 's/^articles \([0-9]*\).*/\1/' <<<"$2")" \
            'BEGIN { mine = count > 0 ? 1000 * cores / count : 0
                beside = "–"
                if (alone > 0 && mine > 0) beside = sprintf("%.2f (%.0f %%)", 1000 / alone, 100 * (1000 / alone) / mine)
                printf "| %s | %.0f | %.2f | %s | %s | %s | %s | %s |\n", name, rate, mine, beside, p50, p99, p999, failures }'
    }
    row "bulk, 2 streams, closed loop" "$bulk" "$bulk_cores"
    row "single, 2 callers, closed loop" "$closed" "$closed_cores"
    row "single, open loop at half that rate ($half/s)" "$open" "$open_cores"
    in_process=$alone
    alone=0
    for bytes in 1000 4000 100000 1000000; do
        before=$(cores)
        # Few at once: what is under way when the time is over is still waited for.
        sized=$(pin 1 load --mode bulk --concurrency 2 --window "$((bytes < 50000 ? 4 : 1))" --bytes "$bytes" --seconds 4 || true)
        row "bulk, $((bytes / 1000)) KB articles" "$sized" "$(since "$before")"
    done
    stop
    echo
    awk -v bulk="$(rate "$bulk")" -v inside="$inside" -v alone="$in_process" 'BEGIN {
        printf "On the one core that server sockets and reader share, bulk gives %.0f articles/s beside %.0f in the process (%.0f %%; goal 85 %%).\n", bulk, inside, 100 * bulk / inside
        printf "`demarche extract` with its table as output: %.0f articles a core-second.\n", alone }'
    echo
    echo "## Many streams"
    echo
    start 2 0,1
    many=$("$bin" load "$url" --mode bulk --concurrency 1000 --connections 8 --window 1 --words 400 --seconds 15 || true)
    at_peak=$(peak)
    sleep 2
    after=$(resident)
    stop
    echo "1,000 bulk streams over 8 connections, closed loop, client and server on the same cores: $many."
    echo
    echo "## Size"
    echo
    echo "| what | measured | floor |"
    echo "|---|---|---|"
    echo "| ready to serve after | $started ms | 300 ms |"
    echo "| resident memory at rest | $rest MB | 150 MB |"
    echo "| peak resident memory at 1,000 streams | $at_peak MB | 400 MB |"
    echo "| resident memory two seconds after them | $after MB | – |"
    echo "| binary | $(awk -v bytes="$(stat -c %s "$bin")" 'BEGIN { printf "%.1f", bytes / 1048576 }') MB | 40 MB |"
} >"$report"
cp "$report" docs/performance.md
cat docs/performance.md
