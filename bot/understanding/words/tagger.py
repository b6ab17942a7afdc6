"""Tokens -> spans: at each place the longest name or quantity wins.

Words in no name are repaired once, then classed: a common English word is
light, any other is heavy; heavy words later stop an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.words.codes import OTHER_TRIAL, code_at
from bot.understanding.words.figures import FIGURE, NUMBER_WORD, read_figure
from bot.understanding.words.frames import Frames
from bot.understanding.words.lexicon import Lexicon
from bot.understanding.words.numbered import read_number
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.ranking import outranks, rank
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.spelling import Speller, Spelt
from bot.understanding.words.text import Token, phrase

COMMON_FREQUENCY = 200
"""Occurrences in the English word list from which a word counts as everyday English."""
OWN_NAMES = frozenset({Category.ARM, Category.COHORT, Category.TRIAL, Category.CONDITION})
"""A trial's own names win over shared ones of the same length."""
LITTLE = frozenset(
    "what which who how was were is are did does do the a an of in on at to for with by it as".split()
)
IDLE = frozenset({Category.FILLER, Category.CHAT})
PLACING = frozenset({"in", "from", "of"})
STUDIES = frozenset({"trial", "study"})
NEGATING = frozenset({"non"})
"""Turns the next word round; when no name begins with it, nothing of ours is meant."""
LIGHT = Meaning(Category.LIGHT, "light")
TWENTY = 20
"""Number words from here are figures; "one" and "two" are pronouns more often."""
HEAVY = Meaning(Category.HEAVY, "heavy")
SHORT_NAME = 5  # Letters of a drug's short name that may be the first piece of a torn one.
EMPHASIS_FREQUENCY = 20_000
"""Very common words are typed in capitals for emphasis; others are names of trials."""
OTHER_DRUG = Meaning(Category.FOREIGN, "drugs")
OTHER_DISEASE = Meaning(Category.FOREIGN, "diseases")


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tokens of a message and what was recognised in them, in order."""

    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    guards: tuple[Span, ...] = ()
    """Names from guards.yaml; they may lie over other spans."""

    @property
    def worded(self) -> bool:
        """Whether the message holds a word that no name explains."""
        return any(span.category in (Category.LIGHT, Category.HEAVY) for span in self.spans)


@dataclass(slots=True)
class Tagger:
    """Finds names and quantities; knows one trial's names beside the shared ones."""

    shared: Lexicon
    trial: Lexicon
    guards: Lexicon
    frames: Frames
    words: QuantityWords
    speller: Speller
    drug_ending: re.Pattern[str]
    disease_ending: re.Pattern[str]

    def tag(self, tokens: Sequence[Token]) -> Tagged:
        """Recognise everything in the tokens of one message."""
        spelt = self.speller.spell(tokens)
        spans: list[Span] = []
        position = 0
        while position < len(spelt.tokens):
            span = self._span_at(spelt, position)
            spans.append(span)
            position = span.end
        found = self.frames.over(spelt.tokens, spelt.stems, spans)
        return Tagged(tuple(spelt.tokens), found, self._guards(spelt.tokens, spelt.stems))

    def _guards(self, tokens: Sequence[Token], stems: Sequence[str]) -> tuple[Span, ...]:
        found = []
        for position, stem in enumerate(stems):
            if stem not in self.guards.root:
                continue
            hit = self.guards.longest(tokens, position, stems)
            while hit is not None:
                found += [Span(position, hit[0], meaning) for meaning in hit[1]]
                # A shorter name counts as well: "dose" in "dose in my ...".
                hit = self.guards.longest(tokens[: hit[0] - 1], position, stems)
        return tuple(found)

    def _span_at(self, spelt: Spelt, at: int) -> Span:
        tokens, stems = spelt.tokens, spelt.stems
        best: Span | None = None
        for lexicon in (self.trial, self.shared):
            if stems[at] not in lexicon.root:
                continue
            hit = lexicon.longest(tokens, at, stems, spelt.mistyped)
            while hit is not None and (
                self._number_belongs_elsewhere(tokens, at, hit[0])
                or self._cuts(spelt, at, hit[0])
                or self._tears(spelt, at, hit[0], hit[1][0])
            ):
                hit = lexicon.longest(tokens[: hit[0] - 1], at, stems, spelt.mistyped)
            if hit is None:
                continue
            end, meanings = hit
            edits = sum(spelt.edits.get(i, 0) for i in range(at, end)) if spelt.edits else 0
            meaning = meanings[0] if len(meanings) == 1 else min(meanings, key=rank)
            own = best is not None and lexicon is self.shared and best.category in OWN_NAMES
            if (
                best is None
                or end > best.end
                or (end == best.end and not own and outranks(meaning, best.meaning))
            ):
                best = Span(at, end, meaning, repaired=edits)
        if best is not None and best.category is Category.ARM and len(tokens[at].text) <= SHORT_NAME:
            torn = self._torn(tokens, at)
            if torn is not None and torn.end > best.end + 1:
                return torn
        quantity = read_number(tokens, at, 0 if best is None else best.end, self.words)
        if quantity is not None:
            return quantity
        code = code_at(tokens, at, self.words, self.speller.known)
        if code is not None and (best is None or code.end > best.end):
            return code
        if best is not None and not (best.category is Category.FILLER and tokens[at].is_number):
            return Span(at, best.end, OTHER_TRIAL) if self._named_in_capitals(tokens, best) else best
        torn = self._torn(tokens, at)
        if torn is not None:
            return torn
        return read_figure(tokens, at, self.words) or self._leftover(tokens[at], at)

    def _named_in_capitals(self, tokens: Sequence[Token], span: Span) -> bool:
        """ "In RELEVANCE" is a trial, whatever the word means in small letters."""
        token = tokens[span.start]
        plain = span.category is Category.FILLER and span.end == span.start + 1 and token.capitals
        placed = span.start > 0 and tokens[span.start - 1].text in PLACING
        named = span.end < len(tokens) and tokens[span.end].text in STUDIES
        if not plain or not (placed or named):
            return False
        if named:
            return True
        return self.speller.frequency(token.text) < EMPHASIS_FREQUENCY

    def _number_belongs_elsewhere(self, tokens: Sequence[Token], at: int, end: int) -> bool:
        """ "XYZ 2 years" is not XYZ2, and "over 70%" no age: the number belongs to its unit."""
        last = tokens[end - 1]
        following = tokens[end] if end < len(tokens) else None
        if (
            following
            and last.text in self.words.units
            and following.is_number
            and following.lead in (" ", "")
        ):
            # "By year 1" is no "by year".
            return True
        if end - at < 2 or not (last.is_number or last.text in self.words.numbers):
            return False
        return last.percent or (end < len(tokens) and tokens[end].text in self.words.units)

    def _cuts(self, spelt: Spelt, at: int, end: int) -> bool:
        """True when the name ends inside another that begins within it and says more.

        "What was the one | two three": little words do not count.
        """
        if spelt.tokens[at].text not in LITTLE:
            return False
        own = _says(spelt, at, end)
        for start in range(at + 1, end):
            for lexicon in (self.trial, self.shared):
                if spelt.stems[start] not in lexicon.root:
                    continue
                hit = lexicon.longest(spelt.tokens, start, spelt.stems, spelt.mistyped)
                if hit is None or all(meaning.category in IDLE for meaning in hit[1]):
                    continue
                if hit[0] > end and _says(spelt, start, hit[0]) > own:
                    return True
        return False

    def _tears(self, spelt: Spelt, at: int, end: int, meaning: Meaning) -> bool:
        """ "The A | side effects": the last word of an arm's name begins another that is a topic."""
        last = end - 1
        if meaning.category is not Category.ARM or last == at or spelt.stems[last] not in self.shared.root:
            return False
        hit = self.shared.longest(spelt.tokens, last, spelt.stems, spelt.mistyped)
        return hit is not None and hit[0] > end and hit[1][0].category is Category.TOPIC

    def _torn(self, tokens: Sequence[Token], at: int) -> Span | None:
        """A name that dictation tore into several words."""
        if tokens[at].is_number or len(tokens[at].text) <= 2:
            return None
        joined = self.speller.repairer.joined(tokens, at)
        heard = self._name(joined[0]) if joined is not None else None
        return Span(at, joined[1], heard, repaired=joined[2]) if joined and heard else None

    def _name(self, word: str) -> Meaning | None:
        for lexicon in (self.trial, self.shared):
            meanings = lexicon.exactly(phrase(word))
            if meanings:
                return min(meanings, key=rank)
        return None

    def _leftover(self, token: Token, at: int) -> Span:
        word = token.text
        if token.is_number:
            return Span(at, at + 1, HEAVY)
        number = self.words.numbers.get(word)
        if number is not None:
            high = number >= TWENTY
            return Span(at, at + 1, FIGURE, (number,)) if high else Span(at, at + 1, NUMBER_WORD)
        if len(word) == 1:
            return Span(at, at + 1, LIGHT)
        if token.capitals and self.speller.frequency(word) < EMPHASIS_FREQUENCY:
            return Span(at, at + 1, OTHER_TRIAL)
        if word in NEGATING:
            return Span(at, at + 1, HEAVY)
        if self.speller.frequency(word) >= COMMON_FREQUENCY:
            return Span(at, at + 1, LIGHT)
        if len(word) > 5 and self.drug_ending.search(word):
            return Span(at, at + 1, OTHER_DRUG)
        if len(word) > 5 and self.disease_ending.search(word):
            return Span(at, at + 1, OTHER_DISEASE)
        return Span(at, at + 1, HEAVY)


def _says(spelt: Spelt, start: int, end: int) -> int:
    return sum(token.text not in LITTLE for token in spelt.tokens[start:end])
