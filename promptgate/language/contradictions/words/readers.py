"""The words for whom an answer is written, as data: beginners, experts, children, staff.

People stand here by what tells one audience from another: how much they know, how old they are, on
which side of the counter they stand. How they are found in a clause is in `audiences`.
To teach the rules a new word, add it to its line.
"""

from __future__ import annotations

from promptgate.language.contradictions.words.patterns import made_of
from promptgate.language.stems import stem, word_list

# By what they are: 'audience' (how much they know), 'side' (of the counter), 'tongue', 'age'.
PEOPLE = {
    "audience:novice": """beginner layperson novice newcomer amateur non-expert nonexpert novices
        non-specialist nonspecialist uninitiated starter first-timer trainee apprentice intern
        rookie hobbyist patient consumer everyman non-technical non-lawyer non-engineer
        non-programmer non-scientist non-doctor non-developer freshman greenhorn newbie dabbler
        beginners' tourist public outsider layman lay_reader lay_audience lay_public lay_person
        general_reader general_audience general_readership ordinary_person everyday_person
        average_person average_reader average_user complete_starter first-time_user
        first-time_buyer first-time_visitor first-time_flyer first-time_investor first-time_parent
        new_user new_reader new_programmer new_developer new_employee new_starter new_hire
        new_player new_cook new_driver new_learner casual_reader casual_user
        mass_audience""",
    "audience:expert": """expert specialist physician doctor surgeon nurse clinician pharmacist
        cardiologist radiologist psychologist psychiatrist dentist veterinarian midwife paramedic
        lawyer attorney solicitor barrister judge litigator notary paralegal engineer scientist
        academic researcher phd postgraduate postdoc professional insider scholar practitioner
        developer programmer coder connoisseur professor veteran master consultant architect chef
        trader physicist mathematician chemist biologist economist statistician philosopher
        accountant auditor actuary historian linguist graduate initiated pro sysadmin
        administrator electrician plumber mechanic pilot banker broker analyst geologist
        astronomer botanist oncologist neurologist therapist epidemiologist virologist
        immunologist luthier sommelier technician machinist machine_learning_engineer
        data_scientist power_user power_users frequent_flyer frequent_flier old_hand
        subject-matter_expert technical_audience specialist_audience professional_audience
        expert_audience academic_audience technical_reader expert_reader
        specialist_reader professional_reader
        professional_chef medical_professional legal_professional healthcare_professional
        finance_professional it_professional security_professional industry_professional
        medical_staff executive pharmacologist regulator
        technologist""",
    "age:child": """child kid toddler preschooler pupil schoolchild youngster infant first-grader
        second-grader third-grader fourth-grader fifth-grader kindergartner kindergartener
        schoolchildren preschoolers little_one boy girl elementary_student primary_student
        primary_school_student
        elementary_school_student schoolboy schoolgirl grade-schooler young_reader""",
    "age:teen": """teenager teen adolescent high-schooler secondary_school_student
        high_school_student highschooler middle_school_student middle-schooler teenage_reader
        sixth-grader seventh-grader eighth-grader ninth-grader tween""",
    "age:adult": """adult grown-up parent grandparent mother father retiree pensioner senior
        senior_citizen elderly older_person older_adult mature_audience mature_reader
        university_student college_student undergraduate pension landlord homeowner investor""",
    "side:inside": """employee staff colleague coworker co-worker team_member insider manager
        staff_member internal_staff internal_team our_team sales_team support_team
        in-house_team internal_reader internal_audience internal_user board_member agent""",
    "side:outside": """customer client buyer shopper guest subscriber outsider general_public public
        consumer external_reader external_audience external_partner prospect""",
    "role": """tenant buyer seller lender borrower employer applicant candidate donor voter citizen
        resident driver passenger vegan vegetarian carnivore farmer teacher student plaintiff
        defendant renter host insurer policyholder athlete coach veterinarian owner freelancer
        soldier refugee member friend partner supplier contractor producer distributor retailer
        crew volunteer gardener cook reporter journalist sibling spouse""",
    "tongue:native": "native_speaker native_english_speaker native_reader",
    "tongue:learner": """language_learner non-native_speaker english_learner
        non-native_reader nonnative_speaker foreign_learner esl_student esl_learner""",
}
# What an adjective in front of a person, or a clause behind it, tells.
EXPERIENCED = """experienced senior seasoned expert advanced veteran skilled trained licensed
    certified professional qualified practising practicing fellow accomplished fluent knowledgeable
    well-versed specialised specialized sophisticated"""
