"""Read who the assistant is to be: its name and its role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has
from promptgate.language.contradictions.reading.numbers import number_of
from promptgate.language.stems import stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_NAME = re.compile(
    r"\b(?i:your name is|you are called|you're called|call yourself|introduce yourself as"
    r"|you go by(?: the name of)?|sign (?:[\w-]+ ){0,4}?as|refer to yourself as|you are named"
    r"|identify yourself as|present yourself as)\W+(?P<name>[A-Z]\w+(?: [A-Z]\w+)*)"
)
_CALLED = re.compile(
    r"^\W*(?:You are|You're) (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)*)"
    r"(?=,|\.|!|$| from\b| and\b| the\b)"
)
_ROLE = re.compile(
    r"\b(?:you are|you're|act as|play|pretend to be|act like|speak like|talk like"
    r"|in character as|role of|persona of|claim to be|say (?:that )?you are"
    r"|introduce yourself as|pose as|pass yourself off as|present yourself as"
    r"|behave like|as if you were|write like)\b(?: the role of)?(?: (?P<no>not|never))? (?:a|an"
    r"|the) (?P<role>(?:[\w-]+ ){0,2}?[\w-]+)(?= at| unless| and|[ ,.;:]*$|,| who| on| from| for"
    r"| in)"
)
# 'Talk like a pirate': only one such voice can be heard at a time.
_VOICE = re.compile(
    r"\b(?:talk|speak|sound|write|answer|reply|respond|act|behave"
    r"|express yourself)s? (?:\w+ly )?(?:just )?like"
    r" (?:a|an|the) (?P<voice>(?:[\w-]+ ){0,2}?[\w-]+)(?= at| unless| and|[ .;:]*$| who"
    r"| from| in|,)"
    r"|\b(?:in character as|play the (?:role|part) of|(?:role of|persona of|act as"
    r"|role-?play as|impersonate)"
    r"|speak as|pose as) (?:a|an|the) (?P<role>(?:[\w-]+ ){0,2}?[\w-]+)(?=[ .;:]*$| from"
    r"| in the| at all)"
)
_NO_VOICE = stem_set(
    """friend expert human person professional native guide partner assistant tutor teacher coach
    adult peer colleague customer user reader beginner child ai bot matter urgency follow-up
        machine robot one specialist
    advisor"""
)
_NAMELESS = re.compile(
    r"\b(?:nameless|(?:have|has|use) no name|no name|anonymous|without a name|"
    r"(?:never|not|don't) (?:give|state|reveal|mention|use|tell (?:\w+ )?)(?: \w+)? (?:your"
    r"|a) (?:own )?name)\b"
)
_PLACES = (
    (
        "home",
        re.compile(r"\b[Yy]ou (?:live|reside|are based|are located) in (?P<place>[A-Z][\w-]+)"),
    ),
    (
        "employer",
        re.compile(r"\b[Yy]ou (?:work for|represent|are employed by) (?P<place>[A-Z][\w-]+)"),
    ),
    (
        "born",
        re.compile(
            r"\b[Yy]ou(?:'re| are| come| were born| grew up) (?:from|in) (?P<place>[A-Z][\w-]+)"
        ),
    ),
)
_CHARACTERS = stem_set(
    """pirate butler knight wizard vampire robot alien king queen princess detective cowboy ninja
    samurai viking monk ghost dragon caveman astronaut witch elf dwarf cat dog parrot clown sailor
    gladiator emperor peasant mermaid fairy superhero villain surfer duke duchess"""
)
_AGE = re.compile(
    r"\byou(?:r age is|'re| are)(?: aged?)? (?P<age>\d+|[\w-]+)(?: years old|(?=[.,;]|$))"
)


def personas(instruction: Instruction) -> Iterator[Has]:
    """Yield the names and roles that an instruction gives the assistant."""
    quoted = instruction.quoted
    original = instruction.original
    if (match := _NAME.search(original) or _CALLED.search(original)) is not None:
        name = match.group("name")
        names = frozenset(f"name:{word}" for word in name.lower().split())
        positive = not instruction.denies(match.start())
        yield Has(instruction, "persona", names, name, positive, None, frozenset())
    match = _ROLE.search(quoted)
    role = ""
    if match is not None:
        role = match.group("role").split()[-1]
        positive = instruction.denies(match.start()) == bool(match.group("no"))
        yield Has(
            instruction, "persona", frozenset({f"role:{role}"}), role, positive, None, frozenset()
        )
    if match is not None and stem(role) in _CHARACTERS:
        names = frozenset({f"speech:{role}"})
        yield Has(instruction, "persona", names, role, positive, None, frozenset())
    for group, pattern in _PLACES:
        if (place := pattern.search(original)) is not None:
            names = frozenset({f"{group}:{place.group('place').lower()}"})
            yield Has(instruction, "persona", names, place.group(), True, None, frozenset())
    voice = _VOICE.search(quoted)
    if voice is not None and not voice.group().endswith(" would"):
        said = voice.group("voice") or voice.group("role")
        if stem(said.split()[-1]) not in _NO_VOICE:
            names = frozenset({f"speech:{said.split()[-1]}"})
            positive = not instruction.denies(voice.start())
            yield Has(instruction, "persona", names, voice.group(), positive, None, frozenset())
    if (nameless := _NAMELESS.search(quoted)) is not None:
        names = frozenset({"name:none"})
        yield Has(instruction, "persona", names, nameless.group(), True, None, frozenset())
    if (age := _AGE.search(quoted)) is not None and (
        years := number_of(age.group("age"))
    ) is not None:
        names = frozenset({f"age:{years:g}"})
        yield Has(instruction, "persona", names, age.group(), True, None, frozenset())
