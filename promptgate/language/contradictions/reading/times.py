"""Read when something is done, as sets on a scale: days, hours, months, years, and how often.

'On weekdays only' leaves no Saturday, 'after 9 p.m.' has midnight in it, and 'once a month' is less
often than 'in every chat'. Two instructions collide where one asks for what the other's set leaves
out, if they are about the same thing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Often, Slot
from promptgate.language.contradictions.reading.nouns import STOP
from promptgate.language.contradictions.reading.numbers import number_of
from promptgate.language.contradictions.reading.themes import tokens
from promptgate.language.contradictions.reading.verbs import phrases
from promptgate.language.contradictions.words.families import LIGHT_NOUNS, PEOPLE, family
from promptgate.language.contradictions.words.lexicon import canonical
from promptgate.language.stems import word_list, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction

Points = frozenset[int]

_DAYS = word_list("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = word_list(
    """january february march april may june july august september october november december"""
)
_WEEKDAYS, _WEEKEND = frozenset(range(5)), frozenset({5, 6})
_ALL_DAYS, _ALL_HOURS = frozenset(range(7)), frozenset(range(48))
_YEARS = (1900, 2100)
_DAY = re.compile(
    rf"\b(?:from )?(?P<first>{'|'.join(_DAYS)})s? (?:to|through|until|till|-|–) "
    rf"(?P<last>{'|'.join(_DAYS)})s?\b"
    rf"|\b(?P<day>{'|'.join(_DAYS)})s?\b|\b(?P<week>weekdays?|working days?|business days?)\b"
    r"|\b(?P<end>weekends?)\b|\b(?P<all>every day|daily|seven days a week|24/7|all week)\b"
)
_MONTH = re.compile(
    rf"\b(?:in|of|during|from|for|until|before) (?:the whole of |all of |all )?"
    rf"(?P<month>{'|'.join(_MONTHS)})\b"
)
_CLOCK = r"""(?:(?:\d{1,2}(?::\d\d)?\ ?(?:a\.?m\.?|p\.?m\.?|o'clock)|\d{1,2}:\d\d|midnight|noon
    |(?:six|seven|eight|nine|ten|eleven|twelve|one|two|three|four|five)(?=\ in\ the))
    (?:\ in\ the\ (?:morning|evening|afternoon))?)"""
_HOUR = re.compile(
    rf"""\bbetween\ (?P<from>{_CLOCK})\ and\ (?P<to>{_CLOCK})
      | \b(?:from\ )?(?P<from2>{_CLOCK})\ (?:to|until|till)\ (?P<to2>{_CLOCK})
      | \b(?P<word>after|before|until|till|at|by|from|past)\ (?P<time>{_CLOCK})
      | \b(?P<night>at\ night|during\ the\ night|overnight|at\ night-time)\b
      | \b(?P<part>in\ the\ (?:morning|afternoon|evening)s?)\b
      | \b(?P<any>at\ any\ (?:hour|time)(?:\ of\ (?:the\ )?day(?:\ (?:or|and)\ night)?)?
        |around\ the\ clock|day\ and\ night|24/7|24\ hours\ a\ day|round\ the\ clock)\b""",
    re.VERBOSE,
)
_YEAR = re.compile(
    r"(?:\b(?P<word>before|until|prior to|older than|up to|after|since|from|newer than|later than"
    r"|from before|from after|earlier than|through) )?(?:the year )?\b(?P<year>(?:19"
    r"|20)\d\d)\b(?! words| euros| char)"
)
_BEFORE_YEAR = word_set("before older earlier")
_AFTER_YEAR = word_set("after newer later")
_MAYBE = re.compile(
    r"\d|day|week|night|noon|morning|evening|hour|time|clock|every|each|once|again|until|first"
    rf"|{'|'.join(_MONTHS)}"
)
_ONLY = re.compile(r"\b(?:only|exclusively|solely|no other)\b")
_SHUT = re.compile(r"\b(?:closed|paused|suspended|unavailable|stopped|halted|off)\b")
_COME = re.compile(r"\b(?:come (?:in|by|over)|visit|drop in|we are)\b")
_EACH = re.compile(
    r"\b(?:in |after |at the end of |at the start of |with )?(?:every|each)(?: single)?"
    r" (?P<unit>message|reply|answer|response|turn|chat|conversation|session|edit|change|step|day"
    r"|week|hour|month|commit|visit|call)\b|\b(?P<always>every time)\b|\b(?P<daily>hourly|daily"
    r"|weekly|monthly)\b"
)
_ONCE = re.compile(
    r"\b(?:only |just )?once (?:a|per|every|in) (?P<unit>chat"
    r"|conversation|session|day|week|month|year|hour|visit"
    r"|call)\b"
    r"|\b(?P<first>(?:only )?in (?:your|the) (?:very )?first (?:message|reply|answer"
    r"|turn)(?= and never| only))"
    r"|\b(?P<never>(?:and )?never again|only once|a single time|just once|one time only)\b"
    r"|\b(?P<all>until (?:all|every) [\w ]+? (?:are|is|have been|has been) (?:finished|done"
    r"|complete|completed|made))\b"
)
_RANK = {
    "edit": 0, "change": 0, "step": 0, "message": 0, "reply": 0, "answer": 0, "response": 0,
    "turn": 0, "hour": 1, "hourly": 1, "chat": 2, "conversation": 2, "session": 2, "visit": 2,
    "call": 2, "commit": 1, "day": 3, "daily": 3, "week": 4, "weekly": 4, "month": 5, "monthly": 5,
    "year": 6,
}  # fmt: skip
_NEVER_AGAIN = 1.5  # oftener than that is 'again' within one conversation
_UNTIL_ALL = 0.5
_PLAIN = (
    STOP
    | word_set(
        """day days time times hour hours week weekday weekdays weekend weekends morning evening
        night
    midnight noon month year only daily event events news"""
    )
    | frozenset(_DAYS)
    | frozenset(f"{day}s" for day in _DAYS)
    | frozenset(_MONTHS)
)


def times(instruction: Instruction) -> Iterator[Slot | Often]:
    """Yield when and how often an instruction has something done."""
    text = instruction.quoted
    if _MAYBE.search(text) is None:
        return
    words = frozenset(
        canonical(token.word)
        for token in tokens(text)
        if token.word not in _PLAIN
        and token.stem not in LIGHT_NOUNS | PEOPLE
        and not token.word[0].isdigit()
    )
    verbs = frozenset(name for found in phrases(instruction) for name in family(found.verb))
    for scale, points, position in _points(text):
        denied = instruction.denies(min(position, len(instruction.text) - 1)) or bool(
            _SHUT.search(text)
        )
        mode = "never" if denied else "only" if _ONLY.search(text) else "asked"
        yield Slot(instruction, "time", scale, points, mode, words, verbs)
    done = frozenset(canonical(found.verb) for found in phrases(instruction))
    yield from _often(instruction, words - done or words)


def _points(text: str) -> Iterator[tuple[str, Points, int]]:
    """Yield the sets that a clause names: scale, points on it, and where they stand."""
    days: Points = frozenset()
    for match in _DAY.finditer(text):
        days |= _days(match)
    if days:
        first = _DAY.search(text)
        yield "day", days, first.start() if first else 0
    for match in _HOUR.finditer(text):
        if (hours := _hours(match)) is not None:
            yield "hour", hours, match.start()
    months = frozenset(_MONTHS.index(match.group("month")) for match in _MONTH.finditer(text))
    if months:
        yield "month", months, 0
    for match in _YEAR.finditer(text):
        yield "year", _years(match), match.start()


def _days(match: re.Match[str]) -> Points:
    if match.group("first"):
        first, last = _DAYS.index(match.group("first")), _DAYS.index(match.group("last"))
        return frozenset(day % 7 for day in range(first, last + 1 if last >= first else last + 8))
    if match.group("day"):
        return frozenset({_DAYS.index(match.group("day"))})
    if match.group("week"):
        return _WEEKDAYS
    return _WEEKEND if match.group("end") else _ALL_DAYS


def _hours(match: re.Match[str]) -> Points | None:
    """Return half hours of a day."""
    said = match.groupdict()
    if said["any"]:
        return _ALL_HOURS
    if said["night"]:
        return frozenset({*range(44, 48), *range(12)})
    if said["part"]:
        return frozenset(
            range(12, 24) if "morning" in said["part"]
            else range(24, 36) if "noon" in said["part"] else range(36, 44)
        )  # fmt: skip
    begin, end = said["from"] or said["from2"], said["to"] or said["to2"]
    if begin and end:
        first, last = _half_hour(begin), _half_hour(end)
        return (
            frozenset(range(first, last))
            if first < last
            else frozenset({*range(first, 48), *range(last)})
        )
    at = _half_hour(said["time"])
    if said["word"] in ("after", "from", "past"):
        return frozenset(range(at, 48))
    if said["word"] == "before":
        return frozenset(range(at))
    if said["word"] == "at":
        return frozenset({at})
    last = at or 48
    return frozenset({last - 1})


def _half_hour(said: str) -> int:
    """Return the half hour of a day that a time of day falls into; 0 is midnight."""
    if "midnight" in said:
        return 0
    if said.startswith("noon"):
        return 24
    match = re.match(r"(?P<hour>\d{1,2}|[a-z]+)(?::(?P<minute>\d\d))?", said)
    hour = int(number_of(match.group("hour")) or 0) if match is not None else 0
    late = re.search(r"p\.?m|evening|afternoon", said) is not None
    if late and hour < 12:
        hour += 12
    if not late and hour == 12 and re.search(r"a\.?m", said):
        hour = 0
    return min(47, hour * 2 + (match is not None and match.group("minute") == "30"))


def _years(match: re.Match[str]) -> Points:
    year, word = int(match.group("year")), (match.group("word") or "").split()
    if _BEFORE_YEAR.intersection(word) or "prior" in word:
        return frozenset(range(_YEARS[0], year))
    if _AFTER_YEAR.intersection(word):
        return frozenset(range(year + 1, _YEARS[1]))
    if word and word[0] == "since":
        return frozenset(range(year, _YEARS[1]))
    if word and word[0] in ("until", "up", "through"):
        return frozenset(range(_YEARS[0], year + 1))
    return frozenset({year})


def _often(instruction: Instruction, words: Words) -> Iterator[Often]:
    """Yield how often something is done: at each of a unit, or once in it."""
    text = instruction.quoted
    if (once := _ONCE.search(text)) is not None:
        said = once.groupdict()
        least = _RANK[said["unit"]] if said["unit"] else _UNTIL_ALL if said["all"] else _NEVER_AGAIN
        yield Often(instruction, "time", words, least, each=False)
    elif (each := _EACH.search(text)) is not None and not instruction.denies(0):
        unit = each.group("unit") or each.group("daily") or "message"
        yield Often(instruction, "time", words, _RANK[unit], each=True)


def slots_apart(a: Slot, b: Slot) -> str | None:
    """Return why two times cannot both hold, as a clause; None where they can."""
    if a.scale != b.scale or not _of_one_thing(a, b):
        return None
    modes = (a.mode, b.mode)
    if modes == ("asked", "never") and a.points & b.points:
        return "one has done at a time what the other has not done then"
    if modes == ("asked", "only") and not a.points & b.points:
        return "one asks for a time that the other leaves out"
    if modes == ("only", "only") and not a.points & b.points:
        return "each is limited to a time that the other leaves out"
    return None


def often_apart(once: Often, each: Often) -> bool:
    """Tell whether something is done at each of what comes oftener than it may be done."""
    return not once.each and each.each and each.rank < once.rank and bool(once.words & each.words)


_TELLING = frozenset({"talk", "give", "use"})


def _of_one_thing(a: Slot, b: Slot) -> bool:
    if a.words & b.words or any(x[:5] == y[:5] for x in a.words for y in b.words if len(x) > 5):
        return True
    if a.scale == "year":
        return bool(a.verbs & b.verbs & _TELLING) or not (a.verbs and b.verbs)
    texts = [one.instruction.text for one in (a, b)]
    pronoun = any(re.match(r"\W*(?:it|they)\b", text) for text in texts)
    shut = any(map(_SHUT.search, texts)) and any(map(_COME.search, texts))
    return pronoun or shut or bool((a.verbs & b.verbs) - _TELLING)
