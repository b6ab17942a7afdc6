"""Whatever is typed: a reply of a known kind; what means nothing changes nothing."""

from __future__ import annotations

import gc
import json
import random
import time
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, Kind
from bot.answers.render import as_json, html, plain
from bot.pipeline import Turn
from tests.asked import Asked, run

WORDS = st.sampled_from(
    """pfs os orr hr p ci nnt lenalidomide observation phase 2 3 iii grade 4 3/4 years months 36 12% 0.28
    and or not no with without in at of the trial source why response survival deaths patient my should i
    stop dose smm quality life second cancers eligible ? ! , . - ( ) " ' / > < = + %""".split()
)
SENTENCES = st.lists(WORDS, max_size=25).map(" ".join)
ANYTHING = st.one_of(
    st.text(max_size=200), SENTENCES, st.binary(max_size=60).map(lambda b: b.decode("latin-1"))
)
LONG = 0.25
"""Seconds of processor time: five times what is promised, so that a slow machine does not fail."""
SAMPLE = 200
"""Table questions drawn for each kind of decoration."""


def _sound(answer: Answer) -> None:
    assert answer.kind in Kind
    assert answer.headline.strip()
    json.dumps(as_json(answer))
    assert plain(answer).startswith(answer.headline)
    assert html(answer)


@settings(max_examples=200)
@given(text=ANYTHING)
def test_any_text_gets_a_reply(text: str) -> None:
    """Nothing that can be typed raises."""
    _sound(run().readout.reply(text).answer)


@settings(max_examples=80)
@given(texts=st.lists(ANYTHING, min_size=2, max_size=5))
def test_any_conversation_gets_replies(texts: list[str]) -> None:
    """Nor anything that can be typed after anything else."""
    previous: Turn | None = None
    for text in texts:
        reply = run().readout.reply(text, previous)
        _sound(reply.answer)
        previous = reply.turn


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n\n", "\x00", "\x00\x01\x02", "\ud800", "\u200f\u200e", "\u202e", "\U0001f600" * 50),
        *("." * 4000, "?" * 5000, "a" * 5000, "9" * 5000, "pfs " * 2000, "(" * 3000, "phase " * 900),
        *("1 " * 2500, "1, " * 1600, "and " * 1300, "grade 3/4/" * 500, "3 years and " * 400),
        *("<b>PFS</b>", "<script>alert(1)</script>", "'; DROP TABLE fact; --", "%s%s%n", "{trial}", "{0.x}"),
        *("\u0663 years", "\u00b2", "\u2167", "\u4e09\u5e74", "\u00bd year pfs", "1e999 months", "-3 years"),
        *("0 years", "00", "0.0.0", "1,2,3,4", "999999999999999999999 months pfs", ".5.5.5 grade"),
    ],
    ids=lambda text: ascii(text)[:24],
)
def test_odd_texts(text: str) -> None:
    """The usual suspects, alone and within a conversation."""
    bot = run().readout
    previous = bot.reply("3-year PFS?").turn
    for turn in (None, previous):
        reply = bot.reply(text, turn)
        _sound(reply.answer)
        after = bot.reply("3-year PFS with lenalidomide?", reply.turn).answer
        assert after.kind is Kind.ANSWER


def test_no_text_takes_long() -> None:
    """Reading is linear: the longest message costs no more than a few of the usual ones."""
    slow = []
    for unit in (
        "1, ",
        "1 ",
        "and ",
        "phase 2 ",
        "3 years and ",
        "grade 3/4/",
        "pfs ",
        "lenalidomde ",
        "x ",
        "(",
        "9",
    ):
        text = (unit * 4096)[:4096]
        run().readout.reply(text)
        # The runner keeps every turn of the tables; collecting those is not what is measured.
        gc.disable()
        started = time.process_time()
        run().readout.reply(text)
        spent = time.process_time() - started
        gc.enable()
        if spent > LONG:
            slow.append(f"{unit!r}: {spent:.2f} s")
    assert not slow, slow


def _sample(seed: int) -> list[Asked]:
    """Lone questions that get a lookup, the same ones in every run."""
    asked = [t for t in run().turns if t.previous is None and t.reply.turn.queries]
    return random.Random(seed).sample(asked, min(SAMPLE, len(asked)))  # noqa: S311 - a sample, no secret


def _lookup(answer: Answer) -> tuple[object, ...]:
    """What was looked up; "Yes." before it depends on how the question begins."""
    slots = {slot: value for slot, value in answer.understood.items() if slot not in ("verdict", "questions")}
    return answer.kind, answer.facts, slots


DECORATIONS = {
    "please behind": "{} please",
    "please before": "please, {}",
    "thanks behind": "{} thanks!",
    "hello before": "Hi, {}",
    "politely asked": "Could you tell me: {}",
    "another question mark": "{}?",
    "three dots": "{}...",
    "exclamation mark": "{}!",
    "blanks around": "  {}  ",
    "line end": "{}\n",
    "emoji": "{} \U0001f64f",
    "quotation marks": '"{}"',
}


@pytest.mark.parametrize("decoration", DECORATIONS)
def test_politeness_and_punctuation_change_nothing(decoration: str) -> None:
    """The same lookup, the same facts."""
    changed = []
    for number, turn in enumerate(_sample(1)):
        if "?" in DECORATIONS[decoration] and "?" in turn.text[:-1]:
            # It would make a question of what stands behind one.
            continue
        text = DECORATIONS[decoration].format(turn.text)
        answer = run().readout.reply(text).answer
        if _lookup(answer) != _lookup(turn.reply.answer):
            changed.append(f"{number} {text!r}: {turn.reply.answer.headline!r} became {answer.headline!r}")
    assert not changed, f"{len(changed)}:\n" + "\n".join(changed)


@pytest.mark.parametrize("case", [str.upper, str.lower, str.capitalize], ids=lambda c: c.__name__)
def test_case_changes_nothing(case: object) -> None:
    """People type as their telephone lets them."""
    assert callable(case)
    changed = []
    for turn in _sample(2):
        text = case(turn.text)
        answer = run().readout.reply(text).answer
        if _lookup(answer) != _lookup(turn.reply.answer):
            changed.append(f"{text!r}: {turn.reply.answer.headline!r} became {answer.headline!r}")
    assert not changed, f"{len(changed)}:\n" + "\n".join(changed)


def test_a_refusal_stays_a_refusal_in_other_case_and_politeness() -> None:
    """No decoration opens a door to a figure."""
    opened = []
    refused = [t for t in run().turns if t.previous is None and t.table.startswith("refusals/")]
    for turn in random.Random(3).sample(refused, SAMPLE):  # noqa: S311
        if turn.reply.answer.kind is Kind.ANSWER:
            continue
        for text in chain((d.format(turn.text) for d in DECORATIONS.values()), (turn.text.upper(),)):
            answer = run().readout.reply(text).answer
            if answer.kind is Kind.ANSWER:
                opened.append(f"{text!r}: {answer.headline!r}")
    assert not opened, "\n".join(opened)
