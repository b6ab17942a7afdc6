"""Names that are no part of what is asked: denied, in brackets, said of our trial, or a tag."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from bot.understanding.scope import DETERMINERS
from bot.understanding.words.spans import MEANINGFUL, Category, Span
from bot.understanding.words.tagger import Tagged

EXCLUDING = (
    *(["not", preposition] for preposition in ("from", "by", "as", "for", "of")),
    ["rather", "than"],
    ["instead", "of"],
)
TAKING = frozenset({"is", "was", "a", "an", "the"})
"""Words between our trial and the one it is taken for."""


POINTED = frozenset({"that", "that's", "thats", "this", "it's", "its", "looks"})
"""Words with which the source of the answer is said."""
MAX_POINTED = 5
MAX_AHEAD = 6
"""Words before a name among which it may be denied."""
ASIDE = 3
"""Words after a name before which it is set aside ("X aside", "X caveat aside")."""
NEGATED = "non"
"""Begins the id of a topic that is named by what it is not."""


def unasked(spans: Sequence[Span], tagged: Tagged, names_groups: Callable[[str], bool]) -> list[Span]:
    """Names that are no part of what is asked.

    They are denied, in brackets, another trial that ours is taken for, or a tag ("..., correct?").
    """
    last = spans[-1]
    alone = last.category is Category.ASPECT and last.end == last.start + 1
    asked = any(span.category in MEANINGFUL for span in spans[:-1])
    tag = alone and asked and "," in tagged.tokens[last.start].lead
    kinds = {span.category for span in spans}
    found = _denied(spans, tagged)
    if Category.SUBGROUP in kinds:
        found += _glosses(spans, tagged, names_groups)
    if Category.RELATED in kinds:
        found += taken_for(spans, tagged)
    if Category.SOURCE in kinds:
        found += _told(spans, tagged)
    return [*found, last] if tag else found


def taken_for(spans: Sequence[Span], tagged: Tagged) -> list[Span]:
    """ "X was a Y study, wasn't it, who ran it?": the other trial that ours is taken for."""
    found = []
    ours = [span for span in spans if span.category is Category.TRIAL]
    for span in (s for s in spans if s.category is Category.RELATED):
        between = tagged.tokens[ours[0].end : span.start] if ours else ()
        if between and all(token.text in TAKING for token in between):
            found.append(span)
    return found


def _told(spans: Sequence[Span], tagged: Tagged) -> list[Span]:
    """ "That is the abstract, and the paper?": the source of the answer just given."""
    sources = [span for span in spans if span.category is Category.SOURCE]
    if len(sources) < 2:
        return []
    first = sources[0]
    ahead = [token.text for token in tagged.tokens[max(0, first.start - MAX_POINTED) : first.start]]
    return [first] if POINTED & set(ahead) else []


def _denied(spans: Sequence[Span], tagged: Tagged) -> list[Span]:
    """Topics, measures and sources excluded ("stopped for toxicity, not progression"), if others stay."""
    topics = [span for span in spans if span.category in (Category.TOPIC, Category.MEASURE, Category.SOURCE)]
    found: list[Span] = []
    if len(topics) < 2:  # One name is never left out: nothing else would be asked.
        return found
    for span in topics:
        near = tagged.tokens[max(0, span.start - MAX_AHEAD) : span.start]
        ahead = [t.text for t in near if t.text not in DETERMINERS and not t.is_number]
        before = ahead[-2:]
        first = tagged.tokens[span.start]
        # A comma or bracket before it: "not progressed" itself is a name.
        named = span.category is Category.MEASURE
        # "(Not the blood)" may itself be the name of what is asked.
        own = span.category is Category.TOPIC and span.id.startswith(NEGATED)
        excluded = first.text == "not" and not (named or own) and any(mark in first.lead for mark in ",(")
        after = tagged.tokens[span.end : span.end + ASIDE]
        aside = any(one.text == "aside" and "," in two.lead for one, two in itertools.pairwise(after))
        if excluded or aside or before[-1:] == ["not"] or before in EXCLUDING:
            found.append(span)
    return found if len({s.id for s in found}) < len({s.id for s in topics}) else []


def _glosses(spans: Sequence[Span], tagged: Tagged, names_groups: Callable[[str], bool]) -> list[Span]:
    """Topics in brackets that only say how a group was found: "high risk (by that model)"."""
    found = []
    group = False
    for span in spans:
        bracket = "(" in tagged.tokens[span.start].lead
        if span.category is Category.TOPIC and group and bracket and names_groups(span.id):
            found.append(span)
        if span.category is not Category.FILLER:
            group = span.category is Category.SUBGROUP
    return found
