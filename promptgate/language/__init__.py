"""Text analysis that scorers and lint share: sentences, what is quoted, what is only supposed.

Separate because more than one scorer needs it and none may import another. It knows
nothing of cases, responses or scores: text and positions in, positions out. A Span is
(start, end) in characters of the text that was given, end exclusive.
"""

from promptgate.language.folding import fold
from promptgate.language.negation import is_supposed
from promptgate.language.quotation import inside_quotation, speaker_of_line
from promptgate.language.sentences import Span, sentence_at, sentences

__all__ = [
    "Span",
    "fold",
    "inside_quotation",
    "is_supposed",
    "sentence_at",
    "sentences",
    "speaker_of_line",
]
