"""What a short message asks together with the turn before: a group, a pair of topics, both figures again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding import clauses, followup
from bot.understanding.known import Known
from bot.understanding.matcher import Matcher
from bot.understanding.measures import COUNTS
from bot.understanding.query import Candidate, Query, Refusal, Turn
from bot.understanding.reading_words import Names, speaks_of
from bot.understanding.scope import is_cause
from bot.understanding.side_by_side import SHORT_MESSAGE
from bot.understanding.slots import Slots
from bot.understanding.words.spans import POLITE, Category, Meaning, Span
from bot.understanding.words.tagger import LITTLE, Tagged
from knowledge.model import Trial

VERY_SHORT = 2
"""Words with a meaning up to which a new topic is still asked of the other trial that was spoken of."""
ANSWERED = ("answer", "not_reported")
AFTER_THANKS = (*ANSWERED, "chat")
"""Kinds of turn on which a short message leans, and those on which one leans that points at it."""
LOST = ("out_of_scope", "clarify")
"""Kinds of reply after which nothing is known of what was meant."""
HAVING = ("had it", "got it", "have it", "get it", "had one", "got one", "had them")
"""Words with which a part asks of what the part before it named."""
POINTING = frozenset({"this", "that", "it", "these", "those", "them"})
AT = frozenset({"at", "after", "by"})
"""Words before a time at which something is asked for; a length of time stands without."""
BARE = 3
"""Words of a message that can ask for a part of the last answer."""
VAGUE = (
    Category.LIGHT,
    Category.HEAVY,
    Category.TOPIC,
    Category.MEASURE,
    Category.ASPECT,
    Category.FILLER,
)
"""What a word that asks for a part of the last answer may be taken for."""
PASSING = (Category.FILLER, Category.CONNECTIVE, Category.CHAT)


@dataclass(frozen=True, slots=True)
class Thread:
    """Reads a part of a message in the light of the turn before."""

    matcher: Matcher
    known: Known

    def of_group(self, leaned: Query | None, previous: Turn, slots: Slots, trial: Trial) -> Query | None:
        """ "And in renal impairment?", "for how long?": what the earlier topic makes with the group.

        With a measure, too, where that is no follow-up by itself (`leaned` is None).
        """
        asked = slots.subgroups or slots.arms if leaned else slots.measures
        if not asked or not previous.queries:
            return None
        topic = Span(0, 1, Meaning(Category.TOPIC, previous.queries[-1].topic))
        best = self.matcher.best(replace(slots, topics=[topic]), trial)
        return best.query if isinstance(best, Candidate) and best.generality < -1 else None

    def again(self, sentence: clauses.Sentence, tagged: Tagged, previous: Turn) -> Query | None:
        """ "Which day?" after where it was presented: words with which the topic just told is asked for.

        Only of a topic told in words, whose answer then says it; so nothing else is ever shown.
        """
        if not previous.queries or previous.kind not in ("answer", "not_reported"):
            return None
        earlier = previous.queries[-1]
        topics = self.matcher.topics
        asked = [span for span in sentence.spans if span.category not in PASSING]
        asked = asked or [span for span in sentence.spans if _says_little(span, tagged)]
        vague = all(span.category in VAGUE and not span.meaning.anchor for span in asked)
        if any(_is_called(span, tagged) and span.id != earlier.topic for span in asked):
            # "Sponsor?" after who paid: a topic by its own name.
            return None
        if not asked or not vague or len(asked) > VERY_SHORT or not topics.is_told_only(earlier.topic):
            return None
        said = (token for span in asked for token in tagged.tokens[span.start : span.end])
        stems = {token.stem for token in said if token.text not in clauses.QUESTION_WORDS}
        around = (Category.CHAT, Category.CONNECTIVE)
        spoken = [s for s in sentence.spans if s.category not in around and s.id != POLITE]
        words = [token for span in spoken for token in tagged.tokens[span.start : span.end]]
        named = any(span.category is Category.TOPIC for span in asked)
        telling = sum(named or token.text not in LITTLE for token in words)
        if telling > BARE or any(map(_is_term, asked)) or not stems <= self._words(earlier, asked):
            return None
        return replace(
            earlier, measure=None, details=(), proposition=None, shape="thread", inherited=("topic",)
        )

    def _words(self, earlier: Query, asked: Sequence[Span]) -> frozenset[str]:
        """The words of a topic's names; beside everyday ones that mean nothing else, those of its facts."""
        names = self.matcher.topics.words_of(earlier.topic)
        plain = all(span.category in (Category.LIGHT, Category.HEAVY) for span in asked)
        return names | self.known.words_told(earlier) if plain else names

    def beside(self, part: Slots, carried: Slots, trial: Trial) -> Slots:
        """ "Renal adjustment: ..., how many mg?": two topics on the trial that one shape joins."""
        asked = {span.id for span in part.topics}
        if len(asked) != 1 or any(map(self.matcher.topics.is_outcome, asked)):
            return part
        for span in carried.topics:
            wanted = {f"topic:{topic}" for topic in asked | {span.id}}
            both = replace(part, topics=[span, *part.topics])
            best = None if self.matcher.topics.is_outcome(span.id) else self.matcher.best(both, trial)
            if isinstance(best, Candidate) and self.matcher.joins(best.query.shape, wanted):
                return both
        return part

    def is_lost(self, slots: Slots, sentence: clauses.Sentence, tagged: Tagged, previous: Turn) -> bool:
        """ "The ratio of this?" after a question that was not understood: nobody knows of what."""
        if previous.kind not in LOST or slots.topics or slots.anchored or not slots.measures:
            return False
        if previous.elsewhere and not (slots.narrows or slots.figures):
            return True
        if previous.kind == "clarify" and {span.id for span in slots.measures} <= followup.DETAILS:
            return True
        words = [token.text for token in tagged.tokens[sentence.spans[0].start : sentence.spans[-1].end]]
        goes_on = words[0] == "and" and all(span.meaning.weak for span in slots.measures)
        return goes_on or (
            len(words) > 1 and words[-1] in POINTING and words[-2] in ("of", "for", "on", "in")
        )

    def in_same_group(self, slots: Slots, previous: Turn | None, *, pointing: bool) -> Slots:
        """ "How many was that?", "sample size of that subset?" after a figure of a group: in that group.

        `pointing`: it speaks of what was told.
        """
        counts = {span.id for span in slots.measures} <= COUNTS | {"size"}
        sized = all(map(self._is_size, slots.topics)) if pointing else not slots.topics
        asked = (slots.measures or slots.topics) and counts and sized
        if previous is None or not previous.queries or slots.narrows or not asked:
            return slots
        return replace(slots, subgroups=list(previous.queries[-1].subgroups))

    def of_those(
        self,
        slots: Slots,
        sentence: clauses.Sentence,
        tagged: Tagged,
        previous: Turn | None,
        trial: Trial,
        those: Names,
    ) -> Slots | Refusal:
        """ "Rash in those?" after a figure of some patients: in their group, or not reported of them."""
        if previous is None or not previous.queries or not slots.topics or slots.subgroups:
            return slots
        if not speaks_of(sentence, tagged, those):
            return slots
        told, topics = previous.queries[-1], self.matcher.topics
        if told.subgroups:
            return replace(slots, subgroups=list(told.subgroups))
        apart = any(topics.are_apart(told.topic, span.id) for span in slots.topics)
        if not apart or not topics.singles_out(told.topic):
            return slots
        joined = self.of_pair(slots, sentence, tagged, previous, trial)
        return slots if joined else Refusal("not_reported", "combination", told.topic)

    def of_known_group(self, slots: Slots, previous: Turn | None) -> Slots:
        """ "And in the high-risk subgroup?": the general word beside a group is no topic of its own."""
        topics = self.matcher.topics
        general = slots.topics and all(s.meaning.weak and topics.is_of_ratios(s.id) for s in slots.topics)
        asked = previous is not None and previous.queries and topics.is_outcome(previous.queries[-1].topic)
        return replace(slots, topics=[]) if general and asked and slots.subgroups else slots

    def of_drug(self, slots: Slots, previous: Turn | None) -> Slots:
        """ "How many mg?" after another drug of the trial: of that one."""
        topics = self.matcher.topics
        spoken = previous.queries[-1].topic if previous is not None and previous.queries else ""
        asked = bool(slots.topics) and all(topics.is_of_drugs(span.id) for span in slots.topics)
        if slots.arms or slots.anchored or not (asked and topics.is_drug(spoken)):
            return slots
        return replace(slots, topics=[slots.topics[0]._replace(meaning=Meaning(Category.TOPIC, spoken))])

    def _is_size(self, span: Span) -> bool:
        """Whether a general word asks for a number of patients."""
        concept = self.matcher.topics.concepts.get(span.id)
        return span.meaning.weak and concept is not None and concept.default_measure == "count"

    def at_time(self, slots: Slots, tagged: Tagged, previous: Turn) -> Turn:
        """ "And at 2 years?" after how long patients were followed: of the figure over time before that."""
        told = previous.queries[-1] if previous.queries else None
        if told is None or not slots.times or slots.topics or slots.measures or not self.known.lasts(told):
            return previous
        spans = (span for span in tagged.spans if span.category is Category.TIME and span.start)
        points = any(tagged.tokens[span.start - 1].text in AT for span in spans)
        before = previous.over_time
        return replace(previous, queries=(before,) if before is not None else ()) if points else previous

    def of_pair(
        self, slots: Slots, sentence: clauses.Sentence, tagged: Tagged, previous: Turn | None, trial: Trial
    ) -> Candidate | None:
        """After "how many stopped?", "for toxicity?": the shape that the earlier topic and this one make."""
        if previous is None or not previous.queries or len(sentence.spans) > SHORT_MESSAGE:
            return None
        earlier = previous.queries[-1]
        if earlier.subject or len({span.id for span in slots.topics}) != 1:
            return None
        pair = Span(0, 1, Meaning(Category.TOPIC, earlier.topic))
        # "How many of them because of X?": the number is that of the topic before.
        measures = [] if is_cause(slots.topics[0], tagged) else slots.measures
        cohorts = slots.cohorts or list(earlier.cohorts)
        both = replace(slots, topics=[pair, *slots.topics], measures=measures, cohorts=cohorts)
        wanted = {f"topic:{earlier.topic}", f"topic:{slots.topics[0].id}"}
        best = self.matcher.best(both, trial)
        if not isinstance(best, Candidate) or earlier.topic == slots.topics[0].id:
            return None
        if not self.matcher.joins(best.query.shape, wanted):
            return None
        vague = all(span.meaning.weak for span in slots.measures)
        told = not vague or self.matcher.told(trial.id, best.query.topic, str(best.query.measure))
        # "Mostly side effects?"
        return best if told else replace(best, query=replace(best.query, measure=None))

    def siblings(self, query: Query, part: Slots, previous: Turn | None, trial: Trial) -> list[Query]:
        """After two figures of one topic at once, "and at 2 years?" asks for both again."""
        if query.shape != "thread" or previous is None or part.measures or not part.times:
            return []
        others = [q for q in previous.queries[:-1] if q.topic == query.topic and q.measure != query.measure]
        found = []
        for other in others:
            leaned = followup.merged(part, Turn("answer", (other,), trial=trial.id), trial, self.known)
            found += [leaned] if leaned is not None else []
        return found


def _says_little(span: Span, tagged: Tagged) -> bool:
    """Whether a span is of small talk, but not only of articles and the like ("cut off")."""
    words = {token.text for token in tagged.tokens[span.start : span.end]}
    return span.category is Category.FILLER and span.id == "filler" and not words <= LITTLE


def _is_called(span: Span, tagged: Tagged) -> bool:
    """Whether a topic is named by the very words of its id."""
    words = "_".join(token.text for token in tagged.tokens[span.start : span.end])
    return span.category is Category.TOPIC and words == span.id


def _is_term(span: Span) -> bool:
    """Whether a span names a topic by more than general words."""
    return span.category is Category.TOPIC and not span.meaning.weak
