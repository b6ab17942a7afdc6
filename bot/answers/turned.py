"""A verdict turned round: for what is denied, and for an effect that is credited to the other arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.limits import exists
from bot.answers.verdicts import TURNED, judged
from bot.understanding.query import Query
from knowledge.model import Concept, Fact, Trial

DENIED = "denied"
"""Aspect of a statement with "not", of which a yes or no is wanted."""
BY_REFERENCE = "by_reference"
"""Aspect of an effect that is said to be one of the arm that the tested one is compared with."""
EFFECTS = frozenset({"improved", "survival_benefit"})
"""Propositions on an effect of the tested treatment."""
OF_EFFECT = frozenset({"hazard_reduction", "relative_risk_reduction", "relative_risk"})
"""Measures of such an effect."""


def verdict(query: Query, facts: Sequence[Fact], trial: Trial, concepts: Mapping[str, Concept]) -> str | None:
    """ "yes", "no", "not shown", "wrong" (a false premise) or None; turned round where that is asked."""
    if DENIED in query.aspects:
        return _of_denied(query, facts, trial, concepts)
    said = judged(query, facts, trial, concepts)
    if BY_REFERENCE not in query.aspects or not query.yes_no:
        return said
    if query.proposition in EFFECTS and said == "yes":
        return "no"
    return "no" if said is None and query.measure in OF_EFFECT and not query.claims else said


def _of_denied(
    query: Query, facts: Sequence[Fact], trial: Trial, concepts: Mapping[str, Concept]
) -> str | None:
    stated = replace(query, aspects=query.aspects - {DENIED})
    said = judged(stated, facts, trial, concepts)
    if said is None and not query.claims:
        # "They did not respond, right?"
        return exists(replace(stated, aspects=stated.aspects | {"none"}), facts)
    return TURNED.get(said, said) if said else None
