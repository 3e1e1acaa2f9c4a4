"""Which block says what: the rules of blocks, and text that no block holds.

Jinja2 drops text outside the blocks of a child template, and promptgate renders
the blocks `system` and `user` one by one, so text outside them would vanish from
the root as well. Both are faults here, with the line of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from promptgate.documents import unknown_name
from promptgate.prompts.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.prompts.library import Closure, Library, Source

ROLES = ("system", "user")

_SILENT = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport,
           nodes.Extends, nodes.Block, nodes.ExprStmt)  # fmt: skip


def lineage(library: Library, closure: Closure) -> list[Source]:
    """Return a template and what it extends, up to the root."""
    chain = [closure.sources[closure.main]]
    while True:
        parents = _extends(library.parse(chain[-1]))
        target = parents[0].template if parents else None
        if not isinstance(target, nodes.Const) or target.value not in closure.sources:
            return chain
        chain.append(closure.sources[target.value])


def has_blocks(library: Library, chain: Sequence[Source]) -> bool:
    """Whether the roles are given by blocks; else the body is the system prompt."""
    return any(library.parse(source).find(nodes.Block) for source in chain)


def roles(library: Library, chain: Sequence[Source]) -> set[str]:
    """Return which of system and user the blocks of a template give."""
    if not has_blocks(library, chain):
        return {"system"}
    blocks = (b.name for source in chain for b in library.parse(source).find_all(nodes.Block))
    return {name for name in blocks if name in ROLES}


def structure_faults(library: Library, closure: Closure) -> list[Fault]:
    """Return what is wrong with blocks and with text outside them.

    The closure must have no fault of syntax or reference.
    """
    chain = lineage(library, closure)
    faults: list[Fault] = []
    for name, source in closure.sources.items():
        parsed = library.parse(source)
        extends = _extends(parsed)
        faults += _extends_faults(source, parsed, extends)
        dropped = bool(extends) or (source is chain[-1] and has_blocks(library, chain))
        if dropped:
            faults += [
                Fault("text-outside-blocks", source.file, line, _STRAY)
                for line in _stray_output(parsed.body)
            ]
        if name not in {member.name for member in chain}:
            continue
        ancestors = chain[chain.index(source) + 1 :]
        faults += _block_faults(source, parsed, [library.parse(a) for a in ancestors])
    return faults


_STRAY = (
    "this text stands outside the blocks and would not be sent; "
    "move it into '{% block system %}' or '{% block user %}'."
)


def _extends(parsed: nodes.Template) -> list[nodes.Extends]:
    return list(parsed.find_all(nodes.Extends))


def _extends_faults(
    source: Source, parsed: nodes.Template, extends: Sequence[nodes.Extends]
) -> Iterator[Fault]:
    for node in extends[1:]:
        yield Fault(
            "block-structure", source.file, node.lineno,
            "a template can extend one other; remove this 'extends'.",
        )  # fmt: skip
    if extends and extends[0] not in parsed.body:
        yield Fault(
            "dynamic-include", source.file, extends[0].lineno,
            "'extends' under a condition is computed; move it to the top of the template.",
        )  # fmt: skip


def _stray_output(body: Sequence[nodes.Node]) -> Iterator[int]:
    """Yield the line of the first output of every statement that prints outside a block."""
    for node in body:
        if isinstance(node, _SILENT):
            continue
        if isinstance(node, nodes.Output):
            line = next((n for child in node.nodes if (n := _visible_line(child))), None)
        elif isinstance(node, nodes.Include):
            line = node.lineno
        else:
            line = next(_stray_output(list(node.iter_child_nodes())), None)
        if line is not None:
            yield line


def _visible_line(node: nodes.Expr) -> int | None:
    if not isinstance(node, nodes.TemplateData):
        return node.lineno
    shown = node.data.lstrip()
    if not shown:
        return None
    return node.lineno + node.data[: len(node.data) - len(shown)].count("\n")


def _block_faults(
    source: Source, parsed: nodes.Template, ancestors: Sequence[nodes.Template]
) -> Iterator[Fault]:
    inherited = {block.name for parent in ancestors for block in parent.find_all(nodes.Block)}
    top = [node for node in parsed.body if isinstance(node, nodes.Block)]
    for block in parsed.find_all(nodes.Block):
        if block in top and block.name not in (*ROLES, *inherited):
            known = [*ROLES, *sorted(inherited - set(ROLES))]
            message = unknown_name("block", block.name, known)
            yield Fault("block-structure", source.file, block.lineno, message)
        elif block.name in ROLES and block not in top:
            yield Fault(
                "block-structure", source.file, block.lineno,
                f"the block {block.name!r} stands inside another statement; "
                "move it to the top level and put the condition inside.",
            )  # fmt: skip
