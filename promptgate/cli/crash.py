"""Keep the traceback of a bug in a file, without the keys that it may mention."""

from __future__ import annotations

import os
import re
import tempfile
import traceback

_KEY_VARIABLES = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
_KEY_SHAPES = re.compile(r"sk-ant-[\w-]+|(?i:bearer)\s+[\w.~+/=-]{8,}|(?<=//)[^/@\s]+(?=@)")


def save_traceback(error: BaseException) -> str:
    """Write the traceback to a new temporary file and return its name."""
    text = "".join(traceback.format_exception(error))
    for variable in _KEY_VARIABLES:
        secret = os.environ.get(variable)
        if secret:
            text = text.replace(secret, "[removed]")
    text = _KEY_SHAPES.sub("[removed]", text)
    handle, name = tempfile.mkstemp(prefix="promptgate-", suffix=".txt", text=True)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(text)
    return name
