"""Which prompt versions and which models: ranges of revisions, and the models before one.

A range holds the revisions that change the prompt's fingerprint and no others, whatever
else was committed between them; the first parent is followed, as that is what shipped.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError, PromptError
from promptgate.investigate.settings import InvestigateSettings
from promptgate.models.catalogue import sdk_catalogue
from promptgate.prompts.revisions import RELEASED, WORKTREE, first_parents
from promptgate.runs.arms import Arm, open_arm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from promptgate.project import Project


@dataclass(frozen=True)
class Version:
    """A prompt at one revision.

    Attributes:
        arm: The files, and how its prompts are loaded.
        revision: As the user wrote it, or a short hash.
        subject: The first line of the commit's message; '' where there is no commit.
        fingerprint: None where the prompt is broken there.
    """

    arm: Arm
    revision: str
    subject: str
    fingerprint: str | None


def open_version(project: Project, prompt: str, revision: str, model: str | None = None) -> Version:
    """Open a prompt at one revision.

    Raises:
        RevisionError: There is no such revision.
        PromptError: The prompt is not there, or is broken.
    """
    arm = open_arm(project, "candidate", revision, model)
    return Version(arm, revision, "", arm.prompt(prompt).fingerprint)


def history(
    project: Project, prompt: str, good: str, bad: str, model: str | None = None
) -> list[Version]:
    """Return the versions of a prompt from one revision to another, oldest first.

    Args:
        project: Where the repository is.
        prompt: Name of the prompt.
        good: The older revision; it is the first version.
        bad: The newer one; 'worktree' adds the files on disk where they differ.
        model: Asked whatever front matter says.

    Raises:
        RevisionError: Either cannot be had, or the older is no ancestor of the newer.
        InputError: The range holds no change of the prompt.
    """
    found = _distinct(project, prompt, good, bad, model)
    if not found:
        raise InputError(
            f"{good}..{bad} does not contain the prompt {prompt!r}; check its name, or go further "
            "back."
        )
    if len(found) == 1:
        raise InputError(
            f"{good}..{bad} does not contain a change of the prompt {prompt!r}: it is the same "
            f"from {good} to {bad}; go further back."
        )
    return found


def previous_versions(
    project: Project, prompt: str, newest: Version, model: str | None = None
) -> list[Version]:
    """Return all versions up to one, oldest first, that one included.

    Raises:
        RevisionError: There is no repository.
    """
    return _distinct(project, prompt, None, newest.revision, model)


def previous_version(project: Project, prompt: str, newest: Version) -> Version | None:
    """Return the last version before one whose fingerprint differs; None where there is none.

    Raises:
        RevisionError: There is no repository.
    """
    versions = previous_versions(project, prompt, newest)
    older = [v for v in versions if v.fingerprint not in (None, newest.fingerprint)]
    return older[-1] if older else None


def _distinct(
    project: Project, prompt: str, good: str | None, bad: str, model: str | None
) -> list[Version]:
    """Return the versions of a range, each where it differs from the one before."""
    head = "HEAD" if bad in (WORKTREE, RELEASED) else bad
    found: list[Version] = []
    for commit in first_parents(project, good, head):
        arm = open_arm(project, "candidate", commit.hash, model)
        try:
            fingerprint = arm.prompt(prompt).fingerprint if arm.has(prompt) else ""
        except PromptError:
            fingerprint = None
        if fingerprint == "" or (found and fingerprint == found[-1].fingerprint):
            continue
        found.append(Version(arm, commit.hash[:9], commit.subject, fingerprint))
    if bad in (WORKTREE, RELEASED):
        here = open_version(project, prompt, bad, model)
        if not found or here.fingerprint != found[-1].fingerprint:
            found.append(here)
    return found


def expand_revisions(project: Project, prompt: str, written: Sequence[str]) -> list[Version]:
    """Return the versions that a list of revisions and ranges names, in that order.

    Raises:
        RevisionError: One cannot be had.
        PromptError: The prompt is not there, or is broken.
        InputError: A range holds no version of the prompt.
    """
    found: list[Version] = []
    for one in written:
        old, dots, new = one.partition("..")
        if dots and old and not new.startswith("."):
            found += history(project, prompt, old, new or "HEAD")
        else:
            found.append(open_version(project, prompt, one))
    return found


def check_served(models: Sequence[str], today: date) -> None:
    """Refuse a model that is no longer served.

    Raises:
        InputError: It is retired; names the nearest that is still served.
    """
    catalogue = sdk_catalogue()
    for model in models:
        status = catalogue.status(model)
        if not status.retired(today):
            continue
        served = [m for m in catalogue.models if not catalogue.status(m).retired(today)]
        family = [m for m in served if m.split("-")[:2] == model.split("-")[:2]]
        near = difflib.get_close_matches(model, family or served, n=1, cutoff=0.0)
        raise InputError(
            f"the model {model!r} is no longer served since {status.end_of_life}; the nearest "
            f"that is: {near[0]}."
        )


def misspelt(project: Project, models: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return a clause for each model that nothing names, and that something nearly does.

    Args:
        project: Whose [investigate] models are known.
        models: As written.
        known: Other names, such as those in front matter.
    """
    listed = project.section("investigate", InvestigateSettings).models
    every = {*listed, *known, *sdk_catalogue().models}
    near = {m: difflib.get_close_matches(m, every, n=1) for m in models if m not in every}
    return [f"no model {m!r} is known here; the nearest is {n[0]!r}" for m, n in near.items() if n]


def expand_models(listed: Sequence[str], written: Sequence[str], before: int) -> list[str]:
    """Return models, each followed by those that were in use before it.

    Args:
        listed: `[investigate] models`, newest first.
        written: What the user names.
        before: How many of the list behind each are added.

    Raises:
        InputError: The list does not hold a model, or nothing behind it.
    """
    found: list[str] = []
    for model in written:
        found.append(model)
        if not before:
            continue
        if model not in listed:
            raise InputError(
                f"the models before {model!r} are not known; name it and them, newest first, as "
                "'models' under [investigate] in promptgate.toml."
            )
        older = listed[listed.index(model) + 1 :][:before]
        if not older:
            raise InputError(
                f"nothing stands behind {model!r} in 'models' under [investigate] in "
                "promptgate.toml, so no model was in use before it; name one with --models."
            )
        found += older
    return list(dict.fromkeys(found))


__all__ = [
    "RELEASED",
    "Version",
    "check_served",
    "expand_models",
    "expand_revisions",
    "history",
    "misspelt",
    "open_version",
    "previous_version",
    "previous_versions",
]
