import pytest

from promptgate.errors import PromptError
from promptgate.prompts import list_prompts, load_prompt

HEAD = "---\nmodel: m\n---\n"


def load(memory, body, *, header="model: m\n", name="support", **partials):
    files = {"prompts/support.md": f"---\n{header}---\n{body}"}
    files |= {f"prompts/{path}": text for path, text in partials.items()}
    return load_prompt(memory(files), name)


def test_request_holds_everything_the_api_needs(memory, support_files):
    prompt = load_prompt(memory(support_files), "support")
    assert prompt.request({"product": "Router", "question": "  Why?  "}) == {
        "model": "claude-sonnet-5-5",
        "max_tokens": 300,
        "system": "You support Router.\nDecline what is unsafe.",
        "messages": [
            {"role": "user", "content": "Where is my Router?"},
            {"role": "assistant", "content": "Open Orders, then Track."},
            {"role": "user", "content": "Why?"},
        ],
    }


def test_request_keeps_inner_white_space_of_a_block(memory):
    prompt = load(memory, "{% block user %}\n\n a\n\n  b \n\n{% endblock %}")
    assert prompt.request({})["messages"][0]["content"] == "a\n\n  b"


def test_body_without_a_block_is_the_system_prompt(memory):
    prompt = load(memory, "Be kind to {{ name }}.\n")
    request = prompt.request({"name": "Ann"}, messages=[{"role": "user", "content": "Hi"}])
    assert request["system"] == "Be kind to Ann."
    assert prompt.roles == {"system"}


def test_messages_replace_the_user_block_and_examples_stay_in_front(memory, support_files):
    prompt = load_prompt(memory(support_files), "support")
    talk = [{"role": "user", "content": [{"type": "text", "text": "Look: {{ x }}"}]}]
    turns = prompt.request({"product": "P", "question": "unused"}, messages=talk)["messages"]
    assert [turn["role"] for turn in turns] == ["user", "assistant", "user"]
    assert turns[2] == talk[0], "a customer's braces are sent as they are"


def test_request_shares_nothing_with_the_prompt_or_the_messages(memory):
    prompt = load(
        memory, "Hi", header="model: m\ntools: [{name: t, input_schema: {type: object}}]\n"
    )
    talk = [{"role": "user", "content": [{"type": "text", "text": "a"}]}]
    first = prompt.request({}, messages=talk)
    first["tools"][0]["name"] = "changed"
    first["messages"][0]["content"][0]["text"] = "changed"
    assert prompt.request({}, messages=talk)["tools"][0]["name"] == "t"
    assert talk[0]["content"][0]["text"] == "a"


def test_every_request_parameter_of_the_front_matter_is_sent(memory):
    header = """\
model: m
max_tokens: 7
stop_sequences: [END]
tools: [{name: t, input_schema: {type: object}}]
tool_choice: {type: auto}
thinking: {type: adaptive}
output_config: {effort: low}
metadata: {user_id: u}
cache_control: {type: ephemeral}
extra_headers: {anthropic-beta: b}
extra_body: {temperature: 0}
"""
    request = load(memory, "{% block user %}x{% endblock %}", header=header).request({})
    del request["messages"]
    assert request == {
        "model": "m",
        "max_tokens": 7,
        "stop_sequences": ["END"],
        "tools": [{"name": "t", "input_schema": {"type": "object"}}],
        "tool_choice": {"type": "auto"},
        "thinking": {"type": "adaptive"},
        "output_config": {"effort": "low"},
        "metadata": {"user_id": "u"},
        "cache_control": {"type": "ephemeral"},
        "extra_headers": {"anthropic-beta": "b"},
        "extra_body": {"temperature": 0},
    }


def test_model_is_that_of_the_front_matter_over_the_default(memory):
    files = {"prompts/a.md": "---\n---\nx", "prompts/b.md": HEAD + "x"}
    talk = [{"role": "user", "content": "x"}]
    for name, own in (("a", "default"), ("b", "m")):
        prompt = load_prompt(memory(files), name, default_model="default")
        assert prompt.request({}, messages=talk)["model"] == prompt.model == own
        assert prompt.request({}, messages=talk, model="other")["model"] == "other"


def test_default_fills_and_a_variable_that_is_not_used_is_fine(memory):
    header = "model: m\nvariables:\n  tone: {default: kind}\n  name:\n"
    prompt = load(memory, "{% block user %}{{ tone }} {{ name }}{% endblock %}", header=header)
    request = prompt.request({"name": "Ann", "unused": 1})
    assert request["messages"][0]["content"] == "kind Ann"
    assert prompt.variables["name"].required
    assert not prompt.variables["tone"].required


def test_optional_variable_without_default_is_undefined_in_conditions(memory):
    header = "model: m\nvariables:\n  extra: {required: false}\n"
    body = "{% block user %}a{% if extra is defined %}{{ extra }}{% endif %}{% endblock %}"
    prompt = load(memory, body, header=header)
    assert prompt.request({})["messages"][0]["content"] == "a"
    assert prompt.request({"extra": "b"})["messages"][0]["content"] == "ab"


