"""Figures that a user states: claims, percentages, limits, calendar years."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.quantities import MAX_DIGITS, QuantityWords
from bot.understanding.spans import Category, Meaning, Span
from bot.understanding.text import Token

FIGURE = Meaning(Category.FIGURE, "figure")
PERCENT = Meaning(Category.FIGURE, "figure", proposition="percent")
YEAR = Meaning(Category.YEAR, "year")
MAX_PLAIN_ZEROS = 2
"""Digits up to which a leading zero may still be a figure."""


def read_figure(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """A number nobody else reads: a claimed figure, or a calendar year."""
    token = tokens[at]
    if not token.is_number:
        return None
    if len(token.text) > MAX_DIGITS:
        return None
    value = float(token.stem)
    if token.text.startswith("0") and token.text.isdigit() and len(token.text) > MAX_PLAIN_ZEROS:
        # "0417" is somebody's number, not a figure.
        return None
    if len(token.text) == 4 and 1900 <= value <= 2100:
        return Span(at, at + 1, YEAR, (value,))
    bound = _bound(tokens, at, words)
    if bound is not None:
        return Span(at, at + 1, Meaning(Category.FIGURE, "figure", proposition=bound), (value,))
    return Span(at, at + 1, PERCENT if token.percent else FIGURE, (value,))


def _bound(tokens: Sequence[Token], at: int, words: QuantityWords) -> str | None:
    """ "above" or "below" when the figure is a limit: "at least 20", "<10", "under 5"."""
    if ">" in tokens[at].lead:
        return "above"
    if "<" in tokens[at].lead:
        return "below"
    before = [t.text for t in tokens[max(0, at - 2) : at]]
    for side, names in (("above", words.above), ("below", words.below)):
        if " ".join(before) in names or (before and before[-1] in names):
            return side
    return None
