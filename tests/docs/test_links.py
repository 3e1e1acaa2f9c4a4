"""Every link of a page leads somewhere: the file is there, and so is the heading."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tests.support.pages import pages
from tests.support.project import EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^( *)```.*?^ *```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@cache
def anchors(path: Path) -> set[str]:
    """Return the names that a code host gives to the headings of a page."""
    text = re.sub(r"^( *)```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def test_links_lead_to_files_and_headings_that_exist():
    wrong = []
    for page in (*pages(), EXAMPLE / "CHANGELOG.md"):
        text = BLOCK.sub("", page.read_text(encoding="utf-8"))
        for link in LINK.findall(text):
            if link.startswith(("http:", "https:")):
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                wrong.append(f"{page.relative_to(EXAMPLE)}: {link}")
    assert not wrong, "\n".join(wrong)


def test_each_page_is_named_by_the_index_or_by_the_readme():
    index = (EXAMPLE / "docs/README.md").read_text(encoding="utf-8")
    index += (EXAMPLE / "README.md").read_text(encoding="utf-8")
    for page in (EXAMPLE / "docs").glob("*.md"):
        assert page.name == "README.md" or f"{page.name}" in index, page.name
