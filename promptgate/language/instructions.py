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
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.language.directives import directs
from promptgate.language.folding import fold
from promptgate.language.paraphrases import plain
from promptgate.language.sentences import sentences
from promptgate.language.stems import stem, stem_set, stems, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.sentences import Span

Words = frozenset[str]


@dataclass(frozen=True)
class Instruction:
    """One clause of a prompt.

    Attributes:
        span: Where it stands in the text.
        text: The clause, folded, as long as the span; condition and quotations are blanks.
        quoted: The clause, folded, with its quotations.
        original: The clause as it is written.
        lead: What an opening line such as 'Never:' puts before it, folded; or ''.
        condition: Words of what must hold for it; None where it always holds.
        opposed: Whether the condition is negated ('if it is not …').
        exception: Words of what it leaves out ('unless …'); None where nothing.
        emphatic: Whether it rules out exceptions ('under no circumstances', 'whatever').
        subject: Who or what the clause speaks of, one word's stem; '' for the assistant.
        directs: Whether it asks, allows or forbids, and not only describes.
    """

    span: Span
    text: str
    quoted: str
    original: str
    lead: str
    condition: Words | None
    opposed: bool
    exception: Words | None
    emphatic: bool
    subject: str
    directs: bool

    def denies(self, position: int) -> bool:
        """Tell whether what stands at a position of `text` is forbidden or left out."""
        before = _BOUND.sub(_blank, f"{self.lead} {self.text[:position]}")
        after = self.text[position:]
        count = sum(
            match.end() + _REACH.get(match.group(), _REACH.get(match.group().split()[0], 400))
            >= len(before)
            and not _ENDS_DENIAL.search(before, match.end())
            for match in _NEGATOR.finditer(before)
        )
        return (count + bool(_FORBIDDEN_AFTER.search(after))) % 2 == 1

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
      | beware\ of  | zero | nothing | prohibit | ban | forbid )\b | n't\b""",
    re.VERBOSE,
)
_BOUND = re.compile(r"\b(?:no|not) (?:more|fewer|less|longer|greater|later|earlier|shorter) than\b")
_REACH = {
    "forbidden to": 400, "prohibited from": 400, "banned from": 400,
    "no": 28, "zero": 28, "without": 32, "rather": 40, "instead": 40, "free": 32,
    "skip": 40, "omit": 40, "fail": 40, "forget": 40, "nothing": 30, "skipping": 40,
    "exclude": 48, "excluding": 48, "omitting": 40, "forbidden": 0, "prohibited": 0,
    "banned": 0, "off-limits": 0,
}  # fmt: skip
_ENDS_DENIAL = re.compile(
    r"\b(?:but|instead(?!\ of)|only)\b"
    r"|, (?:ensure|make sure|use|keep|write|include|give|provide|always|please)\b"
)
_FORBIDDEN_AFTER = re.compile(
    r"""\b(?:is|are|be)\ (?:\w+ly\ )?(?:forbidden|prohibited|banned|off[ -]limits|unacceptable
          |disallowed|out\ of\ bounds|to\ be\ avoided|unwelcome|unwanted)\b
      | \b(?:is|are)(?:\ not|n't|\ never)\ (?:\w+ly\ )?(?:allowed|permitted|acceptable|welcome
          |wanted|appropriate|okay|ok|needed)\b
      | ^\S*(?:\ \S+){0,3}?\ (?:must|should|may|can|shall|will|do|does)(?:\ not|n't|\ never)\b
      | ^\S*(?:\ \S+){0,3}?\ (?:cannot|can't)\b | ^\S*(?:\ \S+){0,2}?\ have\ no\ place\b
      | ^\S*(?:\ \S+){0,2}?\ (?:are|is)\ (?:not|never)\ to\ be\ \w+
      | ^\S*\ (?:are|is)\ (?:not|never)\ (?:to\ be\ )?(?:used|written|included|mentioned)""",
    re.VERBOSE,
)
# Words with a 'no' or 'not' in them that deny nothing.
_NO_DENIAL = re.compile(
    r"""\bnot\ (?:only|just|necessarily)\b | \bno\ matter\b | \bwhether\ or\ not\b | \bor\ not\b
      | \bno\ (?:later|earlier)\ than\b
      | \band\ no\ (?:more|other\ text)\b | \bno\ one\b | \bno\ problem\b | \bif\ not\b
        | \bno\.\b""",
    re.VERBOSE,
)
_NOTHING_BUT = re.compile(r"\bnothing (?:but|else|other than|more)\b")
_NEVER = re.compile(
    r"\b(?:under|in) no (?:circumstances?|cases?|way)\b|\bon no account\b|\bat no (?:time|point)\b"
)
_CONDITION = re.compile(
    r"""^[\W\d]*(?:and\ |but\ |then\ |also\ |only\ |even\ )*
      (?P<word> if | when(?:ever)? | once | after | before | until | while | during | for
        | where(?:ver)?
       | in\ case(?:\ of)? | as\ soon\ as | should | with | on | in | as\ long\ as | provided
       | unless | except | otherwise | else | in\ that\ case | given | upon | at | outside | within
       | apart\ from )\b
      (?P<what> [^,:;]*? (?:\([^)]*\)[^,:;]*?)? ) (?: [,:;] | $ )""",
    re.VERBOSE,
)
_TRAILING = re.compile(
    r"""[,(]?\ *\b(?P<word> only\ if | only\ when | (?<!even\ )(?<!as\ )if
        | (?<!even\ )when(?:ever)? | unless
        | except(?:\ (?:when|if|for|in|that|to|where))?
       | other\ than | apart\ from | save\ for | in\ case | as\ long\ as | provided\ that
         | until | while
       | with\ the\ exception\ of | excepting | where\ (?:it|this|the|they|you|possible
         |appropriate)
       | as\ soon\ as | but\ not\ (?:when|if|for) )\b (?P<what>.*)$""",
    re.VERBOSE | re.DOTALL,
)
_CLAUSE = re.compile(
    r"\b(?:you|they|he|she|it|we|user|customer|client|caller|person|\w+ing|\w+ed|is|are|has"
    r"|have|asked)s?\b"
)
_EXCEPTIONS = ("unless", "except", "other", "apart", "save", "with the", "but not", "outside",
               "until")  # fmt: skip
