"""What a fact may say: the value behind what a file or a rule has written, or what is wrong with it.

    bool   True, False              zahl   int, not negative
    datum  date, or KEINE           geld   int, in cents
    wahl   one of the values        land   ISO 3166-1 alpha-2, XK, staatenlos, ungeklaert
    ort    str, or KEINE            norm   str, in the spelling of `norms.parse`

Values are immutable and hashable; None stands for unknown.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from wegweiser.engine import norms
from wegweiser.engine.countries import COUNTRIES, NO_COUNTRY
from wegweiser.engine.names import did_you_mean, normal
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.vocabulary import Fact, Vocabulary

__all__ = [
    "KEINE",
    "UNBEKANNT",
    "Value",
    "after_day",
    "is_no_value",
    "is_unknown",
    "iso_day",
    "parse_value",
    "show_value",
]

Value: TypeAlias = "bool | int | str | date"

KEINE: Final = "keine"
"""Of a date: the event has not happened. Of a place: there is none."""
UNBEKANNT: Final = "unbekannt"
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_LARGEST: Final = 1_000_000_000
_LONGEST_PLACE: Final = 100


def is_unknown(raw: object) -> bool:
    """Say whether an entry says that the fact is not known."""
    return raw is None or raw == UNBEKANNT


def is_no_value(value: object) -> bool:
    """Say whether a value only says that something is not known (a nationality that is not established)."""
    return value is None or value == "ungeklaert"


def parse_value(fact: Fact, raw: object, vocabulary: Vocabulary) -> Value | Text | None:
    """Read what a file says of a fact; None: unknown; a Text: what is wrong with it."""
    if is_unknown(raw):
        return None
    if isinstance(raw, int) and abs(raw) > _LARGEST:
        return Text("die Zahl ist zu groß", "the number is too large")
    return _PARSERS[fact.typ](fact, raw, vocabulary)


def _said(raw: object) -> str:
    """Show a raw value as the file spells it, more or less."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, list | dict):
        return "[…]" if isinstance(raw, list) else "{…}"
    text = str(raw)
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 (what fits into a line)


def _wrong(raw: object, german: str, english: str) -> Text:
    said = _said(raw)
    return Text(
        f"„{said}“ passt nicht: erwartet wird {german}", f"“{said}” does not fit: expected is {english}"
    )


# --- one reader for each type ---------------------------------------------------------------


def _bool(_fact: Fact, raw: object, _vocabulary: Vocabulary) -> Value | Text:
    if isinstance(raw, bool):
        return raw
    return _wrong(raw, "true (ja) oder false (nein), ohne Anführungszeichen", "true or false, without quotes")


def _datum(fact: Fact, raw: object, _vocabulary: Vocabulary) -> Value | Text:
    if raw == KEINE:
        if fact.always:
            return Text(
                "„keine“ geht hier nicht: den Tag gibt es immer", "“keine” is impossible: there is such a day"
            )
        return KEINE
    return iso_day(raw, none_allowed=not fact.always)


