"""Read numbers, in digits and in words: '1,200', 'a dozen', 'twenty-five', 'a couple'."""

from __future__ import annotations

import math
import re

_COUNTED = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty"""
WORDS = {word: float(value) for value, word in enumerate(_COUNTED.split())} | {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
    "ninety": 90.0, "hundred": 100.0, "dozen": 12.0, "single": 1.0, "couple": 2.0, "pair": 2.0,
    "thousand": 1000.0, "once": 1.0, "twice": 2.0, "thrice": 3.0, "sole": 1.0,
}  # fmt: skip
ORDINALS = {
    "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0, "seventh": 7.0,
    "eighth": 8.0, "ninth": 9.0, "tenth": 10.0,
}  # fmt: skip
VAGUE = {
    "several": 3.0, "multiple": 2.0, "many": 3.0, "numerous": 3.0, "a few": 2.0,
    "a handful of": 3.0,
    "various": 2.0, "plenty of": 3.0, "a variety of": 2.0, "lots of": 3.0,
}  # fmt: skip
_TENS, _HUNDRED = 20.0, 100.0


def number_of(text: str) -> float | None:
    """Return the number that a text says; None where it says none.

    Args:
        text: One number, folded; it may have 'a' or 'of' around it.
    """
    text = text.strip(" -")
    if not text:
        return None
    if text in VAGUE:
        return VAGUE[text]
    if text.startswith("half"):
        return 6.0 if text == "half a dozen" else 0.5
    if text[0].isdigit():
        return float(text.replace(",", "").rstrip(".").split()[0].split("-")[0])
    words = [word for word in text.replace("-", " ").split() if word not in ("a", "an", "of", "or")]
    total = None
    for word in words:
        value = WORDS.get(word, VAGUE.get(word))
        if value is None:
            return None
        if total is None:
            total = value
        elif total >= _TENS and value < 10 and total < _HUNDRED:
            total += value  # 'twenty-five'
        else:
            total *= value  # 'two hundred'
    return total


YEAR = re.compile(
    r"\b(?P<word>before|until|prior to|older than|up to|after|since|from|the year|newer than"
    r"|later than) (?P<year>(?:19|20)\d\d)\b(?! words)"
)
"""A year with the word that says which years are meant: 'before 1990'."""


def years(word: str, year: float, after: str) -> tuple[float, float]:
    """Return the years that are meant: 'before 1990', 'since 2000', 'figures from 2021'."""
    if word in ("before", "until", "prior to", "older than", "up to"):
        return -math.inf, year
    of_year = word == "from" and not re.match(r" (?:on|to|until|through|-)", after)
    return (year, year) if of_year or word == "the year" else (year, math.inf)
