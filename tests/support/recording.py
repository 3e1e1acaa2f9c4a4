"""Record from a scripted server, with a client that hardly waits."""

import asyncio

from promptgate.models.client import Backoff, Client, Job
from promptgate.models.request import Request
from promptgate.models.settings import ModelSettings
from tests.support.loopback import Loopback

AT_ONCE = Backoff(first=0.001, longest=0.01)


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
