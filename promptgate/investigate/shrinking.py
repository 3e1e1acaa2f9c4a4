"""The smallest conversation that still fails the same check: messages, sentences, tokens.

Leaving something out is judged as a hunk of an edit is: a smaller input counts only
when its answers speak clearly for failing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from promptgate.errors import ExitCode, InputError, PromptgateError
from promptgate.investigate.diagnosis import SCHEMA_VERSION
from promptgate.investigate.search.delta import Judge, minimise
from promptgate.investigate.search.sequential import State
from promptgate.language.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from promptgate.investigate.asking import Asker
    from promptgate.investigate.search.evidence import Tally
    from promptgate.investigate.subject import Subject
    from promptgate.investigate.versions import Version
    from promptgate.suites.model import Case, Message

_TOKEN = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Place:
    """A text of the input that may be shortened: a variable, or the text of a message.

    Attributes:
        variable: Its name; None for a message.
        turn, message: Which one, from 0; -1 for a variable.
    """

    variable: str | None
    turn: int = -1
    message: int = -1


@dataclass(frozen=True)
class Shrunk:
    """What is left of an input.

    Attributes:
        subject, prompt: What was looked at.
        before, after: The input, and the smallest that still fails.
        seen: The answers of the smallest.
        complete: Whether nothing more can be left out, as far as answers tell.
        calls, recorded, cost_usd, notes: As in a diagnosis.
    """

    subject: str
    prompt: str
    before: Case
    after: Case
    seen: Tally
    complete: bool
    calls: int
    recorded: int
    cost_usd: float | None
    notes: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """0, or HOLD where more might go."""
        return ExitCode.OK if self.complete else ExitCode.HOLD

    def to_json(self) -> dict[str, Any]:
        """Return what is left as plain data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "subject": self.subject,
            "prompt": self.prompt,
            "complete": self.complete,
            "before": input_of(self.before),
            "after": input_of(self.after),
            "characters": [size(self.before), size(self.after)],
            "fails": self.seen.fails,
            "answers": self.seen.calls,
            "calls": self.calls,
            "recorded": self.recorded,
            "cost_usd": self.cost_usd,
            "notes": list(self.notes),
        }


def shrink(
    subject: Subject,
    version: Version,
    asker: Asker,
    *,
    told: Callable[[Case, int], None] = lambda _case, _calls: None,
) -> Shrunk:
    """Find the smallest input that still fails.

    Args:
        subject: The input and its check.
        version: Of the prompt, with the model that is asked.
        asker: Draws answers.
        told: Given the smallest input so far and the answers spent, after each answer.

    Raises:
        InputError: The input does not fail.
        EvidenceError: Nothing is recorded of it, and nothing can be asked.
    """
    bench = _Bench(subject, version, asker, told)
    bench.reproduce()
    case = _without_messages(subject.case, bench.fails)
    for pieces in (_sentences, _tokens):
        for place in _places(case):
            case = _shorter(case, place, pieces, bench.fails)
    judge = bench.judge
    complete = not judge.spent and not asker.lacking
    notes = [*asker.notes, *asker.ended()]
    if complete and any(state is State.UNRESOLVED for state in judge.states.values()):
        notes.append("some smaller inputs waver between failing and passing; they were not taken")
    return Shrunk(
        subject.title,
        subject.prompt,
        subject.case,
        case,
        judge.seen[_key(case)],
        complete,
        asker.calls,
        asker.recorded,
        asker.cost_usd,
        tuple(notes),
    )


