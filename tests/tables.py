"""Question tables: reading them, asking them, and judging the replies.

A table is a YAML list of conversations. A turn is `ask` with what the reply
must be: `kind` (one, or a list of those that will do), `headline`, `text`,
`any` and `never` (strings), `lookup` (slots that must have been understood).
`then` holds the later turns of the same conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.answers.render import plain
from bot.pipeline import Readout, Turn
from bot.pipeline import Reply as Reply

HERE = Path(__file__).parent
TURN_KEYS = {"ask", "kind", "headline", "text", "any", "never", "lookup", "then"}


@dataclass(frozen=True)
class Conversation:
    """Turns that belong together, and where they stand."""

    table: str
    turns: tuple[dict[str, Any], ...]

    @property
    def id(self) -> str:
        return f"{self.table}: {' / '.join(str(turn['ask'])[:60] for turn in self.turns)}"


def conversations(folder: str) -> Iterator[Conversation]:
    """Every conversation of the tables in `tests/<folder>`."""
    for path in sorted((HERE / folder).glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            first = {key: value for key, value in entry.items() if key != "then"}
            turns = (first, *entry.get("then", ()))
            for turn in turns:
                unknown = set(turn) - TURN_KEYS
                assert not unknown, f"{path.name}: {turn['ask']!r}: unknown keys {unknown}"
            yield Conversation(path.stem, turns)


def stands_in(needle: str, haystack: str) -> bool:
    """True when `needle` stands in `haystack`; a number only as a whole number."""
    needle, haystack = needle.casefold(), haystack.casefold()
    before = r"(?<![\da-z])(?<!\d\.)" if needle[:1].isdigit() else ""
    after = r"(?!\d)(?!\.\d)" if needle[-1:].isdigit() else ""
    return re.search(before + re.escape(needle) + after, haystack) is not None


def complaints(turn: dict[str, Any], reply: Reply) -> list[str]:
    """What is wrong with a reply, in words; empty when all is right."""
    answer = reply.answer
    text = plain(answer)
    kinds = [turn["kind"]] if isinstance(turn["kind"], str) else turn["kind"]
    found = [] if answer.kind.value in kinds else [f"kind {answer.kind.value}, due {'/'.join(kinds)}"]
    found += [
        f"headline lacks {s!r}" for s in turn.get("headline", ()) if not stands_in(str(s), answer.headline)
    ]
    found += [f"text lacks {s!r}" for s in turn.get("text", ()) if not stands_in(str(s), text)]
    found += [f"says {s!r}" for s in turn.get("never", ()) if stands_in(str(s), text)]
    if turn.get("any") and not any(stands_in(str(s), text) for s in turn["any"]):
        found.append(f"none of {turn['any']}")
    for slot, value in turn.get("lookup", {}).items():
        understood = answer.understood.get(slot)
        if understood != value:
            found.append(f"{slot} understood as {understood!r}, due {value!r}")
    return found


def judge(readout: Readout, conversation: Conversation) -> list[str]:
    """Ask all turns; the complaints of all of them, each with its question and headline."""
    previous: Turn | None = None
    found = []
    for turn in conversation.turns:
        reply = readout.reply(turn["ask"], previous)
        previous = reply.turn
        for complaint in complaints(turn, reply):
            found.append(f"{turn['ask']!r}: {complaint}; replied {reply.answer.headline!r}")
    return found
