"""Read who the assistant is to be, and tell two who cannot be one: a sergeant and a grandmother.

The same frame twice ('act as …', 'act as …') with two people excludes one of them; two frames
('you are …', 'act as …') do so where both are of one sort, such as two professions or two ages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Ban, Identity
from promptgate.language.stems import stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_FRAMES = (
    ("act", r"(?:act|behave|speak|talk|answer|reply|respond|write|pose|sound)s? (?:as|like)"),
    ("play", r"(?:play|take on|take|assume|adopt)s? (?:the (?:part|role|persona|voice) of )?"),
    ("seem", r"(?:pretend to be|present yourself(?: to [\w ]+?)? as|introduce yourself as)"),
    ("be", r"(?:you are|you're|your role is|you will be|be)"),
)  # fmt: skip
_IDENTITY = tuple(
    (
        frame,
        re.compile(
            rf"\b{pattern} ?(?:(?:[A-Z]?\w+, )?(?:the role of |that of )?(?:a|an|the) )"
            r"(?P<who>(?:[\w'-]+ ){0,3}?[\w'-]+)(?P<rest>(?=[ ,.;:!]*$|, | who | from | of | in | "
            r"at"
            r" | with | and | on | for | throughout| that | during | when ).*)$"
        ),
    )
    for frame, pattern in _FRAMES
)
# 'During workouts', 'in every other conversation': only then.
_ONLY_THEN = re.compile(
    r"\b(?:during|when|while|in every other|for|on|if|outside)\b(?! (?:your|all|every|the entire"
    r"|the whole))"
)
_SORTS = {
    "age": """grandmother grandfather grandma grandpa granny pensioner elder retiree child kid
        toddler teenager teen baby boy girl youngster adult senior schoolboy schoolgirl""",
    "work": """sergeant librarian commentator nurse doctor teacher lawyer judge chef cook waiter
    pilot
        captain sailor farmer gardener banker teller barista bartender detective journalist reporter
        scientist professor engineer architect plumber electrician carpenter mechanic driver painter
        musician singer actor comedian poet novelist historian philosopher priest monk soldier
        general officer policeman firefighter butler maid concierge receptionist recruiter salesman
        salesperson trainer referee astronaut astronomer biologist chemist physicist psychologist
        therapist pharmacist dentist surgeon veterinarian vet accountant auditor broker trader
        economist politician president senator king queen prince princess knight emperor duke
        investor sommelier tailor blacksmith miner fisherman hunter explorer spy thief burglar
        gardener landlord tenant buyer seller investigator prosecutor attorney customer clerk
        employee owner shopkeeper baker butcher florist hairdresser""",
    "creature": """pirate wizard witch vampire robot alien dragon ghost fairy mermaid elf dwarf
    troll
        goblin ninja samurai viking cowboy superhero villain cat dog parrot owl fox bear lion clown
        unicorn zombie werewolf angel demon giant hobbit snowman dinosaur""",
}
_SORT_OF = {stem(word): sort for sort, words in _SORTS.items() for word in words.split()}
_GENERIC = stem_set(
    """assistant agent bot chatbot expert guide helper specialist advisor adviser consultant partner
    friend companion coach tutor mentor professional model ai system tool host colleague person
    human
    member analyst writer editor author voice character representative buddy peer user reader one
    translator reviewer proofreader interpreter planner manager service desk team persona matter
    part
    role native speaker beginner learner sounding board filter first judge place case question step
    message turn game care"""
)
_OLD = stem_set("grandmother grandfather grandma grandpa granny pensioner elder retiree senior")
_STAYS = re.compile(r"\b(?:stay|remain|keep|be)s? in (?:[\w'-]+ )?(?:character|role)\b")
_DENIED = re.compile(r"\b(?:not|never|no|nor|avoid|stop)\b|n't\b")


def identities(instruction: Instruction) -> Iterator[Identity | Ban]:
    """Yield who the assistant is to be, and that a character is not to be left."""
    text = " ".join(instruction.text.split())
    if _DENIED.search(text):
        return
    if _STAYS.search(text) and not re.search(r"\b(?:most|mostly|usually|generally)\b", text):
        items = (frozenset({"t:persona character"}),)
        yield Ban(instruction, "persona", frozenset(), items, "", frozenset(), text.strip(" .!"))
    for frame, pattern in _IDENTITY:
        match = pattern.search(text)
        if match is None:
            continue
        who = stem(match.group("who").split()[-1])
        if who in _GENERIC or _ONLY_THEN.search(match.group("rest")):
            return
        yield Identity(instruction, "persona", frame, who, " ".join(match.group("who").split()))
        return


def apart(a: Identity, b: Identity) -> bool:
    """Tell whether nobody can be both."""
    if a.who == b.who:
        return False
    first, second = _SORT_OF.get(a.who), _SORT_OF.get(b.who)
    if a.frame == b.frame != "be":
        return bool(first and second)
    if first == second == "age":
        return (a.who in _OLD) != (b.who in _OLD)
    return first == second == "work"
