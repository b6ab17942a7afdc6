"""The README tells the truth: its dialogue, its tree, its settings, its sources and its links.

`python -m tests.test_readme` writes the generated parts anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import pytest

from bot.answers.render import plain
from bot.pipeline import Readout, Turn, open_readout
from bot.settings import Settings
from tests.structure.tree import ROOT, files

README = ROOT / "README.md"
DIALOGUE = (
    "3-year PFS with lenalidomide?",
    "P value of the PFS hazard ratio?",
    "5-year PFS in phase III?",
    "Should I start my patient on it?",
)
"""An answer, a contradiction, something not reported, and advice that is refused."""
KINDS = ("answer", "answer", "not_reported", "advice")


def dialogue(readout: Readout) -> str:
    """The conversation as the terminal shows it."""
    previous: Turn | None = None
    said = []
    for question in DIALOGUE:
        reply = readout.reply(question, previous)
        previous = reply.turn
        said.append(f"> {question}\n{plain(reply.answer)}")
    return "```text\n" + "\n\n".join(said) + "\n```"


def settings(_: Readout) -> str:
    """A table of every environment variable: its default, and its docstring."""
    lines = ["| Variable | Default | Meaning |", "|---|---|---|"]
    documented = re.findall(r'validation_alias="(\w+)".*?"""(.+?)"""', _source("bot/settings.py"), re.DOTALL)
    for alias, meaning in documented:
        (field,) = (f for f in Settings.model_fields.values() if f.validation_alias == alias)
        default = "" if field.default in (None, False) else f"`{field.default}`"
        lines.append(f"| `{alias}` | {default} | {' '.join(meaning.split())} |")
    return "\n".join(lines)


def sources(readout: Readout) -> str:
    """The sources of the trial by rank, as answers name them."""
    ranks: dict[int, list[str]] = {}
    for source in readout.store.sources(readout.default_trial):
        link = f"https://doi.org/{source.doi}" if source.doi else source.url
        ranks.setdefault(source.rank, []).append(f"[{source.label}]({link})" if link else source.label)
    return "\n".join(f"{rank}. {'; '.join(labels)}" for rank, labels in sorted(ranks.items()))


GENERATED: dict[str, Callable[[Readout], str]] = {
    "dialogue": dialogue,
    "settings": settings,
    "sources": sources,
}


def _source(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _part(name: str) -> re.Pattern[str]:
    begin = re.escape(f"<!-- {name}: written by python -m tests.test_readme -->\n")
    return re.compile(rf"(?<={begin}).*?(?=<!-- end -->)", re.DOTALL)


def _tree() -> list[tuple[int, str]]:
    """Depth and name of each line of the tree."""
    block = re.search(r"```tree\n(.*?)```", _source("README.md"), re.DOTALL)
    assert block, "the README has no tree"
    lines = [line for line in block[1].splitlines() if line.strip()]
    return [(sum(1 for _ in takewhile(str.isspace, line)) // 2, line.split()[0]) for line in lines]


def _paths() -> list[str]:
    """The tree's lines as paths below the root."""
    paths, above = [], dict[int, str]()
    for depth, name in _tree():
        above[depth] = name
        paths.append("".join(above[level] for level in range(depth + 1)))
    return paths


@pytest.mark.parametrize("name", GENERATED)
def test_generated_parts_are_up_to_date(name: str, readout: Readout) -> None:
    """If this fails: python -m tests.test_readme writes them anew."""
    found = _part(name).search(_source("README.md"))
    assert found, f"the README has no part {name!r}"
    assert found[0] == GENERATED[name](readout) + "\n"


def test_the_dialogue_shows_what_it_should(readout: Readout) -> None:
    """One answer, one contradiction, one not reported, one refusal of advice."""
    previous: Turn | None = None
    replies = []
    for question in DIALOGUE:
        replies.append(readout.reply(question, previous))
        previous = replies[-1].turn
    assert tuple(reply.answer.kind.value for reply in replies) == KINDS
    assert replies[1].answer.notes


def test_every_path_of_the_tree_exists() -> None:
    """Folders end in "/"."""
    wrong = [
        path
        for path in _paths()
        if not (ROOT / path).exists() or (ROOT / path).is_dir() != path.endswith("/")
    ]
    assert not wrong


def test_every_first_level_folder_is_in_the_tree() -> None:
    """And every folder of the two packages and of the tests."""
    listed = set(_paths())
    folders = {
        f"{'/'.join(file.parts[:depth])}/" for file in files() for depth in (1, 2) if len(file.parts) > depth
    }
    assert not (missing := {f for f in folders if f not in listed}), sorted(missing)


def test_links_lead_somewhere() -> None:
    """Relative links name files of the project, or headings of the README."""
    text = _source("README.md")
    headings = {
        re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in re.findall(r"^#+ (.+)$", text, re.M)
    }
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith("#"):
            assert link[1:] in headings, link
        elif "://" not in link:
            assert (ROOT / link).exists(), link


def test_the_changelog_has_both_audiences() -> None:
    """Unreleased comes first; a changed figure and a changed behaviour have a heading each."""
    headings = re.findall(r"^(##+) (.+)$", Path(ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert headings[0] == ("##", "[Unreleased]")
    first = [name for mark, name in headings[1:] if mark == "###"]
    assert {"Knowledge", "Bot"} <= set(first)


def write() -> None:
    """Write the generated parts of the README anew."""
    readout, text = open_readout(), _source("README.md")
    for name, made in GENERATED.items():
        part = made(readout) + "\n"
        found = _part(name).search(text)
        assert found, f"the README has no part {name!r}"
        text = text[: found.start()] + part + text[found.end() :]
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    write()
