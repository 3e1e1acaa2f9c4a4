"""The words for the form of an answer, as data: what it is made of, how dates and names look.

Each line is a slot or a feature; the values of one slot are written slot__value and shut each
other out. To teach the rules another way to name one, add it to its line.
"""

from __future__ import annotations

from promptgate.language.contradictions.words.patterns import made_of

_DATA = r"(?:(?:valid|well-formed|a single|a|an|one|only|raw|pure|plain|strict) )*"
_AS = (
    r"(?:(?:in|as|into|only|nothing but|valid|pure|raw|using|is|be|strict|well-formed|single|a"
    r"|an|return"
    r"|output|"
    r"emit|produce|generate|outputs|returns|any|to|with|write|use) )+"
)

FORMATS = made_of(
    "format",
    data__json=_AS + r"json(?! (?:key|field))|json (?:only|object|array|document|output|format)"
    r"|json\.(?:loads|parse)",
    data__yaml=_AS + r"yaml|yaml (?:only|document|output|format)",
    data__xml=_AS + r"xml|xml (?:only|document|output|format)",
    data__csv=_AS + r"csv|comma-separated values|csv (?:only|rows|output|format)",
    data__toml=_AS + r"toml",
    data__html=_AS + r"html(?! tags?|\.\w)|html only",
    data__plain=r"plain[- ]text|unformatted text|text without formatting",
    markdown=r"markdown(?:'s)?(?: (?:formatting|syntax|markup))?",
    html=r"html(?: tags| markup)?|in +tags",
    prose=r"(?:flowing|continuous|running|connected|unbroken|plain|full) (?:prose|paragraphs"
    r"|text(?! file))"
    r"|(?:in|as|into|of|with|use|using|write|writing|only) (?:\w+ ){0,2}prose"
    r"|paragraphs? of text",
    table=r"tables?|tabular (?:form|format)|in a grid",
    bullets=r"(?:bullet(?:ed)?|unordered|dashed)(?:[- ]?(?:points?|lists?|items?))?|bullets",
    numbered=r"number(?:ed)? (?:lists?|items|steps|points)|numbered|ordered lists?"
    r"|number (?:every|each|the|all) \w+",
    list=r"(?:a |any |no |use |in |as )lists?|lists (?:are|must|should)|list (?:form|format)",
    headings=r"headings?|headers|section titles",
    bold=r"bold(?:face|ed)?(?: (?:text|type|print|font|letters))?",
    italics=r"italics?|italici[sz]ed?",
    underline=r"underlin(?:e|ed|ing)",
    fence=r"(?:fenced )?code (?:blocks?|fences?)|(?:triple[- ])?backticks?|fenced (?:\S+ )?blocks?"
    r"|(?:code )?fences|triple-backtick\w*",
    emoji=r"emojis?|emoticons?|smileys?",
    exclamation=r"exclamation (?:marks?|points?)",
    latex=r"latex|mathjax",
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
    farewell=r"farewells?|goodbyes?|say(?:ing)? goodbye|bid \w+ farewell|closing (?:line|phrase)",
    signature=r"signatures?|sign[- ]?offs?|sign (?:off|every|each|all|the|your) ?\w*|signed",
    one_line=r"(?:a|one|on one|on a) single line|one line(?: of text| only)|(?:on|in) (?:a"
    r"|one)(?: single)?"
    r" line(?! each| per| break)|without (?:any )?line ?breaks",
    one_paragraph=r"(?:a|one) (?:single )?(?:unbroken |continuous |short |long )?paragraph"
    r"|single paragraph|one block of text|one (?:solid|unbroken|continuous) (?:block|paragraph)",
    many_paragraphs=r"(?:its|their) own paragraphs?|separate paragraphs?|paragraph breaks?"
    r"|blank lines? between (?:the |each |your )?(?:sentences?|paragraphs?|points?)"
    r"|(?:separate|split|break|divide)\w* (?:\w+ ){0,3}into (?:several |short "
    r"|separate )*paragraphs",
    capital=r"(?:start|begin)\w* (?:every|each|all|the) \w+ with a capital(?: letter)?"
    r"|capitali[sz]e",
    line_breaks=r"(?:on )?(?:a new|its own|separate|their own|a separate) lines?"
    r"|line ?breaks?|new ?lines|multiple lines|several lines",
    stanza=r"stanzas?|quatrains?|haikus?|limericks?|sonnets?",
    verse=r"(?:rhyming )?verses?|rhymes?|rhyming couplets?|poems?|poetry",
    script=r"(?:dialogue|screenplay|play) script|screenplay|script format|with speaker names"
    r"|as a dialogue|in dialogue form",
    syntax__sentences=r"(?:full|complete|whole|proper) sentences",
    syntax__fragments=r"(?:sentence )?fragments|incomplete sentences|telegram(?:matic)? style"
    r"|telegraphic(?:ally)?|keywords only|note form|bare keywords|clipped phrases",
    marker__dash=r"(?:plain )?(?:hyphens?|dashes)(?:,| for| as| before| in front of| to mark)",
    marker__asterisk=r"(?:asterisks?|stars?) (?:for|as|before|in front of)(?: \w+){0,2}"
    r" (?:lists?|items?|bullets?|points?)",
    marker__number=r"number (?:the|each|every|all|your) (?:\w+ )?(?:steps?|items?|points?|list)",
    separator__comma=r"separat\w*(?: \w+){0,4}? (?:by|with) commas?|comma[- ]separated"
    r"|commas? between (?:the |all |each )?\w+",
    separator__semicolon=r"separat\w*(?: \w+){0,4}? (?:by|with) (?:a )?semicolons?"
    r"|semicolon[- ]separated|semicolons? between (?:the |all |each )?\w+",
    separator__tab=r"separat\w*(?: \w+){0,4}? (?:by|with) tabs?|tab[- ]separated",
    separator__pipe=r"separat\w*(?: \w+){0,4}? (?:by|with) (?:a )?(?:pipes?|vertical bars?)",
    numerals__roman=r"roman (?:numerals?|numbers?|digits)",
    numerals__arabic=r"arabic (?:numerals?|numbers?|digits)",
    shape__array=r"json (?:array|list)|(?:an?|one|single) array",
    shape__object=r"json object",
    link__markdown=r"markdown (?:links?|form)|links? (?:must be |are "
    r"|should be )?in markdown(?: form)?",
    link__bare=r"bare (?:urls?|links?)|raw (?:urls?|links?)|plain urls?",
    oxford__yes=r"(?:use|with|add|keep|include|put) (?:the |an |a )?(?:oxford|serial) commas?"
    r"|(?:oxford"
    r"|serial) commas?(?: \w+){0,3} (?:required|always)|(?:put|use|add|place) a comma before"
    r" (?:the )?(?:last |final )?[\"“']?and",
    oxford__no=r"(?:no|not|never|without|omit|skip|avoid|drop)(?: \w+){0,3} (?:oxford|serial) comma"
    r"|(?:no|never|not)(?: \w+){0,3} comma before (?:the )?(?:last |final )?[\"“']?and",
    code=r"code(?: (?:snippets?|samples?|examples?))|(?:any|no|some|write|include|show|sample"
    r"|working"
    r"|runnable|example) code|pseudo-?code",
    citations=r"citations?|bibliography|reference list",
    images=r"images?|pictures?|photos?|illustrations?",
    xml=r"xml(?: tags?| markup)?",
    formatting=r"(?:text |special |rich |fancy |any )*(?:formatting|styling|markup)",
    decimals__none=r"whole (?:numbers?|euros?|dollars?|pounds?|percent\w*)|(?:no|without) decimals"
    r"|nearest (?:whole|euro|dollar|integer|percent)\w*|integers",
    decimals__some=r"(?:\w+ )?decimals|decimal places|to the cent|with cents",
)
CASES = made_of(
    "format",
    case__title=r"title case",
    case__sentence=r"sentence case",
    case__upper=r"all caps|all[- ]capitals|upper-?case|upper case|capital letters(?: only)?"
    r"|block (?:capitals|letters)|(?:in|use|using|with) capitals|capitals only",
    case__lower=r"small letters only|lower-?case|lower case|small letters",
    case__camel=r"camel ?case",
    case__snake=r"snake[_ ]?case",
    case__kebab=r"kebab[- ]?case",
    case__pascal=r"pascal ?case",
    indent__tabs=r"(?:with|use|using|by) tabs",
    indent__spaces=r"(?:with|use|using|by) (?:\w+ )?spaces",
    quotes__single=r"single (?:quotes?|quotation marks)",
    quotes__double=r"double (?:quotes?|quotation marks)",
    month__number=r"months? (?:as|in|with) (?:a )?(?:numbers?|digits|figures)|numeric months?",
    month__words=r"months? (?:is |are )?(?:spelled|spelt|written) out|months? (?:in"
    r"|as) (?:words|letters)",
    script__latin=r"latin (?:letters|script|alphabet|characters)|romani[sz]ed",
    script__cyrillic=r"cyrillic(?: script| letters| alphabet)?",
    script__arabic=r"arabic (?:script|letters)",
    script__traditional=r"traditional (?:chinese|characters)",
    script__simplified=r"simplified (?:chinese|characters)",
)

