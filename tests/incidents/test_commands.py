"""The commands as people type them: what they print and refuse; nothing is half done."""

import json

import pytest

from promptgate.incidents.checklist import checklist
from promptgate.incidents.kinds import Captured, Gathered, Queued
from promptgate.incidents.state import State
from promptgate.release.freeze import parse_freeze
from tests.support.incident import ID, at

SYSTEM = "You answer questions about a router.\nSay red."


def test_declaration_prints_the_message_for_the_channel(product):
    ended = product.incident(
        "open", "--product", "support", "--summary", "says red", "--source", "customer",
        "--severity", "high", "--commander", "Dana", "--fixer", "Kim",
    )  # fmt: skip
    for told in ("INCIDENT 2026-11-23-support", "says red", "2026-11-23 09:32 UTC", "high",
                 "Commander: Dana", "INVESTIGATING"):  # fmt: skip
        assert told in ended.out
    assert "Warning" not in ended.out
    assert product.found.last(Queued).template == "declaration"


def test_second_declaration_of_a_product_is_refused_unless_forced(product):
    product.open()
    words = ["open", "--product", "Support", "--summary", "x", "--source", "social",
             "--severity", "low", "--commander", "Kim"]  # fmt: skip
    ended = product.incident(*words, code=4)
    assert "--force" in ended.err
    product.incident(*words, "--force")
    assert product.incidents.ids() == [ID, f"{ID}-2"]
    assert "2 incidents are open" in product.incident("assess", code=2).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["open", "--product", "x", "--summary", "x", "--source", "social", "--severity", "low"],
         "--commander is missing"),
        (["open", "--product", "x", "--summary", "x", "--source", "press", "--severity", "low",
          "--commander", "x"], "--source"),
        (["open", "--product", "x", "--summary", "x", "--source", "social", "--severity", "bad",
          "--commander", "x"], "--severity"),
        (["open", "--product", "x", "--summary", "x", "--source", "social", "--severity", "low",
          "--commander", "x", "--at", "2026-11-23 09:30"], "no time with its zone"),
        (["open", "--product", "x", "--summary", "x", "--source", "social", "--severity", "low",
          "--commander", "x", "--began", "2026-11-24 09:30Z"], "still to come"),
        (["status", "--incident", "nobody"], "there is no incident 'nobody'"),
        (["note", "x"], "no incident is open"),
        (["statsu"], "did you mean 'status'"),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_writes_nothing_when_nothing_is_declared(product, words, told):
    ended = product.incident(*words, code=2)
    assert told in ended.err
    assert not (product.root / "incidents").exists()


