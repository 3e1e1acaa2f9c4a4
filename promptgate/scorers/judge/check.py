"""The scorer `judge`: a model holds the answer against a rubric.

It never calls a model. Whoever scores hands it, with the answer, the way to ask
(`response.ask`), and can tell beforehand from calls() what will be asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from promptgate.errors import ScorerError
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.judge.definition import Judge  # noqa: TC001  # read at run time
from promptgate.scorers.judge.panel import both_orders, decide
from promptgate.scorers.judge.quoted import ORDERS, TIE, exchange
from promptgate.scorers.judge.reply import read_reply
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.scorers.interface import Ask, Scorer
    from promptgate.scorers.judge.panel import Verdict
    from promptgate.scorers.judge.reply import Vote


@dataclass(frozen=True)
class JudgeCheck:
    """A judge as a scorer, with what an entry of a suite adds to it.

    Attributes:
        judge: Who judges.
        reference: What a right answer says; '' for none.
        against: The answer to compare with; '' where the judge does not compare.
    """

    judge: Judge
    reference: str = ""
    against: str = ""

    def calls(self, case: Case, response: Response) -> Iterator[tuple[dict[str, Any], int]]:
        """Yield the body of each request and which sample of its answers is meant.

        An answer without text is not shown to a judge: it passes none.
        """
        if missing_text(response) is not None:
            return
        for order in ORDERS if self.judge.compares else ORDERS[:1]:
            data = exchange(
                case,
                response.text,
                asked=response.asked,
                reference=self.reference,
                against=self.against,
                order=order,
            )
            for model in self.judge.models:
                for repeat in range(self.judge.repeats):
                    yield self.judge.body(model, data), repeat

    def votes(self, case: Case, response: Response, ask: Ask) -> list[Vote]:
        """Ask for every vote, in the order of calls()."""
        labels = (*ORDERS, TIE) if self.judge.compares else self.judge.labels
        return [
            read_reply(ask(wanted, sample), labels) for wanted, sample in self.calls(case, response)
        ]

    def decided(self, votes: Sequence[Vote]) -> Verdict:
        """Return what votes come to."""
        if not self.judge.compares:
            return decide(self.judge, votes)
        return decide(self.judge, [both_orders(*pair) for pair in self._pairs(votes)])

    def orders(self, votes: Sequence[Vote]) -> tuple[tuple[str, str], ...]:
        """Return what was said with the answer first and second, where both said something."""
        if not self.judge.compares:
            return ()
        return tuple(
            (one.label, other.label)
            for one, other in self._pairs(votes)
            if one.label is not None and other.label is not None
        )

    def _pairs(self, votes: Sequence[Vote]) -> Iterator[tuple[Vote, Vote]]:
        half = len(votes) // 2
        return zip(votes[:half], votes[half:], strict=True)

    def __call__(self, case: Case, response: Response) -> Score:
        """Return the verdict as a score."""
        empty = missing_text(response)
        if empty is not None:
            return empty
        if response.ask is None:
            told = f"the judge {self.judge.name!r} has no model to ask here"
            return Score(None, told, judge=self.judge.identity)
        found = self.decided(self.votes(case, response, response.ask))
        told = f"{self.judge.name}: {found.reason}"
        return Score(found.value, told, found.label, judge=self.judge.identity)


@scorer("judge")
def judge(name: Judge, *, rubric: str = "", reference: str = "", against: str = "") -> Scorer:
    """A model says how good the answer is, by a rubric.

    Judges are declared in promptgate.toml, one table `[judges.NAME]` each. A reply that
    is not exactly one verdict leaves the trial unscored. A judge that people were not
    shown to agree with (`promptgate judge calibrate`) does not gate: its suite is
    INCONCLUSIVE at best.

    Example:
        {judge: {name: helpful, reference: "The warranty is two years."}}

    Args:
        name: The judge; 'default' where only a rubric is given.
        rubric: Takes the place of the judge's own. It is an instruction: what belongs
            to a case goes into 'reference'.
        reference: What a right answer says, shown to the judge as data.
        against: Another answer. Only for a judge with 'compares': it is asked in both
            orders, and says better (1), tie (0.5) or worse (0).
    """
    chosen = replace(name, rubric=rubric) if rubric.strip() else name
    if not chosen.rubric.strip():
        raise ScorerError(
            f"the judge {name.name!r} has no rubric; write one as 'rubric', or in the file that "
            f"'prompt' names under [judges.{name.name}] in promptgate.toml."
        )
    if name.compares != bool(against.strip()):
        raise ScorerError(
            f"the judge {name.name!r} compares two answers; give the other one as 'against'."
            if name.compares
            else f"the judge {name.name!r} judges one answer; remove 'against', or declare one "
            "with compares = true."
        )
    return JudgeCheck(chosen, reference, against)
