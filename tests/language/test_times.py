"""When and how often something is done: what cannot both hold, and what can."""

import pytest

from promptgate.language.contradictions import contradictions

APART = [
    "Book appointments on weekdays only. Offer each patient a Saturday appointment.",
    "Do not take orders after 9 p.m. Take orders until midnight every day.",
    "Never discuss events after 2020. Summarize the news of 2023 for the user.",
    "All campaigns are paused for December. Run the toy campaign from December 1 to 24.",
    "Don't message users at night. The daily tip is sent as a message at 2 am.",
    "We are open on Sundays. We are closed on Sundays.",
    "Reply at once to every message. Wait ten minutes before you reply to any message.",
    "Get the order number before anything else. Ask for a name before you get the order number.",
    "Ask for feedback only once a month. Ask for feedback in every chat.",
]
TOGETHER = [
    "Book appointments on weekdays only. Offer each patient a Tuesday appointment.",
    "Do not take orders after 9 p.m. Answer questions until midnight every day.",
    "Never discuss events after 2020. Summarize the news of 2013 for the user.",
    "Our support is open 24/7. Tell users the shop is closed at weekends.",
    "Reply at once to every message. Wait ten minutes before you close any chat.",
    "Send a reminder every day. Send invoices once a week.",
    "Confirm the booking only after payment. Confirm the address before payment.",
]


@pytest.mark.parametrize("text", APART)
def test_times_are_found_apart_when_one_leaves_out_the_other(text):
    assert contradictions(text)


@pytest.mark.parametrize("text", TOGETHER)
def test_times_are_left_alone_when_both_can_hold(text):
    assert contradictions(text) == []
