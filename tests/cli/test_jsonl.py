"""JSON lines in, JSON lines out, in order, whatever comes."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from bot.ask import ask_lines
from bot.pipeline import Readout
from tests.cli.odd_input import GOOD, ODD
from tests.cli.program import call

INVALID: dict[str, bytes] = {
    "no json": b"PFS at 3 years?",
    "half an object": b'{"chat": "c", "text": "PFS',
    "a list": b'["PFS"]',
    "a number": b"3",
    "null": b"null",
    "no text": b'{"chat": "c"}',
    "text is a number": b'{"chat": "c", "text": 3}',
    "text is null": b'{"chat": "c", "text": null}',
    "not a number": b'{"chat": "c", "text": NaN',
    "deeply nested": b"[" * 100_000,
    "huge number": b"9" * 10_000,
    "invalid utf-8": b"\xff\xfe\x00",
    "a nul": b"\x00",
    "byte order mark alone": b"\xef\xbb\xbf",
}


def _answers(readout: Readout, *lines: bytes) -> list[dict[str, Any]]:
    out = io.BytesIO()
    ask_lines(readout, [line + b"\n" for line in lines], out)
    return [json.loads(line) for line in out.getvalue().decode("utf-8").splitlines()]


def _line(text: str, chat: object = "c") -> bytes:
    return json.dumps({"chat": chat, "text": text}).encode()


@pytest.mark.parametrize("name", ODD)
def test_odd_texts(name: str, readout: Readout) -> None:
    """Each gets its object in its place; the next question still works."""
    odd, good = _answers(readout, _line(ODD[name], "odd"), _line(GOOD, "good"))
    assert odd["kind"]
    assert odd["headline"]
    assert (good["kind"], good["chat"]) == ("answer", "good")


@pytest.mark.parametrize("name", INVALID)
def test_a_line_that_is_no_question(name: str, readout: Readout) -> None:
    """An error object in its place, and the run goes on."""
    error, good = _answers(readout, INVALID[name], _line(GOOD))
    assert set(error) == {"error"}
    assert good["kind"] == "answer"


def test_lone_surrogates(readout: Readout) -> None:
    """JSON can write half a character; the reply is valid UTF-8 all the same."""
    lines = (b'{"chat": "\\ud800", "text": "PFS \\udfff at 3 years?"}', _line(GOOD))
    odd, good = _answers(readout, *lines)
    assert odd["kind"]
    assert good["kind"] == "answer"


@pytest.mark.parametrize("chat", [None, 7, True, ["a"], {"a": 1}, "", "\u202e", 1.5])
def test_any_chat_is_handed_back(chat: object, readout: Readout) -> None:
    """Whatever a program calls its chats."""
    first, second = _answers(readout, _line("3-year PFS with lenalidomide?", chat), _line("and 2?", chat))
    assert first["chat"] == second["chat"] == chat
    assert second["understood"]["months"] == [24]


def test_chats_are_apart(readout: Readout) -> None:
    """Lines of one chat are one conversation; another chat's are not."""
    first, other, again = _answers(
        readout,
        _line("3-year PFS with lenalidomide?", "a"),
        _line("ORR?", "b"),
        _line("and observation?", "a"),
    )
    assert first["understood"]["topic"] == again["understood"]["topic"] != other["understood"]["topic"]


def test_an_empty_line_is_no_question(readout: Readout) -> None:
    """It gets no line of output."""
    assert len(_answers(readout, b"", b"   ", _line(GOOD), b"\t")) == 1


def test_the_object_keeps_the_contract(readout: Readout) -> None:
    """The fields that programs rely on."""
    (answer,) = _answers(readout, _line(GOOD))
    assert {"chat", "kind", "headline", "text", "facts", "sources", "understood"} <= set(answer)


def test_the_program_survives_a_bad_stream() -> None:
    """As a process: each line its answer, status 0, nothing on standard error."""
    bad = [*INVALID.values(), b'{"chat": "x", "text": "\\ud800"}', b'{"chat": 1, "text": "\xff"}']
    done = call("ask", "--jsonl", given=b"\n".join([*bad, _line(GOOD)]))
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert len(answers) == len(bad) + 1
    assert answers[-1]["kind"] == "answer"
