"""What is not reported, said plainly, with the nearest that is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.lookup import Lookup
from bot.answers.phrasing import Phrasing
from bot.answers.rows import Row, rows

MAX_NEAREST = 3
FAR = 10_000.0
"""Months: behind every real time point."""


def missing_line(lookup: Lookup, words: Phrasing) -> str:
    """The first line: the gap entry's own words, or the slot for which nothing is given."""
    if lookup.gap is not None:
        return lookup.gap.wording
    query = lookup.query
    topic = words.topic(query.topic, start=False)
    of_other = query.subject is not None and lookup.missing == "measure"
    if of_other or (lookup.missing not in ("measure", "topic") and _is_statistic(query.measure, words)):
        # Not the response rate, but its difference is not reported there.
        topic = words.phrases["statistic_of"].format(
            measure=words.measure(str(query.measure), query.topic), topic=topic
        )
    fields = {"topic": topic, "trial": words.trial.acronym}
    key = f"not_reported.{lookup.missing}"
    value = ""
    match lookup.missing:
        case "times":
            value = ", ".join(words.months(time) for time in query.times)
        case "arms":
            key = key if query.arms else "not_reported.each_arm"
            value = words.arm(query.arms[0]) if query.arms else ""
        case "cohorts" if query.cohorts:
            value = words.cohort(query.cohorts[0])
        case "cohorts":
            key = "not_reported.phase"
        case "grades":
            value = "/".join(str(grade) for grade in query.grades)
        case "subgroups":
            of_groups = words.concepts[query.topic].of_groups if query.topic in words.concepts else False
            key = "not_reported.criterion" if of_groups else key
            value = words.concept(query.subgroups[0])
        case "sources":
            value = words.source(query.sources[0])
        case "details":
            key, value = "not_reported.measure", words.measure(query.details[0], query.topic)
        case "measure":
            value = words.measure(str(query.measure), query.topic)
        case _:
            pass
    if query.subject:
        fields["time"] = value
        key = "not_reported.subject_time" if lookup.missing == "times" else "not_reported.subject"
        value = words.related(query.subject)
    return words.phrases[key].format(**fields, value=value)


def _is_statistic(measure: str | None, words: Phrasing) -> bool:
    """Whether a measure is more than the topic's own figure."""
    named = words.concepts.get(measure or "")
    return named is not None and (named.of_outcomes or named.strength == "strong")


def nearest_rows(lookup: Lookup, words: Phrasing) -> list[Row]:
    """The reported rows that come closest; by time when a time point is missing."""
    found = rows(lookup.nearest, words.trial)
    if lookup.missing == "times":
        found.sort(key=lambda row: abs(_months(row, words) - lookup.query.times[0]))
    return found[:MAX_NEAREST]


def nearest_lines(found: Sequence[Row], words: Phrasing) -> list[str]:
    """One line for each of the nearest rows."""
    return [words.phrases["nearest"].format(row=words.row(row)) for row in found]


def _months(row: Row, words: Phrasing) -> float:
    return next((float(t.value) for t in words.trial.timepoints if t.id == row.timepoint), FAR)
