"""What tells of the bot from outside: /health and /metrics on a port that the operator chose."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from telegram.error import TelegramError
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.chat.connection import ReadoutBot
from bot.chat.desk import Desk
from bot.settings import Settings

if TYPE_CHECKING:
    from prometheus_client.core import Metric

DEAF = 120.0
"""Seconds without an answer to a poll after which the bot hears nothing; a poll takes 30 at most."""
BACKLOG = 100
"""Updates that Telegram could not deliver after which the webhook does not work."""


def watch(bot: ReadoutBot, desk: Desk, settings: Settings) -> HTTPServer | None:
    """Serve both pages; None if the settings name no port. Raises OSError if it cannot be used."""
    if settings.metrics_port is None:
        return None
    # Needed by nobody else, so nobody else waits for it to be loaded.
    from prometheus_client import CollectorRegistry

    collectors = CollectorRegistry()
    collectors.register(_Counts(desk))
    pages = Application(
        [
            ("/health", _Health, {"bot": bot, "polled": settings.telegram_webhook_url is None}),
            ("/metrics", _Metrics, {"collectors": collectors}),
        ],
        log_function=lambda handler: None,
    )
    server = HTTPServer(pages)
    # Tornado's own way leaves a socket open when the port is taken.
    place = socket.create_server((settings.metrics_listen, settings.metrics_port))
    place.setblocking(False)
    server.add_socket(place)
    return server


class _Counts:
    """The tally, as Prometheus reads it: bare counts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import CounterMetricFamily, SummaryMetricFamily

        tally = self._desk.tally
        answers = CounterMetricFamily("readout_answers", "Answers given.", labels=["place", "kind"])
        for key, number in tally.answers.items():
            answers.add_metric(key, number)
        yield answers
        yield CounterMetricFamily("readout_failures", "Updates whose handling failed.", value=tally.failures)
        yield SummaryMetricFamily(
            "readout_update_seconds",
            "Updates handled.",
            count_value=tally.updates,
            sum_value=tally.seconds,
        )


class _Metrics(RequestHandler):
    """Counts in Prometheus' format."""

    def initialize(self, collectors: object) -> None:
        self._collectors = collectors

    def get(self) -> None:
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.write(generate_latest(self._collectors))  # type: ignore[arg-type]


class _Health(RequestHandler):
    """200 while updates reach the bot, 503 while they do not."""

    def initialize(self, bot: ReadoutBot, polled: bool) -> None:
        self._bot, self._polled = bot, polled

    async def get(self) -> None:
        problem = self._deaf() if self._polled else await self._undelivered()
        self.set_status(503 if problem else 200)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps({"healthy": problem is None, "problem": problem}))

    def _deaf(self) -> str | None:
        silent = time.monotonic() - self._bot.last_heard
        return f"no poll was answered for {silent:.0f} seconds" if silent > DEAF else None

    async def _undelivered(self) -> str | None:
        try:
            waiting = (await self._bot.get_webhook_info()).pending_update_count
        except TelegramError as error:
            return f"Telegram cannot be asked ({type(error).__name__})"
        return f"{waiting} updates wait for delivery" if waiting > BACKLOG else None
