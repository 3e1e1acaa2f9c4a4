import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, build

ANSWER = "Open Orders, then Track.\nYour refund takes 5 days."

RIGHT = [
    ("contains", "Open Orders"),
    ("contains", {"text": "open orders", "ignore_case": True}),
    ("icontains", "YOUR REFUND"),
    ("contains-any", ["cash", "refund"]),
    ("contains-any", {"texts": ["CASH", "REFUND"], "ignore_case": True}),
    ("icontains-any", ["cash", "REFUND"]),
    ("contains-all", ["refund", "Orders"]),
    ("icontains-all", ["REFUND", "orders"]),
    ("starts-with", "Open"),
    ("starts-with", {"text": "open", "ignore_case": True}),
    ("equals", ANSWER),
    ("equals", {"text": ANSWER.upper(), "ignore_case": True}),
    ("regex", r"takes \d+ days"),
    ("regex", r"(?s)^Open.*\.$"),
]
WRONG = [
    ("contains", "open orders"),
    ("icontains", "cash"),
    ("contains-any", ["cash", "REFUND"]),
    ("icontains-any", ["cash", "voucher"]),
    ("contains-all", ["refund", "cash"]),
    ("icontains-all", ["REFUND", "cash"]),
    ("starts-with", "Orders"),
    ("equals", "Open Orders, then Track."),
    ("regex", r"takes \d+ weeks"),
    ("regex", r"^Open.*days\.$"),
]


@pytest.mark.parametrize(("name", "argument"), RIGHT)
def test_text_check_scores_one_when_the_answer_has_it(check, name, argument):
    assert check(name, argument, ANSWER).value == 1.0


@pytest.mark.parametrize(("name", "argument"), WRONG)
def test_text_check_scores_zero_when_the_answer_lacks_it(check, name, argument):
    assert check(name, argument, ANSWER).value == 0.0


def test_contains_names_what_is_missing(check):
    assert "'cash'" in check("contains-all", ["refund", "cash"], ANSWER).reason


@pytest.mark.parametrize(
    ("name", "argument", "found"),
    [
        ("contains", "Track", "Track"),
        ("icontains", "TRACK", "Track"),
        ("contains-any", ["x", "refund"], "refund"),
        ("regex", r"\d+ days", "5 days"),
    ],
)
def test_text_check_tells_where_the_text_stands(check, name, argument, found):
    start, end = check(name, argument, ANSWER).span
    assert ANSWER[start:end] == found


def test_span_is_left_out_when_folding_may_have_moved_the_text(check):
    """'İ' grows when folded, so a position in folded text would point beside the word."""
    score = check("icontains", "track", "İİİ Track")
    assert (score.value, score.span) == (1.0, None)


@pytest.mark.parametrize("name", ["contains", "icontains", "starts-with", "equals"])
def test_text_check_ignores_how_an_accent_is_encoded(check, name):
    """Models and keyboards write 'é' as one or as two code points; nobody can see which."""
    assert check(name, "cafe\u0301", "caf\u00e9").value == 1.0
    assert check(name, "caf\u00e9", "cafe\u0301").value == 1.0


@pytest.mark.parametrize(
    ("needle", "answer"), [("STRASSE", "Straße 5"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("ПРИВЕТ", "Привет!")]
)
def test_icontains_folds_case_as_unicode_does(check, needle, answer):
    assert check("icontains", needle, answer).value == 1.0


def test_contains_finds_text_without_spaces_between_words(check):
    assert check("contains", "注文", "「注文」を開いてください。").value == 1.0


@pytest.mark.parametrize("answer", ["Paris", "  Paris\n", "\tParis "])
def test_equals_does_not_count_outer_white_space(check, answer):
    assert check("equals", "Paris", answer).value == 1.0


def test_regex_takes_only_part_of_the_answer(check):
    assert check("regex", "Track", ANSWER).value == 1.0


@pytest.mark.parametrize(
    ("name", "argument", "message"),
    [
        ("contains", "  ", "is blank"),
        ("contains-all", [], "is empty"),
        ("contains-any", ["a", ""], "is blank"),
        ("equals", "", "is blank"),
        ("regex", "(a", r"the pattern '\(a' is no regular expression"),
        ("regex", "", "is blank"),
        ("regex", "(a+)+$", "exponential"),
    ],
)
def test_text_check_is_refused_when_it_could_not_decide(name, argument, message):
    with pytest.raises(ScorerError, match=message):
        build(name, argument)


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text())
def test_contains_finds_any_text_in_any_surroundings(needle, before, after):
    """Composition may join a needle's edge with its neighbour, so spaces stand between."""
    score = build("contains", needle)(None, Answer(f"{before} {needle} {after}"))
    assert score.value == 1.0 or not any(c.isprintable() and c.strip() for c in needle)
