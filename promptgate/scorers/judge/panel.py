"""From the votes on one answer to one verdict, whatever the order of the votes.

The label with the most votes wins. A vote that is missing could have gone anywhere:
the verdict stands only if no way of filling the gaps would change it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.scorers.judge.definition import BETTER, SAME, WORSE
from promptgate.scorers.judge.quoted import ORDERS, TIE
from promptgate.scorers.judge.reply import Vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.scorers.judge.definition import Judge


@dataclass(frozen=True)
class Verdict:
    """What a judge says of one answer.

    Attributes:
        value: 0 to 1; None where it says nothing that counts.
        label: The label that won; None where there is none, or several with the mean.
        reason: One clause.
    """

    value: float | None
    label: str | None
    reason: str


def both_orders(answer_first: Vote, answer_second: Vote) -> Vote:
    """Return what two comparisons with swapped positions say: a tie unless they agree."""
    for vote in (answer_first, answer_second):
        if vote.label is None:
            return vote
    said = [
        SAME if vote.label == TIE else BETTER if vote.label == order else WORSE
        for vote, order in zip((answer_first, answer_second), ORDERS, strict=True)
    ]
    if said[0] == said[1]:
        return Vote(said[0], answer_first.reason)
    if answer_first.label == answer_second.label:
        return Vote(SAME, f"the judge prefers whichever stands {answer_first.label}")
    return Vote(SAME, f"{said[0]} when shown first, {said[1]} when shown second")


def decide(judge: Judge, votes: Sequence[Vote]) -> Verdict:
    """Return the verdict of a judge's votes on one answer.

    Args:
        judge: Whose they are: its scale and its rule for ties.
        votes: One for each model and repeat, in any order.
    """
    counts = Counter(vote.label for vote in votes if vote.label is not None)
    silent = sorted(vote.reason for vote in votes if vote.label is None)
    if silent and not _settled(counts, len(silent)):
        beside = f" ({len(silent)} of {len(votes)} votes)" if len(votes) > 1 else ""
        return Verdict(None, None, silent[0] + beside)
    most = max(counts.values())
    leading = sorted(
        (label for label, count in counts.items() if count == most),
        key=lambda label: (judge.worth[label], label),
    )
    shown = f" ({most} of {len(votes)})" if len(votes) > 1 else ""
    if len(leading) == 1:
        # The shortest reason, then the first by its letters: no order decides which is shown.
        reasons = sorted(
            {vote.reason for vote in votes if vote.label == leading[0]}, key=lambda r: (len(r), r)
        )
        told = f"{leading[0]}{shown}: {reasons[0]}"
        return Verdict(judge.worth[leading[0]], leading[0], told)
    return _tie(judge, leading, f"tie of {' and '.join(leading)}, {most} votes each")


def _settled(counts: Counter[str], missing: int) -> bool:
    """Tell whether the leading label stays ahead however the missing votes had gone."""
    ranked = [count for _, count in counts.most_common(2)]
    second = ranked[1] if len(ranked) > 1 else 0
    return bool(ranked) and ranked[0] > second + missing


def _tie(judge: Judge, leading: Sequence[str], told: str) -> Verdict:
    if judge.compares:
        return Verdict(judge.worth[SAME], SAME, told)
    if judge.tie == "unscored":
        return Verdict(None, None, told)
    if judge.tie == "mean":
        mean = sum(judge.worth[label] for label in leading) / len(leading)
        return Verdict(mean, None, told)
    return Verdict(judge.worth[leading[0]], leading[0], told)
