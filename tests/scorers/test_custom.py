import pytest

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, Entry, Score, build, combine


@pytest.mark.parametrize(
    ("returned", "value"), [(True, 1.0), (False, 0.0), (0.25, 0.25), (1, 1.0), (0, 0.0)]
)
def test_python_takes_a_truth_value_or_a_number(case, returned, value):
    def polite(case, response):
        return returned

    score = build("python", polite)(case, Answer("Thank you."))
    assert score.value == value
    assert f"polite returned {returned!r}" in score.reason


def test_python_is_given_the_case_and_the_response(case):
    def echoes(case, response):
        return case.vars["question"] in response.text

    assert build("python", echoes)(case, Answer("Where is my order?")).value == 1.0
    assert build("python", {"function": echoes})(case, Answer("No.")).value == 0.0


def test_python_keeps_a_score_that_the_function_makes(case):
    made = Score(0.5, "half polite", "half", (0, 5))
    assert build("python", lambda case, response: made)(case, Answer("Thank you.")) is made


@pytest.mark.parametrize("returned", [None, "yes", [1], {"pass": True}, 2, float("nan")])
def test_python_leaves_the_trial_unscored_when_the_function_gives_no_score(case, returned):
    """Anything truthy could be meant as a pass; guessing would be a silent green."""
    check = build("python", lambda case, response: returned)
    result = combine([Entry("python", check)])(case, Answer("Thank you."))
    assert (result.value, result.passed) == (None, None)


def test_python_is_refused_when_the_function_cannot_be_called_so():
    async def later(case, response):
        return True

    def one(response):
        return True

    with pytest.raises(ScorerError, match="asynchronous"):
        build("python", later)
    with pytest.raises(ScorerError, match=r"write 'def .*one\(case, response\)'"):
        build("python", one)
