"""The words that instructions are made of, as data: properties of an answer and what excludes what.

A property is something that an answer has or lacks: it is in JSON, it is formal, it holds
a table. Each has a kind (what a finding is called), a name and a pattern over folded text.
Properties of one exclusive group shut each other out; other pairs that do are in OPPOSED.
To teach the rules a new word, add it here.
"""

from __future__ import annotations

import re

from promptgate.language.contradictions.words.formats import CASES, CODES, FORMATS, UNITS
from promptgate.language.contradictions.words.lexicon import LANGUAGE_NAMES
from promptgate.language.contradictions.words.manners import SHUT_OUT
from promptgate.language.contradictions.words.patterns import made_of
from promptgate.language.contradictions.words.readers import AUDIENCES

LANGUAGES = re.compile(
    r"\b(?P<name>"
    + "|".join(sorted(LANGUAGE_NAMES))
    + r")\b(?! (?:spelling|breakfast|customers?|users?|"
    r"law|market|office|numerals?|numbers?|digits|dates?|citizens?|history|cuisine|food"
    r"|words? in|speakers?|learners?"
    r"|names?|companies))"
    r"|(?P<user>(?:the |their |his |her )?(?:user|customer|client|caller|reader|guest"
    r"|member|student|patient|person"
    r"|visitor)'s (?:own |native |preferred )?language"
    r"|(?:the )?(?:same )?language (?:of|as|that|which|in which|used by)? ?(?:the |his "
    r"|her )?(?:user|customer|client|caller|reader|question|message|they|request|input"
    r"|person)\w*"
    r"|(?:the same|their(?: own)?|whatever|whichever|any) language)"
)

