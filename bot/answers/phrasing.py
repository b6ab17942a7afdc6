"""Facts in words: figures as the source prints them, set into the wording data.

Every sentence comes from wording.yaml (`phrases`); Python only fills fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.printed import printed
from bot.answers.rows import Row
from bot.answers.units import grade_label
from knowledge.model import (
    GAP,
    AdverseEvent,
    Comparison,
    Concept,
    Criterion,
    Derived,
    Disposition,
    Estimate,
    Fact,
    Statement,
    Trial,
)
from knowledge.store import Store

MONTHS_A_YEAR = 12


@dataclass(slots=True)
class Phrasing:
    """Words for one trial's facts."""

    store: Store
    trial: Trial
    concepts: Mapping[str, Concept]
    phrases: Mapping[str, str]

    # Names

    def topic(self, topic: str, *, start: bool = True) -> str:
        """The short name of a topic, or its label (with a capital at the start of a sentence)."""
        concept = self.concepts.get(topic)
        if concept is None:
            return topic.replace("_", " ")
        return concept.short or (capital(concept.label) if start else concept.label)

    def measure(self, measure: str, topic: str) -> str:
        """The name of a measure; a topic may name its own events."""
        concept = self.concepts.get(topic)
        if concept is not None and concept.implies.get(measure):
            return next(name for name in concept.implies[measure] if GAP not in name)
        named = self.concepts.get(measure)
        return named.label if named else measure.replace("_", " ")

    def arm(self, arm: str | None) -> str:
        """The arm's name inside a sentence."""
        return next((a.label for a in self.trial.arms if a.id == arm), self.phrases["treatment"])

    def cohort(self, cohort: str | None) -> str:
        """ "phase III", or an empty text for a fact of the whole trial."""
        return next((c.label for c in self.trial.cohorts if c.id == cohort), "")

    def months(self, months: float) -> str:
        """ "3 years", "18 months"."""
        if months and months % MONTHS_A_YEAR == 0:
            years = int(months // MONTHS_A_YEAR)
            return f"{years} year" if years == 1 else f"{years} years"
        if months < 1:
            return f"{months * 30.4375:.0f} days"
        return f"{months:g} month" if months == 1 else f"{months:g} months"

    def time(self, timepoint: str | None, *, adjective: bool = False) -> str:
        """ "3 years", or as an adjective "3-year"."""
        found = next((t for t in self.trial.timepoints if t.id == timepoint), None)
        if found is None:
            return ""
        words = self.months(found.value)
        return words.replace(" ", "-").removesuffix("s") if adjective else words

    def source(self, source: str) -> str:
        """How an answer names a source inside a sentence."""
        return self.store.source(self.trial.id, source).label

    def rank(self, source: str) -> int:
        """The source's rank: 1 primary report, 2 paper of the same trial, 3 context."""
        return self.store.source(self.trial.id, source).rank

    def concept(self, concept: str) -> str:
        """A concept's label as it stands inside a sentence."""
        found = self.concepts.get(concept)
        return found.label if found else concept.replace("_", " ")

    def related(self, subject: str) -> str:
        """A related trial's acronym."""
        return next((t.acronym for t in self.store.related_trials() if t.id == subject), subject)

    # Figures

    def figure(self, fact: Fact) -> str:
        """The fact's figure with its unit: "80%", "0.57", "15 of 20 patients (75%)"."""
        inputs = [self.store.fact(self.trial.id, i) for i in fact.inputs] if isinstance(fact, Derived) else ()
        return printed(fact, self.phrases["count_of"], inputs)

    # Sentences

    def row(self, row: Row, arms: Sequence[str] = ()) -> str:
        """One row as a sentence; `arms` are those asked for (none: all)."""
        first = row.first
        if isinstance(first, Statement | Criterion):
            return first.headline
        cells = {arm: fact for arm, fact in row.cells.items() if not arms or arm is None or arm in arms}
        cells = cells or row.cells
        return self.join(self._label(row, first), cells, self._suffix(row, first))

    def join(self, label: str, cells: Mapping[str | None, Fact], suffix: str) -> str:
        """Label, cells and suffix in the wording for one arm, two arms or none."""
        if len(cells) >= 2:
            (arm1, fact1), (arm2, fact2) = list(cells.items())[:2]
            text = self.phrases["pair"].format(
                label=label,
                value1=self.figure(fact1),
                arm1=self.arm(arm1),
                value2=self.figure(fact2),
                arm2=self.arm(arm2),
            )
        else:
            ((arm, fact),) = cells.items()
            key = "single" if arm else "plain"
            text = self.phrases[key].format(label=label, value=self.figure(fact), arm=self.arm(arm))
        return text + suffix

    def label(self, row: Row) -> str:
        """What the row's figures are: "2-year X", "X hazard ratio"."""
        return self._label(row, row.first)

    def _label(self, row: Row, first: Fact) -> str:
        time = self.time(row.timepoint, adjective=True)
        topic = self.topic(row.topic, start=not time)
        fields = {"time": f"{time} " if time else "", "topic": topic}
        if isinstance(first, AdverseEvent):
            grade = grade_label(first)
            label = self.topic(row.topic, start=not grade)
            return (
                self.phrases["adverse_event"].format(grade=f"{grade} " if grade else "", topic=label).strip()
            )
        if isinstance(first, Disposition):
            return self.phrases[f"disposition.{first.state}"]
        concept = self.concepts.get(row.topic)
        if isinstance(first, Estimate) and (row.measure in ("rate", "count", "median") or not concept):
            return self.phrases["label.own"].format(**fields)
        return self.phrases.get(f"label.{row.measure}", self.phrases["label.measure"]).format(
            **fields, measure=self.measure(row.measure, row.topic)
        )

    def _suffix(self, row: Row, first: Fact) -> str:
        marks = [self.cohort(row.cohort)]
        if row.subgroup:
            concept = self.concepts.get(row.subgroup)
            marks.append(concept.label if concept else row.subgroup)
        if isinstance(first, Comparison) and first.n:
            marks.append(f"n={first.n}")
        if isinstance(first, Derived):
            marks.append(self.phrases["derived"])
        if first.status == "context":
            marks.append(self.phrases["context"].format(source=self.source(first.source)))
        marks = [mark for mark in marks if mark]
        return f" ({', '.join(marks)})" if marks else ""

    def over_parts(self, found: Sequence[Row], arms: Sequence[str] = ()) -> str:
        """One measure in several parts of the trial: "62.5% (phase II), 60% (phase III)"."""
        labels = {self.label(row) for row in found}
        shown = [
            {arm: f for arm, f in row.cells.items() if not arms or arm in arms or arm is None}
            for row in found
        ]
        names = {tuple(cells) for cells in shown}
        if len(labels) > 1 or len(names) > 1 or any(len(cells) != 1 for cells in shown):
            return "; ".join(self.row(row, arms) for row in found)
        arm = next(iter(shown[0]))
        values = [
            self.figure(next(iter(cells.values()))) + self._suffix(row, row.first)
            for row, cells in zip(found, shown, strict=True)
        ]
        key = "single" if arm else "plain"
        return self.phrases[key].format(label=labels.pop(), value=", ".join(values), arm=self.arm(arm))

    def over_time(self, found: Sequence[Row], arms: Sequence[str] = ()) -> str:
        """Several time points of one measure in one sentence."""
        first = found[0]
        cells = [
            [self.figure(f) for arm, f in row.cells.items() if not arms or arm is None or arm in arms]
            for row in found
        ]
        shown = [arm for arm in first.cells if not arms or arm is None or arm in arms]
        names = self.phrases["versus"].join(self.arm(arm) for arm in shown if arm)
        times = [
            self.phrases["at"].format(
                value=self.phrases["versus"].join(values), time=self.time(row.timepoint)
            )
            for row, values in zip(found, cells, strict=True)
            if values
        ]
        label = self.phrases.get("label.own", "{topic}").format(time="", topic=self.topic(first.topic))
        if not isinstance(first.first, Estimate):
            label = self._label(Row(first.topic, first.measure, None, None, None, ""), first.first)
        key = "over_time" if names else "over_time.plain"
        return self.phrases[key].format(label=label, arms=names, times=", ".join(times)) + self._suffix(
            first, first.first
        )


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
