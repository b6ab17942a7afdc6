"""Names with gaps: found across other words, never across sentences; the longer one counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.understanding.words.frames import MAX_GAP, Frames
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.tagger import Tagged
from bot.understanding.words.text import normalise, phrase, tokens

LIGHT = Meaning(Category.LIGHT, "light")
FOLLOWED = Meaning(Category.TOPIC, "followed")
WATCHED = Meaning(Category.TOPIC, "watched")


def _read(text: str, *names: tuple[str, Meaning], spans: tuple[Span, ...] = ()) -> dict[str, str]:
    """Text of every span that a name with gaps made -> its id; every other token is a light word."""
    words = tokens(normalise(text))
    every = spans or tuple(Span(i, i + 1, LIGHT) for i in range(len(words)))
    frames = Frames.of(names, frozenset(phrase("how long was the")))
    found = frames.over(words, [word.stem for word in words], every)
    return {
        " ".join(word.text for word in words[span.start : span.end]): span.id
        for span in found
        if span.category is Category.TOPIC
    }


@pytest.mark.parametrize(
    "text",
    ["how long followed", "how long was the first group followed", "so how long were they all tracked then"],
)
def test_words_between_do_not_hide_a_name(text: str) -> None:
    assert set(_read(text, ("how long ... followed|tracked", FOLLOWED)).values()) == {"followed"}


@pytest.mark.parametrize(
    "text",
    [
        "followed how long",
        "how long was it? They followed it",
        f"how long {'really ' * (MAX_GAP + 1)}followed",
    ],
)
def test_order_sentence_and_distance_count(text: str) -> None:
    assert not _read(text, ("how long ... followed", FOLLOWED))


def test_the_name_with_more_pieces_counts() -> None:
    names = (("how long ... followed", FOLLOWED), ("how long ... first group ... followed", WATCHED))
    assert _read("how long was the first group followed", *names) == {"followed": "watched"}


def test_the_head_is_the_last_piece_of_words() -> None:
    """What stands for a kind keeps its own meaning."""
    words = tokens(normalise("followed for 3 years"))
    time = Span(2, 4, Meaning(Category.TIME, "time"), (36.0,))
    spans = (Span(0, 1, LIGHT), Span(1, 2, LIGHT), time)
    frames = Frames.of([("followed ... <time>", FOLLOWED)], frozenset())
    found = frames.over(words, [word.stem for word in words], spans)
    assert [span.id for span in found] == ["followed", "light", "time"]


def test_a_name_with_one_telling_word_is_weak() -> None:
    """ "How long ... followed" says little where only "followed" says anything."""
    words = tokens(normalise("how long was it followed"))
    spans = tuple(Span(i, i + 1, LIGHT) for i in range(len(words)))
    little = frozenset(phrase("how long"))
    weak = Frames.of([("how long ... followed", FOLLOWED)], little)
    strong = Frames.of([("how long ... followed", FOLLOWED)], frozenset())
    stems = [word.stem for word in words]
    assert weak.over(words, stems, spans)[-1].meaning.weak
    assert not strong.over(words, stems, spans)[-1].meaning.weak


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("how long have they been followed in the run-in", "follow_up"),
        ("what did the patients get once they had progressed", "subsequent_therapy"),
        ("who would have been let in", "eligibility"),
    ],
)
def test_on_the_real_data(tag: Callable[[str], Tagged], text: str, topic: str) -> None:
    assert topic in {span.id for span in tag(text).spans}
