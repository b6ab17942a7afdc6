"""Noting questions that found no answer, when the operator wants to know them."""

from __future__ import annotations

from bot.answers.answer import Answer, Kind
from bot.chat.desk import Desk

_KINDS = (Kind.NOT_REPORTED, Kind.OUT_OF_SCOPE, Kind.CLARIFY)
# A question for advice tells of a patient, so it is never kept.


def note(text: str, answer: Answer, desk: Desk) -> None:
    """Keep what may be kept of the question if `answer` does not answer it and the operator asked for it."""
    if desk.unanswered is not None and answer.kind in _KINDS:
        desk.unanswered.keep(text, answer.kind.value)
