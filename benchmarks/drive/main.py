"""Runs the benchmarks; see run.sh.
usage: main.py BUILD TOOLS RESULTS [--quick] [--only FIGURE[,FIGURE...]]"""
import argparse
import os
import shutil
import subprocess
import tempfile

import charts
import figures
from peers import Server, commands
from report import Report

NOT_QUICK = ("by_size", "plugins")
FIGURES = ("one_ticket", "in_flight", "by_size", "memory", "request_cost", "start", "compile_time",
           "plugins", "outbox")
TEXTS = ("incident_1k=1024", "incident_4k=4096", "incident_16k=16384", "incident_32k=32768",
         "tickets=1024", "held=1024")


def main():
    arguments = argparse.ArgumentParser()
    for name in ("build", "tools", "results"):
        arguments.add_argument(name)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--only", default="")
    given = arguments.parse_args()
    usual = [name for name in FIGURES if not (given.quick and name in NOT_QUICK)]
    wanted = given.only.split(",") if given.only else usual

    os.makedirs(given.results, exist_ok=True)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([f"{given.build}/benchmark_texts", folder, *TEXTS], check=True)
        server = Server(given.build, folder)
        try:
            bench = figures.Bench(given.build, given.tools, server, report,
                                  commands(given.build, given.tools), given.quick)
            bench.compiler = shutil.which("g++-12") or "g++"
            bench.has_compiled_mode = os.path.exists(f"{given.build}/compiled_client")
            for name in FIGURES:
                if name in wanted:
                    getattr(figures, name)(bench)
        finally:
            server.close()
            report.write(f"{given.results}/results.json")
    charts.draw(report.values, given.results)
    report.table()


main()
