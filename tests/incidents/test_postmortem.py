"""The post-mortem: what people wrote is escaped, what was promised and not kept is told."""

from promptgate.incidents.kinds import Item
from promptgate.incidents.postmortem import write_postmortem
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import fold
from tests.support.incident import ID, at, event, opened

SETTINGS = IncidentSettings()


def test_postmortem_escapes_what_people_and_models_wrote():
    log = [
        opened(summary="<script>alert(1)</script> | [x](javascript:y) ada@example.org"),
        event("noted", 1, text="# not a heading\n| a | b | @kim"),
        event("gathered", 2, items=[Item(name="logs", got=True, told="x", path="a/logs.txt")]),
    ]
    text = write_postmortem(fold(ID, log), SETTINGS, at(60), "draft")
    assert "<script>" not in text
    assert "ada@example.org" not in text
    assert "\n# not" not in text
    rows = [line for line in text.splitlines() if line.startswith("| 2026-")]
    assert len(rows) == 3
    assert "[logs](evidence/logs.txt)" in text


def test_postmortem_goes_from_draft_to_published(product):
    product.open()
    product.incident("resolve", "--false-alarm", "--summary", "the monitor's own fault")
    for number in range(3):
        product.incident("postmortem", "--action", f"x{number}", "--owner", "Kim", "--due",
                         "2026-12-07", "--priority", "low", code=None)  # fmt: skip
    product.incident("postmortem", "--status", "published")
    text = product.read(f"incidents/{ID}/postmortem.md")
    assert "- status: published" in text
    assert "x2: Kim, 2026-12-07, low" in product.incident("list", "--actions").out
    product.clock.minutes(60 * 24 * 30)
    assert "was due on 2026-12-07" in product.incident("check", code=1).out
