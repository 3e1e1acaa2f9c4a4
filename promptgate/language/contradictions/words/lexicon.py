"""Nouns and verbs that instructions share, as data: synonyms, groups, topics, parts of an answer.

Words stand here as people write them and are brought to their stems once, when the module is
loaded. To teach the rules a new word, add it to its group.
"""

from __future__ import annotations

from functools import lru_cache

from promptgate.language.stems import stem, stem_set, word_list, word_set

# What is said of a part of the answer says nothing of the whole, or of another part.
PART_STEMS = stem_set(
    """title subtitle heading headline header subject summary abstract introduction intro
    conclusion paragraph sentence bullet item step line caption comment section label field key
    value cell row column footnote slide signature footer tweet hashtag keyword tag note word
    description snippet quotation quote variable body name code function commit docstring thought
    log term postscript chapter verse stanza entry node tool argument preamble appendix greeting
    teaser lede byline prompt query moral proverb disclaimer slogan motto tagline
    punchline"""
)
WHOLE_STEMS = stem_set(
    """answer reply response output message text article essay post piece story letter email
    e-mail report document mail explanation content review result page poem speech newsletter
    draft"""
)

# The word that stands for others, where instructions are compared word by word.
_SYNONYMS = {
    "competitor": "rival competition",
    "price": "cost fee pricing fare tariff",
    "information": "detail info data particulars",
    "emoji": "emoticon smiley",
    "source": "study paper publication reference",
    "humor": "joke humour pun jest",
    "instruction": "prompt guideline instruct",
    "view": "opinion stance viewpoint standpoint",
    "ai": "llm bot chatbot",
    "speed": "fast quick quickly quickness swift swiftness promptness",
    "brevity": "brief concise short shortness conciseness",
    "accuracy": "accurate correct correctness precision precise exactness",
    "clarity": "clear",
    "help": "helpful helpfulness",
    "safety": "safe unsafe danger dangerous harm harmful hazardous",
    "completeness": "complete thorough",
    "politeness": "polite courtesy",
    "friendliness": "friendly friend",
    "honesty": "honest truthful truthfulness truth",
    "privacy": "private confidentiality",
    "refund": "reimbursement",
    "buy": "purchase acquisition",
    "internet": "web browser online",
    "lawyer": "attorney solicitor",
    "doctor": "physician",
    "user": "customer client caller visitor",
    "tool": "function",
    "disclaimer": "caveat",
    "email": "e-mail mail",
    "apologise": "apology apologize",
    "summarise": "summary summarize recap",
    "politics": "political",
    "link": "url hyperlink",
    "image": "picture photo photograph",
    "discount": "rebate",
    "child": "kid youngster",
    "car": "automobile vehicle",
    "error": "mistake slip blunder",
    "solution": "solve",
    "explain": "explanation",
    "describe": "description",
    "compare": "comparison",
    "refuse": "refusal",
    "approve": "approval",
    "introduce": "introduction",
    "assume": "assumption",
    "criticise": "criticize criticism",
    "advise": "advice",
    "repeat": "repetition",
    "disclose": "disclosure",
    "delete": "deletion removal",
    "address": "postcode",
    "folder": "directory",
    "remaining": "rest other others",
    "beginning": "start opening outset",
    "test": "exam examination",
    "picture": "illustration",
    "holiday": "vacation",
    "film": "movie",
    "advert": "advertisement ad ads",
    "salary": "wage pay",
    "law": "legal",
    "medicine": "medical medication drug",
    "religion": "religious",
    "finance": "financial",
    "frightening": "scary terrifying frighten horrifying spooky creepy terror",
}
CANONICAL = {
    stem(word): stem(name) for name, words in _SYNONYMS.items() for word in (name, *words.split())
}
_NOMINAL = (("ation", 3), ("ion", 4), ("ment", 4), ("ness", 3), ("at", 5))


@lru_cache(maxsize=8192)
def canonical(word: str) -> str:
    """Return the stem that stands for a word, its synonyms and the nouns made from it.

    Args:
        word: One word, folded.
    """
    root = stem(word)
    if root in CANONICAL:
        return CANONICAL[root]
    for ending, least in _NOMINAL:
        if root.endswith(ending) and len(root) >= len(ending) + least:
            root = root[: -len(ending)]
            break
    return CANONICAL.get(root, root)


def canonical_set(text: str) -> frozenset[str]:
    """Return the stems that stand for the words of a list that is written as text."""
    return frozenset(canonical(word) for word in text.split())


LANGUAGE_NAMES = word_set(
    """afrikaans albanian arabic bengali bulgarian catalan chinese cantonese mandarin croatian czech
    danish dutch english estonian filipino finnish french german greek gujarati hebrew hindi
    hungarian icelandic indonesian irish italian japanese korean latin latvian lithuanian malay
    marathi norwegian persian polish portuguese punjabi romanian russian serbian slovak slovenian
    spanish swahili swedish tagalog tamil telugu thai turkish ukrainian urdu vietnamese welsh
    yiddish zulu
"""
)

# A forbidden whole and the things that are part of it: a name is personal data.
PERSONAL = canonical_set(
    "name address phone email birthday birthdate password ssn passport telephone"
)
CONTACT = canonical_set("phone telephone email birthday birthdate passport ssn password")
PERSONAL_DATA = canonical_set("personal information")

