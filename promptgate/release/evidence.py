"""Whether a change has tampered with what it is judged by: recordings, lock, policy.

What the base has recorded may be neither altered nor removed, and the lock may hold
nothing but what is released already and what the change itself would release: that
is what the gate judges. A policy of the change's own is not used, and is said to differ.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from promptgate.errors import CassetteError, InputError
from promptgate.files import decode
from promptgate.models.cassette_file import Recording, read
from promptgate.models.cassettes import Cassettes, cassette_path
from promptgate.project import CONFIG, LOCK, open_project
from promptgate.prompts import list_prompts, load_prompt, locked_prompt, open_tree, read_lock
from promptgate.prompts.revisions import RELEASED, WORKTREE
from promptgate.runs.adjudications import FILE as ADJUDICATIONS
from promptgate.runs.applications.code import ApplicationsSettings, code_fingerprint
from promptgate.runs.upkeep import asked_digests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptgate.project import Project
    from promptgate.prompts import Lock, RevisionTree
    from promptgate.release.change import Difference

_GOVERNED = ("gate", "review")
_SHOWN = 4


def tampered_recordings(project: Project, change: Difference) -> Iterator[str]:
    """Yield a sentence for recordings of the base that were altered, and for those removed.

    Those that nothing released and nothing in the change would ask for may be removed
    (`promptgate record --prune`), and so may those that a newer generation replaced
    before the change.

    Args:
        project: Governed by the base.
        change: What is judged.
    """
    old = list(_recordings_before(project, change))
    if not old:
        return
    here = Cassettes(project.cassettes)
    altered: list[str] = []
    removed: list[Recording] = []
    for recording in old:
        try:
            found = here.find(recording.digest, generation=recording.generation)
        except CassetteError as error:
            altered.append(error.file or recording.file)
            continue
        now = next((one for one in found if one.sample == recording.sample), None)
        if now is None:
            removed.append(recording)
        elif (now.body, now.recorded_at) != (recording.body, recording.recorded_at):
            altered.append(recording.file)
    if altered:
        yield (
            f"recordings that the base has were altered: {_listed(altered)}; restore them from "
            "git, and record anew with --mode refresh, which adds a generation"
        )
    asked = _asked(project, here) if removed else set()
    gone = [recording.file for recording in removed if recording.digest in asked]
    if gone:
        yield (
            f"recordings that the base has were removed: {_listed(gone)}; restore them from git, "
            "and record anew with --mode refresh, which adds a generation"
        )


def _recordings_before(project: Project, change: Difference) -> Iterator[Recording]:
    """Yield what the touched cassettes held, of the generations that counted then."""
    newest: dict[str, str] = {}
    found: list[Recording] = []
    settings = open_project(project.root, project.governing).settings
    if settings.cassettes == project.settings.cassettes:
        files = list(change.below(settings.cassettes))
    else:  # what is replayed lies elsewhere, so all of it may be other
        files = change.stood_below(settings.cassettes)
    for path in files:
        place = cassette_path(path)
        data = change.before(path) if place is not None else None
        if place is None or data is None:
            continue
        try:
            recordings = read(data, path, place.key, place.generation)
        except CassetteError:  # there was nothing to be relied on
            continue
        for recording in recordings:
            newest[recording.digest] = max(newest.get(recording.digest, ""), place.generation)
            found.append(recording)
    yield from (r for r in found if r.generation == newest[r.digest])


def _asked(project: Project, here: Cassettes) -> set[str]:
    """Return the digests of all that is asked of the released prompts and of those on disk.

    By the suites of the base too: to take a case away does not take its recordings away.
    """
    released = [RELEASED] if project.governing.read(LOCK) is not None else []
    asked: set[str] = set()
    for revision in (*released, WORKTREE):
        asked.update(asked_digests(project, here, revision))
        with suppress(InputError):  # a case that can no longer be asked
            asked.update(asked_digests(project, here, revision, project.governing))
    return asked


def rewritten_lock(project: Project, change: Difference) -> Iterator[str]:
    """Yield a sentence for each thing that the change writes into the lock and no gate judges.

    What is committed is looked at, as that is what gets merged: a lock that lies on disk
    while the next edit is tried does no harm.

    Args:
        project: Governed by the base.
        change: What is judged.

    Raises:
        LockError: The lock of the change, or of the base, cannot be read.
    """
    if LOCK not in change.paths:
        return
    tree = open_tree(project, change.end)
    before, after = read_lock(project.governing), read_lock(tree)
    if after is None:
        if before is not None:
            yield f"the change deletes {LOCK}; restore it from git"
        return
    yield from _prompts_in_lock(project, tree, before, after)
    yield from _generations_in_lock(project, change, before, after)
    yield from _anchor_in_lock(before, after)
    released = before.applications if before is not None else {}
    settings = project.section("applications", ApplicationsSettings)
    for target, locked in after.applications.items():
        if locked != released.get(target) and locked.fingerprint != code_fingerprint(
            tree, settings.of(target), target, strict=False
        ):
            yield (
                f"{LOCK} of the change holds code of {target!r} that is neither released nor its "
                "own; run 'promptgate release'"
            )


def _prompts_in_lock(
    project: Project, tree: RevisionTree, before: Lock | None, after: Lock
) -> Iterator[str]:
    settings = project.settings
    present = list_prompts(tree, settings.prompts)
    released = before.prompts if before is not None else {}
    for name, locked in after.prompts.items():
        if locked == released.get(name):
            continue
        own = None
        if name in present:
            prompt = load_prompt(tree, name, folder=settings.prompts, default_model=settings.model)
            own = locked_prompt(
                prompt,
                revision=locked.revision,
                evidence=locked.evidence,
                recordings=locked.recordings,
            )
        if own != locked:
            yield (
                f"{LOCK} of the change holds a text of {name!r} that is neither released nor its "
                "own; run 'promptgate release'"
            )
    for name in released.keys() - after.prompts.keys():
        if name in present:
            yield f"the change takes {name!r} out of {LOCK}; restore it from git"


def _generations_in_lock(
    project: Project, change: Difference, before: Lock | None, after: Lock
) -> Iterator[str]:
    """A gate does not see what a release has set aside: that must not be what the base has."""
    folder = open_project(project.root, project.governing).settings.cassettes
    places = (cassette_path(path) for path in change.stood_below(folder))
    stamps = {place.generation for place in places if place is not None}
    released = before.prompts if before is not None else {}
    for name, locked in after.prompts.items():
        known = released[name].recordings if name in released else None
        if locked.recordings != known and locked.recordings in stamps:
            yield (
                f"{LOCK} of the change sets recordings aside that the base has "
                f"({locked.recordings}, for {name!r}); run 'promptgate release'"
            )


def _anchor_in_lock(before: Lock | None, after: Lock) -> Iterator[str]:
    """An anchor is something that was released, and is moved and not taken away."""
    old = before.anchor if before is not None else None
    if after.anchor == old:
        return
    if after.anchor is None:
        yield f"the change takes the anchor out of {LOCK}; restore it, or move it with a reason"
        return
    released = [*(before.prompts.values() if before is not None else ()), *after.prompts.values()]
    if not all(entry in released for entry in after.anchor.prompts.values()):
        yield f"the anchor in {LOCK} of the change was never released; move it to what is"


def edited_judges(project: Project, change: Difference) -> list[str]:
    """Return what the change edits of the models that judge: `[judges]`, rubrics, labels.

    Args:
        project: Governed by the base.
        change: What is judged.
    """
    sides = [
        _toml(tree.read(CONFIG)).get("judges", {})
        for tree in (project.governing, open_tree(project, change.candidate))
    ]
    edited = ["[judges]"] if CONFIG in change.paths and sides[0] != sides[1] else []
    tables = [table for side in sides for table in side.values() if isinstance(table, dict)]
    files = {table.get(key) for table in tables for key in ("prompt", "labels")}
    return edited + sorted(path for path in change.paths if path in files)


def told_of_judgement(project: Project, change: Difference, base: str) -> Iterator[str]:
    """Yield a sentence for each thing that the change says of its own judgement.

    In vain, but for the judges: both arms have to be judged alike, and are, by the new one.

    Args:
        project: Governed by the base.
        change: What is judged.
        base: As messages name it.
    """
    if CONFIG in change.paths:
        before = _toml(project.governing.read(CONFIG))
        after = _toml(open_tree(project, change.candidate).read(CONFIG))
        for name in _GOVERNED:
            differing = list(_keys(before.get(name, {}), after.get(name, {})))
            if differing:
                yield (
                    f"The change sets {_listed(differing)} of [{name}] in {CONFIG}; what {base} "
                    "has was used, and the change counts once it is merged."
                )
    if judges := edited_judges(project, change):
        yield f"The change edits what judges it: {_listed(judges)}; both arms are judged by that."
    if LOCK in change.paths:
        lock = read_lock(open_tree(project, change.candidate))
        old = read_lock(project.governing)
        anchor = None if lock is None else lock.anchor
        if anchor is not None and anchor != (None if old is None else old.anchor):
            yield (
                f"The change moves the anchor (by {anchor.by}: {anchor.reason}), which counts "
                "once it is merged."
            )
    if ADJUDICATIONS in change.paths:
        yield (
            f"The change edits {ADJUDICATIONS}; what {base} has was used, and the change counts "
            "once it is merged."
        )


def _toml(data: bytes | None) -> dict[str, Any]:
    try:
        return tomllib.loads(decode(data or b"", CONFIG))
    except (InputError, tomllib.TOMLDecodeError):  # said where the file itself is opened
        return {}


def _keys(before: Mapping[str, Any], after: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Yield 'key = value' for each key of a section that differs; what is gone is the default."""
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if isinstance(was, dict) or isinstance(now, dict):
            yield from _keys(was or {}, now or {}, f"{above}{key}.")
        elif was != now:
            yield f"{above}{key} = {'default' if now is None else now}"


def _listed(names: Sequence[str]) -> str:
    once = list(dict.fromkeys(names))
    rest = len(once) - _SHOWN
    return ", ".join(once[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
