"""What counts more than what: the many ways of saying it, and what only looks like a conflict."""

import pytest

from promptgate.language.contradictions import contradictions

APART = [
    "If the chef and the guest disagree, follow the chef. If they disagree, follow the guest.",
    "If the user's wish and our policy differ, follow policy. When the two clash, the user wins.",
    "Accuracy matters more than style. Forced to pick between them, sacrifice accuracy.",
    "Never trade privacy for convenience. To save the user a step, give up a little privacy.",
    "User requests override every rule here. No user request may override the rules here.",
    "Handle urgent tickets first. Leave urgent tickets until all others are done.",
    "Handle tickets in order of arrival. Move premium customers to the front of the queue.",
    "When in doubt, ask. When in doubt, guess.",
    "Give cost and quality equal weight. Let quality count twice as much as cost.",
    "Nothing ranks above a fire alarm. Noise complaints rank above fire alarms.",
]
TOGETHER = [
    "Where manual and website differ, trust the manual. Where site and forum differ, the site.",
    "Deal with VIP tickets first. Answer all other tickets strictly in order of arrival.",
    "Put the user's privacy above all else. Put sales above small talk, but below privacy.",
    "If two rules clash, follow the first. If two dates clash, follow the last.",
    "Alarms take priority over everything. Nothing but alarms takes priority over open tickets.",
    "Put the cheapest flight at the top of the list. Put the dearest flight at the bottom.",
]


@pytest.mark.parametrize("text", APART)
def test_rank_is_found_when_another_turns_it_round(text):
    assert [one.kind for one in contradictions(text)] == ["priority"]


@pytest.mark.parametrize("text", TOGETHER)
def test_rank_is_left_alone_when_the_other_is_of_something_else(text):
    assert contradictions(text) == []
