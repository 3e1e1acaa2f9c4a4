"""The routes of docs/architecture.md name functions that are there and hand on what it says."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
HOP = re.compile(r"^\| (\d+) \| .+ \| `([\w.]+)` \| `(.+)` \|$", re.MULTILINE)
HOPS = HOP.findall(PAGE.read_text(encoding="utf-8"))


def find(path: str) -> object:
    """Return what stands at 'package.module.name' or 'package.module.Class.name'."""
    module, rest = path, []
    while "." in module:
        module, _, name = module.rpartition(".")
        rest.insert(0, name)
        try:
            found: object = importlib.import_module(f"promptgate.{module}")
        except ModuleNotFoundError:
            continue
        for one in rest:
            found = getattr(found, one)
        return found
    raise AssertionError(f"nothing of {path} can be imported")


def test_routes_are_three_and_whole():
    assert [int(number) for number, _, _ in HOPS] == [*range(1, 11)] * 3


@pytest.mark.parametrize(("function", "returned"), [hop[1:] for hop in HOPS])
def test_hop_hands_on_what_the_page_says(function, returned):
    assert find(function).__annotations__["return"] == returned.replace(r"\|", "|")
