"""Read orders: what counts more than what, what comes before what, and where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Over, Place, Policy, Sequence
from promptgate.language.contradictions.lexicon import canonical, canonical_set
from promptgate.language.contradictions.nouns import canonical_words, part_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_OVER = re.compile(
    r"""^(?P<a>.*?)\ (?:(?:is|are|matters?|counts?|weighs?)\ (?:always\ |far\ |much\ )?
        more(?:\ (?:important|valuable|relevant|urgent))?\ than
        |(?:always\ )?(?:takes?|has|have|gets?|is\ given|must\ take)\ (?:precedence|priority)\ over
        |(?:always\ |must\ )?(?:comes?|goes?|ranks?)\ (?:before|above|ahead\ of)
        |(?:always\ )?(?:overrides?|outranks?|trumps?|beats?|outweighs?|supersedes?
          |prevails?\ over|wins?\ over)
        |(?:is|are)\ (?:above|secondary\ to(?=\0)))\ (?P<b>.*)$
      | \b(?:put|place|rank)\ (?P<a2>.*?)\ (?:before|above|ahead\ of|over)\ (?P<b2>.*)$
      | \b(?:prefer|favou?r|choose|value|prioriti[sz]e)\ (?P<a3>.*?)\ (?:over|to|above|before
        |rather\ than)\ (?P<b3>.*)$""",
    re.VERBOSE,
)
_LESS = re.compile(
    r"^(?P<b>.*?) (?:is|are) (?:less important than|secondary to|subordinate to"
    r"|of lower priority than) (?P<a>.*)$"
)
_TOP = re.compile(
    r"""(?<!second\ )(?<!third\ )(?<!next\ )\b(?:top|first|highest|main
        |number\ one|most\ important|primary|overriding|foremost
        |chief)\ (?:\w+\ )?(?:priority|goal|aim|concern|objective|duty|thing|consideration
        |value|task|job|purpose|mission|focus)
        \ (?:is|must\ be|should\ be|remains)\ (?P<a>.*)$
      | ^\W*(?P<b>(?:[\w'-]+\ ){1,4}?)(?:is|must\ be|remains)\ (?:always\ )?your\ (?:top|first
        |highest|main|number\ one|most\ important|primary|overriding)\ (?:\w+\ )?(?:priority|goal
        |aim|concern|objective|duty)
      | ^\W*(?P<h>(?!first|\w+\ (?:comes?|goes|go|ranks?)\b)[\w'-]+(?:\ [\w'-]+)?)\ first\W*$
      | ^\W*(?P<i>(?:[\w'-]+\ ){1,4}?)(?:is|are)\ (?:always\ )?the\ (?:single\ )?(?:most\ important
        |top|highest|number\ one|first|overriding)\ (?:thing|priority|goal|consideration|concern)\b
      | \babove\ all(?:\ else)?,?\ (?P<c>.*)$
      | ^\W*(?P<d>(?:[\w'-]+\ ){1,5}?)(?:always\ |must\ |should\ |must\ always\ )?(?:comes?|goes|go
        |ranks?)\ (?:first|before\ (?:everything|all|anything)(?:\ else)?|above\ (?:everything
        |all)(?:\ else)?)\b
      | \bnothing\ (?:is\ more\ important|matters\ more|is\ above)\ than\ (?P<e>.*)$
      | \bput\ (?P<f>\w+)\ first\b
      | ^\W*(?P<g>(?:[\w'-]+\ ){1,3}?)(?:is|takes|has)\ (?:absolute\ |top\ )?(?:paramount
        |precedence|priority)(?:\ over\ (?:everything|all)\b.*)?\W*$""",
    re.VERBOSE,
)
_CONFLICT = re.compile(
    r"\b(?:if|when|where|should)\b[^,.;]*\b(?P<what>rules|instructions|these|they"
    r"|two(?= of|$| conflict| clash| collide| contradict)"
    r"|guidelines|requirements|goals|both|aims)\b[^,.;]*\b(?:conflict|contradict|clash|collide"
    r"|disagree|compete)|\bin (?:case of|the event of)(?: a)? (?:conflict|doubt)|\b(?:if"
    r"|when) in doubt\b"
)
_FIRST = re.compile(r"\b(?:first|earlier|former|higher|upper|above)\b")
_LAST = re.compile(r"\b(?:last|later|latter|lower|below|most recent|latest)\b")
_RULE_WINS = re.compile(
    r"\b(?P<which>first|earlier|earliest|last|later|latest|newer|newest"
    r"|most recent) (?:\w+ )?(?:instruction"
    r"|rule|request|message|order)s? (?:wins?|prevails?|counts?|applies|takes? precedence"
    r"|overrides?)\b"
)
_WHICH = dict.fromkeys(("first", "earlier", "earliest"), "first") | dict.fromkeys(
    ("last", "later", "latest", "newer", "newest", "most recent"), "last"
)
_AT_ONCE = re.compile(
    r"\b(?:immediately|right away|at once|straight ?away|instantly|without (?:waiting|delay"
    r"|asking|confirmation|hesitation)|directly|as the first thing)\b"
)
_BEFORE = re.compile(r"^(?P<a>.+?),? (?:before|prior to|ahead of) (?P<b>.+)$")
_BEFORE_LED = re.compile(r"^\W*(?:before|prior to) (?P<b>[^,]+), (?P<a>.+)$")
_AFTER = re.compile(
    r"^(?P<b>.+?),? (?:after|once|only when|only after|only once|not until) (?P<a>.+)$"
)
_AFTER_LED = re.compile(r"^\W*(?:after|once) (?P<a>[^,]+), (?P<b>.+)$")
_FIRST_THEN = re.compile(
    r"^\W*(?:first,? )?(?P<a>.+?)(?: first)?(?:,| and)+ (?:and )?(?:only )?(?:then|afterwards"
    r"|after that)\b,? ?(?P<b>.+)$"
)
_FIRST_AFTERWARDS = re.compile(
    r"^\W*(?P<a>.+?) first(?:,| and)(?: and)?(?: only)?(?: then)? (?P<b>.+?)"
    r"(?: afterwards?| later| second)?$"
)
_START = re.compile(
    r"\b(?:begin|start|open|lead)s?(?:ing)?(?: (?:your|the|every|each|all|an?|any|off|out|answers?"
    r"|replies|reply|responses?|messages?|conversations?|texts?|emails?|e-mails?|letters?|it))*"
    r" (?:with|by) (?P<a>[^,;]*)"
    r"|\b(?:put|place|state|give|write|show|ask(?: for)?|request|mention|explain|list|name"
    r"|present|tell) (?P<b>[^,;]*?) (?:at the (?:very )?(?:start"
    r"|beginning|top)|up front|first)\b"
    r"|\bthe (?:very )?first (?:thing|sentence|line|part|element|item)(?: (?:in|of) [\w' ]+?)?"
    r" (?:is|must be|should be|has to be|will be) (?P<c>[^,;]*)"
)
_END = re.compile(
    r"\b(?:end|close|finish|conclude|wrap up|sign off)s?(?:ing)?(?: (?!with)\w+){0,4}? (?:with"
    r"|by) (?P<a>[^,;]*)|\b(?:put|place|state|give|write|show|ask(?: for)?|request|mention"
    r"|explain|list|name|present|tell) (?P<b>[^,;]*?) (?:at the (?:very )?(?:end|bottom)|last)\b"
    r"|\bthe (?:very )?last (?:thing|sentence|line|part|element|item)(?: (?:in|of) [\w' ]+?)?"
    r" (?:is|must be|should be|has to be|will be) (?P<c>[^,;]*)"
)
_HANDING = canonical_set("put give present provide state show write place")
_EARLY = frozenset({"earlier", "first", "former"})
_LATE = frozenset({"later", "last", "latter"})
_OF_RULES = _EARLY | _LATE | {canonical("instruction"), canonical("rule"), "one"}
_NOISE = canonical_set(
    """user rule answer reply response always use give before after first begin start end else time
    have ask short brevity brief clear friendliness warm one single clarity sentence paragraph line
    word"""
)


def orders(instruction: Instruction) -> Iterator[Over | Policy | Sequence | Place]:
    """Yield the orders that an instruction sets."""
    whole = instruction.quoted.strip(" .!*_-\n")
    if _CONFLICT.search(whole):
        said = whole[_CONFLICT.search(whole).end() :]  # type: ignore[union-attr]  # it was found
        winner = {"first"} if _FIRST.search(said) else {"last"} if _LAST.search(said) else set()
        words = frozenset(winner) or canonical_words(said)
        yield Policy(instruction, "priority", words)
        return
    if (rule := _RULE_WINS.search(whole)) is not None:
        yield Policy(instruction, "priority", frozenset({_WHICH[rule.group("which")]}))
        return
    yield from _priorities(instruction, whole)
    yield from _sequences(instruction, whole)
    for pattern, at_start in ((_START, True), (_END, False)):
        match = pattern.search(instruction.text)
        if match is None or instruction.denies(match.start()) or instruction.is_foreign:
            continue
        said = match.group("a") or match.group("b") or match.group("c") or ""
        said = re.sub(r"\b(?:that|which|who|without|by|of|to|in|for|and)\b.*", "", said)
        words = canonical_words(said) - _NOISE
        if words:
            part = part_named(match.group())
            target = None if part is not None and canonical(part) in words else part
            yield Place(instruction, "time", at_start, words, match.group().strip(), target)


def _priorities(instruction: Instruction, whole: str) -> Iterator[Over | Policy]:
    if (match := _TOP.search(whole)) is not None:
        if not instruction.denies(match.start()) or "nothing" in match.group():
            said = next(group for group in match.groups() if group is not None)
            words = canonical_words(said) - canonical_set("always be")
            if words:
                yield Over(instruction, "priority", words, frozenset())
        return
    less = _LESS.search(whole)
    match = _OVER.search(whole)
    if less is not None:
        first, second = less.group("a"), less.group("b")
    elif match is not None:
        groups = [group for group in match.groups() if group is not None]
        first, second = groups[0], groups[1]
        if match.group("a3") and " to " in match.group() and not match.group("a3").count(" ") < 3:
            return
    else:
        return
    a, b = _without_one(first), _without_one(second)
    if (a | b) <= _OF_RULES and a & _EARLY and b & _LATE:
        yield Policy(instruction, "priority", frozenset({"first"}))
    elif (a | b) <= _OF_RULES and a & _LATE and b & _EARLY:
        yield Policy(instruction, "priority", frozenset({"last"}))
    if a and b and not re.search(r"\b(?:everything|all else|anything else|all other)\b", second):
        yield Over(instruction, "priority", a, b)
    elif a:
        yield Over(instruction, "priority", a, frozenset())


def _without_one(text: str) -> frozenset[str]:
    """Return the words of 'foreign ones' without the 'ones'; 'the first one' is itself."""
    words = canonical_words(text)
    return words if words & {"first", "last", "second"} else words - {"one"}


def _step(text: str) -> frozenset[str]:
    """Return the words of a step; 'give the answer' is the answer."""
    words = canonical_words(text)
    return words - _HANDING or words


def _sequences(instruction: Instruction, whole: str) -> Iterator[Sequence]:
    if instruction.is_foreign or (instruction.denies(0) and _AT_ONCE.search(whole)):
        return
    for pattern in (
        _BEFORE_LED, _BEFORE, _AFTER_LED, _AFTER, _FIRST_THEN, _FIRST_AFTERWARDS
    ):  # fmt: skip
        if (match := pattern.search(whole)) is None:
            continue
        a = _step(re.sub(r"^.*\b(?:do not|don't|never)\b", "", match.group("a")))
        b = _step(match.group("b"))
        if instruction.denies(match.end("a")) and pattern in (_BEFORE, _BEFORE_LED):
            a, b = b, a
        if a and b and not re.search(r"\d", whole):
            yield Sequence(instruction, "time", a, b)
        break
    else:
        if (match := _AT_ONCE.search(whole)) is not None:
            words = canonical_words(whole[: match.start()] + whole[match.end() :])
            yield Sequence(instruction, "time", frozenset(), words, at_once=True)
