"""The settings of a group: its administrators' alone, and kept."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.chat.connection import connect
from bot.chat.desk import Desk, open_desk
from bot.chat.service import build
from bot.memory.chat_settings import ChatSettings, ChatSettingsStore
from tests.chat.api import BotApi
from tests.chat.offline import OfflineRequest, converse, press, settings, update
from tests.chat.stub import StubReadout

GROUP = -1001000000001
ANNA = (GROUP, 4001)


def desk_with(**chosen: Any) -> Desk:
    """A desk whose group chose this."""
    desk = open_desk(StubReadout(), ["T1"])
    desk.chat_settings.choose(GROUP, ChatSettings(**chosen))
    return desk


def administered() -> BotApi:
    """A server where Anna administers the group."""
    api = BotApi()
    api.groups.admins.add(ANNA)
    return api


def test_an_administrator_sees_the_choices() -> None:
    """On buttons; the chosen ones are marked."""
    (sent,) = converse(update("group_settings"), api=administered()).done()
    assert "g:reacts_to:commands" in sent.buttons
    labels = [button["text"] for row in sent.params["reply_markup"]["inline_keyboard"] for button in row]
    assert sum(label.startswith("• ") for label in labels) == 5


def test_an_anonymous_administrator_counts() -> None:
    """Who writes as the group itself; nobody is asked about the stand-in account."""
    api = converse(update("group_settings_anonymous"))
    assert "g:quiet:1" in api.done()[0].buttons
    assert not api.done("getChatMember")


@pytest.mark.parametrize("name", ["group_settings", "group_settings_channel_sender"])
def test_others_are_told_whose_they_are(name: str) -> None:
    """Members and channels have no say; a quiet group hears nothing."""
    (sent,) = converse(update(name)).done()
    assert "Only administrators" in sent.text
    assert sent.buttons == []
    assert converse(update(name), desk=desk_with(quiet=True)).done() == []


def test_a_tap_changes_a_setting() -> None:
    """And the buttons show it."""
    desk = open_desk(StubReadout(), ["T1"])
    acknowledged, edited = converse(update("button_group_setting"), api=administered(), desk=desk).done()
    assert acknowledged.params["text"] == "Thank you, noted."
    assert edited.method == "editMessageReplyMarkup"
    assert desk.chat_settings.of(GROUP) == ChatSettings(reacts_to="commands")


def test_a_members_tap_changes_nothing() -> None:
    """It is answered all the same."""
    desk = open_desk(StubReadout(), ["T1"])
    (alert,) = converse(update("button_group_setting"), desk=desk).done()
    assert "Only administrators" in alert.params["text"]
    assert desk.chat_settings.of(GROUP) == ChatSettings()


@pytest.mark.parametrize(
    "data",
    [
        "g:",
        "g:reacts_to:all",
        "g:lifetime:5",
        "g:quiet:yes",
        "g:nothing:1",
        "g:hours:3-4",
        "g:zone:15",
        "g:zone:x",
    ],
)
def test_choices_nobody_offered(data: str) -> None:
    """From a changed client, or from another version of the bot."""
    (alert,) = converse(press("button_group_setting", data), api=administered()).done()
    assert "too old" in alert.params["text"]


def test_rights_are_asked_for_once_and_again_after_a_change() -> None:
    """An administrator who is one no longer loses the buttons at once."""
    api, desk = administered(), open_desk(StubReadout(), ["T1"])
    tap, again = (press("button_group_setting", f"g:quiet:{n}") for n in (1, 0))
    again["callback_query"]["id"] = "2"
    converse(tap, again, api=api, desk=desk)
    assert len(api.done("getChatMember")) == 1
    api.groups.admins.clear()
    last = press("button_group_setting", "g:quiet:1")
    last["callback_query"]["id"] = "3"
    converse(update("member_demoted"), last, api=api, desk=desk)
    assert len(api.done("getChatMember")) == 2
    assert not desk.chat_settings.of(GROUP).quiet


def test_commands_only() -> None:
    """Mentions and replies are left alone."""
    desk = desk_with(reacts_to="commands")
    names = ["group_mention", "group_reply_to_us", "group_claim_mention"]
    assert converse(*map(update, names), desk=desk).done() == []
    assert len(converse(update("group_command_pfs"), update("group_claim_check"), desk=desk).done()) == 2


def test_how_much_is_said() -> None:
    """A contradiction and the source are never left out."""
    (figure,) = converse(update("group_mention"), desk=desk_with(verbosity="headline")).done()
    assert "A detail." not in figure.text
    assert "A contradiction." in figure.text
    assert "A report" in figure.text
    (full,) = converse(update("group_mention"), desk=desk_with(verbosity="full")).done()
    assert full.text.index("A detail.") < full.text.index("Source")


def test_a_quiet_group_gets_no_notices() -> None:
    """Neither of floods nor of unknown commands; answers as ever."""
    desk = desk_with(quiet=True)
    names = ["group_command_unknown_ours"] + ["group_reply_to_us"] * 9
    calls = converse(*map(update, names), desk=desk).done()
    assert not [call for call in calls if "faster" in call.text or "do not know" in call.text]


def test_answers_are_deleted_in_time() -> None:
    """By an appointment for each of the bot's messages."""
    api, desk = BotApi(), desk_with(lifetime=10)

    async def handle() -> list[float]:
        bot = connect(settings(), OfflineRequest(api), OfflineRequest(api))
        async with build(bot, desk) as application:
            for name in ("group_mention", "group_question_again", "group_command_bare"):
                api.hear(content := update(name))
                await application.process_update(Update.de_json(content, bot))
            assert application.job_queue is not None
            jobs = application.job_queue.jobs()
            for job in jobs:
                await job.run(application)
            return [job.trigger.run_date.timestamp() for job in (each.job for each in jobs)]

    assert len(asyncio.run(handle())) == 3
    assert [call.params["message_id"] for call in api.done("deleteMessage")] == [1001, 1002, 1003]


def test_what_is_gone_is_gone() -> None:
    """Somebody else deleted the answer first."""
    api, desk = BotApi(), desk_with(lifetime=10)

    async def handle() -> None:
        bot = connect(settings(), OfflineRequest(api), OfflineRequest(api))
        async with build(bot, desk) as application:
            api.hear(content := update("group_mention"))
            await application.process_update(Update.de_json(content, bot))
            api.messages.clear()
            assert application.job_queue is not None
            for job in application.job_queue.jobs():
                await job.run(application)

    asyncio.run(handle())
    assert [call.method for call in api.refused] == ["deleteMessage"]


def test_choices_outlive_the_process(tmp_path: Path) -> None:
    """The defaults are not kept."""
    store = ChatSettingsStore(tmp_path)
    store.choose(1, ChatSettings(verbosity="full", quiet=True))
    store.choose(2, ChatSettings(lifetime=60))
    store.choose(2, ChatSettings())
    store.close()
    again = ChatSettingsStore(tmp_path)
    assert again.of(1) == ChatSettings(verbosity="full", quiet=True)
    assert again.of(2) == ChatSettings()


def test_choices_of_another_version_are_passed_over(tmp_path: Path) -> None:
    """A setting that is no more must not keep the bot from starting."""
    store = ChatSettingsStore(tmp_path)
    store.choose(1, ChatSettings(quiet=True))
    store._database.execute("UPDATE chat_settings SET verbosity = 'novel'")
    store.close()
    assert ChatSettingsStore(tmp_path).of(1) == ChatSettings()
