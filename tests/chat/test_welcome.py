"""The card in a group that adds the bot, and groups that change their number."""

from __future__ import annotations

from collections import deque

import pytest

from bot.chat.desk import open_desk
from bot.memory.chat_settings import ChatSettings
from tests.chat.api import BotApi, Refused
from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout

OLD, NEW = -4100000005, -1001000000009


def test_the_card_says_what_it_hears_and_how_to_ask() -> None:
    """With the privacy mode that BotFather sets, a mention may not arrive."""
    (sent,) = converse(update("added_to_group")).done()
    assert "a bare mention may not reach me" in sent.text.lower()
    for way in ("/pfs", "reply", "@ReadoutTestBot", "/check", "/settings", "/privacy"):
        assert way in sent.text
    assert "T1" in sent.text


@pytest.mark.parametrize(
    ("name", "me"), [("added_as_admin", {}), ("added_to_group", {"can_read_all_group_messages": True})]
)
def test_who_hears_all_says_so(name: str, me: dict[str, bool]) -> None:
    """An administrator, or a bot without privacy mode."""
    (sent,) = converse(update(name), api=BotApi(me=me)).done()
    assert "I receive every message here" in sent.text
    assert "may not reach me" not in sent.text


def test_only_what_is_turned_on_is_offered() -> None:
    """Inline mode and guest mode are BotFather's switches."""
    (sent,) = converse(update("added_to_group")).done()
    assert "pick a result" in sent.text
    assert "no member of" in sent.text
    api = BotApi(inline=False, me={"supports_guest_queries": False})
    (sent,) = converse(update("added_to_group"), api=api).done()
    assert "pick a result" not in sent.text
    assert "no member of" not in sent.text


@pytest.mark.parametrize(
    "name", ["made_admin", "removed_from_group", "added_to_channel", "blocked_in_private"]
)
def test_no_card(name: str) -> None:
    """For a change of rights, a farewell, a channel's readers, and somebody who blocks the bot."""
    assert converse(update(name)).done() == []


def test_a_group_where_it_may_not_write() -> None:
    """Is no incident."""
    refusal = Refused("Forbidden: not enough rights to send text messages to the chat", 403)
    api = converse(update("added_to_group"), api=BotApi(faults={"sendMessage": deque([refusal])}))
    assert api.done() == []
    assert len(api.refused) == 1


@pytest.mark.parametrize(
    "notices", [["basic_group_migrates", "supergroup_migrated"], ["supergroup_migrated"]]
)
def test_settings_and_conversations_move_along(notices: list[str]) -> None:
    """From a group to the supergroup that it becomes; nobody is welcomed there."""
    readout = StubReadout()
    desk = open_desk(readout, ["T1"])
    desk.chat_settings.choose(OLD, ChatSettings(verbosity="full"))
    names = ["basic_group_mention", *notices, "added_by_migration", "supergroup_follow_up"]
    calls = converse(*map(update, names), desk=desk).done()
    assert len(calls) == 2
    assert readout.asked[1] == ("and at 2 years?", "3-year PFS?")
    assert desk.chat_settings.of(NEW) == ChatSettings(verbosity="full")
    assert desk.chat_settings.of(OLD) == ChatSettings()


def test_a_missed_notice_is_made_up_for() -> None:
    """Telegram tells the new number in its refusal, too: the answer goes there, once."""
    readout = StubReadout()
    desk = open_desk(readout, ["T1"])
    desk.chat_settings.choose(OLD, ChatSettings(quiet=True))
    api = BotApi()
    api.groups.migrated[OLD] = NEW
    converse(update("basic_group_mention"), update("supergroup_follow_up"), desk=desk, api=api)
    assert desk.chat_settings.of(NEW).quiet
    answer, follow_up = api.done()
    assert (answer.params["chat_id"], answer.text.splitlines()[0]) == (NEW, "Heard: 3-year PFS?")
    assert "reply_parameters" not in answer.params
    assert "reply_parameters" in follow_up.params
    assert readout.asked[1] == ("and at 2 years?", "3-year PFS?")
    assert len(api.refused) == 1


@pytest.mark.parametrize("again", ["basic_group_question_again", "basic_group_mention"])
def test_what_hung_on_an_old_message_is_answered_anew(again: str) -> None:
    """A pointer to the earlier answer, and a correction of it, make no sense in the new group."""
    desk, api = open_desk(StubReadout(), ["T1"]), BotApi()
    converse(update("basic_group_mention"), desk=desk, api=api)
    api.groups.migrated[OLD] = NEW
    content = update(again)
    if again == "basic_group_mention":
        message = content.pop("message")
        content["edited_message"] = message | {"edit_date": message["date"]}
    converse(content, desk=desk, api=api)
    assert [call.params["chat_id"] for call in api.done()] == [OLD, NEW]
    assert api.done()[1].text.startswith("Heard: ")
