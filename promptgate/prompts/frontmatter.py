"""The front matter of a prompt: which keys it may have and what they mean.

The keys are the parameters of the SDK's `client.messages.create`, except those
that promptgate fills itself (`system`, `messages`) and those that belong to a
client or an account, not to a prompt (`stream`, `timeout`, `workspace_id`). A
test compares the list with the signature of the installed SDK. An unknown key
is an error: a parameter with a typing mistake would silently not be sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import Field, field_validator, model_validator

from promptgate.documents import Document, StrictModel, load_yaml, validate
from promptgate.errors import InputError, PromptError
from promptgate.prompts.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

JsonObject = dict[str, Any]
"""A JSON object of the API, passed on as it is written."""

DEFAULT_MAX_TOKENS = 1024
FENCE = "---"

_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "system": "write the text in '{% block system %}'",
        "messages": "write the user's turn in '{% block user %}' and earlier turns in 'examples'",
        "stream": "remove it; streaming does not change the answer",
        "timeout": "set it on the client",
        "workspace_id": "set it on the client",
        "effort": "write 'output_config: {effort: …}'",
        "betas": "write 'extra_headers: {anthropic-beta: …}'",
        **{
            name: f"write 'extra_body: {{{name}: …}}' for a model that still takes it"
            for name in ("temperature", "top_p", "top_k")
        },
    }
)


class VariableModel(StrictModel):
    """One entry of `variables`."""

    required: bool | None = Field(
        None, description="Must a value be given? True, unless there is a default."
    )
    default: Any = Field(None, description="The value where none is given.")
    description: str | None = Field(None, description="For people.")

    @model_validator(mode="after")
    def _required_has_no_default(self) -> VariableModel:
        if self.required and "default" in self.model_fields_set:
            raise ValueError("a required variable cannot have a default; remove one of the two")
        return self


class ExampleModel(StrictModel):
    """One entry of `examples`: a turn of each side, as text or as a list of content blocks."""

    user: str | list[JsonObject]
    assistant: str | list[JsonObject]


class FrontMatter(StrictModel):
    """Everything that may stand between the two `---` lines of a prompt."""

    model: str | None = Field(None, min_length=1, description="Model; else that of the project.")
    max_tokens: int = Field(DEFAULT_MAX_TOKENS, ge=1, strict=True)
    owner: str | None = Field(None, description="Who answers for the prompt.")
    description: str | None = Field(None, description="For people.")
    variables: dict[str, VariableModel] = Field(default_factory=dict)
    examples: list[ExampleModel] = Field(
        default_factory=list, description="Few-shot turns, sent before the user's; rendered."
    )

    cache_control: JsonObject | None = None
    container: str | JsonObject | None = None
    diagnostics: JsonObject | None = None
    inference_geo: str | None = None
    metadata: JsonObject | None = None
    output_config: JsonObject | None = None
    service_tier: str | None = None
    speed: str | None = None
    stop_sequences: list[str] | None = None
    thinking: JsonObject | None = None
    tool_choice: JsonObject | None = None
    tools: list[JsonObject] | None = None
    user_profile_id: str | None = None
    extra_body: JsonObject | None = None
    extra_headers: dict[str, str] | None = None
    extra_query: JsonObject | None = None

    @field_validator("variables", mode="before")
    @classmethod
    def _bare_names(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        for name in value:
            if not name.isidentifier():
                raise ValueError(
                    f"a variable's name must be letters, digits and '_', unlike {name!r}"
                )
        return {name: {} if entry is None else entry for name, entry in value.items()}

    @field_validator("extra_headers")
    @classmethod
    def _only_the_beta_header(cls, value: dict[str, str] | None) -> dict[str, str] | None:
        for name in value or {}:
            if name.lower() != "anthropic-beta":
                raise ValueError(
                    f"only 'anthropic-beta' may stand here, unlike {name!r}; "
                    "other headers belong to the client"
                )
        return value

    @property
    def parameters(self) -> JsonObject:
        """Everything that is sent beside model, system and messages."""
        people = {"model", "owner", "description", "variables", "examples"}
        names = [name for name in type(self).model_fields if name not in people]
        sent = {name: getattr(self, name) for name in names}
        return {name: value for name, value in sent.items() if value is not None}


@dataclass(frozen=True)
class Split:
    """A file in its two parts.

    Attributes:
        header: The YAML between the fences, or None where the file has no front matter.
        body: What follows.
        body_line: The 1-based line at which the body begins.
    """

    header: str | None
    body: str
    body_line: int

    @property
    def padded(self) -> str:
        """The body after a Jinja2 comment as long as the front matter: lines stay right."""
        above = self.body_line - 1
        return "{#" + "\n" * above + "#}" + self.body if above else self.body


def has_front_matter(text: str) -> bool:
    """Whether a file is a prompt: it opens with a line `---`. One that does not is a partial."""
    return text.split("\n", 1)[0].rstrip() == FENCE


def split(text: str, file: str) -> Split:
    """Part a file into front matter and body.

    Raises:
        PromptError: The front matter is not closed.
    """
    if not has_front_matter(text):
        return Split(None, text, 1)
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return Split("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    raise PromptError(
        f"the front matter that opens here is never closed; end it with a line {FENCE!r}.",
        file=file,
        line=1,
    )


def parse_header(header: str, file: str) -> Document:
    """Read the YAML of a front matter, whose first line is line 2 of the file.

    Raises:
        PromptError: It is not plain YAML, or not a mapping.
    """
    try:
        document = load_yaml(header, file, first_line=2)
    except InputError as error:
        raise PromptError(error.message, file=error.file, line=error.line) from None
    if document.data is None:
        return Document({}, file, {(): 1})
    if not isinstance(document.data, dict):
        validate(FrontMatter, document, PromptError, what="the front matter")
    return document


def read_front_matter(document: Document) -> FrontMatter:
    """Check a front matter.

    Raises:
        PromptError: The first fault, with its line.
    """
    for name in document.data:
        if name in _ELSEWHERE:
            raise document.error(
                PromptError,
                f"the key {name!r} does not belong in the front matter; {_ELSEWHERE[name]}.",
                (name,),
            )
    return validate(FrontMatter, document, PromptError, what="the front matter")


def front_matter_faults(document: Document) -> list[Fault]:
    """Return every fault of a front matter, at most one a top-level key, in order of line."""
    faults = []
    for name, value in document.data.items():
        try:
            read_front_matter(Document({name: value}, document.file, document.lines))
        except PromptError as error:
            known = name in FrontMatter.model_fields
            unknown = not known or error.message.startswith("unknown key")
            rule = "unknown-key" if unknown else "front-matter"
            faults.append(Fault.of(rule, error, document.file))
    return sorted(faults, key=lambda fault: fault.line or 0)
