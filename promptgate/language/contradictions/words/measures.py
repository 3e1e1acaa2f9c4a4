"""What is counted and measured, as data: units, how long they are, names for one thing.

To teach the rules a new unit or another word for one, add it to its line.
"""

from __future__ import annotations

import math

from promptgate.language.stems import stem, stem_set, word_list

TIME = {"second": 1 / 60, "minut": 1.0, "hour": 60.0, "day": 1440.0, "week": 10080.0,
        "month": 43200.0, "year": 525600.0}  # fmt: skip
MONEY = {"euro": "euro", "eur": "euro", "dollar": "dollar", "usd": "dollar", "pound": "pound"}
SIGNS = {"€": "euro", "$": "dollar", "£": "pound"}
# How many words one of a unit has, at least and at most: what a writer would call one.
WORDS_PER_UNIT = {
    "word": (1.0, 1.0), "sentenc": (4.0, 45.0), "paragraph": (20.0, 250.0), "pag": (200.0, 700.0),
    "lin": (2.0, 25.0), "character": (1 / 12, 1 / 4), "token": (0.4, 1.0), "char": (1 / 12, 1 / 4),
    "letter": (1 / 12, 1 / 4), "syllabl": (0.3, 1.0), "screen": (30.0, 400.0),
    "essay": (250.0, 5000.0), "novel": (20000.0, math.inf), "novella": (9000.0, 60000.0),
    "book": (5000.0, math.inf), "tweet": (1.0, 60.0), "haiku": (5.0, 20.0),
    "limerick": (20.0, 60.0), "sonnet": (70.0, 160.0), "one-liner": (1.0, 30.0),
    "treatis": (1000.0, math.inf), "thesi": (3000.0, math.inf), "dissertation": (5000.0, math.inf),
}  # fmt: skip
# What these say of length is told by their name: 'write an essay', 'fits in a tweet'.
GENRES = stem_set(
    "essay novel novella book haiku limerick sonnet treatise thesis dissertation tweet one-liner"
)
# Words for one thing; what is counted under one name is counted under the others.
_SAME = {
    "option": """suggestion recommendation alternative idea proposal tip choice possibility advice
        pick""",
    "bullet": "point bullet-point",
    "example": "illustration sample instance",
    "citation": "reference source footnote",
    "result": "hit match finding",
    "sentenc": "",
    "question": "query",
    "pictur": "image photo photograph",
    "sect": "section",
    "categor": "category categories",
    "exercis": "exercise drill",
    "emoji": "emoticon smiley",
    "hashtag": "hash-tag",
    "step": "stage",
    "reason": "argument justification",
    "them": "theme",
    "flaw": "fault defect weakness",
    "advantag": "benefit pro strength",
    "disadvantag": "drawback con downside",
}
SAME_UNIT = {stem(word): name for name, words in _SAME.items() for word in word_list(words)}
# Verbs that only say that something is to be there: what is done with it is no other thing.
PRODUCE = stem_set(
    """give list suggest offer provide include use write return create generate show have contain
    present limit make output propose recommend add invent develop need require come break split
    divide organise organize structure keep answer reply respond exceed any restrict put finish has
    produce
    draft compose summarise summarize be select confine cut go stay run name mention quote cite
    support back accompany illustrate enrich supplement aim target strive shoot exceed post
    consist fit fill span stretch cover comprise carry bear hold get receive feature deliver build
    plan teach tell attach append insert tag label assign place sprinkle decorate end close conclude
    open start begin stick cap allow permit tolerate pick choose take occupy enter mark set form
    state pose put raise supply print display publish pepper prepare design arrange last is are
    impose append follow sum total amount count number restrict reduce trim shorten expand extend
    lengthen stop wrap say mean require must should contain embed adorn hand serve prescribe
    assemble pack fit record note describe enumerate outline lay group bundle present reach top
    surpass spend go weave work slip drop demand want expect insist call"""
)
# Verbs of what is done to something that is there already.
INWARD = stem_set(
    """read review check consider compare examine inspect search scan ignore skip study watch count
    analyse analyze wait visit retry try verify see look receive translate remember delete
    repeat
    revise reuse revisit compare
    remove correct grade rate rank score process sort"""
)
# Adjectives that make no other thing of what is counted: 'three good tips' are three tips.
LOOSE = stem_set(
    """short long new good simple clear full complete separate different specific concrete possible
    main key relevant additional extra more useful practical real single distinct brief detailed
    important top best small big large great helpful quick easy other own original unique fresh
    total whole very own clear own well short-ish carefully chosen popular common such follow
    matching suitable different same exact mere bullet original strong fun interesting actionable
    friendly creative catchy random open-ended closed personal accurate"""
)
