"""Private chats: every message of a person gets one reply."""

from __future__ import annotations

import pytest

from tests.chat.api import ME
from tests.chat.offline import converse, press, update


def test_a_question_gets_its_answer_in_html_with_buttons() -> None:
    """One message, in HTML, without a link preview, with the next question on a button."""
    (sent,) = converse(update("private_text")).done()
    assert sent.text.startswith("Heard: 3-year PFS?")
    assert sent.params["parse_mode"] == "HTML"
    assert sent.params["link_preview_options"] == {"is_disabled": True}
    assert sent.buttons[0] == "q:and the other arm?"


def test_start_is_five_lines_with_example_questions() -> None:
    """Five lines of plain text that name the trial, and three or four examples."""
    (sent,) = converse(update("private_command_start")).done()
    assert len(sent.text.splitlines()) == 5
    assert "T1" in sent.text
    assert "parse_mode" not in sent.params
    assert 3 <= len(sent.buttons) <= 4


@pytest.mark.parametrize("command", ["help", "about", "privacy"])
def test_fixed_texts(command: str) -> None:
    """Each command sends its own text, with nothing left to fill in."""
    text = f"/{command}"
    entities = [{"offset": 0, "length": len(text), "type": "bot_command"}]
    content = update("private_command_start", text=text)
    content["message"]["entities"] = entities
    (sent,) = converse(content).done()
    assert len(sent.text) > 100
    assert "{" not in sent.text


def test_a_command_that_is_a_question_takes_the_words_behind_it() -> None:
    """The command /sources with "2020" behind it asks "sources 2020"."""
    (sent,) = converse(update("private_command_sources")).done()
    assert sent.text.startswith("Heard: sources 2020")


def test_a_command_ends_where_telegram_says() -> None:
    """The command in "/help, please" ends before the comma."""
    content = update("private_command_start", text="/help, please")
    content["message"]["entities"] = [{"offset": 0, "length": 5, "type": "bot_command"}]
    (sent,) = converse(content).done()
    assert "Type a question" in sent.text


def test_an_unknown_command_gets_help() -> None:
    """It is not answered as a question."""
    (sent,) = converse(update("private_command_unknown")).done()
    assert "/help" in sent.text


@pytest.mark.parametrize("name", ["private_photo", "private_voice", "private_sticker", "private_location"])
def test_what_is_not_text_gets_one_calm_line(name: str) -> None:
    """Also a picture with a caption: without the picture its question could be misread."""
    (sent,) = converse(update(name)).done()
    assert len(sent.text.splitlines()) == 1
    assert "text" in sent.text


def test_an_album_gets_one_line() -> None:
    """Each of its pictures comes as a message of its own."""
    pictures = [update("private_album_picture", message_id=number) for number in (70, 71, 72)]
    assert len(converse(*pictures).done()) == 1


@pytest.mark.parametrize("name", ["private_pinned", "private_via_us"])
def test_what_nobody_said_gets_no_reply(name: str) -> None:
    """Notices, and answers posted through our own inline mode."""
    assert converse(update(name)).calls[1:] == []


def test_old_messages_are_still_answered() -> None:
    """Unlike in groups: the person is waiting."""
    assert len(converse(update("private_text", age=7200)).done()) == 1


def test_a_follow_up_knows_what_came_before() -> None:
    """The second answer names the first question."""
    sent = converse(update("private_text"), update("private_text", message_id=90, text="and at 2 years?"))
    assert "Before: 3-year PFS?" in sent.done()[1].text


def test_a_reply_to_an_old_answer_resumes_it() -> None:
    """Not the question asked in between."""
    first, second = update("private_text"), update("private_text", message_id=90, text="Who joined?")
    earlier = {**first["message"], "message_id": 1001, "from": ME}
    third = update("private_text", message_id=91, text="and at 2 years?", reply_to_message=earlier)
    assert "Before: 3-year PFS?" in converse(first, second, third).done()[2].text


def test_lone_surrogates_are_replaced() -> None:
    """They arrive in JSON, but can neither be encoded nor sent back."""
    (sent,) = converse(update("private_text", text="PFS \ud83d?")).done()
    assert sent.text.startswith("Heard: PFS �?")


def test_a_flood_gets_one_line_and_then_silence() -> None:
    """Sixty at once are answered; the line says that nothing is lost; then others are served as ever."""
    many = [update("private_text", message_id=100 + number) for number in range(62)]
    other = update("private_text", chat={"id": 4999, "type": "private", "first_name": "Else"})
    calls = converse(*many, update("private_sticker"), other).done()
    assert [call.text[:5] for call in calls[:60]] == ["Heard"] * 60
    assert "Nothing is lost" in calls[60].text
    assert [(call.params["chat_id"], call.text[:5]) for call in calls[61:]] == [(4999, "Heard")]


def test_a_flood_of_taps_is_acknowledged() -> None:
    """Each spins until it is; one line over the chat, and no further messages."""
    taps = [press("button_private", f"q:question {number}") for number in range(63)]
    for number, tap in enumerate(taps):
        tap["callback_query"]["id"] = str(number)
    api = converse(*taps)
    acknowledged = api.done("answerCallbackQuery")
    assert len(acknowledged) == 63
    assert ["lost" in call.text for call in acknowledged] == [False] * 60 + [True] * 3
    assert len(api.done("sendMessage")) == 60
