"""Times, phases, grades and figures: read exactly, never repaired.

Every reader looks at the tokens from one position on and returns the span it
reads there, or None. Words for numbers count ("thirty-six months", "year
one"); a number that belongs to nothing is a figure the user claims.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.text import Token

MONTHS_A_YEAR = 12
MAX_LIST = 8
"""Members of a list that are read together."""
MAX_DIGITS = 12
"""Longer strings of digits are no figure."""
GRADES = range(1, 6)
MAX_TIME = 240
"""Numbers above are no time point."""
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
DAYS_A_MONTH = 30.4375
TIME = Meaning(Category.TIME, "time")
PHASE = Meaning(Category.PHASE, "phase")
GRADE = Meaning(Category.GRADE, "grade")


def value_of(token: Token, words: QuantityWords, *, roman: bool = False) -> float | None:
    """The number a token stands for, or None."""
    if token.is_number:
        return float(token.stem) if len(token.text) <= MAX_DIGITS else None
    if token.text in words.numbers:
        return words.numbers[token.text]
    if roman:
        return words.romans.get(token.text)
    return None


def number_at(tokens: Sequence[Token], at: int, words: QuantityWords) -> tuple[float, int] | None:
    """A number that starts at `at`, with "thirty six" taken together: value and end."""
    if at >= len(tokens):
        return None
    value = value_of(tokens[at], words)
    if value is None:
        return None
    if (
        not tokens[at].is_number
        and value >= 20
        and value % 10 == 0
        and at + 1 < len(tokens)
        and not tokens[at + 1].is_number
        and tokens[at + 1].lead in (" ", "-")
    ):
        ones = words.numbers.get(tokens[at + 1].text)
        if ones is not None and 0 < ones < 10:
            return value + ones, at + 2
    if (
        at + 2 < len(tokens)
        and tokens[at + 1].text == "point"
        and (part := value_of(tokens[at + 2], words)) is not None
    ):
        return float(f"{value:g}.{part:g}"), at + 3
    return value, at + 1


def _list(
    tokens: Sequence[Token],
    at: int,
    words: QuantityWords,
    read: Callable[[Sequence[Token], int, QuantityWords], tuple[float, int] | None],
) -> tuple[list[float], int]:
    """Numbers joined by commas, slashes, dashes, blanks or "and": values and end."""
    values: list[float] = []
    end = position = at
    while len(values) < MAX_LIST and (found := read(tokens, position, words)) is not None:
        if tokens[position].percent and tokens[position].lead not in ("-", "/"):
            break
        values.append(found[0])
        end = position = found[1]
        if position < len(tokens) and tokens[position].text in words.joiners:
            position += 1
        elif position < len(tokens) and any(mark in tokens[position].lead for mark in ".?!;\n("):
            break
    return values, end


def read_time(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """ "3y", "36 months", "1, 2 and 3 years", "yr 1 2 3", "second year", "half a year"."""
    unit = words.units.get(tokens[at].text)
    joined = at + 1 < len(tokens) and not tokens[at + 1].lead and tokens[at].text == "y"
    if unit is not None and (joined or tokens[at].text not in words.short_units):
        after = at + 1
        if after < len(tokens) and tokens[after].lead.strip() in ("", "-", "#"):
            values, end = _list(tokens, after, words, number_at)
            chained = _is_unit(tokens, end, words) and number_at(tokens, end + 1, words) is not None
            alone = chained or not _is_unit(tokens, end, words)
            if values and all(value <= 120 for value in values) and alone:
                return _times_behind_units(tokens, at, end, [value * unit for value in values], words)
        return None
    if tokens[at].is_number and ends_ordinal(tokens, at + 1) and _is_unit(tokens, at + 2, words):
        return Span(at, at + 3, TIME, (float(tokens[at].stem) * words.units[tokens[at + 2].text],))
    if tokens[at].text in words.ordinals and _is_unit(tokens, at + 1, words):
        unit = words.units[tokens[at + 1].text]
        return Span(at, at + 2, TIME, (words.ordinals[tokens[at].text] * unit,))
    if tokens[at].text in words.halves and not (at and tokens[at - 1].text in ("and", "a")):
        unit_at = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text in ("a", "an") else at + 1
        if _is_unit(tokens, unit_at, words):
            return Span(at, unit_at + 1, TIME, (words.units[tokens[unit_at].text] / 2,))
        return None
    return _times_before_units(tokens, at, words)


def _times_behind_units(
    tokens: Sequence[Token], at: int, end: int, months: list[float], words: QuantityWords
) -> Span:
    """ "yr1 yr2 yr3": units before their numbers, one after the other."""
    while end + 1 < len(tokens) and _is_unit(tokens, end, words):
        found = number_at(tokens, end + 1, words)
        if found is None:
            break
        months.append(found[0] * words.units[tokens[end].text])
        end = found[1]
    return Span(at, end, TIME, tuple(months))


def _times_before_units(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    months: list[float] = []
    position = end = at
    while True:
        values, after = _list(tokens, position, words, number_at)
        if not values or after >= len(tokens) or tokens[after - 1].percent:
            break
        half = [t.text for t in tokens[after : after + 3]] == ["and", "a", "half"]
        after += 3 * half
        if not _is_unit(tokens, after, words) or max(values) > MAX_TIME:
            break
        values[-1] += half / 2
        digit = tokens[after - 1].is_number or half
        if tokens[after].text in words.short_units and not (digit and tokens[after].lead in ("", "-", " ")):
            break
        unit = words.units[tokens[after].text]
        months += [value * unit for value in values]
        end = position = after + 1
        if position + 2 < len(tokens) and [t.text for t in tokens[position : position + 3]] == [
            "and",
            "a",
            "half",
        ]:
            months[-1] += unit / 2
            end = position = position + 3
        if position < len(tokens) and tokens[position].text in words.joiners:
            position += 1
    return Span(at, end, TIME, tuple(months)) if months else None


def _is_unit(tokens: Sequence[Token], at: int, words: QuantityWords) -> bool:
    return (
        at < len(tokens) and tokens[at].text in words.units and not any(m in tokens[at].lead for m in "?!;,")
    )


def _numeral(tokens: Sequence[Token], at: int, words: QuantityWords) -> tuple[float, int] | None:
    if at >= len(tokens):
        return None
    value = value_of(tokens[at], words, roman=True)
    if value is None and at and tokens[at - 1].text in words.phase:
        value = words.misheard.get(tokens[at].text)
    if value is None or value != int(value) or not 0 < value < 6 or tokens[at].percent:
        return None
    # "phase 2 1 year": the second number belongs to the unit behind it.
    if at + 1 < len(tokens) and tokens[at + 1].text in words.units:
        return None
    return value, at + 1


def read_phase(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """ "phase 2", "ph3", "phase II vs III", "phase two"; "phase II/III" is the trial's own label."""
    if tokens[at].text in words.phase:
        values, end = _list(tokens, at + 1, words, _numeral)
        while end < len(tokens) and end + 1 < len(tokens) and _again(tokens, end, words):
            more, after = _list(tokens, end + 2, words, _numeral)
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
    values, end = _list(tokens, at + 1, words, _numeral)
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


def ends_ordinal(tokens: Sequence[Token], at: int) -> bool:
    """ "nd" behind a 2."""
    return at < len(tokens) and not tokens[at].lead and tokens[at].text in ORDINAL_ENDINGS


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
