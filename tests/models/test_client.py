"""The client against a scripted server: each fault ends as its named state, nothing is lost."""

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from promptgate.errors import CassetteError, InputError
from promptgate.models.cassette_file import Recording
from promptgate.models.cassettes import Cassettes
from promptgate.models.client import HOPELESS_IN_A_ROW, Backoff, Client, Job
from promptgate.models.faults import Fault, FaultKind
from promptgate.models.request import Request
from promptgate.models.settings import ModelSettings
from tests.support.loopback import Loopback, Scripted, error, in_turn
from tests.support.messages import message, stream

AT_ONCE = Backoff(first=0.001, longest=0.01)


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    for name in ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")


@pytest.fixture
def cassettes(tmp_path):
    return Cassettes(tmp_path / "cassettes")


def asking(question="Hi", **more) -> Request:
    messages = [{"role": "user", "content": question}]
    return Request({"model": "claude-sonnet-5-5", "max_tokens": 9, "messages": messages, **more})


def record(cassettes, server, jobs, **settings):
    """Record and return the outcomes in order of job, and the summary."""
    outcomes = {}
    client = Client(cassettes, ModelSettings(base_url=server.url, **settings), backoff=AT_ONCE)
    jobs = list(jobs)
    summary = asyncio.run(client.record(jobs, on_result=lambda j, o: outcomes.update({id(j): o})))
    return [outcomes[id(job)] for job in jobs], summary


def one(cassettes, script, request=None, **settings):
    """Record one answer; return the outcome and how many requests arrived."""
    with Loopback(script) as server:
        (outcome,), _ = record(cassettes, server, [Job(request or asking())], **settings)
        return outcome, server.count


def test_record_stores_what_replay_then_finds(cassettes):
    """Live and replay differ only in where the bytes come from."""
    jobs = [Job(asking(f"q{i}"), s, ("suite", f"c{i}")) for i in range(5) for s in range(3)]
    with Loopback(lambda seen: Scripted(message(f"{seen.number}"))) as server:
        outcomes, summary = record(cassettes, server, jobs)
    for job, outcome in zip(jobs, outcomes, strict=True):
        assert isinstance(outcome, Recording)
        assert Cassettes(cassettes.root).find(job.request.digest)[job.sample] == outcome
    assert (summary.recorded, summary.sent, summary.retried) == (15, 15, 0)
    assert summary.served == {"claude-sonnet-5-5": ("claude-sonnet-5-5",)}
    assert outcomes[0].sdk.startswith("anthropic 2.")


def test_record_sends_what_the_product_would(cassettes):
    """The body that stands under test is the one that messages.create sends."""
    import anthropic

    request = asking(system="Be brief.", tools=[{"name": "f", "input_schema": {"type": "object"}}])
    with Loopback() as server:
        record(cassettes, server, [Job(request)])
        with anthropic.Anthropic(api_key="none", base_url=server.url) as client:
            client.messages.create(**request.body)
    ours, theirs = server.seen
    assert (ours.path, ours.body) == (theirs.path, theirs.body)
    assert ours.headers["anthropic-version"] == theirs.headers["anthropic-version"]


def test_record_sends_parameters_that_the_sdk_does_not_know_and_betas(cassettes):
    request = Request({**asking().body, "temperature": 0}, query="beta=true", beta=("a", "b"))
    with Loopback() as server:
        (outcome,), _ = record(cassettes, server, [Job(request)])
    assert server.seen[0].body["temperature"] == 0
    assert server.seen[0].path == "/v1/messages?beta=true"
    assert server.seen[0].headers["anthropic-beta"] == "a,b"
    assert cassettes.find(request.digest) == (outcome,)


def test_record_finds_the_same_recording_behind_a_gateway(cassettes):
    """The prefix of a gateway is no part of what was asked."""
    with Loopback() as server:
        outcomes, _ = record(
            cassettes, type("Gateway", (), {"url": f"{server.url}/team/llm"}), [Job(asking())]
        )
    assert server.seen[0].path == "/team/llm/v1/messages"
    assert cassettes.find(asking().digest) == tuple(outcomes)


