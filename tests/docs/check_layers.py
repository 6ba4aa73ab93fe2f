#!/usr/bin/env python3
"""No include goes against the layers of docs/layers.toml, none is hidden, and each file has a layer.

usage: check_layers.py [--seeded] [INCLUDE]
  --seeded   shows that the check finds what is wrong: in copies of the headers with one fault each
"""
import pathlib
import shutil
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "docs"))
import layers  # noqa: E402


def problems(include):
    known = layers.Layers(include)
    found = []
    for name in known.files:
        own = known.layer_of(name)
        if own is None:
            found.append(f"{name} belongs to no layer: say to which in docs/layers.toml")
            continue
        ours, others = known.includes(name)
        for other in ours:
            place = known.layer_of(other)
            if other not in known.files:
                found.append(f"{name} includes {other}, which is not there")
            elif place is not None and place > own:
                found.append(f"{name} ({known.layers[own]['name']}) includes {other} "
                             f"({known.layers[place]['name']}), which stands below it")
        found += [f"{name} may not include <{other}>: see [[only]] in docs/layers.toml"
                  for other in others if not known.may_include(name, other)]
    for layer in known.layers:
        found += [f"docs/layers.toml names {one}, which is not there" for one in layer["files"]
                  if "*" not in one and one not in known.files]
    return found


def check_that_it_finds():
    """Seeds one fault at a time, and says which is not found."""
    seeds = {  # file: what is added, what is to be said of it
        "secret.hpp": ("#include <argus_ticket/http/url.hpp>", "secret.hpp (vocabulary) includes"),
        "impl/plugins/github.ipp": ("#include <argus_ticket/basic_client.hpp>",
                                    "impl/plugins/github.ipp (plugin) includes"),
        "detail/nearest.hpp": ("  #  include <argus_ticket/plugin.hpp>",
                               "detail/nearest.hpp (vocabulary) includes"),
        "impl/heal.ipp": ("#include <argus_ticket/transport/https.hpp>", "impl/heal.ipp (client) includes"),
        "plugin.hpp": ("#include <boost/asio/io_context.hpp>", "plugin.hpp may not include"),
        "new_idea.hpp": ("", "new_idea.hpp belongs to no layer"),
    }
    missed = []
    for name, (line, wanted) in seeds.items():
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(PROJECT / "include", folder, dirs_exist_ok=True)
            with open(pathlib.Path(folder, "argus_ticket", name), "a", encoding="utf-8") as file:
                file.write(line + "\n")
            said = problems(folder)
            if len(said) != 1 or not said[0].startswith(wanted):
                missed.append(f"{line} in {name} is told as {said}")
    return missed


if __name__ == "__main__":
    seeded = sys.argv[1:2] == ["--seeded"]
    wrong = check_that_it_finds() if seeded else problems((sys.argv[1:] or [PROJECT / "include"])[0])
    sys.exit("\n".join(wrong) or 0)
