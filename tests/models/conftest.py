"""A key that is none, and a folder of cassettes."""

import pytest

from promptgate.models.cassettes import Cassettes


@pytest.fixture
def keyed(monkeypatch):
    """The environment of a client that may ask."""
    for name in ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")


@pytest.fixture
def cassettes(tmp_path):
    return Cassettes(tmp_path / "cassettes")
