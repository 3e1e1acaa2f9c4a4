"""Trials that were stored come back as they were, from JSON lines and from Parquet."""

from __future__ import annotations

import json

import pytest

from promptgate.runs.results import read_trials


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
