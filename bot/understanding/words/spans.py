"""What the tagger found in a question: spans of recognised meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Category(StrEnum):
    """What a span speaks of."""

    TOPIC = "topic"
    MEASURE = "measure"
    ASPECT = "aspect"
    ARM = "arm"
    COHORT = "cohort"
    PHASE = "phase"
    TIME = "time"
    GRADE = "grade"
    SUBGROUP = "subgroup"
    SOURCE = "source"
    DISCREPANCY = "discrepancy"
    TRIAL = "trial"
    CONDITION = "condition"
    RELATED = "related"
    FOREIGN = "foreign"
    IDENTITY = "identity"
    """A journal, a company, a group: what the answer to "which" could be, but for this trial is not."""
    GUARD = "guard"
    CHAT = "chat"
    FIGURE = "figure"
    YEAR = "year"
    CONNECTIVE = "connective"
    FILLER = "filler"
    LIGHT = "light"
    HEAVY = "heavy"


PIECE = "piece"
"""Filler that a name with gaps took in."""
POLITE = "polite"
"""Id of fillers that stand before or behind a question ("please", "hi")."""
MEANINGFUL = frozenset(
    {
        Category.TOPIC,
        Category.MEASURE,
        Category.ASPECT,
        Category.ARM,
        Category.COHORT,
        Category.PHASE,
        Category.TIME,
        Category.GRADE,
        Category.SUBGROUP,
        Category.SOURCE,
        Category.DISCREPANCY,
        Category.TRIAL,
        Category.CONDITION,
        Category.RELATED,
        Category.FIGURE,
    }
)
"""Categories that a lookup can use."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a name: the concept it stands for."""

    category: Category
    id: str
    measure: str | None = None
    """For a topic named together with its measure."""
    proposition: str | None = None
    """For a name that asks a yes/no question: "blinded"."""
    weak: bool = False
    """A general word: never enough beside words we do not know."""
    common: int = 0
    """How everyday its words are: 0 a term of the field, 1 plain words ("response rate"), 2 a single one."""
    anchor: bool = False
    """Names the trial, its drug or its disease."""
    trial: str | None = None


class Span(NamedTuple):
    """Tokens `start` to `end` (exclusive) with their meaning."""

    start: int
    end: int
    meaning: Meaning
    values: tuple[float, ...] = ()
    """Months, phase numbers, grades or figures."""
    repaired: int = 0
    """Letters by which the typed words differ from the name."""

    @property
    def category(self) -> Category:
        """Short for `meaning.category`."""
        return self.meaning.category

    @property
    def id(self) -> str:
        """Short for `meaning.id`."""
        return self.meaning.id
