"""Which models the SDK knows, and when each reaches its end of life.

The SDK holds both tables in its source. They are read from there as text, not
copied and not imported: an import takes more than a second, and a copy is wrong
after the next release of the SDK.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODELS_FILE = "types/model_param.py"
_LIFE_FILES = ("_data/deprecated_models.py", "resources/messages/messages.py")
"""Where releases of the SDK keep the table: from 2.14 in the first alone, before in both."""
_LIFE_TABLE = re.compile(r"^DEPRECATED_MODELS\b[^={]*=\s*(\{.*?^\})", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class ModelStatus:
    """What the SDK says about one model.

    Attributes:
        model: Its id.
        known: Whether the SDK lists it, as current or as deprecated. A gateway's or
            a local server's model is not known, which is no fault.
        end_of_life: The day from which it is no longer served, once announced.
    """

    model: str
    known: bool
    end_of_life: date | None

    def retired(self, today: date) -> bool:
        """Whether its end of life has come."""
        return self.end_of_life is not None and today >= self.end_of_life


@dataclass(frozen=True)
class ModelCatalogue:
    """The SDK's tables of models.

    Attributes:
        models: The ids of the models that it lists as current.
        end_of_life: Deprecated models, retired ones included, and their last days.
    """

    models: tuple[str, ...]
    end_of_life: Mapping[str, date]

    def status(self, model: str) -> ModelStatus:
        """Return what is known of a model."""
        known = model in self.models or model in self.end_of_life
        return ModelStatus(model, known, self.end_of_life.get(model))


@lru_cache(maxsize=1)
def sdk_catalogue() -> ModelCatalogue:
    """Read the tables of the installed SDK; 5 to 15 ms, once a process.

    Raises:
        InputError: The SDK is not installed, or its tables are no longer where they were.
    """
    spec = find_spec("anthropic")
    if spec is None or not spec.submodule_search_locations:
        raise InputError("the SDK is not installed; run: pip install 'anthropic>=2.12,<3'.")
    folder = Path(spec.submodule_search_locations[0])
    try:
        models = _models((folder / _MODELS_FILE).read_text(encoding="utf-8"))
        life: dict[str, date] = {}
        for file in (folder / name for name in _LIFE_FILES):
            if file.exists():
                life.update(_end_of_life(file.read_text(encoding="utf-8")))
        if not life:
            raise ValueError(f"no DEPRECATED_MODELS in {' or '.join(_LIFE_FILES)}")
    except (OSError, ValueError, SyntaxError) as error:
        raise InputError(
            f"the SDK's table of models cannot be read ({error}); install a release that "
            "promptgate knows: pip install 'anthropic>=2.12,<3'."
        ) from None
    return ModelCatalogue(models, life)


def _models(source: str) -> tuple[str, ...]:
    """Return the texts of the first `Literal[...]` in a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal":
            values = ast.literal_eval(node.slice)
            return tuple(values) if isinstance(values, tuple) else (values,)
    raise ValueError("no list of models in it")


def _end_of_life(source: str) -> dict[str, date]:
    """Return the table that a module holds; empty where it holds none."""
    found = _LIFE_TABLE.search(source)
    if found is None:
        return {}
    table: dict[str, str] = ast.literal_eval(found.group(1))
    return {model: _day(text) for model, text in table.items()}


def _day(text: str) -> date:
    """Read a day as the SDK writes it: 'November 30th, 2026'."""
    plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text)
    return datetime.strptime(plain, "%B %d, %Y").date()  # noqa: DTZ007  # a day has no zone
