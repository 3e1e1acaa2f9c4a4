"""Messages: every field filled, nobody unauthorised, redacted and escaped, none lost."""

import json

import pytest

from promptgate.incidents.comms.post import BLOCKS, SECTION, deliver, slack_body
from promptgate.incidents.comms.render import NAMES
from promptgate.incidents.comms.telling import whether_to_tell
from promptgate.incidents.kinds import Delivered, Queued, TellDecided, Undelivered
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import fold
from tests.support.incident import ID, at, event, history, opened
from tests.support.loopback import Loopback, Scripted, in_turn

UPDATE = ("--field", "known=the answers are red", "--field", "doing=rolling back",
          "--field", "impact=some answers", "--field", "eta=10:00 UTC")  # fmt: skip
CHANNELS = """
[incidents.channels.team]
kind = "slack"
url_env = "TEAM_HOOK"

[incidents.channels.page]
audience = "public"
url_env = "PAGE_HOOK"
"""


@pytest.fixture
def declared(product):
    text = product.read("promptgate.toml")
    product.write("promptgate.toml", text + CHANNELS)
    product.open(communications="Lee")
    return product


def test_update_has_all_six_fields_and_says_when_the_next_is_due(declared):
    declared.clock.minutes(10)
    ended = declared.incident("comms", "draft", "update", *UPDATE)
    for told in ("Status: INVESTIGATING", "Known: the answers are red", "Doing: rolling back",
                 "Impact: some answers", "ETA: 10:00 UTC", "2026-11-23 09:52 UTC"):  # fmt: skip
        assert told in ended.out


@pytest.mark.parametrize("left_out", ["known", "doing", "impact", "eta"])
def test_update_is_refused_when_a_field_is_missing(declared, left_out):
    before = declared.log
    words = [w for pair in zip(UPDATE[::2], UPDATE[1::2], strict=True) for w in pair
             if not pair[1].startswith(left_out)]  # fmt: skip
    ended = declared.incident("comms", "draft", "update", *words, code=2)
    assert f'--field {left_out}="…"' in ended.err
    assert declared.log == before


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("impact=[IMPACT]", "'[IMPACT]' is left"),
        ("impact=TBD", "'TBD' is left"),
        ("impact={{ impact }}", "is left"),
        ("eta=soon", "no time with its zone"),
        ("eta=10:00", "no time with its zone"),
        ("impact= ", "is empty"),
    ],
)
def test_message_is_refused_when_a_placeholder_is_left_or_a_value_is_none(declared, field, told):
    words = [*UPDATE, "--field", field]
    assert told in declared.incident("comms", "draft", "update", *words, code=2).err


def test_message_is_redacted_and_free_of_controls(declared):
    words = [*UPDATE, "--field", "impact=ada@example.org saw \x1b[2J sk-ant-api03-abcdefgh"]
    ended = declared.incident("comms", "draft", "update", *words)
    text = declared.found.last(Queued).text
    for shown in (ended.out, text):
        assert "[e-mail] saw" in shown
        assert "sk-ant" not in shown
        assert "\x1b" not in shown


def test_team_template_replaces_ours_and_may_ask_for_more(declared):
    declared.write("incident-templates/update.md", "{{ product }}: {{ ticket }}\n")
    assert '--field ticket="…"' in declared.incident("comms", "draft", "update", code=2).err
    ended = declared.incident("comms", "draft", "update", "--field", "ticket=T-7")
    assert ended.out == "support: T-7\n"
    declared.write("incident-templates/update.md", "{{ product.__class__.__mro__ }}")
    assert "the template fails" in declared.incident("comms", "draft", "update", code=2).err
    declared.write("incident-templates/update.md", "{% if %}")
    assert "the template is wrong" in declared.incident("comms", "draft", "update", code=2).err


