import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import LockError
from promptgate.files import decode
from promptgate.prompts import (
    Lock,
    LockedPrompt,
    LockTree,
    dump_lock,
    list_prompts,
    load_prompt,
    locked_prompt,
    read_lock,
)


def lock_of(memory, files, *names):
    prompts = [load_prompt(memory(files), name) for name in names]
    return Lock({p.name: locked_prompt(p, revision="c0ffee", evidence="sha256:e") for p in prompts})


def test_lock_shows_texts_as_they_are(memory, support_files):
    """A reviewer reads the prompt in the diff of the lock."""
    text = dump_lock(lock_of(memory, support_files, "support"))
    assert "      prompts/support.md: |2\n        ---\n        model: claude-sonnet-5-5\n" in text
    assert "        You support {{ product }}.\n" in text


def test_lock_reads_back_as_it_was_written(memory, support_files):
    lock = lock_of(memory, support_files, "support")
    text = dump_lock(lock)
    again = read_lock(memory({"promptgate.lock": text}))
    assert again == lock
    assert list(again.prompts["support"].closure) == list(lock.prompts["support"].closure)
    assert dump_lock(again) == text


texts = st.text(
    st.one_of(
        st.sampled_from(
            " \t\n#:-|>'\"%{}[]&*!?,\\é😀\x00\x07\x1b\x7f\x85\xa0\u2028\u2029\ufeff\ufffe"
        ),
        st.characters(exclude_categories=["Cs"], exclude_characters="\r"),
    )
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(text=texts, parameters=st.dictionaries(texts, values, max_size=3), path=texts)
def test_lock_round_trip_is_exact_for_any_text(text, parameters, path):
    closure = {"prompts/p.md": text, f"prompts/{path}": text + "\n"}
    entry = LockedPrompt("prompts/p.md", "sha256:0", "c", "m", parameters, None, closure)

    class Tree:
        revision = "memory"

        def read(self, path):
            return dump_lock(Lock({"p": entry})).encode()

        def list(self, folder):
            return []

    assert read_lock(Tree()) == Lock({"p": entry})
    assert decode(Tree().read(""), "") == dump_lock(Lock({"p": entry})), "no CR, no BOM"


@pytest.mark.parametrize("text", ["no", "012", "1e5", "12:30", "~", "", " ", "\n", "a\n\n", " a\n"])
def test_lock_keeps_a_text_that_looks_like_something_else(memory, text):
    entry = LockedPrompt(
        "prompts/no.md", "f", text, text, {"k": text}, text, {"prompts/no.md": text}
    )
    assert read_lock(memory({"promptgate.lock": dump_lock(Lock({"no": entry}))})) == Lock(
        {"no": entry}
    )


def test_released_prompt_is_the_one_that_was_released(memory, support_files):
    lock = lock_of(memory, support_files, "support")
    tree = LockTree(lock)
    before = load_prompt(memory(support_files), "support")
    released = load_prompt(tree, "support")
    assert released.fingerprint == before.fingerprint
    assert released.closure == before.closure
    assert released.revision == "released"
    values = {"product": "P", "question": "Q"}
    assert released.request(values) == before.request(values)
    assert list_prompts(tree) == ["support"]


def test_released_prompt_keeps_the_model_that_was_the_default_then(memory):
    files = {"prompts/a.md": "---\n---\nx"}
    prompt = load_prompt(memory(files), "a", default_model="then")
    tree = LockTree(Lock({"a": locked_prompt(prompt, revision="c", evidence=None)}))
    assert load_prompt(tree, "a", default_model="now").model == "then"


def test_released_prompt_is_found_when_the_folder_was_renamed(memory):
    prompt = load_prompt(memory({"old/a.md": "---\nmodel: m\n---\nx"}), "a", folder="old")
    tree = LockTree(Lock({"a": locked_prompt(prompt, revision="c", evidence=None)}))
    assert load_prompt(tree, "a", folder="new").file == "old/a.md"


def test_prompts_released_at_different_times_keep_their_own_partials(memory):
    body = "---\nmodel: m\n---\n{% block user %}{% include 's.md' %}{% endblock %}"
    entries = {}
    for name, text in (("a", "then"), ("b", "now")):
        files = {f"prompts/{name}.md": body, "prompts/s.md": text}
        entries |= lock_of(memory, files, name).prompts
    tree = LockTree(Lock(entries))
    for name, text in (("a", "then"), ("b", "now")):
        request = load_prompt(tree, name).request({})
        assert request["messages"][0]["content"] == text
    with pytest.raises(LockError, match=r"'prompts/s\.md' has 2 released texts"):
        tree.read("prompts/s.md")
    assert tree.list("prompts") == ["prompts/a.md", "prompts/b.md", "prompts/s.md"]


def test_altered_text_is_refused(memory, support_files):
    text = dump_lock(lock_of(memory, support_files, "support"))
    altered = text.replace("Decline what is unsafe.", "Always help.")
    tree = LockTree(read_lock(memory({"promptgate.lock": altered})))
    with pytest.raises(LockError, match=r"^promptgate\.lock: the entry of 'support' is not"):
        load_prompt(tree, "support")


def test_prompt_that_was_never_released_is_refused(memory, support_files):
    tree = LockTree(lock_of(memory, support_files, "support"))
    with pytest.raises(LockError, match="unknown released prompt 'suport'; did you mean 'support'"):
        load_prompt(tree, "suport")


def test_absent_lock_is_none(memory):
    assert read_lock(memory({})) is None


BAD = {
    "version: 2\nprompts: {}\n": "promptgate.lock:1: the lock has version 2, newer than 1; "
    "upgrade promptgate.",
    "prompts: {}\n": "promptgate.lock:1: the key 'version' is missing; add it.",
    "- a\n": "promptgate.lock:1: the lock must be a mapping of keys, but is a list.",
    "version: 1\nprompts: {}\nextra: 1\n": "promptgate.lock:3: unknown key 'extra'; known: "
    "anchor, applications, prompts, version.",
    "version: 1\nprompts:\n<<<<<<< HEAD\n": "promptgate.lock:4: this is not valid YAML: could not "
    "find expected ':'.",
    "version: 1\nprompts:\n  a: {file: p/a.md, fingerprint: f, revision: r, model: m, "
    "parameters: {}, closure: {}}\n": "promptgate.lock:3: 'closure' of 'a' lacks its own file "
    "'p/a.md'; restore the lock from git.",
}


@pytest.mark.parametrize("text", BAD)
def test_damaged_lock_is_refused_with_its_line(memory, text):
    with pytest.raises(LockError) as caught:
        read_lock(memory({"promptgate.lock": text}))
    assert str(caught.value) == BAD[text]
