"""`promptgate judge`, and what the gate makes of it, against a scripted judge."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.judge import answering, verdict
from tests.support.loopback import Loopback

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ended
    from tests.support.project import Folder

CONFIG = """
[gate]
min_score = 0.3

[judges.helpful]
model = "judge-model"
prompt = "judges/helpful.md"
"""
SUITE = """suite: facts
prompt: support
repeats: 1
defaults: {expect: [{judge: helpful}]}
cases:
"""
CASES = 40


def judge_by_words(seen: Any) -> str:
    """Judge by the answer's first word, whatever else it says."""
    answer = seen.question.partition("<answer>\n")[2]
    return verdict("pass" if answer.startswith("Yes") else "fail")


def answer(seen: Any) -> str:
    """Answer right but to every fourth question; 'rudely' makes every second one wrong."""
    number = int(seen.question.split()[1].rstrip("?"))
    wrong = number % 2 if "rudely" in seen.body["system"] else number % 4 == 0
    return f"No, not {number}." if wrong else f"Yes, {number}."


@dataclass
class Desk:
    """A project with a judge; `url` is where the scripted model listens."""

    folder: Folder
    call: Callable[..., Ended]
    server: Loopback

    def labels(self, wrong: int = 0, name: str = "labels.csv", **columns: str) -> str:
        """Write labels of every case's answer of both arms, some of them not as the judge's."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["suite", "case", "answer", "label", *columns])
        for number in range(CASES):
            right = number % 4 != 0
            text = f"Yes, {number}." if right else f"No, not {number}."
            label = "pass" if right != (number < wrong) else "fail"
            writer.writerow(["facts", f"q{number}", text, label, *columns.values()])
        self.folder.write(name, out.getvalue())
        return name


@pytest.fixture
def desk(project, promptgate, monkeypatch) -> Any:
    for name in ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    cases = [f'  - {{id: q{n}, vars: {{question: "Question {n}?"}}}}\n' for n in range(CASES)]
    project.write("promptgate.toml", CONFIG)
    project.write("judges/helpful.md", "The answer says yes.\n")
    project.write("suites/facts.yaml", SUITE + "".join(cases))
    project.commit("a judged suite")
    with Loopback(answering(judge_by_words, answer)) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        yield Desk(project, promptgate, server)


def test_calibrate_says_that_a_judge_may_gate_when_people_agree(desk):
    done = desk.call("judge", "calibrate", desk.labels(), "--mode", "record", "--json", "-")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert found["may_gate"] is True
    assert found["kappa"]["value"] == 1
    assert found["accuracy"]["hits"] == CASES
    assert found["file"].startswith("judges/calibrations/helpful-")
    assert "MAY GATE" in done.err
    again = desk.call("judge", "calibrate", "labels.csv", "--json", "-")
    assert json.loads(again.out) == found
    assert desk.server.count == CASES


def test_calibrate_exits_1_and_says_why_when_people_do_not_agree(desk):
    done = desk.call("judge", "calibrate", desk.labels(wrong=20), "--mode", "record")
    assert done.code == 1
    assert "MAY NOT GATE" in done.out
    assert "below 0.6" in done.out


def test_calibrate_names_the_command_when_the_judge_was_not_asked(desk):
    done = desk.call("judge", "calibrate", desk.labels())
    assert done.code == 5
    assert (
        "40 of 40 replies of the judge are not recorded; record them with 'promptgate judge "
        "calibrate labels.csv --judge helpful --mode record'" in done.err
    )
    assert desk.server.count == 0


def test_pruning_keeps_what_a_calibration_stands_on(desk):
    desk.folder.write("promptgate.toml", CONFIG + 'labels = "labels.csv"\n')
    desk.folder.replace("suites/facts.yaml", "{judge: helpful}", "complete")
    desk.labels()
    assert desk.call("judge", "calibrate", "--mode", "record").code == 0
    assert "Removed 0 cassettes" in desk.call("record", "--prune").out
    desk.folder.write("promptgate.toml", CONFIG)
    assert "Removed 40 cassettes" in desk.call("record", "--prune").out


def test_calibrate_keeps_to_its_limit(desk):
    done = desk.call("judge", "calibrate", desk.labels(), "--mode", "record", "--max-calls", "39")
    assert done.code == 2
    assert desk.server.count == 0


def test_calibrate_asks_what_the_suite_asks_so_that_nothing_is_asked_twice(desk):
    assert desk.call("record").code == 0
    sent = desk.server.count
    assert desk.call("judge", "calibrate", desk.labels()).code == 0
    assert desk.server.count == sent


def test_calibrate_takes_answers_from_recordings_when_the_file_has_none(desk):
    assert desk.call("record").code == 0
    rows = "".join(f"facts,q{n},,{'pass' if n % 4 else 'fail'}\n" for n in range(CASES))
    desk.folder.write("bare.csv", "suite,case,answer,label\n" + rows)
    done = desk.call("judge", "calibrate", "bare.csv", "--json", "-")
    assert json.loads(done.out)["accuracy"]["hits"] == CASES


def test_calibrate_shows_every_other_column_when_a_row_means_no_case(desk):
    rows = [
        {"topic": "yes or no", "answer": f"{'Yes' if n % 2 else 'No'} {n}", "label": label}
        for n in range(40)
        for label in ["pass" if n % 2 else "fail"]
    ]
    desk.folder.write("l.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert desk.call("judge", "calibrate", "l.jsonl", "--mode", "record").code == 0
    shown = desk.server.seen[0].question
    assert '<input name="topic">\nyes or no\n</input>' in shown
    assert "label" not in shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answer,label\nYes,maybe\n", "l.csv:2: unknown label 'maybe'"),
        ("answer\nYes\n", "unknown column 'label'"),
        ("text,label\nYes,pass\n", "unknown column 'answer'"),
        ("answer,label\nYes,\n", "no row has a label"),
        ("answer,label\n,pass\n", "l.csv:2: the answer is empty"),
        ("suite,case,answer,label\nfact,q0,Yes,pass\n", "unknown suite 'fact'"),
        ("suite,case,answer,label\nfacts,q99x,Yes,pass\n", "unknown case 'q99x'"),
        ("suite,case,repeat,answer,label\nfacts,q0,x,,pass\n", "'repeat' must be a whole number"),
    ],
)
def test_calibrate_refuses_a_row_with_its_line_when_it_is_wrong(desk, text, told):
    desk.folder.write("l.csv", text)
    done = desk.call("judge", "calibrate", "l.csv", "--mode", "record")
    assert done.code == 2
    assert told in done.err
    assert desk.server.count == 0
    assert not (desk.folder.root / "judges/calibrations").exists()


def test_list_and_show_tell_whether_a_judge_may_gate(desk):
    listed = desk.call("judge", "list")
    assert "it was never calibrated" in listed.out
    desk.call("judge", "calibrate", desk.labels(), "--mode", "record")
    assert "not on the base branch yet" in desk.call("judge", "list").out
    desk.folder.commit("calibrate the judge")
    (found,) = json.loads(desk.call("judge", "list", "--json", "-").out)["judges"]
    assert (found["may_gate"], found["kappa"]) == (True, 1.0)
    shown = desk.call("judge", "show", "helpful")
    assert "The answer says yes." in shown.out
    assert found["digest"] in shown.out
    desk.folder.write("judges/helpful.md", "The answer says no.\n")
    (found,) = json.loads(desk.call("judge", "list", "--json", "-").out)["judges"]
    assert found["faults"] == ["it was never calibrated (promptgate judge calibrate)"]


def gate(desk: Any, *options: str) -> tuple[int, Any]:
    done = desk.call("gate", "--baseline", "HEAD", "--mode", "record", "--json", "-", *options)
    assert done.out, done.err
    return done.code, json.loads(done.out)


def test_gate_is_inconclusive_when_its_judge_was_never_calibrated(desk):
    desk.folder.replace("prompts/support.md", "You answer", "You kindly answer")
    code, decision = gate(desk)
    assert code == 3
    (suite,) = decision["suites"]
    assert suite["verdict"] == "INCONCLUSIVE"
    assert "the judge 'helpful' may not gate: it was never calibrated" in suite["reason"]
    assert suite["judges"][0]["digest"].startswith("sha256:")


def test_gate_decides_when_its_judge_is_calibrated_on_the_base_branch(desk):
    desk.call("judge", "calibrate", desk.labels(), "--mode", "record")
    desk.folder.commit("calibrate the judge")
    desk.folder.replace("prompts/support.md", "You answer", "You kindly answer")
    code, decision = gate(desk)
    assert (code, decision["decision"]) == (0, "RELEASE")
    assert "agrees with people: kappa 1.00" in decision["suites"][0]["notes"][-1]
    desk.folder.replace("prompts/support.md", "You kindly answer", "You rudely answer")
    code, decision = gate(desk)
    assert (code, decision["suites"][0]["verdict"]) == (1, "FAIL")


def test_gate_does_not_count_a_calibration_that_the_change_itself_brings(desk):
    desk.folder.replace("prompts/support.md", "You answer", "You kindly answer")
    desk.call("judge", "calibrate", desk.labels(), "--mode", "record")
    code, decision = gate(desk)
    assert code == 3
    assert "not on the base branch yet" in decision["suites"][0]["reason"]


def test_gate_asks_for_a_new_calibration_when_labels_have_changed(desk):
    desk.folder.write("promptgate.toml", CONFIG + 'labels = "labels.csv"\n')
    desk.labels()
    desk.call("judge", "calibrate", "--mode", "record")
    desk.labels(wrong=3)
    desk.folder.commit("calibrate the judge, then label otherwise")
    desk.folder.replace("prompts/support.md", "You answer", "You kindly answer")
    assert "changed since it was calibrated" in gate(desk)[1]["suites"][0]["reason"]


def test_gate_corrects_its_judge_by_the_labels_on_the_base_branch(desk):
    """People pass half of what the judge fails; both arms give the same answers."""
    desk.folder.write("promptgate.toml", CONFIG + 'labels = "labels.csv"\n')
    desk.labels(wrong=4)
    desk.call("judge", "calibrate", "--mode", "record")
    desk.folder.commit("calibrate the judge")
    desk.folder.replace("prompts/support.md", "You answer", "You kindly answer")
    code, decision = gate(desk)
    corrected = decision["suites"][0]["comparison"]["corrected"]
    assert (corrected["labelled"], corrected["units"]) == (CASES, CASES)
    assert code == 0
    assert any(
        "corrected by people's labels on 40 of 40" in n for n in decision["suites"][0]["notes"]
    )


def test_judges_of_both_arms_must_be_one(desk):
    from promptgate.runs.judging.evidence import different_judges
    from promptgate.runs.results import Part

    class Trial:
        def __init__(self, arm: str, judge: str | None) -> None:
            self.suite, self.arm = "facts", arm
            self.parts = (Part("judge", "judge", 1.0, True, "", judge),)

    one, other = "helpful@sha256:" + "a" * 64, "helpful@sha256:" + "b" * 64
    assert different_judges([Trial("baseline", one), Trial("candidate", one)]) == []
    assert different_judges([Trial("both", one), Trial("candidate", None)]) == []
    (told,) = different_judges([Trial("baseline", one), Trial("candidate", other)])
    assert "the judge 'helpful' is not the same in both arms" in told


def test_gate_never_opens_a_socket_when_it_replays_judgements(desk):
    desk.folder.replace("prompts/support.md", "You answer", "You kindly answer")
    first = gate(desk)
    sent = desk.server.count
    done = desk.call("gate", "--baseline", "HEAD", "--json", "-")
    assert (done.code, json.loads(done.out)["suites"]) == (first[0], first[1]["suites"])
    assert desk.server.count == sent
