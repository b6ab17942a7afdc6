"""One question as an argument or on standard input, and why it got its reply."""

from __future__ import annotations

import io
import json

import pytest

from bot.__main__ import main
from bot.ask import ask
from bot.pipeline import Readout
from tests.cli.odd_input import GOOD, ODD
from tests.cli.program import call, python


@pytest.mark.parametrize("name", ODD)
def test_odd_questions_get_a_reply(name: str, readout: Readout) -> None:
    """A sensible line each time; the next question still works."""
    out = io.StringIO()
    ask(readout, ODD[name], out)
    assert out.getvalue().strip()
    assert "\x1b" not in out.getvalue()
    assert "Traceback" not in out.getvalue()
    ask(readout, GOOD, after := io.StringIO())
    assert "PFS" in after.getvalue()


@pytest.mark.parametrize("name", [name for name in ODD if name != "a nul"])
def test_an_argument(
    name: str, readout: Readout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same through the command line."""
    monkeypatch.setattr("bot.__main__.open_readout", lambda: readout)
    assert main(["ask", ODD[name]]) == 0
    captured = capsys.readouterr()
    assert captured.out.strip()
    assert not captured.err


def test_arguments_that_are_not_utf8() -> None:
    """Python hands them over as lone surrogates; the reply can still be written."""
    done = call("ask", b"PFS at 3 years\xff\xfe?")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").strip()


def test_the_question_may_come_on_standard_input() -> None:
    """Invalid UTF-8 in it is replaced; as an object, the reply is JSON."""
    done = call("ask", "--json", given=b"PFS at 3 years \xff?\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["kind"]


def test_nothing_asked() -> None:
    """An empty question gets a reply, not silence and no traceback."""
    for arguments in (("ask",), ("ask", ""), ("ask", "--json")):
        done = call(*arguments)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.strip()


def test_explained(readout: Readout) -> None:
    """Tokens, spans, candidates, and the winner."""
    ask(readout, "3-year pfs with lenalidomde in phase 3?", out := io.StringIO(), explain=True)
    text = out.getvalue()
    for part in ("tokens: 3 | year | pfs", "spans:", "repaired by", "guards:", "candidates", "winner:"):
        assert part in text, part
    assert "'3 year': time time = 36" in text


@pytest.mark.parametrize("question", ["what about AQUILA drug prices", "thanks", "", "?!", *ODD.values()])
def test_a_refusal_is_explained_too(question: str, readout: Readout) -> None:
    """Why none won, or that nothing was asked."""
    ask(readout, question, out := io.StringIO(), explain=True)
    assert out.getvalue().startswith("tokens:")
    assert "candidates" in out.getvalue()


def test_asking_loads_no_front_end() -> None:
    """`ask` imports neither Telegram nor the settings."""
    code = "import sys; from bot.__main__ import main; main(['ask', 'PFS?']); print(*sys.modules)"
    loaded = set(python("-c", code).stdout.decode().split())
    assert not loaded & {"telegram", "pydantic_settings", "asyncio", "bot.chat", "bot.terminal", "readline"}


def test_help_names_the_commands() -> None:
    """A wrong command is one line of usage and status 2."""
    done = call("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in (b"run", b"chat", b"ask"))
    assert call("sing").returncode == 2


def test_a_setting_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line names the variable, and no value is shown: one of them could be the token."""
    monkeypatch.setenv("READOUT_KEEP_UNANSWERED", "secret-value")
    done = call()
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"READOUT_KEEP_UNANSWERED: ")
    assert done.stderr.count(b"\n") == 1
    assert b"secret-value" not in done.stderr
