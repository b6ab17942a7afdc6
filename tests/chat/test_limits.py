"""Cards keep to Telegram's limits by construction, and use what the limits leave."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answers import render
from bot.answers.answer import Answer, Kind, Reference
from tests.chat.content import content
from tests.chat.markup import units, visible

TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('<>&"😀 '), max_size=60)
LONG = st.builds(lambda text, times: text * times, TEXT, st.integers(1, 120))
REFERENCES = st.builds(
    Reference,
    source=st.just("s"),
    label=TEXT,
    locator=LONG,
    url=st.none() | st.just("https://a.org/?a=1&b=2"),
)


def lists(parts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of them."""
    return st.lists(parts, max_size=4).map(tuple)


ANSWERS = st.builds(
    Answer,
    kind=st.just(Kind.ANSWER),
    headline=LONG.filter(lambda text: bool(text.replace("\0", "").strip())),
    lines=lists(LONG),
    notes=lists(LONG),
    basis=lists(LONG),
    references=st.lists(REFERENCES, max_size=3).map(tuple),
)


@given(answer=ANSWERS, brief=...)
def test_every_card_can_be_sent(answer: Answer, brief: bool) -> None:
    """As HTML, and as plain text if the HTML should be refused."""
    content({"text": render.html(answer, brief=brief), "parse_mode": "HTML"})
    content({"text": render.message(answer)})


@given(answer=ANSWERS)
def test_a_citation_fits_its_button(answer: Answer) -> None:
    """Or there is none."""
    text = render.citation(answer, 256)
    assert text is None or (units(text) <= 256 and text.startswith(answer.headline))


def test_the_limit_is_that_of_the_text_shown() -> None:
    """Tags, links and escapes do not count, so nothing is left out too early."""
    shown = 4096 - units("H\nSource: A (p)\nBasis\nDerived: ")
    reference = Reference(source="s", label="A", locator="p", url="https://example.org/" + "x" * 200)
    answer = Answer(Kind.ANSWER, "H", basis=("<" * shown,), references=(reference,))
    assert units(visible(render.html(answer))) == 4096
    longer = Answer(Kind.ANSWER, "H", basis=("<" * (shown + 1),), references=(reference,))
    assert visible(render.html(longer)) == "H\nSource: A (p)"


def test_details_go_first_and_the_source_last() -> None:
    """The arithmetic, then the lines, then the contradictions."""
    reference = Reference(source="s", label="A", locator="p", url=None)
    answer = Answer(Kind.ANSWER, "H", ("l" * 2000,), ("n" * 1500,), ("b" * 1000,), (reference,))
    shown = visible(render.html(answer))
    assert "n" * 1500 in shown
    assert "l" * 2000 in shown
    assert "bbb" not in shown
    assert "Source: A (p)" in shown


def test_a_long_contradiction_is_folded_and_a_short_one_is_not() -> None:
    """Two hundred characters are what a phone shows beside the figure."""
    short = render.html(Answer(Kind.ANSWER, "H", notes=("n" * 200, "m")))
    assert short.index("n" * 200) < short.index("<blockquote")
    assert short.index("Note: m") > short.index("<blockquote")
    long = render.html(Answer(Kind.ANSWER, "H", notes=("n" * 201,)))
    assert long.index("n" * 201) > long.index("<blockquote")
