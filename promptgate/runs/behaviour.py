"""What an edit does: of each prompt the texts, the requests of its suites' cases, the answers.

Nothing is asked and nothing decided. Answers are those that are recorded; a case that
lacks one counts as not recorded, never as the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import InputError, PromptError, RevisionError
from promptgate.prompts import default_baseline, find_base, govern, list_prompts, open_tree
from promptgate.prompts.diff import PromptDiff, diff_prompts
from promptgate.prompts.revisions import WORKTREE
from promptgate.runs.arms import Arm, open_arm
from promptgate.runs.asked import PromptText
from promptgate.runs.costs import cost_of
from promptgate.runs.evaluate import Evaluation, evaluate
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.origin import told_of_origin
from promptgate.runs.plan import Plan, make_plan
from promptgate.runs.scoring import Scoring
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from promptgate.models.cassettes import Cassettes
    from promptgate.project import Project
    from promptgate.runs.results import Trial
    from promptgate.suites import Suite


@dataclass(frozen=True)
class EditRequest:
    """What to compare.

    Attributes:
        prompt: Its name; None: every prompt.
        before: Revision; None: what was released, else where the branch began.
        after: Revision.
    """

    prompt: str | None = None
    before: str | None = None
    after: str = WORKTREE


@dataclass(frozen=True)
class Behaviour:
    """What differs of one prompt between two revisions.

    Attributes:
        prompt: Files, model, parameters.
        plan: The cases of its suites with the requests of both arms; None where they
            cannot be rendered.
        fault: Why not; ''.
        trials: Of the cases whose requests differ, as far as they were looked at.
    """

    prompt: PromptDiff
    plan: Plan | None
    fault: str = ""
    trials: tuple[Trial, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Edit:
    """What differs between two revisions.

    Attributes:
        before: The old revision as it was written.
        after: The new one.
        prompts: One for each prompt that was asked for.
        notes: Sentences on where the old revision stands.
    """

    before: str
    after: str
    prompts: tuple[Behaviour, ...]
    notes: tuple[str, ...] = ()


class _NotRecorded(Mapping[tuple[str, int], str]):
    """Says of every answer that is not there why: nobody recorded it."""

    def __getitem__(self, _key: tuple[str, int]) -> str:
        return "not recorded"

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(())

    def __len__(self) -> int:
        return 0


def parse_words(project: Project, words: Sequence[str]) -> EditRequest:
    """Read `[PROMPT] [A] [B]`: the first word is a prompt where there is one of that name.

    Raises:
        InputError: There are too many words, or the first is neither.
    """
    if not words:
        return EditRequest()
    names = _known(project, words[1:])
    if words[0] in names:
        prompt, revisions = words[0], list(words[1:])
    else:
        prompt, revisions = None, list(words)
        try:
            open_tree(project, words[0])
        except RevisionError:
            if any(character in words[0] for character in "~^@:"):
                raise  # it is written as a revision, so that is what it was meant to be
            raise InputError(
                f"{unknown_name('prompt', words[0], sorted(names))} It is no revision either."
            ) from None
    if len(revisions) > 2:
        raise InputError(
            f"give at most a prompt and two revisions, but {words[0]!r} is no prompt."
            if prompt is None
            else f"give at most two revisions, but got {len(revisions)}."
        )
    return EditRequest(prompt, *revisions)


def _known(project: Project, revisions: Sequence[str]) -> set[str]:
    """Return the names of the prompts on disk, released, and at the revisions."""
    found = set()
    for revision in (WORKTREE, default_baseline(project), *revisions):
        tree = open_arm(project, "candidate", revision, None)
        found.update(list_prompts(tree.tree, tree.folder))
    return found


def edit(project: Project, asked: EditRequest, cassettes: Cassettes | None = None) -> Edit:
    """Compare the prompts of two revisions.

    Args:
        project: As it is on disk.
        asked: What to compare.
        cassettes: The recordings; None leaves the answers out.

    Raises:
        InputError: A revision or a prompt is not there, or a file is wrong.
    """
    before = open_arm(project, "baseline", asked.before or default_baseline(project), None)
    after = open_arm(project, "candidate", asked.after, None)
    names = [n for arm in (after, before) for n in list_prompts(arm.tree, arm.folder)]
    if asked.prompt is not None and asked.prompt not in names:
        at = f"{before.revision} and {after.revision}"
        raise InputError(f"at {at}: {unknown_name('prompt', asked.prompt, sorted(set(names)))}")
    wanted = sorted(set(names)) if asked.prompt is None else [asked.prompt]
    suites = _suites(project, after)
    found = (_behaviour(project, before, after, name, suites, cassettes) for name in wanted)
    notes = told_of_origin(project, asked.before, (before, after))
    return Edit(before.revision, after.revision, tuple(found), tuple(notes))


def governed(project: Project) -> Project:
    """Return the project with its policy and lock from the base branch, as a gate reads them."""
    return govern(project, find_base(project))


def _suites(project: Project, after: Arm) -> tuple[Suite, ...]:
    """Return the suites of the new revision; those on disk where it has none ('released')."""
    folder = project.settings.suites
    return load_suites(after.tree, folder) or load_suites(project.tree, folder)


def _behaviour(
    project: Project,
    before: Arm,
    after: Arm,
    name: str,
    suites: Sequence[Suite],
    cassettes: Cassettes | None,
) -> Behaviour:
    change = diff_prompts(name, *(_text(arm, name) for arm in (before, after)))
    own = [replace(s, prompts=(name,)) for s in suites if s.target is None and name in s.prompts]
    if not after.has(name) or not own:
        return Behaviour(change, None, "" if own or not after.has(name) else "no suite tests it")
    try:
        plan = make_plan((before, after), own)
    except PromptError as error:
        return Behaviour(change, None, str(error))
    differing = replace(plan, cases=tuple(c for c in plan.cases if not c.identical))
    if cassettes is None or not differing.cases:
        return Behaviour(change, plan)
    scoring = Scoring(own, project.root, open_judges(project))
    how = Evaluation(scoring, cassettes.find, cost_of(project), _NotRecorded(), {}, "record")
    return Behaviour(change, plan, trials=tuple(evaluate(differing, how)))


def _text(arm: Arm, name: str) -> PromptText | None:
    return PromptText.of(*arm.asking(name)) if arm.has(name) else None
