"""Families of words that two writers use for one thing, as data, and the way to a word's family.

Wider than the synonyms of lexicon.py: words of a family may differ in meaning ('price', 'fee'),
but where one statement has one and another the other, both speak of the same matter. Used to
find which statements belong together, never to tell that they say the same.
"""

from __future__ import annotations

from functools import lru_cache

from promptgate.language.facts.lexicon import canonical
from promptgate.language.stems import stem

_FAMILIES = """
price cost charge fee pay paid payment fare sell sold expense priced bill payable
open opening start begin began begun launch commence kick-off opens starting onset
close closing end finish shut until conclude expire expiry terminate ending deadline ended
include contain comprise feature equip equipped supply supplied bundle
allow permit may permitted permission welcome accept accepted
require need must necessary mandatory compulsory obligatory requirement
apply application applicant submit submission
ship shipping deliver delivery dispatch send sent shipment post parcel package
return returned send-back bring-back
refund reimburse money-back reimbursement cashback
cancel cancellation cancelled
book booking reserve reservation reserved booked
buy purchase order bought ordered
guarantee warranty covered cover coverage warranted
found founded establish established set-up foundation founder
build built construct construction erect erected
write wrote written author writer novelist
direct director directed
film movie
register registration sign-up
bring brought
lead leader head chief boss ceo executive chair chairman president run chairwoman
earn salary wage income pay paid remuneration
teach teacher instructor tutor taught lecturer trainer
call phone telephone hotline ring contact reach line helpline
mail email e-mail
weigh weight heavy mass
height high tall
width wide
length long
depth deep
speed fast quick rate
size big large dimension area cover surface
capacity hold holds seat seats seated fit fits accommodate
live inhabitant resident population home people inhabited
locate located lie lies situated location stand stands based base site find
last duration lasts lasted
leave depart departure leaves departs
arrive arrival land lands
visit visitor guest attend attendance attendee
member membership subscription subscribe subscriber plan account
store shop branch outlet
employee staff worker workforce employ employs job position post
kid child children junior young
senior pensioner elderly retired retiree
student pupil learner
doctor physician medic
medicine drug tablet pill capsule dose medication dosage
eat food meal dish eating diet
drink beverage
car vehicle automobile
flat apartment
house home property
hotel lodge inn
room bedroom double single suite
train rail railway
plane flight fly flies airline aircraft
bike bicycle cycle cycling
test exam examination
course class lesson workshop seminar session training
teacher tutor
win won winner victory title beat defeat defeated
lose lost loser
grow growth rise rose increase increased climb
fall fell drop dropped decrease decline declined shrink
revenue turnover sales sale income
profit earnings
invest investment investor
discount reduction off saving rebate
battery charge charging power
screen display monitor
memory ram
support service customer-service helpdesk
repair fix mend
clean cleaning wash washing
heat heated heating warm preheat preheated
cook bake boil simmer roast cooked fry
keep store stored storage kept
expire expiry use-by best-before valid validity
pick collect collection pickup picked collected
parking park car-park
entry admission entrance admit enter ticket tickets
fast quick rapid
release released launch launched publish published came appear appeared issue issued
sign signed signature
born birth birthday
die died death kill killed dead
marry married marriage wife husband spouse
meet meeting
invite invited invitation
approve approval approved
install installation installed
update upgrade updated
download downloaded
password passcode
user account login
address street
colour color coloured shade
material made make
age aged old older
max maximum most limit cap capped up
min minimum least
rain rainfall precipitation rainy
temperature degrees warm
distance far away
vote voter turnout voted election
attempt try retake retaken
expect forecast guidance predict expected
hire rent rental lease hired rented
late overdue delay delayed penalty
insurance insured insure
pet dog animal
wifi wi-fi internet wireless
luggage bag baggage suitcase
gym fitness
pool swim swimming
dinner supper
holiday vacation
garbage rubbish waste trash refuse
lift elevator
floor storey story level
licence license
study studied degree university
exchange swap exchanged
renew renewal renewed
team squad side
remain remaining left balance rest leftover
suit suitable fit
goal goals score scored
country countries nation
city town
"""
_FAMILY: dict[str, str] = {}
for _row in _FAMILIES.strip().splitlines():
    _words = [canonical(word) for word in _row.split()]
    for _word in _words:
        _FAMILY.setdefault(_word, _words[0])
_SUFFIXES = (
    ("ication", "y"), ("ification", "ify"), ("isation", "is"), ("ation", ""), ("ition", ""),
    ("ion", ""), ("ment", ""), ("ance", ""), ("ence", ""), ("er", ""), ("or", ""), ("al", ""),
    ("ity", ""), ("nes", ""), ("ness", ""), ("abl", ""), ("ibl", ""), ("ist", ""), ("ly", ""),
)  # fmt: skip
_SHORTEST = 4


@lru_cache(maxsize=8192)
def family(word: str) -> str:
    """Return what stands for a stem and all that speak of the same matter.

    Args:
        word: A stem as canonical() gives it, or a key of a value, which is its own family.
    """
    if word in _FAMILY:
        return _FAMILY[word]
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            root = canonical(stem(word[: -len(suffix)] + instead))
            return _FAMILY.get(root, root)
    return word


def family_set(text: str) -> frozenset[str]:
    """Return the families of a list of words that is written as text."""
    return frozenset(family(canonical(word)) for word in text.split())
