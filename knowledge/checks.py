"""Rules across records. One small function per rule; each yields its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from knowledge import derive
from knowledge.concept_checks import (
    concept_links,
    names_with_gaps,
    one_concept_per_id,
    one_meaning_per_name,
)
from knowledge.corpus import CONCEPT_KINDS, CONTEXT, FACT_SECTIONS, TERMS, Draft, Entry
from knowledge.discrepancy_checks import discrepancy_figures, discrepancy_shown, silent_contradictions
from knowledge.errors import DerivationError, Problem
from knowledge.model import (
    AdverseEvent,
    Assertion,
    Comparison,
    Concept,
    Criterion,
    Derivation,
    Discrepancy,
    Estimate,
    Gap,
    Source,
    Statement,
    Trial,
    number,
)
from knowledge.references import concept_ids, missing

LONGEST = 140
"""Characters of a sentence that must fit a phone's notification."""


def problems(draft: Draft) -> list[Problem]:
    """Everything that breaks a rule, rule by rule."""
    return [problem for rule in RULES for problem in rule(draft)]


def one_trial_per_folder(draft: Draft) -> Iterator[Problem]:
    """A trial's folder describes exactly one trial, and is named as its id."""
    for scope in draft.scopes:
        entries = [entry for entry in draft.within(scope) if entry.section == "trial"]
        if len(entries) != 1:
            yield Problem(f"trials/{scope}", "", f"describes {len(entries)} trials instead of one")
        for entry in entries:
            if entry.id != scope:
                yield entry.problem(f"must be the folder's name, {scope}", "id")


def elsewhere_is_given(draft: Draft) -> Iterator[Problem]:
    """Without the list of other trials, drugs and diseases, scope cannot be guarded."""
    count = sum(entry.section == "elsewhere" for entry in draft.entries)
    if count != 1:
        yield Problem(TERMS, "elsewhere", f"given {count} times instead of once")


def unique_ids(draft: Draft) -> Iterator[Problem]:
    """An id names one record among all that a question about a trial can meet."""
    first: dict[tuple[str, str, str], Entry] = {}
    for entry in sorted(draft.entries, key=lambda entry: entry.scope != CONTEXT):
        if entry.section == "derived":
            continue
        group = "fact" if entry.section in FACT_SECTIONS else entry.section
        same = first.get((CONTEXT, group, entry.id)) or first.get((entry.scope, group, entry.id))
        if same:
            yield entry.problem(f"id is taken by {same.file}: {same.key}", "id")
        first.setdefault((entry.scope, group, entry.id), entry)


def known_concepts(draft: Draft) -> Iterator[Problem]:
    """Topics, measures, subgroups, mentions and verdicts are concepts of terms/."""
    topics, subgroups = concept_ids(draft, "topic"), concept_ids(draft, "subgroup")
    measures = concept_ids(draft, "measure", "aspect")
    every = concept_ids(draft, *CONCEPT_KINDS.values())
    asked = frozenset(name for _, concept in draft.of(Concept) for name in concept.asks)
    for entry, trial in draft.of(Trial):
        yield from missing(entry, "primary_endpoint", [trial.primary_endpoint], topics)
    for entry, record in draft.of(Discrepancy):
        yield from missing(entry, "topic", [record.topic], topics)
    for entry in draft.entries:
        about = entry.record
        if entry.section == "derived":
            continue
        if isinstance(about, Assertion | Derivation | Gap):
            yield from missing(entry, "topic", [about.topic], topics)
            yield from missing(entry, "measure", [about.measure], measures)
        if isinstance(about, Assertion | Gap):
            yield from missing(entry, "subgroup", [about.subgroup], subgroups)
        if isinstance(about, Assertion):
            yield from missing(entry, "mentions", about.mentions, every)
        if isinstance(about, Statement):
            yield from missing(entry, "verdicts", about.verdicts, asked)


