"""Telegram HTML: only its tags, balanced, everything else escaped, never too long."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, Kind, Reference
from bot.answers.render import MAX_UTF16, html, plain, units
from tests.asked import run

TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}
SHORT = st.text(max_size=60)
LONG = st.text(alphabet=st.sampled_from("a<>&\"'é\U0001f600\n "), max_size=2000)
REFERENCES = st.builds(
    Reference,
    source=SHORT,
    label=SHORT,
    locator=SHORT,
    url=st.sampled_from([None, "https://example.org/?a=1&b=2", 'https://example.org/"<x>']),
)
ANSWERS = st.builds(
    Answer,
    kind=st.sampled_from(Kind),
    headline=st.one_of(SHORT, LONG),
    lines=st.lists(LONG, max_size=4).map(tuple),
    notes=st.lists(LONG, max_size=3).map(tuple),
    basis=st.lists(LONG, max_size=2).map(tuple),
    references=st.lists(REFERENCES, max_size=4).map(tuple),
)


class Markup(HTMLParser):
    """The text that Telegram would show; fails on a tag that it would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}>"
        assert {name for name, _ in attrs} <= {"a": {"href"}, "blockquote": {"expandable"}}.get(tag, set())
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data


@pytest.mark.parametrize("brief", [False, True], ids=["full", "brief"])
def test_every_reply_is_sound_markup(brief: bool) -> None:
    """Balanced, allowed, within the limit, and it shows the headline first."""
    for turn in run().turns:
        answer = turn.reply.answer
        text = html(answer, brief=brief)
        assert units(text) <= MAX_UTF16
        assert Markup(text).shown.startswith(answer.headline)


@settings(max_examples=40)
@given(answer=ANSWERS, brief=st.booleans())
def test_any_answer_is_sound_markup(answer: Answer, brief: bool) -> None:
    """Whatever the data hold, nothing is cut inside a tag or an entity."""
    assert units(Markup(html(answer, brief=brief)).shown) <= MAX_UTF16


@given(text=st.text(alphabet=st.sampled_from("<b>&;/a\"' =amplt"), max_size=80))
def test_data_cannot_write_markup(text: str) -> None:
    """What looks like a tag in the data is shown as it is written."""
    markup = Markup(html(Answer(Kind.ANSWER, text, (text,))))
    assert markup.shown == f"{text}\n{text}"


def test_the_headline_outlives_the_details() -> None:
    """A reply that is too long loses its arithmetic and its lines, not its first line."""
    long = Answer(Kind.ANSWER, "headline", ("line " * 900,), basis=("step " * 900,))
    assert Markup(html(long)).shown.startswith("headline")
    assert "line" in plain(replace(long, basis=()))
