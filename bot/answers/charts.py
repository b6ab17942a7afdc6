"""Charts: the reported percentages of a topic as points, and the same figures in words.

Only points that a source prints: nothing is joined, smoothed or calculated. Drawing is another matter
(bot.answers.drawing).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, Kind
from bot.answers.cite import references
from bot.answers.compose import Composer
from bot.answers.phrasing import MONTHS_A_YEAR, Phrasing
from bot.answers.rows import Row, by_time, rows
from knowledge.model import Estimate
from knowledge.store import Store

PRIMARY = 2
"""Sources up to this rank are on this very trial."""
FEWEST = 2
"""Figures that make a chart."""


@dataclass(frozen=True, slots=True)
class Point:
    """One reported figure."""

    tick: int
    """Its place on the panel's axis."""
    arm: int
    """Its place among the chart's arms."""
    value: str
    """As the source prints it."""
    low: str | None = None
    high: str | None = None
    """Confidence limits, where the source gives them."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the trial."""

    title: str
    ticks: tuple[str, ...]
    """Time points, or where there are none the sources."""
    places: tuple[float, ...]
    """Where the ticks stand: years, so that times are to scale, or one after another."""
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, and what is said with it."""

    title: str
    arms: tuple[str, ...]
    panels: tuple[Panel, ...]
    words: Answer
    """Every figure of the chart in words, with contradictions and sources."""


def drawable(store: Store, trial_id: str, topic: str) -> list[Estimate]:
    """The reported percentages of a topic in the arms of the trial."""
    return [
        fact
        for fact in store.facts(trial_id, topic=topic)
        if isinstance(fact, Estimate)
        and (fact.unit, fact.subject, fact.subgroup) == ("%", None, None)
        and fact.arm is not None
        and store.source(trial_id, fact.source).rank <= PRIMARY
    ]


def chart(composer: Composer, trial_id: str, topic: str) -> Chart | None:
    """The chart of a topic; None with too few figures to compare. Raises KeyError for an unknown trial."""
    store = composer.store
    trial = store.trial(trial_id)
    words = Phrasing(store, trial, composer.concepts, composer.wording.phrases)
    facts = drawable(store, trial_id, topic)
    if len(facts) < FEWEST:
        return None
    arms = tuple(arm.id for arm in trial.arms if any(fact.arm == arm.id for fact in facts))
    found = by_time(rows(facts, trial), trial)
    cohorts = list(dict.fromkeys([trial.default_cohort, *(row.cohort for row in found)]))
    panels = [
        _panel(words.cohort(cohort), [row for row in found if row.cohort == cohort], arms, words)
        for cohort in cohorts
    ]
    ids = [fact.id for fact in facts]
    bound = [d.wording for d in store.discrepancies(trial_id, ids) if d.show == "always"]
    title = words.phrases["chart"].format(topic=words.topic(topic), trial=trial.acronym)
    answer = Answer(
        kind=Kind.ANSWER,
        headline=title,
        lines=tuple(_lines([row for cohort in cohorts for row in found if row.cohort == cohort], words)),
        notes=tuple(dict.fromkeys([*(fact.note for fact in facts if fact.note), *bound])),
        references=references(store, trial_id, facts),
        facts=tuple(ids),
        understood={"trial": trial_id, "topic": topic},
    )
    return Chart(title, tuple(map(words.arm, arms)), tuple(panel for panel in panels if panel.points), answer)


def _panel(title: str, found: Sequence[Row], arms: Sequence[str], words: Phrasing) -> Panel:
    points, ticks = [], list(dict.fromkeys(tick for row in found for tick in _ticks(row, words)))
    for row in found:
        for arm, fact in row.cells.items():
            assert isinstance(fact, Estimate)
            low, high = (fact.ci.low, fact.ci.high) if fact.ci else (None, None)
            tick = ticks.index(words.time(row.timepoint) or words.source(fact.source))
            points.append(Point(tick, arms.index(str(arm)), fact.value, low, high))
    years = {words.time(time.id): time.value / MONTHS_A_YEAR for time in words.trial.timepoints}
    places = tuple(years.get(tick, float(place)) for place, tick in enumerate(ticks))
    return Panel(title, tuple(ticks), places, tuple(points))


def _ticks(row: Row, words: Phrasing) -> Iterable[str]:
    time = words.time(row.timepoint)
    return [time] if time else [words.source(fact.source) for fact in row.facts]


def _lines(found: Sequence[Row], words: Phrasing) -> Iterable[str]:
    for row in found:
        line = words.row(row)
        # Two sources of one figure stand side by side, so each is named.
        several = sum((r.cohort, r.timepoint) == (row.cohort, row.timepoint) for r in found) > 1
        yield f"{line}, {words.source(row.source)}" if several else line
