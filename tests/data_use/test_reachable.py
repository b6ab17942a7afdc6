"""Whatever is known can be asked for; what is missing is said to be missing."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.answer import Answer
from bot.answers.render import plain
from tests.asked import Run, run
from tests.generated import about, about_gap


def _ask(asked: Run, questions: Iterable[str]) -> Iterable[Answer]:
    for question in dict.fromkeys(questions):
        yield asked.readout.reply(question).answer


def test_every_fact_can_be_reached() -> None:
    """A reply to a table question, or to a question made of the fact's own names, cites it."""
    asked = run()
    cited = {fact for turn in asked.turns for fact in turn.reply.answer.facts}
    dead = []
    for fact in asked.readout.store.facts(asked.trial):
        if fact.id in cited:
            continue
        for answer in _ask(asked, about(asked.readout, asked.trial, fact)):
            cited.update(answer.facts)
            if fact.id in cited:
                break
        else:
            dead.append(fact.id)
    assert not dead, f"no question leads to {dead}"


def test_every_gap_can_be_reached() -> None:
    """A reply says, in the entry's own words, that it is not reported."""
    asked = run()
    said = {turn.reply.answer.headline for turn in asked.turns}
    said |= {line for turn in asked.turns for line in turn.reply.answer.lines}
    dead = [
        gap.id
        for gap in asked.readout.store.gaps(asked.trial)
        if gap.wording not in said
        and all(
            gap.wording not in plain(answer)
            for answer in _ask(asked, about_gap(asked.readout, asked.trial, gap))
        )
    ]
    assert not dead, f"no question leads to {dead}"


def test_every_discrepancy_can_be_reached() -> None:
    """Its wording stands in a reply: beside its facts, or when somebody asks for the conflict."""
    asked = run()
    said = "\n".join(plain(turn.reply.answer) for turn in asked.turns)
    dead = []
    for entry in asked.readout.store.discrepancies(asked.trial):
        if entry.wording in said:
            continue
        facts = (asked.readout.store.fact(asked.trial, fact) for fact in entry.facts)
        questions = [q for fact in facts for q in about(asked.readout, asked.trial, fact)]
        asking = [*entry.names, *(f"{question} contradiction" for question in questions)]
        if all(entry.wording not in plain(answer) for answer in _ask(asked, asking)):
            dead.append(entry.id)
    assert not dead, f"no question leads to {dead}"


def test_a_discrepancy_can_be_asked_for_by_its_names() -> None:
    """ "Ways to ask for it by name" lead to it."""
    asked = run()
    dead = [
        f"{entry.id}: {name!r}"
        for entry in asked.readout.store.discrepancies(asked.trial)
        for name in entry.names
        if all(entry.wording not in plain(answer) for answer in _ask(asked, [name]))
    ]
    assert not dead, "\n".join(dead)
