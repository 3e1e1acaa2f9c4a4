"""From files to suites: what is a suite, names, inherited defaults, encodings."""

import pytest

from promptgate.errors import SuiteError
from promptgate.files import DiskTree
from promptgate.suites import load_suites

ONE = "suite: {}\nprompt: p\ncases: [{{id: a, expect: [complete]}}]\n"


def test_suites_stand_in_order_of_path_when_loaded(load):
    """Output that depends on the order of a directory listing cannot be compared."""
    suites = load(
        {"b.yaml": ONE.format("x"), "a/z.yml": ONE.format("y"), "a.yaml": ONE.format("z")}
    )
    assert [suite.file for suite in suites] == ["suites/a.yaml", "suites/a/z.yml", "suites/b.yaml"]


def test_suites_ignore_when_a_file_is_not_a_suite(load):
    suites = load({"a.yaml": ONE.format("x"), "README.md": "#", "_d.yaml": "x: 1", "f.csv": "id"})
    assert [suite.name for suite in suites] == ["x"]


def test_suites_are_none_when_the_folder_is_absent(tmp_path):
    """A revision from before the first suite is not an error; an empty selection is."""
    assert load_suites(DiskTree(tmp_path), "suites") == ()


def test_suites_are_refused_when_two_have_one_name(load):
    with pytest.raises(SuiteError) as caught:
        load({"a.yaml": ONE.format("x"), "b.yaml": "\n" + ONE.format("x")})
    assert str(caught.value) == (
        "suites/b.yaml:2: the suite 'x' stands in suites/a.yaml too; rename one."
    )


def test_suite_fills_in_when_keys_are_absent(load):
    (suite,) = load({"a.yaml": ONE.format("x")})
    assert (suite.prompts, suite.target, suite.behaviour, suite.repeats) == (("p",), None, "x", 3)
    assert (suite.margin, suite.min_score, suite.on_inconclusive) == (None, None, None)


def test_suite_keeps_what_it_says_when_every_key_is_given(load):
    text = (
        "suite: x\ndescription: d\nprompt: [p, q]\nbehaviour: b\nrepeats: 5\nmargin: 0.05\n"
        "min_score: 0.9\non_inconclusive: warn\ncases: [{id: a, expect: [complete]}]\n"
    )
    (suite,) = load({"a.yaml": text})
    assert (suite.prompts, suite.behaviour, suite.repeats) == (("p", "q"), "b", 5)
    assert (suite.margin, suite.min_score, suite.on_inconclusive) == (0.05, 0.9, "warn")
    assert suite.description == "d"


def test_suite_has_a_target_and_no_prompt_when_it_tests_an_application(load):
    (suite,) = load({"a.yaml": ONE.format("x").replace("prompt: p", "target: python:app.bot:go")})
    assert (suite.prompts, suite.target) == ((), "python:app.bot:go")


def test_defaults_lie_over_inherited_ones_when_a_suite_extends_a_file(load):
    """The same rule as a case over its defaults."""
    shared = "vars: {a: 1, b: 1}\nexpect: [complete]\ntags: [t]\ncritical: true\n"
    text = (
        "suite: x\nprompt: p\nextends: ../shared/_d.yaml\n"
        "defaults: {vars: {b: 2}, expect: [refusal], critical: false}\ncases: [{id: c}]\n"
    )
    (suite,) = load({"deep/a.yaml": text, "shared/_d.yaml": shared})
    (case,) = suite.cases
    assert case.vars == {"a": 1, "b": 2}
    assert [entry.scorer for entry in case.expect] == ["complete", "refusal"]
    assert [(entry.file, entry.line) for entry in case.expect] == [
        ("suites/shared/_d.yaml", 2),
        ("suites/deep/a.yaml", 4),
    ]
    assert (case.critical, case.tags) == (False, ("t",))


def test_inherited_file_is_named_when_it_is_wrong(load):
    text = "suite: x\nprompt: p\nextends: _d.yaml\ncases: [{id: c}]\n"
    with pytest.raises(SuiteError, match=r"^suites/_d.yaml:2: unknown key 'suite'"):
        load({"a.yaml": text, "_d.yaml": "vars: {a: 1}\nsuite: x\n"})


def test_inherited_file_may_be_empty(load):
    text = "suite: x\nprompt: p\nextends: _d.yaml\ncases: [{id: c, expect: [complete]}]\n"
    (suite,) = load({"a.yaml": text, "_d.yaml": "# nothing yet\n"})
    assert suite.cases[0].vars == {}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.yaml", b"suite: x\nprompt: \xff\n", "suites/a.yaml:2: byte 0xff is not UTF-8"),
        ("a.yaml", "suite: [\n", "suites/a.yaml:2: this is not valid YAML"),
        ("a.yaml", "", "suites/a.yaml:1: the key 'suite' is missing; add it."),
        ("a.yaml", "suite: &a x\n", "suites/a.yaml:1: the YAML anchor or alias 'a' is not allowed"),
    ],
)
def test_suite_is_refused_when_it_cannot_be_read(load, name, content, message):
    with pytest.raises(SuiteError) as caught:
        load({name: content})
    assert str(caught.value).startswith(message)


def test_suite_reads_the_same_when_line_ends_differ(load):
    """A checkout on Windows must not change a case."""
    text = ONE.format("x").replace("id: a", 'id: a, vars: {q: "x\n\n  y"}')
    assert load({"a.yaml": text}) == load({"a.yaml": text.replace("\n", "\r\n")})


def test_data_file_is_refused_when_a_link_leads_out(tmp_path):
    """What a suite reads is in its repository, or a replay elsewhere is another suite."""
    root = tmp_path / "project"
    (root / "suites").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text("id\nx\n")
    (root / "suites/c.csv").symlink_to(tmp_path / "secret.csv")
    (root / "suites/s.yaml").write_text("suite: s\nprompt: p\ncases: file://c.csv\n")
    with pytest.raises(SuiteError, match="leads out of the project"):
        load_suites(DiskTree(root), "suites")


def test_suite_is_read_once_until_a_file_that_it_is_made_of_changes(load):
    """A gate meets the same suites at half a dozen revisions."""
    text = "suite: x\nprompt: p\nextends: _d.yaml\ncases: file://c.csv\n"
    files = {"a.yaml": text, "_d.yaml": "expect: [complete]", "c.csv": "id\none\n"}
    (first,) = load(files)
    assert load(files)[0] is first
    assert len(load({**files, "c.csv": "id\none\ntwo\n"})[0].cases) == 2
    (changed,) = load({**files, "_d.yaml": "expect: [refusal]"})
    assert [entry.scorer for entry in changed.cases[0].expect] == ["refusal"]
    assert load(files)[0] is first
