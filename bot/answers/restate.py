"""A query as a question that stands alone, so that a follow-up can be shared or linked to."""

from __future__ import annotations

from bot.understanding.query import Query
from knowledge.store import Store

_MONTHS = 12


def restated(query: Query, store: Store) -> str:
    """The words of a query's slots: "2-year X usual care phase III".

    Whether they are understood as the query is for the caller to check, by asking them.
    """
    trial = store.trial(query.trial)
    names = {concept.id: concept.short or concept.label for concept in store.concepts()}
    names |= {arm.id: arm.label for arm in trial.arms}
    names |= {cohort.id: cohort.label for cohort in trial.cohorts}
    names |= {related.id: related.acronym for related in store.related_trials()}
    slots = [query.subject, *(f"grade {grade}" for grade in query.grades), query.topic, query.measure]
    slots += [*query.subgroups, *query.arms, *query.cohorts]
    times = [_time(months) for months in query.times]
    return " ".join([*times, *(names.get(slot, slot) for slot in slots if slot)])


def _time(months: float) -> str:
    years, rest = divmod(months, _MONTHS)
    return f"{months:g}-month" if rest or not years else f"{years:g}-year"
