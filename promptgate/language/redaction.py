"""Take secrets and personal data out of a text that is to be shown or committed.

Rules, not a model: what has the shape of a key, an address, a number of a card, an
account or a telephone is replaced by a word in brackets. It errs on the side of
removing. A name or a street has no shape: a person still has to look.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

_Rule = tuple[str, re.Pattern[str], Callable[[str], bool]]


def _always(_text: str) -> bool:
    return True


def _luhn(text: str) -> bool:
    """Tell whether the digits of a text have a card number's check digit (ISO/IEC 7812)."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = [2 * d - 9 * (d > 4) if i % 2 else d for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _enough_digits(text: str) -> bool:
    return 7 <= sum(letter.isdigit() for letter in text) <= 15


_NAMES = r"(?:api[_-]?key|secret|token|passwor[dt]|passwd|pwd|authorization|cookie)"
_RULES: tuple[_Rule, ...] = (
    ("key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END[^\n]*-----|\Z)", re.S),
     _always),
    ("key", re.compile(r"\b[spr]k[-_][A-Za-z0-9_-]{8,}"), _always),
    ("key", re.compile(r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|AIza)[\w-]{8,}"),
     _always),
    ("token", re.compile(r"\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*"), _always),
    ("token", re.compile(r"(?i)(?<=bearer )\s*[\w.~+/=-]{8,}"), _always),
    ("secret", re.compile(rf"(?i)(?<![a-z]){_NAMES}[\"']?\s*[:=]\s*"
                          r"[\"']?(?!\[)[^\s\"',;&]{4,}"), _always),
    ("secret", re.compile(r"(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"), _always),
    ("e-mail", re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), _always),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"), _always),
    ("card", re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])"), _luhn),
    ("ssn", re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"), _always),
    ("ip", re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}"
                      r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.])"), _always),
    ("device", re.compile(r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b"), _always),
    ("phone", re.compile(r"(?<![\w+:.-])(?:\+\d{1,3}[ ./-]?)(?:\(?\d{1,5}\)?[ ./-]?){2,6}"
                         r"(?![\w:-])"), _enough_digits),
    ("phone", re.compile(r"(?<![\w+:.-])(?:\(0?\d{2,5}\)|0\d{2,5})[ /-]\d{2,4}(?:[ -]?\d{2,4}){1,3}"
                         r"(?![\w:-])"), _enough_digits),
    ("phone", re.compile(r"(?<![\w+:.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w:-])"), _always),
)  # fmt: skip


def redact(text: str) -> str:
    """Return the text with secrets and personal data replaced: '[e-mail]', '[key]', …

    Redacting twice changes nothing more.
    """
    for name, pattern, holds in _RULES:
        text = pattern.sub(partial(_replaced, name, holds), text)
    return text


def _replaced(name: str, holds: Callable[[str], bool], found: re.Match[str]) -> str:
    return f"[{name}]" if holds(found.group()) else found.group()