BAD = [
    (["resolve", "--summary", "x"], 2, "only an incident that is MONITORING"),
    (["note", "x", "--at", "2026-11-23T09:40"], 2, "no time with its zone"),
    (["note", "x", "--at", "2026-11-25T09:40Z"], 2, "still to come"),
    (["note", "  "], 2, "nothing to note"),
    (["note", "x", "--by", " "], 2, "nobody acts"),
    (["note", "x", "--incident", "../x"], 2, "letters, digits"),
    (["note", "x", "--monitored", "30"], 2, "verify the exact failing input first"),
    (["note", "x", "--monitored", "nan"], 2, "above 0"),
    (["note", "x", "--correct", "ZZZ", "--retract"], 2, "no event has the id 'ZZZ'"),
    (["note", "x", "--correct", "opened", "--set", "prmpt=x"], 2, "did you mean 'prompt'"),
    (["note", "x", "--correct", "opened", "--set", "severity=huge"], 2, "does not take that"),
    (["note", "x", "--by", "a\nb"], 2, "one line of text"),
    (["note", "--impact-users", "many"], 2, "whole number or 'unknown'"),
    (["note", "x", "--section", "well", "--monitored", "3"], 2, "two notes"),
    (["assess", "--affected", "most"], 2, "--affected must be"),
    (["assess", "--severity", "low"], 2, "--reason"),
    (["handover", "--to", " "], 2, "--to is empty"),
    (["isolate"], 2, "nothing to do"),
    (["isolate", "--kill", "bott"], 2, "did you mean 'bot'"),
    (["isolate", "--probe"], 2, "there is no probe"),
    (["evidence", "--case", "facts:q99"], 2, "unknown case 'q99'"),
    (["evidence", "--case", "facts"], 2, "SUITE:CASE"),
    (["evidence", "--case", "q0"], 2, "did you mean facts:q0?"),
    (["evidence", "--case", "fact:q0"], 2, "did you mean 'facts'"),
    (["evidence", "--case", "facts:q0", "--prompt", "suport"], 2, "unknown prompt of the suite"),
    (["evidence", "--input", "app.py", "--expect", "refusl"], 2, "did you mean 'refusal'"),
    (["evidence", "--input", "none.json"], 2, "no such file"),
    (["verify"], 2, "no failing input"),
    (["decide", "--override", "fix-forward"], 2, "say why with --reason"),
    (["decide", "--good", "nowhere"], 2, "git knows no commit"),
    (["decide", "--fix-minutes", "3"], 2, "name it with --fix"),
    (["rollback", "--to", "HEAD", "--model", "x"], 2, "two rollbacks"),
    (["rollback", "--prompt", "nobody"], 2, "nobody"),
    (["rollback", "--model", "test-model"], 2, "asks 'test-model' already"),
    (["diagnose"], 2, ""),
    (["comms", "draft", "status", "--by", "Eve"], 4, "'Eve' may not post to the public"),
    (["comms", "draft", "social"], 4, "before the incident is resolved"),
    (["comms", "draft", "update"], 2, "--field doing="),
    (["comms", "draft", "update", "--field", "x=y"], 2, "has no field 'x'"),
    (["comms", "post", "update", "--channel", "team"], 2, "there is no channel 'team'"),
    (["comms", "decide", "--answer", "tell"], 2, "--reason"),
    (["escalate", "answer", "--reason", "x"], 2, "--within-reach"),
    (["escalate", "answer", "--within-reach", "--reason", "x"], 2, "asked at 30 min"),
    (["escalate", "now"], 2, "has no chain"),
    (["postmortem", "--owner", "x"], 2, "belong to --action"),
    (["postmortem", "--action", "x", "--due", "soon"], 2, "--due must be a day"),
    (["status", "--watch"], 2, "needs a terminal"),
]


def test_bad_input_is_told_and_appends_nothing(product):
    product.open()
    before = product.log
    for words, code, told in BAD:
        ended = product.incident(*words, code=code)
        assert told in ended.err, words
        assert product.log == before, words
    assert product.git("branch", "--list", "incident/*") == ""


def test_status_shows_what_is_late_and_the_exact_next_command(product):
    product.open()
    product.clock.minutes(11)
    ended = product.incident("status", "--json", "-")
    plain = json.loads(ended.out)
    late = {timer["name"] for timer in plain["timers"] if timer["overdue"]}
    assert late == {"update", "isolate", "tell"}
    assert "promptgate incident isolate --kill bot" in ended.err
    assert "OVERDUE by 1 min: an internal update" in ended.err
    assert plain["next"] == "incident isolate --kill bot"


def test_status_is_safe_when_a_summary_holds_escape_sequences(product):
    product.open(summary="red \x1b[2J\u202e gone")
    ended = product.incident("status", "--timeline")
    assert "\x1b" not in ended.out
    assert "\u202e" not in ended.out


def test_isolation_counts_when_the_flag_reads_off(product):
    product.open()
    product.clock.minutes(3)
    product.incident("isolate", "--kill", "bot")
    assert product.found.state is State.ISOLATED
    assert product.run("flag", "status", "bot").out.startswith("bot is off")


