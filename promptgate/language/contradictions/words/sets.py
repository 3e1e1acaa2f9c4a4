"""Sets of things of which one excludes the others where one alone is meant, as data."""

from __future__ import annotations

from promptgate.language.contradictions.words.lexicon import canonical
from promptgate.language.stems import word_list

_SETS = {
    "programming language": """python java javascript typescript rust ruby php kotlin swift cobol
        haskell perl scala sql golang matlab fortran""",
    "device": "iphone android ipad macbook pixel blackberry",
    "system": "windows linux macos ubuntu debian ios",
    "city": """london paris berlin madrid lisbon porto rome milan vienna oslo stockholm copenhagen
        helsinki amsterdam brussels dublin edinburgh prague warsaw budapest athens zurich geneva
        munich hamburg cologne frankfurt barcelona seville valencia naples venice florence lyon
        marseille tokyo osaka kyoto seoul beijing shanghai singapore sydney melbourne boston chicago
        seattle denver dallas houston miami toronto montreal vancouver moscow istanbul cairo
        nairobi lagos delhi mumbai bangkok manila""",
    "country": """germany france spain italy portugal england britain scotland ireland austria
        switzerland norway sweden denmark finland poland russia ukraine greece turkey egypt kenya
        nigeria india china japan korea australia canada mexico brazil argentina chile peru
        netherlands belgium hungary romania thailand vietnam indonesia america""",
    "meal": "breakfast lunch dinner supper",
    "sport": "football soccer tennis basketball cricket hockey golf rugby baseball",
    "bill": "refund shipping delivery billing warranty",
    "party": "tenant landlord buyer seller plaintiff defendant",
    "family": "husband wife",
    "animal": "dog cat horse rabbit hamster",
    "drink": "wine beer coffee tea whisky vodka",
    "season": "spring summer autumn winter",
    "level": "beginner intermediate advanced",
    "subject": "biology chemistry physics mathematics history geography",
}
_SETS_OF: dict[str, set[str]] = {}
for _name, _words in _SETS.items():
    for _word in word_list(_words):
        _SETS_OF.setdefault(canonical(_word), set()).add(_name)


def sets_of(word: str) -> set[str]:
    """Return the sets that a canonical word is in; a year is in its own."""
    if word.isdigit() and len(word) == 4 and word[:2] in ("19", "20"):
        return {"year"}
    return _SETS_OF.get(word, set())
