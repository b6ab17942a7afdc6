"""Question tables: reading them, asking them, and judging the replies.

A table is a YAML list of conversations. A turn is `ask` with what the reply
must be: `kind` (one, or a list of those that will do), `headline`, `text`,
`any` and `never` (strings), `lookup` (slots that must have been understood).
`then` holds the later turns of the same conversation.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.answers.render import plain
from bot.pipeline import Readout, Turn
from bot.pipeline import Reply as Reply

HERE = Path(__file__).parent
BARS = "bars.yaml"
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
        if path.name == BARS:
            continue
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


@dataclass(frozen=True)
class Judged:
    """One turn with its verdict: "correct", "wrong" or "missed"."""

    question: str
    verdict: str
    complaints: tuple[str, ...]
    headline: str

    def __str__(self) -> str:
        return f"{self.verdict}: {self.question!r}: {'; '.join(self.complaints)}; replied {self.headline!r}"


def judge(readout: Readout, conversation: Conversation) -> list[Judged]:
    """Ask all turns of a conversation.

    "wrong" is a wrong figure: an answer where none was due, one that lacks
    what was due, or a string that must not stand. "missed" is everything else
    that is not correct.
    """
    previous: Turn | None = None
    judged = []
    for turn in conversation.turns:
        reply = readout.reply(turn["ask"], previous)
        previous = reply.turn
        found = complaints(turn, reply)
        banned = any(complaint.startswith("says ") for complaint in found)
        answered = reply.answer.kind.value == "answer"
        verdict = "correct" if not found else "wrong" if banned or answered else "missed"
        judged.append(Judged(str(turn["ask"]), verdict, tuple(found), reply.answer.headline))
    return judged


def judge_table(readout: Readout, folder: str, table: str) -> list[Judged]:
    """Every turn of one table."""
    every = (c for c in conversations(folder) if c.table == table)
    return [turn for conversation in every for turn in judge(readout, conversation)]


def tables(folder: str) -> list[str]:
    """The names of the tables in `tests/<folder>`."""
    return sorted(path.stem for path in (HERE / folder).glob("*.yaml") if path.name != BARS)


def bars(folder: str) -> dict[str, dict[str, int]]:
    """Table -> {"correct": at least, "wrong": at most}, from its bars.yaml."""
    content: dict[str, dict[str, int]] = yaml.safe_load((HERE / folder / BARS).read_text(encoding="utf-8"))
    return content


def main() -> None:
    """Report by class, or write the bars from what holds now: `python -m tests.tables [write]`."""
    from bot.pipeline import open_readout

    readout = open_readout()
    for folder in ("questions", "refusals"):
        found = {}
        for table in tables(folder):
            judged = judge_table(readout, folder, table)
            counts = {v: sum(turn.verdict == v for turn in judged) for v in ("correct", "wrong", "missed")}
            found[table] = {"correct": counts["correct"], "wrong": counts["wrong"]}
            share = 100 * counts["correct"] / len(judged)
            print(f"{folder}/{table}: {share:.1f}% of {len(judged)}, wrong {counts['wrong']}")
        if "write" in sys.argv[1:]:
            head = "# Turns of each table that are answered right (at least) and wrong (at most).\n"
            head += "# A change may raise the first and lower the second, never the other way.\n"
            lines = [f"{t}: {{correct: {n['correct']}, wrong: {n['wrong']}}}\n" for t, n in found.items()]
            (HERE / folder / BARS).write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
