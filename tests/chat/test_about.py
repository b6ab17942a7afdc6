"""What the bot says of itself, to everybody and to its operator, and how it is brought into a group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.answers.answer import Kind
from bot.chat.desk import Desk, open_desk
from bot.pipeline import Readout
from tests.chat.api import BotApi
from tests.chat.offline import converse, settings, update
from tests.chat.stub import StubReadout
from tests.chat.test_commands import typed

ANNA = 4001


def operated(by: int | None, readout: Any = None, **changes: Any) -> Desk:
    """A desk whose operator has this account."""
    return open_desk(readout or StubReadout(), ["T1"], settings(operator=by, **changes))


def test_about_names_the_edition(readout: Readout) -> None:
    """The same figures are the same edition, so that two people can compare theirs."""
    edition = readout.edition()
    assert edition.facts > 100
    assert edition == readout.edition()
    (sent,) = converse(typed("/about"), readout=readout).done()
    assert f"{edition.facts} facts from {edition.sources} sources" in sent.text
    assert edition.mark in sent.text


def test_another_figure_is_another_edition(readout: Readout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark stands for the records, not for the day."""
    before = readout.edition()
    facts = readout.store.facts(readout.default_trial)
    changed = (facts[0].model_copy(update={"section": "elsewhere"}), *facts[1:])
    monkeypatch.setattr(readout.store, "facts", lambda trial: changed)
    assert replace(readout.edition(), mark=before.mark) == before
    assert readout.edition().mark != before.mark


def test_the_operator_sees_counts() -> None:
    """Of answers, ratings and failures; nothing that was written."""
    desk = operated(ANNA)
    names = ["private_text", "button_not_helpful", "button_reason", "group_mention", "inline_query"]
    calls = converse(*map(update, names), typed("/stats"), desk=desk).done()
    told = calls[-1].text
    assert "private: 1 (answer 1)" in told
    assert "supergroup: 1 (answer 1)" in told
    assert "inline: 1 (cards 1)" in told
    assert "down." in told
    assert "3-year" not in told


def test_failures_are_counted() -> None:
    """They are what an operator looks for."""
    desk = operated(ANNA)
    calls = converse(update("private_text", text="crash"), typed("/stats"), desk=desk).done()
    assert "1 failed" in calls[-1].text


def test_what_found_no_answer_is_listed_if_it_is_kept() -> None:
    """As it is kept: without digits and names."""
    desk = operated(ANNA, StubReadout(kind=Kind.NOT_REPORTED), keep_unanswered=True)
    question = update("private_text", text="does Anna need 25 mg of it?")
    assert "1 x does need mg of it?" in converse(question, typed("/stats"), desk=desk).done()[-1].text


@pytest.mark.parametrize("operator", [None, 4999])
def test_nobody_else_has_that_command(operator: int | None) -> None:
    """In private it is a command like any other that we do not have; in a group it may be another bot's."""
    (sent,) = converse(typed("/stats"), desk=operated(operator)).done()
    assert "do not know that command" in sent.text
    assert converse(typed("/stats", "group_command_bare"), desk=operated(operator)).done() == []
    assert converse(typed("/stats", "group_command_bare"), desk=operated(ANNA)).done() == []


def test_the_help_leads_into_a_group() -> None:
    """Telegram lets one choose the group; where joining is off, and in groups, there is no button."""
    (sent,) = converse(typed("/help")).done()
    ((button,),) = sent.params["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/ReadoutTestBot?startgroup=-"
    (sent,) = converse(typed("/help"), api=BotApi(me={"can_join_groups": False})).done()
    assert "reply_markup" not in sent.params
    (sent,) = converse(typed("/help", "group_command_bare")).done()
    assert "reply_markup" not in sent.params


@pytest.mark.parametrize("order", [["added", "start"], ["start", "added"]])
def test_a_group_is_greeted_once(order: list[str]) -> None:
    """The link adds the bot and says /start; Telegram tells both."""
    updates = {
        "added": update("added_to_group"),
        "start": typed("/start@ReadoutTestBot -", "group_command_bare"),
    }
    assert len(converse(*[updates[name] for name in order]).done()) == 1
