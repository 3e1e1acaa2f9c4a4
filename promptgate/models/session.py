"""One attempt at a time: the official SDK, the wire behind it, and what went wrong.

The SDK sends (with its retries off), vcrpy's seam shows the raw bytes, and every
way to fail becomes a Failure. Separate from the client, which decides how often,
how fast and where answers go. The API's key passes through here and nowhere
else: what leaves this module has been searched for it.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from promptgate.errors import InputError, ModelError
from promptgate.models.faults import FaultKind, kind_of_answer, kind_of_status
from promptgate.models.request import MESSAGES, REDACTED, Request, scrub_text
from promptgate.models.response import UnusableAnswer, parse_response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from promptgate.models.settings import ModelSettings

LONGEST_WHOLE = 21_333
"""The largest `max_tokens` that the API answers in one piece; above it, it must stream."""

_SHORTEST_SECRET = 12
"""Shorter keys ('none', 'local') protect nothing, and would be found in any text."""

_SECRET_HEADER = re.compile(r"auth|key|token|secret|cookie|password", re.IGNORECASE)


@dataclass(frozen=True)
class Reply:
    """A complete, valid answer as it came.

    Attributes:
        body: The raw body, without secrets.
        latency_ms: From sending to the last byte.
        headers: Of the response, keys in lower case; not for storing.
    """

    body: str
    latency_ms: int
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Failure:
    """An attempt that brought no answer.

    Attributes:
        kind: The named state.
        message: One sentence without secrets.
        status: The HTTP status, where there was one.
        retry_after: Seconds that the API asks to wait, if it does.
        should_retry: What the API says about sending again, if it does.
        headers: Of the response, keys in lower case.
    """

    kind: FaultKind
    message: str
    status: int | None = None
    retry_after: float | None = None
    should_retry: bool | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Session:
    """An open connection to the API; use it as an async context.

    Raises:
        InputError: On entering, where no key is set.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._sdk: Any = None
        self._stack = ExitStack()
        self._secrets: tuple[str, ...] = ()

    async def __aenter__(self) -> Self:
        _check_environment(self._settings)
        from anthropic import AnthropicError, AsyncAnthropic

        from promptgate.models.seam import listening

        try:
            self._sdk = AsyncAnthropic(
                base_url=self._settings.base_url, max_retries=0, timeout=self._settings.timeout
            )
        except (AnthropicError, ValueError) as error:
            told = scrub_text(str(error)).rstrip(".")
            raise InputError(f"the API's credentials cannot be used: {told}.") from None
        self._secrets = tuple(_secrets(self._sdk))
        headers = {name.lower() for name in self._sdk.default_headers}
        if not headers & {"authorization", "x-api-key"} and self._sdk.credentials is None:
            await self._sdk.close()
            raise InputError(
                "there is no key to ask a model with; set ANTHROPIC_API_KEY, or let "
                "ANTHROPIC_BASE_URL name a server of your own that speaks /v1/messages, which "
                "takes any text as its key. What is recorded already replays without one."
            )
        self._stack.enter_context(listening())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
        await self._sdk.close()

    @property
    def endpoint(self) -> str:
        """Scheme and host of the API or gateway, without user and password."""
        url = self._sdk.base_url
        return f"{url.scheme}://{url.netloc.decode('ascii')}"

    @property
    def sdk(self) -> str:
        """Name and version of the SDK."""
        from anthropic import __version__

        return f"anthropic {__version__}"

    def as_sent(self, request: Request) -> Request:
        """Return the request as it goes out: streamed where the settings or its length ask it."""
        longest = request.body.get("max_tokens")
        must = isinstance(longest, int) and longest > LONGEST_WHOLE
        if request.path != MESSAGES or request.streaming or not (self._settings.stream or must):
            return request
        body = {**request.body, "stream": True}
        return Request(body, request.path, request.query, request.version, request.beta)

    def holds_secret(self, request: Request) -> bool:
        """Whether the request would put the key, which scrubbing does not know, on disk."""
        if not self._secrets:
            return False
        text = json.dumps(request.scrubbed, ensure_ascii=False)
        return any(secret in text for secret in self._secrets)

    def redact(self, text: str) -> str:
        """Return a text without the key."""
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return scrub_text(text)

    async def attempt(self, request: Request) -> Reply | Failure:
        """Send a request once.

        Raises:
            ModelError: The SDK sent something else than it was given.
        """
        from promptgate.models.seam import slot

        with slot() as wire:
            begun = time.monotonic()
            failure = await self._send(request)
            latency_ms = round((time.monotonic() - begun) * 1000)
        if failure is not None:
            return failure
        if wire.status is None:
            raise ModelError(
                "the answer did not pass vcrpy's seam, so it cannot be recorded; remove what "
                "replaces the SDK's transport."
            )
        if request.path == MESSAGES:
            try:
                parse_response(wire.body)
            except UnusableAnswer as error:
                told = self.redact(error.message)
                return Failure(kind_of_answer(error), told, wire.status, headers=wire.headers)
        _check_sent(request, wire.sent)
        return Reply(self.redact(wire.body.decode("utf-8")), latency_ms, wire.headers)

    async def _send(self, request: Request) -> Failure | None:
        """Let the SDK send; return None where it is content with what came."""
        import anthropic
        import httpx2

        headers = {"anthropic-version": request.version, "accept-encoding": "gzip, deflate"}
        if request.beta:
            headers["anthropic-beta"] = ",".join(request.beta)
        path = request.path + (f"?{request.query}" if request.query else "")
        try:
            async with asyncio.timeout(self._settings.timeout):
                await self._sdk.post(
                    path, cast_to=httpx2.Response, body=request.body, options={"headers": headers}
                )
        except anthropic.APIStatusError as error:
            return self._refused(error)
        except (TimeoutError, anthropic.APITimeoutError):
            seconds = self._settings.timeout
            return Failure(FaultKind.TIMEOUT, f"no complete answer came within {seconds:g} s.")
        except anthropic.APIConnectionError as error:
            cause = self.redact(_short(str(error.__cause__ or error)))
            told = f"the connection to {self.endpoint} failed ({cause})."
            return Failure(FaultKind.CONNECTION, told)
        except anthropic.AnthropicError as error:
            told = self.redact(_short(str(error)))
            return Failure(FaultKind.AUTHENTICATION, f"the SDK did not send the request: {told}.")
        return None

    def _refused(self, error: Any) -> Failure:
        """Translate an HTTP status of failure."""
        status: int = error.status_code
        headers = {key.lower(): value for key, value in error.response.headers.items()}
        told = self.redact(_short(str(error.api_message or error.message)))
        retry = {"true": True, "false": False}.get(headers.get("x-should-retry", ""))
        return Failure(
            kind_of_status(status),
            f"the API answered {status}: {told}",
            status,
            _retry_after(headers),
            retry,
            headers,
        )


