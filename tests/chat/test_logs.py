"""Logs: no token and no text of a message, whoever writes them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from telegram.error import InvalidToken, NetworkError

from bot.chat import logs
from bot.chat.connection import connect
from bot.chat.desk import open_desk
from bot.chat.service import build
from tests.chat.api import TOKEN, BotApi
from tests.chat.offline import OfflineRequest, settings
from tests.chat.stub import StubReadout


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What the process would write to stderr; logging is put back afterwards."""
    names = ("", "telegram", "telegram.ext", "httpx", "httpcore")
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger.level, list(logger.handlers), list(logger.filters)) for logger in loggers]
    written = io.StringIO()
    logs.configure("DEBUG", SecretStr("short:token"), written)
    yield written
    for logger, (level, handlers, filters) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers[:], logger.filters[:] = handlers, filters


def test_tokens_are_taken_out(stream: io.StringIO) -> None:
    """This bot's, whatever its form, and anything that looks like one; in words, arguments and tracebacks."""
    log = logging.getLogger("anything")
    log.warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.warning("with short:token")
    log.error("failed", exc_info=InvalidToken(f"The token `{TOKEN}` was rejected by the server."))
    assert stream.getvalue().count("<token>") == 3
    assert TOKEN not in stream.getvalue()
    assert "short:token" not in stream.getvalue()


def test_the_library_logs_no_messages(stream: io.StringIO) -> None:
    """Its fixed words and the kind of the error remain."""
    updater = logging.getLogger("telegram.ext.Updater")
    error = NetworkError("about Mrs Miller")
    updater.error("Update %s caused %.3f error", {"text": "Miller"}, 1.5, exc_info=error)
    logging.getLogger("telegram.ext.Application").debug("Processing update %s", "Miller")
    assert "Update … caused … error (NetworkError)" in stream.getvalue()
    assert "Miller" not in stream.getvalue()


def test_requests_are_not_logged(stream: io.StringIO) -> None:
    """The HTTP library would log each address at the level INFO."""
    logging.getLogger("httpx").info("HTTP Request: POST")
    logging.getLogger("httpcore.http11").debug("send_request_headers")
    assert stream.getvalue() == ""


def test_no_repr_shows_the_token() -> None:
    """Of the settings, the bot, and the application around it."""
    request = OfflineRequest(BotApi())
    bot = connect(settings(), request, request)
    application = build(bot, open_desk(StubReadout()))
    for thing in (settings(), bot, application, application.updater):
        assert TOKEN not in repr(thing) + str(thing)
