"""`promptgate ci`: judge the change that a pipeline runs for, and tell the forge."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import (
    live_source,
    open_checked_project,
    patience,
    refuse_group_options,
    screen_for,
    write_json,
)
from promptgate.cli.options import json_option, judging_options, mode_option
from promptgate.errors import InputError

if TYPE_CHECKING:
    from promptgate.ci.forges import Pipeline
    from promptgate.ci.judging import Judgement
    from promptgate.project import Project

TOKENS = ("PROMPTGATE_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN")
_folder_option = click.option(
    "--folder",
    metavar="DIR",
    help="Where comment, reports and results go.  [default: 'ci' in the folder of reports]",
)


@click.group(
    invoke_without_command=True,
    subcommand_metavar="[COMMAND]",
    epilog="""\b
Examples:
  promptgate ci fetch && promptgate ci && promptgate ci post
  promptgate ci --all --base origin/main
  promptgate ci --mode record --max-cost 5""",
)
@click.option(
    "--baseline", metavar="REV", help="What to compare with.  [default: what is released]"
)
@click.option(
    "--candidate", metavar="REV", default="worktree", show_default=True, help="What to judge."
)
@click.option(
    "--base",
    metavar="REV",
    help="Where the change goes: its rules hold.  [default: as the forge says]",
)
@click.option("--review", metavar="FILE", help="The forge's reviews.  [default: as fetched]")
@judging_options
@click.option("--all", "everything", is_flag=True, help="Also suites of prompts that are the same.")
@mode_option
@_folder_option
@json_option
@click.pass_context
def ci(
    context: click.Context,
    /,
    json_file: str | None,
    folder: str | None,
    base: str | None,
    review: str | None,
    max_calls: int | None,
    max_cost: float | None,
    **options: Any,
) -> int:
    """Judge the change that this pipeline runs for.

    Takes base, event and change from the variables of GitHub or GitLab; looks at lint,
    freeze and review; gates the suites of the prompts that changed; writes a comment, a
    summary, remarks at the lines that were edited, JUnit, JSON and HTML. Needs no key.
    Exits as the gate does; 5 says what a maintainer has to record, and how.
    """
    if context.invoked_subcommand is not None:
        refuse_group_options(context)
        return 0
    from promptgate.ci.forges import read_pipeline
    from promptgate.ci.history import check_checked_out
    from promptgate.ci.judging import judge
    from promptgate.release.history import find_repository
    from promptgate.runs.answers import utc_now
    from promptgate.runs.gate_options import GateOptions

    project = open_checked_project()
    pipeline = read_pipeline(os.environ)
    repository = find_repository(project.root)
    if repository is not None:
        check_checked_out(repository, pipeline)
    place = _place(project, folder)
    fetched = place / "reviews.json"
    export = Path(review) if review else fetched if fetched.is_file() else None
    wait = patience("Judging …")
    with wait as ready, live_source(project, max_calls, max_cost, ready) as source:
        chosen = GateOptions(**options)
        judged = judge(project, pipeline, chosen, source, utc_now(), base=base, reviews=export)
    prefix = repository.prefix if repository is not None else ""
    result = _tell(project, pipeline, judged, place, prefix, json_file)
    write_json(json_file, result)
    return int(judged.exit_code)


def _place(project: Project, folder: str | None) -> Path:
    return project.reports / "ci" if folder is None else Path(folder)


def _tell(
    project: Project,
    pipeline: Pipeline,
    judged: Judgement,
    place: Path,
    prefix: str,
    json_file: str | None,
) -> dict[str, Any]:
    """Show the judgement, write its files, and hand the forge what it takes from a step."""
    from promptgate.ci.annotating import quiet, workflow_commands
    from promptgate.ci.comment import log_lines
    from promptgate.ci.documents import documents
    from promptgate.ci.forges import Forge
    from promptgate.reports.console import render
    from promptgate.reports.escape import one_line, terminal
    from promptgate.reports.summary import account_of_gate
    from promptgate.runs.store import store_gate

    on_github = pipeline.forge is Forge.GITHUB
    screen = screen_for(json_file)

    def say(line: str) -> None:
        click.echo(line, err=json_file == "-")

    account = None
    if judged.run is not None:
        account = account_of_gate(judged.run, store_gate(project, judged.run).name)
    with quiet(say) if on_github else nullcontext():
        if account is not None:
            screen.print(render(account))
        if judged.run is None or judged.reason != judged.run.decision.reason:
            screen.print(f"{judged.outcome}  {one_line(judged.reason, 4000)}", markup=False)
        for line in log_lines(judged, pipeline, prefix):
            screen.print(terminal(line), markup=False, soft_wrap=True)
    written, result = documents(judged, account, pipeline, prefix)
    for name, text in written.items():
        _write(place / name, text)
    if on_github:
        for line in workflow_commands(judged.annotations(prefix)):
            say(line)
        _append("GITHUB_STEP_SUMMARY", written["comment.md"])
        told = {"exit-code": int(judged.exit_code), "outcome": judged.outcome, "folder": place}
        told["pull-request"] = pipeline.request if pipeline.request is not None else ""
        _append("GITHUB_OUTPUT", "".join(f"{name}={value}\n" for name, value in told.items()))
    return result


def _write(file: Path, text: str) -> None:
    from promptgate.files import output_file

    with output_file(file) as stream:
        stream.write(text.encode("utf-8", "replace"))


def _append(variable: str, text: str) -> None:
    """Append to the file that GitHub names in a variable, where it does."""
    file = os.environ.get(variable)
    if file:
        with Path(file).open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(text)


@ci.command(
    epilog="""\b
