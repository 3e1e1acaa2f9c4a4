"""What a pipeline on GitHub or GitLab does with the gate.

The gate knows no forge. Here a forge's variables become a Pipeline, the checks that
stand before the gate are put in order, and what came of them is said where a
reviewer looks: a comment, a summary, a remark at the line that was edited.

    forges.py       the variables and the event file → Pipeline
    history.py      fetch what the gate reads of git; see that the change is checked out
    judging.py      lint, freeze, review, gate → Judgement
    lacking.py      which answers were never recorded, and what recording them costs
    edits.py        which lines of prompts a change touches
    annotating.py   remarks at lines: workflow commands, Code Quality
    comment.py      the comment in Markdown
    posting.py      put it into the pull request, in place of the one before
"""
