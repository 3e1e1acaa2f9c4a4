"""pytest runs suites: one item for each answer, one for each suite's gate, and fixtures.

Loaded into every pytest where promptgate is installed, so it imports nothing but
pytest until it meets a suite of a promptgate project or a test asks for one of its
fixtures. A YAML file that is not in such a project's folder of suites is none of
its business. What items do is in promptgate.testing.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from promptgate.testing.asking import Ask, Cassette, Judged, LoadPrompt
    from promptgate.testing.benches import Benches

_CONFIG = "promptgate.toml"
_SUFFIXES = (".yaml", ".yml")
_folders = pytest.StashKey[dict[Path, "tuple[Path, Path] | None"]]()
_benches = pytest.StashKey["Benches"]()
_shared = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the setting."""
    group = parser.getgroup("promptgate", "prompt suites (promptgate)")
    group.addoption(
        "--promptgate-mode",
        choices=["replay", "record", "refresh"],
        default="replay",
        help="replay recordings (the default); record what is missing; or refresh all of it.",
    )
    group.addoption(
        "--promptgate-baseline",
        metavar="REV",
        help="what the gate compares with; by default what was released.",
    )
    group.addoption(
        "--promptgate-candidate",
        metavar="REV",
        default="worktree",
        help="what is judged; by default the files as they are.",
    )
    group.addoption(
        "--promptgate-max-cost",
        metavar="USD",
        type=float,
        help="refuse to record what may cost more, in US dollars.",
    )
    parser.addini(
        "promptgate_cases",
        "what an answer that does not pass does to its item: 'report' (xfailed; the suite's gate "
        "decides) or 'fail'.",
        default="report",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    config.addinivalue_line("markers", "promptgate_case: an answer to a case of a suite.")
    config.addinivalue_line("markers", "promptgate_gate: the gate of a suite.")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a suite: a YAML file in the folder of suites of a promptgate project."""
    if file_path.suffix not in _SUFFIXES or file_path.name.startswith(("_", ".")):
        return None
    known = parent.config.stash.setdefault(_folders, {})
    folder = file_path.parent
    if folder not in known:
        known[folder] = _project_of(folder)
    place = known[folder]
    if place is None or not file_path.is_relative_to(place[1]):
        return None
    from promptgate.testing.items import SuiteFile

    shared = benches(parent.config)
    collector: pytest.Collector = SuiteFile.from_parent(
        parent, path=file_path, root=place[0], benches=shared
    )
    return collector


def _project_of(folder: Path) -> tuple[Path, Path] | None:
    """Return the root of the project that a folder is in, and its folder of suites."""
    import tomllib

    for root in (folder, *folder.parents):
        config = root / _CONFIG
        if config.is_file():
            try:
                data = tomllib.loads(config.read_text(encoding="utf-8"))
                suites = data.get("project", {}).get("suites", "suites")
                return root, root / suites
            except (OSError, ValueError, AttributeError, TypeError):
                return root, root / "suites"  # what is wrong with it is said there
    return None


def benches(config: pytest.Config) -> Benches:
    """Return what the items of this run share, by project."""
    if _benches not in config.stash:
        from promptgate.testing.benches import Benches, Choice

        given = getattr(config, "workerinput", {}).get("promptgate_shared")
        option = config.getoption
        choice = Choice(
            mode=option("--promptgate-mode"),
            baseline=option("--promptgate-baseline"),
            candidate=option("--promptgate-candidate"),
            max_cost=option("--promptgate-max-cost"),
        )
        config.stash[_benches] = Benches(choice, None if given is None else Path(given))
    return config.stash[_benches]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give the workers of pytest-xdist a folder through which one tells the others its gate."""
    stash = node.config.stash
    if _shared not in stash:
        import tempfile

        stash[_shared] = tempfile.mkdtemp(prefix="promptgate-")
    node.workerinput["promptgate_shared"] = stash[_shared]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove that folder."""
    if _shared in config.stash:
        shutil.rmtree(config.stash[_shared], ignore_errors=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what the gate decided, also where a worker did."""
    told = {
        value: None
        for outcome in ("passed", "failed", "error")
        for report in terminalreporter.stats.get(outcome, ())
        if report.nodeid.endswith("::gate")
        for name, value in report.user_properties
        if name == "promptgate"
    }
    if told:
        terminalreporter.section("promptgate")
        for line in told:
            terminalreporter.write_line(line)


@pytest.fixture
def prompt(request: pytest.FixtureRequest) -> LoadPrompt:
    """Load a prompt as the candidate has it: `prompt("support").request(question=…)`."""
    from promptgate.testing.asking import LoadPrompt

    return LoadPrompt(benches(request.config).at(request.path.parent))


@pytest.fixture
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask a prompt and return the recorded answer: `ask("support", question="…").text`."""
    from promptgate.testing.asking import Ask

    return Ask(benches(request.config).at(request.path.parent), request.node.nodeid)


@pytest.fixture
def judge(request: pytest.FixtureRequest) -> Judged:
    """Have a judge of promptgate.toml say how good an answer is: `judge(answer, "helpful")`."""
    from promptgate.testing.asking import Judged

    return Judged(benches(request.config).at(request.path.parent), request.node.nodeid)


@pytest.fixture
def cassette(request: pytest.FixtureRequest) -> Cassette:
    """Run a function of yours on recordings of what it asks: `cassette(bot.answer, "…")`."""
    from promptgate.testing.asking import Cassette

    return Cassette(benches(request.config).at(request.path.parent), request.node.nodeid)
