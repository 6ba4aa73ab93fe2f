#!/usr/bin/env bash
# Installs those of the given Debian packages that are missing, as root or by sudo, asking nothing.
# usage: install.sh PACKAGE...
set -euo pipefail

missing=()
for package; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
echo "installing: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
  "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 </dev/null || {
  tail -n 20 "$log" >&2
  echo "could not install: ${missing[*]}" >&2
  exit 1
}
