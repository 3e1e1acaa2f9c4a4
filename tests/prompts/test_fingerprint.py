import pytest

from promptgate.prompts import load_prompt

HEADER = """\
model: m
max_tokens: 5
owner: a
variables: {q: {default: x}}
examples: [{user: Q, assistant: A}]
tools: [{name: t, input_schema: {type: object}}]
"""
BODY = "{% block user %}{{ q }}{% include 'shared/a.md' %}{% endblock %}\n"
PARTIAL = "Be kind.\n"


def fingerprint(memory, header=HEADER, body=BODY, partial=PARTIAL, *, folder="prompts", model=None):
    files = {f"{folder}/p.md": f"---\n{header}---\n{body}", f"{folder}/shared/a.md": partial}
    return load_prompt(memory(files), "p", folder=folder, default_model=model).fingerprint


CHANGES = {
    "the body": {"body": BODY + "{# a comment #}"},
    "a partial": {"partial": "Be very kind.\n"},
    "the model": {"header": HEADER.replace("model: m", "model: n")},
    "max_tokens": {"header": HEADER.replace("max_tokens: 5", "max_tokens: 6")},
    "a tool": {"header": HEADER.replace("name: t", "name: u")},
    "an example": {"header": HEADER.replace("assistant: A", "assistant: B")},
    "a default": {"header": HEADER.replace("default: x", "default: y")},
    "a new parameter": {"header": HEADER + "thinking: {type: disabled}\n"},
    "whether a value is required": {"header": HEADER.replace("{default: x}", "{required: true}")},
}


@pytest.mark.parametrize("name", CHANGES)
def test_fingerprint_changes_when_behaviour_may_change(memory, name):
    assert fingerprint(memory, **CHANGES[name]) != fingerprint(memory)


SAME = {
    "CRLF": {
        "header": HEADER.replace("\n", "\r\n"),
        "body": BODY.replace("\n", "\r\n"),
        "partial": PARTIAL.replace("\n", "\r\n"),
    },
    "owner": {"header": HEADER.replace("owner: a", "owner: b")},
    "description": {"header": HEADER + "description: For people.\n"},
    "order of keys": {"header": "".join(reversed(HEADER.splitlines(keepends=True)))},
    "a comment in the front matter": {"header": "# hello\n" + HEADER},
    "the folder": {"folder": "texts"},
    "the default that is written out": {"header": HEADER.replace("model: m\n", ""), "model": "m"},
}


@pytest.mark.parametrize("name", SAME)
def test_fingerprint_stays_when_behaviour_stays(memory, name):
    assert fingerprint(memory, **SAME[name]) == fingerprint(memory)


def test_fingerprint_stays_when_an_unrelated_partial_changes(memory, support_files):
    before = load_prompt(memory(support_files), "support").fingerprint
    support_files["prompts/shared/other.md"] = "Other."
    assert load_prompt(memory(support_files), "support").fingerprint == before


def test_fingerprint_is_pinned(memory):
    """A change of the definition invalidates every lock: it must be deliberate."""
    pinned = "sha256:9b39cff651c629cdbc2a63b5024b12c95c3b79c3395ed624ccaa0a98718b5e61"
    assert fingerprint(memory) == pinned


def test_comment_changes_the_fingerprint_and_not_the_request(memory):
    def request(body):
        files = {"prompts/p.md": f"---\n{HEADER}---\n{body}", "prompts/shared/a.md": PARTIAL}
        return load_prompt(memory(files), "p").request({})

    assert request(BODY) == request("{# why #}" + BODY)
