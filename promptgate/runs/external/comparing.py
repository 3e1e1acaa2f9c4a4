"""Decide on results from anywhere: two files of scored trials, the same gate.

Rows pair by suite and case, and repeats by how many there are, never by
position. What cannot be paired is left out and named, so that nothing passes by
being absent unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.documents import Document, collector_paused, load_toml, unknown_name, validate
from promptgate.errors import InputError, PolicyError
from promptgate.files import read_text
from promptgate.gate import (
    Arm,
    CaseRow,
    Context,
    Decision,
    KnownGood,
    Policy,
    Recorded,
    State,
    SuiteEvidence,
    SuiteTable,
    check_policy,
    decide,
    decision_json,
)
from promptgate.runs.external.results import DIGESTS, Results, read_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from promptgate.runs.store import StoredJson

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class LeftOut:
    """Cases of one suite that stand in one file only and were not compared."""

    suite: str
    baseline_only: tuple[str, ...]
    candidate_only: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """A decision on two files.

    Attributes:
        decision: What the gate decided.
        policy: The numbers that held.
        baseline: The file.
        candidate: The file.
        left_out: By suite, in its order; suites without such cases are not there.
        unused: Columns of either file that nothing reads.
    """

    decision: Decision
    policy: Policy
    baseline: str
    candidate: str
    left_out: tuple[LeftOut, ...]
    unused: tuple[str, ...]

    def to_json(self) -> StoredJson:
        """Return the decision's JSON with what was compared, by which policy, and what was not."""
        return {
            **decision_json(self.decision),  # type: ignore[typeddict-item]  # keys of a gate are not in it
            "baseline": self.baseline,
            "candidate": self.candidate,
            "policy": self.policy.model_dump(mode="json"),
            "left_out": [
                {
                    "suite": one.suite,
                    "baseline_only": list(one.baseline_only),
                    "candidate_only": list(one.candidate_only),
                }
                for one in self.left_out
            ],
            "unused_columns": list(self.unused),
        }


@collector_paused()
def compare_files(
    baseline: Path,
    candidate: Path,
    policy: Policy | None = None,
    *,
    critical: Sequence[str] = (),
    allow_gap: bool = False,
) -> Compared:
    """Compare two files of scored trials and decide.

    Args:
        baseline: A file; see tabular.read_results() for its columns.
        candidate: A file.
        policy: Its numbers; the defaults where None.
        critical: Suites all of whose cases are critical: a score below 1 is a violation.
        allow_gap: Whether the arms may have been recorded far apart; it is then a warning.

    Raises:
        InputError: A file is wrong, a suite has no common case, `critical` names
            an unknown suite.
        PolicyError: A suite could never pass, or never fail.
    """
    before, after = read_results(baseline), read_results(candidate)
    policy = policy or Policy()
    names = list(dict.fromkeys(suite for suite, _ in (*before.keys, *after.keys)))
    for name in critical:
        if name not in names:
            raise InputError(f"--critical: {unknown_name('suite', name, names)}")
    policy = make_policy(policy, {"critical": tuple(critical)})
    paired = _Pairing(before, after, policy)
    tables = [paired.table(name) for name in names]
    for table in tables:
        check_policy(
            int(table.unit.max()) + 1,
            policy,
            suite=table.suite,
            first=bool(table.new.all()),
            suites=len(tables),
        )
    left_out = {one.suite: one for one in paired.left_out(names)}
    evidence = [
        SuiteEvidence(table, changes=_changes(left_out.get(table.suite), before, after))
        for table in tables
    ]
    context = Context(
        known_good=KnownGood(revision=f"the baseline ({before.file})"),
        invalid=tuple(_other_scorers(before, after)),
        baseline_recorded=_recorded(before),
        candidate_recorded=_recorded(after),
        allow_gap=allow_gap,
    )
    return Compared(
        decision=decide(evidence, policy, context),
        policy=policy,
        baseline=before.file,
        candidate=after.file,
        left_out=tuple(left_out.values()),
        unused=tuple(dict.fromkeys((*before.unused, *after.unused))),
    )


