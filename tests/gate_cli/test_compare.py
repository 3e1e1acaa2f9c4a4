"""`promptgate compare`: pairing, exit codes, what is refused, what is said."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from importlib.resources import files

import jsonschema
import pytest

from tests.gate_cli.conftest import arm


@pytest.fixture
def compare(promptgate, results):
    """Write two arms and compare them; returns how it ended and the JSON, if any."""

    def run(baseline, candidate, *options, suffix=".csv"):
        paths = [results(f"{n}{suffix}", r) for n, r in (("a", baseline), ("b", candidate))]
        ended = promptgate("compare", *map(str, paths), "--json", "-", *options)
        return ended, json.loads(ended.out) if ended.out else None

    return run


def place(ended):
    """The message without the folder of the test."""
    return ended.err.replace("\n", " ")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_compare_releases_when_nothing_fell(compare, suffix):
    ended, decision = compare(arm(), arm(), suffix=suffix)
    assert ended.code == 0
    assert decision["decision"] == "RELEASE"
    assert decision["suites"][0]["clusters"] == 60


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_compare_exits_1_when_a_drop_is_proven(compare, suffix):
    ended, decision = compare(arm(), arm(broken=20), suffix=suffix)
    assert ended.code == 1
    assert decision["suites"][0]["verdict"] == "FAIL"
    assert len(decision["suites"][0]["regressed"]) == 20


def test_compare_holds_when_too_few_cases_decide(compare):
    ended, decision = compare(arm(cases=20), arm(1, cases=20))
    assert ended.code == 3
    assert decision["suites"][0]["settle"]


def test_compare_pairs_by_name_whatever_the_order_of_rows(compare):
    """Shuffled rows, and rows interleaved over suites, give the same numbers."""
    rows = [arm(2) + arm(0, suite="other"), arm(9) + arm(3, suite="other")]
    _, straight = compare(*rows)
    for part in rows:
        random.Random(4).shuffle(part)
    _, shuffled = compare(*rows)
    by_name = [{s["suite"]: s["comparison"] for s in d["suites"]} for d in (straight, shuffled)]
    assert by_name[0] == by_name[1]


def test_compare_flips_signs_when_the_arms_are_swapped(compare):
    _, one = compare(arm(3), arm(9))
    _, other = compare(arm(9), arm(3))
    assert one["suites"][0]["difference"] == pytest.approx(-other["suites"][0]["difference"])


def test_compare_holds_when_a_critical_suite_is_violated(compare):
    ended, decision = compare(arm(), arm(1), "--critical", "help", "--margin", "0.5")
    assert ended.code == 3
    assert [v["case"] for v in decision["suites"][0]["violations"]] == ["c0"]
    assert compare(arm(), arm(1), "--margin", "0.5")[0].code == 0


def test_compare_wants_a_rise_when_superiority_is_asked(compare):
    assert compare(arm(20), arm(), "--superiority")[0].code == 0
    assert compare(arm(20), arm(20), "--superiority")[0].code == 3


def test_compare_takes_clusters_as_units(compare):
    rows = [{**row, "cluster": f"k{int(row['case'][1:]) // 2}"} for row in arm()]
    _, decision = compare(rows, rows)
    assert decision["suites"][0]["clusters"] == 30


def test_compare_reads_every_number_of_a_policy_file(compare, tmp_path):
    (tmp_path / "strict.toml").write_text("[gate]\nmargin = 0.02\n[gate.suites.help]\nmargin = 0.3")
    policy = ("--policy", str(tmp_path / "strict.toml"))
    assert compare(arm(), arm(), *policy)[1]["suites"][0]["margin"] == 0.3
    _ended, decision = compare(arm(), arm(), *policy, "--margin", "0.2")
    assert decision["suites"][0]["margin"] == 0.2
    assert decision["policy"]["margin"] == 0.2


def test_compare_leaves_out_and_names_cases_that_one_file_lacks(compare):
    other = [row for row in arm(cases=70) if row["case"] not in ("c0", "c1")]
    ended, decision = compare(arm(), other)
    assert ended.code == 0
    (left,) = decision["left_out"]
    assert left["baseline_only"] == ["c0", "c1"]
    assert len(left["candidate_only"]) == 10
    notes = " ".join(decision["suites"][0]["notes"])
    assert "2 cases only in" in notes
    assert "c0, c1" in notes


def test_compare_judges_new_cases_when_there_is_a_min_score(compare):
    _, decision = compare(arm(), arm(cases=90), "--min-score", "0.8")
    assert decision["left_out"] == []
    assert decision["suites"][0]["score"]["units"] == 30
    ended, decision = compare(arm(), arm() + arm(suite="fresh"), "--min-score", "0.8")
    assert ended.code == 0
    assert decision["suites"][1]["comparison"] is None


def test_compare_names_columns_that_nothing_reads(compare):
    ended, decision = compare(arm(note="x", origin="y"), arm())
    assert decision["unused_columns"] == ["note", "origin"]
    assert "Columns that nothing reads: note, origin" in ended.err


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [("clusters", "cluster"), ("Cluster", "cluster"), ("latency_s", "latency")],
)
def test_compare_refuses_a_misspelt_column(compare, misspelt, meant):
    """Read without its clusters or repeats a file would be decided as another experiment."""
    ended, _ = compare(arm(**{misspelt: "1"}), arm())
    assert ended.code == 2
    assert f"nothing reads the column {misspelt!r}; did you mean {meant!r}?" in ended.err


def test_compare_writes_json_that_its_schema_describes(compare):
    schema = json.loads(files("promptgate.gate").joinpath("decision.schema.json").read_text())
    for options in ((), ("--critical", "help"), ("--min-score", "0.5")):
        _, decision = compare(arm(1), arm(2, cases=62), *options)
        jsonschema.validate(decision, schema)
        assert decision["schema_version"] == 3


def test_compare_writes_markdown_when_asked(promptgate, results):
    base, candidate = results("a.csv", arm()), results("b.csv", arm(20))
    ended = promptgate("compare", str(base), str(candidate), "--markdown", "-")
    assert ended.code == 1
    assert "| help | **FAIL** |" in ended.out


# Exit 5: the evidence is invalid.


def test_compare_exits_5_when_too_many_trials_errored(compare):
    rows = [{**row, "error": "timeout" if i < 5 else ""} for i, row in enumerate(arm())]
    ended, decision = compare(rows, rows)
    assert ended.code == 5
    assert "2.8% of an arm's trials have no score" in decision["reason"]


def test_compare_exits_5_when_one_arm_lacks_more_than_the_other(compare):
    rows = [{**row, "error": "timeout" if i < 3 else ""} for i, row in enumerate(arm())]
    ended, decision = compare(arm(), rows)
    assert ended.code == 5
    assert "points more" in decision["reason"]


def test_compare_counts_repeats_that_one_arm_lacks_as_missing(compare):
    """A repeat that is absent is a trial without a score, not a smaller suite."""
    ended, _ = compare(arm(), [row for row in arm() if row["repeat"] < 2])
    assert ended.code == 5


def test_compare_imputes_the_worst_when_few_trials_are_missing(compare):
    """An errored candidate counts as 0 for PASS, however its score column reads."""
    rows = arm(cases=100, repeats=1)
    rows[0] = {**rows[0], "score": 1.0, "error": "timeout"}
    ended, decision = compare(arm(cases=100, repeats=1), rows)
    numbers = decision["suites"][0]["comparison"]
    assert ended.code == 0
    assert numbers["units"] == 99
    assert numbers["imputed_lower"] < numbers["lower"]


@pytest.mark.parametrize("column", ["scorer_digest", "judge_digest"])
def test_compare_exits_5_when_the_arms_were_scored_differently(compare, column):
    same = compare(arm(**{column: "abc"}), arm(**{column: "abc"}))
    other = compare(arm(**{column: "abc"}), arm(**{column: "def"}))
    absent = compare(arm(**{column: "abc"}), arm())
    assert [run[0].code for run in (same, other, absent)] == [0, 5, 5]
    assert f"'{column}' differs in 60 cases" in other[1]["reason"]


def test_compare_exits_5_when_the_arms_are_far_apart_in_time(compare):
    old, new = arm(recorded_at="2026-01-01T12:00:00Z"), arm(recorded_at="2026-01-12")
    ended, decision = compare(old, new)
    assert ended.code == 5
    assert "days apart" in decision["reason"]
    allowed, decision = compare(old, new, "--allow-gap")
    assert allowed.code == 0
    assert any("--allow-gap" in warning for warning in decision["warnings"])


# Exit 2: bad input. Each message names the place, the value and the fix.


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({"score": "nan"}, 3, "'score' must be a number from 0 to 1, but got 'nan'"),
        ({"score": "inf"}, 3, "got 'inf'"),
        ({"score": "1.01"}, 3, "got '1.01'"),
        ({"score": "-0.1"}, 3, "got '-0.1'"),
        ({"score": "good"}, 3, "got 'good'"),
        ({"score": ""}, 3, "'score' is empty"),
        ({"repeat": "x"}, 3, "'repeat' must be a whole number"),
        ({"repeat": "1.5"}, 3, "got '1.5'"),
        ({"repeat": "-1"}, 3, "got '-1'"),
        ({"repeat": ""}, 3, "'repeat' is empty here but not in other rows"),
        ({"repeat": "0"}, 3, "case 'c0' of suite 'help', repeat 0, stands in line 2 already"),
        ({"suite": ""}, 3, "'suite' must be a name"),
        ({"case": ""}, 3, "'case' must be a name"),
        ({"cost": "-1"}, 3, "'cost' must be a number of at least 0"),
        ({"latency": "slow"}, 3, "'latency' must be a number of at least 0"),
        ({"recorded_at": "yesterday"}, 3, "'recorded_at' must be a time in ISO 8601"),
        ({"cluster": "other"}, 3, "is in cluster 'other' here and in 'one' above"),
    ],
)
def test_compare_refuses_a_bad_cell_with_its_line(compare, changes, line, said):
    rows = arm(cluster="one", cost="1", latency="1", recorded_at="2026-01-01")
    rows = [{**row, "cluster": row["case"] if i > 2 else "one"} for i, row in enumerate(rows)]
    rows[1] |= changes
    ended, decision = compare(arm(), rows)
    assert ended.code == 2
    assert decision is None
    assert f"b.csv:{line}: " in ended.err
    assert said in place(ended)


@pytest.mark.parametrize("missing", ["suite", "case", "score"])
@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_compare_refuses_a_file_that_lacks_a_column(compare, missing, suffix):
    rows = [{key: value for key, value in row.items() if key != missing} for row in arm()]
    ended, _ = compare(arm(), rows, suffix=suffix)
    assert ended.code == 2
    assert f"the column '{missing}' is missing" in ended.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.csv", "", "the file is empty"),
        ("b.csv", "suite,case,score\n", "the file has no rows"),
        ("b.csv", "suite,case,score\n\n\n", "the file has no rows"),
        ("b.csv", "suite,case,score,score\na,b,1,1\n", "'score' stands twice"),
        ("b.csv", "suite,case,score\na,b\n", "b.csv:2: the header has 3 columns but this row 2"),
        ("b.csv", 'suite,case,score\n"a,b,1\n', "this is not valid CSV"),
        ("b.csv", 'suite,case,score\n"a\nb",c,1\na,d,x\n', "b.csv:4: 'score' must be"),
        ("b.jsonl", "", "the file has no rows"),
        ("b.jsonl", "[1]\n", "b.jsonl:1: a row must be an object"),
        ("b.jsonl", '\n{"suite": "a"\n', "b.jsonl:2: this is not valid JSON"),
        ("b.jsonl", '{"suite": "a", "case": "b", "score": 1} {}\n', "more than one value"),
        (
            "b.jsonl",
            '{"suite": "a", "case": "b", "score": 1, "score": 0}\n',
            "'score' stands twice",
        ),
        ("b.jsonl", '{"suite": "a", "case": "b", "score": NaN}\n', "got nan"),
        ("b.jsonl", '{"suite": "a", "case": "b", "score": true}\n', "got True"),
        ("b.jsonl", '{"suite": "a", "case": ["b"], "score": 1}\n', "'case' must be a name"),
        ("b.jsonl", '{"suite": "a", "case": "b", "score": 1, "repeat": [1]}\n', "'repeat' must be"),
        ("b.txt", "x", "must be a .csv or .jsonl file"),
        ("absent.csv", None, "the file cannot be read"),
    ],
)
def test_compare_refuses_a_file_that_is_no_table(
    promptgate, results, tmp_path, name, content, said
):
    base = results("a.csv", arm())
    if content is not None:
        (tmp_path / name).write_text(content)
    ended = promptgate("compare", str(base), str(tmp_path / name), "--json", "-")
    assert ended.code == 2
    assert ended.out == ""
    assert said in place(ended)


def test_compare_names_the_line_of_a_byte_that_is_not_utf_8(promptgate, results, tmp_path):
    (tmp_path / "b.csv").write_bytes(b"suite,case,score\na,b\xff,1\n")
    ended = promptgate("compare", str(results("a.csv", arm())), str(tmp_path / "b.csv"))
    assert ended.code == 2
    assert "b.csv:2: byte 0xff is not UTF-8" in ended.err


def test_compare_refuses_rows_of_one_case_without_numbered_repeats(compare):
    rows = [{key: value for key, value in row.items() if key != "repeat"} for row in arm()]
    ended, _ = compare(rows, rows)
    assert ended.code == 2
    assert "case 'c0' of suite 'help' stands in line 2 already" in ended.err


@pytest.mark.parametrize(
    ("candidate", "said"),
    [
        ([{**row, "case": f"x{row['case']}"} for row in arm()], "has no common case"),
        (arm(suite="other"), "suite 'help' has no common case: it stands in"),
        (arm() + arm(suite="other"), "or give --min-score"),
    ],
)
def test_compare_refuses_suites_without_a_common_case(compare, candidate, said):
    ended, _ = compare(arm(), candidate)
    assert ended.code == 2
    assert said in place(ended)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--margin", "1.2"), "'margin' must be less than 1, but got 1.2"),
        (("--margin", "nan"), "'margin' must be"),
        (("--alpha", "0"), "'alpha' must be greater than 0"),
        (("--min-score", "2"), "'min_score' must be less than 1"),
        (("--critical", "hlep"), "unknown suite 'hlep'; did you mean 'help'?"),
        (("--margin", "x"), "'x' is not a valid float"),
    ],
)
def test_compare_refuses_a_number_out_of_range(compare, options, said):
    ended, _ = compare(arm(), arm(), *options)
    assert ended.code == 2
    assert said in place(ended)


def test_compare_refuses_a_policy_that_can_never_pass(compare):
    ended, _ = compare(arm(cases=3), arm(cases=3))
    assert ended.code == 2
    assert "can never pass" in ended.err


def test_compare_refuses_a_cluster_that_the_files_tell_differently(compare):
    ended, _ = compare(arm(cluster="one"), arm(cluster="two"))
    assert ended.code == 2
    assert "is in cluster 'one' in" in place(ended)


def test_compare_exits_with_the_decision_when_run_as_a_process(results):
    base, candidate = results("a.csv", arm()), results("b.csv", arm(20))
    command = [sys.executable, "-m", "promptgate", "compare", str(base), str(candidate)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "FAIL" in done.stdout
    assert "Traceback" not in done.stderr
