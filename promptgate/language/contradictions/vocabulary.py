"""The words that instructions are made of, as data: properties of an answer and what excludes what.

A property is something that an answer has or lacks: it is in JSON, it is formal, it holds
a table. Each has a kind (what a finding is called), a name and a pattern over folded text.
Properties of one exclusive group shut each other out; other pairs that do are in OPPOSED.
To teach the rules a new word, add it here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from promptgate.language.contradictions.manners import SHUT_OUT


@dataclass(frozen=True)
class Property:
    """One property: its kind, its group (the part of the name before ':'), and how it is said."""

    kind: str
    name: str
    pattern: re.Pattern[str]

    @property
    def group(self) -> str:
        """What the property is a value of: 'language', 'tone', …"""
        return self.name.split(":")[0]


def _make(kind: str, **patterns: str) -> tuple[Property, ...]:
    return tuple(
        Property(kind, name.replace("__", ":"), re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])"))
        for name, pattern in patterns.items()
    )


_DATA = r"(?:(?:valid|well-formed|a single|a|an|one|only|raw|pure|plain|strict) )*"
_AS = (
    r"(?:(?:in|as|into|only|nothing but|valid|pure|raw|using|is|be|strict|well-formed|single|a"
    r"|an|return"
    r"|output|"
    r"emit|produce|generate|outputs|returns|any|to|with|write|use) )+"
)

FORMATS = _make(
    "format",
    data__json=_AS + r"json(?! (?:key|field))|json (?:only|object|array|document|output|format)"
    r"|json\.(?:loads|parse)",
    data__yaml=_AS + r"yaml|yaml (?:only|document|output|format)",
    data__xml=_AS + r"xml|xml (?:only|document|output|format)",
    data__csv=_AS + r"csv|csv (?:only|rows|output|format)",
    data__toml=_AS + r"toml",
    data__html=_AS + r"html(?! tags?)|html only",
    data__plain=r"plain[- ]text|unformatted text|text without formatting",
    markdown=r"markdown(?:'s)?(?: (?:formatting|syntax|markup))?",
    html=r"html(?: tags| markup)?",
    prose=r"(?:flowing|continuous|running|plain|full) (?:prose|paragraphs|text(?! file))|prose"
    r"|paragraphs? of text",
    table=r"tables?|tabular (?:form|format)|in a grid",
    bullets=r"(?:bullet(?:ed)?|unordered|dashed)(?:[- ]?(?:points?|lists?|items?))?|bullets",
    numbered=r"number(?:ed)? (?:lists?|items|steps|points)|numbered|ordered lists?"
    r"|number (?:every|each|the|all) \w+",
    list=r"(?:a |any |no |use |in |as )lists?|lists (?:are|must|should)|list (?:form|format)",
    headings=r"headings?|headers|section titles",
    bold=r"bold(?:face|ed)?(?: (?:text|type|print))?|italics?|italici[sz]e",
    fence=r"(?:fenced )?code (?:blocks?|fences?)|(?:triple )?backticks|fenced blocks?",
    emoji=r"emojis?|emoticons?|smileys?",
    exclamation=r"exclamation (?:marks?|points?)",
    latex=r"latex|mathjax",
    capitals=r"(?:all caps|all capitals|uppercase|upper case|capital letters only)",
    lowercase=r"(?:lowercase|lower case)",
    links=r"(?:hyper)?links|(?:an?|the|any|no|each) (?:\w+ )?(?:hyper)?link|urls?",
    outside_json=r"(?:introduc\w+|introductory|opening|closing|concluding|friendly|final"
    r"|explanatory|short|brief)"
    r"(?: \w+){0,5}? (?:paragraph|sentence|sentences|remark|note|explanation|greeting|prose"
    r"|summary in words)"
    r"|(?:before|after|around|outside) the json|explain(?:ation of)? your (?:answer|choice"
    r"|reasoning)"
    r"|(?:after|before|below|above|around|outside) (?:the|that|this) (?:json|object|array"
    r"|document|data|xml|yaml|csv)"
    r"|in prose|commentary|(?:introduction|preamble)|chatty",
    greeting=r"greetings?|greet(?: the \w+)?|salutations?|say(?:ing)? hello",
)

CODES = _make(
    "format",
    code__python=r"in python(?: \d)?(?! style)|python only",
    code__javascript=r"in (?:plain |vanilla )?javascript(?! style)|javascript only",
    code__typescript=r"in typescript|typescript only",
    code__java=r"in java|java only",
    code__c=r"in c(?:\+\+|#)?(?= |\.|,|$)",
    code__rust=r"in rust|rust only",
    code__go=r"in (?:go|golang)|go only",
    code__ruby=r"in ruby|ruby only",
    numbers__digits=r"numbers as (?:digits|numerals|figures)|numbers in (?:digits|numerals)",
    numbers__words=r"numbers (?:as|in|with) words|spell out (?:all |every )?numbers?",
)

_NOVICE = (
    r"beginners?|laypersons?|lay(?:men|man|people| readers?| audience)|novices?|newcomers?"
    r"|kids|non-?(?:experts?|specialists?|technical)"
    r"|preschool\w*|toddlers?|general (?:public|audience|readers?)|(?:\w+|\d+)-year-olds?"
    r"|children(?:'s)?|five year old"
    r"|complete starters|absolute beginners|first-timers|\w+-graders|interns"
    r"|someone (?:who has never|new to"
    r"|without any|with no)"
    r"|(?:high|middle|elementary|primary|secondary|grade)[- ]school(?:\w* \w+)?|teenagers?"
    r"|a child|schoolchild\w*|primary school\w*|pupils|people new to|readers new to"
)
_EXPERT = (
    r"experts?|specialists?|professional \w+s|(?:experienced|senior|expert|seasoned|advanced"
    r"|veteran|skilled|trained) \w+|physicians?|doctors|surgeons"
    r"|(?:medical|legal|healthcare|health|finance|financial|technical|it"
    r"|business) (?:professionals?|experts?|practitioners?)|graduates|physicists"
    r"|mathematicians|chemists|biologists|economists|statisticians|philosophers|accountants"
    r"|nurses|clinicians|pharmacists|historians|linguists|lawyers|attorneys|engineers"
    r"|scientists|academics?|researchers|phds?|post-?graduates?"
    r"|postdocs?|professionals|insiders|scholars"
    r"|practitioners|developers|programmers|connoisseurs|peers in the field|professors?"
)
_READER = (
    r"(?:for|address(?:es|ing)?|readers?(?:hip)? (?:is|are)|audience (?:is|are|consists of|of)"
    r"|(?:users?|listeners?|viewers?) (?:is|are)|level (?:of|for)|suitable for|suited to|"
    r"to|at|aimed at|as if to|talking to|speak(?:ing)? to|assume (?:that )?(?:the "
    r"|your )?(?:readers?|users?|audience) (?:is|are)|customers? (?:is|are)|so that|"
    r"intended for|meant for|tutor|teach|coach|instruct|(?:easy|clear|simple|accessible"
    r"|understandable) (?:for|to)|"
    r"as you would to|understandable (?:to|for|by)|by|tailored to|target|pitch\w* (?:it )?(?:at|to)"
    r"|treat (?:the |your )?\w+ as)"
)
_SKIPPED = (
    r"(?: (?:\w+(?= developers| engineers| programmers)|a|an|the|that|your|any|all"
    r"|complete|absolute|average|typical|total|mostly|busy|curious|and|other|fellow|young"
    r"|small)){0,3} "
)

AUDIENCES = _make(
    "audience",
    audience__novice=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:{_NOVICE})"
    r"|(?:assume|presuppose|expect) (?:no|little|zero|nothing)(?: \w+){0,2} (?:knowledge"
    r"|background|experience|expertise)"
    r"|simple (?:language|words|terms|english)|plain (?:language|words)|layman's terms"
    r"|lay terms|eli5"
    r"|(?:has|have|with|having|without) (?:no|little|zero|limited"
    r"|any)(?: \w+){0,2} (?:knowledge|background|experience|expertise|training)"
    r"|(?:knows?|understands?|know) (?:absolutely )?(?:nothing|little|very little"
    r"|next to nothing)(?= about| of|\.|,|$)|(?:have|has|had) never (?:programmed|coded|studied"
    r"|heard of|used|worked|learned|seen|done)"
    r"|(?:like|as if) (?:i\'m|i am|they are|they\'re) (?:a |five|5)\w*"
    r"|(?:as if|like) (?:they|he|she|the \w+)(?: had| have|\'ve|\'d)? never"
    r"|explain (?:the |all )?basics|from (?:scratch|first principles|the ground up)",
    audience__expert=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:{_EXPERT})"
    r"|(?:assume|presuppose|expect|take)(?: \w+){0,3} (?:familiar\w*|expertise|fluency"
    r"|proficiency|expert knowledge|deep knowledge|advanced knowledge|command|mastery"
    r"|for granted)"
    r"|(?:readers|users|audience) (?:know|knows|are familiar with|is familiar with)"
    r"|(?:level|standard|style|vocabulary|language|terms) of (?:a |an )?(?:phd|specialist"
    r"|professional|lawyer|doctor|expert in|graduate|university|academic|expert"
    r"|scientific|scholarly|doctoral|research)\b(?: \w+)?"
    r"|(?:has|have|with|having) (?:deep|strong|extensive|solid|advanced|expert|considerable"
    r"|good|years of)(?: \w+){0,2} (?:knowledge|background|experience|expertise|training"
    r"|understanding)"
    r"|skip the basics(?=.{0,40}(?:expert|know|famil|advanced|professional))|graduate[- ]level"
    r"|(?:expert|university|college|phd|doctoral|postgraduate)[- ]level",
    children=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:kids|children|toddlers|preschool\w*|pupils"
    r"|schoolchild\w*|(?:\w+|\d+)-year-olds?)",
    adults=rf"{_READER}{_SKIPPED}(?:adults?|grown-?ups|mature (?:readers|audiences?))",
    technical=r"technical (?:details?|depth|explanations?|specifics)",
    nontechnical=r"non-?technical(?:ly)?(?: terms| language| words)?",
    jargon=r"(?:technical |specialist |industry |legal |medical |scientific |professional "
        r"|precise )*(?:jargon|terminology|technical (?:terms|language|vocabulary)"
    r"|specialist (?:terms|language|vocabulary)|terms of art|buzzwords)",
)  # fmt: skip

_LANGUAGE_NAMES = """
    afrikaans albanian arabic bengali bulgarian catalan chinese cantonese mandarin croatian czech
    danish dutch english estonian filipino finnish french german greek gujarati hebrew hindi
    hungarian icelandic indonesian irish italian japanese korean latin latvian lithuanian malay
    marathi norwegian persian polish portuguese punjabi romanian russian serbian slovak slovenian
    spanish swahili swedish tagalog tamil telugu thai turkish ukrainian urdu vietnamese welsh
    yiddish zulu
