"""Read a prompt as a list of instructions: what is asked or forbidden, of whom, under what
      condition.

One instruction is one clause. Everything that decides whether two of them can collide
stands in it, with its place in the text: whether it forbids or permits, its condition
and exception, the part of the answer it speaks of. What it asks for is read elsewhere
(see promptgate.language.contradictions). English only; another language has no instruction
that this module would misread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.language.conditions import content, opens_with_condition, when
from promptgate.language.directives import directs
from promptgate.language.folding import fold
from promptgate.language.paraphrases import plain
from promptgate.language.sentences import sentences
from promptgate.language.stems import stem, stem_set, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.conditions import When
    from promptgate.language.sentences import Span


@dataclass(frozen=True)
class Instruction:
    """One clause of a prompt.

    Attributes:
        span: Where it stands in the text.
        text: The clause, folded, as long as the span; condition and quotations are blanks.
        quoted: The clause, folded, with its quotations.
        original: The clause as it is written.
        lead: What an opening line such as 'Never:' puts before it, folded; or ''.
        when: Its condition and exception, and whether it rules exceptions out.
        subject: Who or what the clause speaks of, one word's stem; '' for the assistant.
        directs: Whether it asks, allows or forbids, and not only describes.
    """

    span: Span
    text: str
    quoted: str
    original: str
    lead: str
    when: When
    subject: str
    directs: bool

    def denies(self, position: int) -> bool:
        """Tell whether what stands at a position of `text` is forbidden or left out."""
        forbidden = _FORBIDDEN_AFTER.search(self.text[position:]) is not None
        return self.denies_before(position) != forbidden

    def denies_before(self, position: int) -> bool:
        """Tell whether the words before a position forbid or leave out what stands there."""
        before = _BOUND.sub(_blank, f"{self.lead} {self.text[:position]}")
        count = sum(
            match.end() + _REACH.get(match.group(), _REACH.get(match.group().split()[0], 400))
            >= len(before)
            and not _ENDS_DENIAL.search(before, match.end())
            for match in _NEGATOR.finditer(before)
        )
        return count % 2 == 1

    @property
    def is_foreign(self) -> bool:
        """Whether it tells of somebody or something else than the assistant and its answers."""
        return self.subject in _FOREIGN


_NEGATOR = re.compile(
    r"""\b(?: forbidden\ to | prohibited\ from | banned\ from
      | never | not | cannot | no | without | avoid(?:ing|s)? | refrain\ from | exclud(?:e
        |ing)
      | omit(?:ting)? | skip(?:ping)? | leave\ out | stay\ away\ from | steer\ clear\ of | free\ of
      | rather\ than | instead\ of | forget | fail | neglect | neither | nor | stop | abstain\ from
      | under\ no\ circumstances | forbidden | prohibited | banned | hesitate | off-limits
      | ignor(?:e|ing) | disregard | beware\ of  | zero | nothing | prohibit | ban
        | forbid )\b | n't\b""",
    re.VERBOSE,
)
_BOUND = re.compile(r"\b(?:no|not) (?:more|fewer|less|longer|greater|later|earlier|shorter) than\b")
_REACH = {
    "forbidden to": 400, "prohibited from": 400, "banned from": 400,
    "no": 28, "zero": 28, "without": 32, "rather": 40, "instead": 40, "free": 32,
    "skip": 40, "ignore": 40, "ignoring": 40, "disregard": 40,
    "omit": 40, "fail": 40, "forget": 40, "nothing": 30, "skipping": 40,
    "exclude": 48, "excluding": 48, "omitting": 40, "forbidden": 0, "prohibited": 0,
    "banned": 0, "off-limits": 0,
}  # fmt: skip
_ENDS_DENIAL = re.compile(
    r"\b(?:but|instead(?!\ of)|only|and (?:must|should|always)(?! not\b| never\b))\b"
    r"|, (?:ensure|make sure|use|keep|write|include|give|provide|always|please)\b"
)
_FORBIDDEN_AFTER = re.compile(
    r"""\b(?:is|are|be)\ (?:\w+ly\ )?(?:forbidden|prohibited|banned|off[ -]limits|unacceptable
          |disallowed|out\ of\ bounds|to\ be\ avoided|unwelcome|unwanted)\b
      | \b(?:is|are)(?:\ not|n't|\ never)\ (?:\w+ly\ )?(?:allowed|permitted|acceptable|welcome
          |wanted|appropriate|okay|ok|needed)\b
      | ^\S*(?:\ \S+){0,3}?\ (?:must|should|may|can|shall|will|do|does)(?:\ not|n't|\ never)\b
      | ^\S*(?:\ \S+){0,3}?\ (?:cannot|can't)\b | ^\S*(?:\ \S+){0,2}?\ have\ no\ place\b
      | \b(?:is|are|be)\ (?:kept|left)\ out\b
      | ^\S*(?:\ \S+){0,2}?\ (?:are|is)\ (?:not|never)\ to\ be\ \w+
      | ^\S*\ (?:are|is)\ (?:not|never)\ (?:to\ be\ )?(?:used|written|included
          |mentioned|shown|given|displayed|presented|listed|shared|disclosed|revealed|discussed|told
          |named|offered|added|printed|repeated|quoted|cited|made|translated)""",
    re.VERBOSE,
)
# Words with a 'no' or 'not' in them that deny nothing.
_NO_DENIAL = re.compile(
    r"""\bnot\ (?:only|just|necessarily)\b
      | \bwith(?:out|\ no)\ (?:any\ |a\ single\ )?exceptions?\b | \bwithout\ fail\b
      | \bno\ matter\b | \bwhether\ or\ not\b | \bor\ not\b
      | \bno\ (?:later|earlier)\ than\b
      | \band\ no\ (?:more|other\ text)\b | \bno\ one\b | \bno\ problem\b | \bif\ not\b
        | \bno\.\b""",
    re.VERBOSE,
)
_NOTHING_BUT = re.compile(r"\bnothing (?:but|else|other than|more)\b")
_NEVER = re.compile(
    r"\b(?:under|in) no (?:circumstances?|cases?|way)\b|\bon no account\b|\bat no (?:time|point)\b"
)
_FOREIGN = stem_set(
    """
    user customer client caller visitor person someone they he she people document input request
    query file data attachment note notes ticket transcript contract we our company store shop
    there warranty team colleague manager employee system knowledge source website order product
    parcel facts patient student child
"""
)
_SUBJECT = re.compile(
    r"""^[\W\d]*(?:(?:the|a|an|each|every|all|all\ of|your|our|any|some|most|many|these|those
        |their|both)\ )*
      (?P<noun>(?:[\w-]+(?:'s)?\ ){0,3}?[\w'-]+)\ (?:(?:that|which|who)\ [^,]*?\ )?
        (?:also\ |often\ |usually\ |always\ |never\ )?
      (?:is|are|was|has|have|had|must|should|may|might|can|cannot|can't|will|shall|does|do\ not
        |needs?|contains?|
         comes?|takes?|writes?|asks?|wants?|speaks?|mustn't|shouldn't|aren't|isn't|sends?|gets?
           |uses|offers?|sells?)\b""",
    re.VERBOSE,
)
_ANAPHORIC = re.compile(
    r"^\W*(?:then|otherwise|in that case|so)\b|\bin (?:that|this|such) cases?\W*$"
)
_SHORT_OPENING = 40
_IMPERATIVE = word_set("do be have has never always please you must let don't")
# Verbs that are no nouns: in 'tell users they may …' the clause speaks to the assistant.
_COMMANDED = word_set(
    """tell say ask explain show give let make ensure inform decide judge check remember suggest
    recommend describe mention remind assume confirm allow help offer treat send write use add
    choose pick state admit include avoid compare find keep list read see think know warn advise
    verify predict refuse decline"""
)
_SPLIT = re.compile(
    r"""\s*;\s+ | \s+[—–]\s+
      | ,?\ (?:and|but|or)\ (?=(?:never|always|do\ not|don't|avoid|you\ (?:must|may|should|can
        |never|always|do\ not|don't|cannot|can't)|must\ not)\b)
      | ,\ (?=(?:never|always|do\ not|don't|you\ (?:must|may|should|can|are))\b)
      | ,\ so\ (?:please\ )?(?=(?:no|never|always|do\ not|don't|avoid|leave|use|keep|put|VERBS)\b)
      | ,?\ (?:and|but)\ (?:then\ )?(?=(?:VERBS)\ (?:the|a|an|your|their|them|it|in|to|with|as
        |only|no|any
          |every|each|at|for|on|how|him|her|whether|what|that|all|us|by|yourself)\b)""".replace(
        "VERBS",
        "answer|reply|respond|write|use|give|ask|tell|explain|define|say|keep|add|include|show|list|offer"
        "|walk|cover|describe|name|mention|address|sign|mark|number|quote|cite|avoid|leave|make"
        "|translate|summari[sz]e|recommend|suggest|justify|spell|place|wrap|order|sort|repeat"
        "|stay|speak|refuse|decline|help|follow|wait|send|call|end|start|begin|close|put"
        "|format|return",
    ),
    re.VERBOSE,
)  # fmt: skip
_QUOTATION = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|`[^`\n]*`|(?<!\w)'[^'\n]{2,80}'(?!\w)")
_SAYING = re.compile(
    r"\b(?:say|reply|answer|respond|write|tell them|use the words)(?: with)?:\s.*$", re.S
)
_HIDDEN = re.compile(
    r"""<(?P<tag>examples?|inputs?|documents?|context|data|transcript|conversation|notes?|history
          |sample\w*|user_input|question|query|example_\w+|good_example
            |bad_example)\b[^>\n]*>.*?</(?P=tag)>
      | ^[ ]{0,3}```.*?(?:^[ ]{0,3}```[^\n]*$|\Z) | <!--.*?--> | ^[ ]{0,3}>[^\n]*$
      | ^[ \t>*_-]*(?:user|assistant|human|customer|q|a|ai|bot|agent|client)\**\ ?:\**\ [^\n]*$""",
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
# A tag in a line of text parts it from the next; one that has its line to itself is a heading.
_TAG = re.compile(r"</\w+>|<\w+>(?=[^\n]*\S)(?!\s*$)", re.M)
_HEADING = re.compile(
    r"^[ ]{0,3}#{1,6}[ \t]+(?P<a>.+)$|^\*\*(?P<b>[^*\n]+)\*\*:?$|^<(?P<c>\w+)>$", re.M
)
_ITEM = re.compile(r"^[ \t]*(?:[-*•+]|\d{1,3}[.)])[ \t]+")


def _parted(match: re.Match[str]) -> str:
    """Return as many characters as a tag has: for a closing one an empty line, which ends a
    sentence."""
    tag = match.group()
    return "\n\n".ljust(len(tag)) if tag.startswith("</") else " " * len(tag)


# 'Is it short?' asks for nothing; 'Could you be brief?' does.
_ASKS = re.compile(r"^(?!\W*(?:can|could|will|would) you\b)(?s:.*)\?[\s\"'”’)*_]*$")
_THEM = re.compile(r"\b(?:them|it)\b(?! (?:is|are|has|must|should|will|may|can)\b)")
_NOUN_PHRASE = re.compile(
    r"^[\W\d]*(?P<noun>(?:[\w'-]+,? ){1,5}?)(?:(?:is|are|do|does|did|can|cannot|must|should"
    r"|may|has|have|will"
    r"|break|breaks|look|looks|confuse|cause|causes|get|gets|make|makes|annoy|annoys|waste"
    r"|hurt|slow)\b)"
)


_NO_SUBJECT = re.compile(
    r"\W*(?:must|should|may|can|cannot|shall|will|is|are|has|have|needs?)\b(?! you\b| the\b)"
)


def _with_subject(clause: str, before: Instruction | None) -> str:
    """Put the subject of the clause before where there is none: '… and must not be changed'."""
    if before is None or not _NO_SUBJECT.match(clause):
        return clause
    subject = _NOUN_PHRASE.match(before.quoted)
    return f"{subject.group('noun').strip(' ,')} {clause.lstrip()}" if subject else clause


def _with_antecedent(clause: str, before: Instruction | None) -> str:
    """Put the subject of the clause before in place of 'them': 'fences break; leave them out'."""
    if before is None or not _THEM.search(clause):
        return clause
    subject = _NOUN_PHRASE.match(before.quoted)
    if subject is None or re.match(r"\W*(?:you|we|they|it|this|that|if)\b", subject.group("noun")):
        return clause
    return _THEM.sub(subject.group("noun").strip(" ,"), clause, count=1)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def instructions(text: str) -> list[Instruction]:
    """Return the instructions of a prompt in order.

    Args:
        text: The prompt as it is sent, or one part of it. Fenced code, block quotes, lines of
            a transcript and the contents of tags such as <example> are nobody's instruction.
    """
    shown = _TAG.sub(_parted, _HIDDEN.sub(_blank, text))
    folded = fold(shown)
    found: list[Instruction] = []
    above = _Above()
    for start, end in sentences(shown):
        start = _after_heading(folded, start, end, above)
        line = folded.rfind("\n", 0, start) + 1
        item = _ITEM.match(folded[line:end])
        if item:
            start = max(start, min(line + item.end(), end))
        else:
            above.leave_list()
        sentence = folded[start:end]
        if not sentence.strip() or _ASKS.search(sentence):
            continue
        for number, clause in enumerate(_clauses(sentence, start)):
            before = found[-1] if found and number else None
            after = found[-1] if found else None
            found.append(_read(shown, clause, above, before, after))
        if not item and sentence.rstrip(" *_").endswith(":"):
            above.enter_list(sentence)
    return found


@dataclass
class _Above:
    """What a heading or the opening line of a list says of the lines below it."""

    lead: str = ""
    condition: str = ""
    heading: str = ""

    def enter_section(self, title: str) -> None:
        self.lead = ""
        self.heading = title if re.match(r"(?:for|when|if|in|during|after)\b", title) else ""
        self.condition = self.heading

    def enter_list(self, opening: str) -> None:
        denies = _NEGATOR.search(opening) is not None
        self.lead = opening.rstrip(" *_:") if denies or len(opening) < _SHORT_OPENING else ""
        self.condition = opening if opens_with_condition(opening) else self.heading

    def leave_list(self) -> None:
        self.lead, self.condition = "", self.heading


def _after_heading(folded: str, start: int, end: int, above: _Above) -> int:
    """Return where a sentence goes on after the heading that it begins with, if it does."""
    sentence = folded[start:end]
    heading = _HEADING.match(sentence)
    if heading is None or heading.end() < len(sentence.split("\n")[0]):
        return start
    title = next(group for group in heading.groups() if group is not None)
    above.enter_section(title.replace("_", " "))
    return start + heading.end()


def _clauses(sentence: str, offset: int) -> Iterator[Span]:
    begin = 0
    masked = _masked(sentence)
    for match in _SPLIT.finditer(masked):
        if match.start() > begin:
            yield offset + begin, offset + match.start()
        begin = match.end()
    if begin < len(sentence):
        yield offset + begin, offset + len(sentence)


def _masked(text: str) -> str:
    """Blank what is quoted, and what denies nothing though it looks so."""
    for pattern in (_QUOTATION, _SAYING):
        text = pattern.sub(_blank, text)
    text = _NEVER.sub(lambda match: "never".ljust(len(match.group())), text)
    text = _NOTHING_BUT.sub(lambda match: "only".rjust(len(match.group())), text)
    return _NO_DENIAL.sub(_blank, text)


def _read(
    shown: str, span: Span, above: _Above, before: Instruction | None, after: Instruction | None
) -> Instruction:
    """Read one clause.

    Args:
        shown: The prompt, without what is hidden.
        span: Where the clause stands.
        above: What stands over it.
        before: The clause before it in the same sentence.
        after: The clause before it, in whichever sentence.
    """
    original = shown[span[0] : span[1]]
    clause = plain(_with_antecedent(_with_subject(fold(original), before), before))
    text, held = when(_masked(clause), clause)
    source = after if _ANAPHORIC.search(clause) else before
    condition, opposed = held.condition, held.opposed
    if condition is None and source is not None:
        condition, opposed = source.when.condition, source.when.opposed
        if condition is None and _ANAPHORIC.search(clause):
            condition = source.when.exception
        held = replace(held, occasional=source.when.occasional)
    if condition is None and above.condition:
        condition = content(above.condition) or None
    held = replace(held, condition=condition, opposed=opposed)
    subject = _SUBJECT.match(text)
    nouns = subject.group("noun").split() if subject else []
    told = bool(_IMPERATIVE & {*nouns[:1], *nouns[-1:]}) or (
        nouns[:1] != nouns[-1:] and bool(_COMMANDED & {*nouns[:1]})
    )
    spoken_of = stem(nouns[-1]) if nouns and not told else ""
    return Instruction(
        span, text, clause, original, above.lead, held, spoken_of,
        bool(above.lead) or directs(text),
    )  # fmt: skip
