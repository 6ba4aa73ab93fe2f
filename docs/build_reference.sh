#!/usr/bin/env bash
# Builds the reference documentation: build/reference/html/index.html, and the same as XML beside it.
# Fails where Doxygen warns. usage: build_reference.sh
set -euo pipefail
cd "$(dirname "$0")/.."
examples/install.sh doxygen perl python3-venv

out=build/reference
if [ ! -e $out/theme/doxygen-awesome.css ]; then
  python3 -m venv $out/venv
  $out/venv/bin/pip install -q --disable-pip-version-check doxygen-awesome-css==2.4.1rc0
  $out/venv/bin/doxygen-awesome-css --quiet --install $out/theme
fi

# What docs/reference/filter.pl asks for.
ARGUS_TICKET_CONCEPTS=$(find include -name '*.hpp' -exec perl -ne '
  $in = $1 if /^namespace (argus_ticket[\w:]*) \{/;
  print "${in}::$1 " if /^\s*concept (\w+) =/' {} +)
export ARGUS_TICKET_CONCEPTS

rm -rf $out/html $out/xml
doxygen docs/reference/Doxyfile
