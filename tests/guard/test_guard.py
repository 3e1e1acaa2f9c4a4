"""A killed feature is off at the next question, whatever state its file is in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from promptgate.guard import enabled
from promptgate.guard.flagfile import FlagError, kill, parse_flags, read_flags, restore
from promptgate.guard.provider import FileProvider

FLAGS = {
    "$schema": "https://flagd.dev/schema/v0/flags.json",
    "flags": {
        "support_bot": {
            "state": "ENABLED",
            "variants": {"on": True, "off": False},
            "defaultVariant": "on",
        },
        "colour": {"state": "ENABLED", "variants": {"a": "red"}, "defaultVariant": "a"},
        "aimed": {
            "state": "ENABLED",
            "variants": {"yes": True, "no": False},
            "defaultVariant": "no",
            "targeting": {"if": [{"==": [{"var": "plan"}, "pro"]}, "yes"]},
        },
        "disabled": {"state": "DISABLED", "variants": {"on": True}, "defaultVariant": "on"},
    },
}


@pytest.fixture
def flags(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "flags.json"
    path.write_text(json.dumps(FLAGS))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PROMPTGATE_FLAGS", raising=False)
    monkeypatch.delenv("CLAUDE_ENABLED", raising=False)
    return path


def test_switch_is_seen_at_the_next_question_when_a_flag_is_killed(flags):
    """In under a second: there is no wait at all."""
    assert enabled("support_bot")
    kill(flags, "support_bot", "2026-11-23T09:33:00Z", "invents refunds")
    assert not enabled("support_bot")
    restore(flags, "support_bot")
    assert enabled("support_bot")


def test_switch_is_seen_by_another_running_process(flags):
    script = """
