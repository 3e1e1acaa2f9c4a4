"""`lint --judge`: a model reads the prompts too, and names instructions that contradict.

Beside the lint of prompts, which asks nobody. What the model says is recorded and
replayed like every judgement; its findings have the rule `contradiction` and say whose
they are. A comment that allows a contradiction allows it here too.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from promptgate.models.request import Request
from promptgate.prompts import Finding, Severity
from promptgate.prompts.readable import readable_prompts, shown_text
from promptgate.runs.judging.asking import hear
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.scoring import answer_of
from promptgate.scorers.judge.contradictions import contradictions_body, read_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.files import Tree
    from promptgate.project import Project
    from promptgate.prompts.assembly import Place
    from promptgate.prompts.readable import ReadablePrompt
    from promptgate.runs.answers import Source
    from promptgate.scorers.interface import Response
    from promptgate.scorers.judge import Judge

RULE = "contradiction"
UNREAD = "judge"


def judge_prompts(
    tree: Tree, folder: str, judge: Judge, source: Source, record: str, *, live: bool
) -> list[Finding]:
    """Return the contradictions that a judge finds in the prompts of a revision.

    With several models or repeats a pair of lines counts that more than half of the
    replies name.

    Args:
        tree: The files at the revision.
        folder: Of the prompts.
        judge: Whose models, repeats and parameters are used; not its rubric.
        source: Where its recordings are.
        record: The command that records what is missing.
        live: Whether to ask for what is missing.

    Raises:
        MissingRecording: The judge was not asked about a prompt, and may not be.
        ModelError: It could not be asked.
    """
    asked = {
        prompt.name: [
            (Request(contradictions_body(judge, model, prompt.assembled.text)), repeat)
            for model in judge.models
            for repeat in range(judge.repeats)
        ]
        for prompt in readable_prompts(tree, folder)
    }
    wanted = [one for calls in asked.values() for one in calls]
    heard = hear(wanted, source, ("judges", f"lint-{judge.name}"), record, live=live)
    found: set[Finding] = set()
    for prompt in readable_prompts(tree, folder):
        replies = [
            answer_of(heard[request.digest, sample], None) for request, sample in asked[prompt.name]
        ]
        found.update(_findings(prompt, judge, replies))
    return sorted(found)


def lint_digests(project: Project) -> Iterator[str]:
    """Yield the digest of every request that `lint --judge` makes of the prompts on disk."""
    judges = open_judges(project)
    for name in judges.settings.names:
        judge = judges.find(name)
        for prompt in readable_prompts(project.tree, project.settings.prompts):
            for model in judge.models:
                yield Request(contradictions_body(judge, model, prompt.assembled.text)).digest


def _findings(
    prompt: ReadablePrompt, judge: Judge, replies: Sequence[Response]
) -> Iterator[Finding]:
    """Yield what most replies say of one prompt, and what could not be read or placed."""
    votes: Counter[tuple[Place, Place]] = Counter()
    told: dict[tuple[Place, Place], tuple[str, str, str]] = {}
    for reply in replies:
        said = read_pairs(reply, prompt.assembled.text)
        if said.fault:
            message = f"the judge {judge.name!r} says nothing of this prompt: {said.fault}."
            yield Finding(prompt.file, 0, UNREAD, Severity.ERROR, message)
        if said.unplaced:
            message = (
                f"the judge {judge.name!r} names {said.unplaced} contradictions with quotes that "
                "are not in the prompt; they are left out."
            )
            yield Finding(prompt.file, 0, UNREAD, Severity.INFO, message)
        named = set()
        for pair in said.found:
            (one, first), (other, second) = sorted(
                (prompt.assembled.place(span[0]), shown_text(prompt.assembled.text[slice(*span)]))
                for span in (pair.first, pair.second)
            )
            named.add((one, other))
            told.setdefault((one, other), (first, second, pair.why))
        votes.update(named)
    for (one, other), count in votes.items():
        if count * 2 <= len(replies) or prompt.allows(one, other):
            continue
        first, second, why = told[one, other]
        message = (
            f"“{first}” and “{second}” ({other.file}:{other.line}) cannot both be followed, says "
            f"the judge {judge.name!r}: {why.rstrip('.')}; change one, say when each holds, or "
            "which comes first."
        )
        related = f"{other.file}:{other.line}"
        yield Finding(one.file, one.line, RULE, Severity.WARNING, message, related)
