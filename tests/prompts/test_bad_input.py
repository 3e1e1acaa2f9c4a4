"""Every kind of bad input ends in one sentence with the exact place and a fix."""

import pytest

from promptgate.errors import ExitCode, PromptError
from promptgate.prompts import load_prompt

USER = "{% block user %}x{% endblock %}"


def fault(memory, files, variables=None, name="support"):
    files = {f"prompts/{path}": text for path, text in files.items()}
    with pytest.raises(PromptError) as caught:
        load_prompt(memory(files), name).request(variables or {})
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert "\n" not in str(caught.value)
    return str(caught.value)


def body(text, header="model: m\n"):
    """Two lines of fences and one key stand above the text: it begins at line 4."""
    return {"support.md": f"---\n{header}---\n{text}"}


HEADERS = {
    "unknown key": (
        "model: m\nmax_tokns: 5\n",
        "prompts/support.md:3: unknown key 'max_tokns'; did you mean 'max_tokens'?",
    ),
    "unknown key of a variable": (
        "variables:\n  a:\n    requird: true\n",
        "prompts/support.md:4: unknown key 'requird'; did you mean 'required'?",
    ),
    "parameter the SDK dropped": (
        "model: m\ntemperature: 0\n",
        (
            "prompts/support.md:3: the key 'temperature' does not belong in the front matter; "
            "write 'extra_body: {temperature: …}' for a model that still takes it."
        ),
    ),
    "effort at the top": (
        "effort: low\n",
        (
            "prompts/support.md:2: the key 'effort' does not belong in the front matter; "
            "write 'output_config: {effort: …}'."
        ),
    ),
    "wrong type": (
        "max_tokens: many\n",
        "prompts/support.md:2: 'max_tokens' must be a valid integer, but got 'many'.",
    ),
    "no tokens": (
        "max_tokens: 0\n",
        "prompts/support.md:2: 'max_tokens' must be greater than or equal to 1, but got 0.",
    ),
    "a list": (
        "- model\n",
        "prompts/support.md:2: the front matter must be a mapping of keys, but is a list.",
    ),
    "a text": (
        "just text\n",
        "prompts/support.md:2: the front matter must be a mapping of keys, but is 'just text'.",
    ),
    "a YAML tag": (
        "model: !!python/name:os.system\n",
        "prompts/support.md:2: the YAML tag '!!python/name:os.system' is not allowed; remove it.",
    ),
    "a key twice": (
        "model: m\nmodel: n\n",
        "prompts/support.md:3: the key 'model' stands twice; keep one.",
    ),
    "required with default": (
        "variables:\n  a: {required: true, default: 1}\n",
        (
            "prompts/support.md:3: 'variables.a': a required variable cannot have a default; "
            "remove one of the two, but got a mapping."
        ),
    ),
    "a secret header": (
        "extra_headers: {x-api-key: k}\n",
        (
            "prompts/support.md:2: 'extra_headers': only 'anthropic-beta' may stand here, "
            "unlike 'x-api-key'; other headers belong to the client, but got a mapping."
        ),
    ),
    "half an example": (
        "examples:\n  - user: Hi\n",
        "prompts/support.md:3: the key 'assistant' is missing; add it.",
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_front_matter_is_refused_with_its_line(memory, name):
    header, message = HEADERS[name]
    assert fault(memory, body(USER, header)) == message


TEMPLATES = {
    "undefined variable": (
        "{% block user %}\n{{ question }}{% endblock %}",
        (
            "prompts/support.md:5: the variable 'question' is undefined; "
            "give it a value, or a default in the front matter."
        ),
    ),
    "undefined attribute": (
        "{% block user %}{{ order.id }}{% endblock %}",
        (
            "prompts/support.md:4: 'dict object' has no attribute 'id'; "
            "correct the name or give the value."
        ),
    ),
    "missing include": (
        "{% block user %}\n\n{% include 'shared/safty.md' %}{% endblock %}",
        (
            "prompts/support.md:6: 'include' of 'shared/safty.md', which is not in prompts/ at "
            "worktree; did you mean 'shared/safety.md'?"
        ),
    ),
    "include that may be missing": (
        "{% block user %}{% include 'shared/safety.md' ignore missing %}{% endblock %}",
        (
            "prompts/support.md:4: 'ignore missing' could leave out 'shared/safety.md' without a "
            "word; remove the two words."
        ),
    ),
    "dynamic include": (
        "{% block user %}{% include part %}{% endblock %}",
        (
            "prompts/support.md:4: the target of 'include' is computed; write one name in quotes, "
            "so that the prompt's fingerprint can cover it."
        ),
    ),
    "list of includes": (
        "{% block user %}{% include ['a.md', 'b.md'] %}{% endblock %}",
        (
            "prompts/support.md:4: the target of 'include' is computed; write one name in quotes, "
            "so that the prompt's fingerprint can cover it."
        ),
    ),
    "dynamic extends": (
        "{% extends base %}",
        (
            "prompts/support.md:4: the target of 'extends' is computed; write one name in quotes, "
            "so that the prompt's fingerprint can cover it."
        ),
    ),
    "conditional extends": (
        "{% if a %}{% extends 'base.md' %}{% endif %}",
        (
            "prompts/support.md:4: 'extends' under a condition is computed; move it to the top of "
            "the template."
        ),
    ),
    "dynamic import": (
        "{% from part import x %}" + USER,
        (
            "prompts/support.md:4: the target of 'from' is computed; write one name in quotes, "
            "so that the prompt's fingerprint can cover it."
        ),
    ),
    "leaves the folder": (
        "{% block user %}{% include '../secret.md' %}{% endblock %}",
        (
            "prompts/support.md:4: 'include' of '../secret.md' leads out of the prompts folder or "
            'around in it; write a plain path inside it, such as "shared/safety.md".'
        ),
    ),
    "an absolute path": (
        "{% block user %}{% include '/etc/passwd' %}{% endblock %}",
        (
            "prompts/support.md:4: 'include' of '/etc/passwd' leads out of the prompts folder or "
            'around in it; write a plain path inside it, such as "shared/safety.md".'
        ),
    ),
    "includes itself": (
        "{% block user %}{% include 'support.md' %}{% endblock %}",
        (
            "prompts/support.md:4: the template includes itself: support.md → support.md; "
            "break the circle."
        ),
    ),
    "includes itself through another": (
        "{% block user %}{% include 'loop.md' %}{% endblock %}",
        (
            "prompts/loop.md:2: the template includes itself: support.md → loop.md → support.md; "
            "break the circle."
        ),
    ),
    "text outside blocks": (
        USER + "\n\n  Be kind.\n",
        (
            "prompts/support.md:6: this text stands outside the blocks and would not be sent; "
            "move it into '{% block system %}' or '{% block user %}'."
        ),
    ),
    "text in a child": (
        "{% extends 'base.md' %}\nBe kind.\n",
        (
            "prompts/support.md:5: this text stands outside the blocks and would not be sent; "
            "move it into '{% block system %}' or '{% block user %}'."
        ),
    ),
    "text in a parent": (
        "{% extends 'stray.md' %}",
        (
            "prompts/stray.md:2: this text stands outside the blocks and would not be sent; "
            "move it into '{% block system %}' or '{% block user %}'."
        ),
    ),
    "value outside blocks": (
        "{{ a }}" + USER,
        (
            "prompts/support.md:4: this text stands outside the blocks and would not be sent; "
            "move it into '{% block system %}' or '{% block user %}'."
        ),
    ),
    "include outside blocks": (
        USER + "{% include 'shared/safety.md' %}",
        (
            "prompts/support.md:4: this text stands outside the blocks and would not be sent; "
            "move it into '{% block system %}' or '{% block user %}'."
        ),
    ),
    "conditional text outside blocks": (
        USER + "\n{% if true %}{% for x in [1] %}\ny{% endfor %}{% endif %}",
        (
            "prompts/support.md:6: this text stands outside the blocks and would not be sent; "
            "move it into '{% block system %}' or '{% block user %}'."
        ),
    ),
    "unknown block": (
        "{% block sytem %}x{% endblock %}",
        "prompts/support.md:4: unknown block 'sytem'; did you mean 'system'?",
    ),
    "unknown block of a child": (
        "{% extends 'base.md' %}{% block tne %}x{% endblock %}",
        "prompts/support.md:4: unknown block 'tne'; did you mean 'tone'?",
    ),
    "conditional block": (
        "{% if a %}{% block user %}x{% endblock %}{% endif %}",
        (
            "prompts/support.md:4: the block 'user' stands inside another statement; "
            "move it to the top level and put the condition inside."
        ),
    ),
    "block in a block": (
        "{% block system %}{% block user %}x{% endblock %}{% endblock %}",
        (
            "prompts/support.md:4: the block 'user' stands inside another statement; "
            "move it to the top level and put the condition inside."
        ),
    ),
    "two parents": (
        "{% extends 'base.md' %}\n{% extends 'base.md' %}",
        "prompts/support.md:5: a template can extend one other; remove this 'extends'.",
    ),
    "syntax": (
        "\n{% block user %}{% if %}{% endblock %}",
        (
            "prompts/support.md:5: this is not a valid template: Expected an expression, got 'end "
            "of statement block'."
        ),
    ),
    "syntax of a partial": (
        "{% block user %}{% include 'broken.md' %}{% endblock %}",
        "prompts/broken.md:2: this is not a valid template: unexpected '}'.",
    ),
    "unknown filter": (
        "{% block user %}\n{{ 'a'|shout }}{% endblock %}",
        "prompts/support.md:5: this is not a valid template: No filter named 'shout'.",
    ),
    "block twice": (
        USER + "\n" + USER,
        "prompts/support.md:5: this is not a valid template: block 'user' defined twice.",
    ),
    "wrong type": (
        "{% block user %}\n{{ 'a' + 1 }}{% endblock %}",
        (
            'prompts/support.md:5: the template failed: can only concatenate str (not "int") to '
            "str; correct the expression."
        ),
    ),
    "division by zero": (
        "{% block user %}{{ 1 / 0 }}{% endblock %}",
        "prompts/support.md:4: the template failed: division by zero; correct the expression.",
    ),
    "endless macro": (
        "{% block user %}{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}{% endblock %}",
        "prompts/support.md:4: the template calls itself without end; break the circle.",
    ),
    "failure inside a partial": (
        "{% block user %}{% include 'needs.md' %}{% endblock %}",
        (
            "prompts/needs.md:3: the variable 'absent' is undefined; "
            "give it a value, or a default in the front matter."
        ),
    ),
    "nested too deep": (
        "{% block user %}" + "{% for i in [1] %}" * 30 + "{% endfor %}" * 30 + "{% endblock %}",
        (
            "prompts/support.md: the template is nested too deep; move parts of it into macros or "
            "partials."
        ),
    ),
    "no text": (
        "\n\n",
        "prompts/support.md:4: the prompt has no text; write it below the front matter.",
    ),
}
PARTIALS = {
    "shared/safety.md": "Be safe.",
    "loop.md": "\n{% include 'support.md' %}",
    "base.md": "{% block user %}{% block tone %}x{% endblock %}{% endblock %}",
    "stray.md": "{% block user %}x{% endblock %}\nstray",
    "broken.md": "\n{{ a } }}",
    "needs.md": "a\nb\n{{ absent }}",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_is_refused_with_its_line(memory, name):
    text, message = TEMPLATES[name]
    assert fault(memory, body(text) | PARTIALS, {"order": {}}) == message


def test_long_front_matter_does_not_shift_the_lines(memory):
    header = "model: m\n" + "# a comment\n" * 40
    message = fault(memory, body("{% block user %}\n{{ x }}{% endblock %}", header))
    assert message.startswith("prompts/support.md:45: the variable 'x' is undefined")


def test_example_is_refused_with_its_line(memory):
    header = "model: m\nexamples:\n  - user: '{{ who }}'\n    assistant: A\n"
    assert fault(memory, body(USER, header)).startswith(
        "prompts/support.md:4: the variable 'who' is undefined"
    )
    header = "model: m\nexamples:\n  - user: Q\n    assistant: '{% include \"a.md\" %}'\n"
    assert fault(memory, body(USER, header)) == (
        "prompts/support.md:5: this is not a valid template: 'include' cannot be used here; "
        "use it in the prompt's body."
    )


def test_file_that_is_not_utf8_is_refused_with_its_line(memory):
    files = {"support.md": b"---\nmodel: m\n---\nMot\xe9\n"}
    assert fault(memory, files) == (
        "prompts/support.md:4: byte 0xe9 is not UTF-8; save the file as UTF-8."
    )
    files = body("{% include 'shared/a.md' %}") | {"shared/a.md": b"a\n\xff"}
    assert fault(memory, files) == (
        "prompts/shared/a.md:2: byte 0xff is not UTF-8; save the file as UTF-8."
    )


def test_front_matter_that_is_never_closed_is_refused(memory):
    assert fault(memory, {"support.md": "---\nmodel: m\nHello"}) == (
        "prompts/support.md:1: the front matter that opens here is never closed; "
        "end it with a line '---'."
    )


def test_unknown_prompt_is_refused_with_the_nearest_name(memory):
    assert fault(memory, body(USER), name="suport") == (
        "in prompts/ at worktree: unknown prompt 'suport'; did you mean 'support'?"
    )


@pytest.mark.parametrize("name", ["../support", "/support", "a/../support", "./support"])
def test_name_that_is_no_plain_path_is_an_unknown_prompt(memory, name):
    assert "unknown prompt" in fault(memory, body(USER), name=name)


def test_partial_is_refused_as_a_prompt(memory):
    assert fault(memory, {"support.md": "Be kind."}).startswith(
        "prompts/support.md:1: this file has no front matter, so it is a partial and no prompt"
    )


def test_prompt_without_a_model_is_refused(memory):
    assert fault(memory, body(USER, "max_tokens: 5\n")) == (
        "prompts/support.md:1: the prompt 'support' names no model; add 'model:' here, "
        "or under [project] in promptgate.toml."
    )
