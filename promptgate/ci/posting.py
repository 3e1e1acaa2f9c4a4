"""Put a comment into a pull or merge request, in place of the one before.

The only code of a pipeline that talks to a forge. It is run in a step of its own,
since it alone needs the forge's token: the gate may run what the change wrote.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from promptgate.ci.forges import Forge, Pipeline
from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGES = 50
_TIMEOUT = 30.0
_HEADERS = {
    Forge.GITHUB: ("Authorization", "Bearer {}"),
    Forge.GITLAB: ("PRIVATE-TOKEN", "{}"),
}


class NotPosted(InputError):
    """The forge did not take the comment; the message holds no token."""


def post(pipeline: Pipeline, token: str, marker: str, text: str) -> str:
    """Write the comment of a change, over the one that begins with the same marker.

    Args:
        pipeline: Of a pull or merge request.
        token: May write comments.
        marker: First line of the comment.
        text: All of it, the marker included.

    Returns:
        'updated', 'written', or 'unchanged'.

    Raises:
        NotPosted: The forge refused, or cannot be reached.
    """
    forge = _Forge(pipeline, token)
    for known in forge.comments():
        if str(known.get("body", "")).startswith(marker):
            if known["body"].strip() == text.strip():
                return "unchanged"
            forge.update(known["id"], text)
            return "updated"
    forge.create(text)
    return "written"


def reviews(pipeline: Pipeline, token: str) -> Any:
    """Return what the forge says of the reviews of a change, as promptgate.release.forge reads it.

    Raises:
        NotPosted: The forge refused, or cannot be reached.
    """
    return _Forge(pipeline, token).reviews()


class _Forge:
    """The few addresses of a forge's API that are used."""

    def __init__(self, pipeline: Pipeline, token: str) -> None:
        if pipeline.request is None or pipeline.forge is Forge.NONE or not pipeline.api:
            raise NotPosted("this pipeline runs for no pull request; there is nowhere to comment.")
        name, form = _HEADERS[pipeline.forge]
        self._headers = {name: form.format(token), "User-Agent": "promptgate"}
        place = quote(pipeline.repository, safe="/" if pipeline.forge is Forge.GITHUB else "")
        if pipeline.forge is Forge.GITHUB:
            own = f"{pipeline.api}/repos/{place}"
            self._change = f"{own}/pulls/{pipeline.request}"
            self._list = f"{own}/issues/{pipeline.request}/comments"
            self._one = f"{own}/issues/comments"
            self._method = "PATCH"
        else:
            self._change = f"{pipeline.api}/projects/{place}/merge_requests/{pipeline.request}"
            self._list = f"{self._change}/notes"
            self._one = self._list
            self._method = "PUT"
        self._gitlab = pipeline.forge is Forge.GITLAB

    def comments(self) -> Iterator[dict[str, Any]]:
        """Yield the comments of the change, page by page."""
        yield from self._pages(self._list)

    def update(self, number: int, text: str) -> None:
        """Replace a comment."""
        self._send(self._method, f"{self._one}/{int(number)}", {"body": text})

    def create(self, text: str) -> None:
        """Write a new comment."""
        self._send("POST", self._list, {"body": text})

    def reviews(self) -> Any:
        """Return reviews: GitHub's list, or GitLab's merge request with its approvals."""
        if not self._gitlab:
            return list(self._pages(f"{self._change}/reviews"))
        approvals = self._send("GET", f"{self._change}/approvals")
        return {**self._send("GET", self._change), "approved_by": approvals["approved_by"]}

    def _pages(self, address: str) -> Iterator[dict[str, Any]]:
        for page in range(1, _PAGES + 1):
            found = self._send("GET", f"{address}?per_page=100&page={page}")
            yield from found
            if len(found) < 100:
                return

    def _send(self, method: str, address: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {**self._headers, "Content-Type": "application/json"}
        request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310  # the forge
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310  # as above
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                fix = (
                    "give the job 'pull-requests: write'" if not self._gitlab else "check the token"
                )
                raise NotPosted(f"{method} {address}: HTTP {error.code}; {fix}.") from None
        except (urllib.error.URLError, TimeoutError, ValueError) as error:
            raise NotPosted(f"{method} {address}: {error}; try again.") from None
