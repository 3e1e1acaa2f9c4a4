"""Secrets and personal data are gone; times, numbers and words that only look alike stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.language.redaction import redact


@pytest.mark.parametrize(
    "secret",
    [
        "sk-ant-api03-abcdefghijkl",
        "ghp_abcdefghijklmnop1234",
        "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeK",
        "ada.lovelace+shop@example.co.uk",
        "4111 1111 1111 1111",
        "5500-0000-0000-0004",
        "DE89 3704 0044 0532 0130 00",
        "192.168.17.4",
        "+49 170 1234567",
        "+1 (555) 010-9999",
        "(030) 1234 5678",
        "555-010-9999",
        "078-05-1120",
    ],
)
def test_redaction_removes_what_has_the_shape_of_a_secret_or_of_personal_data(secret):
    shown = redact(f"The customer wrote {secret}, then left.")
    assert secret not in shown
    assert shown.startswith("The customer wrote [")
    assert shown.endswith("], then left.")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password: hunter2222", "hunter2222"),
        ('"api_key": "abcdef123"', "abcdef123"),
        ("Authorization: Bearer abcdef.ghijkl", "abcdef"),
        ("https://user:s3cret@host/x", "s3cret"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc", "MIIE"),
    ],
)
def test_redaction_removes_a_secret_by_its_place(text, secret):
    assert secret not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 09:32:10 UTC",
        "2026-11-23T09:32:10.123456Z",
        "order 1234567890123 is late",
        "version 1.2.3 of 12 modules, 300 cases x 3",
        "sha256:0123456789abcdef0123456789abcdef",
        "It costs 1,200.50 dollars at 99.9 %",
        "the token count is 512 and the password reset works",
        "See prompts/support.md:12",
    ],
)
def test_redaction_leaves_what_is_neither(text):
    assert redact(text) == text


@given(st.text(alphabet="aK0123456789 +-.@:/=sk()eyJ", max_size=60))
def test_redaction_twice_is_redaction_once(text):
    assert redact(redact(text)) == redact(text)
