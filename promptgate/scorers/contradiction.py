"""The scorers `contradiction` and `self-contradiction`: what cannot be true of an answer.

The analysis is promptgate.language's; here is what an answer is held against. Pure,
deterministic, no model; English. What they get wrong is told in docs/contradictions.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from promptgate.errors import ScorerError
from promptgate.language.contradictions import breaches
from promptgate.language.facts import conflicts, states_something
from promptgate.scorers.given import conversation, facts_of_vars, question
from promptgate.scorers.interface import Case, Response, Score, missing_text, over_trials
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.facts import Conflict
    from promptgate.scorers.interface import Scorer

_SHOWN = 100


@scorer("contradiction")
def contradiction(
    facts: str | list[str] | None = None,
    *,
    sources: list[Literal["vars", "prompt", "conversation"]] | None = None,
) -> Scorer:
    """The answer contradicts what it was given: facts, the prompt, the conversation so far.

    Numbers, dates, units (converted), counts, ranges, negation, names and attributes are
    compared where both speak of the same thing; of the prompt's rules those that can be
    counted or seen (length, format, words never to be said). Suites write it under 'not'.
    Where nothing is given that an answer could contradict, it is unscored.

    Example:
        {not: {contradiction: "The wall mount costs 9 euros. It is sold apart."}}

    Args:
        facts: What holds. Without it, all sources.
        sources: Where else facts are looked for: 'vars' (the case's variables without the
            question), 'prompt' (the system prompt as sent), 'conversation' (earlier answers,
            and what the user says of themselves).
    """
    stated = [facts] if isinstance(facts, str) else list(facts or ())
    if facts is not None and not any(states_something(text) for text in stated):
        raise ScorerError(
            f"the facts {facts!r} state nothing; write sentences, such as 'Shipping is free.'."
        )
    if sources is not None and not sources and not stated:
        raise ScorerError("no source is named, so nothing could be contradicted; name one.")
    if sources is None:
        sources = [] if stated else ["vars", "prompt", "conversation"]
    wanted = frozenset(sources)

    def check(case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        asked = question(case, response)
        held = False
        for name, text in _given(case, response, stated, wanted):
            held = held or states_something(text)
            found = conflicts(text, response.text, asked)
            if found:
                return _contradicts(name, text, response.text, found[0])
        if "prompt" in wanted and response.system:
            held = True
            for breach in breaches(response.system, response.text):
                if breach.is_sure:
                    rule = _shown(response.system[slice(*breach.rule)])
                    return Score(1.0, f"the answer {breach.reason}, against “{rule}” (prompt)")
        if not held:
            return Score(None, "nothing is given that the answer could contradict; name 'facts'")
        return Score(0.0, "the answer contradicts nothing that was given")

    return check


def _given(
    case: Case, response: Response, stated: list[str], wanted: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if stated:
        yield "facts", "\n\n".join(stated)
    if "vars" in wanted and (texts := facts_of_vars(case)):
        yield "vars", "\n\n".join(texts)
    if "prompt" in wanted and response.system:
        yield "prompt", response.system
    if "conversation" in wanted and (said := conversation(case, response)):
        yield "conversation", "\n\n".join(said)


def _contradicts(name: str, text: str, answer: str, found: Conflict) -> Score:
    said, given = _shown(answer[slice(*found.answer)]), _shown(text[slice(*found.given)])
    reason = f"“{said}” contradicts “{given}” ({name}): {found.reason}"
    return Score(1.0, reason, found.kind, found.answer)


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


@scorer("self-contradiction")
def self_contradiction(scope: Literal["cluster", "case"] = "cluster") -> Scorer:
    """The answer cannot be true together with other answers to the same question.

    It sees all repeats of the case on the same target, and those of the other cases of its
    cluster. The score is the share of the other answers that it contradicts: of three
    answers, one that stands alone gets 1 and the two others 0.5. Suites write it under
    'not', with a threshold of 0.5 where only the odd one out shall fail. Without another
    answer it is unscored.

    Example:
        {not: self-contradiction, threshold: 0.5}

    Args:
        scope: 'case' compares repeats only, 'cluster' paraphrases too.
    """

    def check(case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        if not response.others:
            return Score(None, "there is no other answer to compare with; give the case repeats")
        asked = question(case, response)
        first: str | None = None
        count = 0
        for other in response.others:
            theirs = question(other.case, other.response)
            found = conflicts(other.response.text, response.text, asked, theirs) or [
                clash.turned()
                for clash in conflicts(response.text, other.response.text, theirs, asked)
            ]
            if not found:
                continue
            count += 1
            if first is None:
                said = _shown(response.text[slice(*found[0].answer)])
                given = _shown(other.response.text[slice(*found[0].given)])
                first = f"“{said}” and “{given}” cannot both be true: {found[0].reason}"
        share = count / len(response.others)
        if first is None:
            return Score(0.0, f"it contradicts none of {len(response.others)} other answers")
        return Score(share, f"{first} ({count} of {len(response.others)} other answers)")

    return over_trials(check, scope)
