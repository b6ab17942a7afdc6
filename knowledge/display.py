"""A record as a person at a terminal wants to read it, with what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.fact_row import figure, limits
from knowledge.model import (
    AdverseEvent,
    Comparison,
    Concept,
    Criterion,
    Derived,
    Discrepancy,
    Estimate,
    Fact,
    Gap,
    Record,
    RelatedTrial,
    Source,
    Statement,
)
from knowledge.store import Store

SHOWN_APART = {
    *("id", "kind", "source", "section", "also", "headline", "inputs"),
    *("value", "unit", "ci", "low", "high", "p_value", "percent", "affected"),
}
"""Fields of a fact that stand in its first lines, or on lines of their own."""


def headline(fact: Fact) -> str:
    """The fact in a few words or figures: "90%", "hazard ratio 0.50 (95% CI 0.40-0.60), P=.01"."""
    if isinstance(fact, Statement | Criterion):
        return fact.headline
    value, unit = figure(fact)
    text = f"{value}%" if unit == "%" else " ".join(part for part in (value, unit) if part)
    if isinstance(fact, Comparison):
        text = f"{unit} {value}"
    low, high = limits(fact)
    if low is not None:
        level = f"{fact.ci.level}% CI " if isinstance(fact, Estimate | Comparison) and fact.ci else ""
        text += f" ({level}{low}-{high})"
    if isinstance(fact, Comparison) and fact.p_value:
        text += f", P={fact.p_value}"
    if isinstance(fact, AdverseEvent) and fact.percent and fact.affected is not None:
        text += f" ({fact.affected} patients)"
    return text


def fields(record: Record, apart: set[str]) -> Iterator[str]:
    """One line per field that says something."""
    for name, value in record.model_dump(mode="json").items():
        if name not in apart and value not in (None, [], {}, False, ""):
            yield f"  {name.replace('_', ' '):<16} {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items() if item is not None)
    return str(value)


def citation(store: Store, trial_id: str, source_id: str, section: str) -> str:
    """ "2031 paper [N1], Table 2"."""
    source = store.source(trial_id, source_id)
    return f"{source.label} [{source_id}], {section}"


def show(store: Store, trial_id: str, record: Record) -> str:
    """The record in full: for a fact also its sources, inputs and contradictions."""
    if isinstance(record, Gap | Discrepancy | Source | Concept | RelatedTrial):
        lines = [record.id, *fields(record, {"id", "positions", "nearest"})]
        if isinstance(record, Discrepancy):
            lines += (f"  {', '.join(part.sources):<16} {part.says}" for part in record.positions)
        if isinstance(record, Gap):
            lines += (_related(store, trial_id, "nearest", fact) for fact in record.nearest)
        return "\n".join(lines)
    return _show_fact(store, trial_id, record)  # type: ignore[arg-type]


def _show_fact(store: Store, trial_id: str, fact: Fact) -> str:
    lines = [fact.id, f"  {headline(fact)}", *fields(fact, SHOWN_APART)]
    lines.append(f"  {'source':<16} {citation(store, trial_id, fact.source, fact.section)}")
    lines += (f"  {'also':<16} {citation(store, trial_id, more.source, more.section)}" for more in fact.also)
    if isinstance(fact, Derived):
        lines += (_related(store, trial_id, "input", id_) for id_ in fact.inputs)
    lines += (
        f"  {'contradiction':<16} {found.id} ({found.resolution}): {found.wording}"
        for found in store.discrepancies(trial_id, [fact.id])
    )
    return "\n".join(lines)


def _related(store: Store, trial_id: str, role: str, fact_id: str) -> str:
    return f"  {role:<16} {fact_id}: {headline(store.fact(trial_id, fact_id))}"


def row(fact: Fact) -> str:
    """One line of a list of facts."""
    return f"{fact.id:<52} {headline(fact)}  [{fact.source}]"
