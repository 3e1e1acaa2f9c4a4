"""Gates that were stored, read back: what was decided, on which trials.

Separate from store.py, which writes them and needs a whole run. The JSON of
`promptgate compare` reads the same, without trials.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from promptgate.documents import load_json, unknown_name
from promptgate.errors import InputError
from promptgate.files import read_text
from promptgate.gate import Policy
from promptgate.runs.asked import PROMPTS, REQUESTS, read_prompts, read_requests
from promptgate.runs.results import Trial, read_trials
from promptgate.runs.store import DECISION, TRIALS, StoredJson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.runs.asked import Asked, Prompts


@dataclass(frozen=True)
class StoredGate:
    """A decision as it was written down.

    Attributes:
        file: Where it stands.
        decision: The whole file.
        policy: The numbers that held; the defaults where the file does not tell.
    """

    file: Path
    decision: StoredJson = field(repr=False)
    policy: Policy

    @property
    def baseline(self) -> str:
        """What was compared with; '' where the file does not tell."""
        return self.decision.get("baseline", "")

    @property
    def candidate(self) -> str:
        """What was judged; '' where the file does not tell."""
        return self.decision.get("candidate", "")

    @property
    def name(self) -> str:
        """The name of its folder, or of its file where it was not stored by a gate."""
        return self.file.parent.name if self._has_folder else self.file.name

    def trials(self) -> tuple[Trial, ...]:
        """Return the trials it stands on; () where they are not beside it.

        Raises:
            InputError: A line is no stored trial.
        """
        path = self.file.parent / TRIALS
        return tuple(read_trials(path)) if self._has_folder and path.exists() else ()

    def requests(self) -> Iterator[Asked]:
        """Yield what was asked; nothing where that is not beside it.

        Raises:
            InputError: The file is damaged.
        """
        return read_requests(self.file.parent / REQUESTS) if self._has_folder else iter(())

    def prompts(self) -> Prompts:
        """Return the prompts of both arms; {} where they are not beside it.

        Raises:
            InputError: The file is damaged.
        """
        return read_prompts(self.file.parent / PROMPTS) if self._has_folder else {}

    @property
    def _has_folder(self) -> bool:
        return self.file.name == DECISION


def find_gate(project: Project, name: str | None = None) -> StoredGate:
    """Return a stored gate of a project.

    Args:
        project: Where to look.
        name: Of its folder under `reports/gates`, or how that begins; None: the newest.

    Raises:
        InputError: There is none, the name fits none or several, or the file is damaged.
    """
    stored = stored_gates(project)
    shown = f"{project.settings.reports}/gates"
    if not stored:
        raise InputError(f"no gate is stored under {shown}; run 'promptgate gate' first.")
    if name is None:
        return read_gate(stored[-1])
    fitting = [file for file in stored if file.parent.name.startswith(name)]
    if not fitting:
        names = [file.parent.name for file in stored]
        raise InputError(f"{shown}: {unknown_name('gate', name, names[-10:])}")
    if len(fitting) > 1 and fitting[-1].parent.name != name:
        listed = ", ".join(file.parent.name for file in fitting[-5:])
        raise InputError(f"{len(fitting)} gates begin with {name!r}: {listed}; write more of it.")
    return read_gate(fitting[-1])


def stored_gates(project: Project) -> list[Path]:
    """Return the files of the stored decisions, the oldest first."""
    return sorted(
        (project.reports / "gates").glob(f"*/{DECISION}"),
        key=lambda file: (file.parent.name.partition("-")[0], file.stat().st_mtime_ns),
    )


def read_gate(path: Path) -> StoredGate:
    """Read a stored decision from its folder or file.

    Raises:
        InputError: It is absent, or no decision of this product.
    """
    file = path / DECISION if path.is_dir() else path
    decision = _checked(load_json(read_text(file), str(file)).data, str(file))
    policy = decision.get("policy")
    return StoredGate(file, decision, Policy() if policy is None else Policy(**policy))


def _checked(data: Any, file: str) -> StoredJson:
    """Return what a file holds, keys of later versions included."""
    from pydantic import TypeAdapter, ValidationError

    try:
        TypeAdapter(StoredJson).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the file"
        raise InputError(
            f"this is no stored decision ({place}: {first['msg'].lower()}); give the JSON of "
            "'promptgate gate' or 'promptgate compare'.",
            file=file,
        ) from None
    found: StoredJson = data
    return found
