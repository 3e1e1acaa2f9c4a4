"""Cases from CSV and JSONL: columns, cells, lines."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import SuiteError
from promptgate.suites.datasets import read_rows

CSV = "cases: file://d.csv"
JSONL = "cases: file://d.jsonl"


def test_columns_are_keys_or_variables_when_read_from_csv(cases):
    text = (
        "id,cluster,tags,critical,question,vars.tags,expect,messages,quarantine\n"
        'x,k,"a, b c",TRUE,Why?,red,"[{""contains"": ""y""}]",,\n'
        'y,,,,,,"[""refusal""]","[{""role"": ""user"", ""content"": ""q""}]",'
        '"{""owner"": ""o"", ""until"": ""2026-12-31"", ""reason"": ""r""}"\n'
    )
    first, second = cases(CSV, d_csv=text)
    assert (first.id, first.cluster, first.critical) == ("x", "k", True)
    assert first.tags == ("a", "b", "c")
    assert first.vars == {"question": "Why?", "tags": "red"}
    assert first.expect[0].argument == "y"
    assert (second.id, second.cluster, second.critical) == ("y", "y", False)
    assert second.vars == {}
    assert second.messages == ({"role": "user", "content": "q"},)
    assert second.quarantine.owner == "o"


def test_cell_is_text_as_it_stands_when_its_column_is_a_variable(cases):
    """A spreadsheet's 012 is a phone prefix; whoever wants numbers has JSONL."""
    (case,) = cases(CSV, d_csv='id,n,t,expect\nx,012, two ,"[""a""]"\n')
    assert case.vars == {"n": "012", "t": " two "}


def test_defaults_apply_when_a_cell_is_empty(cases):
    text = "defaults: {vars: {product: Router, q: none}, expect: [a], critical: true}\n" + CSV
    first, second = cases(text, d_csv="id,product,critical,q\nx,,,1\ny,Switch,false,\n")
    assert (first.vars, first.critical) == ({"product": "Router", "q": "1"}, True)
    assert (second.vars, second.critical) == ({"product": "Switch", "q": "none"}, False)


def test_defaults_check_each_row_when_they_mention_its_column(cases):
    text = "defaults: {expect: [{icontains: '{{ answer }}'}]}\n" + CSV
    made = cases(text, d_csv="id,answer\nx,80\ny,81\n")
    assert [case.expect[0].argument for case in made] == ["80", "81"]


def test_row_knows_its_first_line_when_cells_span_lines(cases):
    text = 'id,q,expect\nx,"one\ntwo\n\nthree","[""a""]"\n\ny,q,"[""a""]"\n'
    first, second = cases(CSV, d_csv=text)
    assert (first.line, second.line) == (2, 7)
    assert first.file == "suites/d.csv"
    assert first.expect[0].line == 2
    assert first.vars["q"] == "one\ntwo\n\nthree"


def test_data_reads_the_same_when_a_spreadsheet_wrote_it(cases):
    """Excel writes a byte order mark and CRLF."""
    text = 'id,q,expect\nx,"one\ntwo","[""a""]"\n'
    excel = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert cases(CSV, d_csv=text) == cases(CSV, d_csv=excel)


def test_values_keep_their_types_when_read_from_jsonl(cases):
    text = (
        '{"id": "x", "n": 12, "list": [1], "nothing": null, "expect": ["a"]}\n'
        "\n"
        '{"id": "y", "vars": {"q": "Why?"}, "vars.id": 7, "tags": ["t"], "expect": ["a"],'
        ' "matrix": {"m": [1, 2]}}\n'
    )
    first, *others = cases(JSONL, d_jsonl=text)
    assert first.vars == {"n": 12, "list": [1], "nothing": None}
    assert [case.id for case in others] == ["y.1", "y.2"]
    assert others[0].vars == {"q": "Why?", "id": 7, "m": 1}
    assert (others[0].line, others[0].tags) == (3, ("t",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "suites/s.yaml:3: the suite 's' has no case; add one."),
        ("id,q\n", "suites/s.yaml:3: the suite 's' has no case; add one."),
        ("q,a\nx,y\n", "d.csv:1: there is no column 'id', only: q, a. Add one that names"),
        ("id;q\nx;y\n", "d.csv:1: there is no column 'id', only: id;q."),
        ("id,q,q\n", "d.csv:1: the column 'q' stands twice; keep one."),
        ("id,q,vars.q\n", "d.csv:1: the column 'vars.q' stands twice; keep one."),
        ("id,,q\n", "d.csv:1: the column 2 has no name; name or remove it."),
        ("id,q\ny,a,b\n", "d.csv:2: the header has 2 columns but this row 3; quote"),
        ("id,q\nx\n", "d.csv:2: the header has 2 columns but this row 1"),
        ('id,q\nx,"a\n\n', "d.csv:2: this is not valid CSV"),
        ('id,q\nx,"a"b\n', "d.csv:2: this is not valid CSV"),
        ("id,expect\n,[]\n", "d.csv:2: the key 'id' is missing; add it."),
        ("id,q\nx,1\nx,2\n", "d.csv:2: case 'x' expects nothing of its answer"),
        ('id,expect\nx,"[""a""]"\nx,"[""a""]"\n', "d.csv:3: the case 'x' stands in line 2 too"),
        ("id,expect\nx,refusal\n", "d.csv:2: column 'expect': this is not valid JSON"),
        ('id,expect\nx,"""refusal"""\n', "d.csv:2: 'expect' must be a valid list"),
        ("id,critical\nx,yes\n", "d.csv:2: column 'critical': write true or false, not 'yes'."),
        ('id,expect\nx,"[{""a"": NaN}]"\n', "d.csv:2: column 'expect': the value NaN is not JSON"),
        ("id,vars\nx,[1]\n", "d.csv:2: 'vars' must be a valid dictionary, but got a list."),
    ],
)
def test_csv_is_refused_with_its_line_when_it_is_wrong(cases, text, message):
    with pytest.raises(SuiteError) as caught:
        cases(CSV, d_csv=text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "d.jsonl:2: a line must be an object, but is a list."),
        ('{"id": "x", ', "d.jsonl:2: this is not valid JSON"),
        ('{"id": "x", "q": 1, "q": 2}', "d.jsonl:2: the key 'q' stands twice; keep one."),
        ('{"q": 1}', "d.jsonl:2: there is no column 'id', only: q."),
        ('{"id": 3, "expect": ["a"]}', "d.jsonl:2: 'id' must be a valid string, but got 3."),
        ('{"id": "x", "q": "\\ud800", "expect": ["a"]}', "d.jsonl:2: the text '\\ud800' is not"),
        ('{"id": "x", "q": NaN}', "d.jsonl:2: the value NaN is not JSON"),
        ('{"id": "x", "asserts": []}', "d.jsonl:2: case 'x' expects nothing of its answer"),
    ],
)
def test_jsonl_is_refused_with_its_line_when_it_is_wrong(cases, line, message):
    with pytest.raises(SuiteError) as caught:
        cases(JSONL, d_jsonl=f'{{"id": "a", "expect": ["a"]}}\n{line}\n')
    assert message in str(caught.value)


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_every_cell_comes_back_when_the_csv_writer_wrote_it(rows):
    """Whatever a question holds (quotes, commas, line breaks), it is asked as written."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "q", "r"])
    writer.writerows([f"c{index}", *row] for index, row in enumerate(rows))
    found = [document.data["vars"] for document in read_rows(text.getvalue(), "d.csv")]
    assert found == [{"q": q, "r": r} for q, r in rows]
