"""Sentences of answers as models write them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.language import sentence_at, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "Dr. Wu met Mr. Hale at 5 p.m. in St. Ives.",
            ["Dr. Wu met Mr. Hale at 5 p.m. in St. Ives."],
        ),
        ("It costs 3.50 euros. Pay now.", ["It costs 3.50 euros.", "Pay now."]),
        ("J. S. Bach wrote it. He was 40.", ["J. S. Bach wrote it.", "He was 40."]),
        ("So was I. Then we left.", ["So was I.", "Then we left."]),
        ("Use e.g. salt. Stir.", ["Use e.g. salt.", "Stir."]),
        ("Well … maybe. Yes.", ["Well … maybe.", "Yes."]),
        ('He said "Stop." She went on.', ['He said "Stop."', "She went on."]),
        ("Steps:\n1. Open it.\n2. Close it.", ["Steps:", "1. Open it.", "2. Close it."]),
        ("Points:\n- one\n- two", ["Points:", "- one", "- two"]),
        ("A line\nthat goes on. End.", ["A line\nthat goes on.", "End."]),
        ("Title\n\nText", ["Title", "Text"]),
        ("できません。次です。", ["できません。", "次です。"]),
        ("我不能。好吗？好！", ["我不能。", "好吗？", "好！"]),
        ("Run:\n```\na = 1. \nb\n```\nDone.", ["Run:", "```\na = 1. \nb\n```", "Done."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert split(text) == expected


@given(st.text(alphabet=st.sampled_from('ab. !?\n-1`"。'), max_size=120))
def test_sentences_cover_all_but_white_space_when_text_is_anything(text):
    """Nothing is lost and nothing is read twice."""
    spans = list(sentences(text))
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_sentence_at_returns_the_sentence_around_a_position():
    text = "First one. Second one here. Third."
    start, end = sentence_at(text, text.index("here"))
    assert text[start:end] == "Second one here."


def test_sentences_are_lazy_when_only_the_first_is_wanted():
    """A caller that needs the opening of a long answer does not pay for the rest."""
    assert next(sentences("Short. " + "X" * 10_000_000)) == (0, 6)
