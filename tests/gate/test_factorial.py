from __future__ import annotations

import numpy as np
import pytest

from promptgate.gate.factorial import attribute_drop

GOOD = np.tile([1.0, 1.0, 2 / 3, 1.0], 20)
BAD = np.tile([0.0, 1.0, 2 / 3, 1.0], 20)


@pytest.mark.parametrize(
    ("prompt", "model", "both", "cause"),
    [
        (GOOD, GOOD, GOOD, None),
        (BAD, GOOD, BAD, "prompt"),
        (GOOD, BAD, BAD, "model"),
        (BAD, np.roll(BAD, 1), BAD * np.roll(BAD, 1), "both"),
        (GOOD, GOOD, BAD, "interaction"),
    ],
)
def test_drop_is_attributed_to_what_lowers_the_score(prompt, model, both, cause):
    assert attribute_drop(GOOD, prompt, model, both, 0.05).cause == cause


def test_attribution_corrects_for_asking_three_questions():
    """One p of .03 is not enough among three."""
    prompt = GOOD.copy()
    prompt[[0, 4, 8, 12]] = 0.0
    prompt[1:40:4] += 0.0
    found = attribute_drop(GOOD, prompt, GOOD, prompt, 0.05)
    assert found.prompt.p_adjusted == pytest.approx(min(1, 3 * found.prompt.p))
    assert found.prompt.p < 0.05
    assert found.cause is None


def test_attribution_refuses_cells_when_their_units_differ():
    with pytest.raises(ValueError, match="same units"):
        attribute_drop(GOOD, GOOD[1:], GOOD, GOOD, 0.05)
