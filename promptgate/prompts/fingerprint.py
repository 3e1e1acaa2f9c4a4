"""The fingerprint of a prompt: a hash over what decides its behaviour.

Owner, description and the comments of the front matter are left out, and so are
the folder's name and the file's: a rebase, a CRLF checkout and a move change
nothing. The text of the template counts as it is written, comments included;
whether a change of it reaches the model is told by the request digest.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from promptgate.documents import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFINITION = 1
"""Version of this definition; part of the hash."""


def fingerprint(
    *,
    body: str,
    partials: Mapping[str, str],
    model: str,
    parameters: Mapping[str, Any],
    variables: Mapping[str, Mapping[str, Any]],
    examples: Sequence[Mapping[str, Any]],
) -> str:
    """Return 'sha256:' and 64 hexadecimal digits.

    Args:
        body: The template without its front matter, with LF line ends.
        partials: The same of every template that it uses, by name in the folder.
        model: The model as resolved.
        parameters: Everything else that is sent.
        variables: By name, what a value may be: `required`, and `default` if any.
        examples: The few-shot turns as written.
    """
    content = {
        "definition": DEFINITION,
        "body": body,
        "partials": dict(partials),
        "model": model,
        "parameters": dict(parameters),
        "variables": {name: dict(entry) for name, entry in variables.items()},
        "examples": [dict(example) for example in examples],
    }
    return "sha256:" + hashlib.sha256(canonical_json(content)).hexdigest()
