"""What the Python peers have in common; see rounds.hpp."""
import json
import resource
import sys
import time


def arguments():
    port, ca_file, folder, texts = sys.argv[1:]
    return port, ca_file, folder, texts


def read(folder, texts, what):
    with open(f"{folder}/{texts}.{what}.json", encoding="utf-8") as file:
        return json.load(file)


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def answer_rounds(open_one):
    """`open_one` opens a ticket and returns its URL."""
    for line in sys.stdin:
        count = int(line.split()[0])
        open_one()
        cpu, begin = cpu_seconds(), time.monotonic()
        for _ in range(count):
            if not open_one().startswith("https://"):
                sys.exit("this is no ticket")
        print(time.monotonic() - begin, cpu_seconds() - cpu, flush=True)
