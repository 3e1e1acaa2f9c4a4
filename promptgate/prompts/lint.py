"""Find what is structurally wrong with the prompts of a tree, all of it at once.

Loading stops at the first fault, as a run must; lint lists every one, and also
what would only fail later or never: a variable nobody declares, a partial nobody
includes, a model that is about to retire. Pure: a tree and dates in, findings
out; when models retire is told by the caller, who knows the SDK.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta, nodes

from promptgate.documents import unknown_name
from promptgate.errors import InputError, PromptError
from promptgate.prompts.contradiction import collisions
from promptgate.prompts.faults import Fault
from promptgate.prompts.finding import Finding, Severity
from promptgate.prompts.frontmatter import (
    FrontMatter,
    front_matter_faults,
    parse_header,
    read_front_matter,
)
from promptgate.prompts.library import Library, syntax_error
from promptgate.prompts.prompt import SUFFIX, list_prompts
from promptgate.prompts.readable import Allowance, allowances, unreasoned, unused
from promptgate.prompts.structure import lineage, structure_faults

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from promptgate.documents import Document
    from promptgate.files import Tree
    from promptgate.prompts.library import Closure, Source


@dataclass
class _Checked:
    """What the pass over one prompt gathered."""

    findings: list[Finding] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    allowances: dict[Allowance, bool] = field(default_factory=dict)

    def fault(self, fault: Fault, severity: Severity = Severity.ERROR) -> None:
        self.findings.append(
            Finding(fault.file, fault.line or 0, fault.rule, severity, fault.message)
        )


def lint(
    tree: Tree,
    *,
    today: datetime.date,
    retirements: Mapping[str, datetime.date],
    folder: str = "prompts",
    default_model: str | None = None,
) -> list[Finding]:
    """Check every prompt of a tree.

    Args:
        tree: The files at one revision.
        today: The date that tells a retired model from one that will retire.
        retirements: Model to the date at which it retires or retired.
        folder: The prompts folder.
        default_model: The model of a prompt that names none.

    Returns:
        Findings in order of file and line, each once.
    """
    try:
        findings = _all_findings(tree, today, retirements, folder, default_model)
    except InputError as error:
        # The tree itself refuses a file: a link out of the project, an object git has lost.
        fault = Fault.of("unreadable", error, folder)
        findings = {Finding(fault.file, fault.line or 0, fault.rule, Severity.ERROR, fault.message)}
    return sorted(findings)


def _all_findings(
    tree: Tree,
    today: datetime.date,
    retirements: Mapping[str, datetime.date],
    folder: str,
    default_model: str | None,
) -> set[Finding]:
    library = Library(tree, folder)
    names = list_prompts(tree, folder)
    findings: set[Finding] = set()
    used: set[str] = set()
    allowed: dict[Allowance, bool] = {}
    if not names:
        message = (
            f"there is no prompt in {folder}/ at {tree.revision}: no file *{SUFFIX} opens with "
            "a line '---'; add one, or run 'promptgate init'."
        )
        findings.add(Finding(folder, 0, "no-prompts", Severity.ERROR, message))
    for name in names:
        checked = _Checked()
        front = _check_prompt(library, name, checked)
        if front is not None:
            file = f"{folder}/{name}{SUFFIX}"
            checked.findings += _model_findings(
                file, front, default_model, retirements=retirements, today=today
            )
        findings.update(checked.findings)
        used |= checked.files
        for one, was_needed in checked.allowances.items():
            allowed[one] = allowed.get(one, False) or was_needed
    findings.update(_allowance_findings(allowed))
    findings.update(_unused_partials(tree, folder, used | {f"{folder}/{n}{SUFFIX}" for n in names}))
    return findings


def _check_prompt(library: Library, name: str, checked: _Checked) -> Document | None:
    """Check one prompt but for its model; return its front matter where that can be read."""
    file = f"{library.folder}/{name}{SUFFIX}"
    source = library.find(name + SUFFIX)
    if source is None or isinstance(source, Fault):
        if source is not None:
            checked.fault(source)
        return None
    document = None
    try:
        document = parse_header(source.split.header or "", source.file)
    except PromptError as error:
        checked.fault(Fault.of("front-matter", error, file))
    faults = front_matter_faults(document) if document is not None else []
    for fault in faults:
        checked.fault(fault)
    if not source.split.body.strip():
        message = "the prompt has no text; write it below the front matter."
        checked.fault(Fault("empty-prompt", file, source.split.body_line, message))
    closure = library.closure(source)
    checked.files |= {member.file for member in closure.sources.values()}
    checked.files |= {broken.file for broken in closure.faults}
    for broken in closure.faults or structure_faults(library, closure):
        checked.fault(broken)
    if closure.faults:
        return document
    wrong = [fault for member in closure.sources.values() for fault in _unknown(library, member)]
    wrong = wrong or list(_compile_faults(library, closure))
    for broken in wrong:
        checked.fault(broken)
    if document is not None and not faults and not wrong:
        front = read_front_matter(document)
        _check_variables(library, closure, name, document, front, checked)
        _check_contradictions(library, closure, document, checked)
    return document


def _check_contradictions(
    library: Library, closure: Closure, document: Document, checked: _Checked
) -> None:
    allowed = [one for source in closure.sources.values() for one in allowances(source)]
    for one in allowed:
        checked.allowances.setdefault(one, False)
    for found in collisions(library, closure, document):
        covering = [
            one
            for one in allowed
            if one.reason and (one.covers(found.first) or one.covers(found.second))
        ]
        checked.allowances.update(dict.fromkeys(covering, True))
        if not covering:
            severity = Severity.ERROR if found.is_sure else Severity.WARNING
            place, related = found.first, f"{found.second.file}:{found.second.line}"
            checked.findings.append(
                Finding(place.file, place.line, "contradiction", severity, found.message, related)
            )


def _allowance_findings(checked: Mapping[Allowance, bool]) -> Iterator[Finding]:
    """Yield the comments that allow a contradiction without a reason, or where there is none."""
    for allowance, was_needed in checked.items():
        if was_needed:
            continue
        fault = unused(allowance) if allowance.reason else unreasoned(allowance)
        yield Finding(fault.file, fault.line or 0, fault.rule, Severity.WARNING, fault.message)


def _unknown(library: Library, source: Source) -> Iterator[Fault]:
    """Yield the filters and tests that Jinja2 does not know, also where no rendering comes by."""
    environment = library.environment
    for node in library.parse(source).find_all((nodes.Filter, nodes.Test)):
        what, known = (
            ("filter", environment.filters)
            if isinstance(node, nodes.Filter)
            else ("test", environment.tests)
        )
        name: str = node.name
        if name not in known:
            message = unknown_name(what, name, list(known))
            yield Fault("template-syntax", source.file, node.lineno, message)


def _compile_faults(library: Library, closure: Closure) -> Iterator[Fault]:
    """Yield what shows only when a template is compiled, such as a block that stands twice."""
    for source in closure.sources.values():
        try:
            library.compile(source)
        except PromptError as error:
            yield Fault.of("template-syntax", error, source.file)


def _check_variables(
    library: Library,
    closure: Closure,
    name: str,
    document: Document,
    front: FrontMatter,
    checked: _Checked,
) -> None:
    uses = _uses(library, closure)
    for index, example in enumerate(front.examples):
        for role, content in (("user", example.user), ("assistant", example.assistant)):
            line = document.line(("examples", index, role))
            try:
                for variable in _text_uses(library, content):
                    uses.setdefault(variable, (document.file, line))
            except TemplateSyntaxError as error:
                found = syntax_error(error, document.file)
                checked.fault(Fault("template-syntax", document.file, line, found.message))
    for variable, (file, line) in uses.items():
        if variable in front.variables:
            continue
        if front.variables:
            message = (
                f"the variable {variable!r} is used here, but the prompt {name!r} does not "
                "declare it; add it to 'variables' or correct the name."
            )
            checked.fault(Fault("undefined-variable", file, line, message))
        else:
            message = (
                f"the prompt {name!r} declares no variables but uses {variable!r}; "
                f"write 'variables: {{{variable}: {{required: true}}}}' in its front matter."
            )
            checked.fault(Fault("undeclared-variable", file, line, message), Severity.WARNING)
    for variable in front.variables:
        if variable not in uses:
            line = document.line(("variables", variable))
            message = f"the variable {variable!r} is used nowhere; remove it or use it."
            fault = Fault("unused-variable", document.file, line, message)
            checked.fault(fault, Severity.WARNING)


def _uses(library: Library, closure: Closure) -> dict[str, tuple[str, int]]:
    """Return the variables that a template takes from outside, and where each stands first.

    Jinja2 looks at one template and one scope at a time. A name that is set at the
    top level of the lineage is known in its blocks, and an included template
    knows whatever its includer has set, loop variables too.
    """
    chain = {source.name for source in lineage(library, closure)}
    parsed = {name: library.parse(source) for name, source in closure.sources.items()}
    shared = {n for name in chain for node in parsed[name].body for n in _sets(node)}
    everywhere = {n for tree in parsed.values() for n in _sets_anywhere(tree)}
    uses: dict[str, tuple[str, int]] = {}
    for name, tree in parsed.items():
        known = shared if name in chain else everywhere
        for variable in sorted(meta.find_undeclared_variables(tree) - known):
            lines = [n.lineno for n in tree.find_all(nodes.Name) if n.name == variable]
            uses.setdefault(variable, (closure.sources[name].file, min(lines, default=1)))
    return uses


def _sets(statement: nodes.Node) -> Iterator[str]:
    """Yield the names that one statement sets in the scope where it stands."""
    if isinstance(statement, nodes.Import):
        yield statement.target
    elif isinstance(statement, nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in statement.names)
    elif isinstance(statement, nodes.Macro):
        yield statement.name
    elif isinstance(statement, nodes.Assign | nodes.AssignBlock):
        target = statement.target
        found = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
        yield from (name.name for name in found)
    elif isinstance(statement, nodes.If):
        for inner in (*statement.body, *statement.elif_, *statement.else_):
            yield from _sets(inner)


def _sets_anywhere(tree: nodes.Template) -> Iterator[str]:
    """Yield every name that a template sets in any scope."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name) and node.ctx in ("store", "param"):
            yield node.name
        else:
            yield from _sets(node)


