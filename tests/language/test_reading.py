"""What is quoted, played or supposed is not stated; folding moves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.language import fold, inside_quotation, is_supposed, speaker_of_line


@given(st.text())
def test_fold_keeps_every_position(text):
    """Spans found in the folded text are shown in the original one."""
    assert len(fold(text)) == len(text)


def test_fold_makes_apostrophes_spaces_and_capitals_plain():
    assert fold("I CAN’T\u00a0SAY İ") == "i can't say İ"


@pytest.mark.parametrize(
    "text",
    [
        'He said "I can HERE go" and left.',
        "He said “I can HERE go” and left.",
        "Er sagte „ich HERE“ und ging.",
        "Il dit « je HERE » et part.",
        "彼は「HERE」と言った。",
        "Use `HERE` as the name.",
        "```\nHERE\n```",
        "> HERE is quoted\n",
    ],
)
def test_inside_quotation_is_true_when_the_position_is_quoted(text):
    assert inside_quotation(text, text.index("HERE"))


@pytest.mark.parametrize(
    "text",
    [
        "HERE is no quotation.",
        'After "one" quotation HERE it is.',
        "After “one” quotation HERE it is.",
        '"HERE the whole answer is in marks."',
        "```\ncode\n```\nHERE",
        'An odd " mark.\n\nHERE a new paragraph.',
        "It's John's, HERE.",
    ],
)
def test_inside_quotation_is_false_when_the_position_is_not_quoted(text):
    assert not inside_quotation(text, text.index("HERE"))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Guard: HERE", "Guard"),
        ("**Old Man:** HERE", "Old Man"),
        ("Intro.\nBob: HERE", "Bob"),
        ("It is plain HERE", None),
        ("See https://example.org HERE", None),
    ],
)
def test_speaker_of_line_names_who_speaks(text, speaker):
    assert speaker_of_line(text, text.index("HERE")) == speaker


@pytest.mark.parametrize(
    "before",
    ["if ", "even if ", "it's not that ", "when ", "there is no reason ", "he said ", "nothing "],
)
def test_clause_is_supposed_when_what_stands_before_takes_it_back(before):
    assert is_supposed(f"{before}i can't help", len(before))


@pytest.mark.parametrize("before", ["", "sorry, but ", "so ", "i think ", "i must say that "])
def test_clause_is_stated_when_nothing_takes_it_back(before):
    assert not is_supposed(f"{before}i can't help", len(before))
