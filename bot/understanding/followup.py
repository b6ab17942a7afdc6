"""Follow-ups: a message that changes one slot of the question before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.understanding.measures import COUNTS, DERIVED, WEAK_MEASURES
from bot.understanding.query import Query, Turn
from bot.understanding.slots import Slots
from knowledge.model import Trial

DETAILS = frozenset({"confidence_interval", "p_value", "significance"})
"""Measures that only make sense of an earlier figure."""
OF_A_TIME = {"hazard_reduction": "relative_risk_reduction"}
"""What an effect over the whole follow-up is at one time point; the others have only the rates."""
ABOUT_ANSWER = frozenset({"source", "conflict", "formula"})
"""Aspects that ask about the answer just given."""
BETWEEN_ARMS = DERIVED | {"nnt", "nnh", "odds_ratio"}
"""Measures that set the arms against each other: one arm has none."""
EACH_ARM = frozenset({"both_arms", "arm_sizes"})
"""Turns of a question that ask for each arm."""
SHORT_YEARS = 10
"""A bare number up to this is taken as years after a question with a time point."""
MONTHS_A_YEAR = 12


class Knows(Protocol):
    """What a follow-up needs to know of the facts."""

    def available(self, query: Query) -> bool:
        """Whether anything is known of a query: a measure that the earlier topic lacks is no follow-up."""

    def fits(self, query: Query) -> bool:
        """Whether its statistic is one that its topic could have, known or not."""

    def is_outcome(self, query: Query) -> bool:
        """Whether statistics can be asked of its topic."""

    def lasts(self, query: Query) -> bool:
        """Whether what was asked of is a length of time itself."""

    def timed(self, query: Query) -> bool:
        """Whether its measure is given at time points; else a time point asks for the topic's own figure."""

    def stated(self, query: Query, figure: float) -> bool:
        """Whether a figure is one of the earlier topic's, and so no time point."""


def merged(
    slots: Slots,
    previous: Turn,
    trial: Trial,
    known: Knows,
) -> Query | None:
    """The earlier query with the slots of this message put in; None when it is no follow-up."""
    if not previous.queries or slots.topics or slots.related:
        return None
    base = previous.queries[-1] if not slots.measures else previous.queries[0]
    if base.trial != (slots.trial or base.trial):
        return None
    aspects = slots.aspect_ids()
    if aspects == {"comparison"} and not (slots.heads or slots.narrows or slots.figures):
        # "Versus?" after the figure of one arm.
        aspects = frozenset({"other_arm"}) if len(base.arms) == 1 else aspects
    changed = _with_slots(base, slots, trial, aspects)
    if "conflict" in aspects and {span.id for span in slots.measures} <= {"reason"}:
        return replace(changed, aspects=aspects)
    if slots.measures:
        return _with_measure(base, changed, slots, known)
    quoted = any(known.stated(base, figure) for figure in slots.figures)
    exact = quoted or slots.firm or any(figure != int(figure) for figure in slots.figures)
    checked = slots.states or (slots.elliptical and (exact or len(slots.figures) > 1))
    if slots.figures and checked and not (slots.anchored or slots.narrows) and known.is_outcome(base):
        # "That's 66, isn't it?": of what was told, not whatever it belongs to.
        return changed
    if slots.figures and not (slots.times or slots.anchored or slots.cohorts) and base.times and not quoted:
        numbered = _with_number(changed, slots, trial)
        if numbered is not None:
            return numbered
    if slots.narrows or "other_arm" in aspects or "both_arms" in aspects or "both_cohorts" in aspects:
        if slots.times and base.measure and not known.timed(changed):
            return replace(changed, measure=OF_A_TIME.get(base.measure), details=())
        # "P?", "and in that group?": the ratio of the group, although it has no P value.
        return replace(changed, details=()) if slots.subgroups else changed
    if aspects & ABOUT_ANSWER:
        return replace(changed, aspects=aspects)
    if "entry" in aspects and slots.figures and not known.is_outcome(base):
        # "Would 12 have been enough to get in?" after the limit.
        return changed
    if "all_times" in aspects:
        return replace(changed, times=())
    if slots.figures and not slots.anchored and not quoted:
        points = {float(point.value) for point in trial.timepoints}
        timed = known.timed(changed) and set(slots.figures) <= points
        return _with_number(changed, slots, trial, timed=timed)
    # "So where does the 76 come from?": whatever time it belongs to.
    return replace(changed, times=()) if quoted and not slots.anchored else None


