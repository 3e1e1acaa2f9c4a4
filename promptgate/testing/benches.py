"""What the items of one run share: the arms, the plan, the answers and the one gate.

Every item asks here for what it needs, and it is found when it is first asked for:
a run of one case plans its suite and reads its recordings, nothing else. The gate
is one for all suites whose gates were chosen, as for `promptgate gate`: its
correction for many suites needs them together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from promptgate.errors import ExitCode, InputError, MissingRecording, PromptgateError
from promptgate.testing.once import Once
from promptgate.testing.outcomes import Gated, Said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.runs.answers import Mode, Source
    from promptgate.runs.arms import Arm
    from promptgate.runs.gate_run import GateRun
    from promptgate.runs.plan import PlannedCase
    from promptgate.runs.scoring import Scoring
    from promptgate.suites import Suite


@dataclass(frozen=True)
class Choice:
    """What was chosen on pytest's command line.

    Attributes:
        mode: Where answers come from.
        baseline: Revision; None: what was released.
        candidate: Revision.
        max_cost: US dollars that recording may cost; None: any.
    """

    mode: Mode = "replay"
    baseline: str | None = None
    candidate: str = "worktree"
    max_cost: float | None = None


class Benches:
    """The benches of a run, one a project.

    Args:
        choice: From the command line.
        shared: A folder that all workers of this run have in common; None: there is one.
    """

    def __init__(self, choice: Choice, shared: Path | None) -> None:
        self._choice = choice
        self._once = Once(shared)
        self._benches: dict[Path, Bench] = {}

    def at(self, folder: Path) -> Bench:
        """Return the bench of the project that a folder is in.

        Raises:
            ProjectError: Its promptgate.toml is wrong, or there is none.
        """
        from promptgate.cli.common import open_checked_project

        if folder not in self._benches:
            project = open_checked_project(folder)
            known = (b for b in self._benches.values() if b.project.root == project.root)
            bench = next(known, None)
            self._benches[folder] = bench or Bench(project, self._choice, self._once)
        return self._benches[folder]


class Bench:
    """One project under test."""

    def __init__(self, project: Project, choice: Choice, once: Once) -> None:
        self.project = project
        self.choice = choice
        self._once = once
        self._plans: dict[str, dict[str, PlannedCase]] = {}
        self._scorings: dict[str, Scoring] = {}
        self._said: dict[tuple[str, str, str], list[Said]] = {}
        self._recorded = choice.mode == "replay"

    @cached_property
    def candidate(self) -> Arm:
        """The arm that is judged.

        Raises:
            RevisionError: It cannot be had.
        """
        from promptgate.runs.arms import open_arm

        return open_arm(self.project, "candidate", self.choice.candidate, None)

    @cached_property
    def baseline(self) -> Arm | None:
        """The arm that it is compared with; None where there is none, which the gate tells."""
        from promptgate.prompts import default_baseline
        from promptgate.runs.arms import open_arm

        try:
            revision = self.choice.baseline or default_baseline(self.project)
            return open_arm(self.project, "baseline", revision, None)
        except InputError:
            return None

    def suite(self, path: Path) -> Suite | None:
        """Return the suite of a file as the candidate has it; None where it has no such file.

        Raises:
            SuiteError: Something in it is wrong.
        """
        from promptgate.suites import load_suite

        file = path.relative_to(self.project.root).as_posix()
        if self.candidate.tree.read(file) is None:
            return None
        return load_suite(self.candidate.tree, file)

    def planned(self, suite: Suite) -> dict[str, PlannedCase]:
        """Return the cases of a suite with their requests, by key.

        Raises:
            InputError: A case cannot be rendered, or a scorer is wrong.
        """
        from promptgate.runs.judging.declared import open_judges
        from promptgate.runs.plan import make_plan
        from promptgate.runs.scoring import Scoring

        if suite.name not in self._plans:
            arms = (self.candidate,) if self.baseline is None else (self.baseline, self.candidate)
            judges = open_judges(self.project)
            self._scorings[suite.name] = Scoring([suite], self.project.root, judges)
            plan = make_plan(arms, [suite])
            self._plans[suite.name] = {planned.key: planned for planned in plan.cases}
        return self._plans[suite.name]

    def said(self, suite: Suite, key: str, repeat: int, arm: str = "candidate") -> Said | None:
        """Return what became of one repeat; None where the arm does not have the case.

        Raises:
            InputError: As planned().
            EvidenceError: A recording is unsound.
        """
        planned = self.planned(suite)[key]
        if planned.requests.get(arm) is None:  # type: ignore[call-overload]  # 'both' is no arm
            return None
        if (suite.name, key, arm) not in self._said:
            self._evaluate(suite, self._beside(suite, planned), arm)
        return self._said[suite.name, key, arm][repeat]

    def _beside(self, suite: Suite, planned: PlannedCase) -> list[PlannedCase]:
        """Return the cases to score with one: all of an application, else those it is seen with."""
        every = self.planned(suite).values()
        if suite.target is not None:
            return list(every)
        own = self._seen_with(suite, planned)
        return [other for other in every if self._seen_with(suite, other) == own]

    def _seen_with(self, suite: Suite, planned: PlannedCase) -> tuple[str, str, str]:
        """Return what cases have in common that a check sees together: a cluster, else nothing."""
        scope = self._scorings[suite.name].scope(suite.name, planned.case)
        return (planned.prompt, planned.case.cluster, "" if scope == "cluster" else planned.key)

    def _evaluate(self, suite: Suite, group: Sequence[PlannedCase], name: str) -> None:
        """Score cases in one arm; an application is started once for all of its own."""
        from promptgate.runs.answers import get_answers, utc_now
        from promptgate.runs.costs import cost_of
        from promptgate.runs.evaluate import Evaluation, evaluate
        from promptgate.runs.plan import Plan

        arm = self.candidate if name == "candidate" else self.baseline
        assert arm is not None
        alone = [
            replace(p, requests={arm.name: p.requests[arm.name]})
            for p in group
            if p.requests.get(arm.name) is not None
        ]
        scoring = self._scorings[suite.name]
        plan = Plan((arm,), tuple(alone))
        answers = get_answers(plan, self.source, "replay", utc_now(), scoring)
        how = Evaluation(
            scoring,
            answers.find,
            cost_of(self.project),
            answers.faults,
            answers.performances,
            f"promptgate record --suite {suite.name}",
        )
        parts: dict[tuple[str, str, str], list[PlannedCase]] = {}
        for planned in alone:
            parts.setdefault(self._seen_with(suite, planned), []).append(planned)
        for part in parts.values():
            found: dict[str, list[Said]] = {planned.key: [] for planned in part}
            why = ""
            try:
                for trial in evaluate(Plan((arm,), tuple(part)), how):
                    found[trial.case].append(Said(trial))
            except MissingRecording as error:
                why = str(error)
            for planned in part:
                said = found[planned.key]
                lacking = [Said(None, why)] * (planned.repeats - len(said))
                self._said[suite.name, planned.key, name] = [*said, *lacking]

    @cached_property
    def source(self) -> Source:
        """The recordings, without progress: pytest shows its own."""
        from promptgate.models.cassettes import Cassettes
        from promptgate.models.settings import ModelSettings
        from promptgate.runs.answers import Source, utc_now
        from promptgate.runs.costs import Caps, bill_for, sum_of

        bills: list[Any] = []
        caps = Caps(None, self.choice.max_cost)

        def announce(jobs: Sequence[Any], later: Sequence[Any]) -> None:
            bills.append(bill_for(self.project, jobs, utc_now().date()))
            judged = [bill_for(self.project, later, utc_now().date())] if later else []
            caps.check(sum_of([*bills, *judged]))

        settings = self.project.section("models", ModelSettings)
        return Source(Cassettes(self.project.cassettes), settings, announce)

    def generation(self, digest: str) -> str:
        """Return the generation of a request's answers that are new in this run of a refresh."""
        from promptgate.models.cassettes import new_generation

        stamp: str = self._once.get("generation", new_generation)
        return max([stamp, *self.source.cassettes.generations(digest)])

    def record(self, wanted: Sequence[tuple[Suite, str]]) -> None:
        """Record the chosen cases in both arms, once for all workers, where the mode is to record.

        Args:
            wanted: Suites with the keys of their cases.

        Raises:
            InputError: There is no key, or it may cost too much.
            ModelError: Nothing could be recorded.
        """
        if self._recorded:
            return
        keys = dict.fromkeys((suite.name, key) for suite, key in wanted)
        suites = {suite.name: suite for suite, _ in wanted}
        cases = tuple(self.planned(suites[name])[key] for name, key in keys)
        self._once.get(self._name("recorded"), lambda: self._record(cases))
        self.__dict__.pop("source", None)  # another worker may have written what is read now
        self._recorded = True

    def _record(self, cases: tuple[PlannedCase, ...]) -> bool:
        from promptgate.runs.answers import get_answers, utc_now
        from promptgate.runs.judging.declared import open_judges
        from promptgate.runs.plan import Plan
        from promptgate.runs.scoring import Scoring

        arms = (self.candidate,) if self.baseline is None else (self.baseline, self.candidate)
        suites = {planned.suite.name: planned.suite for planned in cases}
        scoring = Scoring(suites.values(), self.project.root, open_judges(self.project))
        get_answers(Plan(arms, cases), self.source, self.choice.mode, utc_now(), scoring)
        return True

    def gate(self, suites: Sequence[Suite], suite: str) -> Gated:
        """Gate suites together, once for all workers, and return what the item of one shows.

        Raises:
            PromptgateError: There is no decision; says why.
        """
        names = sorted({suite.name for suite in suites})
        found = self._once.get(self._name("gate", *names), lambda: self._gate(names))
        if "error" in found:
            raise _NoDecision(found["error"], ExitCode(found["exit_code"]))
        return Gated(**found[suite])

    def _gate(self, names: Sequence[str]) -> dict[str, Any]:
        from promptgate.prompts import find_base
        from promptgate.release.examination import examine
        from promptgate.release.frozen import blocking
        from promptgate.runs.answers import utc_now
        from promptgate.runs.gate_options import GateOptions
        from promptgate.runs.gating import run_gate
        from promptgate.runs.store import store_gate
        from promptgate.suites import load_suites
        from promptgate.testing.showing import gate_of_suites

        choice = self.choice
        try:
            tree = self.candidate.tree
            every = [s.name for s in load_suites(tree, self.project.settings.suites)]
            base = find_base(self.project)
            examined = examine(self.project, base, choice.candidate, utc_now())
            options = GateOptions(
                baseline=choice.baseline,
                candidate=choice.candidate,
                suites=() if set(every) == set(names) else tuple(names),
                mode="replay" if choice.mode == "replay" else "record",
            )
            with blocking(examined.in_the_way):
                run = run_gate(self.project, examined.applied(options), self.source)
        except PromptgateError as error:
            return {"error": str(error), "exit_code": int(error.exit_code)}
        store_gate(self.project, run)
        self._keep(run)
        return gate_of_suites(run, names)

    def _keep(self, run: GateRun) -> None:
        """Keep the trials that the gate scored: the items of its cases show the same ones."""
        repeats = {(p.suite.name, p.key): p.repeats for p in run.plan.cases}
        found: dict[tuple[str, str, str], list[Said]] = {}
        for trial in run.trials:
            for arm in ("baseline", "candidate") if trial.arm == "both" else (trial.arm,):
                found.setdefault((trial.suite, trial.case, arm), []).append(Said(trial))
        for (suite, key, arm), trials in found.items():
            if len(trials) == repeats[suite, key]:
                self._said.setdefault((suite, key, arm), trials)

    def _name(self, *parts: str) -> str:
        told = "\0".join((str(self.project.root), *parts))
        return f"{parts[0]}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


class _NoDecision(PromptgateError):
    """A gate ended without a decision, here or in another worker."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        self.exit_code = code
