"""The file models of a suite, and the JSON Schema that editors check it with.

Names here are the keys that people write. What one model cannot say with its line
(entries of `expect`, the content of messages, how keys agree) is checked where it
is read: expectations.py, cases.py, loading.py.

After a change, write render_schema() to suite.schema.json; a test says so.
"""

from __future__ import annotations

import json
import re
from datetime import date  # noqa: TC003  # pydantic reads annotations when it runs
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    SkipValidation,
    WithJsonSchema,
)

from promptgate.documents import StrictModel

_NAME = r"^[^\s:*?\[\]/\\\"'<>|,.-][^\s:*?\[\]/\\\"'<>|,]{0,99}$"
_TAG = r"^[^\s,*?\[\]]{1,100}$"
_TARGET = r"^python:[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$"
_DATA = r"^file://.+\.(csv|jsonl)$"
_SHARED = r"^(.*/)?_[^/]*\.ya?ml$"


def _matching(pattern: str, rule: str) -> AfterValidator:
    """Check text against a pattern, and say the rule in words where it fails."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.match(value) or not value.isprintable():
            raise ValueError(rule)
        return value

    return AfterValidator(check)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _distinct(values: list[str]) -> list[str]:
    if len(set(values)) < len(values):
        raise ValueError("must not name one twice")
    return values


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


Filled = Annotated[str, Field(min_length=1), AfterValidator(_filled)]
Name = Annotated[
    str,
    _matching(
        _NAME,
        "must be 1 to 100 characters without spaces or any of : * ? [ ] / \\ \" ' < > | , "
        "and begin with neither '.' nor '-'",
    ),
    WithJsonSchema({"type": "string", "pattern": _NAME}),
]
Tag = Annotated[
    str,
    _matching(_TAG, "must be text without spaces or any of , * ? [ ]"),
    WithJsonSchema({"type": "string", "pattern": _TAG}),
]
Target = Annotated[
    str,
    _matching(_TARGET, "must be python:module:function"),
    WithJsonSchema({"type": "string", "pattern": _TARGET}),
]
SharedFile = Annotated[
    str,
    _matching(
        _SHARED,
        "must be a YAML file whose name begins with '_', so that it is not taken for a suite",
    ),
    WithJsonSchema({"type": "string", "pattern": _SHARED}),
]

_SCORER_NAME: dict[str, Any] = {"type": "string", "minLength": 1}
_BESIDE = ("weight", "threshold", "metric")
_PLAIN_ENTRY: dict[str, Any] = {
    "anyOf": [
        _SCORER_NAME,
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"not": {"enum": ["not", *_BESIDE]}},
        },
    ]
}
_ENTRY: dict[str, Any] = {
    "description": "A scorer's name, {name: value}, {name: {option: value}} or {not: entry}.",
    "anyOf": [
        _SCORER_NAME,
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1 + len(_BESIDE),
            "properties": {
                "not": _PLAIN_ENTRY,
                "weight": {
                    "description": "The entry's share in the trial's score.",
                    "type": "number",
                    "minimum": 0,
                    "default": 1,
                },
                "threshold": {
                    "description": "The score that a trial needs to pass.",
                    "type": "number",
                    "minimum": 0,
                    "maximum": 1,
                    "default": 1,
                },
                "metric": {
                    "description": "A name for this score in results.",
                    "type": "string",
                    "minLength": 1,
                },
            },
        },
    ],
}
Entries = Annotated[list[Any], WithJsonSchema({"type": "array", "items": _ENTRY})]
Content = Annotated[str | list[dict[str, Any]] | None, SkipValidation]


class _FileModel(StrictModel):
    """A part of a suite file: unknown keys are errors, '3' is no number and 1 is not true."""

    model_config = ConfigDict(strict=True)


class QuarantineModel(_FileModel):
    """`quarantine`: a flaky case that still runs; never a critical one."""

    owner: Filled = Field(description="Who answers for it.")
    until: Annotated[date, Field(strict=False)] = Field(
        description="The last day of the quarantine, as 2026-12-31."
    )
    reason: Filled = Field(description="Why the case is not to be trusted for now.")


class MessageModel(_FileModel):
    """One message; an assistant's without content is generated where it stands."""

    role: Literal["user", "assistant"] = Field(description="Who speaks.")
    content: Content = Field(
        None,
        description="Text or a list of content blocks. An assistant message without it is "
        "generated and the conversation goes on from that answer.",
    )
    expect: Entries = Field(
        default_factory=list, description="What is expected of a generated answer."
    )


