"""From entries of rule files to the plain data that a Book keeps: JSON values, days as ordinals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

__all__ = ["bilingual", "checked", "dated", "jsonable", "many", "plain_value"]


def plain_value(value: Any) -> Any:
    """A literal as plain data: days as ordinals."""
    return value.toordinal() if isinstance(value, date) else value


def bilingual(entry: dict[str, str] | None) -> list[str] | None:
    """Text in both languages."""
    return None if entry is None else [entry["de"], entry["en"]]


def many(entry: Any) -> list[Any]:
    """One or several, as a list."""
    if entry is None:
        return []
    return entry if isinstance(entry, list) else [entry]


def checked(entry: dict[str, Any]) -> dict[str, Any] | None:
    """What an entry was checked against, and the day; None where it never was."""
    told = entry.get("checked")
    return None if told is None else {"against": many(told["against"]), "on": plain_value(told["on"])}


def dated(entry: dict[str, Any] | None) -> dict[str, Any]:
    """The days on which a version holds."""
    entry = entry or {}
    return {
        "from": plain_value(entry.get("from")),
        "to": plain_value(entry.get("to")),
        "seen": bool(entry.get("seen")),
    }


def jsonable(value: Any) -> Any:
    """Plain values as JSON can hold them: days as text, amounts as numbers."""
    if isinstance(value, dict):
        return {key: jsonable(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [jsonable(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
