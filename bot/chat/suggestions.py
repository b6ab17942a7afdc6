"""Suggested questions as buttons, and back from a button's data to its question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.memory.recent import Recent

SHOWN = 4
"""Buttons under one answer, at most: each takes a row, and a phone is short."""
# The first character of callback data says what follows it. Other letters are free for other buttons.
_TEXT = "q"
_CODE = "h"


class Suggestions:
    """Makes the buttons.

    A question that fits goes into the button itself, so that it works after any restart. A longer
    one is kept here under a code, among the last few thousand.
    """

    def __init__(self, limit: int = 5000, seconds: float = 30 * 24 * 3600.0) -> None:
        self._long: Recent[str, str] = Recent(limit, seconds)

    def keyboard(self, questions: Iterable[str]) -> InlineKeyboardMarkup | None:
        """One button a row; None when there is nothing to suggest."""
        rows = self.rows(questions)
        return InlineKeyboardMarkup(rows) if rows else None

    def rows(self, questions: Iterable[str]) -> list[list[InlineKeyboardButton]]:
        """One button a row, for the first few different questions."""
        shown = [question for question in dict.fromkeys(questions) if question.strip()][:SHOWN]
        return [[InlineKeyboardButton(question, callback_data=self.data(question))] for question in shown]

    def data(self, question: str) -> str:
        """Callback data for a question, at most 64 bytes."""
        data = f"{_TEXT}:{question}"
        if len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            return data
        code = hashlib.sha256(question.encode()).hexdigest()[:16]
        self._long.put(code, question)
        return f"{_CODE}:{code}"

    def question(self, data: str | None) -> str | None:
        """The question behind callback data; None if it is unknown or gone."""
        kind, _, rest = (data or "").partition(":")
        if kind == _TEXT:
            return rest or None
        return self._long.get(rest) if kind == _CODE else None
