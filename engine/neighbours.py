"""Which facts can tell something of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wegweiser.engine.book import Book

__all__ = ["neighbours"]


def neighbours(book: Book) -> dict[str, set[str]]:
    """For each fact those that stand with it in a relation or a condition of the vocabulary."""
    groups = [
        {
            *(relation["in_order"] or ()),
            *_facts_of(relation["when"]),
            *_facts_of(relation["if"]),
            *_facts_of(relation["then"]),
        }
        for relation in book.data["relations"]
    ]
    facts = book.data["vocabulary"]["facts"]
    groups += [
        {name, *_facts_of(entry.get("only_if"))} for name, entry in facts.items() if entry.get("only_if")
    ]
    near: dict[str, set[str]] = {}
    for group in groups:
        for name in group:
            near.setdefault(name, set()).update(group)
    return near


def _facts_of(condition: Any) -> set[str]:
    if not isinstance(condition, list) or not condition:
        return set()
    if condition[0] == "fact":
        other = condition[3] if isinstance(condition[3], dict) else {}
        return {condition[1], *([other["fact"]] if "fact" in other else [])}
    return {name for part in condition[1:] for name in _facts_of(part)}
