"""The whole bot over real HTTP, against the server on the loopback interface."""

from __future__ import annotations

import asyncio
import json
import logging
import socket

import pytest

from bot.chat import pace
from bot.chat.connection import connect
from bot.chat.desk import open_desk
from bot.chat.handlers import UPDATES
from bot.chat.service import serve
from tests.chat.api import TOKEN
from tests.chat.offline import settings, update
from tests.chat.served import LIMIT, sent, served
from tests.chat.server import DROP, BotServer, fault
from tests.chat.stub import StubReadout


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PAUSES", (0.01, 0.01))


def test_long_polling() -> None:
    """An update comes, an answer goes, the update is confirmed, and the bot stops well."""
    with BotServer() as server:
        server.post(update("private_text"))
        assert served(server, sent(server)) == 0
        (answer,) = server.api.done("sendMessage")
    assert answer.text.startswith("Heard: 3-year PFS?")
    assert json.loads(server.polls[0]["allowed_updates"]) == [str(kind) for kind in UPDATES]
    assert int(server.polls[-1]["offset"]) > 100


def test_an_update_during_a_poll_is_answered_at_once() -> None:
    """The held request returns when something comes."""
    with BotServer() as server:
        posted: list[int] = []

        def until() -> bool:
            # Once, and also when this looks too late to see the second poll itself: on a busy machine
            # it could be over between two looks, and the test would wait for nothing.
            if len(server.polls) >= 2 and not posted:
                posted.append(len(server.polls))
                server.post(update("private_text"))
            return sent(server)()

        assert served(server, until) == 0
        assert len(server.api.done("sendMessage")) == 1


def test_an_interruption_stays_what_it_is() -> None:
    """Cancelled in the middle of its work, the bot closes well, without an error of its own."""
    with BotServer() as server:

        async def work() -> None:
            chosen = settings(telegram_base_url=server.base_url)
            task = asyncio.create_task(
                serve(connect(chosen), open_desk(StubReadout()), asyncio.Event(), chosen)
            )
            while len(server.polls) < 2:  # noqa: ASYNC110 - the server's threads set no event
                await asyncio.sleep(0.01)
            task.cancel()
            await task

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(asyncio.wait_for(work(), LIMIT))


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # the library's own use of its error
def test_a_flood_wait_is_kept() -> None:
    """After 429 the bot waits as told, then sends the one message."""
    with BotServer() as server:
        server.faults["sendMessage"].append(fault(429, "Too Many Requests: retry after 1", retry_after=1))
        server.post(update("private_text"))
        assert served(server, sent(server)) == 0
        assert len(server.api.done("sendMessage")) == 1


@pytest.mark.parametrize("trouble", [fault(502, "Bad Gateway"), fault(500, "Internal Server Error"), DROP])
@pytest.mark.parametrize("method", ["getMe", "getUpdates", "sendMessage", "deleteWebhook"])
def test_passing_trouble_is_not_noticed(method: str, trouble: tuple[int, dict[str, object]]) -> None:
    """One message is answered once, whichever request failed on the way."""
    with BotServer() as server:
        server.faults[method].append(trouble)
        server.post(update("private_text"))
        assert served(server, sent(server)) == 0
        assert len(server.api.done("sendMessage")) == 1


def test_answers_keep_the_order_of_a_chat() -> None:
    """Although the chats are served at the same time."""
    questions = [f"question {number}" for number in range(20)]
    with BotServer() as server:
        for number, text in enumerate(questions):
            server.post(update("private_text", text=text, message_id=100 + number))
            if number % 5 == 0:
                server.post(update("topic_mention"))
        assert served(server, sent(server, 24)) == 0
        answers = [call for call in server.api.done("sendMessage") if call.params["chat_id"] == 4001]
    assert [call.text.splitlines()[0] for call in answers] == [f"Heard: {text}" for text in questions]


def test_a_wrong_token_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    """Exit status 1, no traceback, no token."""
    with BotServer(token="another:token") as server:
        assert served(server, lambda: False) == 1
    _one_line(capfd.readouterr().err, "TELEGRAM_BOT_TOKEN")


def test_a_revoked_token_ends_the_bot(capfd: pytest.CaptureFixture[str]) -> None:
    """A bot that no longer hears anything must not look alive."""
    with BotServer() as server:

        def until() -> bool:
            server.token = "another:token" if len(server.polls) > 1 else TOKEN
            return False

        assert served(server, until) == 1
    _one_line(capfd.readouterr().err.splitlines()[-1], "TELEGRAM_BOT_TOKEN")


def test_no_server_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody listens on the port."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        chosen = settings(telegram_base_url=f"http://127.0.0.1:{unused.getsockname()[1]}/bot")
        work = serve(connect(chosen), open_desk(StubReadout()), asyncio.Event(), chosen)
        assert asyncio.run(asyncio.wait_for(work, LIMIT)) == 1
    _one_line(capfd.readouterr().err, "network")


def test_two_pollers_are_named(caplog: pytest.LogCaptureFixture) -> None:
    """Telegram serves one; the log tells the operator."""
    with BotServer() as server:
        server.faults["getUpdates"].append(fault(409, "Conflict: terminated by other getUpdates request"))
        assert served(server, lambda: len(server.polls) > 1) == 0
    assert "another program polls" in caplog.text


def test_unreadable_updates_are_not_asked_for_in_a_hurry(caplog: pytest.LogCaptureFixture) -> None:
    """A broken server must not be flooded; the log says what is wrong."""
    with BotServer() as server:
        server.post({"poll": {}})
        assert served(server, lambda: len(server.polls) > 1) == 0
        assert len(server.polls) <= 3
    assert "polling failed" in caplog.text


def test_the_log_of_a_normal_day_is_clean(caplog: pytest.LogCaptureFixture) -> None:
    """No warnings, and neither token nor question."""
    caplog.set_level(logging.INFO)
    with BotServer() as server:
        server.post(update("private_text"))
        served(server, sent(server))
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    assert [record.getMessage() for record in ours] == ["answering as @ReadoutTestBot"]


def _one_line(text: str, word: str) -> None:
    assert len(text.splitlines()) == 1
    assert word in text
    assert TOKEN not in text
