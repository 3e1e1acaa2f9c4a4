"""Read for whom an answer is written, and tell whether it can be written for both of two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has
from promptgate.language.contradictions.reading.nouns import part_named
from promptgate.language.contradictions.reading.numbers import number_of
from promptgate.language.contradictions.reading.persons import is_person, person_named
from promptgate.language.contradictions.words.readers import (
    EXPERIENCED,
    INEXPERIENCED,
    LADDER,
    LEVELS,
    PEOPLE_BY_STEM,
    steps_of,
)
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_READER = (
    r"(?:readers?|audiences?|readership|users?|listeners?|viewers?|customers|students|people"
    r"|players|everyone|asker|recipients?|person|class|learners?|visitors?|callers?|clients?"
    r"|guests?"
    r"|members?|pupils?)"
)
_MADE = (
    r"(?:writ(?:e|es|ing|ten)|address\w*|explain\w*|explanations?|speak\w*|tailor\w*"
    r"|aim\w*|pitch\w*|talk\w*|word(?:ed)?|draft(?:ed)?|suit(?:ed|able)?|gear(?:ed)?"
    r"|intended|meant|simple|clear|accessible|phrased?|taught|describ\w+|target(?:s|ed)?"
    r"|understand\w+|design(?:ed)?|directed|adapt(?:ed)?|made|creat\w+|easy|appropriate|compos\w+"
    r"|formulate|cater|produce|chat|make|advice"
    r"|(?:content|texts?|guides?|books?|stor(?:y|ies)|letters?|articles?|newsletters?|courses?"
    r"|lessons?|tutorials?|answers?|repl(?:y|ies)|messages?|reports?|posts?|everything|it|emails?"
    r"|summar(?:y|ies)|this chat|this bot|app|service|manual|handbook) (?:is|are|goes|go|must be"
    r"|should be)(?: \w+ly)?)"
)
# Each ends where the people are named. What stands before it says whether they can, are or read.
_IS = re.compile(
    rf"\b(?:everyone|everybody|anyone|whoever|those|people) who (?:\w+ ){{1,4}}?(?:is|are)\b"
    rf"|\bperson (?:that |who |whom )?you (?:are|'re) (?:talking|speaking|writing) (?:to|with) is\b"
    rf"|\b(?:talk|speak|write) to (?:\w+ ){{1,2}}?as\b|\b(?:teach|treat|address|regard|view|see)"
    rf" (?:\w+ ){{1,3}}?as(?: if they were)?\b|\bnever as\b|\bas if (?:they|the \w+) (?:were"
    rf"|was|is|are)\b"
    rf"|\b{_READER} (?:(?:is|are) (?:made up|composed) of|consists?(?: only| entirely| mainly)? of"
    r"|is|are|will be|be|as|to be|comprises?|includes? only|being)\b"
    rf"|\b(?:treat|see|regard|imagine|picture|address) (?:the |your |every |each |all "
    rf"|any )*{_READER}"
    r" (?:as|to be)\b|\bassume (?:that )?you (?:are|'re) (?:talking|speaking|writing) (?:to|for)\b"
)
_FOR = re.compile(
    rf"\b{_MADE}(?: (?!if\b)[\w'-]+){{0,7}}? (?:for|at|to|towards?)\b(?! be\b)"
    r"|\b(?:talk|speak|chat)\w* with\b"
    r"|\b(?:address(?:es|ing)?|target(?:s|ing)?|teach|tutor|coach|serves?|instruct)\b"
    r"|\b(?:is|are|be|being) (?:only )?(?:read|used|seen|bought|heard|watched)(?: only"
    r"| mainly)? by\b"
    r"|\bnever (?:to|for|with)\b|\bas if (?:\w+ing )?(?:to|for)\b|\b(?:for|to|by) (?=\w)"
)
_ABLE = re.compile(
    r"\b(?:so that|so|such that|in a way that|that|what|which)"
    r" (?P<only>(?:only|nobody but|no one but|none but) )?(?:even |any |every )?"
    r"(?P<who>(?:[\w'-]+ ){1,5}?)(?:(?:can|could|will|would|might|is able to|are able to) )?"
    r"(?:follow|understand|grasp|get|know|enjoy|read|recogni[sz]e|make sense of)s?\b"
)
_LEVEL = re.compile(
    r"\b(?P<name>(?!the\b|a\b|an\b|reading\b)[a-z']+(?:[- ](?:grade|school|year-old))?|grade \w+"
    r"|\w+ grade)(?: student| pupil)?(?:'s)?[- ](?:reading )?(?:level|standard|reading age)s?\b"
)
_LEVEL_OF = re.compile(
    r"\b(?:level|standard|style|vocabulary|language|terms|words|register|reading age)"
    r" (?:of|for|expected of|suited to|used by) |\b(?:the way|just as|as|like)"
    r" (?:(?:two|a|an|the|other|fellow|one) )+(?=\w+ (?:would|do|does|talk|talks|might)\b)"
)
_AGE = re.compile(
    r"\b(?P<age>\w+)[- ]years?[- ]olds?\b|\bage[ds]? (?:of )?(?P<aged>\d+|[a-z]+)\b"
    r"|\b(?:over|above|older than) (?:the age of )?(?P<over>\d\d)\b"
    r"|\b(?:under|below|younger than) (?:the age of )?(?P<under>\d+|[a-z]+)\b"
    r"|\b(?P<is>\w+) years old\b"
)
_ENDS = re.compile(
    r"[,;:.!?()]|\b(?:and nobody|and no one|and none|in|on|at|from|about|because|and never|so"
    r"|when|if|only|alone|exclusively"
    r"|can|could|will|would|should|must|is|are|has|have|had|to|by|as|every|each|without|and not"
    r"|who|that|with|of|for|too|a|an|the|our|your|their|do|does)\b"
)
_GIVEN = re.compile(r"\b(?:that|which) (?:is|are)(?: written)?(?: at| of)?(?: an?| the)?\W*$")
_NOT = re.compile(
    r"\b(?:who|that|which) (?:are|is) not (?:a |an )?(?P<who>[\w-]+)|\b(?:other than|except)"
    r" (?P<but>[\w-]+)|^\s*non-?(?P<non>[\w]+)"
)
_ONLY = re.compile(
    r"\b(?:only|exclusively|solely|alone|(?:and )?(?:to |for )?(?:nobody|no one|none) (?:else|but)"
    r"|strictly|just)\b"
)
_BESIDE = re.compile(r"\b(?:too|also|as well|in addition|besides)\b")
_EXPERIENCED, _INEXPERIENCED = stem_set(EXPERIENCED), stem_set(INEXPERIENCED)
_DETERMINERS = word_set(
    """a an the our your their its his her all any every each most those these some mostly already
    complete absolute total average typical curious busy young small other fellow only just even
    both always either either and or not entirely mainly usually"""
)
_LEAD = re.compile(
    r"^\W*(?:(?:(?:audience|readership|group|class|team|crowd|room full|circle|level) of|"
    + "|".join(sorted(_DETERMINERS - {"young", "small"}))
    + r")\b\W*)*"
)
_AGED = stem_set("parent mother father grandparent adult citizen people person reader")
_BY_NAME = re.compile(r"\s*(?:by|as|with|using)\b")
_THING = re.compile(
    r"\b(?:write|describe|create|make|draft|design|produce|prepare|compose|suggest|choose|plan)\b"
    r"(?: [\w'-]+){0,3}? (?P<what>[\w-]+) (?:for|at|to)\b"
)
_YOUNG = word_set("young little small")


def reader_text(instruction: Instruction) -> str:
    """Return a clause with the reason that tells of its readers: 'because they are patients'."""
    text, quoted = instruction.text, instruction.quoted
    why = _BECAUSE.search(quoted)
    if why is None or len(text) != len(quoted):
        return text
    return text[: why.start("why")] + why.group("why") + text[why.end("why") :]


WORDING = stem_set("word term sentence vocabulary language")
_BECAUSE = re.compile(
    r"\b(?:because|since|as) (?P<why>(?:the |our |your |all |most )*(?:readers?|users?|audience"
    r"|players?|customers?|they|students?|listeners?|people|patients?)\b[^,;.]*)"
)


def audiences(instruction: Instruction) -> Iterator[Has]:
    """Yield for whom an instruction has the answer written."""
    text = reader_text(instruction)
    if "reader" not in text and instruction.is_foreign and not _IS.search(text):
        return
    seen: set[tuple[str, bool]] = set()
    for position, end, names, positive in _named(instruction, text):
        said = " ".join(text[position:end].split()).strip(" .,;:!")
        target = part_named(text[:end])
        if target is None and (thing := _THING.search(said)) is not None:
            target = stem(thing.group("what"))  # 'describe games for toddlers' is of games
        target = None if target in WORDING else target
        if not positive:  # who is not to be the reader says little of who else is
            names = [name for name in names if name.startswith(("for:", "audience:"))]
        for name in names:
            if (name, positive) not in seen:
                seen.add((name, positive))
                yield Has(instruction, "audience", frozenset({name}), said, positive, target,
                          frozenset())  # fmt: skip


def _named(instruction: Instruction, text: str) -> Iterator[tuple[int, int, list[str], bool]]:
    for match in _LEVEL.finditer(text):
        steps = _level(match.group("name"))
        if steps is not None and not _GIVEN.search(text[: match.start()]):
            yield *match.span(), _rungs(*steps), not instruction.denies(match.start())
    for match in _LEVEL_OF.finditer(text):
        end, names = people(text[match.end() :])
        first = WORD.findall(_LEAD.sub("", text[match.end() :]))[:2]
        steps = _level(" ".join(first)) or _level("".join(first[:1]))
        names = [name for name in names if not name.startswith("for:")]
        if names or steps:
            told = names if steps is None else _rungs(*steps)
            yield match.start(), match.end() + end, told, not instruction.denies(match.start())
    for match in _ABLE.finditer(text):
        _, names = people(match.group("who"))
        ladder = [steps_of(name) for name in names if name.startswith("ladder:")]
        only = match.group("only") is not None or _ONLY.search(match.group("who")) is not None
        if ladder:
            low, high = ladder[0]
            yield *match.span(), [_rung(low, 22) if only else f"able:0-{high}"], True
        who = [name.replace("for:", "can:") for name in names if name.startswith("for:")]
        if who:
            yield *match.span(), who, True
        if "audience:novice" in names:
            yield *match.span(), ["audience:novice"], True
        if only and "audience:expert" in names:
            yield *match.span(), ["audience:expert"], True
    able = [match.span() for match in _ABLE.finditer(text)]
    for pattern in (_IS, _FOR):
        for match in pattern.finditer(text):
            if any(start <= match.end() <= end for start, end in able):
                continue
            end, names = people(text[match.end() :])
            if not names or (pattern is _FOR and not _for_people(match, instruction)):
                continue
            if _BY_NAME.match(text, match.end() + end) and match.group().startswith("address"):
                continue  # how they are called, not for whom it is
            positive = not instruction.denies(match.end() + 1)
            if positive and _BESIDE.search(text) and not _ONLY.search(text):
                names = [name for name in names if name.startswith("for:")]
            elif positive and _ONLY.search(text):
                names = [*names, *(f"only:{one[4:]}" for one in names if one.startswith("for:"))]
            yield match.start(), match.end() + end, names, positive


def _for_people(match: re.Match[str], instruction: Instruction) -> bool:
    """Tell 'write for experts' from 'for experts' somewhere in a clause about something else."""
    said = match.group()
    if re.fullmatch(r"(?:for|to|by) ", said):
        return bool(instruction.lead)
    return not re.search(
        r"\b(?:contact|call for|refer|send|forward|transfer|direct|hand|route|escalate)\b", said
    )


def people(text: str) -> tuple[int, list[str]]:
    """Return where the people end whom a text begins with, and what tells them from others.

    Args:
        text: What follows 'write for', 'readers are', …; folded.
    """
    no_one = re.match(r"\s*(?:\w+ )?(?:who|that) (?:are|is) not (?:a |an )?(?P<who>[\w-]+)", text)
    if no_one is not None:
        return no_one.end(), [f"not:{stem(no_one.group('who'))}"]
    aged = _AGE.match(text.lstrip().removeprefix("a ").removeprefix("an "))
    begin = len(text) - len(_LEAD.sub("", text))
    ends = _ENDS.search(text, begin + 1)
    end = ends.start() if ends is not None else len(text)
    words = [match.group() for match in WORD.finditer(text[begin:end])]
    while words and words[-1] in ("and", "or", "but"):
        words.pop()
    words = words[:5]
    names: list[str] = []
    roots = [stem(word) for word in words]
    for index, root in enumerate(roots):
        for phrase, name in PEOPLE_BY_STEM.get(root, ()):
            if tuple(roots[index : index + len(phrase)]) == phrase:
                names.append(name)
    found = _AGE.search(text[: end + 30])
    names = _adjusted(words, roots, names)
    if (age := aged or found) is not None:
        steps = _age(age)
        names = [name for name in names if not name.startswith("age:")]
        if steps is not None:
            names += [_rung(*steps), *(["audience:novice"] if steps[1] < _SCHOOL_ENDS else [])]
    names += [_rung(*LADDER[name]) for name in names if name in LADDER]
    names = [name for name in names if not name.startswith(("age:", "role"))]
    if "technical" in words:
        names.append("technical_audience")
    if "who" in text[end : end + 4]:
        non = _NOT.match(text, end)
        if non is not None and non.group("who"):
            return non.end(), [f"not:{stem(non.group('who'))}"]
    head = person_named(words)
    if head is not None:
        names.append(f"for:{head}")
    return end, list(dict.fromkeys(names))


def _adjusted(words: list[str], roots: list[str], names: list[str]) -> list[str]:
    """Let the adjectives have their say: a new engineer is no expert, a seasoned cook is one."""
    before = set(roots[:-1])
    if not names and not is_person(words[-1] if words else ""):
        return names  # 'every new table' is no beginner
    if _YOUNG & set(words[:-1]) and not names:
        return ["age:child"]
    if before & _INEXPERIENCED:
        return [*(n for n in names if n != "audience:expert"), "audience:novice"]
    if before & _EXPERIENCED and len(roots) > 1 and roots[-1] not in _AGED:
        return [*(n for n in names if n != "audience:novice"), "audience:expert"]
    if len(set(names)) > 1 and "audience:novice" in names and "audience:expert" in names:
        return [name for name in names if not name.startswith("audience")]
    return names


def _level(name: str) -> tuple[int, int] | None:
    if name in LEVELS:
        return LEVELS[name]
    if (grade := re.fullmatch(r"grade (\w+)|(\w+)[- ]grade", name)) is not None:
        number = number_of(grade.group(1) or grade.group(2))
        return (
            (int(number), int(number)) if number is not None else LEVELS.get(name.replace(" ", "-"))
        )
    return LEVELS.get(name.replace(" ", "-"))


def _age(match: re.Match[str]) -> tuple[int, int] | None:
    if match.group("over"):
        return _ADULT if int(match.group("over")) > _SCHOOL_AGE else None
    exact = match.group("age") or match.group("aged") or match.group("is")
    number = number_of(exact or match.group("under") or "")
    if number is None:
        return None
    years = max(0, int(number) - 5)
    return (years, years) if exact else (0, years)


_SCHOOL_ENDS, _SCHOOL_AGE = 12, 17
_ADULT = (13, 22)


def _rungs(low: int, high: int) -> list[str]:
    """Return what a step of schooling says of age and of knowledge."""
    expert = ["audience:expert"] if low > _SCHOOL_ENDS else []
    return [_rung(low, high), *expert, *(["audience:novice"] if high < _SCHOOL_ENDS else [])]


def _rung(low: int, high: int) -> str:
    return f"ladder:{low}-{high}"
