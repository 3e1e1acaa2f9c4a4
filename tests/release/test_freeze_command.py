"""`promptgate freeze`, `thaw`, `freeze check` and `freeze approve`, with a remote to push to."""

from __future__ import annotations

import json

import pytest

from tests.release.conftest import PROMPT

FREEZE = ("freeze", "--reason", "invents refunds", "--by", "dana")


def edit(shared):
    shared.write("prompts/support.md", PROMPT.replace("the shop", "the bank"))
    return shared.commit("edit")


def refuse_pushes(shared):
    hook = shared.remote / "hooks" / "pre-receive"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho 'protected branch' >&2\nexit 1\n")
    hook.chmod(0o755)


def test_freeze_writes_the_four_lines_here_and_says_what_is_left(shared, promptgate):
    ended = promptgate(*FREEZE)
    assert ended.code == 0
    lines = shared.read("PROMPT_FROZEN.txt").splitlines()
    assert lines[0].startswith("Frozen at: 20")
    assert lines[1:] == [
        "Reason: invents refunds",
        "Frozen by: dana",
        "Do not modify until incident commander approves",
    ]
    assert "It counts for others once it is on main" in ended.out
    assert "git push origin HEAD:refs/heads/main" in ended.out


def test_freeze_is_on_the_protected_branch_when_it_is_pushed(shared, promptgate):
    """At 09:35 nobody should have to stash their work to freeze."""
    edit(shared)
    shared.write("prompts/support.md", "half an idea")
    before = shared.git("status", "--porcelain"), shared.git("rev-parse", "HEAD")
    ended = promptgate(*FREEZE, "--push", "--json", "-")
    assert ended.code == 0
    assert (shared.git("status", "--porcelain"), shared.git("rev-parse", "HEAD")) == before
    shared.git("fetch", "-q", "origin")
    pushed = json.loads(ended.out)
    assert pushed["commit"] == shared.git("rev-parse", "origin/main")
    assert shared.git("show", "origin/main:PROMPT_FROZEN.txt") == pushed["text"].strip()
    assert shared.git("diff", "--name-only", "origin/main~1", "origin/main") == "PROMPT_FROZEN.txt"
    assert promptgate("freeze", "check", "--base", "origin/main", "--head", "HEAD").code == 4


def test_freeze_is_pushed_when_main_has_moved_since(shared, promptgate):
    main = shared.git("rev-parse", "origin/main")
    shared.on_main(lambda: shared.write("app/new.py", "x = 1\n"))
    shared.git("update-ref", "refs/remotes/origin/main", main)
    shared.git("branch", "-f", "main", main)
    assert promptgate(*FREEZE, "--push").code == 0
    shared.git("fetch", "-q", "origin")
    assert "app/new.py" in shared.git("ls-tree", "-r", "--name-only", "origin/main")


def test_freeze_prints_the_way_when_the_push_is_refused(shared, promptgate):
    """Exit 0 would tell a script that everybody is stopped."""
    refuse_pushes(shared)
    ended = promptgate(*FREEZE, "--push")
    assert ended.code == 4
    assert "Not pushed: origin refused the push to main" in ended.err
    assert "protected branch" in ended.err
    assert "forge's web editor" in ended.out
    assert "invents refunds" in shared.read("PROMPT_FROZEN.txt")


def test_freeze_is_pushed_to_the_only_remote_when_none_is_named(shared, promptgate):
    shared.write("promptgate.toml", "")
    ended = promptgate(*FREEZE, "--push")
    assert ended.code == 0
    assert "Pushed to origin, the only remote there is" in ended.out


def test_freeze_that_stands_here_alone_is_pushed_when_that_is_asked(shared, promptgate):
    """Whoever froze without --push finds out, and types the same command with it."""
    assert promptgate(*FREEZE).code == 0
    ended = promptgate("freeze", "--reason", "another word", "--by", "dana", "--push")
    assert ended.code == 0
    shared.git("fetch", "-q")
    assert "invents refunds" in shared.git("show", "origin/main:PROMPT_FROZEN.txt")
    assert not (shared.root / "PROMPT_FROZEN.txt").exists(), "the next pull would stop at it"


def test_freeze_prints_the_way_when_several_remotes_could_be_meant(shared, promptgate):
    shared.write("promptgate.toml", "")
    shared.git("remote", "add", "fork", "../fork.git")
    ended = promptgate(*FREEZE, "--push")
    assert ended.code == 4
    assert "git has 2 remotes (fork, origin)" in ended.err
    assert 'name one in promptgate.toml: [freeze] remote = "fork"' in ended.err
    assert (shared.root / "PROMPT_FROZEN.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("freeze", "--by", "dana"), "--reason is missing"),
        (("freeze", "--reason", "x"), "--by is missing"),
        ((*FREEZE, "--prompt", "suport"), "unknown prompt 'suport'; did you mean 'support'?"),
        ((*FREEZE, "--until", "soon"), "'soon' is no time with its zone"),
        (("freeze", "--by", "x", "check", "--base", "main"), "--by belongs to 'freeze' itself"),
        (("freeze", "check", "--base", "nowhere"), "git knows no commit 'nowhere'"),
        (("thaw", "--approved-by", "dana"), "nothing is frozen, so there is nothing to thaw"),
        (("freeze", "approve", "HEAD", "--by", "dana"), "nothing is frozen on HEAD"),
        (("freeze", "approve", "sha256:" + "0" * 64, "--by", "d"), "nothing needs an approval"),
    ],
)
def test_bad_usage_exits_2_and_writes_nothing(shared, promptgate, arguments, told):
    ended = promptgate(*arguments)
    assert ended.code == 2
    assert told in ended.err
    assert shared.git("status", "--porcelain") == ""


