"""Read dates, weekdays and times of day as people write them in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from promptgate.language.facts.values import Clock, Day
from promptgate.language.stems import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:" + "|".join(WEEKDAYS) + ")"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
_WHEN = (
    "in|since|until|by|from|of|last|next|before|after|every|each|during|to|through|till|mid|late"
    "|early"
)
_OF_YEAR = "for|the|than|spring|summer|autumn|fall|winter|early|mid|late|'s"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? {_MONTH}(?:,? {_YEAR})?",
        rf"\b{_MONTH} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? {_YEAR})?",
        rf"\b{_MONTH}(?: of)? {_YEAR}",
        rf"\b(?:{_WHEN})[ -]{_MONTH}",
        rf"\b(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.]{_YEAR}",
        r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?= of (?:the|each|every) month|\W*$|[,.;])",
        rf"\b(?:in|since|from|until|of|by|before|after|year|to|during|around) {_YEAR}(?![-/]\d)",
        rf"\b(?:{_OF_YEAR}) {_YEAR}(?![-/.,]?\d)",
        rf"(?:^|[,(:] ){_YEAR}(?=[),:;]|\.(?!\d)|$)",
        rf"(?<=\(){_YEAR}(?= ?[-–])",  # '(1810-1856)'
        rf"(?<=[-–]){_YEAR}(?=\))",
    )
)
_DAYS = re.compile(
    rf"\b(?P<a>{_WEEKDAY})s?\b(?:(?P<to> (?:to|through|until) | ?[-–] ?)(?P<b>{_WEEKDAY})s?\b)?"
    r"|\b(?P<group>weekdays|weekends?)\b"
)
_HOURS = dict(
    zip(
        word_list("one two three four five six seven eight nine ten eleven twelve"),
        range(1, 13),
        strict=True,
    )
)
_HOUR = rf"(?:\d{{1,2}}|{'|'.join(_HOURS)})"
_PART = r" (?:in the|this|at|tomorrow|on \w+) (?P<part>morning|afternoon|evening|night)\b"
_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![:\d])(?P<hour2>[01]?\d|2[0-4])[:](?P<minute2>\d\d)\b(?!:)(?: (?:hours|h)\b)?"
    rf"(?:{_PART.replace('part', 'part2')})?"
    rf"|\b(?P<hour3>{_HOUR})(?: o'clock(?:{_PART.replace('part', 'part4')})?|{_PART})"
    rf"|\b(?P<past>half past|quarter past|quarter to) (?P<hour4>{_HOUR})\b(?! minutes)"
    rf"(?:{_PART.replace('part', 'part5')})?"
    rf"|\b(?P<name>noon|midday|midnight)\b"
    rf"|(?:(?<=\bat )|(?<=\buntil )|(?<=\btill ))(?P<hour5>{_HOUR})"
    r"(?=[.,;!?](?!\d)|$| (?:on|and|every|each|sharp|tomorrow|today)\b)"
)
_BARE_START = re.compile(r"\b(?P<hour>\d{1,2})(?: ?[-–] ?| to )$")
_ROLE = re.compile(
    r"\b(?:(?P<end>until|till|to(?= ?$)|closes?|closing|ends?|finish(?:es)?|shuts?|by|latest"
    r"|checkout|check-out)|(?P<start>from|between|since|opens?|opening|starts?|begins?|earliest"
    r"|checkin|check-in))\b|(?P<dash>[-–] ?$)"
)
_ROLE_WINDOW = 40
_NOON = 12


def days(folded: str) -> Iterator[Day]:
    """Yield the dates of a clause; a weekday beside a date belongs to it."""
    found: list[Day] = []
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            groups = match.groupdict()
            month = groups.get("month")
            number = groups.get("number")
            day = int(groups["day"]) if groups.get("day") else None
            if groups.get("one"):
                day, number = _day_and_month(int(groups["one"]), int(groups["two"]))
            if day is not None and not 1 <= day <= 31:
                continue
            year = int(groups["year"]) if groups.get("year") else None
            value = MONTHS[month] if month else int(number) if number else None
            taken.append(match.span())
            found.append(Day(year, value, day, frozenset(), match.group(), match.span()))
    lists: list[tuple[frozenset[int], tuple[int, int]]] = []
    for match in _DAYS.finditer(folded):
        numbers, span = _weekdays(match), match.span()
        if lists and re.fullmatch(r",? (?:and |or )?(?:on )?", folded[lists[-1][1][1] : span[0]]):
            before, (begin, _) = lists.pop()
            numbers, span = numbers | before, (begin, span[1])
        lists.append((numbers, span))
    for numbers, span in lists:
        near = next((one for one in found if _beside(folded, one.span, span)), None)
        if near is None:
            found.append(Day(None, None, None, numbers, folded[slice(*span)], span))
            continue
        span = min(near.span[0], span[0]), max(near.span[1], span[1])
        merged = Day(near.year, near.month, near.day, numbers, folded[slice(*span)], span)
        found[found.index(near)] = merged
    yield from found


def _day_and_month(one: int, two: int) -> tuple[int | None, int | None]:
    """Return day and month of '25/12'; None for both where it may be either, as in '9/12'."""
    if one > _NOON >= two:
        return one, two
    if two > _NOON >= one:
        return two, one
    return (one, two) if one == two else (None, None)


def _weekdays(match: re.Match[str]) -> frozenset[int]:
    if match.group("group"):
        return frozenset(range(5)) if match.group("group") == "weekdays" else frozenset({5, 6})
    first = WEEKDAYS[match.group("a")]
    if match.group("b") is None:
        return frozenset({first})
    last = WEEKDAYS[match.group("b")]
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def _beside(folded: str, date: tuple[int, int], weekday: tuple[int, int]) -> bool:
    first, second = sorted((date, weekday))
    between = folded[first[1] : second[0]]
    return re.fullmatch(r",? ?(?:the )?\(?", between) is not None


def clocks(folded: str) -> Iterator[Clock]:
    """Yield the times of day of a clause, with their role in an opening time."""
    found: list[Clock] = []
    for match in _TIME.finditer(folded):
        minutes, half = _minutes(match)
        if minutes is None:
            continue
        before = folded[max(0, match.start() - _ROLE_WINDOW) : match.start()]
        bare = _BARE_START.search(before)
        if bare and match.group("half"):
            start = int(bare.group("hour")) * 60 + (720 if match.group("half") == "p" else 0)
            offset = match.start() - len(before)
            span = offset + bare.start("hour"), offset + bare.end("hour")
            found.append(Clock(start, "start", bare.group("hour"), span, half=True))
        found.append(Clock(minutes, _role(before), match.group(), match.span(), half))
    for index, one in enumerate(found[:-1]):
        if found[index + 1].role == "end":
            between = folded[one.span[1] : found[index + 1].span[0]]
            if re.fullmatch(r" ?(?:to|until|till|[-–]) ?", between):
                found[index] = Clock(one.minutes, "start", one.said, one.span, one.half)
    yield from found


def _minutes(match: re.Match[str]) -> tuple[int | None, bool]:
    groups = match.groupdict()
    if groups["name"]:
        return (0 if groups["name"] == "midnight" else 720), False
    part = next((groups[f"part{n}"] for n in ("", *"245") if groups.get(f"part{n}")), None)
    if groups["hour"]:
        part = "morning" if groups["half"] == "a" else "evening"
        if groups["hour"] == "12":
            part = "night" if groups["half"] == "a" else "afternoon"
    said = next(
        groups[name] for name in ("hour", "hour2", "hour3", "hour4", "hour5") if groups[name]
    )
    hour = _HOURS.get(said) or int(said)
    if hour > 24 or (not groups["hour2"] and not 1 <= hour <= _NOON):
        return None, False
    minutes = int(groups["minute"] or groups["minute2"] or 0) + _PAST.get(groups["past"], 0)
    if part == "night" and hour == _NOON:
        hour = 0
    elif (
        part in ("afternoon", "evening", "night") and hour < _NOON and (part != "night" or hour > 4)
    ):
        hour += 12
    return hour * 60 + minutes, part is None and not groups["hour2"]


def _role(before: str) -> Literal["", "start", "end"]:
    last = None
    before = re.split(r"[,;] (?!and )", before)[-1]
    for match in _ROLE.finditer(before):
        last = match
    if last is None:
        return ""
    return "start" if last.group("start") else "end"
