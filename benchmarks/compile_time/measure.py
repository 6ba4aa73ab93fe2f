"""Compiles one program over maps of more and more plugins, in turns. See run.sh."""
import os
import resource
import statistics
import subprocess
import sys
import tempfile

PROGRAM = """
{includes}
#include <argus_ticket/testing/mock_transport.hpp>

namespace at = argus_ticket;
{plugins}
inline constexpr auto my_plugins = {map};

at::result<at::ticket> open_one(at::plugins::github::settings const& settings,
                                at::incident const& incident) {{
  at::client<"github", at::testing::mock_transport, my_plugins> tickets{{settings}};
  return tickets.find_or_create(incident);
}}
"""
ONE = "#include <argus_ticket/client.hpp>\n#include <argus_ticket/plugins/github.hpp>"
ALL = "#include <argus_ticket/argus_ticket.hpp>"


def program(includes, others):
    """A program whose map has GitHub's plugin and so many others that are only declared."""
    declared = [f'at::declared_plugin<class p{i}, "plugin-{i}", "path.of.plugin.{i}">'
                for i in range(others)]
    listed = ", ".join(['at::declared_plugin<at::plugins::github, "github">', *declared])
    return PROGRAM.format(includes=includes, map=f"at::with_plugins<{listed}>(at::no_plugins)",
                          plugins="\n".join(f"class p{i};" for i in range(others)))


def cpu_seconds(compiler, path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([compiler, "-std=c++20", "-Iinclude", "-c", path, "-o", os.devnull], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(compiler, rounds):
    cases = {
        "one_plugin_alone": program(ONE, 0),
        "one_plugin_of_4": program(ONE, 3),
        "one_plugin_of_64": program(ONE, 63),
        "one_plugin_all_headers": program(ALL, 3),
    }
    times = {name: [] for name in cases}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in cases.items():
            with open(f"{folder}/{name}.cpp", "w", encoding="utf-8") as file:
                file.write(text)
        for _ in range(rounds):
            for name in cases:
                times[name].append(cpu_seconds(compiler, f"{folder}/{name}.cpp"))
    medians = {name: statistics.median(all_of_it) for name, all_of_it in times.items()}
    for name, median in medians.items():
        print(f"compile_{name} {median:.2f} s")
    for name, base in (("one_plugin_of_4", "one_plugin_alone"),
                       ("one_plugin_of_64", "one_plugin_of_4"),
                       ("one_plugin_all_headers", "one_plugin_of_4")):
        print(f"compile_{name}_to_{base} {medians[name] / medians[base]:.2f} ratio")


main(sys.argv[1], int(sys.argv[2]))
