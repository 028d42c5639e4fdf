"""Facts told otherwise on the command line: `FAKT=WERT`, for every command that takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wegweiser.cli.settings import UsageError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wegweiser.engine.book import Book

__all__ = ["read_changes"]

_WORDS = {"ja": "true", "yes": "true", "nein": "false", "no": "false"}
"""What people say of a fact that is true or false, beside the spelling of profiles."""


def read_changes(options: Iterable[str], option: Text, book: Book, command: str) -> dict[str, str]:
    """What the options tell, by fact; an empty value makes a fact unknown, yes and no are as in profiles.

    `option` is the name of the option. Raises UsageError with every fault of form and name.
    """
    found: dict[str, str] = {}
    faults: list[Text] = []
    for one in options:
        fact, equals, value = one.partition("=")
        fact = fact.strip()
        if not equals or not fact:
            faults.append(
                Text(
                    f"{option.de} „{one}“: erwartet wird FAKT=WERT, zum Beispiel deutschniveau=b1",
                    f"{option.en} “{one}”: expected is FACT=VALUE, for example deutschniveau=b1",
                )
            )
        elif fact not in book.vocabulary:
            unknown = book.vocabulary.unknown_name(fact)
            faults.append(Text(f"{option.de} {fact}: {unknown.de}", f"{option.en} {fact}: {unknown.en}"))
        elif found.setdefault(fact, told := _spelled(fact, value, book)) != told:
            faults.append(
                Text(
                    f"{option.de} {fact}: zwei verschiedene Werte",
                    f"{option.en} {fact}: two different values",
                )
            )
    if faults:
        faults = list(dict.fromkeys(faults))
        german, english = "; ".join(one.de for one in faults), "; ".join(one.en for one in faults)
        raise UsageError(Text(german, english), command)
    return found


def _spelled(fact: str, value: str, book: Book) -> str:
    """A value as a profile spells it."""
    if book.vocabulary.fact(fact).typ != "bool":
        return value
    return _WORDS.get(value.strip().casefold(), value)
