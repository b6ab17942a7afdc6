"""An arm named beside an outcome changes whose figure is shown, never which outcome it is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.answers.answer import Answer, Kind
from knowledge.model import GAP, Concept
from tests.asked import run

FORMS = ("{arm} {name}", "{name} on {arm}", "{name} in the {arm} arm")
NAMES = 5
"""Names of each outcome that are tried."""


def line(topic: str, concepts: Mapping[str, Concept]) -> Iterator[str]:
    """A topic and the broader ones that it belongs to."""
    concept = concepts.get(topic)
    while concept is not None:
        yield concept.id
        concept = concepts.get(concept.parent or "")


def outcome(topic: str, concepts: Mapping[str, Concept]) -> bool:
    return any(concepts[each].direction is not None for each in line(topic, concepts))


def topic_of(answer: Answer) -> str:
    return str(answer.understood.get("topic"))


def test_the_outcome_stays() -> None:
    """ "<Arm> side effects" was once read as "<arm>'s side", and answered with the primary endpoint."""
    readout = run().readout
    concepts = {concept.id: concept for concept in readout.store.concepts()}
    trial = readout.store.trial(readout.default_trial)
    arms = [arm.label for arm in trial.arms]
    tried, wrong = 0, []
    for concept in concepts.values():
        if not outcome(concept.id, concepts) or concept.category != "topic":
            continue
        plain = [name for name in concept.names if GAP not in name][:NAMES]
        for name in filter(None, dict.fromkeys((concept.short, concept.label, *plain))):
            alone = topic_of(readout.reply(f"{name}?").answer)
            for form in FORMS:
                for arm in arms:
                    question = form.format(arm=arm, name=name)
                    answer = readout.reply(question).answer
                    told = topic_of(answer)
                    tried += 1
                    if answer.kind is not Kind.ANSWER or told == alone or not outcome(told, concepts):
                        continue
                    if told not in line(concept.id, concepts) and concept.id not in line(told, concepts):
                        wrong.append(f"{question!r}: {told}: {answer.headline}")
    assert tried > len(FORMS) * NAMES
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])
