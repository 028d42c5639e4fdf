"""What a column of an office's table holds: the form of its days, and what its codes stand for.

Whatever cannot be told from the letters alone is left to somebody who knows: it is marked, and a mapping is
refused as long as it holds the mark.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from wegweiser.casebook.model import BLANK
from wegweiser.engine.countries import NO_COUNTRY
from wegweiser.engine.names import normal
from wegweiser.engine.profile import DAY, LABEL, NOTE, looks_personal
from wegweiser.engine.text import Text
from wegweiser.engine.values import KEINE, is_unknown, iso_day
from wegweiser.engine.yamlio import plain

if TYPE_CHECKING:
    from wegweiser.engine.vocabulary import Fact, Vocabulary

__all__ = ["Proposal", "proposal"]

_CODES: Final = 20
"""A column with more different values that nobody knows holds no codes."""
_LONGEST_CODE: Final = 40
_SHORTEST_CODE: Final = 4
"""Letters of a code that is taken for the beginning of a value; a shorter one may mean anything."""
_ISO: Final = ""
"""The form of days that needs no entry."""
_FORMATS: Final = (
    _ISO,
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%Y%m%d",
    "%d-%m-%Y",
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
)
_TRUE, _FALSE = ("ja", "j", "yes", "y", "wahr", "true", "x", "1"), ("nein", "n", "no", "falsch", "false", "0")


class Proposal(NamedTuple):
    """What is proposed for one column, and what has to be looked at by somebody."""

    head: str
    fact: str | None
    entry: dict[str, object]
    remark: Text | None = None


def proposal(head: str, name: str | None, values: list[object], vocabulary: Vocabulary) -> Proposal:
    """What is proposed for a column that is taken for the fact `name`, from a sample of its cells."""
    if name is None:
        return Proposal(head, None, {}, _PERSONAL if looks_personal(head) else _UNKNOWN)
    entry: dict[str, object] = {"fakt": name}
    if name in (LABEL, NOTE):
        return Proposal(head, name, entry)
    if name == DAY or vocabulary.fact(name).typ == "datum":
        return _dated(head, name, entry, values)
    fact = vocabulary.fact(name)
    if not any(isinstance(_parsed(fact, value, vocabulary), Text) for value in values):
        return Proposal(head, name, entry)
    meant = {code: _meant(fact, code, vocabulary) for code in dict.fromkeys(map(_code, values))}
    unknown = [code for code, value in meant.items() if value == BLANK]
    short = all(len(code) <= _LONGEST_CODE and code.isprintable() for code in unknown)
    if fact.typ not in ("wahl", "bool", "land") or len(unknown) > _CODES or not short:
        return Proposal(head, name, entry, _DOES_NOT_FIT)
    entry["werte"] = meant
    return Proposal(head, name, entry, _FILL_IN if unknown else None)


def _dated(head: str, name: str, entry: dict[str, object], values: list[object]) -> Proposal:
    """The form that most days are written in; the others are faults of their rows."""
    texts = [value for value in values if isinstance(value, str) and value != KEINE and not is_unknown(value)]
    fitting = Counter({form: sum(_is_day(text, form) for text in texts) for form in _FORMATS})
    ((form, count),) = fitting.most_common(1)
    if texts and not count:
        return Proposal(head, name, entry, _NO_FORMAT)
    if form != _ISO:
        entry["datum"] = form
    return Proposal(
        head, name, entry, _others(len(texts) - count, len(texts)) if count < len(texts) else None
    )


def _is_day(text: str, form: str) -> bool:
    if form == _ISO:
        return isinstance(iso_day(plain(text)), date)
    try:
        datetime.strptime(text, form)  # noqa: DTZ007 (a calendar day)
    except ValueError:
        return False
    return True


def _code(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parsed(fact: Fact, value: object, vocabulary: Vocabulary) -> object:
    """What a cell says without a mapping; a Text: nothing that the fact can be."""
    words = fact.typ in ("bool", "zahl", "geld")
    raw = plain(value) if isinstance(value, str) and words else value
    return raw if isinstance(raw, Text) else vocabulary.parse_value(fact, raw)


def _meant(fact: Fact, code: str, vocabulary: Vocabulary) -> object:
    """The value that a code stands for, where it is one or its letters say so; else the mark to fill in."""
    value = _parsed(fact, code, vocabulary)
    if not isinstance(value, Text):
        return value
    said = normal(code)
    if fact.typ == "bool" and said in (*_TRUE, *_FALSE):
        return said in _TRUE
    if fact.typ == "land" and said in NO_COUNTRY:
        return said
    return (_chosen(fact, said) if fact.typ == "wahl" and said else None) or BLANK


def _chosen(fact: Fact, said: str) -> str | None:
    """The one value of a choice that is called so, or begins so."""
    labels = {
        value: (value, normal(fact.value_labels[value].de), normal(fact.value_labels[value].en))
        for value in fact.werte
    }
    exact = [value for value, words in labels.items() if said in words]
    if len(said) < _SHORTEST_CODE or exact:
        return exact[0] if len(exact) == 1 else None
    starting = [value for value, words in labels.items() if any(word.startswith(said) for word in words)]
    return starting[0] if len(starting) == 1 else None


def _others(count: int, among: int) -> Text:
    return Text(
        f"PRÜFEN: {count} von {among} Tagen der Stichprobe passen nicht dazu",
        f"CHECK: {count} of {among} days of the sample do not fit this",
    )


_PERSONAL = Text("sieht nach Name, Anschrift oder Nummer aus", "looks like a name, an address or a number")
_UNKNOWN = Text("keine Angabe heißt so", "no fact is called so")
_DOES_NOT_FIT = Text("PRÜFEN: Werte passen nicht zur Angabe", "CHECK: values do not fit the fact")
_FILL_IN = Text(
    f"PRÜFEN: {BLANK} durch den Wert ersetzen, oder durch null (unbekannt)",
    f"CHECK: replace {BLANK} by the value, or by null (unknown)",
)
_NO_FORMAT = Text(
    "PRÜFEN: Schreibweise der Tage nicht erkannt", "CHECK: the form of the days was not found out"
)