def test_second_freeze_is_refused(frozen, promptgate):
    for push in ((), ("--push",)):
        frozen.git("checkout", "-q", "origin/main")
        ended = promptgate(*FREEZE, *push)
        assert ended.code == 2
        assert "prompts are frozen since 2026-11-23 09:00:00 UTC by dana (refunds) already" in (
            ended.err
        )


def test_check_names_the_files_and_the_approval_command_when_it_blocks(frozen, promptgate):
    edit(frozen)
    ended = promptgate("freeze", "check", "--base", "origin/main", "--head", "topic")
    assert ended.code == 4
    assert "frozen: prompts/support.md (a prompt, a partial or the way to one)" in ended.out
    digest = next(line.split()[1] for line in ended.out.splitlines() if line.startswith("change:"))
    assert f"'promptgate freeze approve {digest} --by NAME'" in ended.err
    plain = json.loads(promptgate("freeze", "check", "--base", "origin/main", "--json", "-").out)
    assert (plain["schema_version"], plain["frozen"], plain["blocked"]) == (1, True, True)
    assert plain["change"] == digest


def test_change_goes_through_when_its_commander_approved_it(frozen, promptgate):
    commit = edit(frozen)
    check = ("freeze", "check", "--base", "origin/main")
    assert promptgate(*check).code == 4
    approved = promptgate("freeze", "approve", commit, "--by", "dana", "--push")
    assert approved.code == 0
    assert "frozen: prompts/support.md" in approved.out, "the commander sees what it is"
    passed = promptgate(*check)
    assert passed.code == 0
    assert "and dana approved this change" in passed.out
    frozen.write("prompts/shared/safety.md", "Be bold.")
    frozen.commit("and this")
    assert promptgate(*check).code == 4


def test_approval_and_thaw_are_refused_when_another_commands(shared, promptgate):
    assert promptgate(*FREEZE, "--commander", "Dana", "--push").code == 0
    edit(shared)
    for command in (("freeze", "approve", "topic", "--by"), ("thaw", "--approved-by")):
        ended = promptgate(*command, "eve", "--push")
        assert ended.code == 4
        assert "Dana commands this incident, and not 'eve'" in ended.err
    assert promptgate("thaw", "--approved-by", "dana", "--push").code == 0


def test_thaw_ends_the_freeze_and_its_approvals(frozen, promptgate):
    commit = edit(frozen)
    assert promptgate("freeze", "approve", commit, "--by", "dana", "--push").code == 0
    assert promptgate("thaw", "--approved-by", "dana", "--push").code == 0
    assert promptgate("freeze", "check", "--base", "origin/main").code == 0
    assert frozen.git("log", "-1", "--format=%s", "origin/main") == "Thaw prompts: approved by dana"
    assert promptgate(*FREEZE, "--push").code == 0
    assert promptgate("freeze", "check", "--base", "origin/main").code == 4


def test_thaw_deletes_the_file_here_when_it_is_not_pushed(shared, promptgate):
    promptgate(*FREEZE)
    ended = promptgate("thaw", "--approved-by", "dana")
    assert ended.code == 0
    assert not (shared.root / "PROMPT_FROZEN.txt").exists()


def test_thaw_is_refused_here_when_the_freeze_is_elsewhere(frozen, promptgate):
    ended = promptgate("thaw", "--approved-by", "dana")
    assert ended.code == 2
    assert "the freeze is on origin/main and not here; use --push" in ended.err


def test_thaw_ends_a_freeze_that_cannot_be_read(shared, promptgate):
    shared.on_main(lambda: shared.write("PROMPT_FROZEN.txt", "stop!"))
    edit(shared)
    ended = promptgate("freeze", "check", "--base", "origin/main")
    assert ended.code == 4
    assert "end the freeze with 'promptgate thaw --approved-by NAME'" in ended.err
    assert promptgate("thaw", "--approved-by", "dana", "--push").code == 0


def test_freeze_of_one_prompt_with_an_end_is_told_by_status(shared, promptgate):
    assert promptgate(*FREEZE, "--prompt", "support", "--until", "2h", "--incident", "i-7",
                      "--push").code == 0  # fmt: skip
    ended = promptgate("status", "--json", "-")
    (told,) = json.loads(ended.out)["frozen"]
    assert (told["where"], told["prompts"], told["incident"]) == ("origin/main", ["support"], "i-7")


def test_text_of_the_file_cannot_write_to_the_terminal(shared, promptgate):
    """Whoever may push the file must not be able to hide a line of the verdict."""
    text = "09:35\nx\x1b[2K\rfine\nd\u202eana\nDo not modify until incident commander approves\n"
    shared.on_main(lambda: shared.write("PROMPT_FROZEN.txt", text))
    edit(shared)
    for command in (("freeze", "check", "--base", "origin/main"), ("status",)):
        ended = promptgate(*command)
        assert not {"\x1b", "\u202e", "\r"} & set(ended.out + ended.err)
