"""Phases and grades: a word and its number, read exactly, never repaired."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.words.figures import bound
from bot.understanding.words.quantities import ends_ordinal, is_numbered, number_list, read_time, value_of
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.text import Token

GRADES = range(1, 6)
NUMBERS_NAME = 3
"""Numbers side by side that are a name when they are one ("1/2/3 model")."""
PHASE = Meaning(Category.PHASE, "phase")
GRADE = Meaning(Category.GRADE, "grade")


def _numeral(tokens: Sequence[Token], at: int, words: QuantityWords) -> tuple[float, int] | None:
    if at >= len(tokens):
        return None
    value = value_of(tokens[at], words, roman=True)
    if value is None and at and tokens[at - 1].text in words.phase:
        value = words.misheard.get(tokens[at].text)
    if value is None or value != int(value) or not 0 < value < 6:
        return None
    if tokens[at].percent and not is_numbered(tokens, at, words):
        return None
    # "phase 2 1 year": the second number belongs to the unit behind it.
    if at + 1 < len(tokens) and tokens[at + 1].text in words.units:
        return None
    return value, at + 1


def read_phase(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """ "phase 2", "ph3", "phase II vs III", "phase two"; "phase II/III" is the trial's own label."""
    if tokens[at].text in words.phase:
        values, end = number_list(tokens, at + 1, words, _numeral)
        while end < len(tokens) and end + 1 < len(tokens) and _again(tokens, end, words):
            more, after = number_list(tokens, end + 2, words, _numeral)
            if not more:
                break
            values, end = values + more, after
        if not values:
            return None
        label = len(values) == 2 and tokens[end - 1].lead.strip() in ("/", "-")
        return Span(at, end, PHASE, () if label else tuple(values))
    if tokens[at].text in ("ii", "iii"):
        return Span(at, at + 1, PHASE, (words.romans[tokens[at].text],))
    return None


def _again(tokens: Sequence[Token], at: int, words: QuantityWords) -> bool:
    return tokens[at].text in words.joiners and tokens[at + 1].text in words.phase


def read_grade(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """ "grade 3/4", "g4", "gr 3+", "grade 3 or higher", "grade >=3", "grades iii-iv"."""
    numbered = _numeral(tokens, at + 2, words) is not None
    if tokens[at].text in words.every and not numbered and _is_grade(tokens, at + 1, words):
        return Span(at, at + 2, GRADE, tuple(float(grade) for grade in GRADES))
    ordinal = _ordinal_grade(tokens, at, words)
    if ordinal is not None:
        return ordinal
    if tokens[at].text not in words.grade:
        return None
    values, end = number_list(tokens, at + 1, words, _numeral)
    if not values:
        return None
    open_ended = tokens[end - 1].plus or ">" in tokens[at + 1].lead
    if end + 1 < len(tokens) and tokens[end].text in ("or", "and") and tokens[end + 1].text in words.upward:
        open_ended, end = True, end + 2
    elif end < len(tokens) and tokens[end].text in ("plus",):
        open_ended, end = True, end + 1
    if open_ended and values:
        values = [float(grade) for grade in range(int(min(values)), 6)]
    elif (len(values) == 2 and tokens[end - 1].lead.strip() in ("-", "/")) or len(values) == 2:
        values = [float(grade) for grade in range(int(min(values)), int(max(values)) + 1)]
    return Span(at, end, GRADE, tuple(values))


def _is_grade(tokens: Sequence[Token], at: int, words: QuantityWords) -> bool:
    return at < len(tokens) and tokens[at].text in words.grade


def _ordinal_grade(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """ "4th degree", "third grade"."""
    end = at + 1
    value = words.ordinals.get(tokens[at].text)
    if tokens[at].is_number and ends_ordinal(tokens, end):
        value, end = value_of(tokens[at], words), end + 1
    if value is None or value not in GRADES or end >= len(tokens) or tokens[end].text not in words.grade:
        return None
    return Span(at, end + 1, GRADE, (value,))


READERS = (read_grade, read_phase, read_time)
"""In this order: "grade 3" and "phase 2" before a number of months."""


def read_number(tokens: Sequence[Token], at: int, named_until: int, words: QuantityWords) -> Span | None:
    """A grade, a phase or a time that begins at `at` and reaches as far as the name that begins there."""
    if not (tokens[at].is_number or tokens[at].text in words.openers):
        return None
    if _is_name(tokens[at:named_until]):
        return None
    for read in READERS:
        found = read(tokens, at, words)
        if found is not None and found.end >= named_until:
            side = bound(tokens, at, words) if found.category is Category.TIME else None
            return found._replace(meaning=Meaning(Category.TIME, "time", proposition=side)) if side else found
    return None


def _is_name(tokens: Sequence[Token]) -> bool:
    return len(tokens) >= NUMBERS_NAME and all(token.is_number for token in tokens)
