"""A help desk: finds the help page that fits a question, and lets the model look up a warranty.

An example of an application under test. What it does beside asking the model is
what a test of the prompt alone would miss: the page that retrieval finds, the tool
that is called or not, and what becomes of its result. The tool is called by a line
of text, as the small model behind the example was not trained to call tools.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import anthropic

import promptgate

FOLDER = Path(__file__).parent
MOST_LOOKUPS = 2
_CALL = re.compile(r"LOOKUP (LR-\d{4})")
_COMMON_WORDS = """
a am an and are at can do does for from get how i in is it long many me much my of on or router
should take takes the there this to up what when where which who with you your
"""


def answer(question: str) -> str:
    """Answer a customer's question from the help pages and the list of warranties."""
    notes = find_page(question)
    reply = _ask(notes, question)
    for _ in range(MOST_LOOKUPS):
        call = _CALL.search(reply)
        if call is None:
            break
        notes = warranty_lookup(call.group(1))
        reply = _ask(notes, question)
    return reply


def find_page(question: str) -> str:
    """Return the help page that shares most words with a question; '' where none shares any."""
    wanted = _words(question)
    best = max(_pages(), key=lambda page: len(wanted & _words(page)))
    return best if wanted & _words(best) else ""


def warranty_lookup(serial: str) -> str:
    """Return what is known of the warranty of a router."""
    ends = _warranties().get(serial)
    if ends is None:
        return f"There is no router with the serial {serial}."
    return f"The warranty of {serial} ends in {ends}."


def _ask(notes: str, question: str) -> str:
    request = promptgate.load("help-desk").request(notes=notes, question=question)
    message = _client().messages.create(**request)
    return "".join(block.text for block in message.content if block.type == "text").strip()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower())) - frozenset(_COMMON_WORDS.split())


@cache
def _client() -> anthropic.Anthropic:
    return anthropic.Anthropic()


@cache
def _pages() -> tuple[str, ...]:
    return tuple(
        page.read_text(encoding="utf-8").strip() for page in sorted(FOLDER.glob("help/*.md"))
    )


@cache
def _warranties() -> dict[str, str]:
    found: dict[str, str] = json.loads((FOLDER / "warranties.json").read_text(encoding="utf-8"))
    return found
