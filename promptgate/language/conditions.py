"""Read when a clause holds: its condition, its exception, and whether it rules exceptions out.

What is a condition is taken out of the clause, so that 'if the user writes in French' is no
claim about the language of the answer. So is a reason: 'to keep things readable', 'because …'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from promptgate.language.stems import stem_set, stems

Words = frozenset[str]

_CONDITION = re.compile(
    r"""^[\W\d]*(?:and\ |but\ |then\ |also\ |only\ |even\ |starting\ |beginning\ )*
      (?P<word> if | when(?:ever)? | once | after | before | until | while | during | for
        | where(?:ver)?
       | in\ case(?:\ of)? | as\ soon\ as | should | with | on | in | as\ long\ as | provided
       | unless | except | otherwise | else | in\ that\ case | given | upon
        | at(?!\ (?:least|most)\b) | outside | within
       | apart\ from | from (?=[^,:;]*\bon(?:wards?)?\b) | beyond | among )\b
      (?P<what> [^,:;]*? (?:\([^)]*\)[^,:;]*?)? ) (?: [,:;] | $ )""",
    re.VERBOSE,
)
_TRAILING = re.compile(
    r"""[,(]?\ *\b(?P<word> only\ if | only\ when | (?<!even\ )(?<!as\ )if
        | (?<!even\ )when(?:ever)? | unless
        | except(?:\ (?:when|if|for|in|that|to|where))?
       | other\ than | apart\ from | save\ for | bar(?=\ the|\ one) | barring | but\ for | in\ case
         | as\ long\ as | provided\ that | until | while
       | with\ the\ exception\ of | excepting | where\ (?:it|this|the|they|you|possible
         |appropriate)
       | as\ soon\ as | but\ not\ (?:when|if|for)
       | (?:in|of|at|on|during)\ the\ (?=(?:first|second|third|last|final|opening
        |closing)\ (?:message
         |turn|session|conversation|scene|day|visit|call|lesson)\b) )\b (?P<what>.*)$""",
    re.VERBOSE | re.DOTALL,
)
_SET_ASIDE = re.compile(r",\s+(?:the |your )?(?P<what>[\w' -]+?) (?:excepted|aside|excluded)\b")
# 'Every answer that is not a comparison': the comparison is an exception.
_RELATIVE = re.compile(
    r"\b(?:answer|reply|response|message|text|output)s? (?:that|which) (?:is|are)"
    r"(?: not|n't) (?:a |an |the )?(?P<what>[\w' -]+?)(?= is\b| are\b| must\b| should\b|,|$)"
)
# What only some are: 'a vet who asks is told the dose'.
_WHOEVER = re.compile(
    r"^[\W\d]*(?:a|an|any|every|each|all|the|those|callers?|users?|people|anyone)\b[\w' -]*?"
    r" who (?P<what>[\w' -]+?)(?= is\b| are\b| may\b| must\b| can\b| gets?\b| should\b)"
)
# 'To anyone who asks for it' is a case; 'by default' leaves room for all of them.
_WHO_ASKS = re.compile(
    r"\b(?:to|for|with) (?:anyone|anybody|those|people|users|customers|everyone|callers|guests"
    r"|readers|whoever|someone|somebody|an? \w+|any \w+)(?: who| that)"
    r" (?P<what>(?:asks?|wants?|requests?|prefers?|insists?|needs?|writes?|speaks?)\b[^,;.]*)"
)
_DEFAULT = re.compile(
    r"\b(?:by default|as a default|normally|usually|generally|in general|as a rule|typically"
    r"|unless told otherwise|where possible|if possible|preferably|ideally)\b"
)
# A reason is no condition: 'to keep things readable, …', '…, because it wakes them up'.
_REASON = re.compile(
    r"""^[\W\d]*(?:for\ (?:\w+\ ){1,2}reasons|since|because|so\ that
        |now\ that|in\ order\ to|so\ as\ to|to\ (?:keep|be
        |make|avoid
        |ensure|save|help|protect|stay|remain|give|allow|prevent|comply)|as\ (?:we|they|our|most
        |the\ \w+\ (?:is|are|has|have)))\b[^,;]*,
      | ,?\ (?:because|since\ (?:we|they|it|the)|in\ order\ to|so\ as\ to|lest
        |as\ (?:we|they|it\ is|most|that|this))\b[^;]*$""",
    re.VERBOSE,
)
_PRONOUN = re.compile(r"\W*(?:it|that|this|them|one)\W*$")
_CLAUSE = re.compile(
    r"\b(?:you|they|he|she|it|we|user|customer|client|caller|person|\w+ing|\w+ed|is|are|has"
    r"|have|asked)s?\b"
)
# 'When it first appears' is no case, and 'in each message' names a part of the answer.
_AT_FIRST = re.compile(
    r",? ?\b(?:when|where|whenever|the first time|as soon as|at|on|upon) (?:it|they"
    r"|you)?\b ?(?:is|are"
    r"|its|their)? ?first (?:appears?|used?|mention\w*|occurs?|introduced|mentioned)\b"
)
_IN_PART = re.compile(
    r"^[\W\d]*(?:in|on|at the end of|at the start of) (?:(?:each|every|all|any|the|your|a|an|both"
    r"|single|whole) )*(?:\w+ )?(?:messages?|repl(?:y|ies)|answers?|responses?|turns?|emails?"
    r"|posts?"
    r"|letters?|summar(?:y|ies)|titles?|reports?|stor(?:y|ies)|articles?|texts?|paragraphs?"
    r"|sentences?|headings?|captions?|lists?|tables?|quiz(?:zes)?|lessons?|recipes?|greetings?"
    r"|notes?|conversations?|chats?|outputs?|documents?),"
)
_EXCEPTIONS = ("unless", "except", "other", "apart", "save", "with the", "but not", "outside",
               "until", "bar", "but for")  # fmt: skip
_CASES = ("if", "when", "once", "should", "unless", "in case", "where", "provided", "as long",
          "only", "as soon", "given", "otherwise", "else", "in that case", "until",
          "while")  # fmt: skip
_EMPHATIC = re.compile(
    r"""\b(?: under\ (?:no|any|all)\ circumstances? | no\ matter\b | regardless | whatever
        | whoever | whichever | however\ (?:much|often|long)
      | in\ (?:all|every|any|each)\ (?:single\ )?(?:cases?|event|instance)
      | with(?:out|\ no)\ (?:any\ |a\ single\ )?exceptions? | without\ fail
      | (?:not\ )?even\ (?:if|when|though|where|upon|after|for|in|with|to|on|towards)
      | at\ all\ times | always\ and\ everywhere | no\ exceptions? | ever | come\ what\ may
      | irrespective | on\ every\ occasion | not\ even | at\ any\ time | invariably
      | (?:\w+\ )?included | from\ (?:the\ )?first\b.*\bto\ (?:the\ )?last | nothing\ can
      | nothing\ (?:beyond|besides) | neither\ rule )\b | ,\ \w+(?:\ \w+){0,3}\ as\ well\b""",
    re.VERBOSE,
)
_UNIVERSAL = re.compile(
    r"""\b(?: strictly | throughout | exclusively | always | never | every(?:thing|where)?
        | each | all
      | solely | alone | no\ other | nothing | nobody | no | none | whole | entire | only
        | any )\b""",
    re.VERBOSE,
)
# 'Even if the code is long' says nothing of what the code is to be.
_CONCESSION = re.compile(
    r"(?:^[\W\d]*|,? )(?:even (?:if|when|though)|no matter (?:what|how|which|who|whether)"
    r"|regardless of|irrespective of)\b[^,;]*|, (?:whatever|whichever|however (?:much|long"
    r"|often))\b[^,;]*"
)
_EMPTY = stem_set(
    """
    answer reply respond response write talk speak user customer client question message you your
    the
    a an to of in all each every any output generate help assist communicate is are it this that
    their they them when if for with text produce give provide use possible appropriate necessary
    suitable and or conversation turn time session chat entire whole request query general always
    needed both interaction
    product our at on what task purpose example instance by from these end start final first top
    beginning whole single every case circumstances addition style tone mind way doubt own format
    language sentence paragraph word line
"""
)


def content(text: str) -> Words:
    """Return the stems of a text that carry meaning, without those that fit any answer."""
    return frozenset(stems(text)) - _EMPTY


# What anybody may do in any conversation: 'if the user asks', 'when you finish', 'in each reply'.
_REQUEST = stem_set(
    """ask request want wish insist demand need press beg plead like wonder inquire enquire bring up
    raise mention come push keep try interested curious know hear see explicitly directly politely
    specifically repeatedly sincerely please hard enough seem look feel get start really urge
    whenever every time what
    who which how why where whether about for you your are called"""
)
_ANYBODY = stem_set(
    """user customer client caller visitor person someone anyone people everybody anybody guest
    patient student pupil reader buyer shopper player somebody traveller passenger learner other
    new"""
)
_OCCASION = re.compile(
    r"""^(?:(?:after|before|upon|at|in|on|during|while|with|for)\b
      | (?:when(?:ever)?|once|as\ soon\ as|until|if)\ (?:you(?:'re|\ are|\ have)?
        \ (?!know|see|think|cannot|can't|do\ not|don't|notice|are\ (?:not|unsure|asked))\w+
        |(?:the|a|an|each|every)\ (?:chat|session|conversation|task|call|work|job|order|day|visit
          |message|answer|reply|lesson|test|meeting|game|booking|ticket)\b[\w\ ]*
          \b(?:ends?|over|begins?|starts?|done|finished|complete|closed|opens?|arrives?|comes?)\b
        |(?:it|this|that|everything)\ (?:is|ends?)\b
        |(?:it|they|[\w' ]{1,30}?)\ first\ (?:appears?|comes?|occurs?))
      | (?:when(?:ever)?|once|as\ soon\ as)\ (?:(?:an?|the|your|our|any|some|every|each|new)\ )*
        (?:users?|customers?|clients?|callers?|visitors?|person|someone|anyone|people|somebody|they
        |guests?|patients?|students?|pupils?|readers?|buyers?|shoppers?|players?|travell?ers?
        |passengers?|learners?|children|kids?|fans?|members?)
        \ (?!is\b|are\b|has\b|have\b|can|do\b|does|must|may|cannot|only|pays?\b|agrees?
        |confirms?|approves?|refuses?|insists?)\w+)""",
    re.VERBOSE,
)


def is_request(said: str) -> Words | None:
    """Return what a condition such as 'if the user asks for jokes' is about; None for a case.

    Args:
        said: The condition, folded.
    """
    words = frozenset(stems(said))
    if not words & _REQUEST:
        return None
    return words - _REQUEST - _ANYBODY - _EMPTY


def is_occasion(said: str) -> bool:
    """Tell a time that comes in any conversation, such as 'when you finish', from a case."""
    return _OCCASION.match(said) is not None


def opens_with_condition(opening: str) -> bool:
    """Tell whether a line that opens a list says when the list holds."""
    return _CONDITION.match(opening) is not None


@dataclass(frozen=True)
class When:
    """When a clause holds.

    Attributes:
        condition: Words of what must hold; None where it always holds.
        opposed: Whether the condition is negated ('if it is not …').
        occasional: Whether it is a time, a place or a part ('on page two'), not a case ('if …').
        exception: Words of what is left out ('unless …'); None where nothing.
        emphatic: Whether exceptions are ruled out ('under no circumstances', 'whatever').
        universal: Whether it is said of all times and places ('always', 'each', 'exclusively').
        said: The condition as it stands, folded; '' where there is none.
    """

    condition: Words | None
    opposed: bool
    occasional: bool
    exception: Words | None
    emphatic: bool
    universal: bool
    said: str = ""


def when(text: str, said: str) -> tuple[str, When]:
    """Return a clause without its conditions and reasons, in its old length, and when it holds.

    Args:
        text: One clause, folded, without what is quoted in it.
        said: The same with it, and with phrases such as 'under no circumstances' in full.
    """
    emphatic = _EMPHATIC.search(said) is not None
    universal = _UNIVERSAL.search(text) is not None
    condition: Words | None = None
    exception: Words | None = None
    opposed = False
    occasional = True
    asked = ""
    text = _AT_FIRST.sub(_blank, _CONCESSION.sub(_blank, _REASON.sub(_blank, text)))
    for pattern in (_SET_ASIDE, _RELATIVE):
        if (aside := pattern.search(text)) is not None:
            exception = (exception or frozenset()) | content(aside.group("what")) | {"except"}
            text = text[: aside.start("what")] + _blanks(aside, "what") + text[aside.end("what") :]
    for pattern in (_CONDITION, _TRAILING):
        match = pattern.search(text)
        if match is None or _EMPHATIC.search(match.group()) or _IN_PART.match(match.group()):
            continue
        word, what = match.group("word"), match.group("what")
        words = content(what)
        place = word in ("after", "before", "at", "until") and not _CLAUSE.search(what)
        bound = word in ("before", "after", "within", "until", "at") and re.search(r"\d", what)
        if (place and pattern is _CONDITION and word == "before") or bound:
            continue
        granted = word == "with" and _PRONOUN.match(what)
        if place or (word in ("with", "in", "on", "at") and not words and not granted):
            continue
        text = text[: match.start()] + _blank(match) + text[match.end() :]
        if word.startswith(_EXCEPTIONS):
            exception = (exception or frozenset()) | words | {word.split()[0]}
        elif words or word in ("otherwise", "else", "in that case", "with"):
            condition = (condition or frozenset()) | (words or {word})
            asked = " ".join(f"{asked} {word} {what}".split())
            occasional = occasional and not word.startswith(_CASES)
            opposed ^= bool(re.search(r"\b(?:not|no|never|without)\b|n't\b", what))
    if _DEFAULT.search(text):
        exception = (exception or frozenset()) | {"except"}
    asking = None if _EMPHATIC.search(text) else _WHO_ASKS.search(text)
    if condition is None and asking is not None:
        condition, occasional = content(asking.group("what")) or None, False
    if condition is None and (whoever := _WHOEVER.search(text)) is not None:
        condition = content(whoever.group("what")) or None
    return text, When(condition, opposed, occasional, exception, emphatic, universal, asked)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _blanks(match: re.Match[str], group: str) -> str:
    return " " * len(match.group(group))
