"""Run an application as another revision has it: its files in a folder, in a process of its own.

Two revisions of one module cannot be imported side by side, and the work tree must
not be touched. So the files of the commit are extracted and a second Python runs
them, with the packages that are installed now. It has no recordings: each call of
the SDK is asked of this process, one JSON object a line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from promptgate.errors import EvidenceError, InputError, RevisionError
from promptgate.files import DiskTree
from promptgate.models.request import Request
from promptgate.project import open_project
from promptgate.prompts.revisions import WORKTREE
from promptgate.runs.applications.performing import Host, Outcome, Performer
from promptgate.runs.arms import Arm, open_arm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptgate.models.playing import Stage
    from promptgate.project import Project

_START = "from promptgate.runs.applications.process import serve; serve()"


class OtherRevision:
    """A process in which the applications of one commit run; `close` ends it.

    Args:
        project: As it is on disk.
        commit: The full hash.
        revision: The revision as the user wrote it, for messages.
    """

    def __init__(self, project: Project, commit: str, revision: str) -> None:
        self._project = project
        self._commit = commit
        self._revision = revision
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[str] | None = None

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Have the process running.

        Raises:
            RevisionError: git cannot give the files.
        """
        if self._process is None:
            self._folder = tempfile.TemporaryDirectory(prefix="promptgate-")
            root = Path(self._folder.name)
            _extract(self._project, self._commit, self._revision, root)
            self._process = _start(root)
        yield

    def close(self) -> None:
        """End the process and remove the files."""
        if self._process is not None:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.close()
            self._process.wait()
            self._process.stdout.close()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def perform(self, performer: Performer, variables: Mapping[str, Any], stage: Stage) -> Outcome:
        """Call the function there; its calls of the SDK are answered from here.

        Raises:
            InputError: As Host.perform().
            EvidenceError: The process ended.
        """
        from promptgate.models.playing import Unrecorded

        self._send(
            {
                "target": performer.target,
                "declared": performer.declared,
                "arm": performer.arm.name,
                "model": performer.arm.model,
                "variables": variables,
                "repeat": stage.repeat,
            }
        )
        while True:
            told = self._receive()
            if "ask" in told:
                try:
                    body: str | None = stage.answer(_request(told["ask"]))
                except Unrecorded:
                    body = None
                self._send({"body": body})
            elif "failed" in told:
                message = f"the application at {self._revision}: {told['failed']}"
                raise InputError(message)
            else:
                return Outcome(**told)

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, message)
        except BrokenPipeError:
            raise self._ended() from None

    def _receive(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._ended()
        told: dict[str, Any] = json.loads(line)
        return told

    def _ended(self) -> EvidenceError:
        return EvidenceError(
            f"the process that ran the application at {self._revision} ended in the middle of "
            "a trial; what it wrote to standard error says why."
        )


def _extract(project: Project, commit: str, revision: str, root: Path) -> None:
    """Write the project's files of a commit, without recordings, to a folder."""
    leave_out = f":(exclude){project.settings.cassettes}"
    command = ["git", "archive", "--format=tar", commit, "--", ".", leave_out]
    with tempfile.TemporaryFile() as archive:
        done = subprocess.run(
            command,
            cwd=project.root,
            env={**os.environ, "GIT_NO_LAZY_FETCH": "1"},
            stdout=archive,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode != 0:
            told = done.stderr.decode("utf-8", "replace").strip()
            raise RevisionError(f"revision {revision!r}: git cannot give its files: {told}.")
        archive.seek(0)
        with tarfile.open(fileobj=archive) as files:
            files.extractall(root, filter="data")


def _start(root: Path) -> subprocess.Popen[str]:
    """Start Python in a folder, with this promptgate and not one that stands there."""
    here = str(Path(__file__).parents[2])
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([here, known] if known else [here])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def serve() -> None:
    """Run applications in the current folder, as standard input asks, until it ends."""
    from promptgate.models.playing import Stage, Unrecorded

    asked, told = _take_over()

    @dataclass
    class Remote(Stage):
        """A stage whose recordings are in the process that asked."""

        def answer(self, request: Request) -> str:
            """Ask for the recorded answer to the trial's next request."""
            with self._mutex:
                parts = {"body": request.body, "query": request.query, "beta": request.beta}
                _write(told, {"ask": {**parts, "version": request.version}})
                body: str | None = json.loads(asked.readline())["body"]
            if body is None:
                raise Unrecorded("There is no recording of this request yet.")
            return body

    root = Path.cwd()
    host = Host(root)
    arms: dict[str, Arm] = {}
    with host.ready():
        for line in asked:
            order = json.loads(line)
            try:
                outcome = host.perform(
                    _performer(order, root, arms),
                    order["variables"],
                    Remote(order["repeat"], lambda _: ()),
                )
            except InputError as error:
                _write(told, {"failed": str(error)})
            else:
                _write(told, asdict(outcome))
    host.close()


def _performer(order: Mapping[str, Any], root: Path, arms: dict[str, Arm]) -> Performer:
    name = order["arm"]
    if name not in arms:
        arms[name] = open_arm(open_project(root, DiskTree(root)), name, WORKTREE, order["model"])
    return Performer(order["target"], tuple(order["declared"]), arms[name])


def _take_over() -> tuple[IO[str], IO[str]]:
    """Keep standard input and output for the exchange; the application gets others."""
    asked = os.fdopen(os.dup(0), "r", encoding="utf-8")
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return asked, told


def _request(parts: Mapping[str, Any]) -> Request:
    return Request(
        parts["body"], query=parts["query"], version=parts["version"], beta=tuple(parts["beta"])
    )


def _write(stream: IO[str], message: Mapping[str, Any]) -> None:
    stream.write(json.dumps(message) + "\n")
    stream.flush()
