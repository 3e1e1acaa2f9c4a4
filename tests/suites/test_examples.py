"""Whole files, good and bad: what loading says of them, and what editors say."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

import promptgate.suites
from promptgate.documents import load_yaml
from promptgate.errors import InputError, SuiteError
from promptgate.files import DiskTree
from promptgate.suites import load_suite, load_suites
from promptgate.suites.schema import render_schema

EXAMPLES = Path(__file__).parent / "examples"
SCHEMA = Path(promptgate.suites.__file__).with_name("suite.schema.json")
GOOD = sorted(p for p in (EXAMPLES / "good").glob("*.yaml") if not p.name.startswith("_"))
BAD = sorted((EXAMPLES / "bad").glob("*.yaml"))
EXPECTED = re.compile(r"# line (\d+), schema (accepts|refuses): (.+)")


def schema_accepts(file: Path) -> bool:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    return validator.is_valid(load_yaml(file.read_text(), file.name).data)


def test_suites_load_when_every_example_is_good():
    suites = load_suites(DiskTree(EXAMPLES), "good")
    assert [suite.name for suite in suites] == [
        "conversation",
        "lines",
        "refusal",
        "table",
        "weather",
    ]


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_suite_is_refused_with_place_and_fix_when_it_is_bad(file, tree):
    """The first line of each example says what must be said of it."""
    line, _, message = EXPECTED.match(file.read_text()).groups()
    name = f"suites/bad/{file.name}"
    with pytest.raises(SuiteError) as caught:
        load_suite(tree({name: file.read_text()}), name)
    assert str(caught.value).startswith(f"{name}:{line}: "), str(caught.value)
    assert message in str(caught.value)


def test_schema_is_current():
    """Editors must not lag behind the loader. The fix is to write render_schema() to the file."""
    assert SCHEMA.read_text(encoding="utf-8") == render_schema()


def test_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text()))


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_schema_accepts_when_the_loader_does(file):
    """An editor that marks a good suite as wrong teaches people to ignore it."""
    assert schema_accepts(file)


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_schema_refuses_when_structure_is_wrong(file):
    """What a schema cannot see (agreement between keys, other files) is listed as accepted."""
    verdict = EXPECTED.match(file.read_text()).group(2)
    try:
        accepted = schema_accepts(file)
    except InputError:
        accepted = True  # not even YAML as we read it: nothing for a schema to see
    assert accepted == (verdict == "accepts")
