"""Keys and addresses: what is refused, and that no file and no message tells a key."""

import asyncio
import logging

import pytest

from promptgate.errors import InputError
from promptgate.models.client import Client, Job
from promptgate.models.faults import FaultKind
from tests.support.loopback import Loopback, Scripted, error
from tests.support.messages import message
from tests.support.recording import asking, record

pytestmark = pytest.mark.usefixtures("keyed")


def test_record_says_which_variable_to_set_when_there_is_no_key(cassettes, monkeypatch, tmp_path):
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(InputError, match="ANTHROPIC_API_KEY"):
        asyncio.run(Client(cassettes).record([Job(asking())]))


@pytest.mark.parametrize(
    "address", ["localhost:8080", "ftp://x", "https://", f"http://user:{'secret' * 3}@:x/"]
)
def test_record_refuses_an_address_that_is_none(cassettes, monkeypatch, address):
    """The SDK would call it a lost connection, and try again for minutes."""
    monkeypatch.setenv("ANTHROPIC_BASE_URL", address)
    with pytest.raises(InputError, match=r"ANTHROPIC_BASE_URL is .* no address") as caught:
        asyncio.run(Client(cassettes).record([Job(asking())]))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("key", ["planted key", "planted\n", "pl\u00e4nted"])
def test_record_refuses_a_key_that_no_header_can_carry_without_telling_it(
    cassettes, monkeypatch, key
):
    """An HTTP library quotes the header that it refuses."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", key)
    with pytest.raises(InputError, match="ANTHROPIC_API_KEY holds white space") as caught:
        asyncio.run(Client(cassettes).record([Job(asking())]))
    assert "planted" not in str(caught.value)


def test_record_takes_the_address_from_the_environment(cassettes, monkeypatch):
    with Loopback() as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        assert asyncio.run(Client(cassettes).record([Job(asking())])).recorded == 1


def test_record_tells_what_the_sdk_says_about_unusable_credentials(
    cassettes, monkeypatch, tmp_path
):
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setenv("ANTHROPIC_CONFIG_DIR", str(tmp_path / "absent"))
    with pytest.raises(InputError, match=r"credentials cannot be used: .*absent"):
        asyncio.run(Client(cassettes).record([Job(asking())]))


KEY = "planted-7f3a9c51e2d84b60"


@pytest.mark.parametrize("place", ["key", "token", "headers", "url"])
def test_no_file_and_no_message_holds_the_key(cassettes, monkeypatch, tmp_path, caplog, place):
    """The key is planted wherever the SDK takes one, and a server that leaks it back is asked."""
    caplog.set_level(logging.DEBUG, logger="promptgate")
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    base = "{url}"
    if place == "key":
        monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    elif place == "token":
        monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", KEY)
    elif place == "headers":
        monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", f"x-api-key: {KEY}\nx-gateway-token: {KEY}")
    else:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
        base = "http://user:" + KEY + "@{host}"

    def script(seen):
        assert any(KEY in value or "Basic" in value for value in seen.headers.values())
        leak = {"set-cookie": KEY, "x-echo": KEY, "anthropic-organization-id": KEY}
        if seen.question == "refuse":
            return error(400, "invalid_request_error", f"the key {KEY} is not allowed", **leak)
        if seen.question == "page":
            return Scripted(f"<html>{KEY}</html>", headers=leak)
        return Scripted(message(f"Your key is {KEY}!"), headers=leak)

    with Loopback(script) as server:
        gateway = base.format(url=server.url, host=server.url.removeprefix("http://"))
        jobs = [Job(asking(q)) for q in ("answer", "refuse", "page")]
        jobs.append(Job(asking(metadata={"user_id": KEY})))
        outcomes, _ = record(cassettes, type("Gateway", (), {"url": gateway}), jobs, retries=0)
        assert server.count == 3
    answered, refused, page, held = outcomes
    assert answered.response.text == "Your key is [redacted]!"
    assert refused.kind == FaultKind.INVALID_REQUEST
    assert page.kind == FaultKind.MALFORMED
    assert (held.kind, held.attempts) == (FaultKind.SECRET, 0)
    assert KEY not in repr(outcomes)
    assert KEY not in caplog.text
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert KEY.encode() not in file.read_bytes()
        assert KEY not in str(file)


def test_an_anthropic_key_in_a_request_is_scrubbed_and_still_found(cassettes):
    """Its form is known, so it needs no environment to be recognised: replay finds it too."""
    request = asking("My key is sk-ant-api03-abcdefghijklmnop", metadata={"user_id": "u"})
    with Loopback() as server:
        (outcome,), _ = record(cassettes, server, [Job(request)])
    assert cassettes.find(request.digest) == (outcome,)
    assert "abcdefghijkl" not in "".join(f.read_text() for f in cassettes.root.rglob("*.yaml"))


def test_a_connection_error_does_not_tell_the_password_of_the_url(cassettes):
    gateway = type("Gateway", (), {"url": f"http://user:{KEY}@127.0.0.1:9"})
    (outcome,), _ = record(cassettes, gateway, [Job(asking())], retries=0)
    assert outcome.kind == FaultKind.CONNECTION
    assert KEY not in repr(outcome)
