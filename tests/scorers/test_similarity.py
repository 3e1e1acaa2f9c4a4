import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import ScorerError
from promptgate.scorers import build
from promptgate.scorers.edits import edit_distance

CAT = "the cat sat on the mat"


def table(first: str, second: str) -> int:
    """The textbook table of Wagner and Fischer (1974), as the oracle."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above, row = row, [i]
        for j, b in enumerate(second, 1):
            row.append(min(row[-1] + 1, above[j] + 1, above[j - 1] + (a != b)))
    return row[-1]


@given(st.text(alphabet="abcé注", max_size=40), st.text(alphabet="abcé注", max_size=40))
def test_edit_distance_agrees_with_the_textbook_table(first, second):
    assert edit_distance(first, second) == table(first, second)


@given(st.text(), st.text())
def test_edit_distance_is_symmetric(first, second):
    assert edit_distance(first, second) == edit_distance(second, first)


@pytest.mark.parametrize(
    ("argument", "text", "value"),
    [
        ("kitten on the mat", "sitting on the mat", 1.0),
        ({"reference": "kitten on the mat", "max": 2}, "sitting on the mat", 0.0),
        ({"reference": "kitten on the mat", "max": 3}, "sitting on the mat", 1.0),
        ({"reference": "Paris", "max": 0}, " Paris\n", 1.0),
        ("kitten on the mat", "kitten on the mat, and then much more", 0.0),
    ],
)
def test_levenshtein_counts_edits_against_its_limit(check, argument, text, value):
    assert check("levenshtein", argument, text).value == value


def test_levenshtein_is_refused_when_any_short_answer_would_pass():
    with pytest.raises(ScorerError, match="any short answer would pass"):
        build("levenshtein", "Paris")


def test_edit_similarity_is_one_minus_edits_over_the_longer_length(check):
    assert check("edit-similarity", "kitten", "sitting").value == pytest.approx(1 - 3 / 7)
    assert check("edit-similarity", "kitten", " kitten ").value == 1.0
    assert check("edit-similarity", "abc", "xyz").value == 0.0


@pytest.mark.parametrize(
    ("name", "argument", "text", "value"),
    [
        # 5 of 6 words agree; the longest common subsequence is 'the cat on the mat'.
        ("rouge-n", CAT, "the cat was on the mat", 5 / 6),
        ("rouge-l", CAT, "the cat was on the mat", 5 / 6),
        # Bigrams: 3 of 5 agree ('the cat', 'on the', 'the mat').
        ("rouge-n", {"reference": CAT, "n": 2}, "the cat was on the mat", 3 / 5),
        # Wu et al.: 5 + 3 + 1 + 0 matches of 6 + 5 + 4 + 3 runs.
        ("gleu", CAT, "the cat was on the mat", 9 / 18),
        # Papineni et al.: 5/6 · 3/5 · 1/4 · (0 smoothed to 0.1)/3, fourth root.
        ("bleu", CAT, "the cat was on the mat", (5 / 6 * 3 / 5 * 1 / 4 * 0.1 / 3) ** 0.25),
        # Banerjee and Lavie: F 5/6, two chunks of 5 matches: penalty 0.5 (2/5)³.
        ("meteor", CAT, "the cat was on the mat", 5 / 6 * (1 - 0.5 * (2 / 5) ** 3)),
        # 注 文 を agree of 5 and 5.
        ("rouge-n", "注文を開く", "注文を見た", 3 / 5),
    ],
)
def test_overlap_agrees_with_a_calculation_by_hand(check, name, argument, text, value):
    pytest.importorskip("rouge_score")
    assert check(name, argument, text).value == pytest.approx(value)


@pytest.mark.parametrize("name", ["rouge-n", "rouge-l", "bleu", "gleu", "meteor"])
def test_overlap_is_one_for_the_same_words_and_zero_for_none(check, name):
    pytest.importorskip("rouge_score")
    assert check(name, CAT, CAT.upper() + "!").value == pytest.approx(1.0, abs=0.01)
    assert check(name, CAT, "my dog ran").value == 0.0
    assert check(name, CAT, "?!").value == 0.0


def test_meteor_counts_stems(check):
    pytest.importorskip("rouge_score")
    assert check("meteor", "cats running", "cat run").value > 0.9


@pytest.mark.parametrize(
    ("name", "argument", "message"),
    [
        ("edit-similarity", " ", "the reference is blank"),
        ("rouge-l", "!?", "has no word"),
        ("bleu", "", "the reference is blank"),
        ("rouge-n", {"reference": "a", "n": 0}, "'n' must be from 1 to 9"),
    ],
)
def test_similarity_is_refused_when_nothing_can_be_compared(name, argument, message):
    with pytest.raises(ScorerError, match=message):
        build(name, argument)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("rouge-l", "rouge_score.rouge_scorer", "overlap"), ("is-sql", "sqlglot", "sql")],
)
def test_scorer_says_what_to_install_when_its_package_is_missing(monkeypatch, name, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ScorerError, match=rf"pip install 'promptgate\[{extra}\]'"):
        build(name, None if name == "is-sql" else "text")
