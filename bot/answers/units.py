"""Units and grades as a figure carries them."""

from __future__ import annotations

from knowledge.model import AdverseEvent


def with_unit(unit: str, value: str) -> str:
    """What stands behind a value: "%", " patients", " patient" for one."""
    if unit == "%":
        return "%"
    if not unit:
        return ""
    return f" {unit[:-1]}" if value == "1" and unit.endswith("s") else f" {unit}"


def grade_label(fact: AdverseEvent) -> str:
    """ "Grade 3/4"; empty when the source gives no grade."""
    if fact.grade_min is None:
        return ""
    if fact.grade_min == fact.grade_max:
        return f"Grade {fact.grade_min}"
    return f"Grade {fact.grade_min}/{fact.grade_max}"
