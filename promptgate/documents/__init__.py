"""Strict readers of YAML, TOML and JSON that know the line of every value.

A person's file is validated once, here, against a pydantic model; what is wrong
becomes one sentence with file and line.

    document.py    a parsed file: its data, and the line of each value
    yaml12.py      YAML by the rules of 1.2, without what hides or executes
    toml.py        TOML
    json.py        JSON, read strictly and written canonically
    validation.py  a document against a model; sentences about what is wrong
"""

from promptgate.documents.document import Document, Path, StrictModel, collector_paused
from promptgate.documents.json import canonical_json, load_json
from promptgate.documents.toml import load_toml
from promptgate.documents.validation import describe, unknown_name, validate
from promptgate.documents.yaml12 import load_yaml

__all__ = [
    "Document",
    "Path",
    "StrictModel",
    "canonical_json",
    "collector_paused",
    "describe",
    "load_json",
    "load_toml",
    "load_yaml",
    "unknown_name",
    "validate",
]
