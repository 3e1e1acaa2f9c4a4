"""Committed cassettes replay under stock vcrpy and the real SDK, to the same scores."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
import vcr
import yaml

from promptgate.models.cassettes import Cassettes
from promptgate.project import find_project
from promptgate.runs.scoring import Scoring
from promptgate.scorers import Answer
from promptgate.suites import load_suites
from tests.support.project import EXAMPLE

SUITES = ("contradiction", "helpfulness", "refusal")
SHARE = 4  # every fourth is looked at: one tool wrote them all, and `record --check` reads each


@pytest.mark.parametrize("suite", SUITES)
def test_cassettes_replay_under_stock_vcr_to_the_same_scores(suite):
    """What is on disk is vcrpy's own format, and means to others what it means here."""
    from anthropic import Anthropic

    project = find_project(EXAMPLE)
    loaded = {s.name: s for s in load_suites(project.tree, project.settings.suites)}
    cases = {case.id: case for case in loaded[suite].cases}
    scoring = Scoring([loaded[suite]], project.root)
    cassettes = Cassettes(project.cassettes)
    clients: dict[str, Anthropic] = {}
    compared = looked = 0
    for file in cassettes.files():
        parts = file.path.split("/")
        if parts[-4] != suite or parts[-3] not in cases:
            continue
        looked += 1
        if looked % SHARE:
            continue
        own = cassettes.read(file)
        with open(file.path, "rb") as stream:  # noqa: PTH123
            first = yaml.load(stream, yaml.CSafeLoader)["interactions"][0]["request"]
        address = urlsplit(first["uri"])
        host = f"{address.scheme}://{address.netloc}"
        if host not in clients:
            clients[host] = Anthropic(api_key="none", base_url=host, max_retries=0)
        client = clients[host]
        with vcr.use_cassette(
            file.path, match_on=["method", "path", "body"], record_mode="none"
        ) as cassette:
            for recording in own:
                answer = client.messages.create(**json.loads(first["body"]))
                stock = Answer(
                    "".join(block.text for block in answer.content if block.type == "text"),
                    answer.stop_reason,
                )
                response = recording.response
                ours = Answer(response.text, response.stop_reason)
                case = cases[parts[-3]]
                assert stock == ours
                assert scoring.score(suite, case, [stock]) == scoring.score(suite, case, [ours])
                compared += 1
            assert cassette.all_played
    for client in clients.values():
        client.close()
    assert compared >= 3 * len(cases) // SHARE
