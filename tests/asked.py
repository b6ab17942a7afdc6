"""Every turn of the question tables with its reply, asked once per process, and the wording it used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

from bot.answers.wording import Wording
from bot.pipeline import Readout, Reply, Turn
from bot.pipeline import readout as assembled
from knowledge.compile import compiled
from knowledge.store import Store
from tests.tables import conversations

TABLES = ("questions", "refusals")


class Recorded(Mapping[str, Any]):
    """A mapping that remembers which of its keys were read."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        value = self.data[key]
        self.read.add(key)
        return value

    def __contains__(self, key: object) -> bool:
        return key in self.data

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


@dataclass(frozen=True)
class Asked:
    """One turn, what it could lean on, and its reply."""

    table: str
    text: str
    previous: Turn | None
    reply: Reply


@dataclass(frozen=True)
class Run:
    """A bot with recorded wording, and all table turns asked of it."""

    readout: Readout
    phrases: Recorded
    replies: Recorded
    suggestions: Recorded
    turns: tuple[Asked, ...]

    @property
    def trial(self) -> str:
        """The trial that the tables ask about."""
        return self.readout.default_trial


@cache
def run() -> Run:
    """The tables, asked of the bot on the real data."""
    wording, path = Wording.load(), compiled()
    phrases, replies = Recorded(wording.phrases), Recorded(wording.replies)
    suggestions = Recorded(wording.next_questions)
    with patch.object(Wording, "load", return_value=Wording(phrases, replies, suggestions)):
        bot = assembled(Store.open(path), store_file=path)
    return Run(bot, phrases, replies, suggestions, tuple(_turns(bot)))


def _turns(bot: Readout) -> Iterator[Asked]:
    for folder in TABLES:
        for conversation in conversations(folder):
            previous: Turn | None = None
            for turn in conversation.turns:
                reply = bot.reply(turn["ask"], previous)
                yield Asked(f"{folder}/{conversation.table}", turn["ask"], previous, reply)
                previous = reply.turn
