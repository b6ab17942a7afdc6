"""The composition root: `python -m bot [run | chat | ask ...]`.

Without a command it is the Telegram bot when a token is set, and the same
conversation in the terminal when not.
"""

from __future__ import annotations

import argparse
import io
import sys
from typing import TextIO

from bot.pipeline import Readout, open_readout


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        command = options.command or ("run" if _has_token() else "chat")
        readout = open_readout()
        if command == "run":
            return _run(readout)
    except Exception as error:
        if not _is_reported(error):
            raise
        sys.stderr.write(f"{error}\n")
        return 1
    if command == "chat":
        from bot.terminal import chat

        return chat(readout, _tolerant(sys.stdin), sys.stdout)
    return _ask(readout, options)


def _ask(readout: Readout, options: argparse.Namespace) -> int:
    from bot.ask import ask, ask_lines

    if options.jsonl:
        ask_lines(readout, sys.stdin.buffer, sys.stdout.buffer)
        return 0
    question = " ".join(options.question)
    if not question and not sys.stdin.isatty():
        question = sys.stdin.buffer.read().decode("utf-8", "replace")
    ask(readout, question, sys.stdout, explain=options.explain, as_object=options.json)
    return 0


def _run(readout: Readout) -> int:
    from bot.chat.service import run
    from bot.settings import load

    store = readout.store
    return run(load(), readout, [store.trial(trial_id).acronym for trial_id in store.trials()])


def _has_token() -> bool:
    from bot.settings import load

    return load().telegram_bot_token is not None


def _is_reported(error: Exception) -> bool:
    """Bad data and bad settings: their text tells the operator what to put right."""
    from bot.settings import InvalidSettings
    from knowledge.errors import KnowledgeError

    return isinstance(error, KnowledgeError | InvalidSettings)


def _tolerant(stream: TextIO) -> TextIO:
    """Standard input that replaces invalid UTF-8 instead of failing."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    return stream


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="readout", description="A trial's results in a chat, with their source."
    )
    commands = parser.add_subparsers(dest="command", metavar="run | chat | ask")
    commands.add_parser("run", help="the Telegram bot (TELEGRAM_BOT_TOKEN)")
    commands.add_parser("chat", help="the same conversation in the terminal")
    ask = commands.add_parser("ask", help='one question: ask "hazard ratio?"')
    ask.add_argument("question", nargs="*")
    ask.add_argument(
        "--jsonl", action="store_true", help="JSON lines on standard input, answers line by line"
    )
    ask.add_argument("--json", action="store_true", help="the answer as a JSON object")
    ask.add_argument("--explain", action="store_true", help="tokens, spans and candidates first")
    return parser


if __name__ == "__main__":
    sys.exit(main())
