"""What a gate asked, kept beside its trials: both arms' prompts, and the request of each case.

A stored gate must be readable when its revisions are gone and its recordings are
pruned. Requests repeat one another almost word for word, so their file is compressed.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from promptgate.errors import InputError, PromptError
from promptgate.files import replacing
from promptgate.models.request import Request

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from promptgate.prompts import Prompt
    from promptgate.runs.applications.call import ApplicationCall
    from promptgate.runs.arms import Arm
    from promptgate.runs.plan import Plan

REQUESTS = "requests.jsonl.gz"
PROMPTS = "prompts.json"

Asked: TypeAlias = tuple[str, "Mapping[str, Any]"]
"""The digest of a request with its body, or of a call with the application's variables."""


@dataclass(frozen=True)
class PromptText:
    """A prompt as one arm had it.

    Attributes:
        fingerprint: 'sha256:…' over what decides its behaviour.
        model: That was asked.
        parameters: What was sent beside model, system and messages.
        closure: Path in the project to text, of all files that it is made of.
    """

    fingerprint: str
    model: str
    parameters: Mapping[str, Any]
    closure: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, prompt: Prompt, model: str | None = None) -> PromptText:
        """Return what a prompt is, asked of another model where one is given."""
        return cls(prompt.fingerprint, model or prompt.model, prompt.parameters, prompt.closure)


Prompts: TypeAlias = "dict[str, dict[str, PromptText]]"
"""Arm to prompt to what it was there; a prompt that an arm does not have is left out."""


def prompts_of(plan: Plan) -> Prompts:
    """Return the tested prompts of each arm."""
    names = dict.fromkeys(p.prompt for p in plan.cases if p.suite.target is None)
    return {arm.name: _texts(arm, names) for arm in plan.arms}


def _texts(arm: Arm, names: Iterable[str]) -> dict[str, PromptText]:
    found = {}
    for name in names:
        try:
            if arm.has(name):
                found[name] = PromptText.of(*arm.asking(name))
        except PromptError:  # of the baseline: every case was new there, and nothing was asked
            continue
    return found


def dump_prompts(prompts: Prompts) -> str:
    """Return the text of `prompts.json`."""
    rows = {
        arm: {
            name: {
                "fingerprint": text.fingerprint,
                "model": text.model,
                "parameters": text.parameters,
                "closure": text.closure,
            }
            for name, text in held.items()
        }
        for arm, held in prompts.items()
    }
    return json.dumps({"schema_version": 1, **rows}, indent=2) + "\n"


def read_prompts(path: Path) -> Prompts:
    """Read `prompts.json` back; empty where there is none.

    Raises:
        InputError: It is damaged.
    """
    try:
        data = json.loads(path.read_bytes())
        return {
            arm: {name: PromptText(**text) for name, text in data[arm].items()}
            for arm in ("baseline", "candidate")
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(path, error) from None


def requests_of(plan: Plan, digests: Container[str]) -> Iterator[Asked]:
    """Yield what a plan asks, each once, as far as it is wanted."""
    seen: set[str] = set()
    for planned in plan.cases:
        for request in planned.requests.values():
            if request is not None and request.digest in digests and request.digest not in seen:
                seen.add(request.digest)
                yield request.digest, _content(request)


def _content(request: Request | ApplicationCall) -> Mapping[str, Any]:
    if isinstance(request, Request):
        return request.scrubbed
    return {"target": request.target, "variables": request.variables}


def write_requests(path: Path, requests: Iterable[Asked]) -> None:
    """Write requests as compressed JSON lines; equal requests give equal files."""
    encode = json.JSONEncoder().encode
    with (
        replacing(path) as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as stream,
    ):
        for digest, body in requests:
            stream.write(f"{encode({'digest': digest, 'body': body})}\n".encode())


def read_requests(path: Path) -> Iterator[Asked]:
    """Read requests back, one at a time; none where the file is not there.

    Raises:
        InputError: It is damaged.
    """
    if not path.exists():
        return
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                yield row["digest"], row["body"]
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError) as error:
        raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception) -> InputError:
    return InputError(
        f"the file is damaged ({type(error).__name__}); run the gate again.", file=str(path)
    )
