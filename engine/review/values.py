"""A value for a region of a fact, as a profile tells it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wegweiser.engine.countries import COUNTRIES
from wegweiser.engine.norms import SIGN, covers
from wegweiser.engine.text import Text
from wegweiser.engine.variables import OTHER, possible_classes

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.variables import Variable

__all__ = ["region_values", "told_value"]

_PARTS = range(1, 40)
"""Paragraphs and sentences that are tried for 'this section, and none of the parts that rules name'."""


def told_value(book: Book, variable: Variable, place: int) -> Any:
    """A value that lies in one region of a fact with single values (`set`, `num`).

    The first that the rules name; where they name none any other.
    """
    fact = book.data["vocabulary"]["facts"][variable["fact"]]
    if variable["kind"] == "num":
        lowest = variable["cuts"][place - 1] if place else 0
        return _euros(lowest) if fact["typ"] == "geld" else lowest
    members: list[Any] = variable["classes"][place]
    named = [value for value in members if value != OTHER]
    if not variable["norms"]:
        return named[0] if named else _other(book, fact["typ"], variable)
    parts = fact.get("parts") or {}
    candidates = [*(_inside(named[0]) if named else _sections(book))]
    exact = (value for value in candidates if possible_classes(variable, value, parts) == [place])
    return next(
        (value for value in exact if not isinstance(book.vocabulary.title(value), Text)), candidates[0]
    )


def _euros(cents: int) -> int | Decimal:
    return cents // 100 if cents % 100 == 0 else Decimal(cents) / 100


def _other(book: Book, kind: str, variable: Variable) -> str:
    """A country or place that no rule names."""
    named = {value for members in variable["classes"] for value in members}
    known: Iterable[str] = COUNTRIES
    if kind == "ort":
        known = (book.data["vocabulary"].get("places") or {}).get("places", ())
    return next((value for value in sorted(known) if value not in named), "Anderswo")


def _inside(norm: str) -> list[str]:
    """A citation, and parts of it."""
    return [norm, *(f"{norm} {kind} {number}" for kind in ("Abs.", "Satz", "Nr.") for number in _PARTS)]


def _sections(book: Book) -> list[str]:
    """Sections that titles are granted under, without those that lie in one another."""
    titles = (book.data["vocabulary"].get("residence") or {}).get("titles") or {}
    sections = [f"{SIGN} {number}" for number in titles.get("sections", ())] or [
        f"{SIGN} {n}" for n in _PARTS
    ]
    return [one for one in sections if not any(covers(other, one) for other in sections if other != one)]


def region_values(book: Book, variable: Variable) -> list[Any]:
    """Values of every region of a fact with single values; of numbers both ends."""
    found = [told_value(book, variable, place) for place in range(variable["size"])]
    if variable["kind"] == "num" and book.data["vocabulary"]["facts"][variable["fact"]]["typ"] == "zahl":
        found += [cut - 1 for cut in variable["cuts"] if cut]
    return found
