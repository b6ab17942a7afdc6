"""Loads what the understanding knows from its data files and the store, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.data import read
from bot.understanding.bare import BareWords
from bot.understanding.guards import Rule, rules_of
from bot.understanding.kept import kept
from bot.understanding.known import denies, holds, mentions
from bot.understanding.matcher import Matcher
from bot.understanding.reading_words import ReadingWords
from bot.understanding.scope import OF_GROUPS
from bot.understanding.shapes import shapes_of
from bot.understanding.topics import Topics
from bot.understanding.words.frames import Frames
from bot.understanding.words.languages import Languages
from bot.understanding.words.lexicon import Lexicon
from bot.understanding.words.names import frames, of_trial, shared
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.repair import MIN_SWAPPED, Repairer
from bot.understanding.words.spans import Category, Meaning
from bot.understanding.words.spelling import Confusions, Speller, heard_words
from bot.understanding.words.tagger import COMMON_FREQUENCY, Tagger
from bot.understanding.words.text import american, normalise, tokens
from knowledge.model import Elsewhere, Estimate, Trial
from knowledge.store import Store

DOUBTS = ("or ", "am i")
"""Tags that begin so may stand anywhere ("or am i wrong")."""
_PACKAGE = "bot.understanding"


@dataclass(slots=True)
class Vocabulary:
    """Shared names, and one tagger per trial that has been talked about."""

    store: Store
    shared: Lexicon
    guards: Lexicon
    anchors: Lexicon
    frames: Frames
    words: QuantityWords
    rules: tuple[Rule, ...]
    clinical: frozenset[str]
    """Groups of guards.yaml that make a decision one on somebody's treatment."""
    matcher: Matcher
    languages: Languages
    restrictors: frozenset[str]
    identifying: Mapping[str, str]
    """Topic -> the kind of names that its fact is one of, {publication: journals}, or groups of patients."""
    tags: frozenset[str]
    """Ends of a sentence that wants a yes or no: "right", "isn't it"."""
    reading: ReadingWords
    """Words that allow or forbid a reading."""
    same_part: tuple[str, ...]
    """Words for the part of the trial that was spoken of: "that phase"."""
    there: tuple[str, ...]
    """Words for the other trial that was spoken of: "there", "that trial"."""
    bare: BareWords
    opening: frozenset[str]
    """First words of a follow-up: "and", "what about"."""
    confusions: Confusions
    elsewhere: Elsewhere
    repairable: tuple[str, ...]
    frame: tuple[str, ...]
    """Words that carry a number and whose spelling is repaired: "year", "phase"."""
    _taggers: dict[str, Tagger] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Store, store_file: Path | None = None) -> Vocabulary:
        """Read language, guards and intents, and the shared concepts of the store.

        With `store_file` (the compiled knowledge) what was built is kept beside it.
        """
        built = kept(store_file, lambda: _build(store))
        grammar = built["grammar"]
        concepts = {concept.id: concept for concept in store.concepts()}
        words = QuantityWords.of(grammar["quantities"], built["number_words"])
        return cls(
            store=store,
            shared=Lexicon.load(built["shared"]),
            guards=Lexicon.load(built["guards"]),
            anchors=Lexicon.load(built["anchors"]),
            frames=frames(concepts.values(), store.word_frequency),
            words=words,
            bare=BareWords.of(words, grammar, concepts),
            rules=rules_of(built),
            clinical=frozenset(built["clinical"]),
            matcher=Matcher(
                shapes_of(built),
                Topics(concepts),
                lambda query: mentions(store, query),
                lambda trial, topic, proposition: denies(store, trial, topic, proposition),
                lambda trial, topic, measure: bool(store.facts(trial, topic=topic, measure=measure)),
                lambda query: holds(store, query),
            ),
            languages=Languages.of(built["foreign"], built["function_words"]),
            identifying={
                **{s.otherwise: OF_GROUPS for s in shapes_of(built).every if s.otherwise},
                **{c.id: c.identifies for c in concepts.values() if c.identifies},
            },
            restrictors=frozenset(grammar["restrictors"]),
            tags=frozenset(grammar["tags"]),
            reading=ReadingWords.of(grammar),
            same_part=tuple(grammar["same_part"]),
            there=tuple(grammar["there"]),
            opening=frozenset(grammar["follow_up_openings"]),
            confusions=_confusions(built["confusions"]),
            elsewhere=store.elsewhere(),
            repairable=tuple(built["repairable"]),
            frame=tuple(grammar["frame_words"]),
        )

    def _frequency(self, word: str) -> int:
        """How often a word is used in English, in either spelling."""
        return self.store.word_frequency(word) or self.store.word_frequency(american(word))

    def tagger(self, trial: Trial) -> Tagger:
        """The tagger with this trial's names; built at the first question about it."""
        if trial.id not in self._taggers:
            own = of_trial(
                trial,
                self.store.sources(trial.id),
                self.store.discrepancies(trial.id),
                _sizes(self.store, trial),
            )
            own_names = [
                *trial.names,
                *trial.drug_names,
                *trial.condition_names,
                *(name for arm in trial.arms for name in arm.names),
            ]
            repairer = Repairer.of(
                (*self.repairable, *_long_words(own_names)),
                _long_words(own_names),
                self.frame,
                lambda word: self.store.word_frequency(word) >= COMMON_FREQUENCY // 2,
            )
            self._taggers[trial.id] = Tagger(
                shared=self.shared,
                trial=own,
                guards=self.guards,
                frames=self.frames,
                words=self.words,
                speller=Speller(
                    (own, self.shared),
                    self.guards,
                    self.words,
                    self.confusions,
                    repairer,
                    self._frequency,
                ),
                drug_ending=_endings(self.elsewhere.drug_endings),
                disease_ending=_endings(self.elsewhere.disease_endings),
            )
        return self._taggers[trial.id]


