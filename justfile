# The commands of the house. `just` lists them.

_list:
    @just --list

# Serve on 127.0.0.1:50051
serve *flags:
    cargo run --release -- serve {{flags}}

# The events of the example articles
sample:
    cargo run --release -- extract examples/articles

# Quick checks while developing: no transport
check:
    cargo fmt --check
    cargo clippy --all-targets --no-default-features --features cli -- -D warnings
    cargo test --no-default-features --features cli

# Everything that CI runs
ci:
    .ci/run

# The contract's rules; `buf` is npm's @bufbuild/buf
lint-proto:
    buf lint

# Licences, bans, sources of all dependencies
deny:
    cargo deny check licenses bans sources

# Measure on this machine and write docs/performance.md
bench:
    tools/bench.sh

# Instructions and allocations of an article, counted by valgrind
instructions:
    cargo build --release && tools/instructions.sh

# Half an hour of full load with faults
soak minutes="30":
    cargo build --release && tools/soak.sh {{minutes}}
