"""What a question becomes: a typed query, or a reason why there is none.

Accepting, asking back and refusing are all normal results; a refusal has a
stable code for programs and its words in the wording data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Query:
    """One lookup. An empty slot means that the question left it open."""

    trial: str
    topic: str
    measure: str | None = None
    """None: whatever the topic's own measure is."""
    details: tuple[str, ...] = ()
    """Measures asked for beside the first ("HR with CI and P")."""
    arms: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    times: tuple[float, ...] = ()
    """Months after the anchor."""
    grades: tuple[int, ...] = ()
    subgroups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    subject: str | None = None
    """A related trial, when the question is about that one."""
    discrepancy: str | None = None
    """A contradiction asked for by its name."""
    proposition: str | None = None
    """The yes/no statement asked about: "blinded"."""
    aspects: frozenset[str] = frozenset()
    """Turns of the question: comparison, better, source, conflict, ..."""
    claimed_times: tuple[float, ...] = ()
    """Time points at which a figure is said to be greatest or least."""
    claims: tuple[float, ...] = ()
    """Figures that the user states."""
    time_bounds: tuple[tuple[str, float], ...] = ()
    """Limits on a time asked about, in months; of a figure that is a time itself."""
    bounds: tuple[tuple[str, float], ...] = ()
    """Limits and rough figures asked about: ("above", 90), ("nearly", 50)."""
    named: frozenset[str] = frozenset()
    """Concepts said to be what the fact names ("was response the primary endpoint?")."""
    identities: tuple[str, ...] = ()
    """Names outside the vocabulary said to be so ("published in NEJM?")."""
    firm_claim: bool = False
    """The figure was written with "%", or stated as a premise."""
    first_arm: str | None = None
    """The arm a claim such as "did better" speaks of."""
    offers: bool = False
    """Figures are offered to choose from ("was it 40 or 45?"): none of them is claimed."""
    yes_no: bool = False
    states: bool = False
    """It is stated, not asked ("they say it was blinded")."""
    misnomer: bool = False
    """An arm was called by a wrong name."""
    unknown_phase: bool = False
    """A phase was named that the trial does not have."""
    shape: str = "topic"
    """Which shape of the data produced it."""
    inherited: tuple[str, ...] = ()
    """Slots taken over from the turn before."""

    def understood(self) -> dict[str, Any]:
        """The filled slots, for programs and for `--explain`."""
        slots = {
            "trial": self.trial,
            "topic": self.topic,
            "measure": self.measure,
            "arms": list(self.arms),
            "cohorts": list(self.cohorts),
            "months": [round(t, 2) for t in self.times],
            "grades": list(self.grades),
            "subgroups": list(self.subgroups),
            "sources": list(self.sources),
            "subject": self.subject,
            "proposition": self.proposition,
        }
        return {key: value for key, value in slots.items() if value}


@dataclass(frozen=True, slots=True)
class Refusal:
    """No lookup, and why: `kind` of the reply contract and a stable `code`."""

    kind: str
    code: str
    detail: str = ""
    """Name of what stopped it, when it is one of our own concepts."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a part, with the tuple by which readings are compared (smaller wins)."""

    query: Query
    lacking: int
    """1 when nothing is known of the topic with the measure that was asked."""
    unexplained: int
    """Outcomes that were named and that this reading leaves out."""
    generality: int
    """0 for a plain topic; a shape that explains n words together has -n."""
    repaired: int
    place: int = 0
    """Where the topic stands; what is named first is what is asked."""
    vague: int = 0
    """1 when a general word named the topic ("design") and a term stands beside it."""

    @property
    def order(self) -> tuple[int, int, int, int, int, int]:
        """Unexplained, lacking, generality, vagueness, place, repaired letters: in this order."""
        return self.unexplained, self.lacking, self.generality, self.vague, self.place, self.repaired


@dataclass(frozen=True, slots=True)
class Turn:
    """What the next question may lean on: no text, only what was looked up."""

    kind: str
    queries: tuple[Query, ...] = ()
    facts: tuple[str, ...] = ()
    trial: str | None = None
    suggestions: tuple[str, ...] = ()
    elsewhere: bool = False
    """It asked of a trial, drug or disease of which nothing is held."""
    over_time: Query | None = None
    """The last lookup at a time point: what "and at 2 years?" asks for after another topic."""


@dataclass(slots=True)
class Understanding:
    """The result of reading one message."""

    queries: tuple[Query, ...] = ()
    refusal: Refusal | None = None
    chat: str | None = None
    """greeting, thanks, help, ...: for a message that asks nothing."""
    identifiers: bool = False
    """The message seems to hold a person's name, number or date of birth."""
    urgent: bool = False
    trace: dict[str, Any] = field(default_factory=dict)
    """Tokens, spans and candidates, for `ask --explain`."""
