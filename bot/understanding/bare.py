"""A bare word after a question: "three?" is a number, "second" a year, "treated?" an arm."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.understanding import clauses
from bot.understanding.query import Turn
from bot.understanding.same_arm import SameArm
from bot.understanding.words.figures import FIGURE
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.spans import POLITE, Category, Meaning, Span
from bot.understanding.words.tagger import Tagged
from knowledge.model import Concept, Trial

AND = "n"
PRONOUN = "one"
TELLING = clauses.SUBJECTS | {"someone", "somebody", "what", "how", "why", "who", "when", "where"}
"""Words that begin something new after a clipped "and"."""
SLOTS = (Category.ARM, Category.COHORT, Category.PHASE, Category.TIME)
NARROWING = (Category.SOURCE, Category.TIME)
"""What may stand beside an everyday word for an arm: "on the drug, in the paper"."""
IDLE = (Category.FILLER, Category.CHAT)
"""What may stand beside a number."""
BESIDE_PART = (Category.FILLER, Category.CONNECTIVE, Category.ARM, Category.TIME, Category.SOURCE)
"""What may stand beside the word for a part."""
ASKING = frozenset("is was were are did do how who why what which when".split())
"""Words with which such a message would ask how patients were assigned."""
ONLY = frozenset({"only", "just", "alone"})
KINDS = frozenset({"single_arm", "randomized"})
"""How the patients of a part were assigned."""
RANDOMIZED = frozenset({"randomised", "randomized"})
TURNING_TO = frozenset({"what about", "how about"})
MAX_BESIDE = 2
"""Little words beside it in such a message."""


@dataclass(frozen=True, slots=True)
class BareWords:
    """What single words stand for when nothing else is said."""

    words: QuantityWords
    test_arm: Sequence[str]
    """Everyday words for the arm under test."""
    reference_arm: Sequence[str]
    """And for the one that it is compared with."""
    opening: frozenset[str]
    """Words with which a message goes on from the one before ("and", "at")."""
    same_arm: SameArm

    @classmethod
    def of(
        cls, words: QuantityWords, grammar: Mapping[str, Sequence[str]], concepts: Mapping[str, Concept]
    ) -> BareWords:
        """From grammar.yaml, the words for numbers and the topics that tell of one arm."""
        arms = grammar["bare_test_arm"], grammar["bare_reference_arm"]
        pointing = SameArm(frozenset(grammar["same_arm"]), concepts)
        return cls(words, *arms, frozenset(grammar["follow_up_openings"]), pointing)

    def read(self, tagged: Tagged, previous: Turn | None, trial: Trial) -> Tagged:
        """The message with such a word as a figure or an arm; unchanged if it holds anything else."""
        tagged = self.same_arm.read(_part_of_kind(_between(tagged), trial), previous, trial)
        if previous is None or not previous.queries:
            return tagged
        tagged = _joined(tagged)
        whole = self._phrase(tagged, trial) or _assigned(tagged, trial) or _only(tagged, previous, trial)
        if whole is not None or not previous.queries[-1].times:
            return whole or tagged
        numbers = {span: value for span in tagged.spans if (value := self._number(tagged, span)) is not None}
        beside = {_text(tagged, s) for s in tagged.spans if s not in numbers and s.id != POLITE}
        if len(numbers) > 1 or not beside <= self.opening:
            # "Nice one", "the second one": no number.
            numbers = {span: value for span, value in numbers.items() if _text(tagged, span) != PRONOUN}
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
        told = [s for s in told if s.id != "correction"]
        # "On the drug, please?": what follows a comma is said aside.
        aside = itertools.takewhile(lambda s: s is told[0] or "," not in tagged.tokens[s.start].lead, told)
        told = list(aside)
        if not told or any(s.category is not Category.FILLER for s in told):
            return None
        said = " ".join(_text(tagged, span) for span in told)
        named = trial.test_arm if said in self.test_arm else trial.reference_arm
        if said not in (*self.test_arm, *self.reference_arm) or named is None:
            return None
        arm = Span(told[0].start, told[-1].end, Meaning(Category.ARM, named))
        return replace(tagged, spans=(*(s for s in tagged.spans if s not in told), arm))

    def _number(self, tagged: Tagged, span: Span) -> float | None:
        """The number of a word that carries nothing else: "three", "second", "2nd"."""
        if span.category is not Category.FILLER:
            return None
        if span.values:
            return span.values[0]
        text = _text(tagged, span)
        return self.words.ordinals.get(text, self.words.numbers.get(text))


def _between(tagged: Tagged) -> Tagged:
    """ "X n deaths", "at the club n someone says": the clipped "and", no number of patients."""
    if all(token.text != AND for token in tagged.tokens):
        return tagged
    topics = [span.start for span in tagged.spans if span.category is Category.TOPIC]

    def joins(span: Span) -> bool:
        if span.category is not Category.MEASURE or _text(tagged, span) != AND or not span.start:
            return False
        following = tagged.tokens[span.end].text if span.end < len(tagged.tokens) else ""
        return following in TELLING or (bool(topics) and topics[0] < span.start < topics[-1])

    meaning = Meaning(Category.CONNECTIVE, "and")
    spans = (span._replace(meaning=meaning) if joins(span) else span for span in tagged.spans)
    return replace(tagged, spans=tuple(spans))


def _part_of_kind(tagged: Tagged, trial: Trial) -> Tagged:
    """ "The run-in v randomised", "randomised altogether": how patients were assigned says which part."""
    parts = {cohort.id: cohort.assignment for cohort in trial.cohorts}
    said = [span for span in tagged.spans if span.category is Category.COHORT]
    whole = [span for span in said if parts.get(span.id) == "all" and span.end == span.start + 1]
    spoken = any(token.text in RANDOMIZED for token in tagged.tokens)
    if whole and spoken and len(said) == len(whole):
        idle = Meaning(Category.FILLER, "filler")
        spans = (span._replace(meaning=idle) if span in whole else span for span in tagged.spans)
        return replace(tagged, spans=tuple(spans))
    found = []
    for place, span in enumerate(tagged.spans):
        kind = span.meaning.proposition if span.category is Category.TOPIC else None
        before = tagged.spans[place - 2 : place] if place > 1 else ()
        apart = len(before) == 2 and before[1].id in ("v", "vs", "versus", "and", "comparison")
        named = [each for each, assigned in parts.items() if assigned == kind]
        if apart and before[0].category in (Category.COHORT, Category.PHASE) and len(named) == 1:
            span = span._replace(meaning=Meaning(Category.COHORT, named[0]))
        found.append(span)
    return replace(tagged, spans=tuple(found)) if found != list(tagged.spans) else tagged


def _joined(tagged: Tagged) -> Tagged:
    """ "n len?": the clipped "and" before a slot, which in a thread is no number of patients."""
    first, rest = tagged.spans[0], tagged.spans[1:]
    clipped = first.category is Category.MEASURE and _text(tagged, first) == AND
    if not clipped or len(rest) != 1 or rest[0].category not in SLOTS:
        return tagged
    return replace(tagged, spans=(first._replace(meaning=Meaning(Category.CONNECTIVE, "and")), *rest))


def _assigned(tagged: Tagged, trial: Trial) -> Tagged | None:
    """ "Versus X, randomized": how patients were assigned, beside slots alone, is the part of that kind."""
    named = [span for span in tagged.spans if span.category is Category.TOPIC]
    kind = named[0].meaning.proposition if len(named) == 1 else None
    told = any(span.category in (Category.COHORT, Category.PHASE) for span in tagged.spans)
    if (
        told
        and kind in KINDS
        and (tagged.spans[0].id == "same" or _text(tagged, tagged.spans[0]) in TURNING_TO)
    ):
        # "Same for the single-arm lead-in", "what about those before randomizing?": says it of a part named.
        idle = named[0]._replace(meaning=Meaning(Category.FILLER, "filler"))
        return replace(tagged, spans=tuple(idle if span in named else span for span in tagged.spans))
    parts = [cohort.id for cohort in trial.cohorts if kind is not None and cohort.assignment == kind]
    rest = [s for s in tagged.spans if s not in named and s.id != "comparison"]
    asks = any(token.text in ASKING for token in tagged.tokens)
    if len(parts) != 1 or asks or any(s.category not in BESIDE_PART for s in rest):
        return None
    part = named[0]._replace(meaning=Meaning(Category.COHORT, parts[0]))
    return replace(tagged, spans=tuple(part if span in named else span for span in tagged.spans))


def _only(tagged: Tagged, previous: Turn, trial: Trial) -> Tagged | None:
    """ "X only" after a figure: that of one arm, not whether X was given alone."""
    told = [span for span in tagged.spans if span.category is not Category.CONNECTIVE]
    if len(told) != 1 or told[0].category is not Category.TOPIC or told[0].id == previous.queries[-1].topic:
        return None
    words = _text(tagged, told[0]).split()
    name = " ".join(word for word in words if word not in ONLY)
    named = [arm.id for arm in trial.arms if name in (arm.label, arm.short, *arm.names)]
    if not named or len(words) == len(name.split()):
        return None
    span = told[0]._replace(meaning=Meaning(Category.ARM, named[0]))
    return replace(tagged, spans=tuple(span if each is told[0] else each for each in tagged.spans))


def _text(tagged: Tagged, span: Span) -> str:
    return " ".join(token.text for token in tagged.tokens[span.start : span.end])
