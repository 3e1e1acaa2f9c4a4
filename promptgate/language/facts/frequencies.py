"""Read how often something happens: 'twice a week', 'every ten days', 'at most once a month'."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import LEAD, bound_of
from promptgate.language.facts.numerals import NUMBER, number
from promptgate.language.facts.units import UNITS
from promptgate.language.facts.values import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator

_FREQUENCY = re.compile(
    rf"""(?:\b(?P<lead>{LEAD})\s+)?
    \b(?:(?P<word>once|twice|thrice)|(?P<times>{NUMBER})\ times)
    (?:\ (?P<tail>at\ (?:the\ )?(?:most|least)))?
    \ (?:per|an?|each|every|in\ an?)\ (?P<unit>minute|hour|day|week|month|year|night)\b
    |\bevery\ (?:(?P<other>other|second)|(?P<half>half)|(?P<count>{NUMBER}))
    [\ -](?:an\ )?(?P<every>minute|hour|day|week|month|year)s?\b
    """,
    re.VERBOSE,
)
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


def frequencies(folded: str) -> Iterator[Amount]:
    """Yield the frequencies of a folded clause, as amounts in times a second."""
    for match in _FREQUENCY.finditer(folded):
        name = match.group("unit") or match.group("every")
        unit = UNITS["day" if name == "night" else name]
        if match.group("unit"):
            times = _TIMES.get(match.group("word") or "") or number(match.group("times") or "")
            often = (times or 0.0) / unit.factor
        else:
            apart = (
                2.0
                if match.group("other")
                else 0.5
                if match.group("half")
                else number(match.group("count")) or 0.0
            )
            often = 1 / (apart * unit.factor) if apart else 0.0
        if not often:
            continue
        bound = bound_of(match.group("tail") or "") or bound_of(match.group("lead") or "")
        low, high = (
            (-math.inf if bound == "most" else often),
            (math.inf if bound == "least" else often),
        )
        yield Amount(
            "frequency", low, high, bound, 0.05, frozenset(), match.group(), match.span(), name
        )
