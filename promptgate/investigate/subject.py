"""What is investigated: one input of one prompt, and the check that it fails.

An input comes from a suite's case or from production. Either way it becomes a case,
rendered, asked and scored by the code that the gate uses; nothing is judged by a
second set of rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from promptgate.documents import load_yaml, unknown_name
from promptgate.errors import InputError, SuiteError
from promptgate.investigate.unrender import recover, recover_partly, without_examples
from promptgate.models.request import Request
from promptgate.runs.plan import make_plan
from promptgate.suites import Suite, load_suites, select
from promptgate.suites.expectations import parse_entries
from promptgate.suites.model import Case, Turn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptgate.investigate.captured import Captured
    from promptgate.project import Project
    from promptgate.prompts import Prompt
    from promptgate.runs.arms import Arm
    from promptgate.suites.model import Expectation

CAPTURED = "captured"
"""The suite of inputs that are in none."""


@dataclass(frozen=True)
class Subject:
    """One input and what is expected of its answer.

    Attributes:
        title: For people: 'case refusal:bomb', 'request.json'.
        prompt: Name of the prompt.
        suite: A suite with this case alone, as the gate would read it.
        judged: How many recorded answers of it somebody has judged already: an
            investigation draws behind them, as they are why the input was picked.
        neighbours: Other inputs of the same suite, those of the same cluster first.
        captured: What production captured; None for a suite's case.
    """

    title: str
    prompt: str
    suite: Suite
    judged: int = 0
    neighbours: tuple[Case, ...] = ()
    captured: Captured | None = None

    @property
    def case(self) -> Case:
        """The input as a case."""
        return self.suite.cases[0]

    def request(self, arm: Arm, case: Case | None = None) -> Request:
        """Return the request that an arm makes of this input, or of another one.

        Raises:
            PromptError: The arm's prompt cannot be rendered with it, or there is none.
        """
        suite = replace(self.suite, cases=(case or self.case,))
        request = make_plan((arm,), (suite,), repeats=1).cases[0].requests[arm.name]
        assert isinstance(request, Request)
        return request

    def with_case(self, case: Case) -> Subject:
        """Return the subject with another input and the same check."""
        return replace(self, suite=replace(self.suite, cases=(case,)))


def subject_of_case(project: Project, name: str, expect: Sequence[str] = ()) -> Subject:
    """Return a suite's case as a subject.

    Args:
        project: As it is on disk.
        name: 'suite:case', or a case's id where it is the only one of that name.
        expect: Checks in place of the case's own.

    Raises:
        SuiteError: There is no such case, several, or it tests an application.
    """
    suites = load_suites(project.tree, project.settings.suites)
    plain = name.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
    chosen = select(suites, cases=(plain,))
    if len(chosen) != 1:
        where = ", ".join(f"{suite.name}:{name}" for suite in chosen)
        raise SuiteError(f"several suites have the case {name!r}; write one of {where}.")
    suite, case = chosen[0], chosen[0].cases[0]
    if suite.target is not None:
        raise SuiteError(
            f"case {name!r} tests the application {suite.target!r}; investigate an input of one of "
            "its prompts, as captured.",
            file=case.file,
            line=case.line,
        )
    whole = next(one for one in suites if one.name == suite.name)
    near = sorted(
        (one for one in whole.cases if one.id != case.id),
        key=lambda one: one.cluster != case.cluster,
    )
    if expect:
        case = _expecting(case, parse_expect(expect))
    return Subject(
        title=f"case {suite.name}:{case.id}",
        prompt=suite.prompts[0],
        suite=replace(suite, prompts=suite.prompts[:1], cases=(case,)),
        judged=suite.repeats,
        neighbours=tuple(near),
    )


def subject_of_capture(
    captured: Captured,
    prompt: Prompt,
    expect: Sequence[Expectation],
    variables: Mapping[str, Any],
) -> Subject:
    """Return a captured input as a subject.

    Args:
        captured: What production captured.
        prompt: The prompt at the revision that is held to have rendered it.
        expect: What the answer fails.
        variables: Values of the prompt's variables that the user gave.

    Raises:
        InputError: A variable's value cannot be told.
    """
    known = {**captured.vars, **variables}
    messages: tuple[Mapping[str, Any], ...] = ()
    if captured.request is not None:
        values = recover(prompt, captured.request, known)
        if values is None:
            values = recover_partly(prompt, captured.request, known)
            if any(v.required and n not in values for n, v in prompt.variables.items()):
                messages = tuple(without_examples(prompt, captured.request))
                _check_known(prompt, values, captured)
    else:
        values = dict(known)
        open_ones = [n for n, v in prompt.variables.items() if v.required and n not in known]
        if len(open_ones) != 1:
            _check_known(prompt, values, captured)
            messages = ({"role": "user", "content": captured.text},)
        else:
            values[open_ones[0]] = captured.text
    suite = suite_of_capture(captured, prompt.name, values, messages, expect)
    return Subject(captured.file, prompt.name, suite, captured=captured)


def suite_of_capture(
    captured: Captured,
    prompt: str,
    values: Mapping[str, Any],
    messages: tuple[Mapping[str, Any], ...],
    expect: Sequence[Expectation],
) -> Suite:
    """Return a captured input as a suite of one case."""
    turns = (Turn(messages, tuple(expect)),)
    case = Case(id=CAPTURED, cluster=CAPTURED, vars=values, turns=turns, file=captured.file)
    return Suite(
        name=CAPTURED,
        file=captured.file,
        prompts=(prompt,),
        target=None,
        behaviour=CAPTURED,
        repeats=1,
        cases=(case,),
    )


def _check_known(prompt: Prompt, known: Mapping[str, Any], captured: Captured) -> None:
    lacking = [n for n, v in prompt.variables.items() if v.required and n not in known]
    if not lacking:
        return
    listed = ", ".join(map(repr, lacking))
    if captured.request is None:
        others = " ".join(f"--var {name}=VALUE" for name in lacking[:-1])
        raise InputError(
            f"this text is one of {listed}, which {prompt.name!r} asks for: give the others, "
            f"as {others}.",
            file=captured.file,
        )
    options = " ".join(f"--var {name}=VALUE" for name in lacking)
    raise InputError(
        f"the value of {listed} cannot be told from this input, as {prompt.name!r} at "
        f"{prompt.revision} does not render to it; add {options}.",
        file=captured.file,
    )


def parse_expect(entries: Sequence[str]) -> tuple[Expectation, ...]:
    """Read checks as they are written in a suite: 'refusal', 'contains: text', '{not: refusal}'.

    Raises:
        SuiteError: One is no entry of `expect`.
    """
    found: list[Expectation] = []
    for entry in entries:
        document = load_yaml(
            f"expect: [{entry}]\n" if ":" not in entry else _flow(entry), "--expect"
        )
        data = document.data
        held = data.get("expect") if isinstance(data, dict) else None
        if not isinstance(held, list) or not held:
            raise SuiteError(f"--expect {entry!r} is no check; write it as in a suite.")
        found += parse_entries(held, document, ("expect",))
    return tuple(found)


def _flow(entry: str) -> str:
    """Return one entry as an item of a list, whichever way it is written."""
    return f"expect:\n  - {entry}\n"


def _expecting(case: Case, expect: tuple[Expectation, ...]) -> Case:
    last = replace(case.turns[-1], expect=expect)
    return replace(case, turns=(*case.turns[:-1], last))


def choose_prompt(project: Project, names: Sequence[str], wanted: str | None) -> str:
    """Return the prompt that is meant.

    Args:
        project: For the message.
        names: The prompts that there are.
        wanted: What the user or the capture says; None: there is only one.

    Raises:
        InputError: There is no such prompt, or several and none was named.
    """
    if wanted is None:
        if len(names) == 1:
            return names[0]
        raise InputError(f"say which prompt with --prompt: {', '.join(names)}.")
    if wanted not in names:
        raise InputError(
            f"{unknown_name('prompt', wanted, list(names))} They stand in "
            f"{project.settings.prompts}/."
        )
    return wanted
