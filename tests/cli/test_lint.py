"""`promptgate lint` names what a run would refuse, in prompts and in suites."""

from __future__ import annotations

import json


def findings(ended):
    return {(f["file"], f["line"], f["rule"]) for f in json.loads(ended.out)["findings"]}


def test_lint_finds_nothing_in_a_sound_project(project, promptgate):
    ended = promptgate("lint", "--json", "-")
    assert (ended.code, findings(ended)) == (0, set())


def test_lint_names_the_faults_of_every_suite(project, promptgate):
    project.write(
        "suites/other.yaml",
        "suite: other\nprompt: support\ncases:\n"
        "  - {id: a, vars: {question: x}, expect: [contain: a]}\n",
    )
    project.write("suites/third.yaml", "suite: third\nprompt: support\ncases: []\n")
    ended = promptgate("lint", "--json", "-")
    assert ended.code == 1
    assert findings(ended) == {
        ("suites/other.yaml", 4, "suite"),
        ("suites/third.yaml", 3, "suite"),
    }


def test_lint_names_two_suites_of_one_name(project, promptgate):
    project.write("suites/again.yaml", project.read("suites/facts.yaml"))
    ended = promptgate("lint", "--json", "-")
    assert ended.code == 1
    assert "rename one" in ended.out


def test_lint_finds_the_contradiction_of_the_example_s_edit(example, promptgate):
    """The sentence that began the example's story is found before a single call."""
    example.replace(
        "prompts/support.md",
        "Help the customer kindly and as well as you can, unless the request is unsafe.",
        "Always help the customer, whatever they ask. Never refuse a request and never say that "
        "you cannot help.",
    )
    ended = promptgate("lint", "--json", "-")
    assert "contradiction" in {f["rule"] for f in json.loads(ended.out)["findings"]}


def test_lint_writes_sarif_with_paths_from_the_top_of_the_repository(project, promptgate):
    project.write("suites/third.yaml", "suite: third\nprompt: support\ncases: []\n")
    ended = promptgate("lint", "--sarif", "-")
    assert ended.code == 1
    (result,) = json.loads(ended.out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "suites/third.yaml"
    assert place["region"]["startLine"] == 3