def read_policy(path: Path) -> Policy:
    """Read the `[gate]` section of a promptgate.toml, wherever it is.

    Raises:
        PolicyError: A key or a number is wrong, with its line.
        InputError: The file is absent or no TOML.
    """
    document = load_toml(read_text(path), str(path))
    if "gate" not in document.data:
        raise PolicyError("there is no section [gate]; add one.", file=str(path))
    return validate(Policy, document, PolicyError, path=("gate",), what="[gate]")


def make_policy(policy: Policy, changes: dict[str, Any]) -> Policy:
    """Return a policy with some of its numbers replaced, for every suite.

    Args:
        policy: What holds elsewhere.
        changes: Keys of `[gate]`; None leaves one as it is. `critical` is a
            sequence of suites.

    Raises:
        PolicyError: A number is out of its range.
    """
    given = {key: value for key, value in changes.items() if value is not None}
    critical = given.pop("critical", ())
    suites = {
        name: {key: value for key, value in own.model_dump().items() if key not in given}
        for name, own in policy.suites.items()
    }
    for name in critical:
        suites[name] = {**suites.get(name, {}), "critical": True}
    data = {**policy.model_dump(), **given, "suites": suites}
    try:
        return validate(Policy, Document(data, "", {}), PolicyError)
    except PolicyError as error:
        raise PolicyError(error.message) from None


class _Pairing:
    """The trials of two files, sorted by suite once, so that many suites cost no more than one."""

    def __init__(self, before: Results, after: Results, policy: Policy) -> None:
        self._policy = policy
        self._arms = ((Arm.BASELINE, before), (Arm.CANDIDATE, after))
        self._known = tuple(_by_suite(results.keys) for _, results in self._arms)
        self._rows = tuple(_rows_by_suite(results) for _, results in self._arms)

    def table(self, suite: str) -> SuiteTable:
        """Return the table of one suite: common cases, and new ones where min_score judges them.

        Raises:
            InputError: There is no common case, and no min_score for new ones.
        """
        import numpy as np

        old, new = (known.get(suite, {}) for known in self._known)
        cases = [CaseRow(c, self._cluster(suite, c)) for c in old if c in new]
        cases += [CaseRow(c, self._cluster(suite, c), new=True) for c in self._fresh(suite)]
        if not cases:
            raise self._nothing_common(suite, old, new)
        number = {row.id: index for index, row in enumerate(cases)}
        columns: dict[str, list[Any]] = {}
        for (arm, results), known, rows in zip(self._arms, self._known, self._rows, strict=True):
            local = np.full(len(results.keys), -1, dtype=np.int64)
            for case, key in known.get(suite, {}).items():
                local[key] = number.get(case, -1)
            mine = rows.get(suite, np.empty(0, dtype=np.int64))
            mine = mine[local[results.key[mine]] >= 0]
            for name, values in (
                ("case", local[results.key[mine]]),
                ("arm", np.full(mine.size, int(arm))),
                ("repeat", results.repeat[mine]),
                ("score", results.score[mine]),
                ("state", np.where(results.errored[mine], State.ERRORED, State.SCORED)),
                ("cost", _amounts(results.cost, mine)),
                ("latency", _amounts(results.latency, mine)),
            ):
                columns.setdefault(name, []).append(values)
        whole: dict[str, Any] = {name: np.concatenate(parts) for name, parts in columns.items()}
        for name in ("cost", "latency"):
            if np.isnan(whole[name]).all():
                del whole[name]
        return SuiteTable.from_columns(suite, cases, **whole)

    def left_out(self, suites: Sequence[str]) -> Iterator[LeftOut]:
        """Yield the suites with cases that were not compared."""
        for suite in suites:
            old, new = (known.get(suite, {}) for known in self._known)
            judged = set(self._fresh(suite))
            gone = tuple(case for case in old if case not in new)
            extra = tuple(case for case in new if case not in old and case not in judged)
            if gone or extra:
                yield LeftOut(suite, gone, extra)

    def _fresh(self, suite: str) -> list[str]:
        """Return the cases that only the candidate has, where min_score can judge them."""
        if self._policy.for_suite(suite).min_score is None:
            return []
        old, new = (known.get(suite, {}) for known in self._known)
        return [case for case in new if case not in old]

    def _cluster(self, suite: str, case: str) -> str | None:
        """Return the cluster of a case: either file may tell it, both must tell the same."""
        (_, before), (_, after) = self._arms
        if not before.clusters and not after.clusters:
            return None
        in_old, in_new = self._known
        one = before.clusters.get(in_old.get(suite, {}).get(case, -1))
        other = after.clusters.get(in_new.get(suite, {}).get(case, -1))
        if one is not None and other is not None and one != other:
            raise InputError(
                f"case {case!r} of suite {suite!r} is in cluster {one!r} in {before.file} and in "
                f"{other!r} in {after.file}; give it one."
            )
        return one if other is None else other

    def _nothing_common(self, suite: str, old: dict[str, int], new: dict[str, int]) -> InputError:
        (_, before), (_, after) = self._arms
        if old and new:
            return InputError(
                f"suite {suite!r} has no common case: {before.file} has for example "
                f"{next(iter(old))!r} and {after.file} {next(iter(new))!r}; name the cases alike."
            )
        only, lacks = (before.file, after.file) if old else (after.file, before.file)
        fix = "" if old else ", or give --min-score to judge it without a baseline"
        return InputError(
            f"suite {suite!r} has no common case: it stands in {only} only; add it to {lacks} "
            f"or remove it{fix}."
        )


