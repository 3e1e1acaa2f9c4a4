"""A model as judge: what it is asked, how its reply is read, how several votes become one.

Pure like every scorer: the model is asked elsewhere. A judge makes the bodies of its
requests from a case and an answer, and a reply that is not exactly one verdict is
*unscored*, never a pass or a fail.

    definition.py   Judge: models, rubric, scale, panel; what it is told; its digest
    quoted.py       what it is shown, as data
    reply.py        one reply to one vote, strictly
    panel.py        votes to a label, whatever their order
    check.py        the scorer
"""

from promptgate.scorers.judge.check import JudgeCheck, judge
from promptgate.scorers.judge.definition import Judge
from promptgate.scorers.judge.panel import Verdict
from promptgate.scorers.judge.reply import Vote, read_reply

__all__ = ["Judge", "JudgeCheck", "Verdict", "Vote", "judge", "read_reply"]
