"""Evidence that is gathered or missing with its reason, and the team's own commands."""

from __future__ import annotations

import re
import socket
import sys
from urllib.error import URLError

import pytest

from promptgate.errors import InputError
from promptgate.incidents.evidence import fetch_status, gather
from promptgate.incidents.hooks import run_hook
from promptgate.incidents.log import Incidents
from promptgate.incidents.state import fold
from promptgate.project import find_project
from tests.support.incident import ID, at, event, opened

CONFIG = """[incidents]
logs = ["logs/*.log"]
metrics = ["metrics/*.txt"]
provider_status = "https://status.example"
"""


def no_answer(address):
    raise OSError("refused")


def items(folder, events=(), fetch=no_answer):
    incidents = Incidents(find_project(folder.root))
    found = gather(incidents, fold(ID, [opened(), *events]), at(5), fetch)
    return {item.name.split(" of ")[0]: item for item in found}


def test_evidence_is_missing_with_its_reason_when_there_is_none(project):
    project.write("promptgate.toml", CONFIG)
    found = items(project)
    assert not any(found[name].got for name in ("logs", "metrics", "provider status"))
    assert (found["logs"].told, found["metrics"].told) == ("no file matches", "no file matches")
    assert "did not answer" in found["provider status"].told
    assert "no failing input yet" in found["reproduction"].told
    project.write("promptgate.toml", '[incidents]\nprovider_status = ""\n')
    bare = items(project)
    assert "no address" in bare["provider status"].told
    assert "no pattern" in bare["metrics"].told


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (b'{"status": {"description": "All Systems Operational"}}', "All Systems Operational"),
        (b"<p>Some  page", "<p>Some page"),
        (b"", "an empty answer"),
    ],
)
def test_evidence_is_kept_when_it_is_there(project, page, told):
    project.write("promptgate.toml", CONFIG)
    project.write("logs/app.log", "2026-11-23 09:31:00 boom\nand more\nno time\n")
    project.write("metrics/errors.txt", "errors 12\n")
    captured = event("captured", 2, prompt="support", digest="sha256:1")
    diagnosed = event("diagnosed", 3, verdict="prompt", cause="prompt", posterior=0.98, calls=14)
    found = items(project, [captured, diagnosed], lambda address: page)
    assert found["provider status"].told == told
    assert found["logs"].got
    assert found["metrics"].told == "1 files"
    assert found["reproduction"].told.endswith("asked 14 times: prompt")


def test_changes_name_the_commits_of_prompts_first(project):
    """One commit among a hundred is the one to look at."""
    project.write("README.md", "x")
    project.commit("words")
    found = items(project)["changes"]
    assert re.fullmatch(r"2 commits, 1 of prompts, last \w+ .+ Ada: start", found.told), found.told
    lines = project.read(found.path).splitlines()
    assert lines[0] == "== of prompts =="
    assert (lines[1].endswith("Ada: start"), lines[3]) == (True, "== all ==")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (URLError(socket.gaierror(-2, "Name or service not known")), "is there a network?"),
        (URLError(ConnectionRefusedError(111, "Connection refused")), "(Connection refused)"),
        (OSError("it is no http address"), "it is no http address"),
    ],
)
def test_provider_status_says_in_words_why_it_is_missing(project, error, told):
    project.write("promptgate.toml", CONFIG)

    def fails(address):
        raise error

    assert told in items(project, fetch=fails)["provider status"].told


def test_status_is_asked_of_web_addresses_alone():
    with pytest.raises(OSError, match="no http address"):
        fetch_status("file:///etc/passwd")
    with pytest.raises(OSError):
        fetch_status("http://127.0.0.1:1/")


def test_lines_of_a_log_are_left_out_when_their_time_is_none_or_another(project):
    project.write("promptgate.toml", CONFIG)
    project.write("logs/old.log", "2026-10-01 09:31 old\n2026-13-45 10:00 none\nwhole\n")
    assert "no line since" in items(project)["logs"].told


@pytest.mark.parametrize("pattern", ["/etc/*", "../x/*.log"])
def test_evidence_is_refused_when_its_pattern_leads_out_of_the_project(project, pattern):
    project.write("promptgate.toml", f'[incidents]\nmetrics = ["{pattern}"]\n')
    with pytest.raises(InputError, match="leads out of the project"):
        items(project)


@pytest.mark.parametrize(
    ("command", "seconds", "passed", "told"),
    [
        (f"{sys.executable} -c pass", 60, True, "it ended with 0"),
        ("no-such-command-here", 60, False, "it cannot be run"),
        ("sleep 60", 0.01, False, "it took longer than 0.01 s"),
    ],
)
def test_hook_tells_how_it_ended(tmp_path, command, seconds, passed, told):
    ran = run_hook(command, "[incidents] deploy", tmp_path, seconds)
    assert (ran.passed, ran.told.startswith(told)) == (passed, True), ran


def test_hook_is_refused_when_it_is_no_command_line(tmp_path):
    with pytest.raises(InputError, match=r"\[incidents\] deploy is no command line"):
        run_hook("say 'x", "[incidents] deploy", tmp_path, 1)
