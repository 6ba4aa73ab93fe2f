#!/usr/bin/env bash
# Fetches the library in every way that there is, from a folder that has nothing but the smallest
# program, by the README's own commands. Each program that comes of it opens a ticket on the local
# tracker. Installs and builds what is missing first.
# usage: run.sh [WAY...]    the files in ways/; all of them where none is named
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

ways=("$@")
((${#ways[@]})) || ways=(compiled newest conan vcpkg installed add_subdirectory copied fetch_content)
for way in "${ways[@]}"; do
  [ -f "$here/ways/$way.sh" ] || { sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2; }
done

. examples/packages.sh
packages+=(ccache curl git pkg-config python3 python3-jsonschema python3-venv)
examples/install.sh "${packages[@]}"
cmake --preset release -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
cmake --build --preset release --target local_tracker -- --quiet

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export work here logs=$PWD/build/packages/logs
mkdir -p "$logs"
export tracker=$PWD/build/release/examples/local_tracker/local_tracker
export checkout=$PWD
"$here/publish.sh" "$work/public"
mkdir "$work/readme"
python3 "$here/readme_blocks.py" README.md "$work/readme"

# All that the README's commands do not set themselves: the public repository is the one made above,
# and what was compiled before is not compiled again.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="url.file://$work/public/.insteadOf"
export GIT_CONFIG_VALUE_0=https://github.com/
export PATH=/usr/lib/ccache:$PATH CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1

# Two at a time: most of each is one file that takes long to compile.
run_way() {
  local began=$SECONDS
  if bash -euo pipefail -c '. "$here/support.sh"; . "$here/ways/$0.sh"' "$1" >"$logs/$1.log" 2>&1; then
    echo "$1: passed ($((SECONDS - began)) s)"
  else
    tail -n 40 "$logs/$1.log"
    echo "$1: failed ($((SECONDS - began)) s); $logs/$1.log has it all"
    return 1
  fi
}
export -f run_way
printf '%s\n' "${ways[@]}" | xargs -P 2 -I {} bash -c 'run_way {}'
