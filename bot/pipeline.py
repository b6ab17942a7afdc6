"""The whole bot: understand, look up, compose."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.about_answer import Reviewer
from bot.answers.answer import Answer
from bot.answers.charts import FEWEST, Chart, chart, drawable
from bot.answers.claims import Checker
from bot.answers.combine import combined
from bot.answers.compose import Composer
from bot.answers.edition import Edition, edition
from bot.answers.lookup import Finder
from bot.answers.restate import restated
from bot.answers.speak import Speaker
from bot.answers.suggest import Suggester
from bot.answers.wording import Wording
from bot.understanding.query import Query, Turn, Understanding
from bot.understanding.understand import Understander
from bot.understanding.vocabulary import Vocabulary
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what the next question of the conversation may lean on."""

    answer: Answer
    turn: Turn


@dataclass(slots=True)
class Readout:
    """Answers questions about the trials in a store; holds no conversation."""

    store: Store
    understander: Understander
    composer: Composer
    reviewer: Reviewer
    speaker: Speaker
    default_trial: str

    def reply(self, text: str, previous: Turn | None = None) -> Reply:
        """The reply to one message; never raises for anything a user can type."""
        understanding = self.understander.read(text, previous)
        answer, turn = self._answered(understanding, previous)
        if understanding.identifiers:
            answer = self.speaker.warned(answer)
        return Reply(answer, turn)

    def check(self, text: str, words: Mapping[str, str], part: str | None = None) -> Reply | None:
        """What the facts say to each figure that somebody claims; None if they can judge none.

        `words`: the templates of the sentences, by the keys that bot.answers.claims names. With `part`,
        only the figures in that part of the text count.
        """
        found = Checker(self.understander, self.composer, words).check(text, part)
        if found is None:
            return None
        answer, queries = found
        return Reply(answer, Turn(answer.kind.value, queries, answer.facts, queries[-1].trial))

    def has_chart(self, trial_id: str, topic: str) -> bool:
        """Whether there is a chart of a topic of a trial."""
        return len(drawable(self.store, trial_id, topic)) >= FEWEST

    def chart(self, trial_id: str, topic: str) -> Chart | None:
        """The chart of a topic of a trial; None if there is none."""
        return chart(self.composer, trial_id, topic) if trial_id in self.store.trials() else None

    def edition(self) -> Edition:
        """Which state of the knowledge base answers."""
        return edition(self.store)

    def standalone(self, text: str, reply: Reply) -> str | None:
        """The question behind a reply as it can be asked anywhere; None if it cannot be put so.

        That is `text` itself, unless it leaned on the conversation.
        """
        queries = reply.turn.queries
        if not any(query.inherited for query in queries):
            return text
        question = " and ".join(restated(query, self.store) for query in queries)
        again = self.reply(question).answer
        return (
            question if (again.headline, again.facts) == (reply.answer.headline, reply.answer.facts) else None
        )

    def _answered(self, understanding: Understanding, previous: Turn | None) -> tuple[Answer, Turn]:
        trial_id = (previous.trial if previous else None) or self.default_trial
        if understanding.queries:
            trial_id = understanding.queries[-1].trial
        trial = self.store.trial(trial_id)
        earlier = previous or Turn("chat", trial=trial_id)
        if understanding.chat is not None:
            return self.speaker.chat(understanding, trial), replace(earlier, kind="chat")
        if understanding.refusal is not None:
            answer = self.speaker.refuse(understanding.refusal, trial)
            foreign = understanding.refusal.code.startswith(ELSEWHERE)
            kind, offered = answer.kind.value, answer.suggestions
            return answer, replace(earlier, kind=kind, suggestions=offered, elsewhere=foreign)
        answers = []
        for query in understanding.queries:
            about = self.reviewer.review(query, earlier) if query.aspects else None
            answers.append((query, about or self.composer.compose(query)))
        answer = combined(answers)
        queries = tuple(q for q in understanding.queries if q.shape != "premise")
        lasts = self.understander.reader.known.lasts
        timed = [query for query in queries if query.times and not lasts(query)]
        over_time = timed[-1] if timed else earlier.over_time
        turn = Turn(
            answer.kind.value, queries, answer.facts, trial_id, answer.suggestions, over_time=over_time
        )
        return answer, turn


ELSEWHERE = "elsewhere"
"""Begins the code of a refusal that names what is not ours."""
GARBAGE = 20_000
"""New objects after which Python looks for garbage in a process that serves."""


def settle() -> None:
    """Leave what is loaded out of every later search for garbage; once, when all is loaded.

    It stays as long as the process: looking through it again and again would take a twentieth of the time
    of an answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


def readout(store: Store, default_trial: str | None = None, store_file: Path | None = None) -> Readout:
    """Put the layers together over an open store; `store_file` is where it lies, to keep what is built."""
    wording = Wording.load()
    vocabulary = Vocabulary.load(store, store_file)
    trial = default_trial or store.trials()[0]
    understander = Understander.over(store, vocabulary, trial)
    finder = Finder(store, vocabulary.matcher.topics.concepts)

    def answerable(trial_id: str, question: str) -> Query | None:
        queries = understander.read(question, Turn("chat", trial=trial_id)).queries
        return queries[0] if len(queries) == 1 and finder.find(queries[0]).facts else None

    suggester = Suggester(wording.next_questions, answerable)
    composer = Composer(store, wording, finder, vocabulary.matcher.topics.concepts, suggester)
    languages = vocabulary.languages.replies
    return Readout(
        store,
        understander,
        composer,
        Reviewer(store, wording),
        Speaker(wording, languages, suggester),
        trial,
    )


def open_readout() -> Readout:
    """The bot over the knowledge base that lies beside the code, compiled if it changed."""
    from knowledge.compile import compiled

    path = compiled()
    return readout(Store.open(path), store_file=path)


__all__ = ["Readout", "Reply", "Turn", "open_readout", "readout"]
