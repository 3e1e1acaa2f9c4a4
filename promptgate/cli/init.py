"""`promptgate init`: start a project around a prompt."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import screen_for, write_json
from promptgate.cli.options import PAIR, json_option
from promptgate.reports.escape import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from promptgate.project import Project
    from promptgate.starter import Choices, Draft, Past, Plan
    from promptgate.starter.placeholders import Style

_CI = ("github", "gitlab", "none")
_OPTIONS = {
    "name": "Name of the prompt: prompts/NAME.md.",
    "product": "What the assistant is about.",
    "model": "The model that the prompt asks.",
    "question": "The prompt's variable for what the user wrote.",
}
_ASKED = {
    "name": "A short name for the prompt; its file will be prompts/NAME.md.",
    "product": "What the assistant answers questions about; it stands in the sample cases.",
    "model": "The model that the prompt asks, as the API knows it.",
    "file": "A file with the system prompt you have; leave empty to begin with a sample.",
    "safety": "166 more cases: unsafe requests, their harmless twins, jailbreaks, injections.",
    "ci": "Where the gate runs on every change: github, gitlab or none.",
}


@click.command(
    epilog="""\b
Examples:
  promptgate init
  promptgate init --yes --name support --prompt system_prompt.txt
  promptgate init --yes --name support --from app/prompts.py
  promptgate init --yes --name support --safety"""
)
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; take options and defaults.")
@click.option("--name", metavar="NAME", help=_OPTIONS["name"] + "  [default: support]")
@click.option("--product", metavar="TEXT", help=_OPTIONS["product"] + "  [default: this folder]")
@click.option("--model", metavar="ID", help=_OPTIONS["model"])
@click.option(
    "--prompt",
    "file",
    metavar="FILE",
    help="Start from the text in this file.",
)
@click.option(
    "--from",
    "module",
    metavar="FILE.py",
    help="Commit each version in this file's PROMPT_VERSIONS; the file is not run.",
)
@click.option(
    "--placeholders",
    type=click.Choice(["format", "jinja"]),
    help="What a variable looks like in --prompt and --from: {name}, or {{ name }}.",
)
@click.option("--question", metavar="NAME", help=_OPTIONS["question"] + "  [default: question]")
@click.option(
    "--var",
    "variables",
    multiple=True,
    type=PAIR,
    metavar="NAME=VALUE",
    help="A value for another variable, in the sample cases; repeatable.",
)
@click.option("--ci", type=click.Choice(_CI), help="Which CI file.")
@click.option(
    "--safety",
    is_flag=True,
    help="Add the safety suites too: 166 cases, of unsafe requests, their harmless twins, "
    "jailbreaks and injections. Works later as well.",
)
@click.option(
    "--document",
    metavar="NAME",
    help="With --safety: the prompt's variable for retrieved text.  [default: in the question]",
)
@json_option
def init(
    yes: bool,
    safety: bool,
    file: str | None,
    module: str | None,
    placeholders: Style | None,
    variables: tuple[tuple[str, str], ...],
    json_file: str | None,
    **options: str | None,
) -> None:
    """Start a project around a prompt.

    Writes promptgate.toml, a prompt, three suites of sample cases and a CI file, all
    of which pass as they stand. A file that exists is left as it is; .gitignore and
    .gitattributes get the lines that they lack.
    """
    from datetime import UTC, datetime

    from promptgate.files import DiskTree
    from promptgate.models.catalogue import sdk_catalogue
    from promptgate.project import open_project
    from promptgate.starter import plan_project

    if file is not None and module is not None:
        raise click.UsageError("--prompt and --from both give the prompt; keep one.")
    root = Path.cwd()
    project = open_project(root, DiskTree(root))
    values = dict(variables)
    try:
        if not yes:
            options, file = _ask(project, options, file, module)
            placeholders = placeholders or _ask_placeholders(file)
            safety = safety or _wants_safety()
        choices = _choices(root, options, values, safety=safety)
        past = None
        if module is not None:
            past = _past(project, choices, module, placeholders)
        draft = _draft(project, choices, file, placeholders, past)
        if not yes:
            choices = _ask_values(choices, draft)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError("nobody is there to answer; run with --yes.") from None
    plan = plan_project(
        project,
        choices,
        draft,
        today=datetime.now(UTC).date(),
        retirements=sdk_catalogue().end_of_life,
        committed=past.versions[-1].text if past is not None else None,
    )
    hashes = past.commit() if past is not None else []
    plan.write()
    _tell(screen_for(json_file), plan, past, hashes, choices)
    write_json(json_file, _plain(plan, past, hashes))


def _plain(plan: Plan, past: Past | None, hashes: list[str]) -> dict[str, Any]:
    """Return what was done, for machines."""
    versions = past.versions if past is not None else ()
    return {
        "schema_version": 1,
        "prompt": plan.prompt,
        "created": list(plan.created),
        "extended": list(plan.extended),
        "kept": list(plan.kept),
        "committed": [
            {"version": version.name, "commit": commit}
            for version, commit in zip(versions, hashes, strict=True)
        ],
        "answers": plan.answers,
    }


def _choices(
    root: Path, options: dict[str, str | None], values: dict[str, str], *, safety: bool
) -> Choices:
    from promptgate.starter import Choices

    given = {name: value for name, value in options.items() if value is not None}
    known: dict[str, Any] = {"product": root.name or "our product", **given}
    chosen = Choices(**known, values=values, safety=safety)
    chosen.check()
    return chosen


def _past(project: Project, choices: Choices, module: str, placeholders: Style | None) -> Past:
    from promptgate.files import read_text
    from promptgate.starter import plan_history, read_versions

    versions = read_versions(read_text(Path(module), module), module)
    return plan_history(project, choices, versions, placeholders)


def _draft(
    project: Project,
    choices: Choices,
    file: str | None,
    placeholders: Style | None,
    past: Past | None,
) -> Draft:
    """Return the prompt: imported, as it is on disk, from a file, or the starter's."""
    from promptgate.errors import InputError
    from promptgate.files import read_text
    from promptgate.starter import draft_prompt, drafted, standing_prompt

    if past is not None:
        return drafted(past.tree, project, choices)
    standing = standing_prompt(project, choices)
    if standing is None:
        text = read_text(Path(file), file) if file is not None else None
        return draft_prompt(project, choices, text, file, placeholders)
    if file is not None:
        raise InputError(
            "the prompt exists already; give the one of --prompt another name with --name.",
            file=standing.path,
        )
    return standing


