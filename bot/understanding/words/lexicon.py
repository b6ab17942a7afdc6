"""The vocabulary as a trie of stems: every name in the data, and what it means.

One trie holds what all trials share (concepts, English, other trials, drugs
and diseases); a small one per trial holds its own names. Looking up a
question's longest names is then one walk, however many trials there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from bot.understanding.words.spans import Category, Meaning
from bot.understanding.words.text import Token, phrase

_END = ""
"""Key of a node under which its meanings stand; no stem is empty."""
MIN_NEAR = 3
"""Letters from which a word inside a name may be mistyped."""
ARTICLES = frozenset({"the", "a", "an"})
THAT = "that"
"""Before an article it begins a clause ("that the patients took"), and is no part of a name."""
INDEFINITE = frozenset({"a", "an"})
DEFINING = frozenset({"what", "whats", "is", "are", "can", "does"})
"""Names that begin so mean something else with "a" ("what is a hazard ratio") than with "the"."""


@dataclass(slots=True)
class Lexicon:
    """Names as stems, leading to their meanings."""

    root: dict[str, Any] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)
    """The trie's ends hold positions in this list."""
    words: set[str] = field(default_factory=set)
    """Every stem in any name: a word in here is never repaired."""
    _places: dict[Meaning, int] = field(default_factory=dict)

    def add(self, name: str, meaning: Meaning) -> None:
        """Store one name; the same meaning twice is stored once."""
        stems = phrase(name)
        if len(stems) > 1:
            dropped = ARTICLES - INDEFINITE if stems[0] in DEFINING else ARTICLES
            stems = (stems[0], *(stem for stem in stems[1:] if stem not in dropped))
        if not stems:
            return
        if stems[:2] == ("what", "is") and len(stems) > 2 and stems[2] in INDEFINITE:
            self._store((stems[0], *stems[2:]), meaning)
        self._store(stems, meaning)

    def _store(self, stems: Sequence[str], meaning: Meaning) -> None:
        node = self.root
        for stem in stems:
            node = node.setdefault(stem, {})
        place = self._places.setdefault(meaning, len(self.meanings))
        if place == len(self.meanings):
            self.meanings.append(meaning)
        places = node.setdefault(_END, [])
        if place not in places:
            places.append(place)
        self.words.update(stems)

    def longest(
        self,
        tokens: Sequence[Token],
        start: int,
        stems: Sequence[str],
        mistyped: frozenset[int] = frozenset(),
    ) -> tuple[int, list[Meaning]] | None:
        """The longest name that starts at token `start`: its end and meanings.

        A name does not reach across the end of a sentence; articles inside it
        do not count. `mistyped` are the tokens that are no words at all.
        """
        node = self.root
        best: tuple[int, list[int]] | None = None
        position = start
        while position < len(tokens):
            if position > start and not _continues(tokens[position].lead):
                break
            child = node.get(stems[position])
            if child is None and position > start and position in mistyped:
                child = self._near(node, stems[position])
            if child is None:
                if (
                    position > start
                    and tokens[position].text in ARTICLES
                    and tokens[position - 1].text != THAT
                ):
                    position += 1
                    continue
                break
            node = child
            position += 1
            if _END in node:
                best = position, node[_END]
        return None if best is None else (best[0], [self.meanings[place] for place in best[1]])

    def _near(self, node: Mapping[str, Any], stem: str) -> Any:
        """Inside a name, the one word that a short mistyped one stands for ("progression fre ...")."""
        if len(stem) < MIN_NEAR or stem[0].isdigit():
            return None
        near = [
            k
            for k in node
            if len(k) >= MIN_NEAR and k[0] == stem[0] and OSA.distance(k, stem, score_cutoff=1) <= 1
        ]
        return node[near[0]] if len(near) == 1 else None

    def exactly(self, stems: Sequence[str]) -> list[Meaning]:
        """The meanings of a whole name; empty when there is none."""
        node = self.root
        for stem in stems:
            node = node.get(stem, {})
        return [self.meanings[place] for place in node.get(_END, ())]

    def names(self) -> Iterator[tuple[tuple[str, ...], list[Meaning]]]:
        """Every name as stems, with its meanings."""
        stack: list[tuple[tuple[str, ...], dict[str, Any]]] = [((), self.root)]
        while stack:
            path, node = stack.pop()
            for key, value in node.items():
                if key == _END:
                    yield path, [self.meanings[place] for place in value]
                else:
                    stack.append(((*path, key), value))

    def dump(self) -> dict[str, Any]:
        """The lexicon as plain data, for `load`."""
        meanings = [
            [m.category.value, m.id, m.measure, m.proposition, m.weak, m.common, m.anchor, m.trial]
            for m in self.meanings
        ]
        return {"root": self.root, "meanings": meanings, "words": sorted(self.words)}

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon that was dumped; it can be looked up, not added to."""
        meanings = [Meaning(Category(category), *rest) for category, *rest in data["meanings"]]
        return cls(data["root"], meanings, set(data["words"]))


@lru_cache(maxsize=1024)
def _continues(lead: str) -> bool:
    if len(lead) == 1 and lead in ";:,":
        # "t(4;14)", "1:1": a mark between figures written in one go.
        return True
    return not any(mark in lead for mark in "?!;\n,:+") and ". " not in lead