Examples:
  promptgate ci fetch"""
)
@_folder_option
@json_option
def fetch(folder: str | None, json_file: str | None) -> int:
    """Fetch what the gate reads of git: the branch that governs, and where the change left it.

    A pipeline's clone is shallow; history is fetched until both meet. With a token in
    PROMPTGATE_TOKEN or GITHUB_TOKEN the reviews of the change are fetched too.
    """
    import json

    from promptgate.ci.forges import read_pipeline
    from promptgate.ci.history import fetch_history
    from promptgate.ci.posting import NotPosted, reviews
    from promptgate.errors import RevisionError
    from promptgate.release.history import find_repository

    project = open_checked_project()
    pipeline = read_pipeline(os.environ)
    repository = find_repository(project.root)
    if repository is None:
        raise RevisionError(f"{project.root} is in no git repository; check it out first.")
    names = fetch_history(project, repository, pipeline)
    screen_for(json_file).print(f"Fetched {', '.join(names)}.", markup=False)
    file = _place(project, folder) / "reviews.json"
    file.unlink(missing_ok=True)
    token = _token()
    if token and pipeline.request is not None:
        try:
            _write(file, json.dumps(reviews(pipeline, token)))
        except NotPosted as error:
            click.echo(f"promptgate: Reviews were not fetched: {error}", err=True)
    fetched = {"fetched": list(names), "reviews": str(file) if file.exists() else None}
    write_json(json_file, {"schema_version": 1, **fetched})
    return 0


@ci.command(
    epilog="""\b
Examples:
  GITHUB_TOKEN=… promptgate ci post"""
)
@_folder_option
@json_option
def post(folder: str | None, json_file: str | None) -> int:
    """Put the comment that 'promptgate ci' wrote into the pull request.

    The comment of an earlier run is replaced. Run it in a step of its own: it alone
    needs the forge's token (PROMPTGATE_TOKEN, GITHUB_TOKEN or GITLAB_TOKEN).
    """
    from promptgate.ci.forges import read_pipeline
    from promptgate.files import read_text
    from promptgate.reports.escape import one_line

    text = read_text(_place(open_checked_project(), folder) / "comment.md")
    done, told = _post(read_pipeline(os.environ), text)
    screen_for(json_file).print(one_line(told, 1000), markup=False)
    write_json(json_file, {"schema_version": 1, "posted": done, "told": told})
    return 0


def _post(pipeline: Pipeline, text: str) -> tuple[bool, str]:
    """Post a comment; return whether that was done, and what to say of it.

    Raises:
        NotPosted: It could not be, though this pipeline is no fork's.
    """
    from promptgate.ci.forges import Event
    from promptgate.ci.posting import NotPosted, post

    token = _token()
    if pipeline.event is not Event.REQUEST:
        return False, "Nothing to comment on: this runs for no pull request."
    if token is None:
        if not pipeline.fork:
            raise NotPosted(f"there is no token; put one into {TOKENS[0]}.")
        return False, "Not commented: a fork's pipeline has no token."
    try:
        done = post(pipeline, token, text.split("\n", 1)[0], text)
    except NotPosted as error:
        if not pipeline.fork:
            raise
        return False, f"Not commented, from a fork: {error}"
    return True, f"Comment {done}."


def _token() -> str | None:
    for name in TOKENS:
        if token := os.environ.get(name, "").strip():
            if not (token.isascii() and token.isprintable()):
                raise InputError(f"{name} holds a letter that no token has; copy it once more.")
            return token
    return None
