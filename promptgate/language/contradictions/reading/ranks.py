"""Read what counts more than what, who wins where two disagree, and whose turn comes first.

'X outranks Y', 'where X and Y differ, follow X', 'never sacrifice X for Y' and 'no Y may override
X' say the same and are read as the same claim. A turn is a place in a queue or a ranking.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has, Over, Policy, Turn
from promptgate.language.contradictions.reading.nouns import canonical_words
from promptgate.language.contradictions.words.lexicon import canonical, canonical_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction

_ABOVE = r"""(?:(?:is|are|matters?|counts?|weighs?|counting)\ (?:always\ |far\ |much\ |twice\ as\ )?
        (?:more|much)(?:\ (?:important|valuable|relevant|urgent))?\ (?:than|as)
        |(?:always\ )?(?:takes?|has|have|gets?|is\ given|must\ take)\ (?:precedence|priority)\ over
        |(?:always\ |must\ )?(?:comes?|goes?|ranks?|is|are)\ (?:before|above|ahead\ of|higher\ than)
        |(?:always\ )?(?:overrides?|outranks?|trumps?|beats?|outweighs?|supersedes?|overrules?
          |prevails?\ over|wins?\ (?:out\ )?over))"""
_OVER = re.compile(
    rf"""^(?P<a>.*?)\ {_ABOVE}\ (?P<b>.*)$
      | \b(?:put|place|rank)\ (?P<a2>.*?)\ (?:before|above|ahead\ of|over)\ (?P<b2>.*)$
      | \b(?:prefer|favou?r|choose|value|prioriti[sz]e|obey|follow|honou?r)\ (?P<a3>.*?)\ (?:over
        |to|above|before|rather\ than)\ (?P<b3>.*)$""",
    re.VERBOSE,
)
_LESS = re.compile(
    r"^(?P<b>.*?) (?:is|are|ranks?|comes?|counts?)"
    r" (?:less important than|secondary to|subordinate to"
    r"|of lower priority than|below|behind|less than|second to|after) (?P<a>.*)$"
)
_TOP = re.compile(
    r"""(?<!second\ )(?<!third\ )(?<!next\ )\b(?:top|first|highest|main
        |number\ one|most\ important|primary|overriding|foremost
        |chief)\ (?:\w+\ )?(?:priority|goal|aim|concern|objective|duty|thing|consideration
        |value|task|job|purpose|mission|focus)
        \ (?:is|must\ be|should\ be|remains)\ (?:to\ )?(?P<a>.*)$
      | ^\W*(?P<b>(?:[\w'-]+\ ){1,4}?)(?:is|must\ be|remains)\ (?:always\ )?your\ (?:top|first
        |highest|main|number\ one|most\ important|primary|overriding)\ (?:\w+\ )?(?:priority|goal
        |aim|concern|objective|duty)
      | ^\W*(?P<h>(?!first|\w+\ (?:comes?|goes|go|ranks?)\b)[\w'-]+(?:\ [\w'-]+)?)\ first\W*$
      | ^\W*(?P<i>(?:[\w'-]+\ ){1,4}?)(?:is|are)\ (?:always\ )?the\ (?:single\ )?(?:most\ important
        |top|highest|number\ one|first|overriding)\ (?:thing|priority|goal|consideration|concern)\b
      | \babove\ all(?:\ else)?,?\ (?P<c>.*)$
      | ^\W*(?P<d>(?:[\w'-]+\ ){1,5}?)(?:always\ |must\ |should\ |must\ always\ )?(?:comes?|goes|go
        |ranks?)\ (?:first|before\ (?:everything|all|anything)(?:\ else|\ other\ \w+)?|above
        \ (?:everything|all)(?:\ else)?)\b
      | \bnothing\ (?:[\w' ]*?\ )?(?:is\ more\ important|matters\ more|is\ above|ranks\ above
        |ranks\ higher|comes\ before|goes\ before|takes\ priority\ over)(?:\ than)?\ (?P<e>.*)$
      | \bput\ (?P<f>(?:[\w']+\ ){1,3}?)(?:first|above\ (?:all|everything)(?:\ else)?)\b
      | ^\W*(?P<g>(?:[\w'-]+\ ){1,3}?)(?:is|takes|has|outranks?|outweighs?|beats
      |trumps)\ (?:absolute
        \ |top\ )?(?:paramount|precedence|priority|everything|anything|all)(?:\ else)?(?:\ over
        \ (?:everything|all)\b.*)?\W*$""",
    re.VERBOSE,
)
_DISAGREE = r"""(?:conflicts?|contradicts?|clash(?:es)?|collides?|disagrees?|competes?|differs?
|diverges?
    |do\ not\ (?:agree|match)|don't\ (?:agree|match)|are\ at\ odds|are\ in\ conflict|pull\ apart
    |point\ in\ different\ directions|say\ different\ things)"""
_WHERE_THEY_DISAGREE = re.compile(
    rf"""^\W*(?:if|when(?:ever)?|where(?:ver)?|should|in\ case|whenever)\ (?P<parties>[^,;]*?)
        \ (?:ever\ )?{_DISAGREE}\b[^,;]*?[,;]\ *(?:then\ )?(?P<said>.*)$
      | ^(?P<said2>.*?),?\ (?:if|when(?:ever)?|where(?:ver)?)\ (?P<parties2>[^,;]*?)\ {_DISAGREE}\b
      | ^\W*(?:forced|if\ (?:you\ (?:have|are\ forced|must)|forced)|when\ (?:you\ have
      |forced))\ ?(?:to
        \ )?(?:pick|choose|decide)\ between\ (?P<parties3>[^,;]*),\ (?P<said3>.*)$
      | ^\W*(?:in\ case\ of|in\ the\ event\ of)\ (?:a\ |any\ )?(?:conflict|clash|contradiction)
        \ between\ (?P<parties4>[^,;]*),\ (?P<said4>.*)$""",
    re.VERBOSE,
)
_CONFLICT = re.compile(
    r"\b(?:if|when|where|should)\b[^,.;]*\b(?P<what>rules|instructions|these|they"
    r"|two(?= of|$| conflict| clash| collide| contradict)"
    r"|guidelines|requirements|goals|both|aims)\b[^,.;]*\b(?:conflict|contradict|clash|collide"
    r"|disagree|compete)|\bin (?:case of|the event of)(?: a)? conflict\b"
)
_DOUBT = re.compile(
    r"\b(?:in case of doubt|(?:if|when|whenever) (?:ever )?in (?:any )?doubt"
    r"|(?:if|when|whenever) you(?: are|'re) (?:unsure|uncertain|not sure|in doubt))\b,? ?"
    r"(?P<said>.*)$"
)
_IN_DOUBT = {
    canonical(verb): name
    for name, verbs in {
        "ask": "ask check confirm clarify inquire enquire consult verify",
        "decide": "guess decide assume choose act go proceed answer improvise pick continue",
        "leave": "skip refuse decline stop omit leave escalate wait",
    }.items()
    for verb in verbs.split()
}
_THE_TWO = re.compile(r"^\W*(?:the two|they|both|these|these two|them|the latter|those)\b")
_LOSING = re.compile(
    r"\b(?:sacrifice|ignore|drop|disregard|set aside|give up|overrule|forgo|neglect|let go of)\b"
)
_BETWEEN = re.compile(r" and | or |, | with | versus | from ")
_FIRST = re.compile(r"\b(?:first|earlier|former|higher|upper|above|original|initial)\b")
_LAST = re.compile(r"\b(?:last|later|latter|lower|below|most recent|latest|newest|newer)\b")
_RULE_WINS = re.compile(
    r"\b(?P<which>first|earlier|earliest|last|later|latest|newer|newest"
    r"|most recent) (?:\w+ )?(?:instruction"
    r"|rule|request|message|order)s? (?:wins?|prevails?|counts?|applies|takes? precedence"
    r"|overrides?)\b"
)
_CHANGED = re.compile(
    r"\b(?:go with|follow|obey|carry out|use|apply|take|trust|honou?r|stick to|keep to)"
    r" (?:the |their |his |her )?(?:user's |customer's )?(?:\w+ )??(?P<which>first|earlier|earliest"
    r"|original|initial|last|later|latest|newer|newest|most recent)"
    r" (?:instruction|rule|request|message|order|change|version|answer|wish|statement|one)s?\b"
)
_WHICH = dict.fromkeys(("first", "earlier", "earliest", "original", "initial"), "first") | (
    dict.fromkeys(("last", "later", "latest", "newer", "newest", "most recent"), "last")
)
_TRADE = re.compile(
    r"\b(?P<never>never |do not |don't )?(?:sacrifice|compromise|trade|give up|risk)"
    r" (?:a little |some |any |the )?(?P<a>[\w' -]+?) (?:for|in favou?r of|to gain) (?P<b>[\w' -]+)"
)
_GIVE_UP = re.compile(
    r"\b(?:give up|sacrifice|trade away|compromise on)(?: a little| some)? (?P<a>[\w' -]+)"
)
_EQUAL = re.compile(
    r"\b(?:give|treat|weigh|count|rank)\b (?P<a>[\w' -]+?) and (?P<b>[\w' -]+?)"
    r" (?:the same weight|equal weight|equally|as equals|the same importance|equal importance)"
)
_LEADING = re.compile(r"^\W*(?:in|for|at|during|under|as|on|with|among)\b [^,;]*, ")
_ASIDE = re.compile(
    r",? (?:even|whatever|no matter|including|regardless|not even)\b.*$|,? but\b.*$"
    r"|,? (?:always|at all times|in every case|in all cases|without exception|too|please)$"
    r"|, [\w' ]+ included$"
)
_NO_SUBJECT = re.compile(
    r"^\W*no (?P<a>[\w' -]+?) (?:may|can|must|should|will) (?:ever )?(?P<rest>.*)$"
)
_QUEUE = r"""(?:handle|serve|answer|deal\ with|treat|process|take|call|see|help|put|move|show|list
|place
    |rank|sort|work\ on|reply\ to|attend\ to|do|leave|keep|bring|let|start\ with|tackle|solve
    |ship)"""
_IN_FRONT = r"""(?:first|before\ (?:all|any|every)(?:one|thing|body)?(?:\ the
|\ of\ the)?\ ?(?:others?|else
    |other\ [\w-]+|rest)?|(?:at|to)\ the\ (?:very\ )?(?:top|front|head)|ahead\ of\ (?:all|every
    |any|other)
    |highest|on\ top|up\ front|jump\ the\ queue|above\ (?:all|every|any)
    |in\ before\ anyone(?:\ else)?)\b"""
_BEHIND = r"""(?:last|after\ (?:all|every)(?:one|thing|body)?(?:\ the)?\ ?(?:others?|else
|other\ [\w-]+|rest)
    |(?:at|to)\ the\ (?:very\ )?(?:bottom|end|back)|lowest|(?:until|till|once)\ (?:all\ )?(?:the\ )?
    (?:others?|rest|everything\ else|everyone\ else)\b|behind\ (?:all|every))"""
_TURNS = tuple(
    (place, re.compile(pattern, re.VERBOSE))
    for place, where in (("first", _IN_FRONT), ("last", _BEHIND))
    for pattern in (
        rf"^\W*(?:always\ )?{_QUEUE}\ (?P<what>[^,;]*?)(?:\ in)?\ {where}",
        rf"""^\W*(?P<what>[^,;]*?)\ (?:(?:must|should|always|has\ to|have\ to|is\ to
        |are\ to)\ )*
        (?:go|goes|come|comes|belongs?|ranks?|is|are|be|waits?|stands?|appears?|gets?)
        (?:\ always)?(?:\ handled|\ served|\ answered|\ treated|\ processed|\ placed|\ put|\ listed
        |\ shown|\ dealt\ with|\ done|\ moved|\ seen|\ to\ wait)?\ {where}""",
    )
)
_SERVED = re.compile(
    r"\b(?:handl|serv|answer|deal|treat|process|tak|call|see|seen|help|repl|attend|work|first)\w*"
)
_WHOLE_QUEUE = re.compile(r"\bqueue\b|\b(?:all|every|any)(?:one|thing|body)?\b")
_AHEAD = re.compile(rf"^\W*{_QUEUE}\ (?P<what>[^,;]*?)\ (?:ahead\ of|before)\ ", re.VERBOSE)
_ARRIVAL = re.compile(
    r"\bin (?:the )?(?:strict |exact )?order (?:of arrival|(?:in which |that )?(?:they|the \w+)"
    r" (?:arrive|arrived|came|come|wrote|were|are|reach|joined|call))"
    r"|\bfirst[- ]come,? first[- ]served\b|\bby time of arrival\b|\bin the order of arrival\b"
    r"|\bstrictly in the order\b|\boldest first\b|\bin chronological order of arrival\b"
)
_ANYTHING = frozenset({"*"})
_EARLY = frozenset({"earlier", "first", "former"})
_LATE = frozenset({"later", "last", "latter", canonical("latest")})
_OF_RULES = _EARLY | _LATE | canonical_set("instruction rule one any user request")
_RULES = canonical_set(
    "rule instruction request guideline requirement goal aim message wish two both ever these they"
)
_MAYBE = re.compile(
    r"first|last|later|earli|arriv|order|before|above|ahead|over|than|priorit|preceden|rank|beat"
    r"|trump|weigh|import|paramount|top|front|high|low|prefer|favo|choose|value|conflict|contradict"
    r"|clash|collid|disagree|compet|differ|diverge|odds|match|doubt|sure|certain|sacrific|compromis"
    r"|trade|give up|risk|equal|same|queue|until|after|behind|below|secondary|subordinate|win"
    r"|prevail|supersede|latest|newe|between|obey|follow|honou|goal|duty|main|count|chief|forced"
)
_EMPTY = canonical_set("let always be thing everything anything goal goals little single user's")
_LIGHT = canonical_set("always be still please")


def ranks(
    instruction: Instruction, before: Instruction | None
) -> Iterator[Over | Policy | Turn | Has]:
    """Yield what an instruction puts above or before what.

    Args:
        instruction: The clause.
        before: The clause before it, of which 'when the two differ' speaks.
    """
    if _MAYBE.search(instruction.quoted) is None:
        return
    whole = " ".join(instruction.quoted.split()).strip(" .!*_-")
    if (doubt := _DOUBT.search(whole)) is not None:
        yield from _in_doubt(instruction, doubt.group("said") or whole[: doubt.start()])
        return
    if (clash := _WHERE_THEY_DISAGREE.search(whole)) is not None:
        yield from _winner(instruction, clash, before)
        return
    if (found := _CONFLICT.search(whole)) is not None:
        said = whole[found.end() :]
        yield Policy(instruction, "priority", _which(said) or canonical_words(said))
        return
    if (rule := _RULE_WINS.search(whole) or _CHANGED.search(whole)) is not None:
        yield Policy(instruction, "priority", frozenset({_WHICH[rule.group("which")]}))
        return
    yield from _turns(instruction, _LEADING.sub("", whole))
    yield from _priorities(instruction, _LEADING.sub("", whole))


def _which(said: str) -> Words:
    if _FIRST.search(said):
        return frozenset({"first"})
    return frozenset({"last"}) if _LAST.search(said) else frozenset()


def _in_doubt(instruction: Instruction, said: str) -> Iterator[Has]:
    """Yield what is done in doubt: to ask, to decide or to leave it."""
    done = [_IN_DOUBT[word] for word in map(canonical, said.split()) if word in _IN_DOUBT]
    if done:
        denied = re.search(r"\b(?:not|never|without)\b|n't\b", said) is not None
        names = frozenset({f"doubt:{done[-1] if denied else done[0]}"})
        yield Has(instruction, "priority", names, said, True, None, frozenset())


def _winner(
    instruction: Instruction, clash: re.Match[str], before: Instruction | None
) -> Iterator[Over | Policy]:
    """Yield who wins where two disagree."""
    groups = clash.groupdict()
    said = next(v for k, v in groups.items() if k.startswith("said") and v is not None)
    named = next(v for k, v in groups.items() if k.startswith("parties") and v is not None)
    parties = [canonical_words(one) for one in _BETWEEN.split(named)]
    if _THE_TWO.match(named) and before is not None:
        parties = _parties(before)
    winner = _which(said) if len(parties) != 2 else frozenset()
    words = canonical_words(said)
    of_rules = len(parties) == 2 or canonical_words(named) <= _RULES
    if of_rules:
        yield Policy(instruction, "priority", winner or words)
    if len(parties) != 2:
        return
    free = replace(instruction.when, condition=None, said="")
    instruction = replace(instruction, when=free)
    a, b = parties[0] - parties[1] or parties[0], parties[1] - parties[0] or parties[1]
    if bool(a & words) == bool(b & words):
        return
    first, second = (a, b) if a & words else (b, a)
    if _LOSING.search(said):
        first, second = second, first
    yield Over(instruction, "priority", first, second)


def _parties(before: Instruction) -> list[Words]:
    """Return the two that a clause compares, or lets disagree."""
    whole = " ".join(before.quoted.split()).strip(" .!*_-")
    if (clash := _WHERE_THEY_DISAGREE.search(whole)) is not None:
        named = next(
            v for k, v in clash.groupdict().items() if k.startswith("parties") and v is not None
        )
        return [canonical_words(one) for one in _BETWEEN.split(named)]
    return [
        side
        for claim in _priorities(before, whole)
        if isinstance(claim, Over) and claim.second
        for side in (claim.first, claim.second)
    ]


def _turns(instruction: Instruction, whole: str) -> Iterator[Turn]:
    """Yield the places in a queue or a ranking."""
    if instruction.denies(0) or re.search(r"\b(?:never|(?<!or )not|nothing|no)\b|n't\b", whole):
        return
    if _ARRIVAL.search(whole) and _SERVED.search(whole):
        words = canonical_words(_ARRIVAL.sub(" ", whole))
        yield Turn(instruction, "priority", "arrival", words, True)
        return
    for place, pattern in _TURNS:
        if (match := pattern.search(whole)) is not None:
            words = canonical_words(match.group("what")) - _LIGHT
            if words:
                whole_queue = _WHOLE_QUEUE.search(match.group()) or _WHOLE_QUEUE.search(whole)
                yield Turn(instruction, "priority", place, words, whole_queue is not None)
            return
    if (ahead := _AHEAD.search(whole)) is not None:
        words = canonical_words(ahead.group("what")) - _LIGHT
        yield Turn(instruction, "priority", "ahead", words, False)


def _priorities(instruction: Instruction, whole: str) -> Iterator[Over | Policy]:
    traded = _TRADE.search(whole)
    if traded is not None:
        a, b = canonical_words(traded.group("a")), canonical_words(traded.group("b"))
        yield Over(instruction, "priority", *((a, b) if traded.group("never") else (b, a)))
        return
    if (given := _GIVE_UP.search(whole)) is not None:
        words = canonical_words(given.group("a"))
        if not instruction.denies(given.start()):
            yield Over(instruction, "priority", _ANYTHING, words)
        return
    if (equal := _EQUAL.search(whole)) is not None:
        a, b = (_without_one(equal.group(side)) for side in "ab")
        yield Over(instruction, "priority", a, b, equal=True)
        return
    if "nothing but" in whole:
        return
    whole = _ASIDE.sub("", whole)
    nobody = _NO_SUBJECT.match(whole)
    if nobody is not None:
        whole = f"{nobody.group('a')} {nobody.group('rest')}"
    if nobody is None and (match := _TOP.search(whole)) is not None:
        if not instruction.denies(match.start()) or "nothing" in match.group():
            said = next(group for group in match.groups() if group is not None)
            words = canonical_words(said) - _EMPTY
            if words:
                yield Over(instruction, "priority", words, frozenset())
        return
    sides = _sides(whole)
    if sides is None:
        return
    first, second = sides
    if nobody is not None or re.search(r"\b(?:never|not|cannot)\b|n't", whole):
        first, second = second, first
    yield from _over(instruction, first, second)


def _sides(whole: str) -> tuple[str, str] | None:
    """Return what counts more and what counts less."""
    less = _LESS.search(whole)
    match = _OVER.search(whole)
    if less is not None:
        return less.group("a"), less.group("b")
    if match is None:
        return None
    groups = [group for group in match.groups() if group is not None]
    if match.group("a3") and " to " in match.group() and match.group("a3").count(" ") >= 3:
        return None
    return groups[0], groups[1]


def _over(instruction: Instruction, first: str, second: str) -> Iterator[Over | Policy]:
    a, b = _without_one(first), _without_one(second)
    if (a | b) <= _OF_RULES and a & _EARLY and b & _LATE:
        yield Policy(instruction, "priority", frozenset({"first"}))
    elif (a | b) <= _OF_RULES and a & _LATE and b & _EARLY:
        yield Policy(instruction, "priority", frozenset({"last"}))
    whole = re.search(r"\b(?:everything|all else|anything else|all other)\b", second)
    if a and b and not whole:
        yield Over(instruction, "priority", a, b)
    elif a:
        yield Over(instruction, "priority", a, frozenset())


def _without_one(text: str) -> Words:
    """Return the words of 'foreign ones' without the 'ones'; 'the first one' is itself."""
    words = canonical_words(text) - canonical_set("not never always may can let")
    return words if words & {"first", "last", "second"} else words - {"one"}
