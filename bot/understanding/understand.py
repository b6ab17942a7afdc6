"""One message in, one understanding out: queries, a refusal, or small talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding import around, clauses, readings, small_talk
from bot.understanding.completed import completed, is_clipped
from bot.understanding.followup import DETAILS
from bot.understanding.guards import first_rule, has_identifiers, names_like_dates, tells_age
from bot.understanding.measures import DIRECTIONS
from bot.understanding.parts import SentenceReader
from bot.understanding.query import Candidate, Query, Refusal, Turn, Understanding
from bot.understanding.scope import check, evidence, useful
from bot.understanding.slots import NOTHING, Slots
from bot.understanding.unasked import taken_for
from bot.understanding.vocabulary import Vocabulary
from bot.understanding.words.spans import Category
from bot.understanding.words.tagger import Tagged
from bot.understanding.words.text import Token, has_address, normalise, tokens
from knowledge.model import Trial
from knowledge.store import Store

MAX_QUERIES = 6
MAX_TOKENS = 1200
SOMEBODY = frozenset("he him his she her hers".split())
"""Words for one person."""


@dataclass(slots=True)
class Understander:
    """Reads questions with one vocabulary; holds no conversation."""

    store: Store
    vocabulary: Vocabulary
    reader: SentenceReader
    default_trial: str
    dates: tuple[str, ...]
    """Names of ours that are written as a date is."""

    @classmethod
    def over(cls, store: Store, vocabulary: Vocabulary, default_trial: str) -> Understander:
        """An understander for every trial in the store."""
        named = (name for concept in store.concepts() for name in concept.names)
        reader = SentenceReader.over(store, vocabulary)
        return cls(store, vocabulary, reader, default_trial, names_like_dates(named))

    def read(self, text: str, previous: Turn | None = None) -> Understanding:
        """What the message asks; `previous` is the turn it may lean on."""
        normalised = normalise(text)
        words = tokens(normalised)[:MAX_TOKENS]
        identifiers = has_identifiers(text, self.dates)
        if not words:
            return Understanding(chat="wordless")
        trial = self._trial(words, previous)
        language = self.vocabulary.languages.foreign(normalised, words)
        tagged = self.vocabulary.tagger(trial).tag(words)
        trace = {"tokens": [t.text for t in tagged.tokens], "spans": tagged, "candidates": []}
        of_person = identifiers or tells_age(normalised)
        understanding = self._decide(tagged, normalised, trial, previous, language, of_person, trace)
        concepts = self.vocabulary.matcher.topics.concepts
        if previous is not None and is_clipped(understanding, previous, len(words), concepts):
            tag = self.vocabulary.tagger(trial).tag
            query = completed(
                normalised,
                previous.queries[0],
                concepts,
                tag,
                lambda whole, said: self._decide(said, whole, trial, None, None, False, trace).queries,
            )
            understanding = Understanding(queries=(query,)) if query is not None else understanding
        if understanding.refusal is not None and small_talk.only_thanks(
            understanding.refusal, tagged, clauses.sentences(tagged, normalised, self.vocabulary.tags)
        ):
            understanding = Understanding(chat="thanks")
        if understanding.queries and has_address(text) and all(map(self._is_overview, understanding.queries)):
            # "Summarise <a link>": what stands there is not known.
            understanding = Understanding(refusal=Refusal("out_of_scope", "general_words"))
        understanding.identifiers, understanding.trace = identifiers, trace
        return understanding

    def _trial(self, words: Sequence[Token], previous: Turn | None) -> Trial:
        """The trial that is named; else the conversation's; else the default."""
        stems = [word.stem for word in words]
        chosen: dict[str, str] = {}
        current = previous.trial if previous is not None else None
        position = 0
        anchors = self.vocabulary.anchors
        while position < len(words):
            hit = anchors.longest(words, position, stems) if stems[position] in anchors.root else None
            if hit is None:
                position += 1
                continue
            for meaning in hit[1]:
                if meaning.id == "trial" or not any(m.trial in (current, self.default_trial) for m in hit[1]):
                    chosen.setdefault(meaning.id, str(meaning.trial))
            position = hit[0]
        named = chosen.get("trial") or chosen.get("drug") or chosen.get("condition")
        return self.store.trial(named or current or self.default_trial)

    def _decide(
        self,
        tagged: Tagged,
        text: str,
        trial: Trial,
        previous: Turn | None,
        language: str | None,
        of_person: bool,
        trace: dict[str, object],
    ) -> Understanding:
        rule = first_rule(self.vocabulary.rules, tagged, self.vocabulary.clinical, of_person=of_person)
        if rule is not None and rule.kind == "out_of_scope":
            return Understanding(refusal=Refusal(rule.kind, "nothing_recognised", rule.id))
        if rule is not None:
            return Understanding(
                refusal=Refusal("advice", rule.kind, rule.id), urgent=rule.kind == "emergency"
            )
        if previous is not None and previous.kind == "advice" and _of_somebody(tagged):
            # "And her risk of X?" after what to do about her.
            return Understanding(refusal=Refusal("advice", "advice", "advice.again"))
        if language is not None:
            return Understanding(refusal=Refusal("out_of_scope", f"language.{language}"))
        whole = small_talk.whole(tagged, self.vocabulary.shared)
        if whole is not None:
            return Understanding(chat=whole)
        tagged = self.vocabulary.bare.read(tagged, previous, trial)
        asking, context = self._sentences(tagged, text)
        if not asking:
            return self._again(tagged, text, previous) or small_talk.nothing_asked(tagged, previous)
        beside = around.foreign_beside(asking, context, trial)
        if beside is not None:
            return Understanding(refusal=beside)
        untitled = around.of_another_title(asking, tagged)
        if untitled is not None:
            return Understanding(refusal=untitled)
        queries: list[Query] = []
        told_of = [span for s in context for span in s.spans if span not in taken_for(s.spans, tagged)]
        carried = Slots.collect(told_of, trial) if told_of else NOTHING
        stopped = False
        runs_on = "," in tagged.tokens[asking[0].spans[0].start].lead
        words = self.vocabulary.reading
        if runs_on and any(readings.asks_of_a_word(carried, s, tagged, words) for s in context):
            # "Boredom on X, how many?"
            stopped = True
        doubted = any(a.tagged or readings.doubts(a) for a in asking)
        if not doubted and any(self._stops(s, tagged, trial) for s in context):
            # What a sentence is about that we do not understand is not carried on.
            # "<A word we do not know> of grade 3, how often?"
            stopped = (
                stopped or carried.heads or (runs_on and any(s.category is Category.HEAVY for s in told_of))
            )
            carried = replace(
                carried, topics=[], measures=[], subgroups=[], sources=carried.sources if runs_on else []
            )
        told = 0 if stopped else sum(evidence(s.spans) for s in context if not self._stops(s, tagged, trial))
        premises = [s for s in context if s.premise]
        given = Slots.collect((span for s in premises for span in s.spans), trial) if premises else NOTHING
        refused: list[Refusal] = []
        for place, sentence in enumerate(asking):
            if stopped and readings.leans(sentence):
                # "My card is gone. Why?": of what was not understood.
                return Understanding(refusal=Refusal("out_of_scope", "general_words"))
            before = Turn("answer", (queries[-1],), trial=trial.id) if queries else previous
            if place and "," in tagged.tokens[sentence.spans[0].start].lead:
                both = (Slots.collect(each.spans, trial) for each in (sentence, asking[place - 1]))
                carried = carried.of_same(*both)
            outcome = self.reader.read(sentence, tagged, (carried, given, told), trial, before, trace)
            if not isinstance(outcome, Refusal):
                queries += outcome
            elif sentence.asks and len(asking) == 1:
                return Understanding(refusal=outcome)
            else:
                refused.append(outcome)
        general = all(self._is_overview(query) and query.shape != "topic" for query in queries)
        if refused and (general or any(r.code.startswith("elsewhere") for r in refused)):
            return Understanding(refusal=refused[-1])
        if around.of_some(queries, context, tagged, self.vocabulary.matcher.topics, words):
            return Understanding(refusal=readings.NOT_KNOWN)
        own = [query for query in queries if not self._is_overview(query)]
        queries = own or queries
        claimed = [q for s in context for q in self._premise(s, tagged, trial)]
        if not queries:
            return small_talk.nothing_asked(tagged, previous)
        return Understanding(queries=tuple([*claimed, *queries][:MAX_QUERIES]))

    def _sentences(self, tagged: Tagged, text: str) -> tuple[list[clauses.Sentence], list[clauses.Sentence]]:
        """Sentences that ask, and those that only give context."""
        every = [s for s in clauses.sentences(tagged, text, self.vocabulary.tags) if useful(s.spans)]
        asking = [s for s in every if s.asks and not s.premise]
        if not asking:
            told = [s for s in every if s.first_word in clauses.SUBJECTS and not readings.names(s)]
            kept = [s for s in every if s not in told]
            return (kept, told) if any(readings.names(s) for s in kept) else (every, [])
        # Those before the question last: it leans on what was said just before it.
        rest = [s for s in every if s not in asking]
        return asking, sorted(rest, key=lambda s: s.spans[0].start < asking[0].spans[0].start)

    def _again(self, tagged: Tagged, text: str, previous: Turn | None) -> Understanding | None:
        """ "City?" after where it was presented: a word that only the topic just told explains."""
        every = clauses.sentences(tagged, text, self.vocabulary.tags)
        if previous is None or len(every) != 1:
            return None
        told = self.reader.thread.again(every[0], tagged, previous)
        return Understanding(queries=(told,)) if told is not None else None

    def _is_overview(self, query: Query) -> bool:
        concept = self.vocabulary.matcher.topics.concepts.get(query.topic)
        return concept is not None and concept.overview

    def _stops(self, sentence: clauses.Sentence, tagged: Tagged, trial: Trial) -> bool:
        """Whether the leftovers of a sentence would stop an answer to it."""
        slots = Slots.collect(sentence.spans, trial)
        identifying, restrictors = self.vocabulary.identifying, self.vocabulary.restrictors
        return check(sentence.spans, tagged, slots, restrictors, identifying=identifying) is not None

    def _premise(self, sentence: clauses.Sentence, tagged: Tagged, trial: Trial) -> list[Query]:
        """A claim made on the way to the question: only one with a figure and a topic is checked."""
        slots = Slots.collect(sentence.spans, trial)
        proposed = any(span.meaning.proposition for span in slots.topics)
        directed = bool(slots.aspect_ids() & DIRECTIONS) and bool(slots.arms and slots.topics)
        if not (slots.figures or proposed or directed or (slots.times and slots.topics)) or check(
            sentence.spans,
            tagged,
            slots,
            self.vocabulary.restrictors,
            identifying=self.vocabulary.identifying,
        ):
            return []
        best = self.vocabulary.matcher.best(slots, trial)
        if not isinstance(best, Candidate):
            return []
        # "A significant survival gain": the gain is what is claimed.
        measure = None if best.query.proposition and best.query.measure in DETAILS else best.query.measure
        # "Given that only 44 were randomized": a number of patients is judged as one that is asked about.
        counted = bool(slots.figures) and not slots.firm
        query = replace(best.query, measure=measure, shape="premise", firm_claim=not counted, yes_no=counted)
        return [query]


def _of_somebody(tagged: Tagged) -> bool:
    """Whether one person is spoken of."""
    return any(token.text in SOMEBODY for token in tagged.tokens)
