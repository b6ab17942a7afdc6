"""Numbers and times: read exactly, never repaired.

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
MAX_TIME = 240
MAX_YEARS = 40
"""Years up to which a number before "and 5 years" is of the same list."""
"""Numbers above are no time point."""
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
DAYS_A_MONTH = 30.4375
TIME = Meaning(Category.TIME, "time")


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


def number_list(
    tokens: Sequence[Token],
    at: int,
    words: QuantityWords,
    read: Callable[[Sequence[Token], int, QuantityWords], tuple[float, int] | None],
) -> tuple[list[float], int]:
    """Numbers joined by commas, slashes, dashes, blanks or "and": values and end."""
    values: list[float] = []
    end = position = at
    while len(values) < MAX_LIST and (found := read(tokens, position, words)) is not None:
        if tokens[position].percent and not is_numbered(tokens, position, words):
            break
        values += _apart(tokens, position) or [found[0]]
        end = position = found[1]
        if position < len(tokens) and tokens[position].text in words.joiners:
            # "At 12 and at 24 months."
            again = tokens[position + 1 : position + 2]
            position += 2 if again and again[0].text == "at" else 1
        elif position < len(tokens) and any(mark in tokens[position].lead for mark in ".?!;\n("):
            break
    return values, end


def _apart(tokens: Sequence[Token], at: int) -> list[float]:
    """ "1,2 and 3": small numbers that a comma joins before "and", which are no decimal."""
    parts = tokens[at].text.split(",")
    whole = len(parts) > 1 and all(part.isdigit() and part[0] != "0" for part in parts)
    listed = whole and all(len(part) < 3 for part in parts)
    if not listed or at + 1 >= len(tokens) or tokens[at + 1].text != "and":
        return []
    return [float(part) for part in parts]


def read_time(tokens: Sequence[Token], at: int, words: QuantityWords) -> Span | None:
    """ "3y", "36 months", "1, 2 and 3 years", "yr 1 2 3", "second year", "half a year"."""
    unit = words.units.get(tokens[at].text)
    joined = at + 1 < len(tokens) and not tokens[at + 1].lead and tokens[at].text == "y"
    if unit is not None and (joined or tokens[at].text not in words.short_units):
        after = at + 1
        if after < len(tokens) and tokens[after].lead.strip() in ("", "-", "#"):
            values, end = number_list(tokens, after, words, number_at)
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
        values, after = number_list(tokens, position, words, number_at)
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
        if unit > 1 and len(values) > 1 and max(values) > MAX_YEARS:
            # "93 and 5 years": a figure and a time.
            break
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


def is_numbered(tokens: Sequence[Token], at: int, words: QuantityWords) -> bool:
    """ "Grade 4 %", "grade 3-4 %": the sign asks for a share and does not belong to the number."""
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    ranged = before.is_number and tokens[at].lead in ("-", "/")
    return ranged or before.text in words.grade or before.text in words.phase


def ends_ordinal(tokens: Sequence[Token], at: int) -> bool:
    """ "nd" behind a 2."""
    return at < len(tokens) and not tokens[at].lead and tokens[at].text in ORDINAL_ENDINGS
