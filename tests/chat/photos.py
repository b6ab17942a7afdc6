"""The fake's share of pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.chat.content import Refused
from tests.chat.markup import units, visible

KNOWN = "AgACAgIAAxkBAAIB-chart"
"""What this server knows every picture by."""


def photo(params: dict[str, Any], send: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """Send a picture that was uploaded, or is known, with a caption that fits."""
    if params.get("photo") != KNOWN and not str(params.get("photo")).startswith("image/png, "):
        raise Refused("Bad Request: wrong file identifier/HTTP URL specified")
    if units(visible(params["caption"])) > 1024:
        raise Refused("Bad Request: message caption is too long")
    sent = send(params | {"text": params["caption"]})
    sent["caption"] = sent.pop("text")
    sent["photo"] = [{"file_id": KNOWN, "file_unique_id": "chart", "width": 1280, "height": 880}]
    return sent