INEXPERIENCED = """new beginning novice aspiring inexperienced untrained first-time non-technical
    nontechnical unskilled lay budding absolute complete total non-specialist uninitiated amateur
    ordinary average everyday non-expert"""
# People who stand on two sides: nobody is both to whom an answer is addressed.
OPPOSITE_ROLES = frozenset(
    frozenset(stem(word) for word in pair.split("/"))
    for pair in word_list(
        """landlord/tenant buyer/seller lender/borrower employer/employee teacher/student
        doctor/patient parent/child plaintiff/defendant vegan/carnivore host/guest
        teacher/pupil teacher/parent driver/passenger owner/tenant manager/employee
        wholesaler/consumer supplier/customer staff/customer employee/customer"""
    )
)
# Steps of a ladder of schooling, in years of it: a text for one is not for another above or below.
LADDER = {
    "age:child": (0, 7), "age:teen": (7, 12), "age:adult": (13, 22), "audience:expert": (14, 22),
}  # fmt: skip
LEVELS = {
    "kindergarten": (0, 0), "preschool": (0, 0), "nursery": (0, 0), "first-grade": (1, 1),
    "second-grade": (2, 2), "third-grade": (3, 3), "fourth-grade": (4, 4), "fifth-grade": (5, 5),
    "sixth-grade": (6, 6), "seventh-grade": (7, 7), "eighth-grade": (8, 8), "ninth-grade": (9, 9),
    "tenth-grade": (10, 10), "eleventh-grade": (11, 11), "twelfth-grade": (12, 12),
    "elementary": (1, 5), "elementary school": (1, 5), "primary school": (1, 6),
    "primary-school": (1, 6), "elementary-school": (1, 5), "grade school": (1, 6),
    "grade-school": (1, 6), "middle school": (6, 8), "middle-school": (6, 8), "child's": (0, 7),
    "high school": (9, 12), "high-school": (9, 12), "secondary school": (7, 12),
    "secondary-school": (7, 12), "college": (13, 16), "university": (13, 17),
    "undergraduate": (13, 16), "graduate": (17, 20), "graduate school": (17, 20),
    "graduate-school": (17, 20), "postgraduate": (17, 20), "master's": (17, 18), "phd": (20, 22),
    "doctoral": (20, 22), "doctorate": (20, 22), "professor": (20, 22), "professional": (16, 22),
    "expert": (16, 22), "specialist": (16, 22), "academic": (13, 22), "scholarly": (16, 22),
    "beginner": (0, 10), "beginner's": (0, 10), "layperson": (0, 12), "teenager": (7, 12),
}  # fmt: skip
# Whoever they are: no audience of their own.
ANYBODY = """reader user person people someone anyone everyone everybody audience listener viewer
    human visitor caller player recipient them him her it him-or-her you me us all everyone
    whoever other others asker member"""


STAGES = {"stage:child": (0, 7), "stage:teen": (7, 12), "stage:adult": (13, 22)}


def _index() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return for the stem that a phrase begins with its stems and what it names, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, words in PEOPLE.items():
        for phrase in word_list(words):
            stems = tuple(stem(word) for word in phrase.split("_"))
            found.setdefault(stems[0], []).append((stems, name))
    return {
        first: tuple(sorted(set(phrases), key=lambda one: (-len(one[0]), one)))
        for first, phrases in found.items()
    }


PEOPLE_BY_STEM = _index()


def steps_of(name: str) -> tuple[int, int]:
    """Return the years of schooling, first and last, that a name such as 'ladder:0-7' tells."""
    if name in STAGES:
        return STAGES[name]
    low, high = name.partition(":")[2].split("-")
    return int(low), int(high)


