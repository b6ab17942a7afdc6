"""The same conversation in a terminal: history, suggestions as numbers, colours on a terminal only."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import TextIO

from bot.answers.answer import Answer
from bot.answers.render import plain
from bot.pipeline import Readout
from bot.understanding.query import Turn

PROMPT = "> "
BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
LEAVE = frozenset({"exit", "quit", "/quit", "/exit", ":q"})


def chat(readout: Readout, source: TextIO, out: TextIO) -> int:
    """Talk until the end of the input; returns the exit status."""
    styled = out.isatty()
    ask = _asker(source, out)
    previous: Turn | None = None
    offered: tuple[str, ...] = ()
    opening = readout.reply("hello")
    offered = _show(opening.answer, out, styled)
    while True:
        try:
            question = ask()
        except (EOFError, KeyboardInterrupt):
            out.write("\n")
            return 0
        if question.strip().lower() in LEAVE:
            return 0
        if not question.strip():
            continue
        chosen = question.strip()
        if (
            chosen.isdecimal()
            and 0 < int(chosen) <= len(offered)
            and (previous is None or not _numbers(previous))
        ):
            question = offered[int(chosen) - 1]
            out.write(f"{question}\n")
        reply = readout.reply(question, previous)
        previous = reply.turn
        offered = _show(reply.answer, out, styled)


def _numbers(previous: Turn) -> bool:
    """A bare number is a time point, not a choice, right after a question with time points."""
    return bool(previous.queries and previous.queries[-1].times)


def _show(answer: Answer, out: TextIO, styled: bool) -> tuple[str, ...]:
    headline, _, rest = plain(answer).partition("\n")
    out.write((f"{BOLD}{headline}{RESET}" if styled else headline) + "\n")
    if rest:
        out.write(rest + "\n")
    if answer.suggestions:
        choices = "   ".join(f"[{n}] {text}" for n, text in enumerate(answer.suggestions, 1))
        out.write((f"{DIM}{choices}{RESET}" if styled else choices) + "\n")
    out.write("\n")
    out.flush()
    return answer.suggestions


def _asker(source: TextIO, out: TextIO) -> Callable[[], str]:
    if source is sys.stdin and source.isatty():
        with contextlib.suppress(ImportError):
            # Importing it gives input() a history and line editing.
            import readline  # noqa: F401
        return lambda: input(PROMPT)

    def read() -> str:
        line = source.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    return read
