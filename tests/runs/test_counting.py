"""How cases count: by the base, and not at all while they are in quarantine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from promptgate.project import find_project
from promptgate.runs.counting import hold
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate
from promptgate.suites import Quarantine, load_suites
from tests.support.recorded import record, source_of, suite_of

TODAY = date(2026, 11, 27)
ASIDE = Quarantine("dana", date(2026, 11, 27), "flaky")


def suite(folder, head="", **cases):
    """Return a suite of two cases, with changes to single ones."""
    folder.write("suites/facts.yaml", suite_of(2, head=head))
    (loaded,) = load_suites(find_project(folder.root).tree, "suites")
    changed = tuple(replace(case, **cases.get(case.id, {})) for case in loaded.cases)
    return replace(loaded, cases=changed)


def held(head, base):
    found = hold((head,), None if base is None else (base,), "main", TODAY)
    return found.suites[0], " ".join(found.sentences.get(head.name, ()))


@pytest.mark.parametrize("line", ["margin: 0.9\n", "min_score: 0.1\n", "on_inconclusive: warn\n"])
def test_policy_of_a_suite_is_the_bases(project, line):
    lax, strict = suite(project, line), suite(project)
    own, told = held(lax, strict)
    assert own == strict
    assert told == f"{line.split(':')[0]}: what main has counts, until the change is merged"
    assert held(strict, lax)[0] == lax, "a stricter one counts once it is merged, too"


def test_policy_of_a_suite_is_the_bases_when_the_change_renames_it(project):
    lax = replace(suite(project, "margin: 0.9\n"), name="other")
    assert held(lax, suite(project))[0].margin is None


def test_new_suite_has_its_own_policy(project):
    own = replace(suite(project, "margin: 0.2\n"), name="new", file="suites/new.yaml")
    assert held(own, suite(project)) == (own, "")


def test_critical_case_stays_critical_and_may_become_so(project):
    plain, critical = suite(project), suite(project, q0={"critical": True})
    own, told = held(plain, critical)
    assert own.cases[0].critical
    assert told == "still critical, as main has it: 'q0'"
    assert held(critical, plain)[0].cases[0].critical


def test_critical_case_stays_critical_when_it_is_renamed(project):
    critical = suite(project, q0={"critical": True})
    assert held(suite(project, q0={"id": "other"}), critical)[0].cases[0].critical


def test_case_is_not_in_quarantine_when_only_the_change_says_so(project):
    own, told = held(suite(project, q0={"quarantine": ASIDE}), suite(project))
    assert own.cases[0].quarantine is None
    assert told == "not in quarantine before the change is merged: 'q0'"
    longer = replace(ASIDE, until=date(2030, 1, 1))
    own, _ = held(
        suite(project, q0={"quarantine": longer}), suite(project, q0={"quarantine": ASIDE})
    )
    assert own.cases[0].quarantine == ASIDE, "nor is one longer"
    own, _ = held(suite(project), suite(project, q0={"quarantine": ASIDE}))
    assert own.cases[0].quarantine is None, "lifting one is for the change to decide"


def test_case_is_in_quarantine_until_its_last_day_and_named(project):
    aside = suite(project, q0={"quarantine": ASIDE})
    own, told = held(aside, aside)
    assert own.cases[0].quarantine == ASIDE
    assert told == "in quarantine until 2026-11-27, dana; run, and not counted: 'q0'"
    assert held(aside, None)[0] == own


def test_case_counts_again_when_its_quarantine_is_over(project):
    past = replace(ASIDE, until=date(2026, 11, 26))
    aside = suite(project, q0={"quarantine": past})
    own, told = held(aside, aside)
    assert own.cases[0].quarantine is None
    assert told == "quarantine is over, so it counts again: 'q0' (dana, until 2026-11-26)"


def test_case_is_never_in_quarantine_when_it_is_critical(project):
    aside = suite(project, q0={"quarantine": ASIDE})
    assert held(aside, suite(project, q0={"critical": True}))[0].cases[0].quarantine is None


def gate(folder, **options):
    project = find_project(folder.root)
    return run_gate(project, GateOptions(**options), source_of(folder))


@pytest.fixture
def flaky(project):
    """Forty cases on main, ten of them in quarantine; the change on 'edit' fails those ten."""
    text = suite_of(40)
    for number in range(10):
        aside = "quarantine: {owner: dana, until: 2100-01-01, reason: flaky}"
        text = text.replace(f"{{id: q{number}, ", f"{{id: q{number}, {aside}, ")
    project.write("suites/facts.yaml", text)
    project.write(".gitignore", "cassettes\nreports\n")
    project.commit("forty cases")
    project.git("checkout", "-q", "-b", "edit")
    project.replace("prompts/support.md", "You answer", "You briefly answer")
    project.commit("an edit")
    record(project, lambda key: "blue", "main")
    record(project, lambda key: "red" if int(key[1:]) < 10 else "blue", "edit")
    return project


def test_gate_runs_what_is_in_quarantine_and_does_not_count_it(flaky):
    run = gate(flaky, baseline="main")
    (suite,) = run.decision.suites
    assert (run.decision.exit_code, suite.cases) == (0, 30)
    assert {trial.case for trial in run.trials} >= {"q0", "q39"}
    assert suite.notes[0].startswith("in quarantine until 2100-01-01, dana; run, and not counted")


def test_gate_counts_a_case_when_the_change_puts_it_into_quarantine(flaky):
    base = suite_of(40)
    flaky.git("checkout", "-q", "main")
    aside = flaky.read("suites/facts.yaml")
    flaky.write("suites/facts.yaml", base)
    flaky.commit("none is in quarantine")
    flaky.git("checkout", "-q", "edit")
    flaky.git("merge", "-q", "main")
    flaky.write("suites/facts.yaml", aside)
    run = gate(flaky, baseline="main")
    assert run.decision.exit_code == 1
    assert any("not in quarantine before" in note for note in run.decision.suites[0].notes)


def test_gate_ends_as_invalid_when_every_case_is_in_quarantine(flaky):
    """No rows are no evidence."""
    text = flaky.read("suites/facts.yaml")
    for number in range(10, 40):
        aside = "quarantine: {owner: dana, until: 2100-01-01, reason: flaky}"
        text = text.replace(f"{{id: q{number}, ", f"{{id: q{number}, {aside}, ")
    flaky.write("suites/facts.yaml", text)
    flaky.git("stash", "-q")
    flaky.git("checkout", "-q", "main")
    flaky.git("stash", "pop", "-q")
    flaky.commit("all are in quarantine")
    flaky.git("checkout", "-q", "edit")
    flaky.git("merge", "-q", "main")
    assert gate(flaky, baseline="main").decision.exit_code == 5
