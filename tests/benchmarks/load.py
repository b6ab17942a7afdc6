"""Many chats writing to a bot at once: its program as it is run, the loopback server, and a clock.

The bot is a process of its own, so that the server's work is not counted as the bot's.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.chat.api import TOKEN, BotApi, Call
from tests.chat.offline import update
from tests.chat.postman import Postman, free_port
from tests.chat.server import BotServer
from tests.structure.tree import ROOT

OURS = ("-m", "bot", "run")
ECHO = ("-m", "tests.benchmarks.echo")
CHATS, EACH = 40, 25
"""Chats, and messages of each; a thousand in all."""
WARM_UP = 4
"""Messages of each chat before the clock runs."""
PATIENCE = 60
"""How long anything may take, in seconds."""
PATH = "/updates"


class Counting(BotApi):
    """Takes messages unread: reading them strictly would cost more for an answer than for an echo."""

    def call(self, method: str, params: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """As the strict one, but for messages."""
        if method != "sendMessage":
            return super().call(method, params)
        self.calls.append(Call(method, params, ok=True, at=time.monotonic()))
        chat = {"id": int(params["chat_id"]), "type": "private", "first_name": "Anna"}
        return 200, {"ok": True, "result": self._message(chat, len(self.calls), params["text"])}


@dataclass(frozen=True)
class Measured:
    """One run of one bot."""

    rate: float
    """Updates answered in a second, from the first that could be had to the last answer."""
    answers: dict[int, list[str]]
    """First lines of the answers, by chat, in the order in which they came."""


def measured(program: tuple[str, ...], questions: list[str], *, webhook: bool) -> Measured:
    """Run the program, let every chat ask the questions in turn, and stop it."""
    server = BotServer()
    server.api = Counting()
    with server, _running(program, server, webhook=webhook) as deliver:
        _asked(server, deliver, questions, WARM_UP)
        before, started = len(server.api.done("sendMessage")), time.monotonic()
        _asked(server, deliver, questions, EACH)
        calls = server.api.done("sendMessage")[before:]
    answers: dict[int, list[str]] = {}
    for call in calls:
        answers.setdefault(int(call.params["chat_id"]), []).append(call.text.splitlines()[0])
    return Measured(len(calls) / (max(call.at for call in calls) - started), answers)


Deliver = Callable[[list[dict[str, Any]]], None]


def _asked(server: BotServer, deliver: Deliver, questions: list[str], each: int) -> None:
    """Every chat asks `each` questions, the chats in turn; returns when all are answered."""
    wanted = len(server.api.done("sendMessage")) + each * CHATS
    deliver(
        [
            _message(chat, number, questions[(chat + number) % len(questions)])
            for number in range(each)
            for chat in range(CHATS)
        ]
    )
    until(lambda: len(server.api.done("sendMessage")) >= wanted)


def _message(chat: int, number: int, text: str) -> dict[str, Any]:
    sender: dict[str, Any] = {"from": {"id": 5000 + chat, "is_bot": False, "first_name": "Anna"}}
    own = {"id": 5000 + chat, "type": "private", "first_name": "Anna"}
    return update("private_text", text=text, message_id=100 + number, chat=own, **sender)


def until(condition: Callable[[], bool]) -> None:
    """Wait for the condition. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.005)


@contextlib.contextmanager
def _running(program: tuple[str, ...], server: BotServer, *, webhook: bool) -> Iterator[Deliver]:
    """The program, listening; yields what delivers updates to it."""
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": server.base_url,
        "READOUT_LOG_LEVEL": "WARNING",
    }
    if webhook:
        port = free_port()
        environment |= {
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}",
            "TELEGRAM_WEBHOOK_PORT": str(port),
        }
    process = subprocess.Popen([sys.executable, *program], cwd=ROOT, env=environment)
    try:
        until(lambda: bool(server.api.webhook if webhook else server.polls) or process.poll() is not None)
        yield Postman(server).deliver if webhook else lambda updates: server.post(*updates)
    finally:
        process.terminate()
        process.wait(PATIENCE)
