"""A prompt at one revision: loading it, and making a request of it.

The same code renders for the product (`promptgate.load`) and for the suites, so
what is tested is what ships. A prompt is a file `<name>.md` in the prompts
folder that opens with front matter; a file without is a partial, for others to
include. A prompt that includes or extends another takes its text, never its
front matter.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from promptgate.documents import unknown_name
from promptgate.errors import LockError, PromptError
from promptgate.project import LOCK
from promptgate.prompts.fingerprint import fingerprint
from promptgate.prompts.frontmatter import (
    FrontMatter,
    has_front_matter,
    parse_header,
    read_front_matter,
)
from promptgate.prompts.library import Closure, Library
from promptgate.prompts.lock import LockTree
from promptgate.prompts.structure import has_blocks, lineage, roles, structure_faults
from promptgate.prompts.template import PromptTemplate

if TYPE_CHECKING:
    from promptgate.documents import Document
    from promptgate.files import Tree
    from promptgate.prompts.library import Source

SUFFIX = ".md"
Message = Mapping[str, Any]


@dataclass(frozen=True)
class Variable:
    """What the front matter says of one variable.

    Attributes:
        required: Whether a value must be given.
        default: The value where none is given; None also where there is no default.
        has_default: Tells the two apart.
        description: For people.
        line: Where it is declared.
    """

    required: bool
    default: Any
    has_default: bool
    description: str | None
    line: int


@dataclass(frozen=True)
class Prompt:
    """A prompt at one revision.

    Attributes:
        name: As in `prompts/<name>.md`.
        revision: The revision as the user wrote it.
        file: Path in the project.
        model: The model as resolved: front matter over project.
        parameters: What is sent beside model, system and messages; `max_tokens` always.
        variables: By name.
        examples: Few-shot messages in order, not yet rendered.
        owner: Who answers for the prompt.
        description: For people.
        closure: Path in the project to text, of its own file (first) and all it uses.
        fingerprint: 'sha256:…' over what decides its behaviour.
    """

    name: str
    revision: str
    file: str
    model: str
    parameters: Mapping[str, Any]
    variables: Mapping[str, Variable]
    examples: tuple[Message, ...]
    owner: str | None
    description: str | None
    closure: Mapping[str, str] = field(repr=False)
    fingerprint: str
    _template: PromptTemplate = field(repr=False, compare=False)
    _example_lines: tuple[int, ...] = field(repr=False, compare=False)

    def request(
        self,
        variables: Mapping[str, Any],
        *,
        messages: Sequence[Message] | None = None,
        model: str | None = None,
    ) -> dict[str, Any]:
        """Return the keyword arguments of `client.messages.create`.

        Args:
            variables: Values; one that the prompt does not use is fine.
            messages: A conversation that replaces the user block and is sent as it
                is, after the examples. See `render_messages` for one with variables.
            model: Takes the place of the prompt's own model.

        Returns:
            `model`, the parameters, `system` (unless it renders to nothing) and
            `messages`. It shares nothing with the prompt.

        Raises:
            PromptError: A required variable is missing, the template fails, or there
                is neither a user block nor messages.
        """
        with _told_at(self.revision):
            request = self._request(variables, messages, model or self.model)
        return {key: _copied(value) for key, value in request.items()}

    def _request(
        self, variables: Mapping[str, Any], messages: Sequence[Message] | None, model: str
    ) -> dict[str, Any]:
        values = self._values(variables)
        rendered = self._template.render(values)
        turns = self._template.render_messages(self.examples, values, place=self._example_place)
        if messages is None and rendered.user is not None:
            messages = [{"role": "user", "content": rendered.user}]
        if not messages:
            raise PromptError(self._nothing_to_answer(messages), file=self.file)
        turns += [dict(message) for message in messages]
        request: dict[str, Any] = {"model": model, **self.parameters}
        if rendered.system is not None:
            request["system"] = rendered.system
        request["messages"] = turns
        return request

    def render_messages(
        self, messages: Sequence[Message], variables: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Render variables in the messages of a case, by the rules of the template.

        Contents that are text, and blocks of type `text`, are templates (without
        include); images, documents and tool blocks stay as they are. Not for what a
        customer wrote: pass that to `request` as it is.

        Raises:
            PromptError: As in `request`, without a place, which the suite knows.
        """
        with _told_at(self.revision):
            values = self._values(variables)
            return self._template.render_messages(messages, values, place=lambda _: (None, None))

    def _values(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        values = dict(variables)
        for name, variable in self.variables.items():
            if name in values:
                continue
            if variable.required:
                raise PromptError(
                    f"the variable {name!r} is required and was not given; "
                    "give a value, or a default here.",
                    file=self.file,
                    line=variable.line,
                )
            if variable.has_default:
                values[name] = _copied(variable.default)
        return values

    def _example_place(self, index: int) -> tuple[str | None, int | None]:
        return self.file, self._example_lines[index]

    def _nothing_to_answer(self, messages: Sequence[Message] | None) -> str:
        if messages is not None:
            return f"the prompt {self.name!r} was given an empty list of messages; give one turn."
        if "user" in self.roles:
            return (
                f"the user block of {self.name!r} rendered to nothing; give the variables "
                "that fill it."
            )
        return (
            f"the prompt {self.name!r} has no user block and the case no messages; "
            "add '{% block user %}' or give messages."
        )

    @property
    def roles(self) -> frozenset[str]:
        """Which of 'system' and 'user' the template gives."""
        return self._template.roles


@contextmanager
def _told_at(revision: str) -> Iterator[None]:
    """Name the revision in the place of an error, as git writes it: `HEAD~3:prompts/a.md`."""
    try:
        yield
    except PromptError as error:
        if error.file is None or revision == "worktree":
            raise
        file = f"{revision}:{error.file}"
        raise PromptError(error.message, file=file, line=error.line) from None


def _copied(value: Any) -> Any:
    """Copy what JSON can hold; anything else, such as a block of the SDK, is passed on."""
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_copied(inner) for inner in value]
    return value