def test_isolation_does_not_count_when_the_probe_fails(product):
    product.replace("promptgate.toml", "[incidents]", '[incidents]\nprobe = "false"')
    product.open()
    product.incident("isolate", "--probe", code=1)
    product.incident("isolate", "--did", "asked the gateway to throttle")
    assert product.found.state is State.INVESTIGATING
    product.incident("isolate", "--saw", "the widget shows the fallback")
    assert product.found.state is State.ISOLATED


def test_freeze_of_an_incident_names_it_and_its_commander(product):
    product.open()
    product.incident("isolate", "--freeze", "--push")
    product.git("fetch", "-q")
    text = product.git("show", "origin/main:PROMPT_FROZEN.txt")
    assert f"Incident: {ID}" in text
    assert "Commander: Dana" in text
    assert "frozen already" in product.incident("isolate", "--freeze", "--push").out


def test_freeze_is_done_once_it_is_pushed_and_not_before(product):
    """Frozen here alone it stops nobody: it says so, ticks nothing, and the next step pushes it."""
    product.open()
    ended = product.incident("isolate", "--freeze")
    assert "NOT frozen for anybody else" in ended.out
    assert "Done" not in ended.out
    assert not frozen(product.found)
    product.incident("assess", "--affected", "12/40", "--core", "yes", "--workaround", "no")
    ended = product.incident("isolate", "--kill", "bot")
    assert "promptgate incident isolate --freeze --push" in ended.out
    product.incident("isolate", "--freeze", "--push")
    product.git("fetch", "-q")
    assert f"Incident: {ID}" in product.git("show", "origin/main:PROMPT_FROZEN.txt")
    assert frozen(product.found)


def test_freeze_says_why_when_it_cannot_be_pushed(product):
    product.open()
    product.git("remote", "set-url", "origin", "../nowhere.git")
    ended = product.incident("isolate", "--freeze", "--push", code=4)
    assert "NOT frozen for anybody else: 'git fetch' failed" in ended.out
    assert "Done" not in ended.out
    assert not frozen(product.found)


def frozen(found):
    """Tell whether the checklist ticks the freeze."""
    return next(t.done for t in checklist(found, at(9)) if t.text == "freeze prompts and models")


def test_new_commander_thaws_and_what_was_approved_stays_so(product):
    product.open()
    product.incident("isolate", "--freeze", "--push")
    product.git("fetch", "-q")
    ended = product.run("thaw", "--approved-by", "kim", "--push")
    assert ended.code == 4
    assert "incident handover --to kim" in ended.err
    product.run("freeze", "approve", "sha256:" + "0" * 64, "--by", "Dana", "--push")
    product.git("fetch", "-q")
    ended = product.incident("handover", "--to", "kim")
    assert "kim approves and thaws now" in ended.out
    product.git("fetch", "-q")
    freeze = parse_freeze(product.git("show", "origin/main:PROMPT_FROZEN.txt").encode())
    assert (freeze.commander, freeze.approvals[0].under) == ("kim", "Dana")
    assert product.run("thaw", "--approved-by", "Dana", "--push").code == 4
    assert product.run("thaw", "--approved-by", "kim", "--push").code == 0


def test_evidence_is_got_or_missing_with_the_reason_and_redacted(product):
    product.write("logs/app.log", (
        "2026-11-23T08:00:00Z too old\n"
        "2026-11-23T09:20:00Z key sk-ant-api03-abcdefghijkl of ada@example.org\n"
        "  a line without a time belongs to it\n"
        "2026-11-23T11:00:00Z to come\n"
    ))  # fmt: skip
    product.replace("promptgate.toml", "[incidents]", '[incidents]\nlogs = ["logs/*.log"]')
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    items = {item.name: item for item in product.found.last(Gathered).items}
    assert items["logs of 30 min"].got
    kept = product.read(items["logs of 30 min"].path)
    assert "[key] of [e-mail]" in kept
    assert "a line without a time" in kept
    assert "too old" not in kept
    assert "to come" not in kept
    assert items["changes of 24 h"].got
    assert items["reproduction"].got
    assert not items["metrics"].got
    assert "[incidents] metrics" in items["metrics"].told
    assert not items["provider status"].got


