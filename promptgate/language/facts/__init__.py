"""What an answer states against what was given: numbers, dates, units, names, negation.

Start at conflicts(). Deterministic and in English: a text in another language gives only what
numbers and dates give. Reading (statements, amounts, calendar, names) is apart from comparing.
"""

from promptgate.language.facts.compare import Conflict, conflicts, states_something

__all__ = ["Conflict", "conflicts", "states_something"]
