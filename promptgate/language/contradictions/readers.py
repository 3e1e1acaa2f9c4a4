"""The words for whom an answer is written, as data: beginners, experts, children."""

from __future__ import annotations

from promptgate.language.contradictions.patterns import made_of

_NOVICE = (
    r"beginners?|laypersons?|lay(?:men|man|people| readers?| audience)|novices?|newcomers?"
    r"|kids|non-?(?:experts?|specialists?|technical)"
    r"|preschool\w*|toddlers?|general (?:public|audience|readers?)|(?:\w+|\d+)-year-olds?"
    r"|children(?:'s)?|five year old"
    r"|complete starters|absolute beginners|first-timers|\w+-graders|interns"
    r"|someone (?:who has never|new to"
    r"|without any|with no)"
    r"|(?:high|middle|elementary|primary|secondary|grade)[- ]school(?:\w* \w+)?|teenagers?"
    r"|patients|consumers|a child|schoolchild\w*|primary school\w*|pupils|people new to"
    r"|readers new to"
    r"|first-time \w+|(?:people|readers|users|anyone|those|investors|students|learners|staff"
    r"|\w+s) (?:who|that) (?:are|is|have|has) (?:completely |totally |entirely )?(?:new to"
    r"|never|no)"
    r"|(?:non|un)-?(?:technical|specialist|trained|initiated|expert) \w+|the uninitiated|amateurs"
    r"|ordinary people|everyday people|everyone|the public|hobbyists|students new to|trainees"
    r"|apprentices|freshmen|first-year \w+"
)
_EXPERT = (
    r"experts?|specialists?|(?:technical|specialist|professional|expert|academic) audience"
    r"|professional \w+s|(?:experienced|senior|expert|seasoned|advanced"
    r"|veteran|skilled|trained) \w+|physicians?|doctors?|surgeons?"
    r"|(?:medical|legal|healthcare|health|finance|financial|technical|it"
    r"|business) (?:professionals?|experts?|practitioners?)|graduates|physicists?"
    r"|mathematicians|chemists|biologists|economists?|statisticians|philosophers|accountants?"
    r"|nurses?|clinicians?|pharmacists?|historians|linguists|lawyers?|attorneys?|engineers?"
    r"|scientists?|academics?|researchers|phds?|post-?graduates?"
    r"|postdocs?|professionals|insiders|scholars"
    r"|practitioners|developers|programmers?|connoisseurs|peers in the field|professors?"
    r"|veterans|masters|consultants|radiologists|cardiologists|psychologists|architects"
    r"|chefs?|traders?"
    r"|fellow (?:\w+s)|subject-matter experts|people (?:who are )?(?:in|from) the (?:field"
    r"|trade|industry)"
    r"|the initiated|pros"
)
_READER = (
    r"(?:for|address(?:es|ing)?|readers?(?:hip)? (?:is|are)|audience (?:is|are|consists of|of)"
    r"|(?:users?|listeners?|viewers?) (?:is|are)|level (?:of|for)|suitable for|suited to|"
    r"to|at|aimed at|as if to|talking to|speak(?:ing)? (?:\w+ly )?to|assume (?:that )?(?:the "
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

AUDIENCES = made_of(
    "audience",
    audience__novice=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:{_NOVICE})|(?:is|are) (?:\w+|\d+) years old"
    r"|(?:assume|presuppose|expect) (?:no|little|zero|nothing)(?: \w+){0,2} (?:knowledge"
    r"|background|experience|expertise)"
    r"|simple (?:language|words|terms|english)|plain (?:language|words)|layman's terms"
    r"|lay terms|eli5|(?:user|reader|customer)s? (?:is|are) (?:brand |completely )?new\b(?! in)"
    r"|(?:has|have|with|having|without) (?:no|little|zero|limited"
    r"|any)(?: \w+){0,2} (?:knowledge|background|experience|expertise|training)"
    r"|(?:knows?|understands?|know) (?:absolutely )?(?:nothing|little|very little"
    r"|next to nothing)(?= about| of|\.|,|$)|(?:have|has|had) never (?:programmed|coded|studied"
    r"|heard of|used|worked|learned|seen|done)"
    r"|(?:like|as if) (?:i\'m|i am|they are|they\'re) (?:a |five|5)\w*"
    r"|(?:as if|like) (?:they|he|she|the \w+)(?: had| have|\'ve|\'d)? never"
    r"|(?:explain|define) (?:every|all|each|the|any) (?:basic|simple|elementary"
    r"|fundamental) (?:\w+)"
    r"|explain (?:the |all )?(?:the )?(?:basics|fundamentals)|from (?:scratch"
    r"|first principles|the ground up)"
    r"|(?:everyday|ordinary|common|non-technical|jargon-free|child-friendly"
    r"|easy) (?:language|words|terms"
    r"|vocabulary)|(?:a|any) (?:child|ten-year-old|layperson|beginner)\w*(?: of that age)?"
    r" (?:understands|can understand|can follow|could (?:understand|follow))"
    r"|new to (?:the (?:field|subject"
    r"|topic)|programming|coding|finance|cooking|law|medicine|\w+ing)\b"
    r"|who cannot \w+|(?:reader|user|audience)s? cannot (?:cook|code|program|read|swim|drive"
    r"|count)",
    audience__expert=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:{_EXPERT})"
    r"|(?:assume|presuppose|expect|take)(?: \w+){0,3} (?:familiar\w*|expertise|fluency"
    r"|proficiency|expert knowledge|deep knowledge|advanced knowledge|command|mastery"
    r"|for granted)"
    r"|(?:readers?|users?|audience|they|customers?"
    r"|students?) (?:already )?(?:knows? \w+ (?:very )?(?:well|inside out|thoroughly)"
    r"|knows? (?:the|all|its|their)"
    r" (?:basics|fundamentals|field|subject|jargon|terms|terminology|theory|material|topic)"
    r"|(?:are|is)"
    r" (?:already |well |very |deeply |thoroughly )?(?:familiar with|versed in"
    r"|experienced in|proficient in))"
    r"|holds? (?:a|an) (?:\w+ )?(?:degree|phd|doctorate|master's)|(?:a |an )?(?:\w+ )?"
    r"(?:degree|phd|doctorate|master's) in"
    r"|(?:skip|omit|leave out|without) (?:explaining |explanations? of )?(?:the |any "
    r"|all )?(?:basics|fundamentals"
    r"|basic (?:terms|concepts))|the way (?:specialists|experts|professionals|scholars|insiders)"
    r"|requires? (?:expert|advanced|prior|deep) (?:knowledge|expertise)|(?:academic"
    r"|scholarly|scientific)"
    r" (?:terminology|vocabulary|language)"
    r"|(?:level|standard|style|vocabulary|language|terms) of (?:a |an )?(?:phd|specialist"
    r"|professional|lawyer|doctor|expert in|graduate|university|academic|expert"
    r"|scientific|scholarly|doctoral|research)\b(?: \w+)?"
    r"|(?:has|have|with|having) (?:deep|strong|extensive|solid|advanced|expert|considerable"
    r"|good|years of)(?: \w+){0,2} (?:knowledge|background|experience|expertise|training"
    r"|understanding)"
    r"|graduate[- ]level|only (?:experts|specialists|professionals|insiders)(?= (?:need"
    r"|should|must|can|will))"
    r"|(?:expert|university|college|phd|doctoral|postgraduate)[- ]level",
    sophisticated=r"(?:sophisticated|advanced|complex|elevated|scholarly|erudite|difficult"
    r"|fancy|highbrow)"
    r" (?:vocabulary|words|language|terms|diction)",
    ages__children=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:kids|children|toddlers|preschool\w*|pupils"
    r"|schoolchild\w*|(?:\w+|\d+)[- ]years?[- ]olds?|children's)|(?:\w+|\d+) years old",
    ages__teens=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:teen\w*|adolescents|youngsters)",
    ages__seniors=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:seniors?(?: citizens)?|pensioners?"
    rf"|retirees|elderly \w+"
    r"|older (?:people|adults))|as (?:senior citizens|pensioners|elderly)",
    adults=rf"{_READER}{_SKIPPED}(?:adults?|parents|grown-?ups|mature (?:readers|audiences?))",
    native=r"native speakers",
    learners=r"(?:language )?learners|non-native"
    r"|people (?:who are )?learning (?:the language|english)",
    internal=rf"{_READER}{_SKIPPED}(?:\w+ )?(?:staff|employees|colleagues|team members"
    rf"|insiders)|internal use",
    public=rf"{_READER}{_SKIPPED}(?:general public|the public|outsiders|external \w+|customers)",
    technical=r"technical (?:details?|depth|explanations?|specifics)",
    nontechnical=r"non-?technical(?:ly)?(?: terms| language| words)?",
    jargon=r"(?:technical |specialist |industry |legal |medical |scientific |professional "
        r"|precise )*(?:jargon|terminology|technical (?:terms|language|vocabulary)"
    r"|specialist (?:terms|language|vocabulary)|terms of art|buzzwords)",
)  # fmt: skip
