"""One message in, one understanding out: queries, a refusal, or small talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding import clauses, followup
from bot.understanding.guards import first_rule, has_identifiers
from bot.understanding.matcher import DIRECTIONS
from bot.understanding.query import Candidate, Query, Refusal, Turn, Understanding
from bot.understanding.scope import check, useful
from bot.understanding.slots import Slots
from bot.understanding.spans import Category, Meaning, Span
from bot.understanding.tagger import Tagged
from bot.understanding.text import Token, normalise, tokens
from bot.understanding.vocabulary import Vocabulary
from knowledge.model import Trial
from knowledge.store import Store

MAX_QUERIES = 6
MAX_TOKENS = 1200
SHORT_MESSAGE = 7
"""Words up to which a message is taken as part of the thread it stands in."""


@dataclass(slots=True)
class Understander:
    """Reads questions with one vocabulary; holds no conversation."""

    store: Store
    vocabulary: Vocabulary
    default_trial: str

    def read(self, text: str, previous: Turn | None = None) -> Understanding:
        """What the message asks; `previous` is the turn it may lean on."""
        normalised = normalise(text)
        words = tokens(normalised)[:MAX_TOKENS]
        identifiers = has_identifiers(text)
        if not words:
            return Understanding(chat="wordless")
        trial = self._trial(words, previous)
        language = self.vocabulary.languages.foreign(normalised, words)
        tagged = self.vocabulary.tagger(trial).tag(words)
        trace = {"tokens": [t.text for t in tagged.tokens], "spans": tagged, "candidates": []}
        understanding = self._decide(tagged, normalised, trial, previous, language, trace)
        return replace(understanding, identifiers=identifiers, trace=trace)

    def _trial(self, words: Sequence[Token], previous: Turn | None) -> Trial:
        """The trial that is named; else the conversation's; else the default."""
        stems = [word.stem for word in words]
        chosen: dict[str, str] = {}
        current = previous.trial if previous is not None else None
        position = 0
        while position < len(words):
            hit = self.vocabulary.anchors.longest(words, position, stems)
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
        trace: dict[str, object],
    ) -> Understanding:
        rule = first_rule(self.vocabulary.rules, tagged)
        if rule is not None:
            return Understanding(
                refusal=Refusal("advice", rule.kind, rule.id), urgent=rule.kind == "emergency"
            )
        if language is not None:
            return Understanding(refusal=Refusal("out_of_scope", f"language.{language}"))
        whole = self._small_talk(tagged)
        if whole is not None:
            return Understanding(chat=whole)
        tagged = self._bare_numbers(tagged, previous)
        asking, context = self._sentences(tagged, text)
        if not asking:
            return self._nothing_asked(tagged, previous)
        beside = self._foreign_beside(asking, context, trial)
        if beside is not None:
            return Understanding(refusal=beside)
        queries: list[Query] = []
        carried = Slots.collect((span for s in context for span in s.spans), trial)
        given = Slots.collect((span for s in context if s.premise for span in s.spans), trial)
        refused: list[Refusal] = []
        for sentence in asking:
            outcome = self._of_sentence(sentence, tagged, (carried, given), trial, previous, trace)
            if not isinstance(outcome, Refusal):
                queries += outcome
            elif sentence.asks and len(asking) == 1:
                return Understanding(refusal=outcome)
            else:
                refused.append(outcome)
        if refused and (not queries or any(r.code.startswith("elsewhere") for r in refused)):
            return Understanding(refusal=refused[-1])
        premises = [q for s in context for q in self._premise(s, tagged, trial)]
        if not queries:
            return self._nothing_asked(tagged, previous)
        return Understanding(queries=tuple([*premises, *queries][:MAX_QUERIES]))

    def _small_talk(self, tagged: Tagged) -> str | None:
        """The kind of small talk when the whole message is one of its phrases ("help")."""
        meanings = self.vocabulary.shared.exactly([token.stem for token in tagged.tokens])
        return next((m.id for m in meanings if m.category is Category.CHAT), None)

    def _bare_numbers(self, tagged: Tagged, previous: Turn | None) -> Tagged:
        """After a question with a time point, "three?" or "and two?" is a number."""
        if previous is None or not previous.queries or not previous.queries[-1].times:
            return tagged
        words = self.vocabulary.words.numbers
        said = [s for s in tagged.spans if tagged.tokens[s.start].text in words and s.end == s.start + 1]
        rest = [s for s in tagged.spans if s not in said and s.category is not Category.CONNECTIVE]
        if not said or any(s.category is not Category.FILLER for s in rest) or len(rest) > 2:
            return tagged
        figure = Meaning(Category.FIGURE, "figure")
        spans = tuple(
            Span(s.start, s.end, figure, (words[tagged.tokens[s.start].text],)) if s in said else s
            for s in tagged.spans
        )
        return replace(tagged, spans=spans)

    def _sentences(self, tagged: Tagged, text: str) -> tuple[list[clauses.Sentence], list[clauses.Sentence]]:
        """Sentences that ask, and those that only give context."""
        every = [s for s in clauses.sentences(tagged, text) if useful(s.spans)]
        asking = [s for s in every if s.asks and not s.premise]
        if not asking:
            return every, []
        return asking, [s for s in every if s not in asking]

    def _foreign_beside(
        self, asking: Sequence[clauses.Sentence], context: Sequence[clauses.Sentence], trial: Trial
    ) -> Refusal | None:
        """Another trial, drug or disease introduced before a question that names nothing of ours."""
        foreign = [s for c in context for s in c.spans if s.category is Category.FOREIGN]
        if not foreign:
            return None
        asked = Slots.collect((span for s in asking for span in s.spans), trial)
        if asked.trial or asked.anchored or asked.related:
            return None
        return Refusal("out_of_scope", f"elsewhere.{foreign[0].id}")

    def _premise(self, sentence: clauses.Sentence, tagged: Tagged, trial: Trial) -> list[Query]:
        """A claim made on the way to the question: only one with a figure and a topic is checked."""
        slots = Slots.collect(sentence.spans, trial)
        proposed = any(span.meaning.proposition for span in slots.topics)
        if not (slots.figures or proposed) or check(
            sentence.spans, tagged, slots, self.vocabulary.restrictors
        ):
            return []
        best = self.vocabulary.matcher.best(slots, trial)
        return [replace(best.query, shape="premise", firm_claim=True)] if isinstance(best, Candidate) else []

    def _of_sentence(
        self,
        sentence: clauses.Sentence,
        tagged: Tagged,
        around: tuple[Slots, Slots],
        trial: Trial,
        previous: Turn | None,
        trace: dict[str, object],
    ) -> list[Query] | Refusal:
        """`around`: slots of the other sentences, and of those that state a premise."""
        carried, given = around
        whole = Slots.collect(sentence.spans, trial)
        in_thread = (
            previous is not None
            and previous.kind in ("answer", "not_reported")
            and len(sentence.spans) <= SHORT_MESSAGE
        )
        stopped = check(sentence.spans, tagged, whole, self.vocabulary.restrictors, in_thread=in_thread)
        if stopped is not None:
            shorter = clauses.last_segment(sentence, tagged)
            if shorter is None or stopped.code.startswith("elsewhere"):
                return stopped
            return self._of_sentence(shorter, tagged, around, trial, previous, trace)
        queries: list[Query] = []
        parts = [Slots.collect(spans, trial) for spans in clauses.parts(sentence, tagged)]
        for index, part in enumerate(parts):
            own = part.narrows
            for neighbour in [*parts[:index][::-1], *parts[index + 1 :]]:
                part = part.share(neighbour)
            part = part.share(carried).under(given)
            if not part.topics and carried.topics and all(s.meaning.weak for s in part.measures):
                part.topics = carried.topics[-1:]
            if not part.times and not part.topics and carried.times:
                part.times = list(carried.times)
            outcome = self._of_part(part, sentence, tagged, trial, previous, [] if own else queries, trace)
            if isinstance(outcome, Refusal):
                return outcome
            if outcome is not None:
                outcome = replace(outcome, yes_no=sentence.yes_no)
                _append(queries, outcome)
        return queries

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
            sibling = Turn("answer", (replace(earlier[-1], times=()),), trial=trial.id)
            joined = followup.merged(slots, sibling, trial, self._available, self._timed)
            if joined is not None:
                return replace(joined, inherited=())
        if previous is not None and not slots.topics and not (slots.trial or slots.related):
            leaned = followup.merged(slots, previous, trial, self._available, self._timed)
            if leaned is not None:
                return self._without_misfit(leaned, slots)
        best = self.vocabulary.matcher.best(slots, trial)
        trace["candidates"] = [*_list(trace["candidates"]), *self.vocabulary.matcher.candidates(slots, trial)]
        if isinstance(best, Refusal):
            return best
        if best is None:
            return self._by_figure(slots, trial) or self._unmatched(slots, previous)
        outcome = self.vocabulary.matcher.is_outcome(best.query.topic)
        if best.unexplained or (slots.bounds and outcome and not sentence.yes_no):
            return Refusal("not_reported", "combination", best.query.topic)
        general = all(span.meaning.weak for span in slots.topics) and not slots.anchored
        if general and not outcome and slots.aspect_ids() & DIRECTIONS and best.query.shape == "topic":
            # "How does an MRI work": a turn that the topic does not take.
            return Refusal("out_of_scope", "general_words")
        query = best.query
        if previous is not None and previous.queries and self._opens_follow_up(sentence, tagged):
            query = self._carry(query, previous)
        return query

    def _without_misfit(self, query: Query, slots: Slots) -> Query:
        """An inherited part of the trial gives way to a named arm or source that it does not have."""
        if slots.cohorts or not query.cohorts or not (slots.arms or slots.sources):
            return query
        for cohort in query.cohorts:
            facts = self.store.facts(query.trial, cohort=cohort)
            if slots.arms and any(fact.arm in query.arms for fact in facts):
                return query
            if slots.sources and any(
                fact.source in query.sources and fact.topic == query.topic for fact in facts
            ):
                return query
        return replace(query, cohorts=())

    def _by_figure(self, slots: Slots, trial: Trial) -> Query | None:
        """ "And the 66% was?": the one topic in which a quoted percentage or decimal stands."""
        if not slots.figures or not (slots.firm or any(f != int(f) for f in slots.figures)):
            return None
        quoted = {f"{figure:g}" for figure in slots.figures}
        facts = [
            fact
            for fact in self.store.facts(trial.id)
            if fact.subject is None and fact.status == "reported" and _quoted(fact) in quoted
        ]
        if not facts or len({fact.topic for fact in facts}) > 1:
            return None
        first = facts[0]
        months = [float(t.value) for t in trial.timepoints if t.id == first.timepoint]
        return Query(
            trial=trial.id,
            topic=first.topic,
            measure=first.measure,
            arms=(first.arm,) if first.arm else (),
            cohorts=(first.cohort,) if first.cohort else (),
            times=tuple(months),
            aspects=slots.aspect_ids(),
            shape="figure",
        )

    def _carry(self, query: Query, previous: Turn) -> Query:
        """After "and ...", a new topic keeps the part of the trial if it fits there."""
        base = previous.queries[-1]
        if query.cohorts or not base.cohorts or query.trial != base.trial:
            return query
        kept = replace(query, cohorts=base.cohorts, inherited=("cohorts",))
        facts = [
            f
            for cohort in base.cohorts
            for f in self.store.facts(query.trial, topic=query.topic, measure=query.measure, cohort=cohort)
        ]
        return kept if facts else query

    def _opens_follow_up(self, sentence: clauses.Sentence, tagged: Tagged) -> bool:
        words = [token.text for token in tagged.tokens[sentence.spans[0].start :]][:2]
        return words[0] in self.vocabulary.opening or " ".join(words) in self.vocabulary.opening

    def _available(self, query: Query) -> bool:
        """True when the store knows anything of the query's topic and measure."""
        if query.measure == "count":
            facts = self.store.facts(query.trial, topic=query.topic)
            return any(_counts(f, query) for f in facts) or any(
                g.measure == "count" for g in self.store.gaps(query.trial, query.topic)
            )
        if query.measure in followup.DETAILS or query.details:
            facts = self.store.facts(query.trial, topic=query.topic, subject=query.subject)
            wanted = query.details or (str(query.measure),)
            return any(_has_detail(fact, name) for fact in facts for name in wanted)
        if self.store.facts(query.trial, topic=query.topic, measure=query.measure, subject=query.subject):
            return True
        return False

    def _timed(self, query: Query) -> bool:
        """True when the query's measure is given at time points."""
        facts = self.store.facts(query.trial, topic=query.topic, measure=query.measure, subject=query.subject)
        return any(fact.timepoint for fact in facts)

    def _unmatched(self, slots: Slots, previous: Turn | None) -> Refusal | None:
        if slots.narrows or slots.aspects or slots.figures:
            return Refusal("clarify", "no_topic")
        return None

    def _nothing_asked(self, tagged: Tagged, previous: Turn | None) -> Understanding:
        kinds = [span for span in tagged.spans if span.category is Category.CHAT]
        rest = [s for s in tagged.spans if s.category in (Category.HEAVY, Category.FOREIGN, Category.LIGHT)]
        if previous is not None and previous.kind == "advice" and not kinds:
            return Understanding(refusal=Refusal("advice", "advice", "advice.again"))
        if kinds and not rest:
            return Understanding(chat=kinds[0].id)
        return Understanding(refusal=Refusal("out_of_scope", "nothing_recognised"))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _append(queries: list[Query], query: Query) -> None:
    if all(query != other for other in queries):
        queries.append(query)


def _quoted(fact: object) -> str | None:
    """The percentage or ratio of a fact, without trailing zeros."""
    figure = getattr(fact, "value", None) or getattr(fact, "percent", None)
    return None if figure is None or not figure.replace(".", "").isdigit() else f"{float(figure):g}"


def _counts(fact: object, query: Query) -> bool:
    """True when a fact of the earlier question says how many patients it is about."""
    if getattr(fact, "subgroup", None) not in (query.subgroups or (None,)):
        return False
    return getattr(fact, "measure", "") == "count" or any(
        getattr(fact, name, None) is not None for name in ("affected", "numerator", "n")
    )


def _has_detail(fact: object, measure: str) -> bool:
    name = {"confidence_interval": "ci", "p_value": "p_value", "significance": "p_value"}.get(measure)
    return bool(name and getattr(fact, name, None))
