"""Tell a clause that instructs from one that describes: 'List the steps' from 'a list of steps'.

Prompts tell of products, tools and users between their instructions, in the same words. What
only describes asks for nothing, so nothing can contradict it. Decided by the form of the clause:
an imperative, a modal verb, a rule said of the answer, or a fragment that is too short for more.
"""

from __future__ import annotations

import re

from promptgate.language.stems import WORD, stem, word_set

_IMPERATIVES = word_set(
    """abbreviate accept access account acknowledge act adapt add address adhere adjust admit
        adopt advise
    advocate affirm agree aim align allow alphabetise alphabetize alternate always analyse analyze
    annotate announce answer anticipate apologise apologize append apply appear argue arrange ask
    assess assign assist assume attach attempt attribute avoid back balance ban base be become
    begin believe blame bold book boost bracket brainstorm break bring browse build bury calculate
    call cancel capitalise capitalize cap capture categorise categorize cater challenge change
    charge chat check choose cite claim clarify classify close coach code collect combine come
    comfort comment communicate compare compile complain complement complete compliment comply
    compose compress compute conceal conclude condense confess confine confirm congratulate consider
    consult contact contain continue contradict convert convey convince copy correct count cover
    craft create credit criticise criticize critique curate cut deal debate decide declare decline
    defend defer define delay delete deliver demand demonstrate deny describe design detail
    determine develop diagnose differentiate direct disagree disclose discourage discuss dismiss
    display disregard distinguish divide divulge do don't double draft draw drop echo edit
    elaborate elicit embed embrace emphasise emphasize employ emulate enclose encourage end
    endorse engage enquire ensure entertain enumerate escalate establish estimate evaluate
        exaggerate
    examine exceed exclude execute expand expect explain explore expose express extend extract
    feel favor favour fetch figure fill finalise find finish fit fix flag flatter focus follow
        forbid
    force forget format forward frame fulfil fulfill gather generate give go grade grant
    greet ground group guarantee guess guide handle hand have hedge help hide highlight hold honor
    honour humor identify ignore illustrate imagine imitate implement imply improve include
    incorporate increase indent indicate infer inform insert insist inspect insult integrate
    interpret interrupt introduce invent invite invoke issue italicise italicize join joke judge
    justify keep label lead leave lecture let lie limit link list listen lowercase maintain make
    map mark match mention mimic minimise minimize mirror mix mock model moralise name narrate
    navigate neglect never note notify number obey offer omit open order organise organize outline
    output paraphrase parse pass pause pepper perform permit personalise personalize persuade pick
    pitch place plan play point portray pose post postpone praise preface prefer prefix prepare
    present preserve pretend prevent print prioritise prioritize probe proceed process produce
    promise promote prompt pronounce propose protect prove provide publish pull punctuate push put
    question quote raise rank rate reach react read reassure recap recite recommend record redact
    redirect reduce refer reference reflect refrain refuse reiterate reject relate release rely
    remain remember remind remove render repeat rephrase replace reply report represent request
    require resist resolve respect respond restate restrict resume retain retrieve return reveal
    review revise rewrite role-play roleplay round route run sacrifice save say schedule scold
    score search seek segment select sell send separate set shape share shift shorten shout show
    shy sign simplify sit sketch skip slow solicit solve sort sound speak specify speculate spell
    spend split sprinkle standardise start state stay steer step stick stop store stress structure
    strip strive stress style substantiate suggest suit summarise summarize supplement supply
        support suppose
    suppress switch synthesise synthesize tabulate tackle tailor take talk target teach tease tell
    test thank think trade transcribe transfer translate transmit treat trim truncate trust try
    turn tutor understand underline undertake update uphold urge use utilise utilize validate value
    refund reimburse track paste reset time obey joke swear gossip flirt rhyme sing sell upsell
    pay bill
    lend deploy upgrade downgrade unlock lock compensate dial ring vary verify view visit voice
    wait walk warn weave weigh welcome withhold word work wrap write"""
)
IMPERATIVE_STEMS = frozenset(stem(word) for word in _IMPERATIVES)
"""The verbs that prompts command with, as stems."""

