"""What is asked of a model, and the digest by which its recordings are found.

Kept apart from the client and the cassettes because both, and every plan, need
the same answer to one question: are these two requests the same? The digest is
taken after scrubbing, so that it can be checked against a file that holds no
secret. This module knows nothing of transports, keys or files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from promptgate.documents import canonical_json
from promptgate.errors import InputError

API_VERSION = "2026-10-21"
"""The `anthropic-version` that the SDK sends; a test holds the two together."""

MESSAGES = "/v1/messages"
REDACTED = "[redacted]"

_KEY = re.compile(r"sk-ant-[A-Za-z0-9_-]{8,}")
_SECRET_FIELDS = frozenset({"authorization_token"})
_TRANSPORT_FIELDS = frozenset({"stream"})


@dataclass(frozen=True)
class Request:
    """One request to the API, as the product would send it.

    Attributes:
        body: The JSON body: the keyword arguments of `client.messages.create`.
        path: The API's path, without the prefix of a gateway.
        query: The query string, without '?'.
        version: The header `anthropic-version`.
        beta: The values of the header `anthropic-beta`.
    """

    body: Mapping[str, Any]
    path: str = MESSAGES
    query: str = ""
    version: str = API_VERSION
    beta: tuple[str, ...] = ()

    @property
    def model(self) -> str:
        """The model that is asked, '' where the body names none."""
        return str(self.body.get("model", ""))

    @property
    def streaming(self) -> bool:
        """Whether the answer comes as server-sent events."""
        return bool(self.body.get("stream"))

    @cached_property
    def scrubbed(self) -> Mapping[str, Any]:
        """The body without secrets: what is recorded, and what the digest is taken of."""
        return scrub(self.body)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over method, path, query, version, beta and the scrubbed body.

        Written 'sha256:…'. The host is no part of it, so that a gateway finds the
        same recordings; nor is `stream`, which decides how an answer travels and
        not what it says. Order of keys, of query parameters and of betas, and 1
        against 1.0, make no difference.

        Raises:
            InputError: The body is not JSON: a NaN, an infinity or a foreign object.
        """
        body = {k: v for k, v in self.scrubbed.items() if k not in _TRANSPORT_FIELDS}
        identity = {
            "method": "POST",
            "path": self.path,
            "query": urlencode(sorted(parse_qsl(self.query, keep_blank_values=True))),
            "version": self.version,
            "beta": sorted(set(self.beta)),
            "body": body,
        }
        try:
            return "sha256:" + hashlib.sha256(canonical_json(identity)).hexdigest()
        except (TypeError, ValueError, RecursionError) as error:
            raise InputError(
                f"the request to {self.model or 'the model'} is not JSON ({error}); "
                "use plain numbers, texts, lists and mappings."
            ) from None


def scrub(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the body with its secrets replaced: tokens of MCP servers, Anthropic keys in text."""
    cleaned: Mapping[str, Any] = _scrubbed(body)
    return cleaned


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return scrub_text(value)
    if isinstance(value, Mapping):
        return {
            key: REDACTED if key in _SECRET_FIELDS and isinstance(inner, str) else _scrubbed(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_scrubbed(inner) for inner in value]
    return value


def scrub_text(text: str) -> str:
    """Return a text with every Anthropic key in it replaced."""
    return _KEY.sub(REDACTED, text) if "sk-ant-" in text else text


def cache_system_prompt(request: Request) -> Request:
    """Return the request with its system prompt marked for the API's prompt cache.

    Cases of a suite share their system prompt; marked, it is paid in full once and
    at a fraction after that. The mark is part of the body, so the digest changes:
    both arms of a comparison must be shaped alike. A request without a system
    prompt, or that sets `cache_control` somewhere in it, is returned as it is.
    """
    system = request.body.get("system")
    mark = {"type": "ephemeral"}
    if isinstance(system, str) and system:
        blocks: list[Any] = [{"type": "text", "text": system, "cache_control": mark}]
    elif isinstance(system, list) and system and not any("cache_control" in b for b in system):
        blocks = [*system[:-1], {**system[-1], "cache_control": mark}]
    else:
        return request
    body = {**request.body, "system": blocks}
    return Request(body, request.path, request.query, request.version, request.beta)
