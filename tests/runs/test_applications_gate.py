"""Applications in a gate: code, prompts and files of two revisions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from promptgate.project import find_project
from tests.runs.conftest import BOT, counted


def test_gate_runs_the_code_of_another_revision_when_that_is_the_baseline(shop):
    """Old code with old prompts against new code with new prompts, each in its own process."""
    commit = shop.folder.git("rev-parse", "HEAD")
    shop.bot(BOT.replace("Once more", "Again"))
    shop.folder.replace("prompts/support.md", "a router", "one router")
    asked = []

    def script(seen):
        asked.append((seen.body["system"], seen.question))
        return counted(seen)

    run = shop.gate("record", script, baseline=commit)
    by_arm = {
        arm: [t.answer for t in run.trials if t.arm == arm] for arm in ("baseline", "candidate")
    }
    assert [len(answers) for answers in by_arm.values()] == [2, 2]
    assert {system for system, told in asked if "Once more" in told} == {
        "You answer questions about a router."
    }
    assert {system for system, told in asked if "Again" in told} == {
        "You answer questions about one router."
    }
    again = shop.gate(baseline=commit)
    assert shop.sent == 0
    assert again.trials == run.trials


def release(shop) -> None:
    """Write the lock that a release of the shop as it is committed writes."""
    from promptgate.files import write_atomic
    from promptgate.prompts import (
        Lock,
        LockedApplication,
        dump_lock,
        load_prompt,
        locked_prompt,
    )
    from promptgate.runs.applications.code import ApplicationsSettings, code_fingerprint

    project = find_project(shop.folder.root)
    target, commit = "python:shop.bot:answer", shop.folder.git("rev-parse", "HEAD")
    settings = project.section("applications", ApplicationsSettings).of(target)
    code = code_fingerprint(project.tree, settings, target, strict=True)
    prompt = load_prompt(project.tree, "support")
    lock = Lock(
        {"support": locked_prompt(prompt, revision=commit, evidence=None)},
        {target: LockedApplication(code, commit)},
    )
    write_atomic(shop.folder.root / "promptgate.lock", dump_lock(lock))


OFFLINE = "def answer(question):\n    return 'No. It is a router'\n"
"""A module that asks no model, so that its process is soon there."""


def test_gate_sees_an_edit_of_code_alone_when_the_baseline_is_released(shop):
    """An application is more than its prompts: its code is released with them."""
    shop.bot(OFFLINE)
    shop.folder.commit("offline")
    release(shop)
    assert shop.gate().trials == ()
    shop.folder.replace("shop/bot.py", "router", "bridge")
    assert {trial.arm for trial in shop.gate().trials} == {"baseline", "candidate"}


def test_gate_takes_released_prompts_when_the_baseline_is_released(shop):
    release(shop)
    shop.folder.commit("release")
    shop.folder.replace("prompts/support.md", "a router", "one router")
    systems = set()

    def script(seen):
        systems.add(seen.body["system"])
        return counted(seen)

    run = shop.gate("record", script)
    assert run.baseline.revision == "released"
    assert {trial.arm for trial in run.trials} == {"baseline", "candidate"}
    assert systems == {f"You answer questions about {n} router." for n in ("a", "one")}


def test_gate_finds_nothing_changed_when_application_and_prompts_are_the_same(shop):
    """No recording is needed to say so; a file that is not its own changes nothing."""
    shop.folder.write("notes.txt", "new")
    run = shop.gate(baseline="HEAD")
    assert run.decision.exit_code == 0
    assert run.trials == ()


@pytest.mark.parametrize("path", ["shop/help.md", "prompts/support.md"])
def test_gate_sees_a_change_when_it_is_in_what_the_application_is_made_of(shop, path):
    """Its code, see above, data files in its package, and its prompts."""
    shop.bot(OFFLINE)
    shop.folder.write("shop/help.md", "About routers.\n")
    shop.folder.commit("help")
    shop.folder.replace(path, "router", "bridge")
    assert shop.gate(baseline="HEAD").trials


def test_gate_holds_a_case_as_new_when_the_baseline_has_no_such_application(shop):
    """What did not exist cannot be worse than before."""
    run = shop.gate("record", baseline="HEAD~1")
    assert {trial.arm for trial in run.trials} == {"candidate"}


def test_gate_holds_a_case_as_new_when_the_function_did_not_take_its_variables(shop):
    """As for a prompt that could not be rendered on the baseline."""
    commit = shop.folder.git("rev-parse", "HEAD")
    shop.bot(BOT.replace("def answer(question)", "def answer(question, *, language)"))
    shop.folder.replace("suites/bot.yaml", "vars: {", "vars: {language: en, ")
    run = shop.gate("record", baseline=commit)
    assert {trial.arm for trial in run.trials} == {"candidate"}


def test_record_asks_the_baseline_again_when_its_calls_are_old(shop, monkeypatch):
    """Answers of last month's service beside fresh ones would compare services."""
    commit = shop.folder.git("rev-parse", "HEAD")
    shop.run("record")
    shop.bot(BOT.replace("Once more", "Again"))
    later = datetime.now(UTC) + timedelta(days=30)
    monkeypatch.setattr("promptgate.runs.gating.utc_now", lambda: later)
    shop.gate("record", baseline=commit)
    assert shop.sent > 2
