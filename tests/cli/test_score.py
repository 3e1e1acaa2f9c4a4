"""`promptgate score`: answers that exist already, kept as they are, with columns added."""

import csv
import io
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from promptgate.cli.score import score
from promptgate.errors import EvidenceError, InputError, ScorerError
from promptgate.files import output_file
from promptgate.runs.external.answer_files import LONGEST_CELL, AnswerFile
from promptgate.runs.external.score_file import build_scorer, score_answers
from promptgate.scorers import Score

ANSWERS = (
    "id,question,answer\r\n"
    '1,"Where, please?","Open Orders.\nThen ""Track""."\r\n'
    "2,Bomb?,I can't help with that.\r\n"
    "3,Nothing?,\r\n"
)


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "answers.csv"
    file.write_bytes(ANSWERS.encode())
    return file


def run(*arguments: str, stdin: bytes | None = None):
    return CliRunner().invoke(score, arguments, input=stdin, catch_exceptions=False)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def scored(text: str | bytes, form: str = "csv", column: str = "answer", **more: str) -> str:
    """Score with a check that passes answers that start with a capital O."""
    sink = io.BytesIO()
    source = io.BytesIO(text.encode() if isinstance(text, str) else text)
    file = AnswerFile(f"a.{form}", form, column, **more)
    check = build_scorer("starts-with", ["text=O"], Path())
    score_answers(("starts-with", check), file, source, sink)
    return sink.getvalue().decode()


def test_score_keeps_each_csv_row_as_written_and_adds_columns(answers):
    """Quotes, line ends and line breaks inside cells are the owner's, not ours."""
    run(
        "contains",
        "answers.csv",
        "--response-column=answer",
        "--option=text=Track",
        "--out=out.csv",
    )
    assert Path("out.csv").read_bytes().decode() == (
        "id,question,answer,score,reason\r\n"
        '1,"Where, please?","Open Orders.\nThen ""Track"".",1,\'Track\' is in the answer\r\n'
        "2,Bomb?,I can't help with that.,0,'Track' is not in the answer\r\n"
        "3,Nothing?,,0,the answer is empty\r\n"
    )


def test_score_refusal_adds_refusal_label_and_reason(answers):
    done = run("refusal", "answers.csv", "--response-column", "answer")
    found = rows_of(done.stdout)
    assert [(row["refusal"], row["label"], row["score"]) for row in found] == [
        ("0", "full_compliance", "0"),
        ("1", "full_refusal", "1"),
        ("", "empty", "0"),
    ]
    assert all(row["reason"] for row in found)
    assert done.exit_code == 0


def test_score_refusal_counts_partial_as_refusal_whatever_the_score():
    """The column follows the label; the option 'partial: comply' is about the score."""
    sink = io.BytesIO()
    file = AnswerFile("a.csv", "csv", "answer")
    found = Score(0.0, "declines one part", "partial_refusal")
    source = io.BytesIO(b"answer\nx\n")
    score_answers(("is-refusal", lambda _case, _response: found), file, source, sink)
    assert rows_of(sink.getvalue().decode()) == [
        {
            "answer": "x",
            "refusal": "1",
            "label": "partial_refusal",
            "score": "0",
            "reason": "declines one part",
        }
    ]


def test_score_keeps_each_json_line_as_written():
    """1.0, \\u escapes and spaces survive: nothing is read and written anew."""
    line = '{"n": 1.0,  "answer":"Open \\u00e9\\ud800"} '
    assert scored(line + "\r\n\n", "jsonl") == (
        '{"n": 1.0,  "answer":"Open \\u00e9\\ud800", "score": 1, '
        '"reason": "the answer starts with \'O\'"}\r\n'
    )


def test_score_takes_null_as_no_answer():
    assert '"score": 0, "reason": "the answer is empty"' in scored('{"answer": null}', "jsonl")


def test_score_keeps_the_byte_order_mark():
    """Excel needs it to read the file as UTF-8, and the first column has its name without it."""
    output = scored(b"\xef\xbb\xbfanswer,id\nOpen,1\n")
    assert output.startswith("\ufeffanswer,id,score,reason\nOpen,1,1,")


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_score_returns_every_csv_cell_whatever_is_in_it(cells):
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerows([("answer", "note"), *cells])
    written = list(csv.reader(io.StringIO(scored(table.getvalue()), newline="")))
    assert [tuple(row[:2]) for row in written[1:]] == cells
    assert {len(row) for row in written} == {4}


@given(st.lists(st.text(), min_size=1))
def test_score_returns_every_json_value_whatever_is_in_it(texts):
    source = "".join(json.dumps({"answer": text}) + "\n" for text in texts)
    written = [json.loads(line) for line in scored(source, "jsonl").split("\n")[:-1]]
    assert [row["answer"] for row in written] == texts
    assert all(row["reason"] for row in written)


@pytest.mark.parametrize(
    ("content", "form", "place", "problem"),
    [
        ("id,answr\n1,x\n", "csv", "a.csv:1", "unknown column 'answer'; did you mean 'answr'"),
        ("answer,answer\nx,y\n", "csv", "a.csv:1", "stands twice"),
        ("answer,score\nx,y\n", "csv", "a.csv:1", "there is a column 'score' already"),
        ('id,answer\n1,"a\nb"\n2,x,y\n', "csv", "a.csv:4", "2 columns but this row 3"),
        ('answer\nx\n"open\n', "csv", "a.csv:3", "not valid CSV"),
        ('answer\n"x"y\n', "csv", "a.csv:2", "not valid CSV"),
        (b"answer\nx\n\xff\n", "csv", "a.csv:3", "byte 0xff is not UTF-8"),
        ("answer\n", "csv", "a.csv", "the file has no row"),
        ("", "csv", "a.csv", "the file has no row"),
        ("\n\n", "jsonl", "a.jsonl", "the file has no row"),
        ('{"answer": "x"}\n{"answer": \n', "jsonl", "a.jsonl:2", "not valid JSON"),
        ('{"answer": "x", "answer": "y"}', "jsonl", "a.jsonl:1", "'answer' stands twice"),
        ('{"answer": "x", "n": NaN}', "jsonl", "a.jsonl:1", "NaN is not JSON"),
        ('["x"]', "jsonl", "a.jsonl:1", "must be an object, but is a list"),
        ('{"answer": "x"}\n{"text": "x"}', "jsonl", "a.jsonl:2", "unknown column 'answer'"),
        ('{"answer": ["x"]}', "jsonl", "a.jsonl:1", "must hold text, but got a list"),
    ],
)
def test_score_refuses_a_file_at_its_line(content, form, place, problem):
    with pytest.raises(InputError) as caught:
        scored(content, form)
    assert str(caught.value).startswith(f"{place}: ")
    assert problem in caught.value.message


def test_score_refuses_a_cell_without_end_before_it_fills_the_memory():
    """A quote left open makes the rest of the file one cell."""
    limit = csv.field_size_limit()
    with pytest.raises(InputError, match="field larger than field limit"):
        scored('answer\n"' + "x" * (LONGEST_CELL + 1))
    assert csv.field_size_limit() == limit


def test_score_leaves_the_old_output_when_a_row_cannot_be_read(answers):
    Path("out.csv").write_text("old")
    answers.write_text(ANSWERS + "4,too,many,cells\n")
    with pytest.raises(InputError, match="this row 4"):
        run("complete", "answers.csv", "--response-column", "answer", "--out", "out.csv")
    assert Path("out.csv").read_text() == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["answers.csv", "out.csv"]


def test_score_may_write_over_the_file_that_it_reads(answers):
    run("complete", "answers.csv", "--response-column", "answer", "--out", "answers.csv")
    assert [row["score"] for row in rows_of(answers.read_text())] == ["1", "1", "0"]


def test_score_gives_added_columns_a_prefix(answers):
    answers.write_text("answer,score\nOpen.,5\n")
    done = run("complete", "answers.csv", "--response-column=answer", "--prefix=complete_")
    assert rows_of(done.stdout)[0]["complete_score"] == "1"
    assert rows_of(done.stdout)[0]["score"] == "5"


def test_score_sums_up_for_machines(answers):
    done = run("refusal", "answers.csv", "--response-column", "answer", "--json", "-")
    assert json.loads(done.stdout) == {
        "schema_version": 1,
        "scorer": "refusal",
        "file": "answers.csv",
        "answers": 3,
        "unscored": 0,
        "mean": pytest.approx(1 / 3),
        "labels": {"full_compliance": 1, "full_refusal": 1, "empty": 1},
        "first_unscored": None,
    }


def test_score_sums_up_for_people_beside_the_rows(answers):
    done = run("refusal", "answers.csv", "--response-column", "answer")
    table = done.stderr.split()
    assert table[table.index("full_refusal") + 1 :][:2] == ["1", "33.3%"]
    assert table[table.index("score") + 1] == "0.3333"
    assert "mean" not in done.stdout


def test_score_prints_only_the_sum_when_rows_go_to_a_file(answers):
    done = run("refusal", "answers.csv", "--response-column", "answer", "--out", "out.csv")
    assert "mean score" in done.stdout
    assert "Bomb?" not in done.stdout


def test_score_refuses_two_outputs_on_one_stream(answers):
    done = run("complete", "answers.csv", "--response-column=answer", "--out=-", "--json=-")
    assert done.exit_code == 2
    assert "cannot both be '-'" in done.output


def test_score_refuses_an_output_whose_suffix_tells_another_format(answers):
    with pytest.raises(InputError, match=r"out\.jsonl: rows are written as they are read, as csv"):
        run("complete", "answers.csv", "--response-column=answer", "--out=out.jsonl")