_EMPHATIC = re.compile(
    r"""\b(?: under\ (?:no|any|all)\ circumstances? | no\ matter\b | regardless | whatever
        | whoever
      | in\ (?:all|every|any|each)\ (?:single\ )?cases? | without\ (?:any\ )?exceptions?
        | even\ (?:if|when)
      | at\ all\ times | always\ and\ everywhere | no\ exceptions? | ever | come\ what\ may
      | irrespective | on\ every\ occasion )\b""",
    re.VERBOSE,
)
_EMPTY = stem_set(
    """
    answer reply respond response write talk speak user customer client question message you your
    the
    a an to of in all each every any output generate help assist communicate is are it this that
    their they them when if for with text produce give provide use possible appropriate necessary
    suitable and or conversation turn time request query general always needed both interaction
    product our at on what task purpose example instance by from these end start final first top
    beginning whole single every case circumstances addition style tone mind way doubt own format
    language sentence paragraph word line
"""
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
_ANAPHORIC = re.compile(r"\W*(?:then|otherwise|in that case|so)\b")
_SHORT_OPENING = 40
_IMPERATIVE = word_set("do be have has never always please you must let don't")
_SPLIT = re.compile(
    r"""\s*;\s+ | \s+[—–]\s+
      | ,?\ (?:and|but|or)\ (?=(?:never|always|do\ not|don't|avoid|you\ (?:must|may|should|can)
        |must\ not)\b)
      | ,\ (?=(?:never|always|do\ not|don't|you\ (?:must|may|should|can|are))\b)
      | ,\ so\ (?:please\ )?(?=(?:no|never|do\ not|don't|avoid|leave|use|keep|write)\b)
      | ,?\ (?:and|but)\ (?:then\ )?(?=(?:VERBS)\ (?:the|a|an|your|their|them|it|in|to|with|as
        |only|no|any
          |every|each|at|for|on|how|him|her|whether|what|that|all|us|by|yourself)\b)""".replace(
        "VERBS",
        "answer|reply|respond|write|use|give|ask|tell|explain|say|keep|add|include|show|list|offer"
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
    r"^[\W\d]*(?P<noun>(?:[\w'-]+,? ){1,5}?)(?:(?:is|are|do|does|did|can|cannot|will"
    r"|break|breaks|look|looks|confuse|cause|causes|get|gets|make|makes|annoy|annoys|waste|hurt|slow)\b)"
)


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


def content(text: str) -> Words:
    """Return the stems of a text that carry meaning, without those that fit any answer."""
    return frozenset(stems(text)) - _EMPTY


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
        self.condition = opening if _CONDITION.match(opening) else self.heading

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
    clause = plain(_with_antecedent(fold(original), before or after))
    emphatic = _EMPHATIC.search(clause) is not None
    text, condition, opposed, exception = _conditions(_masked(clause))
    source = after if _ANAPHORIC.match(clause) else before
    if condition is None and source is not None:
        condition, opposed = source.condition, source.opposed
        if condition is None and clause.lstrip().startswith("then "):
            condition = source.exception
    if condition is None and above.condition:
        condition = content(above.condition) or None
    subject = _SUBJECT.match(text)
    nouns = subject.group("noun").split() if subject else []
    spoken_of = stem(nouns[-1]) if nouns and not _IMPERATIVE & {nouns[0], nouns[-1]} else ""
    return Instruction(
        span, text, clause, original, above.lead, condition, opposed, exception, emphatic,
        spoken_of, bool(above.lead) or directs(text),
    )  # fmt: skip


def _conditions(text: str) -> tuple[str, Words | None, bool, Words | None]:
    """Return a clause without its conditions, the condition, whether negated, and the exception."""
    condition: Words | None = None
    exception: Words | None = None
    opposed = False
    for pattern in (_CONDITION, _TRAILING):
        match = pattern.search(text)
        if match is None or _EMPHATIC.search(match.group()):
            continue
        word, what = match.group("word"), match.group("what")
        words = content(what)
        place = word in ("after", "before", "at", "until") and not _CLAUSE.search(what)
        bound = word in ("before", "after", "within", "until", "at") and re.search(r"\d", what)
        if place or bound or (word in ("with", "in", "on", "at") and not words):
            continue
        text = text[: match.start()] + _blank(match) + text[match.end() :]
        if word.startswith(_EXCEPTIONS):
            exception = (exception or frozenset()) | words | {word.split()[0]}
        elif words or word in ("otherwise", "else", "in that case"):
            condition = (condition or frozenset()) | (words or {word})
            opposed ^= bool(re.search(r"\b(?:not|no|never|without)\b|n't\b", what))
    return text, condition, opposed, exception
