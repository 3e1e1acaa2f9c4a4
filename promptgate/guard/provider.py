"""An OpenFeature provider over a file of flags, that sees a change at the next question.

What it does where the file is missing, cut or half-written: it keeps what it read
last, so that neither a deploy in progress nor a slip turns a killed feature on or
a healthy one off. Where it has never read a whole file every flag is off: nobody
knows whether it was killed, and the fallback is what was made for that.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

from openfeature.exception import ErrorCode
from openfeature.flag_evaluation import FlagResolutionDetails, Reason
from openfeature.provider import AbstractProvider, Metadata

from promptgate.guard.flagfile import FlagError, parse_flags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openfeature.evaluation_context import EvaluationContext
    from openfeature.flag_evaluation import FlagValueType

    from promptgate.guard.flagfile import Flag

_SETTLED = 2.0
"""Seconds after which a file's time of change tells any two contents apart."""


class FileProvider(AbstractProvider):
    """Boolean flags from a file in flagd's JSON.

    Args:
        path: Of the file; it need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._lock = threading.Lock()
        self._flags: dict[str, Flag] | None = None
        self._seen: tuple[int, int, int] | None = None
        self._fault: str | None = "it was never read"

    def get_metadata(self) -> Metadata:
        """Return the provider's name."""
        return Metadata("promptgate file")

    def flag(self, name: str) -> Flag | None:
        """Return a flag as the file has it, or as it had it last; None where there is none."""
        self._refresh()
        return (self._flags or {}).get(name)

    @property
    def fault(self) -> str | None:
        """Why the file does not count now; None where it does."""
        self._refresh()
        return self._fault

    def _refresh(self) -> None:
        """Read the file again if it may have changed: one `stat` where it has not."""
        with self._lock:
            try:
                found = self.path.stat()
            except OSError as error:
                self._seen, self._fault = None, f"it cannot be read ({error.strerror})"
                return
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
            if seen == self._seen:
                return
            try:
                self._flags = parse_flags(self.path.read_bytes())
                self._fault = None
            except (FlagError, OSError) as error:
                self._fault = str(error)
            settled = time.time() - found.st_mtime > _SETTLED
            self._seen = seen if settled else None

    def resolve_boolean_details(
        self,
        flag_key: str,
        default_value: bool,
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[bool]:
        """Return whether a flag is on."""
        flag = self.flag(flag_key)
        if flag is None:
            if self._flags is None:
                told = f"{os.fspath(self.path)}: {self._fault}"
                return FlagResolutionDetails(
                    value=default_value, reason=Reason.ERROR, error_code=ErrorCode.PARSE_ERROR,
                    error_message=told,
                )  # fmt: skip
            return FlagResolutionDetails(
                value=default_value, reason=Reason.ERROR, error_code=ErrorCode.FLAG_NOT_FOUND,
                error_message=f"there is no flag {flag_key!r}",
            )  # fmt: skip
        if flag.on is None:
            return FlagResolutionDetails(
                value=default_value, reason=Reason.ERROR, error_code=ErrorCode.GENERAL,
                error_message=f"the flag {flag_key!r} has targeting, which a file cannot evaluate",
            )  # fmt: skip
        stale = self._fault is not None
        return FlagResolutionDetails(value=flag.on, reason=Reason.STALE if stale else Reason.STATIC)

    def _other(self, default: Any) -> FlagResolutionDetails[Any]:
        return FlagResolutionDetails(
            value=default, reason=Reason.ERROR, error_code=ErrorCode.TYPE_MISMATCH,
            error_message="this provider has boolean flags alone",
        )  # fmt: skip

    def resolve_string_details(
        self,
        flag_key: str,
        default_value: str,
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[str]:
        """Return the default: there are no such flags here."""
        return self._other(default_value)

    def resolve_integer_details(
        self,
        flag_key: str,
        default_value: int,
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[int]:
        """Return the default: there are no such flags here."""
        return self._other(default_value)

    def resolve_float_details(
        self,
        flag_key: str,
        default_value: float,
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[float]:
        """Return the default: there are no such flags here."""
        return self._other(default_value)

    def resolve_object_details(
        self,
        flag_key: str,
        default_value: Sequence[FlagValueType] | Mapping[str, FlagValueType],
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[Sequence[FlagValueType] | Mapping[str, FlagValueType]]:
        """Return the default: there are no such flags here."""
        return self._other(default_value)
