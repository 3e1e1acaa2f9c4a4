"""The values that the rest of the code sees of a suite.

Separate from the file models: those follow the file, these are complete (defaults
merged, products written out, numbers checked) and stay the same when the file
format grows. Where a value stands in its file is not part of what it is: two
values are equal when their definitions are, wherever they were written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import date

Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One entry of `expect`: a scorer, its argument, and how its score counts.

    Attributes:
        scorer: The scorer's name.
        argument: What stands behind the name in the file: nothing (None), a value for
            the first parameter, or a mapping of options.
        negate: The entry stands under `not`.
        weight: Its share in the trial's score, 0 or more.
        threshold: The score, 0 to 1, that a trial needs to pass.
        metric: A name for this score in results; the scorer's name where None.
        file: The file that the entry is in: the suite, its defaults or its data.
        line: The 1-based line in that file.
    """

    scorer: str
    argument: Any = None
    negate: bool = False
    weight: float = 1.0
    threshold: float = 1.0
    metric: str | None = None
    file: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer to generate in a conversation.

    Attributes:
        messages: What is sent before this answer and after the answer of the turn
            before, as `{"role", "content"}` with content a text or a list of blocks.
            Empty only in the one turn of a case without `messages`, where the prompt's
            own user block asks.
        expect: What is expected of this answer; may be empty but for the last turn.
        line: The line in the case's file.
    """

    messages: tuple[Message, ...]
    expect: tuple[Expectation, ...]
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Quarantine:
    """A flaky case that is set aside: it still runs, and someone answers for it."""

    owner: str
    until: date
    reason: str

    def active(self, today: date) -> bool:
        """Return whether it still holds on a day; `until` is the last such day."""
        return today <= self.until


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation and what is expected of it.

    Attributes:
        id: Unique in its suite.
        cluster: Cases that share a source share a cluster: the unit of statistics.
        vars: The variables, defaults merged in.
        turns: At least one; generate their answers in order, each after the messages
            and answers of all before it. A trial is scored over the entries of all.
        critical: A trial that does not pass is a violation.
        tags: Sorted, without repeats.
        quarantine: None for a case in good standing, and for every critical case.
        file: The file that the case is in: the suite or its data.
        line: The 1-based line in that file.
    """

    id: str
    cluster: str
    vars: Mapping[str, Any]
    turns: tuple[Turn, ...]
    critical: bool = False
    tags: tuple[str, ...] = ()
    quarantine: Quarantine | None = None
    file: str = field(default="", compare=False)
    line: int = field(default=1, compare=False)

    @property
    def messages(self) -> tuple[Message, ...] | None:
        """What is sent for the first answer; None where the prompt's user block asks."""
        return self.turns[0].messages or None

    @property
    def expect(self) -> tuple[Expectation, ...]:
        """What is expected of the last answer, which in most cases is the only one."""
        return self.turns[-1].expect


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases that test one behaviour.

    Attributes:
        name: Unique in the project.
        file: Where it is, relative to the project's root.
        prompts: The prompts that it tests; () where it tests an application.
        target: The application, 'python:module:function'; None where it tests prompts.
        behaviour: What it tests, in a word; the suite's name where the file says nothing.
        repeats: Answers to each case.
        margin: The drop that is tolerated, in absolute points 0..1; None: as the policy says.
        min_score: What the mean score must reach without a baseline; None: as the policy says.
        on_inconclusive: What an inconclusive verdict does; None: as the policy says.
        description: A sentence for people.
        cases: In the order of the file.
        line: Where the file gives the name.
    """

    name: str
    file: str = field(compare=False)
    prompts: tuple[str, ...]
    target: str | None
    behaviour: str
    repeats: int
    cases: tuple[Case, ...]
    margin: float | None = None
    min_score: float | None = None
    on_inconclusive: Literal["hold", "warn"] | None = None
    description: str | None = None
    line: int = field(default=1, compare=False)
