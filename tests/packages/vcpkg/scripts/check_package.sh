#!/usr/bin/env bash
# The checks that vcpkg makes after a port was built, as they are documented.
# usage: check_package.sh PACKAGE PORT ROOT
set -euo pipefail
cd "$1"
port=$2
root=$3
problems=0
problem() { echo "$port: $*" >&2; problems=1; }
found() { find . "$@" -print -quit | grep -q .; }

[ -n "$(ls include)" ] || problem "include/ is empty"
[ ! -e debug/include ] || problem "debug/include/ must not be there"
[ ! -e debug/share ] || problem "debug/share/ must not be there"
[ -s "share/$port/copyright" ] || problem "share/$port/copyright is missing"
[ -s "share/$port/usage" ] || problem "share/$port/usage is missing"
! found -type d -empty || problem "there are empty folders"
! found -name '*.cmake' -not -path './share/*/*' || problem "there are .cmake files outside share/"
! found -path './share/cmake' || problem "share/cmake/ is a folder of no port"
! found -path './bin/*' || problem "a static build must have no bin/"
! found -type d -name '*[A-Z]*' -path './share/*' || problem "folders in share/ must be in lower case"
! grep -rIlE "$root|$1" . || problem "there are absolute paths"

# Headers alone have their .pc files in share/, libraries in lib/ and in debug/lib/.
if [ -e lib ]; then
  [ "$(cd lib && find . | sort)" = "$(cd debug/lib && find . | sort)" ] ||
    problem "lib/ and debug/lib/ differ"
  ! found -name '*.pc' -not -path '*/lib/pkgconfig/*' || problem "there are .pc files outside lib/"
else
  [ ! -e debug ] || problem "there is a debug/ but no lib/"
  ! found -name '*.pc' -not -path './share/pkgconfig/*' || problem "there are .pc files outside share/"
fi
exit $problems
