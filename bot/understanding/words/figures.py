"""Figures that a user states: claims, percentages, limits, calendar years."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.words.quantities import MAX_DIGITS, ends_ordinal, number_at, value_of
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.text import Token

FIGURE = Meaning(Category.FIGURE, "figure")
PERCENT = Meaning(Category.FIGURE, "figure", proposition="percent")
NUMBER_WORD = Meaning(Category.FILLER, "number")
YEAR = Meaning(Category.YEAR, "year")
HALF = 50
SIGNS = (("~", "nearly"), (">=", "at_least"), ("<=", "at_most"), (">", "above"), ("<", "below"))
MAX_LIMIT = 3
"""Words of the longest limit ("no more than")."""
ARTICLES = frozenset({"a", "an", "one"})
MAX_PLAIN_ZEROS = 2
"""Digits up to which a leading zero may still be a figure."""


def read_figure(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """A number nobody else reads: a claimed figure, a limit, a share in words, or a calendar year."""
    share = _share(tokens, at, words)
    if share is not None:
        return share
    ordinal = _ordinal(tokens, at)
    if ordinal is not None:
        return ordinal
    found = number_at(tokens, at, words)
    if found is None or len(tokens[at].text) > MAX_DIGITS:
        return None
    value, end = found
    token = tokens[at]
    sign = next((len(s) for s in words.percent if _texts(tokens, end, len(s)) == s), 0)
    percent = token.percent or bool(sign)
    if not token.is_number and not percent and end == at + 1:
        # "One" and "two" are pronouns more often than figures.
        return None
    if token.text.startswith("0") and token.text.isdigit() and len(token.text) > MAX_PLAIN_ZEROS:
        # "0417" is somebody's number, not a figure.
        return None
    if token.is_number and len(token.text) == 4 and 1900 <= value <= 2100:
        return Span(at, at + 1, YEAR, (value,))
    side = bound(tokens, at, words)
    if side is not None:
        return Span(at, end + sign, Meaning(Category.FIGURE, "figure", proposition=side), (value,))
    return Span(at, end + sign, PERCENT if percent else FIGURE, (value,))


def _ordinal(tokens: Sequence[Token], at: int) -> Span | None:
    """ "2nd": a place in a row, not a figure that somebody claims."""
    if not (tokens[at].is_number and ends_ordinal(tokens, at + 1)):
        return None
    return Span(at, at + 2, NUMBER_WORD, (float(tokens[at].stem),))


def _texts(tokens: Sequence[Token], at: int, number: int) -> tuple[str, ...]:
    return tuple(token.text for token in tokens[at : at + number])


def _share(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """ "half", "a third", "two thirds", "most": a rough figure in percent, or a limit."""
    text = tokens[at].text
    before = tokens[at - 1].text if at else ""
    if text in words.bare_shares:
        return Span(at, at + 1, Meaning(Category.FIGURE, "figure", proposition="above"), (HALF,))
    many = value_of(tokens[at], words)
    if many is not None and at + 1 < len(tokens) and tokens[at + 1].text in words.shares:
        value, end = many * words.shares[tokens[at + 1].text], at + 2
    elif text in words.shares and (before in ARTICLES or words.shares[text] == HALF):
        value, end = words.shares[text], at + 1
    else:
        return None
    side = bound(tokens, at - (before in ARTICLES), words) or "nearly"
    return Span(at, end, Meaning(Category.FIGURE, "figure", proposition=side), (value,))


def bound(tokens: Sequence[Token], at: int, words: QuantityWords) -> str | None:
    """The side of a limit, or "nearly", when the figure is no exact one: "at least 20", "<10", "about 5"."""
    for sign, side in SIGNS:
        if sign in tokens[at].lead:
            return side
    before = [t.text for t in tokens[max(0, at - MAX_LIMIT) : at]]
    for length in range(len(before), 0, -1):
        said = " ".join(before[-length:])
        for side, names in words.limits.items():
            if said in names:
                return side
    return None
