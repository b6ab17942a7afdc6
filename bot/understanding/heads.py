"""What the heads of a part (topics and statistics) say of where the next part begins."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.words.spans import PIECE, Category, Span

OUT_OF = frozenset({"per_100", "per_1000"})
_HEADS = (Category.TOPIC, Category.MEASURE)


def repeats(span: Span, before: Sequence[Span]) -> bool:
    """ "What share on A and what share on B died?": one question of both."""
    weak = span.category is Category.MEASURE and span.meaning.weak
    return (
        weak and not any(s.category is Category.TOPIC for s in before) and span.id in {s.id for s in before}
    )


def completes(before: Sequence[Span]) -> bool:
    """ "Of 100 patients, how many ...": what stands before only says out of how many."""
    heads = [span for span in before if span.category in _HEADS and not span.meaning.weak]
    return bool(heads) and all(span.id in OUT_OF for span in heads)


def within_name(spans: Sequence[Span]) -> bool:
    """Whether a name with gaps has begun after the last head, so that what it names comes after them."""
    begun = False
    for span in spans:
        if span.category is Category.TOPIC:
            return False
        begun = span.category is not Category.MEASURE and (begun or span.id == PIECE)
    return begun
