"""What a decision looks up: a version to go back to, whether it is served, whether it helps."""

import pytest

from promptgate.errors import InputError, PromptgateError
from promptgate.incidents.knowledge import known_good, look_up, measure_fix
from promptgate.incidents.state import fold
from promptgate.project import find_project
from tests.support.incident import ID, at, event, history, opened
from tests.support.recorded import source_of

MEASURED = {"verdict": "model", "cause": "model", "deployed": (8, 10), "remedy": (0, 10)}


def known(folder, *events, wanted=None, **declared):
    found = fold(ID, [opened(**declared), *events])
    return known_good(find_project(folder.root), found, at(0), wanted)


def test_good_version_is_what_somebody_says_or_none_when_the_incident_names_no_prompt(project):
    assert known(project) is None
    assert known(project, wanted="HEAD").revision == "HEAD"
    with pytest.raises(PromptgateError, match="nowhere"):
        known(project, wanted="nowhere")


def test_good_version_is_none_when_nothing_was_released(project):
    assert known(project, prompt="support") is None
    with pytest.raises(PromptgateError, match="nowhere"):
        known(project, prompt="support", wanted="nowhere")
    none = look_up(find_project(project.root), fold(ID, [opened()]), at(0), good=None, none=True,
                   fix=None, harm="x")  # fmt: skip
    assert (none.good, none.harm) == (None, "x")


@pytest.mark.parametrize(
    ("model", "retired"),
    [("claude-mythos-preview", True), ("claude-sonnet-5", False), ("local", None),
     ("claude-gone", True)],
)  # fmt: skip
def test_good_model_is_known_to_be_retired_or_served(project, model, retired):
    good = known(project, event("diagnosed", 5, **MEASURED, good_model=model), prompt="support")
    assert (good.revision, good.model_retired, good.better) == (model, retired, True)


def test_good_version_does_no_better_when_the_rollback_to_it_failed(product):
    rolled = history()[6]
    failed = {"digest": "d", "trials": 10, "failures": 2, "passed": False}
    on_it = event("verified", 20, target="c0ffee", **failed)
    elsewhere = event("verified", 20, target="other", **failed)
    assert known(product, rolled, on_it, prompt="support").better is False
    assert known(product, rolled, elsewhere, prompt="support").better is None


def test_fix_is_not_measured_when_nobody_knows_whose_it_is(project):
    here = find_project(project.root)
    with pytest.raises(InputError, match="whose fix is it"):
        measure_fix(here, fold(ID, [opened()]), "HEAD", None, source_of(project), "replay")
