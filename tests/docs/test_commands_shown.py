"""Every command that a page or the help shows exists, and those in blocks do what they promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
import pytest

from promptgate.project import find_project
from promptgate.release.frozen import check_freeze
from tests.docs.conftest import printed
from tests.support import stages
from tests.support.pages import Command as Shown
from tests.support.pages import all_commands, help_examples, sections, spans, split_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECTIONS = {(section.page, section.heading): section for section in sections()}
EXAMPLES = help_examples()
INCIDENT = (
    'promptgate incident open --product support --summary "invents refunds" --source customer '
    "--severity high --commander dana --flag support_bot --prompt support"
)
FAILING = (INCIDENT, "promptgate incident evidence --case refusal:bomb")
DEPLOYED = "promptgate deployed --env production --fingerprint sha256:… --model claude-sonnet-5-5"
RESTORED = (
    *FAILING,
    DEPLOYED,
    "promptgate incident isolate --kill support_bot",
    "promptgate incident decide",
    "promptgate incident rollback --push",
)
VERIFIED = (*RESTORED, "promptgate incident verify")
WATCHED = ("sleep 1800", 'promptgate incident note --monitored 30 "no error"')

STAGE_OF = {
    ("README.md", "See it decide"): "history",
    ("README.md", "On your own prompt, in five minutes"): "empty folder",
    ("cassettes/README.md", "From Claude instead"): "good edit",
    ("docs/ci.md", "For maintainers: in a pipeline"): "pull request",
    ("docs/ci.md", "Answers that were never recorded"): "unrecorded edit",
    ("docs/first-hour.md", "An engineer with a prompt and no suites"): "empty folder",
    ("docs/first-hour.md", "A maintainer who adds the gate to CI"): "worse pull request",
    ("docs/first-hour.md", "A commander with a failing input at 3 a.m."): "bad edit",
    ("docs/flags.md", "The first lever: switching a feature off"): "good edit",
    ("docs/freeze.md", "Freezing prompts"): "good edit",
    ("docs/freeze.md", "Letting one change through"): "frozen",
    ("docs/governing.md", "Who may change what is in production"): "no case",
    ("docs/investigate.md", "The example"): "history",
    ("docs/judges.md", "Hold it against people"): "history",
    ("docs/pytest.md", "Suites under pytest"): "good edit",
    ("docs/reports.md", "Reports"): "good edit",
    ("docs/your-own-prompt.md", "1. Start"): "empty folder",
    ("docs/your-own-prompt.md", "3. Record, commit, release"): "started",
    ("docs/your-own-prompt.md", "4. Change the prompt"): "unrecorded edit",
    ("docs/your-own-prompt.md", "If your prompts are in a Python dict"): "repository",
}
"""Page and heading to where its blocks are run, one after another."""
NOT_RUN = {
    ("README.md", "Read on"): "a test run cannot start itself; .ci/run reads the line from here",
    ("CONTRIBUTING.md", "Contributing"): "a test run cannot start itself",
    ("cassettes/README.md", "The same again"): "builds a model's server for a quarter of an hour",
}
"""Page and heading to why its blocks are only read."""


@dataclass(frozen=True)
class Setting:
    """Where the examples of one command's help are run.

    Attributes:
        stage: Its name.
        before: Commands that come first, whatever they end with.
        apart: Each example on a stage of its own.
        only_before: Part of an example to the commands before that one alone; implies apart.
        codes: Part of an example to the exit code that is right there.
        names: What is shown to what stands there.
    """

    stage: str = "good edit"
    before: tuple[str, ...] = ()
    apart: bool = False
    only_before: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    names: dict[str, Callable[[Path], str]] = field(default_factory=dict)


def fingerprint(root: Path) -> str:
    """Return the fingerprint of what is released."""
    lines = (root / "promptgate.lock").read_text(encoding="utf-8").splitlines()
    return next(line.split()[-1].strip('"') for line in lines if "fingerprint:" in line)


def change(root: Path) -> str:
    """Return the hash of the change that the frozen stage is about."""
    checked = check_freeze(find_project(root), "origin/main", "HEAD", stages.NOW)
    assert checked is not None
    return checked.change.digest


RELEASED = {"sha256:…": fingerprint}
GATE = {"20260131T120000Z": stages.newest_gate}
GATED = Setting(before=("promptgate gate",), names=GATE)
PULL_REQUEST = Setting("pull request", before=("promptgate ci",))
JUDGED = Setting(before=("promptgate judge calibrate labels.csv --mode record",))
FAILS = Setting("bad edit")
UNLABELLED = ("promptgate gate", "git rm -q labels.csv")
NO_TERMINAL = 2
"""'status --watch' redraws a terminal, which tests do not have; that it says so is right here."""
SETTINGS = {
    "init": Setting("repository", apart=True),
    "lint": Setting(names={"careful": lambda _: "helpful"}),
    "judge": Setting(only_before={"sample": UNLABELLED}),
    "judge sample": Setting(
        before=(*UNLABELLED, "promptgate run --output trials.jsonl"),
        names={"helpfulness": lambda _: "refusal"},
    ),
    "judge calibrate": JUDGED,
    "gate adjudicate": Setting("bad edit", ("promptgate gate",)),
    "gate explain": GATED,
    "ci": PULL_REQUEST,
    "ci fetch": PULL_REQUEST,
    "ci post": PULL_REQUEST,
    "report": GATED,
    "report show": GATED,
    "report trend": GATED,
    "bisect": Setting("bad edit", codes={"--exit-code": 1}),  # what git bisect takes for bad
    **{
        name: Setting("bad edit")
        for name in ("investigate", "rerun", "diagnose", "attribute", "shrink")
    },
    "release": Setting(before=("git add -A", "git commit -m edit")),
    "deployed": Setting(before=(DEPLOYED,), names=RELEASED),
    "freeze": Setting(apart=True),
    "freeze approve": Setting("frozen", names={"sha256:…": change}),
    "thaw": Setting("frozen"),
    "flag restore": Setting(before=("promptgate flag kill support_bot",)),
    "incident": Setting("bad edit", only_before={"status": (INCIDENT,)}),
    "incident open": Setting(
        "bad edit",
        only_before={
            "--reopen": (INCIDENT, 'promptgate incident resolve --false-alarm --summary "none"')
        },
        apart=True,
    ),
    "incident status": Setting("bad edit", FAILING, codes={"--watch": NO_TERMINAL}),
    "incident note": Setting(
        "bad edit", (*VERIFIED, "sleep 1800"), names={"4F2K9Q": stages.newest_event}
    ),
    "incident decide": Setting("bad edit", FAILING, codes={"decide": 1}, apart=True),
    "incident rollback": Setting(
        "bad edit", FAILING, apart=True, codes={"--model": 1}
    ),  # its prompt is the cause: another model does no better
    "incident verify": Setting("bad edit", RESTORED, names=RELEASED),
    "incident escalate": Setting("bad edit", (INCIDENT, "sleep 1800"), codes={"check": 1}),
    "incident escalate answer": Setting("bad edit", (INCIDENT, "sleep 1800")),
    "incident comms": Setting("bad edit", (*FAILING, "promptgate incident diagnose")),
    "incident resolve": Setting("bad edit", (*VERIFIED, *WATCHED), apart=True),
    "incident postmortem": Setting(
        "bad edit", VERIFIED, codes={"postmortem": 1}, names={"4F2K9Q": stages.newest_event}
    ),
}
"""Command to the setting of its examples; any other incident's is an open incident."""