def _ask(
    project: Project, options: dict[str, str | None], file: str | None, module: str | None
) -> tuple[dict[str, str | None], str | None]:
    """Ask for what was not given on the command line."""
    from promptgate.starter import Choices, standing_prompt

    defaults = Choices()
    name = options["name"] or _question("name", "Name", defaults.name)
    known = Choices(name=name, question=options["question"] or defaults.question)
    known.check()
    new = module is None and standing_prompt(project, known) is None
    if new and file is None:
        file = _question("file", "File", "", show_default=False) or None
    product = options["product"]
    if product is None and new and file is None:
        product = _question("product", "Product", project.root.name or defaults.product)
    model = options["model"]
    if model is None and new:
        model = _question("model", "Model", defaults.model)
    ci = options["ci"] or _question("ci", "CI", defaults.ci, choices=_CI)
    return {**options, "name": name, "product": product, "model": model, "ci": ci}, file


def _ask_placeholders(file: str | None) -> Style | None:
    """Ask what braces in the given prompt are, where they may be str.format's."""
    from promptgate.files import read_text
    from promptgate.starter.placeholders import single_braced

    found = single_braced(read_text(Path(file), file)) if file is not None else None
    if found is None:
        return None
    click.echo(
        f"The prompt holds {found[0]} in line {found[1]}: 'format' makes a variable of it, as "
        "str.format would; 'jinja' leaves it as text."
    )
    styles: dict[str, Style] = {"format": "format", "jinja": "jinja"}
    told = click.prompt("Placeholders", default="format", type=click.Choice(tuple(styles)))
    return styles[told]


def _question(
    key: str,
    label: str,
    default: str,
    *,
    show_default: bool = True,
    choices: tuple[str, ...] = (),
) -> str:
    click.echo(_ASKED[key])
    kind = click.Choice(choices) if choices else None
    return str(click.prompt(label, default=default, show_default=show_default, type=kind))


def _wants_safety() -> bool:
    click.echo(_ASKED["safety"])
    return click.confirm("Safety suites", default=False)


def _ask_values(choices: Choices, draft: Draft) -> Choices:
    """Ask for a value of each variable of the prompt that the choices have none for."""
    from dataclasses import replace

    values = dict(choices.values)
    for name in draft.variables:
        if name not in values and name != "product":
            click.echo(f"The prompt uses {{{{ {name} }}}}; a value that your product would give.")
            values[name] = click.prompt(name, default=f"({name})")
    return replace(choices, values=values)


_RECORD = "export ANTHROPIC_API_KEY=…; promptgate record --max-cost 5"


def _tell(
    screen: Console, plan: Plan, past: Past | None, hashes: list[str], choices: Choices
) -> None:
    """Say what was done, and the next steps."""

    def say(word: str, path: str, note: str = "") -> None:
        screen.print(f"{word:<9} {one_line(path)}{note}", markup=False, soft_wrap=True)

    for version, commit in zip(past.versions if past else (), hashes, strict=True):
        say("committed", f"{plan.prompt} {version.name}", f"  {commit[:10]}  {version.model}")
    for path in plan.created:
        say("created", path)
    for path, lines in plan.extended.items():
        say("extended", path, f"  with {len(lines)} lines" if len(lines) > 1 else "  with 1 line")
    for path in plan.kept:
        say("kept", path, "  (it exists; nothing in it was changed)")
    if not plan.answers:
        say("note", f"no suite tests {choices.name!r}", f"; add it to 'prompt:' in {plan.suites}/")
    add = ("" if plan.versioned else "git init && ") + f"git add {shlex.join(plan.to_commit)}"
    values = "".join(plan.created.values())
    pending = [name for name in re.findall(r'"\((\w+)\)"', values) if name not in choices.values]
    stand_in = (
        f"; put a value for {', '.join(dict.fromkeys(pending))} in the cases" if pending else ""
    )
    commit = f"Commit: {add} && git commit -m 'Test {choices.name} with promptgate'"
    steps = [
        f"Put questions of your users into {plan.suites}/{stand_in}",
        f"Look for instructions that contradict each other in {plan.prompt}: promptgate lint",
        f"Record {plan.answers} answers: {_RECORD}",
        commit,
        "Release: promptgate release && git add promptgate.lock && git commit -m 'Release'",
        f"Edit {plan.prompt}, and see what the edit does: promptgate gate --mode record",
    ]
    if not plan.begins:
        steps = [commit] if plan.to_commit else []
    if choices.ci != "none":
        steps.append(
            "Before the first pull request set the variable PROMPTGATE_SOURCE at your forge to "
            "where promptgate is installed from (git+https://…); its pipeline fails until then. "
            "There an edit of a prompt also needs a case that is new or stricter"
        )
    screen.print()
    for number, step in enumerate(steps, start=1):
        screen.print(f"{number}. {one_line(step, 500)}", markup=False, soft_wrap=True)
