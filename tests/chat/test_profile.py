"""What Telegram shows of the bot is set where it differs, and only there."""

from __future__ import annotations

import asyncio
import logging
from collections import deque

import pytest

from bot.chat.connection import connect
from bot.chat.desk import Desk, open_desk
from bot.chat.profile import introduce, menu
from tests.chat.api import BotApi, Refused
from tests.chat.offline import OfflineRequest, settings
from tests.chat.stub import StubReadout


@pytest.fixture
def desk() -> Desk:
    return open_desk(StubReadout(), ["T1"])


def introduced(desk: Desk, api: BotApi) -> list[str]:
    """The methods that changed something, in order."""

    async def work() -> None:
        async with connect(settings(), OfflineRequest(api), OfflineRequest(api)) as bot:
            await introduce(bot, desk)

    before = len(api.calls)
    asyncio.run(work())
    return [call.method for call in api.calls[before:] if call.method.startswith("set")]


def test_everything_is_set_once(desk: Desk) -> None:
    """A second start changes nothing."""
    api = BotApi()
    first = introduced(desk, api)
    assert sorted(first) == sorted(
        [
            "setMyName",
            "setMyShortDescription",
            "setMyDescription",
            *["setMyCommands"] * 3,
            "setChatMenuButton",
        ]
    )
    assert introduced(desk, api) == []
    assert api.refused == []
    assert "T1" in api.profile.texts["description"]
    assert api.profile.menu_button["type"] == "commands"


def test_what_differs_is_set_again(desk: Desk) -> None:
    """For example after somebody changed it in BotFather."""
    api = BotApi()
    introduced(desk, api)
    api.profile.texts["description"] = "Something else"
    assert introduced(desk, api) == ["setMyDescription"]


def test_menus_hold_what_is_of_use_there(desk: Desk) -> None:
    """A group has the questions, not the private matters."""
    private = {command.command for command in menu(desk.wording, "private")}
    group = {command.command for command in menu(desk.wording, "group")}
    admin = {command.command for command in menu(desk.wording, "admin")}
    assert {"pfs", "privacy", "forget", "settings", "feedback"} <= private
    assert "pfs" in group
    assert not {"forget", "feedback"} & group
    assert group <= admin


def test_a_refusal_stops_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """The name may be changed only a few times a day; the rest is still set."""
    caplog.set_level(logging.WARNING)
    api = BotApi(faults={"setMyName": deque([Refused("Bad Request: too many changes")])})
    assert "setMyDescription" in introduced(desk, api)
    assert "profile" in caplog.text


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # the library's own use of its error
def test_a_long_wait_keeps_nobody_waiting(desk: Desk) -> None:
    """Telegram may ask for hours between two names; answers must not wait for them."""
    api = BotApi(faults={"setMyName": deque([Refused("Too Many Requests", 429, retry_after=36000)])})
    assert "setChatMenuButton" in introduced(desk, api)


def test_long_names_are_cut(desk: Desk) -> None:
    """Of trials, in a description that would be too long."""
    api = BotApi()
    introduced(open_desk(StubReadout(), ["T" * 600]), api)
    assert api.refused == []
