"""Replay opens no socket: Python's own audit events say so, whatever library would open it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# An audit hook cannot be removed, so it lives and dies with a process of its own.
# The self-pipe of an event loop is a pair of AF_UNIX sockets that no one else can reach.
WATCHED = """
import socket, sys

def hook(event, arguments):
    if not event.startswith("socket."):
        return
    if event == "socket.__new__" and arguments[1] not in (socket.AF_INET, socket.AF_INET6):
        return
    print("opened:", event, arguments[1:], flush=True)
    import os
    os._exit(9)

sys.addaudithook(hook)
"""
RUN = """
from pathlib import Path
from promptgate.models.cassettes import Cassettes
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.single import RunOptions, run_target
project = find_project(Path("."))
run = run_target(project, RunOptions(), Source(Cassettes(project.cassettes)), "")
print("trials:", len(run.trials), *(trial.state for trial in run.trials))
"""


def watched(root: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that ends with 9 as soon as a socket is opened."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ANTHROPIC_")}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", WATCHED + code],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 9)",
        (
            "import anthropic; anthropic.Anthropic(api_key='k', base_url='http://127.0.0.1:9')"
            ".messages.create(model='m', max_tokens=1, messages=[{'role': 'user', 'content': 'x'}])"
        ),
    ],
)
def test_the_hook_ends_the_process_when_a_socket_is_opened(tmp_path, attempt):
    """A watch that cannot bark proves nothing."""
    done = watched(tmp_path, attempt)
    assert done.returncode == 9, done.stderr
    assert "opened: socket." in done.stdout


def test_replay_opens_no_socket_when_the_target_is_an_application(shop):
    """Synchronous and asynchronous."""
    shop.folder.write(
        "shop/later.py",
        "import anthropic, promptgate\n\n\nasync def answer(question):\n"
        "    async with anthropic.AsyncAnthropic() as client:\n"
        "        asked = promptgate.load('support').request(question=question)\n"
        "        return await client.messages.create(**asked)\n",
    )
    suite = shop.folder.read("suites/bot.yaml").replace("shop.bot", "shop.later")
    shop.folder.write("suites/later.yaml", suite.replace("suite: bot", "suite: later"))
    config = shop.folder.read("promptgate.toml")
    shop.folder.write("promptgate.toml", config + config.replace("shop.bot", "shop.later"))
    shop.run("record")
    done = watched(shop.folder.root, RUN)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["trials:", "4", *["scored"] * 4]


def test_replay_opens_no_socket_when_the_target_is_a_prompt(shop):
    """It reads files and imports neither the SDK nor vcrpy."""
    suite = shop.folder.read("suites/bot.yaml")
    shop.folder.write(
        "suites/bot.yaml", suite.replace("target: python:shop.bot:answer", "prompt: support")
    )
    shop.run("record")
    quiet = "\nassert not {'anthropic', 'vcr', 'httpx2'} & set(sys.modules)"
    done = watched(shop.folder.root, RUN + quiet)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["trials:", "2", "scored", "scored"]
