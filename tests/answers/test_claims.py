"""Claims against the facts: right, wrong, or nothing at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import wording
from bot.pipeline import Readout

WORDS = wording.load().claims.sentences


def headline(readout: Readout, text: str) -> str | None:
    """The first line of the verdict."""
    reply = readout.check(text, WORDS)
    return reply.answer.headline if reply else None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The 3-year PFS was 91% with lenalidomide", "Yes: 3-year PFS with lenalidomide: 91%"),
        ("PFS at 3 years: 91 vs 66", "Yes: 3-year PFS: 91% with lenalidomide vs 66% with observation"),
        ("ORR of 49%", "Yes: ORR with lenalidomide: 48.9% (phase III), 2019 meeting report"),
        ("response rate was 50%", "Yes: ORR with lenalidomide: 50%"),
        ("3-year PFS is 66%", "Yes: 3-year PFS with observation: 66%"),
        ("HR for PFS 0.28 (95% CI 0.12 to 0.62; P = .002)", "Yes: 4 of 4"),
        ("PFS at 1, 2 and 3 years was 98%, 93% and 91% with lenalidomide", "Yes: 3 of 3"),
        ("In phase 2, PFS at 5 years was 78%", "Yes: "),
        ("NNT is 4", "Yes: NNT for 3-year PFS: 4 patients"),
    ],
)
def test_right(readout: Readout, text: str, start: str) -> None:
    assert (headline(readout, text) or "").startswith(start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("3-year PFS was 76% on observation", "No: the 2019 meeting report gives 66%, not 76%. 3-year PFS"),
        ("PFS at 3 years was 66% with lenalidomide and 91% with observation", "No: 2 of 2"),
        ("3-year PFS 91% vs 76%", "No: 1 of 2"),
        ("3-year PFS is 76%", "No: the 2019 meeting report does not give 76%. 3-year PFS: 91% with"),
        ("182 pts, PFS HR .28, 95% CI .2-.62", "No: 1 of 3"),
        ("3-year PFS with lenalidomide was 66%, not 91%", "No: the 2019 meeting report gives 91%, not 66%."),
        ("HR 0.5 for PFS", "No: the 2019 meeting report gives 0.28, not 0.5."),
        ("PFS HR 0.28 (P=0.03)", "No: 1 of 2"),
    ],
)
def test_wrong(readout: Readout, text: str, start: str) -> None:
    assert (headline(readout, text) or "").startswith(start)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Coffee at 3?",
        "PFS looks great",
        "Median age was 63",
        "overall survival was 98%",
        "the 5-year PFS was 66%",
        "daratumumab reached 63% PFS",
        "second cancers in 11.4% vs 3.4%",  # at a time that is not told
        "there were 6 deaths",  # in both arms together
        "See ref 12, 2019; PFS improved (n=999)",
    ],
)
def test_not_judged(readout: Readout, text: str) -> None:
    """What is not known, or could be about something else, is passed over."""
    assert headline(readout, text) is None


def test_both_sources_stand_in_a_contradiction(readout: Readout) -> None:
    """Where they differ, neither alone says what is right."""
    line = headline(readout, "response rate was 55%") or ""
    assert "48.9%" in line
    assert "50%" in line
    assert "not 55%" in line


def test_a_long_text_is_judged_in_part(readout: Readout) -> None:
    """Eight figures at most, and quickly."""
    reply = readout.check("3-year PFS was 91%. " * 40 + "HR 0.5. ORR 50%. " * 20, WORDS)
    assert reply is not None
    assert len(reply.answer.lines) <= 8


PIECES = "3-year PFS HR 0.28 91% 66 vs (95% CI 0.12 to 0.62; P = .002) lenalidomide observation 1e30 .".split(
    " "
)
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=8) | st.decimals(0, 10**40).map(str), max_size=30)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=TEXT)
def test_any_text_can_be_checked(readout: Readout, pieces: list[str]) -> None:
    """Whatever people write, there is a verdict or none."""
    reply = readout.check(" ".join(pieces), WORDS)
    assert reply is None or reply.answer.headline.startswith(("Yes: ", "No: "))


def test_an_article_takes_no_time(readout: Readout) -> None:
    """The bot answers others meanwhile: the longest message is read in part."""
    before = time.perf_counter()
    readout.check("PFS 3 at 4. " * 340, WORDS)
    assert time.perf_counter() - before < 2
