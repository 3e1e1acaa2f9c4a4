"""Run an application's function in this process, on recordings, for one trial.

Separate from the planning of trials because the process of another revision does
the same and knows nothing of plans. Whatever the function does ends as an Outcome:
its answer, or the class and message of what it raised.
"""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import json
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptgate.documents import describe
from promptgate.errors import InputError, ProjectError, PromptgateError
from promptgate.models.request import REDACTED, scrub_text
from promptgate.models.response import parse_response
from promptgate.prompts.product import standing_in
from promptgate.runs.applications.code import FOLDERS, PREFIX
from promptgate.runs.plugins import load_callable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptgate.models.playing import Stage
    from promptgate.prompts import Prompt
    from promptgate.runs.arms import Arm

_KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
_SHORTEST_KEY = 12


@dataclass(frozen=True)
class Performer:
    """What one arm of one application is run with.

    Attributes:
        target: 'python:module:function'.
        declared: The prompts that the application says it loads.
        arm: Whose prompts it gets.
    """

    target: str
    declared: tuple[str, ...]
    arm: Arm


@dataclass(frozen=True)
class Outcome:
    """What became of one call of an application.

    Attributes:
        text: What it answered.
        stop_reason: Of the message that it returned; None where it returned text.
        stop_category: Likewise.
        error: Class and message of what it raised, or how it cannot be replayed; None
            where it answered.
    """

    text: str = ""
    stop_reason: str | None = None
    stop_category: str | None = None
    error: str | None = None


@dataclass
class Host:
    """This process as the place where applications run; use `ready` around calls.

    Attributes:
        root: The project's root: its modules count before any that are installed.
    """

    root: Path
    _functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    _runner: asyncio.Runner | None = None

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Have recordings, imports and standard output in place for applications."""
        from promptgate.models.playing import playing

        with ExitStack() as stack:
            stack.enter_context(playing())
            stack.enter_context(_importable(self.root))
            stack.enter_context(redirect_stdout(sys.stderr))
            yield

    def close(self) -> None:
        """Close the event loop that asynchronous applications ran in."""
        if self._runner is not None:
            self._runner.close()
            self._runner = None

    def perform(self, performer: Performer, variables: Mapping[str, Any], stage: Stage) -> Outcome:
        """Call the function with a case's variables.

        Raises:
            InputError: The module cannot be imported, has no such function, or loads a
                prompt that is not declared.
        """
        from promptgate.models.playing import on_stage

        undeclared: list[str] = []

        def stand_in(name: str) -> tuple[Prompt, str]:
            if name not in performer.declared:
                undeclared.append(name)
                raise ProjectError(f"the prompt {name!r} is not declared.")
            return performer.arm.asking(name)

        try:
            function = self._load(performer, stand_in)
            with on_stage(stage), standing_in(stand_in):
                outcome = self._call(function, variables)
        finally:
            if undeclared:  # whatever the application made of it
                raise _undeclared(performer.target, undeclared[0]) from None
        if stage.problem is not None:
            return Outcome(error=f"the application cannot be replayed: {stage.problem}")
        return outcome

    def _load(
        self, performer: Performer, stand_in: Callable[[str], tuple[Prompt, str]]
    ) -> Callable[..., Any]:
        """Import the function, once; what its module does as it is imported is no trial."""
        if performer.target not in self._functions:
            path = performer.target.removeprefix(PREFIX)
            with standing_in(stand_in):
                function = load_callable(path, self.root)
            module = path.partition(":")[0]
            place = getattr(sys.modules[module], "__file__", None) or ""
            if not Path(place).resolve().is_relative_to(self.root.resolve()):
                raise InputError(
                    f"the module {module!r} was imported from {place!r}, outside of the project; "
                    "run promptgate in the project that the suite belongs to."
                )
            self._functions[performer.target] = function
        return self._functions[performer.target]

    def _call(self, function: Callable[..., Any], variables: Mapping[str, Any]) -> Outcome:
        context = contextvars.copy_context()
        try:
            value = context.run(function, **variables)
            if inspect.isawaitable(value):
                if self._runner is None:
                    self._runner = asyncio.Runner()
                value = self._runner.run(_finish(value), context=context)
            return _said(value)
        # The application is a user's code: whatever it raises is the trial's outcome.
        except (Exception, SystemExit, asyncio.CancelledError) as error:  # noqa: BLE001  # as said
            return Outcome(error=_told(error))


async def _finish(value: Any) -> Any:
    """Await an answer, then end what the application left running."""
    try:
        return await value
    finally:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    """Look for modules in the project first, lazy imports of an application included."""
    before = list(sys.path)
    sys.path[:0] = [str(root / folder) for folder in FOLDERS if (root / folder).is_dir()]
    try:
        yield
    finally:
        sys.path[:] = before


def _said(value: Any) -> Outcome:
    """Read what an application returned: text, or a message as an object or a mapping."""
    if isinstance(value, str):
        return Outcome(value)
    dump = getattr(value, "model_dump", None)
    data = dump(mode="json") if callable(dump) else value
    if not isinstance(data, Mapping):
        raise TypeError(f"an application returns text or a message, but got {describe(value)}")
    response = parse_response(json.dumps(data))
    return Outcome(response.text, response.stop_reason, response.stop_category)


def _undeclared(target: str, name: str) -> ProjectError:
    path = target.removeprefix(PREFIX)
    return ProjectError(
        f"the application {path!r} loads the prompt {name!r}, which is not declared, so that its "
        f"changes would go unseen; add prompts = [{json.dumps(name)}] under "
        f"[applications.{json.dumps(path)}] in promptgate.toml."
    )


def _told(error: BaseException) -> str:
    """Return class and message on one line, without keys."""
    text = error.message if isinstance(error, PromptgateError) else str(error)
    for name in _KEYS:
        key = os.environ.get(name, "")
        if len(key) >= _SHORTEST_KEY:
            text = text.replace(key, REDACTED)
    line = " ".join(scrub_text(text).split())
    told = f"{type(error).__name__}: {line}" if line else type(error).__name__
    return told if len(told) <= 300 else told[:299] + "…"
