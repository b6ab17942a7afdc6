"""What clinicians call things, and the names that lead elsewhere."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from knowledge.model.base import Id, Items, Record

GAP = "..."
"""In a name with gaps, stands for other words in between."""
OR = "|"
"""In a name with gaps, between words of which any will do."""
FRAME_KINDS = ("part", "arm", "trial", "grade", "time", "figure", "drug")
"""What "<...>" may stand for in a name with gaps: any name of that kind."""


Kind = Literal["topics", "journals", "companies", "drugs", "diseases", "stages", "authors", "registrations"]
"""What a fact can name one of."""


class Concept(Record):
    """What clinicians call one thing, for all trials (knowledge/terms/*.yaml)."""

    id: Id
    category: Literal["topic", "measure", "subgroup", "aspect"]
    label: str
    """As an answer writes it inside a sentence: "rate of something"."""
    short: str | None = None
    """As a headline writes it: "RS"."""
    parent: Id | None = None
    """The broader topic, shown when nothing is known of this one."""
    overview: bool = False
    """Is the trial as a whole: no answer to a question beside it that was not understood."""
    at_entry: bool = False
    """Told of patients at entry: a time point after it asks for what is not told."""
    rule: bool = False
    """Tells what was required or allowed; how many patients that held for is not told by it."""
    of_groups: bool = False
    """Speaks of groups of patients itself: a group named beside it does not narrow it."""
    of_related: bool = False
    """Speaks of another trial itself: its name beside the topic does not lead to that trial's own facts."""
    stands_for: dict[str, Items[str]] = Field(default_factory=dict)
    """Related trial -> those of its names that stand for that trial where something else is asked of it."""
    of_outcomes: bool = False
    """A statistic that compares arms in any outcome: asked after one, it is asked of that one."""
    of_drugs: bool = False
    """Is asked of drugs (a dose): after another drug of the trial was spoken of, of that one."""
    drug: bool = False
    """Is a drug given beside the one under test."""
    frames_outcomes: bool = False
    """Says how or when outcomes were looked at; beside one it narrows it to nobody."""
    singles_out: bool = False
    """Happens to some patients: "those" after it are these. Holds of narrower topics, too."""
    tells_trial: Id | None = None
    """Tells of this related trial: what is asked next is asked of it."""
    tells_arm: Literal["test", "reference"] | None = None
    """Tells what that arm was given: "that arm" after it is this one."""
    criterion: Id | None = None
    """Of a subgroup: the topic that tells whether such patients could enter a trial."""
    direction: Literal["higher_is_better", "lower_is_better"] | None = None
    strength: Literal["strong", "weak", "medical"] = "strong"
    """weak: a general word that never suffices beside words we do not know; medical: a disease or symptom, as
    weak, and what it is, means or needs is no question about a trial.
    """
    default_measure: Id | None = None
    identifies: Kind | None = None
    """Its fact names one of these (the primary endpoint, the journal): a name beside it is a claim."""
    names: Items[str] = ()
    frames: Items[str] = ()
    """Names with gaps, "|" between words of which any will do: "how long ... followed|tracked".

    They may stand under `asks` and `implies`, too.
    """
    general: Items[str] = ()
    """Those of all its names that are general words ("response"): weak, although the concept is not."""
    asks: dict[str, Items[str]] = Field(default_factory=dict)
    """Proposition -> names that ask it: {blinded: [double blind, masked]}."""
    implies: dict[str, Items[str]] = Field(default_factory=dict)
    """Measure -> names that say topic and measure at once: {event_rate: [progression or death]}.

    Of a statistic: names that beside a time ask for that other one.
    """


class Elsewhere(Record):
    """Names that put a question outside: trials, drugs and diseases we hold nothing on."""

    trials: Items[str]
    drugs: Items[str]
    diseases: Items[str]
    drug_endings: Items[str]
    """Ends of drug names (INN stems): "mab", "tinib"."""
    disease_endings: Items[str]
    """Ends of disease names: "itis", "oma"."""
    journals: Items[str] = ()
    companies: Items[str] = ()
    """Journals and companies: not so of this trial, but what a question may take to be so."""
    kindred: Items[str] = ()
    """Diseases that our patients may get: a word on them is everyday language, and puts nothing outside."""
