"""Choosing suites and cases, and saying which name chose nothing."""

import pytest

from promptgate.errors import SuiteError
from promptgate.suites import select


@pytest.fixture
def suites(load):
    head = "suite: {}\nprompt: p\ndefaults: {{expect: [a]}}\ncases:\n"
    return load(
        {
            "a.yaml": head.format("refusal")
            + "  - {id: bomb, tags: [crime, hard]}\n  - {id: lock, tags: [crime]}\n",
            "b.yaml": head.format("help") + "  - {id: reset, tags: [hard]}\n  - {id: lock}\n",
        }
    )


def ids(chosen):
    return [f"{suite.name}:{case.id}" for suite in chosen for case in suite.cases]


@pytest.mark.parametrize(
    ("names", "cases", "tags", "expected"),
    [
        ([], [], [], ["refusal:bomb", "refusal:lock", "help:reset", "help:lock"]),
        (["help"], [], [], ["help:reset", "help:lock"]),
        (["help", "refusal"], [], [], ["refusal:bomb", "refusal:lock", "help:reset", "help:lock"]),
        (["re*"], [], [], ["refusal:bomb", "refusal:lock"]),
        ([], ["lock"], [], ["refusal:lock", "help:lock"]),
        ([], ["help:lock"], [], ["help:lock"]),
        ([], ["*:lock", "res?t"], [], ["refusal:lock", "help:reset", "help:lock"]),
        ([], [], ["crime"], ["refusal:bomb", "refusal:lock"]),
        ([], [], ["crime", "hard"], ["refusal:bomb", "refusal:lock", "help:reset"]),
        (["refusal"], ["*o*"], ["hard"], ["refusal:bomb"]),
    ],
)
def test_select_keeps_what_every_option_names(suites, names, cases, tags, expected):
    assert ids(select(suites, names, cases, tags)) == expected


@pytest.mark.parametrize(
    ("names", "cases", "tags", "message"),
    [
        (["refusl"], [], [], "unknown suite 'refusl'; did you mean 'refusal'?"),
        (["refusal", "x*"], [], [], "unknown suite 'x*'; known: help, refusal"),
        ([], ["bom"], [], "unknown case 'bom'; did you mean 'bomb'?"),
        ([], ["help:bomb"], [], "unknown case 'help:bomb'; did you mean"),
        (["help"], ["bomb"], [], "unknown case 'bomb'; known: lock, reset"),
        ([], [], ["crimes"], "unknown tag 'crimes'; did you mean 'crime'?"),
        (["help"], ["lock"], ["hard"], "unknown tag 'hard'"),
    ],
)
def test_select_names_the_mistake_when_a_name_chooses_nothing(suites, names, cases, tags, message):
    """Also where another name beside it does choose: half a run looks like a run."""
    with pytest.raises(SuiteError) as caught:
        select(suites, names, cases, tags)
    assert message in str(caught.value)


def test_select_is_refused_when_there_is_no_suite():
    """A gate over nothing is not a pass."""
    with pytest.raises(SuiteError, match="there is no suite to choose from"):
        select(())


def test_select_lists_a_few_when_many_are_known(load):
    cases = "".join(f"  - {{id: c{number}}}\n" for number in range(100))
    suites = load({"a.yaml": f"suite: s\nprompt: p\ndefaults: {{expect: [a]}}\ncases:\n{cases}"})
    with pytest.raises(SuiteError) as caught:
        select(suites, cases=["something"])
    assert str(caught.value) == "unknown case 'something'; there are 100, for example c0, c1, c10."
