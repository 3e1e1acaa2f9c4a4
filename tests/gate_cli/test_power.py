"""`promptgate gate power`: what the suites of a project can see."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from promptgate.gate import Policy, SuitePlan, expected_variance, policy_power
from promptgate.gate.statistics import detectable_drop


def cases(count, *, cluster=1, suite="facts", repeats=3):
    rows = "".join(
        f"  - {{id: c{i}, cluster: k{i // cluster}, vars: {{question: 'Is it {i}?'}}, "
        f"expect: [complete]}}\n"
        for i in range(count)
    )
    return f"suite: {suite}\nprompt: support\nrepeats: {repeats}\ncases:\n{rows}"


def power(promptgate, *options):
    ended = promptgate("gate", "power", "--json", "-", *options)
    return ended, json.loads(ended.out) if ended.out else None


def test_power_agrees_with_the_formulas_of_the_gate(project, promptgate):
    project.write("suites/facts.yaml", cases(100))
    ended, shown = power(promptgate, "--rate", "0.9", "--icc", "0.3")
    variance = expected_variance(0.9, 0.3, 3)
    expected = policy_power([SuitePlan("facts", 100, 3, variance)], Policy()).suites[0]
    (suite,) = shown["suites"]
    assert ended.code == 0
    assert suite["mde80"] == pytest.approx(expected.mde80)
    assert suite["release_chance"] == pytest.approx(expected.release_chance)
    assert suite["source"] == "assumed: rate 0.9, icc 0.3"


def test_power_counts_clusters_and_shared_requests_as_one_unit(project, promptgate):
    project.write("suites/facts.yaml", cases(60, cluster=2))
    assert power(promptgate)[1]["suites"][0]["units"] == 30
    project.write("suites/facts.yaml", cases(60).replace("Is it 1?", "Is it 0?"))
    assert power(promptgate)[1]["suites"][0]["units"] == 59


def test_power_says_how_many_cases_or_repeats_catch_a_drop(project, promptgate):
    project.write("suites/facts.yaml", cases(100, repeats=1))
    _, shown = power(promptgate, "--drop", "0.09")
    (suite,) = shown["suites"]
    wanted, repeats = suite["units_to_detect"], suite["repeats_to_detect"]
    assert detectable_drop(wanted, suite["variance"], 0.05) <= 0.09
    assert detectable_drop(wanted - 1, suite["variance"], 0.05) > 0.09
    assert detectable_drop(100, suite["variance"] / repeats, 0.05) <= 0.09
    assert detectable_drop(100, suite["variance"] / (repeats - 1), 0.05) > 0.09


def test_power_gives_the_chance_of_the_whole_policy(project, promptgate):
    project.write("suites/facts.yaml", cases(50))
    project.write("suites/more.yaml", cases(50, suite="more"))
    _, shown = power(promptgate)
    one, other = (suite["release_chance"] for suite in shown["suites"])
    assert shown["release_chance"] == pytest.approx(one * other)
    assert "below 80%" in shown["warnings"][0]


def test_power_warns_and_says_how_many_cases_it_takes_when_a_suite_is_too_small(
    project, promptgate
):
    """Nothing is wrong with the input: what it lacks is what was asked."""
    ended = promptgate("gate", "power")
    assert ended.code == 0
    assert "too few: " in ended.out
    assert re.search(r"can never pass: .*use at least \d+ cases", " ".join(ended.out.split()))


def test_power_tells_each_prompts_suites_apart_as_a_gate_judges_them(project, promptgate):
    """A change of one prompt asks none of the others' suites."""
    project.write("prompts/billing.md", project.read("prompts/support.md"))
    project.write("suites/facts.yaml", cases(100))
    project.write("suites/more.yaml", cases(30, suite="more"))
    bills = cases(100, suite="bills").replace("prompt: support", "prompt: billing")
    project.write("suites/bills.yaml", bills)
    _, shown = power(promptgate)
    told = {gate["tested"]: gate["suites"] for gate in shown["gates"]}
    assert told == {"support": ["facts", "more"], "billing": ["bills"]}
    assert [line.partition(":")[0] for line in shown["warnings"]] == ["support"] * 2
    screen = " ".join(promptgate("gate", "power").out.split())
    assert "A harmless edit of support passes its 2 suites in" in screen
    assert "A harmless edit of billing passes its 1 suite in" in screen


def test_power_measures_noise_on_the_newest_gate(violated, promptgate):
    """One repeat tells nothing of noise: it stays assumed."""
    promptgate("gate", "--baseline", "main")
    assert "assumed" in power(promptgate)[1]["suites"][0]["source"]
    folder = next((violated.root / "reports" / "gates").iterdir())
    rows = [json.loads(line) for line in (folder / "trials.jsonl").read_text().splitlines()]
    twice = [{**row, "repeat": 1, "score": float(i % 4 > 0)} for i, row in enumerate(rows)]
    text = "".join(f"{json.dumps(row)}\n" for row in rows + twice)
    (folder / "trials.jsonl").write_text(text)
    (suite,) = power(promptgate)[1]["suites"]
    assert suite["source"] == f"measured: {folder.name}"
    assert suite["variance"] == pytest.approx(2 * 0.5 * suite_share(rows, twice))


def suite_share(rows, twice):
    """Of the baseline's cases, the share whose two repeats disagree: each has a variance of 1/2."""
    pairs = [
        (a["score"], b["score"]) for a, b in zip(rows, twice, strict=True) if a["arm"] == "baseline"
    ]
    return sum(a != b for a, b in pairs) / len(pairs)


def test_repeat_noise_averages_cases_within_a_cluster(violated, promptgate):
    """Two independent cases in one unit have half the variance of one."""
    from promptgate.runs.power import repeat_noise
    from promptgate.runs.results import read_trials

    promptgate("gate", "--baseline", "main")
    folder = next((violated.root / "reports" / "gates").iterdir())
    trial = next(iter(read_trials(folder / "trials.jsonl")))
    noisy = [
        replace(trial, case=case, cluster=case, repeat=repeat, score=float(repeat))
        for case in ("a", "b")
        for repeat in (0, 1)
    ]
    assert repeat_noise(noisy) == pytest.approx(1.0)
    assert repeat_noise([replace(t, cluster="k") for t in noisy]) == pytest.approx(0.5)
    assert repeat_noise(noisy[:1]) is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--drop", "0"), "--drop must be above 0 and below 1, but got 0.0"),
        (("--rate", "nan"), "--rate must be above 0 and below 1"),
        (("--icc", "1"), "--icc must be above 0"),
        (("--suite", "none"), "none"),
    ],
)
def test_power_refuses_bad_input(project, promptgate, options, said):
    ended, shown = power(promptgate, *options)
    assert (ended.code, shown) == (2, None)
    assert said in ended.err


def test_gate_refuses_options_in_front_of_a_subcommand(project, promptgate):
    """They would do nothing there, silently."""
    ended = promptgate("gate", "--suite", "facts", "power")
    assert ended.code == 2
    assert "--suite belongs to 'gate' itself" in ended.err
