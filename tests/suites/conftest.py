"""A tree in memory, and suites from texts."""

from collections.abc import Callable, Mapping

import pytest

from promptgate.files import Tree
from promptgate.suites import Suite, load_suites


class MemoryTree:
    """The files of a project that only this test has."""

    revision = "memory"

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = files

    def read(self, path: str) -> bytes | None:
        content = self.files.get(path)
        return content.encode() if isinstance(content, str) else content

    def list(self, folder: str) -> list[str]:
        return sorted(path for path in self.files if path.startswith(f"{folder}/"))


@pytest.fixture
def tree() -> Callable[[Mapping[str, str | bytes]], Tree]:
    return MemoryTree


@pytest.fixture
def load() -> Callable[..., tuple[Suite, ...]]:
    """Load suites from texts, named by their paths below suites/."""

    def from_texts(files: Mapping[str, str | bytes]) -> tuple[Suite, ...]:
        return load_suites(MemoryTree({f"suites/{k}": v for k, v in files.items()}), "suites")

    return from_texts


@pytest.fixture
def cases(load) -> Callable[..., tuple]:
    """Load the cases of one suite whose text begins after its first two keys."""

    def from_text(text: str, **files: str | bytes):
        named = {
            name.replace("_csv", ".csv").replace("_jsonl", ".jsonl"): content
            for name, content in files.items()
        }
        (suite,) = load({"s.yaml": f"suite: s\nprompt: p\n{text}", **named})
        return suite.cases

    return from_text
