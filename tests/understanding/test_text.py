"""One spelling for what people type, on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.words.text import MAX_CHARACTERS, normalise, phrase, stem, tokens

SAME_STEM = [
    ("randomised", "randomized"),
    ("randomisation", "randomization"),
    ("tumour", "tumor"),
    ("haematologic", "hematologic"),
    ("anaemia", "anemia"),
    ("diarrhoea", "diarrhea"),
    ("oedema", "edema"),
    ("smouldering", "smoldering"),
    ("centre", "center"),
    ("patients", "patient"),
    ("trials", "trial"),
    ("responses", "response"),
    ("discontinued", "discontinuing"),
    ("patient's", "patient"),
]
OTHER_STEM = [
    ("progression", "progressive"),
    ("hematologic", "nonhematologic"),
    ("phase", "phrase"),
    ("os", "ors"),
    ("survival", "survey"),
]
CUT = [
    ("3y", ["3", "y"]),
    ("36mo", ["36", "mo"]),
    ("PFS3", ["pfs", "3"]),
    ("47.7%", ["47.7"]),
    (".002", [".002"]),
    ("0,0005", ["0,0005"]),
    ("3/4", ["3", "4"]),
    ("III/IV", ["iii", "iv"]),
    ("don't", ["don't"]),
    ("non-hematologic", ["non", "hematologic"]),
    ("", []),
    ("?!", []),
    ("\U0001f600", []),
]
NORMAL = [
    ("en dash", "1\u20133", "1-3"),
    ("curly apostrophe", "patient\u2019s", "patient's"),
    ("no-break space", "3\u00a0years", "3 years"),
    ("full-width digits", "\uff13 years", "3 years"),
    ("zero-width joiner", "p\u200dfs", "pfs"),
    ("right-to-left mark", "\u200fpfs\u200e", "pfs"),
    ("control characters", "p\x00fs\x07", "p fs "),
    ("tab", "pfs\t3", "pfs 3"),
    ("new line stays", "pfs\n3", "pfs\n3"),
    ("link", "see https://example.org/5-year ok", "see   ok"),
    ("address", "write to a.b@example.org now", "write to   now"),
    ("lone surrogate", "pfs\ud800", "pfs?"),
    ("greater or equal", "\u226510", ">=10"),
    ("capitals stay", "PFS", "PFS"),
]


@pytest.mark.parametrize(("one", "other"), SAME_STEM, ids=lambda word: word)
def test_the_same_word(one: str, other: str) -> None:
    """British and American, singular and plural meet in one stem."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), OTHER_STEM, ids=lambda word: word)
def test_another_word(one: str, other: str) -> None:
    """Words of other meaning stay apart."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(("text", "words"), CUT, ids=[text or "nothing" for text, _ in CUT])
def test_tokens(text: str, words: list[str]) -> None:
    """Digits and letters are parted, decimals are not."""
    assert [token.text for token in tokens(text)] == words


@pytest.mark.parametrize(("text", "normal"), [n[1:] for n in NORMAL], ids=[n[0] for n in NORMAL])
def test_normalising(text: str, normal: str) -> None:
    """What looks the same becomes the same."""
    assert normalise(text) == normal


def test_a_decimal_comma_is_a_point() -> None:
    """ "0,28" and "0.28" are one number."""
    assert phrase("0,28") == phrase("0.28")


def test_percent_and_capitals_are_remembered() -> None:
    """A "%" belongs to its number; an acronym is one only among small letters."""
    number, word = tokens("91 % of the SWOG")[0], tokens("91 % of the SWOG")[-1]
    assert (number.percent, word.capitals) == (True, True)
    assert not tokens("WHAT IS THE SWOG")[-1].capitals


@given(st.text())
def test_positions_point_into_the_text(text: str) -> None:
    """Every token stands where it says, and what lies between is no word."""
    normal = normalise(text)
    assert len(normalise("x" * 9000)) == MAX_CHARACTERS
    for token in tokens(normal):
        assert normal[token.start : token.end].lower() == token.text
        assert token.stem


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The data go through it once more than a question does."""
    assert normalise(normalise(text)) == normalise(text)
