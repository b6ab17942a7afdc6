"""What stands before or behind a comma and asks nothing: chatter around the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.clauses import Sentence
from bot.understanding.words.spans import MEANINGFUL, Category, Span
from bot.understanding.words.tagger import Tagged

_HEADS = (Category.TOPIC, Category.MEASURE)
_KEPT = frozenset(
    {
        Category.TOPIC,
        Category.MEASURE,
        Category.ARM,
        Category.PHASE,
        Category.COHORT,
        Category.TIME,
        Category.GRADE,
        Category.SUBGROUP,
        Category.FOREIGN,
    }
)
_PERSONAL = frozenset(
    "i i'm im i've i'd me my mine we we're us our you your that's thats this it's its".split()
)
"""Words with which somebody speaks of himself or of what was said."""


def shorter(sentence: Sentence, tagged: Tagged) -> Sentence | None:
    """The sentence without chatter before or behind the question; None when there is none to leave out."""
    return last_segment(sentence, tagged) or _without_tail(sentence, tagged)


def _without_tail(sentence: Sentence, tagged: Tagged) -> Sentence | None:
    """ "..., two of us are fighting over it": a tail that tells of the people asking."""
    spans = sentence.spans
    for cut in range(1, len(spans)):
        lead = tagged.tokens[spans[cut].start].lead
        tail = spans[cut:]
        if not any(mark in lead for mark in (",", " - ")) or any(s.category in MEANINGFUL for s in tail):
            continue
        words = {token.text for token in tagged.tokens[tail[0].start : tail[-1].end]}
        foreign = any(s.category in (Category.FOREIGN, Category.IDENTITY) for s in tail)
        if words & _PERSONAL and not foreign and any(s.category in _HEADS for s in spans[:cut]):
            return replace(sentence, spans=spans[:cut])
    return None


def last_segment(sentence: Sentence, tagged: Tagged) -> Sentence | None:
    """What stands behind the last comma, colon or dash that is followed by a name; None without one.

    Chatter often runs into the question with commas. Nothing is left out that
    a lookup could use.
    """
    spans = sentence.spans
    for cut in range(len(spans) - 1, 0, -1):
        lead = tagged.tokens[spans[cut].start].lead
        if lead == "(" or not any(mark in lead for mark in (",", ":", " - ", "(", ")")):
            continue
        before, after = spans[:cut], spans[cut:]
        if any(s.category is Category.TOPIC for s in before) and not any(
            s.category is Category.TOPIC for s in after
        ):
            # "Progression by age, count": the number is of what stands before.
            continue
        if any(span.category in _HEADS for span in after):
            if any(s.category in _KEPT and not s.meaning.weak for s in before) or _names_a_trial(before):
                return None
            if "(" in lead and any(s.category is Category.HEAVY for s in before):
                # What stands in brackets says more of the word before it, which we do not know.
                return None
            return replace(
                sentence, spans=after, first_word=tagged.tokens[after[0].start].text, premise=False
            )
    return None


def _names_a_trial(spans: Sequence[Span]) -> bool:
    """ "The XYZ study, ...", "X versus Y, ...": an unknown word there names another trial or arm."""
    unknown = any(s.category is Category.HEAVY for s in spans)
    return unknown and any(s.id in ("trial", "comparison") for s in spans)
