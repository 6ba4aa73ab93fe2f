"""Writes the code blocks of a Markdown file that are headed by <!-- file: NAME --> to NAME.

usage: extract_code.py MARKDOWN FOLDER
"""
import pathlib
import re
import sys

text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
found = re.findall(r"<!-- file: ([a-z_.]+) -->\n```cpp\n(.*?)```\n", text, re.DOTALL)
if not found:
    sys.exit(f"{sys.argv[1]} has no code block with a file name")
for name, code in found:
    pathlib.Path(sys.argv[2], name).write_text(code, encoding="utf-8")
