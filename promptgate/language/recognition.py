"""Recognise the language of a text by its script or by its commonest words.

In doubt it says nothing: some words of a language it does not know are not English.
"""

from __future__ import annotations

import re
from collections import Counter

from promptgate.language.folding import fold
from promptgate.language.stems import WORD

_SCRIPTS = {
    "japanese": re.compile("[\u3040-\u30ff]"), "korean": re.compile("[\uac00-\ud7af]"),
    "chinese": re.compile("[\u4e00-\u9fff]"), "russian": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"), "greek": re.compile("[\u0370-\u03ff]"),
    "hebrew": re.compile("[\u0590-\u05ff]"), "thai": re.compile("[\u0e00-\u0e7f]"),
    "hindi": re.compile("[\u0900-\u097f]"),
}  # fmt: skip
SAME_SCRIPT = {
    "russian": ("ukrainian", "bulgarian", "serbian"), "arabic": ("persian", "urdu"),
    "chinese": ("mandarin", "cantonese", "japanese"), "hindi": ("marathi",), "hebrew": ("yiddish",),
}  # fmt: skip
_COMMON = {
    "english": "the is are you your and of to in it that this for with on can not we please be",
    "german": "der die das und ist sie ihr ihre nicht ein eine mit für auf wir bitte den zu kann",
    "french": "le la les est vous votre et de des une un pour dans nous pas que sur avec être",
    "spanish": "el la los es usted su y de una un para en no que con por está puede su gracias",
    "italian": "il la gli è lei e di una un per in non che con del suo può grazie sono della",
    "portuguese": "o a os é você seu e de uma um para em não que com por está pode obrigado da",
    "dutch": "de het een is en u uw van voor niet met op wij kan zijn dat te aan graag",
}
_COMMON_WORDS = {name: frozenset(words.split()) for name, words in _COMMON.items()}
_MIN_HITS = 4

KNOWN = frozenset(
    {*_COMMON, *_SCRIPTS, *(name for names in SAME_SCRIPT.values() for name in names)}
)
"""Names of the languages that can be told from others, in small letters."""


def language_of(text: str) -> str | None:
    """Return the language of a text of some words by its script or commonest words; None in
    doubt."""
    for name, script in _SCRIPTS.items():
        if len(script.findall(text)) >= _MIN_HITS:
            return name
    words = [match.group() for match in WORD.finditer(fold(text))]
    hits = Counter(
        {name: sum(word in common for word in words) for name, common in _COMMON_WORDS.items()}
    )
    (best, most), (_, second) = hits.most_common(2)
    return best if most >= _MIN_HITS and most > 1.5 * second else None
