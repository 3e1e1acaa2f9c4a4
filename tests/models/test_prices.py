from datetime import date

import pytest

from promptgate.documents import load_toml, validate
from promptgate.errors import ProjectError
from promptgate.models.prices import Prices, PriceSettings, estimate, load_prices
from promptgate.models.request import Request
from promptgate.models.response import Usage

TODAY = date(2026, 11, 23)
USAGE = Usage(input_tokens=1_000_000, output_tokens=100_000)


def settings(text: str) -> PriceSettings:
    document = load_toml(text, "promptgate.toml")
    return validate(PriceSettings, document, ProjectError, path=("prices",), what="[prices]")


OWN = """
[[prices.price]]
model = "claude-sonnet-5-5"
input = 1
output = 2

[[prices.price]]
model = "claude-sonnet-5-5"
from = 2027-01-01
input = 3
output = 4
"""


@pytest.mark.parametrize(
    ("model", "dollars"),
    [
        ("claude-sonnet-5-5", 3.0),
        ("claude-opus-5-5", 6.0),
        ("claude-haiku-4-5-20251001", 1.5),
        ("claude-haiku-5-5", 0.75),
    ],
)
def test_cost_is_as_documented(model, dollars):
    """The documented prices; Haiku 5.5 above its tier of 100,000 prompt tokens."""
    assert load_prices().cost(model, USAGE, TODAY) == pytest.approx(dollars)


def test_cost_uses_the_lower_tier_up_to_its_limit():
    small = Usage(input_tokens=60_000, cache_read_input_tokens=40_000)
    price = load_prices().find("claude-haiku-5-5", TODAY, small.total_input_tokens)
    assert price is not None
    assert price.input == 0.10


def test_cost_is_unknown_and_not_zero_when_the_model_has_no_price():
    prices = load_prices()
    assert prices.cost("claude-fable-5-2", USAGE, TODAY) is None
    assert prices.cache_saving("smollm2", USAGE, TODAY) is None


def test_cost_weighs_cached_tokens_and_batches():
    """Sonnet 5.5 at $2: written for 5 minutes x1.25, for an hour x2, read x0.1, batch x0.5."""
    usage = Usage(
        cache_read_input_tokens=1_000_000,
        cache_creation_input_tokens=2_000_000,
        cache_creation_1h_input_tokens=1_000_000,
    )
    prices = load_prices()
    assert prices.cost("claude-sonnet-5-5", usage, TODAY) == pytest.approx(0.2 + 2.5 + 4.0)
    assert prices.cost("claude-sonnet-5-5", usage, TODAY, batch=True) == pytest.approx(3.35)


def test_cache_saving_is_what_the_same_tokens_would_have_cost_more():
    prices = load_prices()
    read = Usage(input_tokens=10, cache_read_input_tokens=1_000_000, output_tokens=5)
    assert prices.cache_saving("claude-sonnet-5-5", read, TODAY) == pytest.approx(1.8)
    written = Usage(cache_creation_input_tokens=1_000_000)
    assert prices.cache_saving("claude-sonnet-5-5", written, TODAY) == pytest.approx(-0.5)


def test_settings_replace_all_shipped_entries_of_a_model():
    prices = load_prices(settings(OWN))
    assert prices.cost("claude-sonnet-5-5", USAGE, TODAY) == pytest.approx(1.2)
    assert prices.cost("claude-opus-5-5", USAGE, TODAY) == pytest.approx(6.0)


def test_prices_follow_the_day():
    prices = load_prices(settings(OWN))
    assert prices.cost("claude-sonnet-5-5", USAGE, date(2027, 1, 1)) == pytest.approx(3.4)
    assert prices.cost("claude-sonnet-5-5", USAGE, date(2026, 12, 31)) == pytest.approx(1.2)


def test_prices_are_unknown_before_their_first_day():
    later = [p for p in settings(OWN).price if p.since]
    assert Prices(later).find("claude-sonnet-5-5", TODAY) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("input = -1\noutput = 1", "promptgate.toml:4: .*input.*but got -1"),
        (
            "inptu = 1\ninput = 1\noutput = 1",
            "promptgate.toml:4: .*unknown key 'inptu'; did you mean",
        ),
    ],
)
def test_settings_refuse_a_wrong_entry_at_its_line(text, told):
    with pytest.raises(ProjectError, match=told):
        settings(f'\n[[prices.price]]\nmodel = "m"\n{text}\n')


def asking(content, **more) -> Request:
    messages = [{"role": "user", "content": content}]
    return Request({"model": "claude-sonnet-5-5", "max_tokens": 100, "messages": messages, **more})


def test_estimate_bounds_what_an_english_prompt_uses():
    """About 4.5 bytes a token in English prose; the bound must hold, the guess be near."""
    text = "The quick brown fox jumps over the lazy dog. " * 100
    guess = estimate(asking(text), load_prices(), TODAY)
    assert guess.likely_input_tokens is not None
    assert guess.most_input_tokens is not None
    assert 1000 < guess.likely_input_tokens < 1500 < guess.most_input_tokens
    assert (guess.likely_output_tokens, guess.most_output_tokens) == (50, 100)
    assert guess.likely_cost is not None
    assert guess.most_cost is not None
    assert guess.likely_cost < guess.most_cost


def test_estimate_takes_the_length_of_earlier_answers_up_to_the_limit():
    prices = load_prices()
    assert estimate(asking("Hi"), prices, TODAY, output_tokens=7.4).likely_output_tokens == 7
    assert estimate(asking("Hi"), prices, TODAY, output_tokens=700).likely_output_tokens == 100


def test_estimate_counts_an_image_as_an_image_and_not_as_its_bytes():
    image = {"type": "image", "source": {"type": "base64", "data": "A" * 1_000_000}}
    guess = estimate(asking([image, {"type": "text", "text": "What is it?"}]), load_prices(), TODAY)
    assert guess.most_input_tokens is not None
    assert 1_600 < guess.most_input_tokens < 6_000


def test_estimate_is_unknown_when_a_document_or_the_price_is():
    pdf = {"type": "document", "source": {"type": "base64", "data": "A" * 1000}}
    plain = {"type": "document", "source": {"type": "text", "data": "Some text"}}
    prices = load_prices()
    assert estimate(asking([pdf]), prices, TODAY).most_cost is None
    assert estimate(asking([plain]), prices, TODAY).most_cost is not None
    assert estimate(asking("Hi", model="smollm2"), prices, TODAY).most_cost is None
