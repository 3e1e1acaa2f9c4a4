"""Which change is to blame: the 2x2 of old and new prompt by old and new model.

Serves a gate in which prompt and model changed together. The incident side asks
the same question about one failing input, adaptively; here whole suites were
measured in all four cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Blame = Literal["prompt", "model", "both", "interaction"]


@dataclass(frozen=True)
class Effect:
    """One effect of the design.

    Attributes:
        name: "prompt", "model" or "interaction".
        difference: Mean over units, in points of score.
        p: One-sided, of no drop.
        p_adjusted: After Holm over the three.
    """

    name: str
    difference: float
    p: float
    p_adjusted: float


@dataclass(frozen=True)
class Factorial:
    """What the four cells say.

    Attributes:
        prompt: New against old prompt, on the old model.
        model: New against old model, with the old prompt.
        interaction: What both changes together add to the sum of the two.
        cause: The one that is proven to lower the score; None: none is.
    """

    prompt: Effect
    model: Effect
    interaction: Effect
    cause: Blame | None


def attribute_drop(
    neither: Floats, prompt: Floats, model: Floats, both: Floats, alpha: float
) -> Factorial:
    """Attribute a drop to the prompt, the model, both or their interaction.

    Args:
        neither: Mean score of each unit with the old prompt on the old model.
        prompt: With the new prompt on the old model.
        model: With the old prompt on the new model.
        both: With the new prompt on the new model. All in the same order of units.
        alpha: Level for the three tests together.

    Raises:
        ValueError: The cells do not have the same units.
    """
    import numpy as np

    from promptgate.gate.statistics import drop_p, holm, moments

    if not len(neither) == len(prompt) == len(model) == len(both):
        raise ValueError("all four cells need the same units in the same order")
    effects = (prompt - neither, model - neither, both - prompt - model + neither)
    summaries = [moments(effect) for effect in effects]
    p = np.array([float(drop_p(one)) for one in summaries])
    adjusted = holm(p)
    named = [
        Effect(name, float(summaries[i].mean), float(p[i]), float(adjusted[i]))
        for i, name in enumerate(("prompt", "model", "interaction"))
    ]
    proven = [effect.p_adjusted < alpha for effect in named]
    cause: Blame | None = None
    if proven[0] or proven[1]:
        cause = "both" if proven[0] and proven[1] else "prompt" if proven[0] else "model"
    elif proven[2]:
        cause = "interaction"
    return Factorial(named[0], named[1], named[2], cause)
