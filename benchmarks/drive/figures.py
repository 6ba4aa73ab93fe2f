"""The figures, each of which adds to a report."""
import os
import re
import resource
import statistics
import subprocess
import time

from peers import HERE, Peer, Wrk
from rounds import measured, median_cpu, median_time, ratio


class Bench:
    """What all figures need."""

    def __init__(self, build, tools, server, report, commands, quick):
        self.build, self.tools, self.server, self.report = build, tools, server, report
        self.commands, self.quick = commands, quick
        self.rounds = 5 if quick else 9
        self.seconds = 0.15 if quick else 0.4

    def peers(self, names, texts="incident_1k"):
        made = []
        for name in names:
            if self.commands[name] is None:
                self.report.note(f"left out, not on this machine: {name}")
            elif name == "wrk":
                made.append(Wrk(self.server, texts))
            else:
                unpaced = {"UNPACED": "1"} if name.endswith("unpaced") else {}
                made.append(Peer(name, self.commands[name], self.server, texts, unpaced))
        return made


def one_ticket(bench):
    """Blocking, one after the other, connection kept: time and CPU time against all peers."""
    report = bench.report
    fast = bench.peers(["argus_ticket", "argus_ticket_defaults", "beast_same_work", "beast_by_hand",
                        "libcurl_nlohmann", "cpp_httplib", "go_github", "octokit", "pygithub"])
    taken = measured(fast, bench.rounds, bench.seconds)
    # These are so slow that they have rounds of their own, with this library beside them.
    slow = bench.peers(["argus_plugin", "argus_plugin_unpaced"])
    slow_taken = measured([*slow, fast[0]], 5, bench.seconds)
    taken = {**slow_taken, **taken}
    for name, rounds in taken.items():
        report.add(f"ticket_{name}", median_time(rounds) * 1e6, "us")
        report.add(f"ticket_cpu_{name}", median_cpu(rounds) * 1e6, "us")
    ours = taken["argus_ticket"]

    def against(name, what, limit, which=0):
        if name in taken:
            report.bound(what, ratio(ours, taken[name], which), limit)

    report.add("one_ticket_to_beast_that_renders_nothing", ratio(ours, taken["beast_by_hand"]),
               "ratio")
    against("beast_same_work", "one ticket, time against Beast doing the same work", 1.05)
    against("libcurl_nlohmann", "one ticket, CPU against libcurl + nlohmann", 0.85, 1)
    if "argus_plugin" in taken:
        report.bound("tickets a second against the Argus plugin",
                     ratio(slow_taken["argus_plugin"], slow_taken["argus_ticket"]), 25,
                     at_least=True)
        report.bound("the same, without the plugin's waits",
                     ratio(slow_taken["argus_plugin_unpaced"], slow_taken["argus_ticket"]), 25,
                     at_least=True)
    for peer in [*fast, *slow]:
        peer.close()


def in_flight(bench):
    """Many at a time on one thread, against the bare loop and wrk."""
    report = bench.report
    peers = bench.peers(["argus_ticket_async", "beast_coroutines", "wrk"])
    for count in (16,) if bench.quick else (1, 4, 16, 64):
        taken = measured(peers, 5, bench.seconds, count)
        for name, rounds in taken.items():
            report.add(f"in_flight_{count}_{name}", 1 / median_time(rounds), "tickets/s")
        if count != 16 or "argus_ticket_async" not in taken:
            continue
        ours = taken["argus_ticket_async"]
        report.bound("16 in flight, time against the bare loop",
                     ratio(ours, taken["beast_coroutines"]), 1.10)
        if "wrk" in taken:
            report.bound("16 in flight, rate against wrk", 1 / ratio(ours, taken["wrk"]), 0.7,
                         at_least=True)
    for peer in peers:
        peer.close()


def by_size(bench):
    """The time for one ticket by the size of the incident."""
    for texts in ("incident_1k", "incident_4k", "incident_16k", "incident_32k"):
        peers = bench.peers(["argus_ticket", "beast_by_hand", "libcurl_nlohmann"], texts)
        taken = measured(peers, 5, bench.seconds / 2)
        for name, rounds in taken.items():
            size = re.sub(r"\D", "", texts)
            bench.report.add(f"size_{size}_{name}", median_time(rounds) * 1e6, "us")
        for peer in peers:
            peer.close()


def instructions(program, *arguments):
    told = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                           program, *map(str, arguments)],
                          check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", told)[1])


def request_cost(bench):
    """Instructions and allocations from an incident to the bytes of a request."""
    program = f"{bench.build}/request_cost"

    def each(what, size, times):
        first = instructions(program, what, size, 2)
        return (instructions(program, what, size, 2 + times) - first) / times

    ours = each("request", 1024, 50)
    theirs = each("serialise", 1024, 50)
    told = subprocess.run([program, "request", "1024", "100"], check=True, capture_output=True,
                          text=True).stdout
    allocations = float(told.split()[0])
    bench.report.add("request_1k_instructions", ours, "instructions")
    bench.report.add("serialise_1k_instructions", theirs, "instructions")
    bench.report.add("request_1k_allocations", allocations, "allocations")
    bench.report.bound("building a request, instructions against Boost.JSON", ours / theirs, 4)
    bench.report.bound("building a request, allocations", allocations, 12)
    per_byte = {size: each("request", size, 4 if size < 100_000 else 1) / size
                for size in (16 * 1024, 256 * 1024, 1024 * 1024)}
    for size, value in per_byte.items():
        bench.report.add(f"request_{size // 1024}k_instructions", value * size, "instructions")
    # Linear: a byte of a large incident costs no more than one of a smaller one that is split too.
    bench.report.bound("building a request, each byte of 1 MiB against 256 KiB",
                       per_byte[1024 * 1024] / per_byte[256 * 1024], 1.2)


