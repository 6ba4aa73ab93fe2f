"""The programs that are measured, and the server that they talk to."""
import os
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Server:
    """The benchmarks' server; ends when this does."""

    def __init__(self, build, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            [f"{build}/benchmark_server", f"{folder}/replies", folder, "1200"],
            stdin=subprocess.PIPE)
        port = f"{folder}/port"
        for _ in range(200):
            if os.path.exists(port) and os.path.getsize(port):
                break
            time.sleep(0.05)
        with open(port, encoding="utf-8") as file:
            self.port = file.read()
        self.ca_file = f"{folder}/ca.pem"

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)


class Peer:
    """A program that opens tickets, round by round; see peers/rounds.hpp."""

    def __init__(self, name, command, server, texts="incident_1k", environment=None):
        self.name = name
        trusted = {name: server.ca_file for name in
                   ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")}
        self.process = subprocess.Popen(
            [*command, server.port, server.ca_file, server.folder, texts],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **trusted, **(environment or {})})

    def round(self, count, in_flight=1):
        """Opens so many tickets; returns seconds and CPU seconds for one of them."""
        self.process.stdin.write(f"{count} {in_flight}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} has ended")
        seconds, cpu = map(float, line.split())
        return seconds / count, cpu / count

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


class Wrk:
    """wrk, posting the same bytes on 16 connections from one thread; it verifies and parses
    nothing. A round lasts a second."""

    def __init__(self, server, texts="incident_1k"):
        self.name = "wrk"
        self.server, self.texts = server, texts
        self.script = f"{server.folder}/post.lua"
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(
                f"local file = io.open('{server.folder}/{texts}.ticket.json', 'rb')\n"
                "wrk.method = 'POST'\nwrk.body = file:read('*a')\n"
                "wrk.headers['User-Agent'] = 'wrk'\n"
                "wrk.headers['Accept'] = 'application/vnd.github+json'\n"
                "wrk.headers['X-GitHub-Api-Version'] = '2022-11-28'\n"
                "wrk.headers['Authorization'] = 'Bearer benchmark'\n"
                "wrk.headers['Content-Type'] = 'application/json'\n")

    def round(self, _, in_flight=16):
        url = f"https://localhost:{self.server.port}/api/v3/repos/octo/{self.texts}/issues"
        told = subprocess.run(["wrk", "-t1", f"-c{in_flight}", "-d1s", "-s", self.script, url],
                              check=True, capture_output=True, text=True).stdout
        if "Non-2xx" in told or "Socket errors" in told:
            raise RuntimeError(told)
        rate = next(line.split()[1] for line in told.splitlines() if "Requests/sec" in line)
        return 1 / float(rate), 0.0

    def close(self):
        pass


def node_peer(tools):
    return ["node", f"{tools}/node/octokit.mjs"] if os.path.exists(
        f"{tools}/node/node_modules/@octokit/rest") else None


def commands(build, tools):
    """Each peer's command; None where what it needs is not on this machine."""
    def built(name):
        return [f"{build}/{name}"] if os.path.exists(f"{build}/{name}") else None

    python = f"{tools}/argus/bin/python"
    argus = [python, f"{HERE}/peers/argus_plugin.py"] if os.path.exists(python) else None
    system_python = "/usr/bin/python3"
    has_pygithub = subprocess.run([system_python, "-c", "import github"],
                                  stderr=subprocess.DEVNULL).returncode == 0
    go = f"{tools}/go_github"
    return {
        "argus_ticket": built("argus_ticket_blocking"),
        "argus_ticket_defaults": built("argus_ticket_defaults"),
        "argus_ticket_async": built("argus_ticket_async"),
        "beast_by_hand": built("beast_blocking"),
        "beast_same_work": built("beast_same_work"),
        "beast_coroutines": built("beast_coroutines"),
        "libcurl_nlohmann": built("libcurl_nlohmann"),
        "cpp_httplib": built("cpp_httplib"),
        "go_github": [go] if os.path.exists(go) else None,
        "octokit": node_peer(tools) if shutil.which("node") else None,
        "pygithub": [system_python, f"{HERE}/peers/pygithub.py"] if has_pygithub else None,
        "argus_plugin": argus,
        "argus_plugin_unpaced": argus,
        "wrk": ["wrk"] if shutil.which("wrk") else None,
    }