import sys
from promptgate.guard import enabled
print(enabled("support_bot"), flush=True)
sys.stdin.readline()
print(enabled("support_bot"), flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as product:
        assert product.stdout is not None
        assert product.stdin is not None
        assert product.stdout.readline() == "True\n"
        kill(flags, "support_bot", "now", "")
        product.stdin.write("\n")
        product.stdin.flush()
        assert product.stdout.readline() == "False\n"


def test_restore_gives_back_exactly_what_was_there_when_a_flag_had_targeting(flags):
    before = json.loads(flags.read_text())
    kill(flags, "aimed", "now", "x")
    kill(flags, "aimed", "later", "twice")
    killed = json.loads(flags.read_text())["flags"]["aimed"]
    assert "targeting" not in killed, "targeting would turn it on for some"
    assert killed["variants"][killed["defaultVariant"]] is False
    assert read_flags(flags)["aimed"].killed == "now"
    restore(flags, "aimed")
    assert json.loads(flags.read_text()) == before


def test_kill_switches_off_a_flag_that_flagd_would_leave_to_the_caller(flags):
    """A DISABLED flag gives the caller's default in flagd, which may be on."""
    kill(flags, "disabled", "now", "x")
    killed = json.loads(flags.read_text())["flags"]["disabled"]
    assert killed["state"] == "ENABLED"
    assert killed["variants"][killed["defaultVariant"]] is False
    assert not enabled("disabled", default=True)


@pytest.mark.parametrize("value", ["false", "0", "no", "OFF", " False "])
def test_everything_is_off_when_the_environment_says_so(flags, monkeypatch, value):
    monkeypatch.setenv("CLAUDE_ENABLED", value)
    assert not enabled("support_bot", default=True)


@pytest.mark.parametrize("value", ["true", "1", ""])
def test_environment_switches_nothing_on(flags, monkeypatch, value):
    monkeypatch.setenv("CLAUDE_ENABLED", value)
    kill(flags, "support_bot", "now", "x")
    assert not enabled("support_bot")


WHOLE = json.dumps(FLAGS)


@pytest.mark.parametrize(
    "content", [None, "", "{", WHOLE[:-1], WHOLE[: len(WHOLE) // 2], "[]", '{"flags": 1}', "\xff"]
)
@pytest.mark.parametrize("killed", [False, True])
def test_last_whole_file_counts_when_it_is_now_missing_cut_or_half_written(flags, content, killed):
    """A deploy in progress must not turn a killed feature on, nor a healthy one off."""
    if killed:
        kill(flags, "support_bot", "now", "x")
    provider = FileProvider(flags)
    assert provider.resolve_boolean_details("support_bot", False).value is not killed
    if content is None:
        flags.unlink()
    else:
        flags.write_bytes(content.encode("latin-1"))
    assert provider.resolve_boolean_details("support_bot", killed).value is not killed
    assert provider.fault is not None
    flags.write_text(WHOLE)
    assert provider.resolve_boolean_details("support_bot", False).value is True
    assert provider.fault is None


@pytest.mark.parametrize("content", [None, "", WHOLE[:-1], "[]"])
def test_everything_is_off_when_no_whole_file_was_ever_read(tmp_path, content):
    path = tmp_path / "flags.json"
    if content is not None:
        path.write_text(content)
    assert FileProvider(path).resolve_boolean_details("support_bot", False).value is False


def test_unknown_flag_and_one_with_targeting_are_off(flags):
    assert not enabled("nobody")
    assert not enabled("aimed")
    assert not enabled("colour")


def test_change_is_seen_when_size_and_time_are_the_same(flags):
    """Two edits within one tick of the clock, of equal length, in place."""
    one = WHOLE.replace('"defaultVariant": "on"', '"defaultVariant": "on" ', 1)
    other = WHOLE.replace('"defaultVariant": "on"', '"defaultVariant": "off"', 1)
    assert len(one) == len(other)
    provider = FileProvider(flags)
    flags.write_text(one)
    stamp = flags.stat()
    assert provider.resolve_boolean_details("support_bot", False).value
    with flags.open("r+") as stream:
        stream.write(other)
    os.utime(flags, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert not provider.resolve_boolean_details("support_bot", True).value


def test_other_types_are_refused_by_the_provider(flags):
    provider = FileProvider(flags)
    assert provider.resolve_string_details("colour", "blue").value == "blue"
    assert provider.resolve_integer_details("colour", 1).value == 1
    assert provider.resolve_float_details("colour", 0.5).value == 0.5
    assert provider.resolve_object_details("colour", [1]).value == [1]


def test_guard_imports_nothing_of_the_rest():
    script = "import promptgate.guard.provider, sys; print(sorted(m for m in sys.modules if m.startswith('promptgate.')))"  # noqa: E501
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = run.stdout
    assert "promptgate.guard.flagfile" in loaded
    assert "promptgate.cli" not in loaded
    assert "promptgate.documents" not in loaded


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"flags": {"x": 1}}', "no 'variants'"),
        (b'{"flags": {"x": {"variants": {"on": true}, "state": "MAYBE"}}}', "ENABLED or DISABLED"),
        (b'{"flags": {"x": {"variants": {"on": true}, "defaultVariant": "of"}}}', "no variant"),
    ],
)
def test_file_is_refused_when_it_is_not_flagds(data, told):
    with pytest.raises(FlagError, match=told):
        parse_flags(data)


def test_flag_command_kills_restores_and_shows(flags, promptgate):
    ended = promptgate("flag", "kill", "support_bot", "--reason", "invents \x1b[31m refunds")
    assert ended.code == 0
    assert "support_bot is off, killed" in ended.out
    assert "\x1b" not in ended.out
    assert "aimed is decided by targeting rules" in promptgate("flag", "status").out
    assert promptgate("flag", "restore", "support_bot").code == 0
    assert '"on": true' in promptgate("flag", "status", "support_bot", "--json", "-").out


@pytest.mark.parametrize("command", ["kill", "restore", "status"])
def test_flag_command_ends_with_2_when_the_flag_is_unknown(flags, promptgate, command):
    before = flags.read_bytes()
    ended = promptgate("flag", command, "suport_bot")
    assert ended.code == 2
    assert "did you mean 'support_bot'" in ended.err
    assert flags.read_bytes() == before


def test_flag_command_ends_with_2_when_there_is_no_file_or_it_is_cut(flags, promptgate):
    flags.write_text("{")
    assert "no whole JSON" in promptgate("flag", "kill", "support_bot").err
    flags.unlink()
    ended = promptgate("flag", "kill", "support_bot")
    assert ended.code == 2
    assert '"defaultVariant": "on"' in ended.err, "the way to begin"
    assert promptgate("flag", "restore", "support_bot", "--file", "none/x.json").code == 2
    assert promptgate("flag", "restore", "support_bot").code == 2