def start(bench):
    """Cold processes that open one ticket each."""
    server = bench.server
    token = {"TOKEN": "benchmark", "SSL_CERT_FILE": server.ca_file, "SSL_CERT_DIR": "/nonexistent"}
    endpoint, path = f"https://localhost:{server.port}/", "/api/v3/repos/octo/tickets/issues"
    commands = {"argus_ticket": [f"{bench.build}/library_client", endpoint],
                "beast_by_hand": [f"{bench.build}/beast_client", "localhost", server.port, path,
                                  "benchmark"]}
    taken = {name: [] for name in commands}
    for number in range(20 if bench.quick else 60):
        order = list(commands.items())
        for name, command in order if number % 2 else reversed(order):
            begin = time.monotonic()
            told = subprocess.run(command, env={**os.environ, **token}, check=True,
                                  capture_output=True, text=True).stdout
            taken[name].append(time.monotonic() - begin)
            if "https://" not in told:
                raise RuntimeError(told)
    for name, times in taken.items():
        bench.report.add(f"start_{name}", statistics.median(times) * 1e3, "ms")
    bench.report.bound("start to first ticket, against Beast by hand",
                       statistics.median(a / b for a, b in zip(*taken.values())), 1.10)


def compiler_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compile_time(bench):
    """CPU seconds of the compiler for the smallest program, and the size of what it links to."""
    compiler, report = bench.compiler, bench.report
    folder = bench.server.folder
    cases = {"by_hand": ["benchmarks/peers/beast_client.cpp"],
             "header_only": ["benchmarks/peers/library_client.cpp"]}
    if bench.has_compiled_mode:
        cases["compiled"] = ["-DARGUS_TICKET_SEPARATE_COMPILATION",
                             "benchmarks/peers/library_client.cpp"]
    taken = {name: [] for name in cases}
    for _ in range(1 if bench.quick else 5):
        for name, arguments in cases.items():
            taken[name].append(compiler_seconds(
                [compiler, "-std=c++20", "-O2", "-Iinclude", "-c", *arguments, "-o",
                 f"{folder}/{name}.o"]))
    for name, times in taken.items():
        report.add(f"compile_time_{name}", statistics.median(times), "s")
    for name, limit in (("header_only", 1.10), ("compiled", 0.12)):
        if name in taken:
            report.bound(f"compile time, {name}, against Beast by hand", statistics.median(
                a / b for a, b in zip(taken[name], taken["by_hand"])), limit)
    if "compiled" not in taken:
        report.note("left out, the library has no such target: compile time in compiled mode")
    sizes = {}
    for name in ("by_hand", "header_only"):
        subprocess.run([compiler, f"{folder}/{name}.o", "-o", f"{folder}/{name}", "-s",
                        "-Wl,-Bstatic", "-lboost_json", "-lboost_container",
                        "-Wl,-Bdynamic", "-lssl", "-lcrypto", "-pthread"], check=True)
        sizes[name] = os.path.getsize(f"{folder}/{name}")
        report.add(f"binary_size_{name}", sizes[name], "bytes")
    report.bound("stripped binary, against Beast by hand", sizes["header_only"] / sizes["by_hand"],
                 1.15)


def plugins(bench):
    """Compile time by the number of plugins in the map."""
    told = subprocess.run(["python3", f"{HERE}/compile_time/measure.py", bench.compiler,
                           "1" if bench.quick else "5"], check=True, capture_output=True,
                          text=True).stdout
    values = {}
    for line in told.splitlines():
        name, value, unit = line.split()
        values[name] = float(value)
        bench.report.add(name, float(value), unit)
    bench.report.bound("compile time, 64 plugins in the map against 4",
                       values["compile_one_plugin_of_64_to_one_plugin_of_4"], 2.0)


def memory(bench):
    """Memory for each operation in flight, beyond what its idle connection has."""
    program = f"{bench.build}/memory_in_flight"
    if not os.path.exists(program):
        bench.report.note("left out, the library has no asynchronous client: memory in flight")
        return
    server = bench.server
    told = subprocess.run([program, server.port, server.ca_file, server.folder, "held"],
                          check=True, capture_output=True, text=True).stdout
    bench.report.add("memory_in_flight", float(told), "bytes")
    bench.report.bound("memory for an operation in flight, KiB", float(told) / 1024, 16)


def outbox(bench):
    """The memory store's cost of a claim by its backlog."""
    sizes = (100, 1_000, 10_000, 100_000)
    taken = {size: [] for size in sizes}
    for _ in range(5):
        for size in sizes:
            told = subprocess.run([f"{bench.build}/backlog", str(size), "2000"], check=True,
                                  capture_output=True, text=True).stdout
            taken[size].append(float(told))
    for size, times in taken.items():
        bench.report.add(f"backlog_{size}", statistics.median(times), "us")
