from datetime import date

import pytest

from promptgate.errors import InputError
from promptgate.models import catalogue
from promptgate.models.catalogue import sdk_catalogue
from promptgate.models.prices import load_prices


def test_catalogue_is_what_the_sdk_imports_as():
    """The tables are read as text; the import, which costs a second, is the oracle."""
    from typing import get_args

    from anthropic._data import DEPRECATED_MODELS as NEWEST
    from anthropic.resources.messages.messages import DEPRECATED_MODELS
    from anthropic.types import ModelParam

    known = sdk_catalogue()
    assert known.models == get_args(get_args(ModelParam)[0])
    assert set(known.end_of_life) == {*DEPRECATED_MODELS, *NEWEST}


def test_catalogue_reads_days_as_the_sdk_writes_them():
    status = sdk_catalogue().status("claude-sonnet-4-5")
    assert status.end_of_life == date(2026, 11, 30)
    assert not status.retired(date(2026, 11, 29))
    assert status.retired(date(2026, 11, 30))


def test_catalogue_does_not_know_a_local_model():
    status = sdk_catalogue().status("smollm2")
    assert (status.known, status.end_of_life) == (False, None)
    assert not status.retired(date(2099, 1, 1))


def test_catalogue_says_what_to_install_when_the_tables_have_moved(monkeypatch):
    monkeypatch.setattr(catalogue, "_MODELS_FILE", "types/moved.py")
    with pytest.raises(InputError, match=r"pip install 'anthropic>=2\.12,<3'"):
        sdk_catalogue.__wrapped__()


def test_prices_name_only_models_that_the_sdk_has_known():
    """A misspelt model would be a price that is never found."""
    known = sdk_catalogue()
    assert {price.model for price in load_prices().entries} <= {*known.models, *known.end_of_life}
