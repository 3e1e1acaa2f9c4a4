"""promptgate.toml and where things are.

The `[project]` section is modelled here. Every other section belongs to the
package that uses it: that package brings the model and asks `section()`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel, Field, field_validator

from promptgate.documents import Document, StrictModel, load_toml, unknown_name, validate
from promptgate.errors import InputError, ProjectError
from promptgate.files import DiskTree, Tree, decode

CONFIG = "promptgate.toml"
LOCK = "promptgate.lock"

SectionT = TypeVar("SectionT", bound=BaseModel)


class ProjectSettings(StrictModel):
    """`[project]`: folders, the branch that is released from, the models."""

    prompts: str = Field(default="prompts", description="Folder of the prompts.")
    suites: str = Field(default="suites", description="Folder of the suites.")
    cassettes: str = Field(default="cassettes", description="Folder of the recordings.")
    reports: str = Field(default="reports", description="Folder of stored gates and reports.")
    default_branch: str = Field(default="main", description="The branch that is released from.")
    model: str | None = Field(default=None, description="Model of every prompt that names none.")
    candidate_model: str | None = Field(
        default=None,
        description="Model of the candidate arm, where a change of model is under test.",
    )

    @field_validator("prompts", "suites", "cassettes", "reports")
    @classmethod
    def _inside(cls, value: str) -> str:
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError("must be a folder inside the project")
        return path.as_posix()


@dataclass(frozen=True)
class Project:
    """A folder with a promptgate.toml, and that file as one revision has it.

    Attributes:
        root: The folder on disk, absolute.
        settings: The `[project]` section.
        config: The whole file, for the sections of other packages.
        base: The files that govern; None: those on disk. See promptgate.prompts.base.
        commits: The commits that were opened, by full hash: one never changes, and a command
            asks for the same few again and again.
    """

    root: Path
    settings: ProjectSettings
    config: Document
    base: Tree | None = field(default=None, repr=False, compare=False)
    commits: dict[str, Tree] = field(default_factory=dict, repr=False, compare=False)

    @property
    def tree(self) -> DiskTree:
        """The files as they are on disk."""
        return DiskTree(self.root)

    @property
    def governing(self) -> Tree:
        """The files that say what is released and by which policy."""
        return self.tree if self.base is None else self.base

    @property
    def cassettes(self) -> Path:
        """The folder of the recordings, absolute."""
        return self.root / self.settings.cassettes

    @property
    def reports(self) -> Path:
        """The folder of stored gates and reports, absolute."""
        return self.root / self.settings.reports

    def section(self, name: str, model: type[SectionT]) -> SectionT:
        """Return one section of promptgate.toml, with defaults where it is absent.

        Raises:
            ProjectError: An unknown key or a wrong value, with its line.
        """
        path = (name,) if name in self.config.data else ()
        document = self.config if path else Document({}, CONFIG, {(): 1})
        return validate(model, document, ProjectError, path=path, what=f"[{name}]")

    def check_sections(self, known: list[str]) -> None:
        """Refuse a section that no package knows.

        Raises:
            ProjectError: Names the section, its line and the nearest known one.
        """
        for name in self.config.data:
            if name not in known:
                raise self.config.error(ProjectError, unknown_name("section", name, known), (name,))


def find_project(start: Path | None = None) -> Project:
    """Find the project that a folder is in: the nearest one up with a promptgate.toml.

    Raises:
        ProjectError: There is none, or the file is wrong.
    """
    folder = (start or Path.cwd()).resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG).is_file():
            return open_project(candidate, DiskTree(candidate))
    raise ProjectError(
        f"no {CONFIG} here or in a folder above {folder}; run 'promptgate init' to start one."
    )


def open_project(root: Path, tree: Tree) -> Project:
    """Open the project at a root with the configuration that a revision has.

    A revision without a promptgate.toml has an empty one: every key has a default.

    Raises:
        ProjectError: The file is wrong.
    """
    data = tree.read(CONFIG)
    try:
        config = load_toml(decode(data or b"", CONFIG), CONFIG)
    except InputError as error:
        raise ProjectError(error.message, file=error.file, line=error.line) from None
    bare = Project(root.resolve(), ProjectSettings(), config)
    return Project(bare.root, bare.section("project", ProjectSettings), config)