def _text_uses(library: Library, content: object) -> set[str]:
    if isinstance(content, str):
        return meta.find_undeclared_variables(library.parse_text(content))
    blocks = content if isinstance(content, list) else []
    texts = (block.get("text") for block in blocks if block.get("type") == "text")
    return {name for text in texts for name in _text_uses(library, text)}


def _model_findings(
    file: str,
    front: Document,
    default_model: str | None,
    *,
    retirements: Mapping[str, datetime.date],
    today: datetime.date,
) -> Iterator[Finding]:
    model = front.data.get("model") or default_model
    line = front.line(("model",)) if front.data.get("model") else 1
    if model is None:
        message = "the prompt names no model; add 'model:' here, or under [project]."
        yield Finding(file, line, "missing-model", Severity.ERROR, message)
    elif model in retirements and retirements[model] <= today:
        message = f"the model {model!r} retired on {retirements[model]}; choose a current one."
        yield Finding(file, line, "retired-model", Severity.ERROR, message)
    elif model in retirements:
        days = (retirements[model] - today).days
        message = (
            f"the model {model!r} retires on {retirements[model]}, in {days} days; compare a "
            "successor with 'promptgate gate --candidate-model'."
        )
        yield Finding(file, line, "deprecated-model", Severity.WARNING, message)


def _unused_partials(tree: Tree, folder: str, used: set[str]) -> Iterator[Finding]:
    for path in tree.list(folder):
        if path not in used and not path.rsplit("/", 1)[-1].upper().startswith("README"):
            message = (
                "no prompt uses this partial; include it, remove it, or begin it with front "
                "matter if it is a prompt."
            )
            yield Finding(path, 1, "unused-partial", Severity.INFO, message)
