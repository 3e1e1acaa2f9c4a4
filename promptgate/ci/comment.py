"""The comment in a pull request: the judgement in Markdown, within the forge's limit.

Text of models and people is escaped by promptgate.reports.escape. GitLab obeys lines
that begin with a slash, so none does.
"""

from __future__ import annotations

import math
import re
import shlex
from typing import TYPE_CHECKING

from promptgate.ci.forges import Forge
from promptgate.errors import ExitCode
from promptgate.prompts import Finding, Severity
from promptgate.reports.escape import markdown, one_line
from promptgate.reports.markdown import render_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.ci.forges import Pipeline
    from promptgate.ci.judging import Judgement
    from promptgate.ci.lacking import Lacking
    from promptgate.reports.summary import Account

LIMITS = {Forge.GITHUB: 65_536, Forge.GITLAB: 1_000_000, Forge.NONE: 65_536}
"""Characters that a comment may have."""
RESERVE = 200
_MOST = 20
_SIGN = {ExitCode.BLOCKED: "🔒", ExitCode.INVALID_EVIDENCE: "⏸️", ExitCode.BAD_INPUT: "❌"}


def marker(prefix: str) -> str:
    """Return the first line of a comment, by which the next run finds it.

    Args:
        prefix: The project's folder from the top of the repository: each has its own comment.
    """
    return f"<!-- promptgate {re.sub(r'[^A-Za-z0-9._/-]|--', '_', prefix or '.')} -->"


def comment(
    judgement: Judgement, account: Account | None, pipeline: Pipeline, prefix: str = ""
) -> str:
    """Return the comment.

    Args:
        judgement: Of the change.
        account: What reports show of the gate; None where it came to no decision.
        pipeline: Whose limit holds, and what the last line names.
        prefix: The project's folder from the top of the repository.
    """
    limit = LIMITS[pipeline.forge] - RESERVE
    foot = "\n".join(_foot(judgement, pipeline))
    extra = "\n".join((*_lint(judgement), *_examined(judgement)))
    room = limit - len(foot) - len(extra)
    if account is None:
        body = "\n".join(_without_gate(judgement, pipeline, prefix))
    else:
        body = "\n".join(
            (*_above_gate(judgement), render_markdown(account, room - len(marker(prefix)) - 300))
        )
    if len(body) > room:
        body = body[:room].rsplit("\n", 1)[0] + "\n\n_Shortened._"
    text = "\n\n".join(part.strip("\n") for part in (marker(prefix), body, extra, foot) if part)
    return re.sub(r"^([ \t]*)/", "\\1\u2060/", text, flags=re.MULTILINE) + "\n"


def _above_gate(judgement: Judgement) -> Iterator[str]:
    """Yield what outranks a gate's own heading."""
    if judgement.run is not None and judgement.reason != judgement.run.decision.reason:
        yield f"## ❌ {judgement.outcome}: {markdown(judgement.reason)}"
        yield ""


def _without_gate(judgement: Judgement, pipeline: Pipeline, prefix: str) -> Iterator[str]:
    lacking = judgement.lacking
    title = f"{judgement.outcome}: answers are missing" if lacking else judgement.outcome
    yield f"## {_SIGN.get(judgement.exit_code, '⏸️')} {title}"
    yield ""
    if lacking is None:
        yield markdown(_cut(judgement.reason, 4000))
        return
    yield (
        "The gate judges recorded answers, and some of what this change asks was never asked. "
        "It is neither better nor worse as far as anybody knows."
    )
    yield ""
    yield "| suite | answers missing |"
    yield "|---|--:|"
    rows = sorted(lacking.suites.items())
    for name, count in rows[:_MOST]:
        yield f"| {markdown(name)} | {count:,} |"
    if len(rows) > _MOST:
        rest = sum(count for _, count in rows[_MOST:])
        yield f"| {len(rows) - _MOST} more | {rest:,} |"
    yield ""
    yield f"To record: {markdown(str(lacking.bill))}. {_who(pipeline)}"
    yield ""
    yield from record_lines(judgement, pipeline, prefix)
    if judgement.exit_code is ExitCode.BLOCKED:
        yield ""
        yield markdown(_cut(judgement.reason, 4000))


def log_lines(judgement: Judgement, pipeline: Pipeline, prefix: str = "") -> list[str]:
    """Return what a log is to say beside the gate: what lint found, and what to record."""
    lines = [
        f"{found.file}:{found.line} {found.severity} {found.message} [lint {found.rule}]"
        for found in _found(judgement)
    ]
    if judgement.lacking is not None:
        lines += [f"{judgement.lacking.bill}.", *_unfenced(judgement, pipeline, prefix)]
    return lines


