"""Runs updates through the whole application without any network."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from telegram import Update
from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.chat.connection import connect
from bot.chat.desk import Desk, open_desk
from bot.chat.service import build
from bot.settings import Settings
from tests.chat.api import TOKEN, BotApi
from tests.chat.stub import StubReadout

SERVER = "https://telegram.invalid/bot"
_NUMBERS = itertools.count(600_000_000)
_FOLDER = Path(__file__).parent / "updates"


class OfflineRequest(BaseRequest):
    """Takes every request to the fake; a request to anywhere else fails the test."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float:
        return 1

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        prefix = f"{SERVER}{TOKEN}/"
        if not url.startswith(prefix):
            raise AssertionError("a test tried to reach the network")
        params = dict(request_data.json_parameters) if request_data else {}
        for name, (_, content, kind) in ((request_data and request_data.multipart_data) or {}).items():
            assert isinstance(content, bytes)
            params[name] = f"{kind}, {len(content)} bytes"
        for value in params.values():
            value.encode()  # what cannot be encoded cannot be sent
        status, body = self._api.call(url.removeprefix(prefix), params)
        return status, json.dumps(body).encode()


def settings(**changes: Any) -> Settings:
    """Settings of a test, whatever the environment says."""
    values: dict[str, Any] = {
        "telegram_bot_token": SecretStr(TOKEN),
        "telegram_base_url": SERVER,
        "log_level": "INFO",
    }
    return Settings(**(values | changes))


def update(name: str, *, age: int = 0, **changes: Any) -> dict[str, Any]:
    """The update of updates/<name>.json, sent `age` seconds ago.

    `changes` replace fields of its message; a changed text loses its entities.
    """
    content: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    kinds = ("message", "edited_message", "channel_post", "edited_channel_post", "guest_message")
    message = next((content[kind] for kind in kinds if kind in content), None)
    if message:
        message["date"] = int(time.time()) - age
        if "edit_date" in message:
            message["edit_date"] = message["date"]
        if "text" in changes:
            message.pop("entities", None)
        message.update(changes)
    return content


def press(name: str, data: str) -> dict[str, Any]:
    """The button press of updates/<name>.json, with other data."""
    content = update(name)
    content["callback_query"]["data"] = data
    return content


def converse(
    *updates: Mapping[str, Any],
    readout: Any = None,
    api: BotApi | None = None,
    desk: Desk | None = None,
    renumbered: bool = True,
) -> BotApi:
    """The fake after the updates were handled one after the other.

    Each gets a number of its own, unless `renumbered` is False.
    """
    api = api or BotApi()
    desk = desk or open_desk(readout or StubReadout(), ["T1"])

    async def handle() -> None:
        bot = connect(settings(), OfflineRequest(api), OfflineRequest(api))
        async with build(bot, desk) as application:
            for content in updates:
                api.hear(content)
                number = {"update_id": next(_NUMBERS)} if renumbered else {}
                await application.process_update(Update.de_json(dict(content) | number, bot))

    asyncio.run(handle())
    return api
