"""Names are repaired; numbers, other abbreviations and turned meanings never."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pipeline import Readout
from bot.understanding.words.repair import NEGATIONS, Repairer
from bot.understanding.words.tagger import Tagged
from bot.understanding.words.text import stem
from tests.asked import run

Tag = Callable[[str], Tagged]

TYPOS = {
    "lenalidomde": "lenalidomide",
    "lenalidomdie": "lenalidomide",
    "lenalidommide": "lenalidomide",
    "obsevration": "observation",
    "progresion-free survival": "progression-free survival",
    "fatgiue": "fatigue",
    "neutropeina": "neutropenia",
    "eligiblity": "eligibility",
    "discontinuaton": "discontinuation",
    "hazrd ratio": "hazard ratio",
    "quality of lfie": "quality of life",
}
NEVER = ["rfs", "dfs", "efs", "mfs", "bcr", "hrq", "nns", "gr", "cl", "harm", "farm", "observe", "survey"]
"""Other abbreviations, and English words, one letter away from a name."""
SIDES = [
    ("grade 3 nonhematologic toxicities", "nonhematologic_adverse_events"),
    ("grade 3 nonhematolgic toxicities", "nonhematologic_adverse_events"),
    ("grade 3 non-hematolgic toxicities", "nonhematologic_adverse_events"),
    ("grade 4 hematologic toxicities", "hematologic_adverse_events"),
    ("grade 4 hematolgic toxicities", "hematologic_adverse_events"),
    ("grade 4 haematolgic toxicities", "hematologic_adverse_events"),
]


def _ids(tagged: Tagged) -> list[str]:
    return [span.id for span in tagged.spans if span.category.value not in ("filler", "connective")]


@pytest.mark.parametrize("typed", TYPOS)
def test_a_mistyped_name(typed: str, tag: Tag) -> None:
    """Transposed, dropped and doubled letters lead to the name."""
    assert _ids(tag(typed)) == _ids(tag(TYPOS[typed]))
    assert any(span.repaired for span in tag(typed).spans)


@pytest.mark.parametrize("word", NEVER)
def test_never_repaired(word: str, tag: Tag) -> None:
    """What may be another thing stays what it is."""
    assert not any(span.repaired for span in tag(f"3-year {word}").spans)


@pytest.mark.parametrize(("question", "topic"), SIDES, ids=[question for question, _ in SIDES])
def test_a_typo_keeps_its_side(question: str, topic: str, readout: Readout) -> None:
    """Hematologic and nonhematologic are never taken for each other."""
    assert readout.reply(question).answer.understood.get("topic") == topic


@pytest.mark.parametrize("prefix", ["non", "hypo", "hyper", "anti"])
def test_a_turned_meaning_is_no_typo(prefix: str, repairer: Repairer) -> None:
    """A repair neither adds nor takes away "non", "hypo", ..."""
    for name in repairer.words:
        meant, _ = repairer.word(prefix + name)
        assert all(word.startswith(prefix) for word in meant), f"{prefix + name} -> {meant}"


def test_no_name_is_repaired_into_its_opposite(repairer: Repairer) -> None:
    """For every pair of names that differ by such a prefix, each typo keeps its side."""
    names = set(repairer.words)
    for prefix in NEGATIONS:
        for name in (n for n in names if prefix + n in names and len(n) >= 6):
            for at in range(len(prefix) + 1, len(prefix + name) - 1):
                typed = (prefix + name)[:at] + (prefix + name)[at + 1 :]
                meant = {stem(word) for word in repairer.word(typed)[0]}
                assert stem(name) not in meant, f"{typed} -> {name}"


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_numbers_are_never_repaired(digits: str) -> None:
    """A number is what was typed."""
    tokens = run().readout.understander.read(f"pfs {digits}").trace["tokens"]
    assert "".join(tokens) == f"pfs{digits}"
