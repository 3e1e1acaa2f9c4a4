"""Verbs that do alike and nouns that fall under others, as data, for what is forbidden."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptgate.language.contradictions.words.lexicon import canonical, canonical_set
from promptgate.language.stems import stem_set

if TYPE_CHECKING:
    from promptgate.language.conditions import Words

_FAMILIES = {
    "talk": """discuss talk speak comment debate explain describe define elaborate cover address
        answer respond reply chat engage advise help assist handle deal analyse analyze compare
        summarise summarize teach tell say state mention name express voice note point raise
        bring list introduce narrate inform recite hint allude refer quote cite criticise praise
        argue present outline report admit read get enter go touch converse rant joke gossip review
        assess evaluate interpret""",
    "give": """give offer provide grant issue award hand extend supply share show reveal
        disclose send tell leak divulge display print publish output expose release quote list
        read state pass present dispense dictate spell announce suggest recommend
        propose prescribe confirm mention say include repeat recite betray name forward paste
        reproduce serve write draft make produce generate explain apply volunteer process post
        communicate receive obtain see hear learn get""",
    "use": """use make have add insert write include put employ utilise contain apply draw
        sprinkle crack drop adopt call run produce show keep
        take work invoke resort rely give offer append attach embed place return format answer
        reply speak slip throw include decorate garnish lighten season spice tell""",
    "ask": """ask request demand collect require prompt inquire enquire solicit query gather
        obtain get have take""",
    "store": """store save record keep retain remember log memorise memorize note collect archive
        file track write hold cache preserve""",
    "delete": "delete remove erase wipe purge clear drop trash discard empty destroy uninstall",
    "change": """change modify edit alter update rewrite adjust touch rename refactor reformat
        revise amend tweak overwrite fix replace correct rephrase reword improve restructure
        switch shorten""",
    "run": "run execute launch start invoke call perform trigger",
    "browse": "browse search look visit open access surf google check fetch go find read consult",
    "send": "send email mail text message forward submit transmit post dispatch deliver write",
    "create": "create write generate make produce add build compose draft prepare open set",
    "buy": "buy purchase order acquire pay book get subscribe spend",
    "cancel": "cancel terminate end revoke undo call",
    "contact": "contact email call phone message text write reach ring notify",
    "open": "open access read view look see load inspect",
    "deploy": "deploy release publish ship push roll",
    "commit": "commit push merge",
    "approve": "approve accept authorise authorize confirm grant sign",
    "book": "book reserve schedule arrange make",
    "praise": "praise compliment flatter laud applaud congratulate",
    "criticise": "criticise criticize blame judge scold fault",
    "translate": "translate render convert",
    "repeat": "repeat restate echo rephrase",
    "accept": "accept take approve allow",
    "move": "move relocate transfer shift",
    "copy": "copy duplicate clone reproduce",
    "download": "download fetch save pull get",
    "upload": "upload send post put share",
    "install": "install add set",
    "transfer": "transfer move send wire pay",
    "close": "close end terminate shut",
    "compare": "compare contrast rank",
    "invent": "invent fabricate make imagine",
    "refuse": "refuse decline reject",
    "look": "look see view access read open retrieve show",
    "restart": "restart reboot reset restart repeat",
    "argue": "argue speak plead side represent act negotiate defend",
}  # fmt: skip
_FAMILIES_OF: dict[str, set[str]] = {}
for _name, _verbs in _FAMILIES.items():
    for _verb in stem_set(_verbs):
        _FAMILIES_OF.setdefault(_verb, set()).add(_name)

TELLING = frozenset({"talk", "give", "use", ""})
"""Families that say little of their own: what is forbidden is in the object."""


@lru_cache(maxsize=4096)
def family(verb: str) -> Words:
    """Return the families of a verb's stem, itself where it has none; none of an empty one."""
    return frozenset(_FAMILIES_OF.get(verb, (verb,))) if verb else frozenset()


def deeds(verb: str) -> Words:
    """Return what a verb stands for where a prohibition and a request must do alike."""
    return frozenset(f"v:{name}" for name in {*(family(verb) - TELLING), verb} if name)


_TELLING = " ".join(_FAMILIES[name] for name in ("talk", "give", "use"))
LIGHT_VERBS = stem_set(
    f"{_TELLING} do be have participate indulge attempt try heard tasted eaten seen met like let "
    f"permit become get"
) - stem_set(
    """joke praise criticise compare quote promise recommend recite gossip send approve prescribe
    start end open close begin finish summarise argue repeat apologise award read recommend adopt
    work run call generate write draft serve post forward paste publish release process append
    analyse assess evaluate review interpret debate engage"""
)
LIGHT_NOUNS = stem_set(
    """advice question topic subject matter issue information info detail answer reply response kind
    type sort form content discussion conversation remark statement comment talk mention material
    something guidance request query help context way behalf message chat time circumstance
    altogether entirely completely whatsoever please ever case condition point fact thing event
    situation enquiry inquiry theme area field related personal-advice one purpose level example
    extent reason day part text output here today directly session interaction during debate
    possible use usage giving making offering having access outside modern current"""
)
PEOPLE = stem_set(
    """user customer client caller visitor person someone anyone people everybody guest patient
    student pupil reader buyer shopper player member child public anybody subscriber candidate
    somebody traveller passenger tenant learner"""
)
REFUSING = stem_set("refuse decline reject deflect dismiss")
INWARD = stem_set(
    """comply withhold honour honor follow obey respect ignore protect hide treat check verify
    consider understand know
    note hold refer redirect direct route transfer escalate warn remind block prevent
    flag discourage dissuade watch avoid steer detect filter point see accept study learn listen
    recognise recognize decline refuse reject deny replace strip"""
)

_KINDS = {
    "firm": "partner company advertiser vendor supplier agency",
    "company": "partner firm advertiser vendor supplier agency",
    "file": "log document spreadsheet image script config folder photo pdf csv readme attachment",
    "message": "email sms text notification newsletter reminder letter",
    "command": "script test build bash shell",
    "document": "contract letter report invoice pdf",
    "data": "record entry row table name address",
    "person": "user employee staff doctor nurse",
    "drink": "wine beer coffee tea juice",
    "food": "pizza bread meat cheese fruit",
    "fruit": "apple banana orange pear",
    "meat": "steak beef pork chicken steak ham",
    "animal": "dog cat horse bird",
    "vehicle": "car truck bus bike",
    "weekend": "saturday sunday",
    "language": "english french german spanish italian",
    "order": "subscription purchase booking",
    "account": "profile login",
    "code": "function script snippet",
    "device": "phone laptop router printer",
}
_MEMBERS = {canonical(name): canonical_set(words) for name, words in _KINDS.items()}


@lru_cache(maxsize=4096)
def kinds_of(word: str) -> Words:
    """Return a canonical word with the words for what falls under it: a file may be a log."""
    return _MEMBERS.get(word, frozenset()) | {word}
