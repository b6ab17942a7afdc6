"""Memory is bounded and forgets after an hour."""

from __future__ import annotations

from bot.memory.conversation import Conversations, Exchange, Thread
from bot.memory.recent import Recent

ANNA = Thread(chat=1, topic=None, sender=7)


class Clock:
    """Seconds that a test moves on by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_entries_expire_and_the_oldest_give_way() -> None:
    """Reading does not prolong them; putting them again does."""
    clock = Clock()
    recent: Recent[str, int] = Recent(limit=2, seconds=10, clock=clock)
    recent.put("a", 1)
    clock.now = 5
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("a", 3)
    recent.put("c", 4)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (3, None, 4)
    clock.now = 15
    assert len(recent) == 0


def test_a_conversation_is_one_person_in_one_topic() -> None:
    """For an hour."""
    clock = Clock()
    conversations: Conversations[str] = Conversations(clock=clock)
    conversations.record(ANNA, Exchange(question=10, answer=11, before=None, after="pfs"))
    assert conversations.turn(ANNA) == "pfs"
    assert conversations.turn(Thread(chat=1, topic=None, sender=8)) is None
    assert conversations.turn(Thread(chat=1, topic=5, sender=7)) is None
    clock.now = 3600
    assert conversations.turn(ANNA) is None
    assert conversations.exchange(1, 10) is None


def test_small_talk_keeps_the_subject() -> None:
    """An exchange without a turn changes nothing but can itself be found."""
    conversations: Conversations[str] = Conversations()
    conversations.record(ANNA, Exchange(question=10, answer=11, before=None, after="pfs"))
    conversations.record(ANNA, Exchange(question=12, answer=13, before="pfs", after=None))
    assert conversations.turn(ANNA) == "pfs"
    assert conversations.turn(ANNA, replied_to=13) == "pfs"
    found = conversations.exchange(1, 12)
    assert found is not None
    assert found.answer == 13


def test_a_reply_resumes_an_older_answer() -> None:
    """Numbers of messages are those of one chat."""
    conversations: Conversations[str] = Conversations()
    conversations.record(ANNA, Exchange(question=10, answer=11, before=None, after="pfs"))
    conversations.record(ANNA, Exchange(question=12, answer=13, before="pfs", after="safety"))
    assert conversations.turn(ANNA, replied_to=11) == "pfs"
    assert conversations.turn(Thread(chat=2, topic=None, sender=7), replied_to=11) is None
