"""Make a prompt file: the starter's, one around an existing text, or the one on disk.

A text that uses the question's variable carries what the user wrote, so it is the
user's turn. One that does not is the system prompt, and the question follows as
the user's turn.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import BaseLoader, TemplateSyntaxError, meta, nodes

from promptgate.errors import InputError, PromptError
from promptgate.prompts import load_prompt
from promptgate.prompts.frontmatter import DEFAULT_MAX_TOKENS, has_front_matter
from promptgate.prompts.library import syntax_error
from promptgate.prompts.sandbox import PromptEnvironment
from promptgate.starter.placeholders import single_braced, to_jinja

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptgate.files import Tree
    from promptgate.project import Project
    from promptgate.starter.placeholders import Style

Continuous = Literal["github", "gitlab", "none"]

DEFAULT_MODEL = "claude-sonnet-5-5"
DEFAULT_QUESTION = "question"

_NAME = re.compile(r"[A-Za-z][\w-]{0,99}", re.ASCII)
_PLAIN = re.compile(r"[A-Za-z][\w-]*(?:[.][\w-]+)*", re.ASCII)
_WORDS = frozenset({"true", "false", "null"})
_MARKER = re.compile(r"@([A-Z_]+)@")


@dataclass(frozen=True)
class Choices:
    """What a person chooses; the defaults are those of `--yes`.

    Attributes:
        name: The prompt's name, as in `prompts/<name>.md`.
        product: What the starter's prompt is about.
        model: The model that the prompt asks.
        question: The variable that holds what the user wrote.
        ci: Which CI file to write.
        safety: Whether to add the safety suites.
        document: The prompt's variable for text that was retrieved; empty where such text
            stands in the question.
        values: Values of the prompt's other variables, for the sample cases.
    """

    name: str = "support"
    product: str = "our product"
    model: str = DEFAULT_MODEL
    question: str = DEFAULT_QUESTION
    ci: Continuous = "github"
    safety: bool = False
    document: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what cannot stand in the files.

        Raises:
            InputError: Names the option, the value and the rule.
        """
        if not _NAME.fullmatch(self.name) or self.name.lower() in _WORDS:
            raise InputError(
                f"--name must be letters, digits, '_' and '-', beginning with a letter, but got "
                f"{self.name!r}; choose for example 'support'."
            )
        if not self.question.isidentifier():
            raise InputError(
                f"--question must be the name of a variable, but got {self.question!r}."
            )
        if self.document and not (self.safety and self.document.isidentifier()):
            raise InputError(
                f"--document must be the name of a variable, and goes with --safety, but got "
                f"{self.document!r}."
            )
        for name in self.values:
            if not name.isidentifier():
                raise InputError(f"--var must name a variable of the prompt, but got {name!r}.")
        texts = {"--product": self.product, "--model": self.model}
        texts |= {f"--var {name}": value for name, value in self.values.items()}
        for option, value in texts.items():
            if not value.strip() or not value.isprintable():
                raise InputError(f"{option} must be one line of text, but got {value!r}.")


@dataclass(frozen=True)
class Draft:
    """A prompt to start with.

    Attributes:
        path: Where it is or will be, relative to the project's root.
        text: The whole file; None where it is on disk and stays as it is.
        variables: What it needs beside the question, in order.
    """

    path: str
    text: str | None
    variables: tuple[str, ...]


def filled(name: str, values: Mapping[str, str]) -> str:
    """Return one of the texts under files/, with each @NAME@ in it replaced."""
    text = resources.files("promptgate.starter").joinpath("files", name).read_text("utf-8")
    return _MARKER.sub(lambda found: values[found.group(1)], text)


def plain(value: str) -> str:
    """Write a text as YAML: bare where it can stand so, else in quotes."""
    bare = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
    return value if bare else json.dumps(value, ensure_ascii=False)


def prompt_path(project: Project, name: str) -> str:
    """Return where a prompt of this name is, relative to the project's root."""
    return f"{project.settings.prompts}/{name}.md"


def standing_prompt(project: Project, choices: Choices) -> Draft | None:
    """Return the prompt of this name that is on disk; None where there is none.

    Raises:
        InputError: The file is no prompt or wrong, or does not take the question.
    """
    path = prompt_path(project, choices.name)
    if not (project.root / path).exists():
        return None
    return drafted(project.tree, project, choices)


def drafted(tree: Tree, project: Project, choices: Choices) -> Draft:
    """Return the prompt of this name as a tree has it, which stays as it is.

    Raises:
        InputError: As standing_prompt().
    """
    prompt = load_prompt(
        tree,
        choices.name,
        folder=project.settings.prompts,
        default_model=project.settings.model or choices.model,
    )
    if choices.question not in prompt.variables:
        known = ", ".join(prompt.variables) or "none"
        raise PromptError(
            f"the prompt {choices.name!r} has no variable {choices.question!r} for what the user "
            f"wrote (its variables: {known}); name the right one with --question.",
            file=prompt.file,
            line=1,
        )
    needed = [name for name, variable in prompt.variables.items() if variable.required]
    return Draft(prompt.file, None, tuple(n for n in needed if n != choices.question))


