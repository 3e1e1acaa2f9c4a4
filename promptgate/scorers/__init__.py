"""Scorers: from a case and a response to a score in 0..1 with a reason.

Start at `build()`, which makes one scorer from an entry of a suite, and
`combine()`, which makes one function from all entries of a case. To write your
own, decorate a factory with `@scorer("name")`. Pure: no file, model, git, clock
or random source.
"""

from promptgate.scorers.combine import (
    Entry,
    Part,
    TrialScore,
    TrialScorer,
    apply,
    combine,
    negate,
)
from promptgate.scorers.interface import (
    EMPTY_LABEL,
    Answer,
    Ask,
    Call,
    Case,
    Factory,
    Other,
    Response,
    Scope,
    Score,
    Scorer,
    ToolCall,
    Usage,
    missing_text,
    over_trials,
    scope_of,
)
from promptgate.scorers.reference import Description, describe_all, describe_scorer, reference
from promptgate.scorers.registry import (
    ALIASES,
    BUILT_IN,
    ENTRY_POINTS,
    build,
    names,
    register,
    scorer,
)

__all__ = [
    "ALIASES",
    "BUILT_IN",
    "EMPTY_LABEL",
    "ENTRY_POINTS",
    "Answer",
    "Ask",
    "Call",
    "Case",
    "Description",
    "Entry",
    "Factory",
    "Other",
    "Part",
    "Response",
    "Scope",
    "Score",
    "Scorer",
    "ToolCall",
    "TrialScore",
    "TrialScorer",
    "Usage",
    "apply",
    "build",
    "combine",
    "describe_all",
    "describe_scorer",
    "missing_text",
    "names",
    "negate",
    "over_trials",
    "reference",
    "register",
    "scope_of",
    "scorer",
]
