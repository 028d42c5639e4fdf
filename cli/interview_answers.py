"""What somebody types at a question: an answer as a profile would say it, a wish, or a mistake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from wegweiser.cli.words import enumerate_words
from wegweiser.engine.names import did_you_mean, normal
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.vocabulary import Fact

__all__ = ["LONGEST", "NOT_KNOWN", "Told", "read_told", "wish_of"]

LONGEST = 200
"""Letters of an answer."""

NOT_KNOWN = "not known"
_WISHES = {
    NOT_KNOWN: ("w", "weiss nicht", "weiß nicht", "unbekannt", "unknown", "don't know", "not known", "dk"),
    "why": ("warum", "why"),
    "back": ("zurueck", "zurück", "z", "back", "b", "undo"),
    "stop": ("stopp", "stop", "ende", "end", "quit", "exit"),
    "help": ("hilfe", "h", "help"),
}
_BY_WORD = {normal(word): wish for wish, words in _WISHES.items() for word in words}
_YES = ("ja", "j", "yes", "y", "true")
_NO = ("nein", "n", "no", "false")
_NEVER = ("keine", "none", "nie", "never")
_TODAY = ("heute", "today")
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_AMOUNTS = (
    (re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]{1,2}))?"), "."),
    (re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?"), ","),
    (re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?"), " "),
)
"""Euros and cents, and what stands between thousands: German, English, none."""


class Told(NamedTuple):
    """An answer as the entry of a profile."""

    raw: Any


def wish_of(typed: str) -> str | None:
    """What somebody wants instead of answering; None where it is an answer."""
    if typed.strip() == "?":
        return NOT_KNOWN
    return _BY_WORD.get(normal(typed))


def read_told(book: Book, fact: Fact, typed: str, today: date) -> Told | Text:
    """An answer to the question on a fact; a Text says what is wrong with it."""
    typed = " ".join(typed.split())
    if len(typed) > LONGEST:
        return Text("die Antwort ist zu lang", "the answer is too long")
    found = _read(fact, typed, today)
    if isinstance(found, Told):
        value = book.vocabulary.parse_value(fact, found.raw)
        if isinstance(value, Text):
            return value
    return found


def _read(fact: Fact, typed: str, today: date) -> Told | Text:
    if fact.typ == "bool":
        return _yes_or_no(typed)
    if fact.typ == "wahl":
        return _choice(fact, typed)
    if fact.typ == "datum":
        return _day(fact, typed, today)
    if fact.typ == "zahl":
        digits = typed.isascii() and typed.isdecimal() and len(typed) < 10  # noqa: PLR2004 (the largest number)
        return (
            Told(int(typed)) if digits else _wrong(typed, "eine ganze Zahl ab 0", "a whole number from 0 up")
        )
    if fact.typ == "geld":
        return _amount(typed)
    if normal(typed) in ("staatenlos", "stateless"):
        return Told("staatenlos")
    if normal(typed) in ("ungeklaert", "undetermined"):
        return Told("ungeklaert")
    return Told("keine" if fact.typ == "ort" and normal(typed) in _NEVER else typed)


def _wrong(typed: str, german: str, english: str) -> Text:
    return Text(
        f"„{typed}“ passt nicht: erwartet wird {german}", f"“{typed}” does not fit: expected is {english}"
    )


def _yes_or_no(typed: str) -> Told | Text:
    word = normal(typed)
    if word in (*_YES, *_NO):
        return Told(word in _YES)
    return did_you_mean(_wrong(typed, "ja oder nein", "yes or no"), typed, ("ja", "nein", "yes", "no"))


def _choice(fact: Fact, typed: str) -> Told | Text:
    """A number, a value or its words in either language, or their beginning where it can be one only."""
    if typed.isascii() and typed.isdecimal():
        number = int(typed[:LONGEST])
        if 1 <= number <= len(fact.werte):
            return Told(fact.werte[number - 1])
        return _wrong(
            typed, f"eine Zahl von 1 bis {len(fact.werte)}", f"a number from 1 to {len(fact.werte)}"
        )
    word = normal(typed)
    words = {value: [normal(one) for one in (value, *fact.value_labels[value])] for value in fact.werte}
    exact = [value for value, said in words.items() if word in said]
    beginning = [value for value, said in words.items() if word and any(one.startswith(word) for one in said)]
    found = exact or beginning
    if len(found) == 1:
        return Told(found[0])
    if found:
        return _several(fact, typed, found)
    labels = [label for value in fact.werte for label in (value, *fact.value_labels[value])]
    expected = _wrong(typed, "eine der Nummern oder Antworten", "one of the numbers or answers")
    return did_you_mean(expected, typed, labels)


def _several(fact: Fact, typed: str, values: Sequence[str]) -> Text:
    labels = [fact.value_labels[value] for value in values]
    german = enumerate_words([f"„{label.de}“" for label in labels], "de")
    english = enumerate_words([f"“{label.en}”" for label in labels], "en")
    return Text(f"„{typed}“ ist nicht eindeutig: {german}", f"“{typed}” can be several: {english}")


def _day(fact: Fact, typed: str, today: date) -> Told | Text:
    word = normal(typed)
    if word in _TODAY:
        return Told(today)
    if word in _NEVER and not fact.always:
        return Told("keine")
    german = _GERMAN_DAY.fullmatch(typed)
    raw = f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}" if german else typed
    from wegweiser.engine.values import iso_day

    found = iso_day(raw)
    if isinstance(found, date):
        return Told(found)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        return found  # no such day, or too far away
    or_none = ("", "") if fact.always else (" oder „keine“", " or “none”")
    return _wrong(
        typed,
        f"ein Tag wie 22.11.2026 oder 2026-11-22{or_none[0]}",
        f"a day like 2026-11-22 or 22.11.2026{or_none[1]}",
    )


def _amount(typed: str) -> Told | Text:
    plain = re.sub(r"(?i)\s*(€|eur|euro)\s*", "", typed)
    for pattern, between in _AMOUNTS:
        found = pattern.fullmatch(plain)
        if found:
            euros, cents = found[1].replace(between, ""), found[2]
            return Told(int(euros) if cents is None else Decimal(f"{euros}.{cents:0<2}"))
    return _wrong(
        typed, "ein Betrag in Euro wie 2500 oder 2.500,50", "an amount in euros like 2500 or 2,500.50"
    )
