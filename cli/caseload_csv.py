"""CSV as a stream of rows. A quotation mark that is never closed costs its own line, and no other.

A cell in quotes may run over several lines. Whether it does, or somebody only forgot the second mark, shows
a few lines later; so many are read ahead, and where nothing fits, reading goes on with the next line.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from wegweiser.cli.caseload_source import EMPTY, NO_TABLE, Row, Source, Table, control_character, fail
from wegweiser.engine.text import Text

__all__ = ["open_csv"]

_DELIMITERS: Final = (";", ",", "\t", "|")
_LONGEST_LINE: Final = 1_000_000
"""Bytes of one line; a real one has some hundred."""
_MOST_LINES, _LONGEST_RECORD = 100, 200_000
"""Lines and characters of a row whose cells hold line breaks; also what is read ahead at most."""
_BLOCK: Final = 1 << 20
_MOST_ZEROS: Final = 0.1
"""The share of zero bytes from which on a file is no text; fewer are faults of their rows."""


def open_csv(source: Source) -> Table:
    """Find encoding and delimiter, and read the heads."""
    encoding, said = _encoding(source)
    source.stream.seek(len(codecs.BOM_UTF8) if said.endswith("BOM") else 0)
    delimiter = _delimiter(source, encoding)
    records = _Records(source, encoding, delimiter)
    first = records.read(None)
    if first is not None and first.fault is not None:
        raise fail(source.name, first.fault, first.number)
    heads = tuple(cell.strip() for cell in first.cells) if first is not None else ()
    while heads and not heads[-1]:
        heads = heads[:-1]
    mark = {"\t": Text("Tabulator", "tab")}.get(delimiter, Text(f"„{delimiter}“", f"“{delimiter}”"))
    return Table(
        source.name,
        heads,
        _rows(records, len(heads)),
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
            if block.count(0) > len(block) * _MOST_ZEROS:
                raise fail(source.name, NO_TABLE)
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            utf8 = False
            break
    source.stream.seek(0)
    if not begun:
        raise fail(source.name, EMPTY)
    return ("utf-8", said) if utf8 else ("cp1252", "Windows-1252")


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


# --- lines and records ----------------------------------------------------------------------


class _Line(NamedTuple):
    """A line of the file, decoded; or what is wrong with it."""

    number: int
    text: str
    fault: Text | None = None


def _lines(source: Source, encoding: str) -> Iterator[_Line]:
    number = 0
    while line := source.stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (more := source.stream.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
                pass
            yield _Line(number, "", _TOO_LONG)
            continue
        try:
            yield _Line(number, line.decode(encoding))
        except UnicodeDecodeError:
            yield _Line(number, "", _UNDECODED)


class _Record(NamedTuple):
    """The cells that begin in a line; or what is wrong with that line."""

    number: int
    cells: list[str]
    fault: Text | None = None


class _Records:
    """The records of a file, with the lines that have been read ahead."""

    def __init__(self, source: Source, encoding: str, delimiter: str) -> None:
        self.lines = _lines(source, encoding)
        self.delimiter = delimiter
        self.ahead: deque[_Line] = deque()

    def read(self, width: int | None) -> _Record | None:
        """The next record that is not empty; None at the end. `width`: the columns that the table has."""
        while (line := self._line(0)) is not None:
            record = self._one(line) or self._several(line, width)
            if record.fault is not None or any(record.cells):
                return record
        return None

    def _line(self, place: int) -> _Line | None:
        """A line from here on, read where it has not been; None after the last."""
        while len(self.ahead) <= place:
            line = next(self.lines, None)
            if line is None:
                return None
            self.ahead.append(line)
        return self.ahead[place]

    def _one(self, line: _Line) -> _Record | None:
        """The record, where it ends with its line; None where a quotation mark is open there."""
        cells: list[str] = []
        fault = line.fault
        asked = False

        def only() -> Iterator[str]:
            nonlocal asked
            yield line.text
            asked = True  # for more than the line

        if fault is None:
            try:
                cells = next(csv.reader(only(), delimiter=self.delimiter), [])
            except csv.Error:
                fault = _unread(line.text)
            if asked:
                return None
        self.ahead.popleft()
        return _Record(line.number, cells, fault)

    def _several(self, first: _Line, width: int | None) -> _Record:
        """The record over several lines; where they make none, the fault of the first alone."""
        texts: list[str] = []
        size = 0

        def following() -> Iterator[str]:
            nonlocal size
            while len(texts) < _MOST_LINES and size < _LONGEST_RECORD:
                line = self._line(len(texts))
                if line is None or line.fault is not None:
                    break
                texts.append(line.text)
                size += len(line.text)
                yield line.text

        try:
            # strict: what follows a closing mark tells whether it was one; nor may the lines run out
            cells = next(csv.reader(following(), delimiter=self.delimiter, strict=True))
        except csv.Error:
            cells = []
        if not cells or not self._sound(cells, texts, width):
            self.ahead.popleft()
            return _Record(first.number, [], _OPEN)
        for _ in texts:
            self.ahead.popleft()
        return _Record(first.number, cells)

    def _sound(self, cells: list[str], texts: list[str], width: int | None) -> bool:
        """Whether lines are one record: as wide as the table, and not each a row of its own."""
        if width is None:
            return True
        counts = [text.count(self.delimiter) for text in texts]
        rows = all(count == width - 1 for count in counts) and sum(counts) > len(cells) - 1
        return not rows and len(cells) >= width and not any(cell.strip() for cell in cells[width:])


def _rows(records: _Records, width: int) -> Iterator[Row]:
    while (record := records.read(width)) is not None:
        cells, fault = record.cells, record.fault
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if fault is None and len(cells) != width:
            fault = Text(
                f"{len(cells)} Spalten statt {width}: die Zeile ist verrutscht oder unvollständig",
                f"{len(cells)} columns instead of {width}: the row is shifted or incomplete",
            )
        yield Row(record.number, tuple(cells), fault or control_character(cells))


def _unread(line: str) -> Text:
    """Why the library took no cells from a line: a break within it, or too much in one cell."""
    return _TORN if "\r" in line.rstrip("\r\n") else _TOO_LARGE


_UTF16: Final = Text(
    "die Datei ist UTF-16; bitte als „CSV UTF-8“ speichern",
    "the file is UTF-16; please save it as “CSV UTF-8”",
)
_TOO_LONG: Final = Text(
    "die Zeile ist länger als eine Million Bytes", "the line is longer than a million bytes"
)
_UNDECODED: Final = Text(
    "weder UTF-8 noch Windows-1252; bitte die Datei als UTF-8 speichern",
    "neither UTF-8 nor Windows-1252; please save the file as UTF-8",
)
_OPEN: Final = Text(
    'das Anführungszeichen (") ist offen: die Zelle, die es beginnt, endet nicht passend',
    'the quotation mark (") is open: the cell that it begins does not end where it should',
)
_TOO_LARGE: Final = Text(
    f"nicht lesbar als CSV: eine Zelle ist länger als {csv.field_size_limit()} Zeichen",
    f"cannot be read as CSV: a cell is longer than {csv.field_size_limit()} characters",
)
_TORN: Final = Text(
    "nicht lesbar als CSV: ein Zeilenumbruch (CR ohne LF) steht mitten in der Zeile",
    "cannot be read as CSV: a line break (CR without LF) stands within the line",
)
