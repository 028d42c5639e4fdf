"""`bestand --json`: one document a row, and one for all at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wegweiser.cli.caseload_output import MISSING_HEADS
from wegweiser.cli.caseload_tally import hidden

if TYPE_CHECKING:
    from wegweiser.cli.caseload_repeats import Repeats
    from wegweiser.cli.caseload_tally import Tally
    from wegweiser.cli.caseload_work import Done
    from wegweiser.engine.batch import Line
    from wegweiser.engine.book import Meta

__all__ = ["SCHEMA", "SUM_SCHEMA", "row_json", "sum_json"]

SCHEMA: Final = "wegweiser.bestand/1"
SUM_SCHEMA: Final = "wegweiser.bestand_summe/1"


def row_json(done: Done, name: str, lang: str, *, missing: bool) -> dict[str, Any]:
    """One row: its results (with `missing` what decides them too), or its faults."""
    return {
        "schema": SCHEMA,
        "datei": name,
        "zeile": done.number,
        "fall": done.fall,
        "stichtag": done.day.isoformat(),
        "ergebnisse": [_line(line, done, missing=missing) for line in done.lines],
        "fehler": [{"spalte": fault.head, "text": fault.text.get(lang)} for fault in done.faults],
    }


def _line(line: Line, done: Done, *, missing: bool) -> dict[str, Any]:
    open_facts = {name: list(getattr(line, name)) for name in MISSING_HEADS} if missing else {}
    return {
        "ziel": line.ziel,
        "ergebnis": line.ergebnis,
        "ab": line.ab.isoformat() if line.ab is not None else None,
        "dann": line.dann,
        **open_facts,
        "voraussichtlich": line.voraussichtlich,
        "naechstes": [
            {"angabe": one.fakt, "wert": one.wert, "ab": one.ab.isoformat() if one.ab is not None else None}
            for one in done.near
            if one.ziel == line.ziel
        ],
    }


def sum_json(tally: Tally, repeats: Repeats, name: str, least: int, book: Meta) -> dict[str, Any]:
    """All rows: counts, those that are hidden as null."""
    return {
        "schema": SUM_SCHEMA,
        "datei": name,
        "beleg": {"regelwerk": book.name, "hash": book.hash, "rechtsstand": book.rechtsstand.isoformat()},
        "personen": tally.people,
        "fehlerhafte_zeilen": tally.faulty,
        "doppelte_zeilen": {
            "anzahl": repeats.count,
            "erste": [{"zeile": one.number, "schon_in": one.before} for one in repeats.named],
        },
        "kleine_zellen": least,
        "ziele": [
            {"ziel": target, "zahlen": dict(zip(row, hidden(list(row.values()), least), strict=True))}
            for target, row in tally.counts.items()
        ],
    }
