"""Names with gaps: "how long ... followed|tracked" is one name, whatever stands in between.

A piece "<part>" stands for any name of that kind (see `KINDS`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.text import Token, phrase

GAP = "..."
"""Stands in the data for up to `MAX_GAP` words."""
OR = "|"
"""Between words of which any will do."""
KINDS = {
    "<part>": frozenset({Category.PHASE, Category.COHORT}),
    "<arm>": frozenset({Category.ARM}),
    "<trial>": frozenset({Category.TRIAL}),
    "<grade>": frozenset({Category.GRADE}),
    "<time>": frozenset({Category.TIME}),
    "<figure>": frozenset({Category.FIGURE}),
    "<drug>": frozenset({Category.ARM, Category.FOREIGN}),
}
MAX_GAP = 6
TELLING = 2
"""Words that say something, from which a name with gaps is one by itself."""
SINGLE = 2
"""`Meaning.common` of a single everyday word."""
MIN_PIECES = 3
"""Pieces from which a name with gaps takes in another that reaches beyond its last one."""
IDLE = Meaning(Category.FILLER, "filler")
_LEFTOVER = frozenset({Category.LIGHT, Category.HEAVY, Category.CHAT, Category.FOREIGN})
"""Words that a name takes in when they are one of its pieces, as it does other topics."""

Piece = tuple[str, ...]
"""Stems that stand side by side, or one kind."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One name with gaps; its last piece of words carries the meaning."""

    pieces: tuple[Piece, ...]
    meaning: Meaning

    @property
    def head(self) -> int:
        """Place of the piece that carries the meaning."""
        return max(i for i, piece in enumerate(self.pieces) if piece[0] not in KINDS)

    @property
    def words(self) -> int:
        """Number of its words."""
        return sum(map(len, self.pieces))

    def places(self, text: _Text, start: int) -> tuple[tuple[int, int], ...] | None:
        """Where its pieces stand when the first is at `start`; None when they do not."""
        found = []
        at = last = start
        for piece in self.pieces:
            while not (end := text.end(piece, at)):
                at += 1
                if at > last + MAX_GAP or at >= len(text.stems) or at in text.breaks:
                    return None
            found.append((at, end))
            at = last = end
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Text:
    stems: Sequence[str]
    kinds: dict[int, Span]
    """Start of a span -> the span."""
    breaks: frozenset[int]
    """Positions at which a sentence begins; a name does not reach across."""

    def end(self, piece: Piece, at: int) -> int:
        """Where the piece ends when it stands at `at`; 0 when it does not."""
        kind = KINDS.get(piece[0])
        if kind is not None:
            span = self.kinds.get(at)
            return span.end if span is not None and span.category in kind else 0
        return at + len(piece) if [*self.stems[at : at + len(piece)]] == [*piece] else 0


@dataclass(frozen=True, slots=True)
class Frames:
    """Every name with gaps, by its first stem or kind.

    Of names that meet, the one with the most pieces counts, then the most words.
    """

    by_first: dict[str, tuple[Frame, ...]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, Meaning]], little: frozenset[str]) -> Frames:
        """From names as they stand in the data, with what they mean; `little`: stems that say nothing."""
        found: dict[str, list[Frame]] = {}
        for name, meaning in names:
            for pieces in itertools.product(*map(_choices, name.split(GAP))):
                found.setdefault(pieces[0][0], []).append(Frame(pieces, _as_common(pieces, meaning, little)))
        return cls({first: tuple(frames) for first, frames in found.items()})

    def over(self, tokens: Sequence[Token], stems: Sequence[str], spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans with what the names with gaps make of them."""
        found = tuple(spans)
        breaks = frozenset(i for i, token in enumerate(tokens) if i and _begins(token.lead))
        text = _Text(stems, {span.start: span for span in spans}, breaks)
        matches = []
        for start, stem in enumerate(stems):
            for frame in self._beginning(stem, text.kinds.get(start)):
                places = frame.places(text, start)
                if places is not None:
                    matches.append((-len(places), -frame.words, start - places[-1][1], start, places, frame))
        matches.sort(key=lambda match: match[:4])
        taken: list[tuple[int, int]] = []
        for *_, start, places, frame in matches:
            end = places[-1][1]
            changed = _with(found, places, frame)
            if changed is not None and all(end <= a or start >= b for a, b in taken):
                found = changed
                taken.append((start, end))
        return found

    def _beginning(self, stem: str, span: Span | None) -> Iterator[Frame]:
        yield from self.by_first.get(stem, ())
        if span is not None:
            for kind, categories in KINDS.items():
                if span.category in categories:
                    yield from self.by_first.get(kind, ())


def _choices(piece: str) -> list[Piece]:
    return [(words.strip(),) if words.strip() in KINDS else phrase(words) for words in piece.split(OR)]


def _as_common(pieces: Sequence[Piece], meaning: Meaning, little: frozenset[str]) -> Meaning:
    """The meaning, as weak as a single everyday word where only one word of the name says anything."""
    telling = sum(stem not in little for piece in pieces for stem in piece)
    return replace(meaning, weak=True, common=SINGLE) if telling < TELLING else meaning


def _begins(lead: str) -> bool:
    return any(mark in lead for mark in "?!\n") or ". " in lead


def _gives_way(span: Span) -> bool:
    """A plain name of two words that a longer one with gaps takes in whole."""
    return span.category in (Category.ARM, Category.FILLER) or _yields(span)


def _yields(span: Span) -> bool:
    """A topic named only in passing; one that asks something of its own stays."""
    return span.category is Category.TOPIC and not (span.meaning.proposition or span.meaning.measure)


def _with(
    spans: tuple[Span, ...], places: Sequence[tuple[int, int]], frame: Frame
) -> tuple[Span, ...] | None:
    """The spans with the head's place as one span; None where another name reaches beyond it."""
    start, end = places[frame.head]
    inside = [span for span in spans if span.start < end and span.end > start]
    beyond = [span for span in inside if span.start < start or span.end > end]
    if beyond and not (len(places) >= MIN_PIECES and all(map(_gives_way, beyond))):
        return None
    start, end = min([start, *(s.start for s in inside)]), max([end, *(s.end for s in inside)])
    if start < min(a for a, _ in places) or end > max(b for _, b in places):
        return None
    result = []
    for span in spans:
        if span.start >= start and span.end <= end:
            if span.start == start:
                result.append(Span(start, end, frame.meaning))
            continue
        whole = any(a <= span.start and span.end <= b for a, b in places)
        partly = any(span.start < b and span.end > a for a, b in places)
        idle = (whole and span.category in _LEFTOVER) or (partly and _yields(span))
        result.append(Span(span.start, span.end, IDLE) if idle else span)
    return tuple(result)
