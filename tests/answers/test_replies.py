"""What holds for every reply to the tables, whatever was asked."""

from __future__ import annotations

import json

from bot.answers.answer import Answer, Kind
from bot.answers.render import as_json, plain
from bot.data import read
from tests.answers.numbers import allowed, numbers, shown
from tests.asked import Asked, run

MAX_HEADLINE = 140
ABOUT_SOURCES = {"source", "conflict"}
"""Aspects whose reply is about the sources themselves: it lists them, or the first few contradictions."""
LOOKED_UP = (Kind.ANSWER, Kind.NOT_REPORTED)


def _name(turn: Asked) -> str:
    return f"{turn.table}: {turn.text[:70]!r} -> {turn.reply.answer.headline[:90]!r}"


def _fixed_sentences() -> set[str]:
    """The numbers in sentences that are no facts: emergency numbers, examples."""
    data = [read("bot.answers", "wording.yaml")["replies"], read("bot.answers", "suggestions.yaml")]
    return numbers(f"{data} {read('bot.understanding', 'language/foreign.yaml')}")


def test_every_number_is_a_cited_fact_s_or_the_question_s_own() -> None:
    """Nothing is invented, and no figure stands in a reply that does not cite it."""
    asked, fixed = run(), _fixed_sentences()
    wrong = []
    for turn in asked.turns:
        answer = turn.reply.answer
        known = allowed(asked.readout, answer) if answer.kind in LOOKED_UP else fixed
        if "code" in answer.understood:
            known = fixed
        if strange := shown(answer) - known:
            wrong.append(f"{_name(turn)}: {sorted(strange)}")
    assert not wrong, "\n".join(wrong)


def test_only_a_lookup_cites_facts() -> None:
    """Refusals, advice and small talk carry no figure of the trial."""
    wrong = [_name(t) for t in run().turns if t.reply.answer.facts and t.reply.answer.kind not in LOOKED_UP]
    assert not wrong, "\n".join(wrong)


def test_an_answer_cites_a_fact_and_a_source() -> None:
    """No answer without its source."""
    wrong = [
        _name(turn)
        for turn in run().turns
        if turn.reply.answer.kind is Kind.ANSWER
        and not (turn.reply.answer.facts and turn.reply.answer.references)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_headline_fits_a_notification() -> None:
    """Under 140 characters, except where several questions were asked at once."""
    wrong = []
    for turn in run().turns:
        answer = turn.reply.answer
        if "questions" not in answer.understood and not 0 < len(answer.headline) <= MAX_HEADLINE:
            wrong.append(f"{_name(turn)}: {len(answer.headline)}")
    assert not wrong, "\n".join(wrong)


def test_a_contradiction_stands_beside_its_facts() -> None:
    """Whoever sees one side of it is told of the other."""
    asked = run()
    wrong = []
    for turn in asked.turns:
        answer = turn.reply.answer
        if any(query.aspects & ABOUT_SOURCES for query in turn.reply.turn.queries):
            continue
        trial = turn.reply.turn.trial or asked.trial
        text = plain(answer)
        for entry in asked.readout.store.discrepancies(trial, answer.facts):
            if entry.show == "always" and entry.wording not in text:
                wrong.append(f"{_name(turn)}: {entry.id} is kept back")
    assert not wrong, "\n".join(wrong)


def test_no_line_is_said_twice() -> None:
    """A repeated sentence looks like an error to the reader."""
    wrong = []
    for turn in run().turns:
        answer = turn.reply.answer
        said = [answer.headline, *answer.lines, *answer.notes, *answer.basis]
        if len(said) != len(set(said)):
            wrong.append(_name(turn))
    assert not wrong, "\n".join(wrong)


def test_text_and_object_say_the_same() -> None:
    """Plain text holds every part; the object survives JSON and holds the same text."""
    wrong = []
    for turn in run().turns:
        answer = turn.reply.answer
        as_object = as_json(answer)
        if json.loads(json.dumps(as_object, ensure_ascii=False)) != as_object:
            wrong.append(f"{_name(turn)}: the object changes in JSON")
        if as_object["text"] != plain(answer) or not _holds_every_part(answer):
            wrong.append(f"{_name(turn)}: the text is incomplete")
    assert not wrong, "\n".join(wrong)


def _holds_every_part(answer: Answer) -> bool:
    text = plain(answer)
    parts = [answer.headline, *answer.lines, *answer.notes, *answer.basis]
    return all(part in text for part in [*parts, *(reference.label for reference in answer.references)])


def test_no_gap_is_left_in_a_sentence() -> None:
    """Every field of the wording was filled, and nothing prints Python."""
    wrong = []
    for turn in run().turns:
        text = plain(turn.reply.answer)
        if any(mark in text for mark in ("{", "}", "None", "()", "  ", " ,", " .\n")):
            wrong.append(f"{_name(turn)}\n{text}")
    assert not wrong, "\n".join(wrong)