def _who(pipeline: Pipeline) -> str:
    if pipeline.fork:
        return (
            "This comes from a fork, whose pipelines have no key: a maintainer reads the change, "
            "then records."
        )
    return "Somebody with a key records and commits them."


def _unfenced(judgement: Judgement, pipeline: Pipeline, prefix: str) -> Iterator[str]:
    """Yield the ways to record without Markdown's fences, which a terminal does not read."""
    lines = record_lines(judgement, pipeline, prefix)
    return (line for line in lines if not line.startswith("```"))


def record_lines(judgement: Judgement, pipeline: Pipeline, prefix: str = "") -> Iterator[str]:
    """Yield the ways to record what is missing, as lines of Markdown.

    Args:
        judgement: That lacks answers.
        pipeline: That found it out.
        prefix: The project's folder from the top of the repository.
    """
    lacking = judgement.lacking
    assert lacking is not None
    number = pipeline.request
    if number is not None and pipeline.forge is Forge.GITHUB:
        usd = _usd(lacking)
        most = f" -f max_cost={usd}" if usd is not None else ""
        yield "Start the job that has the key, where the workflow is that of `promptgate init`:"
        yield ""
        yield "```sh"
        yield f"gh workflow run promptgate.yml -f pull_request={number}{most}"
        yield "```"
        yield ""
        yield "or do it on your machine:"
    elif number is not None and pipeline.forge is Forge.GITLAB:
        yield "Start the job `promptgate-record` of this pipeline, which has the key, or do it on "
        yield "your machine:"
    else:
        yield "On your machine:"
    yield ""
    yield "```sh"
    if number is not None:
        tool = "glab mr checkout" if pipeline.forge is Forge.GITLAB else "gh pr checkout"
        yield f"{tool} {number}"
    if prefix:
        yield f"cd {_word(prefix)}"
    cap = _usd(lacking)
    limit = f"--max-cost {cap}" if cap is not None else f"--max-calls {lacking.bill.calls}"
    base = judgement.base
    against = f" --base {_word(base.revision)}" if base is not None and base.commit else ""
    yield f"promptgate gate --mode record {limit}{against}"
    own = () if number is not None else lacking.edited  # a request's edits are committed already
    folders = " ".join(_word(folder) for folder in (*own, lacking.folder))
    yield f'git add {folders} && git commit -m "Record answers" && git push'
    yield "```"


def _word(text: str) -> str:
    """Return a text as one word of a shell that cannot end the block of code that it stands in."""
    return shlex.quote(one_line(text, 300).replace("`", "?"))


def _usd(lacking: Lacking) -> int | None:
    """Return the whole dollars that recording will not exceed; None where that is unknown."""
    most = lacking.bill.most_usd
    return None if most is None else max(1, math.ceil(most))


def _found(judgement: Judgement) -> list[Finding]:
    """Return what lint found that an author has to look at."""
    return [one for one in judgement.own_findings if one.severity is not Severity.INFO]


def _lint(judgement: Judgement) -> Iterator[str]:
    shown = _found(judgement)
    if not shown:
        return
    yield ""
    yield "### Lint"
    yield ""
    for found in shown[:_MOST]:
        place = f"{found.file}:{found.line}" if found.line else found.file
        text = f"{place}: {found.message}"
        yield f"- {found.severity}: {markdown(_cut(text, 600))}"
    if len(shown) > _MOST:
        yield f"- and {len(shown) - _MOST} more"


def _examined(judgement: Judgement) -> Iterator[str]:
    examined = judgement.examined
    if examined is None or not examined.review:
        return
    yield ""
    yield "### Review"
    yield ""
    sign = {"pass": "✅", "warn": "⚠️", "block": "⛔"}
    for found in examined.review:
        mark = sign.get(str(found.state), "")
        yield f"- {mark} {markdown(found.rule)}: {markdown(_cut(found.message, 600))}"


def _foot(judgement: Judgement, pipeline: Pipeline) -> Iterator[str]:
    base = judgement.base
    told = []
    if base is not None:
        commit = f" ({base.commit[:9]})" if base.commit else ""
        told.append(f"rules of {markdown(base.revision)}{commit}")
    if pipeline.head:
        told.append(f"commit {pipeline.head[:9]}")
    if pipeline.run:
        told.append(f"[everything about this run]({pipeline.run})")
    if told:
        yield f"<sub>{' · '.join(told)}</sub>"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
