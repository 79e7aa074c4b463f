#!/usr/bin/env bash
# Whether a build costs more than it did: counts the instructions of one of 1,000 briefs, on
# one thread, and compares with benches/instructions.txt. A count does not depend on how busy
# the machine is, as a time does.
#
#   benches/guard.sh            fails if the count grew by more than 5 %
#   benches/guard.sh --record   writes the count down; the commit says why
#
# Needs valgrind and target/release/dateline.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${DATELINE:-$PWD/target/release/dateline}
record=benches/instructions.txt
bound=5
other_bound=20 # where another compiler or kind of processor counts

memory=${TMPDIR:-/tmp}
[ -d /dev/shm ] && memory=/dev/shm
# Paths of one length, for paths are hashed and copied too.
work=$(mktemp -d "$memory/dateline-guard.XXXXXX")
trap 'rm -rf "$work"' EXIT
rustc -O --edition 2024 -o "$work/corpus" benches/corpus/main.rs
"$work/corpus" 1000 - "$work/book"

rustc=$(rustc --version)
target=$(rustc -vV | sed -n 's/^host: //p')
# Programs choose their loops by what the processor can.
simd=$(grep -o -m1 -w -e avx512bw -e avx2 /proc/cpuinfo 2>/dev/null | sort -u | tr '\n' ' ' | sed 's/ $//')
count() {
    env -i PATH="$PATH" RAYON_NUM_THREADS=1 SOURCE_DATE_EPOCH=1767225600 \
        valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$program" build --root "$work/book" --output "$work/site" >"$work/out" 2>"$work/err" || {
        echo "the build that was to be counted failed:" >&2
        tail -n 20 "$work/err" >&2
        exit 2
    }
    sed -n 's/^==[0-9]*== Collected : \([0-9]*\).*/\1/p' "$work/err"
}
now=$(count)
files=$(find "$work/site" -type f | wc -l | tr -d ' ')
[ -n "$now" ] || { echo "valgrind printed no count" >&2; tail -n 20 "$work/err" >&2; exit 2; }

if [ "${1:-}" = --record ]; then
    printf 'instructions %s\nfiles %s\nrustc %s\ntarget %s\nsimd %s\n' \
        "$now" "$files" "${rustc#rustc }" "$target" "$simd" >"$record"
    echo "recorded: $now instructions, $files files"
    exit 0
fi

recorded() { sed -n "s/^$1 //p" "$record"; }
before=$(recorded instructions)
if [ "$target" != "$(recorded target)" ]; then
    echo "$now instructions here; the record is of $(recorded target), so nothing is compared"
    exit 0
fi
if [ "$files" != "$(recorded files)" ]; then
    echo "the site has $files files and had $(recorded files): if that is meant, record anew with benches/guard.sh --record" >&2
    exit 1
fi
if [ "${rustc#rustc }" != "$(recorded rustc)" ] || [ "$simd" != "$(recorded simd)" ]; then
    echo "counted with rustc ${rustc#rustc } ($simd), recorded with $(recorded rustc) ($(recorded simd)): the bound is $other_bound % instead of $bound %"
    bound=$other_bound
fi
# In hundredths of a percent, for the shell has whole numbers only.
change=$(((now - before) * 10000 / before))
percent=$(awk -v it="$change" 'BEGIN { printf "%+.2f %%", it / 100 }')
echo "$now instructions for 1,000 briefs, recorded $before: $percent"
if [ "$change" -gt $((bound * 100)) ]; then
    echo "error: a build costs $percent instructions, and $bound % is the bound: find out why (callgrind_annotate), or record anew with benches/guard.sh --record and say why in the commit" >&2
    exit 1
fi
if [ "$change" -lt $((-bound * 100)) ]; then
    echo "a build costs less than it did: keep that with benches/guard.sh --record"
fi
