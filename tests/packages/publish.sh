#!/usr/bin/env bash
# Publishes what is in this checkout, committed or not, as the public repository would after a release:
# the version's tag, its archive, and a port of vcpkg that knows the archive.
# usage: publish.sh FOLDER
set -euo pipefail
public=$1
cd "$(dirname "$0")/../.."
version=$(sed -n 's/.*version = "\([0-9.]*\)".*/\1/p' include/argus_ticket/version.hpp)
repository=$public/argus-ticket/argus_ticket

commit() { # message
  git -C "$repository" add -A
  git -C "$repository" -c user.name=release -c user.email=release@example.org \
    -c commit.gpgsign=false commit -q -m "$1"
}

mkdir -p "$repository"
git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done |
  tar -c --null -T - | tar -x -C "$repository"
git -C "$repository" -c init.defaultBranch=main init -q
commit "Version $version"
git -C "$repository" tag "v$version"

archives=$repository/archive/refs/tags
mkdir -p "$archives"
echo /archive/ >>"$repository/.git/info/exclude"
git -C "$repository" archive --prefix="argus_ticket-$version/" -o "$archives/v$version.tar.gz" "v$version"
"$repository/packaging/vcpkg/release.sh" "file://$archives/v$version.tar.gz"
commit "The port of version $version"

# By the name under which it is cloned.
ln -s argus_ticket "$repository.git"
