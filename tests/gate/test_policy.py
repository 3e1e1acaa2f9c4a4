from __future__ import annotations

import pytest

from promptgate.documents import load_toml, validate
from promptgate.errors import PolicyError
from promptgate.gate import Policy, check_policy


def load(text: str) -> Policy:
    return validate(Policy, load_toml(text, "promptgate.toml"), PolicyError, path=("gate",))


def test_policy_has_the_documented_defaults_when_nothing_is_written():
    policy = Policy()
    assert (policy.margin, policy.alpha, policy.ladder) == (0.10, 0.05, (1, 3, 5))
    assert (policy.max_missing, policy.max_imbalance, policy.max_age_days) == (0.02, 0.01, 7)
    assert (policy.fresh_repeats, policy.confirm_violations) == (4, 2)
    assert (policy.max_affected, policy.max_fix_lines, policy.max_fix_files) == (0.10, 10, 1)
    assert (policy.max_fix_minutes, policy.min_kappa, policy.max_cost_ratio) == (30, 0.6, 1.2)
    assert policy.on_inconclusive == "hold"


def test_every_number_of_the_policy_is_described():
    assert all(field.description for field in Policy.model_fields.values())


def test_policy_takes_the_suites_section_over_the_suites_file_over_the_gates():
    policy = load("[gate]\nmargin = 0.2\n[gate.suites.refusal]\nmargin = 0.05\ncritical = true\n")
    assert policy.for_suite("refusal", margin=0.3).margin == 0.05
    assert policy.for_suite("refusal").critical is True
    assert policy.for_suite("other", margin=0.3).margin == 0.3
    assert policy.for_suite("other").margin == 0.2


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[gate]\nmargin = 0\n", 2, "'margin' must be greater than 0, but got 0"),
        ("[gate]\nmargin = 1\n", 2, "'margin' must be less than 1"),
        ("[gate]\nalpha = 0.5\n", 2, "'alpha' must be less than 0.5"),
        ("[gate]\nmin_score = 1\n", 2, "'min_score' must be less than 1"),
        ("[gate]\nladder = [3, 1]\n", 2, "rising"),
        ("[gate]\nladder = []\n", 2, "rising"),
        ("[gate]\nfresh_repeats = 1\n", 1, "no violation could ever be confirmed"),
        ("[gate]\nmarginn = 0.1\n", 2, "did you mean 'margin'"),
        ("[gate]\non_inconclusive = 'pass'\n", 2, "'hold' or 'warn'"),
        ("[gate.suites.a]\nmargin = 2.0\n", 2, "margin' must be less than 1"),
    ],
)
def test_policy_is_refused_with_place_value_and_fix_when_a_number_is_wrong(text, line, message):
    with pytest.raises(PolicyError, match=message) as caught:
        load(text)
    assert caught.value.line == line


def test_policy_shares_alpha_out_only_when_the_looks_form_a_ladder():
    assert Policy().look_alpha(ladder=True) == pytest.approx(0.05 / 3)
    assert Policy().look_alpha(ladder=False) == 0.05


def test_check_policy_refuses_a_suite_when_no_answers_could_let_it_pass():
    """Three cases cannot pass even if all of them rise from 0 to 1."""
    with pytest.raises(PolicyError, match=r"'refusal' can never pass: 3 units.*at least 29 cases"):
        check_policy(3, Policy(), suite="refusal")


def test_check_policy_refuses_a_suite_when_no_answers_could_make_it_fail():
    with pytest.raises(PolicyError, match=r"can never fail: 4 units.*at least 5 cases"):
        check_policy(4, Policy(), suite="refusal")
    with pytest.raises(PolicyError, match=r"can never fail: 5 units.*at least 7 cases"):
        check_policy(5, Policy(), suite="refusal", suites=4)


def test_check_policy_refuses_a_first_release_when_its_min_score_is_out_of_reach():
    with pytest.raises(PolicyError, match=r"can never pass: 20 cases.*at least 29 cases"):
        check_policy(20, Policy(min_score=0.9), suite="refusal", first=True)


@pytest.mark.parametrize("first", [True, False])
def test_check_policy_accepts_a_suite_when_it_can_pass_and_fail(first):
    check_policy(30, Policy(min_score=0.9), suite="refusal", first=first)