"""
LANGUAGES = re.compile(
    r"\b(?P<name>"
    + "|".join(_LANGUAGE_NAMES.split())
    + r")\b(?! (?:spelling|breakfast|customers?|users?|"
    r"law|market|office|dates?|citizens?|history|cuisine|food|words? in|speakers?|learners?"
    r"|names?|companies))"
    r"|(?P<user>(?:the |their |his |her )?(?:user|customer|client|caller|reader|guest"
    r"|member|student|patient|person"
    r"|visitor)'s (?:own |native |preferred )?language"
    r"|(?:the )?(?:same )?language (?:of|as|that|which|in which|used by)? ?(?:the |his "
    r"|her )?(?:user|customer|client|caller|reader|question|message|they|request|input"
    r"|person)\w*"
    r"|(?:the same|their(?: own)?|whatever|whichever|any) language)"
)

USAGES = _make(
    "language",
    spelling__british=r"(?:british|uk|commonwealth)(?: english)? (?:spelling|english"
    r"|conventions|way|orthography)|spell\w*(?: \w+){0,3} the british way",
    spelling__american=r"(?:american|us|u\.s\.)(?: english)? (?:spelling|english|conventions"
    r"|way|orthography)|spell\w*(?: \w+){0,3} the american way",
    person__first=r"first[- ]person|(?:the )?(?:word|pronoun)s? [\"“']i[\"”']|[\"“']i[\"”']",
    person__third=r"third[- ]person",
    person__second=r"(?<=the )second[- ]person(?! (?:in|to|who|of|singular (?:noun|pronoun))\b)",
    self__i=r"(?:yourself|speak|refer to yourself) as [\"“']i[\"”']",
    self__we=r"(?:yourself|speak|refer to yourself) as [\"“']we[\"”']",
    voice__active=r"active voice",
    voice__passive=r"passive voice",
)
PERSONAS = _make(
    "persona",
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
    r"|as yourself|out of character",
)
TIMES = _make(
    "time",
    order__reverse=r"reverse(?:d)? (?:chronological|order|alphabetical)(?: order)?"
    r"|newest first|backwards",
    order__forward=r"(?<!reverse )chronological(?:ly)?(?: order)?|oldest first",
    order__alphabetical=r"alphabetical(?:ly)?(?: order)?",
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
UNITS = _make(
    "format",
    units__metric=r"metric(?: units| system)?|celsius|kilomet(?:re|er)s|kilograms|si units",
    units__imperial=r"imperial(?: units| system)?|fahrenheit|miles|pounds and ounces"
    r"|us customary(?: units)?",
)
LENGTHS = _make(
    "length",
    short=r"brief(?:ly)?|brevity|concise(?:ly|ness)?|short(?:ly)?|yes or no only|(?:only|just"
        r"|simply)(?: with)? yes or no|terse(?:ly)?|succinct(?:ly)?|to the point"
        r"|laconic(?:ally)?"
    r"|compact(?:ly)?|as few words as (?:possible|you can)|minimal(?:ly|ist)?|crisp(?:ly)?"
    r"|pithy|in a nutshell",
    long=r"exhaustive(?:ly)?|comprehensive(?:ly)?|verbose(?:ly)?|lengthy|at (?:great "
        r"|considerable )?length|extensive(?:ly)?|(?:long|longer)"
    r"|(?:in )?(?:great |considerable |more )?depth|in-depth|every (?:last |single "
    r"|possible )?(?:aspect|detail|angle)|elaborate(?:ly)?(?: (?:on|at|in))?"
    r"|(?:as much|full|great|maximum|complete|considerable|rich|fullest|every|exhaustive"
    r"|minute) (?:of )?detail(?:s)?|leave (?:nothing|no detail) out|(?:don't|never|not"
    r"|without) (?:leav|omit|skip)\w*(?: out)? (?:any|a single|out any) details?|wordy"
    r"|long-winded"
    r"|at least a page|(?:full|multi|two|three)-page|several pages|page-long",
    detailed=r"detailed|thorough(?:ly)?|in detail|step[- ]by[- ]step|(?:all"
        r"|full) (?:the )?(?:background|reasoning)|elaborat(?:e|ing)|fully",
)  # fmt: skip
SCOPES = _make(
    "scope",
    inside_only=r"(?:stay|keep|remain) (?:within|inside|to) the (?:\w+ ){0,2}(?:text"
    r"|context|documents?"
    r"|sources?|materials?)|(?:base|rely|ground|draw|build)(?: \w+){0,4} (?:only|solely"
    r"|exclusively|strictly)"
    r" (?:on|upon|from) (?:the|this|these) (?:\w+ ){0,2}\w+"
    r"|(?:restrict|limit|confine) (?:yourself|your answers?"
    r"|answers) to the (?:\w+ ){0,2}(?:text|context|documents?|sources?|materials?)"
    r"|(?:only|solely|exclusively|strictly|nothing but)(?: \w+){0,4} (?:context"
    r"|documents?|passages?|excerpts?|provided|supplied|given|knowledge base|text|article"
    r"|materials?)"
    r"|(?:context|documents?|passages?|excerpts?|text|article|materials?)(?: \w+){0,2} (?:only"
    r"|exclusively)",
    outside=r"(?:outside|general|own|prior|background|world|external|pre-?trained|common"
    r"|other)(?: \w+)? (?:knowledge|information|sources|facts)|training(?: data)?|(?:facts"
    r"|information|details|anything|content|claims) (?:that (?:is|are) )?(?:not (?:in|found in"
    r"|from)|beyond|outside(?: of)?) the \w+"
    r"|what you (?:already )?know|(?:the )?(?:web|internet)(?! (?:light|connection|page|site"
    r"|shop|is))|external sources|from memory"
    r"|(?:stay|go|reach)(?:ing)? beyond (?:the|what) (?:\w+ )?(?:documents?|context|sources?|text"
    r"|provided)|beyond (?:the|what) (?:\w+ )?(?:documents?|context|sources?|text|provided)",
)

PROPERTIES = (
    *FORMATS, *CODES, *AUDIENCES, *USAGES, *PERSONAS, *TIMES, *UNITS, *LENGTHS, *SCOPES,
)  # fmt: skip

EXCLUSIVE_GROUPS = frozenset(
    {"data", "language", "name", "spelling", "person", "tense", "clock", "date", "zone", "units",
     "address", "audience", "self", "voice", "code", "numbers", "order"}
)  # fmt: skip

_RICH = ("markdown", "html", "table", "bullets", "headings", "bold", "fence", "latex")
OPPOSED = SHUT_OUT | frozenset(
    frozenset(pair)
    for pair in (
        *(("data:plain", rich) for rich in _RICH),
        *((f"data:{data}", other) for data in ("json", "yaml", "csv", "xml", "toml")
          for other in ("prose", "table", "bullets", "numbered", "headings", "bold", "outside_json",
                        "greeting", "markdown", "emoji", "fence")),
        ("prose_only", "bullets"), ("prose_only", "numbered"), ("prose_only", "table"),
        ("prose_only", "list"), ("prose_only", "headings"), ("capitals", "lowercase"),
        ("audience:novice", "jargon"), ("technical", "nontechnical"),
        ("short", "long"), ("short", "detailed"),
        ("children", "adults"), ("human", "disclose"), ("character", "out_of_character"),
        ("inside_only", "outside"),
    )
)  # fmt: skip

IMPLIES = {
    "bullets": ("list",), "numbered": ("list",), "bold": ("markdown",), "headings": ("markdown",),
    "fence": ("markdown",), "data:html": ("html",), "data:json": (), "exclamation": (),
}  # fmt: skip