def _build(store: Store) -> dict[str, Any]:
    """Everything that takes long to read or to stem, as plain data."""
    english = read(_PACKAGE, "language/english.yaml")
    guard_data = read(_PACKAGE, "guards.yaml")
    grammar = read(_PACKAGE, "language/grammar.yaml")
    concepts, elsewhere = store.concepts(), store.elsewhere()
    names_of = {
        **english,
        "function_words": [
            *english["function_words"],
            *grammar["function_words"],
            *grammar["research_words"],
            *(tag for tag in grammar["tags"] if tag.startswith(DOUBTS)),
        ],
        "trial_words": grammar["trial_words"],
        "people": grammar["people"],
        "connectives": grammar["connectives"],
    }
    guards, anchors = Lexicon(), Lexicon()
    for kind, names in guard_data["names"].items():
        for name in names:
            guards.add(name, Meaning(Category.GUARD, kind))
    for name, trial_id, kind in store.anchors():
        anchors.add(name, Meaning(Category.TRIAL, kind, anchor=True, trial=trial_id))
    own = [name for c in concepts for name in (*c.names, *_flat(c.asks), *_flat(c.implies))]
    little = [
        *english["chatter"],
        *english["function_words"],
    ]
    single = [drug for drug in elsewhere.drugs if " " not in drug]
    return {
        "shared": shared(concepts, elsewhere, store.related_trials(), names_of, store.word_frequency).dump(),
        "guards": guards.dump(),
        "anchors": anchors.dump(),
        "repairable": _long_words([*own, *single, *little]),
        "grammar": grammar,
        "number_words": english["number_words"],
        "confusions": [
            [*heard_words(heard), [token.text for token in tokens(normalise(meant))]]
            for heard, meant in (*english["short_forms"].items(), *english["confusions"].items())
        ],
        "function_words": english["function_words"],
        "foreign": read(_PACKAGE, "language/foreign.yaml"),
        "rules": guard_data["rules"],
        "clinical": guard_data["clinical"],
        "shapes": read(_PACKAGE, "intents.yaml")["shapes"],
    }


def _sizes(store: Store, trial: Trial) -> dict[str, str]:
    """Part of the trial -> number of its patients, of the parts that differ in it."""
    return {
        fact.cohort: fact.value
        for fact in store.facts(trial.id, measure="count")
        if isinstance(fact, Estimate)
        and fact.cohort
        and fact.unit == "patients"
        and not (fact.arm or fact.subgroup or fact.subject)
    }


def _flat(groups: Mapping[str, Iterable[str]]) -> list[str]:
    return [name for names in groups.values() for name in names]


def _long_words(names: Iterable[str]) -> tuple[str, ...]:
    words = {token.text for name in names for token in tokens(normalise(name))}
    return tuple(sorted(word for word in words if len(word) >= MIN_SWAPPED and word.isalpha()))


def _endings(endings: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, endings))})$")


def _confusions(pairs: Iterable[tuple[Sequence[str], bool | None, Sequence[str]]]) -> Confusions:
    found: Confusions = {}
    for heard, plural, meant in pairs:
        found.setdefault(heard[0], []).append((list(heard), tuple(meant), plural))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found
