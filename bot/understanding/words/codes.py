"""Study numbers and regimens written in one go: names of other trials, as a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.text import Token

OTHER_TRIAL = Meaning(Category.FOREIGN, "trials")
MIN_CODE_DIGITS = 2
MAX_CODE_LETTERS = 6
MANY_DIGITS = 5
"""A registry number, whatever letters stand before it."""
JOINED = ("", "-")
"""What may stand between the letters and digits of a code."""
HEAVY = Meaning(Category.HEAVY, "heavy")


def code_at(
    tokens: Sequence[Token], at: int, words: QuantityWords, known: Callable[[Token], bool]
) -> Span | None:
    """A study number written in one go ("X0123", "Y9Z99") that is no name of ours."""
    end = at + 1
    if end == len(tokens) or tokens[end].lead not in JOINED or tokens[at].is_number:
        return None
    while (
        end < len(tokens)
        and tokens[end].lead in JOINED
        and (tokens[end].is_number or len(tokens[end].text) == 1)
    ):
        end += 1
    digits = sum(len(t.text) for t in tokens[at:end] if t.is_number)
    letters = len(tokens[at].text)
    word = letters > 1 and known(tokens[at]) and digits < MANY_DIGITS
    single = end == at + 2 and letters == digits == 1 and not tokens[at + 1].lead
    if single and tokens[at].text not in words.units:
        # "X2" is a regimen or a trial's arm; no unit of ours is one letter before a digit.
        return Span(at, end, HEAVY)
    if end == at + 1 or digits < MIN_CODE_DIGITS or letters > MAX_CODE_LETTERS or word:
        return None
    if end < len(tokens) and tokens[end].text in words.units:
        return None
    return Span(at, end, OTHER_TRIAL)
