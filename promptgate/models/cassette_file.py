"""One cassette: recordings of one request, as text in vcrpy's own format.

Writing and reading stand here together, away from where files lie, so that
what is written can always be read. A file is what stock vcrpy writes (`version:
1` stands last, and must: a file that was cut between two recordings would still
parse) with three liberties that stock reads as well: JSON is pretty, in a block
scalar; only listed headers are kept; provenance stands in response headers
`x-promptgate-*`. Reading needs neither vcrpy nor the SDK.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NoReturn
from urllib.parse import urlsplit

import yaml

from promptgate.errors import CassetteError, InputError
from promptgate.models.request import Request
from promptgate.models.response import Response, UnusableAnswer, parse_response, stream_events

_HEAD = "interactions:\n"
_TAIL = "version: 1\n"
_SAMPLE = re.compile(r"^      x-promptgate-sample:\n      - '(\d+)'$", re.MULTILINE)
_UNPRINTABLE = re.compile(
    r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\U00010000-\U0010ffff]"
)
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|[yn])$)[a-z][\w./+?&=%:-]*[\w/]", re.ASCII
)


@dataclass(frozen=True)
class Recording:
    """One recorded answer to one request.

    Attributes:
        digest: The request's digest.
        sample: Which answer to it this is, from 0.
        body: The raw body, scrubbed, JSON laid out for reading.
        recorded_at: When it arrived, UTC.
        sdk: What received it, such as 'anthropic 2.12.0'.
        latency_ms: From sending to the last byte, the successful attempt alone.
        endpoint: Scheme and host that answered.
        generation: '' for the first, else the stamp of the refresh that made it.
        file: The cassette, as messages name it; '' where it was not stored.
    """

    digest: str
    sample: int
    body: str = field(repr=False)
    recorded_at: datetime
    sdk: str = ""
    latency_ms: int = 0
    endpoint: str = "https://api.anthropic.com"
    generation: str = ""
    file: str = ""

    @cached_property
    def response(self) -> Response:
        """The parsed answer.

        Raises:
            CassetteError: The stored body is not a complete message.
        """
        try:
            return parse_response(self.body)
        except UnusableAnswer as error:
            raise CassetteError(
                f"recording {self.sample} is no answer: {error.message} "
                "Remove the file and record again.",
                file=self.file or None,
            ) from None

    @property
    def served_model(self) -> str:
        """The model that answered."""
        return self.response.model


def lay_out(body: str) -> str:
    """Return a raw body as it is stored: JSON indented, events of a stream one a block.

    Nothing that the parser reads changes. Characters that YAML cannot print in a
    block (controls, emoji) are written as JSON escapes.

    Raises:
        ValueError: The body is neither JSON nor a stream of JSON.
    """
    if body.lstrip()[:1] in ("{", "["):
        return _pretty(json.loads(body))
    pieces = []
    for event, data in stream_events(body):
        line = _escape(json.dumps(json.loads(data), ensure_ascii=False, separators=(",", ":")))
        pieces.append((f"event: {event}\n" if event else "") + f"data: {line}\n\n")
    return "".join(pieces)


def _pretty(value: Any) -> str:
    return _escape(json.dumps(value, ensure_ascii=False, indent=2))


def _escape(text: str) -> str:
    return _UNPRINTABLE.sub(lambda found: json.dumps(found.group())[1:-1], text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def render(request: Request, recording: Recording) -> str:
    """Return one recording as the YAML of one interaction (a list of one).

    Written out here and not by a YAML library, whose dumper takes ten times as long
    and, for the one layout there is, decides nothing.
    """
    query = f"?{request.query}" if request.query else ""
    streamed = not recording.body.startswith("{")
    asked = {"anthropic-version": request.version, "content-type": "application/json"}
    if request.beta:
        asked["anthropic-beta"] = ",".join(request.beta)
    told = {
        "content-type": "text/event-stream" if streamed else "application/json",
        "x-promptgate-body-sha256": _sha256(recording.body),
        "x-promptgate-digest": recording.digest,
        "x-promptgate-latency-ms": str(recording.latency_ms),
        "x-promptgate-recorded-at": _stamp(recording.recorded_at),
        "x-promptgate-sample": str(recording.sample),
        "x-promptgate-sdk": recording.sdk,
    }
    return (
        f"- request:\n    body: {_block(_pretty(request.scrubbed), 6)}"
        f"    headers:\n{_headers(asked)}"
        f"    method: POST\n    uri: {_scalar(recording.endpoint + request.path + query)}\n"
        f"  response:\n    body:\n      string: {_block(recording.body, 8)}"
        f"    headers:\n{_headers(told)}"
        "    status:\n      code: 200\n      message: OK\n"
    )


def _block(text: str, indent: int) -> str:
    """Return a text as a literal block scalar: '|-' where it has no last line end, else '|+'."""
    margin = " " * indent
    lines = "".join(f"{margin}{line}\n" if line else "\n" for line in text.split("\n"))
    return f"|-\n{lines}" if not text.endswith("\n") else f"|+\n{lines[:-1]}"


def _headers(headers: Mapping[str, str]) -> str:
    return "".join(f"      {name}:\n      - {_scalar(headers[name])}\n" for name in sorted(headers))


def _scalar(value: str) -> str:
    """Return a text as a scalar: plain where it can only be a text, else in quotes."""
    if _PLAIN.fullmatch(value):
        return value
    if value.isascii() and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def insert(text: str | None, sample: int, block: str) -> tuple[str, bool]:
    """Put a rendered interaction into a cassette's text, in order of samples.

    Args:
        text: The cassette as it is; None for a new one.
        sample: The block's sample.
        block: What `render` returned.

    Returns:
        The new text, and True; or the old one and False where the sample is there already.

    Raises:
        ValueError: The text is not a whole cassette.
    """
    blocks = split(text) if text is not None else {}
    if sample in blocks:
        return text or "", False
    blocks[sample] = block
    return _HEAD + "".join(blocks[key] for key in sorted(blocks)) + _TAIL, True


def split(text: str) -> dict[int, str]:
    """Return the interactions of a cassette's text as {sample: block}, without parsing them.

    Raises:
        ValueError: It does not begin or end as a whole one, or a sample stands twice.
    """
    if not text.startswith(_HEAD + "- ") or not text.endswith("\n" + _TAIL):
        raise ValueError("it does not begin and end as a cassette does")
    inner = text[len(_HEAD) : -len(_TAIL)]
    pieces = ["- " + piece for piece in inner.removeprefix("- ").split("\n- ")]
    blocks: dict[int, str] = {}
    for piece in pieces:
        samples = _SAMPLE.findall(piece)
        if len(samples) != 1 or int(samples[0]) in blocks:
            raise ValueError("its samples are not one to an interaction")
        blocks[int(samples[0])] = piece if piece.endswith("\n") else piece + "\n"
    return blocks


def read(data: bytes, file: str, key: str, generation: str = "") -> tuple[Recording, ...]:
    """Parse a cassette and check that it is what was written.

    Args:
        data: The bytes of the file.
        file: How messages name it.
        key: The first digits of the digest that the file's name promises.
        generation: The stamp in the file's name.

    Returns:
        Its recordings in order of sample.

    Raises:
        CassetteError: It was cut, altered or merged badly.
    """
    try:
        document = _load(data)
    except (yaml.YAMLError, ValueError, RecursionError):
        _refuse_unparsed(data, file)
    if not isinstance(document, Mapping) or document.get("version") != "1":
        _refuse(file, "it has no last line 'version: 1', so it was cut")
    interactions = document.get("interactions")
    if not isinstance(interactions, list) or not interactions:
        _refuse(file, "it holds no recordings")
    checked: tuple[Any, ...] | None = None
    recordings: dict[int, Recording] = {}
    for interaction in interactions:
        try:
            recording, request = _recording(interaction, file, generation)
            if request != checked:
                _check_request(interaction["request"], recording, key)
                checked = request
        except (KeyError, TypeError, IndexError, ValueError, AttributeError, InputError) as error:
            _refuse(file, f"a recording in it is not readable ({type(error).__name__}: {error})")
        if recording.sample in recordings:
            _refuse(file, f"sample {recording.sample} stands twice")
        recordings[recording.sample] = recording
    return tuple(recordings[sample] for sample in sorted(recordings))


def _load(data: bytes) -> Any:
    """Return a YAML document in which every scalar is a text.

    Built from the parser's events: a YAML loader takes twice the time, for tags and
    aliases that no cassette has.

    Raises:
        yaml.YAMLError: It is not YAML.
        ValueError: It is not one document of texts, lists and mappings without aliases.
    """
    following = _Loader(data).get_event
    following()
    if type(following()) is not yaml.DocumentStartEvent:
        raise ValueError("it is empty")
    document = _value(following)
    if [type(following()) for _ in range(2)] != [yaml.DocumentEndEvent, yaml.StreamEndEvent]:
        raise ValueError("it is more than one document")
    return document


_END = object()


def _value(following: Callable[[], Any]) -> Any:
    """Return what the next events tell; _END where they end a list or mapping."""
    event = following()
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return event.value
    if kind is yaml.MappingStartEvent:
        mapping = {}
        while (key := _value(following)) is not _END:
            if not isinstance(key, str):
                raise ValueError("a key is not a text")
            mapping[key] = _value(following)
        return mapping
    if kind is yaml.SequenceStartEvent:
        items = []
        while (item := _value(following)) is not _END:
            items.append(item)
        return items
    if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
        return _END
    raise ValueError(f"there is a {kind.__name__}")


def _recording(
    interaction: Mapping[str, Any], file: str, generation: str
) -> tuple[Recording, tuple[Any, ...]]:
    """Read one interaction; return it, and what its request is recognised by."""
    request, response = interaction["request"], interaction["response"]
    headers, body = response["headers"], response["body"]["string"]
    sample = int(headers["x-promptgate-sample"][0])
    if _sha256(body) != headers["x-promptgate-body-sha256"][0]:
        _refuse(file, f"the answer of sample {sample} was altered")
    address = urlsplit(request["uri"])
    recorded_at = datetime.fromisoformat(headers["x-promptgate-recorded-at"][0])
    if recorded_at.tzinfo is None:
        _refuse(file, f"the time of sample {sample} has no zone, so it was altered")
    recording = Recording(
        digest=headers["x-promptgate-digest"][0],
        sample=sample,
        body=body,
        recorded_at=recorded_at,
        sdk=headers["x-promptgate-sdk"][0],
        latency_ms=int(headers["x-promptgate-latency-ms"][0]),
        endpoint=f"{address.scheme}://{address.netloc}",
        generation=generation,
        file=file,
    )
    identity = (request["body"], request["uri"], request["headers"], recording.digest)
    return recording, identity


def _check_request(stored: Mapping[str, Any], recording: Recording, key: str) -> None:
    """Refuse a recording whose request has another digest than the file promises."""
    address = urlsplit(stored["uri"])
    beta = stored["headers"].get("anthropic-beta", [""])[0]
    request = Request(
        json.loads(stored["body"]),
        address.path,
        address.query,
        stored["headers"]["anthropic-version"][0],
        tuple(part for part in beta.split(",") if part),
    )
    if request.digest != recording.digest:
        _refuse(
            recording.file,
            f"its request has the digest {request.digest[:19]}…, but was recorded as "
            f"{recording.digest[:19]}…: it was altered",
        )
    if not recording.digest.removeprefix("sha256:").startswith(key):
        _refuse(recording.file, f"it holds the request {recording.digest[:19]}…, not {key[:12]}…")


def _refuse_unparsed(data: bytes, file: str) -> NoReturn:
    if b"\n<<<<<<< " in data or data.startswith(b"<<<<<<< "):
        raise CassetteError(
            "it has the marks of a merge conflict; keep one side as a whole.", file=file
        )
    _refuse(file, "it is not valid YAML, so it was cut or altered")


def _refuse(file: str, reason: str) -> NoReturn:
    raise CassetteError(
        f"{reason}. Restore it from git, or remove it and run 'promptgate record'.", file=file
    )
