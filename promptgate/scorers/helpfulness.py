"""The scorer `helpfulness`: parts of help that can be seen without a model, as one rubric.

Each part is a check of its own with a clause for the reason; the score is the share of the
parts that hold. What only a reader can judge (kindness, clarity, depth) is a judge's work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from promptgate.documents import describe
from promptgate.errors import ScorerError
from promptgate.language.answering import asks_back as asks
from promptgate.language.answering import unanswered
from promptgate.language.facts import states
from promptgate.language.layout import SEEN, is_json
from promptgate.language.recognition import KNOWN, SAME_SCRIPT, language_of
from promptgate.scorers.given import question
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.refusal import Label, classify
from promptgate.scorers.registry import scorer
from promptgate.scorers.shape import complete as complete_scorer
from promptgate.scorers.words import count_words

if TYPE_CHECKING:
    from promptgate.scorers.interface import Scorer

Fact = str | Sequence[str]
Part = Callable[[Case, Response], "Finding"]
Format = Literal["prose", "list", "steps", "table", "code", "json"]

_LAYOUT: dict[str, tuple[str, ...]] = {
    "list": ("bullets", "numbered"),
    "steps": ("numbered",),
    "table": ("table",),
    "code": ("fence",),
}
_NO_PROSE = ("bullets", "numbered", "table", "headings", "fence")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one part of the rubric found.

    Attributes:
        value: 0 to 1.
        reason: A clause of fact about the answer.
    """

    value: float
    reason: str


@scorer("helpfulness")
def helpfulness(
    facts: list[str | list[str]] | None = None,
    *,
    forbidden: list[str] | None = None,
    answers: bool = True,
    asks_back: bool | None = None,
    complete: bool = True,
    format: Format | None = None,  # noqa: A002  # what a suite writes
    language: str | None = None,
    min_words: int | None = None,
    max_words: int | None = None,
) -> Scorer:
    """The answer helps: a rubric of parts that can be seen, each shown in the reason.

    The score is the mean of the parts that apply: required facts (the share that is there, in
    the same words or as equal values: '24 months' states 'two years'), forbidden claims absent,
    the question answered and not refused, a question asked back, ended, format, language,
    length. A wrong claim is as much a fault as a missing fact; where it must decide alone,
    write an entry of its own, {not: contradiction}.

    Example:
        helpfulness: {facts: ["two years", ["label", "sticker"]], max_words: 40}

    Args:
        facts: What must be stated; a list stands for any one of its texts.
        forbidden: What must not be stated; denying it is no fault.
        answers: Whether the question must be answered. It is not looked at where asks_back is
            true.
        asks_back: Whether the answer must ask something (true) or must not (false).
        complete: Whether the answer must come to its end.
        format: The layout that the answer must have.
        language: Its language in English words, 'German'; 'user' for that of the question.
        min_words: The smallest number of words.
        max_words: The largest number of words.
    """
    parts = list(_parts(facts, forbidden, answers and not asks_back, asks_back))
    if complete:
        parts.append(_complete)
    if format is not None:
        parts.append(lambda _case, response: _format(format, response.text))
    if language is not None:
        parts.append(_in_language(language))
    if min_words is not None or max_words is not None:
        parts.append(_length(min_words, max_words))
    if not parts:
        raise ScorerError("every part is switched off, so there is nothing to measure; keep one.")

    def check(case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        found = [part(case, response) for part in parts]
        value = sum(finding.value for finding in found) / len(found)
        reason = "; ".join(f"{finding.reason} ({finding.value:.3g})" for finding in found)
        return Score(value, reason)

    return check


def _parts(
    facts: Sequence[Fact] | None,
    forbidden: Sequence[str] | None,
    answers: bool,
    asks_back: bool | None,
) -> list[Part]:
    parts: list[Part] = []
    if facts is not None:
        choices = [[fact] if isinstance(fact, str) else list(fact) for fact in facts]
        if not choices or any(not texts or not all(map(str.strip, texts)) for texts in choices):
            raise ScorerError(f"'facts' must be texts that are not blank, but got {facts!r}.")
        parts.append(lambda _case, response: _facts(choices, response.text))
    if forbidden is not None:
        banned = list(forbidden)
        if not banned or not all(map(str.strip, banned)):
            raise ScorerError(f"'forbidden' must be texts that are not blank, but got {banned!r}.")
        parts.append(lambda _case, response: _forbidden(banned, response.text))
    if answers:
        parts.append(_answers)
    if asks_back is not None:
        parts.append(lambda _case, response: _asks_back(asks_back, response.text))
    return parts


def _facts(choices: Sequence[Sequence[str]], text: str) -> Finding:
    lacking = [texts[0] for texts in choices if all(states(text, one) is None for one in texts)]
    there = len(choices) - len(lacking)
    reason = f"{there} of {len(choices)} facts"
    if lacking:
        reason += ", not " + ", ".join(describe(one) for one in lacking)
    return Finding(there / len(choices), reason)


def _forbidden(banned: Sequence[str], text: str) -> Finding:
    claimed = [one for one in banned if states(text, one) is not None]
    if claimed:
        return Finding(0.0, "claims " + ", ".join(describe(one) for one in claimed))
    return Finding(1.0, "claims nothing forbidden")


def _answers(case: Case, response: Response) -> Finding:
    found = classify(
        response.text, stop_reason=response.stop_reason, stop_category=response.stop_category
    )
    if found.label is Label.FULL_REFUSAL:
        return Finding(0.0, "refuses")
    asked = question(case, response)
    why = unanswered(asked, response.text) if asked else None
    return Finding(0.0, why) if why else Finding(1.0, "answers")


def _asks_back(wanted: bool, text: str) -> Finding:
    found = asks(text)
    return Finding(float(found == wanted), "asks back" if found else "asks nothing back")


def _complete(case: Case, response: Response) -> Finding:
    score = complete_scorer()(case, response)
    return Finding(score.value or 0.0, score.reason.removeprefix("the answer "))


def _format(wanted: Format, text: str) -> Finding:
    if wanted == "json":
        found = is_json(text)
        return Finding(float(found), "is JSON" if found else "is not JSON")
    if wanted == "prose":
        other = next((name for name in _NO_PROSE if SEEN[name].search(text)), None)
        return Finding(0.0, f"is no prose, it has {other}") if other else Finding(1.0, "is prose")
    found = any(SEEN[name].search(text) for name in _LAYOUT[wanted])
    return Finding(float(found), f"has {'' if found else 'no '}{wanted}")


def _in_language(name: str) -> Part:
    wanted = name.strip().lower()
    if wanted != "user" and wanted not in KNOWN:
        raise ScorerError(
            f"the language {name!r} cannot be told from others; known are "
            f"{', '.join(sorted(KNOWN))}, or write 'user'."
        )

    def part(case: Case, response: Response) -> Finding:
        expected = wanted if wanted != "user" else language_of(question(case, response))
        found = language_of(response.text)
        if found is None or expected is None:
            return Finding(1.0, "is too short to tell its language")
        holds = expected in (found, *SAME_SCRIPT.get(found, ()))
        return Finding(float(holds), f"is in {found.title()}")

    return part


def _length(low: int | None, high: int | None) -> Part:
    if low is not None and high is not None and low > high:
        raise ScorerError(
            f"'min_words' {low} is above 'max_words' {high}, so no answer could pass; swap them."
        )

    def part(_case: Case, response: Response) -> Finding:
        words = count_words(response.text)
        fits = (low is None or words >= low) and (high is None or words <= high)
        return Finding(float(fits), f"has {words} words")

    return part
