"""Which statistic a part of a question asks for, when several words name one."""

from __future__ import annotations

from bot.understanding.slots import Slots

WEAK_MEASURES = frozenset({"rate", "count", "how_many", "median", "size", "ratio"})
"""Give way to a more exact measure in the same part ("how many ... NNT")."""
COUNTS = frozenset({"how_many", "count"})
"""Ask for a number of patients or events."""
CERTAINTY = ("p_value", "significance")
DERIVED = frozenset({"difference", "relative_risk", "relative_risk_reduction", "ratio"})
PER_PATIENTS = frozenset({"per_100", "per_1000"})
ASKED_WHY = frozenset({"p_value", "confidence_interval", "hazard_ratio"})
"""Statistics that have no reason of their own: their figures and notes answer."""
EXTRA = frozenset({"to_treat", "better", "worse", "higher", "lower", "comparison"})
"""Turns that ask what an arm adds, not what happens in it."""
DIRECTIONS = frozenset({"better", "worse", "higher", "lower"})


def measures(slots: Slots, implied: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The measure of a part and those asked beside it; `implied`: what the topic's own name says."""
    timed = bool(slots.times)
    # "Less risk by year 2" is that of the time; the hazard is of the whole follow-up.
    said = list(dict.fromkeys((timed and s.meaning.measure) or s.id for s in slots.measures))
    if implied == "event_rate" and "count" in said:
        return "events", ()
    if implied == "events" and "rate" in said:
        # "Events in each arm, %".
        return "event_rate", ()
    if implied in ("event_rate", "events") and "median" in said:
        # "Median time to X or death".
        return "median", ()
    if implied in DERIVED and set(said) <= {"rate"}:
        # "The ratio of the rates".
        return implied, ()
    behind = implied == "events" and set(said) - WEAK_MEASURES == {"hazard_ratio"}
    if implied in CERTAINTY or behind:
        return implied, ()
    if slots.counted:
        said = ["count" if measure == "how_many" else measure for measure in said]
    exact = [measure for measure in said if measure not in WEAK_MEASURES]
    if exact:
        said = exact
    elif implied in ("rate", "how_many") and "count" in said:
        # "How many responded, the number, not the percentage".
        return "count", ()
    elif implied:
        return implied, ()
    if "ratio" in said:
        # "The ratio of the incidences", "how many times more".
        said = [measure for measure in said if measure not in COUNTS | {"rate"}]
    if "rate" in said:
        said = [measure for measure in said if measure != "how_many"]
    if "count" in said:
        said = [measure for measure in said if measure not in ("how_many", "rate")]
    if "definition" in said and "entry" in slots.aspect_ids():
        # "What counted as abnormal to get in?" asks for the limit.
        said.remove("definition")
    if len(slots.arms) == 1 and not slots.aspect_ids() & EXTRA and "difference" not in said:
        # "How many in 100 progress without it?" is that arm's own rate.
        rest = [measure for measure in said if measure not in PER_PATIENTS]
        said = rest if rest or implied else said
    if "kinds" in said and slots.grades:
        # "Any grade 3, whatever type": all kinds together.
        said.remove("kinds")
    if "difference" in said and (len(slots.cohorts) > 1 or "both_cohorts" in slots.aspect_ids()):
        # No difference between parts of a trial is worked out: their figures stand side by side.
        said.remove("difference")
    if "difference" in said and set(said) & {"hazard_reduction", "per_1000"}:
        # "By how much did it lower the hazard?", "the benefit per 1,000".
        said.remove("difference")
    if "reason" in said and "conflict" in slots.aspect_ids():
        said.remove("reason")
    if "reason" in said and "most_common" in said:
        # "Why was X the most common?" first needs an answer to whether it was.
        said.remove("reason")
    if "reason" in said and slots.aspect_ids() & DIRECTIONS:
        # "Why did X do better?" first needs an answer to whether it did.
        said.remove("reason")
    if "reason" in said and set(said) & ASKED_WHY:
        # "Why is the P value quoted twice?"
        said.remove("reason")
    if (
        not said
        and not implied
        and slots.states
        and len(slots.figures) == 1
        and not (slots.firm or slots.bounds)
    ):
        # "Did 5 people have it?": their number, not their share.
        return ("count" if slots.people or slots.counted else None), ()
    if not said:
        return implied, ()
    certainty = [m for m in said if m in CERTAINTY]
    if certainty and set(said) & DERIVED:
        # "P value of the difference": the P value is what is asked.
        return certainty[0], ()
    head = next((m for m in said if m not in ("confidence_interval", "p_value", "significance")), said[0])
    return head, tuple(m for m in said if m != head)
