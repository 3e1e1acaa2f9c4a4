import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, build


@pytest.mark.parametrize(
    ("argument", "text", "value"),
    [
        (None, "<a/>", 1.0),
        (None, " <a x='1'><b>&amp; é</b></a>\n", 1.0),
        (None, '<?xml version="1.0"?><a/>', 1.0),
        (["order/item", "order"], "<order><item/></order>", 1.0),
        (["order/total"], "<order><item/></order>", 0.0),
        (None, "<a><b></a>", 0.0),
        (None, "<a/><b/>", 0.0),
        (None, "text <a/>", 0.0),
        (None, "<a>&unknown;</a>", 0.0),
        (None, "<a", 0.0),
    ],
)
def test_is_xml_takes_the_answer_as_a_whole(check, argument, text, value):
    assert check("is-xml", argument, text).value == value


def test_is_xml_refuses_a_document_type(check):
    """Entities can expand a few bytes into gigabytes, or name a file."""
    bomb = '<!DOCTYPE a [<!ENTITY x "yy"><!ENTITY z "&x;&x;">]><a>&z;</a>'
    score = check("is-xml", None, bomb)
    assert score.value == 0.0
    assert "document type" in score.reason


@pytest.mark.parametrize(
    ("argument", "text", "found"),
    [
        (None, "so <a>1</a> it is", "<a>1</a>"),
        (None, "1 < 2, <br> é <i>注</i>.", "<i>注</i>"),
        (None, "<empty/> rest", "<empty/>"),
        (["answer"], "<thinking>x</thinking> <answer>y</answer>", "<answer>y</answer>"),
        (["a/b"], "x <a><b/></a>", "<a><b/></a>"),
    ],
)
def test_contains_xml_finds_an_element_in_prose(check, argument, text, found):
    score = check("contains-xml", argument, text)
    assert (score.value, text[slice(*score.span)]) == (1.0, found)


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        (None, "a < b and c > d"),
        (None, "<a><b></a>"),
        (None, "I <3 you"),
        (["answer"], "<thinking>x</thinking>"),
    ],
)
def test_contains_xml_scores_zero_when_no_element_is_whole(check, argument, text):
    assert check("contains-xml", argument, text).value == 0.0


@pytest.mark.parametrize("path", ["", "/order", "order/", "order item", "1st"])
def test_element_path_is_refused_when_it_is_none(path):
    with pytest.raises(ScorerError, match="no path of element names"):
        build("is-xml", [path])


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello</p>",
        "<!DOCTYPE html><html><head><title>x</title></head><body>y</body></html>",
        "<ul><li>a<li>b</ul>",
        "<p>a<br>b<img src='x'></p>",
        "<svg><path d='M0'/><g></g></svg>",
        "<my-element>x</my-element>",
        "<!-- note --><P>x</P>",
    ],
)
def test_is_html_accepts_html_with_its_freedoms(check, text):
    assert check("is-html", None, text).value == 1.0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Hello", "outside its tags"),
        ("Sure: <p>Hello</p>", "outside its tags"),
        ("<div><b>x</div>", "<b> is not closed before </div>"),
        ("<div>x<b>", "<div> is never closed"),
        ("</div>", "</div> closes what is not open"),
        ("<thinking>x</thinking>", "<thinking> is not an element of HTML"),
        ("<!-- nothing -->", "it has no element"),
    ],
)
def test_is_html_names_the_fault(check, text, fault):
    score = check("is-html", None, text)
    assert score.value == 0.0
    assert fault in score.reason


@pytest.mark.parametrize("text", ["a <b>bold</b> word", "line<br>line", "```html\n<p>x</p>\n```"])
def test_contains_html_finds_an_element(check, text):
    assert check("contains-html", None, text).value == 1.0


@pytest.mark.parametrize("text", ["plain", "a < b > c", "use <name> here", "<b>open", "I <3 you"])
def test_contains_html_does_not_take_angle_brackets_for_html(check, text):
    assert check("contains-html", None, text).value == 0.0


@pytest.mark.parametrize("name", ["is-xml", "contains-xml", "is-html", "contains-html"])
@given(text=st.text(alphabet="<>/abr!-[]&;\"'= é\n", max_size=80))
def test_markup_check_gives_a_score_for_any_text(name, text):
    assert build(name)(None, Answer(text)).value in (0.0, 1.0)
