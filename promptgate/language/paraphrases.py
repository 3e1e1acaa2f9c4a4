"""Say in one way what prompts say in many: who may, what is unwanted, where a thing goes.

'Cancelling orders is reserved for staff', 'only staff may cancel orders' and 'cancelling orders
is off the table' forbid the same. A clause is put into the plain form before it is read, so that
what follows knows few forms. Each rule holds for any noun or verb in its place.
"""

from __future__ import annotations

import re

from promptgate.language.traces import Trace

_NOBODY = r"(?!you\b|the assistant\b|this assistant\b|one\b|if\b|when\b|the following\b)"
_SPACE = re.compile(r"(?<!\\)\s+")


def _trace(pattern: str) -> Trace:
    """Return what a clause that a verbose pattern fits must have."""
    return Trace(_SPACE.sub("", pattern).replace("\\ ", " "))


_RULES: tuple[tuple[re.Pattern[str], Trace, str], ...] = tuple(
    (re.compile(pattern, re.VERBOSE), _trace(pattern), plain)
    for pattern, plain in (
        # Permission
        (
            r"""\b(?:you\ )?(?:also\ )?(?:have|are\ given|are\ granted)\ (?:the\ |full\ |a\
            |your\ )*
            (?:authority|right|permission|power|freedom|discretion|clearance|mandate)\ to\b""",
            "you may",
        ),
        (
            r"""\b(?:you\ )?(?:are|is)\ (?:fully\ |also\ )?(?:authori[sz]ed|entitled
            |empowered|cleared
            |at\ liberty|licensed)\ to\b""",
            "you may",
        ),
        (
            r"""^(?P<lead>\W*)(?:nobody|no\ one|no-one)(?:,\ [\w' ]+\ included,|\ outside\ [\w' ]+?
            |\ in\ [\w' ]+?)?\ (?:may|can|should|must|will|is\ (?:allowed|permitted)\ to
            |gets\ to)(?:\ ever)?\ """,
            r"\g<lead>never ",
        ),
        (
            r"""^(?P<lead>\W*)(?P<what>[\w' -]+?)\ (?:is|are)\ (?:a\ |an\ )?(?:subject|topic
            |matter|area
            |thing|something|subjects|topics|matters|things)\ (?:that\ |which\ )?you\ (?:never|don't
            |do\ not|must\ not|must\ never|may\ not|cannot|can't|should\ not|avoid)\ [\w' ]+""",
            r"\g<lead>never discuss \g<what>",
        ),
        (
            r"""^(?P<lead>\W*)it\ is\ (?:not|never)\ (?:up\ to\ you|for\ you|your\ (?:job|business
            |task
            |place|role|responsibility))\ to\b""",
            r"\g<lead>never",
        ),
        (
            r"""^(?P<lead>\W*)(?!it\ )(?P<what>[\w' -]+?)\ (?:is
            |are)\ (?:not\ something\ (?:that\ )?you\ [\w' ]+
            |none\ of\ your\ business|not\ your\ (?:job|business|concern|task|department)
            |not\ (?:up\ )?for\ (?:discussion|debate)|(?:outside|beyond|out\ of|not\ within
            |not\ in|not\ part\ of)\ (?:your|its|the|our)?\ ?(?:own\ )?(?:remit|scope|role|job
            |mandate
            |responsibility|competence|brief|duties|field|area|reach|service|limits)
            |disabled|switched\ off|turned\ off|blocked)\b""",
            r"\g<lead>never discuss \g<what>",
        ),
        (
            r"""\b(?:say|reveal|tell|disclose|mention|write|share|give\ away)(?P<whom>\ users?
            |\ them
            |\ customers?|\ anyone)?\ nothing\ (?:about|of|on|regarding)\ """,
            r"never discuss ",
        ),
        (
            r"""\b(?:keep|stay|remain)\ (?:quiet|silent|mum)\ (?:about|on|regarding)\ """,
            r"never discuss ",
        ),
        (
            r"""\b(?:say|speak|waste|lose)\ (?:no|not\ a)\ (?:single\ )?words?\ (?:about|on
            |of)\ """,
            r"never discuss ",
        ),
        # What only others do
        (
            rf"""^(?P<lead>\W*)only\ {_NOBODY}(?:an?\ |the\ |our\ |your\ )?(?:[\w-]+\ ){{1,4}}?
            (?:may|can|should|must|(?:is|are)\ (?:allowed|permitted)\ to)\ """,
            r"\g<lead>never ",
        ),
        (
            r"""\b(?P<be>is|are)\ (?:strictly\ |only\ |always\ )?(?:reserved\ for|left\ to|up\ to
            |(?:the\ )?(?:job|business|task|responsibility)\ of
            |a\ matter\ for)\ (?!you\b)[^,;.]*""",
            r"\g<be> forbidden",
        ),
        (
            (
                r"\bleave\ (?P<what>[\w' -]+?)\ to\ (?:a\ |the\ |our\ |human\ )*(?:human"
                r"|humans|staff"
                r"|colleagues?|agents?|managers?|experts?|professionals?)\b"
            ),
            r"never do \g<what>",
        ),
        (
            r"""\bno\ (?P<what>topic|subject|question)\ is\ (?:off[- ]limits|forbidden|taboo
            |excluded
            |off\ the\ table|out\ of\ bounds)\b""",
            r"discuss any \g<what>",
        ),
        (
            r"""\b(?:everything|anything|whatever)\ the\ (?P<who>user|customer|client)
            \ (?:asks\ for|asks|wants|requests)\ (?:must|should|has\ to|is\ to)\ be\ (?:carried\ out
            |done|fulfilled|granted|answered|obeyed)\b""",
            r"always help with everything the \g<who> asks",
        ),
        (
            r"""\b(?:limit|restrict|cap|reduce)\ (?:the|your)\ (?P<what>[\w' -]+?)\ to
            \ (?P<count>\w+)(?=\W*$)""",
            r"limit yourself to \g<count> \g<what>",
        ),
        (
            r"""^(?P<lead>\W*)(?P<what>[\w' ,-]+?\ (?:answers|replies|responses|sentences)),?
            \ only\b""",
            r"\g<lead>write only \g<what>",
        ),
        (
            (
                r"^(?P<lead>\W*\w+\ )(?P<what>[\w-]+s),\ (?P<count>(?:at\ least|at\ most"
                r"|no\ more\ than"
                r"|exactly|up\ to)\ \w+)(?=\W*$)"
            ),
            r"\g<lead>\g<count> \g<what>",
        ),
        (
            (
                r"\b(?:keep|leave)\ (?P<what>[\w' -]+?)\ in\ (?:english"
                r"|the\ original(?:\ language)?|latin)\b"
            ),
            r"never translate \g<what>",
        ),
        (r"\bmak(?P<how>e|ing)\ up\b", "invent"),
        (r"\bsay(?:ing)?\ sorry\b", "apologise"),
        (r"\b(?:minimi[sz]e|reduce|limit)\ (?:verbosity|wordiness|length)\b", "be brief"),
        (r"\bask(?:ing)?\ (?:the\ \w+\ )?for\ (?:a\ )?confirmation\b", "confirm"),
        # What is unwanted
        (
            r"\b(?:leave|keep)\ (?P<what>[\w' -]+?)\ un(?P<verb>\w+ed)\b",
            r"never \g<verb> \g<what>",
        ),
        (
            r"\b(?P<be>is|are)\ (?:not|never)\ (?:possible|available|on\ offer)\b",
            r"\g<be> forbidden",
        ),
        (
            (
                r"^(?P<lead>\W*)(?P<what>[\w' -]+?)\ (?:is|are|stays?"
                r"|remains?)\ (?:strictly\ )?read-only\b"
            ),
            r"\g<lead>never change \g<what>",
        ),
        (
            (
                r"\b(?:keep|leave)\ (?P<what>[\w' -]+?)\ out\ of\ (?:it|this|your\ \w+"
                r"|the\ \w+)(?=\W*$)"
            ),
            r"avoid \g<what>",
        ),
        (
            (
                r"^(?P<lead>\W*)there\ (?:must|should|may|can|shall|is\ to|are\ to)\ (?:be\ no"
                r"|not\ be\ any"
                r"|never\ be)\ (?P<what>[\w' -]+)"
            ),
            r"\g<lead>no \g<what>",
        ),
        (
            r"""\b(?P<be>is|are)\ (?:strictly\ |absolutely\
            |completely\ )?(?:off\ the\ table|off[- ]limits
            |taboo|a\ no-go|no-gos|out\ of\ bounds|out\ of\ the\ question|not\ an\ option
            |not\ (?:to\ be\ )?(?:wanted|desired|tolerated|supported|rendered|appreciated)
            |undesirable|discouraged|unwelcome|verboten)\b""",
            r"\g<be> forbidden",
        ),
        (
            r"\b(?:must|should|may|can)\ (?:not|never)\ (?:appear|occur|be\ present|feature)\b",
            "must not be used",
        ),
        (r"\bshould\ never\ be\b", "must not be"),
        (r"\b(?:has|have)\ no\ place\b", "must not be used"),
        (
            (
                r"\b(?:shy|keep|stay)\ away\ from\b|\bsteer\ clear\ of\b|\bhold\ (?:back"
                r"|off)\ (?:from|on)\b"
                r"|\bdispense\ with\b|\bdo\ without\b"
            ),
            "avoid",
        ),
        (r"\b(?:be\ careful|take\ care|make\ sure|be\ sure)\ (?:not\ to|never\ to)\b", "do not"),
        (
            r"\bin\ no\ (?:event|situation)\b|\bunder\ no\ condition(?:s)?\b|\bnever\ ever\b",
            "never",
        ),
        # What is wanted
        (
            r"""^(?P<lead>\W*)questions\ (?:on|about|regarding|concerning)\ (?P<what>[\w' -]+?)\ are
            \ (?:also\ |always\ )?(?:welcome|fine|ok|okay|allowed|in\ scope)(?P<too>\ too
            |\ as\ well)?""",
            r"\g<lead>answer questions about \g<what>",
        ),
        (
            r"""^(?P<lead>\W*)(?P<what>[\w'-]+(?:\ [\w'-]+){0,2})\ (?:is|are)\ (?:always\
            |very\ |most\ )?
            (?:welcome|encouraged|desirable|appreciated|wanted)\b""",
            r"\g<lead>use \g<what>",
        ),
        (
            r"""\b(?:make\ a\ point\ of|be\ sure\ to|take\ care\ to|remember\ to
            |see\ to\ it\ that\ you
            |make\ every\ effort\ to|strive\ to|endeavou?r\ to|aim\ to|do\ your\ best\ to)\b""",
            "always",
        ),
        (
            r"""\bcome\ up\ with\b|\bsupply\b|\bfurnish\b
            |\bdeliver\b(?=\ (?:\d|at|a|an|one|two|three))""",
            "give",
        ),
        (r"\bleave\ (?P<what>(?!out\b)[\w' -]+?)\ (?:out|away|aside)\b", r"leave out \g<what>"),
        (r"\ (?:of\ any\ (?:kind|sort|type)|whatsoever)\b", ""),
        (
            (
                r"\bthe\ number\ of\ (?P<what>\w+)(?:\ (?:that\ )?you\ \w+)?\ (?:is|must\ be"
                r"|should\ be)"
                r"\ (?P<count>\w+)\b"
            ),
            r"give \g<count> \g<what>",
        ),
        (
            r"\b(?P<how>after|within|for|in)\ an?\ (?P<unit>hour|day|week|month|year|minute)\b",
            r"\g<how> 1 \g<unit>",
        ),
        (
            (
                r"^(?P<lead>\W*)(?P<what>[\w' -]+?)\ (?:is|are)\ the\ only\ (?:topics?"
                r"|subjects?|things?)\b"
                r"(?:\ (?:that\ )?you\ [^,;.]*)?"
            ),
            r"\g<lead>only discuss \g<what>",
        ),
        (
            (
                r"^(?P<lead>\W*)(?P<what>[\w' -]+?)\ (?:is|are|stays?|remains?|must\ (?:stay|remain"
                r"|be\ kept|be))\ (?:strictly\ |always\ )?"
                r"(?:confidential|secret|private|classified|for\ internal\ use|not\ public)\b"
            ),
            r"\g<lead>never reveal \g<what>",
        ),
        (
            (
                r"^(?P<lead>\W*)(?P<what>[\w' ,-]+?\ (?:answers|replies|responses|texts"
                r"|messages))\ are"
                r"\ (?:preferred|expected|best|what\ we\ want)\b"
            ),
            r"\g<lead>write \g<what>",
        ),
        (r"\bthere\ (?:should|must|shall|has\ to|have\ to|needs?\ to)\ (?:always\ )?be\b", "write"),
        # Where and when
        (
            (
                r"\b(?:keep|save|leave|reserve)\ (?P<what>[\w' -]+?)\ for\ the"
                r"\ (?P<where>end|beginning|start)\b"
            ),
            r"put \g<what> at the \g<where>",
        ),
        (
            (
                r"^(?P<lead>\W*)(?P<verb>greet|thank|summari[sz]e)(?P<what>[\w' -]*?)\ at\ the"
                r"\ (?P<where>end|beginning|start)\b"
            ),
            r"\g<lead>put \g<verb>\g<what> at the \g<where>",
        ),
        (
            r"""\b(?:precede|preface|introduce)\ (?:the|your|every|each)\ (?P<what>json|yaml
            |xml|csv|object
            |array|data|document|output|response|answer|reply)\ (?:with|by)\ (?P<how>[^,;.]*)""",
            r"write \g<how> before the \g<what>",
        ),
        (
            r"""^(?P<lead>\W*)(?P<what>(?:the|your|an?|all)\ [\w' -]+?)\ (?:goes|go|belongs?|stands?
            |must\ go|should\ go|must\ come|should\ come|is\ placed|are\ placed)\ (?P<where>at\ the
            \ (?:very\ )?(?:top|start|beginning|end|bottom)|first|last)\b""",
            r"\g<lead>put \g<what> \g<where>",
        ),
        (
            (
                r"^(?P<lead>\W*)(?P<what>(?:the|your|an?|all)\ [\w' -]+?)\ (?:comes?"
                r"|appears?|stands?)"
                r"\ (?P<where>at\ the\ (?:very\ )?(?:top|start|beginning|end|bottom))\b"
            ),
            r"\g<lead>put \g<what> \g<where>",
        ),
        (r"\bbefore\ (?:anything|everything)\ else\b|\bas\ the\ very\ first\ thing\b", "first"),
        (r"\b(?:as\ the\ (?:very\ )?last\ thing|at\ the\ very\ end)\b", "at the end"),
        (
            r"\bnothing\ (?:outranks|trumps|overrides|comes\ before|beats)\ (?P<what>[\w' -]+)",
            r"\g<what> is your top priority",
        ),
        (
            r"""\b(?:never|do\ not|don't)\ (?:sacrifice|compromise
            |trade)\ (?P<a>[\w' -]+?)\ (?:for|in
            \ favou?r\ of|to)\ (?P<b>[\w' -]+)""",
            r"prefer \g<a> over \g<b>",
        ),
        (
            r"\b(?P<a>[\w' -]+?)\ (?:is|are)\ more\ urgent\ than\ (?P<b>[\w' -]+)",
            r"\g<a> comes before \g<b>",
        ),
        (r"\bhandle\ (?P<a>[\w' -]+?)\ before\ (?P<b>[\w' -]+)", r"put \g<a> before \g<b>"),
    )
)


def plain(clause: str) -> str:
    """Return a clause in the plain form that instructions are read in.

    Args:
        clause: One clause, folded.
    """
    for pattern, trace, form in _RULES:
        if trace.may_be_in(clause):
            clause = pattern.sub(form, clause)
    return clause
