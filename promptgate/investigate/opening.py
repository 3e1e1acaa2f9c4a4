"""From what a command was told to what an investigation needs: subject, versions, asker."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError, PromptgateError
from promptgate.investigate.asking import Asker, AskMode, Limits
from promptgate.investigate.captured import read_captured
from promptgate.investigate.diagnosing import Factors
from promptgate.investigate.settings import InvestigateSettings
from promptgate.investigate.subject import (
    Subject,
    choose_prompt,
    parse_expect,
    subject_of_capture,
    subject_of_case,
    suite_of_capture,
)
from promptgate.investigate.versions import (
    RELEASED,
    Version,
    check_served,
    open_version,
    previous_version,
)
from promptgate.models.cassettes import Cassettes
from promptgate.models.settings import ModelSettings
from promptgate.project import LOCK
from promptgate.prompts import list_prompts
from promptgate.prompts.frontmatter import split
from promptgate.prompts.revisions import WORKTREE
from promptgate.runs.answers import utc_now
from promptgate.runs.costs import cost_of
from promptgate.runs.scoring import Scoring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.prompts import Prompt

_SAY = (
    "say what the answer fails with --expect, as in a suite: --expect refusal, "
    "--expect 'contains: 30 days', --expect 'regex: ^[A-Z]+$'."
)
_KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")


@dataclass(frozen=True)
class Wanted:
    """The input that a command was given.

    Attributes:
        case: 'suite:case'; None where the input is a file.
        file: What production captured.
        prompt: Its name; None: told by the case or the capture, or there is only one.
        expect: Checks as written in a suite.
        variables: Values of the prompt's variables.
        revision: Of the prompt that is held to have rendered a captured request.
    """

    case: str | None = None
    file: Path | None = None
    prompt: str | None = None
    expect: tuple[str, ...] = ()
    variables: Mapping[str, str] | None = None
    revision: str = WORKTREE


def open_subject(project: Project, wanted: Wanted) -> Subject:
    """Return what is to be investigated.

    Raises:
        InputError: The case or the file is wrong, or says too little.
        ScorerError: A check is none, or has a wrong option.
    """
    subject = _open_subject(project, wanted)
    Scoring((subject.suite,), project.root)  # before anything is asked
    return subject


def _open_subject(project: Project, wanted: Wanted) -> Subject:
    if wanted.case is not None:
        subject = subject_of_case(project, wanted.case, wanted.expect)
        if wanted.prompt not in (None, subject.prompt):
            raise InputError(
                f"{subject.title} tests the prompt {subject.prompt!r}, not {wanted.prompt!r}; "
                "leave --prompt out."
            )
        return subject
    assert wanted.file is not None
    captured = read_captured(wanted.file)
    names = list_prompts(project.tree, project.settings.prompts)
    name = choose_prompt(project, names, wanted.prompt or captured.prompt)
    prompt = open_version(project, name, wanted.revision).arm.prompt(name)
    expect = parse_expect(wanted.expect)
    if expect:  # a check that is none is told before what is missing elsewhere
        Scoring((suite_of_capture(captured, name, {}, (), expect),), project.root)
    try:
        subject = subject_of_capture(captured, prompt, expect, wanted.variables or {})
    except InputError as error:
        more = "" if expect else f" And {_SAY}"
        raise InputError(f"{error.message}{more}", file=captured.file) from None
    if not expect:
        raise InputError(_SAY, file=captured.file)
    return subject


def open_asker(
    project: Project, mode: AskMode, max_calls: int | None, max_cost: float | None
) -> Asker:
    """Return what draws answers; without a key it only replays, and says so."""
    settings = project.section("investigate", InvestigateSettings)
    limits = Limits(
        max_calls or settings.max_calls,
        settings.confidence,
        settings.max_cost if max_cost is None else max_cost,
        strict=max_cost is not None,
    )
    asker = Asker(
        project,
        Cassettes(project.cassettes),
        project.section("models", ModelSettings),
        mode,
        limits,
        cost_of(project),
        utc_now().date(),
    )
    if mode == "record" and not any(os.environ.get(key) for key in _KEYS):
        asker.mode = "replay"
        asker.why_not = "there is no key in ANTHROPIC_API_KEY"
    return asker


@dataclass(frozen=True)
class Sides:
    """Which prompts and models a command was told to compare; None: found out."""

    baseline: str | None = None
    candidate: str = WORKTREE
    baseline_model: str | None = None
    candidate_model: str | None = None


def open_factors(project: Project, subject: Subject, sides: Sides) -> Factors:
    """Return the new and the old prompt and model of an input.

    The old prompt is what was released, where that differs; else the version before the
    new one. The old model is the one behind the new one in `[investigate] models`; else
    the released one, or that of the old prompt, where it differs.

    Raises:
        InputError: A revision or the prompt in it cannot be had, or a model is retired.
    """
    settings = project.section("investigate", InvestigateSettings)
    prompt = subject.prompt
    new = open_version(project, prompt, sides.candidate)
    own = new.arm.prompt(prompt).model
    captured = subject.captured.model if subject.captured is not None else None
    new_model = sides.candidate_model or captured or own
    old = _old_prompt(project, prompt, new, sides.baseline)
    old_model = sides.baseline_model or _model_before(settings.models, new_model)
    if old_model is None and old is not None:
        theirs = old.arm.prompt(prompt).model
        # A prompt that brings its own model changes both at once.
        old_model = theirs if theirs != new_model and sides.candidate_model is None else None
    old_model = None if old_model == new_model else old_model
    models = [new_model] if old_model is None else [new_model, old_model]
    check_served(models, utc_now().date())
    released = _released(project, prompt)
    if old is not None and _same_prompt(old, new, prompt):
        old = None
    if sides.baseline is None and old_model is not None and released is not None:
        # What is released did not change: the model did, and the prompt before is history.
        old = None if _same_prompt(released, new, prompt) else old
    return Factors(new, old, new_model, old_model, settings.parser, released)


def _old_prompt(
    project: Project, prompt: str, new: Version, baseline: str | None
) -> Version | None:
    if baseline is not None:
        return open_version(project, prompt, baseline)
    released = _released(project, prompt)
    if released is not None and not _same_prompt(released, new, prompt):
        return released
    try:
        return previous_version(project, prompt, new)
    except PromptgateError:  # no repository: there is nothing before
        return None


def _same_prompt(one: Version, other: Version, prompt: str) -> bool:
    """Tell whether two versions differ by their model at most."""
    a, b = one.arm.prompt(prompt), other.arm.prompt(prompt)
    if a.fingerprint == b.fingerprint:
        return True
    return _but_model(a) == _but_model(b)


def _but_model(prompt: Prompt) -> tuple[object, ...]:
    bodies = {file: split(text, file).body for file, text in prompt.closure.items()}
    return (bodies, dict(prompt.parameters), [dict(e) for e in prompt.examples])


def _released(project: Project, prompt: str) -> Version | None:
    if project.tree.read(LOCK) is None:
        return None
    try:
        return open_version(project, prompt, RELEASED)
    except PromptgateError:
        return None


def _model_before(models: Sequence[str], model: str) -> str | None:
    if model not in models:
        return None
    behind = models[models.index(model) + 1 :]
    return behind[0] if behind else None