_KNOW = r"(?:knowledge|background|expertise|experience|training|education|familiarity|skills?)"
_WHO = r"(?:readers?|users?|audience|they|customers?|students?|listeners?|players?|people|who|that)"
_TERMS = (
    r"(?:basics?|fundamentals|foundations|(?:basic|simple|elementary|fundamental|introductory)"
    r" (?:\w+)|acronyms?|abbreviations?|(?:technical|medical|legal|special|unfamiliar|difficult"
    r"|specialist) (?:terms?|words?|concepts?)|jargon|terminology|essentials|terms?)"
)
_ALL = r"(?:(?:the|all|every|each|any|of|most|even|very|our|your|explanations? of) )*"
_TEACH = r"(?:explain|define|spell out|gloss|clarify|cover|go over|start with|begin with|teach)"

AUDIENCES = made_of(
    "audience",
    audience__novice=rf"(?:assume|presuppose|expect|require|presume)s? (?:no|little|zero|nothing"
    rf"|hardly any)(?: \w+){{0,2}}? {_KNOW}"
    r"|(?:assume|presuppose|expect|require|presume)s? nothing"
    r"|(?:simple|easy|basic|everyday|ordinary|common|plain|non-technical|jargon-free"
    r"|child-friendly|layman's|lay|simplest|easiest) (?:language|words?|terms|english|vocabulary)"
    rf"|eli5|{_WHO} (?:is|are) (?:brand |completely |entirely |all )?new\b(?! in)"
    rf"|(?:has|have|with|having|without|had) (?:no|little|zero|limited|any|hardly any|almost no)"
    rf"(?: \w+){{0,2}}? {_KNOW}"
    rf"|without (?:any |a )?(?:\w+ ){{0,2}}?{_KNOW}"
    r"|(?:have|has|'ve) (?:only |just |only just )+(?:started|begun)|who never \w+ed"
    r"|(?:knows?|understands?) (?:absolutely )?(?:nothing|little|very little"
    r"|next to nothing|hardly anything)(?= about (?!the\b|our\b|this\b)| of|\.|,|$)"
    r"|(?:have|has|had|'ve|'d) never (?:\w+ )?(?:programmed|coded|studied|heard|used(?! our)"
    r"|worked|learned"
    r"|seen|done|cooked|flown|played|invested|tried|owned|read|driven|traded|opened|touched|had"
    r"|been|written|bought|taken|encountered|held)\b(?! (?:this|our)\b)"
    r"|(?:like|as if) (?:i'm|i am|they are|they're) (?:a |five|5)\w*"
    r"|from (?:scratch|first principles|the ground up|zero)"
    r"|new to (?:the (?:field|subject|topic|game|area)|programming|coding|finance|cooking|law"
    r"|medicine|it|all this|investing|computers|technology|\w+ing)\b"
    r"|brand new to|(?:none of them|nobody|no reader|no user) (?:has"
    r"|have) ever \w+\b(?! (?:this|our)\b)"
    r"|for the (?:very )?first time|who cannot \w+"
    r"|(?:reader|user|audience)s? cannot (?:cook|code|program|read|swim|drive|count)",
    audience__expert=r"(?:assume|presuppose|expect|take|presume)s?(?: \w+){0,3}? (?:familiarity"
    r"|familiar|expertise|fluency|proficiency|expert knowledge|deep knowledge|advanced knowledge"
    r"|solid knowledge|command|mastery|for granted(?! that\b))"
    rf"|(?:assume|presuppose|expect|require|presume)s? (?!no\b|little|zero|hardly)(?:\w+ ){{0,3}}?"
    rf"(?:knowledge|expertise)"
    rf"|{_WHO} (?:already )?(?:knows? \w+ (?:very )?(?:well|inside out|thoroughly|by heart)"
    r"|(?:already )?knows? (?:the|all|its|their|every) (?:basics|fundamentals|field|subject|jargon"
    r"|terms|terminology|theory|material|topic|ropes|trade)"
    r"|knows? (?:calculus|algebra|statistics|programming|python|anatomy|physics|chemistry|law"
    r"|accounting|economics|medicine|linear algebra|sql|java|javascript|machine learning)"
    r"|(?:are|is) (?:already |well |very |deeply |thoroughly |fully )?(?:familiar with|versed in"
    r"|experienced|proficient|skilled|trained))"
    r"|(?:have|has|'ve) (?:(?:used|played|known|run) (?:the|our|this|it|its|such|these|them)\b"
    r"|worked|practi[sc]ed|programmed|coded|cooked|studied|invested|flown|traded|been \w+ing)"
    r"(?: \w+){0,4}? for (?:many )?(?:years|decades)"
    r"|years of experience|decades of experience"
    r"|holds? (?:a|an) (?:\w+ )?(?:degree|phd|doctorate|master's)"
    r"|(?:a |an )?(?:\w+ )?(?:degree|phd|doctorate|master's) in"
    r"|the way (?:specialists|experts|professionals|scholars|insiders)"
    r"|requires? (?:expert|advanced|prior|deep) (?:knowledge|expertise)"
    r"|(?:academic|scholarly|scientific) (?:terminology|vocabulary|language)"
    r"|(?:has|have|with|having) (?:deep|strong|extensive|solid|advanced|expert|considerable"
    rf"|good|years of|in-depth|thorough)(?: \w+){{0,2}}? {_KNOW}"
    r"|only (?:experts|specialists|professionals|insiders)(?= (?:need|should|must|can|will))",
    stage__child=r"(?:in|at|from) (?:primary|elementary|grade) school|in kindergarten|in preschool",
    stage__teen=r"(?:still )?(?:in|at) (?:high|secondary|middle) school",
    stage__adult=r"(?:is|are|be) (?:all |already |long )?retired|of retirement age|in retirement"
    r"|(?:in|at) (?:university|college)|pensioners?",
    known__yes=r"(?:existing|regular|returning|loyal|long-time|long-standing|repeat|current)"
    r" (?:customers?|users?|clients?|members?|subscribers?|guests?|buyers?)",
    known__no=r"(?:new|first-time|potential|prospective) (?:customers?|clients?|members?"
    r"|subscribers?"
    r"|guests?|buyers?)|never (?:\w+ )?(?:bought|ordered|booked|shopped|used us|been here)",
    basics__explained=rf"(?:{_TEACH}|include|introduce|repeat) {_ALL}{_TERMS}"
    r"|explanations? of (?:the )?basics|define everything|explain everything from the start",
    basics__skipped=rf"(?:skip|omit|leave out|drop) (?:the |all "
    rf"|any )*explanations? of {_ALL}{_TERMS}"
    rf"|without (?:explaining|defining) (?:them|it|{_ALL}{_TERMS})"
    rf"|(?:skip|omit|leave out|pass over|jump past|without explaining|without"
    rf"|no need to explain|no) (?:the )?(?:explanations? of )?{_ALL}(?:basics|fundamentals"
    r"|foundations|basic (?:\w+)|beginner \w+|introductory \w+)(?: explained)?"
    rf"|(?:not|never|n't) (?:need to |bother to |have to )?{_TEACH} {_ALL}{_TERMS}",
    tongue__native=r"native (?:\w+ )?speakers",
    tongue__learner=r"(?:language )?learners of \w+|non-native|(?:who|that) (?:are"
    r"|is) (?:still |just"
    r" |only )*learning (?:the language|english|french|german|spanish|italian|japanese|\w+ish"
    r"|chinese)",
    sophisticated=r"(?:sophisticated|advanced|complex|elevated|scholarly|erudite|difficult"
    r"|fancy|highbrow|arcane|obscure|rare|learned|academic|long) (?:vocabulary|words|language"
    r"|terms|diction)",
    technical=r"technical (?:details?|depth|explanations?|specifics)",
    nontechnical=r"non-?technical(?:ly)?(?: terms| language| words)?",
    jargon=r"(?:technical |specialist |industry |legal |medical |scientific |professional "
    r"|precise |full |insider )*(?:jargon|terminology|technical (?:terms|language|vocabulary|words)"
    r"|specialist (?:terms|language|vocabulary)|terms of art|buzzwords|(?:medical|legal|scientific"
    r"|insider|trade|industry) (?:terms|language|vocabulary)|legalese|medicalese)",
)
