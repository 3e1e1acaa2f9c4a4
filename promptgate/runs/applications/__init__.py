"""Application targets: what decides their behaviour, and what a case asks of them.

An application is a function of the project, from a case's variables to text or a
message. Its behaviour is decided by files, which it declares or which are its
package, and by prompts, which it declares. How its trials run is the business of
application_trials.
"""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field

from promptgate.documents import StrictModel, canonical_json
from promptgate.errors import ProjectError, SuiteError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptgate.files import Tree
    from promptgate.runs.arms import Arm
    from promptgate.suites import Case, Suite

PREFIX = "python:"
FOLDERS = ("", "src/")
"""Where in the project the modules of applications are looked for, in this order."""

DEFINITION = 1
"""Version of what an application's fingerprint is taken of; part of the hash."""

_COMPILED = "__pycache__"


class ApplicationSettings(StrictModel):
    """`[applications."module:function"]`: what an application's behaviour is made of."""

    files: list[str] = Field(
        default=[],
        description="Files and folders that decide its behaviour. Default, where 'modules' is "
        "empty too: the package or module of the function.",
    )
    modules: list[str] = Field(
        default=[], description="Modules and packages of the project that do so, as 'app.search'."
    )
    prompts: list[str] = Field(
        default=[], description="The prompts that it loads. Loading another one is an error."
    )


class ApplicationsSettings(StrictModel):
    """`[applications]`: one table for each application that suites test."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, ApplicationSettings] = Field(init=False)

    def of(self, target: str) -> ApplicationSettings:
        """Return what is said of an application; the defaults where nothing is."""
        return self.__pydantic_extra__.get(target.removeprefix(PREFIX), ApplicationSettings())


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
        source = next(text for path in _paths(module) if (text := code.read(path)) is not None)
        misfit = _misfit(source, function, case.vars)
        if misfit is None:
            return ApplicationCall(suite.target, case.vars, fingerprint)
        if arm.name == "candidate":
            raise SuiteError(f"case {case.id!r}: {misfit}.", file=case.file, line=case.line)
    if arm.name == "baseline":
        return None
    raise SuiteError(
        f"the target {suite.target!r} names no module of the project at {arm.revision}: there is "
        f"no {_paths(module)[0]!r}; check 'target'.",
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


def application_fingerprint(arm: Arm, settings: ApplicationSettings, target: str) -> str | None:
    """Return 'sha256:…' over the declared files and prompts of an application.

    None where the arm has no such application: its module, or a prompt that it loads.

    Raises:
        ProjectError: The candidate lacks a declared file or module, or what is declared
            leaves the function's own module out.
        PromptError: The candidate lacks a declared prompt, or it is broken.
    """
    code = code_fingerprint(arm.code_of(target), settings, target, strict=arm.name == "candidate")
    if code is None:
        return None
    known = all(arm.has(name) for name in settings.prompts)
    if not known and arm.name == "baseline":
        return None
    asked = {name: arm.asking(name) for name in settings.prompts}
    content = {
        "code": code,
        "prompts": {name: [prompt.fingerprint, model] for name, (prompt, model) in asked.items()},
    }
    return f"sha256:{hashlib.sha256(canonical_json(content)).hexdigest()}"


def code_fingerprint(
    tree: Tree, settings: ApplicationSettings, target: str, *, strict: bool
) -> str | None:
    """Return 'sha256:…' over the declared files of an application, its prompts apart.

    Args:
        tree: The files at one revision.
        settings: What is declared of it.
        target: 'python:module:function'.
        strict: Whether everything declared must be there.

    Returns:
        None where the tree has no such module.

    Raises:
        ProjectError: Strict, and a declared file or module is not there, or what is
            declared leaves the function's own module out.
    """
    texts = code_files(tree, settings, target, strict=strict)
    if texts is None:
        return None
    content = {
        "definition": DEFINITION,
        "files": {path: hashlib.sha256(text).hexdigest() for path, text in texts.items()},
    }
    return f"sha256:{hashlib.sha256(canonical_json(content)).hexdigest()}"


def code_files(
    tree: Tree, settings: ApplicationSettings, target: str, *, strict: bool
) -> dict[str, bytes] | None:
    """Return the declared files of an application with LF; arguments as code_fingerprint().

    Returns:
        None where the tree has no such module.

    Raises:
        ProjectError: As code_fingerprint().
    """
    module = target.removeprefix(PREFIX).partition(":")[0]
    own = next((path for path in _paths(module) if tree.read(path) is not None), None)
    if own is None:
        return None
    files = set(_declared_files(tree, settings, own, strict=strict))
    if own not in files and strict:
        raise ProjectError(
            f"[applications] declares files of {target!r} without {own!r}, its own; add it."
        )
    files.add(own)
    return {path: (tree.read(path) or b"").replace(b"\r\n", b"\n") for path in files}


def _declared_files(
    tree: Tree, settings: ApplicationSettings, own: str, *, strict: bool
) -> Iterator[str]:
    """Yield the paths of all files that decide an application's behaviour."""
    if not settings.files and not settings.modules:
        prefix = next(folder for folder in reversed(FOLDERS) if own.startswith(folder))
        top = own.removeprefix(prefix).split("/")[0]
        yield from _below(tree, prefix + top)
    for path in settings.files:
        yield from _existing(tree, path, [path], strict=strict)
    for module in settings.modules:
        folders = [path.removesuffix("/__init__.py") for path in _paths(module)]
        yield from _existing(tree, module, folders, strict=strict)


def _existing(tree: Tree, name: str, places: list[str], *, strict: bool) -> Iterator[str]:
    """Yield the files of the first place that has any; strict, there must be one."""
    for place in places:
        found = _below(tree, place.rstrip("/"))
        if found:
            yield from found
            return
    if strict:
        raise ProjectError(
            f"[applications] declares {name!r}, which does not exist at {tree.revision}; "
            "correct or remove it."
        )


def _below(tree: Tree, path: str) -> list[str]:
    """Return a file, or the files below a folder but for what Python compiles."""
    if tree.read(path) is not None:
        return [path]
    return [file for file in tree.list(path) if _COMPILED not in file.split("/")]


def _paths(module: str) -> list[str]:
    """Return where a module's file may stand in the project."""
    path = module.replace(".", "/")
    return [f"{folder}{path}{end}" for folder in FOLDERS for end in (".py", "/__init__.py")]
