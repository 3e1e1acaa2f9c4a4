"""A scripted forge on the loopback address: keeps the comments of one pull request."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType


class ScriptedForge:
    """The server; use it as a context. It speaks GitHub's and GitLab's words for comments.

    Attributes:
        comments: As they stand, in order.
        calls: 'METHOD path' of each request.
        reviews: What a list of reviews is answered with.
        refuse: HTTP status that every request is answered with, if any.
    """

    def __init__(self, *comments: str, reviews: Any = (), refuse: int | None = None) -> None:
        self.comments = [{"id": n, "body": body} for n, body in enumerate(comments, start=1)]
        self.reviews = reviews
        self.refuse = refuse
        self.calls: list[str] = []
        self.tokens: set[str] = set()
        forge = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = json.loads(self.rfile.read(length) or b"null")
                path, _, query = self.path.partition("?")
                forge.calls.append(f"{self.command} {path}")
                forge.tokens.add(
                    self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization") or ""
                )
                status, answer = forge.answer(self.command, path, query, body)
                data = json.dumps(answer).encode()
                self.send_response(forge.refuse or status)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_PUT = _do

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, method: str, path: str, query: str, body: Any) -> tuple[int, Any]:
        """Return status and answer of one request."""
        if path.endswith("/reviews"):
            return 200, list(self.reviews)
        if path.endswith("/approvals"):
            return 200, {"approved_by": list(self.reviews)}
        if method == "GET" and path.endswith(("/comments", "/notes")):
            page = int(query.rsplit("page=", 1)[1])
            return 200, self.comments[100 * (page - 1) : 100 * page]
        if method == "POST":
            self.comments.append({"id": len(self.comments) + 1, "body": body["body"]})
            return 201, self.comments[-1]
        if method in ("PATCH", "PUT"):
            found = next(c for c in self.comments if c["id"] == int(path.rsplit("/", 1)[1]))
            found["body"] = body["body"]
            return 200, found
        return 200, {"sha": None, "author": {"username": "ada"}}

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
