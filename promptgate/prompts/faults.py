"""A fault of a prompt as a value, so that lint can list all and loading raise the first."""

from __future__ import annotations

from dataclasses import dataclass

from promptgate.errors import InputError, PromptError


@dataclass(frozen=True)
class Fault:
    """Something wrong with a prompt.

    Attributes:
        rule: The rule that found it, as lint names it.
        file: Path in the project.
        line: 1-based; None where no line is known.
        message: One sentence with value and fix.
    """

    rule: str
    file: str
    line: int | None
    message: str

    @classmethod
    def of(cls, rule: str, error: InputError, file: str) -> Fault:
        """Return an error that was raised about a file as a fault."""
        return cls(rule, error.file or file, error.line, error.message)

    @property
    def error(self) -> PromptError:
        """The same as an exception."""
        return PromptError(self.message, file=self.file, line=self.line)
