"""The same conversation in a terminal."""

from __future__ import annotations

import io
import re

import pytest

from bot.pipeline import Readout
from bot.terminal import chat
from tests.cli.odd_input import GOOD, ODD
from tests.cli.program import call

CHOICE = re.compile(r"\[(\d)\] (.+?)(?=   \[|$)", re.MULTILINE)


class Screen(io.StringIO):
    """An output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _talk(readout: Readout, *lines: str, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    assert chat(readout, io.StringIO("".join(f"{line}\n" for line in lines)), out) == 0
    return out.getvalue()


@pytest.mark.parametrize("name", ODD)
def test_odd_input(name: str, readout: Readout) -> None:
    """A reply (or nothing, for nothing); the next question still works."""
    said = _talk(readout, *ODD[name].splitlines(), GOOD)
    assert "PFS: 91%" in said or "3-year PFS" in said
    assert "\x1b" not in said


def test_suggestions_are_numbers(readout: Readout) -> None:
    """The number of a suggested question asks it."""
    offered = CHOICE.findall(_talk(readout))
    assert [number for number, _ in offered] == [str(n + 1) for n in range(len(offered))]
    by_number, in_words = _talk(readout, offered[1][0]), _talk(readout, offered[1][1])
    assert by_number.replace(f"{offered[1][1]}\n", "", 1) == in_words


@pytest.mark.parametrize("number", ["0", "99", "-1", "\u00b2", "\u0663", "1e5"])
def test_a_number_that_was_not_offered(number: str, readout: Readout) -> None:
    """It is a question like any other."""
    assert _talk(readout, number, GOOD)


def test_a_number_after_a_time_point_is_a_time_point(readout: Readout) -> None:
    """ "2" after "3-year PFS" asks for two years."""
    assert "2-year PFS" in _talk(readout, "3-year PFS with lenalidomide in phase III?", "2")


def test_colours_only_on_a_terminal(readout: Readout) -> None:
    """A file or a pipe gets plain text."""
    assert "\x1b" not in _talk(readout, GOOD)
    assert "\x1b[1m" in _talk(readout, GOOD, out=Screen())


@pytest.mark.parametrize("word", ["exit", "quit", "/quit", ":q", "EXIT", " exit "])
def test_words_that_end_it(word: str, readout: Readout) -> None:
    """Nothing after them is read."""
    assert _talk(readout, word, GOOD) == _talk(readout, word)


def test_a_last_line_without_its_end_is_read(readout: Readout) -> None:
    """As `printf` writes it."""
    out = io.StringIO()
    assert chat(readout, io.StringIO(GOOD), out) == 0
    assert "3-year PFS" in out.getvalue()


def test_it_ends_well_as_a_process() -> None:
    """End of input (Ctrl-D) is status 0; invalid UTF-8 and a NUL before it do no harm."""
    done = call("chat", given=b"\xff\xfe\n\x00\n\n3-year PFS?\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "3-year PFS" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout


def test_without_a_token_the_program_chats() -> None:
    """No command and no token: the terminal, not Telegram."""
    done = call(given=b"")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout
