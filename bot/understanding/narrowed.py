"""What narrows a question to some of whom no figure is told: those without it, all but some, both at once."""

from __future__ import annotations

from bot.understanding.clauses import Sentence, words_of
from bot.understanding.query import Query, Refusal
from bot.understanding.reading_words import ReadingWords, speaks_of
from bot.understanding.scope import DETERMINERS
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category, Span
from bot.understanding.words.tagger import Tagged

REACH = 4
"""Words before a name among which one that denies it may stand."""
BREAKING = frozenset("and or but than why".split())
MARKS = ",.;:?!("
FREE = "free"
ENDED = frozenset({"more", "anymore", "longer"})
"""Words of names that hold the denial themselves ("not on it any more")."""
NOT_COUNTED = (
    "still_on",
    "reason",
    "definition",
    "most_common",
    "p_value",
    "confidence_interval",
    "hazard_ratio",
)
"""Measures that are no share or number of patients."""
PARTS = (Category.SUBGROUP, Category.COHORT, Category.PHASE)
EXCEPTED = (*PARTS, Category.TOPIC)
WITHOUT = "without"
BOTH = "both"


def narrowed(
    query: Query, slots: Slots, sentence: Sentence, tagged: Tagged, topics: Topics, words: ReadingWords
) -> Refusal | None:
    """Why no figure is told of those that the question is about; None when it is about all of them."""
    if not topics.is_outcome(query.topic) or not speaks_of(sentence, tagged, words.narrowing):
        return None
    if complement(query, slots, sentence, tagged, topics, words):
        return Refusal("not_reported", "complement", query.topic)
    apart = divided(slots, tagged, topics) and not query.subgroups
    if apart or excepted(sentence, tagged, words) or at_once(sentence, tagged, topics):
        return Refusal("not_reported", "combination", query.topic)
    if _repeated(query, sentence, tagged, words):
        return Refusal("not_reported", "combination", query.topic)
    if speaks_of(sentence, tagged, words.at_entry) and not query.subject:
        return Refusal("not_reported", "combination", query.topic)
    return None


def excepted(sentence: Sentence, tagged: Tagged, words: ReadingWords) -> bool:
    """ "Events other than rash", "all but the run-in": what is named is left out of what is asked."""
    for span in sentence.spans:
        if span.category not in EXCEPTED:
            continue
        at = span.start
        while at and tagged.tokens[at - 1].text in DETERMINERS | {"in", "those", "for"}:
            at -= 1
        before = [token.text for token in tagged.tokens[max(0, at - 2) : at]]
        if before[-1:] == [WITHOUT] and span.category in PARTS:
            return True
        if before and (before[-1] in words.excepting or " ".join(before) in words.excepting):
            return True
    return False


def _repeated(query: Query, sentence: Sentence, tagged: Tagged, words: ReadingWords) -> bool:
    """ "How many had more than one event?": directly before the name of what is counted."""
    for span in sentence.spans:
        if span.category is Category.TOPIC and span.id == query.topic:
            said = " ".join(token.text for token in tagged.tokens[max(0, span.start - REACH) : span.start])
            if any(f" {said}".endswith(f" {name}") for name in words.repeated):
                return True
    return False


def at_once(sentence: Sentence, tagged: Tagged, topics: Topics) -> bool:
    """ "Had both rash and fever": two outcomes in the same patients."""
    for span in sentence.spans:
        if span.category is not Category.TOPIC or not topics.is_outcome(span.id) or not span.start:
            continue
        if tagged.tokens[span.start - 1].text != BOTH:
            continue
        behind = [s for s in sentence.spans if s.start >= span.end and s.category is Category.TOPIC]
        if behind and topics.are_apart(span.id, behind[0].id) and tagged.tokens[span.end].text == "and":
            return True
    return False


def left_over(query: Query, slots: Slots, sentence: Sentence, tagged: Tagged, words: ReadingWords) -> bool:
    """ "How was X supplied?", "3-year cramps on X": a word with a meaning beside an arm or a time."""
    if not query.shape.startswith("primary.") or slots.topics or slots.figures:
        return False
    return any(
        span.category is Category.LIGHT and tagged.tokens[span.start].text not in words.of_charts
        for span in sentence.spans
    )


def complement(
    query: Query, slots: Slots, sentence: Sentence, tagged: Tagged, topics: Topics, words: ReadingWords
) -> bool:
    """ "How many did not stop?", "patients without rash": those of whom no figure is told."""
    if sentence.yes_no or not topics.is_outcome(query.topic) or query.proposition or query.subject:
        return False
    if query.measure in NOT_COUNTED or "none" in slots.aspect_ids():
        return False
    named = [span for span in sentence.spans if span.category is Category.TOPIC and span.id == query.topic]
    if "event_rate" in topics.concepts[query.topic].implies:
        # Being without the event is what such an endpoint counts, unless its own name is denied.
        named = [span for span in named if FREE in words_of([span], tagged)]
    named = [span for span in named if ENDED.isdisjoint(words_of([span], tagged).split())]
    return any(_denied(span, sentence, tagged, words) for span in named)


def _denied(span: Span, sentence: Sentence, tagged: Tagged, words: ReadingWords) -> bool:
    """Whether one of the few words before a name says that it did not happen."""
    denying = words.denials | words.lacking
    said = {at for s in sentence.spans if s.id != "correction" for at in range(s.start, s.end)}
    at = span.start
    while at - 1 in said and span.start - at < REACH and not set(tagged.tokens[at].lead) & set(MARKS):
        at -= 1
        if tagged.tokens[at].text in denying:
            return True
        if tagged.tokens[at].text in BREAKING:
            return False
    return False


def divided(slots: Slots, tagged: Tagged, topics: Topics) -> bool:
    """ "Rash by body weight": an outcome divided by what patients were at entry."""
    return any(
        span.start and tagged.tokens[span.start - 1].text == "by" and topics.is_at_entry(span.id)
        for span in slots.topics
    )
