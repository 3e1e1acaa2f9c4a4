"""Start a project: a prompt, suites, configuration and CI that pass as they stand.

Everything is planned and checked before the first file is written, and no file
that exists is changed, but for lines added to .gitignore and .gitattributes.

    plan.py          which files, checked as lint and the gate will: plan_project()
    drafts.py        a prompt file from a text, from nothing, or as it is on disk
    placeholders.py  str.format placeholders to Jinja2 variables
    versions.py      the PROMPT_VERSIONS of a Python file, read and never run
    history.py       one git commit for each of those versions
    repository.py    what init needs to know of the git repository around it
    files/           the texts, with @NAMES@ to fill in
"""

from promptgate.starter.drafts import Choices, Draft, draft_prompt, drafted, standing_prompt
from promptgate.starter.history import Past, plan_history
from promptgate.starter.plan import Plan, plan_project
from promptgate.starter.versions import Version, read_versions

__all__ = [
    "Choices",
    "Draft",
    "Past",
    "Plan",
    "Version",
    "draft_prompt",
    "drafted",
    "plan_history",
    "plan_project",
    "read_versions",
    "standing_prompt",
]
