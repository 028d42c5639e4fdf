"""A table as a stream of rows: CSV here, workbooks and Parquet by their libraries.

Files are somebody else's: whatever is in them costs at most one message, and never more memory than a
few rows.
"""

from __future__ import annotations

import codecs
import csv
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
    "Row",
    "Source",
    "Table",
    "control_character",
    "fail",
    "open_table",
    "plain_cell",
]

_DELIMITERS: Final = (";", ",", "\t", "|")
_LONGEST_LINE: Final = 1_000_000
"""Bytes of one line; a real one has some hundred."""
_LARGEST_INPUT: Final = 100_000_000
"""Bytes of standard input, which has to be kept to be read twice; a file may be of any size."""
_BLOCK: Final = 1 << 20
_MANY: Final = 2000
"""Columns; a real table has some dozen."""


class Row(NamedTuple):
    """One row below the heads: where it stands, its cells, or what is wrong with it as a whole."""

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
    return _open_csv(source)


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
        raise fail(table.name, _EMPTY)
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


# --- CSV ------------------------------------------------------------------------------------


def _open_csv(source: Source) -> Table:
    encoding, said = _encoding(source)
    source.stream.seek(len(codecs.BOM_UTF8) if said.endswith("BOM") else 0)
    lines = _Lines(source, encoding)
    delimiter = _delimiter(source, encoding)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        heads = next((tuple(cell.strip() for cell in cells) for cells in reader if any(cells)), ())
    except csv.Error as error:
        raise fail(source.name, _unread(error), 1) from error
    while heads and not heads[-1]:
        heads = heads[:-1]
    mark = {"\t": Text("Tabulator", "tab")}.get(delimiter, Text(f"„{delimiter}“", f"“{delimiter}”"))
    return Table(
        source.name,
        heads,
        _csv_rows(reader, lines, len(heads)),
        Text(f"CSV, {said}, Trennzeichen {mark.de}", f"CSV, {said}, delimiter {mark.en}"),
        lambda: source.stream.tell() / max(source.size, 1),
    )


def _encoding(source: Source) -> tuple[str, str]:
    """The encoding of a file, and its name for people: UTF-8 where every byte fits, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    said, begun, utf8 = "UTF-8", False, True
    while block := source.stream.read(_BLOCK):
        if not begun:
            begun = True
            said = "UTF-8 mit BOM" if block.startswith(codecs.BOM_UTF8) else said
            if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise fail(source.name, _UTF16)
            if block.count(0) > len(block) // 100:
                raise fail(source.name, _NO_TABLE)
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            utf8 = False
            break
    source.stream.seek(0)
    if not begun:
        raise fail(source.name, _EMPTY)
    return ("utf-8", said) if utf8 else ("cp1252", "Windows-1252")


class _Lines:
    """The lines of a file, decoded; what is too long or cannot be decoded is left out and noted."""

    def __init__(self, source: Source, encoding: str) -> None:
        self.stream = source.stream
        self.encoding = encoding
        self.number = 0
        self.faults: dict[int, Text] = {}

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(_LONGEST_LINE):
            self.number += 1
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                while (more := self.stream.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
                    pass
                self.faults[self.number] = _TOO_LONG
                yield "\n"
                continue
            try:
                yield line.decode(self.encoding)
            except UnicodeDecodeError:
                self.faults[self.number] = _UNDECODED
                yield "\n"


def _delimiter(source: Source, encoding: str) -> str:
    """The mark that divides the heads into most columns."""
    place = source.stream.tell()
    sample = io.StringIO(source.stream.read(_BLOCK // 4).decode(encoding, "replace"), newline="")
    source.stream.seek(place)

    def columns(delimiter: str) -> int:
        sample.seek(0)
        try:
            return next((len(cells) for cells in csv.reader(sample, delimiter=delimiter) if any(cells)), 0)
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=columns)


def _csv_rows(reader: Iterator[list[str]], lines: _Lines, width: int) -> Iterator[Row]:
    while True:
        number = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Row(number, (), _unread(error))
            continue
        if cells is None:
            return
        fault = next(
            (lines.faults.pop(line) for line in range(number, lines.number + 1) if line in lines.faults), None
        )
        if fault is None and not any(cells):
            continue
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if fault is None and len(cells) != width:
            fault = Text(
                f"{len(cells)} Spalten statt {width}: die Zeile ist verrutscht oder unvollständig",
                f"{len(cells)} columns instead of {width}: the row is shifted or incomplete",
            )
        yield Row(number, tuple(cells), fault or control_character(cells))


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


def _unread(error: csv.Error) -> Text:
    return Text(f"nicht lesbar als CSV ({error})", f"cannot be read as CSV ({error})")


_EMPTY: Final = Text(
    "die Tabelle ist leer; in der ersten Zeile stehen die Namen der Spalten",
    "the table is empty; its first row holds the names of the columns",
)
BREAKS_OFF: Final = Text("hier bricht die Datei ab", "the file breaks off here")
_UTF16: Final = Text(
    "die Datei ist UTF-16; bitte als „CSV UTF-8“ speichern",
    "the file is UTF-16; please save it as “CSV UTF-8”",
)
_NO_TABLE: Final = Text(
    "keine Tabelle; gelesen werden CSV, Excel (.xlsx) und Parquet",
    "no table; CSV, Excel (.xlsx) and Parquet are read",
)
_OTHERS: Final = {
    b"\xd0\xcf\x11\xe0": Text(
        "altes Excel (.xls) oder verschlüsselt; bitte als .xlsx ohne Kennwort oder als CSV speichern",
        "old Excel (.xls) or encrypted; please save it as .xlsx without a password or as CSV",
    ),
    b"%PDF": _NO_TABLE,
    b"\x1f\x8b": Text("gepackt; bitte zuerst entpacken", "compressed; please unpack it first"),
}
_NEEDS_A_FILE: Final = Text(
    "von der Standardeingabe wird nur CSV gelesen; bitte die Datei nennen",
    "only CSV is read from standard input; please name the file",
)
_NOT_A_FILE: Final = Text(
    "keine gewöhnliche Datei; von der Standardeingabe liest „-“",
    "no ordinary file; “-” reads from standard input",
)
_TOO_LONG: Final = Text(
    "die Zeile ist länger als eine Million Bytes", "the line is longer than a million bytes"
)
_UNDECODED: Final = Text(
    "weder UTF-8 noch Windows-1252; bitte die Datei als UTF-8 speichern",
    "neither UTF-8 nor Windows-1252; please save the file as UTF-8",
)
