"""Read suites from a tree: the files, what they inherit, the data they name.

Everything is read through a Tree, so that a suite can be read as it was at any
revision. The order is that of the file names, then of the cases in the file.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from typing import TYPE_CHECKING

from promptgate.documents import Document, Path, describe, load_yaml, validate
from promptgate.errors import InputError, SuiteError
from promptgate.files import Tree, decode
from promptgate.suites.cases import NO_DEFAULTS, Defaults, read_cases, read_defaults
from promptgate.suites.datasets import read_rows
from promptgate.suites.model import Case, Suite
from promptgate.suites.schema import DefaultsModel, SuiteModel

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUFFIXES = (".yaml", ".yml")
_DATA = "file://"
_DATA_SUFFIXES = (".csv", ".jsonl")
_MOST_KEPT = 256


class _Noting:
    """The files of a tree; notes what is read of them."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.seen: dict[str, bytes | None] = {}

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, as Tree.read() does."""
        self.seen[path] = self.tree.read(path)
        return self.seen[path]


_READ: dict[tuple[str, bytes], list[tuple[dict[str, bytes | None], Suite]]] = {}
"""A suite's file, by its path and content, to the suite and the files beside it that it read.

A gate reads the same suites at half a dozen revisions, in most of which they are the same.
"""


def load_suites(tree: Tree, folder: str) -> tuple[Suite, ...]:
    """Read every suite below a folder.

    A suite is a .yaml or .yml file whose name does not begin with '_'; files that
    do hold defaults to inherit.

    Args:
        tree: The project at one revision.
        folder: The folder of the suites, relative to the project's root.

    Returns:
        The suites in the order of their paths; () where the folder holds none.

    Raises:
        SuiteError: Something is wrong in one of them; names file and line.
    """
    suites = tuple(load_suite(tree, file) for file in suite_files(tree, folder))
    first: dict[str, Suite] = {}
    for suite in suites:
        if suite.name in first:
            raise SuiteError(
                f"the suite {suite.name!r} stands in {first[suite.name].file} too; rename one.",
                file=suite.file,
                line=suite.line,
            )
        first[suite.name] = suite
    return suites


def suite_files(tree: Tree, folder: str) -> list[str]:
    """Return the paths of the suites below a folder, sorted."""
    return [file for file in tree.list(folder) if _is_suite(file)]


def _is_suite(file: str) -> bool:
    return file.endswith(_SUFFIXES) and not posixpath.basename(file).startswith("_")


def load_suite(tree: Tree, file: str) -> Suite:
    """Read one suite.

    Args:
        tree: The project at one revision.
        file: The suite's path, relative to the project's root.

    Raises:
        SuiteError: The file is absent or something in it is wrong; names file and line.
    """
    with _suite_errors():
        data = tree.read(file)
        if data is None:
            raise SuiteError("there is no such suite; check the path.", file=file)
        for beside, suite in _READ.get((file, data), ()):
            if all(tree.read(path) == text for path, text in beside.items()):
                return suite
        noting = _Noting(tree)
        suite = _read_suite(noting, file, data)
        if len(_READ) >= _MOST_KEPT:
            _READ.clear()
        _READ.setdefault((file, data), []).append((noting.seen, suite))
        return suite


def _read_suite(tree: _Noting, file: str, data: bytes) -> Suite:
    document = load_yaml(decode(data, file), file)
    model = validate(SuiteModel, document, SuiteError, what="a suite")
    _check_target(model, document)
    defaults = read_defaults(model.defaults, document, ("defaults",))
    if model.extends is not None:
        defaults = defaults.over(_inherited(tree, model.extends, document))
    return Suite(
        name=model.suite,
        file=file,
        prompts=tuple(model.prompt),
        target=model.target,
        behaviour=model.behaviour or model.suite,
        repeats=model.repeats,
        cases=_distinct_cases(_cases(tree, document, defaults), model, document),
        margin=model.margin,
        min_score=model.min_score,
        on_inconclusive=model.on_inconclusive,
        description=model.description,
        line=document.line(("suite",)),
    )


@contextmanager
def _suite_errors() -> Iterator[None]:
    """Give what the readers of files raise the kind of a suite's error."""
    try:
        yield
    except SuiteError:
        raise
    except InputError as error:
        raise SuiteError(error.message, file=error.file, line=error.line) from None


def _check_target(model: SuiteModel, document: Document) -> None:
    if model.prompt and model.target:
        raise document.error(
            SuiteError,
            "a suite tests prompts or an application; keep 'prompt' or 'target'.",
            ("target",),
        )
    if not model.prompt and not model.target:
        raise document.error(
            SuiteError,
            "the suite does not say what it tests; add 'prompt: NAME' or "
            "'target: python:module:function'.",
            (),
        )


def _inherited(tree: _Noting, name: str, document: Document) -> Defaults:
    """Read the file that `extends` names."""
    file, text = _read_beside(tree, name, document, ("extends",))
    inherited = load_yaml(text, file)
    model = validate(DefaultsModel, inherited, SuiteError, what="a file of defaults")
    return read_defaults(model, inherited, ()) if inherited.data else NO_DEFAULTS


def _read_beside(tree: _Noting, name: str, document: Document, path: Path) -> tuple[str, str]:
    """Return path and text of a file that a suite names relative to itself."""
    file = posixpath.normpath(posixpath.join(posixpath.dirname(document.file), name))
    if file.startswith(("../", "/")):
        raise document.error(
            SuiteError, f"{name!r} leads out of the project; use a file inside it.", path
        )
    data = tree.read(file)
    if data is None:
        raise document.error(SuiteError, f"there is no file {file!r}; check {path[-1]!r}.", path)
    return file, decode(data, file)


def _cases(tree: _Noting, document: Document, defaults: Defaults) -> Iterator[Case]:
    """Yield the cases, from the suite itself or from the data file that it names."""
    path: Path = ("cases",)
    cases = document.data["cases"]
    if isinstance(cases, list):
        for index in range(len(cases)):
            yield from read_cases(document, (*path, index), defaults)
    elif isinstance(cases, str):
        name = cases.removeprefix(_DATA)
        if name == cases or not name.endswith(_DATA_SUFFIXES):
            raise document.error(
                SuiteError,
                f"'cases' must be a list or a data file, but got {describe(cases)}. Write "
                "file://cases.csv or file://cases.jsonl.",
                path,
            )
        file, text = _read_beside(tree, name, document, path)
        for row in read_rows(text, file):
            yield from read_cases(row, (), defaults)
    elif cases is not None:
        raise document.error(
            SuiteError, f"'cases' must be a list of cases, but is {describe(cases)}.", path
        )


def _distinct_cases(
    cases: Iterator[Case], model: SuiteModel, document: Document
) -> tuple[Case, ...]:
    """Return all cases: at least one, no id twice, no messages for an application."""
    first: dict[str, Case] = {}
    for case in cases:
        if case.id in first:
            known = first[case.id]
            raise SuiteError(
                f"the case {case.id!r} stands in line {known.line} too; give each its own id.",
                file=case.file,
                line=case.line,
            )
        if model.target and case.messages is not None:
            raise SuiteError(
                f"case {case.id!r} has 'messages', but an application is called with the "
                "case's variables; put the conversation into a variable.",
                file=case.file,
                line=case.line,
            )
        first[case.id] = case
    if not first:
        raise document.error(
            SuiteError, f"the suite {model.suite!r} has no case; add one.", ("cases",)
        )
    return tuple(first.values())
