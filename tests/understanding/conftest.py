"""The parts of the understanding, on the real data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.pipeline import Readout
from bot.understanding.words.quantity_words import QuantityWords
from bot.understanding.words.repair import Repairer
from bot.understanding.words.tagger import Tagged, Tagger
from bot.understanding.words.text import normalise, tokens


@pytest.fixture(scope="session")
def tagger(readout: Readout) -> Tagger:
    """The tagger of the default trial."""
    return readout.understander.vocabulary.tagger(readout.store.trial(readout.default_trial))


@pytest.fixture(scope="session")
def words(tagger: Tagger) -> QuantityWords:
    """The words around numbers."""
    return tagger.words


@pytest.fixture(scope="session")
def repairer(tagger: Tagger) -> Repairer:
    """The repairer over the default trial's names."""
    return tagger.speller.repairer


@pytest.fixture(scope="session")
def tag(tagger: Tagger) -> Callable[[str], Tagged]:
    """Text -> its spans."""
    return lambda text: tagger.tag(tokens(normalise(text)))
