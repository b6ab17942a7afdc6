"""Inline mode: each query is answered once, with figures, for everybody alike."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest

from bot.answers.answer import Kind
from bot.chat import wording
from bot.chat.desk import open_desk
from bot.pipeline import Readout
from tests.chat.api import BotApi, Refused
from tests.chat.markup import visible
from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout


def query(text: str, offset: str = "") -> dict[str, Any]:
    """An inline query of that text."""
    content = update("inline_query")
    content["inline_query"] |= {"query": text, "offset": offset}
    return content


def test_a_query_shows_its_answer_and_the_next(readout: Readout) -> None:
    """The figure stands in the title; what is posted is the whole short card."""
    (answered,) = converse(update("inline_query"), readout=readout).done()
    results = answered.params["results"]
    expected = readout.reply("3-year PFS").answer
    assert results[0]["title"] == expected.headline
    assert results[0]["description"]
    posted = visible(results[0]["input_message_content"]["message_text"])
    assert posted.startswith(expected.headline)
    assert "Source:" in posted
    (button,) = results[0]["reply_markup"]["inline_keyboard"][0]
    assert button["url"] == "https://t.me/ReadoutTestBot?start=3-year_PFS"
    titles = [result["title"] for result in results[1:]]
    assert titles
    assert set(titles) <= {readout.reply(text).answer.headline for text in expected.suggestions}


def test_results_are_shared_and_kept_for_a_while() -> None:
    """They are the same for everybody."""
    (answered,) = converse(update("inline_query")).done()
    assert answered.params["cache_time"] == 300
    assert answered.params["is_personal"] is False
    assert answered.params["results"][0]["input_message_content"]["link_preview_options"] == {
        "is_disabled": True
    }


def test_an_empty_query_shows_what_is_asked_most(readout: Readout) -> None:
    """Ten facts, and more when one scrolls on; each answered by the data, none of them twice."""
    most_asked = wording.load().inline.most_asked
    shown: list[str] = []
    offset = ""
    for page in range(1, 4):
        (answered,) = converse(query("", offset), readout=readout).done()
        assert 1 <= len(answered.params["results"]) <= 10
        assert "button" not in answered.params
        shown += [result["title"] for result in answered.params["results"]]
        offset = answered.params.get("next_offset", "")
        assert offset == (str(page) if page < 3 else "")
    assert shown == list(dict.fromkeys(shown))
    assert len(shown) == len(most_asked) > 10


@pytest.mark.parametrize("kind", [Kind.OUT_OF_SCOPE, Kind.ADVICE, Kind.CHAT])
def test_a_miss_leads_to_the_private_chat(kind: Kind) -> None:
    """With what was typed, as a deep link's payload."""
    (answered,) = converse(query("PFS, maybe <5 years?"), readout=StubReadout(kind=kind)).done()
    assert answered.params["results"] == []
    assert answered.params["button"]["text"] == "Ask in private"
    assert answered.params["button"]["start_parameter"].startswith("-")


def test_a_stated_gap_is_worth_posting() -> None:
    """But not as somebody's next question."""
    (answered,) = converse(query("OS p"), readout=StubReadout(kind=Kind.NOT_REPORTED)).done()
    assert [result["title"] for result in answered.params["results"]] == ["Heard: OS p"]


def test_the_id_changes_with_the_content() -> None:
    """Clients keep what they know under an id."""

    def ids(text: str) -> list[str]:
        (answered,) = converse(query(text)).done()
        return [result["id"] for result in answered.params["results"]]

    assert ids("PFS") == ids("PFS")
    assert ids("PFS")[0] != ids("ORR")[0]


@pytest.mark.parametrize("offset", ["50", "9" * 60, "٣", "[]"])
def test_behind_the_last_page_there_is_nothing(offset: str) -> None:
    """Also no way to the private chat: the first page stands above."""
    (answered,) = converse(query("PFS", offset=offset)).done()
    assert answered.params["results"] == []
    assert not answered.params.get("next_offset")
    assert "button" not in answered.params


def test_a_failure_is_answered_and_not_kept() -> None:
    """The person sees the way to the private chat; the next one gets a new try."""
    (answered,) = converse(query("crash")).done()
    assert answered.params["results"] == []
    assert answered.params["cache_time"] == 0


def test_a_query_that_is_too_old() -> None:
    """The person typed on; nothing else happens."""
    api = BotApi(faults={"answerInlineQuery": deque([Refused("Bad Request: query is too old")])})
    assert converse(update("inline_query"), api=api).done() == []


def test_a_chosen_result_is_counted() -> None:
    """By its subject; a made-up id is not."""
    desk = open_desk(StubReadout(), ["T1"])
    forged = update("inline_chosen")
    forged["chosen_inline_result"]["result_id"] = "<b>.1"
    api = converse(update("inline_chosen"), forged, desk=desk)
    assert api.done() == []
    assert desk.feedback.totals() == {("pfs", "chosen"): 1}


@pytest.mark.parametrize("name", ["private_via_us", "group_via_us"])
def test_what_we_posted_is_no_question(name: str) -> None:
    """Telegram brings it back to us as a message."""
    assert converse(update(name)).done() == []
