"""Charts as SVG: lines and bars, nothing else."""
import math
import os
import re
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 76, 170, 40, 48
COLOURS = ("#1b6ca8", "#d1495b", "#2e933c", "#8e5ea2", "#edae49", "#666666")


def ticks(low, high, logarithmic):
    """Round numbers from below `low` to above `high`."""
    if logarithmic:
        return [10.0 ** e for e in range(math.floor(math.log10(low)),
                                         math.ceil(math.log10(high)) + 1)]
    step = 10.0 ** math.floor(math.log10(high / 4))
    step *= next(f for f in (1, 2, 5, 10) if high / (step * f) <= 6)
    return [step * i for i in range(math.ceil(high / step) + 1)]


def shown(number):
    for size, suffix in ((1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{suffix}"
    return f"{number:g}"


class Axis:
    def __init__(self, values, begin, end, logarithmic):
        self.ticks = ticks(min(values), max(values), logarithmic)
        self.map = math.log10 if logarithmic else float
        self.begin, self.end = begin, end

    def __call__(self, value):
        low, high = self.map(self.ticks[0]), self.map(self.ticks[-1])
        return self.begin + (self.map(value) - low) / ((high - low) or 1) * (self.end - self.begin)


def text(x, y, words, anchor="middle", size=12):
    return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{size}">'
            f"{escape(words)}</text>")


def page(title, parts):
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
                      f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif">',
                      f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
                      text(WIDTH / 2, 22, title, size=15), *parts, "</svg>", ""])


def lines(title, across, up, series, log_x=False, log_y=False):
    """`series`: name -> list of (x, y)."""
    points = [point for one in series.values() for point in one]
    x = Axis([p[0] for p in points], LEFT, WIDTH - RIGHT, log_x)
    y = Axis([p[1] for p in points], HEIGHT - BOTTOM, TOP, log_y)
    parts = [text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, across),
             f'<g transform="rotate(-90 16 {HEIGHT / 2})">{text(16, HEIGHT / 2, up)}</g>']
    for tick in y.ticks:
        parts.append(f'<path d="M{LEFT} {y(tick):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(text(LEFT - 6, y(tick) + 4, shown(tick), "end"))
    for tick in sorted({p[0] for p in points}):
        parts.append(text(x(tick), HEIGHT - BOTTOM + 18, shown(tick)))
    for number, (name, one) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        drawn = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in one)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="{colour}"/>'
                  for a, b in one]
        at = TOP + 18 * number + 8
        parts.append(f'<rect x="{WIDTH - RIGHT + 12}" y="{at - 9}" width="10" height="10" '
                     f'fill="{colour}"/>')
        parts.append(text(WIDTH - RIGHT + 27, at, name, "start"))
    return page(title, parts)


def bars(title, unit, values):
    """`values`: name -> number, on a logarithmic scale."""
    height = (HEIGHT - TOP - 20) / len(values)
    x = Axis(values.values(), 190, WIDTH - 100, True)
    parts = []
    for number, (name, value) in enumerate(sorted(values.items(), key=lambda one: -one[1])):
        at = TOP + number * height
        colour = COLOURS[0] if name.startswith("argus_ticket") else COLOURS[5]
        parts.append(text(182, at + height / 2 + 4, name, "end"))
        parts.append(f'<rect x="190" y="{at + 3:.1f}" width="{max(1, x(value) - 190):.1f}" '
                     f'height="{height - 6:.1f}" fill="{colour}"/>')
        parts.append(text(x(value) + 6, at + height / 2 + 4, f"{value:.0f}", "start"))
    parts.append(text(WIDTH / 2, HEIGHT - 6, unit + ", logarithmic"))
    return page(title, parts)


def family(values, pattern):
    """Values whose names are a number and a series: series -> sorted (number, value)."""
    found = {}
    for name, one in values.items():
        if match := re.fullmatch(pattern, name):
            found.setdefault(match["series"], []).append((float(match["x"]), one["value"]))
    return {name: sorted(points) for name, points in found.items() if len(points) > 1}


def draw(values, folder):
    """Draws what there are values for."""
    made = {}
    if by_size := family(values, r"size_(?P<x>\d+)_(?P<series>.*)"):
        made["time_by_size"] = lines("One ticket, by the size of the incident", "KiB",
                                     "microseconds", by_size)
    if flight := family(values, r"in_flight_(?P<x>\d+)_(?P<series>.*)"):
        made["in_flight"] = lines("Many at a time on one thread", "in flight",
                                  "tickets a second", flight, log_x=True)
    if backlog := family(values, r"(?P<series>backlog)_(?P<x>\d+)"):
        made["outbox_backlog"] = lines("Memory store: cost of a claim, by what waits", "entries",
                                       "microseconds", backlog, log_x=True)
    if plugins := family(values, r"compile_(?P<series>one_plugin)_of_(?P<x>\d+)"):
        made["compile_time_by_plugins"] = lines("Compile time by plugins in the map", "plugins",
                                                "seconds", plugins)
    peers = {name.removeprefix("ticket_"): 1e6 / one["value"] for name, one in values.items()
             if name.startswith("ticket_") and not name.startswith("ticket_cpu_")}
    if peers:
        made["peers"] = bars("Tickets a second, one after the other", "tickets a second", peers)
    for name, picture in made.items():
        with open(os.path.join(folder, f"{name}.svg"), "w", encoding="utf-8") as file:
            file.write(picture)
