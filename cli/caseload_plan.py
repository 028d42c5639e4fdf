"""What each column of a table means, and how a row becomes a profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from wegweiser.cli.caseload_source import Row
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.profile import DAY, LABEL, NOTE, PRIVATE, Profile, looks_personal
from wegweiser.engine.text import Text
from wegweiser.engine.values import KEINE, UNBEKANNT, is_unknown, iso_day
from wegweiser.engine.yamlio import plain

if TYPE_CHECKING:
    from wegweiser.cli.caseload_mapping import MappingFile
    from wegweiser.cli.caseload_source import Table
    from wegweiser.engine.book import Book
    from wegweiser.engine.vocabulary import Vocabulary

__all__ = ["Plan", "RowFault", "fault_line", "make_plan", "read_row"]

_WORDS: Final = ("bool", "zahl", "geld")
"""Types of facts whose values are no text: their cells are read as a profile would be."""
_WITH_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}(?::[0-9.]+)?)(?:Z|[+-][0-9:]+)?"
)


class ColumnPlan(NamedTuple):
    """What one column means."""

    place: int
    head: str
    key: str
    typ: str
    datum: str | None = None
    werte: Mapping[str, object] | None = None
    leer: object = None


class Plan(NamedTuple):
    """What all columns mean; the same for every row, and sent to every process."""

    name: str
    columns: tuple[ColumnPlan, ...]
    constants: Mapping[str, object]


class RowFault(NamedTuple):
    """One thing that is wrong with a row."""

    number: int
    head: str | None
    text: Text


# --- what the columns mean ------------------------------------------------------------------


def make_plan(table: Table, mapping: MappingFile | None, mapped_in: str, book: Book) -> Plan:
    """The meaning of every column; ProfileError lists every column that has none."""
    faults: list[Fault] = []
    columns: list[ColumnPlan] = []
    mapped = mapping.spalten if mapping is not None else {}
    ignored = set(mapping.ignorieren) if mapping is not None else set()
    for head in (*mapped, *ignored):
        if head not in table.heads:
            text = Text("diese Spalte gibt es in der Tabelle nicht", "there is no such column in the table")
            faults.append(Fault(mapped_in, None, None, head, did_you_mean(text, head, table.heads)))
    for place, head in enumerate(table.heads):
        if head in ignored:
            continue
        column = mapped.get(head)
        key = head if column is None else column.fakt
        typ = _type(book.vocabulary, key)
        if typ is None:
            faults.append(Fault(table.name, 1, None, head, _unknown(book.vocabulary, head)))
        elif any(key == other.key for other in columns):
            other = next(other.head for other in columns if other.key == key)
            text = Text(f"{key} steht schon in „{other}“", f"{key} stands in “{other}” already")
            faults.append(Fault(table.name, 1, None, head, text))
        elif column is None:
            columns.append(ColumnPlan(place, head, key, typ))
        else:
            columns.append(ColumnPlan(place, head, key, typ, column.datum, column.werte, column.leer))
    constants = mapping.konstanten if mapping is not None else {}
    for name in constants:
        if any(column.key == name for column in columns):
            text = Text("steht schon in einer Spalte der Tabelle", "stands in a column of the table already")
            faults.append(Fault(mapped_in, None, None, name, text))
    if not columns and not faults:
        faults.append(
            Fault(table.name, 1, None, None, Text("keine Spalte mit Angaben", "no column with facts"))
        )
    if faults:
        raise ProfileError(faults)
    return Plan(table.name, tuple(columns), constants)


def _type(vocabulary: Vocabulary, key: str) -> str | None:
    """The type of the values of a column; None where there is no such fact, or it is no single value."""
    if key in (LABEL, DAY, NOTE):
        return key
    if key not in vocabulary or vocabulary.fact(key).typ == "liste":
        return None
    return vocabulary.fact(key).typ


def _unknown(vocabulary: Vocabulary, head: str) -> Text:
    if head in vocabulary:
        return Text("eine Liste kann in keiner Spalte stehen", "a list cannot stand in a column")
    if looks_personal(head):
        return Text(
            f"{PRIVATE.de}. Spalte löschen oder in der Zuordnung unter „ignorieren“ nennen",
            f"{PRIVATE.en}. Delete the column or name it under “ignorieren” in the mapping",
        )
    text = did_you_mean(
        Text("diese Angabe gibt es nicht", "there is no such fact"), head, (*vocabulary.names, LABEL, DAY)
    )
    return Text(
        f"{text.de} (eigene Spaltennamen: --zuordnung, Vorschlag: wegweiser bestand zuordnen)",
        f"{text.en} (column names of your own: --mapping, proposal: wegweiser caseload map)",
    )


# --- what a row says ------------------------------------------------------------------------


def read_row(
    plan: Plan, row: Row, vocabulary: Vocabulary, today: date, day: date | None
) -> Profile | list[RowFault]:
    """The profile of a row for `day`, else for its own `stichtag`, else for `today`; or its faults."""
    if row.fault is not None:
        return [RowFault(row.number, None, row.fault)]
    faults: list[RowFault] = []
    entries: dict[str, object] = dict(plan.constants)
    told: date | None = None
    for column in plan.columns:
        value = _value(column, row.cells[column.place])
        if isinstance(value, Text):
            faults.append(RowFault(row.number, column.head, value))
        elif column.key == DAY and value is not None:
            found = iso_day(value)
            if isinstance(found, Text):
                faults.append(RowFault(row.number, column.head, found))
            else:
                told = found
        elif value is not None and column.key != NOTE:
            entries[column.key] = value
    try:
        profile = Profile.from_facts(entries, vocabulary, day or told or today, plan.name)
    except ProfileError as error:
        faults += [RowFault(row.number, _head_of(plan, fault.key), fault.text) for fault in error.faults]
        return faults
    return faults or profile


def _head_of(plan: Plan, key: str | None) -> str | None:
    """The column that a fact stands in; its own name where it stands in none."""
    return next((column.head for column in plan.columns if column.key == key), key)


def _value(column: ColumnPlan, cell: object) -> object:
    """What a cell says, as a profile would say it; None: unknown; a Text: what is wrong with it."""
    if isinstance(cell, Text):  # there is no reading it
        return cell
    if isinstance(cell, str):
        cell = cell.strip()
    if cell is None or cell == "":
        return column.leer
    if column.werte is not None:
        return _decoded(column.werte, cell)
    if column.datum is not None and isinstance(cell, str) and cell not in (KEINE, UNBEKANNT):
        return _day(column.datum, cell)
    if column.key == LABEL:
        return cell
    if isinstance(cell, str) and column.typ in ("datum", DAY):
        return _timed(cell) or plain(cell)
    if isinstance(cell, str) and column.typ in _WORDS:
        return plain(cell)
    return cell


def _decoded(codes: Mapping[str, object], cell: object) -> object:
    code = str(cell).lower() if isinstance(cell, bool) else str(cell)
    if code in codes:
        return codes[code]
    if is_unknown(cell):
        return None
    return did_you_mean(
        Text(f"„{_short(code)}“ steht nicht unter „werte“", f"“{_short(code)}” is not among “werte”"),
        code,
        codes,
    )


def _day(form: str, cell: str) -> object:
    try:
        return datetime.strptime(cell, form).date()  # noqa: DTZ007 (a calendar day)
    except ValueError:
        timed = _timed(cell)
        if timed is not None:
            return timed
        said = _short(cell)
        return Text(f"„{said}“ ist kein Tag der Form {form}", f"“{said}” is no day of the form {form}")


def _timed(cell: str) -> date | Text | None:
    """A day with a time, as workbooks and databases write it: at midnight it is the day, else a fault."""
    found = _WITH_TIME.fullmatch(cell)
    day = iso_day(found[1]) if found is not None else None
    if found is None or isinstance(day, Text):
        return day
    if not found[2].strip("0:."):
        return day
    return Text(
        f"„{_short(cell)}“ hat eine Uhrzeit; erwartet wird nur der Tag, also {day}",
        f"“{_short(cell)}” has a time of day; expected is the day alone, that is {day}",
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 (what fits into a line)


def fault_line(name: str, fault: RowFault, language: str) -> str:
    """A fault of a row as one line: file, row, column, what is wrong."""
    return Fault(name, fault.number, None, fault.head, fault.text).message(language)
