"""A small, sound knowledge base: the made-up trial, a few concepts, two context facts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.compile import compile_to
from knowledge.errors import InvalidKnowledge
from knowledge.loader import load
from knowledge.store import Store

SECOND_TRIAL = Path(__file__).parents[1] / "data" / "second_trial" / "northstar"

TERMS = """
topics:
  - {id: overall_survival, label: overall survival, default_measure: rate, names: [os, overall survival]}
  - {id: response, label: response, default_measure: rate, names: [response rate]}
  - {id: enrolment, label: enrolment, names: [sample size]}
  - {id: adverse_events, label: adverse events, names: [side effects], asks: {safe: [is it safe]}}
  - {id: fatigue, label: fatigue, parent: adverse_events, names: [tiredness]}
  - {id: dose, label: dose, names: [dosing]}
  - {id: conclusion, label: conclusion, names: [authors conclusion]}
  - {id: quality_of_life, label: quality of life, names: [qol]}
  - {id: approval, label: approval, names: [licence]}
measures:
  - {id: rate, label: rate}
  - {id: count, label: number}
  - {id: median, label: median}
  - {id: hazard_ratio, label: hazard ratio, names: [hr]}
  - {id: hazard_reduction, label: hazard reduction}
  - {id: difference, label: difference}
  - {id: nnt, label: number needed to treat}
  - {id: nnh, label: number needed to harm}
  - {id: description, label: description}
subgroups:
  - {id: elderly, label: elderly patients, names: [older people]}
"""

ELSEWHERE = """
elsewhere:
  {trials: [southstar], drugs: [otherumab], diseases: [scurvy], drug_endings: [mab], disease_endings: [itis]}
"""

CONTEXT = """
sources:
  - {id: C1, kind: news, label: 2032 news, citation: Made-up News 2032, basis: whole,
     rank: 3, date: "2032-05-01"}
related_trials:
  - {id: eaststar, acronym: EASTSTAR, label: EASTSTAR, names: [eaststar]}
statements:
  - id: approval.velorustat
    topic: approval
    measure: description
    source: C1
    section: paragraph 1
    status: context
    as_of: "2032-05-01"
    headline: Velorustat is approved nowhere (May 2032).
  - id: eaststar.overall_survival
    topic: overall_survival
    measure: rate
    subject: eaststar
    source: C1
    section: paragraph 2
    status: context
    as_of: "2032-05-01"
    headline: EASTSTAR has not reported overall survival.
discrepancies:
  - id: c1
    topic: approval
    title: Approval
    facts: [approval.velorustat]
    positions: [{sources: [C1], says: approved nowhere}]
    resolution: prefer
    wording: A web page says otherwise.
"""


@pytest.fixture(scope="session")
def sound_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data files; no test writes to them."""
    folder = tmp_path_factory.mktemp("sound") / "root"
    shutil.copytree(SECOND_TRIAL, folder / "trials" / "northstar")
    files = {"terms/terms": TERMS, "terms/elsewhere": ELSEWHERE, "context/context": CONTEXT}
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture(scope="session")
def compiled_file(sound_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base, compiled."""
    path = tmp_path_factory.mktemp("compiled") / "knowledge.db"
    compile_to(path, sound_root)
    return path


@pytest.fixture
def root(sound_root: Path, tmp_path: Path) -> Path:
    """A copy of the data files, for a test to spoil."""
    return shutil.copytree(sound_root, tmp_path / "root")


@pytest.fixture
def problems(root: Path) -> Callable[[], list[str]]:
    """Loads the (spoilt) folder and returns what it complains about."""

    def complaints() -> list[str]:
        with pytest.raises(InvalidKnowledge) as caught:
            load(root)
        return [str(problem) for problem in caught.value.problems]

    return complaints


@pytest.fixture
def store(compiled_file: Path) -> Iterator[Store]:
    """The compiled file, opened, and closed after the test."""
    store = Store.open(compiled_file)
    yield store
    store.close()
