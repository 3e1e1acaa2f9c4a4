"""promptgate: regression tests and release gates for prompts."""

__version__ = "0.1.0"
