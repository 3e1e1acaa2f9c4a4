"""A suite's file, its answers and its gate, as pytest collects and runs them.

An answer that does not pass is noise until the gate has weighed it, so its item is
xfailed, with all that is known of it; where `promptgate_cases = fail`, or under
--runxfail, it fails. What was never recorded fails in any case. The gate's item
fails for every decision but RELEASE.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from promptgate.errors import InputError, PromptgateError
from promptgate.runs.plan import unit_key

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from promptgate.suites import Case, Suite
    from promptgate.testing.benches import Bench, Benches

_MARK = re.compile(r"[^\W_][\w.+-]*")
_TAKEN = frozenset(
    {"filterwarnings", "parametrize", "skip", "skipif", "tryfirst", "trylast", "usefixtures"}
    | {"xfail"}
)
"""Markers that pytest obeys; a tag of such a name is selected with -k alone."""

_REPORT, _FAIL = "report", "fail"


class SuiteFile(pytest.File):
    """A suite of the project."""

    def __init__(self, *, root: Path, benches: Benches, **given: Any) -> None:
        super().__init__(**given)
        self._root = root
        self._benches = benches

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the suite's gate, then every repeat of every case.

        Raises:
            CollectError: The project or the suite is wrong, in one sentence.
        """
        try:
            bench = self._benches.at(self._root)
            suite = bench.suite(self.path)
        except PromptgateError as error:
            raise self.CollectError(f"promptgate: {error}") from None
        if suite is None:
            return
        yield GateItem.from_parent(self, name="gate", bench=bench, suite=suite)
        for prompt in suite.prompts or (suite.target or "",):
            for case in suite.cases:
                key = unit_key(suite, prompt, case)
                for repeat in range(suite.repeats):
                    item: pytest.Item = CaseItem.from_parent(
                        self,
                        name=f"{key}[{repeat + 1}]",
                        bench=bench,
                        suite=suite,
                        case=case,
                        key=key,
                        repeat=repeat,
                    )
                    yield item


class _SuiteItem(pytest.Item):
    """What the two kinds of items have in common."""

    def __init__(self, *, bench: Bench, suite: Suite, **given: Any) -> None:
        super().__init__(**given)
        self.bench = bench
        self.suite = suite

    def setup(self) -> None:
        """Record what all items of this run need, where that was asked for."""
        if self.bench.choice.mode != "replay":
            self.bench.record(_wanted(self.session, self.bench))

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,
    ) -> Any:
        """Return what is known of a failure; a traceback is for bugs alone."""
        if isinstance(excinfo.value, pytest.fail.Exception | pytest.xfail.Exception):
            return excinfo.value.args[-1] if excinfo.value.args else str(excinfo.value)
        if isinstance(excinfo.value, PromptgateError):
            from promptgate.reports.escape import terminal

            return f"promptgate: {terminal(str(excinfo.value))}"
        return super().repr_failure(excinfo, style)


class GateItem(_SuiteItem):
    """The gate of one suite, decided together with those of the other chosen suites."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.add_marker(pytest.mark.promptgate_gate)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return where the suite is named."""
        return self.path, self.suite.line - 1, f"{self.suite.name}: gate"

    def runtest(self) -> None:
        """Fail unless the decision is RELEASE, or another suite alone stands in its way."""
        gated = self.bench.gate(_gated(self.session, self.bench), self.suite.name)
        self.user_properties.append(("promptgate", gated.headline))
        if gated.outcome == "failed":
            raise _Told(gated.headline, gated.text)
        if gated.outcome == "skipped":
            pytest.skip(gated.text)
        self.add_report_section("call", "promptgate", gated.text)


class CaseItem(_SuiteItem):
    """One answer to one case."""

    def __init__(self, *, case: Case, key: str, repeat: int, **given: Any) -> None:
        super().__init__(**given)
        self.case = case
        self.key = key
        self.repeat = repeat
        self.add_marker(pytest.mark.promptgate_case)
        for tag in case.tags:
            self.extra_keyword_matches.add(tag)
            if _MARK.fullmatch(tag) and tag not in _TAKEN:
                self.config.addinivalue_line("markers", f"{tag}: cases of suites with this tag.")
                self.add_marker(tag)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return where the case is written."""
        file = self.bench.project.root / self.case.file
        return file, self.case.line - 1, f"{self.suite.name}: {self.name}"

    def runtest(self) -> None:
        """Score the answer; fail where there is none, and report one that does not pass."""
        from promptgate.testing.showing import answer_text, reasons_line, score_text

        said = self.bench.said(self.suite, self.key, self.repeat)
        assert said is not None
        if said.trial is None:
            raise _Told(said.missing, f"promptgate: {said.missing}")
        trial = said.trial
        self.user_properties.append(("promptgate_score", score_text(trial)))
        if trial.passed:
            self.add_report_section("call", "answer", answer_text(trial))
            return
        reason = reasons_line(trial)
        text = self._explained()
        how = self.config.getini("promptgate_cases")
        if how not in (_REPORT, _FAIL):
            raise InputError(
                f"the setting promptgate_cases must be '{_REPORT}' or '{_FAIL}', but got {how!r}."
            )
        if how == _FAIL and self.case.quarantine is None:
            raise _Told(reason, text)
        raise _Reported(reason, text)

    def _explained(self) -> str:
        from promptgate.testing.showing import case_text

        said = self.bench.said(self.suite, self.key, self.repeat)
        before = self.bench.said(self.suite, self.key, self.repeat, "baseline")
        assert said is not None
        assert said.trial is not None
        return case_text(self.bench.planned(self.suite)[self.key], said.trial, before)


class _Told(pytest.fail.Exception):  # type: ignore[misc,name-defined]  # pytest types a function
    """A failure that says all that is known of it, and one line for the summary."""

    def __init__(self, line: str, text: str) -> None:
        super().__init__(line, pytrace=False)
        self.args = (line, text)


class _Reported(pytest.xfail.Exception):  # type: ignore[misc,name-defined]  # likewise
    """An answer that does not pass, where the gate decides what that means."""

    def __init__(self, line: str, text: str) -> None:
        super().__init__(line)
        self.args = (line, text)


def _gated(session: pytest.Session, bench: Bench) -> list[Suite]:
    """Return the suites of a project whose gates were chosen."""
    return [i.suite for i in session.items if isinstance(i, GateItem) and i.bench is bench]


def _wanted(session: pytest.Session, bench: Bench) -> list[tuple[Suite, str]]:
    """Return the cases that the chosen items need: a gate needs all of its suite."""
    wanted: dict[tuple[str, str], tuple[Suite, str]] = {}
    for item in session.items:
        if isinstance(item, GateItem) and item.bench is bench:
            keys = list(bench.planned(item.suite))
        elif isinstance(item, CaseItem) and item.bench is bench:
            keys = [item.key]
        else:
            continue
        for key in keys:
            wanted[item.suite.name, key] = (item.suite, key)
    return list(wanted.values())
