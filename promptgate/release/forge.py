"""What a forge says of the reviews of a change, exported as JSON.

Three shapes are read: `gh pr view --json author,commits,reviews`, the list that
GitHub's (and Forgejo's) API gives for a pull request's reviews, and a GitLab merge
request with the `approved_by` of its approvals. Anything else is refused: an export
that is not understood must not count as one without objections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.documents import load_json
from promptgate.errors import InputError
from promptgate.files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FIX = "give the output of 'gh pr view NUMBER --json author,commits,reviews'; see docs/governing.md"


@dataclass(frozen=True)
class ForgeReview:
    """The last word of one person.

    Attributes:
        reviewer: Login.
        approves: False: asks for changes.
        commit: That it was said of; None where the forge does not tell.
    """

    reviewer: str
    approves: bool
    commit: str | None


@dataclass(frozen=True)
class Export:
    """What the forge says of a change.

    Attributes:
        authors: Logins, names and addresses of whom it knows as authors.
        reviews: One a person, robots and dismissed ones left out.
    """

    authors: tuple[str, ...]
    reviews: tuple[ForgeReview, ...]


def read_export(path: Path) -> Export:
    """Read a forge's export.

    Raises:
        InputError: It is no JSON, or of no known shape; names the place.
    """
    shown = str(path)
    data = load_json(read_text(path), shown).data
    if isinstance(data, list):
        return Export((), _of_list(data, "[]", shown))
    if isinstance(data, Mapping) and isinstance(data.get("approved_by"), list):
        return _of_gitlab(data, shown)
    if isinstance(data, Mapping) and isinstance(data.get("reviews"), list):
        return Export(tuple(_authors(data)), _of_list(data["reviews"], "reviews", shown))
    raise InputError(f"this is no export of reviews: {_FIX}.", file=shown)


def _of_list(items: Sequence[Any], place: str, shown: str) -> tuple[ForgeReview, ...]:
    """Return the last word of each; comments say nothing, a dismissal takes back what was said."""
    last: dict[str, ForgeReview | None] = {}
    for index, item in enumerate(_in_order(items)):
        if not isinstance(item, Mapping):
            raise InputError(f"{place}[{index}] is no review: {_FIX}.", file=shown)
        who = item.get("user", item.get("author"))
        login = _login(who)
        state = item.get("state")
        if not isinstance(state, str) or (login is None and who is not None):
            raise InputError(f"{place}[{index}] lacks 'state' or a login: {_FIX}.", file=shown)
        if login is None or _is_robot(who, login):  # of an account that is gone
            continue
        word = state.upper()
        if word == "DISMISSED" or item.get("dismissed") is True:
            last[login] = None
        elif word in ("APPROVED", "CHANGES_REQUESTED", "REQUEST_CHANGES"):
            last[login] = ForgeReview(login, word == "APPROVED", _commit(item))
    return tuple(review for review in last.values() if review is not None)


def _in_order(items: Sequence[Any]) -> Sequence[Any]:
    """Return reviews by time, where all tell it in one notation; else as they come."""
    times = [_time(item) for item in items]
    if all(time.endswith("Z") for time in times):
        return [items[index] for index in sorted(range(len(items)), key=times.__getitem__)]
    return items


def _time(item: Any) -> str:
    """Return when a review was given, '' where that is not told."""
    told = isinstance(item, Mapping) and (item.get("submitted_at") or item.get("submittedAt"))
    return told if isinstance(told, str) else ""


def _commit(item: Mapping[str, Any]) -> str | None:
    commit = item.get("commit_id")
    if commit is None and isinstance(item.get("commit"), Mapping):
        commit = item["commit"].get("oid")
    return commit if isinstance(commit, str) and commit else None


def _of_gitlab(data: Mapping[str, Any], shown: str) -> Export:
    """Return the approvals of a merge request; GitLab takes them back on a push, if so set."""
    reviews = []
    for index, item in enumerate(data["approved_by"]):
        who = item.get("user") if isinstance(item, Mapping) else None
        login = _login(who)
        if login is None:
            raise InputError(f"approved_by[{index}] names no user: {_FIX}.", file=shown)
        if not _is_robot(who, login):
            sha = data.get("sha")
            reviews.append(ForgeReview(login, True, sha if isinstance(sha, str) else None))
    return Export(tuple(_authors(data)), tuple(reviews))


def _authors(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the export calls the authors of the change."""
    people = [data.get("author")]
    for commit in data.get("commits") or ():
        if isinstance(commit, Mapping):
            people += commit.get("authors") or ()
    for person in people:
        if isinstance(person, Mapping):
            for key in ("login", "username", "name", "email"):
                value = person.get(key)
                if isinstance(value, str) and value.strip():
                    yield value


def _login(who: Any) -> str | None:
    if not isinstance(who, Mapping):
        return None
    login = who.get("login", who.get("username"))
    return login if isinstance(login, str) and login.strip() else None


def _is_robot(who: Any, login: str) -> bool:
    flagged = who.get("type") == "Bot" or who.get("is_bot") is True or who.get("bot") is True
    return bool(flagged) or login.endswith("[bot]")