CODES = made_of(
    "format",
    code__python=r"in python(?: \d)?(?! style)|python only",
    code__javascript=r"in (?:plain |vanilla )?javascript(?! style)|javascript only",
    code__typescript=r"in typescript|typescript only",
    code__java=r"in java|java only",
    code__c=r"in c(?:\+\+|#)?(?= |\.|,|$)",
    code__rust=r"in rust|rust only",
    code__go=r"in (?:go|golang)|go only",
    code__ruby=r"in ruby|ruby only",
    numbers__digits=r"numbers? (?:as|in|with) (?:digits|numerals|figures)|(?:use|write|in"
    r"|as) (?:digits"
    r"|numerals|figures) for (?:\w+ )?numbers?|(?:use|in|as) (?:arabic )?numerals",
    numbers__words=r"numbers? (?:\w+ ){0,3}?(?:as|in|with) words|spell (?:out )?(?:all "
    r"|every |each |the )?"
    r"numbers?(?: out)?|spell (?:all|everything|all of it) (?:of it )?out"
    r"|words for (?:\w+ )?numbers?"
    r"|numbers? (?:must be |should be |are )?(?:spelled|spelt|written) out",
)

UNITS = made_of(
    "format",
    units__metric=r"metric(?: units| system)?|si units",
    units__imperial=r"imperial(?: units| system)?|us customary(?: units)?|(?:american|us"
    r"|u\.s\.) units",
    temperature__c=r"celsius|centigrade",
    temperature__f=r"fahrenheit",
    distance__km=r"kilomet(?:re|er)s|in met(?:re|er)s|in km",
    distance__miles=r"(?:in|as|to|use|into|of) (?:statute )?miles|in feet|in yards|feet and inches",
    weight__kilograms=r"kilograms|kilos|in grams|in kg",
    weight__pounds=r"pounds and ounces|in (?:pounds|ounces|lbs)(?! sterling)|in stones?",
    currency__euro=r"(?:in|to|into|as|use) (?:euros?|eur)",
    currency__dollar=r"(?:in|to|into|as|use) (?:us |american )?(?:dollars?|usd)",
    currency__pound=r"(?:in|to|into|as|use) (?:british pounds|pounds sterling|gbp)",
    currency__yen=r"(?:in|to|into|as|use) (?:japanese )?(?:yen|jpy)",
    currency__franc=r"(?:in|to|into|as|use) (?:swiss )?(?:francs|chf)",
)
