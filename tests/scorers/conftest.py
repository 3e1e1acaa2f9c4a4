"""What every test of a scorer needs: a case, and the application of an entry to an answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from promptgate.scorers import Answer, Score, build


@dataclass(frozen=True)
class AskedCase:
    id: str = "track-order"
    vars: Mapping[str, Any] = field(default_factory=lambda: {"question": "Where is my order?"})
    messages: Sequence[Any] | None = None


@pytest.fixture
def case() -> AskedCase:
    return AskedCase()


@pytest.fixture
def check(case: AskedCase) -> Callable[..., Score]:
    """check(name, argument, text, **response) scores an answer as a suite's entry would."""

    def apply(name: str, argument: Any, text: str, **response: Any) -> Score:
        return build(name, argument)(case, Answer(text, **response))

    return apply
