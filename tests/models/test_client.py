"""The client against a scripted server: each fault ends as its named state, nothing is lost."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from promptgate.errors import CassetteError, InputError
from promptgate.models.cassette_file import Recording
from promptgate.models.cassettes import Cassettes
from promptgate.models.client import Client, Job
from promptgate.models.request import Request
from promptgate.models.settings import ModelSettings
from tests.support.loopback import Loopback, Scripted, error, in_turn
from tests.support.messages import message, stream
from tests.support.recording import asking, one, record

pytestmark = pytest.mark.usefixtures("keyed")


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
