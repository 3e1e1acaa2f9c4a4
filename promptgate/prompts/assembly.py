"""Put the text of a prompt together as it is sent, and know of each character where it was written.

Rendering needs values and loses the places; lint has no values and needs the places. So the
syntax tree is read out instead: includes where they stand, blocks as the last template of the
lineage overrides them, a word for every expression, all branches of a condition one after the
other (with a note which exclude one another). The bodies of macros are not followed.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import nodes

from promptgate.prompts.structure import ROLES, has_blocks, lineage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from promptgate.prompts.library import Closure, Library, Source

Branches = tuple[tuple[int, int], ...]
"""The conditions around a text: which, and which of its branches."""


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file of the project."""

    file: str
    line: int


@dataclass(frozen=True)
class _Piece:
    start: int
    file: str
    line: int
    branches: Branches


class Assembled:
    """The text of a prompt, and where its characters come from."""

    def __init__(self, text: str, pieces: list[_Piece]) -> None:
        self.text = text
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]

    def place(self, position: int) -> Place:
        """Return the file and line in which a character of the text was written."""
        piece = self._piece(position)
        return Place(piece.file, piece.line + self.text.count("\n", piece.start, position))

    def exclude_one_another(self, first: int, second: int) -> bool:
        """Tell whether two characters stand in different branches of one condition."""
        branches = dict(self._piece(first).branches)
        return any(
            branches.get(condition, branch) != branch
            for condition, branch in self._piece(second).branches
        )

    def _piece(self, position: int) -> _Piece:
        return self._pieces[max(0, bisect_right(self._starts, position) - 1)]


def assemble(library: Library, closure: Closure) -> Assembled:
    """Return the text of a prompt that has no fault, the system's part before the user's."""
    return _Reader(library, closure).read()


class _Reader:
    """Reads out the templates of one closure."""

    def __init__(self, library: Library, closure: Closure) -> None:
        self._library = library
        self._closure = closure
        self._chain = lineage(library, closure)
        self._texts: list[str] = []
        self._length = 0
        self._pieces: list[_Piece] = []
        self._branches: list[tuple[int, int]] = []
        self._conditions = 0
        self._constants: dict[str, str] = {}

    def read(self) -> Assembled:
        for source in self._chain:
            for node in self._library.parse(source).body:
                self._set(node)
        if has_blocks(self._library, self._chain):
            for role in ROLES:
                if self._overrides(role):
                    self._block(role, 0)
                    self._add("\n\n", self._chain[0].file, 1)
        else:
            source = self._chain[-1]
            self._body(self._library.parse(source).body, source, None, 0)
        if not self._pieces:
            self._add("\n", self._chain[0].file, 1)
        return Assembled("".join(self._texts), self._pieces)

    def _overrides(self, name: str) -> list[tuple[Source, nodes.Block]]:
        """Return a block's versions, the one that is sent first."""
        return [
            (source, block)
            for source in self._chain
            for block in self._library.parse(source).find_all(nodes.Block)
            if block.name == name
        ]

    def _block(self, name: str, depth: int) -> None:
        versions = self._overrides(name)
        if depth < len(versions):
            source, block = versions[depth]
            self._body(block.body, source, name, depth)

    def _body(
        self, body: Iterable[nodes.Node], source: Source, block: str | None, depth: int
    ) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    self._output(child, source, block, depth)
            elif isinstance(node, nodes.Block):
                self._block(node.name, 0)
            elif isinstance(node, nodes.Include):
                self._include(node)
            elif isinstance(node, nodes.If):
                self._if(node, source, block, depth)
            elif isinstance(node, nodes.Assign):
                self._set(node)
            elif isinstance(node, nodes.For | nodes.FilterBlock | nodes.Scope | nodes.With):
                self._body(node.body, source, block, depth)

    def _output(self, node: nodes.Expr, source: Source, block: str | None, depth: int) -> None:
        if isinstance(node, nodes.TemplateData):
            self._add(node.data, source.file, node.lineno)
        elif (
            isinstance(node, nodes.Call)
            and isinstance(node.node, nodes.Name)
            and node.node.name == "super"
            and block is not None
        ):
            self._block(block, depth + 1)
        else:
            self._add(self._value(node), source.file, node.lineno)

    def _value(self, node: nodes.Expr) -> str:
        """Return a constant's value, or a word that stands for what is not known."""
        if isinstance(node, nodes.Const):
            return str(node.value)
        name = node.find(nodes.Name) if not isinstance(node, nodes.Name) else node
        return self._constants.get(name.name, f"⟨{name.name}⟩") if name is not None else "⟨value⟩"

    def _set(self, node: nodes.Node) -> None:
        if (
            isinstance(node, nodes.Assign)
            and isinstance(node.target, nodes.Name)
            and isinstance(node.node, nodes.Const)
        ):
            self._constants[node.target.name] = str(node.node.value)

    def _include(self, node: nodes.Include) -> None:
        target = node.template
        sources: Mapping[str, Source] = self._closure.sources
        if isinstance(target, nodes.Const) and target.value in sources:
            source = sources[target.value]
            self._body(self._library.parse(source).body, source, None, 0)

    def _if(self, node: nodes.If, source: Source, block: str | None, depth: int) -> None:
        self._conditions += 1
        condition = self._conditions
        bodies = [node.body, *(branch.body for branch in node.elif_), node.else_]
        for number, body in enumerate(bodies):
            self._branches.append((condition, number))
            self._body(body, source, block, depth)
            self._branches.pop()

    def _add(self, text: str, file: str, line: int) -> None:
        self._pieces.append(_Piece(self._length, file, line, tuple(self._branches)))
        self._texts.append(text)
        self._length += len(text)
