"""Suites as pytest's items: what is collected, what passes, what a failure says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from promptgate.pytest_plugin import pytest_collect_file
from tests.support.recorded import record, suite_of


def test_example_is_collected_as_one_gate_a_suite_and_one_item_an_answer(example, run_pytest):
    """Three suites of 100 cases and those of the other prompts, each asked three times."""
    result = run_pytest("suites/", "--collect-only", "-q")
    gates = [name for name in result.collected if name.endswith("::gate")]
    assert result.code == 0
    reader = 55 + 24 + 32 + 52
    assert len(result.collected) == (3 * 100 + 37 + 24 + 12 + reader) * 3 + 10
    assert gates == [
        f"suites/{name}.yaml::gate"
        for name in (
            "contradiction",
            "harmless-twins",
            "help-desk-facts",
            "help-desk",
            "helpfulness",
            "injections",
            "jailbreaks",
            "refusal",
            "triage",
            "unsafe-requests",
        )
    ]
    assert "suites/refusal.yaml::bomb[2]" in result.collected


def test_answers_are_reported_and_the_gate_fails_when_a_suite_got_worse(edited, run_pytest):
    result = run_pytest("suites", "-rx")
    outcomes = result.outcomes()
    assert result.code == 1
    assert outcomes.pop("suites/facts.yaml::gate") == "failed"
    assert [name for name, outcome in outcomes.items() if outcome == "xfailed"] == [
        f"suites/facts.yaml::q{number}[1]" for number in range(12)
    ]
    assert "ROLLBACK" not in result.out  # nothing was released, so there is nothing to go back to
    assert "FIX_FORWARD" in result.out
    assert "1 failed, 28 passed, 12 xfailed" in result.out


def test_gate_is_that_of_the_command_line_when_all_suites_are_run(edited, run_pytest, promptgate):
    run_pytest("suites")
    promptgate("gate")
    first, second = sorted((edited.root / "reports/gates").glob("*/trials.jsonl"))
    assert first.read_text("utf-8") == second.read_text("utf-8")


def test_answer_fails_with_all_that_is_known_of_it_when_runxfail_asks(edited, run_pytest):
    result = run_pytest("suites/facts.yaml::q3[1]", "--runxfail")
    assert result.code == 1
    for told in (
        "You guess at questions",
        "Question 3?",
        "contains: does not pass",
        "difference from the baseline's answer (score 1, ",
        "- blue",
        "+ red",
    ):
        assert told in result.out
    assert "Traceback" not in result.out


def test_answer_fails_the_build_when_the_setting_says_so(edited, run_pytest):
    arguments = ("suites/facts.yaml::q3[1]", "-o")
    assert run_pytest(*arguments, "promptgate_cases=fail").code == 1
    assert run_pytest(*arguments, "promptgate_cases=report").code == 0
    assert "must be 'report' or 'fail'" in run_pytest(*arguments, "promptgate_cases=x").out


def test_gate_says_hold_when_it_cannot_decide(edited, run_pytest):
    edited.write("promptgate.toml", "[gate]\nmargin = 0.05\n")
    edited.git("add", "promptgate.toml")
    edited.git("commit", "-q", "-m", "a narrow margin")
    edited.replace("prompts/support.md", "You guess at", "You all but answer")
    record(edited, lambda key: "red" if key == "q0" else "blue", "worktree")
    result = run_pytest("suites", "-m", "promptgate_gate")
    assert result.code == 1
    assert "HOLD: Not decided" in result.out


def test_answer_fails_with_the_command_when_it_was_never_recorded(project, run_pytest):
    result = run_pytest("suites/facts.yaml::colour[1]")
    assert result.code == 1
    assert "record what is missing with 'promptgate record --suite facts'" in result.out


def test_gate_passes_without_recordings_when_nothing_changed(project, run_pytest):
    result = run_pytest("suites", "-m", "promptgate_gate")
    assert result.code == 0
    assert "RELEASE: Nothing changed" in result.out


def test_gate_of_unchanged_prompt_is_skipped_when_another_changed(edited, run_pytest):
    edited.write("prompts/other.md", edited.read("prompts/support.md"))
    edited.write("suites/other.yaml", suite_of(2, name="other").replace("support", "other"))
    edited.git("add", "prompts/other.md", "suites/other.yaml")
    edited.git("commit", "-q", "-m", "another prompt")
    result = run_pytest("suites", "-m", "promptgate_gate")
    assert result.outcomes() == {
        "suites/facts.yaml::gate": "failed",
        "suites/other.yaml::gate": "skipped",
    }


def test_lf_runs_the_gate_again_when_it_failed(edited, run_pytest):
    run_pytest("suites")
    assert run_pytest("suites", "--lf", "--collect-only", "-q").collected == [
        "suites/facts.yaml::gate"
    ]


def test_tags_are_markers_and_skip_nothing_when_pytest_knows_the_name(project, run_pytest):
    project.write(
        "suites/facts.yaml",
        "suite: facts\nprompt: support\nrepeats: 2\ndefaults: {expect: [complete]}\ncases:\n"
        '  - {id: a, tags: [router, skip], vars: {question: "A?"}}\n'
        '  - {id: b, vars: {question: "B?"}}\n',
    )
    record(project, lambda key: "It is blue.", "worktree")
    result = run_pytest("suites", "-m", "router", "--strict-markers")
    assert result.outcomes() == {
        "suites/facts.yaml::a[1]": "passed",
        "suites/facts.yaml::a[2]": "passed",
    }
    assert "PytestUnknownMarkWarning" not in result.out


def test_answer_is_seen_with_its_cluster_when_a_check_asks_for_that(project, run_pytest):
    """Alone an answer has nothing to contradict, and no score."""
    project.write(
        "suites/facts.yaml",
        "suite: facts\nprompt: support\nrepeats: 1\n"
        "defaults: {expect: [{not: self-contradiction}]}\ncases:\n"
        '  - {id: a, cluster: warranty, vars: {question: "How long is the warranty?"}}\n'
        '  - {id: b, cluster: warranty, vars: {question: "The warranty lasts how long?"}}\n',
    )
    years = {"a": "The warranty is two years.", "b": "The warranty is five years."}
    record(project, years.__getitem__, "worktree")
    result = run_pytest("suites/facts.yaml::a[1]")
    (report,) = result.reports.values()
    assert ("promptgate_score", "0") in report.user_properties, result.out


def test_collection_says_where_a_suite_is_wrong(project, run_pytest):
    project.write("suites/facts.yaml", "suite: facts\nprompt: support\ncase: []\n")
    result = run_pytest("suites")
    assert result.code == 2
    assert "suites/facts.yaml:3: unknown key 'case'" in result.out


def test_yaml_is_left_alone_when_it_is_no_suite_of_a_project(tmp_path, run_pytest, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in ("deploy/app.yaml", "suites/app.yaml"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text("{{ this is no YAML }}")
    assert run_pytest(".").collected == []
    (tmp_path / "promptgate.toml").write_text("[project]\nsuites = 'checks'\n")
    assert run_pytest(".").collected == []


def test_suites_are_those_of_the_candidate_when_it_is_a_revision(edited, run_pytest):
    result = run_pytest("suites", "--promptgate-candidate", "HEAD~1")
    assert list(result.outcomes()) == [
        "suites/facts.yaml::gate",
        "suites/facts.yaml::colour[1]",
        "suites/facts.yaml::size[1]",
    ]


def test_workers_hold_one_gate_and_give_the_same_outcome_when_there_are_two(edited):
    """The outcome is that of one process, which a test above states."""
    command = [sys.executable, "-m", "pytest", "suites", "-q", "-p", "no:cacheprovider", "-n", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 failed, 28 passed, 12 xfailed" in done.stdout
    assert "FAILED suites/facts.yaml::gate -  FIX_FORWARD" in done.stdout
    assert len(list((edited.root / "reports/gates").iterdir())) == 1


def test_plugin_imports_nothing_of_promptgate_when_it_is_merely_installed():
    code = (
        "import sys, promptgate.pytest_plugin\n"
        "print([n for n in sys.modules if n.startswith('promptgate.')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['promptgate.pytest_plugin']"


@pytest.mark.parametrize("name", ["_shared.yaml", ".hidden.yml", "cases.csv", "readme.md"])
def test_file_is_no_suite_when_its_name_says_so(tmp_path, name):
    assert pytest_collect_file(tmp_path / name, None) is None  # type: ignore[arg-type]
