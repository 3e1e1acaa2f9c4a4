"""Read actions: what is to be done or not to be done, helped with or refused, talked about or
not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Act, Help, Topic
from promptgate.language.contradictions.reading.nouns import canonical_words, object_words
from promptgate.language.contradictions.reading.verbs import (
    SECRETLY,
    Phrase,
    objects,
    phrases,
    verb_phrase,
)
from promptgate.language.contradictions.words.lexicon import (
    CONTACT,
    PERSONAL,
    PERSONAL_DATA,
    canonical_set,
)
from promptgate.language.stems import stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_UNIVERSAL = re.compile(
    r"\b(?:every|all|any|whatever|anything|everything|whichever|each and every)\b"
)
# Which one is meant, only the lines around it say.
_THIS_TOOL = re.compile(
    r"\W*(?:this|that|these|those) (?:function|tool|section|step|feature|method|command|option|mode"
    r"|parameter|api|key|field|flag|value)s?\b"
)
_EVERYTHING = re.compile(r"\W*(?:everything|all of it|all (?:the )?text)\b")
_NOT_IN = re.compile(r"\b(?:that|which) (?:is|are|was|were) not\b|\bnot (?:in|from|found in)\b")
_PERMITS = re.compile(r"\b(?:may|can|allowed|permitted|free to|able to|ok to|fine to)\b")
_MORE_THAN = re.compile(
    r"\b(?:more|less|fewer|longer|other) than\b|\bexceed|\btoo\b|\bonly\b|\b(?:twice|again"
    r"|unnecessar|excessiv|over-?us)"
)
_MANNER = re.compile(
    r"\b(?!only|reply|apply|supply|early|family)\w+ly\b|\b(?:in|with) (?:a|an) \w+ (?:way"
    r"|manner|tone|voice)"
)
_EVERYONE = (
    r"(?:the |your |our |all |every |each |any )*(?:users?|customers?|clients?"
    r"|callers?|people|persons?|everyone|everybody|anyone|visitors?|them|him|her|patients?"
    r"|students?|guests?|readers?)"
).replace(" ", r"\ ")
_ALWAYS_HELP = re.compile(
    rf"""\b(?:always|must)\ (?:\w+ly\ )?(?:help|assist|comply|say\ yes|obey|be\ helpful
        |accommodate|serve)
        (?:\ (?:to|with))?(?:\ {_EVERYONE})?(?:\ (?:requests?|instructions?|wishes
        |orders))?(?=\W*(?:$|,|\band\b|\bwith\ (?:any|every|all|what
          |everything)|\bwhatever|\bno\ matter|\bregardless|\bin\ every|\bin\ all))
      | \bsay\ yes\ to\ (?:everything|every|all|any|whatever)\b
      | \bdo\ (?:whatever|anything|everything|exactly\ what)\ {_EVERYONE}
        \ (?:asks?|says?|wants?|tells?|requests?|demands?|wish(?:es)?)\b
      | \balways\ do\ (?:as|what)\ {_EVERYONE}\ (?:asks?|says?|wants?|tells?|is\ told)\b
      | \balways\ (?:comply\ with|fulfil+|follow|obey|grant|honou?r|accept)\ {_EVERYONE}
        (?:'s|s')\ (?:requests?|instructions?|wish(?:es)?|orders?|commands?|demands?)(?=\W*$)
      | \b(?:help|assist|comply|obey|answer|fulfil+|grant|satisfy|accept|accommodate|honou?r
        |carry\ out|do|respond\ to|execute|follow|provide|give)
        (?:\ {_EVERYONE})?\ (?:with\ |to\ |them\ )?(?:any\b|every\b|all\b|whatever|anything
          |everything|each\ and\ every)
        (?:\ single)?(?=\W*$|[,.;]|\ (?:requests?|questions?|wish(?:es)?|thing|tasks?|orders?
        |demands?|they
          |the|users?|customers?|you|instructions?|that))""",
    re.VERBOSE,
)
_NARROWED = re.compile(
    r"\b(?:about|on|regarding|concerning|related|within|of(?! the (?:user|customer)\b)|from|in"
    r"|that (?:is|are)|which|else"
    r"|other|except|but"
    r"|covered|relevant|legitimate|reasonable|safe|lawful|legal)\b"
)
_REFUSING = re.compile(
    r"""\b(?P<verb>refus\w+|declin\w+|ignor\w+|disregard\w*|reject\w*|turn(?:ing)?\ (?:down
        |away)|say(?:ing)?\ no\b
        |den(?:y|ies|ying)
         |say(?:ing)?\ (?:that\ )?(?:you\ )?(?:cannot|can't|are\ unable|are\ not\ able))"""
    r"(?P<rest>[^,;]*)",
    re.VERBOSE,
)
_NOT_HELPING = re.compile(
    r"\b(?P<verb>help|assist|comply|answer|fulfil+|provide assistance|cooperate|engage"
    r"|respond)\b(?P<rest>[^,;]*)"
)
_REFUSED = re.compile(
    r"\b(?:request|requests|instructions?|commands?|question|questions|unsafe|illegal"
    r"|dangerous|harm\w*|unethical"
    r"|anything|anybody|crim\w+|"
    r"violen\w+|hack\w*|weapon\w*|them|it|politely|such|those|these|inappropriate|abusive"
    r"|tasks?|customers?|users?|orders?|demands?|asks|wishes|people)\b|^ to (?!be\b)\w+ \w|^\W*$"
)
_ONLY_TOPIC = re.compile(
    r"""\b(?:only|exclusively|solely|just)\ (?:\w+ly\ )?(?P<verb>answer|help|discuss|talk|handle
        |cover|respond|assist|deal|reply|speak|address|support)\b(?P<what>.*)
      | \b(?:answer|help|discuss|talk|handle|cover|respond|assist|deal|reply|speak|address
        |support)\b(?:\ \w+){0,2}?\ (?:only|exclusively|solely|nothing\ but
        |nothing\ other\ than)\b(?P<what2>.*)
      | \b(?:stick|keep|confine\ yourself|limit\ yourself|restrict\ yourself|stay)\ (?:to|on
        |within)\ (?P<what3>(?:\w+\ )*(?:questions?|topics?|subjects?|matters?|conversations?
        |requests?)\b.*)
      | \b(?:refuse|decline|never|do\ not|don't|avoid)\b.*?\b(?:anything|topics?|questions?
        |subjects?|matters?)\ (?:other\ than|but|except|besides|outside(?:\ of)?|unrelated\ to
        |not\ (?:about|related\ to))\ (?P<what5>.*)
      | \b(?:questions|topics|requests)\ (?:about|on|regarding)(?P<what4>.*?)\ only\b""",
    re.VERBOSE,
)
_TALK = re.compile(
    r"\b(?:answer|help|discuss|talk|handle|cover|respond|assist|deal|reply|speak|address|chat"
    r"|support|advise)\b(?P<what>.*)"
)
_ANY_TOPIC = re.compile(
    r"\bgeneral (?:questions|topics|knowledge|matters)\b|\b(?:any|all|every|whatever|other"
    r"|unrelated|off-topic)\b(?: \w+){0,2}? ?(?:topics?"
    r"|subjects?|matters?|kinds?|questions?(?! (?:about|on|regarding|concerning|related))"
    r"|thing)\b"
    r"|\b(?:anything|everything|whatever (?:the |your )?\w+ (?:ask|want|like|need"
    r"|wish)\w*(?! about)|no matter (?:what|which) (?:the )?(?:topic|subject))"
)
_ABOUT_THEM = re.compile(r"\b(?:about|on) (?:them|it|these|this|that)\b")
_ALSO = re.compile(
    r"\b(?:also|too|as well|besides|in addition|additionally|other|outside|beyond)\b"
)
_TOPIC_WORDS = canonical_set(
    """question topic subject matter user request help answer discuss talk anything everything other
    also ask relate concern regard respond problem issue customer conversation person limit query"""
)
_ADVERBIAL = re.compile(
    r"\b(?:allowed|permitted|please|word for word|verbatim|step by step|one by one|in full|at all"
    r"|on request)\b"
)
_BY = re.compile(r"(?:\bby|,) (?P<verb>\w+ing)\b")
_WITHOUT = re.compile(r"\bwithout (?P<what>[^,;]*)")
_SAYS_THAT_IT_HAS = re.compile(r"\W*(?:the \w+ )?that you (?:have|had|were given|follow)\b")
_ITSELF = re.compile(r"\b(?:yourself|your own)\b")
_USED_AS = re.compile(r"\bused? (?:as|for)\b")
_LESSENING = stem_set("reduce remove eliminate minimise minimize prevent limit detect fix avoid")
_OTHERS_VIEW = re.compile(r"\w(?:'s|s') (?:opinion|view|stance|feeling)s?\b")
_NONE = re.compile(r"\W*(?:the user |users |them |for )?(?:absolutely )?(?:no|zero)\b")
_ANSWERS = canonical_set("answer reply response message output conversation")
_ANAPHORA = re.compile(
    r"\W*(?:it|them|this|that|these|those|so|one)\b(?! \w+ (?:is"
    r"|are)\b)(?=\W*(?:$|[,;.]|(?:in|to|at|as|for|with|on|from|again|unless|until|out)\b))"
)
_GENERIC = stem_set(
    """be do have use get let take go try act stop answer reply respond write say make give tell
      keep
    provid offer add includ put start begin end handl show follow avoid return any call set
    output"""
)


def actions(instruction: Instruction) -> Iterator[Act | Help | Topic]:
    """Yield what an instruction wants done, refused or talked about."""
    if instruction.is_foreign and not re.search(
        r"\b(?:is|are|be) (?:not |never |strictly )*\w+|n't", instruction.text
    ):
        return
    yield from _help(instruction)
    if not instruction.is_foreign:
        yield from _topic(instruction)
    for found in phrases(instruction):
        denied = instruction.denies(found.start)
        for text in objects(found.object_text) if denied else (found.object_text,):
            one = replace(found, object_text=text)
            if (act := _act(instruction, one)) is None:
                continue
            yield act
            by = _BY.search(one.object_text) if act.positive else None
            if by is not None and (inner := verb_phrase(one, by)) is not None:
                means = _act(instruction, inner)
                if means is not None:
                    yield means


def _is_no_act(text: str, found: Phrase, positive: bool) -> bool:
    """Tell a phrase that asks for nothing, or forbids only a part: 'do not repeat it too often'."""
    said = found.object_text
    if _THIS_TOOL.match(said):
        return True
    if positive:
        told = _SAYS_THAT_IT_HAS.match(said) or _OTHERS_VIEW.search(said)
        return bool(told) or found.verb in _LESSENING
    return bool(
        _NOT_IN.search(said) or _USED_AS.search(text) or _MORE_THAN.search(text[found.start :])
    )


def _act(instruction: Instruction, found: Phrase) -> Act | None:
    text = instruction.text
    positive = not instruction.denies(found.start) and SECRETLY not in found.groups
    if positive and _NONE.match(found.object_text):
        positive = False
    if _is_no_act(text, found, positive):
        return None
    object_text = _ADVERBIAL.sub(" , ", found.object_text)
    stripped = re.sub(
        r"\b(?:instead of|rather than|without|but not|not)\b[^,;]*", " , ", object_text
    )
    alone = _WITHOUT.search(object_text)
    without = object_words(alone.group("what"))[0] if alone is not None else frozenset()
    quotes = re.findall(r"[\"“][^\"”]+[\"”]", instruction.quoted)
    stripped = (
        re.sub(r"(?<=\w) for\b.*", "", stripped)
        if positive and "ask" not in found.groups
        else object_text
    )
    words, heads = object_words(stripped)
    if _ITSELF.search(stripped):
        words, heads = words | {"yourself"}, heads | {"yourself"}
    words |= frozenset(quotes)
    heads |= frozenset(quotes)
    if positive and (PERSONAL & heads or CONTACT & words):
        words, heads = words | PERSONAL_DATA, heads | PERSONAL_DATA
    words, heads = words - _ANSWERS or words, heads - _ANSWERS or heads
    anaphoric = _ANAPHORA.match(object_text) is not None
    vague = anaphoric or (bool(words) and words <= _ANSWERS)
    if not positive and vague and not quotes:
        return None
    if not words and found.verb in _GENERIC:
        return None
    universal = bool(_UNIVERSAL.search(object_text)) and positive
    permits = bool(_PERMITS.search(text[: found.start])) and positive
    said = f"{text[found.start :].strip(' .!')}"
    kind = "permission"
    if "tell" in found.groups and "grant" not in found.groups and not permits:
        kind = "scope"
    return Act(
        instruction,
        kind,
        found.verb,
        found.groups,
        words,
        heads,
        without,
        positive,
        permits,
        universal,
        positive and _EVERYTHING.match(object_text) is not None,
        said,
    )


def _help(instruction: Instruction) -> Iterator[Help]:
    text = instruction.text
    if (match := _REFUSING.search(text)) is not None:
        bare = not _NARROWED.search(match.group("rest")) and not _MANNER.search(match.group("rest"))
        if instruction.denies(match.start()):
            if bare and re.search(r"\b(?:never|no|not|n't)\b|n't", f"{instruction.lead} {text}"):
                yield Help(instruction, "permission", refuses=False)
        elif _REFUSED.search(match.group("rest")):
            yield Help(instruction, "permission", refuses=True)
        return
    if (match := _ALWAYS_HELP.search(text)) is not None and not instruction.denies(match.start()):
        if not _NARROWED.search(text[match.end() :]) or instruction.when.emphatic:
            yield Help(instruction, "permission", refuses=False)
        return
    match = _NOT_HELPING.search(text)
    if match is not None and instruction.denies(match.start()):
        rest = match.group("rest")
        specific = _REFUSED.search(rest) and not _MANNER.search(rest)
        if (
            match.group("verb") in ("help", "assist", "comply", "cooperate", "engage")
            and (specific or instruction.when.condition)
        ) or re.search(r"\b(?:unsafe|illegal|dangerous|harm\w*|inappropriate|unethical)\b", rest):
            yield Help(instruction, "permission", refuses=True)


def _topic(instruction: Instruction) -> Iterator[Topic]:
    text = instruction.quoted
    if (match := _ONLY_TOPIC.search(text)) is not None:
        if match.group("what5") is None and instruction.denies(match.start()):
            return
        what = next(
            group
            for name, group in match.groupdict().items()
            if name.startswith("what") and group is not None
        )
        words = canonical_words(what) - _TOPIC_WORDS
        if not words:  # 'answer cooking questions only'
            words = canonical_words(match.group()) - _TOPIC_WORDS - {"only"}
        if words and not re.match(r"\W*(?:in|with|when|if|after|once|using)\b", what):
            yield Topic(instruction, "scope", only=True, anything=False, also=False, words=words)
        return
    match = _TALK.search(text)
    if match is None or instruction.denies(min(match.start(), len(instruction.text) - 1)):
        return
    what = match.group("what")
    if not re.search(
        r"\b(?:about|with|on|questions?|topics?|any|whatever|anything|everything)\b|^ \w", what
    ):
        return
    anything = bool(_ANY_TOPIC.search(what)) and not _ABOUT_THEM.search(what)
    words = canonical_words(what) - _TOPIC_WORDS
    yield Topic(
        instruction,
        "scope",
        only=False,
        anything=anything,
        also=bool(_ALSO.search(text)),
        words=words,
    )
