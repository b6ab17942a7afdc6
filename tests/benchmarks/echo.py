"""The plainest bot of the library, to be measured beside ours: it repeats what it reads.

`python -m tests.benchmarks.echo` polls; with TELEGRAM_WEBHOOK_URL set it takes updates there.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, context: Any) -> None:
    """The whole bot."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until a signal comes."""
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(os.environ["TELEGRAM_BASE_URL"])
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    if address := os.environ.get("TELEGRAM_WEBHOOK_URL"):
        port, path = int(os.environ["TELEGRAM_WEBHOOK_PORT"]), urlsplit(address).path.lstrip("/")
        application.run_webhook(
            "127.0.0.1", port, path, webhook_url=address, secret_token="a-secret", bootstrap_retries=-1
        )
    else:
        application.run_polling(bootstrap_retries=-1)


if __name__ == "__main__":
    main()
