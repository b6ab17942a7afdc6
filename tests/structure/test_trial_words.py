"""The trial is data: no word and no figure of it stands in the code.

The words come from the YAML files themselves, read raw, so that the test
also works while a record is invalid. Three kinds are looked for differently:

names       of trials, arms, drugs, diseases: anywhere, comments included
concepts    ids of topics and subgroups: anywhere if of several words
            ("overall_survival"), as a whole string if one everyday word ("response")
figures     decimals of the facts ("0.28"): anywhere
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml

from knowledge import model
from tests.structure.tree import ROOT, python_files, syntax, text

DATA = ROOT / "knowledge"
SHORTEST = 4
"""Letters; a shorter word ("len", "dex", "obs") is also a word of Python or of English."""
ENGLISH = {"control", "treated", "treatment", "patients", "everyone", "overall", "total"} | {
    "previous trial",
    "any trial",
    "other trials",
    *("in ours", "and ours", "vs ours", "about ours", "our trial"),
}
"""Names of arms, parts and whatever other trials that any program may say."""
STANDARDS = {"hazard_ratio", "confidence_interval", "median_follow_up", "CTCAE"}
"""Topics that are statistics or standards of whatever trial."""
SKIPPED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def contents() -> tuple[dict[str, Any], ...]:
    """Every data file."""
    return tuple(yaml.safe_load(path.read_text("utf-8")) or {} for path in sorted(DATA.rglob("*.yaml")))


def records(*keys: str) -> Iterator[dict[str, Any]]:
    """The records under these top-level keys, of all files."""
    for content in contents():
        for key in keys:
            found = content.get(key, [])
            yield from [found] if isinstance(found, dict) else found


@cache
def names() -> frozenset[str]:
    """What trials, arms, drugs and diseases are called."""
    found: set[str] = set()
    for trial in records("trial"):
        found |= {trial["id"], trial["acronym"], trial["registry_id"]}
        found |= {name for key in ("names", "drug_names", "condition_names") for name in trial.get(key, ())}
        for arm in trial["arms"]:
            found |= {arm["id"], arm["label"], arm["short"], arm["intervention"], *arm["names"]}
    for related in records("related_trials"):
        found |= {related["id"], related["acronym"], *related["names"]}
    for topic in records("topics"):
        if (topic.get("short") or "").isupper():  # an endpoint; other labels are everyday phrases
            found.add(topic["label"])
    for elsewhere in records("elsewhere"):
        found |= {*elsewhere["trials"], *elsewhere["drugs"], *elsewhere["diseases"]}
    return frozenset(name for name in found if len(name) >= SHORTEST) - ENGLISH


@cache
def schema() -> frozenset[str]:
    """The words of the record classes: keys and fixed values, the same for every trial."""
    words = {key for content in contents() for key in content}
    for record in vars(model).values():
        if isinstance(record, type) and issubclass(record, model.Record):
            words |= record.model_fields.keys()
            for field in record.model_fields.values():
                for part in (field.annotation, *get_args(field.annotation)):
                    if get_origin(part) is Literal:
                        words |= {str(value) for value in get_args(part)}
    return frozenset(words)


@cache
def concepts() -> frozenset[str]:
    """Ids and abbreviations of topics and subgroups that are not also measures or schema words."""
    measures = {record["id"] for record in records("measures")}
    found: set[str] = set()
    for record in records("topics", "subgroups"):
        found |= {record["id"]} if len(record["id"]) >= SHORTEST else set()
        short = record.get("short") or ""
        found |= {short} if short.isupper() and len(short) > 1 else set()
    return frozenset(found) - measures - schema() - STANDARDS


@cache
def figures() -> frozenset[str]:
    """Decimals of estimates, comparisons and events, their intervals and P values."""
    found: set[str] = set()
    for record in records("estimates", "comparisons", "adverse_events", "dispositions"):
        interval = record.get("ci") or {}
        for value in (*record.values(), *interval.values()):
            if isinstance(value, str) and re.fullmatch(r"[<>]?\d*\.\d+", value):
                found.add(value.lstrip("<>"))
    return frozenset(found)


def words(phrase: str) -> tuple[str, ...]:
    """A phrase as lower-case words; spaces, hyphens and underscores part them alike."""
    return tuple(re.findall(r"[^\W_]+", phrase.casefold()))


@cache
def sought() -> tuple[frozenset[tuple[str, ...]], int]:
    """The names as words, and the length of the longest."""
    found = frozenset(words(name) for name in names())
    return found, max(len(name) for name in found)


def named(line: str) -> Iterator[str]:
    """The names that stand in a line."""
    found, longest = sought()
    said = words(line)
    for start in range(len(said)):
        for end in range(start + 1, min(start + longest, len(said)) + 1):
            if said[start:end] in found:
                yield " ".join(said[start:end])


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The string literals of a file, without its docstrings."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, SKIPPED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def test_the_lists_are_not_empty() -> None:
    """A renamed key would make the test below look for nothing."""
    assert len(names()) > 20
    assert len(concepts()) > 20
    assert len(figures()) > 10
    for trial in records("trial"):
        assert {trial["acronym"], trial["registry_id"], *(arm["id"] for arm in trial["arms"])} <= names()


@pytest.mark.parametrize("file", python_files(), ids=str)
def test_no_word_of_the_trial(file: Path) -> None:
    """A second trial is a second folder of data, and no line of code."""
    found = []
    for number, line in enumerate(text(file).splitlines(), 1):
        several = {word for word in re.findall(r"\w+", line) if "_" in word or word.isupper()}
        decimals = re.findall(r"(?<![\d.])\d*\.\d+(?!\d|\.\d)", line)
        held = [*named(line), *(several & concepts()), *(set(decimals) & figures())]
        found += [f"{file}:{number}: {word!r}" for word in held]
    for string in strings(syntax(file)):
        if set(str(string.value).split(".")) & concepts():
            found.append(f"{file}:{string.lineno}: {string.value!r}")
    assert not found, "\n".join(dict.fromkeys(found))