@pytest.mark.parametrize(("by", "code"), [("Dana", 0), ("lee", 0), ("Kim", 4)])
def test_public_text_is_posted_by_the_commander_and_one_person_alone(declared, by, code):
    words = ["--field", "impact=x", "--field", "workaround=none", "--field", "eta=unknown"]
    declared.incident("comms", "draft", "status", *words, "--by", by, code=code)


def test_social_media_waits_for_the_resolution(declared):
    told = ["comms", "draft", "social", "--field", "statement=sorry"]
    assert "before the incident is resolved" in declared.incident(*told, code=4).err


def test_every_template_is_whole_when_an_incident_is_over(declared):
    """The runbook's documents, with no placeholder left in any."""
    log = "".join(
        line for line in _lines(declared, [one for one in history() if one.kind != "opened"])
    )
    declared.write(f"incidents/{ID}/events.jsonl", declared.log.decode() + log)
    declared.clock.minutes(60)
    given = {"known": "k", "doing": "d", "impact": "i", "eta": "unknown", "workaround": "w",
             "customer_action": "none", "statement": "s", "within_reach": "yes"}  # fmt: skip
    for template in NAMES:
        words = []
        for _ in range(9):  # ask until it needs nothing more, as a person would
            ended = declared.incident("comms", "draft", template, *words, code=None)
            if ended.code == 0:
                break
            [name, *_] = ended.err.partition("--field ")[2].split("=")
            words += ["--field", f"{name}={given[name]}"]
        assert ended.code == 0, ended.err
        assert "{{" not in ended.out
    resolution = declared.incident("comms", "draft", "resolution", *_given("impact", given),
                                   *_given("customer_action", given)).out  # fmt: skip
    assert "from 2026-11-23 09:32 UTC to 2026-11-23 09:55 UTC (23 min)" in resolution


def _given(name, given):
    return ["--field", f"{name}={given[name]}"]


def _lines(product, events):
    from promptgate.incidents.events import dump_event

    return [f"{dump_event(one)}\n" for one in events]


@pytest.mark.parametrize(
    ("events", "minutes", "visible", "answer"),
    [
        ([opened(source="monitoring")], 5, "unknown", "the commander decides"),
        ([opened(source="monitoring")], 11, "unknown", "tell"),
        ([opened(source="monitoring")], 10, "unknown", "the commander decides"),
        ([opened(source="customer")], 1, "unknown", "tell"),
        ([opened(source="monitoring")], 1, "yes", "tell"),
        ([opened(source="monitoring"), event("assessed", 1, severity="high", affected="unknown",
                                             core="yes", workaround="no")], 2, "no", "tell"),
    ],
)  # fmt: skip
def test_customers_are_told_by_the_rules(events, minutes, visible, answer):
    found = fold(ID, events)
    settings = IncidentSettings()
    assert whether_to_tell(found, settings, at(minutes), visible=visible).answer == answer


@pytest.mark.parametrize(
    ("recovered", "answer"), [(8, "do not tell"), (20, "the commander decides")]
)
def test_customers_are_not_told_when_it_is_fixed_small_and_low(recovered, answer):
    """Over ten minutes both rules hold: then the commander decides."""
    log = [
        opened(source="monitoring", severity="low"),
        event("assessed", 1, severity="low", affected="1%", share=0.01, core="no",
              workaround="yes"),
        event("decided", 2, outcome="ROLLBACK", move="roll-back-prompt", reason="x"),
        event("verified", recovered, target="x", digest="d", trials=9, failures=0, passed=True),
    ]  # fmt: skip
    telling = whether_to_tell(fold(ID, log), IncidentSettings(), at(recovered + 1), visible="no")
    assert telling.answer == answer


def test_commander_decides_with_a_reason_and_nobody_else(declared):
    words = ["comms", "decide", "--answer", "tell", "--reason", "the press asks"]
    declared.incident(*words, "--by", "Kim", code=4)
    declared.incident(*words, "--by", "Dana")
    assert declared.found.last(TellDecided).answer == "tell"
    declared.clock.minutes(1)
    assert "tell customers" in declared.incident("status").out


def test_slack_message_stays_within_its_limits_and_obeys_nothing():
    text = (
        "<!channel> & <https://evil|click>\n" + "x" * 7000 + "&" * 4000 + "\n" + "line\n" * 50_000
    )
    body = slack_body(text)
    assert len(body["blocks"]) <= BLOCKS
    for block in body["blocks"]:
        piece = block["text"]["text"]
        assert 0 < len(piece) <= SECTION
        assert "<" not in piece
        assert ">" not in piece
        assert "&" not in piece.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert body["text"].startswith("&lt;!channel&gt; &amp;")


def test_short_slack_message_is_one_section_with_all_of_it():
    body = slack_body("one\ntwo\n")
    assert [block["text"]["text"] for block in body["blocks"]] == ["one\ntwo\n"]


def test_post_is_taken_after_retries_and_each_is_an_event(declared, monkeypatch):
    monkeypatch.setattr("promptgate.incidents.comms.post.time.sleep", lambda _: None)
    script = in_turn(Scripted("busy", 503), Scripted("slow down", 429), Scripted("ok"))
    with Loopback(script) as server:
        monkeypatch.setenv("TEAM_HOOK", f"{server.url}/hooks/secret")
        declared.incident("comms", "post", "update", "--channel", "team", *UPDATE)
        assert server.count == 3
        assert server.seen[-1].body["blocks"][0]["type"] == "section"
    assert declared.found.last(Delivered).attempts == 3
    assert b"secret" not in declared.log


def test_message_is_kept_when_posting_fails_and_retry_sends_it(declared, monkeypatch):
    monkeypatch.setattr("promptgate.incidents.comms.post.time.sleep", lambda _: None)
    monkeypatch.setenv("PAGE_HOOK", "http://127.0.0.1:9/hooks/secret")
    words = ["--field", "impact=x", "--field", "workaround=none", "--field", "eta=unknown"]
    ended = declared.incident("comms", "post", "status", "--channel", "page", *words, code=5)
    assert "it is kept" in ended.out
    assert "secret" not in ended.out + ended.err + declared.log.decode()
    assert declared.found.last(Undelivered).attempts == 3
    assert "was not delivered" in declared.incident("check", code=1).out
    with Loopback(lambda _: Scripted("ok")) as server:
        monkeypatch.setenv("PAGE_HOOK", server.url)
        declared.incident("comms", "retry")
        declared.incident("comms", "retry")
        assert server.count == 1, "what was taken is not sent twice"
        body = server.seen[0].body
    assert body["incident"] == ID
    assert body["audience"] == "public"
    assert "was not delivered" not in declared.incident("check", code=None).out


def test_post_is_not_repeated_when_the_receiver_refuses_it():
    tried = []

    def refuse(address, data, seconds):
        tried.append(json.loads(data))
        return 404, None

    done = deliver("http://x", {"text": "é"}, 3, 1, send=refuse, sleep=tried.append)
    assert (done.attempts, done.why) == (1, "status 404")
    assert tried == [{"text": "é"}]


def test_post_waits_as_long_as_the_receiver_asks():
    waits: list[float] = []
    deliver("http://x", {}, 3, 1, send=lambda *_: (429, 7.0), sleep=waits.append)
    assert waits == [7.0, 7.0]


def test_post_to_a_public_channel_is_for_the_authorised_alone(declared, monkeypatch):
    monkeypatch.setenv("PAGE_HOOK", "http://127.0.0.1:9/")
    before = declared.log
    words = ["comms", "post", "update", "--channel", "page", *UPDATE, "--by", "Kim"]
    declared.incident(*words, code=4)
    assert declared.log == before


def test_post_is_refused_before_anything_is_written_when_the_address_is_missing(declared):
    before = declared.log
    ended = declared.incident("comms", "post", "update", "--channel", "team", *UPDATE, code=2)
    assert "TEAM_HOOK" in ended.err
    assert declared.log == before
