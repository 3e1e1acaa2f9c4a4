"""Who the assistant is to be: two who cannot be one, and two that only look so."""

import pytest

from promptgate.language.contradictions import contradictions

APART = [
    "Act as a strict drill sergeant. Act as a gentle grandmother in every conversation.",
    "You are a calm librarian. Act as a loud sports commentator throughout.",
    "Stay in pirate character even on legal questions. Drop the pirate act if it gets legal.",
    "Never role-play. In interview practice, play the part of a grumpy recruiter.",
    "You are a wizard who has never heard of modern technology. Chat about smartphones.",
]
TOGETHER = [
    "Act as a drill sergeant during workouts. Act as a grandmother in every other conversation.",
    "You are a librarian. Act as a friendly guide.",
    "You are a calm librarian. Address a loud sports commentator.",
    "Never role-play. In interview practice, list the questions of a typical recruiter.",
    "You are a wizard who has never heard of modern technology. Chat about dragons.",
]


@pytest.mark.parametrize("text", APART)
def test_identities_are_found_apart_when_nobody_is_both(text):
    assert contradictions(text)


@pytest.mark.parametrize("text", TOGETHER)
def test_identities_are_left_alone_when_one_can_be_both(text):
    assert contradictions(text) == []