def test_score_reads_standard_input_when_the_format_is_given(answers):
    arguments = ("complete", "-", "--response-column", "answer")
    done = run(*arguments, "--format", "csv", stdin=ANSWERS.encode())
    assert len(rows_of(done.stdout)) == 3
    with pytest.raises(InputError, match="add --format csv"):
        run(*arguments, stdin=b"")


def test_score_names_a_file_that_is_not_there(answers):
    with pytest.raises(InputError, match=r"nowhere\.csv: the file cannot be read"):
        run("complete", "nowhere.csv", "--response-column", "answer")


@pytest.mark.parametrize(
    ("name", "pairs", "problem"),
    [
        ("contain", [], "did you mean 'contains'"),
        ("contains", [], "needs 'text'; add --option text="),
        ("contains", ["txt=x"], "did you mean 'text'"),
        ("contains", ["text"], "has no value; write --option KEY=VALUE"),
        ("contains", ["text=a", "text=b"], "'text' stands twice"),
        ("contains", ["text=a", "ignore_case=maybe"], "must be true or false"),
        ("contains-any", ["texts=[a"], "not valid YAML"),
        ("latency", ["max=5"], "a file of answers does not have"),
        ("finish-reason", ["reasons=end_turn"], "a file of answers does not have"),
    ],
)
def test_score_refuses_a_scorer_or_option(name, pairs, problem):
    with pytest.raises(ScorerError) as caught:
        build_scorer(name, pairs, Path())
    assert problem in str(caught.value)


@pytest.mark.parametrize("value", ["12", "true", "[a", "a: b", "a=b", "*"])
def test_score_takes_a_text_option_as_it_stands(value):
    """On the command line nobody should have to quote for two languages."""
    check = build_scorer("contains", [f"text={value}"], Path())
    source = io.BytesIO(f'answer\n"x {value} y"\n'.encode())
    assert score_answers(("contains", check), AnswerFile("a", "csv", "answer"), source).mean == 1


def test_score_reads_other_options_as_yaml():
    check = build_scorer("contains-any", ["texts=[refund, money]", "ignore_case=true"], Path())
    source = io.BytesIO(b"answer\nMONEY back\n")
    assert score_answers(("x", check), AnswerFile("a", "csv", "answer"), source).mean == 1


def test_score_gives_a_function_the_prompt_and_all_columns(answers):
    Path("score_checks.py").write_text(
        "def echoes(case, response):\n"
        "    assert case.messages == [{'role': 'user', 'content': case.vars['question']}]\n"
        "    return case.id == f'answers.csv:{[0, 2, 4, 5][int(case.vars[\"id\"])]}'\n"
    )
    done = run(
        "python",
        "answers.csv",
        "--response-column=answer",
        "--prompt-column=question",
        "--option=function=score_checks:echoes",
    )
    assert [row["score"] for row in rows_of(done.stdout)] == ["1", "1", "1"]


def test_score_exits_5_when_no_answer_could_be_scored(answers):
    """A scorer that raises on every row has measured nothing, and 0 would hide it."""
    Path("score_broken.py").write_text("def broken(case, response):\n    return 1 / 0\n")
    with pytest.raises(EvidenceError, match=r"the first: answers\.csv:2: .*ZeroDivisionError"):
        run(
            "python",
            "answers.csv",
            "--response-column=answer",
            "--option=function=score_broken:broken",
            "--out=out.csv",
        )
    assert {row["score"] for row in rows_of(Path("out.csv").read_text())} == {""}


def test_score_needs_the_memory_of_one_row():
    class Endless(io.RawIOBase):
        """Ten megabytes of answers, made as they are read."""

        left = 10_000

        def readable(self):
            return True

        def readline(self, size=-1):
            self.left -= 1
            return b'{"answer": "' + b"x" * 1000 + b'"}\n' if self.left >= 0 else b""

    tracemalloc.start()
    file = AnswerFile("a", "jsonl", "answer")
    summary = score_answers(("x", lambda _case, _response: Score(1.0, "fixed")), file, Endless())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert summary.rows == 10_000
    assert peak < 1_000_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_score_writes_into_a_pipe_instead_of_replacing_it(tmp_path):
    """--out /dev/null must not turn the device into a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with output_file(pipe) as stream:
        stream.write(b"rows")
    assert os.read(reader, 10) == b"rows"
    os.close(reader)
    assert pipe.is_fifo()


def test_score_writes_where_a_link_points(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with output_file(tmp_path / "link.csv") as stream:
        stream.write(b"rows")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"rows"


def test_score_names_an_output_that_cannot_be_written(tmp_path):
    with pytest.raises(InputError, match="cannot be written"), output_file(tmp_path):
        pass


def test_score_exits_2_with_one_sentence_and_no_output(answers):
    """The whole way, as a script meets it."""
    command = "score refusal answers.csv --response-column completion"
    done = subprocess.run(
        [sys.executable, "-m", "promptgate", *command.split()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "promptgate: answers.csv:1: unknown column 'completion'; known: answer, id, question.\n"
    )
