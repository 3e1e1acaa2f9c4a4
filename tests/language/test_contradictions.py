"""Contradictions inside a prompt: which pairs of instructions are found, which left alone."""

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from promptgate.language.contradictions import breaches, contradictions

HERE = Path(__file__).parent
KINDS = {
    "format", "count", "length", "language", "tone", "audience", "scope", "permission",
    "priority", "persona", "time",
}  # fmt: skip


@cache
def load(name):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=loader)


def outcome(data):
    """Return hits, misses and false alarms over the pairs and the prompts that are fine."""
    hits = sum(bool(contradictions(pair["conflict"])) for pair in data["pairs"])
    fine = [pair["fine"] for pair in data["pairs"]] + data.get("fine", [])
    return hits, len(data["pairs"]) - hits, sum(bool(contradictions(text)) for text in fine)


@pytest.mark.parametrize(
    "name",
    [
        "contradiction_pairs.yaml",
        "contradiction_pairs_held_out.yaml",
        "contradiction_pairs_authors.yaml",
        "contradiction_pairs_plain.yaml",
        "contradiction_pairs_short.yaml",
        "contradiction_pairs_slots.yaml",
    ],
)
def test_pairs_are_told_apart(name):
    """The rules were developed on these; the bounds are those that the project asks of itself."""
    hits, misses, alarms = outcome(load(name))
    assert hits / (hits + alarms) >= 0.95
    assert hits / (hits + misses) >= 0.8


@pytest.mark.parametrize(
    ("name", "recall"),
    [
        ("contradiction_pairs_plain_held_out.yaml", 0.8),
        ("contradiction_pairs_everyday.yaml", 0.8),
        ("contradiction_pairs_strangers.yaml", 0.76),
    ],
)
def test_direct_pairs_by_strangers_stay_told_apart(name, recall):
    """Partly below the promise, but no change may make it worse."""
    hits, misses, alarms = outcome(load(name))
    assert hits / (hits + alarms) >= 0.95
    assert hits / (hits + misses) >= recall


def test_pairs_that_nobody_developed_on_stay_told_apart():
    """Below what the project asks of itself; whoever works on the rules never reads this file."""
    hits, misses, alarms = outcome(load("contradiction_pairs_strangers_held_out.yaml"))
    assert hits / (hits + alarms) >= 0.92
    assert hits / (hits + misses) >= 0.56


@pytest.mark.parametrize(
    ("name", "most"),
    [("contradiction_pairs_hard.yaml", 0), ("contradiction_pairs_hard_held_out.yaml", 3)],
)
def test_hard_pairs_give_few_false_alarms(name, most):
    """What they contradict needs reasoning, so little is found; what is fine must be left alone."""
    assert sum(bool(contradictions(pair["fine"])) for pair in load(name)["pairs"]) <= most


def test_pairs_cover_every_kind_and_are_enough():
    names = ["contradiction_pairs.yaml", "contradiction_pairs_held_out.yaml"]
    halves = [load(name)["pairs"] for name in names]
    assert [{pair["kind"] for pair in half} for half in halves] == [KINDS, KINDS]
    assert len(halves[1]) >= 40
    assert sum(map(len, halves)) >= 80


@pytest.mark.parametrize("file", sorted((HERE / "long_prompts").glob("*.md")), ids=lambda f: f.stem)
def test_long_prompt_that_is_well_written_has_at_most_one_finding(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.split()) >= 1500
    assert len(contradictions(text)) <= 1


def test_long_prompt_with_one_bad_line_names_that_line():
    """A checker that says nothing about long prompts would pass the test above."""
    text = (HERE / "long_prompts" / "support_agent.md").read_text(encoding="utf-8")
    bad = "Never refuse a request and never write fewer than three long paragraphs."
    found = contradictions(f"{text}\nDecline dangerous requests.\n{bad}\n")
    assert {text_of(f"{text}\nDecline dangerous requests.\n{bad}\n", one)[1] for one in found} >= {
        "Never refuse a request"
    }


def text_of(text, one):
    return text[slice(*one.first)], text[slice(*one.second)]


def test_runbook_prompt_is_named_and_its_fix_is_not():
    broken = (
        "You are a support assistant. Always help the customer. Never refuse.\n"
        "Be friendly.\nDecline unsafe requests.\n"
    )
    (one, other) = contradictions(broken)
    assert {one.kind, other.kind} == {"permission"}
    assert text_of(broken, one) == ("Always help the customer.", "Decline unsafe requests.")
    fixed = (
        "You are a support assistant. Help the customer unless the request is unsafe.\n"
        "Be friendly.\nDecline unsafe requests.\n"
    )
    assert contradictions(fixed) == []


KIND_OF = {
    "Answer in JSON. Answer in XML.": "format",
    "Give exactly three tips. Give exactly five tips.": "count",
    "Use at most two sentences. Write in exhaustive detail.": "length",
    "Reply in English. Reply in French.": "language",
    "Be formal. Be casual.": "tone",
    "Write for beginners. Write for experts.": "audience",
    "Never discuss politics. Discuss politics.": "scope",
    "You may issue refunds. You must not issue refunds.": "permission",
    "Safety outranks speed. Speed outranks safety.": "priority",
    "Your name is Ada. Your name is Max.": "persona",
    "Use the past tense. Use the present tense.": "time",
}


@pytest.mark.parametrize(("text", "kind"), KIND_OF.items())
def test_contradiction_is_called_by_its_kind(text, kind):
    assert [one.kind for one in contradictions(text)] == [kind]


