"""Words of any script: one rule for what is counted and what is compared.

Words are separated by white space, except that each Chinese character and each
Japanese kana counts as one, as word processors count them. Scripts that neither
use spaces nor have such a rule (Thai, Lao, Khmer) count by their spaces.
"""

from __future__ import annotations

import re
import unicodedata

_CHARACTER = "\u3005\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_CJK = re.compile(f"[{_CHARACTER}]")
_CJK_MARK = re.compile(r"[\u3000-\u3003\u3008-\u301f\u30fb\uff01-\uff0f\uff1a-\uff1f\uff5f-\uff65]")
_TOKEN = re.compile(rf"[{_CHARACTER}]|(?:(?![{_CHARACTER}])\w)+")


def count_words(text: str) -> int:
    """Return the number of words in a text."""
    if not text.isascii() and _CJK.search(text):
        text = _CJK.sub(" x ", _CJK_MARK.sub(" ", text))
    return len(text.split())


def tokens(text: str) -> list[str]:
    """Return the words for comparison: composed, without capitals and punctuation."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
