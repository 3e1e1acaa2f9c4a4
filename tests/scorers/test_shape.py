import pytest

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, Call, build
from promptgate.scorers.words import count_words, tokens

WHOLE = [
    "It is open.",
    "Is it open?",
    "It is open!\n\n",
    "It goes on…",
    'She said "go."',
    "(It is open.)",
    "**It is open.**",
    "Order it:\n- Open Orders\n- Track it",
    "1. Open Orders\n2) Track it",
    "| a | b |\n|---|---|\n| c | d |",
    "Run this:\n```sh\nmake\n```",
    "See https://example.com/help",
    "Glad to help 😊",
    "Glad to help ❤️",
    "请打开订单。",
    "本当ですか？",
    "「はい。」",
    "यह खुला है।",
    "هل هو مفتوح؟",
    "สวัสดีครับ",
]
CUT = [
    "It is",
    "Paris",
    "It is open,",
    "Do this:",
    "First (see",
    "- Open Orders,",
    "- Open Orders\n- Then:",
    "Run this:\n```sh\nmake",
    "well -",
    "请打开订单，",
    "请打开",
]


@pytest.mark.parametrize("text", WHOLE)
def test_complete_scores_one_when_the_answer_ends(check, text):
    assert check("complete", None, text, stop_reason="end_turn").value == 1.0


@pytest.mark.parametrize("text", CUT)
def test_complete_scores_zero_when_the_answer_ends_in_the_middle(check, text):
    assert check("complete", None, text, stop_reason="end_turn").value == 0.0


@pytest.mark.parametrize(
    ("reason", "named"),
    [
        ("max_tokens", "max_tokens"),
        ("model_context_window_exceeded", "context window"),
        ("pause_turn", "paused"),
        ("refusal", "refusal"),
    ],
)
def test_complete_scores_zero_when_the_model_was_stopped(check, reason, named):
    """A cut may by chance fall behind a full stop."""
    score = check("complete", None, "It is open.", stop_reason=reason)
    assert score.value == 0.0
    assert named in score.reason


def test_complete_judges_by_the_text_when_the_stop_reason_is_unknown(check):
    assert check("complete", None, "It is open.").value == 1.0
    assert check("complete", None, "It is").value == 0.0


def test_complete_accepts_an_answer_that_hands_over_to_a_tool(check):
    called = {"tool_calls": (Call("search", {}),), "stop_reason": "tool_use"}
    assert check("complete", None, "", **called).value == 1.0
    assert check("complete", None, "Let me look", **called).value == 1.0


def test_complete_shows_where_the_answer_breaks_off(check):
    text = "Open Orders and then look for the number that was sent"
    start, end = check("complete", None, text).span
    assert text[start:end] == text[-24:]


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        (4, 1.0),
        (3, 0.0),
        (5, 0.0),
        ({"count": 4}, 1.0),
        ({"min": 4}, 1.0),
        ({"min": 5}, 0.0),
        ({"max": 4}, 1.0),
        ({"max": 3}, 0.0),
        ({"min": 4, "max": 4}, 1.0),
        ({"min": 0}, 1.0),
    ],
)
def test_word_count_includes_its_limits(check, argument, value):
    assert check("word-count", argument, "Open  Orders,\nthen Track.").value == value


def test_word_count_tells_the_number(check):
    assert (
        check("word-count", {"max": 3}, "a b c d").reason == "the answer has 4 words, more than 3"
    )


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (None, "no limit is given"),
        ({"count": 3, "max": 4}, "cannot stand beside"),
        ({"min": 4, "max": 3}, "no answer could pass"),
        ({"min": -1}, "must be from 0"),
        ({"max": 0}, "never passes"),
        (0, "never passes"),
    ],
)
def test_word_count_is_refused_when_its_limits_make_no_sense(argument, message):
    with pytest.raises(ScorerError, match=message):
        build("word-count", argument)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one", 1),
        (" two  words ", 2),
        ("état d'âme", 2),
        ("안녕 하세요", 2),
        ("请打开订单。", 5),
        ("注文を「開く」", 5),
        ("打开 Orders 页面", 5),
        ("𠮷野家", 3),
        ("naïve 👍", 2),
    ],
)
def test_words_are_counted_in_any_script(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open Orders, THEN track.", ["open", "orders", "then", "track"]),
        ("Straße", ["strasse"]),
        ("注文を開く Orders", ["注", "文", "を", "開", "く", "orders"]),
        ("cafe\u0301", ["café"]),
        ("ＡＢＣ１２", ["abc12"]),
        ("… — !", []),
    ],
)
def test_tokens_are_words_in_one_form(text, found):
    assert tokens(text) == found


def test_word_count_does_not_take_symbols_between_words_for_nothing(case):
    """As `wc -w` counts: what stands between white space."""
    assert build("word-count", 3)(case, Answer("yes — no")).value == 1.0