def test_provider_status_is_missing_with_the_reason_when_nobody_answers(product):
    address = 'provider_status = "http://127.0.0.1:9/"'
    product.replace("promptgate.toml", 'provider_status = ""', address)
    product.open()
    assert "MISSING  provider status: http://127.0.0.1:9/" in product.incident("evidence").out


@pytest.mark.parametrize(
    ("name", "text", "more"),
    [
        ("x.json", '{"vars": {"question": "Mine, ada@example.org?"}, "expect": ["complete"]}', []),
        ("x.yaml", "vars: {question: 'Mine, ada@example.org?'}\nexpect: [complete]\n", []),
        ("x.txt", "Mine, ada@example.org?", ["--expect", "complete"]),
        ("x.json", json.dumps({"model": "m", "max_tokens": 1024, "system": SYSTEM, "messages": [
            {"role": "user", "content": "Mine, ada@example.org?"}]}), ["--expect", "complete"]),
    ],
)  # fmt: skip
def test_input_of_a_customer_stays_private(product, name, text, more):
    product.open()
    product.write(f"../{name}", text)
    product.incident("evidence", "--input", f"../{name}", *more)
    captured = product.found.last(Captured)
    assert captured.prompt == "support"
    assert captured.digest.startswith("sha256:")
    assert "[e-mail]" in captured.shown
    product.git("add", "-A")
    staged = product.git("diff", "--cached")
    assert "ada@example.org" not in staged
    assert ID in staged


@pytest.mark.parametrize(
    ("text", "more", "told"),
    [
        ('{"vars": {}}', [], "--expect"),
        ('{"vars": {}, "expect": ["complte"]}', [], "did you mean 'complete'"),
        ('{"vars": {}, "expects": ["complete"]}', [], "did you mean 'expect'"),
        ("[]", ["--expect", "complete"], "must hold keys"),
        ('{"vars": 1}', ["--expect", "complete"], "'vars' must be a mapping"),
        ("{", ["--expect", "complete"], "not valid JSON"),
    ],
)
def test_input_is_refused_when_it_is_wrong(product, text, more, told):
    product.open()
    before = product.log
    product.write("../x.json", text)
    ended = product.incident("evidence", "--input", "../x.json", *more, code=2)
    assert told in ended.err
    assert product.log == before


def test_input_that_was_edited_since_is_not_the_exact_one(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.replace("suites/facts.yaml", "Question 0?", "Question zero?")
    assert "edited since" in product.incident("verify", code=2).err


def test_correction_is_an_event_and_nothing_is_rewritten(product):
    product.open()
    product.incident("isolate", "--saw", "works")
    before = product.log
    probe = product.found.timeline[-1].event.id
    product.incident("note", "it did not", "--correct", probe[-6:], "--retract")
    assert product.log.startswith(before)
    assert product.found.state is State.INVESTIGATING


def test_incident_is_found_by_any_word(product):
    product.open()
    product.incident("note", "the Zebra widget shows it")
    assert ID in product.incident("list", "--grep", "zebra").out
    assert "No incident mentions" in product.incident("list", "--grep", "lion").out


def test_check_tells_what_was_forgotten(product):
    product.open(fixer="dana")
    ended = product.incident("check", code=1)
    assert "commands and fixes" in ended.out


def test_declaration_is_corrected_by_its_kind_and_typos_are_told_at_once(product):
    ended = product.incident("open", "--product", "support", "--summary", "x", "--source",
                             "customer", "--severity", "high", "--commander", "Dana", "--prompt",
                             "suport", code=2)  # fmt: skip
    assert "did you mean 'support'" in ended.err
    product.open()
    product.incident("note", "a typo", "--correct", "opened", "--set", "flag=other")
    assert product.found.declaration.flag == "other"
    ended = product.incident("note", "x", "--correct", "opened", "--set", "flak=x", code=2)
    assert "did you mean 'flag'" in ended.err
