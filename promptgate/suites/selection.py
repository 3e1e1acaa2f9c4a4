"""Choose suites and cases by name and tag.

Several names of one option widen the choice; the three options narrow it, in the
order suites, cases, tags. Each name must choose something of what the options
before it left: a name that chooses nothing is a mistake, not an empty run.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import chain
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import SuiteError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from promptgate.suites.model import Case, Suite

_MOST_LISTED = 20


def select(
    suites: Sequence[Suite],
    names: Sequence[str] = (),
    cases: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> tuple[Suite, ...]:
    """Return the suites with the chosen cases, those without any left out.

    Args:
        suites: All suites.
        names: Suites by name.
        cases: Cases by id, or by 'suite:case'.
        tags: Tags; a case needs one of them.
            All take the wildcards *, ? and [ab]; nothing given chooses everything.

    Raises:
        SuiteError: A name that chooses nothing, with the nearest known one; or no suite at all.
    """
    chosen = tuple(suites)
    if not chosen:
        raise SuiteError("there is no suite to choose from; add a file to the folder of suites.")
    if names:
        _check("suite", names, [suite.name for suite in chosen])
        chosen = tuple(s for s in chosen if any(fnmatchcase(s.name, name) for name in names))
    if cases:
        _check_cases(cases, chosen)
        chosen = _keep(chosen, lambda suite, case: _is_chosen(suite, case, cases))
    if tags:
        known = sorted({tag for suite in chosen for case in suite.cases for tag in case.tags})
        _check("tag", tags, known)
        chosen = _keep(
            chosen,
            lambda _, case: any(fnmatchcase(tag, name) for tag in case.tags for name in tags),
        )
    return chosen


def _keep(suites: Sequence[Suite], wanted: Callable[[Suite, Case], bool]) -> tuple[Suite, ...]:
    kept = (
        replace(suite, cases=tuple(case for case in suite.cases if wanted(suite, case)))
        for suite in suites
    )
    return tuple(suite for suite in kept if suite.cases)


def _is_chosen(suite: Suite, case: Case, patterns: Sequence[str]) -> bool:
    full = f"{suite.name}:{case.id}"
    return any(fnmatchcase(full if ":" in pattern else case.id, pattern) for pattern in patterns)


def _check_cases(patterns: Sequence[str], suites: Sequence[Suite]) -> None:
    full = [f"{suite.name}:{case.id}" for suite in suites for case in suite.cases]
    plain = list(chain.from_iterable((case.id for case in suite.cases) for suite in suites))
    _check("case", [p for p in patterns if ":" in p], full)
    _check("case", [p for p in patterns if ":" not in p], plain)


def _check(what: str, patterns: Sequence[str], known: Sequence[str]) -> None:
    for pattern in patterns:
        if any(fnmatchcase(name, pattern) for name in known):
            continue
        if len(known) <= _MOST_LISTED or difflib.get_close_matches(pattern, known, n=1):
            raise SuiteError(unknown_name(what, pattern, known))
        raise SuiteError(
            f"unknown {what} {pattern!r}; there are {len(known)}, for example "
            f"{', '.join(sorted(known)[:3])}."
        )
