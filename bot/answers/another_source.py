"""A figure that one source denies and another reports: said by source, not with a plain no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.rows import Row
from bot.answers.turned import verdict
from bot.understanding.query import Query
from knowledge.model import Concept, Trial

DENIED = ("no", "wrong")


def agreeing(
    query: Query, first: Row, every: Sequence[Row], trial: Trial, concepts: Mapping[str, Concept]
) -> Row | None:
    """The row of another source that holds the claimed figure where the first row's source denies it."""
    if not (query.claims or query.bounds):
        return None
    key = (first.topic, first.measure, first.cohort, first.timepoint, first.subgroup, first.grades)
    for row in every:
        same = (row.topic, row.measure, row.cohort, row.timepoint, row.subgroup, row.grades) == key
        if not same or row.source == first.source:
            continue
        facts = [fact for arm, fact in row.cells.items() if not query.arms or arm in (None, *query.arms)]
        asked = replace(query, yes_no=True)
        if facts and verdict(asked, facts, trial, concepts) == "yes":
            return row
    return None
