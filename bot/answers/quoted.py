"""A figure the user quotes for one thing that the sources give for another ("28% ... hematologic?")."""

from __future__ import annotations

from bot.answers.comparisons import figures_of
from bot.answers.fits import in_percent
from bot.answers.lookup import Lookup
from bot.answers.phrasing import Phrasing
from bot.answers.rows import Row, rows
from knowledge.model import Fact, number


def quoted_elsewhere(lookup: Lookup, shown: tuple[Fact, ...], words: Phrasing) -> Row | None:
    """The one row, not shown yet, that holds the percentage the user quoted; None when there is not just one.

    Swapped figures are the commonest slip: to say where the quoted one belongs mends it.
    """
    query = lookup.query
    if len(query.claims) != 1:
        return None
    claim = f"{query.claims[0]:g}"
    facts = [
        fact
        for fact in words.store.facts(query.trial, topic=None if query.firm_claim else query.topic)
        if fact.status == "reported"
        and fact.subject is None
        and in_percent(fact) == query.firm_claim
        and any(f"{number(figure):g}" == claim for figure in figures_of(fact)[:1])
    ]
    if any(fact in shown for fact in facts):
        return None
    topics = {fact.topic for fact in facts}
    found = rows(facts, words.trial)
    return found[0] if len(topics) == 1 else None
