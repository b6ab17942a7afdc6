"""The vocabulary as a trie of stems: every name in the data, and what it means.

One trie holds what all trials share (concepts, English, other trials, drugs
and diseases); a small one per trial holds its own names. Looking up a
question's longest names is then one walk, however many trials there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA

from bot.understanding.spans import Category, Meaning
from bot.understanding.text import Token, normalise, phrase, tokens
from knowledge.model import Concept, Discrepancy, Elsewhere, RelatedTrial, Source, Trial

_END = ""
"""Key of a node under which its meanings stand; no stem is empty."""
MIN_NEAR = 3
"""Letters from which a word inside a name may be mistyped."""
ARTICLES = frozenset({"the", "a", "an"})
COUNTING = ("first", "the", "these", "those", "of the", "the first")
"""Words before the number of patients of a part of the trial."""
INDEFINITE = frozenset({"a", "an"})
DEFINING = frozenset({"what", "whats", "is", "are", "can", "does"})
"""Names that begin so mean something else with "a" ("what is a hazard ratio") than with "the"."""
LITTLE_WORDS = frozenset(
    "the a an of in on at to for with by from as and or is are was were be been did do does what which who how "
    "when why many much it its this that they their there any all patients pts people you your".split()
)
"""Words that make a name no more exact."""
MANY_WORDS = 3
"""Other words from which a name is exact, however common they are."""
EVERYDAY, VERY_COMMON = 1_500, 5_000
"""Frequency from which a name of one word, or each word of a longer one, is everyday English."""


@dataclass(slots=True)
class Lexicon:
    """Names as stems, leading to their meanings."""

    root: dict[str, Any] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)
    """The trie's ends hold positions in this list."""
    words: set[str] = field(default_factory=set)
    """Every stem in any name: a word in here is never repaired."""
    _places: dict[Meaning, int] = field(default_factory=dict)

    def add(self, name: str, meaning: Meaning) -> None:
        """Store one name; the same meaning twice is stored once."""
        stems = phrase(name)
        if len(stems) > 1:
            dropped = ARTICLES - INDEFINITE if stems[0] in DEFINING else ARTICLES
            stems = (stems[0], *(stem for stem in stems[1:] if stem not in dropped))
        if not stems:
            return
        if stems[:2] == ("what", "is") and len(stems) > 2:
            self._store((stems[0], *stems[2:]), meaning)
        self._store(stems, meaning)

    def _store(self, stems: Sequence[str], meaning: Meaning) -> None:
        node = self.root
        for stem in stems:
            node = node.setdefault(stem, {})
        place = self._places.setdefault(meaning, len(self.meanings))
        if place == len(self.meanings):
            self.meanings.append(meaning)
        places = node.setdefault(_END, [])
        if place not in places:
            places.append(place)
        self.words.update(stems)

    def longest(
        self,
        tokens: Sequence[Token],
        start: int,
        stems: Sequence[str],
        mistyped: frozenset[int] = frozenset(),
    ) -> tuple[int, list[Meaning]] | None:
        """The longest name that starts at token `start`: its end and meanings.

        A name does not reach across the end of a sentence; articles inside it
        do not count. `mistyped` are the tokens that are no words at all.
        """
        node = self.root
        best: tuple[int, list[int]] | None = None
        position = start
        while position < len(tokens):
            if position > start and not _continues(tokens[position].lead):
                break
            child = node.get(stems[position])
            if child is None and position > start and position in mistyped:
                child = self._near(node, stems[position])
            if child is None:
                if position > start and tokens[position].text in ARTICLES:
                    position += 1
                    continue
                break
            node = child
            position += 1
            if _END in node:
                best = position, node[_END]
        return None if best is None else (best[0], [self.meanings[place] for place in best[1]])

    def _near(self, node: Mapping[str, Any], stem: str) -> Any:
        """Inside a name, the one word that a short mistyped one stands for ("progression fre ...")."""
        if len(stem) < MIN_NEAR or stem[0].isdigit():
            return None
        near = [
            k
            for k in node
            if len(k) >= MIN_NEAR and k[0] == stem[0] and OSA.distance(k, stem, score_cutoff=1) <= 1
        ]
        return node[near[0]] if len(near) == 1 else None

    def exactly(self, stems: Sequence[str]) -> list[Meaning]:
        """The meanings of a whole name; empty when there is none."""
        node = self.root
        for stem in stems:
            node = node.get(stem, {})
        return [self.meanings[place] for place in node.get(_END, ())]

    def names(self) -> Iterator[tuple[tuple[str, ...], list[Meaning]]]:
        """Every name as stems, with its meanings."""
        stack: list[tuple[tuple[str, ...], dict[str, Any]]] = [((), self.root)]
        while stack:
            path, node = stack.pop()
            for key, value in node.items():
                if key == _END:
                    yield path, [self.meanings[place] for place in value]
                else:
                    stack.append(((*path, key), value))

    def dump(self) -> dict[str, Any]:
        """The lexicon as plain data, for `load`."""
        meanings = [
            [m.category.value, m.id, m.measure, m.proposition, m.weak, m.common, m.anchor, m.trial]
            for m in self.meanings
        ]
        return {"root": self.root, "meanings": meanings, "words": sorted(self.words)}

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon that was dumped; it can be looked up, not added to."""
        meanings = [Meaning(Category(category), *rest) for category, *rest in data["meanings"]]
        return cls(data["root"], meanings, set(data["words"]))


def _continues(lead: str) -> bool:
    if len(lead) == 1 and lead in ";:,":
        # "t(4;14)", "1:1": a mark between figures written in one go.
        return True
    return not any(mark in lead for mark in "?!;\n,:+") and ". " not in lead


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
    for name in (*language["function_words"], *language["politeness"], *language["chatter"]):
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
    for trial in related:
        for name in trial.names:
            lexicon.add(name, Meaning(Category.RELATED, trial.id))
    for concept in concepts:
        _add_concept(lexicon, concept, frequency)
    return lexicon


def _add_concept(lexicon: Lexicon, concept: Concept, frequency: Callable[[str], int]) -> None:
    category = Category(concept.category)

    def add(name: str, **said: str) -> None:
        weak = concept.strength != "strong" or name in concept.general
        common = _common(name, weak, frequency)
        lexicon.add(name, Meaning(category, concept.id, weak=weak, common=common, **said))

    for name in concept.names:
        add(name)
    for proposition, names in concept.asks.items():
        for name in names:
            add(name, proposition=proposition)
    for measure, names in concept.implies.items():
        for name in names:
            add(name, measure=measure)


def _common(name: str, weak: bool, frequency: Callable[[str], int]) -> int:
    """`Meaning.common` of a name, by how common its words are in English; two letters mean too many things."""
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
    for cohort, number in sizes.items():
        for before in COUNTING:
            lexicon.add(f"{before} {number}", Meaning(Category.COHORT, cohort, trial=trial.id))
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
