"""Several answers in one reply: two questions, a premise and a question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.answers.answer import Answer, Kind, Reference
from bot.understanding.query import Query

MAX_HEADLINE = 140
JOINT = " | "


def combined(answers: Sequence[tuple[Query, Answer]]) -> Answer:
    """One reply for all queries; a premise that holds is not mentioned."""
    kept = [answer for query, answer in answers if query.shape != "premise" or _contradicts(query, answer)]
    kept = list({answer.headline: answer for answer in kept}.values())
    if len(kept) == 1:
        return kept[0]
    kind = next((a.kind for a in kept if a.kind is Kind.ANSWER), kept[0].kind)
    together = JOINT.join(answer.headline for answer in kept)
    fits = len(together) <= MAX_HEADLINE
    lines: list[str] = []
    for number, answer in enumerate(kept):
        if number and not fits:
            lines.append(answer.headline)
        lines += answer.lines[: 3 if len(kept) > 2 else 4]
    said = {answer.headline for answer in kept}
    first = said if fits else {kept[0].headline}
    return Answer(
        kind=kind,
        headline=together if fits else kept[0].headline,
        lines=_once(line for line in lines if line not in first),
        notes=_once(note for a in kept for note in a.notes if note not in {*lines, *said}),
        basis=_once(chain.from_iterable(a.basis for a in kept)),
        references=_merged(kept),
        suggestions=kept[-1].suggestions,
        facts=_once(chain.from_iterable(a.facts for a in kept)),
        understood={"questions": [answer.understood for answer in kept]},
    )


def _contradicts(query: Query, answer: Answer) -> bool:
    return answer.kind is Kind.ANSWER and answer.understood.get("verdict") in ("no", "wrong", "not_shown")


def _once(texts: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))  # type: ignore[call-overload]


def _merged(answers: Sequence[Answer]) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    for reference in chain.from_iterable(a.references for a in answers):
        known = found.get(reference.source)
        if known is None:
            found[reference.source] = reference
            continue
        places = [*known.locator.split("; "), *reference.locator.split("; ")]
        found[reference.source] = Reference(
            known.source, known.label, "; ".join(dict.fromkeys(places)), known.url
        )
    return tuple(found.values())
