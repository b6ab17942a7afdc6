"""Each rule across records finds its one kind of mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Problems = Callable[[], list[str]]
TRIAL = "trials/northstar/"


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("trial", "test_arm: velorustat", "test_arm: placebo", "trial: test_arm: no such arm: placebo"),
        ("trial", "default_cohort: phase_3", "default_cohort: none", "no such cohort: none"),
        ("trial", "primary_endpoint: overall_survival", "primary_endpoint: x", "no such topic: x"),
        (
            "trial",
            "    - response.phase_3.velorustat\n",
            "    - x\n",
            "trial: overview.fact: no such fact: x",
        ),
        ("trial", "{id: 24mo, ", "{id: 12mo, ", "trial: timepoints: id given twice: 12mo"),
        ("trial", "id: northstar\n", "id: southstar\n", "must be the folder's name, northstar"),
        (
            "gaps",
            "nearest: [adverse",
            "nearest: [averse",
            "gaps[0] gap.quality_of_life: nearest.fact: no such fact",
        ),
        ("gaps", "Quality of life was not", "Quality of life " + "x" * 140, "characters, more than 140"),
        (
            "discrepancies",
            "facts: [response.phase_3.velorustat,",
            "facts: [x,",
            "facts.fact: no such fact: x",
        ),
        ("discrepancies", "{sources: [N1]", "{sources: [N8]", "positions.source: no such source: N8"),
        (
            "discrepancies",
            "gives 62.5%",
            "gives 62.6%",
            "wording: 62.6 is in no position, bound fact or source",
        ),
        ("discrepancies", "id: d1", "id: d1\n    show: often", "discrepancies[0] d1: show: Input should be"),
        ("derivations", "formula: nnt", "formula: magic", "formula: unknown formula magic"),
        (
            "derivations",
            "{hazard_ratio: overall",
            "{ratio: overall",
            "inputs.ratio: hazard_reduction has no such input",
        ),
        ("derivations", "hazard_ratio: overall_survival.phase_3.h", "hazard_ratio: h", "no such fact: h"),
        (
            "derivations",
            "      test: adverse_events.phase_3.grade_3_4.velo",
            "      test: response.phase_3.velo",
            "inputs: test and reference differ in topic",
        ),
        (
            "derivations",
            "      test: adverse_events.phase_3.grade_3_4.velorustat",
            "      test: adverse_events.phase_3.grade_3_4.usual_care",
            "test and reference are the same arm",
        ),
        (
            "derivations",
            "hazard_ratio: overall_survival.phase_3.hazard_ratio",
            "hazard_ratio: overall_survival.phase_3.24mo.velorustat",
            "is not a hazard ratio",
        ),
        ("sources", "id: N2", "id: N1", "sources[1] N1: id: id is taken by trials/northstar/sources.yaml"),
    ],
)
def test_a_broken_trial_file(
    root: Path, file: str, old: str, new: str, complaint: str, problems: Problems
) -> None:
    """The complaint names the record and what it points at."""
    path = root / TRIAL / f"{file}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert any(complaint in line for line in problems()), problems()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("parent: adverse_events", "parent: x", "topics[4] fatigue: parent: no such concept: x"),
        ("names: [side effects]", "names: [x], parent: fatigue", "parent: goes round in a circle"),
        ("names: [tiredness]", "names: [Side-Effects]", '"side effects" is also a name of terms/terms.yaml'),
        (
            "names: [os, ",
            "implies: {nonsense: [os rate]}, names: [os, ",
            "implies.measure: no such measure: nonsense",
        ),
        ("default_measure: rate", "default_measure: x", "default_measure: no such measure: x"),
        ("{id: dose, ", "{id: response, ", "topics[5] response: id: id is taken by"),
        ("{id: dose, ", "{id: hazard_ratio, ", '"hazard_ratio" is also the id of terms/terms.yaml'),
        (
            "names: [tiredness]",
            'names: [tiredness], frames: ["how ... ?"]',
            'frames: "how ... ?" has a piece without a word',
        ),
        ("names: [tiredness]", 'names: [tiredness], frames: ["how ... <x>"]', "has a piece without a word"),
    ],
)
def test_a_broken_concept(root: Path, old: str, new: str, complaint: str, problems: Problems) -> None:
    """What clinicians call things leads somewhere, and means one thing."""
    path = root / "terms" / "terms.yaml"
    path.write_text(path.read_text().replace(old, new, 1))
    assert any(complaint in line for line in problems()), problems()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("rank: 3", "rank: 2", "sources[0] C1: rank: context sources have rank 3"),
        ('    as_of: "2032-05-01"\n', "", "a context fact needs as_of"),
        ("facts: [approval.velorustat]", "facts: []", "discrepancies[0] c1: facts: always shown"),
        ("[{sources: [C1], says: approved nowhere}]", "[]", "positions: no source's position is given"),
        ("source: C1", "source: N1", "no such source: N1"),
        ("status: context", "status: reported", "status: must be context"),
    ],
)
def test_a_broken_context(root: Path, old: str, new: str, complaint: str, problems: Problems) -> None:
    """Context is dated, ranks last and cites no trial's own sources."""
    path = root / "context" / "context.yaml"
    path.write_text(path.read_text().replace(old, new, 1))
    assert any(complaint in line for line in problems()), problems()


def test_elsewhere_is_needed(root: Path, problems: Problems) -> None:
    """Without it nothing could be put outside."""
    (root / "terms" / "elsewhere.yaml").unlink()
    assert problems() == ["terms: elsewhere: given 0 times instead of once"]


def test_two_values_without_a_discrepancy_are_a_problem(root: Path, problems: Problems) -> None:
    """A contradiction between sources never passes in silence."""
    (root / TRIAL / "discrepancies.yaml").unlink()
    assert "differs from response.phase_3.velorustat (60.0, not 62.5)" in problems()[0]


def test_the_same_value_twice_is_a_problem(root: Path, problems: Problems) -> None:
    """What two sources give identically is one fact."""
    path = root / TRIAL / "efficacy.yaml"
    path.write_text(path.read_text().replace('"60.0"', '"62.5"'))
    assert any("repeats response.phase_3.velorustat" in line for line in problems())


def test_equal_groups_have_no_number_needed(root: Path, problems: Problems) -> None:
    """An infinite number needed to treat is a named mistake of the derivation."""
    path = root / TRIAL / "efficacy.yaml"
    path.write_text(path.read_text().replace('value: "88"', 'value: "80"'))
    assert problems() == [
        "trials/northstar/derivations.yaml: derivations[1] overall_survival.phase_3.24mo.nnt: nnt:"
        " both groups are equal: the number needed is infinite"
    ]