def _by_suite(keys: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, (suite, case) in enumerate(keys):
        found.setdefault(suite, {})[case] = number
    return found


def _rows_by_suite(results: Results) -> dict[str, Ints]:
    """Return the rows of each suite, in the order of the file."""
    import numpy as np

    numbers: dict[str, int] = {}
    of_key = [numbers.setdefault(suite, len(numbers)) for suite, _ in results.keys]
    suite = np.asarray(of_key, dtype=np.int64)[results.key]
    order = np.argsort(suite, kind="stable")
    ends = np.cumsum(np.bincount(suite, minlength=len(numbers)))
    return dict(zip(numbers, np.split(order, ends[:-1]), strict=True))


def _amounts(column: Any, rows: Ints) -> Any:
    import numpy as np

    return np.full(rows.size, np.nan) if column is None else column[rows]


def _recorded(results: Results) -> Recorded | None:
    return None if results.recorded is None else Recorded(*results.recorded)


def _changes(left_out: LeftOut | None, before: Results, after: Results) -> tuple[str, ...]:
    """Say which cases were left out, for the notes of the suite."""
    if left_out is None:
        return ()
    return tuple(
        f"{len(cases)} case{'s' * (len(cases) != 1)} only in {file}, left out: "
        + ", ".join(cases[:5])
        + (f" and {len(cases) - 5} more" if len(cases) > 5 else "")
        for cases, file in (
            (left_out.baseline_only, before.file),
            (left_out.candidate_only, after.file),
        )
        if cases
    )


def _other_scorers(before: Results, after: Results) -> Iterator[str]:
    """Yield how the arms were not scored alike; a digest that one arm lacks is no match."""
    numbers = {key: number for number, key in enumerate(after.keys)}
    for column in DIGESTS:
        old, new = before.digests.get(column, {}), after.digests.get(column, {})
        if not old and not new:
            continue
        differ = [
            (key, old.get(number, frozenset()), new.get(numbers[key], frozenset()))
            for number, key in enumerate(before.keys)
            if key in numbers and old.get(number, frozenset()) != new.get(numbers[key], frozenset())
        ]
        if differ:
            (suite, case), one, other = differ[0]
            yield (
                f"{column!r} differs in {len(differ)} cases, first in case {case!r} of suite "
                f"{suite!r} ({_shown(one)} in {before.file}, {_shown(other)} in {after.file}); "
                "score both arms alike"
            )


def _shown(digests: frozenset[str]) -> str:
    return " and ".join(sorted(digests)) or "none"
