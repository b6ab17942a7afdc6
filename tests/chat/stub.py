"""A readout that answers with what it was asked, so that the edge is tested alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from bot.answers.answer import Answer, Kind, Reference
from bot.answers.edition import Edition


@dataclass(frozen=True)
class StubTurn:
    """Remembers which question it came from, for tests of memory only."""

    text: str


@dataclass(frozen=True)
class StubReply:
    """Stands for bot.pipeline.Reply."""

    answer: Answer
    turn: StubTurn | None


@dataclass
class StubReadout:
    """Echoes; the second line names the turn before."""

    kind: Kind = Kind.ANSWER
    suggestions: tuple[str, ...] = ("and the other arm?",)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Every question, with the one before it."""

    def reply(self, text: str, previous: Any = None) -> Any:
        """An answer that repeats the question; "crash" raises an error that quotes it."""
        self.asked.append((text, previous.text if previous else None))
        if text.startswith("crash"):
            raise ValueError(f"cannot answer {text}")
        answer = Answer(
            kind=self.kind,
            headline=f"Heard: {text[:100]}",
            lines=("A detail.", f"Before: {previous.text[:100] if previous else 'nothing'}"),
            notes=("A contradiction.",),
            basis=("A <limit> & more.",),
            references=(Reference(source="s1", label="A report", locator="Table 1", url=None),),
            suggestions=self.suggestions,
            facts=(),
            understood={},
        )
        return StubReply(answer, StubTurn(text))

    def check(self, text: str, words: Any, part: str | None = None) -> Any:
        """A verdict that repeats the claim; none on a text without a digit."""
        if not any(sign.isdigit() for sign in text):
            return None
        reply = self.reply(text)
        headline = f"Checked: {text[:100]}"
        return StubReply(replace(reply.answer, headline=headline, understood={"checked": []}), reply.turn)

    def has_chart(self, trial_id: str, topic: str) -> bool:
        """Of nothing."""
        return False

    def chart(self, trial_id: str, topic: str) -> None:
        """Of nothing."""

    def edition(self) -> Edition:
        """Of nothing."""
        return Edition(facts=1, sources=1, latest="2020", mark="00000000")

    def standalone(self, text: str, reply: Any) -> str | None:
        """The question itself, but for one that leans on the one before."""
        return None if text.startswith("and ") else text