def iso_day(raw: object, *, none_allowed: bool = False) -> date | Text:
    """Read a calendar day; a Text says what is wrong with it."""
    day: date | None = None
    hint = ""
    if type(raw) is date:
        day = raw
    elif isinstance(raw, str):
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
            try:
                day = date.fromisoformat(raw)
            except ValueError:
                return Text(f"{raw} gibt es im Kalender nicht", f"{raw} is not in the calendar")
        german = re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", raw)
        if german:
            hint = f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}"
    if day is None:
        or_none = (", oder „keine“", ", or “keine”") if none_allowed else ("", "")
        example = hint or "2026-11-22"
        return _wrong(
            raw,
            f"ein Tag als JJJJ-MM-TT, {'also' if hint else 'zum Beispiel'} {example}{or_none[0]}",
            f"a day as YYYY-MM-DD, {'that is' if hint else 'for example'} {example}{or_none[1]}",
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Text(
            f"{day} liegt außerhalb der Jahre {FIRST_YEAR} bis {LAST_YEAR}",
            f"{day} lies outside the years {FIRST_YEAR} to {LAST_YEAR}",
        )
    return day


def after_day(value: date, day: date) -> Text:
    """Say that something of the past lies after the day of the check."""
    return Text(
        f"{value:%d.%m.%Y} liegt nach dem Stichtag {day:%d.%m.%Y}",
        f"{value} lies after the day of the check, {day}",
    )


def _zahl(_fact: Fact, raw: object, _vocabulary: Vocabulary) -> Value | Text:
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    return _wrong(
        raw, "eine ganze Zahl ab 0, ohne Anführungszeichen", "a whole number from 0 up, without quotes"
    )


def _geld(_fact: Fact, raw: object, _vocabulary: Vocabulary) -> Value | Text:
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw * 100
    if not isinstance(raw, str | int | list | dict | date):
        from decimal import Decimal  # rare, and not free

        if isinstance(raw, Decimal) and re.fullmatch(
            r"[0-9]{1,9}\.[0-9]{1,2}", str(raw)
        ):  # 45.000 is no amount
            return int(raw * 100)
    return _wrong(
        raw,
        "ein Betrag in Euro ohne Tausenderpunkt und Währung, zum Beispiel 45000 oder 45000.50",
        "an amount in euros without thousands separator and currency, for example 45000 or 45000.50",
    )


def _wahl(fact: Fact, raw: object, _vocabulary: Vocabulary) -> Value | Text:
    if isinstance(raw, str) and raw in fact.werte:
        return raw
    listed = ", ".join(fact.werte)
    text = _wrong(raw, f"eines von {listed}", f"one of {listed}")
    said = _said(raw)
    for value, label in fact.value_labels.items():
        if normal(said) in (normal(label.de), normal(label.en)):
            return Text(f"{text.de}; gemeint „{value}“?", f"{text.en}; did you mean “{value}”?")
    return did_you_mean(text, said, fact.werte)


def _land(_fact: Fact, raw: object, _vocabulary: Vocabulary) -> Value | Text:
    if isinstance(raw, str):
        if raw.upper() in COUNTRIES:
            return raw.upper()
        if raw in NO_COUNTRY:
            return raw
    text = _wrong(
        raw,
        "ein Land mit zwei Buchstaben nach ISO 3166 (SY, AF, …), staatenlos oder ungeklaert",
        "a country in two letters of ISO 3166 (SY, AF, …), staatenlos or ungeklaert",
    )
    return did_you_mean(text, _said(raw), NO_COUNTRY)


def _ort(_fact: Fact, raw: object, vocabulary: Vocabulary) -> Value | Text:
    if not isinstance(raw, str):
        return _wrong(raw, "der Name eines Ortes", "the name of a place")
    name = " ".join(raw.split())
    if not name or len(name) > _LONGEST_PLACE or not name.isprintable():
        return _wrong(raw, "der Name eines Ortes", "the name of a place")
    if any(character.isdigit() or character == "@" for character in name):
        return Text(
            "nur der Name des Ortes, ohne Postleitzahl und Straße: die Prüfung braucht keine Anschrift",
            "only the name of the place, no postal code or street: the check needs no address",
        )
    return KEINE if name == KEINE else vocabulary.place_name(name)


def _norm(_fact: Fact, raw: object, vocabulary: Vocabulary) -> Value | Text:
    if isinstance(raw, str) or (isinstance(raw, int) and not isinstance(raw, bool)):
        return vocabulary.title(str(raw))
    sign = norms.SIGN
    return _wrong(
        raw,
        f"eine Vorschrift wie „{sign} 1 Abs. 2“ in Anführungszeichen",
        f"a section like “{sign} 1 Abs. 2”, in quotes",
    )


def _liste(_fact: Fact, raw: object, _vocabulary: Vocabulary) -> Value | Text:
    return _wrong(raw, "eine Liste; sie kann hier nicht stehen", "a list; it cannot stand here")


_PARSERS: Final = {
    "bool": _bool,
    "datum": _datum,
    "zahl": _zahl,
    "geld": _geld,
    "wahl": _wahl,
    "land": _land,
    "ort": _ort,
    "norm": _norm,
    "liste": _liste,
}

TYPES: Final = tuple(_PARSERS)
"""The types of facts."""


# --- how values are shown -------------------------------------------------------------------


def show_value(fact: Fact, value: Value) -> Text:
    """Say a value in words, as far as it has any."""
    if isinstance(value, bool):
        return Text("ja", "yes") if value else Text("nein", "no")
    if isinstance(value, date):
        return Text(f"{value:%d.%m.%Y}", value.isoformat())
    if fact.typ == "geld" and isinstance(value, int):
        amount = f"{value // 100:,}.{value % 100:02}" if value % 100 else f"{value // 100:,}"
        german = amount.translate(str.maketrans(",.", ".,"))
        return Text(f"{german} Euro", f"EUR {amount}")
    if isinstance(value, str) and value in fact.value_labels:
        return fact.value_labels[value]
    if value in _WORDS:
        return _WORDS[str(value)]
    return Text(str(value), str(value))


_WORDS: Final = {
    KEINE: Text("keine", "none"),
    "staatenlos": Text("staatenlos", "stateless"),
    "ungeklaert": Text("ungeklärt", "undetermined"),
}
