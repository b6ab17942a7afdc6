"""The compiled file gives back what the YAML says, quickly and read-only."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeUnavailable
from knowledge.loader import load
from knowledge.store import Store


def test_every_record_survives_the_round_trip(root: Path, store: Store) -> None:
    """YAML to SQLite and back changes nothing."""
    corpus = load(root)
    records = corpus.trials["northstar"]
    everything = [*records.facts, *corpus.context.facts]
    assert sorted(store.facts("northstar"), key=lambda fact: fact.id) == sorted(
        everything, key=lambda fact: fact.id
    )
    assert [store.fact("northstar", fact.id) for fact in everything] == everything
    assert store.trials() == ("northstar",)
    assert store.trial("northstar") == records.trial
    assert store.sources("northstar") == (*records.sources, *corpus.context.sources)
    assert store.gaps("northstar") == records.gaps
    assert store.discrepancies("northstar") == (*records.discrepancies, *corpus.context.discrepancies)
    assert store.related_trials() == corpus.context.related_trials
    assert store.concepts() == store.terms() == corpus.concepts
    assert store.elsewhere() == corpus.elsewhere


def ids(store: Store, **slots: str) -> list[str]:
    return [fact.id for fact in store.facts("northstar", **slots)]


def test_facts_are_filtered_by_slots(store: Store) -> None:
    """Unsaid slots match everything; said ones must be equal."""
    assert ids(store, topic="overall_survival", timepoint="24mo", arm="usual_care") == [
        "overall_survival.phase_3.24mo.usual_care"
    ]
    assert ids(store, measure="nnt") == ["overall_survival.phase_3.24mo.nnt"]
    assert ids(store, subject="eaststar") == ["eaststar.overall_survival"]
    assert ids(store, topic="nonsense") == []
    assert ids(store, cohort="phase_3", measure="hazard_ratio", source="N1") == [
        "overall_survival.phase_3.hazard_ratio"
    ]


def test_the_best_source_comes_first(store: Store) -> None:
    """By rank, then as in the files; context last."""
    assert ids(store, topic="response") == [
        "response.phase_3.velorustat",
        "response.phase_3.usual_care",
        "response.phase_3.velorustat.2030",
    ]
    assert ids(store)[-2:] == ["approval.velorustat", "eaststar.overall_survival"]


def test_a_confirming_source_finds_the_fact(root: Path, tmp_path: Path) -> None:
    """What a second source merely repeats is also its fact."""
    from knowledge.compile import compile_to

    path = root / "trials" / "northstar" / "safety.yaml"
    path.write_text(
        path.read_text().replace("section: Methods", "section: Methods\n    also: [{source: N2, section: a}]")
    )
    compile_to(tmp_path / "more.db", root)
    store = Store.open(tmp_path / "more.db")
    assert "dose.velorustat" in ids(store, source="N2")
    store.close()


def test_discrepancies_belong_to_facts(store: Store) -> None:
    """Only those that touch one of the facts shown."""
    assert [found.id for found in store.discrepancies("northstar", ["response.phase_3.velorustat"])] == ["d1"]
    assert [found.id for found in store.discrepancies("northstar", ["approval.velorustat"])] == ["c1"]
    assert store.discrepancies("northstar", ["response.phase_3.usual_care"]) == ()
    assert store.discrepancies("northstar", []) == ()


def test_gaps_belong_to_topics(store: Store) -> None:
    """One topic's gaps, or all."""
    assert [gap.id for gap in store.gaps("northstar", "quality_of_life")] == ["gap.quality_of_life"]
    assert len(store.gaps("northstar")) == 2


def test_anchors_name_trials(store: Store) -> None:
    """Names of trial, drug and condition, for the guard of scope."""
    anchors = set(store.anchors())
    assert ("northstar", "northstar", "trial") in anchors
    assert ("NCT99999999", "northstar", "trial") in anchors
    assert ("velo", "northstar", "drug") in anchors
    assert ("kessler", "northstar", "condition") in anchors


def test_words_have_frequencies(store: Store) -> None:
    """An English word is known, a made-up one is not."""
    assert store.word_frequency("patient") > store.word_frequency("nephew") > 0
    assert store.word_frequency("velorustat") == 0


def test_unknown_ids_are_key_errors(store: Store) -> None:
    """The store never guesses."""
    for call in (store.trial, store.sources):
        if call == store.trial:
            with pytest.raises(KeyError):
                call("southstar")
    with pytest.raises(KeyError):
        store.fact("northstar", "nonsense")
    with pytest.raises(KeyError):
        store.source("northstar", "S99")
    assert store.trials() == ("northstar",)
    with pytest.raises(KeyError):
        store.trial("context")


@pytest.mark.parametrize("content", [None, b"", b"no database at all, just a line of text" * 99])
def test_no_compiled_knowledge_is_one_named_error(tmp_path: Path, content: bytes | None) -> None:
    """Missing, empty and damaged files are all unavailable knowledge."""
    path = tmp_path / "broken.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnowledgeUnavailable):
        Store.open(path)


def test_the_file_is_read_only(store: Store) -> None:
    """No question can change a figure."""
    with pytest.raises(sqlite3.OperationalError):
        store._connection.execute("DELETE FROM fact")


def test_a_store_may_move_to_another_thread(store: Store) -> None:
    """It is opened at start and used where the questions arrive."""
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.extend(ids(store, measure="nnt")))
    thread.start()
    thread.join()
    assert found == ["overall_survival.phase_3.24mo.nnt"]


def test_a_repeated_question_is_quick(store: Store) -> None:
    """Under 30 microseconds; the bound here is generous to a busy machine."""
    store.facts("northstar", topic="response", measure="rate")
    start = time.perf_counter()
    for _ in range(1000):
        store.facts("northstar", topic="response", measure="rate")
    assert (time.perf_counter() - start) / 1000 < 0.0003
