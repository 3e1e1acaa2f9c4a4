"""Nouns and verbs that instructions share, as data: synonyms, groups, topics, parts of an answer.

Words stand here as people write them and are brought to their stems once, when the module is
loaded. To teach the rules a new word, add it to its group.
"""

from __future__ import annotations

from promptgate.language.stems import stem, stem_set

# What is said of a part of the answer says nothing of the whole, or of another part.
PART_STEMS = stem_set(
    """title subtitle heading headline header subject summary abstract introduction intro
    conclusion paragraph sentence bullet item step line caption comment section label field key
    value cell row column footnote slide signature footer tweet hashtag keyword tag note word
    description snippet quotation quote variable body name code function commit docstring thought
    log term postscript chapter verse stanza entry node tool argument preamble appendix greeting
    teaser lede byline prompt query"""
)
WHOLE_STEMS = stem_set(
    """answer reply response output message text article essay post piece story letter email
    e-mail report document mail explanation content review result page poem speech newsletter
    draft"""
)

# The word that stands for others, where instructions are compared word by word.
_SYNONYMS = {
    "competitor": "rival",
    "price": "cost fee pricing",
    "information": "detail info data",
    "emoji": "emoticon",
    "source": "study paper publication reference",
    "humor": "joke humour pun",
    "instruction": "prompt guideline instruct",
    "view": "opinion stance",
    "ai": "llm bot chatbot",
    "speed": "fast quick quickly quickness",
    "brevity": "brief concise short shortness conciseness",
    "accuracy": "accurate correct correctness precision precise",
    "clarity": "clear",
    "help": "helpful helpfulness",
    "safety": "safe unsafe danger dangerous harm harmful",
    "completeness": "complete thorough detailed",
    "politeness": "polite",
    "friendliness": "friendly friend",
    "refund": "reimbursement",
    "internet": "web browser",
    "lawyer": "attorney",
    "user": "customer client caller visitor",
    "tool": "function",
    "disclaimer": "caveat",
    "email": "e-mail mail",
    "apologise": "apology",
    "summarise": "summary summarize",
    "politics": "political",
}
CANONICAL = {
    stem(word): stem(name) for name, words in _SYNONYMS.items() for word in (name, *words.split())
}

# A forbidden whole and the things that are part of it: a name is personal data.
PERSONAL = stem_set("name address phone email birthday birthdate password ssn passport telephone")
PERSONAL_DATA = stem_set("personal information")

_VERB_GROUPS = {
    "tell": """mention discuss talk speak refer tell reveal disclose share say state explain
        describe compare comment show expose leak give provide list include name cite quote
        display present print recite repeat publish add announce bring report offer suggest
        recommend promote praise criticise output inform express address cover detail volunteer
        divulge admit raise return""",
    "grant": """give offer provide grant issue approve promise award process extend authorise
        allow propose""",
    "use": """use employ utilise include add insert contain put apply make call invoke run
        execute write produce have illustrate""",
    "ask": "ask request inquire enquire demand solicit collect require prompt",
    "browse": "browse search open visit access",
    "write": "write generate produce create draft compose make output return",
    "delete": "delete remove erase drop",
    "suggest": "recommend suggest propose advise promote endorse refer",
    "store": "collect store save record keep retain remember log",
    "send": "send email forward submit transmit post",
    "change": "change modify edit alter update rewrite correct fix adjust",
    "guess": "speculate guess invent estimate fabricate imagine",
    "answer": "answer address respond reply handle help assist discuss cover advise",
    "summarise": "summarise summarize condense",
    "escalate": "escalate transfer hand pass forward",
    "refuse": "refuse decline reject",
    "exclude": "exclude omit skip",
    "repeat": "repeat restate rephrase echo",
    "confirm": "confirm verify check validate",
    "cite": "cite quote reference",
    "play": "play act pretend impersonate imitate",
}
GROUPS_OF: dict[str, set[str]] = {}
for _name, _verbs in _VERB_GROUPS.items():
    for _verb in stem_set(_verbs):
        GROUPS_OF.setdefault(_verb, set()).add(_name)

_TOPICS = {
    "cooking": "cooking recipe ingredient food kitchen meal baking dish cuisine culinary",
    "travel": "travel trip hotel flight destination itinerary tourism vacation holiday",
    "billing": "bill invoice payment refund charge subscription",
    "technology": """technical technology troubleshooting router wifi network software bug install
        installation computer programming program code""",
    "medicine": "medicine medical health diagnosis symptom disease treatment doctor",
    "law": "legal law lawyer contract lawsuit",
    "finance": "finance financial invest investment stock tax bank mortgage loan",
    "sport": "sport football soccer tennis basketball",
    "politics": "politics political election government policy party",
    "weather": "weather forecast climate",
    "music": "music song album concert",
    "history": "history historical",
    "mathematics": "math mathematics algebra geometry calculus",
    "gardening": "garden gardening plant gardener",
    "relationships": "relationship dating marriage",
    "shopping": "shop shopping order parcel delivery shipping",
}
TOPIC_OF = {stem(word): name for name, words in _TOPICS.items() for word in words.split()}
