"""Writes the blocks of a Markdown file that are headed by <!-- install: WAY/FILE --> to these files.

usage: readme_blocks.py MARKDOWN FOLDER
"""
import pathlib
import re
import sys

text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
found = re.findall(r"<!-- install: ([a-z_]+/[A-Za-z_.]+) -->\n```[a-z]+\n(.*?)```\n", text, re.DOTALL)
if len(found) != text.count("<!-- install: "):
    sys.exit(f"{sys.argv[1]} has a block that is not understood")
for name, block in found:
    path = pathlib.Path(sys.argv[2], name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(block, encoding="utf-8")