def _with_slots(base: Query, slots: Slots, trial: Trial, aspects: frozenset[str]) -> Query:
    arms = tuple(slots.arms) or base.arms
    if slots.sources and not slots.arms:
        # "2019?" after the sizes of both arms in the paper.
        aspects |= base.aspects & EACH_ARM
    if "other_arm" in aspects:
        every = [arm.id for arm in trial.arms]
        arms = tuple(arm for arm in every if arm not in base.arms) if len(base.arms) == 1 else ()
    if "both_arms" in aspects and not slots.arms:
        arms = ()
    cohorts = tuple(slots.cohorts) or base.cohorts
    if "both_cohorts" in aspects:
        cohorts = tuple(cohort.id for cohort in trial.cohorts if cohort.phase)
    measure = base.measure
    if measure == "reason" or (measure in BETWEEN_ARMS and len(slots.arms) == 1):
        # "Just on X?" after a difference: that arm's own figure.
        measure = None
    return replace(
        base,
        arms=arms,
        cohorts=cohorts,
        times=_moved(base, slots) or tuple(slots.times) or base.times,
        grades=tuple(sorted(slots.grades)) or base.grades,
        subgroups=tuple(slots.subgroups) or base.subgroups,
        sources=tuple(slots.sources) or (() if slots.subgroups else base.sources),
        unknown_phase=slots.unknown_phase,
        aspects=aspects,
        claims=tuple(slots.figures),
        firm_claim=slots.firm,
        first_arm=slots.arms[0] if slots.arms else None,
        measure=measure,
        proposition=next((s.meaning.proposition for s in slots.measures if s.meaning.proposition), None),
        shape="thread",
        inherited=_kept(base, slots),
    )


def _moved(base: Query, slots: Slots) -> tuple[float, ...]:
    """ "And a year later?": counted from the time point before."""
    ahead = {"later": 1, "earlier": -1}
    ways = [way for aspect, way in ahead.items() if aspect in slots.aspect_ids()]
    if len(ways) != 1 or len(slots.times) != 1 or len(base.times) != 1:
        return ()
    return (base.times[0] + ways[0] * slots.times[0],)


def _kept(base: Query, slots: Slots) -> tuple[str, ...]:
    kept = ["topic"]
    for name in ("arms", "cohorts", "times", "grades", "subgroups", "sources"):
        if getattr(base, name) and not getattr(slots, name):
            kept.append(name)
    if base.measure and not slots.measures:
        kept.append("measure")
    return tuple(kept)


def _with_measure(base: Query, changed: Query, slots: Slots, known: Knows) -> Query | None:
    said = list(dict.fromkeys(span.id for span in slots.measures))
    exact = [measure for measure in said if measure not in WEAK_MEASURES]
    certain = [measure for measure in said if measure in DETAILS]
    # "Difference significant?" asks for the P value of what was spoken of.
    ahead = ["reason"] if "reason" in said else (certain if "difference" in said else [])
    head = [*ahead, *exact, *said][0]
    if head in COUNTS:
        head = "count"
        if base.measure == "most_common":
            # The statement on the most common event carries its number.
            return replace(changed, measure=base.measure)
    if head in ("duration", "count") and known.lasts(base):
        # "And how long in the paper?" after a time.
        return replace(changed, measure=base.measure)
    if head in ("definition", "relative_risk_reduction") and base.measure == "hazard_ratio":
        head = "hazard_reduction"
    if head == "p_value" and base.measure in BETWEEN_ARMS and not base.subject:
        # "P value?" after a number needed to treat: that of the comparison.
        of_ratio = replace(changed, measure="hazard_ratio", details=(head,), times=(), arms=())
        return of_ratio if known.available(of_ratio) else replace(changed, measure=head, details=())
    if head == "confidence_interval" and base.measure in COUNTS:
        # "CI?" after a number of patients: of the share.
        return replace(changed, measure=head, details=())
    if head in DETAILS and base.measure not in (None, "rate") and head != base.measure:
        wanted = replace(changed, measure=base.measure, details=(head,))
        if base.subject and known.available(replace(wanted, details=())):
            # Of another trial one statement tells the figure with all that goes with it.
            return replace(wanted, details=())
        return wanted if known.available(wanted) else replace(changed, measure=head, details=())
    wanted = replace(changed, measure=head, details=tuple(m for m in said if m in DETAILS and m != head))
    if head in DETAILS and not known.available(wanted):
        of_ratio = replace(changed, measure="hazard_ratio", details=(), times=())
        if known.available(of_ratio):
            # "CI of that HR": of the broader topic with which the ratio stands.
            return replace(of_ratio, details=(head,))
        if not known.is_outcome(wanted):
            # "P?" after "who paid?" starts anew.
            return None
    if head in DETAILS:
        # A P value or interval belongs to the whole comparison, not to a time point.
        return replace(wanted, times=())
    if head == base.measure and not (slots.narrows or slots.figures):
        # "And does it grow with time?": at every time point.
        wanted = replace(wanted, times=())
    for attempt in (wanted, replace(wanted, times=()), replace(wanted, times=(), arms=())):
        if known.available(attempt):
            return attempt
    # "Difference?" after an adverse event: not that of the primary endpoint.
    # "Percent?" after a number of patients.
    return wanted if known.fits(wanted) or (head == "rate" and known.is_outcome(base)) else None


def _with_number(changed: Query, slots: Slots, trial: Trial, *, timed: bool = False) -> Query | None:
    """The figures as time points or phases; `timed`: what was spoken of has figures over time."""
    timed = timed or bool(changed.times)
    if len(slots.figures) > 3:
        return None
    phases = [c.id for c in trial.cohorts if c.phase in slots.figures]
    if not timed and changed.cohorts and phases:
        return replace(changed, cohorts=tuple(phases), claims=())
    if not timed:
        return None
    months = tuple(f * MONTHS_A_YEAR if f <= SHORT_YEARS else f for f in slots.figures)
    return replace(changed, times=months, claims=())
