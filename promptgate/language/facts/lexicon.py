"""Words of facts, as data: synonyms, opposites, classes of attributes, what differs in kind.

Words stand here as people write them and are brought to their stems once, when the module is
loaded. To teach the comparison a new word, add it to its group.
"""

from __future__ import annotations

from promptgate.language.stems import stem, stem_set, word_set

STOP = word_set(
    """a an the of in on at to for with by from into onto about as than per via upon over under and
    or but so nor yet also too then there here this that these those it its they their them he she
    his her him we our us you your i my me who whom whose which what when where how why whether if
    while once is are was were be been being am having do does did has have had will would shall
    should can could may might must let's get gets got getting give gives given provide provides
    offer offers come comes include includes included including available please yes no not never
    only just exactly around approximately roughly nearly almost already still always usually
    normally currently now today ever even very quite really well sure  however therefore
    each every any some all both either neither such more most less least other another own same
    one's sir madam dear hello hi thanks thank sorry happy glad help need needs want wants like
    know see find out up down off again it's that's there's you're we're they're i'm you'll we'll
    it'll don't doesn't isn't aren't wasn't weren't can't cannot won't didn't hasn't haven't
    couldn't wouldn't shouldn't mustn't customer customers user users people person someone anyone
    everyone absolutely fully completely entirely totally truly simply certainly definitely indeed
    unfortunately luckily fortunately instead okay straight great good news worry none nothing
    nobody without couple few several prior additional because since until till through during
    within between up-to according based following note notes information document answer question
    i've you've we've let going actually fact total number"""
)
"""Words that say nothing of what a statement is about."""

_SYNONYMS = {
    "ship": "shipping shipment deliver delivery dispatch send sent sending",
    "warranty": "guarantee",
    "buy": "purchase bought order",
    "refund": "reimburse reimbursement refundable refunded",
    "end": "expire expiry ends finish finishes expires conclude terminate",
    "start": "begin begins commence starts began",
    "parcel": "package",
    "phone": "telephone smartphone mobile",
    "plan": "subscription membership tariff",
    "allow": "permit permitted allowed may-be",
    "require": "required mandatory compulsory obligatory requirement",
    "support": "compatible supports",
    "work": "function operate working works",
    "found": "founded establish established",
    "write": "wrote written author",
    "big": "large",
    "car": "vehicle",
    "flat": "apartment",
    "return": "sending-back",
    "employee": "staff worker",
    "minimum": "min",
    "maximum": "max",
    "temperature": "temperatures",
    "height": "high tall",
    "width": "wide",
    "depth": "deep",
    "length": "long",
    "age": "old aged",
    "month": "monthly",
    "year": "yearly annual annually",
    "week": "weekly",
    "inhabitant": "resident population",
    "company": "firm",
    "hotline": "helpline",
    "heat": "heated heating",
    "locate": "located situated",
    "doctor": "physician",
    "waterproof": "watertight",
    "serial": "serials",
    "ticket": "tickets",
    "interest": "interests",
    "rent": "rents rental",
    "child": "kid children kids",
}
CANONICAL = {
    stem(word): stem(name) for name, words in _SYNONYMS.items() for word in (name, *words.split())
}


def canonical(word: str) -> str:
    """Return the stem that stands for a word and its synonyms.

    Args:
        word: One word, folded.
    """
    root = stem(word)
    return CANONICAL.get(root, root)


# What is said with the opposite word is said in the negative.
_OPPOSITES = {
    "allow": "forbid forbidden prohibit prohibited ban banned disallowed",
    "refund": "non-refundable nonrefundable",
    "possible": "impossible",
    "open": "closed shut",
    "require": "optional voluntary",
    "paid": "free-of-charge",
    "accept": "reject rejected refuse refused",
    "enable": "disable disabled",
    "valid": "invalid expired",
    "support": "unsupported incompatible",
    "work": "broken out-of-order",
    "safe": "unsafe dangerous",
    "legal": "illegal",
    "limit": "unlimited",
    "succeed": "fail failed",
    "true": "false untrue",
    "in-stock": "sold-out out-of-stock",
    "include": "exclude excluded",
    "available": "unavailable",
    "transferable": "non-transferable nontransferable",
    "reversible": "irreversible",
    "visible": "invisible hidden",
    "active": "inactive",
    "complete": "incomplete",
    "necessary": "unnecessary",
    "edible": "inedible",
    "lossless": "lossy",
    "public": "private",
    "admit": "deny denied denies",
    "agree": "disagree disagreed",
    "alive": "dead",
    "full": "empty",
    "able": "unable",
    "correct": "incorrect wrong",
    "guilty": "innocent",
    "locked": "unlocked",
    "connect": "disconnect disconnected",
    "suitable": "unsuitable",
    "known": "unknown",
    "opened": "unopened",
    "stable": "unstable",
    "successful": "unsuccessful",
    "sufficient": "insufficient",
    "approve": "disapprove",
    "audible": "inaudible",
    "flammable": "non-flammable nonflammable",
    "smoking": "non-smoking nonsmoking",
    "alcoholic": "non-alcoholic alcohol-free",
}
_OPPOSITE = {
    stem(word.replace("-", "")): stem(name)
    for name, words in _OPPOSITES.items()
    for word in words.split()
}
POLAR = frozenset(_OPPOSITE.values())
_NO_STATE = word_set("close closes closing")

