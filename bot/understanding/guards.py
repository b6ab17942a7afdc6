"""Advice, emergencies and identifiers: recognised before any lookup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.words.spans import Category, Span
from bot.understanding.words.tagger import Tagged

_STATISTICAL = frozenset({Category.MEASURE, Category.PHASE, Category.COHORT, Category.SOURCE})
_CLINICAL = frozenset(
    {Category.ARM, Category.CONDITION, Category.TOPIC, Category.SUBGROUP, Category.FOREIGN, Category.TRIAL}
)
_DATE = re.compile(r"(?<![\w.])[0-3]?\d[./-][0-3]?\d[./-](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b")
_PHONE = re.compile(
    r"(?<![\w.])\+?\d{1,3}[ -]?\(?\d{2,4}\)?(?:[ -]\d{2,4}){2,4}(?!\w)|(?<!\w)\+\d{8,14}(?!\w)"
)
_RECORD = re.compile(
    r"\b(?:mrn|nhs|ssn|hosp(?:ital)?\.? ?(?:no|nr|num|number|id|#)|patient (?:id|no|number)|"
    r"record (?:no|number)|case (?:no|number)|insurance (?:no|number)|id (?:no|number)|passport)\b"
    r"\W{0,4}[\w-]*\d",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:born|dob|d\.o\.b|date of birth)\b\W{0,4}(?:on |in )?\w*\W?\w*\W?\d", re.IGNORECASE)
_AGE = re.compile(
    r"^\W*(?:[Pp](?:t|atient):? )?[3-9]\d ?[MF]\b(?![/-])|"
    r"\b[3-9]\d ?-?(?:yo|y/o|y\.o\.|yrs? old|years? old|year-old)\b|"
    r"\b[Ii](?:'m| am|m) [3-9]\d\b(?! ?(?:%|months?|mos?\b|weeks?|days?|min))"
)
"""Somebody's age: "63M, ..." at the beginning, "a 74 yo", "I'm 58"."""
_NUMBERED = re.compile(r"[\d@]")
"""Without it no message holds an age or an identifier."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of guards.yaml."""

    id: str
    kind: str
    when: frozenset[str]
    unless: frozenset[str]


def rules_of(data: Mapping[str, Sequence[Mapping[str, object]]]) -> tuple[Rule, ...]:
    """The rules of guards.yaml, in their order."""
    return tuple(
        Rule(str(r["id"]), str(r["kind"]), frozenset(r["when"]), frozenset(r.get("unless", ())))  # type: ignore[call-overload]
        for r in data["rules"]
    )


def first_rule(
    rules: Sequence[Rule], tagged: Tagged, clinical: frozenset[str], *, of_person: bool
) -> Rule | None:
    """The first rule that holds, or None; `clinical`: groups that make a decision one on a treatment.

    `of_person`: the raw message identifies somebody, or tells an age.
    """
    present = {span.id for span in tagged.guards}
    present |= {span.category.value for span in tagged.spans}
    if of_person:
        present.add("person")
    if any(span.category in _STATISTICAL and not _in_passing(span) for span in tagged.spans):
        present.add("statistic")
    if present & clinical or any(s.category in _CLINICAL and not _everyday(s) for s in tagged.spans):
        present.add("clinical")
    for rule in rules:
        if rule.when <= present and not rule.unless & present:
            return rule
    return None


def _in_passing(span: Span) -> bool:
    """ "Swollen n hot since last night": a single everyday word that is also a statistic."""
    return span.category is Category.MEASURE and span.meaning.weak and span.end == span.start + 1


def _everyday(span: Span) -> bool:
    """ "How do I control ...": the name of an arm that is an everyday word."""
    return span.category is Category.ARM and span.meaning.weak


def names_like_dates(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are written as a date is, longest first: "20/2/20"."""
    return tuple(sorted({n for n in names if _DATE.fullmatch(n)}, key=len, reverse=True))


def has_identifiers(text: str, names: Sequence[str] = ()) -> bool:
    """True when the raw message seems to identify a person: record number, birth date, phone, e-mail.

    `names`: of ours that are written as a date is.
    """
    if _NUMBERED.search(text) is None:
        return False
    if any(pattern.search(text) for pattern in (_RECORD, _BORN, _PHONE, _EMAIL)):
        return True
    return any(found.group() not in names for found in _DATE.finditer(text))


def tells_age(text: str) -> bool:
    """True when the raw message tells the age of somebody."""
    return _NUMBERED.search(text) is not None and _AGE.search(text) is not None