USAGES = made_of(
    "language",
    you__informal=r"(?:informal|familiar) (?:address|form|[\"“']?(?:you|du|tu|tú|jij)\b[\"”']?)"
    r"|(?:use|with|say|as) (?:the )?[\"“']?(?:du|tu|tú|jij)\b[\"”']?",
    you__formal=r"(?:formal|polite) (?:address|form|[\"“']?(?:you|sie|vous|usted)\b[\"”']?)"
    r"|(?:use|with|say|as) (?:the )?[\"“']?(?:sie|vous|usted)\b[\"”']?",
    foreign=r"foreign (?:\w+ )?(?:words?|expressions?|phrases?|terms?|languages?)"
    r"|non-english (?:words|terms)"
    rf"|(?:{'|'.join(sorted(LANGUAGE_NAMES - {'english'}))}) (?:words?|expressions?|phrases?"
    rf"|terms?|idioms?)",
    one_language=r"(?:a single|one|only one|the same) language(?! (?:as|of|that))|monolingual",
    several_languages=r"bilingual(?:ly)?|multilingual|(?:two|both|several|three|multiple) languages"
    r"|in both \w+ and \w+",
    spelling__british=r"(?:british|uk|commonwealth)(?: english)? (?:spelling|english"
    r"|conventions|way|orthography)|spell\w*(?: \w+){0,3} the british way",
    spelling__canadian=r"canadian(?: english)? (?:spelling|english|conventions|orthography)",
    spelling__australian=r"australian(?: english)? (?:spelling|english|conventions|orthography)",
    spelling__american=r"(?:american|us|u\.s\.)(?: english)? (?:spelling|english|conventions"
    r"|way|orthography)|spell\w*(?: \w+){0,3} the american way",
    person__first=r"first[- ]person|(?:the )?(?:word|pronoun)s? [\"“']i[\"”']|[\"“']i[\"”']",
    person__third=r"third[- ]person",
    person__second=r"(?<=the )second[- ]person(?! (?:in|to|who|of|singular (?:noun|pronoun))\b)",
    self__i=r"(?:use|say) [\"“']i[\"”'](?: for yourself)?|(?:yourself|speak"
    r"|refer to yourself) as [\"“']i[\"”']",
    self__we=r"(?:use|say) [\"“']we[\"”'](?: for yourself)?|(?:yourself|speak"
    r"|refer to yourself) as [\"“']we[\"”']",
    address__first=r"(?:by|with|use|using) (?:their |his |her |the )?(?:\w+ )?first[- ]?names?"
    r"|first-name basis",
    address__surname=r"(?:by|with|use|using|as) (?:their |his |her |the )?(?:(?:last"
    r"|family) names?|surnames?"
    r"|title and (?:last|family) name)|(?:mr|mister)\.? (?:or|and|/) m(?:r?s|iss|adam)"
    r"|sir (?:or|and) madam"
    r"|as (?:sir|madam|mr|ms|mrs)",
    voice__active=r"active voice",
    voice__passive=r"passive voice",
)
PERSONAS = made_of(
    "persona",
    gender__female=r"you(?:'re| are) (?:a |an )?(?:\w+ )?(?:woman|girl|female|lady|mother"
    r"|grandmother|sister|queen)",
    gender__male=r"you(?:'re| are) (?:a |an )?(?:\w+ )?(?:man|boy|male|gentleman|father"
    r"|grandfather|brother|king)",
    opinions=r"(?:your|own|its|any|no|personal|hold|have|share|express|give|voice|state|offer)"
    r" (?:(?:own|personal|honest|any|no|your|its|strong) )*(?:opinions?|views?(?! of)|take"
    r"|stance|preferences?)"
    r"|what you (?:personally |really |yourself )?(?:think|prefer|like|would choose)"
    r"|(?:your|own) thoughts on",
    feelings=r"(?:have|has|no|any|your|own|its|express|share"
    r"|about your) (?:\w+ )?(?:feelings|emotions)"
    r"|how you feel",
    human=r"(?:(?:are|be|being|as|to be|is|like|claim to be|pretend to be) )+(?:a "
    r"|an )?(?:real |actual |living )?(?:human|person)(?: being)?",
    disclose=r"(?:(?:you are|you're|being|as|that it is|is) )(?:an? )?(?:ai"
    r"|artificial intelligence|bot|chatbot|(?:large )?language model|machine"
    r"|virtual assistant|automated \w+|computer program|llm|robot)"
    r"|your (?:ai|artificial|non-human) (?:nature|identity|status)",
    character=r"(?:stay|remain|keep|be) in (?:character|role|your role)|(?:keep"
    r"|maintain) (?:up )?(?:the|your) (?:act|persona|character|role)",
    out_of_character=r"(?:break|drop|leave|abandon|step out of|fall out of|exit|slip out of"
    r"|come out of)(?: \w+){0,3} (?:character|role|act|persona)"
    r"|as yourself|out of character|(?:only|just|merely) (?:playing|acting|pretending"
    r"|role-?playing|a role"
    r"|a character|an act)|as the ai (?:that )?you are",
)
TIMES = made_of(
    "time",
    order__reverse=r"(?:newest|latest|new) to (?:oldest|earliest|old)"
    r"|reverse(?:d)? (?:chronological|order|alphabetical)(?: order)?"
    r"|(?:newest|latest|most recent)(?: \w+)? (?:first|on top|at the top)|backwards",
    order__forward=r"(?:oldest|earliest|old) to (?:newest|latest|new)"
    r"|(?<!reverse )chronological(?:ly)?(?: order)?|(?:oldest"
    r"|earliest)(?: \w+)? (?:first"
    r"|on top)",
    order__alphabetical=r"alphabetical(?:ly)?(?: order)?",
    order__ascending=r"ascending(?: order)?|(?:cheapest|lowest|smallest|shortest) (?:\w+ )?(?:first"
    r"|(?:goes )?on top)"
    r"|lowest to highest|cheapest to (?:dearest|most expensive)|smallest to largest|low to high",
    order__descending=r"descending(?: order)?|(?:dearest|most expensive|highest|largest"
    r"|biggest|longest"
    r"|priciest) (?:\w+ )?(?:first|(?:goes )?on top)|highest to lowest|largest to smallest"
    r"|high to low",
    tense__past=r"(?:simple )?past tense|preterite",
    tense__present=r"(?:simple )?present tense",
    tense__future=r"(?:simple )?future tense",
    clock__24=r"24[- ]?(?:hour|h)(?: (?:clock|format|time|notation))?|military time"
    r"|twenty-four[- ]hour(?: clock)?",
    clock__12=r"12[- ]?(?:hour|h)(?: (?:clock|format|time|notation))?|a\.?m\.? (?:and|or"
    r"|/) ?p\.?m\.?|am/pm|twelve[- ]hour(?: clock)?",
    date__words=r"dates?(?: \w+){0,4} (?:in|as) words",
    date__iso=r"yyyy-mm-dd|iso(?: 8601)?(?:[- ]format)?(?: |-)?dates?|iso 8601|dates? in iso",
    date__european=r"dd[/.-]mm[/.-]yyyy|day[- ]month[- ]year|day first",
    date__american=r"mm[/.-]dd[/.-]yyyy|month[- ]day[- ]year|month first",
    zone__utc=r"utc|gmt|coordinated universal time",
    zone__local=r"(?:local time|time zone of the \w+|(?:user|customer)'s time ?zone)",
)
LENGTHS = made_of(
    "length",
    bare=r"(?:only |just |simply |with )*yes or no(?: only| alone)?(?=\W*$|,? (?:and nothing"
    r"|and +only|and no"
    r"|with no|without))|(?:only|just) (?:with )?(?:yes or no|(?:the|a) (?:answer|number|letter"
    r"|label|category|score|result|word))(?! to| of| that)|one-word (?:answers?|replies|responses?)"
    r"|(?:the|a|one) single word(?: yes or no)?|(?:just|only|exactly) one word|single-word \w+"
    r"|(?:with|in) one word|(?:with|in) a single (?:number|digit|letter|word)",
    explained=r"(?:justify|explain|elaborate on|back up|argue for|defend)(?: why| how)?(?: \w+)?"
    r" (?:your|the|each|every) (?:\w+ )?(?:answers?|choices?|decisions?|reasoning|verdicts?"
    r"|ratings?"
    r"|scores?|classifications?|results?|conclusions?|recommendations?|picks?)"
    r"|(?:give|add|state|provide|include|list|offer) (?:the |your |a |some |all )*"
    r"(?:reasons?|reasoning|rationale|explanation|justification)s?\b"
    r"|(?:show|spell out|lay out|describe|walk \w+ through|share|detail|write out|write down)"
    r" (?:all |of |the |your |full |complete |whole )*(?:reasoning|working|work|thinking|thought"
    r" process|rationale|reasons)|explain (?:yourself|why|your reasoning)",
    short=r"brief(?:ly)?|brevity|concise(?:ly|ness)?|short(?:ly)?|yes or no only|(?:only|just"
        r"|simply)(?: with)? yes or no|terse(?:ly)?|succinct(?:ly)?|to the point"
        r"|laconic(?:ally)?"
    r"|compact(?:ly)?|as short as (?:possible|you can)|as few words as (?:possible|you can)"
    r"|minimal(?:ly|ist)?|crisp(?:ly)?"
    r"|pithy|in a nutshell|one-liners?|clipped|keep it (?:short|brief)"
    r"|without (?:elaborat\w+|explanation)|(?:say|write) as little as (?:possible|you can)"
    r"|few words|a word or two|not (?:waste|use) (?:more )?words(?: than)?|short and sweet"
    r"|no longer than necessary|in (?:only )?a few words|bare minimum|curtly",
    long=r"exhaustive(?:ly)?|comprehensive(?:ly)?|verbose(?:ly)?|lengthy|at (?:great "
        r"|considerable )?length|extensive(?:ly)?|(?:long|longer)(?![- ](?:as|running|term"
        r"|lived|enough|before|time|ago|distance|list))"
    r"|(?:in )?(?:great |considerable |more )?depth|in-depth|every (?:last |single "
    r"|possible )?(?:aspect|detail|angle)|elaborate(?:ly)?(?: (?:on|at|in))?"
    r"|(?:as much|full|great|maximum|complete|considerable|rich|fullest|every|exhaustive"
    r"|minute) (?:of )?detail(?:s)?|leave (?:nothing|no detail) out|(?:don't|never|not"
    r"|without) (?:leav|omit|skip)\w*(?: out)? (?:any|a single|out any) details?|wordy"
    r"|long-winded|expansive(?:ly)?|in (?:exhaustive|great|full|considerable|extensive|rich"
    r"|minute) detail"
    r"|(?:include|repeat|reproduce|copy|quote|paste|read out|transcribe|contain|recite|give)\w*"
    r" (?:out )?(?:the |our |all of the |my |this )*(?:whole|entire|full|complete"
    r"|\d\S*-word) (?:\S+ )?"
    r"(?:text|transcript|article|document|terms|contract|conversation|policy|email|story|report"
    r"|recipe|speech|letter|page|chapter|manual)\b|everything (?:that )?(?:was |they "
    r"|the user )?said"
    r"|spare no detail\w*|at some length|long and \w+|every clause|in full(?=\W*$)"
    r"|leave nothing out|omit nothing|cover everything|deep dives?|voluminous|as (?:much"
    r"|long) as (?:possible|you can)"
    r"|at least a page|(?:full|multi|two|three)-page|several pages|page-long",
    detailed=r"detailed|thorough(?:ly)?|in detail|elaborate on|step[- ]by[- ]step|(?:all"
        r"|full) (?:the )?(?:background|reasoning)|elaborat(?:e|ing)|(?:explain|answer|describe"
        r"|cover|treat|develop)\w* (?:\w+ )?fully"
    r"|fully (?:explain|answer|describ|cover|develop)\w*",
)  # fmt: skip
_SOURCE = (
    r"(?:texts?|context|documents?|documentation|passages?|excerpts?|articles?|manuals?|handbooks?"
    r"|knowledge base|materials?|sources?|files?|transcripts?|faqs?|catalogues?|catalogs?|data"
    r"|information|search results|notes?|books?|policy|policies|facts|contracts?|reports?|guides?"
    r"|database|attachments?|product sheets?)"
)
_THE_SOURCE = (
    rf"(?:the|this|these|those|our|that|attached|provided|supplied|given) (?:\w+ ){{0,3}}?{_SOURCE}"
    rf"|{_SOURCE} (?:provided|supplied|given|below|above|attached|you (?:are|were) given)"
)
SCOPES = made_of(
    "scope",
    inside_only=rf"(?:stick|stay|keep|remain|limit|restrict|confine)(?: \w+){{0,3}}? (?:with|within"
    rf"|inside|to)"
    rf" (?:only )?(?:{_THE_SOURCE}|what (?:is|the))"
    rf"|(?:only|solely|exclusively|strictly|nothing but|nothing other than"
    rf"|entirely)(?: \w+){{0,4}}?"
    rf" (?:{_THE_SOURCE})"
    rf"|(?:from|on|in|to|within|by|using) (?:{_THE_SOURCE})(?: \w+){{0,2}}? (?:only"
    rf"|exclusively|solely|alone"
    r"|and nothing (?:else|beyond|besides|more)|and (?:on |from )?no other)"
    r"|(?:base|rely|ground|draw|build)(?: \w+){0,4} (?:only|solely|exclusively|strictly)"
    r" (?:on|upon|from) (?:the|this|these|those|our) (?:\w+ ){0,2}\w+"
    r"|(?:base|rely|ground|draw|build)(?: \w+){0,3} (?:on|upon|from) (?:the|this|these|those|our)"
    r" (?:\w+ ){0,2}\w+ (?:and (?:on )?nothing (?:beyond|else|besides|more)|alone|only)",
    on_topic=r"(?:stay|stick|keep|remain) (?:strictly )?(?:on[- ]topic|to the (?:topic"
    r"|subject|point)|focused)"
    r"|never (?:digress|go off[- ]topic)",
    off_topic=r"(?:go|wander|drift|veer|chat|talk) off[- ]topic|digress(?:ions)?"
    r"|off-topic (?:chat|remarks|questions)"
    r"|tangents?",
    outside=r"(?:outside|general|own|prior|background|world|external|pre-?trained|common|personal"
    r"|other|additional)(?: \w+)? (?:knowledge|information|sources|facts|expertise)"
    r"|training(?: data)?"
    r"|(?:facts|information|details|anything|content|claims) (?:that (?:is"
    r"|are) )?(?:not (?:in|found in"
    r"|from)|beyond|outside(?: of)?) the \w+"
    r"|what you (?:already )?know|from elsewhere|(?:the )?(?:web|internet)(?! (?:light"
    r"|connection|page|site"
    r"|shop|is))|external sources|from (?:your )?memory|outside sources|google"
    r"|(?:stay|go|reach)(?:ing)? beyond (?:the|what) (?:\w+ )?(?:documents?|context|sources?|text"
    r"|provided)|beyond (?:the|what) (?:\w+ )?(?:documents?|context|sources?|text|provided)",
)

