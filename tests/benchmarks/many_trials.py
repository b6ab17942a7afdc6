"""A made-up knowledge base of many trials, and the program that measures a bot on it.

`python -m tests.benchmarks.many_trials FILE` opens the compiled file, asks, and prints JSON.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import sys
import time
from pathlib import Path

MADE_UP = Path(__file__).parents[1] / "data" / "second_trial" / "northstar"
ASKED_ABOUT = 50
"""Trials that the questions go round."""
ROUNDS = 5
QUESTIONS = (
    "2-year OS in {acronym}?",
    "response rate with {drug}",
    "{acronym} hazard ratio with CI",
    "grade 3-4 adverse events in {acronym}",
    "how many patients got {drug}?",
    "quality of life in {acronym}",
)
KILOBYTES_A_MEGABYTE = 1024


def letters(number: int) -> str:
    """The number as four letters, so that names are words."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in (3, 2, 1, 0))


def names(number: int) -> dict[str, str]:
    """Acronym and drug of one made-up trial."""
    return {"acronym": f"STAR{letters(number).upper()}", "drug": f"{letters(number)}rustat"}


def make(root: Path, count: int) -> None:
    """Data files for `count` trials below `root`, with the real terms and context."""
    real = Path(__file__).parents[2] / "knowledge"
    for folder in ("terms", "context"):
        shutil.copytree(real / folder, root / folder)
    files = {path.name: path.read_text("utf-8") for path in MADE_UP.glob("*.yaml")}
    for number in range(count):
        own, trial = letters(number), root / "trials" / f"star_{letters(number)}"
        trial.mkdir(parents=True)
        for name, text in files.items():
            (trial / name).write_text(_renamed(text, own, number), "utf-8")


def _renamed(text: str, own: str, number: int) -> str:
    for old, new in (
        ("id: northstar", f"id: star_{own}"),
        ("NORTHSTAR", f"STAR{own.upper()}"),
        ("northstar", f"star{own}"),
        ("north star", f"star {own}"),
        ("elorustat", f"elo{own}rustat"),
        ("velo" + own + "rustat", f"{own}rustat"),
        ("kestrova", f"kestr{own}"),
        ("essler", f"essl{own}"),
        ("99999999", f"{90_000_000 + number}"),
    ):
        text = text.replace(old, new)
    return re.sub(r"\bvelo\b", f"velo{own}", text)


def measure(file: Path) -> dict[str, float]:
    """Start-up in seconds, replies in milliseconds, peak memory in megabytes."""
    started = time.perf_counter()
    from bot.pipeline import readout
    from knowledge.store import Store
    from tests.benchmarks.timing import percentile, timed

    bot = readout(Store.open(file), store_file=file)
    bot.reply("hello")
    start_up = time.perf_counter() - started
    count = len(bot.store.trials())
    chosen = (
        [count * number // ASKED_ABOUT for number in range(ASKED_ABOUT)]
        if count > ASKED_ABOUT
        else range(count)
    )
    rounds = ROUNDS * max(1, ASKED_ABOUT // count)
    texts = [q.format(**names(n)) for _ in range(rounds) for n in chosen for q in QUESTIONS]
    wrong = [text for text in texts[: len(QUESTIONS) * len(chosen)] if not bot.reply(text).answer.facts]
    spent = timed(bot, ((text, None) for text in texts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_A_MEGABYTE
    return {
        "start_up": start_up,
        "p50": percentile(spent, 50),
        "p99": percentile(spent, 99),
        "peak": peak,
        "unanswered": len(wrong),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
