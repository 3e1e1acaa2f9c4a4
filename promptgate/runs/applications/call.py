"""What one case asks of an application: the function and its arguments, checked beforehand."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from promptgate.documents import canonical_json
from promptgate.errors import SuiteError
from promptgate.runs.applications.code import PREFIX, module_paths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptgate.runs.arms import Arm
    from promptgate.suites import Case, Suite


@dataclass(frozen=True)
class ApplicationCall:
    """What one case asks of an application, as one arm has it.

    Attributes:
        target: 'python:module:function'.
        variables: The arguments.
        fingerprint: 'sha256:…' over what decides the application's behaviour.
    """

    target: str
    variables: Mapping[str, Any]
    fingerprint: str

    @property
    def model(self) -> str:
        """'': which models are asked is the application's business."""
        return ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over target, fingerprint and arguments, 'sha256:…'."""
        identity = [self.target, self.fingerprint, self.variables]
        return f"sha256:{hashlib.sha256(canonical_json(identity)).hexdigest()}"


def application_call(arm: Arm, suite: Suite, case: Case) -> ApplicationCall | None:
    """Return what a case asks of a suite's application; None where it is new to the baseline.

    Raises:
        SuiteError: The candidate's project has no such module, or its function does not
            take the case's variables.
        ProjectError: A declared file or module does not exist there.
        PromptError: A declared prompt does not exist there, or is broken.
    """
    assert suite.target is not None
    fingerprint = arm.application(suite.target)
    module, _, function = suite.target.removeprefix(PREFIX).partition(":")
    if fingerprint is not None:
        code = arm.code_of(suite.target)
        source = next(
            text for path in module_paths(module) if (text := code.read(path)) is not None
        )
        misfit = _misfit(source, function, case.vars)
        if misfit is None:
            return ApplicationCall(suite.target, case.vars, fingerprint)
        if arm.name == "candidate":
            raise SuiteError(f"case {case.id!r}: {misfit}.", file=case.file, line=case.line)
    if arm.name == "baseline":
        return None
    raise SuiteError(
        f"the target {suite.target!r} names no module of the project at {arm.revision}: there is "
        f"no {module_paths(module)[0]!r}; check 'target'.",
        file=suite.file,
        line=suite.line,
    )


def _misfit(source: bytes, function: str, variables: Mapping[str, Any]) -> str | None:
    """Say why a function cannot be called with some variables, as far as its text tells.

    The text and not the function, as that of another revision cannot be imported here.
    """
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None  # importing it tells more
    defined = [
        statement
        for statement in statements
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
        and statement.name == function
    ]
    if not defined or defined[-1].decorator_list:
        return None
    takes = defined[-1].args
    named = [*takes.args, *takes.kwonlyargs]
    defaults = len(takes.args) - len(takes.defaults)
    needed = takes.args[: max(0, defaults)] + [
        argument
        for argument, default in zip(takes.kwonlyargs, takes.kw_defaults, strict=True)
        if default is None
    ]
    lacking = [argument.arg for argument in needed if argument.arg not in variables]
    if lacking:
        return f"{function}() needs {lacking[0]!r}, which the case's variables do not give"
    extra = sorted(set(variables) - {argument.arg for argument in named})
    if extra and takes.kwarg is None:
        return f"{function}() does not take {extra[0]!r}; correct the case's variables"
    return None
