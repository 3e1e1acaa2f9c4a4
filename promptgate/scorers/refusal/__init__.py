"""Tell whether an answer refuses, with the words that decided."""

from promptgate.scorers.refusal.classification import Label, Refusal, classify

__all__ = ["Label", "Refusal", "classify"]
