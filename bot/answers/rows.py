"""Facts side by side: one row per measure, part of the trial and time point, one cell per arm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.model import AdverseEvent, Fact, Trial


@dataclass(slots=True)
class Row:
    """Facts that differ only in their arm."""

    topic: str
    measure: str
    cohort: str | None
    timepoint: str | None
    subgroup: str | None
    source: str
    grades: tuple[int | None, int | None] = (None, None)
    cells: dict[str | None, Fact] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the row."""
        return tuple(self.cells.values())

    @property
    def first(self) -> Fact:
        """Any fact of the row, to read what they share."""
        return next(iter(self.cells.values()))


def rows(facts: Iterable[Fact], trial: Trial, asked: Sequence[str] = ()) -> list[Row]:
    """Group facts into rows; the default part of the trial first, then by time.

    When sources were asked for (`asked`), facts that these give stand in one
    row, even if another source is the primary one for some.
    """
    found: dict[tuple[object, ...], Row] = {}
    order = {arm.id: n for n, arm in enumerate(trial.arms)}
    for fact in facts:
        grades = (fact.grade_min, fact.grade_max) if isinstance(fact, AdverseEvent) else (None, None)
        term = fact.term_reported if isinstance(fact, AdverseEvent) else ""
        sentence = fact.id if fact.kind in ("statement", "criterion", "disposition") else ""
        key = (
            fact.topic,
            fact.measure,
            fact.cohort,
            fact.timepoint,
            fact.subgroup,
            asked[0] if len(asked) == 1 else fact.source,
            grades,
            term,
            sentence,
            fact.subject,
            fact.arm is None,
        )
        row = found.get(key)
        if row is None or fact.arm in row.cells:
            row = Row(
                fact.topic, fact.measure, fact.cohort, fact.timepoint, fact.subgroup, fact.source, grades
            )
            found[key if key not in found else (*key, fact.id)] = row
        row.cells[fact.arm] = fact
    for row in found.values():
        row.cells = dict(sorted(row.cells.items(), key=lambda cell: order.get(cell[0] or "", 99)))
    return list(found.values())


def by_time(found: Sequence[Row], trial: Trial) -> list[Row]:
    """Rows in the order of their time points."""
    months = {t.id: t.value for t in trial.timepoints}
    return sorted(found, key=lambda row: months.get(row.timepoint or "", 0))
