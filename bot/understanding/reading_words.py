"""Words that allow or forbid a reading (grammar.yaml), and whether a sentence says them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.clauses import Sentence, words_of
from bot.understanding.words.tagger import LITTLE, Tagged

Names = frozenset[str] | tuple[str, ...]
THOSE = frozenset({"those", "ones"})
FIELDS = {
    "what_is": "what_is",
    "of_size": "size_words",
    "of_charts": "chart_words",
    "amounts": "amounts",
    "people": "people",
    "nobody": "nobody",
    "denials": "denials",
    "those": "those",
    "unjudged": "unjudged",
    "excluding": "excluding",
    "lacking": "lacking",
    "excepting": "excepting",
    "at_entry": "before_treatment",
    "repeated": "repeated",
}
"""Each group of words by its name in grammar.yaml."""


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """Words that allow or forbid a reading."""

    what_is: frozenset[str]
    """Openings that ask what something is: "what is"."""
    of_size: frozenset[str]
    """Words of a question for a number of patients; any other asks what happened to them."""
    of_charts: frozenset[str]
    """Words for a figure at a time, or of going back to one."""
    amounts: frozenset[str]
    """Words for an amount of a drug."""
    people: frozenset[str]
    """Words for patients, also such as "those"."""
    nobody: frozenset[str]
    """Words for none at all."""
    denials: frozenset[str]
    """Words that deny what is said."""
    those: frozenset[str]
    """Words for the patients of whom was told."""
    unjudged: frozenset[str]
    """Words that leave no yes or no: all there are ("always"), what may be, opinions ("meaningful")."""
    excluding: frozenset[str]
    """Words for being kept out."""
    lacking: frozenset[str]
    """Words before something that did not happen, beside those that deny it ("without", "free of")."""
    excepting: frozenset[str]
    """Words before what is left out: "excluding"."""
    at_entry: frozenset[str]
    """Words for the time before treatment, of which no outcome is told."""
    repeated: frozenset[str]
    """Words for several events in one patient."""
    narrowing: frozenset[str]
    """Every word without which nothing narrows a question so."""

    @classmethod
    def of(cls, grammar: Mapping[str, Sequence[str]]) -> ReadingWords:
        """From grammar.yaml."""
        words = {field: frozenset(grammar[name]) for field, name in FIELDS.items()}
        words["of_size"] |= LITTLE
        words["people"] |= THOSE
        of_outcomes = ("denials", "lacking", "excepting", "at_entry", "repeated")
        narrowing = frozenset({"by", "both"}).union(*(words[field] for field in of_outcomes))
        return cls(**words, narrowing=narrowing)


def speaks_of(sentence: Sentence, tagged: Tagged, names: Names) -> bool:
    """Whether any of the names stands in the sentence ("was it better there?")."""
    return _any_of(names).search(words_of(sentence.spans, tagged)) is not None


@lru_cache(maxsize=16)
def _any_of(names: Names) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, names))})(?!\S)")


def opens_with(sentence: Sentence, tagged: Tagged, names: Collection[str]) -> bool:
    """Whether the sentence begins with one of the names, of one word or two."""
    words = words_of(sentence.spans, tagged).split(" ")[:2]
    return words[0] in names or " ".join(words) in names
