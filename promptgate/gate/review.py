"""Hold a change against `[review]`: was it looked at, is it tested, can it be undone?

Pure, like the rest of the gate: who approved what, and which cases are new, is
found out by promptgate.release.reviewing and handed in. Start at review_change():

    findings = review_change(facts, policy)          # one Finding a rule
    Context(review=findings)                         # row 1 of the decision: HOLD, exit 4

A caller that shows them prints `rule`, `state`, `value` and `message` of each; the
change may not pass where any `state` is BLOCK.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from promptgate.documents import StrictModel

if TYPE_CHECKING:
    from collections.abc import Sequence

Weight = Literal["off", "warn", "block"]


class ReviewPolicy(StrictModel):
    """`[review]`: what a change of a prompt needs beside a gate that passes."""

    reviewer: Weight = Field(
        default="warn",
        description="A reviewer who is no author: 'off', 'warn' or 'block'. Reviewing oneself "
        "blocks unless this is off.",
    )
    case: Weight = Field(
        default="block",
        description="A case added or made stricter for each prompt whose requests change.",
    )
    known_good: Weight = Field(
        default="warn", description="A released version of each changed prompt to go back to."
    )
    trailers: bool = Field(
        default=True,
        description="Whether 'Reviewed-by:' in a commit turns a block for want of a forge's "
        "export into a warning.",
    )


class ReviewState(StrEnum):
    """What a rule says of the change."""

    PASS = "pass"  # noqa: S105  # a word, not a password
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Finding:
    """What one rule of `[review]` found.

    Attributes:
        rule: 'reviewer', 'case' or 'known_good'.
        state: Whether the change may pass by it.
        value: What it looked at, in few words.
        message: One sentence, with the fix where there is something to fix.
    """

    rule: str
    state: ReviewState
    value: str
    message: str


@dataclass(frozen=True)
class Review:
    """What one person says of the change.

    Attributes:
        reviewer: Name or login.
        approves: False: asks for changes.
        own: Whether an author of the change says so.
        current: Whether it is said of the change as it is now.
        exported: Whether a forge says so, and not a trailer that anybody can type.
    """

    reviewer: str
    approves: bool = True
    own: bool = False
    current: bool = True
    exported: bool = True


@dataclass(frozen=True)
class ChangedPrompt:
    """A prompt that the change touches.

    Attributes:
        name: Of the prompt.
        asks_otherwise: Whether a request of it is another than before; a remark in a
            template changes none.
        cases: 'suite:case' of the cases that the change adds for it or makes stricter.
        known_good: Revision of its released version; None: it was never released.
        model_retired: Whether the model of that is known to be retired.
    """

    name: str
    asks_otherwise: bool = True
    cases: tuple[str, ...] = ()
    known_good: str | None = None
    model_retired: bool = False


@dataclass(frozen=True)
class ReviewFacts:
    """A change as the rules of review see it.

    Attributes:
        prompts: Those that it touches.
        governing: What else it touches that somebody has to look at: the policy, the
            lock, adjudications, suites that ask less.
        reviews: What people say.
        exported: Whether a forge's export was given.
    """

    prompts: tuple[ChangedPrompt, ...] = ()
    governing: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    exported: bool = False


def review_change(facts: ReviewFacts, policy: ReviewPolicy) -> tuple[Finding, ...]:
    """Ask every rule that is not off; () where the change touches nothing that they are about."""
    asked = []
    if policy.reviewer != "off" and (facts.prompts or facts.governing):
        asked.append(_reviewer(facts, policy))
    if policy.case != "off" and facts.prompts:
        asked.append(_case(facts.prompts, ReviewState(policy.case)))
    if policy.known_good != "off" and facts.prompts:
        asked.append(_known_good(facts.prompts, ReviewState(policy.known_good)))
    return tuple(asked)


def _reviewer(facts: ReviewFacts, policy: ReviewPolicy) -> Finding:
    """Judge who looked at it. What a forge says outranks what commits say."""
    missed = ReviewState(policy.reviewer)
    names = [prompt.name for prompt in facts.prompts]
    what = _listed([*names, *facts.governing])
    told = [r for r in facts.reviews if r.exported == facts.exported]
    others = [r for r in told if not r.own]
    if objecting := [r.reviewer for r in others if not r.approves]:
        who = _listed(objecting)
        return Finding("reviewer", missed, who, f"{who} asks for changes in {what}")
    approving = [r.reviewer for r in others if r.approves and r.current]
    if approving and facts.exported:
        who = _listed(approving)
        return Finding("reviewer", ReviewState.PASS, who, f"{who} has approved {what}")
    if approving and policy.trailers:
        who = _listed(approving)
        message = (
            f"that {who} has reviewed {what} only a commit says, which its author writes; give "
            "the forge's export with --review FILE"
        )
        return Finding("reviewer", ReviewState.WARN, f"{who}, by a trailer", message)
    if own := [r.reviewer for r in told if r.own and r.approves]:
        who = _listed(own)
        message = f"{who} has changed {what} and is its only reviewer; somebody else has to look"
        return Finding("reviewer", ReviewState.BLOCK, f"{who}, the author", message)
    if stale := [r.reviewer for r in others if r.approves]:
        who = _listed(stale)
        message = f"{who} has approved another version of {what}; it has to be looked at again"
        return Finding("reviewer", missed, f"{who}, of an older version", message)
    who = f"nobody who has approved {what}; ask somebody who is no author of it"
    message = f"the forge's export names {who}"
    if not facts.exported:
        message = (
            "no reviews of a forge were read (--review FILE, or 'promptgate ci fetch' with a "
            f"token), and commits name {who}"
        )
    return Finding("reviewer", missed, "nobody", message)


def _case(prompts: Sequence[ChangedPrompt], missed: ReviewState) -> Finding:
    untested = [p.name for p in prompts if p.asks_otherwise and not p.cases]
    cases = _listed([case for prompt in prompts for case in prompt.cases])
    if untested:
        message = (
            f"{_listed(untested)} changes and no case for it is added or made stricter; add the "
            "case that the change is for"
        )
        return Finding("case", missed, f"none for {_listed(untested)}", message)
    if not any(prompt.asks_otherwise for prompt in prompts):
        message = "no request changes, so no case is needed"
        return Finding("case", ReviewState.PASS, "no request changes", message)
    return Finding("case", ReviewState.PASS, cases, f"the change is tested by {cases}")


def _known_good(prompts: Sequence[ChangedPrompt], missed: ReviewState) -> Finding:
    never = [p.name for p in prompts if p.known_good is None]
    retired = [p.name for p in prompts if p.known_good is not None and p.model_retired]
    if never or retired:
        faults = [f"{_listed(never)} was never released"] if never else []
        faults += [f"the released model of {_listed(retired)} is retired"] if retired else []
        message = f"there is nothing to go back to: {' and '.join(faults)}; plan to switch it off"
        return Finding("known_good", missed, "; ".join(faults), message)
    where = _listed(sorted({p.known_good for p in prompts if p.known_good}))
    return Finding("known_good", ReviewState.PASS, where, f"{where} is there to go back to")


def _listed(names: Sequence[str]) -> str:
    """Join names for a sentence, each once and at most five."""
    once = list(dict.fromkeys(names))
    shown = ", ".join(once[:5])
    return shown + (f" and {len(once) - 5} more" if len(once) > 5 else "")
