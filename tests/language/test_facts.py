"""What an answer states against its facts: which pairs are found, which left alone, and why."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from promptgate.language.facts import conflicts, states_something

HERE = Path(__file__).parent
FILES = ("fact_pairs.yaml", "fact_pairs_held_out.yaml")
PLAIN = ("fact_pairs_plain.yaml", "fact_pairs_plain_held_out.yaml")
STRANGERS = ("fact_pairs_strangers.yaml", "fact_pairs_author.yaml")
AUTHORS, FINE = "fact_pairs_authors.yaml", "fact_answers_fine.yaml"
KINDS = {
    "number", "count", "unit", "date", "time", "negation", "entity", "attribute", "range",
}  # fmt: skip


def load(name):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=loader)


def outcome(data):
    """Return hits, misses and false alarms."""

    def found(row, answer):
        return bool(conflicts(row["facts"], row[answer], row.get("question", "")))

    pairs = data.get("pairs", [])
    hits = sum(found(row, "wrong") for row in pairs)
    alarms = sum(found(row, "right") for row in [*pairs, *data.get("fine", [])])
    return hits, len(pairs) - hits, alarms


def test_pairs_are_told_apart():
    """The bound is what the project promises over all pairs; docs give each half's own number."""
    results = [outcome(load(name)) for name in FILES]
    hits, misses, alarms = (sum(column) for column in zip(*results, strict=True))
    assert hits / (hits + alarms) >= 0.95
    assert hits / (hits + misses) >= 0.85


def test_pairs_of_another_author_are_told_apart():
    """In roundabout words: two thirds are missed, but an alarm is right."""
    hits, misses, alarms = outcome(load(AUTHORS))
    assert hits / (hits + alarms) >= 0.95
    assert hits / (hits + misses) >= 0.3


def test_everyday_answers_are_told_apart():
    """Short and direct, developed on and held out together."""
    results = [outcome(load(name)) for name in PLAIN]
    hits, misses, alarms = (sum(column) for column in zip(*results, strict=True))
    assert hits / (hits + alarms) >= 0.95
    assert hits / (hits + misses) >= 0.65


def test_plain_answers_of_bots_are_told_apart():
    """Developed on: the bound keeps what is there; docs give what first contact gave."""
    results = [outcome(load(name)) for name in STRANGERS]
    hits, misses, alarms = (sum(column) for column in zip(*results, strict=True))
    assert hits / (hits + alarms) >= 0.98
    assert hits / (hits + misses) >= 0.7


def test_plain_answers_that_nobody_developed_on_are_told_apart():
    """What the project promises of an alarm; whoever works on the rules never reads this file."""
    hits, misses, alarms = outcome(load("fact_pairs_strangers_held_out.yaml"))
    assert hits / (hits + alarms) >= 0.95
    assert hits / (hits + misses) >= 0.6


def test_answers_that_reckon_and_say_more_are_left_alone():
    assert outcome(load(FINE))[2] <= 3


def test_pairs_cover_every_kind_and_are_enough():
    halves = [load(name)["pairs"] for name in FILES]
    assert [{row["kind"] for row in half} for half in halves] == [KINDS, KINDS]
    assert 2 * sum(map(len, halves)) >= 150
    assert len(halves[1]) >= 38


ONE = {
    "number": ("The mount costs 9 euros.", "The mount costs 12 euros.", "12 euros is not 9 euros"),
    "unit": ("It weighs 640 grams.", "It weighs 6.4 kg.", "6.4 kg is not 640 grams"),
    "count": ("The box has four ports.", "The box has three ports.", "three ports is not four"),
    "date": ("It ends on 3 March 2024.", "It ends on March 4.", "march 4 is not on 3 march"),
    "time": ("The shop closes at 6 pm.", "The shop closes at 20:00.", "20:00 is not 6 pm"),
    "range": ("Delivery takes 3 to 5 days.", "Delivery takes 9 days.", "9 days is not 3 to 5"),
    "negation": ("Pets are not allowed.", "Pets are allowed.", "it states what the other denies"),
    "entity": ("It was written by Ann Hill.", "It was written by Tom Reed.", "Tom Reed is not Ann"),
    "attribute": ("The door is red.", "The door is green.", "green is not red"),
}


@pytest.mark.parametrize(("kind", "case"), ONE.items())
def test_conflict_has_its_kind_both_places_and_a_reason(kind, case):
    facts, answer, reason = case
    (one,) = conflicts(facts, answer)
    assert one.kind == kind
    assert facts[slice(*one.given)] == facts
    assert answer[slice(*one.answer)] == answer
    assert one.reason.replace("on 3", "3").startswith(reason.replace("on 3", "3"))


EQUAL = [
    ("It weighs 640 grams.", "It weighs 0.64 kg."),
    ("The film lasts 90 minutes.", "The film lasts an hour and a half."),
    ("The film lasts 90 minutes.", "The film lasts 1 h 30 min."),
    ("The oven is heated to 200 °C.", "The oven is heated to 392 °F."),
    ("He is 5 feet 11 inches tall.", "He is about 1.80 m tall."),
    ("Revenue was 1.2 million dollars.", "Revenue was $1,200,000."),
    ("The train leaves at 14:05.", "The train leaves at 2:05 pm."),
    ("It is due on 2024-03-03.", "It is due on 3 March."),
    ("The rate is 3.49%.", "The rate is 3.5 percent."),
    ("The kit has a dozen screws.", "The kit has twelve screws."),
]


@pytest.mark.parametrize(("facts", "answer"), EQUAL)
def test_equal_values_in_other_words_are_no_conflict(facts, answer):
    assert conflicts(facts, answer) == []
    assert conflicts(answer, facts) == []


