"""The names of the data put into lexicons: those all trials share, and those of one trial."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.understanding.words.frames import Frames
from bot.understanding.words.lexicon import Lexicon
from bot.understanding.words.spans import POLITE, Category, Meaning
from bot.understanding.words.text import normalise, phrase, tokens
from knowledge.model import GAP, Concept, Discrepancy, Elsewhere, RelatedTrial, Source, Trial

COUNTING = ("first", "the", "these", "those", "of the", "the first")
"""Words before the number of patients of a part of the trial."""
LITTLE_WORDS = frozenset(
    "the a an of in on at to for with by from as and or is are was were be been did do does what which who "
    "how when why many much it its this that they their there any all patients pts people you your".split()
)
"""Words that make a name no more exact."""
MANY_WORDS = 3
"""Other words from which a name is exact, however common they are."""
EVERYDAY, VERY_COMMON = 1_500, 5_000
"""Frequency from which a name of one word, or each word of a longer one, is everyday English."""


MARKS = ("authors", "registrations")
"""What stands for another trial, and could be claimed of ours."""


def shared(
    concepts: Iterable[Concept],
    elsewhere: Elsewhere,
    related: Iterable[RelatedTrial],
    language: Mapping[str, Any],
    frequency: Callable[[str], int],
) -> Lexicon:
    """The vocabulary of all trials; `frequency` tells how often a word occurs in everyday English."""
    lexicon = Lexicon()
    # First, because of two meanings of one category the first counts.
    for name in language["people"]:
        lexicon.add(name, Meaning(Category.FILLER, "people"))
    for name in language["trial_words"]:
        lexicon.add(name, Meaning(Category.FILLER, "trial"))
    for name in language["politeness"]:
        lexicon.add(name, Meaning(Category.FILLER, POLITE))
    for name in (*language["function_words"], *language["chatter"]):
        lexicon.add(name, Meaning(Category.FILLER, "filler"))
    for name in language["connectives"]:
        lexicon.add(name, Meaning(Category.CONNECTIVE, name))
    for kind, names in language["chat"].items():
        for name in names:
            lexicon.add(name, Meaning(Category.CHAT, kind))
    for kind in ("trials", "drugs", "diseases"):
        for name in getattr(elsewhere, kind):
            lexicon.add(name, Meaning(Category.FOREIGN, kind))
    for kind in ("journals", "companies"):
        for name in getattr(elsewhere, kind):
            lexicon.add(name, Meaning(Category.IDENTITY, name, proposition=kind))
    for name in elsewhere.kindred:
        lexicon.add(name, Meaning(Category.LIGHT, "light"))
    for trial in related:
        for name in trial.names:
            lexicon.add(name, Meaning(Category.RELATED, trial.id))
        for kind in MARKS:
            for name in getattr(trial, kind):
                lexicon.add(name, Meaning(Category.RELATED, trial.id, proposition=kind))
    for concept in concepts:
        _add_concept(lexicon, concept, frequency)
    return lexicon


def _add_concept(lexicon: Lexicon, concept: Concept, frequency: Callable[[str], int]) -> None:
    category = Category(concept.category)

    def add(name: str, measure: str | None = None, proposition: str | None = None) -> None:
        if GAP in name:
            return
        weak = concept.strength != "strong" or name in concept.general
        common = _common(name, weak, frequency)
        lexicon.add(name, Meaning(category, concept.id, measure, proposition, weak=weak, common=common))

    for name in concept.names:
        add(name)
    for proposition, names in concept.asks.items():
        for name in names:
            add(name, proposition=proposition)
    for measure, names in concept.implies.items():
        for name in names:
            add(name, measure=measure)


def frames(concepts: Iterable[Concept], frequency: Callable[[str], int]) -> Frames:
    """The names with gaps, with what they mean."""
    found = []
    for concept in concepts:
        weak = concept.strength != "strong"
        named: list[tuple[str, str | None, str | None]] = [(name, None, None) for name in concept.frames]
        named += [(name, measure, None) for measure in concept.implies for name in concept.implies[measure]]
        named += [(name, None, asked) for asked in concept.asks for name in concept.asks[asked]]
        for name, measure, asked in named:
            if GAP in name:
                common = min(1, _common(name, weak, frequency))
                category = Category(concept.category)
                meaning = Meaning(category, concept.id, measure, asked, common=common)
                found.append((name, meaning))
    return Frames.of(found, frozenset(stem for word in LITTLE_WORDS for stem in phrase(word)))


def _common(name: str, weak: bool, frequency: Callable[[str], int]) -> int:
    """`Meaning.common` of a name, by how common its words are; two letters mean too many things."""
    words = [token.text for token in tokens(normalise(name)) if token.text not in LITTLE_WORDS]
    if len(words) >= MANY_WORDS:
        return 1 if weak else 0
    if weak or (len(words) == 1 and (frequency(words[0]) >= EVERYDAY or len(words[0]) <= 2)):
        return 2
    return int(all(frequency(word) >= VERY_COMMON for word in words))


def of_trial(
    trial: Trial,
    sources: Iterable[Source],
    discrepancies: Iterable[Discrepancy],
    sizes: Mapping[str, str],
) -> Lexicon:
    """The vocabulary of one trial: its arms, parts, disease, sources and contradictions.

    `sizes`: part of the trial -> number of its patients, by which people call it ("the first 44").
    """
    lexicon = Lexicon()
    for part, number in sizes.items():
        counted = Meaning(Category.COHORT, part, proposition="size", trial=trial.id)
        for before in COUNTING:
            lexicon.add(f"{before} {number}", counted)
    for discrepancy in discrepancies:
        for name in discrepancy.names:
            lexicon.add(name, Meaning(Category.DISCREPANCY, discrepancy.id, trial=trial.id))
    for name in trial.drug_names:
        lexicon.add(name, Meaning(Category.ARM, trial.test_arm, anchor=True, trial=trial.id))
    for arm in trial.arms:
        for name in arm.names:
            drug = name in trial.drug_names
            # A word such as "monitored" alone is everyday English.
            weak = not drug and not any(word in name.split() for word in ("arm", "group"))
            lexicon.add(name, Meaning(Category.ARM, arm.id, weak=weak, anchor=drug, trial=trial.id))
        for name in arm.misnomers:
            lexicon.add(name, Meaning(Category.ARM, arm.id, proposition="misnomer", trial=trial.id))
    for cohort in trial.cohorts:
        for name in cohort.names:
            lexicon.add(name, Meaning(Category.COHORT, cohort.id, trial=trial.id))
    for name in trial.condition_names:
        lexicon.add(name, Meaning(Category.CONDITION, "condition", anchor=True, trial=trial.id))
    for name in trial.names:
        lexicon.add(name, Meaning(Category.TRIAL, trial.id, anchor=True, trial=trial.id))
    for source in sources:
        for name in source.names:
            lexicon.add(name, Meaning(Category.SOURCE, source.id, trial=trial.id))
    return lexicon
