"""Holds the dependencies in vcpkg's manifests against what the headers include.

usage: dependencies.py INCLUDE_FOLDER MANIFEST...
"""
import json
import pathlib
import re
import sys

# Headers that are not in a folder of their module's name.
MODULES = {"throw_exception": "throw-exception"}
OTHERS = {"openssl": "openssl", "sqlite3.h": "sqlite3"}

needed = {"openssl"} # through Asio
for path in pathlib.Path(sys.argv[1]).rglob("*.?pp"):
    for header in re.findall(r"^#include <([\w/.]+)>", path.read_text(encoding="utf-8"), re.MULTILINE):
        first, *rest = header.split("/")
        if first == "boost":
            module = rest[0].removesuffix(".hpp")
            needed.add("boost-" + MODULES.get(module, module))
        elif first in OTHERS:
            needed.add(OTHERS[first])

for name in sys.argv[2:]:
    manifest = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))
    parts = [manifest, *manifest["features"].values()]
    # What is for the host are the build's own tools.
    stated = {dependency for part in parts for dependency in part.get("dependencies", [])
              if isinstance(dependency, str)}
    if stated != needed:
        sys.exit(f"{name}: only stated {sorted(stated - needed)}, only needed {sorted(needed - stated)}")
