"""[incidents] of promptgate.toml: numbers that contradict each other are refused by name."""

import pytest

from promptgate.errors import InputError
from promptgate.incidents.log import Incidents
from promptgate.project import find_project

LEVEL = '[[incidents.escalation]]\nname = "{}"\ncontact = "{}"\nafter_minutes = {}\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[incidents]\nlow_affected = 0.6\n", "must rise in this order"),
        ("[incidents]\nhigh_affected = 0.99\n", "must rise in this order"),
        ("[incidents]\nmin_actions = 6\n", "'min_actions' must not be above 'max_actions'"),
        ("[incidents]\nreview_minutes = 50\n", "'review_minutes' must not be above"),
        (LEVEL.format("a", "Kim", 30) + LEVEL.format("b", "Lee", 30),
         "the level 'b' must come after more minutes than 'a'"),
        (LEVEL.format("a", "Kim", 15) + LEVEL.format("b", " kim", 30), "one contact stands at two"),
        ("[incidents]\nupdate_minutes = 0\n", "update_minutes"),
        ('[incidents]\nfolder = "../x"\n', "folder"),
        ('[incidents]\nprobe = ""\n', "probe"),
    ],
)  # fmt: skip
def test_settings_are_refused_when_they_contradict_each_other(project, text, told):
    project.write("promptgate.toml", text)
    with pytest.raises(InputError, match=told):
        Incidents(find_project(project.root))


def test_chain_is_taken_when_every_level_comes_later_and_is_another_person(project):
    chain = LEVEL.format("on call", "Kim", 15) + LEVEL.format("CTO", "Lee", 45)
    project.write("promptgate.toml", chain)
    settings = Incidents(find_project(project.root)).settings
    assert [level.name for level in settings.escalation] == ["on call", "CTO"]
