"""Read amounts: numbers in digits or words, with units, limits, ranges and what they count."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.facts.lexicon import STOP, VERBS, canonical
from promptgate.language.facts.numerals import ALONE, NUMBER, ORDINALS, number
from promptgate.language.facts.units import PATTERN, UNITS, Unit
from promptgate.language.facts.values import Amount
from promptgate.language.stems import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.facts.values import Bound, Words

LEAD = (
    r"down\ to"
    r"|up\ to\ and\ including|anywhere\ from|somewhere\ between|between|from|up\ to|at\ most"
    r"|no\ more\ than|not\ more\ than|(?:a\ )?maximum(?:\ of|\ is)?"
    r"|at\ least|no\ less\ than|no\ fewer\ than|not\ less\ than|(?:a\ )?minimum(?:\ of|\ is)?"
    r"|more\ than|over|above|less\ than|fewer\ than|under|below|within|about|around|approximately"
    r"|roughly|nearly|almost|some|circa|ca\.|as\ (?:many|much|big|high|long|large|fast)\ as"
    r"|as\ (?:little|few|low)\ as|not\ exceed(?:ing)?|limited\ to|a\ total\ of|approx\."
)
_TAIL = (
    r"or\ (?:more|less|fewer|older|younger|above|longer|shorter)|at\ (?:the\ )?(?:most|least)"
    r"|and\ (?:above|older|over|more|up)\b|max(?:imum)?\b|min(?:imum)?\b"
)
_SECOND = NUMBER.replace(ALONE, "")
_AMOUNT = re.compile(
    rf"""(?:\b(?P<lead>{LEAD})\s+)?(?:the\s+|an?\s+)?
    (?P<sign>us\$|[$€£¥])?\s?(?P<one>{NUMBER})
    (?:\s?-?(?P<unit1>{PATTERN})(?![\w/]))?
    (?:\s?(?P<join>to|[-–—]|and|or|until)\s?(?:[$€£¥])?(?P<two>{_SECOND})
      (?=\W))?
    (?:\s?-?(?P<unit2>{PATTERN})(?![\w/]))?
    (?:\s(?P<tail>{_TAIL}))?""",
    re.VERBOSE,
)
_ORDINAL = re.compile(
    r"\b(?P<number>(?P<digits>\d{1,3})(?:st|nd|rd|th)|" + "|".join(ORDINALS) + r")\s+"
    r"(?P<noun>[a-z]{3,})\b"
)
_AFTER_VERB = re.compile(r"\b(?:is|are|was|were|on|in|at|has|have|won|came|took|be)\b")
_TELEPHONE = re.compile(r"(?<!\d)\+?\d{2,}(?:[ -]\d{2,}){2,}|(?<!\d)\d{3,}[ -]\d{4,}(?!\d)")
_FLOOR = re.compile(r"\bground floor\b")
_LAST = re.compile(r"\blast (?P<noun>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?= (?:of|in)\b)")
_TWICE = re.compile(r"\b(?:twice|thrice)\b(?! (?:the|as|a|an|per|each|every|daily)\b)")
_DURATION = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d):(\d\d)(?!\d)")
_COMPARED = re.compile(
    r"(?: an? \w+)? (?:less|more|fewer|cheaper|dearer|higher|lower|longer|shorter|older|younger"
    r"|better|worse|cooler|warmer|colder|hotter|deeper|taller|wider|narrower|closer|nearer|further"
    r"|thicker|thinner|bigger|smaller|larger|stronger|weaker|steeper|faster|slower|heavier|lighter|extra|later|earlier|ago|behind|ahead|past"
    r"|beyond|short|to go|to spare|than|(?:over|under|above|below) (?:the|that|this|it|what))\b"
)
_PER = re.compile(
    r"(?: ?/ ?| (?:per|an?|each|every) )(?P<time>second|minute|hour|day|night|week|month|year)\b"
    r"| per (?P<noun>[a-z]+)\b"
)
_PAID = re.compile(
    r"\b(?:cost|price|pa(?:y|id)|fee|charge|fare|rent|deposit|worth|spen[dt]|refund|salary)\w*"
    r"(?:\W+[a-z]+){0,2}\W+$"
)
_WEIGHS = re.compile(
    r"\b(?:weigh\w*|heavy|heavier|lb|lbs|kg|kilos?|load\w*|lift\w*|carry|carries|ounces?)\b"
)
_LABEL = re.compile(r"\b(?:end(?:s|ed|ing)? in|ending with|called|named) $")
_OLD = re.compile(r"[ -](?:old\b|of age\b)")
_AGED = re.compile(r"\b(?:aged?|ages) (?:(?:from|between|at least|over|under) )?$")
_OFF = re.compile(r" (?:off|discount|reduction)\b")
_NAMED = re.compile(
    r"\b(?:bus|tram|train|line|flight|room|gate|platform|terminal|version|model|channel|chapter"
    r"|page|number|route|highway|apartment|order|invoice|ticket|android|ios|windows|size|track"
    r"|bay|zone|step|building|floor|hall|table|aisle|unit|class|grade|level|phase|booth)"
    r"(?: [a-z]{1,3})? $"
)
_LASTS = re.compile(
    r"(?:^|\b(?:for|in|within|after|before|takes?|took|taking|lasts?|lasted|about|around|over|under|than|nearly"
    r"|almost|least|most|only|just|is|was|be|needs?|another|half|of|and|about|roughly|from|to|by"
    r"|weighs?|costs?|are|earlier|requires?|within|until|every|with)|'s) ?\W*$"
)
_HYPHENATED = re.compile(r"-([a-z]{3,})\b")
_AHEAD = re.compile(r" (?:ahead|earlier|later|before|in advance)\b")
_NOUN = re.compile(r" ([a-z]{3,})")
_OF = re.compile(r" of (?:the |our |your )?(?P<noun>[a-z][\w-]+)")
_MOST = ("up to", "at most", "no more", "not more", "max", "a max", "less", "fewer", "under",
         "below", "within", "as m", "as b", "as h", "as long", "as large", "as fast", "not exc",
         "limited", "at the most", "or less", "or fewer", "or younger", "or shorter")  # fmt: skip
_LEAST = ("at least", "down to",
          "no less", "no fewer", "not less", "min", "a min", "more", "over", "above",
          "or more", "or older", "and ", "or above", "at the least", "or longer")  # fmt: skip
_ABOUT = ("about", "around", "approx", "roughly", "nearly", "almost", "some", "circa", "ca.")
_LOOSELY = 0.12
_HALF_A_DAY = 0.7
_PARTS = {"a half": 0.5, "half": 0.5, "a quarter": 0.25, "three quarters": 0.75}
_COUNTED = 3
_PERSONS = ("people", "person", "persons")


def written(amount: Amount) -> float:
    """Return the number of an amount as it is written, whatever its unit."""
    value = amount.high if amount.bound == "most" else amount.low
    if amount.slot in ("frequency", "age"):
        return value
    unit = UNITS.get(amount.unit)
    return round((value - unit.offset) / unit.factor if unit else value, 6)


def amounts(folded: str, taken: list[tuple[int, int]]) -> Iterator[Amount]:
    """Yield the amounts of a clause.

    Args:
        folded: The clause, folded.
        taken: Spans that hold something else already, such as dates. They are passed over.
    """
    last: Amount | None = None
    taken = [*taken, *(match.span() for match in _TELEPHONE.finditer(folded))]
    for lasting in _DURATION.finditer(folded):
        taken.append(lasting.span())
        hours, minutes, seconds = map(int, lasting.groups())
        value = 3600.0 * hours + 60 * minutes + seconds
        yield Amount(
            "time",
            value,
            value,
            "",
            0.0,
            frozenset(),
            lasting.group(),
            lasting.span(),
            unit="second",
        )
    position = 0
    while (match := _AMOUNT.search(folded, position)) is not None:
        start, end = _start(match), match.end()
        position = max(end, position + 1)
        if any(start < b and a < end for a, b in taken):
            position = _second(match, position)
            continue
        found = _amount(folded, match)
        if found is not None and found.bound != "range":
            position = max(found.span[0] + 1, min(end, found.span[1]))
            position = found.span[1] if found.per else position
        if found is None:
            position = _second(match, position)
            continue
        if last is not None and (joined := _compound(folded, last, found)) is not None:
            last = joined
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last
    yield from _ranks(folded, taken)


def _ranks(folded: str, taken: list[tuple[int, int]]) -> Iterator[Amount]:
    """Yield what has a place in a row, and how often: 'third floor', 'twice'."""
    for match in _TWICE.finditer(folded):
        times = 2.0 if match.group() == "twice" else 3.0
        if not any(match.start() < b and a < match.end() for a, b in taken):
            yield Amount(
                "count:time", times, times, "", 0.0, frozenset(), match.group(), match.span()
            )
    for match in _FLOOR.finditer(folded):
        yield Amount("ordinal:floor", 0, 0, "", 0.0, frozenset(), match.group(), match.span())
    for match in _LAST.finditer(folded):
        noun = match.group("noun")
        yield Amount(
            f"ordinal:{canonical(noun)}", -1, -1, "", 0.0, frozenset(), match.group(), match.span()
        )
    for match in _ORDINAL.finditer(folded):
        noun = match.group("noun")
        if not noun.endswith("day") and any(
            match.start() < b and a < match.end() for a, b in taken
        ):
            continue
        if noun in STOP or noun in UNITS:
            continue
        digits = match.group("digits")
        value = float(digits) if digits else float(ORDINALS[match.group("number")])
        slot = f"ordinal:{canonical(noun)}"
        subject = not _AFTER_VERB.search(folded[: match.start()])
        yield Amount(
            slot, value, value, "", 0.0, frozenset(), match.group(), match.span(),
            is_modifier=subject,
        )  # fmt: skip


def _second(match: re.Match[str], position: int) -> int:
    """Return where to go on after a range that is none: at its second number."""
    one, two = number(match.group("one")), number(match.group("two") or "")
    if one is not None and two is not None and one > two and match.group("join") != "and":
        return position  # a score: '78 to 71'
    return match.start("two") if match.group("two") else position


def _compound(folded: str, first: Amount, second: Amount) -> Amount | None:
    """Return '4 hours and 20 minutes' as one amount; None where they are two."""
    larger, smaller = UNITS.get(first.unit), UNITS.get(second.unit)
    if (
        larger is None
        or smaller is None
        or first.slot == "temperature"
        or first.slot != second.slot
        or second.bound
    ):
        return None
    between = folded[first.span[1] : second.span[0]]
    if larger.factor <= smaller.factor or not re.fullmatch(r",? ?(?:and )?", between):
        return None
    span = first.span[0], second.span[1]
    return replace(
        first, low=first.low + second.low, high=first.high + second.high, span=span,
        said=folded[slice(*span)], unit=second.unit, step=second.step,
    )  # fmt: skip


def _amount(folded: str, match: re.Match[str]) -> Amount | None:
    first, second = number(match.group("one")), number(match.group("two") or "")
    if first is None:
        return None
    if match.group("two") and match.group("join") == "and" and match.group("lead") != "between":
        return _single(folded, match, first)
    if second is not None and match.group("join") == "or" and second <= first:
        second = None
    if second is None or _units_apart(match):
        return _single(folded, match, first)
    unit = UNITS.get(match.group("unit2") or match.group("unit1") or match.group("sign") or "")
    one = UNITS.get(match.group("unit1") or "") or unit
    name = match.group("unit2") or match.group("unit1") or match.group("sign") or ""
    slot, near, end = _slot(folded, match, unit, first)
    if slot is None:
        return None
    if slot == "age":
        one = unit = None
    low, high = _base(first, one), _base(second, unit)
    if low > high:
        return None
    per, end = _per(folded, end)
    said = folded[_start(match) : end]
    step = _step(match.group("two"), unit)
    return Amount(
        slot, low, high, "range", _loose(match, unit), near, said, (_start(match), end), name, step,
        per=per,
    )  # fmt: skip


def _units_apart(match: re.Match[str]) -> bool:
    """Tell '12 % to 4.5 million euros', two amounts, from a range."""
    one, two = (UNITS.get(match.group(name) or "") for name in ("unit1", "unit2"))
    return one is not None and two is not None and one.dimension != two.dimension


def _single(folded: str, match: re.Match[str], value: float) -> Amount | None:
    whole = match.group("two") in (None, *_PARTS)
    value += _PARTS.get(match.group("two") or "", 0.0)  # 'an hour and a half'
    name = match.group("unit1") or (match.group("unit2") if whole else None)
    name = name or match.group("sign") or ""
    if name in ("pound", "pounds") and (
        _PAID.search(folded[: _start(match)]) or not _WEIGHS.search(folded)
    ):
        name = "gbp"
    unit = UNITS.get(name)
    stop = match.end() if whole else match.end("unit1" if match.group("unit1") else "one")
    slot, near, end = _slot(folded, match, unit, value, stop)
    if slot is None:
        return None
    bound = _bound(match) if whole else bound_of(match.group("lead") or "")
    amount = _base(value, None if slot == "age" else unit)
    low = -math.inf if bound == "most" else amount
    high = math.inf if bound == "least" else amount
    per, end = _per(folded, end)
    if slot == "data" and per == "second":
        slot, per = "data rate", ""
    said = folded[_start(match) : end]
    step = _step(match.group("one"), unit)
    return Amount(
        slot, low, high, bound, _loose(match, unit), near, said, (_start(match), end), name, step,
        per=per,
    )  # fmt: skip


def _per(folded: str, end: int) -> tuple[str, int]:
    """Return what an amount is for each of, and where that ends."""
    match = _PER.match(folded, end)
    if match is None:
        return "", end
    return canonical(match.group("time") or match.group("noun")), match.end()


def _start(match: re.Match[str]) -> int:
    """Return where an amount begins, without the white space and article before it."""
    first = next(name for name in ("lead", "sign", "one") if match.group(name) is not None)
    return match.start(first)


def _step(text: str, unit: Unit | None) -> float:
    """Return half of the last decimal place of a number, in the base unit."""
    decimals = re.search(r"\.(\d+)", text)
    if decimals is None:
        return 0.0
    return 0.5 * 10.0 ** -len(decimals.group(1)) * (unit.factor if unit else 1.0)


def _base(value: float, unit: Unit | None) -> float:
    return value if unit is None else value * unit.factor + unit.offset


def _bound(match: re.Match[str]) -> Bound:
    return bound_of(match.group("tail") or "") or bound_of(match.group("lead") or "")


def bound_of(words: str) -> Bound:
    """Return which limit the words around a number make of it: 'up to', 'or more'."""
    if not words:
        return ""
    if words.startswith(("as little", "as few", "as low")):
        return "least"
    if words.startswith(_MOST):
        return "most"
    return "least" if words.startswith(_LEAST) else ""


def _loose(match: re.Match[str], unit: Unit | None) -> float:
    about = (match.group("lead") or "").startswith(_ABOUT)
    if match.group("one").startswith("half") and unit is UNITS["day"]:
        return _HALF_A_DAY  # of those that people are awake
    return max(_LOOSELY if about else 0.0, unit.loose if unit else 0.0)


def _slot(
    folded: str, match: re.Match[str], unit: Unit | None, value: float, stop: int | None = None
) -> tuple[str | None, Words, int]:
    """Return what an amount is of, the other words of its noun phrase, and where that ends."""
    end = match.end() if stop is None else stop
    word = match.group("one")
    if unit is UNITS["%"] and _COMPARED.match(folded, end):
        return unit.dimension, frozenset({"compar"}), end
    is_least = bound_of(match.group("lead") or "") and _AHEAD.match(folded, end)
    if _COMPARED.match(folded, end) and not is_least:
        return None, frozenset(), end
    if _OFF.match(folded, end) and unit is not None:
        return unit.dimension, frozenset({"discount"}), end
    if unit is None and _AGED.search(folded[: _start(match)]):
        return "age", frozenset(), end
    if unit is None and _NAMED.search(folded[: _start(match)]):
        return "plain", frozenset(), end
    if unit is None and _LABEL.search(folded[: _start(match)]):
        return None, frozenset(), end
    if unit is not None:
        if word in ("a", "an") and not _LASTS.search(folded[: _start(match)]):
            return None, frozenset(), end  # 'exercise a day'
        after = _NOUN.match(folded, end) if word in ("a", "an") else None
        if after and after.group(1) not in STOP and stem(after.group(1)) not in VERBS:
            return None, frozenset(), end  # 'a week ticket'
        if _OLD.match(folded, end) and unit is UNITS["year"]:
            return "age", frozenset(), end
        of = _OF.match(folded, end)
        noun = of.group("noun") if of and of.group("noun") not in STOP else None
        return unit.dimension, frozenset({canonical(noun)} if noun else ()), end
    words: list[tuple[str, int]] = []
    hyphenated = _HYPHENATED.match(folded, end)
    if hyphenated and hyphenated.group(1) not in STOP:  # 'a 3-room flat'
        return f"count:{canonical(hyphenated.group(1))}", frozenset(), hyphenated.end()
    position = end + 2 if folded[end : end + 3] in (" x ", " × ") else end  # '2 x linen shirt'
    while len(words) < _COUNTED:
        after = WORD.match(folded, position + 1) if folded[position : position + 1] == " " else None
        if after is None or after.group()[0].isdigit() or "'" in after.group():
            break
        if after.group() in STOP and after.group() not in _PERSONS:
            break
        if words and stem(after.group()) in VERBS and not after.group().endswith("s"):
            break
        words.append((after.group(), after.end()))
        position = after.end()
        if after.group() in _PERSONS:
            break
        if value != 1 and after.group().endswith("s") and not after.group().endswith("ss"):
            break
    if not words:
        return (None if word in ("a", "an", "one") else "plain"), frozenset(), end
    if word in ("a", "an"):
        return None, frozenset(), end
    head, end = words[-1]
    return f"count:{canonical(head)}", frozenset(canonical(w) for w, _ in words[:-1]), end
