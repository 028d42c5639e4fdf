"""Runs the worked examples that stand beside the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from wegweiser.engine.answers import Answer
from wegweiser.engine.book import Book
from wegweiser.engine.errors import InputError
from wegweiser.engine.evaluate import Evaluation
from wegweiser.engine.profile import Profile

__all__ = ["Difference", "agrees", "compare", "person", "run", "said"]

_SETS = ("fehlend", "moeglich", "annahmen", "ab_fehlend", "zustimmung_fehlend", "regeln", "normen")


class Difference(NamedTuple):
    """An expectation that does not hold."""

    example: str
    place: str
    day: str
    target: str
    key: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.example}: {self.day} {self.target} {self.key}:"
            f" expected {self.expected!r}, found {self.found!r}"
        )


def run(book: Book, examples: Iterable[dict[str, Any]] | None = None) -> Iterator[Difference]:
    """Every difference between what the examples expect and what the book answers."""
    for example in book.examples if examples is None else examples:
        for day, targets in example["expect"].items():
            yield from _on_day(book, example, day, targets)


def person(book: Book, example: dict[str, Any], day: str) -> Profile:
    """The person of an example on a day."""
    given = {fact: _exact(value) for fact, value in example["given"].items()}
    place = f"{example['file']}:{example['line']}"
    return Profile.from_facts(given, book.vocabulary, date.fromisoformat(day), place)


def _on_day(book: Book, example: dict[str, Any], day: str, targets: dict[str, Any]) -> Iterator[Difference]:
    place = f"{example['file']}:{example['line']}"
    try:
        report = Evaluation(book, person(book, example, day)).report(list(targets))
    except InputError as problem:
        yield Difference(example["name"], place, day, "", "input", "a valid profile", str(problem))
        return
    yield from compare(example, day, report.answers)


def compare(example: dict[str, Any], day: str, answers: Iterable[Answer]) -> Iterator[Difference]:
    """What answers say otherwise than an example expects on a day."""
    place = f"{example['file']}:{example['line']}"
    for answer in answers:
        for key, expected in example["expect"][day].get(answer.ziel, {}).items():
            found = said(answer, key)
            if not agrees(key, expected, found):
                yield Difference(example["name"], place, day, answer.ziel, key, expected, found)


def said(answer: Answer, key: str) -> Any:
    """What an answer says under a key, in plain form."""
    return _plain(getattr(answer, key, f"no key {key}"))


def agrees(key: str, expected: Any, found: Any) -> bool:
    """Whether what was found under a key of an answer is what was expected; both in plain form.

    Sets have no order, and of an expected answer only what is named is compared.
    """
    if key in _SETS and isinstance(expected, list) and isinstance(found, list):
        return sorted(expected) == sorted(found)
    if key == "voraussichtlich" and isinstance(expected, dict) and isinstance(found, dict):
        return all(found.get(name) == value for name, value in expected.items())
    return bool(expected == found)


def _exact(value: Any) -> Any:
    """A number with decimals as the file wrote it (the cache keeps JSON)."""
    return Decimal(str(value)) if isinstance(value, float) else value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        if hasattr(value, "_asdict"):
            return {name: _plain(entry) for name, entry in value._asdict().items()}
        return [_plain(entry) for entry in value]
    return value
