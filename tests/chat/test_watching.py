"""Health and metrics, over real HTTP beside the bot."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.chat import watching
from bot.chat.connection import connect
from bot.chat.desk import open_desk
from tests.chat.api import BotApi, Refused
from tests.chat.offline import OfflineRequest, settings, update
from tests.chat.served import sent, served
from tests.chat.server import BotServer
from tests.chat.stub import StubReadout


@dataclass
class Telegram(BotApi):
    """The fake that can also be polled, and asked what it could not deliver."""

    waiting: int | None = 0
    """None: it does not say."""

    def _result(self, method: str, values: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return []
        if method != "getWebhookInfo":
            return super()._result(method, values)
        if self.waiting is None:
            raise Refused("Internal Server Error", 500)
        return {"url": "", "has_custom_certificate": False, "pending_update_count": self.waiting}


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


def pages(silent: float = 0, api: BotApi | None = None, **changes: Any) -> dict[str, tuple[int, str]]:
    """Status and body of both pages of a bot that heard Telegram so long ago."""
    chosen = settings(metrics_port=free_port(), **changes)
    desk = open_desk(StubReadout(), ["T1"])
    desk.tally.answered("private", "answer")
    desk.tally.handled(0.25)

    async def ask() -> dict[str, tuple[int, str]]:
        request = OfflineRequest(api or BotApi())
        bot = connect(chosen, request, request)
        bot._last_heard -= silent
        server = watching.watch(bot, desk, chosen)
        assert server is not None
        found = {}
        async with aiohttp.ClientSession(f"http://127.0.0.1:{chosen.metrics_port}") as session:
            for page in ("/health", "/metrics"):
                async with session.get(page) as answer:
                    found[page] = (answer.status, await answer.text())
        server.stop()
        await server.close_all_connections()
        return found

    return asyncio.run(ask())


def test_counts_in_the_format_of_prometheus() -> None:
    """Nothing but counts: no chat, no person, no word."""
    status, body = pages()["/metrics"]
    assert status == 200
    assert 'readout_answers_total{kind="answer",place="private"} 1.0' in body
    assert "readout_update_seconds_sum 0.25" in body
    assert "readout_failures_total 0.0" in body


@pytest.mark.parametrize(("silent", "status"), [(0, 200), (watching.DEAF - 5, 200), (watching.DEAF + 1, 503)])
def test_a_bot_that_hears_nothing_is_not_healthy(silent: float, status: int) -> None:
    """Polls are answered within half a minute, also when there is nothing new."""
    found, body = pages(silent)["/health"]
    assert found == status
    assert json.loads(body)["healthy"] == (status == 200)


@pytest.mark.parametrize(("waiting", "status"), [(0, 200), (watching.BACKLOG + 1, 503), (None, 503)])
def test_a_webhook_that_gets_nothing_is_not_healthy(waiting: int | None, status: int) -> None:
    """Telegram knows what it could not deliver; None: it cannot be asked."""
    api = Telegram(waiting=waiting)
    found = pages(silent=9999, api=api, telegram_webhook_url="https://bot.example/hook")["/health"]
    assert found[0] == status


def test_the_bot_serves_them_while_it_runs_and_a_taken_port_is_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As with the webhook's port."""
    with BotServer() as server, socket.socket() as taken:
        server.post(update("private_text"))
        assert served(server, sent(server), metrics_port=free_port()) == 0
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert served(server, lambda: False, metrics_port=taken.getsockname()[1]) == 1
    assert "READOUT_METRICS_PORT" in capsys.readouterr().err


def test_polls_keep_the_bot_healthy() -> None:
    """Each answered one counts, also an empty one."""

    async def poll() -> float:
        request = OfflineRequest(Telegram())
        async with connect(settings(), request, request) as bot:
            bot._last_heard = 0.0
            await bot.get_updates()
            return bot.last_heard

    assert asyncio.run(poll()) > time.monotonic() - 5
