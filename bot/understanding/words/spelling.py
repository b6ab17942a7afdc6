"""Words as they were meant: mishearings, spelt abbreviations and typos put right before tagging."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.understanding.words.lexicon import Lexicon
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.repair import Repairer
from bot.understanding.words.text import Token, normalise, own_stem, stem
from bot.understanding.words.text import tokens as tokens_of

MAX_REPAIRS = 24
"""Unknown words of one message that are tried."""
MAX_SPELT = 8
"""Letters of the longest abbreviation that is spelt out."""
PAUSES = frozenset(",;:?!")
"""Marks between words that are not one name."""
MIN_CLIPPED = 5
"""Letters of the shortest word that is read as clipped ("takin")."""

Confusions = dict[str, list[tuple[list[str], tuple[str, ...], bool | None]]]
"""First stem -> (heard stems, meant words, whether what is heard ends in a plural)."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """Tokens after repair."""

    tokens: list[Token]
    stems: list[str]
    edits: dict[int, int]
    """Token -> letters by which it differed from the name it was taken for."""
    mistyped: frozenset[int]
    """Tokens that are no words at all and that no single repair explains."""


@dataclass(slots=True)
class Speller:
    """Puts right what can only mean one name; numbers and abbreviations stay as typed."""

    lexicons: tuple[Lexicon, ...]
    guards: Lexicon
    words: QuantityWords
    confusions: Confusions
    """What dictation and clipping make of names."""
    repairer: Repairer
    frequency: Callable[[str], int]

    def spell(self, tokens: Sequence[Token]) -> Spelt:
        """The tokens with mishearings, spelt letters and typos put right."""
        put_right = self._spelt(self._undo_confusions(tokens))
        stems, edits = self._repair(put_right)
        mistyped = frozenset(
            at
            for at, token in enumerate(put_right)
            if at not in edits and not self.known(token) and not self.frequency(token.text)
        )
        return Spelt(put_right, stems, edits, mistyped)

    def _undo_confusions(self, tokens: Sequence[Token]) -> list[Token]:
        out: list[Token] = []
        stems = [own_stem(token.text) for token in tokens]
        position = 0
        while position < len(tokens):
            for heard, meant, plural in self.confusions.get(stems[position], ()):
                end = position + len(heard)
                if stems[position:end] == heard and _in_one_breath(tokens[position:end], plural):
                    first, last = tokens[position], tokens[end - 1]
                    out += [
                        first._replace(
                            text=word,
                            stem=stem(word),
                            end=last.end,
                            lead=first.lead if n == 0 else " ",
                        )
                        for n, word in enumerate(meant)
                    ]
                    position = end
                    if end < len(tokens) and tokens[end].lead.startswith(". ") and len(heard) == 1:
                        # "Abs. difference": the dot of a clipped word ends no sentence.
                        tokens = [*tokens[:end], tokens[end]._replace(lead=" "), *tokens[end + 1 :]]
                    break
            else:
                out.append(tokens[position])
                position += 1
        return out

    def _spelt(self, tokens: list[Token]) -> list[Token]:
        """Letters spelt one by one ("p f s", "en en tee") become the abbreviation they make."""
        out: list[Token] = []
        at = 0
        while at < len(tokens):
            if not self._letter(tokens[at]):
                out.append(tokens[at])
                at += 1
                continue
            end = at
            while (
                end < min(len(tokens), at + MAX_SPELT)
                and self._letter(tokens[end])
                and (end == at or tokens[end].lead in (" ", ".", "-"))
            ):
                end += 1
            word = "".join(self._letter(token) for token in tokens[at:end])
            single = all(len(token.text) == 1 for token in tokens[at:end])
            if len(word) >= (2 if single else 3) and self._abbreviation(word):
                out.append(tokens[at]._replace(text=word, stem=stem(word), end=tokens[end - 1].end))
                at = end
            else:
                out.append(tokens[at])
                at += 1
        return out

    def _letter(self, token: Token) -> str:
        if len(token.text) == 1 and token.text.isalpha():
            return token.text
        return self.words.letters.get(token.text, "")

    def _abbreviation(self, word: str) -> bool:
        return any(lexicon.exactly((stem(word),)) for lexicon in self.lexicons)

    def known(self, token: Token) -> bool:
        """True for numbers, units and every word of a name."""
        for lexicon in self.lexicons:
            if token.stem in lexicon.words:
                return True
        return (
            token.is_number
            or token.stem in self.guards.words
            or token.text in self.words.numbers
            or token.text in self.words.units
        )

    def _repair(self, tokens: list[Token]) -> tuple[list[str], dict[int, int]]:
        """The stems after repair, and the edits of every repaired token; `tokens` take the meant words."""
        stems = [token.stem for token in tokens]
        repaired: dict[int, int] = {}
        budget = MAX_REPAIRS
        for at, token in enumerate(tokens):
            if budget <= 0 or self.known(token):
                continue
            budget -= 1
            meant, edits = self.repairer.word(token.text)
            if len(meant) > 1:
                meant = tuple(m for m in meant if self._in_phrase(tokens, stems, at, stem(m)))
            meant = meant or self.repairer.doubled(token.text) or self.repairer.unvowelled(token.text)
            if not meant and (whole := self._undoubled(token.text) or self._clipped(token.text)):
                meant, edits = (whole,), 1
            if len(meant) == 1:
                stems[at] = stem(meant[0])
                tokens[at] = token._replace(text=meant[0], stem=stems[at])
                repaired[at] = edits
        return stems, repaired

    def _undoubled(self, word: str) -> str | None:
        """An abbreviation with a letter typed twice ("orrr"): without it, when that is a name."""
        if self.repairer.is_english(word):
            return None
        shorter = {word[:i] + word[i + 1 :] for i in range(len(word) - 1) if word[i] == word[i + 1]}
        known = [
            name
            for name in shorter
            if len(name) > 1 and any(lexicon.exactly((name,)) for lexicon in self.lexicons)
        ]
        return known[0] if len(known) == 1 else None

    def _clipped(self, word: str) -> str | None:
        """ "Takin": the word with the letter that speech drops, when that is a name of ours or English."""
        whole = f"{word}g"
        if len(word) < MIN_CLIPPED or not word.endswith("in"):
            return None
        named = any(stem(whole) in lexicon.words for lexicon in self.lexicons)
        return whole if named or self.frequency(whole) else None

    def _in_phrase(self, tokens: Sequence[Token], stems: list[str], at: int, meant: str) -> bool:
        """True when the repaired word makes a name together with a word beside it."""
        tried = [*stems[:at], meant, *stems[at + 1 :]]
        for start in range(max(0, at - 2), at + 1):
            for lexicon in self.lexicons:
                hit = lexicon.longest(tokens, start, tried)
                if hit is not None and hit[0] > at and hit[0] - start > 1:
                    return True
        return False


def heard_words(heard: str) -> tuple[list[str], bool | None]:
    """The stems of what is heard, and of several words whether the last is a plural: another word."""
    words = [token.text for token in tokens_of(normalise(heard))]
    return [own_stem(word) for word in words], words[-1].endswith("s") if words[1:] else None


def _in_one_breath(tokens: Sequence[Token], plural: bool | None) -> bool:
    """Whether no pause parts the words, and the last is one of its kind or several, as it was heard."""
    if plural is not None and tokens[-1].text.endswith("s") != plural:
        return False
    return all(token.lead.isspace() or not PAUSES & set(token.lead) for token in tokens[1:])
