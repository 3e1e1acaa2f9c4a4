"""Read what an instruction is limited to, and what goes beyond it: 'refunds and nothing else'.

A limit names what is left: a subject, a thing that is done, a source. A request goes beyond it when
it is of another subject, of another member of the same set (Python, Java), or says that it comes on
top ('too', 'as well').
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Limit, Wish
from promptgate.language.contradictions.reading.nouns import STOP
from promptgate.language.contradictions.reading.themes import Token, tokens, touched
from promptgate.language.contradictions.reading.verbs import phrases
from promptgate.language.contradictions.words.families import LIGHT_NOUNS, PEOPLE, family
from promptgate.language.contradictions.words.lexicon import LANGUAGE_NAMES, canonical
from promptgate.language.contradictions.words.sets import sets_of
from promptgate.language.directives import IMPERATIVE_STEMS
from promptgate.language.stems import stem_set, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction

_ELSE = r"""(?:nothing|nobody|no\ one|none|no\ other(?:\ \w+)?)(?:\ (?:else|more|further|besides
|beyond))?
    |(?:everything|anything|everyone|anyone|all)\ (?:else|other\ \w+)|all\ others?(?:\ \w+)?
    |any\ other\ \w+|the\ rest|no\ outside\ \w+"""
_FORMS = tuple(
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        # 'handle refunds and nothing else', 'correct the spelling and change nothing else'
        rf"^(?P<what>.*?),?\ (?:and|but)\ (?:to\ )?(?:\w+\ )?(?:\w+\ )?(?:{_ELSE})\b.*$",
        # 'discuss no subject but cooking', 'nothing other than'
        r"""^(?P<verb>.*?)\b(?:no\ \w+|nothing|not\ \w+\ (?:anything|any\ \w+))\ (?:but
        |other\ than|except
        |besides|apart\ from|outside(?:\ of)?)\ (?P<what>.*)$""",
        # 'Python, the sole language you may help with'
        r"^(?P<what>.*?),\ (?:which\ is\ )?the\ (?:sole|only|one)\ \w+\ .*$",
        r"^(?P<what>.*?)\ (?:is|are)\ (?:the|your)\ (?:sole|only|one)\ \w+.*$",
        r"^\W*your\ (?:sole|only|one)\ \w+\ (?:is|are)\ (?P<what>.*)$",
        # 'is limited to Lisbon', 'stick to billing questions'
        r"""^(?P<verb>.*?)\b(?:limited|restricted|confined|limit\ (?:yourself|your\ \w+)|restrict
        \ (?:yourself|your\ \w+)|confine\ yourself|stick|keep\ strictly|stay\ strictly)\ (?:to
        |within|on)
        \ (?P<what>.*)$""",
        # 'refuse every question that is not about our software'
        r"""^\W*(?:refuse|decline|reject|ignore)\ .*?\b(?:not\ (?:about|related\ to|on)
        |unrelated\ to
        |outside(?:\ of)?|other\ than|beyond)\ (?P<what>.*)$""",
        # 'only review Python files', 'review Python files only'
        r"^(?P<what>.*?)\ (?:only|alone|exclusively|solely)\W*$",
        r"^(?P<verb>.*?)\b(?:only|exclusively|solely|nothing\ but|purely)\ (?P<what>.*)$",
    )
)
_NO_LIMIT = re.compile(
    r"\b(?:only|alone) (?:if|when|after|once|then|as|before|until|while|where|because|since|by|one"
    r"|two|three|\d+|from (?:mon|tue|wed|thu|fri|sat|sun)\w*)\b|\bnot only\b|\bonly (?:a|an|the)?"
    r" ?(?:few|little|short|brief|first|last)\b|\b(?:after|before|since|until|up to|from) \d"
)
# 'Only with its owner' says how or with whom, not what; 'only from the manual' is a source.
_HOW = re.compile(r"^\W*(?:with|in|on|at|for|to|as|through|via|by|between|during)\b")
_ABOUT_THEM = re.compile(r"\b(?:about|on) (?:them|it|these|this|that)\b")
_ALSO = re.compile(
    r"\b(?:also|too|as well|additionally|besides|in addition|yourself|on top|along with it)\b"
)
_ANYTHING = re.compile(
    r"\b(?:any|every|all|whatever|other) (?:\w+ )??(?:topics?|subjects?|matters?|kinds?)\b"
    r"|\bany (?:\w+ )?questions?\b(?! (?:about|on|regarding|concerning|related|they|you))"
    r"|\b(?:anything|everything|whatever) (?:at all|else|(?:\w+ )?(?:they|users?|customers?) (?:ask"
    r"|want|like|need|wish|raise|bring)\w*)\b|\bgeneral (?:knowledge|trivia|questions|topics)\b"
    r"|\boff-topic\b"
)
_SOURCES = stem_set(
    "document manual file text article page handbook context source material faq base"
)
_OUTSIDE = re.compile(
    r"\b(?:outside|elsewhere|beyond the \w+|general knowledge|own knowledge|world knowledge"
    r"|background knowledge|your memory|from memory|training|what you (?:already )?know"
    r"|other sources"
    r"|the (?:web|internet)|outside knowledge|common knowledge)\b"
)
# Subjects of the world at large; prices or passwords come up whatever one talks about.
_WORLD = frozenset(
    f"t:{name}"
    for name in word_set(
        """medicine law finance taxes politics religion sports weather news cooking travel music
        films books games cars gardening pets fashion jobs school relationships fitness gambling
        astrology history mathematics science programming technology philosophy support
        celebrities art geography"""
    )
) | {"t:home repair", "t:mental health"}
_TALKING = frozenset({"talk", "give", "use"})
_HANDLING = stem_set(
    """answer help discuss talk handle cover respond assist deal reply speak support advise address
    explain tell chat teach tutor recommend suggest give compare describe write do be serve"""
)
_HEADS = stem_set(
    """file question language topic ticket page section part chapter list trip exercise task event
    request case item thing error mistake assistant tutor bot you answer area work matter
    version list department document"""
)
_MAYBE = re.compile(
    r"\b(?:only|alone|sole|solely|exclusively|purely|nothing|nobody|none|else|others?|rest|outside"
    r"|limit|limited|restrict|restricted|confine|confined|stick|strictly|unrelated|not|but|one)\b"
)
_LEADING = re.compile(r"^\W*(?:as|from|in|for|at|on|with)\b [^,]*, (?=\w+ )")
_LED_BY = STOP | word_set("please always must should may can will")
_TO_SOMEBODY = re.compile(r"\b(?:speak|talk|write|refer|listen)\w* (?:to|with) the [\w']+(?: \w+)?")
_OWNS = re.compile(r"^\W*(?:you|it|they|we) (?:have|has)\b")
_DESCRIBES = re.compile(r"\b(?:is|are|was|were)\b")
_OUR = re.compile(r"\bour\b")
_STRICT_FORMS = 7
_LIMITING = stem_set(
    "stick limit restrict confine refuse decline reject ignore keep stay draw rely"
)
_LETTERS = 4
_LANGUAGES = frozenset(canonical(name) for name in LANGUAGE_NAMES)
_STATES = stem_set("have be")


def limits(instruction: Instruction) -> Iterator[Limit]:
    """Yield what an instruction is limited to."""
    if _MAYBE.search(instruction.quoted) is None:
        return
    text = _LEADING.sub("", " ".join(instruction.quoted.split()).strip(" .!"))
    if _NO_LIMIT.search(text) or _OWNS.match(text) or instruction.when.condition is not None:
        return
    for number, pattern in enumerate(_FORMS):
        if (match := pattern.match(text)) is None:
            continue
        said = match.group("what").strip()
        verbs = _verbs(instruction, said)
        things = _things(tokens(said)) - frozenset(map(canonical, verbs)) - verbs
        kept = things - _LANGUAGES or _sources(said)
        described = number >= _STRICT_FORMS and _DESCRIBES.search(said)
        if kept and not _HOW.match(said) and not described:
            themes = frozenset(one.theme for one in touched(tokens(said)))
            strict = number < _STRICT_FORMS or "exclusively" in text
            yield Limit(
                instruction, "scope", verbs - _LIMITING - _STATES, things, themes, strict, said
            )
        return


def _verbs(instruction: Instruction, said: str) -> Words:
    """Return the stems of what is done: the verb that the limit begins with, or the clause."""
    first = next((one.stem for one in tokens(said) if one.word not in _LED_BY), "")
    if first in IMPERATIVE_STEMS:
        return frozenset({first})
    return frozenset(one.verb for one in phrases(instruction))


def _sources(said: str) -> Words:
    return frozenset(one.stem for one in tokens(said)) & _SOURCES


def _things(words: Sequence[Token]) -> Words:
    return frozenset(
        canonical(token.word)
        for token in words
        if token.word not in STOP
        and (token.stem not in LIGHT_NOUNS | PEOPLE | _HEADS or sets_of(canonical(token.word)))
        and not token.word.endswith("ly")
    )


def goes_beyond(wish: Wish, limit: Limit) -> bool:
    """Tell whether a request is of something that a limit leaves out."""
    text = wish.instruction.text
    if wish.inward or not _does_alike(wish, limit):
        return False
    if _sources(limit.said) and _OUTSIDE.search(text):
        return True
    said = tokens(_TO_SOMEBODY.sub(" ", wish.instruction.quoted))
    words = _things(said)
    if _apart(limit.things, words):
        return True
    handles = not limit.verbs or bool(limit.verbs & _HANDLING)
    if _ANYTHING.search(text) and not _ABOUT_THEM.search(text) and handles:
        return not limit.things & words
    if limit.things & words or any(_akin(a, b) for a in limit.things for b in words):
        return False
    themes = frozenset(one.theme for one in touched(said))
    if themes & limit.themes:
        return False
    also = _ALSO.search(text) is not None
    verbs = frozenset(found.verb for found in phrases(wish.instruction))
    if "t:competitors" in themes and _OUR.search(limit.said):
        return True
    if themes & _WORLD and limit.themes and handles and (also or verbs & _HANDLING):
        return True
    if handles and not themes and "yourself" not in text:
        return False
    if _TO_SOMEBODY.search(wish.instruction.quoted):
        return False
    same = bool(_deeds(limit.verbs) & _deeds(verbs))
    return bool(words) and (same or bool(verbs & limit.verbs)) and (also or limit.strict)


def of_one_theme(a: str, b: str) -> bool:
    """Tell whether two clauses, folded, touch one theme: 'cooking' and 'a list for dinner'."""
    first, second = ({one.theme for one in touched(tokens(text))} for text in (a, b))
    return bool(first & second & _WORLD)


def _does_alike(wish: Wish, limit: Limit) -> bool:
    asked = wish.families
    if not limit.verbs or limit.verbs & _HANDLING:
        return True
    named = frozenset(name for verb in limit.verbs for name in family(verb))
    return bool(named & asked) or bool(named & _TALKING) or not asked


def _deeds(verbs: Words) -> Words:
    return frozenset(name for verb in verbs - _STATES for name in family(verb)) - _TALKING


def _apart(limit: Words, words: Words) -> bool:
    """Tell two members of one set: Python and Java, Lisbon and Porto."""
    return any(
        set_ in {other for word in words - limit for other in sets_of(word)}
        and not any(set_ in sets_of(word) for word in words & limit)
        for word in limit
        for set_ in sets_of(word)
    )


def _akin(a: str, b: str) -> bool:
    """Tell words that share their root: 'spelling' and 'misspelt'."""
    return len(a) >= _LETTERS and len(b) >= _LETTERS and (a[:5] in b or b[:5] in a or a[:4] in b)
