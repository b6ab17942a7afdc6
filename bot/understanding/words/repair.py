"""Typos and dictation: names of concepts are repaired, nothing else.

Numbers, time points, phases, grades, negations and short abbreviations never
come here. A word is repaired only when it is no English word, and only to the
one name that is nearest; two equally near names are no repair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import jellyfish
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.words.text import Token, stem

MIN_LETTERS = 5
"""Shorter words have too many neighbours: "arm", "harm", "farm"."""
MIN_SWAPPED = 4
"""Letters from which two swapped letters are put right: "yaer"."""
MIN_SHUFFLED = 7
"""Letters from which all letters in another order are the word: "faituge"."""
TWO_EDITS_FROM = 8
THREE_EDITS_FROM = 11
NEGATIONS = ("non", "un", "in", "anti", "hypo", "hyper", "pre", "post")
"""A repair never adds or takes away a prefix that turns a meaning round."""
MEMORY = 20_000
"""Words whose repair is remembered."""
MIN_SOUNDS = 5
MAX_JOINED = 4


@dataclass(slots=True)
class Repairer:
    """Repairs words against the words of the vocabulary."""

    is_english: Callable[[str], bool]
    words: tuple[str, ...]
    """Whole words (not stems) of at least `MIN_LETTERS` letters that names consist of."""
    letters: dict[str, tuple[str, ...]]
    """Sorted letters -> words: two swapped letters are the safest repair, in short words too."""
    frame: tuple[str, ...]
    """Words that carry a number ("year", "phase"): one edit is repaired; the number never is."""
    skeletons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Consonants -> long words with just these."""
    sounds: dict[str, str] = field(default_factory=dict)
    """Metaphone code -> word, for names long enough to be heard apart."""
    _memory: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        words: Iterable[str],
        spoken: Iterable[str],
        frame: Iterable[str],
        is_english: Callable[[str], bool],
    ) -> Repairer:
        """`words`: all repairable words; `spoken`: names that dictation may tear apart."""
        sounds = {jellyfish.metaphone(word): word for word in spoken if len(word) >= MIN_LETTERS + 3}
        every = sorted(set(words) | set(frame))
        letters: dict[str, tuple[str, ...]] = {}
        for word in every:
            key = "".join(sorted(word))
            letters[key] = (*letters.get(key, ()), word)
        long = tuple(word for word in every if len(word) >= MIN_LETTERS)
        skeletons: dict[str, tuple[str, ...]] = {}
        for word in long:
            skeletons[_skeleton(word)] = (*skeletons.get(_skeleton(word), ()), word)
        return cls(is_english, long, letters, tuple(frame), skeletons, sounds)

    def word(self, word: str) -> tuple[tuple[str, ...], int]:
        """The words a mistyped word may stand for, equally near, and the edits between; () for none."""
        if word not in self._memory:
            if len(self._memory) > MEMORY:
                self._memory.clear()
            self._memory[word] = self._search(word)
        return self._memory[word]

    def _search(self, word: str) -> tuple[tuple[str, ...], int]:
        if len(word) < MIN_SWAPPED or self.is_english(word):
            return (), 0
        swapped = self.letters.get("".join(sorted(word)), ())
        allowed = 2 if len(word) >= MIN_SHUFFLED else 1
        swaps = tuple(name for name in swapped if OSA.distance(word, name) <= allowed)
        if swaps:
            return _by_stem(swaps), 1
        if len(word) >= MIN_SWAPPED:
            framed = [n for n in self.frame if n[0] == word[0] and OSA.distance(word, n, score_cutoff=1) == 1]
            if len({stem(name) for name in framed}) == 1:
                return (framed[0],), 1
        if len(word) < MIN_LETTERS:
            return (), 0
        allowed = 1 + (len(word) >= TWO_EDITS_FROM) + (len(word) >= THREE_EDITS_FROM)
        found = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        near = [(name, int(edits)) for name, edits, _ in found if _comparable(word, name, int(edits))]
        if not near:
            return (), 0
        best = min(edits for _, edits in near)
        nearest = [name for name, edits in near if edits == best]
        same_start = [name for name in nearest if name[0] == word[0]]
        # "respons": a last letter is left out more often than another one is typed.
        longer = [name for name in same_start if name.startswith(word)]
        return _by_stem(longer or same_start or nearest), best

    def unvowelled(self, word: str) -> tuple[str, ...]:
        """The one word that a shorter one is without some of its vowels ("reductn"); () for none."""
        if len(word) < MIN_LETTERS or self.is_english(word):
            return ()
        found = [
            name
            for name in self.skeletons.get(_skeleton(word), ())
            if name[0] == word[0] and name[-1] == word[-1] and len(name) > len(word)
        ]
        stems = _by_stem(found)
        return stems if len(stems) == 1 else ()

    def doubled(self, word: str) -> tuple[str, ...]:
        """The one word that a shorter one is with a letter doubled ("acrual"); () for none."""
        if len(word) < MIN_SWAPPED or self.is_english(word):
            return ()
        longer = {word[:i] + word[i - 1] + word[i:] for i in range(1, len(word) + 1)}
        found = sorted(name for name in longer if name in self.letters.get("".join(sorted(name)), ()))
        return _by_stem(found) if len(found) == 1 else ()

    def joined(self, tokens: Sequence[Token], start: int) -> tuple[str, int, int] | None:
        """A name torn apart by dictation ("lina little mide"): name, end token, edits."""
        best: tuple[str, int, int] | None = None
        for end in range(start + 2, min(start + MAX_JOINED, len(tokens)) + 1):
            if any(t.is_number or t.lead not in (" ", "-") for t in tokens[start + 1 : end]):
                break
            together = "".join(token.text for token in tokens[start:end])
            if not MIN_LETTERS + 3 <= len(together) <= 24:
                continue
            heard = self._heard(together)
            if heard is not None and (best is None or heard[1] < best[2]):
                best = heard[0], end, heard[1]
        return best

    def _heard(self, together: str) -> tuple[str, int] | None:
        code = jellyfish.metaphone(together)
        if len(code) < MIN_SOUNDS:
            return None
        near = process.extract(code, list(self.sounds), scorer=OSA.distance, score_cutoff=1)
        found = [(self.sounds[sound], int(edits) + 1) for sound, edits, _ in near if sound[0] == code[0]]
        if not found or len({name for name, _ in found}) > 1:
            return None
        return found[0]


def _skeleton(word: str) -> str:
    """Its consonants in order."""
    return "".join(letter for letter in word if letter not in "aeiou")


def _by_stem(names: Sequence[str]) -> tuple[str, ...]:
    """One word for each stem, the shortest first."""
    found: dict[str, str] = {}
    for name in sorted(names, key=len):
        found.setdefault(stem(name), name)
    return tuple(found.values())


def _comparable(word: str, name: str, edits: int) -> bool:
    if edits > 1 and word[0] != name[0]:
        return False
    if abs(len(word) - len(name)) > 2:
        return False
    if len(name) == MIN_LETTERS and (word[0] != name[0] or len(word) < MIN_LETTERS):
        return False
    return all(word.startswith(prefix) == name.startswith(prefix) for prefix in NEGATIONS)
