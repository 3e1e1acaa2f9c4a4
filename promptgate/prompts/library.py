"""The template files of one tree, and which of them a prompt is made of.

A name such as `shared/safety.md` is relative to the prompts folder and is read
through the tree, never from disk, so a prompt at an old revision is made of the
partials of that revision. What a template refers to is found in its syntax tree
before anything is rendered: a missing, computed or circular reference is a
fault with a line, also where no rendering would have come by.
"""

from __future__ import annotations

import difflib
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import BaseLoader, TemplateNotFound, TemplateSyntaxError, nodes

from promptgate.errors import InputError, PromptError
from promptgate.files import decode
from promptgate.prompts.faults import Fault
from promptgate.prompts.frontmatter import Split, split
from promptgate.prompts.sandbox import PromptEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment, Template

    from promptgate.files import Tree

_TAGS = {
    nodes.Extends: "extends",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
}


@dataclass(frozen=True)
class Source:
    """One template file at one revision: its name in the folder, its path, its text."""

    name: str
    file: str
    text: str
    split: Split


@dataclass(frozen=True)
class Reference:
    """An extends, include or import; its target is None where it is computed."""

    tag: str
    target: str | None
    line: int
    optional: bool


@dataclass(frozen=True)
class Closure:
    """A template with everything that it refers to, directly or not.

    Attributes:
        main: Name of the template itself.
        sources: Name to file, the template's own first.
        faults: What is wrong with the references and the syntax.
    """

    main: str
    sources: Mapping[str, Source]
    faults: tuple[Fault, ...]


