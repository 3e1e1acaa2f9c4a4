"""What every scorer does and takes, read from the code, so that the docs cannot be wrong.

Serves the command that lists scorers and the reference page. A factory's docstring
is its documentation: a summary, details, an `Example:` as a suite would write it and
an `Args:` section. Separate from the registry because it imports every scorer.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from promptgate.scorers.options import options
from promptgate.scorers.registry import ALIASES, BUILT_IN, find, names


@dataclass(frozen=True)
class OptionDescription:
    """One option of a scorer.

    Attributes:
        name: As a suite writes it.
        wants: Its type in words, such as 'a list of text'.
        default: What applies when absent, as YAML; None when it must be given.
        text: What it means.
    """

    name: str
    wants: str
    default: str | None
    text: str


@dataclass(frozen=True)
class Description:
    """One scorer.

    Attributes:
        name: As a suite writes it.
        aliases: Its other names.
        summary: One sentence.
        details: Further paragraphs, '' where there are none.
        example: An entry of `expect`, as YAML; '' where its author gives none.
        options: In order; a value that is no mapping stands for the first.
        built_in: Whether it comes with promptgate.
    """

    name: str
    aliases: tuple[str, ...]
    summary: str
    details: str
    example: str
    options: tuple[OptionDescription, ...]
    built_in: bool


_SECTION = re.compile(r"^(Example|Args|Raises):[ ]*$", re.MULTILINE)
_ARGUMENT = re.compile(r"^    (\w+):[ ]*((?:.*\n?)(?:^ {5,}.*\n?)*)", re.MULTILINE)
_DEFAULTS = {"None": "nothing", "True": "true", "False": "false"}


def describe_scorer(name: str) -> Description:
    """Describe one scorer by its name or alias.

    Raises:
        ScorerError: There is none.
    """
    name = ALIASES.get(name, name)
    factory = find(name)
    head, sections = _sections(inspect.getdoc(factory) or "")
    summary, _, details = head.partition("\n\n")
    texts = {key: _line(text) for key, text in _ARGUMENT.findall(sections.get("Args", ""))}
    return Description(
        name,
        tuple(sorted(alias for alias, target in ALIASES.items() if target == name)),
        _line(summary),
        "\n\n".join(_line(paragraph) for paragraph in details.split("\n\n")).strip(),
        inspect.cleandoc(sections.get("Example", "")),
        tuple(
            OptionDescription(
                option.name,
                option.wants,
                _DEFAULTS.get(option.default, option.default) if option.default else None,
                texts.get(option.name, ""),
            )
            for option in options(factory)
        ),
        name in BUILT_IN,
    )


def describe_all() -> list[Description]:
    """Describe every scorer, built in and declared, by name."""
    return [describe_scorer(name) for name in names()]


def reference() -> str:
    """Return the reference of all scorers as Markdown: a table, then a section for each."""
    described = describe_all()
    lines = ["| scorer | also | what it checks |", "|---|---|---|"]
    for scorer in described:
        aliases = ", ".join(f"`{alias}`" for alias in scorer.aliases)
        lines.append(f"| [`{scorer.name}`](#{scorer.name}) | {aliases} | {scorer.summary} |")
    return "\n".join([*lines, "", *(_section(scorer) for scorer in described)])


def _section(scorer: Description) -> str:
    parts = [f"### {scorer.name}", scorer.summary]
    if scorer.details:
        parts.append(scorer.details)
    if scorer.example:
        parts.append(f"```yaml\n- {scorer.example}\n```")
    if scorer.options:
        rows = ["| option | value | default | |", "|---|---|---|---|"]
        rows += [
            f"| `{option.name}` | {option.wants} | {option.default or 'required'} | {option.text} |"
            for option in scorer.options
        ]
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _sections(docstring: str) -> tuple[str, dict[str, str]]:
    """Split a docstring into what stands before its sections, and those by name."""
    head, *rest = _SECTION.split(docstring)
    return head.strip(), {
        title: body.strip("\n") for title, body in zip(rest[::2], rest[1::2], strict=True)
    }


def _line(text: str) -> str:
    return " ".join(text.split())
