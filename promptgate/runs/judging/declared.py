"""`[judges.NAME]` of promptgate.toml: the judges of a project, and their rubrics on disk.

A judge is read as the work tree has it, for both arms alike: what is compared are
the answers, and they must be judged by one judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from promptgate.documents import StrictModel, unknown_name
from promptgate.errors import ProjectError
from promptgate.files import decode
from promptgate.project import CONFIG
from promptgate.scorers.judge import Judge
from promptgate.scorers.judge.definition import Tie  # noqa: TC001  # pydantic reads it

if TYPE_CHECKING:
    from promptgate.files import Tree
    from promptgate.project import Project

_OWN = ("model", "system", "messages", "max_tokens", "stream", "tools", "tool_choice")
_LONGEST_LABEL = 40


class JudgeSettings(StrictModel):
    """`[judges.NAME]`: a model that judges answers, and what it is told."""

    model: str | None = Field(
        default=None, min_length=1, description="The model that judges; pin a dated one."
    )
    panel: tuple[str, ...] = Field(
        default=(), description="Several models instead of one: the label with most votes wins."
    )
    prompt: str | None = Field(
        default=None,
        description="File with the rubric, sent as it is. Default: that of the suite's entry.",
    )
    scale: dict[str, float] = Field(
        default={"pass": 1.0, "fail": 0.0},
        description="The labels that it may give, and what each is worth, 0 to 1.",
    )
    compares: bool = Field(
        default=False,
        description="It is shown two answers, in both orders, and says which is better.",
    )
    repeats: int = Field(default=1, ge=1, le=25, description="How often each model is asked.")
    tie: Tie = Field(
        default="lowest",
        description="Labels with equally many votes: the lowest counts, or the mean of them, or "
        "the answer is unscored.",
    )
    max_tokens: int = Field(
        default=1024, ge=16, description="The longest reply; one that is cut is no verdict."
    )
    parameters: dict[str, Any] = Field(
        default={}, description="What else is sent, such as thinking or output_config.effort."
    )
    labels: str | None = Field(
        default=None,
        description="File of people's labels: what 'judge calibrate' reads without an argument, "
        "and what the gate corrects the judge by.",
    )
    allow_model_under_test: bool = Field(
        default=False, description="Let it judge answers of its own model."
    )

    @field_validator("prompt", "labels")
    @classmethod
    def _inside(cls, value: str | None) -> str | None:
        path = PurePosixPath(value or ".")
        if path.is_absolute() or ".." in path.parts:
            raise ValueError("must be a file inside the project")
        return value

    @field_validator("panel")
    @classmethod
    def _several(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if value and (len(value) < 2 or len(set(value)) < len(value) or not all(value)):
            raise ValueError("must name at least two models, none of them twice")
        return value

    @field_validator("scale")
    @classmethod
    def _ordered(cls, value: dict[str, float]) -> dict[str, float]:
        if any(not 0 <= worth <= 1 for worth in value.values()):
            raise ValueError("must give each label a score from 0 to 1")
        if len(set(value.values())) < 2:
            raise ValueError("must have labels of at least two different scores")
        for label in value:
            if not label.strip() or not label.isprintable() or '"' in label:
                raise ValueError("must have printable labels without quotes")
            if len(label) > _LONGEST_LABEL:
                raise ValueError(f"must have labels of at most {_LONGEST_LABEL} characters")
        return value

    @field_validator("parameters")
    @classmethod
    def _foreign(cls, value: dict[str, Any]) -> dict[str, Any]:
        for key in _OWN:
            if key in value:
                raise ValueError(f"cannot set {key!r}, which the judge itself decides")
        return value

    @model_validator(mode="after")
    def _asks_somebody(self) -> Self:
        if bool(self.model) == bool(self.panel):
            raise ValueError("needs either 'model' or 'panel'")
        return self


class JudgesSettings(StrictModel):
    """`[judges]`: one table for each judge."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, JudgeSettings] = Field(init=False)

    @property
    def names(self) -> list[str]:
        """The names of all judges, sorted."""
        return sorted(self.__pydantic_extra__)

    def of(self, name: str) -> JudgeSettings | None:
        """Return what is said of a judge; None where there is none of that name."""
        return self.__pydantic_extra__.get(name)


@dataclass(frozen=True)
class Judges:
    """The judges of a project.

    Attributes:
        settings: The section `[judges]`.
        tree: Where the files of their rubrics are.
    """

    settings: JudgesSettings
    tree: Tree

    def find(self, name: str) -> Judge:
        """Return a judge; its rubric is '' where it has no file for one.

        Raises:
            ProjectError: There is no such judge, or its file is absent or empty.
        """
        found = self.settings.of(name)
        if found is None:
            if not self.settings.names:
                raise ProjectError(
                    f"the judge {name!r} is not declared; write [judges.{name}] with a 'model' "
                    f"and a 'prompt' in {CONFIG}."
                )
            raise ProjectError(unknown_name("judge", name, self.settings.names))
        return Judge(
            name=name,
            models=found.panel or (found.model or "",),
            rubric=self._rubric(name, found.prompt),
            scale=found.scale,
            compares=found.compares,
            repeats=found.repeats,
            tie=found.tie,
            max_tokens=found.max_tokens,
            parameters=found.parameters,
        )

    def may_judge_itself(self, name: str) -> bool:
        """Tell whether a judge may judge answers of its own model."""
        found = self.settings.of(name)
        return found is not None and found.allow_model_under_test

    def _rubric(self, name: str, path: str | None) -> str:
        if path is None:
            return ""
        data = self.tree.read(path)
        if data is None:
            raise ProjectError(
                f"the judge {name!r} has its rubric in {path!r}, which does not exist; write it, "
                f"or correct 'prompt' under [judges.{name}].",
                file=CONFIG,
            )
        text = decode(data, path).strip()
        if not text:
            raise ProjectError("the rubric is empty; write what makes an answer good.", file=path)
        return text


def open_judges(project: Project) -> Judges:
    """Return the judges of a project, as they are on disk.

    Raises:
        ProjectError: The section `[judges]` is wrong.
    """
    return Judges(project.section("judges", JudgesSettings), project.tree)
