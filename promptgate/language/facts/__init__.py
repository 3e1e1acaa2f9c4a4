"""What an answer states against what was given: numbers, dates, units, names, negation.

Start at conflicts(). Deterministic and in English: a text in another language gives only what
numbers and dates give. Reading (statements, amounts, calendar, names) is apart from comparing.
"""

from promptgate.language.facts.answers import question_of
from promptgate.language.facts.compare import conflicts, states_something
from promptgate.language.facts.conflict import Conflict
from promptgate.language.facts.presence import states, values_in
from promptgate.language.facts.wording import content

__all__ = [
    "Conflict",
    "conflicts",
    "content",
    "question_of",
    "states",
    "states_something",
    "values_in",
]
