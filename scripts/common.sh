# Shared by the scripts beside it: `. "$(dirname "$0")/common.sh"`. Needs bash.
# shellcheck shell=bash
set -euo pipefail

VT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VT_BUILD=${VITRINE_BUILD:-$VT_ROOT/build}

# Progress and messages go to stderr, so that stdout stays data.
say() { printf '%s\n' "$*" >&2; }

# die MESSAGE...: what is wrong and what to do, then status 1.
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# usage: prints the comment block at the head of the calling script.
usage() { sed -n '2,/^[^#]/{ /^#/!d; s/^# \{0,1\}//; p; }' "$0"; }

jobs_count() { nproc 2>/dev/null || echo 2; }

# configure_and_build DIR [CMAKE OPTION...]: configures where needed, then builds everything.
# The configure output is shown only where it fails: a build that works has nothing to say.
configure_and_build() {
    local dir=$1 log
    shift
    mkdir -p "$dir"
    log=$dir/configure.log
    if ! cmake -S "$VT_ROOT" -B "$dir" -G Ninja "$@" >"$log" 2>&1; then
        cat "$log" >&2
        die "cmake could not configure $dir; its messages stand above. Are all packages there? scripts/install-dependencies tells."
    fi
    if ! ninja -C "$dir" -j "$(jobs_count)" >"$dir/build.log" 2>&1; then
        grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating|Re-running)' "$dir/build.log" | tail -n 200 >&2
        die "the build in $dir failed; its messages stand above, all of them in $dir/build.log"
    fi
}

# A display that a window can be opened on.
has_display() { [ -n "${WAYLAND_DISPLAY:-}" ] || [ -n "${DISPLAY:-}" ]; }
