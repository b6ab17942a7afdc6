"""From a `Derivation` and its input facts to a `Derived` fact.

Owns what a derived fact inherits from its inputs; how its value is computed
and written is in formulas.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from knowledge.corpus import CONTEXT, FACT_SECTIONS, Draft, Entry
from knowledge.errors import DerivationError, Problem
from knowledge.formulas import FORMULAS
from knowledge.model import Assertion, Citation, Derivation, Derived, Source


def derive_all(draft: Draft) -> tuple[list[Entry], list[Problem]]:
    """A derived fact for each sound derivation, and the complaints about the others."""
    derived: list[Entry] = []
    problems: list[Problem] = []
    ranks = {record.id: record.rank for _, record in draft.of(Source)}
    for scope in draft.scopes:
        facts = {fact.id: fact for _, fact in (*draft.of(Assertion, CONTEXT), *draft.of(Assertion, scope))}
        known = draft.ids(FACT_SECTIONS, CONTEXT, scope)
        for entry, derivation in draft.of(Derivation, scope):
            complaints = list(_input_problems(derivation, facts, known))
            if complaints:
                problems += [entry.problem(message, field) for field, message in complaints]
                continue
            inputs = {name: facts[id_] for name, id_ in derivation.inputs.items() if id_ in facts}
            if len(inputs) < len(derivation.inputs):
                continue  # an invalid input has been complained about already
            try:
                fact = derive_fact(derivation, inputs, lambda source: ranks.get(source, 3))
            except DerivationError as error:
                problems.append(entry.problem(str(error), derivation.formula))
            else:
                derived.append(Entry(scope, entry.file, entry.key, "derived", fact.id, fact))
    return derived, problems


def _input_problems(
    derivation: Derivation, facts: Mapping[str, Assertion], known: frozenset[str]
) -> list[tuple[str, str]]:
    formula = FORMULAS.get(derivation.formula)
    if formula is None:
        return [("formula", f"unknown formula {derivation.formula}; there are {', '.join(FORMULAS)}")]
    found = [
        (f"inputs.{name}", f"{derivation.formula} has no such input")
        for name in derivation.inputs
        if name not in formula.parameters
    ]
    found += [(f"inputs.{name}", "missing") for name in formula.parameters if name not in derivation.inputs]
    found += [
        (f"inputs.{name}", f"no such fact: {id_}")
        for name, id_ in derivation.inputs.items()
        if id_ not in known
    ]
    pair = [facts.get(derivation.inputs.get(name, "")) for name in ("test", "reference")]
    if pair[0] and pair[1]:
        found += [("inputs", message) for message in _mismatches(pair[0], pair[1])]
    return found


def _mismatches(test: Assertion, reference: Assertion) -> list[str]:
    """A comparison sets two groups side by side, and nothing else may differ."""
    unequal = [
        f"test and reference differ in {slot}"
        for slot in ("topic", "measure", "cohort", "timepoint", "subgroup", "subject")
        if getattr(test, slot) != getattr(reference, slot)
    ]
    return unequal if test.arm != reference.arm else [*unequal, "test and reference are the same arm"]


def derive_fact(
    derivation: Derivation, inputs: Mapping[str, Assertion], rank: Callable[[str], int]
) -> Derived:
    """The derived fact; `inputs` by parameter name, `rank` of a source id.

    Slots the derivation leaves open are those its inputs share. It is cited
    from its weakest source (highest rank), the others in `also`. Raises
    DerivationError.
    """
    formula = FORMULAS[derivation.formula]
    facts = [inputs[name] for name in formula.parameters]
    result = formula.compute(**{name: read(inputs[name]) for name, read in formula.parameters.items()})
    citations = list(dict.fromkeys((fact.source, fact.section) for fact in facts))
    citations.sort(key=lambda citation: -rank(citation[0]))
    return Derived(
        id=derivation.id,
        topic=derivation.topic,
        measure=derivation.measure,
        cohort=derivation.cohort or _shared([fact.cohort for fact in facts if fact.cohort]),
        arm=derivation.arm or _shared([fact.arm for fact in facts]),
        timepoint=derivation.timepoint or _shared([fact.timepoint for fact in facts if fact.timepoint]),
        subgroup=_shared([fact.subgroup for fact in facts]),
        subject=_shared([fact.subject for fact in facts]),
        formula=derivation.formula,
        inputs=tuple(dict.fromkeys(fact.id for fact in facts)),
        value=result.value,
        unit=result.unit,
        low=result.low,
        high=result.high,
        unrounded=result.unrounded,
        working=result.working,
        note=derivation.note,
        source=citations[0][0],
        section=citations[0][1],
        also=tuple(Citation(source=source, section=section) for source, section in citations[1:]),
        mentions=tuple(dict.fromkeys(concept for fact in facts for concept in fact.mentions)),
        exploratory=any(fact.exploratory for fact in facts),
        as_of=max((fact.as_of for fact in facts if fact.as_of), default=None),
    )


def _shared(values: Sequence[str | None]) -> str | None:
    return values[0] if len(set(values)) == 1 else None