_VERB_GROUPS = {
    "tell": """mention discuss talk speak refer tell reveal disclose share say state explain
        describe compare comment define clarify show expose leak give provide list include name
        cite quote
        display present print recite publish add announce bring report offer suggest
        recommend promote praise criticise output inform express address cover detail volunteer
        divulge admit raise return note point identify specify convey communicate narrate indicate
        enumerate summarise allude hint voice relay betray spill""",
    "grant": """give offer provide grant issue approve promise award process extend authorise
        allow propose hand pay""",
    "use": """use employ utilise include add insert contain put apply make
        write produce have illustrate adopt sprinkle draw resort rely show carry bear""",
    "run": "run execute call invoke use launch start",
    "ask": "ask request inquire enquire demand solicit collect require prompt question query",
    "browse": "browse search open visit access follow click load fetch",
    "write": "write generate produce create draft compose make output return author pen prepare",
    "delete": "delete remove erase drop wipe purge discard clear",
    "suggest": "recommend suggest propose advise promote endorse refer pitch",
    "store": "collect store save record keep retain remember log memorise note",
    "send": "send email forward submit transmit post mail dispatch",
    "change": """change modify edit alter update rewrite correct fix adjust touch rename refactor
        reformat revise amend tweak rephrase improve add insert create append delete remove move
        write""",
    "guess": """speculate predict forecast guess invent estimate fabricate imagine make conjecture
        assume""",
    "answer": "answer address respond reply handle help assist discuss cover advise take deal",
    "summarise": "summarise summarize condense recap",
    "shorten": "shorten abridge cut trim condense truncate summarise abbreviate",
    "escalate": "escalate transfer hand pass forward route connect",
    "refuse": "refuse decline reject",
    "exclude": "exclude omit skip",
    "repeat": "repeat restate rephrase echo reiterate",
    "confirm": "confirm verify check validate",
    "cite": "cite quote reference",
    "play": "play act pretend impersonate imitate pose",
    "read": "read see view consult look",
    "remark": "comment remark point criticise flag note review report raise mention",
    "buy": "buy purchase order book reserve",
    "contact": "contact email call phone message text ring write",
    "interrupt": "interrupt chime cut talk butt",
    "praise": "praise compliment flatter laud commend applaud",
    "translate": "translate render",
    "solve": "solve",
    "explain": "explain define expand spell clarify gloss",
}
GROUPS_OF: dict[str, set[str]] = {}
for _name, _verbs in _VERB_GROUPS.items():
    for _verb in stem_set(_verbs):
        GROUPS_OF.setdefault(_verb, set()).add(_name)

# What advice in a field consists of: who may give none may recommend none of these.
ADVICE = {
    canonical("medical"): canonical_set(
        "treatment medication medicine drug dose dosage therapy remedy diagnosis antibiotic cure"
    ),
    canonical("financial"): canonical_set(
        "stock share fund bond portfolio investment crypto asset"
    ),
    canonical("legal"): canonical_set("sue lawsuit court claim appeal contract clause defence"),
}

# Pairs of words that cannot both be said of one thing.
ANTONYMS = frozenset(
    frozenset(canonical(word) for word in pair.split("/"))
    for pair in word_list(
        """open/closed include/exclude start/end begin/finish first/last top/bottom left/right
        increase/decrease accept/reject enable/disable mandatory/optional required/optional
        compulsory/optional compulsory/voluntary public/private oldest/newest earliest/latest
        ascending/descending upper/lower singular/plural early/late morning/evening free/paid
        internal/external horizontal/vertical manual/automatic online/offline daily/weekly
        daily/monthly weekly/monthly monthly/yearly weekly/yearly hourly/daily lowest/highest
        cheapest/dearest smallest/largest shortest/longest above/below present/absent on/off
        available/unavailable active/inactive single/double portrait/landscape absolute/relative
        refundable/non-refundable upwards/downwards clockwise/anticlockwise front/back
        inside/outside
        short/long brief/detailed smoking/non-smoking urgent/low-priority full/partial
        permanent/temporary common/rare simple/complex odd/even bold/italic strict/lenient"""
    )
)

_TOPICS = {
    "cooking": "cooking cook chef recipe ingredient food kitchen meal baking dish cuisine culinary",
    "travel": "travel trip hotel flight destination itinerary tourism vacation holiday",
    "billing": "bill invoice payment refund charge subscription",
    "technology": """technical technology troubleshooting router wifi network software bug install
        installation computer programming program code coding python java javascript sql
        programmer developer""",
    "medicine": """medicine medical health diagnosis symptom disease treatment doctor nurse
        physician""",
    "law": "legal law lawyer contract lawsuit",
    "finance": """finance financial invest investment investor trader stock tax bank mortgage loan
        accounting accountant economics""",
    "sport": "sport football soccer tennis basketball",
    "politics": "politics political election government policy party",
    "weather": "weather forecast climate",
    "music": "music song album concert",
    "history": "history historical",
    "mathematics": "math mathematics mathematician algebra geometry calculus statistics",
    "gardening": "garden gardening plant gardener",
    "relationships": "relationship dating marriage",
    "shopping": "shop shopping order parcel delivery shipping",
}
TOPIC_OF = {canonical(word): name for name, words in _TOPICS.items() for word in words.split()}