class Library(BaseLoader):
    """Reads and parses the templates of one tree, each once.

    Args:
        tree: The files at one revision.
        folder: The prompts folder.
    """

    def __init__(self, tree: Tree, folder: str) -> None:
        self.tree = tree
        self.folder = folder
        self.environment = PromptEnvironment(self)
        self._sources: dict[str, Source | Fault | None] = {}
        self._parsed: dict[str, nodes.Template] = {}

    def find(self, name: str) -> Source | Fault | None:
        """Return a template file, what makes it unreadable, or None where there is none."""
        if name not in self._sources:
            self._sources[name] = self._read(name)
        return self._sources[name]

    def source(self, name: str) -> Source | None:
        """Return a template file, or None where the tree has none of that name.

        Raises:
            PromptError: The file is not UTF-8, or its front matter is not closed.
        """
        found = self.find(name)
        if isinstance(found, Fault):
            raise found.error
        return found

    def _read(self, name: str) -> Source | Fault | None:
        file = posixpath.join(self.folder, name)
        data = self.tree.read(file)
        if data is None:
            return None
        try:
            text = decode(data, file)
        except InputError as error:
            return Fault.of("encoding", error, file)
        try:
            return Source(name, file, text, split(text, file))
        except PromptError as error:
            return Fault.of("front-matter", error, file)

    def parse(self, source: Source) -> nodes.Template:
        """Return the syntax tree of a template.

        Raises:
            PromptError: Its syntax is wrong.
        """
        if source.name not in self._parsed:
            try:
                parsed = self.environment.parse(source.split.padded, source.name, source.file)
            except TemplateSyntaxError as error:
                raise syntax_error(error, source.file) from None
            except RecursionError:
                raise _too_deep(source) from None
            self._parsed[source.name] = parsed
        return self._parsed[source.name]

    def compile(self, source: Source) -> Template:
        """Return a template ready to render.

        Raises:
            PromptError: It uses an unknown filter or test, has a block twice, or is
                nested deeper than Python can compile.
        """
        try:
            return self.environment.get_template(source.name)
        except TemplateSyntaxError as error:
            raise syntax_error(error, source.file) from None
        except (SyntaxError, RecursionError):
            raise _too_deep(source) from None

    def parse_text(self, text: str) -> nodes.Template:
        """Return the syntax tree of a text outside the files: an example, a case's message.

        Raises:
            TemplateSyntaxError: Its syntax is wrong, or it refers to another template.
        """
        parsed = self.environment.parse(text)
        for reference in references(parsed):
            message = f"{reference.tag!r} cannot be used here; use it in the prompt's body"
            raise TemplateSyntaxError(message, reference.line)
        return parsed

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002  # its signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Give Jinja2 a template (its loader protocol)."""
        source = self.source(template)
        if source is None:
            raise TemplateNotFound(template)
        return source.split.padded, source.file, lambda: True

    def closure(self, source: Source) -> Closure:
        """Find everything that a template refers to, and what is wrong with it."""
        sources: dict[str, Source] = {}
        faults: list[Fault] = []
        self._follow(source, (source.name,), sources, faults)
        return Closure(source.name, sources, tuple(faults))

    def _follow(
        self,
        source: Source,
        trail: tuple[str, ...],
        sources: dict[str, Source],
        faults: list[Fault],
    ) -> None:
        sources[source.name] = source
        try:
            parsed = self.parse(source)
        except PromptError as error:
            faults.append(Fault.of("template-syntax", error, source.file))
            return
        for reference in references(parsed):
            rule, message = self._refusal(reference, trail)
            if message:
                faults.append(Fault(rule, source.file, reference.line, message))
                continue
            target = reference.target or ""
            found = self.find(target)
            if isinstance(found, Fault):
                faults.append(found)
            elif found is None:
                message = self._missing(reference)
                faults.append(Fault("missing-include", source.file, reference.line, message))
            elif target not in sources:
                self._follow(found, (*trail, target), sources, faults)

    @staticmethod
    def _refusal(reference: Reference, trail: tuple[str, ...]) -> tuple[str, str]:
        """Return rule and sentence where a reference is refused by how it is written."""
        name, tag = reference.target, reference.tag
        if name is None:
            return "dynamic-include", (
                f"the target of {tag!r} is computed; write one name in quotes, "
                "so that the prompt's fingerprint can cover it."
            )
        if reference.optional:
            return "missing-include", (
                f"'ignore missing' could leave out {name!r} without a word; remove the two words."
            )
        if posixpath.isabs(name) or posixpath.normpath(name) != name or name.startswith(".."):
            return "missing-include", (
                f"{tag!r} of {name!r} leads out of the prompts folder or around in it; "
                'write a plain path inside it, such as "shared/safety.md".'
            )
        if name in trail:
            cycle = " → ".join((*trail[trail.index(name) :], name))
            return "include-cycle", f"the template includes itself: {cycle}; break the circle."
        return "", ""

    def _missing(self, reference: Reference) -> str:
        prefix = self.folder + "/"
        known = [path.removeprefix(prefix) for path in self.tree.list(self.folder)]
        near = difflib.get_close_matches(reference.target or "", known, n=1)
        fix = f"did you mean {near[0]!r}?" if near else "create it or correct the name."
        return (
            f"{reference.tag!r} of {reference.target!r}, which is not in {self.folder}/ "
            f"at {self.tree.revision}; {fix}"
        )


def _too_deep(source: Source) -> PromptError:
    return PromptError(
        "the template is nested too deep; move parts of it into macros or partials.",
        file=source.file,
    )


def syntax_error(error: TemplateSyntaxError, file: str) -> PromptError:
    """Translate Jinja2's error of syntax."""
    message = (error.message or "bad syntax").rstrip(".")
    return PromptError(
        f"this is not a valid template: {message}.", file=error.filename or file, line=error.lineno
    )


def references(parsed: nodes.Template) -> Iterator[Reference]:
    """Yield what a template refers to, in order of line."""
    found = sorted(parsed.find_all(tuple(_TAGS)), key=lambda node: node.lineno)
    for node in found:
        target = node.template  # type: ignore[attr-defined]  # all four kinds have it
        name = target.value if isinstance(target, nodes.Const) else None
        yield Reference(
            _TAGS[type(node)],
            name if isinstance(name, str) else None,
            node.lineno,
            bool(getattr(node, "ignore_missing", False)),
        )
