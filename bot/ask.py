"""One question, or a stream of JSON lines, from the shell."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, BinaryIO, TextIO

from bot.answers.render import as_json, plain
from bot.explain import explained
from bot.pipeline import Readout
from bot.understanding.query import Turn

MAX_CHATS = 10_000
"""Conversations remembered in one run; the longest silent one is forgotten first."""


def ask(
    readout: Readout, question: str, out: TextIO, *, explain: bool = False, as_object: bool = False
) -> None:
    """Answer one question as text, as a JSON object, or with the reasons behind it."""
    if explain:
        out.write(explained(readout, question) + "\n")
    answer = readout.reply(question).answer
    if as_object:
        out.write(json.dumps(as_json(answer), ensure_ascii=False, indent=2) + "\n")
    else:
        out.write(plain(answer) + "\n")


def ask_lines(readout: Readout, lines: Iterable[bytes], out: BinaryIO) -> None:
    """Answer JSON lines one by one; a line that is none gets an error object in its place."""
    turns: OrderedDict[str, Turn] = OrderedDict()
    for line in lines:
        if not line.strip():
            continue
        out.write(json.dumps(_answered(readout, line, turns), ensure_ascii=False).encode("utf-8", "replace"))
        out.write(b"\n")
        out.flush()


def _answered(readout: Readout, line: bytes, turns: OrderedDict[str, Turn]) -> dict[str, Any]:
    try:
        request = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {"error": "not a JSON line"}
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        return {"error": 'not an object with "chat" and "text"'}
    chat = str(request.get("chat", ""))
    reply = readout.reply(request["text"], turns.get(chat))
    turns[chat] = reply.turn
    turns.move_to_end(chat)
    if len(turns) > MAX_CHATS:
        turns.popitem(last=False)
    return {"chat": request.get("chat"), **as_json(reply.answer)}
