"""The code of an application at a revision: which files it is made of, and their fingerprint."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pydantic import ConfigDict, Field

from promptgate.documents import StrictModel, canonical_json
from promptgate.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.files import Tree

PREFIX = "python:"
FOLDERS = ("", "src/")
"""Where in the project the modules of applications are looked for, in this order."""

DEFINITION = 1
"""Version of what an application's fingerprint is taken of; part of the hash."""

_COMPILED = "__pycache__"


class ApplicationSettings(StrictModel):
    """`[applications."module:function"]`: what an application's behaviour is made of."""

    files: list[str] = Field(
        default=[],
        description="Files and folders that decide its behaviour. Default, where 'modules' is "
        "empty too: the package or module of the function.",
    )
    modules: list[str] = Field(
        default=[], description="Modules and packages of the project that do so, as 'app.search'."
    )
    prompts: list[str] = Field(
        default=[], description="The prompts that it loads. Loading another one is an error."
    )


class ApplicationsSettings(StrictModel):
    """`[applications]`: one table for each application that suites test."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, ApplicationSettings] = Field(init=False)

    def of(self, target: str) -> ApplicationSettings:
        """Return what is said of an application; the defaults where nothing is."""
        return self.__pydantic_extra__.get(target.removeprefix(PREFIX), ApplicationSettings())


def code_fingerprint(
    tree: Tree, settings: ApplicationSettings, target: str, *, strict: bool
) -> str | None:
    """Return 'sha256:…' over the declared files of an application, its prompts apart.

    Args:
        tree: The files at one revision.
        settings: What is declared of it.
        target: 'python:module:function'.
        strict: Whether everything declared must be there.

    Returns:
        None where the tree has no such module.

    Raises:
        ProjectError: Strict, and a declared file or module is not there, or what is
            declared leaves the function's own module out.
    """
    texts = code_files(tree, settings, target, strict=strict)
    if texts is None:
        return None
    content = {
        "definition": DEFINITION,
        "files": {path: hashlib.sha256(text).hexdigest() for path, text in texts.items()},
    }
    return f"sha256:{hashlib.sha256(canonical_json(content)).hexdigest()}"


def code_files(
    tree: Tree, settings: ApplicationSettings, target: str, *, strict: bool
) -> dict[str, bytes] | None:
    """Return the declared files of an application with LF; arguments as code_fingerprint().

    Returns:
        None where the tree has no such module.

    Raises:
        ProjectError: As code_fingerprint().
    """
    module = target.removeprefix(PREFIX).partition(":")[0]
    own = next((path for path in module_paths(module) if tree.read(path) is not None), None)
    if own is None:
        return None
    files = set(_declared_files(tree, settings, own, strict=strict))
    if own not in files and strict:
        raise ProjectError(
            f"[applications] declares files of {target!r} without {own!r}, its own; add it."
        )
    files.add(own)
    return {path: (tree.read(path) or b"").replace(b"\r\n", b"\n") for path in files}


def _declared_files(
    tree: Tree, settings: ApplicationSettings, own: str, *, strict: bool
) -> Iterator[str]:
    """Yield the paths of all files that decide an application's behaviour."""
    if not settings.files and not settings.modules:
        prefix = next(folder for folder in reversed(FOLDERS) if own.startswith(folder))
        top = own.removeprefix(prefix).split("/")[0]
        yield from _below(tree, prefix + top)
    for path in settings.files:
        yield from _existing(tree, path, [path], strict=strict)
    for module in settings.modules:
        folders = [path.removesuffix("/__init__.py") for path in module_paths(module)]
        yield from _existing(tree, module, folders, strict=strict)


def _existing(tree: Tree, name: str, places: list[str], *, strict: bool) -> Iterator[str]:
    """Yield the files of the first place that has any; strict, there must be one."""
    for place in places:
        found = _below(tree, place.rstrip("/"))
        if found:
            yield from found
            return
    if strict:
        raise ProjectError(
            f"[applications] declares {name!r}, which does not exist at {tree.revision}; "
            "correct or remove it."
        )


def _below(tree: Tree, path: str) -> list[str]:
    """Return a file, or the files below a folder but for what Python compiles."""
    if tree.read(path) is not None:
        return [path]
    return [file for file in tree.list(path) if _COMPILED not in file.split("/")]


def module_paths(module: str) -> list[str]:
    """Return where a module's file may stand in the project."""
    path = module.replace(".", "/")
    return [f"{folder}{path}{end}" for folder in FOLDERS for end in (".py", "/__init__.py")]
