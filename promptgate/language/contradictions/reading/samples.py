"""Read what a sample tells: 'dates like March 5, 2024', 'begin with "Bonjour"', 'write "colour"'.

Whoever prescribes words prescribes what they are: a language, a spelling, an apology, a mark, a
style of dates. What is told so is compared as if it had been said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has
from promptgate.language.contradictions.reading.containers import container
from promptgate.language.stems import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_QUOTED = re.compile(
    r"\"(?P<a>[^\"\n]{1,120})\"|“(?P<b>[^”\n]{1,120})”|`(?P<c>[^`\n]{1,80})`"
    r"|(?<!\w)'(?P<d>(?:[^'\n]|(?<=\w)'(?=\w)){1,120}?)'(?!\w)"
)
_PRESCRIBES = re.compile(
    r"\b(?:say|says|write|writes|begin|begins|start|starts|end|ends|finish|close|closes|open|opens"
    r"|greet|address|use|uses|work|add|include|sign|reply|answer|respond|call|list|spell|insert|put"
    r"|mark|print|append|refer|render|translate|follow|prefix|wrap|format|words?|phrase|call them"
    r"|conclude|welcome|thank|type|state|qualify|begins|must be|should be|must read)\b"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_DATES = (
    ("date:iso", r"\b\d{4}-\d\d-\d\d\b|\byyyy-mm-dd\b"),
    ("date:words", rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?\b|\b\d{{1,2}} {_MONTH}\b"),
    ("date:american", r"\b\d{1,2}/(?:1[3-9]|2\d|3[01])/\d{2,4}\b"),
    ("date:european", r"\b(?:1[3-9]|2\d|3[01])[/.]\d{1,2}[/.]\d{2,4}\b"),
    ("clock:12", r"\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b"),
    ("clock:24", r"\b(?:1[3-9]|2[0-3]|0\d):[0-5]\d\b|\bhh:mm\b"),
)
_STYLES = tuple((name, re.compile(pattern)) for name, pattern in _DATES)
_OF_DATES = re.compile(r"\b(?:dates?|times?|days?|hours?|clock|rather than|instead of|not)\b")
_WORDS_OF = {
    "french": "bonjour bienvenue merci salut bonsoir voilà revoir adieu oui cher chère avis",
    "spanish": "hola gracias buenos buenas adiós adios bienvenido bienvenidos señor señora amigo",
    "german": "hallo guten willkommen danke tschüss bitte grüße herzlich herr frau servus",
    "italian": "ciao grazie buongiorno benvenuto benvenuti arrivederci prego buonasera",
    "portuguese": "olá obrigado obrigada bem-vindo",
    "japanese": "konnichiwa arigato arigatou sayonara san",
    "dutch": "goedemorgen welkom dank hoi",
    "swedish": "hej tack välkommen",
    "hindi": "namaste", "hawaiian": "aloha", "polish": "cześć dziękuję witamy",
    "english": """hello hi welcome thank thanks goodbye bye dear please regards feedback sorry the
        you your good morning cheers have yes""",
}  # fmt: skip
_LANGUAGE_OF = {word: language for language, words in _WORDS_OF.items() for word in words.split()}
_BRITISH = word_set(
    """colour favourite centre behaviour honour organise organisation realise analyse travelling
    traveller theatre grey labour neighbour flavour catalogue dialogue defence licence cheque
    programme litre metre mum tyre jewellery cancelled apologise"""
)
_AMERICAN = word_set(
    """color favorite center behavior honor organize organization realize analyze traveling
    traveler theater gray labor neighbor flavor catalog dialog defense license check program liter
    meter mom tire jewelry canceled apologize"""
)
_TOLD = (
    ("tone", "hedged", r"\b(?:maybe|perhaps|possibly|i think|i believe|probably|might|could be)\b"),
    ("tone", "confident", r"\b(?:definitely|certainly|undoubtedly|without a doubt)\b"),
    ("tone", "apology", r"\b(?:sorry|apologi[sz]e|apologies|regret)\b"),
    ("tone", "casual", r"\b(?:dude|bro|yo|gonna|wanna|what's up|hey there|buddy|mate)\b"),
    ("tone", "flattering", r"\b(?:great question|brilliant|amazing question|well done|genius)\b"),
    ("tone", "contractions", r"\b\w+n't\b|\b\w+'(?:re|ll|ve|m)\b"),
    ("tone", "rude", r"\b(?:idiot|stupid|moron|shut up|dumb|fool)\b"),
    ("format", "exclamation", r"!"),
    ("format", "emoji", "[\U0001f300-\U0001faff\u2600-\u27bf]|:\\)|;\\)|:d\\b"),
    ("format", "bold", r"\*\*\w"),
    ("format", "html", r"</?\w+>"),
    ("format", "links", r"https?://|www\."),
    ("format", "headings", r"^#+ "),
    ("format", "greeting", (r"^(?:hello|hi|dear|good (?:morning|evening|day)|hey|bonjour"
    r"|welcome)\b")),
    ("format", "farewell", r"\b(?:goodbye|bye|see you|farewell|take care)\b"),
    ("format", "signature", r"\b(?:kind regards|best regards|sincerely|yours truly|regards)\b"),
)  # fmt: skip
_SAYS = tuple((kind, name, re.compile(pattern)) for kind, name, pattern in _TOLD)
_TAG = re.compile(r"(?<!\w)</?(?:b|i|em|strong|p|br|ul|li|h[1-6]|a|div|span|table)>")


def samples(instruction: Instruction) -> Iterator[Has]:
    """Yield what the samples of a clause say the answer is like, or not like."""
    if instruction.is_foreign:
        return
    text = instruction.quoted
    if _OF_DATES.search(text):
        for name, pattern in _STYLES:
            for match in pattern.finditer(text):
                yield from _has(instruction, "time", name, match)
    for match in _TAG.finditer(text):
        yield from _has(instruction, "format", "html", match)
    if not _PRESCRIBES.search(instruction.text):
        return
    for match in _QUOTED.finditer(text):
        said = next(part for part in match.groups() if part is not None)
        for kind, name in _told(said.strip()):
            yield from _has(instruction, kind, name, match)


def _told(said: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of what words in quotation marks are."""
    for kind, name, pattern in _SAYS:
        if pattern.search(said):
            yield kind, name
    words = [word.strip(".,!?¡¿") for word in said.split()]
    spoken = [_LANGUAGE_OF[word] for word in words if word in _LANGUAGE_OF]
    if spoken and len(set(spoken)) == 1:
        yield "language", f"uses:{spoken[0]}"
    for names, spelling in ((_BRITISH, "british"), (_AMERICAN, "american")):
        if names & set(words):
            yield "language", f"spelling:{spelling}"


def _has(instruction: Instruction, kind: str, name: str, match: re.Match[str]) -> Iterator[Has]:
    positive = not instruction.denies_before(match.start())
    # 'No headings such as "Answer"' leaves other headings.
    if not positive and kind == "format" and name not in ("exclamation", "emoji", "html"):
        return
    target = container(instruction.text, match, "")
    target = None if target == "answer" else target
    said = match.group()
    yield Has(instruction, kind, frozenset({name}), said, positive, target, frozenset())