PROPERTIES = (
    *FORMATS, *CASES, *CODES, *AUDIENCES, *USAGES, *PERSONAS, *TIMES, *UNITS, *LENGTHS, *SCOPES,
)  # fmt: skip

EXCLUSIVE_GROUPS = frozenset(
    {"data", "language", "name", "spelling", "person", "tense", "clock", "date", "zone", "units",
     "address", "audience", "self", "voice", "code", "numbers", "order", "case", "indent",
     "quotes", "month", "script", "speech", "age",
     "decimals", "you", "side", "tongue", "basics", "known",
     "temperature", "distance", "weight", "currency", "syntax", "marker", "shape", "link", "oxford",
     "numerals",
     "heading_level", "separator", "align", "gender", "home", "born", "employer", "doubt"}
)  # fmt: skip

_RICH = ("markdown", "html", "table", "bullets", "headings", "bold", "italics", "underline",
         "fence", "latex")  # fmt: skip
OPPOSED = SHUT_OUT | frozenset(
    frozenset(pair)
    for pair in (
        *(("data:plain", rich) for rich in _RICH), ("data:html", "markdown"),
        *((f"data:{data}", other) for data in ("json", "yaml", "csv", "xml", "toml")
          for other in ("prose", "table", "bullets", "numbered", "headings", "bold", "outside_json",
                        "greeting", "markdown", "emoji", "fence")),
        ("prose_only", "bullets"), ("prose_only", "numbered"), ("prose_only", "table"),
        ("prose_only", "list"), ("prose_only", "verse"),
        ("prose_only", "script"), ("prose_only", "stanza"), ("one_paragraph", "bullets"),
        ("one_paragraph", "many_paragraphs"),
        ("units:metric", "temperature:f"), ("units:metric", "distance:miles"),
        ("units:metric", "weight:pounds"), ("units:imperial", "temperature:c"),
        ("units:imperial", "distance:km"), ("units:imperial", "weight:kilograms"),
        ("one_line", "line_breaks"), ("one_line", "bullets"), ("one_line", "numbered"),
        ("one_line", "many_paragraphs"), ("one_line", "table"), ("prose", "verse_only"),
        ("numbered", "marker:dash"), ("numbered", "bullets"), ("marker:number", "bullets"),
        ("prose_only", "marker:number"), ("prose_only", "marker:dash"),
        ("case:lower", "capital"), ("bare", "explained"), ("bare", "long"), ("bare", "detailed"),
        ("one_paragraph", "numbered"), ("one_paragraph", "headings"), ("one_paragraph", "table"),
        ("audience:novice", "jargon"), ("technical", "nontechnical"),
        ("short", "long"), ("short", "detailed"),
        ("one_language", "several_languages"), ("human", "disclose"),
        ("audience:novice", "basics:skipped"), ("audience:expert", "basics:explained"),
        ("on_topic", "off_topic"),
        ("character", "out_of_character"), ("inside_only", "outside"),
        ("audience:novice", "sophisticated"),
    )
)  # fmt: skip

IMPLIES = {
    "bullets": ("list", "line_breaks"), "numbered": ("list", "line_breaks"),
    "stanza": ("line_breaks",), "bold": ("markdown", "formatting"),
    "italics": ("markdown", "formatting"),
    "headings": ("markdown", "formatting"), "fence": ("markdown",), "data:html": ("html",),
    "data:xml": ("xml",),
    "technical_audience": ("technical", "jargon"),
    "markdown": ("formatting",), "table": ("formatting",),
}  # fmt: skip
