"""The rules of review as a pure function: every state of each, and that row 1 obeys them."""

from __future__ import annotations

import pytest

from promptgate.documents import validate
from promptgate.errors import InputError
from promptgate.gate import (
    ChangedPrompt,
    Context,
    Policy,
    Review,
    ReviewFacts,
    ReviewPolicy,
    ReviewState,
    decide,
    review_change,
)

GOOD = ChangedPrompt("support", cases=("facts:new",), known_good="released c0ffee")
STRICT = ReviewPolicy(reviewer="block", case="block", known_good="block")
GRACE, ADA = Review("grace"), Review("ada", own=True)


def find(rule, policy=STRICT, **facts):
    facts.setdefault("prompts", (GOOD,))
    findings = {f.rule: f for f in review_change(ReviewFacts(**facts), policy)}
    return findings[rule]


def trailer(review):
    return Review(review.reviewer, review.approves, review.own, review.current, exported=False)


@pytest.mark.parametrize(
    ("reviews", "state", "said"),
    [
        ((GRACE,), "pass", "grace has approved support"),
        ((), "block", "names nobody who has approved support"),
        ((ADA,), "block", "ada has changed support and is its only reviewer"),
        ((ADA, GRACE), "pass", "grace has approved"),
        ((Review("grace", current=False),), "block", "grace has approved another version"),
        ((GRACE, Review("kay", approves=False)), "block", "kay asks for changes"),
        ((Review("ada", approves=False, own=True), GRACE), "pass", "grace has approved"),
        ((trailer(GRACE),), "block", "names nobody"),
    ],
)
def test_reviewer_is_judged_by_what_the_forge_says(reviews, state, said):
    found = find("reviewer", reviews=reviews, exported=True)
    assert (found.state, said in found.message) == (state, True)


@pytest.mark.parametrize(
    ("reviews", "trailers", "state"),
    [
        ((trailer(GRACE),), True, "warn"),
        ((trailer(GRACE),), False, "block"),
        ((trailer(ADA),), True, "block"),
        ((Review("grace", current=False, exported=False),), True, "block"),
        ((), True, "block"),
    ],
)
def test_trailer_at_most_warns(reviews, trailers, state):
    """Whoever writes the commit writes the trailer."""
    policy = STRICT.model_copy(update={"trailers": trailers})
    assert find("reviewer", policy, reviews=reviews).state == state


@pytest.mark.parametrize("exported", [True, False])
def test_reviewing_oneself_blocks_also_where_a_missing_review_only_warns(exported):
    policy = ReviewPolicy(reviewer="warn")
    own = ADA if exported else trailer(ADA)
    assert find("reviewer", policy, reviews=(own,), exported=exported).state == "block"
    assert find("reviewer", policy, reviews=(), exported=exported).state == "warn"


def test_case_is_needed_for_each_prompt_that_asks_otherwise():
    bare = ChangedPrompt("billing")
    found = find("case", prompts=(GOOD, bare))
    assert (found.state, found.value) == ("block", "none for billing")
    remark = ChangedPrompt("billing", asks_otherwise=False)
    assert find("case", prompts=(GOOD, remark)).state == "pass"
    assert find("case", prompts=(remark,)).value == "no request changes"


def test_known_good_is_missing_when_never_released_or_its_model_is_retired():
    assert find("known_good").state == "pass"
    new = ChangedPrompt("new", cases=("a:b",))
    assert "new was never released" in find("known_good", prompts=(GOOD, new)).message
    old = ChangedPrompt("old", known_good="released 1", model_retired=True)
    assert find("known_good", prompts=(old,)).value == "the released model of old is retired"


def test_rules_are_not_asked_when_they_are_off_or_about_nothing():
    off = ReviewPolicy(reviewer="off", case="off", known_good="off")
    assert review_change(ReviewFacts((GOOD,)), off) == ()
    assert review_change(ReviewFacts(), STRICT) == ()
    (found,) = review_change(ReviewFacts(governing=("promptgate.toml",)), STRICT)
    assert found.rule == "reviewer", "a change of the policy needs eyes, and no case"


def test_gate_holds_with_exit_4_when_a_rule_of_review_blocks(steady):
    findings = review_change(ReviewFacts((GOOD,)), STRICT)
    decision = decide([steady()], Policy(), Context(review=findings))
    assert decision.exit_code == 4
    assert decision.reason.startswith("Blocked: no reviews of a forge were read")
    rules = {rule.rule: (rule.fired, rule.value) for rule in decision.rules}
    assert rules["review.reviewer"] == (True, "nobody: block")
    assert rules["review.case"] == (False, "facts:new: pass")
    assert decision.rules[-1].rule == "blocked"


def test_gate_warns_and_releases_when_a_rule_of_review_warns(steady):
    findings = review_change(ReviewFacts((GOOD,)), ReviewPolicy())
    decision = decide([steady()], Policy(), Context(review=findings, remarks=("Look here.",)))
    assert decision.exit_code == 0
    assert decision.warnings[0] == "Look here."
    assert "nobody who has approved support" in decision.warnings[1]


def test_policy_of_review_is_refused_when_a_weight_is_unknown():
    from promptgate.documents import load_toml

    document = load_toml('[review]\ncase = "must"\n', "promptgate.toml")
    with pytest.raises(InputError, match=r"promptgate\.toml:2"):
        validate(ReviewPolicy, document, InputError, path=("review",), what="[review]")
    assert [*ReviewState] == ["pass", "warn", "block"]
