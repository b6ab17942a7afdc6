"""The ground of every record: strict, frozen, with ids and figures as text."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

T = TypeVar("T")
Items = Annotated[tuple[T, ...], Field(strict=False)]
"""A YAML list, kept as a tuple."""

ID_PATTERN = r"^[a-z0-9]+([._][a-z0-9]+)*$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]
"""A readable path: lower case words joined by "_", levels joined by "."."""


def _numeric(text: str) -> str:
    Decimal(text)
    return text


Figure = Annotated[
    str, Field(pattern=r"^[<>]?\d*\.?\d+$"), AfterValidator(lambda t: (_numeric(t.lstrip("<>")), t)[1])
]
"""A number as its source prints it: "80", "62.5", ".02"."""


def number(figure: str) -> Decimal:
    """The value of a `Figure`; a leading "<" or ">" is dropped."""
    return Decimal(figure.lstrip("<>"))


class Record(BaseModel):
    """Base of every record: unknown keys and wrong types are errors."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Citation(Record):
    """Where a source says it: the source's id and a section, paragraph or table row."""

    source: str
    section: str


class Interval(Record):
    """A confidence interval: level in percent, limits in the estimate's unit."""

    level: int
    low: Figure
    high: Figure
