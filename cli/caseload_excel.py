"""The first sheet of an Excel workbook as a table. Formulas count with the value saved with them."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from wegweiser.cli.caseload_formulas import UNSAVED, unsaved_formulas
from wegweiser.cli.caseload_source import (
    BREAKS_OFF,
    Row,
    Source,
    Table,
    control_character,
    fail,
    plain_cell,
)
from wegweiser.engine.text import Text

__all__ = ["open_workbook"]

_LARGEST: Final = 1_000_000_000
"""Bytes of all parts unpacked, and of the texts that have to be kept in memory all at once."""
_LARGEST_TEXTS: Final = 100_000_000
_TEXTS: Final = "xl/sharedStrings.xml"

_MISSING: Final = Text(
    "Excel lesen braucht openpyxl: pip install 'wegweiser[bestand]' (CSV geht ohne)",
    "reading Excel takes openpyxl: pip install 'wegweiser[bestand]' (CSV works without)",
)
_BROKEN: Final = Text("keine lesbare Excel-Datei (.xlsx)", "no readable Excel file (.xlsx)")


def open_workbook(source: Source) -> Table:
    """Open the first sheet; one that would unpack to more than a gigabyte is refused."""
    try:
        import openpyxl
    except ImportError as error:
        raise fail(source.name, _MISSING) from error
    _check_parts(source)
    warnings.filterwarnings("ignore", module="openpyxl")  # what it leaves out of a workbook is no table
    try:
        book = openpyxl.load_workbook(source.stream, read_only=True, data_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()
        cells = enumerate(sheet.iter_rows(values_only=True), start=1)
        heads = _heads(cells)
        path = sheet._worksheet_path  # noqa: SLF001 (nothing public tells which part of the file it is)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a broken workbook makes the library raise
        raise fail(source.name, _BROKEN) from error
    more = len(book.worksheets) - 1
    others = Text(f" ({more} weitere nicht gelesen)", f" ({more} more not read)") if more else Text("", "")
    return Table(
        source.name,
        heads,
        _rows(cells, len(heads), unsaved_formulas(source, path)),
        Text(f"Excel, Blatt „{sheet.title}“{others.de}", f"Excel, sheet “{sheet.title}”{others.en}"),
        lambda: None,  # workbooks do not say how long their sheets are
    )


def _check_parts(source: Source) -> None:
    """Refuse what is no workbook or unpacks to more than it may; reading stops at the sizes stated."""
    try:
        with zipfile.ZipFile(source.stream) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise fail(source.name, _BROKEN) from error
    source.stream.seek(0)
    if "xl/workbook.xml" not in sizes:
        raise fail(source.name, _BROKEN)
    if sum(sizes.values()) > _LARGEST or sizes.get(_TEXTS, 0) > _LARGEST_TEXTS:
        raise fail(
            source.name,
            Text("entpackt zu groß; bitte als CSV speichern", "too large unpacked; please save it as CSV"),
        )


def _heads(rows: Iterator[tuple[int, tuple[Any, ...]]]) -> tuple[str, ...]:
    for _, cells in rows:
        heads = ["" if cell is None else str(cell).strip() for cell in cells]
        while heads and not heads[-1]:
            heads.pop()
        if heads:
            return tuple(heads)
    return ()


def _rows(
    rows: Iterator[tuple[int, tuple[Any, ...]]], width: int, unsaved: Iterator[tuple[int, int]]
) -> Iterator[Row]:
    number = 1
    try:
        place = next(unsaved, None)
        for number, raw in rows:
            cells = [plain_cell(cell) for cell in raw]
            while place is not None and place[0] <= number:
                if place[0] == number and place[1] <= len(cells):
                    cells[place[1] - 1] = UNSAVED
                place = next(unsaved, None)
            while len(cells) > width and cells[-1] is None:
                cells.pop()
            if all(cell is None for cell in cells):
                continue
            fault = control_character([cell for cell in cells if isinstance(cell, str)])
            if len(cells) > width:
                fault = Text("mehr Zellen als Spalten", "more cells than columns")
            yield Row(number, (*cells, *[None] * (width - len(cells))), fault)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception:  # noqa: BLE001 (whatever a broken sheet makes the library raise)
        yield Row(number + 1, (), BREAKS_OFF)
