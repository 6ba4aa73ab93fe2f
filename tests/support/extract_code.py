#!/usr/bin/env python3
"""The code blocks of Markdown files. Each says in a comment in front of it what it is, and so how it is
checked; one that does not is an error, so that none escapes.

    <!-- from: PATH -->            it stands in that file of the project, word for word
    <!-- all of: PATH -->          the same; all such blocks of a page, in order, are the whole file
    <!-- snippet -->               C++ that compiles among the includes in snippets.hpp, as declarations
    <!-- snippet: PARAMETERS -->   the same, as the body of a function with these parameters
    <!-- run -->, <!-- run: COMMAND -->   a shell session; COMMAND prepares it (tests/docs/run.py)
    <!-- repository -->            commands for the project's folder that take too long to be run here
    <!-- incident: NAME -->, <!-- settings: NAME -->   JSON that the library reads; a file for sessions
    <!-- project -->               lines of a CMake project, which is configured
    <!-- install: PATH -->         a file of a way to fetch the library, which tests/packages/run.sh goes

usage: extract_code.py check PAGE...          every block is marked and fits its file; links lead somewhere
       extract_code.py snippets OUT PAGE...   writes the snippets to one C++ file
"""
import pathlib
import re
import sys
import textwrap
from dataclasses import dataclass

PROJECT = pathlib.Path(__file__).resolve().parents[2]
KINDS = {"from": ("cpp", "cmake", "sh", "json"), "all of": ("cpp",), "snippet": ("cpp",),
         "run": ("sh", "console"), "repository": ("sh",), "incident": ("json",), "settings": ("json",),
         "project": ("cmake",), "install": ("cmake", "sh")}


@dataclass
class Block:
    page: pathlib.Path
    line: int  # of its first line
    language: str
    kind: str
    argument: str
    text: str

    def place(self):
        return f"{self.page.name}:{self.line}"


def blocks_of(page):
    """All code blocks of a page. @throws ValueError where one does not say what it is."""
    found, open_fence, marker = [], None, ""
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(keepends=True), 1):
        fence = re.match(r"(```+|~~~+) *(\S*)", line.lstrip(" >"))
        if open_fence:
            if fence and fence[1].startswith(open_fence[0]) and not fence[2]:
                found.append(Block(page, *open_fence[1:], "".join(body)))
                open_fence = None
            else:
                body.append(line)
        elif fence:
            said = re.fullmatch(r"<!-- ([a-z ]+?)(?:: (.*))? -->", marker.strip())
            kind, argument = (said[1], said[2] or "") if said else ("", "")
            if fence[2] not in KINDS.get(kind, ()):
                raise ValueError(f"{page.name}:{number}: a block of '{fence[2]}' does not say what it is, "
                                 f"but '{marker.strip()}'")
            open_fence, body = (fence[1], number + 1, fence[2], kind, argument), []
        marker = line
    if open_fence:
        raise ValueError(f"{page.name}: a block has no end")
    return found


def lines_in(text):
    """Lines without the indentation that they share, and without empty ones at the ends."""
    return textwrap.dedent(text).strip("\n").splitlines()


def stands_in(text, whole):
    """Whether lines follow each other in a text, however far they are indented there."""
    wanted, there = lines_in(text), whole.splitlines()
    return any(lines_in("\n".join(there[at:at + len(wanted)])) == wanted for at in range(len(there)))


def problems_of(page):
    try:
        blocks = blocks_of(page)
    except ValueError as unmarked:
        return [str(unmarked)]
    found, wholes = [], {}
    for block in blocks:
        if block.kind in ("from", "all of"):
            source = PROJECT / block.argument
            if not source.is_file():
                found.append(f"{block.place()}: there is no {block.argument}")
            elif not stands_in(block.text, source.read_text(encoding="utf-8")):
                found.append(f"{block.place()}: this does not stand in {block.argument}")
            if block.kind == "all of":
                wholes.setdefault(source, []).extend(lines_in(block.text))
    for source, shown in wholes.items():
        def words(lines):
            return [line.strip() for line in lines if line.strip()]
        if words(shown) != words(source.read_text(encoding="utf-8").splitlines()):
            found.append(f"{page.name}: the blocks of {source.name} are not all of it, in its order")
    return found + dead_links(page)


def anchors_of(page):
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"),
                                               flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def dead_links(page):
    """Links to files or headings of the project that are not there."""
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or anchor and anchor not in anchors_of(target):
            found.append(f"{page.name}: {link} leads nowhere")
    return found


def snippets(pages):
    """One file of all snippets. Each has a namespace of its own, and what the compiler says of it
    names the page and the line there."""
    text = '#include "snippets.hpp"\n'
    for number, block in enumerate(b for page in pages for b in blocks_of(page) if b.kind == "snippet"):
        head, tail = (f"void example({block.argument}) {{", "}") if block.argument else ("", "")
        text += (f'\nnamespace snippet_{number} {{\n{head}\n#line {block.line} "{block.page.as_posix()}"\n'
                 f"{block.text}{tail}\n}}\n")
    return text


def main(arguments):
    pages = [pathlib.Path(one).resolve() for one in arguments[1:]]
    if arguments[:1] == ["check"] and pages:
        sys.exit("\n".join(wrong for page in pages for wrong in problems_of(page)) or 0)
    if arguments[:1] == ["snippets"] and len(pages) > 1:
        pages[0].write_text(snippets(pages[1:]), encoding="utf-8")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
