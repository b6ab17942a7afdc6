"""Whether a yes or no is wanted, of what, and what words leave none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.understanding.clauses import Sentence
from bot.understanding.each import DENIED, checks, offers_figures
from bot.understanding.query import Query
from bot.understanding.reading_words import ReadingWords, speaks_of
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category, Span
from bot.understanding.words.tagger import LITTLE, Tagged
from knowledge.model import Trial

BY_REFERENCE = "by_reference"
"""The aspect of an effect that is said to be one of the arm that the tested one is compared with."""
REDUCTIONS = ("relative_risk_reduction", "hazard_reduction")
ASKED = (Category.TOPIC, Category.MEASURE, Category.ASPECT)
UNDER = frozenset("in on for with under vs versus than over against of from among".split())
"""Words before an arm that does nothing itself."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Marks queries with the yes or no that their sentence wants."""

    words: ReadingWords
    topics: Topics

    def marked(self, query: Query, sentence: Sentence, part: Slots, tagged: Tagged, trial: Trial) -> Query:
        """The query with what its sentence asks to be judged; as it is when that is nothing."""
        query = _worked_out(query)
        yes_no = sentence.yes_no or checks(sentence, part, query)
        said = (yes_no, offers_figures(sentence), not sentence.open_question)
        if said != (query.yes_no, query.offers, query.states):
            yes_no, offers, states = said
            query = replace(query, yes_no=yes_no, offers=offers, states=states)
        if self._unjudged(query, sentence, tagged):
            query = replace(query, claims=(), bounds=(), proposition=None, firm_claim=False)
            return replace(query, yes_no=False, states=False)
        turned = set()
        if query.yes_no and _by_reference(sentence, tagged, trial):
            turned.add(BY_REFERENCE)
        if query.proposition and self.topics.is_told_only(query.topic) and self._excludes(sentence, tagged):
            # "Were patients with X excluded?" of a rule that says whether they were allowed.
            turned.add(DENIED)
        return replace(query, aspects=query.aspects | turned) if turned else query

    def _excludes(self, sentence: Sentence, tagged: Tagged) -> bool:
        return speaks_of(sentence, tagged, self.words.excluding)

    def _unjudged(self, query: Query, sentence: Sentence, tagged: Tagged) -> bool:
        """ "Always 1.65?", "over 60% excluded?", "10% or an abnormal ratio?": more than the rule says."""
        figures = [span for span in sentence.spans if span.category is Category.FIGURE]
        than = {span.id for span in sentence.spans} | {span.meaning.proposition for span in figures}
        if len(figures) > 1 and than & {"higher", "lower", "above", "below"}:
            # "Is 47 lower than 49?", "are 4 more than 2?": of two figures.
            return True
        if not (query.claims or query.bounds or query.proposition):
            return False
        if speaks_of(sentence, tagged, self.words.unjudged):
            # "Does it work in everyone?"
            return True
        if not (query.claims or query.bounds) or not self.topics.is_told_only(query.topic):
            return False
        ruled = self.topics.is_at_entry(query.topic)
        return ruled and (self._excludes(sentence, tagged) or self._either(sentence))

    def _either(self, sentence: Sentence) -> bool:
        """Whether one rule or another is asked to be enough."""
        spans = sentence.spans
        for place, span in enumerate(spans):
            if span.category is not Category.CONNECTIVE or span.id != "or":
                continue
            sides = (spans[:place], spans[place + 1 :])
            one, other = ({s.id for s in side if self._is_rule(s)} for side in sides)
            if one and other and one != other:
                return True
        return False

    def _is_rule(self, span: Span) -> bool:
        return span.category is Category.TOPIC and self.topics.is_at_entry(span.id)


def _worked_out(query: Query) -> Query:
    """ "The risk reduction is 90-60 = 30%": two figures and what is between them, which is a difference."""
    if len(query.claims) != 3 or query.measure not in REDUCTIONS:
        return query
    one, other, between = query.claims
    is_between = abs(abs(one - other) - between) < 1e-6
    return replace(query, measure="difference", claims=(between,)) if is_between else query


def _by_reference(sentence: Sentence, tagged: Tagged, trial: Trial) -> bool:
    """ "Does X prolong survival?" of the arm that another is compared with: whether it acts itself."""
    arms = [span for span in sentence.spans if span.category is Category.ARM]
    asked = [span for span in sentence.spans if span.category in ASKED]
    if {span.id for span in arms} != {trial.reference_arm} or not asked or asked[0].start < arms[0].start:
        return False
    at = arms[0].start - 1
    while at >= 0 and tagged.tokens[at].text in LITTLE - UNDER:
        at -= 1
    return at < 0 or tagged.tokens[at].text not in UNDER
