"""Read numbers in digits and in English words: '1,200', 'two and a half', 'a dozen'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.stems import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL = {
    name: value
    for value, name in enumerate(
        word_list(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen
            fourteen fifteen sixteen seventeen eighteen nineteen"""
        )
    )
}
_TENS = {
    name: 10 * value
    for value, name in enumerate(
        word_list("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "dozen": 12}
ORDINALS = {
    name: value
    for value, name in enumerate(
        word_list(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        ),
        start=1,
    )
}
_WORD = "|".join(sorted({*_SMALL, *_TENS}, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,\u00a0 ’']\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_MULTIPLES = "hundred|thousand|million|billion|dozen"
_SCALE = r"(?:\s?(?:million|billion|thousand|bn)|(?<=\d\d)k\b)?"
_QUARTERS = r"(?:an?|one|three)\ quarters?\ of\ an?"
_IN_WORDS = (
    rf"(?:{_WORD}|a(?=\ (?:{_MULTIPLES})\b))"
    rf"(?:[ -](?:{_WORD}|{_MULTIPLES}|and\ a\ half\b))*"
    rf"(?:(?<=hundred)\ and\ (?:{_WORD})(?:[ -](?:{_WORD}))?)?"
)
_ONE_OF = (
    r"an?(?=\ (?:hour|minute|second|day|week|month|year|metre|meter|mile|kilo|litre|liter"
    r"|dozen)\b)"
)
ALONE = r"(?<![\w.,:/#-])"
"""What stands before a number in digits: no part of a word."""
NUMBER = (
    rf"(?:{ALONE}(?:[-−](?=\d)|minus\ (?=\d))?(?:{_DIGITS})(?!\d|(?:st|nd|rd|th)\b){_SCALE}"
    rf"|\b(?:a\ pair\ of|an?\ couple\ of|{_QUARTERS}|{_IN_WORDS}|half\ an?|an?\ half"
    rf"|(?:an?|three)\ quarters?(?!\ of)|{_ONE_OF}|dozen|hundreds?|zero)\b)"
)
_ANY = re.compile(NUMBER, re.VERBOSE)


def is_number_word(word: str) -> bool:
    """Tell whether a word is a number in words: it says nothing of what a statement is about."""
    return word != "one" and (word in _SMALL or word in _TENS or word in _SCALES)


def number(text: str) -> float | None:
    """Return the value of a number in digits or English words; None where it is none."""
    text = text.strip().replace("−", "-").replace("minus ", "-")
    if text in ("half a", "half an", "a half", "an half"):
        return 0.5
    if text in ("a", "an"):
        return 1.0
    if text.endswith((" pair of", " couple of")):
        return 2.0
    if "quarter" in text:
        return 0.75 if text.startswith("three") else 0.25
    found = re.match(rf"-?(?:{_DIGITS})", text)
    if found:
        digits = found.group()
        scale = text[found.end() :].strip()
        factor = {"k": 1e3, "bn": 1e9}.get(scale, _SCALES.get(scale, 1))
        if re.fullmatch(r"-?\d+,\d{1,2}", digits):
            digits = digits.replace(",", ".")
        return float(re.sub(r"[,\u00a0 ’']", "", digits)) * factor
    return _in_words(text)


def _in_words(text: str) -> float | None:
    total, current = 0.0, 0.0
    seen = False
    for word in re.split(r"[ -]+", text):
        if word in _SMALL or word in _TENS:
            current += _SMALL.get(word, _TENS.get(word, 0))
        elif word.rstrip("s") in _SCALES:
            scale = _SCALES[word.rstrip("s")]
            current = (current or 1) * scale
            if scale >= _SCALES["thousand"]:
                total, current = total + current, 0.0
        elif word == "half":
            current += 0.5
        elif word not in ("a", "an", "and"):
            return None
        seen = True
    return total + current if seen else None


def numbers_in(text: str) -> Iterator[float]:
    """Yield every number of a text, in digits or words, whatever it is of."""
    for match in _ANY.finditer(text.lower()):
        if (value := number(match.group())) is not None:
            yield value
