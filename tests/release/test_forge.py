"""Exports of reviews, in the shapes that forges give them."""

from __future__ import annotations

import json

import pytest

from promptgate.errors import InputError
from promptgate.release.forge import ForgeReview, read_export


@pytest.fixture
def read(tmp_path):
    def write_and_read(data):
        file = tmp_path / "reviews.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        return read_export(file)

    return write_and_read


def github(login, state, minute=0, **more):
    time = f"2026-11-27T10:{minute:02}:00Z"
    return {"user": {"login": login}, "state": state, "commit_id": "c" * 40,
            "submitted_at": time, **more}  # fmt: skip


def test_list_of_githubs_api_is_read_by_time_and_person(read):
    export = read([
        github("grace", "APPROVED", 9),
        github("grace", "CHANGES_REQUESTED", 1),
        github("kay", "APPROVED", 2),
        github("kay", "DISMISSED", 3),
        github("lin", "COMMENTED", 4),
        github("robot", "APPROVED", 5, user={"login": "robot", "type": "Bot"}),
        github("gone", "APPROVED", 6, user=None),
    ])  # fmt: skip
    assert export.authors == ()
    assert export.reviews == (ForgeReview("grace", True, "c" * 40),)


def test_words_of_forgejo_are_understood(read):
    export = read([
        github("grace", "REQUEST_CHANGES"),
        github("kay", "APPROVED", dismissed=True),
    ])  # fmt: skip
    assert [(r.reviewer, r.approves) for r in export.reviews] == [("grace", False)]


def test_export_of_gh_names_all_authors(read):
    export = read({
        "author": {"login": "ada"},
        "commits": [{"authors": [{"login": "kay", "name": "Kay", "email": "kay@example.org"}]}],
        "reviews": [{"author": {"login": "grace"}, "state": "APPROVED", "commit": {"oid": "d"}}],
    })  # fmt: skip
    assert export.authors == ("ada", "kay", "Kay", "kay@example.org")
    assert export.reviews == (ForgeReview("grace", True, "d"),)


def test_merge_request_of_gitlab_is_read_with_its_approvals(read):
    people = [{"user": {"username": "grace"}}, {"user": {"username": "helper", "bot": True}}]
    export = read({"author": {"username": "ada"}, "sha": "e" * 40, "approved_by": people})
    assert export.authors == ("ada",)
    assert export.reviews == (ForgeReview("grace", True, "e" * 40),)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"reviews": {}},
        {"approved_by": [{}]},
        [1],
        [{"state": "APPROVED", "user": {}}],
        [{"user": {"login": "grace"}}],
        "APPROVED",
    ],
)
def test_export_of_another_shape_is_refused(read, data):
    """What is not understood must not count as a review without objections."""
    with pytest.raises(InputError, match=r"docs/governing\.md"):
        read(data)
