"""The layers in layers.toml, and what the files of include/argus_ticket really include."""
import fnmatch
import pathlib
import re
import tomllib

HERE = pathlib.Path(__file__).resolve().parent


class Layers:
    def __init__(self, include, table=HERE / "layers.toml"):
        data = tomllib.loads(pathlib.Path(table).read_text(encoding="utf-8"))
        self.layers = data["layer"]
        self.only = data["only"]
        self.root = pathlib.Path(include) / "argus_ticket"
        self.files = sorted(path.relative_to(self.root).as_posix()
                            for path in self.root.rglob("*") if path.suffix in (".hpp", ".ipp"))
        self._texts = {name: (self.root / name).read_text(encoding="utf-8") for name in self.files}

    def header_of(self, name):
        """The header whose bodies a file in impl/ has, by its name; other files are themselves."""
        if not name.startswith("impl/"):
            return name
        header = re.sub(r"\.ipp$", ".hpp", name.removeprefix("impl/"))
        return f"detail/{header}" if f"detail/{header}" in self._texts else header

    def layer_of(self, name):
        """Its layer's place from the top; None where it has none."""
        header = self.header_of(name)
        for place, layer in enumerate(self.layers):
            if name in layer["files"] or header in layer["files"]:
                return place
        for place, layer in enumerate(self.layers):
            if any(fnmatch.fnmatchcase(header, pattern) for pattern in layer["files"]):
                return place
        return None

    def includes(self, name):
        """What it includes: names in argus_ticket/, and names of other libraries."""
        all_names = re.findall(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', self._texts[name], re.M)
        ours = [one.removeprefix("argus_ticket/") for one in all_names if one.startswith("argus_ticket/")]
        return ours, [one for one in all_names if not one.startswith("argus_ticket/")]

    def counts(self):
        """How many includes go from one layer to another: (from, to) -> number."""
        found = {}
        for name in self.files:
            for other in self.includes(name)[0]:
                pair = self.layer_of(name), self.layer_of(other)
                found[pair] = found.get(pair, 0) + 1
        return found

    def may_include(self, name, other):
        """Whether a file may include a header of another library."""
        layer = self.layers[self.layer_of(name)]["name"]
        header = self.header_of(name)
        return all(layer in rule["in"] or any(fnmatch.fnmatchcase(header, one) for one in rule["in"])
                   for rule in self.only
                   if any(fnmatch.fnmatchcase(other, pattern) for pattern in rule["headers"]))
