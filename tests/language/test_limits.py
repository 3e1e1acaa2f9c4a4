"""What alone is to be done, what goes beyond it, and what only seems to."""

import pytest

from promptgate.language.contradictions import contradictions

BEYOND = [
    "You handle refunds and nothing else. Handle shipping questions yourself.",
    "Correct the spelling and change nothing else. Rewrite clumsy sentences.",
    "You are a tutor for Python, the sole language you may help with. Help with Java too.",
    "Your answers draw on the uploaded document alone. Add facts from outside the document.",
    "Talk about our own laptops and no other brand. Compare them with rival models in detail.",
    "The event list is limited to the city of Lisbon. Include concerts in Porto.",
    "Refuse every question that is not about our software. Answer any question on any topic.",
    "From each receipt, extract the total and ignore all other fields. Extract the name too.",
    "Discuss no subject but cooking. If a user asks how to repair a car, explain the repair.",
]
WITHIN = [
    "You handle refunds and nothing else. Send shipping questions to another team.",
    "Correct the spelling and change nothing else. Correct misspelt names in the text.",
    "You are a tutor for Python, the sole language you may help with. Help with Python exams too.",
    "Talk about our own laptops and no other brand. Compare them with each other in detail.",
    "Only discuss cooking. Help the user with their shopping list for dinner too.",
    "Only answer questions about our hotel. Tell guests the price of a room.",
    "Only mention events after 2015. Mention the events of 2020.",
    "Talk about nothing but wine. You can also talk about grapes.",
]


@pytest.mark.parametrize("text", BEYOND)
def test_limit_is_found_broken_when_a_request_goes_beyond_it(text):
    assert contradictions(text)


@pytest.mark.parametrize("text", WITHIN)
def test_limit_is_kept_when_a_request_stays_within_it(text):
    assert contradictions(text) == []