def ensure_key(settings: ModelSettings) -> None:
    """Refuse at once what could only fail later: no key, or an address that is none.

    Raises:
        InputError: There is no key, or address or key cannot be used.
    """

    async def opened() -> None:
        async with Session(settings):
            pass

    asyncio.run(opened())


def _check_environment(settings: ModelSettings) -> None:
    """Refuse an address or a key that could only fail, before anything is tried with it."""
    source = "[models] base_url" if settings.base_url else "ANTHROPIC_BASE_URL"
    address = settings.base_url or os.environ.get("ANTHROPIC_BASE_URL")
    if address:
        try:
            parts = urlsplit(address)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            usable = False
        if not usable:
            shown = re.sub(r"[^/]*@", "", address)
            raise InputError(
                f"{source} is {shown!r}, which is no address; "
                "write it as https://gateway.example/path."
            )
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        key = os.environ.get(name, "")
        if key and not re.fullmatch(r"[!-~]+", key):
            raise InputError(
                f"{name} holds white space or characters that no key has; set it again, "
                "without a line end."
            )


def _check_sent(request: Request, body: bytes) -> None:
    """Refuse an exchange that is not the one that was asked for."""
    sent = json.loads(body or b"null")
    if sent == request.body:
        return
    if not isinstance(sent, dict) or Request(sent).digest != Request(request.body).digest:
        raise ModelError(
            "the SDK sent another body than the request's; use plain JSON values in the prompt "
            "and the case."
        )


def _secrets(sdk: Any) -> Iterable[str]:
    """Yield what must not leave the process: keys, tokens, the password in a URL."""
    values = [sdk.api_key, sdk.auth_token, sdk.base_url.password]
    values += [os.environ.get("ANTHROPIC_API_KEY"), os.environ.get("ANTHROPIC_AUTH_TOKEN")]
    for name, value in sdk.default_headers.items():
        if isinstance(value, str) and _SECRET_HEADER.search(name):
            values.append(value.removeprefix("Bearer ").removeprefix("Basic "))
    for value in dict.fromkeys(values):
        if value and len(value) >= _SHORTEST_SECRET:
            yield value


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a response asks to wait, from whichever header says so."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        return max(0.0, float(headers["retry-after"]))
    except KeyError:
        return None
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(headers["retry-after"])
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"
