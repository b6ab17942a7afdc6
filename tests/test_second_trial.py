"""Two trials in one bot: a second folder of data, and not a line of code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import knowledge
from bot.answers.answer import Kind
from bot.answers.render import plain
from bot.pipeline import Readout, Turn
from bot.pipeline import readout as assembled
from knowledge.compile import compile_to
from knowledge.store import Store

SECOND = "northstar"
MADE_UP = Path(__file__).parent / "data" / "second_trial" / SECOND
OURS = ("velorustat", "NORTHSTAR", "Kessler", "Velorustat")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Readout:
    """The bot over the real trial and the made-up one."""
    root = tmp_path_factory.mktemp("two trials")
    for folder in ("trials", "context", "terms"):
        shutil.copytree(Path(knowledge.__file__).parent / folder, root / folder)
    shutil.copytree(MADE_UP, root / "trials" / SECOND)
    compile_to(root / "knowledge.db", root)
    store = Store.open(root / "knowledge.db")
    first = next(trial for trial in store.trials() if trial != SECOND)
    return assembled(store, default_trial=first)


NAMED = {
    "2-year OS in NORTHSTAR?": ["88%", "80%"],
    "north star trial hazard ratio": ["0.57"],
    "velorustat response rate": ["62.5%"],
    "ORR with usual care in NORTHSTAR": ["22.5%"],
    "OS at 12 months with velorustat": ["95%"],
    "NORTHSTAR OS difference at 2 years": ["8 percentage points"],
    "how many patients got velorustat": ["120"],
    "NNT in NORTHSTAR at 24 months": ["13"],
    "dose of velorustat": ["40 mg"],
    "grade 3-4 adverse events in NORTHSTAR": ["15%"],
    "NCT99999999 conclusion": ["improved overall survival"],
}
FOLLOW_UPS = {
    "and at 12 months?": ["95%", "90%"],
    "hazard ratio?": ["0.57"],
    "response rate?": ["62.5%"],
    "and usual care?": ["80%"],
    "NNT?": ["13"],
    "dose?": ["40 mg"],
}


@pytest.mark.parametrize("question", NAMED)
def test_the_named_trial_answers(question: str, both: Readout) -> None:
    """By acronym, number, drug or disease; from its own folder only."""
    answer = both.reply(question).answer
    assert answer.kind is Kind.ANSWER
    assert answer.understood["trial"] == SECOND
    assert not [figure for figure in NAMED[question] if figure not in answer.headline], answer.headline


@pytest.mark.parametrize("question", FOLLOW_UPS)
def test_the_chat_s_trial_goes_on(question: str, both: Readout) -> None:
    """A question that names neither is about the trial that the chat speaks of."""
    answer = both.reply(question, both.reply("2-year OS in NORTHSTAR?").turn).answer
    assert answer.understood["trial"] == SECOND
    assert not [figure for figure in FOLLOW_UPS[question] if figure not in plain(answer)], answer.headline


def test_the_default_trial_is_meant_when_none_is_named(both: Readout) -> None:
    """And nothing of the other one stands in the reply."""
    answer = both.reply("Hazard ratio?").answer
    assert answer.understood["trial"] == both.default_trial
    assert not [name for name in OURS if name in plain(answer)]


def test_the_chat_can_go_back(both: Readout) -> None:
    """Naming the first trial again turns the conversation to it."""
    first = both.store.trial(both.default_trial)
    turn = both.reply("2-year OS in NORTHSTAR?").turn
    back = both.reply(f"hazard ratio in {first.acronym}?", turn)
    assert back.answer.understood["trial"] == first.id
    again = both.reply("and side effects?", back.turn)
    assert again.answer.understood["trial"] == first.id


def test_small_talk_keeps_the_trial(both: Readout) -> None:
    """A "thanks" in between does not turn the chat back to the default."""
    turn: Turn | None = both.reply("2-year OS in NORTHSTAR?").turn
    turn = both.reply("thanks", turn).turn
    assert both.reply("hazard ratio?", turn).answer.understood["trial"] == SECOND


def test_its_gaps_and_contradictions_speak(both: Readout) -> None:
    """Not reported and disagreeing, in the words of its own data."""
    gap = both.reply("quality of life in NORTHSTAR?").answer
    assert (gap.kind, gap.headline) == (Kind.NOT_REPORTED, "Quality of life was not reported in NORTHSTAR.")
    answer = both.reply("response rate with velorustat?").answer
    assert "The 2031 paper gives 62.5%, the 2030 congress report 60.0%." in answer.notes


@pytest.mark.parametrize(
    "question", ["3-year PFS in NORTHSTAR?", "PFS with velorustat", "5-year PFS NORTHSTAR"]
)
def test_what_only_the_other_trial_reports_is_not_reported(question: str, both: Readout) -> None:
    """No figure crosses from one trial to the other."""
    answer = both.reply(question).answer
    assert answer.kind is Kind.NOT_REPORTED
    assert "None" not in plain(answer)
    assert "%" not in plain(answer)


def test_no_related_trial_stands_in(both: Readout) -> None:
    """Whatever is asked of the named trial, no third trial's fact answers."""
    wrong = []
    for concept in both.store.concepts():
        if concept.category != "topic" or not concept.names:
            continue
        answer = both.reply(f"{concept.names[0]} in NORTHSTAR").answer
        if answer.understood.get("subject") or answer.understood.get("topic") != concept.id:
            continue
        subjects = {both.store.fact(SECOND, fact).subject for fact in answer.facts} - {None}
        own = any(name in " ".join(concept.names) for name in subjects if name)
        if (subjects and not own) or "None" in plain(answer):
            wrong.append(f"{concept.names[0]}: {answer.headline!r} {sorted(map(str, subjects))}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)


def test_a_bare_trial_gets_its_overview(both: Readout) -> None:
    """The facts that trial.yaml names as the summary."""
    answer = both.reply("what is NORTHSTAR?").answer
    assert answer.kind is Kind.ANSWER
    assert set(answer.facts) & set(both.store.trial(SECOND).overview)


@pytest.mark.parametrize("question", ["phase 2 OS in NORTHSTAR", "OS at 3 years with velorustat"])
def test_its_own_slots_count(question: str, both: Readout) -> None:
    """A phase or time point that only the first trial has is none of this one."""
    assert both.reply(question).answer.kind is Kind.NOT_REPORTED


def test_the_first_trial_answers_as_if_it_were_alone(both: Readout, readout: Readout) -> None:
    """A second folder changes no reply about the first."""
    first = readout.store.trial(readout.default_trial)
    questions = ("PFS at 3 years?", "ORR in phase 2", "side effects?", "hr", f"{first.acronym} dose", "os")
    for question in questions:
        assert both.reply(question).answer.headline == readout.reply(question).answer.headline
