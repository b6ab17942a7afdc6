"""Names outside the trial said of it: another drug, journal or company, another trial's author or number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.understanding import clauses
from bot.understanding.measures import DIRECTIONS
from bot.understanding.query import Candidate, Query
from bot.understanding.slots import Slots
from bot.understanding.vocabulary import Vocabulary
from bot.understanding.words.spans import Category
from bot.understanding.words.tagger import Tagged
from knowledge.model import Trial

BETWEEN_NAMES = frozenset({"is", "was", "the", "not"})
"""What may stand between two names of one thing: "X was not the Y". Fewer words than join any statement."""
STAGES = "stages"
"""A disease at another stage: our figures are not those of its patients."""
_CALLED = (Category.ARM, Category.FOREIGN)
COMPARING = DIRECTIONS | {"comparison", "same"}
"""Turns that set one trial against another."""


def other_regimen(vocabulary: Vocabulary, sentence: clauses.Sentence, trial: Trial) -> list[Query]:
    """A figure asked of an arm with something added ("X and a steroid"), or at another stage of the disease.

    The statement on what was given answers first, then the trial's own figure; for a stage it stays alone.
    """
    outcomes = [s for s in sentence.spans if s.category is Category.TOPIC]
    if not any(vocabulary.matcher.topics.is_outcome(span.id) for span in outcomes):
        return []
    if any(span.category is Category.RELATED for span in sentence.spans):
        # The other trial's regimen.
        return []
    of_trial = any(s.category is Category.FILLER and s.id == "trial" for s in sentence.spans)
    ours = of_trial or any(s.category in (Category.TRIAL, Category.COHORT) for s in sentence.spans)
    for place, after in enumerate(sentence.spans):
        added = after.category is Category.TOPIC and after.meaning.proposition
        if not added or vocabulary.matcher.topics.is_outcome(after.id):
            continue
        beside = place > 0 and sentence.spans[place - 1].category is Category.ARM
        kind = vocabulary.identifying.get(after.id)
        taken = kind in (STAGES, "drugs")
        if beside or (taken and vocabulary.matcher.denies(trial.id, after.id, str(added))):
            said = Slots.collect([after], trial)
            own = Slots.collect((span for span in sentence.spans if span.id != after.id), trial)
            # Only where the regimen is taken for that of our trial: "what did X and Y reach in phase 3?"
            own_figure = kind != STAGES and (beside or ours) and (own.trial or own.cohorts or of_trial)
            asked = (said, own) if own_figure else (said,)
            found = [vocabulary.matcher.best(slots, trial) for slots in asked]
            first, *rest = [best.query if isinstance(best, Candidate) else None for best in found]
            return [] if first is None else [replace(first, yes_no=True), *filter(None, rest)]
    return []


def claimed_name(
    vocabulary: Vocabulary, sentence: clauses.Sentence, whole: Slots, tagged: Tagged, trial: Trial
) -> Query | None:
    """What the trial is said to have: another drug, journal or company, another trial's author or number."""
    return (
        other_drug(vocabulary, sentence, whole, tagged, trial)
        or other_name(vocabulary, sentence, whole, trial)
        or other_trial_name(vocabulary, sentence, whole, tagged, trial)
    )


def other_drug(
    vocabulary: Vocabulary, sentence: clauses.Sentence, whole: Slots, tagged: Tagged, trial: Trial
) -> Query | None:
    """ "Did the trial use X?": the statement on what was given answers, when nothing else is asked."""
    drugs = [s for s in sentence.spans if s.category is Category.FOREIGN]
    if not drugs or any(s.id != "drugs" for s in drugs):
        return None
    told = [s.id for s in whole.topics if vocabulary.identifying.get(s.id) == "drugs"]
    narrowed = whole.anchored or any(not s.meaning.proposition for s in whole.topics)
    if told and len(told) == len(whole.topics) and narrowed and not whole.related:
        # "They tested X or which drug?"
        named = frozenset({"drugs"})
        return Query(trial.id, told[0], named=named, yes_no=sentence.yes_no, shape="other_drug")
    if not (whole.trial or _is_called(sentence, tagged)) or not _says(sentence):
        return None
    turns = whole.aspect_ids() - {"correction"}
    if turns or whole.heads or any(s.category is Category.HEAVY for s in sentence.spans):
        return None
    topic = _told_by(vocabulary, {"drugs"})
    if topic is None:
        return None
    return Query(trial.id, topic, named=frozenset({"drugs"}), yes_no=sentence.yes_no, shape="other_drug")


def _is_called(sentence: clauses.Sentence, tagged: Tagged) -> bool:
    """ "X was the drug on trial": an arm is called by a general name and by another drug."""
    named = [s for s in sentence.spans if s.category in (Category.ARM, Category.FOREIGN)]
    if {s.category for s in named if s.category is Category.FOREIGN or s.meaning.weak} != set(_CALLED):
        return False
    between = tagged.tokens[named[0].end : named[1].start]
    return len(named) == len(_CALLED) and all(token.text in BETWEEN_NAMES for token in between)


def other_trial_name(
    vocabulary: Vocabulary, sentence: clauses.Sentence, whole: Slots, tagged: Tagged, trial: Trial
) -> Query | None:
    """ "X was the first author, right?": what stands for another trial is claimed of ours."""
    related = [span for span in sentence.spans if span.category is Category.RELATED]
    kinds = {span.meaning.proposition for span in related}
    if len(kinds) != 1 or None in kinds or not _says(sentence):
        return None
    topic = _told_by(vocabulary, kinds)
    asked = {span.id for span in whole.topics}
    if topic is None or not asked <= {topic} or not (asked or whole.trial):
        return None
    if any(not span.meaning.weak for span in whole.measures) or whole.aspect_ids() & COMPARING:
        return None
    said = (" ".join(t.text for t in tagged.tokens[span.start : span.end]) for span in related)
    return Query(
        trial.id, topic, identities=tuple(said), yes_no=sentence.yes_no, states=True, shape="other_name"
    )


def other_name(
    vocabulary: Vocabulary, sentence: clauses.Sentence, whole: Slots, trial: Trial
) -> Query | None:
    """ "The trial was in journal X, yes?": the statement on where it was published answers."""
    kinds = {span.meaning.proposition for span in whole.identities}
    if not whole.trial or len(kinds) != 1 or whole.heads or not _says(sentence):
        return None
    topic = _told_by(vocabulary, kinds)
    if topic is None:
        return None
    names = tuple(span.id for span in whole.identities)
    return Query(trial.id, topic, identities=names, yes_no=sentence.yes_no, states=True, shape="other_name")


def _told_by(vocabulary: Vocabulary, kinds: Collection[str | None]) -> str | None:
    """The topic whose statement tells the trial's own name of that kind."""
    return next((topic for topic, kind in vocabulary.identifying.items() if kind in kinds), None)


def _says(sentence: clauses.Sentence) -> bool:
    """A claim, stated or asked to be confirmed."""
    return sentence.states or sentence.yes_no
