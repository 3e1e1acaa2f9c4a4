"""What will be asked: every trial of a comparison, known before anything is sent.

A request that is the same in both arms is the same trial: it is asked once and
counts for both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from promptgate.errors import InputError, PromptError, SuiteError
from promptgate.models.request import Request
from promptgate.runs.applications.call import ApplicationCall, application_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptgate.prompts import Prompt
    from promptgate.runs.arms import Arm, ArmName
    from promptgate.suites import Case, Suite


@dataclass(frozen=True)
class PlannedCase:
    """One case on one prompt, in every arm.

    Attributes:
        suite: The suite that the case belongs to.
        case: The case.
        prompt: Name of the prompt under test, or the target that is an application.
        key: What names the unit in tables: the case id, with the prompt in front
            where the suite tests several.
        repeats: Trials an arm.
        requests: The request of each arm, or the call of the application that makes its
            own; None where the case is new to that arm.
    """

    suite: Suite
    case: Case
    prompt: str
    key: str
    repeats: int
    requests: Mapping[ArmName, Request | ApplicationCall | None]

    @cached_property
    def identical(self) -> bool:
        """Tell whether both arms would send the same request."""
        if len(self.requests) < 2:
            return False
        return len({request and request.digest for request in self.requests.values()}) == 1


@dataclass(frozen=True)
class Plan:
    """All trials of one or two arms.

    Attributes:
        arms: The arms, baseline first.
        cases: Every case with its requests.
    """

    arms: tuple[Arm, ...]
    cases: tuple[PlannedCase, ...]

    def changed(self) -> Plan:
        """Return the suites of which at least one request differs between the arms.

        What stays the same in a suite that changed stays in: its cases count.
        """
        names = {planned.suite.name for planned in self.cases if not planned.identical}
        return replace(self, cases=tuple(c for c in self.cases if c.suite.name in names))


def make_plan(arms: Sequence[Arm], suites: Sequence[Suite], *, repeats: int | None = None) -> Plan:
    """Render every case of every suite on every arm.

    Args:
        arms: The baseline first; a single arm for a run on one target.
        suites: What to ask.
        repeats: Trials a case, in place of what each suite says.

    Raises:
        PromptError: A case cannot be rendered on the candidate (or the only arm).
            One that cannot be rendered on the baseline is new there.
    """
    return Plan(tuple(arms), tuple(plan_cases(arms, suites, repeats=repeats)))


def plan_cases(
    arms: Sequence[Arm], suites: Sequence[Suite], *, repeats: int | None = None
) -> Iterator[PlannedCase]:
    """Yield the cases of make_plan() one by one, for who need not see all of them."""
    for suite in suites:
        if suite.target is not None:
            yield from _of_application(arms, suite, suite.target, repeats or suite.repeats)
        for prompt in suite.prompts:
            for written in suite.cases:
                case = _with_messages(arms[-1].prompt(prompt), written, suite)
                requests = {arm.name: _render(arm, suite, case, prompt) for arm in arms}
                key = unit_key(suite, prompt, case)
                count = repeats or suite.repeats
                yield PlannedCase(suite, case, prompt, key, count, requests)


def unit_key(suite: Suite, prompt: str, case: Case) -> str:
    """Return what names a case on a prompt in tables: the prompt too where there are several."""
    return case.id if len(suite.prompts) < 2 else f"{prompt}/{case.id}"


def _of_application(
    arms: Sequence[Arm], suite: Suite, target: str, repeats: int
) -> Iterator[PlannedCase]:
    for case in suite.cases:
        calls = {arm.name: application_call(arm, suite, case) for arm in arms}
        yield PlannedCase(suite, case, target, case.id, repeats, calls)


def _render(arm: Arm, suite: Suite, case: Case, prompt: str) -> Request | None:
    """Return the request of one case on one arm; None where it is new to the baseline."""
    if arm.name == "baseline" and not arm.has(prompt):
        return None
    loaded = arm.prompt(prompt)
    try:
        arguments = loaded.request(case.vars, messages=case.messages, model=arm.model)
    except PromptError as error:
        if arm.name == "baseline":
            return None
        raise _at_case(error, case, suite) from None
    return arm.shaped(as_request(arguments))


def _with_messages(prompt: Prompt, case: Case, suite: Suite) -> Case:
    """Return the case with the variables in its messages filled in, the same for both arms."""
    if case.messages is None:
        return case
    try:
        turns = tuple(
            replace(turn, messages=tuple(prompt.render_messages(turn.messages, case.vars)))
            for turn in case.turns
        )
    except PromptError as error:
        raise _at_case(error, case, suite) from None
    return replace(case, turns=turns)


def _at_case(error: PromptError, case: Case, suite: Suite) -> InputError:
    """Return an error of rendering that names the case too, and stands there if nowhere else."""
    if error.file is not None:
        message = f"{error.message} (case {case.id!r}, {case.file}:{case.line})"
        return PromptError(message, file=error.file, line=error.line)
    message = f"case {case.id!r} of suite {suite.name!r}: {error.message}"
    return SuiteError(message, file=case.file, line=case.line)


def as_request(arguments: Mapping[str, Any]) -> Request:
    """Return the request that the SDK makes of the arguments of `client.messages.create`."""
    body = dict(arguments)
    body |= body.pop("extra_body", {})
    headers = body.pop("extra_headers", {})
    query = urlencode(body.pop("extra_query", {}))
    beta = tuple(part.strip() for part in headers.get("anthropic-beta", "").split(",") if part)
    return Request(body, query=query, beta=beta)
