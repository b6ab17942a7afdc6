"""Whether a fact answers a query: one test for each slot."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.understanding.query import Query
from knowledge.model import (
    AdverseEvent,
    Comparison,
    Concept,
    Disposition,
    Estimate,
    Fact,
    Statement,
    Trial,
)

MONTHS_A_YEAR = 12
NEAR_FOLLOW_UP = 0.2
"""Share of a follow-up by which an asked time may differ from it ("after 10 years" of 12.5)."""
_TIME = re.compile(r"(\d+(?:\.\d+)?)[- ](year|month)")
DETAIL_FIELDS = {"confidence_interval": "ci", "p_value": "p_value", "significance": "p_value"}
"""Measures that are fields of another figure."""
_GRADES = re.compile(r"grades? (\d)(?:[/-](\d))?", re.IGNORECASE)
UNTIMED = ("hazard_ratio", "hazard_reduction")
"""Effects over the whole follow-up, shown also where a time point was named beside them."""


def has_detail(fact: Fact, measure: str) -> bool:
    """Whether a figure carries its interval or P value; a derived one has limits instead of an interval."""
    limits = measure == "confidence_interval" and getattr(fact, "low", None)
    return bool(getattr(fact, DETAIL_FIELDS[measure], None) or limits)


def tells_time(query: Query, fact: Fact) -> bool:
    """Whether a statement speaks of an asked time ("at 5 years"), or of a follow-up about as long."""
    if not isinstance(fact, Statement):
        return True
    told = [float(n) * (MONTHS_A_YEAR if u == "year" else 1) for n, u in _TIME.findall(fact.headline)]
    near = NEAR_FOLLOW_UP if "follow-up" in fact.headline else 0
    return any(abs(asked - months) <= near * months for asked in query.times for months in told)


def fits(query: Query, fact: Fact, trial: Trial, concepts: Mapping[str, Concept], ignore: str = "") -> bool:
    """True when every slot of the query that the fact has agrees; `ignore` names a slot to skip."""
    tests: dict[str, Callable[[Query, Fact], bool]] = {
        "sources": _source_fits,
        "subgroups": _subgroup_fits,
        "grades": _grade_fits,
        "arms": _arm_fits,
        "cohorts": _cohort_fits,
    }
    if ignore != "times" and not _time_fits(query, fact, trial, concepts):
        return False
    return all(test(query, fact) for name, test in tests.items() if name != ignore)


def months_of(trial: Trial, timepoint: str | None) -> float | None:
    """The months of a time point id, of another trial by the id itself ("75mo"); None when there is none."""
    own = next((float(t.value) for t in trial.timepoints if t.id == timepoint), None)
    stated = timepoint.removesuffix("mo") if timepoint else ""
    return float(stated) if own is None and stated.isdigit() else own


def slot_values(fact: Fact) -> tuple[object, ...]:
    """What a fact is about; two sources' figures for the same thing share it."""
    return fact.topic, fact.measure, fact.cohort, fact.arm, fact.timepoint, fact.subgroup


def is_counted(fact: Fact) -> bool:
    """True when the fact gives a number of patients, alone or beside its percentage."""
    if isinstance(fact, Estimate):
        return fact.unit in ("patients", "deaths", "sites") or fact.numerator is not None
    if isinstance(fact, Comparison):
        return fact.n is not None
    return isinstance(fact, AdverseEvent) and fact.affected is not None


def in_percent(fact: Fact) -> bool:
    """Whether a claim with "%" can be about this fact at all."""
    match fact:
        case Estimate():
            return fact.unit == "%"
        case AdverseEvent() | Disposition():
            return fact.percent is not None
        case _:
            return True


def is_number(fact: Fact) -> bool:
    """True when the fact is a number of patients, deaths or sites: no claim with "%" is about it."""
    if isinstance(fact, Estimate):
        return fact.unit in ("patients", "deaths", "sites")
    return isinstance(fact, AdverseEvent | Disposition) and fact.percent is None


def lacking(query: Query, found: Sequence[Fact], trial: Trial) -> tuple[str, ...]:
    """Asked values ("times:60") that no fact has although others of the same slot do."""
    missing: list[str] = []
    if query.times and not all(isinstance(f, Statement | Comparison) for f in found):
        have = {months_of(trial, f.timepoint) for f in found if f.timepoint}
        missing += [f"times:{t:g}" for t in query.times if t not in have and have]
    for slot, attribute in (("arms", "arm"), ("cohorts", "cohort")):
        values = {getattr(f, attribute) for f in found if getattr(f, attribute)}
        missing += [f"{slot}:{v}" for v in getattr(query, slot) if values and v not in values]
    return tuple(missing)


def _time_fits(query: Query, fact: Fact, trial: Trial, concepts: Mapping[str, Concept]) -> bool:
    if not query.times:
        return True
    if fact.timepoint is not None:
        return months_of(trial, fact.timepoint) in query.times
    concept = concepts.get(fact.topic)
    outcome = concept is not None and concept.direction is not None and fact.subject is None
    if isinstance(fact, Comparison):
        return query.measure in UNTIMED
    return (isinstance(fact, Statement) and not outcome) or fact.measure == "hazard_reduction"


def _source_fits(query: Query, fact: Fact) -> bool:
    if not query.sources:
        return True
    return fact.source in query.sources or any(c.source in query.sources for c in fact.also)


def _subgroup_fits(query: Query, fact: Fact) -> bool:
    return fact.subgroup in query.subgroups if query.subgroups else fact.subgroup is None


def _grade_fits(query: Query, fact: Fact) -> bool:
    if not query.grades:
        return True
    if isinstance(fact, AdverseEvent):
        if fact.grade_min is None or fact.grade_max is None:
            return False
        own = set(range(fact.grade_min, fact.grade_max + 1))
        asked = set(query.grades)
        # "grade 3 or higher" asks for 3 to 5; a source that gives 3/4 answers it.
        return own == asked or (own | {5} == asked)
    if fact.subject is not None:
        return fact.kind == "statement"
    if not isinstance(fact, Statement) or fact.measure not in ("most_common", "definition", "description"):
        return False
    told = {int(grade) for pair in _GRADES.findall(f"{fact.headline} {fact.text}") for grade in pair if grade}
    # A statement on grades 3 and 4 says nothing of grade 2; one without grades is not about them.
    asked = set(query.grades) - {5} or {5}
    return not told or asked <= told


def _arm_fits(query: Query, fact: Fact) -> bool:
    if not query.arms:
        return True
    return fact.arm is None or fact.arm in query.arms


def _cohort_fits(query: Query, fact: Fact) -> bool:
    if query.unknown_phase and not query.cohorts:
        return False
    if not query.cohorts:
        return True
    return fact.cohort is None or fact.cohort in query.cohorts


def above(topic: str, concepts: Mapping[str, Concept]) -> set[str]:
    """The broader concepts that a topic belongs to."""
    found: set[str] = set()
    parent = concepts[topic].parent if topic in concepts else None
    while parent is not None and parent not in found:
        found.add(parent)
        parent = concepts[parent].parent if parent in concepts else None
    return found