def load_prompt(
    tree: Tree, name: str, *, folder: str = "prompts", default_model: str | None = None
) -> Prompt:
    """Read a prompt as one revision has it.

    Args:
        tree: The revision's files; of the lock, the prompt's own text and model count.
        name: As in `<folder>/<name>.md`.
        folder: The prompts folder, relative to the project's root.
        default_model: The model where the front matter names none.

    Raises:
        PromptError: There is no such prompt, or something is wrong with it; the place
            names the revision, unless that is 'worktree'.
        LockError: The lock does not hold the prompt, or holds an altered text.
    """
    with _told_at(tree.revision):
        return _load(tree, name, folder, default_model)


def _load(tree: Tree, name: str, folder: str, default_model: str | None) -> Prompt:
    if isinstance(tree, LockTree):
        locked = tree.locked(name)
        prompt = _read(tree.closure(name), name, locked.folder(name), locked.model)
        told = (locked.model, dict(locked.parameters))
        if prompt.fingerprint != locked.fingerprint or told != (prompt.model, prompt.parameters):
            raise LockError(
                f"the entry of {name!r} is not what was released (its fingerprint is "
                f"{prompt.fingerprint}); restore the lock from git or release again.",
                file=LOCK,
            )
        return prompt
    return _read(tree, name, folder, default_model)


def list_prompts(tree: Tree, folder: str = "prompts") -> list[str]:
    """Return the names of all prompts of a revision, sorted; broken ones are in it.

    Args:
        tree: The revision's files.
        folder: The prompts folder, relative to the project's root.
    """
    if isinstance(tree, LockTree):
        return sorted(tree.lock.prompts)
    return sorted(
        path.removeprefix(folder + "/").removesuffix(SUFFIX)
        for path in tree.list(folder)
        if path.endswith(SUFFIX) and _opens_with_fence(tree.read(path) or b"")
    )


def _opens_with_fence(data: bytes) -> bool:
    first = data.split(b"\n", 1)[0].removeprefix(b"\xef\xbb\xbf")
    return has_front_matter(first.decode("utf-8", "replace"))


def _read(tree: Tree, name: str, folder: str, default_model: str | None) -> Prompt:
    library = Library(tree, folder)
    source = find_source(library, name)
    document = parse_header(source.split.header or "", source.file)
    front = read_front_matter(document)
    closure = library.closure(source)
    for fault in closure.faults or structure_faults(library, closure):
        raise fault.error
    if not source.split.body.strip():
        raise PromptError(
            "the prompt has no text; write it below the front matter.",
            file=source.file,
            line=source.split.body_line,
        )
    model = front.model or default_model
    if model is None:
        raise PromptError(
            f"the prompt {name!r} names no model; add 'model:' here, "
            "or under [project] in promptgate.toml.",
            file=source.file,
            line=1,
        )
    return _assemble(library, closure, name, document, front, model)


def find_source(library: Library, name: str) -> Source:
    """Return a prompt's own file.

    Raises:
        PromptError: There is none of that name, or it is a partial.
    """
    plain = posixpath.normpath(name) == name and not name.startswith(("/", ".."))
    source = library.source(name + SUFFIX) if plain else None
    if source is None:
        known = list_prompts(library.tree, library.folder)
        place = f"in {library.folder}/ at {library.tree.revision}"
        raise PromptError(f"{place}: {unknown_name('prompt', name, known)}")
    if source.split.header is None:
        raise PromptError(
            f"this file has no front matter, so it is a partial and no prompt; "
            f"begin it with a line '---', the keys and a line '---' to use it as {name!r}.",
            file=source.file,
            line=1,
        )
    return source


def _assemble(
    library: Library,
    closure: Closure,
    name: str,
    document: Document,
    front: FrontMatter,
    model: str,
) -> Prompt:
    source = closure.sources[closure.main]
    variables = {
        key: Variable(
            required=("default" not in entry.model_fields_set)
            if entry.required is None
            else entry.required,
            default=entry.default,
            has_default="default" in entry.model_fields_set,
            description=entry.description,
            line=document.line(("variables", key)),
        )
        for key, entry in front.variables.items()
    }
    examples, lines = [], []
    for index, example in enumerate(front.examples):
        for role, content in (("user", example.user), ("assistant", example.assistant)):
            examples.append({"role": role, "content": content})
            lines.append(document.line(("examples", index, role)))
    chain = lineage(library, closure)
    template = PromptTemplate(
        library,
        source,
        by_blocks=has_blocks(library, chain),
        roles=frozenset(roles(library, chain)),
    )
    return Prompt(
        name=name,
        revision=library.tree.revision,
        file=source.file,
        model=model,
        parameters=front.parameters,
        variables=variables,
        examples=tuple(examples),
        owner=front.owner,
        description=front.description,
        closure={s.file: s.text for s in closure.sources.values()},
        fingerprint=_fingerprint(closure, front.parameters, variables, examples, model),
        _template=template,
        _example_lines=tuple(lines),
    )


def _fingerprint(
    closure: Closure,
    parameters: Mapping[str, Any],
    variables: Mapping[str, Variable],
    examples: Sequence[Message],
    model: str,
) -> str:
    bodies = {name: source.split.body for name, source in closure.sources.items()}
    return fingerprint(
        body=bodies.pop(closure.main),
        partials=bodies,
        model=model,
        parameters=parameters,
        variables={
            name: {"required": v.required, **({"default": v.default} if v.has_default else {})}
            for name, v in variables.items()
        },
        examples=examples,
    )
