"""Judge the change that a pipeline runs for: lint, freeze, review, gate, in this order.

Whatever ends the judgement is part of it and not an exception: a reviewer is to read
in the pull request what is wrong with a suite, too. Bad input outranks the others; a
fault that lint found turns a RELEASE into exit 1.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from promptgate.ci.annotating import Annotation, Level
from promptgate.ci.edits import edits
from promptgate.ci.forges import Event, Forge
from promptgate.ci.lacking import Lacking, lacking
from promptgate.errors import ExitCode, InputError, MissingRecording, PromptgateError
from promptgate.gate import Verdict
from promptgate.prompts import (
    Finding,
    Severity,
    default_baseline,
    find_base,
    govern,
    open_tree,
)
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.examination import Examination, Review, examine
from promptgate.release.frozen import blocking
from promptgate.runs.arms import open_arm
from promptgate.runs.gating import run_gate
from promptgate.runs.linting import lint_project

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from promptgate.ci.edits import Edit
    from promptgate.ci.forges import Pipeline
    from promptgate.project import Project
    from promptgate.prompts import Base
    from promptgate.runs.answers import Source
    from promptgate.runs.gate_options import GateOptions
    from promptgate.runs.gate_run import GateRun

_LEVELS: dict[Severity, Level] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_ENDS: dict[ExitCode, Level] = {ExitCode.OK: "notice", ExitCode.HOLD: "warning"}


@dataclass(frozen=True)
class Judgement:
    """What came of a change.

    Attributes:
        exit_code: Of the command.
        outcome: The gate's decision; 'HOLD' where the evidence is missing or something is
            in the way; 'INVALID' where the input is wrong.
        reason: In one sentence.
        base: Whose rules held; None where it could not be found.
        run: The gate; None where it came to no decision.
        examined: Freeze, review and tampering; None where they could not be looked at.
        findings: Of lint.
        edits: Lines of prompts that the change touches.
        lacking: Answers that were never recorded.
        error: What ended the judgement.
    """

    exit_code: ExitCode
    outcome: str
    reason: str
    base: Base | None = None
    run: GateRun | None = field(default=None, repr=False)
    examined: Examination | None = None
    findings: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    lacking: Lacking | None = None
    error: PromptgateError | None = None

    @property
    def own_findings(self) -> tuple[Finding, ...]:
        """What lint found that concerns the change: every error, and all in what it edits."""
        edited = {edit.file for edit in self.edits}
        return tuple(f for f in self.findings if f.severity is Severity.ERROR or f.file in edited)

    def annotations(self, prefix: str = "") -> list[Annotation]:
        """Return what is to be said at lines of files.

        Args:
            prefix: The project's folder from the top of the repository, '' for the top.
        """

        def place(file: str) -> str:
            return f"{prefix}/{file}" if prefix else file

        found = [
            Annotation(
                _LEVELS[f.severity],
                f.message,
                place(f.file),
                f.line or None,
                None,
                f"lint {f.rule}",
            )
            for f in self.own_findings
        ]
        level = _ENDS.get(self.exit_code, "error")
        told = f"{self.outcome}: {self.reason}"
        spots: list[tuple[str, int, int] | tuple[()]]
        spots = [(place(edit.file), edit.first, edit.last) for edit in self.edits] or [()]
        harm = self._harm()
        if harm:  # at each edited line; what else is in the way is said once, behind it
            found += [Annotation("error", harm, *spot) for spot in spots]
            spots = spots[:1]
        if isinstance(self.error, InputError):
            where = place(self.error.file) if self.error.file and self.error.line else None
            found.append(Annotation(level, told, where, self.error.line if where else None))
        elif level != "notice" and not (harm and self.exit_code is ExitCode.WORSE):
            found += [Annotation(level, told, *spot) for spot in spots]
        return found

    def _harm(self) -> str:
        """Return in what the change is worse, by how much, and where most; '' where it is not."""
        decision = None if self.run is None else self.run.decision
        if decision is None or ExitCode.WORSE not in (
            decision.exit_code, decision.worse and decision.worse.exit_code
        ):  # fmt: skip
            return ""
        ruling = decision.worse or decision
        falls = (
            f"{suite.suite} went from {numbers.baseline:.1%} to {numbers.candidate:.1%}"
            + (f", most in {suite.regressed[0].case}." if suite.regressed else ".")
            for suite in decision.suites
            if suite.verdict is Verdict.FAIL and (numbers := suite.comparison) is not None
        )
        return " ".join((f"{ruling.outcome}: {ruling.reason}", *falls))


def judge(
    project: Project,
    pipeline: Pipeline,
    options: GateOptions,
    source: Source,
    now: datetime,
    *,
    base: str | None = None,
    reviews: Path | None = None,
) -> Judgement:
    """Judge a change.

    Args:
        project: As it is on disk.
        pipeline: That runs for it.
        options: Of the gate; its freeze, review and tampering are found here.
        source: Where recordings are.
        now: With its time zone.
        base: Revision whose rules hold; None: as the forge says.
        reviews: File with the forge's reviews; None: what commits say.
    """
    judged = Judgement(ExitCode.OK, "", "")
    try:
        judged = replace(
            judged, findings=tuple(lint_project(project, open_tree(project, WORKTREE), now.date()))
        )
        found = find_base(project, base, _environment(pipeline))
        judged = replace(judged, base=found, edits=_edits(project, found, options))
        asked = reviews is not None or pipeline.event in (Event.REQUEST, Event.QUEUE)
        examined = examine(
            project,
            found,
            options.candidate,
            now,
            Review(reviews) if asked else None,
            foresee=pipeline.forge is Forge.NONE,
        )
        judged = replace(judged, examined=examined)
        options = examined.applied(options)
        with blocking(examined.in_the_way):
            run = run_gate(project, options, source)
    except PromptgateError as error:
        needs = None
        if isinstance(error, MissingRecording) or isinstance(error.__context__, MissingRecording):
            needs = lacking(project, options, source)
        outcome = "INVALID" if error.exit_code is ExitCode.BAD_INPUT else "HOLD"
        code = ExitCode(error.exit_code)
        return replace(
            judged, exit_code=code, outcome=outcome, reason=str(error), lacking=needs, error=error
        )
    decision = run.decision
    judged = replace(
        judged, exit_code=decision.exit_code, outcome=str(decision.outcome), run=run,
        reason=decision.reason,
    )  # fmt: skip
    errors = sum(found.severity is Severity.ERROR for found in judged.findings)
    if errors and decision.exit_code is ExitCode.OK:
        reason = f"The gate says RELEASE, but lint found {errors} error{'s' * (errors > 1)}."
        return replace(judged, exit_code=ExitCode.WORSE, outcome="HOLD", reason=reason)
    return judged


def _environment(pipeline: Pipeline) -> dict[str, str]:
    """Return the process's variables with the target that GitHub names in some events alone."""
    known = dict(os.environ)
    if pipeline.forge is Forge.GITHUB and pipeline.event is Event.REQUEST and pipeline.target:
        known.setdefault("GITHUB_BASE_REF", pipeline.target)
    return known


def _edits(project: Project, base: Base, options: GateOptions) -> tuple[Edit, ...]:
    """Return the lines that were edited; () where the arms cannot be read, which the gate tells."""
    try:
        governed = govern(project, base)
        revision = options.baseline or default_baseline(governed)
        return edits(
            open_arm(governed, "baseline", revision, options.model),
            open_arm(governed, "candidate", options.candidate, options.model),
        )
    except InputError:
        return ()
