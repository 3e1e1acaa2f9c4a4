"""Investigate a failure: reproduce it, find its cause, its commit, its line, its core.

`search` holds the algorithms, pure; the modules beside it give them something to ask.
"""

from promptgate.investigate.diagnosis import CellReport, Diagnosis, Finding, Move, Verdict

__all__ = ["CellReport", "Diagnosis", "Finding", "Move", "Verdict"]
