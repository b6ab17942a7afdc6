"""Names with gaps: "how long ... followed|tracked" is one name, whatever stands in between.

A piece "<part>" stands for any name of that kind (see `KINDS`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.understanding.words.spans import PIECE, POLITE, Category, Meaning, Span
from bot.understanding.words.text import Token, phrase
from knowledge.model import GAP, OR

KINDS = {
    "<part>": frozenset({Category.PHASE, Category.COHORT}),
    "<arm>": frozenset({Category.ARM}),
    "<trial>": frozenset({Category.TRIAL}),
    "<grade>": frozenset({Category.GRADE}),
    "<time>": frozenset({Category.TIME}),
    "<figure>": frozenset({Category.FIGURE}),
    "<drug>": frozenset({Category.ARM, Category.FOREIGN}),
}
_KINDS_OF = {
    category: tuple(kind for kind, named in KINDS.items() if category in named)
    for category in frozenset().union(*KINDS.values())
}
MAX_GAP = 6
"""Words that may stand in a gap."""
TELLING = 2
"""Words that say something, from which a name with gaps is one by itself."""
SINGLE = 2
"""`Meaning.common` of a single everyday word."""
MIN_PIECES = 3
"""Pieces from which a name with gaps takes in another that reaches beyond its last one."""
MIN_POLITE = 3
"""Words of a polite phrase that says nothing else ("could you tell me")."""
UNSAID = ""
"""The stem of a word that no name with gaps may use."""
IDLE = Meaning(Category.FILLER, PIECE)
_ABSORBED = frozenset({Category.LIGHT, Category.HEAVY, Category.CHAT, Category.FOREIGN, Category.TOPIC})
"""Words and names that a longer name takes in when they are one of its pieces."""

Words = tuple[str, ...]
"""Stems that stand side by side, or one kind."""
Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Text:
    stems: Sequence[str]
    kinds: dict[int, Span]
    """Start of a span that is of a kind -> the span."""
    breaks: frozenset[int]
    """Positions at which a sentence begins; a name does not reach across."""

    def end(self, words: Words, at: int) -> int:
        """Where the words end when they stand at `at`; 0 when they do not."""
        kind = KINDS.get(words[0])
        if kind is not None:
            span = self.kinds.get(at)
            return span.end if span is not None and span.category in kind else 0
        if self.stems[at] != words[0]:
            return 0
        return at + len(words) if tuple(self.stems[at : at + len(words)]) == words else 0


@dataclass(frozen=True, slots=True)
class Frame:
    """One name with gaps: for each piece the words of which any will do, the longest first."""

    pieces: tuple[tuple[Words, ...], ...]
    firsts: tuple[frozenset[str], ...]
    """First stems of each piece."""
    meaning: Meaning
    needed: tuple[frozenset[str], ...] = ()
    """The first stems of the pieces beside the one that it is found by, of the rarest piece first."""

    @property
    def head(self) -> int:
        """Place of the piece that carries the meaning: the last one of words."""
        return max(i for i, piece in enumerate(self.pieces) if piece[0][0] not in KINDS)

    def places(self, text: _Text, start: int) -> Iterator[Places]:
        """Every way in which its pieces stand when the first is at `start`."""
        for words in self.pieces[0]:
            end = text.end(words, start)
            if end:
                yield from self._rest(text, ((start, end),))

    def _rest(self, text: _Text, found: Places) -> Iterator[Places]:
        if len(found) == len(self.pieces):
            yield found
            return
        last = found[-1][1]
        for at in range(last, min(last + MAX_GAP + 1, len(text.stems))):
            if at in text.breaks:
                return
            if text.stems[at] not in self.firsts[len(found)] and at not in text.kinds:
                continue
            for words in self.pieces[len(found)]:
                end = text.end(words, at)
                if end:
                    yield from self._rest(text, (*found, (at, end)))


@dataclass(frozen=True, slots=True)
class Frames:
    """Every name with gaps, by the first stems of the piece that the fewest names share.

    Of names that meet, the one with the most pieces counts, then the most words.
    """

    by_rarest: dict[str, tuple[Frame, ...]]
    little: frozenset[str]
    """Stems that say nothing."""

    @classmethod
    def of(cls, names: Iterable[tuple[str, Meaning]], little: frozenset[str]) -> Frames:
        """From names as they stand in the data, with what they mean."""
        frames: list[Frame] = []
        for name, meaning in names:
            pieces = tuple(_choices(piece) for piece in name.split(GAP))
            frames.append(Frame(pieces, tuple(frozenset(words[0] for words in p) for p in pieces), meaning))
        shared = Counter(first for frame in frames for firsts in frame.firsts for first in firsts)
        found: dict[str, list[Frame]] = {}
        for frame in frames:
            rarest, *others = sorted(frame.firsts, key=lambda firsts: sum(shared[each] for each in firsts))
            known = replace(frame, needed=tuple(others))
            for first in rarest:
                found.setdefault(first, []).append(known)
        return cls({first: tuple(frames) for first, frames in found.items()}, little)

    def over(self, tokens: Sequence[Token], stems: Sequence[str], spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans with what the names with gaps make of them; "could you tell me" is no part of any."""
        phrases = (s for s in spans if s.id == POLITE and s.end - s.start >= MIN_POLITE)
        polite = {i for span in phrases for i in range(span.start, span.end)}
        if polite:
            stems = [UNSAID if i in polite else stem for i, stem in enumerate(stems)]
        kinds = {kind for span in spans for kind in _KINDS_OF.get(span.category, ())}
        present = frozenset(stems) | kinds
        lacks = present.isdisjoint
        possible = {
            id(frame): frame
            for first in present & self.by_rarest.keys()
            for frame in self.by_rarest[first]
            # Each of its other pieces has one of its first stems in the message.
            if not any(map(lacks, frame.needed))
        }
        breaks = frozenset(i for i, token in enumerate(tokens) if i and _begins(token.lead))
        text = _Text(stems, {span.start: span for span in spans if span.category in _KINDS_OF}, breaks)
        begins: dict[str, list[int]] = {}
        for position, stem in enumerate(stems):
            begins.setdefault(stem, []).append(position)
        for span in spans:
            for kind in _KINDS_OF.get(span.category, ()):
                begins.setdefault(kind, []).append(span.start)
        matches = []
        for n, frame in enumerate(possible.values()):
            for start in {at for first in frame.firsts[0] for at in begins.get(first, ())}:
                for places in frame.places(text, start):
                    words = sum(end - begin for begin, end in places)
                    matches.append((-len(places), -words, start - places[-1][1], start, n, places, frame))
        matches.sort(key=lambda match: match[:5])
        return self._applied(tuple(spans), text, [(places, frame) for *_, places, frame in matches])

    def _applied(
        self, spans: tuple[Span, ...], text: _Text, matches: Iterable[tuple[Places, Frame]]
    ) -> tuple[Span, ...]:
        taken: list[tuple[int, int]] = []
        for places, frame in matches:
            start, end = places[0][0], places[-1][1]
            if any(end > a and start < b for a, b in taken):
                continue
            kept = self._longer(spans, text, places) if frame.meaning.category is Category.MEASURE else ()
            changed = _with(spans, places, frame.head, self._meaning(frame, text, places), kept)
            if changed is not None:
                spans = changed
                taken.append((start, end))
        return spans

    def _longer(self, spans: Sequence[Span], text: _Text, places: Places) -> Sequence[Span]:
        """Names of which a statistic's name takes only a part: the rest says more, and what is asked of."""
        taken = {i for start, end in places for i in range(start, end)}
        return [
            span
            for span in spans
            if not taken.isdisjoint(range(span.start, span.end))
            and any(i not in taken and text.stems[i] not in self.little for i in range(span.start, span.end))
        ]

    def _meaning(self, frame: Frame, text: _Text, places: Places) -> Meaning:
        """As weak as a single everyday word where only one word of the name says anything."""
        said = [stem for start, end in places for stem in text.stems[start:end]]
        telling = sum(stem not in self.little for stem in said)
        return frame.meaning if telling >= TELLING else replace(frame.meaning, weak=True, common=SINGLE)


