"""Plays the stories of stories.yaml over real HTTP; `python -m tests.chat.stories` prints them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.chat.api import Call
from tests.chat.markup import visible
from tests.chat.offline import update
from tests.chat.served import served
from tests.chat.server import BotServer

Step = dict[str, Any]
STORIES: dict[str, list[Step]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
Told = list[tuple[str, list[str]]]
"""What somebody wrote or did, and all that the bot did about it."""


def play(steps: list[Step], readout: Any) -> Told:
    """Run the bot and let it hear one step after the other, as soon as the one before is dealt with."""
    told: Told = []
    with BotServer() as server:
        waiting = _played(steps, server, told)
        assert served(server, lambda: next(waiting, True), readout) == 0
        assert server.api.refused == []
    return told


def _played(steps: list[Step], server: BotServer, told: Told) -> Iterator[bool]:
    for number, step in enumerate(steps):
        before = len(server.api.done())
        content = _content(step, server, 100 + number)
        server.post(content)
        while len(_shown(server.api.done()[before:])) < len(step["bot"]):
            yield False
        told.append((_heard(content, step), _shown(server.api.done()[before:])))


def _content(step: Step, server: BotServer, number: int) -> dict[str, Any]:
    if "tap" in step:
        return _tap(step["tap"], server, number)
    content = update(step["update"])
    if "text" in step:
        content["message"] |= {"text": step["text"], "message_id": number}
        length = len(step["text"].split()[0])
        command = [{"type": "bot_command", "offset": 0, "length": length}]
        content["message"]["entities"] = command if step["text"].startswith("/") else []
    return content


def _tap(label: str, server: BotServer, number: int) -> dict[str, Any]:
    """A tap on the newest button with this label."""
    content = update("button_private")
    for call in reversed(server.api.done("sendMessage", "editMessageReplyMarkup")):
        markup = call.params.get("reply_markup") or {"inline_keyboard": []}
        for button in [button for row in markup["inline_keyboard"] for button in row]:
            if button["text"] == label:
                content["callback_query"] |= {"id": str(number), "data": button["callback_data"]}
                content["callback_query"]["message"] |= {
                    "message_id": server.api.next_id, "reply_markup": markup
                }  # fmt: skip
                return content
    raise AssertionError(f"there is no button {label!r}")


def _heard(content: dict[str, Any], step: Step) -> str:
    if "tap" in step:
        return f"(taps) {step['tap']}"
    part = next(part for part in content.values() if isinstance(part, dict))
    who = part.get("sender_chat") or part.get("from") or {}
    name = who.get("title") or who.get("first_name", "")
    said = part.get("text") or part.get("query") or f"({step['update'].replace('_', ' ')})"
    quoted = part.get("quote") or part.get("reply_to_message") or {}
    under = f" (under: {quoted['text'].splitlines()[0]})" if quoted.get("text") else ""
    return f"{name}: {said}{under}"


def _shown(calls: list[Call]) -> list[str]:
    """What people see of the calls; an acknowledgement without words is nothing."""
    found = []
    for call in calls:
        results = call.params.get("results") or ([call.params["result"]] if "result" in call.params else [])
        labels = _labels(call.params.get("reply_markup"))
        if call.method == "setMessageReaction":
            found.append("reaction: " + call.params["reaction"][0]["emoji"])
        elif call.method == "editMessageReplyMarkup":
            found.append(f"buttons: {labels}")
        elif call.text:
            found.append(call.text + (f"\n{labels}" if labels else ""))
        elif results:
            found.append(
                "\n".join(visible(each["input_message_content"]["message_text"]) for each in results)
            )
    return found


def _labels(markup: dict[str, Any] | None) -> str:
    return " ".join(
        f"[{button['text']}]" for row in (markup or {}).get("inline_keyboard", []) for button in row
    )


def main() -> None:
    """Print all stories."""
    from bot.pipeline import open_readout

    readout = open_readout()
    for title, steps in STORIES.items():
        print(f"\n== {title} ==")
        for heard, shown in play(steps, readout):
            print(f"\n{heard}")
            for text in shown or ["(silence)"]:
                print("    " + text.replace("\n", "\n    "))


if __name__ == "__main__":
    main()
