"""Names are repaired; numbers, phases, short abbreviations and turned meanings never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pipeline import open_readout
from bot.understanding.repair import NEGATIONS, Repairer
from bot.understanding.text import stem

TYPOS = {
    "lenalidomde": "lenalidomide",
    "lenalidomdie": "lenalidomide",
    "lenalidommide": "lenalidomide",
    "obsevration": "observation",
    "progresion": "progression",
    "fatgiue": "fatigue",
    "neutropeina": "neutropenia",
    "eligiblity": "eligibility",
    "discontinuaton": "discontinuation",
}
NEVER = [
    *("pfs", "os", "orr", "hr", "spm", "nnt", "nnh", "ci", "qol"),
    *("phas", "phese", "grde"),
    *("harm", "farm", "observe", "response", "survey", "sensitive"),
]


@pytest.mark.parametrize("typed", TYPOS)
def test_a_mistyped_name(typed: str, repairer: Repairer) -> None:
    """Transposed, dropped and doubled letters."""
    meant, edits = repairer.word(typed)
    assert meant == (stem(TYPOS[typed]),)
    assert 1 <= edits <= 3


@pytest.mark.parametrize("word", NEVER)
def test_never_repaired(word: str, repairer: Repairer) -> None:
    """Short words and English words stay what they are."""
    assert repairer.word(word) == ((), 0)


@pytest.mark.parametrize("prefix", ["non", "hypo", "hyper", "anti"])
def test_a_turned_meaning_is_no_typo(prefix: str, repairer: Repairer) -> None:
    """A repair neither adds nor takes away "non", "hypo", ..."""
    for name in repairer.words:
        meant, _ = repairer.word(prefix + name)
        assert all(m.startswith(prefix) for m in meant), f"{prefix + name} -> {meant}"


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_numbers_are_never_repaired(digits: str) -> None:
    """A number is what was typed."""
    understander = open_readout().understander
    assert understander.vocabulary.repairable == tuple(
        word for word in understander.vocabulary.repairable if word.isalpha()
    )
    tokens = understander.read(f"pfs {digits}").trace["tokens"]
    assert "".join(tokens) == f"pfs{digits}"


def test_no_name_is_repaired_into_its_opposite(repairer: Repairer) -> None:
    """For every pair of names that differ by such a prefix, each typo keeps its side."""
    names = set(repairer.words)
    for prefix in NEGATIONS:
        for name in (n for n in names if prefix + n in names and len(n) >= 6):
            for at in range(len(prefix) + 1, len(prefix + name) - 1):
                typed = (prefix + name)[:at] + (prefix + name)[at + 1 :]
                assert stem(name) not in repairer.word(typed)[0], f"{typed} -> {name}"
