"""How near an answer is to a reference text: edits, and overlap of words.

Each gives a value from 0 to 1 (give the entry a threshold), except `levenshtein`,
which counts edits against a limit. ROUGE, BLEU, GLEU and METEOR come from the
packages that the field compares with (extra `overlap`); words are taken by our own
rule, because theirs lose every word that is not English.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from promptgate.errors import ScorerError
from promptgate.scorers.edits import edit_distance
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.optional import require
from promptgate.scorers.registry import scorer
from promptgate.scorers.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptgate.scorers.interface import Scorer

_EXTRA = "overlap"


@scorer("levenshtein")
def levenshtein(reference: str, *, max: int = 5) -> Scorer:  # noqa: A002  # what a suite writes
    """The answer differs from the reference by at most this many edits.

    An edit inserts, deletes or replaces one character. White space around either
    does not count.

    Example:
        {levenshtein: {reference: "Open Orders, then Track.", max: 3}}

    Args:
        reference: The text to compare with.
        max: The largest number of edits.
    """
    wanted = _reference(reference)
    if not 0 <= max < len(wanted):
        raise ScorerError(
            f"'max' must be from 0 to {len(wanted) - 1}, but got {max!r}: "
            "with as many edits as the reference has characters, any short answer would pass."
        )

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        answer = response.text.strip()
        if abs(len(wanted) - len(answer)) > max:  # lengths alone decide; no need to align
            return Score(0.0, f"the answer is more than {max} edits from the reference")
        edits = edit_distance(wanted, answer)
        return Score(float(edits <= max), f"the answer is {edits} edits from the reference")

    return check


@scorer("edit-similarity")
def edit_similarity(reference: str) -> Scorer:
    """How alike the answer and the reference are, by edits: 0 to 1.

    1 minus the number of edits over the length of the longer text.

    Example:
        {edit-similarity: "Open Orders, then Track.", threshold: 0.8}

    Args:
        reference: The text to compare with.
    """
    wanted = _reference(reference)

    def compare(answer: str) -> float:
        answer = answer.strip()
        return 1.0 - edit_distance(wanted, answer) / max(len(wanted), len(answer))

    return _graded("edit similarity", compare)


@scorer("rouge-n")
def rouge_n(reference: str, *, n: int = 1) -> Scorer:
    """Overlap of runs of n words with the reference: ROUGE-N, as F1, 0 to 1.

    Lin (2004), "ROUGE: A Package for Automatic Evaluation of Summaries"; rouge-score.

    Example:
        {rouge-n: {reference: "Open Orders, then Track.", n: 1}, threshold: 0.6}

    Args:
        reference: The text to compare with.
        n: Words in a run, from 1 to 9.
    """
    if not 1 <= n <= 9:
        raise ScorerError(f"'n' must be from 1 to 9, but got {n!r}.")
    return _rouge(reference, f"rouge{n}", f"ROUGE-{n}")


@scorer("rouge-l")
def rouge_l(reference: str) -> Scorer:
    """Longest common subsequence of words with the reference: ROUGE-L, as F1, 0 to 1.

    Lin (2004), "ROUGE: A Package for Automatic Evaluation of Summaries"; rouge-score.

    Example:
        {rouge-l: "Open Orders, then Track.", threshold: 0.6}

    Args:
        reference: The text to compare with.
    """
    return _rouge(reference, "rougeL", "ROUGE-L")


@scorer("bleu")
def bleu(reference: str) -> Scorer:
    """Precision of runs of 1 to 4 words against the reference: BLEU, 0 to 1.

    Papineni et al. (2002), of one sentence, smoothed by method 1 of Chen and Cherry
    (2014); nltk. The longest run is the length of the shorter text, if that is below 4.

    Example:
        {bleu: "Open Orders, then Track.", threshold: 0.4}

    Args:
        reference: The text to compare with.
    """
    wanted = _words(reference)
    module = require("nltk.translate.bleu_score", _EXTRA)
    smoothing = module.SmoothingFunction().method1

    def compare(answer: str) -> float:
        words = tokens(answer)
        if not words:
            return 0.0
        longest = min(4, len(words), len(wanted))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # 'no overlap of 4-grams' is a score of 0
            return float(
                module.sentence_bleu(
                    [wanted], words, [1 / longest] * longest, smoothing_function=smoothing
                )
            )

    return _graded("BLEU", compare)


@scorer("gleu")
def gleu(reference: str) -> Scorer:
    """The smaller of precision and recall over runs of 1 to 4 words: GLEU, 0 to 1.

    Wu et al. (2016), "Google's Neural Machine Translation System"; nltk.

    Example:
        {gleu: "Open Orders, then Track.", threshold: 0.4}

    Args:
        reference: The text to compare with.
    """
    wanted = _words(reference)
    module = require("nltk.translate.gleu_score", _EXTRA)
    return _graded("GLEU", lambda answer: float(module.sentence_gleu([wanted], tokens(answer))))


@scorer("meteor")
def meteor(reference: str) -> Scorer:
    """Overlap of words and their stems with the reference, order counted: METEOR, 0 to 1.

    Banerjee and Lavie (2005); nltk. Synonyms are not looked up, as that would need a
    dictionary to be downloaded; stems are English.

    Example:
        {meteor: "Open Orders, then Track.", threshold: 0.5}

    Args:
        reference: The text to compare with.
    """
    wanted = _words(reference)
    module = require("nltk.translate.meteor_score", _EXTRA)

    def compare(answer: str) -> float:
        return float(
            module.single_meteor_score(wanted, tokens(answer), wordnet=_NoSynonyms()) or 0.0
        )

    return _graded("METEOR", compare)


class _NoSynonyms:
    """Stands where nltk expects WordNet."""

    def synsets(self, _word: str) -> list[object]:
        return []


class _Tokenizer:
    """Our rule for words, in the shape that rouge-score calls."""

    def tokenize(self, text: str) -> list[str]:
        return tokens(text)


def _rouge(reference: str, kind: str, name: str) -> Scorer:
    _words(reference)
    module = require("rouge_score.rouge_scorer", _EXTRA)
    rouge = module.RougeScorer([kind], tokenizer=_Tokenizer())
    return _graded(name, lambda answer: float(rouge.score(reference, answer)[kind].fmeasure))


def _graded(name: str, compare: Callable[[str], float]) -> Scorer:
    """Make a check that gives a similarity, kept within 0 and 1."""

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        value = min(1.0, max(0.0, compare(response.text)))
        return Score(value, f"{name} of the answer with the reference is {value:.2f}")

    return check


def _reference(reference: str) -> str:
    wanted = reference.strip()
    if not wanted:
        raise ScorerError("the reference is blank; write the text to compare with.")
    return wanted


def _words(reference: str) -> list[str]:
    words = tokens(_reference(reference))
    if not words:
        raise ScorerError(f"the reference {reference!r} has no word; write text to compare with.")
    return words
