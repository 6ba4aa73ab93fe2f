"""Checks a vcpkg.json by what vcpkg documents of it, and prints its version.

usage: manifest.py MANIFEST [FEATURE;...]    these features are asked for
"""
import json
import pathlib
import sys

import jsonschema

IDENTIFIER = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
TEXT = {"type": "string", "minLength": 1}
DEPENDENCIES = {
    "type": "array",
    "items": {"oneOf": [IDENTIFIER, {
        "type": "object",
        "required": ["name"],
        "additionalProperties": False,
        "properties": {"name": IDENTIFIER, "host": {"type": "boolean"},
                       "features": {"type": "array", "items": IDENTIFIER},
                       "default-features": {"type": "boolean"},
                       "platform": TEXT, "version>=": TEXT}}]}}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "name": IDENTIFIER,
        "version": {"type": "string", "pattern": r"^\d+(\.\d+)*$"},
        "port-version": {"type": "integer", "minimum": 1},
        "description": TEXT,
        "homepage": {"type": "string", "pattern": "^https://"},
        "license": TEXT,
        "supports": TEXT,
        "dependencies": DEPENDENCIES,
        "features": {
            "type": "object",
            "propertyNames": IDENTIFIER,
            "additionalProperties": {
                "type": "object",
                "required": ["description"],
                "additionalProperties": False,
                "properties": {"description": TEXT, "dependencies": DEPENDENCIES,
                               "supports": TEXT}}}}}


def name(dependency):
    return dependency if isinstance(dependency, str) else dependency["name"]


def check_format(text, manifest):
    """As `vcpkg format-manifest` would leave it: keys in their order, dependencies sorted."""
    assert text == json.dumps(manifest, indent=2) + "\n", "is not formatted"
    keys = [key for key in SCHEMA["properties"] if key in manifest]
    assert list(manifest) == keys, f"has keys that are not in the order {keys}"
    for part in [manifest, *manifest.get("features", {}).values()]:
        names = [name(dependency) for dependency in part.get("dependencies", [])]
        assert names == sorted(set(names)), "has dependencies that are not sorted"
    assert list(manifest["features"]) == sorted(manifest["features"]), "has features not sorted"


path = pathlib.Path(sys.argv[1])
text = path.read_text(encoding="utf-8")
manifest = json.loads(text)
try:
    jsonschema.validate(manifest, SCHEMA)
    check_format(text, manifest)
    for feature in filter(None, ";".join(sys.argv[2:]).split(";")):
        assert feature in manifest["features"], f"has no feature {feature}"
except (AssertionError, jsonschema.ValidationError) as problem:
    sys.exit(f"{path}: {problem}")
print(manifest.get("version", ""))
