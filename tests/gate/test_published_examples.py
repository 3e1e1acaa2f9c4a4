"""The examples that others have published, to the digits that they print."""

from __future__ import annotations

import pytest

from promptgate.gate.power import units_to_detect
from promptgate.gate.proportions import (
    bonett_price,
    clopper_pearson,
    mcnemar_chi2,
    mcnemar_exact,
    mcnemar_mid_p,
    tango,
)
from promptgate.gate.statistics import detectable_drop, floor_units, t_power


def test_mcnemar_agrees_with_contingencytables_on_chapter_8():
    """Paired table [[59, 6], [16, 80]], R package contingencytables, chapter 8."""
    assert f"{mcnemar_exact(6, 16):.6f}" == "0.052479"
    assert f"{mcnemar_chi2(6, 16, correction=False).p:.6f}" == "0.033006"
    assert f"{mcnemar_chi2(6, 16, correction=True).p:.6f}" == "0.055009"
    assert f"{mcnemar_mid_p(6, 16):.6f}" == "0.034690"


def test_intervals_agree_with_contingencytables_on_chapter_8():
    assert [f"{x:.4f}" for x in bonett_price(6, 16, 161, 0.05)] == ["-0.1195", "-0.0032"]
    assert [f"{x:.4f}" for x in tango(6, 16, 161, 0.05)] == ["-0.1240", "-0.0054"]


def test_mcnemar_agrees_with_r_and_vassarstats_on_a_large_table():
    """[[101, 121], [59, 33]], as statsmodels' own tests quote it."""
    assert f"{mcnemar_exact(121, 59):.6f}" == "0.000004"
    assert f"{mcnemar_chi2(121, 59, correction=True).statistic:.5f}" == "20.67222"
    assert f"{mcnemar_chi2(121, 59, correction=False).statistic:.5f}" == "21.35556"


@pytest.mark.parametrize(
    ("b", "c", "digits", "p"),
    [(70, 59, 6, "0.378688"), (80, 59, 6, "0.089452"), (30, 60, 5, "0.00206"),
     (10, 30, 6, "0.002221")],
)  # fmt: skip
def test_exact_mcnemar_agrees_with_statsmodels_tests_on_discordant_pairs(b, c, digits, p):
    assert f"{mcnemar_exact(b, c):.{digits}f}" == p


def test_mcnemar_agrees_with_agresti_on_the_approval_survey():
    """Discordant 150 and 86, Agresti; R mcnemar.test prints the corrected one."""
    assert f"{mcnemar_chi2(150, 86, correction=False).statistic:.2f}" == "17.36"
    corrected = mcnemar_chi2(150, 86, correction=True)
    assert f"{corrected.statistic:.2f}" == "16.82"
    assert f"{corrected.p:.2e}" == "4.11e-05"


def test_t_power_agrees_with_r_pwr():
    """pwr.t.test, one sample, as statsmodels' own tests quote it."""
    assert f"{t_power(0.2, 20, 0.05, two_sided=True):.6f}" == "0.135956"
    assert f"{t_power(0.05, 20, 0.05):.7f}" == "0.0764889"


def test_units_to_detect_agrees_with_miller_on_a_paired_design():
    """Miller, Adding Error Bars to Evals (2024): omega**2 = 1/9, delta = .03, n = 969.

    His variance is that of the difference as a whole, with the drop's own part
    in it, and his level is 5 % in both tails together.
    """
    assert units_to_detect(0.03, 1 / 9 - 0.03 * 0.97, 0.025) == 969


@pytest.mark.parametrize(
    ("n", "points"), [(30, [27, 21, 20]), (100, [13.0, 9.2, 8.1]), (400, [5.8, 3.7, 3.1])]
)
def test_detectable_drop_is_the_reference_table_for_one_three_and_five_repeats(n, points):
    """Mean .80 and intra-class correlation .5: the variance of d is .16 / k."""
    digits = 0 if n == 30 else 1
    found = [round(100 * detectable_drop(n, 0.16 / k, 0.05), digits) for k in (1, 3, 5)]
    assert found == points


def test_floor_is_29_units_for_10_points_59_for_5_and_149_for_2():
    assert [floor_units(margin, 0.05) for margin in (0.10, 0.05, 0.02)] == [29, 59, 149]


def test_no_violation_in_100_leaves_a_rate_of_3_per_cent():
    """The rule of three: 1 - .05 ** (1 / 100)."""
    upper = clopper_pearson(0, 100, 0.05)[1]
    assert f"{100 * upper:.1f}" == "3.0"
    assert upper == pytest.approx(1 - 0.05 ** (1 / 100), abs=1e-12)
