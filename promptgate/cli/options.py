"""The options that many commands have, and the types of what is written behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")
_LARGEST = 1e9


class _Pair(click.ParamType[tuple[str, str]]):
    """The type of an option that is written NAME=VALUE: both parts."""

    name = "pair"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Part the name from the value, which may be empty."""
        if isinstance(value, tuple):
            return value
        name, equals, text = value.partition("=")
        if not equals or not name.strip():
            self.fail(f"{value!r} has no name and '='; write NAME=VALUE.", param, ctx)
        return name.strip(), text


class _Count(click.ParamType[int]):
    """A whole number from 1; its help shows no range."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it."""
        number = click.INT.convert(value, param, ctx)
        if number < 1:
            self.fail(f"{value!r} must be at least 1.", param, ctx)
        return int(number)


class _Amount(click.ParamType[float]):
    """A number from 0; 'nan', which no comparison would ever hold to, is none."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read it."""
        number = click.FLOAT.convert(value, param, ctx)
        if not 0 <= number <= _LARGEST:
            self.fail(f"{value!r} must be a number of {self.name} from 0.", param, ctx)
        return float(number)


PAIR, COUNT = _Pair(), _Count()
DOLLARS, MINUTES = _Amount("dollars"), _Amount("minutes")


def json_option(command: CommandT) -> CommandT:
    """Add `--json FILE`."""
    return click.option(
        "--json",
        "json_file",
        metavar="FILE",
        help="Also write the result as JSON; '-' is standard output.",
    )(command)


def selection_options(command: CommandT) -> CommandT:
    """Add `--suite`, `--case` and `--tag`."""
    for name, what in (
        ("tag", "Only cases with this tag; repeatable."),
        ("case", "Only this case, or suite:case; repeatable, takes * and ?."),
        ("suite", "Only this suite; repeatable, takes * and ?."),
    ):
        command = click.option(f"--{name}", f"{name}s", multiple=True, metavar="NAME", help=what)(
            command
        )
    return command


def judging_options(command: CommandT) -> CommandT:
    """Add `--ladder` and `--allow-gap`."""
    ladder = click.option(
        "--ladder",
        is_flag=True,
        help="Ask once, then up to 3 and 5 times where that does not decide.",
    )
    gap = click.option(
        "--allow-gap",
        is_flag=True,
        help="Compare arms recorded far apart or served by other models.",
    )
    return ladder(gap(command))


def mode_option(command: CommandT) -> CommandT:
    """Add `--mode`, with the limits of what recording may use."""
    return click.option(
        "--mode",
        type=click.Choice(["replay", "record", "refresh"]),
        default="replay",
        show_default=True,
        help="Replay answers, record missing ones, or refresh all.",
    )(cap_options(command))


def record_option(command: CommandT) -> CommandT:
    """Add `--mode` for what asks a judge alone, with the limits of what recording may use."""
    return click.option(
        "--mode",
        type=click.Choice(["replay", "record"]),
        default="replay",
        show_default=True,
        help="replay the judge's recordings, or record what is missing.",
    )(cap_options(command))


def cap_options(command: CommandT) -> CommandT:
    """Add `--max-calls` and `--max-cost`."""
    calls = click.option(
        "--max-calls",
        type=COUNT,
        metavar="N",
        help="Refuse to record where more answers are needed.",
    )
    usd = click.option(
        "--max-cost",
        type=DOLLARS,
        metavar="USD",
        help="Refuse to record what may cost more, in US dollars.",
    )
    return calls(usd(command))
