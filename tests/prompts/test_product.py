import subprocess
import sys
import textwrap

import pytest

import promptgate
from promptgate.errors import ProjectError, PromptError
from promptgate.prompts import Lock, dump_lock, load_prompt, locked_prompt, open_tree


def test_load_gives_the_product_the_request_that_suites_test(repository, support_files):
    repo = repository()
    repo.commit(support_files)
    loaded = promptgate.load("support", repo.root)
    tested = load_prompt(open_tree(repo.project, "HEAD"), "support")
    values = {"product": "Router", "question": "Why?"}
    assert loaded.request(**values) == tested.request(values)
    assert loaded.fingerprint == tested.fingerprint
    assert (loaded.name, loaded.model) == ("support", "claude-sonnet-5-5")


def test_load_takes_a_conversation_and_variables_of_any_name(repository):
    repo = repository()
    repo.write(
        {"promptgate.toml": "", "prompts/a.md": "---\nmodel: m\n---\n{{ messages }}{{ self_ }}"}
    )
    talk = [{"role": "user", "content": "{{ Hi }}"}]
    request = promptgate.load("a", repo.root).request(talk, messages="M", self_="S")
    assert request["system"] == "MS"
    assert request["messages"] == talk


def test_revision_is_the_released_one_until_a_file_changes(repository, support_files):
    repo = repository()
    commit = repo.commit(support_files)
    assert promptgate.load("support", repo.root).revision == "worktree"
    prompt = load_prompt(repo.project.tree, "support")
    lock = Lock({"support": locked_prompt(prompt, revision=commit, evidence=None)})
    repo.write({"promptgate.lock": dump_lock(lock)})
    assert promptgate.load("support", repo.root).revision == commit
    repo.write({"prompts/shared/safety.md": "Always help."})
    assert promptgate.load("support", repo.root).revision == "worktree"


def test_load_uses_the_folder_and_model_of_the_project(repository):
    repo = repository()
    repo.write({
        "promptgate.toml": '[project]\nprompts = "texts"\nmodel = "m"\n',
        "texts/a.md": "---\n---\nx",
        "src/x": "",
    })  # fmt: skip
    assert promptgate.load("a", repo.root / "src").model == "m"


def test_load_names_the_fault(repository, tmp_path):
    with pytest.raises(ProjectError, match=r"no promptgate\.toml here"):
        promptgate.load("a", tmp_path)
    repo = repository()
    repo.write({"promptgate.toml": ""})
    with pytest.raises(PromptError, match="in prompts/ at worktree: unknown prompt 'a'"):
        promptgate.load("a", repo.root)


def test_load_needs_neither_git_nor_heavy_imports(repository, support_files):
    """It stands in the start of a server, in an image without git."""
    repo = repository()
    repo.write(support_files)
    code = """\
        import sys
        import promptgate
        assert "pydantic" not in sys.modules, "import promptgate is cheap"
        promptgate.load("support").request(product="P", question="Q")
        heavy = {"anthropic", "pandas", "numpy", "scipy", "git", "vcr", "jsonschema", "rich"}
        assert not heavy & set(sys.modules), heavy & set(sys.modules)
    """
    subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        cwd=repo.root,
        env={"PATH": str(repo.root), "PYTHONPATH": ":".join(sys.path)},
        check=True,
    )


def test_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        _ = promptgate.lod
