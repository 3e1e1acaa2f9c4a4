from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.models.limiter import START, WINDOW, AdaptiveLimit

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def feed(limit: AdaptiveLimit, count: int, *, every: int = 0) -> None:
    for number in range(count):
        limit.count(congested=bool(every) and number % every == 0)


def test_limit_starts_low_and_reaches_the_cap_soon_when_nothing_is_congested():
    limit = AdaptiveLimit(100)
    assert limit.limit == START
    feed(limit, 200)
    assert limit.limit == 100


def test_limit_reaches_the_cap_when_one_answer_in_fifty_is_shed():
    """Shedding at random says nothing about load; halving on each would leave six in flight."""
    limit = AdaptiveLimit(100)
    feed(limit, 3000, every=50)
    assert limit.limit == 100


def test_limit_falls_to_one_in_a_storm_and_recovers():
    limit = AdaptiveLimit(64)
    feed(limit, 300)
    feed(limit, 500, every=1)
    assert limit.limit == 1
    feed(limit, WINDOW * 3)
    assert limit.limit == 10


@given(st.integers(1, 200), st.lists(st.booleans(), max_size=500))
def test_limit_stays_between_one_and_the_cap(cap, course):
    limit = AdaptiveLimit(cap)
    for congested in course:
        limit.count(congested=congested)
        assert 1 <= limit.limit <= cap


def headers(bucket: str, remaining: str, reset: str = "") -> dict[str, str]:
    name = f"anthropic-ratelimit-{bucket}"
    return {f"{name}-remaining": remaining, f"{name}-reset": reset}


def test_limit_never_exceeds_the_requests_that_remain():
    limit = AdaptiveLimit(100)
    feed(limit, 200)
    assert limit.observe(headers("requests", "7"), NOW) == 0
    assert limit.limit == 7
    limit.observe({}, NOW)
    assert limit.limit == 100


@pytest.mark.parametrize("bucket", ["requests", "tokens", "input-tokens", "output-tokens"])
def test_limit_asks_for_a_pause_until_a_used_up_allowance_is_renewed(bucket):
    limit = AdaptiveLimit(10)
    assert limit.observe(headers(bucket, "0", "2026-11-23T12:00:09Z"), NOW) == 9
    assert limit.observe(headers(bucket, "0", "2026-11-23T11:59:00Z"), NOW) == 0


@pytest.mark.parametrize("reset", ["", "soon", "2026-11-23T12:00:09"])
def test_limit_bears_a_reset_that_is_no_time(reset):
    assert AdaptiveLimit(10).observe(headers("requests", "0", reset), NOW) in (0, 9)
    assert AdaptiveLimit(10).observe(headers("requests", "many", reset), NOW) == 0
