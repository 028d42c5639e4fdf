"""A table as a stream of rows: which kind of file it is, and what all kinds have in common.

Files are somebody else's: whatever is in them costs at most one message, and never more memory than a
few rows.
"""

from __future__ import annotations

import io
import math
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from wegweiser.cli.access import unreadable
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import refused_character

__all__ = [
    "BREAKS_OFF",
    "EMPTY",
    "NO_TABLE",
    "Row",
    "Source",
    "Table",
    "control_character",
    "fail",
    "open_table",
    "plain_cell",
]

_LARGEST_INPUT: Final = 100_000_000
"""Bytes of standard input, which has to be kept to be read twice; a file may be of any size."""
_MANY: Final = 2000
"""Columns; a real table has some dozen."""


class Row(NamedTuple):
    """One row below the heads: where it stands, its cells, or what is wrong with it as a whole.

    A cell that cannot be read is a Text that says why: where its column is ignored it does no harm.
    """

    number: int
    cells: tuple[object, ...]
    fault: Text | None = None


class Table(NamedTuple):
    """A table that has been opened."""

    name: str
    heads: tuple[str, ...]
    rows: Iterator[Row]
    read_as: Text
    share: Callable[[], float | None]
    """How much of it has been read, from 0 to 1; None where that cannot be told."""


class Source(NamedTuple):
    """A file that is open: its name, its bytes, and how many there are."""

    name: str
    stream: BinaryIO
    size: int


def fail(name: str, text: Text, line: int | None = None, key: str | None = None) -> ProfileError:
    """A fault of the file as a whole."""
    return ProfileError([Fault(name, line, None, key, text)])


@contextmanager
def open_table(name: str) -> Iterator[Table]:
    """Open a file (`-`: standard input, CSV only), find out what it is, and read its heads."""
    source = _standard_input() if name == "-" else _file(name)
    with source.stream:
        yield _checked(_table(source))


def _table(source: Source) -> Table:
    start = source.stream.read(8)
    source.stream.seek(0)
    if start.startswith((b"PK\x03\x04", b"PAR1")) and source.name == "-":
        raise fail(source.name, _NEEDS_A_FILE)
    if start.startswith(b"PK\x03\x04"):
        from wegweiser.cli.caseload_excel import open_workbook

        return open_workbook(source)
    if start.startswith(b"PAR1"):
        from wegweiser.cli.caseload_parquet import open_parquet

        return open_parquet(source)
    for magic, text in _OTHERS.items():
        if start.startswith(magic):
            raise fail(source.name, text)
    for ending, text in _NAMED.items():
        if source.name.lower().endswith(ending):
            raise fail(source.name, text)
    from wegweiser.cli.caseload_csv import open_csv

    return open_csv(source)


def _file(name: str) -> Source:
    try:
        if not stat.S_ISREG(Path(name).stat().st_mode) and not Path(name).is_dir():
            raise fail(name, _NOT_A_FILE)
        stream = Path(name).open("rb")  # noqa: SIM115 (open_table closes it)
        return Source(name, stream, Path(name).stat().st_size)
    except (OSError, ValueError) as error:
        raise unreadable(name, error, (".csv", ".xlsx", ".parquet")) from error


def _standard_input() -> Source:
    try:
        read = sys.stdin.buffer.read(_LARGEST_INPUT + 1)
    except (AttributeError, ValueError, OSError) as error:  # closed before the program started
        raise unreadable("-", error, ()) from error
    if len(read) > _LARGEST_INPUT:
        raise fail("-", Text("zu groß für die Standardeingabe", "too large for standard input"))
    return Source("-", io.BytesIO(read), len(read))


def _checked(table: Table) -> Table:
    """The table, where its heads name each column once."""
    faults: list[Fault] = []
    if not any(table.heads):
        raise fail(table.name, EMPTY)
    if len(table.heads) > _MANY:
        raise fail(table.name, Text(f"mehr als {_MANY} Spalten", f"more than {_MANY} columns"))
    for place, head in enumerate(table.heads, start=1):
        text = None
        if not head:
            text = Text(f"Spalte {place} hat keinen Namen", f"column {place} has no name")
        elif not head.isprintable():
            text = Text(f"Spalte {place}: Steuerzeichen im Namen", f"column {place}: control characters")
        elif head in table.heads[: place - 1]:
            text = Text(f"die Spalte „{head}“ gibt es zweimal", f"there are two columns “{head}”")
        if text is not None:
            faults.append(Fault(table.name, 1, None, None, text))
    if faults:
        raise ProfileError(faults)
    return table


def plain_cell(cell: object) -> object:
    """A typed cell of a workbook or Parquet file as a profile would hold it."""
    if isinstance(cell, float):
        if math.isnan(cell):
            return None
        return int(cell) if cell.is_integer() else Decimal(repr(cell))
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def control_character(cells: list[str]) -> Text | None:
    """Say that a cell holds a character that has no business there."""
    found = next((refused for cell in cells if (refused := refused_character(cell))), None)
    if found is None:
        return None
    number = f"U+{ord(found.group()):04X}"
    return Text(f"Steuerzeichen {number} ist nicht erlaubt", f"control character {number} is not allowed")


EMPTY: Final = Text(
    "die Tabelle ist leer; in der ersten Zeile stehen die Namen der Spalten",
    "the table is empty; its first row holds the names of the columns",
)
BREAKS_OFF: Final = Text("hier bricht die Datei ab", "the file breaks off here")
NO_TABLE: Final = Text(
    "keine Tabelle; gelesen werden CSV, Excel (.xlsx) und Parquet",
    "no table; CSV, Excel (.xlsx) and Parquet are read",
)
_OTHERS: Final = {
    b"\xd0\xcf\x11\xe0": Text(
        "altes Excel (.xls) oder verschlüsselt; bitte als .xlsx ohne Kennwort oder als CSV speichern",
        "old Excel (.xls) or encrypted; please save it as .xlsx without a password or as CSV",
    ),
    b"%PDF": NO_TABLE,
    b"\x1f\x8b": Text("gepackt; bitte zuerst entpacken", "compressed; please unpack it first"),
}
_NO_WORKBOOK: Final = Text(
    "keine Excel-Datei, auch wenn sie so heißt; eine Texttabelle bitte .csv nennen",
    "no Excel file, though it is called so; please name a table of text .csv",
)
_NAMED: Final = {
    ".xls": _NO_WORKBOOK,
    ".xlsx": _NO_WORKBOOK,
    ".xlsm": _NO_WORKBOOK,
    ".parquet": Text(
        "keine Parquet-Datei, auch wenn sie so heißt", "no Parquet file, though it is called so"
    ),
}
"""What is said of a file that holds something else than its name promises."""
_NEEDS_A_FILE: Final = Text(
    "von der Standardeingabe wird nur CSV gelesen; bitte die Datei nennen",
    "only CSV is read from standard input; please name the file",
)
_NOT_A_FILE: Final = Text(
    "keine gewöhnliche Datei; von der Standardeingabe liest „-“",
    "no ordinary file; “-” reads from standard input",
)
