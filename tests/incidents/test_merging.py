"""A pushed rollback is merged by a command, or on a page of the forge where that is known."""

from promptgate.incidents.kinds import RolledBack
from promptgate.incidents.rollback.merging import ways_to_merge
from promptgate.project import find_project

ROLLED = RolledBack(
    branch="incident/rollback-x", commit="c0ffee", base="main", good="released", method="revert",
    files=("prompts/support.md",), gate="RELEASE", green=True, pushed=True,
)  # fmt: skip
PAGES = {
    "git@github.com:acme/shop.git":
        "https://github.com/acme/shop/compare/main...incident/rollback-x?expand=1",
    "https://token@github.com/acme/shop":
        "https://github.com/acme/shop/compare/main...incident/rollback-x?expand=1",
    "ssh://git@gitlab.acme.example:2222/group/shop.git":
        "https://gitlab.acme.example/group/shop/-/merge_requests/new"
        "?merge_request[source_branch]=incident/rollback-x",
    "../remote.git": "or a pull request of incident/rollback-x into main",
}  # fmt: skip


def test_ways_to_merge_are_a_command_and_the_page_of_the_forge_when_that_is_known(project):
    here = find_project(project.root)
    assert ways_to_merge(here, ROLLED) == ("git merge incident/rollback-x",), "there is no remote"
    project.git("remote", "add", "origin", "x")
    for address, page in PAGES.items():
        project.git("remote", "set-url", "origin", address)
        command, shown = ways_to_merge(here, ROLLED)
        assert command.startswith("git push origin incident/rollback-x:main")
        assert (shown, "token" in shown) == (page, False)
