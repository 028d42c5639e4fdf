"""Names that a shell offers after the tab key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from wegweiser.cli.access import book_of
from wegweiser.cli.settings import read_settings

if TYPE_CHECKING:
    from wegweiser.engine.book import Book

__all__ = ["fact_names", "network_names", "rule_ids", "target_names"]


def _beginning(incomplete: str, names: Callable[[Book], Iterable[str]]) -> list[str]:
    try:
        settings, _, _ = read_settings([])
        return sorted({name for name in names(book_of(settings)) if name.startswith(incomplete)})
    except Exception:  # noqa: BLE001 (a broken rule book must not break the shell)
        return []


def rule_ids(incomplete: str) -> list[str]:
    """Ids of rules, definitions, lists and numbers."""
    return _beginning(incomplete, lambda book: (card.id for card in book.rule_cards()))


def fact_names(incomplete: str) -> list[str]:
    """Names of facts."""
    return _beginning(incomplete, lambda book: book.vocabulary.names)


def target_names(incomplete: str) -> list[str]:
    """Names of targets, whole and without their area."""
    return _beginning(
        incomplete, lambda book: (part for name in book.targets for part in (name, name.partition(".")[2]))
    )


def network_names(incomplete: str) -> list[str]:
    """Names of networks and of their offers."""
    return _beginning(
        incomplete,
        lambda book: (
            name
            for network in book.data["networks"]["all"]
            for name in (network["id"], *(offer["id"] for offer in network["offers"]))
        ),
    )
