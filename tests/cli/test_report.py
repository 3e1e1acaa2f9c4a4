"""Trials that were stored come back as they were, from JSON lines and from Parquet."""

from __future__ import annotations

import json
import shutil

import pytest

from promptgate.runs.results import read_trials
from tests.support.recorded import record, suite_of


@pytest.mark.parametrize("name", ["trials.jsonl", "trials.parquet"])
def test_report_shows_what_the_run_showed(name, example, promptgate):
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="comes with the extra 'parquet'")
    assert promptgate("run", "--suite", "refusal", "--output", name).code == 0
    shown = promptgate("report", name, "--json", "-")
    assert shown.code == 0
    (suite,) = json.loads(shown.out)["suites"]
    assert (suite["suite"], suite["trials"]) == ("refusal", 300)


def test_parquet_and_json_lines_hold_the_same_trials(example, promptgate):
    pytest.importorskip("pyarrow", reason="comes with the extra 'parquet'")
    promptgate("run", "--suite", "refusal", "--output", "a.jsonl")
    promptgate("run", "--suite", "refusal", "--output", "b.parquet")
    lines, parquet = (
        list(read_trials(example.root / "a.jsonl")),
        list(read_trials(example.root / "b.parquet")),
    )
    assert lines == parquet


def test_report_names_the_row_that_is_no_trial(example, promptgate):
    example.write("bad.jsonl", '{"suite": "x"}\n')
    ended = promptgate("report", "bad.jsonl")
    assert ended.code == 2
    assert "bad.jsonl:1: this row is not a stored trial" in ended.err


def test_report_names_a_file_that_is_not_there(example, promptgate):
    ended = promptgate("report", "none.jsonl")
    assert ended.code == 2
    assert "none.jsonl: the file cannot be read" in ended.err


@pytest.fixture
def gated(project, promptgate):
    """A gate on a small project: the candidate answers one of forty cases wrongly."""
    project.write("suites/facts.yaml", suite_of(40))
    project.write(".gitignore", "reports\n")
    project.commit("a suite")
    record(project, lambda _: "It is blue.", "HEAD")
    project.replace("prompts/support.md", "You answer", "You briefly answer")
    record(project, lambda case: "It is red." if case == "q7" else "It is blue.", "worktree")
    assert promptgate("gate", "--html", "now.html", "--junit", "now.xml").code in (0, 1, 3)
    return project


def test_report_of_a_stored_gate_is_the_one_that_the_gate_wrote(gated, promptgate):
    """Also when the recordings and the edit are gone."""
    shutil.rmtree(gated.root / "cassettes")
    gated.git("checkout", "-q", "prompts")
    shown = promptgate("report", "--html", "later.html", "--junit", "later.xml")
    assert shown.code == 0
    assert gated.read("later.html") == gated.read("now.html")
    assert gated.read("later.xml") == gated.read("now.xml")
    assert "q7 (1.00 → 0.00)" in shown.out


def test_report_takes_the_json_of_a_comparison(gated, promptgate):
    (file,) = (gated.root / "reports" / "gates").glob("*/decision.json")
    gated.write("alone.json", file.read_text())
    shown = promptgate("report", "alone.json", "--markdown", "-")
    assert shown.code == 0
    assert shown.out.startswith("## ")


def test_report_refuses_formats_of_a_gate_for_trials_and_a_damaged_file(gated, promptgate):
    assert promptgate("report", "trials.jsonl", "--html", "x.html").code == 2
    (folder,) = (gated.root / "reports" / "gates").iterdir()
    (folder / "requests.jsonl.gz").write_bytes(b"torn")
    ended = promptgate("report")
    assert (ended.code, "requests.jsonl.gz: the file is damaged" in ended.err) == (2, True)


def test_trend_compares_released_versions_over_stored_gates(gated, promptgate):
    """The first gate, before anything was released, measured what is released now."""
    nothing = promptgate("report", "trend", "--json", "-")
    assert json.loads(nothing.out)["versions"] == []
    gated.write("promptgate.toml", "[gate]\nmin_score = 0.5\n")
    gated.commit("the edit")
    released = promptgate("release", "--offline")
    assert released.code == 0, released.err + released.out
    gated.commit("the lock")
    shown = promptgate("report", "trend", "--json", "-", "--html", "trend.html")
    assert shown.code == 0, shown.err
    rows = json.loads(shown.out)["versions"]
    assert [(r["suite"], r["trials"], r["pass_rate"], r["now"]) for r in rows] == [
        ("facts", 40, 39 / 40, True)
    ]
    assert "Answers that pass" in gated.read("trend.html")


def test_trend_says_when_there_is_no_gate(project, promptgate):
    ended = promptgate("report", "trend")
    assert (ended.code, "no gate is stored" in ended.err) == (2, True)
