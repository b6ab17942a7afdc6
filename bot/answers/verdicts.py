"""Yes, no, or neither: what the facts say to a yes/no question or a claimed figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers.comparisons import DIRECTIONS, extreme, favoured, figures_of
from bot.answers.figures import Claim, Role, agrees
from bot.answers.fits import above, is_number, months_of
from bot.answers.limits import P_MEASURES, exists, within
from bot.answers.requirements import required
from bot.understanding.query import Query
from knowledge.model import (
    Comparison,
    Concept,
    Derived,
    Estimate,
    Fact,
    Interval,
    Statement,
    Trial,
    number,
)

RATIOS = ("confidence_interval", "hazard_ratio", "odds_ratio", "relative_risk")
CROSSING = frozenset({"includes_one", "excludes_one"})
"""Propositions on a confidence interval and the value of no effect."""
UNJUDGED = frozenset({"by_chance", "clinically_relevant"})
"""Propositions on a difference that a P value answers neither with yes nor with no."""
ASSIGNMENTS = frozenset({"randomized", "single_arm"})
"""How the patients of a part were assigned, and what may be asked of it."""
ONE_OF_ITS_KIND = ("most_common",)
"""Measures that name one thing of a list."""
NO_EFFECT = 1
"""A ratio of two equal groups."""
SIGNIFICANT = Decimal("0.05")
"""The usual two-sided level; the sources name no other."""
TURNED = {"yes": "no", "no": "yes"}


def judged(query: Query, facts: Sequence[Fact], trial: Trial, concepts: Mapping[str, Concept]) -> str | None:
    """ "yes", "no", "not shown", "wrong" (a false premise) or None: what the facts say to what is asked.

    A statement's own verdict on the proposition comes first, then the
    direction of the effect, then figures that the user stated.
    """
    if _elsewhere_published(query, facts, concepts):
        return "no"
    for fact in facts:
        proposed = query.proposition and not query.identities
        if isinstance(fact, Statement) and proposed and query.proposition in fact.verdicts:
            said = fact.verdicts[query.proposition].replace(" ", "_")
            parts = [cohort for cohort in trial.cohorts if cohort.id in query.cohorts]
            if query.proposition in ASSIGNMENTS and len(parts) == 1 and parts[0].assignment in ASSIGNMENTS:
                # "The run-in randomized 44?": of a part, what its patients were assigned to is known.
                said = "yes" if parts[0].assignment == query.proposition else "no"
            if "none" in query.aspects:
                # "No placebo, right?": what is denied is asked of.
                said = TURNED.get(said, said)
            if said == "yes" and query.claims and not _told(query.claims, fact):
                # "Were 500 randomized?": that some were is not what is asked.
                return None
            # "What were they randomized to?" wants no yes.
            return said if said != "yes" or query.yes_no or query.states else None
    if query.misnomer and query.yes_no and not query.claims and all(isinstance(f, Statement) for f in facts):
        # "Was there a dummy arm?": an arm by a name that is not its own.
        return "no"
    ruled = required(query, facts)
    if ruled is not None:
        return ruled
    crossed = _crosses(query, facts)
    if crossed is not None:
        return crossed
    named = _named(query, facts, concepts)
    if named is not None:
        return named
    significant = _significant(query, facts)
    if significant is not None or "significance" in (query.measure, *query.details):
        return significant
    limited = within(query, facts) if query.bounds else exists(query, facts)
    if limited is not None:
        return limited
    greatest = extreme(query, facts, trial)
    if greatest is not None:
        return "yes" if greatest else "no"
    direction = favoured(query, facts, trial, concepts)
    if query.claims and query.measure == "hazard_ratio" and query.yes_no:
        # "A ratio of 0.5 favours B?": the direction, too, is claimed.
        turned = favoured(replace(query, claims=()), facts, trial, concepts)
        direction = turned if turned is False else direction
    if direction is not None:
        if query.yes_no:
            return "yes" if direction else "no"
        return None if direction else "wrong"
    if (
        query.claims
        and not query.offers
        and (query.yes_no or query.measure not in ("confidence_interval", *P_MEASURES))
    ):
        return _claimed(query, facts, trial)
    return None


def _named(query: Query, facts: Sequence[Fact], concepts: Mapping[str, Concept]) -> str | None:
    """ "Was response the primary endpoint?", "published in NEJM?": whether the fact is about that name."""
    statements = [fact for fact in facts if isinstance(fact, Statement)]
    if not statements or not (query.named or query.identities):
        return None
    covered = {concept for fact in statements for concept in fact.mentions}
    text = " ".join(f"{fact.headline} {fact.text}" for fact in statements).lower()
    if query.named and not covered:
        return None
    right = query.named <= covered and all(name.lower() in text for name in query.identities)
    listed = covered - above(query.topic, concepts)
    if right and query.measure in ONE_OF_ITS_KIND and query.named & listed < listed:
        # Two lists have one each: which is meant is not said.
        return None
    if query.yes_no:
        return "yes" if right else "no"
    return None if right else "wrong"


def _told(claims: Sequence[float], fact: Statement) -> bool:
    """Whether a statement names every claimed figure."""
    words = {word.strip("().,;:%") for word in f"{fact.headline} {fact.text}".split()}
    return all(f"{claim:g}" in words for claim in claims)


def _elsewhere_published(query: Query, facts: Sequence[Fact], concepts: Mapping[str, Concept]) -> bool:
    """ "Published in X?": whether X is a source that the fact on the journal does not name."""
    concept = concepts.get(query.topic)
    if concept is None or concept.identifies != "journals":
        return False
    cited = {fact.source for fact in facts} | {each.source for fact in facts for each in fact.also}
    return not set(query.sources) <= cited


def _significant(query: Query, facts: Sequence[Fact]) -> str | None:
    if "significance" not in (query.measure, *query.details) or not (query.yes_no or query.states):
        return None
    if query.proposition in UNJUDGED:
        return None
    for fact in facts:
        if isinstance(fact, Comparison) and fact.p_value:
            return "yes" if number(fact.p_value) < SIGNIFICANT else "no"
        if isinstance(fact, Comparison) and fact.ci:
            return "not_shown" if _includes_no_effect(fact.ci) else None
    return None


def _claimed(query: Query, facts: Sequence[Fact], trial: Trial) -> str | None:
    values = _values(facts)
    judged = query.yes_no or query.firm_claim or (query.states and all(map(is_number, facts)))
    fractions = [claim for claim in query.claims if claim != int(claim) or judged]
    if not values or not fractions or _names_no_effect(query):
        return None
    counted = all(isinstance(fact, Estimate) and fact.measure == "count" for fact in facts)
    if counted and len(query.claims) == 1 and not query.arms and len({fact.arm for fact in facts}) > 1:
        # "Were there 4 deaths?": of each arm another number is told.
        return None
    if len(query.cohorts) > 1 == len(query.claims):
        # "Is it from phase 2 or 3?": which of them is asked.
        return None
    if query.firm_claim and facts and all(is_number(fact) for fact in facts):
        return None
    claims = {Decimal(str(claim)).normalize() for claim in query.claims}
    derived = [fact for fact in facts if isinstance(fact, Derived)]
    worked = {word.strip("()%,") for fact in derived for word in fact.working.split()}
    stated = query.yes_no or (query.states and query.firm_claim)
    if not stated and any(f"{claim:g}" in worked for claim in query.claims):
        # "What does 0.5 mean in words?": the figure from which the answer is worked out.
        return None
    paired = _paired(query, facts, trial)
    if paired is not None:
        return ("yes" if query.yes_no else None) if paired else ("no" if query.yes_no else "wrong")
    if claims <= values or _rounded(query, facts):
        return "yes" if query.yes_no else None
    total = sum((number(figures_of(fact)[0]) for fact in facts if figures_of(fact)), Decimal(0))
    moved = query.aspects & DIRECTIONS and query.measure in (None, "rate", "event_rate")
    if claims & values or claims == {total.normalize()} or moved:
        # One of them is right, or both together, or it is said by how much a figure moved.
        return None
    return "no" if query.yes_no else "wrong"


def _crosses(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "Does the interval cross 1?": whether it holds the value of no effect."""
    if query.proposition not in CROSSING:
        return None
    for fact in facts:
        if isinstance(fact, Comparison) and fact.ci:
            return "yes" if _includes_no_effect(fact.ci) == (query.proposition == "includes_one") else "no"
    return None


