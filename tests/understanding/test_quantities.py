"""Times, phases, grades and limits, read exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.understanding.words.spans import Category
from bot.understanding.words.tagger import Tagged

Tag = Callable[[str], Tagged]

TIMES = {
    "3y": (36,),
    "3 y": (36,),
    "3yr": (36,),
    "3-year": (36,),
    "3 years": (36,),
    "36mo": (36,),
    "36 months": (36,),
    "36-month": (36,),
    "36m": (36,),
    "three years": (36,),
    "three-year": (36,),
    "thirty-six months": (36,),
    "thirty six months": (36,),
    "twelve months": (12,),
    "yr 1": (12,),
    "year one": (12,),
    "year 2": (24,),
    "second year": (24,),
    "1, 2 and 3 years": (12, 24, 36),
    "1/2/3 yrs": (12, 24, 36),
    "years 1, 2 and 3": (12, 24, 36),
    "1 and 3 years": (12, 36),
    "12 and 36 mo": (12, 36),
    "1 year and 36 months": (12, 36),
    "half a year": (6,),
    "2.5 years": (30,),
    "two and a half years": None,
    "a year and a half": None,
    "18 mths": (18,),
    "10 years": (120,),
}
PHASES = {
    "phase 2": (2,),
    "phase II": (2,),
    "phase ii": (2,),
    "Phase III": (3,),
    "ph2": (2,),
    "ph 3": (3,),
    "phase two": (2,),
    "phase three": (3,),
    "phase 2 and 3": (2, 3),
    "phase II vs III": (2, 3),
    "phase 2 vs phase 3": (2, 3),
    "phase I": (1,),
    "phase 4": (4,),
    "phase II/III": (),
    "phase 2/3": (),
}
GRADES = {
    "grade 3": (3,),
    "grade 4": (4,),
    "g3": (3,),
    "gr 4": (4,),
    "grade III": (3,),
    "grade 3/4": (3, 4),
    "grade 3-4": (3, 4),
    "grade 3 and 4": (3, 4),
    "grade 3 or 4": (3, 4),
    "grades iii-iv": (3, 4),
    "grade 3+": (3, 4, 5),
    "grade 3 or higher": (3, 4, 5),
    "grade >=3": (3, 4, 5),
    "grade \u22653": (3, 4, 5),
    "grade three": (3,),
}
BOUNDS = {
    "above 90": "above",
    "more than 90%": "above",
    "at least 90%": "at_least",
    ">90%": "above",
    "below 90": "below",
    "less than 90%": "below",
    "under 90%": "below",
    "<90%": "below",
    "up to 90": "at_most",
}


def _values(tagged: Tagged, category: Category) -> tuple[float, ...] | None:
    found = [span for span in tagged.spans if span.category is category]
    return tuple(value for span in found for value in span.values) if found else None


@pytest.mark.parametrize("text", [text for text in TIMES if TIMES[text] is not None])
def test_times(text: str, tag: Tag) -> None:
    """Months, however they are written."""
    assert _values(tag(f"PFS at {text}?"), Category.TIME) == TIMES[text]


@pytest.mark.parametrize("text", [text for text in TIMES if TIMES[text] is None])
def test_a_time_that_is_not_read_is_not_read_wrongly(text: str, tag: Tag) -> None:
    """Neither as the years nor as the year in it."""
    assert _values(tag(f"PFS at {text}?"), Category.TIME) in (None, (30,), (18,))


@pytest.mark.parametrize("text", PHASES)
def test_phases(text: str, tag: Tag) -> None:
    """The trial's own label, "II/III", names no part of it."""
    assert _values(tag(f"ORR in {text}"), Category.PHASE) == PHASES[text]


@pytest.mark.parametrize("text", GRADES)
def test_grades(text: str, tag: Tag) -> None:
    """3 is not 4, and 3/4 is neither."""
    assert _values(tag(f"{text} toxicities"), Category.GRADE) == GRADES[text]


@pytest.mark.parametrize("text", BOUNDS)
def test_limits(text: str, tag: Tag) -> None:
    """Which side of the figure is asked about."""
    figures = [s for s in tag(f"Was PFS {text}?").spans if s.category is Category.FIGURE]
    assert [(s.meaning.proposition, s.values) for s in figures] == [(BOUNDS[text], (90,))]


@pytest.mark.parametrize("text", ["in 2019", "2020 paper", "since 2017"])
def test_a_calendar_year_is_no_time_point(text: str, tag: Tag) -> None:
    """A year of publication says nothing about follow-up."""
    assert _values(tag(f"PFS {text}"), Category.TIME) is None


@pytest.mark.parametrize("text", ["grad 3y", "3 arms", "1.2 m", "3 mg", "n=44"])
def test_other_numbers_are_no_phase_and_no_grade(text: str, tag: Tag) -> None:
    """A number belongs to the word that says what it counts."""
    assert _values(tag(text), Category.PHASE) is None
    assert _values(tag(text), Category.GRADE) is None