APART = {
    "another subject": ("The cable costs 12 euros.", "The mount costs 9 euros."),
    "its part": ("The front wheel has 20 spokes.", "The rear wheel has 24 spokes."),
    "a sum": ("Adults pay 12 euros, children pay 5 euros.", "Together they pay 17 euros."),
    "a multiple": ("A package contains 20 bags.", "Two packages contain 40 bags."),
    "a condition": ("Shipping costs 5 euros.", "If you are a member, shipping costs 3 euros."),
    "a question": ("Shipping costs 5 euros.", "Do you think that shipping costs 9 euros?"),
    "a denied value": ("The capital is Canberra.", "The capital is Canberra, not Sydney."),
    "an example": ("You may borrow up to six books.", "You may borrow four books."),
    "narrower denial": ("Pets are allowed.", "Pets are not allowed in the restaurant."),
    "a refusal": ("You can return it within 30 days.", "I'm sorry, but I can't help with that."),
}


@pytest.mark.parametrize(("facts", "answer"), APART.values(), ids=APART.keys())
def test_statement_about_something_else_is_no_conflict(facts, answer):
    assert conflicts(facts, answer, "What holds?") == []


ASKED = "My order is 41 euros. What do I pay, and how often?"
INVENTED = {
    "no given number": ("The annual plan costs $84.", "The annual plan comes to $94 in one go."),
    "a wrong unit": ("Each capsule has 250 micrograms.", "One capsule has 250 mg in it."),
    "a wrong rate": ("The loft rents for $1,850 per month.", "The loft is $1,850 a week."),
    "a wrong limit": ("Give at least 60 days' notice.", "You'd need at least 120 days' notice."),
    "too often": ("Water it no more than once a week.", "Water it at least twice a week."),
    "a wrong day": (
        "The invoice is from 28 May. Pay within 14 days.",
        "The invoice is from 2 May.",
    ),
    "a wrong place in a list": (
        "It is closed on the first Monday.",
        "It is closed on the third Monday.",
    ),
    "another name": ("The Ilme flows into the North Sea.", "The Ilme flows into the Irish Sea."),
    "its noun's attribute": ("It has an aluminium frame.", "Not quite: the frame is carbon."),
    "beside another word": (
        "The bridge was completed in 1894 and widened in 1961.",
        "It was widened in 1894 for the traffic that had grown.",
    ),
}


@pytest.mark.parametrize(("facts", "answer"), INVENTED.values(), ids=INVENTED.keys())
def test_value_that_nothing_given_accounts_for_is_a_conflict(facts, answer):
    assert conflicts(facts, answer, ASKED)


RECKONED = {
    "a rate over a year": ("The loft rents for $1,850 per month.", "The rent is $22,200 a year."),
    "what is missing": ("Delivery is free over 35 euros.", "Yours is 6 euros past the threshold."),
    "a difference": ("A costs $299. B costs $229.", "B is $70 less."),
    "times a number": ("Late returns cost 30 euros a day.", "Two days late cost you 60 euros."),
    "a day some days later": ("It is from 28 May. Pay within 14 days.", "Pay by 11 June."),
    "how often": ("The bus runs every 20 minutes.", "The bus comes three times an hour."),
    "what others do": ("We charge 9 euros a month.", "Some competitors charge 15 euros a month."),
    "a supposed case": (
        "You may pay in $500 a month.",
        "If you pay in $100 a month, you get $1,200.",
    ),
    "out of": ("240 people work here, 96 of them in Lyon.", "96 out of 240 work in Lyon."),
    "no universal": ("Not all phones charge wirelessly.", "The S and the Pro charge wirelessly."),
}


@pytest.mark.parametrize(("facts", "answer"), RECKONED.values(), ids=RECKONED.keys())
def test_value_that_can_be_reckoned_is_no_conflict(facts, answer):
    assert conflicts(facts, answer, ASKED) == []


@pytest.mark.parametrize(
    ("answer", "is_conflict"), [("No, they are not.", True), ("Yes.", False), ("12 euros.", False)]
)
def test_yes_and_no_are_read_with_the_question(answer, is_conflict):
    found = conflicts("Dogs are allowed in the park.", answer, "Are dogs allowed in the park?")
    assert bool(found) == is_conflict


def test_short_answer_takes_its_subject_from_the_question():
    facts = "The cable costs 12 euros. The wall mount costs 9 euros."
    assert conflicts(facts, "12 euros.", "What does the wall mount cost?")
    assert not conflicts(facts, "12 euros.", "What does the cable cost?")


@pytest.mark.parametrize("text", ["", "Hello!", "Is it red?", "🎉"])
def test_text_without_a_statement_states_nothing(text):
    assert not states_something(text)


WORDS = """The shop a costs 9 12 euros € $ % 3,5 1.000 between and to up at most not no never Monday
    3 March 2024 9 am 14:05 noon kg 640 grams half an hour three ports red Ann Hill is are was by
    in . , ; : - – if unless yes No \n ? ! “ ” ß İ 1/2 ½ -5 5- 00:99 31 99 0 ' """


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join),
)
def test_any_text_gives_spans_of_both_texts(facts, answer):
    for one in conflicts(facts, answer, "Is it open?"):
        assert 0 <= one.given[0] <= one.given[1] <= len(facts)
        assert 0 <= one.answer[0] < one.answer[1] <= len(answer)
        assert one.kind in KINDS


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(load(FILES[0])["pairs"]) - 1), st.sampled_from(["facts", "right"]))
def test_text_never_contradicts_itself_word_for_word(index, which):
    text = load_once()[index][which]
    assert conflicts(text, text) == []


def load_once(kept=[]):  # noqa: B006  # one reading for all examples
    if not kept:
        kept.append(load(FILES[0])["pairs"])
    return kept[0]
