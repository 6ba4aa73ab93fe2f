#!/usr/bin/env python3
"""The picture and the table of the layers in architecture.md, from layers.toml and the real includes.

usage: draw_layers.py [--check]
  writes layers.svg and the table; with --check it only says what is not as it would write it
"""
import html
import pathlib
import sys
import textwrap

from layers import HERE, Layers

BEGIN = "<!-- layers: written by docs/draw_layers.py -->\n"
END = "<!-- end of layers -->\n"

LEFT, BAND, CELL, GAP, TOP, BOTTOM = 20, 600, 32, 24, 132, 30
COLOURS = ["#4c78a8", "#5b8fb9", "#5aa7a7", "#67b391", "#8bb45f", "#b3ab4c",
           "#d29b45", "#dd8452", "#cf6a6a", "#a56a9c", "#7d7f8c"]


def where(layer):
    """What users find of a layer: its headers and folders."""
    shown = [one for one in layer["files"] if not one.startswith("detail/")]
    return [one.removesuffix("*") if one.endswith("/*") else one for one in shown]


def few_or_many(count):
    """The size of a dot, in steps, so that the picture does not change with each include."""
    return 4 if count < 5 else 7 if count < 25 else 10


class Picture:
    def __init__(self):
        self.parts = []

    def add(self, tag, text=None, **attributes):
        written = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        end = "/>" if text is None else f">{html.escape(text)}</{tag}>"
        self.parts.append(f"<{tag}{written}{end}")

    def text(self, x, y, words, **attributes):
        self.add("text", words, x=x, y=y, **attributes)

    def written(self, width, height):
        style = ("text{font-family:'DejaVu Sans',Verdana,sans-serif;fill:#24292f}"
                 ".name{font-size:15px;font-weight:bold}.knows{font-size:12px}"
                 ".files{font-family:'DejaVu Sans Mono',monospace;font-size:11px;fill:#57606a}"
                 ".note{font-size:12px;fill:#57606a}.title{font-size:19px;font-weight:bold}")
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
                f'width="{width}" height="{height}" role="img" '
                f'aria-label="The layers of argus_ticket and the includes between them">\n'
                f"<style>{style}</style>\n" + "\n".join(self.parts) + "\n</svg>\n")


def draw(known):
    counts = known.counts()
    number = len(known.layers)
    grid = LEFT + BAND + GAP
    width = grid + number * CELL + 2 * LEFT
    lines = [textwrap.wrap("  ".join(where(layer)), 80, break_on_hyphens=False)
             for layer in known.layers]
    heights = [44 + 15 * len(each) for each in lines]
    tops = [TOP + sum(heights[:i]) + 8 * i for i in range(number)]
    height = tops[-1] + heights[-1] + BOTTOM

    picture = Picture()
    picture.add("rect", x=0, y=0, width=width, height=height, rx=10, fill="#ffffff")
    picture.text(LEFT, 42, "The layers of argus_ticket", **{"class": "title"})
    for line, words in enumerate((
            "Each includes only itself and what stands above it.",
            "A dot: the row's layer includes the column's, in few, some or many lines.",
            "The empty half: nothing includes what stands below it.")):
        picture.text(LEFT, 68 + 18 * line, words, **{"class": "note"})
    for column in range(number):
        x = grid + column * CELL + CELL / 2
        picture.text(x + 4, TOP - 10, known.layers[column]["name"], transform=f"rotate(-50 {x + 4} {TOP - 10})",
                     **{"class": "note"})
    for row, layer in enumerate(known.layers):
        y, tall, colour = tops[row], heights[row], COLOURS[row % len(COLOURS)]
        picture.add("rect", x=LEFT, y=y, width=BAND, height=tall, rx=6, fill=colour, fill_opacity="0.13")
        picture.add("rect", x=LEFT, y=y, width=7, height=tall, rx=3, fill=colour)
        picture.text(LEFT + 18, y + 22, layer["name"], **{"class": "name"})
        picture.text(LEFT + 124, y + 22, layer["knows"], **{"class": "knows"})
        for i, line in enumerate(lines[row]):
            picture.text(LEFT + 18, y + 42 + 15 * i, line, xml__space="preserve", **{"class": "files"})
        for column in range(row + 1):
            x = grid + column * CELL
            picture.add("rect", x=x + 1, y=y, width=CELL - 2, height=tall, rx=3,
                        fill=COLOURS[column % len(COLOURS)], fill_opacity="0.30" if row == column else "0.10")
            if row != column and (row, column) in counts:
                picture.add("circle", cx=x + CELL / 2, cy=y + tall / 2, r=few_or_many(counts[row, column]),
                            fill=COLOURS[column % len(COLOURS)])
    return picture.written(width, height).replace("xml--space", "xml:space")


def table(known):
    text = "| layer | where | knows |\n| --- | --- | --- |\n"
    for layer in known.layers:
        names = " ".join(f"`{one}`" for one in where(layer))
        text += f"| {layer['name']} | {names} | {layer['knows']} |\n"
    return text


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    known = Layers(HERE.parent / "include")
    page = HERE / "architecture.md"
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{page} has no place for the table")
    wanted = {HERE / "layers.svg": draw(known), page: before + begin + "\n" + table(known) + "\n" + end + after}
    for path, text in wanted.items():
        if arguments and (not path.exists() or path.read_text(encoding="utf-8") != text):
            sys.exit(f"{path.name} is not what the layers and includes are now: run docs/draw_layers.py")
        if not arguments:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
