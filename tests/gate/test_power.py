from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.gate import (
    Policy,
    SuitePlan,
    expected_variance,
    policy_power,
    units_to_detect,
    units_to_release,
)
from promptgate.gate.power import detect_chance, release_chance, units_to_settle
from promptgate.gate.statistics import detectable_drop, drop_p, moments, non_inferior


@pytest.mark.parametrize(("n", "k"), [(30, 1), (30, 3), (100, 1), (100, 3), (400, 1)])
@pytest.mark.parametrize("margin", [0.05, 0.10])
def test_release_chance_is_what_simulation_finds(n, k, margin):
    """To three points, one of which is the simulation's own error."""
    rng = np.random.default_rng(n + k)
    p = rng.beta(0.8, 0.2, (4_000, n))
    units = moments((rng.binomial(k, p) - rng.binomial(k, p)) / k)
    found = float(non_inferior(units, margin, 0.05).mean())
    assert release_chance(n, expected_variance(0.8, 0.5, k), margin, 0.05) == pytest.approx(
        found, abs=0.03
    )


def test_detect_chance_is_80_per_cent_at_the_detectable_drop():
    variance = expected_variance(0.8, 0.5, 3)
    drop = detectable_drop(100, variance, 0.05)
    assert detect_chance(100, variance, drop, 0.05) == pytest.approx(0.80, abs=0.01)


@given(st.integers(29, 500), st.sampled_from([0.05, 0.1]))
def test_release_chance_of_units_that_never_vary_is_decided_by_the_floor(n, margin):
    expected = bool(non_inferior(moments(np.zeros(n)), margin, 0.05))
    assert release_chance(n, 0.0, margin, 0.05) == expected


def test_no_unit_releases_nothing():
    assert release_chance(0, 0.1, 0.1, 0.05) == 0
    assert detect_chance(1, 0.1, 0.1, 0.05) == 0


def test_units_to_detect_is_the_smallest_number_that_does():
    n = units_to_detect(0.05, 0.0533, 0.05)
    assert detectable_drop(n, 0.0533, 0.05) <= 0.05 < detectable_drop(n - 1, 0.0533, 0.05)


def test_units_to_release_is_the_smallest_number_that_does():
    n = units_to_release(0.9, 0.0533, 0.05, 0.05)
    assert release_chance(n, 0.0533, 0.05, 0.05) >= 0.9
    assert release_chance(n - 1, 0.0533, 0.05, 0.05) < 0.9


def test_units_to_settle_would_settle_it():
    d = np.array([-1.0] * 3 + [1.0] + [0.0] * 36)
    n = units_to_settle(moments(d), 0.10, 0.05)
    more = moments(np.tile(d, -(-n // 40)))
    assert non_inferior(more, 0.10, 0.05) or drop_p(more) < 0.05
    assert units_to_settle(moments(d[:1]), 0.10, 0.05) is None


def test_units_to_settle_is_unknown_when_no_number_would():
    """No difference at all against a margin of nearly nothing: a million units are too few."""
    at_margin = moments(np.array([-0.1, 0.1] * 20))
    assert units_to_settle(at_margin, 1e-7, 0.05) is None


def test_policy_under_80_per_cent_is_warned_of_with_what_would_do():
    """60 cases of 3 repeats and a margin of 5 points, three suites: useless."""
    variance = expected_variance(0.8, 0.5, 3)
    plans = [SuitePlan(name, 60, 3, variance) for name in ("a", "b", "c")]
    power = policy_power(plans, Policy(margin=0.05))
    assert power.release_chance == pytest.approx(0.05, abs=0.02)
    assert len(power.warnings) == 4
    assert "cases" in power.warnings[1]
    assert "margin of" in power.warnings[1]
    wanted = power.suites[0].units_wanted
    enough = [SuitePlan(name, wanted, 3, variance) for name in ("a", "b", "c")]
    assert policy_power(enough, Policy(margin=0.05)).release_chance >= 0.80


def test_policy_of_100_cases_and_10_points_lets_harmless_edits_through():
    plans = [SuitePlan(name, 100, 3, expected_variance(0.8, 0.5, 3)) for name in ("a", "b", "c")]
    power = policy_power(plans, Policy())
    assert power.release_chance == pytest.approx(0.97, abs=0.01)
    assert power.warnings == ()


def test_suites_margin_of_the_plan_is_used():
    plan = SuitePlan("a", 100, 3, 0.05, margin=0.02)
    assert policy_power([plan], Policy()).suites[0].margin == 0.02
