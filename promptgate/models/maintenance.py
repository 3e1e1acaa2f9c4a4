"""The state of the cassettes: what is broken, what is old, what nobody asks for.

Reads every file, one at a time; `unused` needs only their names. What still
counts as referred to is the caller's to say: this module knows no suite and no
revision.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from promptgate.errors import CassetteError, EvidenceError
from promptgate.models.cassettes import KEY_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptgate.models.cassettes import CassettePath, Cassettes


@dataclass(frozen=True)
class Problem:
    """Something about a file that a person should see to.

    Attributes:
        file: As messages name it.
        message: One sentence with the fix.
        invalid: Whether evidence is unsound (it cannot be read, is no answer, or is
            contradicted), rather than merely untidy.
    """

    file: str
    message: str
    invalid: bool


def check(cassettes: Cassettes) -> list[Problem]:
    """Read every cassette and return what is wrong, in order of file."""
    problems = [
        Problem(
            cassettes.shown(str(file)),
            "it was left by a process that was killed while writing; remove it.",
            invalid=False,
        )
        for file in leftovers(cassettes)
    ]
    seen: dict[tuple[str, str, int], tuple[str, str]] = {}
    for file in cassettes.files():
        shown = cassettes.shown(file.path)
        try:
            recordings = cassettes.read(file)
            for recording in recordings:
                _ = recording.response
        except EvidenceError as error:
            problems.append(Problem(shown, error.message, invalid=True))
            continue
        for recording in recordings:
            place = (recording.digest, recording.generation, recording.sample)
            other, body = seen.setdefault(place, (shown, recording.body))
            if other != shown and body != recording.body:
                told = f"sample {recording.sample} of the same request stands in {other} too"
                problems.append(
                    Problem(shown, f"{told}, with another answer; keep one.", invalid=True)
                )
    return sorted(problems, key=lambda problem: problem.file)


def leftovers(cassettes: Cassettes) -> list[Path]:
    """Return the temporary files of processes that were killed while writing."""
    return sorted(cassettes.root.rglob(".*.yaml.*")) if cassettes.root.is_dir() else []


def unused(cassettes: Cassettes, referenced: Iterable[str]) -> list[CassettePath]:
    """Return the cassettes of requests that nobody refers to.

    Args:
        cassettes: The folder.
        referenced: The digests of all requests that count: of the work tree, what is
            released, anchors, open incidents, recent releases.
    """
    keys = {digest.removeprefix("sha256:")[:KEY_LENGTH] for digest in referenced}
    return [file for file in cassettes.files() if file.key not in keys]


def superseded(cassettes: Cassettes) -> list[CassettePath]:
    """Return the cassettes of generations that a newer one of the same request replaces."""
    files = sorted(cassettes.files())
    newest = {file.key: file.generation for file in files}
    return [file for file in files if file.generation != newest[file.key]]


def prune(cassettes: Cassettes, files: Iterable[CassettePath]) -> int:
    """Remove cassettes, what killed processes left, and the folders that fall empty.

    Returns:
        The bytes freed.

    Raises:
        CassetteError: A file cannot be removed.
    """
    freed = 0
    for path in [*(Path(file.path) for file in files), *leftovers(cassettes)]:
        try:
            size = path.stat().st_size
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise CassetteError(
                f"it cannot be removed ({error.strerror}); check its permissions.",
                file=cassettes.shown(str(path)),
            ) from None
        freed += size
        _remove_empty(path.parent, cassettes.root)
    cassettes.forget()
    return freed


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