PHRASES = {
    "out of order": "broken",
    "out of service": "broken",
    "in service": "working",
    "in working order": "working",
    "free of charge": "freeofcharge",
    "at no cost": "freeofcharge",
    "at no charge": "freeofcharge",
    "for free": "freeofcharge",
    "out of stock": "outofstock",
    "sold out": "soldout",
    "in stock": "instock",
    "switched off": "disabled",
    "turned off": "disabled",
    "switched on": "enabled",
    "turned on": "enabled",
    "off limits": "forbidden",
    "use-by": "useby",
    "use by": "useby",
    "best before": "useby",
    "best-before": "useby",
    "check-in": "checkin",
    "check-out": "checkout",
    "check in": "checkin",
    "check out": "checkout",
    "non-refundable": "nonrefundable",
    "non-transferable": "nontransferable",
    "old enough": "",
    "turned down": "rejected",
    "brand new": "brandnew",
    "brand-new": "brandnew",
    "second-hand": "secondhand",
    "went up": "rose",
    "gone up": "risen",
    "go up": "rise",
    "went down": "fell",
    "gone down": "fallen",
    "go down": "fall",
    "window seat": "windowseat",
    "aisle seat": "aisleseat",
    "middle seat": "middleseat",
    "money back": "refund",
    "of course": "",
    "made redundant": "dismissed",
}
"""Phrases that are one word."""

_CLASSES = {
    "colour": """red green blue yellow orange purple violet pink brown black white grey gray
        silver gold turquoise beige amber""",
    "material": """cotton wool silk linen polyester nylon leather wood oak pine walnut birch beech
        maple teak mahogany steel aluminium aluminum plastic glass iron copper brass bronze titanium
        rubber ceramic concrete stone
        marble paper cardboard bamboo carbon""",
    "language": """english german french spanish italian portuguese dutch polish swedish danish
        norwegian finnish russian ukrainian greek turkish arabic hebrew hindi chinese japanese
        korean czech hungarian""",
    "season": "spring summer autumn winter",
    "shape": "round square rectangular triangular oval circular hexagonal",
    "grade": "beginner intermediate advanced",
    "state": "solid liquid gaseous",
    "period": "daily weekly fortnightly monthly quarterly yearly=annually=annual",
    "energy label": "diesel petrol electric hybrid hydrogen",
    "turn": "clockwise anticlockwise=counterclockwise=anti-clockwise=counter-clockwise",
    "leaf": "evergreen deciduous",
    "reaction": "acidic=acid alkaline neutral",
    "term": "permanent=open-ended=indefinite temporary=temp=fixed-term",
    "working time": "full-time=fulltime part-time=parttime",
    "place of work": "remote on-site=onsite",
    "finish": "matte=matt glossy=shiny",
    "control": "manual automatic",
    "signal": "analogue=analog digital",
    "setting": "urban rural",
    "sex": "male female",
    "order": "ascending descending alphabetical chronological",
    "plane": "horizontal vertical diagonal",
    "time of day": "morning afternoon evening overnight",
    "compass": "north=northern south=southern east=eastern west=western",
    "extreme": """largest=biggest smallest highest lowest longest shortest oldest
        newest=youngest=latest cheapest fastest slowest heaviest lightest""",
    "instrument": "violin viola cello piano flute guitar trumpet clarinet saxophone harp",
    "profession": """lawyer engineer teacher nurse surgeon dentist baker carpenter plumber painter
        architect chemist physicist biologist historian journalist pharmacist""",
    "religion": "catholic protestant jewish muslim buddhist hindu orthodox",
    "difficulty": "easy=simple=straightforward difficult=hard=tough",
    "noise": "quiet=silent noisy=loud",
    "price level": "cheap=inexpensive expensive",
    "heat": "hot=spicy cold=chilly=chilled lukewarm mild warm",
    "condition": "brandnew secondhand refurbished",
    "nationality": """italian mexican french thai indian chinese japanese greek spanish turkish
        lebanese vietnamese korean german austrian swiss polish portuguese moroccan american british
        irish scottish ethiopian peruvian brazilian""",
    "seat": "windowseat aisleseat middleseat",
    "livestock": "cow goat sheep",
    "light": "shade=shady sun=sunny",
    "wetness": "dry wet=soaked",
    "trend": """rise=rose=risen=grow=grew=grown=increase=increased=climb=climbed=surge=surged
        fall=fell=fallen=drop=dropped=decrease=decreased=decline=declined=shrink=shrank=shrunk""",
}
PHRASED = {
    "seat taken": r"(window|aisle|middle) seat",
    "kind of milk": r"(goat|cow|sheep|oat|soya?|almond|coconut|rice)(?:'s)? milk",
    "view": r"(sea|garden|city|mountain|courtyard|lake|river|street|pool) view",
    "bed": r"(single|double|twin|king|queen|bunk)(?:-size)? beds?",
    "room": r"(single|double|twin|family|triple) room",
    "size": r"sizes? (xxs|xs|s|m|l|xl|xxl|small|medium|large)",
    "cycle": r"(tumble|line|flat)[- ]dr(?:y|ied)",
    "exam": r"(oral|written|practical) (?:exam|test)",
    "class of travel": r"(first|second|business|economy) class",
    "gearbox": r"(manual|automatic) (?:gearbox|transmission)",
    "connector": r"(usb-c|usb-a|micro-usb|lightning|hdmi|bluetooth) (?:port|connector|plug|cable)",
    "kind of milk fat": r"(whole|skimmed|semi-skimmed) milk",
    "heating": r"(gas|electric|underfloor|oil|district) heating",
    "payment": r"(monthly|quarterly|annual|weekly|yearly) (?:payments?|instalments?|billing)",
    "kind of wine": r"(red|white|sparkling) wine",
}
"""Attributes that a phrase tells, by class: the group is the attribute."""
TREND = "trend"
"""The class of verbs that say where something goes; they modify nothing."""
_AS_WRITTEN = frozenset(f"{_CLASSES['period']} {_CLASSES['time of day']}".replace("=", " ").split())
ATTRIBUTE = {
    (word if word in _AS_WRITTEN else stem(word)): (
        name,
        {"gray": "grey", "aluminum": "aluminium"}.get(word, words[0]),
    )
    for name, row in _CLASSES.items()
    for words in (group.split("=") for group in row.split())
    for word in words
    if word not in ("gold", "silver", "spring", "square")
}
"""Stem of an attribute to its class and name; attributes of one class shut each other out."""

