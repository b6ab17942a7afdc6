"""Names with gaps: "how long ... followed|tracked" is one name, whatever stands in between."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.text import Token, phrase

GAP = "..."
"""Stands in the data for up to `MAX_GAP` words."""
OR = "|"
"""Between words of which any will do."""
MAX_GAP = 6
IDLE = Meaning(Category.FILLER, "filler")
_LEFTOVER = frozenset({Category.LIGHT, Category.HEAVY, Category.CHAT})

Piece = tuple[str, ...]
"""Stems that stand side by side."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One name with gaps; its last piece carries the meaning."""

    pieces: tuple[Piece, ...]
    meaning: Meaning

    def places(
        self, stems: Sequence[str], start: int, ends: frozenset[int]
    ) -> tuple[tuple[int, int], ...] | None:
        """Where its pieces stand when the first is at `start`; None when they do not.

        `ends`: positions at which a sentence begins; a name does not reach across.
        """
        found = []
        at, last = start, start
        for piece in self.pieces:
            while stems[at : at + len(piece)] != [*piece]:
                at += 1
                if at > last + MAX_GAP or at >= len(stems) or at in ends:
                    return None
            found.append((at, at + len(piece)))
            at = last = at + len(piece)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Frames:
    """Every name with gaps, by its first stem; the longest comes first."""

    by_first: dict[str, tuple[Frame, ...]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, Meaning]]) -> Frames:
        """From names as they stand in the data, with what they mean."""
        found: dict[str, list[Frame]] = {}
        for name, meaning in names:
            choices = [[phrase(words) for words in piece.split(OR)] for piece in name.split(GAP)]
            for pieces in itertools.product(*choices):
                found.setdefault(pieces[0][0], []).append(Frame(pieces, meaning))
        for frames in found.values():
            frames.sort(key=lambda frame: -sum(map(len, frame.pieces)))
        return cls({first: tuple(frames) for first, frames in found.items()})

    def over(self, tokens: Sequence[Token], stems: Sequence[str], spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans with what the names with gaps make of them."""
        found = tuple(spans)
        ends = frozenset(i for i, token in enumerate(tokens) if i and _begins(token.lead))
        for start, stem in enumerate(stems):
            for frame in self.by_first.get(stem, ()):
                places = frame.places(stems, start, ends)
                changed = None if places is None else _with(found, places, frame.meaning)
                if changed is not None:
                    found = changed
                    break
        return found


def _begins(lead: str) -> bool:
    return any(mark in lead for mark in "?!\n") or ". " in lead


def _with(
    spans: tuple[Span, ...], places: Sequence[tuple[int, int]], meaning: Meaning
) -> tuple[Span, ...] | None:
    """The spans with the last place as one span; None where another name reaches beyond it."""
    *others, (start, end) = places
    inside = [span for span in spans if span.start < end and span.end > start]
    if any(span.start < start or span.end > end for span in inside):
        return None
    result = []
    for span in spans:
        if span.start >= start and span.end <= end:
            if span.start == start:
                result.append(Span(start, end, meaning))
            continue
        named = any(a <= span.start and span.end <= b for a, b in others)
        idle = named and span.category in _LEFTOVER
        result.append(Span(span.start, span.end, IDLE) if idle else span)
    return tuple(result)