def test_required_variable_that_is_not_given_names_its_declaration(memory, support_files):
    prompt = load_prompt(memory(support_files), "support")
    with pytest.raises(PromptError, match=r"^prompts/support\.md:6: .*'question' is required"):
        prompt.request({"product": "P"})


def test_request_refuses_when_nothing_is_to_be_answered(memory):
    with pytest.raises(PromptError, match="no user block and the case no messages"):
        load(memory, "Just a system.").request({})
    with pytest.raises(PromptError, match="user block of 'support' rendered to nothing"):
        load(memory, "{% block user %}{{ q }}{% endblock %}").request({"q": " "})
    with pytest.raises(PromptError, match="empty list of messages"):
        load(memory, "{% block user %}x{% endblock %}").request({}, messages=[])


def test_system_block_that_renders_to_nothing_is_not_sent(memory):
    system = "{% block system %}{% if vip %}Hurry.{% endif %}{% endblock %}"
    body = system + "{% block user %}x{% endblock %}"
    assert "system" not in load(memory, body).request({"vip": False})


def test_child_inherits_blocks_and_top_level_settings(memory):
    parts = {
        "base.md": "{% set who = 'Acme' %}{% block system %}{{ who }}: {% block tone %}plain"
        "{% endblock %}{% endblock %}{% block user %}{{ q }}{% endblock %}",
    }
    body = '{% extends "base.md" %}{% block tone %}{{ super() }}, kind{% endblock %}'
    request = load(memory, body, **parts).request({"q": "Why?"})
    assert request["system"] == "Acme: plain, kind"
    assert request["messages"] == [{"role": "user", "content": "Why?"}]


def test_prompt_that_extends_a_prompt_takes_its_text_and_not_its_front_matter(memory):
    base = "---\nmodel: base\nmax_tokens: 9\n---\n{% block user %}x{% endblock %}"
    prompt = load(memory, '{% extends "base.md" %}', **{"base.md": base})
    assert prompt.model == "m"
    assert prompt.parameters == {"max_tokens": 1024}
    assert prompt.request({})["messages"] == [{"role": "user", "content": "x"}]


def test_macros_come_from_imported_partials(memory):
    body = '{% import "m.md" as m %}{% block user %}{{ m.hi("Ann") }}{% endblock %}'
    partial = "{% macro hi(name) %}Hi {{ name }}{% endmacro %}"
    request = load(memory, body, **{"m.md": partial}).request({})
    assert request["messages"][0]["content"] == "Hi Ann"


def test_examples_are_rendered_and_may_be_lists_of_blocks(memory):
    header = (
        "model: m\nexamples:\n"
        "  - user: [{type: image, source: {type: url, url: 'u'}}, {type: text, text: '{{ a }}?'}]\n"
        "    assistant: Yes.\n"
    )
    turns = load(memory, "{% block user %}x{% endblock %}", header=header).request({"a": "A"})
    assert turns["messages"][0]["content"][1] == {"type": "text", "text": "A?"}
    assert turns["messages"][0]["content"][0]["source"] == {"type": "url", "url": "u"}


def test_render_messages_fills_texts_and_leaves_other_blocks(memory):
    prompt = load(memory, "{% block user %}x{% endblock %}")
    image = {"type": "image", "source": {"type": "url", "url": "{{ city }}"}}
    talk = [
        {"role": "user", "content": "Weather in {{ city }}?"},
        {"role": "user", "content": [{"type": "text", "text": "{{ city }}"}, image]},
    ]
    filled = prompt.render_messages(talk, {"city": "{{ A }}"})
    assert filled[0]["content"] == "Weather in {{ A }}?", "values are not rendered again"
    assert filled[1]["content"] == [{"type": "text", "text": "{{ A }}"}, image]


def test_render_messages_refuses_an_undefined_variable_without_a_place_of_its_own(memory):
    prompt = load(memory, "{% block user %}x{% endblock %}")
    with pytest.raises(PromptError, match=r"^the variable 'city' is undefined"):
        prompt.render_messages([{"role": "user", "content": "{{ city }}"}], {})


def test_list_prompts_knows_prompts_from_partials(memory):
    files = {
        "prompts/b.md": HEAD + "x",
        "prompts/a.md": "\ufeff---\r\nmodel: m\r\n---\r\nx",
        "prompts/team/c.md": HEAD + "x",
        "prompts/shared/safety.md": "x",
        "prompts/README.md": "About.",
        "prompts/notes.txt": "---\n---\n",
        "other/d.md": HEAD + "x",
    }
    assert list_prompts(memory(files)) == ["a", "b", "team/c"]
    assert load_prompt(memory(files), "team/c").name == "team/c"


def test_closure_holds_every_file_by_its_path_own_file_first(memory, support_files):
    prompt = load_prompt(memory(support_files), "support")
    assert list(prompt.closure) == ["prompts/support.md", "prompts/shared/safety.md"]
    assert prompt.closure["prompts/support.md"] == support_files["prompts/support.md"]
