#!/usr/bin/env bash
# Builds one target and runs it: fuzz/run.sh TARGET SECONDS. Needs no cargo-fuzz and no nightly
# compiler: coverage is a matter of the stable one. Sanitizers would want a nightly, and find
# misuse of memory, which the program cannot do: `unsafe` is forbidden in it.
set -euo pipefail
cd "$(dirname "$0")"
target=$1 seconds=${2:-60}
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cdebug-assertions -Coverflow-checks"
host=$(rustc -vV | sed -n 's/^host: //p')
cargo build --release --target "$host" --bin "$target"
mkdir -p "corpus/$target" "artifacts/$target" "corpus/seeds"
# Texts of the sample book, to begin with.
find ../content ../book.toml -type f -size -8k -exec cp -n {} corpus/seeds/ \;
exec "${CARGO_TARGET_DIR:-target}/$host/release/$target" "-max_total_time=$seconds" -timeout=10 \
    -rss_limit_mb=2048 "-artifact_prefix=artifacts/$target/" "corpus/$target" corpus/seeds
