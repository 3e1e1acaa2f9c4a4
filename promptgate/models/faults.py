"""Why a request has no answer: one name for each way to fail, whoever reports it.

The same failure reaches the client as a status, as an exception of the SDK, as
an error event inside a 200 or as a body that is no message. All of them become
a Fault here and nowhere else, so that both arms of a comparison are judged, and
retried, alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptgate.models.response import UnusableAnswer


class FaultKind(StrEnum):
    """The named states of a request without an answer."""

    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    CONFLICT = "conflict"
    CUT = "cut"
    MALFORMED = "malformed"
    BILLING = "billing"
    AUTHENTICATION = "authentication"
    PERMISSION = "permission"
    NOT_FOUND = "not_found"
    TOO_LARGE = "too_large"
    INVALID_REQUEST = "invalid_request"
    SECRET = "secret"  # noqa: S105  # a request that holds a secret, not one


@dataclass(frozen=True)
class Fault:
    """A request that has no answer. Nothing of it is recorded.

    Attributes:
        kind: The named state.
        message: One sentence for people; holds no secret.
        status: The HTTP status of the last attempt, where there was one.
        attempts: How often it was sent; 0 where it never was.
    """

    kind: FaultKind
    message: str
    status: int | None = None
    attempts: int = 1


CONGESTION = frozenset({FaultKind.RATE_LIMITED, FaultKind.OVERLOADED, FaultKind.TIMEOUT})
"""Faults that say that too much is asked at once."""

HOPELESS = frozenset({FaultKind.AUTHENTICATION, FaultKind.BILLING})
"""Faults that will meet every further request as well."""

_FEW = 2  # behind a wrong base_url every answer is a web page: patience would only cost time
_RETRIED: Mapping[FaultKind, int | None] = {
    FaultKind.RATE_LIMITED: None,
    FaultKind.OVERLOADED: None,
    FaultKind.SERVER_ERROR: None,
    FaultKind.TIMEOUT: None,
    FaultKind.CONNECTION: None,
    FaultKind.CONFLICT: None,
    FaultKind.CUT: None,
    FaultKind.MALFORMED: _FEW,
}

_BY_STATUS = {
    400: FaultKind.INVALID_REQUEST,
    401: FaultKind.AUTHENTICATION,
    402: FaultKind.BILLING,
    403: FaultKind.PERMISSION,
    404: FaultKind.NOT_FOUND,
    408: FaultKind.TIMEOUT,
    409: FaultKind.CONFLICT,
    413: FaultKind.TOO_LARGE,
    429: FaultKind.RATE_LIMITED,
    503: FaultKind.OVERLOADED,
    504: FaultKind.TIMEOUT,
    529: FaultKind.OVERLOADED,
}
_BY_TYPE = {
    "api_error": FaultKind.SERVER_ERROR,
    "authentication_error": FaultKind.AUTHENTICATION,
    "billing_error": FaultKind.BILLING,
    "invalid_request_error": FaultKind.INVALID_REQUEST,
    "not_found_error": FaultKind.NOT_FOUND,
    "overloaded_error": FaultKind.OVERLOADED,
    "permission_error": FaultKind.PERMISSION,
    "rate_limit_error": FaultKind.RATE_LIMITED,
    "request_too_large": FaultKind.TOO_LARGE,
    "timeout_error": FaultKind.TIMEOUT,
}


def kind_of_status(status: int) -> FaultKind:
    """Return what an HTTP status of failure means."""
    known = _BY_STATUS.get(status)
    if known is not None:
        return known
    return FaultKind.SERVER_ERROR if status >= 500 else FaultKind.INVALID_REQUEST


def kind_of_answer(error: UnusableAnswer) -> FaultKind:
    """Return what an unusable body means: an error event by its type, else cut or malformed."""
    if error.state == "cut":
        return FaultKind.CUT
    if error.state in ("empty", "html", "malformed"):
        return FaultKind.MALFORMED
    return _BY_TYPE.get(error.state, FaultKind.SERVER_ERROR)


def retries_of(kind: FaultKind, patience: int) -> int:
    """Return how often a fault of this kind is worth another attempt.

    Args:
        kind: What happened.
        patience: The setting `retries`.
    """
    if kind not in _RETRIED:
        return 0
    limit = _RETRIED[kind]
    return patience if limit is None else min(limit, patience)
