#!/usr/bin/env python3
"""Looks at RT's pages of tickets as headless Chromium shows them, and judges that hostile text in an
incident is text there: no script ran, no element, link or image came of it.

usage: rt_pages.py LIST FOLDER      (RT_TEST_URL: the server)
LIST has lines "name number": the tickets harmless, hostile and unescaped. The pages and pictures of
them are kept in FOLDER. The last ticket holds HTML that is not escaped: it must be noticed.
"""
import collections
import html.parser
import os
import subprocess
import sys
import tempfile
import urllib.parse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TEXT_ELEMENTS = {"p", "br", "strong", "ul", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead",
                 "tbody", "tr", "th", "td", "code", "pre", "span", "div"}
LINKS = {"https://argus.example.org/incidents/1", "https://nav.example.org/alerts/12345/"}


class Page(html.parser.HTMLParser):
    """What stands in the texts of a ticket, and what around them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.title, self.texts, self.inside, self.around = "", "", [], collections.Counter()
        self.open, self.message = [], None  # elements by name and id; how deep a text begins
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if self.message is not None:
            self.inside.append((tag, names))
        elif not any(name in ("main-navigation", "page-navigation") for _, name in self.open):
            # RT numbers its elements and pictures; their kinds are what counts. Its menus have the
            # tickets that were looked at before.
            self.around[(tag, tuple(sorted(names)))] += 1
        if tag in VOID:
            return
        self.open.append((tag, names.get("id")))
        if self.message is None and "messagebody" in (names.get("class") or "").split():
            self.message = len(self.open)

    def handle_endtag(self, tag):
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass
        if self.message is not None and len(self.open) < self.message:
            self.message = None

    def handle_data(self, data):
        if self.message is not None:
            self.texts += data
        if self.open and self.open[-1][0] == "title" and not self.title:
            self.title = data


def chromium(url, *arguments):
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
             "--virtual-time-budget=20000", "--window-size=1200,2000", *arguments, url],
            check=True, capture_output=True, timeout=120).stdout.decode()


def look_at(number, name, folder):
    query = urllib.parse.urlencode({"id": number, "user": "staff", "pass": "password of staff"})
    url = f"{os.environ['RT_TEST_URL']}Ticket/Display.html?{query}"
    text = chromium(url, "--dump-dom")
    with open(f"{folder}/{name}.html", "w", encoding="utf-8") as file:
        file.write(text)
    chromium(url, f"--screenshot={folder}/{name}.png")
    return Page(text)


def problems_in(page):
    for tag, attributes in page.inside:
        if tag not in TEXT_ELEMENTS:
            yield f"a foreign element <{tag}>"
        for name, value in attributes.items():
            if name == "href" and value not in LINKS:
                yield f"a foreign link to {value}"
            elif name not in ("href", "rel", "target", "class"):
                yield f"a foreign attribute {name} of <{tag}>"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        numbers = dict(line.split() for line in file)
    pages = {name: look_at(number, name, sys.argv[2]) for name, number in numbers.items()}
    found = []
    for name in ("harmless", "hostile"):
        page = pages[name]
        found += [f"{name}: {one}" for one in problems_in(page)]
        links = {attributes.get("href") for tag, attributes in page.inside if tag == "a"}
        if links != LINKS:
            found.append(f"{name}: the incident's own links are not there: {links}")
        if not page.title.startswith(f"#{numbers[name]}: "):
            found.append(f"{name}: the title is '{page.title}'")
    hostile = pages["hostile"]
    for text in ("<script>document.title='ran'</script>", "<img src=x onerror=alert(1)>",
                 "<iframe src=https://evil.example></iframe>\"'><b>"):
        if text not in hostile.texts:
            found.append(f"hostile: the text is not shown as it is: {text}")
    if "<script>document.title='ran'</script>" not in hostile.title:
        found.append(f"hostile: the title is '{hostile.title}'")
    for kind in hostile.around.keys() | pages["harmless"].around.keys():
        counts = hostile.around[kind], pages["harmless"].around[kind]
        if counts[0] != counts[1]:
            found.append(f"hostile: {counts[0]} instead of {counts[1]} elements {kind} around the texts")
    unescaped = list(problems_in(pages["unescaped"]))
    if not any("element" in one for one in unescaped) or not any("link" in one for one in unescaped):
        found.append(f"the judge notices nothing: {unescaped}")
    print("\n".join(found) or f"{len(hostile.inside)} elements in the hostile ticket, all of them ours")
    sys.exit(1 if found else 0)


main()
