"""One bot through any updates of all kinds, one after the other; ten thousand of them on request.

`tests/run tests/chat/test_any_updates.py --hypothesis-profile=ten_thousand -n0 -s`
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.chat.connection import connect
from bot.chat.desk import open_desk
from bot.chat.service import build
from bot.pipeline import Readout
from tests.chat import group_updates, offline
from tests.chat.api import BotApi, Call
from tests.chat.test_private_properties import PRIVATE

FILES = sorted(path.stem for path in (Path(__file__).parent / "updates").glob("*.json"))
CHATS = 500
"""People and groups of each kind: enough for nobody to ask faster than is answered."""
ALL = st.one_of(
    st.tuples(st.just("private"), PRIVATE),
    st.tuples(st.just("group"), group_updates.updates()),
    st.tuples(st.just("file"), st.sampled_from(FILES).map(offline.update)),
)


@dataclass
class Life:
    """The bot, and the server that it talks to."""

    api: BotApi
    runner: asyncio.Runner
    application: Any
    numbers: Iterator[int]

    def lives_through(self, content: dict[str, Any], number: int) -> list[Call]:
        """What the bot did about an update."""
        self.api.calls.clear()
        self.api.hear(content)
        parsed = Update.de_json(content | {"update_id": number}, self.application.bot)
        self.runner.run(self.application.process_update(parsed))
        return self.api.done()


@pytest.fixture(scope="module")
def life(readout: Readout) -> Iterator[Life]:
    """A bot on the real data that has not heard anything yet."""
    api = BotApi()
    with asyncio.Runner() as runner:
        bot = connect(offline.settings(), offline.OfflineRequest(api), offline.OfflineRequest(api))
        application = build(bot, open_desk(readout, ["T1"]))
        stack = AsyncExitStack()
        runner.run(stack.enter_async_context(application))
        yield Life(api, runner, application, itertools.count(1))
        runner.run(stack.aclose())


def placed(content: dict[str, Any], number: int) -> dict[str, Any]:
    """The update, in one of many chats, and with numbers of its own."""
    text = re.sub(r'"id": (-\d+)', rf'"id": \g<1>{number % CHATS:03d}', json.dumps(content))
    found: dict[str, Any] = json.loads(text.replace('"id": 4001', f'"id": {40_000 + number % CHATS}'))
    for kind, part in found.items():
        if kind in ("callback_query", "inline_query"):
            part["id"] = str(number)
        elif kind == "guest_message":
            part |= {
                "message_id": number,
                "guest_query_id": str(number),
                "text": f"{part.get('text', '')} {number}",
            }
        elif kind == "message":
            part["message_id"] = 100_000 + number
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=ALL)
def test_whoever_asks_is_answered_once_and_nobody_else(
    drawn: tuple[str, Any], life: Life, caplog: pytest.LogCaptureFixture
) -> None:
    """In private one reply, one answer to each query and tap; in groups none unasked; and no incident."""
    kind, content = drawn
    heard = content if isinstance(content, group_updates.Heard) else None
    number = next(life.numbers)
    content = placed(heard.content if heard else content, number)
    caplog.clear()
    done = life.lives_through(content, number)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR], caplog.text
    assert not [call for call in done if "Incident" in call.text]
    written = [call for call in done if call.method != "editMessageReplyMarkup"]
    if "callback_query" in content:
        assert [call.method for call in written].count("answerCallbackQuery") == 1
    elif "inline_query" in content:
        assert [call.method for call in written] == ["answerInlineQuery"]
    elif kind == "private":
        assert [call.method for call in written] in (["sendMessage"], ["sendPhoto"])
    elif heard:
        assert len(written) <= int(heard.due)


@pytest.fixture(scope="module", autouse=True)
def _told(life: Life, request: pytest.FixtureRequest) -> Iterator[None]:
    """Tells how many there were."""
    yield
    print(f"{next(life.numbers) - 1} updates.")
