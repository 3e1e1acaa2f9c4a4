"""Judges and their calibrations, for a terminal and as plain data."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from promptgate.gate.schema import judge_json
from promptgate.reports.escape import one_line, terminal
from promptgate.reports.styles import BADGE_DOUBT, BADGE_GOOD, DOUBT, GOOD, QUIET, STRONG
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from promptgate.gate import Calibration, Policy
    from promptgate.gate.calibration import Share
    from promptgate.runs.judging.sampling import Population
    from promptgate.runs.judging.standing import Standing
    from promptgate.runs.results import Trial
    from promptgate.scorers.judge import Judge

_SHORT = len("sha256:") + 12


def render_judges(found: Sequence[Standing]) -> RenderableType:
    """Return the table of a project's judges."""
    if not found:
        return Text("No judge is declared; write [judges.NAME] in promptgate.toml.")
    table = plain_table("judge", "models", "labels", "digest", "kappa", right=("kappa",))
    table.add_column("may gate", overflow="fold")
    for one in found:
        kappa = one.evidence.calibration.kappa if one.evidence.calibration else None
        table.add_row(
            Text(one_line(one.judge.name)),
            Text(one_line(", ".join(one.judge.models))),
            " > ".join(one.judge.labels),
            one.judge.digest[:_SHORT],
            "" if kappa is None else f"{kappa.kappa:.2f}",
            _may(one.faults),
        )
    return table


def _may(faults: Sequence[str]) -> Text:
    if not faults:
        return Text("yes", style=GOOD)
    return Text.assemble(("no", DOUBT), f": {one_line('; '.join(faults), 300)}")


def render_judge(one: Standing) -> RenderableType:
    """Return what a judge is told, whole."""
    judge = one.judge
    asked = f"asked {judge.repeats} × of each" if judge.repeats > 1 else "asked once"
    return Group(
        Text.assemble((one_line(judge.name), STRONG), f"  {', '.join(judge.models)}, {asked}"),
        Text(judge.digest, style=QUIET),
        Text.assemble("may gate: ", _may(one.faults)),
        Text(),
        Text("Instructions, the same for every answer", style=STRONG),
        Padding(Text(terminal(judge.instructions)), (0, 0, 0, 2)),
        Text(),
        Text("Form of the reply (output_config.format)", style=STRONG),
        Padding(Text(json.dumps(judge.reply_schema, ensure_ascii=False)), (0, 0, 0, 2)),
    )


def standing_json(one: Standing) -> dict[str, Any]:
    """Return a judge as plain data."""
    judge = one.judge
    return {
        **judge_json(one.evidence, one.faults),
        "models": list(judge.models),
        "repeats": judge.repeats,
        "compares": judge.compares,
        "worth": dict(judge.worth),
        "calls": judge.calls,
        "instructions": judge.instructions,
    }


def render_calibration(judge: Judge, found: Calibration, policy: Policy) -> RenderableType:
    """Return a calibration for a terminal: the figures, what biases it, whether it may gate."""
    parts: list[RenderableType] = [
        Text.assemble(
            (one_line(judge.name), STRONG),
            f"  {one_line(', '.join(judge.models))}  {len(found.items)} labels  ",
            (judge.digest[:_SHORT], QUIET),
        ),
        Text(),
        _confusion(found),
        Text(),
        _figures(found),
        Text(),
    ]
    if found.unscored:
        replies = "1 reply is" if found.unscored == 1 else f"{found.unscored} replies are"
        parts.append(Text(f"{replies} no verdict (unscored)."))
    parts += [Text(line) for line in bias_lines(judge, found)]
    faults = found.faults(policy)
    parts.append(Text())
    if faults:
        parts.append(Text(" MAY NOT GATE ", style=BADGE_DOUBT))
        parts += [Text(f"  • {one_line(fault, 300)}") for fault in faults]
        parts.append(Text("  A suite that it scores is INCONCLUSIVE at best.", style=QUIET))
    else:
        parts.append(Text(" MAY GATE ", style=BADGE_GOOD))
    return Group(*parts)


def _confusion(found: Calibration) -> Table:
    """Return how often each label of people met each label of the judge."""
    labels = sorted(found.worth, key=lambda label: (-found.worth[label], label))
    given = (*map(one_line, labels), "no verdict")
    table = plain_table("people \\ judge", *given, right=given)
    for human in labels:
        own = [item for item in found.items if item.human == human]
        counts = [sum(item.judge == label for item in own) for label in labels]
        none = sum(item.judge is None for item in own)
        table.add_row(Text(one_line(human)), *(str(count) for count in counts), str(none))
    return table


def _figures(found: Calibration) -> Table:
    """Return accuracy, sensitivity, specificity and kappa, of all and of each arm."""
    numbers = ("labels", "accuracy", "sensitivity", "specificity", "kappa (95 %)")
    table = plain_table("answers", *numbers, right=numbers)
    for name, part in {"all": found, **found.arms()}.items():
        kappa = part.kappa
        told = "undefined"
        if kappa is not None:
            told = f"{kappa.kappa:.3f} ({kappa.lower:.2f} to {kappa.upper:.2f})"
        shares = (_share(s) for s in (part.accuracy, part.sensitivity, part.specificity))
        table.add_row(Text(one_line(name)), str(len(part.items)), *shares, told)
    return table


