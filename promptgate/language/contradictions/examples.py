"""Check an example answer against the instructions of its prompt.

Only what can be counted or seen is checked: length, format, language, forbidden words,
a refusal where none may be. An instruction with a condition may not concern this example
and is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Act, Amount, Has, Help
from promptgate.language.contradictions.comparing.quantities import is_answer
from promptgate.language.folding import fold
from promptgate.language.layout import SEEN, is_json
from promptgate.language.recognition import KNOWN, SAME_SCRIPT, language_of
from promptgate.language.sentences import sentences
from promptgate.language.stems import WORD, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptgate.language.contradictions.claims import Claim
    from promptgate.language.sentences import Span


@dataclass(frozen=True)
class Breach:
    """An instruction that an example answer breaks.

    Attributes:
        kind: As of a contradiction.
        rule: Span of the instruction in the prompt.
        reason: What the answer does, as a predicate: 'has 4 sentences'.
        is_sure: Whether it was counted or parsed.
    """

    kind: str
    rule: Span
    reason: str
    is_sure: bool


_REFUSAL = re.compile(
    r"\b(?:i|we) (?:can't|cannot|can not|am unable to|'m unable to|am not able to|won't"
    r"|will not|must decline to|'m not able to)"
    r" (?:help|assist|do|provide|answer|discuss|share|support|comply|give|talk|tell|with"
    r"|fulfil)|\b(?:i|we) (?:must |have to )?(?:decline|refuse)\b"
)  # fmt: skip
_MARKDOWN = ("bullets", "numbered", "headings", "bold", "table", "fence")
_FEATURES = {
    **{name: (name,) for name in SEEN},
    "markdown": ("headings", "bold", "table", "fence"),
    "list": ("bullets", "numbered"),
}
_CONTRARY = {"data:plain": _MARKDOWN, "prose_only": ("bullets", "numbered", "table", "headings")}


def breaches_of(claims: Iterable[Claim], answer: str) -> Iterator[Breach]:
    """Yield the claims that an answer breaks, at most one for an instruction.

    Args:
        claims: All claims of the prompt.
        answer: The example's answer.
    """
    seen: set[Span] = set()
    for claim in claims:
        instruction = claim.instruction
        if instruction.when.condition is not None or instruction.when.exception is not None:
            continue
        reason = _reason(claim, answer)
        if reason is not None and instruction.span not in seen:
            seen.add(instruction.span)
            sure = not isinstance(claim, Help) and claim.kind != "language"
            yield Breach(claim.kind, instruction.span, reason, sure)


def _reason(claim: Claim, answer: str) -> str | None:
    match claim:
        case Amount():
            return _amount(claim, answer)
        case Has():
            return _property(claim, answer)
        case Help(refuses=False):
            return "refuses" if refuses(answer) else None
        case Act(positive=False):
            return _act(claim, answer)
    return None


def refuses(answer: str) -> bool:
    """Tell whether an answer opens with a refusal; in doubt, no."""
    return _REFUSAL.search(fold(answer[:300])) is not None


def _amount(claim: Amount, answer: str) -> str | None:
    if claim.verb or not is_answer(claim.target):
        return None
    count = _count(claim.unit, answer)
    if count is None or claim.low <= count <= claim.high or (count < claim.low and refuses(answer)):
        return None
    unit = {"sentenc": "sentence"}.get(claim.unit, claim.unit)
    return f"has {count} {unit}{'' if count == 1 else 's'}"


def _count(unit: str, answer: str) -> int | None:
    """Return how many of a unit an answer has; None for a unit that cannot be counted."""
    match unit:
        case "word":
            return len(WORD.findall(answer))
        case "sentenc":
            return sum(1 for _ in sentences(answer))
        case "character":
            return len(answer)
        case "paragraph":
            return len(re.split(r"\n\s*\n", answer.strip()))
        case "bullet":
            return len(SEEN["bullets"].findall(answer)) or None
    return None


def _property(claim: Has, answer: str) -> str | None:
    if claim.scope or not is_answer(claim.target):
        return None
    if claim.kind == "language":
        return _language(claim, answer)
    if claim.positive:
        if claim.names == {"data:json"}:
            open_value = "{{" in answer or "⟨" in answer  # known only at run time
            return None if open_value or is_json(answer) else "is not JSON"
        forbidden = [one for name in claim.names for one in _CONTRARY.get(name, ())]
    else:
        forbidden = [one for name in claim.names for one in _FEATURES.get(name, ())]
    broken = next((name for name in forbidden if SEEN[name].search(answer)), None)
    return f"has {_NAMES.get(broken, broken)}" if broken else None


_NAMES = {
    "bullets": "a bulleted list", "numbered": "a numbered list", "bold": "bold text",
    "exclamation": "an exclamation mark", "emoji": "an emoji", "table": "a table",
    "fence": "a block of code", "greeting": "a greeting", "html": "HTML",
}  # fmt: skip


def _language(claim: Has, answer: str) -> str | None:
    wanted = {
        name.removeprefix("language:") for name in claim.names if name.startswith("language:")
    }
    found = language_of(answer)
    if not wanted or found is None or "user" in wanted or wanted & {"any"}:
        return None
    alike = {found, *SAME_SCRIPT.get(found, ())}
    known = wanted <= KNOWN
    wrong = (known and not alike & wanted) if claim.positive else found in wanted
    return f"is in {found.title()}" if wrong else None


def _act(claim: Act, answer: str) -> str | None:
    folded = fold(answer)
    if claim.verb == "apologis" and not claim.words:
        return "apologises" if re.search(r"\b(?:sorry|apolog)", folded) else None
    if claim.verb in ("mention", "nam", "say", "us", "writ", "repeat"):
        quoted = [word.strip('"“”.') for word in claim.words if word.startswith(('"', "“"))]
        said = next((word for word in quoted if word and word in folded), None)
        if said is not None and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", folded):
            return f"says “{said}”"
    if claim.verb == "mention" and len(claim.words) == 1 and claim.words == claim.heads:
        (word,) = claim.words
        return f"mentions “{word}…”" if word in stems(folded) else None
    return None