TRANSIENT = [
    (error(429, "rate_limit_error", retry_after="0.01"), FaultKind.RATE_LIMITED),
    (error(529, "overloaded_error"), FaultKind.OVERLOADED),
    (error(503, "api_error"), FaultKind.OVERLOADED),
    (error(500, "api_error"), FaultKind.SERVER_ERROR),
    (error(408, "timeout_error"), FaultKind.TIMEOUT),
    (error(504, "timeout_error"), FaultKind.TIMEOUT),
    (error(409, "conflict_error"), FaultKind.CONFLICT),
    (Scripted(drop=0), FaultKind.CONNECTION),
    (Scripted(drop=40), FaultKind.CONNECTION),
    (Scripted("{"), FaultKind.MALFORMED),
    (Scripted(""), FaultKind.MALFORMED),
    (Scripted("<html>Sign in</html>", headers={"content-type": "text/html"}), FaultKind.MALFORMED),
    (Scripted(stream(message())[:-60]), FaultKind.CUT),
    (Scripted(message(stop_reason=None)), FaultKind.CUT),
    (
        Scripted('event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n'),
        FaultKind.OVERLOADED,
    ),
    (error(200, "rate_limit_error"), FaultKind.RATE_LIMITED),
]
LASTING = [
    (error(400, "invalid_request_error", "max_tokens: too big"), FaultKind.INVALID_REQUEST),
    (error(401, "authentication_error"), FaultKind.AUTHENTICATION),
    (error(402, "billing_error"), FaultKind.BILLING),
    (error(403, "permission_error"), FaultKind.PERMISSION),
    (error(404, "not_found_error"), FaultKind.NOT_FOUND),
    (error(413, "request_too_large"), FaultKind.TOO_LARGE),
    (error(422, "invalid_request_error"), FaultKind.INVALID_REQUEST),
]


@pytest.mark.parametrize(("reply", "kind"), TRANSIENT)
def test_record_sends_again_and_stores_only_the_answer_when_a_fault_passes(cassettes, reply, kind):
    outcome, count = one(cassettes, in_turn(reply, reply, Scripted(message("At last"))))
    assert isinstance(outcome, Recording)
    assert outcome.response.text == "At last"
    assert count == 3
    assert cassettes.find(asking().digest) == (outcome,)


@pytest.mark.parametrize(("reply", "kind"), TRANSIENT)
def test_record_gives_up_with_a_named_state_when_a_fault_lasts(cassettes, reply, kind):
    outcome, count = one(cassettes, in_turn(reply), retries=2)
    assert isinstance(outcome, Fault)
    assert (outcome.kind, outcome.attempts, count) == (kind, 3, 3)
    assert outcome.message
    assert not cassettes.root.exists()


@pytest.mark.parametrize(("reply", "kind"), LASTING)
def test_record_does_not_repeat_what_cannot_succeed(cassettes, reply, kind):
    outcome, count = one(cassettes, in_turn(reply))
    assert isinstance(outcome, Fault)
    assert (outcome.kind, outcome.status, count) == (kind, reply.status, 1)
    assert not cassettes.root.exists()


def test_every_kind_of_fault_is_met_by_a_test():
    met = {kind for _, kind in TRANSIENT + LASTING} | {FaultKind.SECRET}
    assert met == set(FaultKind)


def test_record_counts_the_repetitions_of_each_kind_apart(cassettes):
    """Two overloads before it do not use up the patience with a malformed answer."""
    busy, page = error(529, "overloaded_error"), Scripted("<html>")
    outcome, count = one(cassettes, in_turn(busy, busy, page, busy, page, Scripted()))
    assert isinstance(outcome, Recording)
    assert count == 6


def test_record_repeats_an_answer_that_is_none_at_most_twice(cassettes):
    """Behind a wrong base_url every answer is a web page; patience would only cost time."""
    outcome, count = one(cassettes, in_turn(Scripted("<html>")), retries=6)
    assert (outcome.kind, count) == (FaultKind.MALFORMED, 3)


@pytest.mark.parametrize(
    ("reply", "count"),
    [
        (error(500, "api_error", x_should_retry="false"), 1),
        (error(400, "invalid_request_error", x_should_retry="true"), 2),
    ],
)
def test_record_obeys_what_the_api_says_about_retrying(cassettes, reply, count):
    assert one(cassettes, in_turn(reply), retries=1)[1] == count


@pytest.mark.parametrize("headers", [{"retry_after": "0.3"}, {"retry_after_ms": "300"}])
def test_record_waits_as_long_as_the_api_asks(cassettes, headers):
    import time

    arrivals = []

    def script(seen):
        arrivals.append(time.monotonic())
        return error(429, "rate_limit_error", **headers) if len(arrivals) == 1 else Scripted()

    one(cassettes, script)
    assert 0.3 <= arrivals[1] - arrivals[0] < 3


