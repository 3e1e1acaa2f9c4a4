"""What an answer is held against, what the reason shows, and what cannot be measured."""

from dataclasses import replace

import pytest

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, Other, build, negate, scope_of
from tests.scorers.conftest import AskedCase

NOTES = "The wall mount is sold apart. It costs 9 euros."
CASE = AskedCase(vars={"notes": NOTES, "question": "What does the wall mount cost?"})


def test_contradiction_shows_both_places_and_the_source():
    score = build("contradiction")(CASE, Answer("Well. It costs 12 euros."))
    assert score.value == 1
    assert score.label == "number"
    assert score.span == (6, 24)
    assert score.reason == (
        "“It costs 12 euros.” contradicts “It costs 9 euros.” (vars): 12 euros is not 9 euros"
    )


@pytest.mark.parametrize(
    ("argument", "answer", "source"),
    [
        ("The cable costs 5 euros.", "The cable costs 7 euros.", "(facts)"),
        ({"sources": ["prompt"]}, "The warranty is one year.", "(prompt)"),
        ({"sources": ["prompt"]}, "Two years! 🎉", "has an emoji, against"),
        ({"sources": ["conversation"]}, "Your order is number 8.", "(conversation)"),
    ],
)
def test_contradiction_looks_where_it_is_told(argument, answer, source):
    case = replace(
        CASE,
        messages=[
            {"role": "user", "content": "My order is number 7."},
            {"role": "assistant", "content": "Thanks."},
            {"role": "user", "content": [{"type": "text", "text": "When is it here?"}]},
        ],
    )
    said = Answer(answer, system="The warranty is two years. Never use emojis.")
    score = build("contradiction", argument)(case, said)
    assert score.value == 1
    assert source in score.reason


def test_contradiction_holds_nobody_to_what_the_customer_heard():
    """The right answer contradicts what the question takes for granted."""
    case = AskedCase(
        vars={"notes": NOTES, "question": "I heard the wall mount costs 5 euros. Is it right?"}
    )
    assert build("contradiction")(case, Answer("No, the wall mount costs 9 euros.")).value == 0


def test_contradiction_is_unscored_when_nothing_is_given():
    score = build("contradiction")(AskedCase(vars={"question": "Hi?"}), Answer("It is red."))
    assert score.value is None
    assert "nothing is given" in score.reason


def test_contradiction_is_not_passed_by_an_empty_answer():
    assert negate(build("contradiction"))(CASE, Answer(" ")).value == 0


@pytest.mark.parametrize("argument", ["", [], {"sources": []}, "What is it?"])
def test_contradiction_refuses_facts_that_state_nothing(argument):
    with pytest.raises(ScorerError):
        build("contradiction", argument)


def others(*texts, case=CASE):
    return [Other(case, Answer(text)) for text in texts]


def test_self_contradiction_is_the_share_of_the_answers_it_contradicts():
    check = build("self-contradiction")
    odd = check(CASE, Answer("12 euros.", others=others("It costs 9 euros.", "9 euros.")))
    right = check(CASE, Answer("It costs 9 euros.", others=others("12 euros.", "9 euros.")))
    assert (odd.value, right.value) == (1, 0.5)
    assert odd.reason == (
        "“12 euros.” and “It costs 9 euros.” cannot both be true: 12 euros is not 9 euros "
        "(2 of 2 other answers)"
    )


def test_self_contradiction_reads_each_answer_with_its_own_question():
    check = build("self-contradiction")
    asked = AskedCase(vars={"question": "Are dogs allowed?"})
    paraphrase = AskedCase(vars={"question": "Is it forbidden to bring dogs?"})
    assert check(asked, Answer("Yes.", others=others("No.", case=asked))).value == 1
    assert check(asked, Answer("Yes.", others=others("Yes.", case=asked))).value == 0
    assert check(asked, Answer("Yes.", others=others("Dogs are banned.", case=paraphrase))).value


def test_self_contradiction_is_unscored_without_another_answer():
    assert build("self-contradiction")(CASE, Answer("9 euros.")).value is None


@pytest.mark.parametrize(("argument", "scope"), [(None, "cluster"), ("case", "case")])
def test_scope_is_declared_and_survives_negation(argument, scope):
    check = build("self-contradiction", argument)
    assert scope_of(check) == scope_of(negate(check)) == scope
    assert scope_of(build("refusal")) == "trial"
