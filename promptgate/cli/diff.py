"""`promptgate diff`: what an edit changes, in the texts, the requests and the answers."""

from __future__ import annotations

import click

from promptgate.cli.common import (
    open_checked_project,
    patience,
    screen_for,
    write_json,
    write_output,
)
from promptgate.cli.options import json_option


@click.command(
    epilog="""\b
Examples:
  promptgate diff
  promptgate diff support HEAD~3
  promptgate diff support v1.4 v1.5 --json - --no-answers"""
)
@click.argument("words", nargs=-1, metavar="[PROMPT] [A] [B]")
@click.option("--no-answers", is_flag=True, help="Look at texts and requests only.")
@json_option
@click.option("--html", metavar="FILE", help="Also write it as one HTML file; '-' is stdout.")
def diff(words: tuple[str, ...], no_answers: bool, json_file: str | None, html: str | None) -> int:
    """Show what an edit does: A is what was released, B the work tree, unless given.

    Of each prompt that differs: its files, partials included, line by line; its model
    and parameters; how the requests of its suites' cases differ; and, from recordings
    alone, which answers changed and how their scores moved. Decides nothing: that is
    'promptgate gate'.
    """
    from promptgate.models.cassettes import Cassettes
    from promptgate.reports.edit import account_of_edit, edit_json
    from promptgate.reports.edit_page import edit_html
    from promptgate.reports.edit_text import render_edit
    from promptgate.runs.behaviour import edit, governed, parse_words

    project = governed(open_checked_project())
    asked = parse_words(project, words)
    with patience("Comparing …"):
        found = edit(project, asked, None if no_answers else Cassettes(project.cassettes))
        account = account_of_edit(found)
    screen_for(json_file, html).print(render_edit(account))
    write_json(json_file, edit_json(account))
    if html is not None:
        write_output(html, edit_html(account))
    return 0
