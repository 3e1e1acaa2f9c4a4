"""What a freeze leaves alone, and what a freeze of one prompt covers."""

from __future__ import annotations

import pytest

from promptgate.release.frozen import blocked_by_freeze
from tests.release.conftest import NOW, PROMPT
from tests.support.evasions import EVASIONS, paths

PASSING = {
    "the product's code": lambda s: s.replace("app/main.py", "hello", "goodbye"),
    "a case": lambda s: s.replace("suites/facts.yaml", "hello", "goodbye"),
    "a page about models": lambda s: s.write("docs/models.md", "We use claude-sonnet-4-5."),
    "an incident's record": lambda s: s.write("incidents/1/events.jsonl", '"claude-haiku-4-5"'),
    "a recording": lambda s: s.write("cassettes/a.yaml", "model: test-model"),
    "another variable": lambda s: s.replace(".env", "blue", "red"),
    "the gate's policy": lambda s: s.write(
        "promptgate.toml", s.read("promptgate.toml") + "[gate]\nmargin = 0.1\n"
    ),
    "attributes of other files": lambda s: s.write("app/.gitattributes", "* text\n"),
}


@pytest.mark.parametrize("change", PASSING, ids=str)
def test_change_passes_when_it_leaves_frozen_things_alone(frozen, change):
    """A freeze that blocks everything is switched off by the next team that has to ship."""
    PASSING[change](frozen)
    frozen.commit("fine")
    assert not frozen.blocked()
    assert blocked_by_freeze(frozen.project, "worktree", NOW) == ()


def test_change_that_adds_the_freeze_passes(shared):
    """Where nobody may push to main, the freeze itself comes by a pull request."""
    shared.write("PROMPT_FROZEN.txt", "stop")
    shared.commit("freeze")
    assert shared.check() is None
    assert blocked_by_freeze(shared.project, "worktree", NOW) == ()


def test_branch_passes_when_main_changed_prompts_after_it_began(shared):
    shared.on_main(lambda: shared.replace("prompts/support.md", "the shop", "our shop"))
    shared.freeze()
    PASSING["the product's code"](shared)
    shared.commit("fine")
    assert paths(shared) == set()


SCOPED = {
    "prompts/support.md": True,
    "prompts/shared/safety.md": True,
    "prompts/billing.md": False,
    "prompts/new.md": False,
    "prompts/Support.md": True,
}


@pytest.mark.parametrize(("path", "blocked"), SCOPED.items())
def test_freeze_of_one_prompt_covers_its_closure(shared, path, blocked):
    shared.freeze(prompts=("support",))
    shared.write(path, PROMPT.replace("the shop", "the bank") if "safety" not in path else "x")
    shared.commit("edit")
    assert shared.blocked() is blocked


def test_freeze_of_one_prompt_covers_a_partial_that_it_begins_to_use(shared):
    """After the approval of one text another must not slip in under it."""
    shared.freeze(prompts=("support",))
    shared.replace("prompts/support.md", "shared/safety.md", "shared/new.md")
    shared.write("prompts/shared/new.md", "Be bold.")
    shared.commit("edit")
    assert paths(shared) == {"prompts/support.md", "prompts/shared/new.md"}


def test_freeze_of_one_prompt_covers_its_entry_in_the_lock_alone(shared):
    shared.freeze(prompts=("support",))
    lock = shared.read("promptgate.lock")
    first, second = lock.split("  support:", 1)
    shared.write("promptgate.lock", first.replace("c0ffee", "abcdef") + "  support:" + second)
    shared.commit("release billing")
    assert not shared.blocked()
    shared.write("promptgate.lock", first + "  support:" + second.replace("c0ffee", "abcdef"))
    shared.commit("release support")
    assert shared.blocked()


def test_freeze_of_a_prompt_that_is_not_there_covers_all(shared):
    """A misspelt name must not freeze nothing."""
    shared.freeze("Prompts: suport")
    EVASIONS["prompt edited"](shared)
    shared.commit("edit")
    assert shared.blocked()


def test_freeze_holds_when_the_remote_is_not_called_origin(frozen):
    """It was pushed there, and this clone's own main does not have it."""
    frozen.git("remote", "rename", "origin", "company")
    frozen.git("branch", "-f", "main", "main~1")
    frozen.replace("prompts/support.md", "the shop", "the bank")
    frozen.commit("edit")
    (told,) = blocked_by_freeze(frozen.project, "worktree", NOW)
    assert told.startswith("on company/main, prompts are frozen since ")
