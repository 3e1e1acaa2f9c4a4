"""The post-mortem: what people wrote is escaped, what was promised and not kept is told."""

from promptgate.incidents.kinds import Item
from promptgate.incidents.postmortem import write_postmortem
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import fold
from tests.support.incident import ID, at, event, history, opened

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


def test_postmortem_tells_what_people_learned_and_what_did_not_go_as_it_should():
    rolled = {**history()[6].data.model_dump(), "pushed": False, "stopped": True}
    log = [
        *history()[:4],
        event("noted", 5, text="seen", link="https://x.example"),
        event("diagnosed", 8, verdict="prompt", cause="prompt", posterior=0.98, calls=14,
              detail="it lacks safety lines", deployed=(8, 10), remedy=(0, 10)),
        event("decided", 10, outcome="FIX_FORWARD", move="fix-forward", reason="x", override="y"),
        event("rolled-back", 12, **rolled),
        event("acted", 13, action="freeze", target="prompts", only_here="it is not pushed"),
        history()[6],
        history()[7],
        event("resolved", 30, summary="done"),
        event("learned", 40, section="well", text="Fast"),
        event("learned", 41, section="poorly", text="Late"),
        event("corrected", 42, event="nothing", reason="typo"),
    ]  # fmt: skip
    text = write_postmortem(fold(ID, log), SETTINGS, at(60), "draft")
    for told in (
        "The cause: prompt, 98% sure, after 14 answers.",
        "it lacks safety lines",
        "What ran failed 8 of 10 times.",
        "1 decision overridden",
        "1 rollback stopped",
        "1 time a freeze or a thaw held in one work tree alone",
        "it was closed without being watched",
        "- Fast",
        "- Late",
        "isolated after 3 min, within 5 min",
        "x.example",
    ):
        assert told in text, told


def test_action_is_refused_when_it_is_there_already(product):
    product.open()
    product.incident("postmortem", "--action", "Test every edit", code=1)
    ended = product.incident("postmortem", "--action", "test  every edit", code=2)
    assert "is there already" in ended.err
    assert "--set owner=NAME" in ended.err
