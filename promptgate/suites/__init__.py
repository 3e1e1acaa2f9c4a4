"""Suites: what is asked, and what is expected of the answers.

A suite is a YAML file of cases that test one behaviour of a prompt or of an
application. This package reads suites from a tree, checks every word of them
and gives plain frozen values; it knows neither prompts nor scorers by name, so
that an unknown one is found by `runs`, where they meet.

    loading.py       files to suites: load_suites()
    cases.py         defaults, products of variables, turns
    datasets.py      cases from CSV and JSONL
    expectations.py  the entries of `expect`
    values.py        finite numbers; `{{ name }}` in expectations
    selection.py     --suite, --case, --tag: select()
    schema.py        the file models, and the JSON Schema for editors
    model.py         the values that the rest of the code sees
"""

from promptgate.suites.loading import load_suite, load_suites, suite_files
from promptgate.suites.model import Case, Expectation, Quarantine, Suite, Turn
from promptgate.suites.selection import select

__all__ = [
    "Case",
    "Expectation",
    "Quarantine",
    "Suite",
    "Turn",
    "load_suite",
    "load_suites",
    "select",
    "suite_files",
]
