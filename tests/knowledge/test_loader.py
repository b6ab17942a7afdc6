"""Loading: sound files become records, unsound ones one list of all problems."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.loader import load
from knowledge.model import Derived, Estimate

Problems = Callable[[], list[str]]


def add(root: Path, text: str, file: str = "trials/northstar/more.yaml") -> None:
    (root / file).write_text(text)


def test_a_sound_folder_becomes_records(root: Path) -> None:
    """Facts, derived facts, concepts and context are all there."""
    corpus = load(root)
    records = corpus.trials["northstar"]
    assert records.trial.acronym == "NORTHSTAR"
    assert [fact.id for fact in records.facts if isinstance(fact, Derived)] == [
        derivation.id for derivation in records.derivations
    ]
    assert [fact.id for fact in corpus.context.facts] == ["approval.velorustat", "eaststar.overall_survival"]
    assert corpus.elsewhere.drugs == ("otherumab",)


def test_defaults_and_the_key_fill_fields(root: Path) -> None:
    """A file's defaults and its top-level key need not be repeated in each record."""
    fact = load(root).trials["northstar"].facts[0]
    assert isinstance(fact, Estimate)
    assert (fact.kind, fact.unit, fact.source) == ("estimate", "%", "N1")


def test_a_trial_may_lie_outside_the_root(root: Path, tmp_path: Path) -> None:
    """Another folder of data is another trial."""
    elsewhere = tmp_path / "northstar"
    (root / "trials" / "northstar").rename(elsewhere)
    assert not load(root).trials
    assert list(load(root, extra_trials=(elsewhere,)).trials) == ["northstar"]


ESTIMATE = """
estimates:
  - {{id: x, topic: response, measure: rate, arm: velorustat, cohort: phase_3, timepoint: 12mo,
      param: proportion, value: "50", unit: "%", source: N1, section: Table 9, status: reported, {}}}
"""


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("colour: red", "colour: unknown key"),
        ("value: 50", "value: must be text: quote it (50 was read as int)"),
        ("topic: nonsense", "topic: no such topic: nonsense"),
        ("measure: nonsense", "measure: no such measure: nonsense"),
        ("arm: placebo", "arm: no such arm: placebo"),
        ("cohort: phase_9", "cohort: no such cohort: phase_9"),
        ("timepoint: 99mo", "timepoint: no such timepoint: 99mo"),
        ("subgroup: children", "subgroup: no such subgroup: children"),
        ("subject: weststar", "subject: no such related trial: weststar"),
        ("source: N9", "source: no such source: N9"),
        ("also: [{source: N9, section: a}]", "also.source: no such source: N9"),
        ("mentions: [nonsense]", "mentions: no such concept: nonsense"),
        ('value: "101"', "percentage 101 is outside 0-100"),
        ('ci: {level: 95, low: "51", high: "60"}', "interval 51-60 does not hold 50"),
        ("status: context", "a context fact needs as_of"),
        ("numerator: 1, denominator: 3", "1 of 3 is 33%, not 50%"),
        ("id: response.phase_3.velorustat", "id is taken by trials/northstar/efficacy.yaml: estimates[4]"),
        ("id: approval.velorustat", "id is taken by context/context.yaml: statements[0] approval.velorustat"),
    ],
)
def test_a_bad_record_is_named(root: Path, change: str, complaint: str, problems: Problems) -> None:
    """A complaint names file, record, field and reason."""
    key = change.split(":")[0]
    record = re.sub(rf"(?<=[ {{]){key}: [^,]+, *", "", ESTIMATE)
    add(root, record.format(change))
    found = problems()
    assert len(found) == 1, found
    assert found[0].startswith("trials/northstar/more.yaml: estimates[0] ")
    assert complaint in found[0]


def test_a_fact_without_source_is_a_problem(root: Path, problems: Problems) -> None:
    """No figure stands without its source and section."""
    add(root, ESTIMATE.replace("source: N1, section: Table 9, ", "").format("exploratory: false"))
    assert [line.rpartition(": ")[0] for line in problems()] == [
        "trials/northstar/more.yaml: estimates[0] x: source",
        "trials/northstar/more.yaml: estimates[0] x: section",
    ]


def test_all_problems_of_all_files_come_together(root: Path, problems: Problems) -> None:
    """One load is enough to see everything that is wrong."""
    add(root, ESTIMATE.format("colour: red"))
    add(root, "gaps: 3\nnonsense: []\n", "trials/northstar/zebra.yaml")
    add(root, "sources: [1]\ngaps: []\n", "context/zebra.yaml")
    add(root, "topics: [,]", "terms/zebra.yaml")
    text = "\n".join(problems())
    for part in (
        "trials/northstar/more.yaml: estimates[0] x: colour: unknown key",
        "trials/northstar/zebra.yaml: gaps: must be a list of records",
        "trials/northstar/zebra.yaml: nonsense: unknown key",
        "context/zebra.yaml: sources[0]: must be a mapping",
        "context/zebra.yaml: gaps: unknown key",
        "terms/zebra.yaml: line 1: not YAML",
    ):
        assert part in text


def test_a_key_given_twice_is_a_problem(root: Path, problems: Problems) -> None:
    """YAML would keep the last one in silence."""
    add(root, "estimates: []\ncomparisons: []\nestimates: []\n")
    assert problems() == ["trials/northstar/more.yaml: line 3: key given twice: estimates"]


def test_an_invalid_record_causes_no_second_complaint(root: Path, problems: Problems) -> None:
    """What refers to a record that is wrong in itself is not wrong too."""
    path = root / "trials" / "northstar" / "efficacy.yaml"
    path.write_text(path.read_text().replace('timepoint: 24mo, param: km_percent, value: "88"', "value: 88"))
    assert {line.split(": ")[1] for line in problems()} == {
        "estimates[2] overall_survival.phase_3.24mo.velorustat"
    }


def test_a_missing_trial_file_is_one_problem(root: Path, problems: Problems) -> None:
    """Without arms and cohorts, every fact would complain."""
    (root / "trials" / "northstar" / "trial.yaml").unlink()
    assert problems() == ["trials/northstar: describes 0 trials instead of one"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"- a\n", b"1: 2\n", b"\x00"])
def test_a_file_that_is_no_mapping_is_a_problem(root: Path, content: bytes, problems: Problems) -> None:
    """Bytes, lists and controls are reported, not raised."""
    (root / "context" / "broken.yaml").write_bytes(content)
    assert problems()[0].startswith("context/broken.yaml: ")