class DefaultsModel(_FileModel):
    """`defaults`, and the whole of a file that `extends` names."""

    vars: dict[str, Any] = Field(
        default_factory=dict, description="Variables of every case; a case's own win."
    )
    expect: Entries = Field(
        default_factory=list,
        description="Expected of every case; a case's own entries are added to these.",
    )
    critical: bool | None = Field(
        None, description="Whether a failing trial is a violation; a case's own word wins."
    )
    tags: list[Tag] = Field(
        default_factory=list, description="Tags of every case; a case's own are added."
    )


class CaseModel(_FileModel):
    """One case. In a data file, a column with the name of one of these keys is that key."""

    id: Name = Field(description="Unique in the suite. Renaming it makes a new case.")
    cluster: Name | None = Field(
        None,
        description="Cases that share a source (paraphrases, one document) share a cluster. "
        "The case alone where absent.",
    )
    vars: dict[str, Any] = Field(default_factory=dict, description="The prompt's variables.")
    matrix: dict[str, Annotated[list[Any], Field(min_length=1)]] = Field(
        default_factory=dict,
        description="Variables with a list of values each: one case for every combination, "
        "all in one cluster.",
    )
    messages: list[MessageModel] | None = Field(
        None,
        min_length=1,
        description="A conversation that replaces the prompt's user block. The answer to its "
        "last message is generated too.",
    )
    expect: Entries = Field(
        default_factory=list, description="What is expected of the last answer."
    )
    critical: bool | None = Field(None, description="Whether a failing trial is a violation.")
    tags: list[Tag] = Field(default_factory=list, description="Words to select cases by.")
    quarantine: QuarantineModel | None = None


class SuiteModel(_FileModel):
    """A promptgate suite: cases that test one behaviour of a prompt or an application."""

    suite: Name = Field(description="The suite's name, unique in the project.")
    description: Filled | None = Field(None, description="A sentence for people.")
    prompt: Annotated[
        list[Filled],
        BeforeValidator(_as_list),
        Field(min_length=1),
        AfterValidator(_distinct),
        WithJsonSchema(
            {
                "anyOf": [
                    _SCORER_NAME,
                    {"type": "array", "items": _SCORER_NAME, "minItems": 1, "uniqueItems": True},
                ]
            }
        ),
    ] = Field(
        default_factory=list,
        validate_default=False,
        description="The prompt to test, or a list of prompts. Either this or 'target'.",
    )
    target: Target | None = Field(
        None, description="The application to test, python:module:function."
    )
    behaviour: Filled | None = Field(
        None, description="What the suite tests, in a word; its name where absent."
    )
    repeats: int = Field(3, ge=1, le=1000, description="Answers to each case.")
    margin: float | None = Field(
        None, gt=0, lt=1, description="The tolerated drop in points of 0 to 1; else the policy's."
    )
    min_score: float | None = Field(
        None, gt=0, lt=1, description="To be reached where there is no baseline; else the policy's."
    )
    on_inconclusive: Literal["hold", "warn"] | None = Field(
        None, description="What an inconclusive verdict does; else the policy's."
    )
    extends: SharedFile | None = Field(
        None,
        description="A file of defaults to inherit, relative to this one. Its name begins "
        "with '_', so that it is not taken for a suite.",
    )
    defaults: DefaultsModel = Field(
        default_factory=lambda: DefaultsModel.model_validate({}),
        description="Merged into every case.",
    )
    cases: Annotated[
        Annotated[list[CaseModel], Field(min_length=1)] | Annotated[str, Field(pattern=_DATA)],
        SkipValidation,
    ] = Field(
        description="The cases, or file://cases.csv or file://cases.jsonl relative to this file."
    )


def suite_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a suite file."""
    schema = SuiteModel.model_json_schema()
    schema["oneOf"] = [{"required": ["prompt"]}, {"required": ["target"]}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def render_schema() -> str:
    """Return the text of suite.schema.json."""
    return json.dumps(suite_schema(), indent=2, ensure_ascii=False) + "\n"
