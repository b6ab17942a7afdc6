"""The sentences of the bot, from wording.yaml and suggestions.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.data import read

_PACKAGE = "bot.answers"


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases for facts, whole replies, and suggested next questions."""

    phrases: Mapping[str, str]
    replies: Mapping[str, Mapping[str, Any]]
    """Reply code -> headline, lines, suggestions."""
    next_questions: Mapping[str, list[str]]
    """Topic, or "after.KIND" -> suggested questions."""

    @classmethod
    def load(cls) -> Wording:
        """Read the wording data."""
        data = read(_PACKAGE, "wording.yaml")
        return cls(data["phrases"], data["replies"], read(_PACKAGE, "suggestions.yaml"))
