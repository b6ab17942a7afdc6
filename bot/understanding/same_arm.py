""" "And in that arm?": the arm of which the turn before told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.understanding.query import Turn
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.tagger import Tagged
from knowledge.model import Concept, Trial


@dataclass(frozen=True, slots=True)
class SameArm:
    """Reads words that point to an arm as that arm."""

    words: Collection[str]
    """Pairs of words that point to an arm: "that arm"."""
    concepts: Mapping[str, Concept]

    def read(self, tagged: Tagged, previous: Turn | None, trial: Trial) -> Tagged:
        """The message with such words as the arm spoken of; unchanged when none or both were."""
        if previous is None or not previous.queries or previous.trial != trial.id:
            return tagged
        if any(span.category is Category.ARM for span in tagged.spans):
            return tagged
        arm = self._spoken_of(previous, trial)
        at = self._place(tagged) if arm else None
        if arm is None or at is None:
            return tagged
        named = Span(at, at + 2, Meaning(Category.ARM, arm))
        rest = (span for span in tagged.spans if span.end <= at or span.start >= named.end)
        return replace(tagged, spans=tuple(sorted((*rest, named), key=lambda span: span.start)))

    def _spoken_of(self, previous: Turn, trial: Trial) -> str | None:
        earlier = previous.queries[-1]
        concept = self.concepts.get(earlier.topic)
        role = concept.tells_arm if concept is not None and len(earlier.arms) < len(trial.arms) else None
        named = {"test": trial.test_arm, "reference": trial.reference_arm}.get(role or "")
        # "What was A compared with? How many in that arm?": in the one told, not the one named.
        return named or (earlier.arms[0] if len(earlier.arms) == 1 else None)

    def _place(self, tagged: Tagged) -> int | None:
        """Where the two words stand, as words that carry nothing else."""
        bounds = {at for span in tagged.spans for at in (span.start, span.end)}
        idle = {
            at
            for span in tagged.spans
            if span.category in (Category.FILLER, Category.LIGHT) or span.id == "same"
            for at in range(span.start, span.end)
        }
        texts = [token.text for token in tagged.tokens]
        for at in range(len(texts) - 1):
            if f"{texts[at]} {texts[at + 1]}" in self.words and {at, at + 1} <= idle and at in bounds:
                return at
        return None