def _choices(piece: str) -> tuple[Words, ...]:
    words = [(each.strip(),) if each.strip() in KINDS else phrase(each) for each in piece.split(OR)]
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))


@lru_cache(maxsize=1024)
def _begins(lead: str) -> bool:
    return any(mark in lead for mark in "?!\n") or ". " in lead


def _with(
    spans: tuple[Span, ...], places: Places, head: int, meaning: Meaning, kept: Sequence[Span]
) -> tuple[Span, ...] | None:
    """The spans with the head's place as one span; None where another name reaches beyond it.

    `kept`: names that stay although the name with gaps takes a part of them.
    """
    start, end = places[head]
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
                result.append(Span(start, end, meaning))
            continue
        whole = any(a <= span.start and span.end <= b for a, b in places)
        partly = any(span.start < b and span.end > a for a, b in places)
        passing = partly and span not in kept and _yields(span)
        idle = passing or (whole and span.category in _ABSORBED)
        result.append(Span(span.start, span.end, IDLE) if idle else span)
    return tuple(result)


def _gives_way(span: Span) -> bool:
    """A plain name of two words that a longer one with gaps takes in whole."""
    return span.category in (Category.ARM, Category.FILLER) or _yields(span)


def _yields(span: Span) -> bool:
    """A topic named only in passing; one that asks something of its own stays."""
    return span.category is Category.TOPIC and not (span.meaning.proposition or span.meaning.measure)
