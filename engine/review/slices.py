"""The part of a rule book that decides one target: its rules, what these read, and nothing else.

A target has to be looked at again only when its part has changed; `digest` says whether it has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["conclusions", "digest", "part_of", "read_along", "strings"]

_WORDS = frozenset(
    {"because", "checked", "file", "line", "label", "hint", "question", "evidence", "normen", "norm", "topic"}
)
"""What an entry says to readers: no proof depends on it."""
_KINDS = {"derived": "derived", "list": "lists", "param": "parameters"}


def part_of(data: dict[str, Any], targets: Iterable[str]) -> dict[str, Any]:
    """The data of a book with some targets and those that they read, their rules and what these name.

    The vocabulary and the relations stay whole.
    """
    kept = read_along(data, targets)
    rules = {
        name: [version for version in versions if kept.intersection(version["targets"])]
        for name, versions in data["rules"].items()
    }
    part = {
        **data,
        "targets": {name: entry for name, entry in data["targets"].items() if name in kept},
        "rules": {name: versions for name, versions in rules.items() if versions},
        "examples": [],
        "networks": {},
        "duties": [],
    }
    facts = data["vocabulary"]["facts"].values()
    start = [part["rules"], part["targets"], data["relations"], [one.get("only_if") for one in facts]]
    for kind, found in _named(data, start).items():
        part[kind] = {name: entry for name, entry in data[kind].items() if name in found}
    return part


def read_along(data: dict[str, Any], targets: Iterable[str]) -> set[str]:
    """Some targets and all whose outcome their rules read, directly or through definitions."""
    kept = set(targets)
    while True:
        rules = [
            each for versions in data["rules"].values() for each in versions if kept & set(each["targets"])
        ]
        start = [rules, [data["targets"][name]["treated"] for name in kept]]
        names = _named(data, start)["derived"]
        read = conclusions([start, [data["derived"][name] for name in sorted(names)]])
        if read <= kept:
            return kept
        kept |= read


def conclusions(value: Any) -> set[str]:
    """The targets that conditions read, wherever they stand."""
    if isinstance(value, list):
        read = {value[1]} if value[:1] == ["target"] else set()
        return read.union(*(conclusions(part) for part in value))
    if isinstance(value, dict):
        return set().union(*(conclusions(part) for part in value.values()))
    return set()


def digest(part: dict[str, Any], *, answers: bool = False) -> str:
    """The fingerprint of a part of a book: the same as long as no proof about it (no answer) can change."""
    bare = {
        kind: _without_words(part[kind]) for kind in ("targets", "rules", "derived", "lists", "parameters")
    }
    facts = {name: _without_words(entry) for name, entry in part["vocabulary"]["facts"].items()}
    for entry in facts.values():
        if entry.get("werte"):
            entry["werte"] = list(entry["werte"])
    read = set(strings([bare, part["relations"]]))
    bare["facts"] = {name: entry for name, entry in facts.items() if name in read or entry.get("only_if")}
    bare["relations"] = part["relations"]
    bare["meta"] = part["meta"]["coverage_from"]
    if not answers:
        bare["review"] = [
            part["meta"].get("order"),
            part["review"]["status"],
            part["review"]["answered_from"],
        ]
    plain = json.dumps(bare, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_words(inner) for key, inner in value.items() if key not in _WORDS}
    return [_without_words(inner) for inner in value] if isinstance(value, list) else value


def strings(value: Any) -> Iterator[str]:
    """Every string in a piece of plain data, names of entries included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def _named(data: dict[str, Any], start: Any) -> dict[str, set[str]]:
    """The definitions, lists and parameters that conditions name, directly or through definitions."""
    found: dict[str, set[str]] = {"derived": set(), "lists": set(), "parameters": set()}
    stack = [start]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            for key, kind in _KINDS.items():
                name = value.get(key)
                if isinstance(name, str) and name in data[kind] and name not in found[kind]:
                    found[kind].add(name)
                    stack.append(data[kind][name])
            stack.extend(value.values())
        elif isinstance(value, list):
            if value[:1] == ["derived"] and value[1] not in found["derived"]:
                found["derived"].add(value[1])
                stack.append(data["derived"][value[1]])
            stack.extend(value)
    return found
