"""Charts: what is drawn is what is reported, and stands in words beside it."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from dataclasses import replace

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.answers import render
from bot.answers.charts import chart
from bot.answers.drawing import picture
from bot.chat.desk import open_desk
from bot.chat.wire import Wire
from bot.pipeline import Readout
from knowledge.model import Estimate
from tests.chat.api import BotApi, Refused
from tests.chat.offline import converse, press, update
from tests.chat.photos import KNOWN
from tests.chat.test_commands import typed


def topics(readout: Readout) -> list[str]:
    """All that have a chart."""
    trial = readout.default_trial
    return [t for t in sorted({f.topic for f in readout.store.facts(trial)}) if readout.has_chart(trial, t)]


def test_every_point_is_a_fact_and_every_fact_is_said(readout: Readout) -> None:
    """Nothing in between, nothing left out; and all of it fits below a picture."""
    found = topics(readout)
    assert len(found) >= 3
    for topic in found:
        drawn = readout.chart(readout.default_trial, topic)
        assert drawn is not None
        points = sorted(point.value for panel in drawn.panels for point in panel.points)
        facts = [readout.store.fact(readout.default_trial, fact) for fact in drawn.words.facts]
        assert points == sorted(fact.value for fact in facts if isinstance(fact, Estimate))
        said = " ".join(drawn.words.lines).replace("95% CI", "CI")
        assert all(f"{value}%" in said for value in points)
        assert set(re.findall(r"\d+(?:\.\d+)?(?=%)", said)) <= {
            *points,
            *(point.high for panel in drawn.panels for point in panel.points if point.high),
        }
        assert render.units(render.plain(drawn.words)) <= 1024


def test_contradictions_stand_with_the_chart(readout: Readout) -> None:
    """As with every answer that shows one side."""
    trial = readout.default_trial
    for topic in topics(readout):
        drawn = chart(readout.composer, trial, topic)
        assert drawn is not None
        bound = readout.store.discrepancies(trial, drawn.words.facts)
        assert {d.wording for d in bound if d.show == "always"} <= set(drawn.words.notes)


def test_times_are_to_scale(readout: Readout) -> None:
    """Five years stand as far from three as three from one."""
    drawn = readout.chart(readout.default_trial, "pfs")
    assert drawn is not None
    assert [panel.places for panel in drawn.panels] == [(1, 2, 3), (1, 3, 5)]


def test_a_picture_is_a_picture(readout: Readout) -> None:
    """Sharp on a phone, and far below what Telegram takes."""
    drawn = readout.chart(readout.default_trial, "pfs")
    assert drawn is not None
    content = picture(drawn)
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 1280
    assert len(content) < 200_000


def test_the_command_sends_it_once_and_then_by_name(readout: Readout) -> None:
    """The caption begins with what is shown; a second one is not drawn again."""
    desk = open_desk(readout, ["T1"])
    first, again = converse(typed("/chart pfs"), typed("/chart pfs"), desk=desk).done()
    assert first.params["photo"].startswith("image/png, ")
    assert again.params["photo"] == KNOWN
    assert "91% with lenalidomide vs 66% with observation" in first.params["caption"]
    assert "Source:" in first.params["caption"]


def test_the_button_under_an_answer(readout: Readout) -> None:
    """Where there is a chart; nowhere without the drawing library."""
    desk = open_desk(readout, ["T1"])
    (answer,) = converse(update("private_text", text="3-year PFS?"), desk=desk).done()
    (data,) = [data for data in answer.buttons if data.startswith("c:")]
    acknowledged, sent = converse(press("button_private", data), desk=desk).done()
    assert (acknowledged.method, sent.method) == ("answerCallbackQuery", "sendPhoto")
    for text, found in (("Trial design?", desk), ("3-year PFS?", replace(desk, draws=False))):
        (answer,) = converse(update("private_text", text=text), desk=found).done()
        assert not [data for data in answer.buttons if data.startswith("c:")]


@pytest.mark.parametrize("data", ["c:", "c:nothing:nothing", "c:e3a06:nothing"])
def test_a_button_of_another_edition(data: str, readout: Readout) -> None:
    """What is gone is answered, and is no incident."""
    calls = converse(press("button_private", data), readout=readout).done()
    assert calls[0].method == "answerCallbackQuery"
    assert not [call for call in calls if "Incident" in call.text or call.method == "sendPhoto"]


def test_without_a_picture_the_figures_come_as_text(readout: Readout) -> None:
    """Without the library, and in a group that allows no pictures."""
    desk = open_desk(readout, ["T1"])
    refused = Refused("Bad Request: not enough rights to send photos to the chat")
    api = BotApi(faults={"sendPhoto": deque([refused])})
    (without,) = converse(typed("/chart pfs"), desk=replace(desk, draws=False)).done()
    (instead,) = converse(typed("/chart pfs", "group_command_bare"), desk=desk, api=api).done()
    for sent in (without, instead):
        assert sent.method == "sendMessage"
        assert "91% with lenalidomide vs 66% with observation" in sent.text


@pytest.mark.parametrize(
    ("text", "reply"), [("/chart", "Type the subject"), ("/chart eligibility", "no chart of that")]
)
def test_what_has_no_chart(text: str, reply: str, readout: Readout) -> None:
    """Is told so."""
    (sent,) = converse(typed(text), readout=readout).done()
    assert reply in sent.text


def test_a_file_goes_over_the_wire() -> None:
    """Beside the other parameters, byte by byte."""
    held: dict[str, object] = {}

    async def receive(request: web.Request) -> web.Response:
        form = await request.post()
        part = form["photo"]
        assert isinstance(part, web.FileField)
        held.update(chat=form["chat_id"], content=part.file.read(), kind=part.content_type)
        return web.Response(text="{}")

    async def work() -> None:
        application = web.Application()
        application.router.add_post("/", receive)
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        wire = Wire(1)
        await wire.initialize()
        file = InputFile(b"\x89PNG\r\n\x00\xff", "chart.png")
        data = RequestData([RequestParameter("chat_id", -5, None), RequestParameter("photo", None, [file])])
        port = runner.addresses[0][1]
        status, _ = await wire.do_request(f"http://127.0.0.1:{port}/", "POST", data)
        assert status == 200
        await wire.shutdown()
        await runner.cleanup()

    asyncio.run(work())
    assert held == {"chat": "-5", "content": b"\x89PNG\r\n\x00\xff", "kind": "image/png"}