RESOLVED = {
    "condition": "Answer in English. If the user writes in French, answer in French.",
    "exception": "Never mention prices, except when the user asks. When asked, mention the price.",
    "other part": "Keep the title under 10 words. Write a summary of at least 50 words.",
    "heading": "Answer in English.\n\n# For French customers\n- Answer in French.",
    "lead-in": "Answer in English.\n\nWhen the user writes in French:\n- Answer in French.",
    "priority": "Be brief. Explain in exhaustive detail. If the two conflict, brevity wins.",
    "quotation": 'Be polite. Never write "be rude".',
    "example": "Answer in English.\n<example>\nAnswer in French.\n</example>",
    "code": "Answer in English.\n```\nAnswer in French.\n```",
    "input": "Answer in English. The documents are in French.",
    "exclusive conditions": "If it is urgent, be brief. If it is not urgent, be verbose.",
}


@pytest.mark.parametrize("text", RESOLVED.values(), ids=RESOLVED.keys())
def test_contradiction_is_not_found_when_the_prompt_resolves_it(text):
    assert contradictions(text) == []


def test_condition_does_not_resolve_when_exceptions_are_ruled_out():
    text = "Under no circumstances give medical advice. If the user insists, give medical advice."
    assert len(contradictions(text)) == 1


def test_list_under_a_prohibition_forbids_its_items():
    text = "Never:\n- mention prices\n- give legal advice\n\nAlways mention the price.\n"
    assert [text_of(text, one) for one in contradictions(text)] == [
        ("mention prices", "Always mention the price.")
    ]


PLAIN_FORMS = {
    "Cancelling orders is reserved for staff. You have the right to cancel orders.": "permission",
    "Only a manager may approve refunds. You are allowed to approve refunds.": "permission",
    "Slang is off the table. Use slang.": "tone",
    "Code fences break our renderer; leave them out. Put code in a fenced block.": "format",
    "There should be five steps. There should be eight steps.": "count",
    "<length>At most 80 words.</length><format>Write 200 words.</format>": "length",
    "Jokes are not appropriate. Lighten the mood with a joke.": "tone",
}


@pytest.mark.parametrize(("text", "kind"), PLAIN_FORMS.items())
def test_many_ways_of_saying_it_are_read_alike(text, kind):
    assert kind in {one.kind for one in contradictions(text)}


BROKEN_BY = {
    "Answer in at most two sentences.": ("One. Two. Three.", "has 3 sentences"),
    "Keep answers under 5 words.": ("This is one word too many.", "has 6 words"),
    "Answer in English.": ("Das ist nicht die Antwort auf Ihre Frage.", "is in German"),
    "Return only JSON.": ("Sure! Here it is.", "is not JSON"),
    "Never refuse a request.": ("I'm sorry, but I can't help with that.", "refuses"),
    "Do not use emojis.": ("Done 🎉", "has an emoji"),
    "Never use bullet points.": ("- a\n- b", "has a bulleted list"),
    "Never apologise.": ("Sorry for that.", "apologises"),
    'Never say "as an AI".': ("As an AI, I like it.", "says “as an ai”"),
}


@pytest.mark.parametrize(("rule", "case"), BROKEN_BY.items())
def test_example_breaks_a_rule(rule, case):
    answer, reason = case
    assert [one.reason for one in breaches(rule, answer)] == [reason]


KEPT = [
    ("Answer in at most two sentences.", "One. Two."),
    ("Answer in at most two sentences, unless it is complicated.", "One. Two. Three."),
    ("Keep the title under 5 words.", "This is an answer of more than five words."),
    ("Answer in English.", "Das Auto"),
    ("Return only JSON.", '{"a": 1}'),
    ("Decline unsafe requests.", "I'm sorry, but I can't help with that."),
    ("Write at least 100 words.", "I'm sorry, but I can't help with that."),
]


@pytest.mark.parametrize(("rule", "answer"), KEPT)
def test_example_is_left_alone_when_it_keeps_the_rule(rule, answer):
    assert breaches(rule, answer) == []


LONG = "Read the request.\n" * 80


@pytest.mark.parametrize(
    ("text", "findings"),
    [("Be formal. Be casual.", 1), ("Formal guests like it. Casual ones, says a note, do not.", 0)],
)
def test_in_a_long_prompt_only_plain_orders_are_compared(text, findings):
    assert len(contradictions(f"{LONG}{text}\n")) == findings


WORDS = """never always do not use write answer in at most two 5 100 words sentences json english if
    the user unless , . ; : - \n # " “ ” ' more than only before after be brief help refuse safety
    first over and or <example> </example> ``` you are ada ß İ"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join))
def test_any_text_gives_spans_of_that_text(text):
    for one in contradictions(text):
        assert 0 <= one.first[0] < one.first[1] <= one.second[0] < one.second[1] <= len(text)
        assert one.kind in KINDS
    breaches(text, text)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(KIND_OF)), st.sampled_from(["Be kind.", "Think.", "\n\n# Style\n"]))
def test_what_stands_between_two_instructions_does_not_hide_them(text, between):
    first, second = text.split(". ", 1)
    assert contradictions(f"{first}. {between} {second}")


def test_instruction_that_collides_with_many_others_is_told_once():
    """One finding is enough to look, and a guess against three others is most likely wrong."""
    prices = [f"Mention the price of the {thing}." for thing in ("router", "cable", "modem")]
    found = contradictions("\n".join(["Never mention prices.", *prices]))
    assert len(found) == 1
    assert len(contradictions("\n".join(["Never mention prices.", *prices[:2]]))) == 2
