"""Which gap entry speaks for a query: what is known to be missing."""

from __future__ import annotations

from bot.answers.fits import months_of
from bot.understanding.query import Query
from knowledge.model import Gap, Trial
from knowledge.store import Store

SAME_GAP = {"significance": "p_value"}
"""Measures for which another measure's gap entry speaks."""


def best_gap(query: Query, store: Store) -> Gap | None:
    """The most exact gap entry that covers the query; None when there is none."""
    if query.subject:
        return None
    trial = store.trial(query.trial)
    fitting = [gap for gap in store.gaps(query.trial, query.topic) if _covers(gap, query, trial)]
    return max(fitting, key=_exactness, default=None)


def _exactness(gap: Gap) -> int:
    return sum(v is not None for v in (gap.measure, gap.cohort, gap.arm, gap.timepoint, gap.subgroup))


def _covers(gap: Gap, query: Query, trial: Trial) -> bool:
    asked = {SAME_GAP.get(m, m) for m in (query.measure, *query.details) if m}
    if gap.measure and gap.measure not in asked:
        return False
    if gap.timepoint and months_of(trial, gap.timepoint) not in query.times:
        return False
    if gap.arm and gap.arm not in query.arms:
        return False
    if gap.cohort and gap.cohort not in (query.cohorts or (trial.default_cohort,)):
        return False
    return not gap.subgroup or gap.subgroup in query.subgroups
