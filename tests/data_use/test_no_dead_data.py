"""Every shape, sentence, suggestion and rule is used by at least one turn of the tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from bot.answers import charts
from bot.data import read
from bot.understanding.words.frames import KINDS
from bot.understanding.words.spans import MEANINGFUL
from bot.understanding.words.tagger import Tagged
from knowledge.model import FRAME_KINDS, GAP, OR, Concept
from tests.asked import run
from tests.generated import about, about_gap

MAX_CHOICES = 12
"""Wordings of a name with gaps that are tried in full."""


def _dead(written: set[str], used: set[str]) -> list[str]:
    return sorted(written - used)


def test_every_shape_wins_a_question() -> None:
    """A shape that never wins is a rule that nobody needs."""
    used = {query.shape for turn in run().turns for query in turn.reply.turn.queries}
    written = {entry["id"] for entry in read("bot.understanding", "intents.yaml")["shapes"]}
    assert not (dead := _dead(written, used)), f"no table question needs the shapes {dead}"


def test_every_guard_decides() -> None:
    """Each rule refuses a turn of the tables; each group of names is a condition of a rule."""
    asked = run()
    data = read("bot.understanding", "guards.yaml")
    used = set()
    for turn in asked.turns:
        refusal = asked.readout.understander.read(turn.text, turn.previous).refusal
        if refusal is not None:
            used.add(refusal.detail)
    assert not (dead := _dead({rule["id"] for rule in data["rules"]}, used)), f"never decide: {dead}"
    conditions = {key for rule in data["rules"] for key in (*rule["when"], *rule.get("unless", ()))}
    assert not (dead := _dead(set(data["names"]), conditions)), f"in no rule: {dead}"


def test_every_sentence_is_said() -> None:
    """Phrases and replies of wording.yaml, titles of charts, suggestions of suggestions.yaml."""
    asked = run()
    store, trial, bot = asked.readout.store, asked.trial, asked.readout
    for fact in store.facts(trial):
        bot.reply(next(about(bot, trial, fact)))
    for gap in store.gaps(trial):
        bot.reply(next(about_gap(bot, trial, gap)))
    charts.chart(bot.composer, trial, store.trial(trial).primary_endpoint)
    dead = {
        "phrases": _dead(set(asked.phrases), asked.phrases.read),
        "replies": _dead(set(asked.replies), asked.replies.read),
        "suggestions": _dead(set(asked.suggestions), asked.suggestions.read),
    }
    assert not any(dead.values()), f"never said: {dead}"


def test_every_name_leads_to_its_concept() -> None:
    """A name that is read as something else is a name that nobody can use."""
    bot = run().readout
    dead = []
    for concept in bot.store.concepts():
        names = dict.fromkeys(name for name in (*concept.names, *_flat(concept)) if GAP not in name)
        dead += [f"{concept.category} {concept.id}: {name!r}" for name in names if not _leads(concept, name)]
    assert not dead, f"{len(dead)} names lead elsewhere:\n" + "\n".join(dead)


def test_every_name_with_gaps_leads_to_its_concept() -> None:
    """With one of its choices in each place, and a word in each gap, it is read as its concept."""
    bot = run().readout
    dead = []
    for concept in bot.store.concepts():
        for name in dict.fromkeys([*concept.frames, *(n for n in _flat(concept) if GAP in n)]):
            if not any(_leads(concept, each) for each in _choices(name)):
                dead.append(f"{concept.category} {concept.id}: {name!r}")
    assert not dead, f"{len(dead)} names with gaps lead elsewhere:\n" + "\n".join(dead)


def test_kinds_in_names_with_gaps_are_those_the_tagger_knows() -> None:
    assert {f"<{kind}>" for kind in FRAME_KINDS} == set(KINDS)


def _choices(name: str) -> Iterator[str]:
    """Some of the wordings that a name with gaps stands for."""
    trial = run().readout.store.trial(run().trial)
    kinds = {
        "<part>": "phase 3",
        "<arm>": trial.arms[0].names[0],
        "<trial>": trial.acronym,
        "<grade>": "grade 3",
        "<time>": "3 years",
        "<figure>": "28%",
        "<drug>": trial.arms[0].names[0],
    }
    pieces = [[kinds.get(w.strip(), w.strip()) for w in piece.split(OR)] for piece in name.split(GAP)]
    for words in itertools.islice(itertools.product(*pieces), MAX_CHOICES):
        yield " ".join(words)
        yield " really ".join(words)
    first = [words[0] for words in pieces]
    for place, others in enumerate(pieces):
        for word in others:
            yield " really ".join([*first[:place], word, *first[place + 1 :]])


def _flat(concept: Concept) -> list[str]:
    return [name for group in (concept.asks, concept.implies) for names in group.values() for name in names]


def _leads(concept: Concept, name: str) -> bool:
    tagged = run().readout.understander.read(name).trace["spans"]
    assert isinstance(tagged, Tagged)
    return concept.id in {span.id for span in tagged.spans if span.category in MEANINGFUL}
