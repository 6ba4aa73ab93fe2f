#!/usr/bin/env python3
"""The version stands in version.hpp; whatever else names one names the same: CMake's project, the
changelog's newest entry, the packages' recipes where they have it as a text, and the commands by
which the README and its tests fetch the library.

usage: versions.py [ROOT]   ends with 1 and says which differ
"""
import json
import pathlib
import re
import sys

NUMBER = r"(\d+\.\d+\.\d+)"


def first(pattern, path):
    found = re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    return found and found[1]


def named_versions(root):
    """Pairs of a place and the version it names; None where it should name one and does not."""
    cmake = root / "CMakeLists.txt"
    if not re.search(r'^file\(STRINGS include/argus_ticket/version\.hpp ', cmake.read_text(), re.M) \
            or not re.search(r"^ *VERSION \$\{version\}", cmake.read_text(), re.M):
        yield "CMakeLists.txt", first(rf"^ *VERSION {NUMBER}", cmake)
    yield "CHANGELOG.md", first(rf"^## \[{NUMBER}\]", root / "CHANGELOG.md")
    recipes = [path for name in ("conanfile.py", "vcpkg.json") for path in root.rglob(name)]
    for path in recipes:
        if "build" in path.relative_to(root).parts:
            continue
        if path.name == "vcpkg.json":
            recipe = json.loads(path.read_text(encoding="utf-8"))
            version = next((recipe[k] for k in ("version", "version-semver", "version-string")
                            if k in recipe), None)
        else:
            version = first(rf"""^ *version *= *["']{NUMBER}""", path)
        if version:
            yield path.relative_to(root), version
    fetched = rf"(?:GIT_TAG v|argus_ticket/|asks installed \"|--modversion argus_ticket\)\" = ){NUMBER}"
    for path in [root / "README.md", *sorted((root / "tests/packages/ways").glob("*.sh"))]:
        named = re.findall(fetched, path.read_text(encoding="utf-8"))
        if path.name == "README.md" and not named:
            yield path.relative_to(root), None
        yield from ((path.relative_to(root), version) for version in named)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    version = first(rf'version = "{NUMBER}"', root / "include/argus_ticket/version.hpp")
    different = [(place, named) for place, named in named_versions(root) if named != version]
    for place, named in different:
        print(f"{place}: {named or 'no version'}, where version.hpp says {version}")
    if different or not version:
        sys.exit(1)
    print(f"version {version}")


if __name__ == "__main__":
    main()