def known_groups(draft: Draft) -> Iterator[Problem]:
    """Arms, cohorts and time points are the trial's own.

    Context facts may use those of any trial; what they say of a related
    trial names groups that are declared nowhere.
    """
    subjects = draft.ids(frozenset({"related_trials"}), CONTEXT)
    trials = {scope: [trial for _, trial in draft.of(Trial, scope)] for scope in draft.scopes}
    trials[CONTEXT] = [trial for found in trials.values() for trial in found]
    for scope, found in trials.items():
        arms = frozenset(arm.id for trial in found for arm in trial.arms)
        cohorts = frozenset(cohort.id for trial in found for cohort in trial.cohorts)
        times = frozenset(time.id for trial in found for time in trial.timepoints)
        for entry, trial in draft.of(Trial, scope):
            yield from missing(entry, "default_cohort", [trial.default_cohort], cohorts)
            yield from missing(entry, "test_arm", [trial.test_arm], arms)
            yield from missing(entry, "reference_arm", [trial.reference_arm], arms)
            for field in ("arms", "cohorts", "timepoints"):
                ids = [part.id for part in getattr(trial, field)]
                for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
                    yield entry.problem(f"id given twice: {id_}", field)
        if not found:
            continue  # the trial itself is invalid, which is one problem, not one per fact
        for entry in draft.within(scope):
            about = entry.record
            if entry.section == "derived" or not isinstance(about, Assertion | Derivation | Gap):
                continue
            if isinstance(about, Assertion):
                yield from missing(entry, "subject", [about.subject], subjects)
                if about.subject:
                    continue
            yield from missing(entry, "cohort", [about.cohort], cohorts)
            yield from missing(entry, "arm", [about.arm], arms)
            yield from missing(entry, "timepoint", [about.timepoint], times)
            if isinstance(about, Comparison):
                yield from missing(entry, "test", [about.test], arms)
                yield from missing(entry, "reference", [about.reference], arms)


def known_sources(draft: Draft) -> Iterator[Problem]:
    """Every citation names a source of the trial or of the context.

    The context goes with every trial, so it cites no trial's own sources.
    """
    for scope in (*draft.scopes, CONTEXT):
        known = draft.ids(frozenset({"sources"}), scope, CONTEXT)
        for entry, fact in draft.of(Assertion, scope):
            yield from missing(entry, "source", [fact.source], known)
            yield from missing(entry, "also.source", [citation.source for citation in fact.also], known)
        for entry, discrepancy in draft.of(Discrepancy, scope):
            ids = [source for position in discrepancy.positions for source in position.sources]
            yield from missing(entry, "positions.source", ids, known)


def known_facts(draft: Draft) -> Iterator[Problem]:
    """Overviews, discrepancies and gaps point at facts that exist, derived ones included.

    Those of the context point at facts of the context, for it goes with every trial.
    """
    for scope in (*draft.scopes, CONTEXT):
        known = draft.ids(FACT_SECTIONS, scope, CONTEXT)
        for entry, trial in draft.of(Trial, scope):
            yield from missing(entry, "overview.fact", trial.overview, known)
        for entry, gap in draft.of(Gap, scope):
            yield from missing(entry, "nearest.fact", gap.nearest, known)
        for entry, fact in draft.of(Assertion, scope):
            yield from missing(entry, "beside.fact", fact.beside, known)
        for entry, discrepancy in draft.of(Discrepancy, scope):
            yield from missing(entry, "facts.fact", discrepancy.facts, known)
            ids = [fact for position in discrepancy.positions for fact in position.facts]
            yield from missing(entry, "positions.fact", ids, known)


def short_sentences(draft: Draft) -> Iterator[Problem]:
    """What becomes a first line fits a notification."""
    for entry in draft.entries:
        record = entry.record
        field = "wording" if isinstance(record, Gap) else "headline"
        if isinstance(record, Gap | Criterion | Statement):
            sentence = record.wording if isinstance(record, Gap) else record.headline
            if len(sentence) > LONGEST:
                yield entry.problem(f"{len(sentence)} characters, more than {LONGEST}", field)


def context_stays_context(draft: Draft) -> Iterator[Problem]:
    """A fact of the context folder never counts as reported by a trial."""
    for entry, fact in draft.of(Assertion, CONTEXT):
        if fact.status != "context":
            yield entry.problem("must be context", "status")
    for entry, source in draft.of(Source, CONTEXT):
        if source.rank != 3:
            yield entry.problem(f"context sources have rank 3, not {source.rank}", "rank")


def counts_give_percentages(draft: Draft) -> Iterator[Problem]:
    """Where a count and its denominator are known, they make the percentage."""
    for entry, fact in draft.of(Assertion):
        if isinstance(fact, Estimate) and fact.unit == "%":
            count, size, percent = fact.numerator, fact.denominator, fact.value
        elif isinstance(fact, AdverseEvent) and fact.percent is not None:
            count, size, percent = fact.affected, fact.at_risk, fact.percent
        else:
            continue
        if count is None or size is None:
            continue
        figure = number(percent)
        try:
            share = derive.proportion(Decimal(count), Decimal(size), derive.decimals(figure))
        except DerivationError as error:
            yield entry.problem(str(error))
        else:
            if share != figure:
                yield entry.problem(f"{count} of {size} is {share}%, not {percent}%")


Rule = Callable[[Draft], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    one_trial_per_folder,
    elsewhere_is_given,
    unique_ids,
    known_concepts,
    known_groups,
    known_sources,
    known_facts,
    concept_links,
    one_meaning_per_name,
    names_with_gaps,
    one_concept_per_id,
    short_sentences,
    context_stays_context,
    counts_give_percentages,
    discrepancy_shown,
    discrepancy_figures,
    silent_contradictions,
)
