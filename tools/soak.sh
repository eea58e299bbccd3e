#!/usr/bin/env bash
# Full load with faults injected, for MINUTES: killed clients, readers that stop reading, half-open connections, garbage,
# and SIGTERM in the middle. Prints memory, descriptors, threads, tasks, connections and calls once a minute, and the figures of
# the steady load: its failures are what was accepted and lost.
# Usage: [THREADS=N] tools/soak.sh [MINUTES] [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-30}
bin=${2:-target/release/demarche}
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$tmp"' EXIT

"$bin" serve --threads "${THREADS:-0}" --listen 127.0.0.1:0 --metrics-listen 127.0.0.1:0 --log-level warn,demarche::cli=info \
    --set limits.idle_time=20s --set limits.keepalive_interval=5s --set limits.keepalive_timeout=5s 2>"$tmp/server.log" &
server=$!
until grep -q "ready to serve" "$tmp/server.log"; do sleep 0.1; done
address=$(sed -n 's/.*[^_]address="\([^"]*\)".*/\1/p' "$tmp/server.log")
metrics=$(sed -n 's/.*metrics="\([^"]*\)".*/\1/p' "$tmp/server.log")
url=http://$address host=${address%:*} port=${address##*:}
figures() {
    exec 3<>"/dev/tcp/${metrics%:*}/${metrics##*:}"
    printf 'GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n' >&3
    cat <&3
    exec 3>&-
}
sum() { awk -v name="$1" '$1 ~ "^" name "({|$)" { sum += $2 } END { printf "%.0f", sum }' <<<"$now"; }
state() {
    now=$(figures)
    printf '%4s min  RSS %s MB, %s descriptors, %s threads, %s tasks, %s connections, %s calls; articles read so far %s\n' "$1" \
        "$(awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' /proc/$server/status)" "$(ls /proc/$server/fd | wc -l)" \
        "$(ls /proc/$server/task | wc -l)" "$(sum demarche_tasks)" "$(sum demarche_connections_open)" \
        "$(sum demarche_requests_open)" "$(sum demarche_articles_total)"
}
state 0

steady=$((minutes * 60))
"$bin" load "$url" --mode bulk --concurrency 4 --words 400 --seconds "$steady" >"$tmp/steady" &
load=$!

faults() {
    trap 'kill -KILL $(jobs -p) 2>/dev/null; exit' TERM
    while true; do
        # A client that dies in the middle.
        "$bin" load "$url" --mode bulk --concurrency 8 --words 400 --seconds 60 >/dev/null 2>&1 & dying=$!
        # A reader that stops reading, and dies later.
        "$bin" load "$url" --mode bulk --concurrency 8 --window 500 --words 400 --seconds 60 >/dev/null 2>&1 & stopped=$!
        sleep 2 & wait $!
        kill -STOP $stopped; kill -KILL $dying
        # Garbage, and connections that say nothing.
        for _ in 1 2 3; do (head -c 5000 /dev/urandom >"/dev/tcp/$host/$port") 2>/dev/null || true; done
        (exec 3<>"/dev/tcp/$host/$port"; sleep 10) 2>/dev/null &
        # Half of HTTP/2, then nothing.
        (exec 3<>"/dev/tcp/$host/$port"; printf 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0' >&3; sleep 10) 2>/dev/null &
        sleep 4 & wait $!
        kill -KILL $stopped
        wait $dying $stopped 2>/dev/null || true
    done
}
faults 2>/dev/null & faulty=$!
for minute in $(seq "$minutes"); do sleep 60; state "$minute"; done
kill -TERM $faulty 2>/dev/null || true
wait $faulty 2>/dev/null || true
wait "$load"
printf 'steady load: %s\n' "$(cat "$tmp/steady")"
sleep 30
state rest
figures | grep -E '^demarche_(articles_total|rejected_total|connections_open|connections_total|requests_open|requests_total)'

# SIGTERM in the middle of a load: the process ends with 0, and only what was not taken stays without an answer.
"$bin" load "$url" --mode bulk --concurrency 4 --words 400 --seconds 60 >"$tmp/last" 2>&1 &
sleep 5
kill -TERM $server
begun=$SECONDS code=0
wait $server || code=$?
printf 'SIGTERM under load: exit code %s after %s s\n' "$code" "$((SECONDS - begun))"
grep -c "panic" "$tmp/server.log" | sed 's/^/panics: /' || true