class _Bench:
    """Smaller and smaller forms of an input, as something to ask."""

    def __init__(
        self, subject: Subject, version: Version, asker: Asker, told: Callable[[Case, int], None]
    ) -> None:
        self.subject, self.version, self.asker = subject, version, asker
        self.smallest = subject.case
        self.cases: dict[str, Case] = {}
        self.judge: Judge[str] = Judge(self._ask, budget=asker.limits.calls)
        self.judge.told = lambda _key, _seen: told(self.smallest, self.judge.calls)

    def fails(self, case: Case) -> bool:
        """Ask a form until its answers speak clearly for failing, or do not."""
        self.cases.setdefault(_key(case), case)
        if self.judge.state(_key(case)) is not State.BAD:
            return False
        self.smallest = min(self.smallest, case, key=size)
        return True

    def reproduce(self) -> None:
        """Ask the whole input.

        Raises:
            InputError: It does not fail.
            EvidenceError: Nothing is recorded of it, and nothing can be asked.
        """
        whole = _key(self.subject.case)
        self.cases[whole] = self.subject.case
        state = self.judge.reproduced(whole)
        seen = self.judge.seen[whole]
        if not seen.calls:
            raise self.asker.nothing_recorded(f"{self.subject.title} at {self.version.revision}")
        if state is State.GOOD:
            raise InputError(
                f"this input does not fail at {self.version.revision}: {seen.fails} of "
                f"{seen.calls} answers do; there is nothing to shrink."
            )
        self.judge.states[whole] = state

    def _ask(self, key: str) -> bool | None:
        case = self.cases[key]
        try:
            request = self.subject.request(self.version.arm, case)
        except PromptgateError:
            return None
        return self.asker.fails(self.subject, request, case)


def _key(case: Case) -> str:
    return repr(input_of(case))


def _without_messages(case: Case, fails: Callable[[Case], bool]) -> Case:
    """Leave out messages of a single turn; a user's must stay last."""
    if len(case.turns) != 1 or len(case.turns[0].messages) < 2:
        return case

    def having(messages: Sequence[Message]) -> Case:
        return replace(case, turns=(replace(case.turns[0], messages=tuple(messages)),))

    *earlier, last = case.turns[0].messages
    if fails(having([last])):
        return having([last])
    numbered = list(enumerate(earlier))

    def keeps(part: Sequence[tuple[int, Message]]) -> bool:
        return fails(having([*(message for _, message in part), last]))

    kept = minimise([n for n, _ in numbered], lambda part: keeps([numbered[n] for n in part]))
    return having([*(earlier[n] for n in kept), last])


def _shorter(
    case: Case,
    place: Place,
    pieces: Callable[[str], list[str]],
    fails: Callable[[Case], bool],
) -> Case:
    parts = pieces(_text_at(case, place))
    if len(parts) < 2:
        return case

    def having(kept: Sequence[int]) -> Case:
        return _with_text(case, place, "".join(parts[n] for n in kept).strip())

    kept = minimise(list(range(len(parts))), lambda part: fails(having(part)))
    return having(kept) if len(kept) < len(parts) else case


def _places(case: Case) -> Iterator[Place]:
    """Yield the texts of the input, the longest first."""
    found = [Place(name) for name, value in case.vars.items() if isinstance(value, str)]
    for t, turn in enumerate(case.turns):
        found += [
            Place(None, t, m)
            for m, message in enumerate(turn.messages)
            if message["role"] == "user" and isinstance(message["content"], str)
        ]
    yield from sorted(found, key=lambda place: -len(_text_at(case, place)))


def _text_at(case: Case, place: Place) -> str:
    if place.variable is not None:
        return str(case.vars[place.variable])
    return str(case.turns[place.turn].messages[place.message]["content"])


def _with_text(case: Case, place: Place, text: str) -> Case:
    if place.variable is not None:
        return replace(case, vars={**case.vars, place.variable: text})
    turn = case.turns[place.turn]
    messages = list(turn.messages)
    messages[place.message] = {**messages[place.message], "content": text}
    turns = list(case.turns)
    turns[place.turn] = replace(turn, messages=tuple(messages))
    return replace(case, turns=tuple(turns))


def _sentences(text: str) -> list[str]:
    """Return a text cut in front of each sentence; joined they are the text."""
    starts = [start for start, _ in sentences(text)]
    bounds = [0, *starts[1:], len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def input_of(case: Case) -> dict[str, Any]:
    """Return what a case asks, as plain data."""
    messages: list[Mapping[str, Any]] = [dict(m) for turn in case.turns for m in turn.messages]
    return {"vars": dict(case.vars), "messages": messages}


def size(case: Case) -> int:
    """Return the length of an input in characters."""
    return sum(len(_text_at(case, place)) for place in _places(case))
