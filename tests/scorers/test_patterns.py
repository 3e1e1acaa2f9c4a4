import re
import subprocess
import sys

import pytest

from promptgate.scorers.patterns import is_exponential

EXPONENTIAL = [
    r"(a+)+$",
    r"(a*)*b",
    r"(a|aa)+$",
    r"(\w+\s?)+$",
    r"(x+x+)+y",
    r"(?:a?b?)*c",
    r"(\d+\.?\d*)+%",
    r"([a-zA-Z]+)*!",
    r"(\w|\d\d)+!",
    r"(?i)(?:a|Ab?|b)+!",
    r"(?:\w{1,20}){1,20}!",
    r"(?:(?:a{1,3})+)b",
    r"(.*a){12}$",
    r"^(?=(a+)+$)",
    r"(?>(a+)+b)",
    r"(?s)(.+.?)+\Z",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
]
SOUND = [
    r"refund",
    r"a+b+$",
    r".*foo.*bar",
    r"(?:\w+\s)+$",
    r"(?:[^,]+,)*x",
    r"(?:ab|cd)+$",
    r"(?:a++)+b",
    r"(?>a+)+b",
    r"(?:a|b|[c-f])*$",
    r"(\d{1,3}\.){3}\d{1,3}",
    r"[A-Z][a-z]{1,20}( [A-Z][a-z]{1,20}){0,5}\.",
    r'(?:"[^"]*"|[^",]*)(?:,(?:"[^"]*"|[^",]*))*$',
    r"^(?!.*bomb).*$",
    r"\d+(?:,\d{3})*(?:\.\d+)?\s*(?:USD|\$)",
    r"(?m)^(?:- .*\n)+$",
    r"(a)\1+",
    r"(?i:step) [1-9][0-9]*(?:st|nd|rd|th)?",
]


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_pattern_is_exponential_when_a_loop_reads_one_text_in_two_ways(pattern):
    re.compile(pattern)
    assert is_exponential(pattern)


@pytest.mark.parametrize("pattern", SOUND)
def test_pattern_is_sound_when_each_text_is_read_in_one_way(pattern):
    re.compile(pattern)
    assert not is_exponential(pattern)


def test_pattern_is_sound_when_its_loop_can_end_anywhere():
    """Nothing follows that could fail, so nothing is tried a second time."""
    assert not is_exponential(r"(a+)+")
    assert not is_exponential(r"note: (\w+\s?)+")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"(a+)+$", "a" * 40 + "!"), (r"(?:a?b?)*c", "ab" * 20), (r"(\w|\d\d)+!", "1" * 60)],
)
def test_exponential_pattern_really_hangs(pattern, text):
    """The oracle is the engine itself: forty characters keep it busy beyond any patience."""
    code = f"import re; print('ready', flush=True); re.search({pattern!r}, {text!r})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout.readline() == b"ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(timeout=0.3)
        finally:
            child.kill()


@pytest.mark.parametrize("pattern", SOUND)
@pytest.mark.parametrize("unit", ["a", "ab ", "1", "x,", '"a",', "- a\n", "Ab "])
def test_sound_pattern_ends_soon_on_repetitive_text(pattern, unit):
    """Without a limit on time: an exponential search over 1,500 characters would not end."""
    re.search(pattern, unit * (1500 // len(unit)) + "~")