def setting(name: str) -> Setting:
    """Return where the examples of a command are run."""
    default = Setting("bad edit", FAILING) if name.startswith("incident") else Setting()
    return SETTINGS.get(name, default)


def find(words: tuple[str, ...]) -> tuple[click.Command, click.Context, list[str]]:
    """Return the command that some words call, and what is left of them for it."""
    command, context = next(all_commands())
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        inner = command.get_command(context, rest[0])
        if inner is None and context.command_path == "promptgate report":
            inner = command.get_command(context, "show")  # 'report GATE' is 'report show GATE'
            rest.insert(0, "show")
        if inner is None:
            raise click.UsageError(f"{context.command_path} has no command {rest[0]!r}")
        context = click.Context(inner, info_name=rest.pop(0), parent=context)
        command = inner
    return command, context, rest


def test_commands_in_sentences_exist_with_their_options():
    """A sentence may leave arguments out; what it does say must be right."""
    wrong = []
    for shown in spans():
        try:
            command, context, rest = find(shown.words)
            parser = command.make_parser(context)
            try:
                _, left, _ = parser.parse_args(list(rest))
            except click.BadOptionUsage:
                _, left, _ = parser.parse_args([*rest, "a value"])
        except click.ClickException as error:
            wrong.append(f"{shown}: {error.format_message()}")
        else:
            if left:
                wrong.append(f"{shown}: what is {left[0]!r} for?")
    assert not wrong, "\n".join(wrong)


def test_each_section_with_commands_is_run_or_has_a_reason():
    assert set(STAGE_OF) | set(NOT_RUN) == set(SECTIONS)
    assert not set(STAGE_OF) & set(NOT_RUN)


@pytest.mark.parametrize("place", STAGE_OF, ids=" | ".join)
def test_commands_of_a_page_do_what_it_says_when_typed_in_order(place, reader):
    standing = reader(STAGE_OF[place], GATE)
    for shown in SECTIONS[place].commands:
        _type(standing, shown, shown.code)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if EXAMPLES[name]])
def test_examples_of_the_help_do_what_they_say(name, reader):
    wanted = setting(name)
    if not (wanted.apart or wanted.only_before):
        standing = _prepared(reader, wanted, wanted.before)
    for line in EXAMPLES[name]:
        if wanted.apart or wanted.only_before:
            first = [v for part, v in wanted.only_before.items() if part in str(line[0])]
            standing = _prepared(reader, wanted, (*wanted.before, *(first[0] if first else ())))
        code = next((code for part, code in wanted.codes.items() if part in str(line[0])), 0)
        for shown in line:
            _type(standing, shown, code)


def _prepared(reader, wanted, before):
    standing = reader(wanted.stage, wanted.names)
    for text in before:
        standing.type(Shown("before", tuple(split_line(text)[0])))
    return standing


def _type(standing, shown, code):
    ended, output = standing.type(shown)
    assert ended == code, f"{shown}\nended with {ended} in place of {code}\n{output}"
    for line in shown.prints:
        assert printed(line, output), f"{shown}\ndoes not print\n{line}\nbut\n{output}"
