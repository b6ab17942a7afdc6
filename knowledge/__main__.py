"""python -m knowledge: check the data, look at a record, list facts, compile.

Exit status: 0 done, 1 problems in the data or nothing found, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import InvalidKnowledge, KnowledgeError

if TYPE_CHECKING:
    from knowledge.model import Record
    from knowledge.store import Store

SLOTS = ("topic", "measure", "cohort", "arm", "timepoint", "subgroup", "subject", "source")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InvalidKnowledge as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"{_count(error.problems, 'problem')} in the knowledge base.", file=sys.stderr)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        sys.stdout = None  # the reader (head, less) has seen enough
        return 0
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description="What is known, and from where.")
    parser.add_argument("--root", type=Path, default=None, help="data folder (default: this package's)")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="check every data file; list all problems")
    check.set_defaults(run=_check)
    show = commands.add_parser("show", help="show a fact, gap, discrepancy, source or concept")
    show.add_argument("id")
    facts = commands.add_parser("facts", help="list facts, the best source first")
    for slot in SLOTS:
        facts.add_argument(f"--{slot}", metavar="ID")
    for command, run in ((show, _show), (facts, _facts)):
        command.add_argument("--trial", metavar="ID", help="default: every trial")
        command.add_argument("--json", action="store_true", help="one JSON record a line")
        command.set_defaults(run=run)
    compile_ = commands.add_parser("compile", help="write the SQLite file that the bot and Datasette read")
    compile_.add_argument("--output", type=Path, metavar="FILE", help="default: the cache, when out of date")
    compile_.set_defaults(run=_compile)
    return parser


def _check(options: argparse.Namespace) -> int:
    from knowledge.compile import HERE
    from knowledge.loader import load

    corpus = load(options.root or HERE)
    for id_, records in corpus.trials.items():
        derived = len(records.derivations)
        print(f"{id_}: {_count(records.facts, 'fact')} ({derived} derived),", end=" ")
        print(f"{_count(records.sources, 'source')}, {_count(records.gaps, 'gap')},", end=" ")
        print(_count(records.discrepancies, "discrepanc", "y", "ies"))
    context = corpus.context
    print(f"context: {_count(context.facts, 'fact')}, {_count(context.sources, 'source')},", end=" ")
    print(f"{_count(context.related_trials, 'related trial')},", end=" ")
    print(_count(context.discrepancies, "discrepanc", "y", "ies"))
    print(f"terms: {_count(corpus.concepts, 'concept')}")
    print("No problems.")
    return 0


def _count(things: Sequence[object], noun: str, one: str = "", many: str = "s") -> str:
    return f"{len(things)} {noun}{one if len(things) == 1 else many}"


def _compile(options: argparse.Namespace) -> int:
    from knowledge.compile import compile_to, compiled

    if options.output:
        compile_to(options.output, options.root)
    print(options.output or compiled(options.root))
    return 0


def _open(options: argparse.Namespace) -> tuple[Store, tuple[str, ...]]:
    from knowledge.compile import compiled
    from knowledge.store import Store

    store = Store.open(compiled(options.root))
    trials = store.trials()
    if options.trial and options.trial not in trials:
        raise KnowledgeError(f"no trial {options.trial}; there are: {', '.join(trials)}")
    return store, (options.trial,) if options.trial else trials


def _records(store: Store, trial: str) -> Iterator[Record]:
    yield from store.facts(trial)
    yield from store.gaps(trial)
    yield from store.discrepancies(trial)
    yield from store.sources(trial)
    yield from store.related_trials()
    yield from store.concepts()


def _show(options: argparse.Namespace) -> int:
    from knowledge.display import show

    store, trials = _open(options)
    known: dict[str, list[tuple[str, Record]]] = {}
    for trial in trials:
        for record in _records(store, trial):
            entry = known.setdefault(record.id, [])  # type: ignore[attr-defined]
            if not any(record == other for _, other in entry):
                entry.append((trial, record))
    if options.id not in known:
        print(f"Nothing is called {options.id}.{_suggestion(options.id, list(known))}", file=sys.stderr)
        return 1
    for trial, record in known[options.id]:
        print(record.model_dump_json() if options.json else show(store, trial, record))
    return 0


def _suggestion(asked: str, ids: list[str]) -> str:
    from rapidfuzz import process

    close = [match[0] for match in process.extract(asked, ids, limit=3, score_cutoff=70)]
    return f" Did you mean {', '.join(close)}?" if close else ""


def _facts(options: argparse.Namespace) -> int:
    from knowledge.display import row

    store, trials = _open(options)
    asked = {slot: getattr(options, slot) for slot in SLOTS}
    # Facts of the context go with every trial, but are listed once.
    found = {fact.model_dump_json(): fact for trial in trials for fact in store.facts(trial, **asked)}
    for record, fact in found.items():
        print(record if options.json else row(fact))
    if not found:
        print("No fact fits; see: python -m knowledge facts", file=sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
