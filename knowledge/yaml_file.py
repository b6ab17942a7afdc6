"""One YAML file to plain mappings; a key given twice is an error, not the last one's win."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from knowledge.errors import Problem

if TYPE_CHECKING:
    from yaml import SafeLoader
else:
    SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(SafeLoader):
    """Safe loader that remembers duplicate keys."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.duplicates: list[tuple[int, str]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    self.duplicates.append((key.start_mark.line + 1, key.value))
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read(path: Path, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """The file's top-level mapping, and what is wrong with the file as such.

    `name` is how problems call the file. An unreadable file gives an empty mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return {}, [Problem(name, "", f"cannot be read: {error}")]
    loader = _Loader(text)
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        return {}, [Problem(name, f"line {line}", f"not YAML: {error.problem}")]
    except (yaml.YAMLError, ValueError, TypeError) as error:
        return {}, [Problem(name, "", f"not YAML: {error}")]
    finally:
        loader.dispose()
    problems = [Problem(name, f"line {line}", f"key given twice: {key}") for line, key in loader.duplicates]
    if content is None:
        return {}, problems
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        return {}, [*problems, Problem(name, "", "must be a mapping of record kinds")]
    return content, problems