def draft_prompt(
    project: Project,
    choices: Choices,
    text: str | None = None,
    file: str | None = None,
    style: Style | None = None,
) -> Draft:
    """Make the prompt file.

    Args:
        project: For its folders.
        choices: Name, model and question.
        text: An existing prompt; None: the starter's.
        file: Where that text stands, for messages.
        style: What its variables look like: `{name}`, or `{{ name }}`, which is also
            what None takes them for, as long as there is no `{name}`.

    Raises:
        PromptError: The text is empty, is a promptgate prompt already, or is no template.
    """
    path = prompt_path(project, choices.name)
    if text is None:
        values = {"MODEL": plain(choices.model), "QUESTION": choices.question}
        return Draft(path, filled("prompt.md", values), ("product",))
    if not text.strip():
        raise PromptError("the file is empty; write the prompt into it.", file=file)
    if has_front_matter(text):
        raise PromptError(
            f"this is a prompt with front matter already; copy it to {path} and run init again.",
            file=file,
            line=1,
        )
    text, variables = _template(text, file, style)
    composed = compose({"model": choices.model}, choices.question, variables, text=text)
    return Draft(path, composed, tuple(n for n in variables if n != choices.question))


def _template(text: str, file: str | None, style: Style | None) -> tuple[str, tuple[str, ...]]:
    """Return a text as Jinja2, and its variables."""
    if style == "format":
        try:
            converted = to_jinja(text)
        except ValueError as error:
            raise PromptError(f"{error}.", file=file) from None
        return converted.text, converted.variables
    variables = variables_of(text, file)
    single = single_braced(text) if style is None else None
    if single is not None:
        raise PromptError(
            f"{single[0]!r} may be a placeholder of str.format, or plain text; say which with "
            "--placeholders format or --placeholders jinja.",
            file=file,
            line=single[1],
        )
    return text, variables


def variables_of(text: str, file: str | None) -> tuple[str, ...]:
    """Return the variables of a Jinja2 text without blocks, in order of appearance.

    Raises:
        PromptError: It is no template, or has blocks.
    """
    try:
        parsed = PromptEnvironment(BaseLoader()).parse(text, filename=file)
    except TemplateSyntaxError as error:
        found = syntax_error(error, file or "")
        raise PromptError(
            f"{found.message.rstrip('.')}; write {{% raw %}} and {{% endraw %}} around braces that "
            "stand for themselves.",
            file=file,
            line=found.line,
        ) from None
    block = parsed.find(nodes.Block)
    if block is not None:
        raise PromptError(
            "this template has blocks already; give it front matter and save it in the folder of "
            "the prompts, then run init again.",
            file=file,
            line=block.lineno,
        )
    outside = meta.find_undeclared_variables(parsed)
    names = [node.name for node in parsed.find_all(nodes.Name)]
    return tuple(dict.fromkeys(name for name in names if name in outside))


def compose(
    front: Mapping[str, Any],
    question: str,
    variables: tuple[str, ...],
    *,
    text: str | None = None,
    system: str | None = None,
    user: str | None = None,
) -> str:
    """Write a prompt file.

    Args:
        front: Front matter but for `variables`; values that JSON can hold.
        question: The variable that holds what the user wrote.
        variables: All that the texts use.
        text: A text of unknown role: the user's turn if it uses the question, else
            the system prompt.
        system: The system prompt, where that is known.
        user: The user's turn, where that is known; else it is the question.

    Raises:
        ValueError: A value of the front matter is not what JSON can hold.
    """
    if text is not None and question in variables:
        user = text
    elif text is not None:
        system = text
    declared = tuple(dict.fromkeys((*variables, *(() if user is not None else (question,)))))
    head = {"max_tokens": DEFAULT_MAX_TOKENS, **front}
    model = head.pop("model")
    lines = ["---", f"model: {plain(str(model))}"]
    try:
        lines += [
            f"{key}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}"
            for key, value in head.items()
        ]
    except TypeError as error:
        raise ValueError(str(error)) from None
    if declared:
        lines += ["variables:", *(f"  {name}: {{required: true}}" for name in declared)]
    lines.append("---")
    if system is not None:
        lines += ["{% block system %}", system.strip(), "{% endblock %}"]
    if user is None:
        lines.append(f"{{% block user %}}{{{{ {question} }}}}{{% endblock %}}")
    else:
        lines += ["{% block user %}", user.strip(), "{% endblock %}"]
    return "\n".join(lines) + "\n"
