"""A bare word after a question: "three?" is a number, "second" a year, "treated?" an arm."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding.query import Turn
from bot.understanding.words.figures import FIGURE
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.tagger import Tagged
from knowledge.model import Trial

AND = "n"
SLOTS = (Category.ARM, Category.COHORT, Category.PHASE, Category.TIME)
NARROWING = (Category.SOURCE, Category.TIME)
"""What may stand beside an everyday word for an arm: "on the drug, in the paper"."""
IDLE = (Category.FILLER, Category.CHAT)
"""What may stand beside a number."""
MAX_BESIDE = 2
"""Little words beside it in such a message."""


@dataclass(frozen=True, slots=True)
class BareWords:
    """What single words stand for when nothing else is said."""

    words: QuantityWords
    test_arm: Sequence[str]
    """Everyday words for the arm under test."""

    def read(self, tagged: Tagged, previous: Turn | None, trial: Trial) -> Tagged:
        """The message with such a word as a figure or an arm; unchanged if it holds anything else."""
        if previous is None or not previous.queries:
            return tagged
        tagged = _joined(tagged)
        whole = self._phrase(tagged, trial)
        if whole is not None or not previous.queries[-1].times:
            return whole or tagged
        numbers = {span: value for span in tagged.spans if (value := self._number(tagged, span)) is not None}
        rest = [s for s in tagged.spans if s not in numbers and s.category is not Category.CONNECTIVE]
        if not numbers or any(s.category not in IDLE for s in rest) or len(rest) > MAX_BESIDE:
            return tagged
        spans = tuple(
            Span(s.start, s.end, FIGURE, (numbers[s],)) if s in numbers else s for s in tagged.spans
        )
        return replace(tagged, spans=spans)

    def _phrase(self, tagged: Tagged, trial: Trial) -> Tagged | None:
        """The message as one arm when it says nothing else ("and on the drug?")."""
        told = [s for s in tagged.spans if s.category not in (Category.CONNECTIVE, *NARROWING)]
        # "On the drug, please?": what follows a comma is said aside.
        said = itertools.takewhile(lambda s: s is told[0] or "," not in tagged.tokens[s.start].lead, told)
        told = list(said)
        if not told or any(s.category is not Category.FILLER for s in told):
            return None
        if " ".join(_text(tagged, s) for s in told) not in self.test_arm:
            return None
        arm = Span(told[0].start, told[-1].end, Meaning(Category.ARM, trial.test_arm))
        return replace(tagged, spans=(*(s for s in tagged.spans if s not in told), arm))

    def _number(self, tagged: Tagged, span: Span) -> float | None:
        """The number of a word that carries nothing else: "three", "second", "2nd"."""
        if span.category is not Category.FILLER:
            return None
        if span.values:
            return span.values[0]
        text = _text(tagged, span)
        return self.words.ordinals.get(text, self.words.numbers.get(text))


def _joined(tagged: Tagged) -> Tagged:
    """ "n len?": the clipped "and" before a slot, which in a thread is no number of patients."""
    first, rest = tagged.spans[0], tagged.spans[1:]
    clipped = first.category is Category.MEASURE and _text(tagged, first) == AND
    if not clipped or len(rest) != 1 or rest[0].category not in SLOTS:
        return tagged
    return replace(tagged, spans=(first._replace(meaning=Meaning(Category.CONNECTIVE, "and")), *rest))


def _text(tagged: Tagged, span: Span) -> str:
    return " ".join(token.text for token in tagged.tokens[span.start : span.end])
