"""Running the bot: connect, listen, stop; every way to fail ends in one line and an exit status."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Sequence
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes, JobQueue, Updater
from tornado.httpserver import HTTPServer

from bot.chat import logs
from bot.chat.connection import ReadoutBot, connect
from bot.chat.desk import ChatApplication, Context, Desk, Readout, open_desk
from bot.chat.expiry import resume
from bot.chat.failures import on_error
from bot.chat.handlers import first_of_all, handlers
from bot.chat.listening import listen
from bot.chat.ordering import ChatOrder
from bot.chat.profile import introduce
from bot.chat.watching import watch
from bot.pipeline import settle
from bot.settings import Settings

GRACE = 10
"""How long answers in work may take when the bot is asked to stop, in seconds."""

MISSING = "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather and put it there."
REJECTED = "Telegram rejects TELEGRAM_BOT_TOKEN: check it with @BotFather (and TELEGRAM_BASE_URL, if set)."
UNREACHABLE = "Telegram cannot be reached ({kind}): check the network (and TELEGRAM_BASE_URL, if set)."
PORT = "TELEGRAM_WEBHOOK_PORT or READOUT_METRICS_PORT cannot be used on its address ({kind})."
UNUSABLE = "READOUT_STATE_PATH cannot be used ({kind}): it must be a folder that this program may write to."

_log = logging.getLogger(__name__)


def run(settings: Settings, readout: Readout, trials: Sequence[str] = ()) -> int:
    """Answer in Telegram until SIGINT or SIGTERM; the exit status, 0 or 1.

    `trials` are the names by which the bot's own texts call the trials. A missing or wrong token
    and an unreachable server are one line on stderr and status 1.
    """
    if settings.telegram_bot_token is None:
        return _complain(MISSING)
    logs.configure(settings.log_level, settings.telegram_bot_token)
    try:
        desk = open_desk(readout, trials, settings)
    except OSError as error:
        return _complain(UNUSABLE.format(kind=error.strerror or type(error).__name__))
    settle()
    return asyncio.run(_until_signal(settings, desk))


def build(bot: ReadoutBot, desk: Desk) -> ChatApplication:
    """The application with all handlers; nothing is sent yet."""
    queue: JobQueue[Any] = JobQueue()
    application: ChatApplication = (
        ApplicationBuilder()
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(ChatOrder(desk.tally.handled))
        .job_queue(queue)
        .updater(None)
        .build()
    )
    application.bot_data["desk"] = desk
    application.add_handlers(first_of_all(), group=-1)
    application.add_handlers(handlers(desk.wording.commands))
    application.add_error_handler(on_error)
    resume(desk, queue)
    return application


async def serve(bot: ReadoutBot, desk: Desk, stop: asyncio.Event, settings: Settings) -> int:
    """Answer until `stop` is set or the token is revoked; the exit status."""
    application = build(bot, desk)
    updater = Updater(bot, application.update_queue)
    revoked = asyncio.Event()
    watcher: HTTPServer | None = None

    def on_revoked() -> None:
        revoked.set()
        stop.set()

    try:
        watcher = watch(bot, desk, settings)
        await application.initialize()
        await updater.initialize()
        await listen(updater, settings, on_revoked)
        await application.start()
        # Beside the answers, which do not wait for it.
        application.create_task(introduce(bot, desk))
        _log.info("answering as @%s", bot.username)
        await stop.wait()
    except InvalidToken:
        revoked.set()
    except TelegramError as error:
        return _complain(UNREACHABLE.format(kind=type(error).__name__))
    except OSError as error:
        return _complain(PORT.format(kind=error.strerror or type(error).__name__))
    finally:
        if watcher is not None:
            watcher.stop()
            await watcher.close_all_connections()
        await _close(application, updater)
    return _complain(REJECTED) if revoked.is_set() else 0


async def _close(application: ChatApplication, updater: Updater) -> None:
    """Stop what runs, however far the start came: the library refuses to close what it has not stopped."""
    if updater.running:
        await updater.stop()
    if application.running:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(application.stop(), GRACE)
    await application.shutdown()
    # An application that failed to initialize does not close its bot's connections.
    await application.bot.shutdown()


def _complain(line: str) -> int:
    print(line, file=sys.stderr)
    return 1


async def _until_signal(settings: Settings, desk: Desk) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return await serve(connect(settings), desk, stop, settings)
