"""The rubric's parts: what each sees, that it shows in the reason, and how they add up."""

import pytest

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, build, negate
from tests.scorers.conftest import AskedCase

CASE = AskedCase(vars={"question": "How long is the warranty?"})
ONLY = {"answers": False, "complete": False}


def score(argument, text, case=CASE):
    return build("helpfulness", argument)(case, Answer(text))


def test_score_is_the_mean_of_the_parts_and_the_reason_shows_each():
    rubric = {
        "facts": ["two years", ["label", "sticker"]],
        "forbidden": ["for life"],
        "max_words": 9,
    }
    found = score(rubric, "The warranty is 24 months.")
    assert found.value == pytest.approx(4.5 / 5)
    assert found.reason == (
        "1 of 2 facts, not 'label' (0.5); claims nothing forbidden (1); answers (1); "
        "ends as a sentence (1); has 5 words (1)"
    )


@pytest.mark.parametrize(
    ("fact", "text", "there"),
    [
        ("two years", "It is 24 months.", True),
        ("two years", "It is three years.", False),
        ("the label underneath", "Look at the label that is underneath the router.", True),
        ("Mill Street", "It is in mill street.", True),
        ("refunds are possible", "Refunds are not possible.", False),
        ("pets are not allowed", "Pets are not allowed.", True),
        ("9 am", "We open at 09:00.", True),
        ("3 March", "It ends on March 3rd.", True),
        ("three ports", "It has 3 ports.", True),
    ],
)
def test_fact_is_there_in_its_words_or_as_an_equal_value(fact, text, there):
    assert score({"facts": [fact], **ONLY}, text).value == there


def test_forbidden_claim_may_be_denied():
    rubric = {"forbidden": ["lifetime warranty"], **ONLY}
    assert score(rubric, "There is no lifetime warranty.").value == 1
    assert score(rubric, "You have a lifetime warranty.").value == 0


ANSWERED = [
    ("How long is the warranty?", "Two years.", True),
    ("How long is the warranty?", "It covers the router and its cable.", False),
    ("When does it arrive?", "On Friday.", True),
    ("When does it arrive?", "It is sent by post.", False),
    ("Is it free?", "Yes.", True),
    ("Is the mount free?", "The mount costs 9 euros.", True),
    ("Is the mount free?", "Bananas grow in warm places.", False),
    ("Is it red or green?", "Green.", True),
    ("Is it red or green?", "It is fine.", False),
    ("What is the capital of Australia?", "Canberra.", True),
    ("What is the capital of Australia?", "I don't know.", False),
    ("What is the capital of Australia?", "What is the capital of Australia?", False),
    ("Who wrote it?", "Which book do you mean?", False),
    ("How do I reset it?", "I'm sorry, but I can't help with that.", False),
]


@pytest.mark.parametrize(("question", "text", "answered"), ANSWERED)
def test_question_is_answered_when_the_answer_gives_what_it_asks_for(question, text, answered):
    case = AskedCase(vars={"question": question})
    assert score({"complete": False}, text, case).value == answered


def test_asking_back_replaces_the_answer_where_the_case_wants_it():
    assert score({"asks_back": True}, "Which router do you have?").value == 1
    assert score({"asks_back": True, "complete": False}, "It is two years.").value == 0
    polite = "It is two years. Can I help you with anything else?"
    assert score({"asks_back": False}, polite).value == 1


@pytest.mark.parametrize(
    ("format", "text", "holds"),
    [
        ("list", "- a\n- b", True), ("list", "a and b", False), ("steps", "1. a\n2. b", True),
        ("prose", "A and b.", True), ("prose", "- a\n- b", False), ("json", '{"a": 1}', True),
        ("json", "Sure: {}", False), ("table", "| a |\n|---|", True), ("code", "```\na\n```", True),
    ],
)  # fmt: skip
def test_format_is_seen(format, text, holds):  # noqa: A002
    assert score({"format": format, **ONLY}, text).value == holds


def test_language_may_be_that_of_the_question():
    german = AskedCase(vars={"question": "Wie lange ist die Garantie auf den Router, bitte?"})
    answer = "Die Garantie für den Router ist zwei Jahre und gilt auch für das Kabel."
    assert score({"language": "user", **ONLY}, answer, german).value == 1
    assert score({"language": "English", **ONLY}, answer).value == 0


def test_empty_answer_helps_nobody_and_is_no_opposite():
    check = build("helpfulness")
    assert check(CASE, Answer("")).value == negate(check)(CASE, Answer("")).value == 0


@pytest.mark.parametrize(
    "argument",
    [
        {"facts": []},
        {"facts": [" "]},
        {"facts": [[]]},
        {"forbidden": [""]},
        {"language": "Klingon"},
        {"min_words": 9, "max_words": 3},
        ONLY,
        {"format": "poem"},
    ],
)
def test_rubric_that_measures_nothing_is_refused(argument):
    with pytest.raises(ScorerError):
        build("helpfulness", argument)
