"""Standard output and error that outlive their reader.

In `promptgate ci | head` the reader leaves early. A verdict must not depend on how much
of it was read, so the command goes on to its end, with its files and its exit code, and
what nobody reads is thrown away.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO


class _Outlet(io.FileIO):
    """A pipe's end that swallows what comes after its reader has gone."""

    def write(self, data: Any, /) -> int:
        """Write to the pipe; into nothing once it is broken."""
        try:
            return super().write(data)
        except BrokenPipeError:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self.fileno())
            os.close(nothing)
            return super().write(data)


def outlive_readers() -> None:
    """Let standard output and error of this process swallow what nobody reads any more."""
    sys.stdout = _outliving(sys.stdout, sys.__stdout__)
    sys.stderr = _outliving(sys.stderr, sys.__stderr__)


def _outliving(stream: TextIO, own: TextIO | None) -> TextIO:
    """Return the stream, over an outlet where it is the process's own and no terminal."""
    if stream is not own or not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    stream.flush()
    raw: Any = _Outlet(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        raw if stream.write_through else io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