_LED_BY = word_set(
    """please and but or also then so now first second third next finally lastly furthermore
    additionally moreover instead otherwise still however therefore only just simply always never
    do don't not at all times under no circumstances by default make sure be sure ensure remember
    important note rule that to it is try kindly must should may can cannot can't will in general
    strictly yet rather either neither both even ever for every each again throughout"""
)
_ANYWHERE = re.compile(
    r"""\b(?: you|we|it|they|claude|gpt|chatgpt|assistant|the\ model|the\ bot|chatbot|agent )'?\w*
          (?:\ \w+ly)?\ (?:\w+\ )?(?:must|should|may|can|cannot|can't|shall|will|won't|need|have
          |are|never|always|only|do|don't|does|answers?|repl(?:y|ies)|responds?|speaks?|writes?|uses?
          |call|calls|gives?|lists?|keeps?|greets?)\b
      | \byou(?:'re|r)?\b
      | \b(?:must|should|shall|mustn't|shouldn't|has\ to|have\ to|needs?\ to|ought\ to|never|always
          |cannot|can't|no|not|avoid|only|without|exclusively|solely|let's)\b
      | \b(?:may|can)\ be\b
      | \b(?:is|are|be)\ (?:to\ be|strictly|absolutely|not|never|always|allowed|permitted|forbidden
          |prohibited|banned|required|mandatory|welcome|encouraged|discouraged|expected|essential
          |preferred|acceptable|unacceptable|fine|ok|okay|key|vital|crucial|desired|wanted|unwanted
          |optional|compulsory|obligatory|appreciated|reserved|taboo|a\ must)\b
      | \b(?:queue|order\ of\ arrival|in\ the\ order|ahead\ of|(?:to|at)\ the\ (?:top|front)
          |ranks?\ (?:above|below|highest|lowest|first|higher)|limited\ to)\b
      | ^\W*forced\ to\b
      | \bgoals?\b | \bpriorit | \bmatters?\b | \bcomes?\ (?:first|before|last)\b
      | \b(?:outweighs?|outranks?|trumps?|beats?|overrides?)\b
      | \b(?:wins?|prevails?|precedence)\b""",
    re.VERBOSE,
)
# What is said of these is said of the answer: 'Replies are in German', 'The tone is warm'.
_OF_ANSWER = word_set(
    """answer answers reply replies response responses output outputs message messages text texts
    summary summaries title titles email emails e-mails letter letters post posts article articles
    report reports story stories essay essays explanation explanations sentence sentences paragraph
    paragraphs list lists tone style mood atmosphere voice register language format length
    persona character role name audience reader readers listeners viewers wording spelling dates
    date times time numbers
    amounts prices units headings headers heading bullets steps items emoji emojis code comments
    tables table quotes quotations citations examples questions conversation conversations
    greeting greetings introduction conclusion brevity conciseness politeness formality humour humor
    empathy accuracy speed clarity completeness detail jargon slang sarcasm irony contractions
    description descriptions caption captions headline headlines slide slides quiz quizzes offer
    offers guide guides book books chapter chapters poem poems speech advice results options
    instructions rules feedback content writing prose everything nothing all subject line lines plan
    plans thing draft drafts abstract caption teaser documentation docstrings readme commit"""
)
_FINITE = re.compile(
    r"\b(?:is|are|has|have|contains?|consists?|comes?|goes|go|starts?|begins?|ends?|stays?|remains?"
    r"|uses?|takes?|runs?|follows?|needs?|looks?|sounds?|reads?|fits?|includes?|gets?|opens?"
    r"|closes?|lists?|shows?|counts?|spans?|lasts?|work|works|appears?|belongs?|stands?)\b"
)
_TAKES_OBJECT = re.compile(
    r" (?:the|a|an|your|every|each|all|any|it|them|him|her|their|its|our|this|these|no|me|us|yes)\b"
)
_NO_VERB = re.compile(r"(?:s|ing|ed|ly|ion|ment|ness|ity|er|al|ive|ous|ful|ic)$")
_NOT_FIRST = word_set(
    """the a an this that these those it he she they there here some many most any all each every in
    on at of with from by for as if when while our their his her its my i who what which how why
    where about between after before during within like such more less very one two three four
    five new good great example"""
)
_CODE = re.compile(r"-->|->|=|\w_\w|::")  # 'end_date: string' is no instruction
_LEADING = re.compile(
    r"^\W*(?:before|after|at|in|on|inside|within|during|between|for|with|from|until|to)\b [^,;]*,"
)
_FRAGMENT = 6
_TOO_LONG = 60  # words: a text that was not parted, such as JSON or a log


_IN_PART = re.compile(
    r"^\W*(?:whatever|whichever|no matter|regardless of|even if)\b[^,]{1,60},"
    r"|^\W*(?:in|on|at|after|before) (?:each|every|all|the|your|a"
    r"|an)\b[^,]{1,40},"
)


def directs(clause: str) -> bool:
    """Tell whether a clause asks, allows or forbids something.

    Args:
        clause: One clause, folded, without what it quotes.
    """
    clause = _IN_PART.sub("", clause)
    words = [match.group() for match in WORD.finditer(clause)]
    title = len(words) < _FRAGMENT / 2 and clause.rstrip(" *_\n").endswith(":")
    if not words or title or len(words) > _TOO_LONG:
        return False
    if len(words) <= _FRAGMENT:
        return _CODE.search(clause) is None
    if _ANYWHERE.search(clause):
        return True
    led = _LEADING.match(clause)
    for match in WORD.finditer(clause, led.end() if led is not None else 0):
        word = match.group()
        if word in _IMPERATIVES or _asks_unknown(word, clause[match.end() :]):
            return True
        if word in _LED_BY or (word.endswith("ly") and word not in _NOT_FIRST):
            continue
        break
    return bool(set(words[:4]) & _OF_ANSWER) and _FINITE.search(clause) is not None


def _asks_unknown(word: str, rest: str) -> bool:
    """Tell an imperative that is in no list: 'dramatise every problem'."""
    return (
        word not in _NOT_FIRST
        and word not in _LED_BY
        and _NO_VERB.search(word) is None
        and _TAKES_OBJECT.match(rest) is not None
    )