def _includes_no_effect(interval: Interval) -> bool:
    return number(interval.low) <= NO_EFFECT <= number(interval.high)


def _paired(query: Query, facts: Sequence[Fact], trial: Trial) -> bool | None:
    """ "5% on A and 3% on B": whether each figure is that of the arm or time it is told with.

    None when figures, arms and times do not pair.
    """
    number = len(query.claims)
    if number < 2 or number not in (len(query.arms), len(query.times)):
        return None
    by_arm = number == len(query.arms)
    found = []
    for index, claim in enumerate(query.claims):
        own = [
            fact
            for fact in facts
            if (
                fact.arm == query.arms[index]
                if by_arm
                else months_of(trial, fact.timepoint) == query.times[index]
            )
        ]
        if not own:
            return None
        stated = replace(query, claims=(claim,))
        found.append(Decimal(str(claim)).normalize() in _values(own) or _rounded(stated, own))
    return all(found)


def _rounded(query: Query, facts: Sequence[Fact]) -> bool:
    """ "12% had it?" of 12.3%: whether every claim is a figure of the facts, rounded."""
    role: Role = "percent" if query.firm_claim else "plain"
    claims = [Claim(Decimal(str(value)).normalize(), role) for value in query.claims]
    return all(any(agrees(fact, claim) for fact in facts) for claim in claims)


def _names_no_effect(query: Query) -> bool:
    """ "Does the interval cross 1?" names the value of no effect; it claims no figure."""
    ratio = any(measure in RATIOS for measure in (query.measure, *query.details))
    return ratio and set(query.claims) == {NO_EFFECT}


def _values(facts: Sequence[Fact]) -> set[Decimal]:
    values: set[Decimal] = set()
    for fact in facts:
        for text in figures_of(fact):
            values.add(number(text).normalize())
    return values
