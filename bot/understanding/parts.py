"""One sentence -> its queries: parts, shared slots, follow-ups, and what stops an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.understanding import clauses, followup, readings
from bot.understanding.each import (
    and_reason,
    apart,
    denying,
    each_measure,
    opposed,
    set_against,
    times_behind,
    with_details,
)
from bot.understanding.judging import Judged
from bot.understanding.kinds import as_kinds, as_trials
from bot.understanding.known import Known
from bot.understanding.other_names import claimed_name, other_regimen
from bot.understanding.query import Query, Refusal, Turn
from bot.understanding.quoted import Quoted
from bot.understanding.reading_words import opens_with, speaks_of
from bot.understanding.scope import PROGRAM_TEXT, check, governed_topics
from bot.understanding.segments import shorter
from bot.understanding.side_by_side import SHORT_MESSAGE, elsewhere, of_both, of_other
from bot.understanding.slots import Slots
from bot.understanding.thread import AFTER_THANKS, ANSWERED, HAVING, POINTING, Thread
from bot.understanding.unasked import unasked
from bot.understanding.vocabulary import Vocabulary
from bot.understanding.words.tagger import Tagged
from knowledge.model import Trial
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """Reads one sentence of a tagged message."""

    vocabulary: Vocabulary
    known: Known
    quoted: Quoted
    """What a figure that the message quotes stands for."""
    thread: Thread
    """What the turn before makes of a short message."""
    judged: Judged
    """Whether a yes or no is wanted."""

    @classmethod
    def over(cls, store: Store, vocabulary: Vocabulary) -> SentenceReader:
        """A reader for every trial in the store."""
        known = Known(store, vocabulary.matcher.topics)
        judged = Judged(vocabulary.reading, vocabulary.matcher.topics)
        return cls(vocabulary, known, Quoted(store), Thread(vocabulary.matcher, known), judged)

    def read(
        self,
        sentence: clauses.Sentence,
        tagged: Tagged,
        around: tuple[Slots, Slots, float],
        trial: Trial,
        previous: Turn | None,
        trace: dict[str, object],
    ) -> list[Query] | Refusal:
        """`around`: slots of the other sentences, of those that state a premise, and their evidence."""
        carried, given, weight = around
        topics = self.vocabulary.matcher.topics
        sentence = as_kinds(sentence, topics, self.vocabulary.identifying, trial.primary_endpoint, previous)
        sentence = as_trials(sentence, tagged, topics)
        left_out = unasked(sentence.spans, tagged, topics.is_of_groups)
        if left_out:
            sentence = replace(sentence, spans=tuple(s for s in sentence.spans if s not in left_out))
        sentence = denying(set_against(sentence, tagged), tagged, self.vocabulary.reading)
        whole = Slots.collect(sentence.spans, trial)
        # "Thanks. And the response in that phase?": of what was told before the thanks.
        points = speaks_of(sentence, tagged, self.vocabulary.same_part)
        answered = previous is not None and previous.kind in (AFTER_THANKS if points else ANSWERED)
        in_thread = answered and len(sentence.spans) <= SHORT_MESSAGE
        leans = previous if not carried.topics else None
        told = self.thread.again(sentence, tagged, leans) if leans is not None else None
        if told is not None:
            return [told]
        other = claimed_name(self.vocabulary, sentence, whole, tagged, trial)
        if other is not None:
            return [other]
        stopped = check(
            sentence.spans,
            tagged,
            whole,
            self.vocabulary.restrictors,
            identifying=self.vocabulary.identifying,
            in_thread=in_thread,
            beside=weight,
        )
        if stopped is not None:
            rest = shorter(sentence, tagged)
            named = readings.asks_of_a_word(whole, sentence, tagged, self.vocabulary.reading)
            foreign = stopped.code == PROGRAM_TEXT or stopped.code.startswith("elsewhere")
            if rest is None or foreign or named:
                return stopped
            return self.read(rest, tagged, around, trial, previous, trace)
        regimen = other_regimen(self.vocabulary, sentence, trial)
        if regimen:
            return regimen
        queries: list[Query] = []
        joints = opposed(sentence.spans, topics)
        parts = [Slots.collect(spans, trial) for spans in clauses.parts(sentence, tagged, joints)]
        parts = [each for part in parts for each in apart(part, besides=and_reason(sentence))]
        for index, part in enumerate(parts):
            own, alone = part.narrows and not speaks_of(sentence, tagged, HAVING), part
            part.governed, stated = (
                governed_topics(sentence.spans, tagged),
                sentence.states or sentence.yes_no,
            )
            part.states, part.worded, part.elliptical = stated, tagged.worded, sentence.elliptical
            for neighbour in [*parts[:index][::-1], *parts[index + 1 :]]:
                part = part.share(neighbour)
            part = part.without_misfit(alone, trial)
            part = self.thread.beside(part.share(carried).under(given), carried, trial)
            leaning = all(s.meaning.weak or s.id in followup.DETAILS for s in part.measures)
            if not part.topics and carried.topics and leaning:
                part.topics, part.measures = carried.topics[-1:], part.measures or carried.measures
                part.times = part.times or list(carried.times)
            if not (carried.topics or part.measures) and speaks_of(sentence, tagged, POINTING):
                # "The P of .05, which follow-up does it belong to?"
                part.measures = list(carried.measures)
            if part.measures and not (part.topics or carried.topics) and carried.measures and leaning:
                part.measures, part.aspects = carried.measures + part.measures, part.aspects + carried.aspects
            if not (part.topics or part.figures) and "conflict" in part.aspect_ids():
                part.figures = list(carried.figures)
            if not (part.times or part.topics):
                part.times = list(carried.times) or times_behind(parts[index:])
            outcome = self._of_part(part, sentence, tagged, trial, previous, [] if own else queries, trace)
            if isinstance(outcome, Refusal):
                return outcome
            if outcome is not None:
                outcome = self.known.without_shared(outcome, alone, later=index > 0)
                for sibling in self.thread.siblings(outcome, part, previous, trial):
                    _append(queries, sibling)
                outcome = self.judged.marked(outcome, sentence, part, tagged, trial)
                for query in each_measure(outcome, of_outcome=self.known.is_outcome(outcome)):
                    _append(queries, query)
        return of_both(queries, sentence.spans, self.known, ours=bool(whole.trial or carried.trial))

    def _of_part(
        self,
        slots: Slots,
        sentence: clauses.Sentence,
        tagged: Tagged,
        trial: Trial,
        previous: Turn | None,
        earlier: list[Query],
        trace: dict[str, object],
    ) -> Query | Refusal | None:
        if not slots.topics and earlier and slots.measures:
            sibling = Turn("answer", (earlier[-1],), trial=trial.id)
            joined = followup.merged(slots, sibling, trial, self.known)
            if joined is not None and self.known.goes_with(joined):
                return replace(joined, inherited=())
        if previous is not None and self.thread.is_lost(slots, sentence, tagged, previous):
            return Refusal("clarify", "no_topic")
        there = speaks_of(sentence, tagged, self.vocabulary.there)
        words = len(sentence.spans)
        slots = of_other(slots, previous, trial, self.known, there=there, words=words) if previous else slots
        previous = self.thread.at_time(slots, tagged, previous) if previous is not None else None
        slots = self.thread.of_known_group(slots, previous)
        if previous is not None and not slots.topics and not (slots.trial or slots.related):
            leaned = followup.merged(slots, previous, trial, self.known)
            fitting = leaned and self.known.without_misfit(leaned, slots)
            of_group = self.thread.of_group(leaned, previous, slots, trial)
            if (of_group or fitting) and readings.asks_of_a_word(
                slots, sentence, tagged, self.vocabulary.reading
            ):
                return readings.NOT_KNOWN
            if of_group or fitting:
                return of_group or fitting
        pointing = speaks_of(sentence, tagged, (*POINTING, *self.vocabulary.same_part))
        if speaks_of(sentence, tagged, self.vocabulary.reading.amounts):
            slots = self.thread.of_drug(slots, previous)
        slots = self.thread.in_same_group(slots, previous, pointing=pointing)
        those = self.vocabulary.reading.those
        of_those = self.thread.of_those(slots, sentence, tagged, previous, trial, those)
        if isinstance(of_those, Refusal):
            return of_those
        slots, asked_there = of_those, elsewhere(slots, previous, self.known)
        if asked_there:
            return asked_there
        quoted = self.quoted.by_conflict(slots, trial) or self.quoted.by_months(slots, trial)
        if quoted:
            return quoted
        several, asked, matcher = len(slots.figures) > 1, slots.measures, self.vocabulary.matcher
        general = all(span.meaning.weak or span.id == "denominator" for span in asked)
        certain = {span.id for span in asked} <= followup.DETAILS
        paired = several and certain and not (slots.firm or slots.topics or slots.times)
        unnamed = not any(matcher.topics.names_something(t) for t in slots.topics)
        alone = slots.firm and general and unnamed and not (slots.arms or (slots.times and not several))
        if alone or paired:
            # "Of how many is the 28%?": the figure tells the topic.
            by_figure = self.quoted.by_figure(slots, trial)
            if by_figure is not None:
                return by_figure
        found = matcher.candidates(slots, trial)
        best = self.thread.of_pair(slots, sentence, tagged, previous, trial) or matcher.chosen(found)
        trace["candidates"] = [*_list(trace["candidates"]), *found]
        if isinstance(best, Refusal):
            return best
        if best is not None and best.query.shape.startswith("statistic.") and slots.figures:
            told = self.quoted.of_statistic(best.query, slots, trial)
            if told is None:
                return Refusal("not_reported", "combination", best.query.topic)
            best = replace(best, query=told)
        if best is None:
            asks = slots.narrows or slots.aspects or slots.figures
            return self.quoted.by_figure(slots, trial) or (Refusal("clarify", "no_topic") if asks else None)
        named = slots.topics or slots.anchored
        named = named or (sentence.states and any(not span.meaning.weak for span in slots.measures))
        if several and slots.firm and not named and not self.quoted.quotes_any(slots, trial):
            # A sum with figures of its own: "4% against 3%, NNT?"
            return Refusal("out_of_scope", "general_words")
        topics = matcher.topics
        bounded = slots.bounds and topics.is_outcome(best.query.topic)
        bounded = bounded and not (sentence.states or sentence.yes_no or sentence.elliptical)
        if best.unexplained or (bounded and any(side != "nearly" for side, _ in slots.bounds)):
            return Refusal("not_reported", "combination", best.query.topic)
        forbidden = readings.forbidden(best.query, slots, sentence, tagged, topics, self.vocabulary.reading)
        if forbidden is not None:
            return forbidden
        query = best.query
        if readings.only_in_passing(query, slots, sentence, tagged):
            query = replace(query, proposition=None)
        opens = opens_with(sentence, tagged, self.vocabulary.opening)
        follows = opens or speaks_of(sentence, tagged, self.vocabulary.same_part)
        if previous is not None and previous.queries and follows:
            query = self.known.carry(query, previous, clauses.words_of(sentence.spans, tagged))
        return query


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _append(queries: list[Query], query: Query) -> None:
    joined = with_details(queries[-1], query) if queries else None
    if joined is not None:
        queries[-1] = joined
    elif query.offers and any(replace(query, claims=other.claims) == other for other in queries):
        return
    elif all(query != other for other in queries):
        queries.append(query)
