"""The edge with the real readout: what people see is well formed, and the buttons lead somewhere."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.answer import Kind
from bot.chat import wording
from bot.pipeline import Readout, open_readout
from knowledge.errors import KnowledgeError
from tests.chat.offline import converse, press, update

EXAMPLES = wording.load().examples
QUESTIONS = [entry.question for entry in wording.load().commands if entry.question]


@pytest.fixture(scope="module")
def readout() -> Readout:
    """The bot over the project's own knowledge."""
    try:
        return open_readout()
    except KnowledgeError as error:
        pytest.skip(f"the knowledge does not load: {str(error).splitlines()[0]}")


@pytest.mark.parametrize("question", EXAMPLES)
def test_example_questions_are_answered(question: str, readout: Readout) -> None:
    """Typed, or tapped under /start."""
    assert readout.reply(question).answer.kind == Kind.ANSWER
    (typed,) = converse(update("private_text", text=question), readout=readout).done()
    _, tapped = converse(press("button_private", f"q:{question}"), readout=readout).done()
    assert typed.text == tapped.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_commands_ask_questions_that_are_understood(question: str, readout: Readout) -> None:
    """None is out of scope."""
    assert readout.reply(question).answer.kind in (Kind.ANSWER, Kind.CHAT)


@pytest.mark.parametrize("question", EXAMPLES)
def test_suggested_questions_are_understood(question: str, readout: Readout) -> None:
    """Each button under an answer leads to a reply that is about the trial."""
    first = readout.reply(question)
    for suggestion in first.answer.suggestions:
        assert readout.reply(suggestion, first.turn).answer.kind != Kind.OUT_OF_SCOPE, suggestion


def test_nothing_is_refused_on_the_way(readout: Readout) -> None:
    """Private, in a group, in a topic, by command, by button, after an edit."""
    names = ["private_text", "private_edited", "private_command_sources", "button_private", "group_mention",
             "group_reply_to_us", "topic_mention", "button_group"]  # fmt: skip
    api = converse(*[update(name) for name in names], readout=readout)
    assert api.refused == []
    assert len(api.done("sendMessage", "editMessageText")) == len(names)


def test_the_first_line_is_the_headline(readout: Readout) -> None:
    """A phone's notification shows it: bold, in the chat as in a group."""
    for name in ("private_text", "group_mention"):
        (sent,) = converse(update(name), readout=readout).done()
        assert sent.text.startswith(readout.reply("3-year PFS?").answer.headline)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters() | st.sampled_from("<>&@/ %pfs3"), min_size=1, max_size=200))
def test_any_text_gets_one_reply(text: str, readout: Readout) -> None:
    """And none is an apology."""
    api = converse(update("private_text", text=text), readout=readout)
    (sent,) = api.done()
    assert api.refused == []
    assert "Incident" not in sent.text