_APART = """front:rear:back:side left:right upper:lower inner:outer first:second:third:last
    indoor:outdoor adult:child:senior:student single:double:twin basic:standard:premium:express
    free:premium small:medium:large day:night:week:month:year weekend:weekday import:export
    input:output minimum:maximum:average top:bottom male:female domestic:international
    national:international north:south:east:west old:new before:after summer:winter
    breakfast:lunch:dinner child:adult men:women width:height:depth:length:weight
    download:upload checkin:checkout arrive:leave start:end open:close deposit:balance
    buy:sell:rent buy:return city:district:country:region net:gross wired:wireless
    gold:silver:bronze:platinum
    town:district first:next wholesale:retail male:female inbound:outbound own:rent
    write:translate:direct:star:edit:publish"""
APART = tuple(stem_set(group.replace(":", " ")) for group in _APART.split())
"""Words that tell one subject from another of its kind."""

_VERBS = """cost weigh take last run hold measure arrive leave ship start end open close contain
    have be consist seat need support work reach lead live use make build own say mean show sell
    charge expire apply cover stay become remain begin produce create sign pay receive play win lose
    serve connect store allow require accept return deliver fly drive rent fit"""
VERBS = stem_set(_VERBS)
"""Verbs that say little: they may differ between two statements of one thing."""
CLAUSE_VERBS = VERBS | stem_set(
    "star direct publish host guide translate play sing design lead found move join visit arrive"
    " depart land study teach call serve lie border"
)
"""Verbs that may open a clause whose subject stands in the clause before."""

PEOPLE = frozenset(
    map(
        canonical,
        word_set(
            """people person inhabitant guest visitor user participant player passenger employee
            worker     spectator adult member traveller diner attendee student resident seat"""
        ),
    )
)
"""Nouns that may stand for one another where people are counted."""
PASTS = word_set(
    """built won wrote led ran began held made sold bought sent left met went came took got gave
    found kept paid lost grew fell rose drew sang taught spoke became broke chose drove flew froze
    heard hid hit knew lay read rode said saw sat slept spent stood swam told thought threw wore"""
)
"""Irregular past forms that may open a clause."""
MEASURES = frozenset(map(stem, ("age", "height", "width", "depth", "length", "weight", "distance")))
"""Words that say which of several amounts of one unit is meant."""

COUNTRIES = word_set(
    """argentina australia austria belgium brazil canada chile china colombia croatia cyprus
    denmark egypt england estonia finland france germany greece hungary iceland india
    indonesia ireland israel italy japan kenya latvia lithuania luxembourg malta mexico
    morocco netherlands norway peru poland portugal romania scotland serbia singapore
    slovakia slovenia spain sweden switzerland thailand turkey ukraine usa vietnam wales
    europe asia africa america"""
)
STREETS = word_set(
    """street road avenue lane square boulevard way drive st rd ave place court alley"""
)
TITLES = word_set("""mr mrs ms dr prof sir miss madam""")


def opposite(word: str) -> str | None:
    """Return the stem of the word whose negation a word is; None for most words.

    Args:
        word: One word, folded.
    """
    return None if word in _NO_STATE else _OPPOSITE.get(stem(word))
