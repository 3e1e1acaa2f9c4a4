"""A check in Python: any function of a case and a response.

The function arrives already loaded; finding it by its path is the work of whoever
reads the suite, so that scorers stay free of imports by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable  # noqa: TC003  # read at run time, as the option's type
from typing import TYPE_CHECKING

from promptgate.documents import describe
from promptgate.errors import ScorerError
from promptgate.scorers.interface import Case, Response, Score
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from promptgate.scorers.interface import Scorer


@scorer("python")
def python(function: Callable[..., object]) -> Scorer:
    """A Python function of (case, response) says so.

    It returns true or false, a number from 0 to 1, or a `promptgate.scorers.Score`.
    Anything else, or an exception, leaves the trial unscored. It must give the same
    result for the same answer. Nothing but the function decides: an empty answer is
    given to it like any other.

    Example:
        {python: "checks:polite"}

    Args:
        function: Its path, 'package.module:function'.
    """
    name = getattr(function, "__qualname__", type(function).__qualname__)
    if inspect.iscoroutinefunction(function):
        raise ScorerError(f"the function {name!r} is asynchronous; write it with a plain 'def'.")
    try:
        inspect.signature(function).bind(None, None)
    except ValueError:  # a function written in C may not tell its parameters
        pass
    except TypeError:
        raise ScorerError(
            f"the function {name!r} cannot be called with a case and a response; "
            f"write 'def {name}(case, response)'."
        ) from None

    def check(case: Case, response: Response) -> Score:
        found = function(case, response)
        if isinstance(found, Score):
            return found
        if isinstance(found, bool | int | float):
            return Score(float(found), f"{name} returned {found!r}")
        return Score(None, f"{name} returned {describe(found)}, not a score")

    return check