def _share(share: Share) -> str:
    value, interval = share.value, share.interval
    if value is None or interval is None:
        return "–"
    return f"{value:.1%} ({interval[0]:.0%} to {interval[1]:.0%})"


def bias_lines(judge: Judge, found: Calibration) -> list[str]:
    """Return what is known of verbosity and position, and of differences between the arms."""
    lines = []
    slope = found.verbosity()
    if slope is None:
        lines.append("Verbosity: not measurable, as the answers do not differ in length.")
    else:
        word = "a bias" if slope.is_shown else "no bias shown"
        lines.append(
            f"Verbosity: {slope.slope * 100:+.1f} points over people's for an answer twice as "
            f"long (95 %: {slope.lower * 100:+.1f} to {slope.upper * 100:+.1f}): {word}."
        )
    position = found.position()
    if position is not None:
        lines.append(
            f"Position: of {position.pairs} pairs the first was preferred in both orders "
            f"{position.first} times, the second {position.second} (exact p {position.p:.2g}); "
            "each counts as a tie."
        )
    elif not judge.compares:
        lines.append("Position: none, as it is shown one answer at a time.")
    lines += [
        f"Arms: {what} of {one} and {other} differ with p {p:.2g} (Fisher's exact)."
        for what, one, other, p in found.arm_gaps()
    ]
    return lines


def render_sample(source: Population, drawn: Sequence[Trial], file: str) -> RenderableType:
    """Return what was drawn for people to label, and from how many."""
    table = plain_table("arm", "verdict", "answers", "drawn", right=("answers", "drawn"))
    for arm, verdict, answers, chosen in _strata(source, drawn):
        table.add_row(Text(one_line(arm)), verdict or "none", f"{answers:,}", f"{chosen:,}")
    spread = "" if source.is_judged else ", which the judge has not seen: spread over arms alone"
    told = f"Drawn {len(drawn):,} of {len(source.trials):,} answers{spread}."
    fill = f"Written to {file}; fill its column 'label' with {', '.join(source.judge.labels)}."
    return Group(table, Text(), Text(told), Text(one_line(fill, 400)))


def sample_json(source: Population, drawn: Sequence[Trial], file: str, seed: int) -> dict[str, Any]:
    """Return what was drawn as plain data; `strata` without which answer is in which."""
    return {
        "schema_version": 1,
        "judge": source.judge.name,
        "file": file,
        "seed": seed,
        "answers": len(source.trials),
        "drawn": len(drawn),
        "judged": source.is_judged,
        "strata": [
            {"arm": arm, "verdict": verdict, "answers": answers, "drawn": chosen}
            for arm, verdict, answers, chosen in _strata(source, drawn)
        ],
    }


def _strata(source: Population, drawn: Sequence[Trial]) -> list[tuple[str, str, int, int]]:
    answers = Counter((trial.arm, source.verdict(trial)) for trial in source.trials)
    chosen = Counter((trial.arm, source.verdict(trial)) for trial in drawn)
    return [(*key, answers[key], chosen[key]) for key in sorted(answers)]


def calibration_json(
    judge: Judge, found: Calibration, policy: Policy, stored: str | None
) -> dict[str, Any]:
    """Return a calibration as plain data."""
    slope, position = found.verbosity(), found.position()
    return {
        "schema_version": 1,
        "judge": judge.name,
        "digest": judge.digest,
        "models": list(judge.models),
        **_figures_json(found),
        "unscored": found.unscored,
        "arms": {name: _figures_json(part) for name, part in found.arms().items()},
        "arm_gaps": [
            {"what": what, "arms": [one, other], "p": p} for what, one, other, p in found.arm_gaps()
        ],
        "verbosity": None
        if slope is None
        else {
            "points_per_doubling": slope.slope,
            "lower": slope.lower,
            "upper": slope.upper,
            "shown": slope.is_shown,
        },
        "position": None
        if position is None
        else {
            "pairs": position.pairs,
            "first": position.first,
            "second": position.second,
            "p": position.p,
        },
        "may_gate": not found.faults(policy),
        "faults": list(found.faults(policy)),
        "file": stored,
    }


def _figures_json(found: Calibration) -> dict[str, Any]:
    kappa = found.kappa
    return {
        "labels": len(found.items),
        "accuracy": _share_json(found.accuracy),
        "sensitivity": _share_json(found.sensitivity),
        "specificity": _share_json(found.specificity),
        "kappa": None
        if kappa is None
        else {"value": kappa.kappa, "lower": kappa.lower, "upper": kappa.upper},
    }


def _share_json(share: Share) -> dict[str, Any]:
    interval = share.interval
    return {
        "value": share.value,
        "hits": share.hits,
        "of": share.of,
        "lower": None if interval is None else interval[0],
        "upper": None if interval is None else interval[1],
    }
