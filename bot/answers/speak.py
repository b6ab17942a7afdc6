"""Replies that are no lookup: small talk, refusals, advice, questions back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answers.answer import Answer, Kind
from bot.answers.suggest import Suggester
from bot.answers.wording import Wording
from bot.understanding.query import Refusal, Understanding
from knowledge.model import Trial

ANCHORED = ("unknown_word", "restricted")
"""Refusals that read differently when the trial itself was named."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Fills the `replies` of the wording data."""

    wording: Wording
    languages: Mapping[str, str]
    """Language code -> its polite line."""
    suggester: Suggester

    def refuse(self, refusal: Refusal, trial: Trial) -> Answer:
        """The reply to a message that gets no lookup."""
        kind = Kind(refusal.kind)
        code = refusal.code
        if code in ANCHORED and kind is Kind.NOT_REPORTED:
            code = f"{code}.trial"
        if code.startswith("language."):
            return self._language(code.removeprefix("language."), trial)
        return self.say(kind, code, trial)

    def say(self, kind: Kind, code: str, trial: Trial) -> Answer:
        """The reply with this code."""
        entry = self.wording.replies[code]
        while "same_as" in entry:
            entry = self.wording.replies[entry["same_as"]]
        offered = self.suggester.after(
            trial.id, code if f"after.{code}" in self.suggester.questions else kind.value
        )
        fields = {"trial": trial.acronym, "examples": " ".join(offered)}
        return Answer(
            kind=kind,
            headline=str(entry["headline"]).format(**fields),
            lines=tuple(str(line).format(**fields) for line in entry["lines"]),
            suggestions=offered if entry.get("offer", True) else (),
            understood={"trial": trial.id, "code": code},
        )

    def _language(self, code: str, trial: Trial) -> Answer:
        answer = self.say(Kind.OUT_OF_SCOPE, "language", trial)
        own = self.languages.get(code)
        return replace(answer, lines=(own, *answer.lines)) if own else answer

    def chat(self, understanding: Understanding, trial: Trial) -> Answer:
        """Small talk."""
        return self.say(Kind.CHAT, understanding.chat or "help", trial)

    def warned(self, answer: Answer) -> Answer:
        """The answer with the request to send no identifiers."""
        return replace(answer, lines=(*answer.lines, self.wording.phrases["identifiers"]))
