"""What a client makes of an API that fails: each fault ends as its named state."""

import pytest

from promptgate.models.cassette_file import Recording
from promptgate.models.client import HOPELESS_IN_A_ROW, UNREACHED, Job
from promptgate.models.faults import Fault, FaultKind
from tests.support.loopback import Loopback, Scripted, error, in_turn
from tests.support.messages import message, stream
from tests.support.recording import asking, one, record

pytestmark = pytest.mark.usefixtures("keyed")


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


def test_record_stops_asking_when_the_key_is_refused_again_and_again(cassettes):
    jobs = [Job(asking(f"{i}")) for i in range(40)]
    with Loopback(in_turn(error(401, "authentication_error", "invalid x-api-key"))) as server:
        outcomes, summary = record(cassettes, server, jobs, concurrency=2)
    assert server.count <= HOPELESS_IN_A_ROW + 2
    assert summary.faults == {FaultKind.AUTHENTICATION: 40}
    assert outcomes[-1].attempts == 0
    assert "not sent" in outcomes[-1].message


def test_record_ends_early_when_nothing_ever_answers(cassettes):
    """The address is wrong or the server is down: every request would wait for its retries."""
    nobody = type("Nobody", (), {"url": "http://127.0.0.1:9"})
    jobs = [Job(asking(f"{i}")) for i in range(40)]
    outcomes, summary = record(cassettes, nobody, jobs, concurrency=2, retries=6)
    assert summary.sent <= UNREACHED + 2 * 4  # four workers take jobs, two of them at once
    assert summary.faults == {FaultKind.CONNECTION: 40}
    assert "http://127.0.0.1:9" in outcomes[0].message
    assert "not sent, as nothing answers at http://127.0.0.1:9" in outcomes[-1].message


def test_record_goes_on_when_single_requests_are_refused(cassettes):
    """One 402 among answers is that request's state, not the end of the night's recording."""

    def script(seen):
        return error(402, "billing_error") if seen.question in ("3", "9") else Scripted()

    with Loopback(script) as server:
        outcomes, summary = record(cassettes, server, [Job(asking(f"{i}")) for i in range(20)])
    assert [i for i, o in enumerate(outcomes) if isinstance(o, Fault)] == [3, 9]
    assert summary.faults == {FaultKind.BILLING: 2}


def test_record_names_the_page_that_a_redirect_ends_at(cassettes):
    """A redirected POST arrives as a GET without a body."""

    def script(seen):
        if seen.path == "/login":
            return Scripted("<html>Sign in</html>")
        return Scripted("", 302, {"location": "/login"})

    outcome, _ = one(cassettes, script, retries=0)
    assert (outcome.kind, "Sign in" in outcome.message) == (FaultKind.MALFORMED, True)