def test_record_waits_no_longer_than_the_settings_allow(cassettes):
    reply = error(429, "rate_limit_error", retry_after="Fri, 01 Jan 2100 00:00:00 GMT")
    outcome, count = one(cassettes, in_turn(reply), retries=1, longest_wait=0.01)
    assert (outcome.kind, count) == (FaultKind.RATE_LIMITED, 2)


def test_record_calls_a_slow_answer_a_timeout(cassettes):
    script = in_turn(Scripted(delay=2), Scripted(message("In time")))
    outcome, count = one(cassettes, script, timeout=0.3)
    assert (outcome.response.text, count) == ("In time", 2)
    outcome, _ = one(cassettes, in_turn(Scripted(delay=2)), timeout=0.2, retries=0)
    assert (outcome.kind, outcome.message) == (
        FaultKind.TIMEOUT,
        "no complete answer came within 0.2 s.",
    )


@pytest.mark.parametrize(
    "body",
    [
        message(stop_reason="refusal", stop_details={"type": "refusal", "category": "bio"}),
        message(stop_reason="max_tokens"),
        message(stop_reason="pause_turn"),
        message(stop_reason="model_context_window_exceeded"),
        message(
            content=[{"type": "tool_use", "id": "t", "name": "find", "input": {"q": 1}}],
            stop_reason="tool_use",
        ),
    ],
)
def test_record_keeps_every_ending_that_is_an_answer(cassettes, body):
    """A refusal is an answer, not a failure: the suite decides what it is worth."""
    outcome, count = one(cassettes, in_turn(Scripted(body)))
    assert count == 1
    assert outcome.response.stop_reason == json.loads(body)["stop_reason"]
    assert cassettes.find(asking().digest) == (outcome,)


def test_record_tells_which_models_answered_when_the_served_model_changes(cassettes):
    def script(seen):
        return Scripted(message(model=f"claude-sonnet-5-5-{'new' if seen.number > 2 else 'old'}"))

    with Loopback(script) as server:
        outcomes, summary = record(
            cassettes, server, [Job(asking(f"{i}")) for i in range(6)], concurrency=1
        )
    assert summary.changed_models == ("claude-sonnet-5-5",)
    assert summary.served["claude-sonnet-5-5"] == ("claude-sonnet-5-5-new", "claude-sonnet-5-5-old")
    assert outcomes[0].served_model != outcomes[-1].served_model


def test_record_stops_asking_when_the_key_is_refused_again_and_again(cassettes):
    jobs = [Job(asking(f"{i}")) for i in range(40)]
    with Loopback(in_turn(error(401, "authentication_error", "invalid x-api-key"))) as server:
        outcomes, summary = record(cassettes, server, jobs, concurrency=2)
    assert server.count <= HOPELESS_IN_A_ROW + 2
    assert summary.faults == {FaultKind.AUTHENTICATION: 40}
    assert outcomes[-1].attempts == 0
    assert "not sent" in outcomes[-1].message


def test_record_goes_on_when_single_requests_are_refused(cassettes):
    """One 402 among answers is that request's state, not the end of the night's recording."""

    def script(seen):
        return error(402, "billing_error") if seen.question in ("3", "9") else Scripted()

    with Loopback(script) as server:
        outcomes, summary = record(cassettes, server, [Job(asking(f"{i}")) for i in range(20)])
    assert [i for i, o in enumerate(outcomes) if isinstance(o, Fault)] == [3, 9]
    assert summary.faults == {FaultKind.BILLING: 2}


@pytest.mark.parametrize("settings", [{"stream": True}, {}])
def test_record_streams_when_asked_or_when_the_answer_may_be_long(cassettes, settings):
    """How an answer travels changes neither what is found nor what it says."""
    request = asking(max_tokens=9 if settings else 64_000)

    def script(seen):
        body = message("Long")
        return Scripted(stream(body) if seen.body.get("stream") else body)

    outcome, _ = one(cassettes, script, request, **settings)
    assert outcome.body.startswith("event: message_start")
    assert outcome.response.text == "Long"
    assert cassettes.find(request.digest) == (outcome,)


def test_record_reads_compressed_answers(cassettes):
    outcome, _ = one(cassettes, in_turn(Scripted(message("Pressed"), compress=True)))
    assert outcome.response.text == "Pressed"


