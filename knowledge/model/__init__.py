"""The records of the knowledge base: frozen, strict, one class per kind.

Names follow ClinicalTrials.gov (API v2) where it has one and CONSORT where
not. Figures are text, printed exactly as the source prints them ("62.5",
".02"); `Figure` guarantees that they are numbers.
"""

from __future__ import annotations

from knowledge.model.base import ID_PATTERN, Citation, Figure, Id, Interval, Items, Record, number
from knowledge.model.caveats import Derivation, Discrepancy, Gap, Position
from knowledge.model.concepts import FRAME_KINDS, GAP, OR, Concept, Elsewhere
from knowledge.model.facts import (
    AdverseEvent,
    Assertion,
    Comparison,
    Criterion,
    Derived,
    Disposition,
    Estimate,
    Fact,
    Requirement,
    Statement,
)
from knowledge.model.trial import Arm, Cohort, RelatedTrial, Source, Timepoint, Trial

__all__ = [
    "FRAME_KINDS",
    "GAP",
    "ID_PATTERN",
    "OR",
    "AdverseEvent",
    "Arm",
    "Assertion",
    "Citation",
    "Cohort",
    "Comparison",
    "Concept",
    "Criterion",
    "Derivation",
    "Derived",
    "Discrepancy",
    "Disposition",
    "Elsewhere",
    "Estimate",
    "Fact",
    "Figure",
    "Gap",
    "Id",
    "Interval",
    "Items",
    "Position",
    "Record",
    "RelatedTrial",
    "Requirement",
    "Source",
    "Statement",
    "Timepoint",
    "Trial",
    "number",
]
