"""Reads the YAML files that lie beside the code, once per process."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml


class _WordLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader for lists of words: "no", "on", "off" and "yes" are words, as in YAML 1.2."""


_WordLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _WordLoader.yaml_implicit_resolvers.items()
}
_WordLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


@lru_cache(maxsize=64)
def read(package: str, name: str) -> Any:
    """The content of the YAML file `name` inside `package`; callers must not change it."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_WordLoader)  # noqa: S506 - a safe loader, see above