def test_record_never_exceeds_the_concurrency_and_puts_each_answer_in_its_slot(cassettes):
    """vcrpy patches the process; a slot per task keeps answers apart under load and faults."""

    def script(seen):
        if seen.number % 7 == 3:
            return error(529, "overloaded_error", retry_after="0.001")
        return Scripted(message(f"echo {seen.question}"), delay=0.001 * (seen.number % 5))

    jobs = [Job(asking(f"q{i}"), 0, ("s", f"{i % 7}")) for i in range(300)]
    with Loopback(script) as server:
        outcomes, summary = record(cassettes, server, jobs, concurrency=20)
        assert server.most_in_flight <= 20
    assert summary.recorded == 300
    for job, outcome in zip(jobs, outcomes, strict=True):
        assert outcome.response.text == f"echo {job.request.body['messages'][0]['content']}"


def test_record_takes_jobs_one_by_one_so_that_a_plan_may_end_early(cassettes):
    """Whoever plans can stop at a budget, by ending the iterable."""
    taken = []

    def jobs(answers):
        while len(answers) < 10:
            taken.append(1)
            yield Job(asking(f"{len(taken)}"))

    with Loopback() as server:
        answers: list[object] = []
        client = Client(cassettes, ModelSettings(base_url=server.url, concurrency=3))
        asyncio.run(client.record(jobs(answers), on_result=lambda j, o: answers.append(o)))
    assert 10 <= len(answers) <= 10 + 2 * 3  # one in flight and one on its way to disk each


def test_record_stores_refreshes_under_their_generation(cassettes):
    with Loopback(lambda seen: Scripted(message(str(seen.number)))) as server:
        record(cassettes, server, [Job(asking())])
        stamped = Job(asking(), generation="20261123T120000Z")
        (new,), _ = record(cassettes, server, [stamped])
    assert cassettes.find(asking().digest) == (new,)
    assert cassettes.generations(asking().digest) == ("", "20261123T120000Z")


def test_record_sends_nothing_more_when_the_disk_refuses(cassettes, monkeypatch):
    """Inside vcrpy's append the same error would be retried, and each retry paid for."""

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device", "cassettes/x.yaml")

    monkeypatch.setattr(cassettes, "append", full)
    with Loopback(lambda _: Scripted(delay=0.01)) as server:
        with pytest.raises(CassetteError, match="No space left on device"):
            record(cassettes, server, [Job(asking(f"{i}")) for i in range(100)], concurrency=2)
        assert server.count <= 4


def test_record_ends_with_the_error_of_its_caller(cassettes):
    def fail(job, outcome):
        raise ValueError("enough")

    with Loopback() as server:
        client = Client(cassettes, ModelSettings(base_url=server.url))
        with pytest.raises(ValueError, match="enough"):
            asyncio.run(client.record([Job(asking())], on_result=fail))


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


def test_record_names_the_page_that_a_redirect_ends_at(cassettes):
    """A redirected POST arrives as a GET without a body."""

    def script(seen):
        if seen.path == "/login":
            return Scripted("<html>Sign in</html>")
        return Scripted("", 302, {"location": "/login"})

    outcome, _ = one(cassettes, script, retries=0)
    assert (outcome.kind, "Sign in" in outcome.message) == (FaultKind.MALFORMED, True)


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


def test_two_clients_record_at_once_in_one_process(cassettes):
    """One of them ends first, and must not take the other's patches away."""

    def script(seen):
        return Scripted(message(f"echo {seen.question}"), delay=0.01)

    with Loopback(script) as server, ThreadPoolExecutor(2) as threads:
        plans = [[Job(asking(f"{name}{i}")) for i in range(n)] for name, n in (("a", 5), ("b", 60))]
        results = list(threads.map(lambda jobs: record(cassettes, server, jobs), plans))
    for jobs, (outcomes, _) in zip(plans, results, strict=True):
        for job, outcome in zip(jobs, outcomes, strict=True):
            question = job.request.body["messages"][0]["content"]
            assert outcome.response.text == f"echo {question}"


def test_record_refuses_a_request_that_is_not_json_before_sending(cassettes):
    with Loopback() as server:
        with pytest.raises(InputError, match="not JSON"):
            record(cassettes, server, [Job(asking(extra=float("nan")))])
        assert server.count == 0


def test_transport_is_as_it_was_when_recording_has_ended(cassettes):
    """A patch that leaks would swallow the product's own calls."""
    import httpx2

    before = httpx2.AsyncHTTPTransport.handle_async_request
    with Loopback() as server:
        record(cassettes, server, [Job(asking())])
    assert httpx2.AsyncHTTPTransport.handle_async_request is before


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
