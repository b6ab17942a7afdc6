"""Everything that can be wrong with the knowledge base.

KnowledgeError
├── InvalidKnowledge        the YAML files break a rule (for the maintainer)
├── KnowledgeUnavailable    the compiled file is missing or unreadable
└── DerivationError         a value cannot be computed from its inputs
    ├── UnsuitableInput     a fact does not hold the kind of figure asked for
    ├── ZeroDifference      both groups are equal: no number needed to treat or harm
    ├── WrongDirection      the effect runs the other way: the statistic would mislead
    ├── NotUnique           none or several results fit the inputs
    └── Undefined           outside the formula's domain (division by zero)
"""

from __future__ import annotations

from dataclasses import dataclass


class KnowledgeError(Exception):
    """Base of all errors of this package."""


@dataclass(frozen=True, order=True)
class Problem:
    """One complaint about one place in the data."""

    file: str
    """Path below the knowledge root: "trials/x/efficacy.yaml"."""
    key: str
    """Where in the file: "estimates[3] some.id: value"; empty for the whole file."""
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class InvalidKnowledge(KnowledgeError):
    """The data files break rules; `problems` holds all of them, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class KnowledgeUnavailable(KnowledgeError):
    """The compiled knowledge is missing, damaged or of another version."""


class DerivationError(KnowledgeError):
    """A derived value cannot be computed; becomes a problem of the derivation."""


class UnsuitableInput(DerivationError):
    """An input fact does not hold the kind of figure that the formula reads."""


class ZeroDifference(DerivationError):
    """The groups do not differ, so the number needed to treat or harm is infinite."""


class WrongDirection(DerivationError):
    """The effect runs against the statistic (a benefit statistic of a harm)."""


class NotUnique(DerivationError):
    """None or several whole numbers fit the rounded inputs."""


class Undefined(DerivationError):
    """The inputs lie outside the formula's domain."""
