"""Checking a claim: somebody's figures, compared with the reports one by one."""

from __future__ import annotations

import pytest

from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout


@pytest.mark.parametrize(
    "name", ["group_claim_mention", "group_claim_check", "group_claim_quote", "discussion_comment_check"]
)
def test_a_claim_in_a_group_is_checked(name: str, readout) -> None:
    """By a mention or a command in reply to it; the reply stands below the one who asks."""
    (sent,) = converse(update(name), readout=readout).done()
    assert sent.text.startswith(("No: ", "Yes: "))
    assert sent.params["reply_parameters"]["message_id"] == update(name)["message"]["message_id"]


def test_every_figure_gets_its_verdict(readout) -> None:
    """In the open: folded away it would be no answer. Other figures are passed over."""
    (sent,) = converse(update("group_claim_mention"), readout=readout).done()
    headline, *lines = sent.text.splitlines()
    assert headline == "No: 1 of 2 figures not as reported."
    assert lines[0].startswith("Yes: 3-year PFS with lenalidomide: 91%")
    assert lines[1].startswith("No: the 2019 meeting report gives 66% with observation, not 76%.")
    assert "Source: " in sent.text


def test_the_part_that_was_quoted_is_what_is_checked(readout) -> None:
    """From anywhere, also from another chat."""
    (sent,) = converse(update("group_claim_quote"), readout=readout).done()
    assert "76%" not in sent.text
    stub = StubReadout()
    converse(update("group_claim_elsewhere"), readout=stub)
    assert stub.asked[0][0] == "Overall response was 50% at 3 sites"


def test_the_words_under_a_picture_count(readout) -> None:
    """A slide's caption is a claim as well."""
    (sent,) = converse(update("group_photo_claim_check"), readout=readout).done()
    assert sent.text.startswith("Yes: 3-year PFS: 91% with lenalidomide vs 66% with observation")


def test_a_question_under_a_claim_is_a_question(readout) -> None:
    """It is answered; the claim is not judged."""
    (sent,) = converse(update("group_claim_question"), readout=readout).done()
    assert sent.text.startswith("PFS hazard ratio")


def test_nothing_to_check_is_said_once() -> None:
    """And nothing else."""
    (sent,) = converse(update("group_no_claim_check")).done()
    assert sent.text == "I find no figure in it that I can check against the reports."


def test_in_private(readout) -> None:
    """Typed behind the command, forwarded, or how to do it."""
    (sent,) = converse(update("private_check"), readout=readout).done()
    assert sent.text.startswith("No: the 2019 meeting report gives 66%, not 76%.")
    (sent,) = converse(update("private_check_forwarded"), readout=readout).done()
    assert sent.text.startswith("No: 1 of 2 figures")
    (sent,) = converse(update("private_check_bare"), readout=readout).done()
    assert sent.text.startswith("Reply to a message with /check")


def test_in_private_a_doubt_about_the_answer_is_no_claim() -> None:
    """What one replies to there is the conversation itself, unless it was forwarded."""
    doubt = update("private_check_forwarded", text="is this true?")
    (sent,) = converse(doubt).done()
    assert sent.text.startswith("Checked: 3-year PFS 91% vs 76%")
    del doubt["message"]["reply_to_message"]["forward_origin"]
    (sent,) = converse(doubt).done()
    assert sent.text.startswith("Heard: is this true?")


def test_a_check_can_be_followed_up(readout) -> None:
    """The conversation is about what was checked."""
    _, sent = converse(
        update("private_check"),
        update("private_text", text="and with lenalidomide?", message_id=27),
        readout=readout,
    ).done()
    assert sent.text.startswith("3-year PFS with lenalidomide: 91%")
