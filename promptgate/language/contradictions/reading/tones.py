"""Tell a word for a manner that is said of the answer from one that describes something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.reading.nouns import STOP
from promptgate.language.contradictions.reading.verbs import phrase
from promptgate.language.contradictions.words.lexicon import PART_STEMS, WHOLE_STEMS
from promptgate.language.contradictions.words.manners import MANNER_STEMS
from promptgate.language.stems import stem, stem_set

if TYPE_CHECKING:
    from promptgate.language.instructions import Instruction

WHOLE_NOUNS = WHOLE_STEMS | stem_set(
    "writing style manner language detail tone form text feedback instruction information advice"
)
"""Nouns for the answer as a whole, and for what is said of it as a whole."""
_TOPICAL = re.compile(
    r"\b(?:about|regarding|their|person's|user's|users'|customer's|someone's|suggest\w*|validate"
    r"|acknowledge|express any|detect|notice)\b(?: (?:own|any|the|such|strong))* $"
)
_OF_USERS = re.compile(
    r"(?: (?:and|or) \w+)?(?: \w+)? from (?:the |any )?(?:users?|customers?|people|callers?"
    r"|others)\b"
)
_ARTICLE = re.compile(r"\b(?:an?|the|medical|trusted|qualified|other) $")
_ONE_OF_SEVERAL = re.compile(r"\b(?:could|might|depending|whether)\b")
_TONE_NOUNS = WHOLE_NOUNS | stem_set(
    """register voice attitude approach way demeanour demeanor wording phrasing phrase word
    expression remark comment english prose vocabulary assistant tutor coach guide companion friend
    teacher expert agent advisor adviser bot chatbot persona character personality conversation
    greeting closing sentence example spirit mood style note feel vibe manners communication
    delivery speech touch banter humour humor joke butler clerk librarian host partner buddy"""
)
# 'Make jokes wherever you can', 'be warm and human': no noun that follows takes these over.
_MANNER_NOUN = re.compile(r"(?:[^s]s|ness|ity|sm|cy|thy|tion|or|our|ment)$")
_LINKED = re.compile(
    r"\b(?:be|sound|stay|remain|appear|seem|act|being|is|are|come across as|always)"
    r" (?:(?:\w+ly|as|very|always|never|not|so|both|more|too|rather|quite|at all times) )*$"
)
_AFTER_ADJECTIVE = re.compile(r"(?:,? (?:and|but|or|yet)|,)? ([\w'-]+)")


def is_said_of_tone(instruction: Instruction, start: int, end: int) -> bool:
    """Tell 'be dry', 'a dry tone' from 'a dry climate', 'formal or casual' and '(dry, warm)'.

    Args:
        instruction: The clause.
        start: Where the word for the manner begins.
        end: Where it ends.
    """
    text = instruction.text
    if _ONE_OF_SEVERAL.search(text) or text.count("(", 0, start) > text.count(")", 0, start):
        return False
    if _TOPICAL.search(text[:start]) or _OF_USERS.match(text, end):
        return False
    found = phrase(instruction)
    if found is not None and found.start == start:
        return True
    if _MANNER_NOUN.search(text[start:end]) or _LINKED.search(text[:start]):
        return True
    position = end
    while (after := _AFTER_ADJECTIVE.match(text, position)) is not None:
        word = after.group(1)
        root = stem(word)
        if word in STOP or word.endswith("ly") or root in _TONE_NOUNS or root in PART_STEMS:
            return True
        if root not in MANNER_STEMS:
            return after.group().startswith(",") or text[position - 3 : position] == "ing"
        position = after.end()
    # 'Talk to a professional': with nothing behind it, it is a noun.
    is_noun = text[start:end] in ("professional", "official", "casual")
    return not (is_noun and _ARTICLE.search(text[:start]))
