"""Of names that are equally long, the kind that counts: what is asked before how, and both before filler."""

from __future__ import annotations

from bot.understanding.words.spans import Category, Meaning

_PREFERENCE = (
    Category.GUARD,
    Category.DISCREPANCY,
    Category.TOPIC,
    Category.MEASURE,
    Category.ARM,
    Category.COHORT,
    Category.SUBGROUP,
    Category.TRIAL,
    Category.CONDITION,
    Category.RELATED,
    Category.ASPECT,
    Category.SOURCE,
    Category.FOREIGN,
    Category.IDENTITY,
    Category.CHAT,
    Category.CONNECTIVE,
    Category.FILLER,
)
_RANK = {category: rank for rank, category in enumerate(_PREFERENCE)}


def rank(meaning: Meaning) -> int:
    """Place of its kind; smaller wins."""
    return _RANK.get(meaning.category, 99)


def outranks(meaning: Meaning, other: Meaning) -> bool:
    """Whether it wins against another."""
    return rank(meaning) < rank(other)
