"""Tell whether an answer answers the question: gives what the question asks for.

By the question's form: 'when' wants a time, 'how many' a number, 'is …?' a yes, a no or a
statement of the same matter, 'red or green?' one of the two. An answer that only asks, only
repeats the question or says that it does not know answers nothing. English.
"""

from __future__ import annotations

import re

from promptgate.language.facts import content, question_of, values_in
from promptgate.language.folding import fold
from promptgate.language.sentences import sentences
from promptgate.language.stems import stems

_EVASIVE = re.compile(
    r"""\b(?:i|we)(?:'m|\ am|'re|\ are)?\ (?:do\ not|don't|cannot|can't|couldn't|could\ not|not)
        \ (?:really\ |currently\ )?(?:know|say|tell|answer|sure|certain
        |able\ to\ (?:say|tell|answer)
        |have\ (?:any\ |that\ |this\ |enough\ |the\ )*(?:information|details|data|access|answer))
      | \bno\ (?:information|details|data)\ (?:is\ |are\ )?(?:available|given|provided|on|about)
      | \b(?:hard|difficult|impossible)\ to\ say\b | \bi\ have\ no\ idea\b
      | ^\W*(?:it|that)\ (?:all\ )?depends\W*$""",
    re.VERBOSE,
)
_WANTS_TIME = re.compile(
    r"\b(?:(?:since |until |by |from )?when|what time|(?:on |by |until )?(?:which|what) "
    r"(?:day|date|month|year|weekday|time))\b"
)
_WANTS_NUMBER = re.compile(
    r"\bhow (?:many|much|long|often|far|old|tall|large|big|wide|heavy|fast|deep|high)\b"
    r"|\bwhat (?:does|do|did|would|will) .{0,60}\b(?:cost|weigh)\b|\bwhat(?:'s| is) the (?:price"
    r"|cost|number|length|weight|size|age|fee|amount)\b"
)
_TELEPHONE = re.compile(r"\d[\d ()/-]{4,}\d")
_VAGUE_TIME = re.compile(
    r"\b(?:today|tomorrow|yesterday|now|immediately|at once|soon|always|never|daily|weekly"
    r"|monthly|every (?:day|week|month|year)|after|before|once|as soon as|when|while|later"
    r"|morning|afternoon|evening|night|week|month|year|season|spring|summer|autumn|winter)\b"
)
_VAGUE_NUMBER = re.compile(
    r"\b(?:free|nothing|none|no charge|unlimited|any|as (?:many|much|long|often) as|several|both"
    r"|all|every|once|twice|always|never|half|pair|single|no)\b"
)
_YES_NO = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|may|will|would|has|have|must|should|am|shall"
    r"|isn't|aren't|don't|doesn't|can't)\b"
)
_SAYS_YES_NO = re.compile(
    r"^\W*(?:yes|no|yep|nope|sure|certainly|absolutely|of course|correct|right|indeed|exactly"
    r"|unfortunately|sorry|not|never|definitely|true|false)\b"
)
_CHOICE = re.compile(r"\b([\w'-]+) or (?:in |on |at |the |an? |to |for |by |with )*([\w'-]+)")
_SETTLES = re.compile(r"\b(?:both|neither|either|none|all of)\b")


def unanswered(question: str, answer: str) -> str | None:
    """Return why an answer does not answer a question, as a clause; None where it does.

    Args:
        question: What was asked; only its last question counts.
        answer: Not empty.
    """
    asked = question_of(question)
    wanted, said = fold(asked), fold(answer)
    stated = [
        s for a, b in sentences(answer) if (s := answer[a:b]).rstrip()[-1:] not in ("?", "？")
    ]
    if not stated:
        return "only asks"
    if _same_words(asked, answer):
        return "only repeats the question"
    if all(_EVASIVE.search(fold(sentence)) for sentence in stated):
        return "says that it does not know"
    choice = _CHOICE.search(wanted)
    if choice is not None and wanted.rstrip().endswith("?") and _YES_NO.match(wanted):
        return _unchosen(choice, said)
    if _YES_NO.match(wanted):
        matter = content(asked)
        if _SAYS_YES_NO.match(said) or not matter or matter & content(answer):
            return None
        return "neither says yes or no nor speaks of the matter"
    if _WANTS_TIME.search(wanted) and not _gives(answer, ("date", "clock", "time", "plain")):
        return None if _VAGUE_TIME.search(said) else "gives no time"
    if _WANTS_NUMBER.search(wanted) and not values_in(answer):
        number = _TELEPHONE.search(said) or _VAGUE_NUMBER.search(said)
        return None if number else "gives no number"
    return None


def asks_back(answer: str) -> bool:
    """Tell whether an answer asks something, other than whether it can help further."""
    questions = [answer[a:b] for a, b in sentences(answer) if answer[a:b].rstrip()[-1:] in "?？"]
    return any(not _COURTESY.search(fold(one)) for one in questions)


_COURTESY = re.compile(
    r"\b(?:anything else|something else|else (?:i|we) can|further (?:help|questions)|any other"
    r" questions|help you with anything|how (?:can|may) i (?:help|assist))\b"
)


def _gives(answer: str, slots: tuple[str, ...]) -> bool:
    return any(value.slot in slots or value.slot.startswith("count") for value in values_in(answer))


def _same_words(question: str, answer: str) -> bool:
    words = stems(fold(answer))
    return len(words) > 2 and words == stems(fold(question))  # 'Really?' 'Really.'


def _unchosen(choice: re.Match[str], said: str) -> str | None:
    words = set(stems(said))
    if words & set(stems(f"{choice.group(1)} {choice.group(2)}")) or _SETTLES.search(said):
        return None
    return f"chooses neither “{choice.group(1)}” nor “{choice.group(2)}”"
