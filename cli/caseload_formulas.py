"""Formulas of a worksheet that were saved without their values.

The library gives None for them, as for an empty cell; but an empty cell says "unknown", and a formula that
nobody worked out says nothing. A formula whose value is an empty text is as good as an empty cell.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element, iterparse

from wegweiser.cli.caseload_source import Source
from wegweiser.engine.text import Text

__all__ = ["UNSAVED", "unsaved_formulas"]

UNSAVED: Final = Text(
    "Formel ohne gespeicherten Wert; in Excel öffnen, neu berechnen und speichern",
    "formula without a saved value; open it in Excel, calculate and save",
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_BLOCK: Final = 1 << 20


def unsaved_formulas(source: Source, path: str) -> Iterator[tuple[int, int]]:
    """Row and column of each one, in the order of the sheet; most sheets hold no formula at all."""
    with zipfile.ZipFile(source.stream) as parts:
        with parts.open(path) as part:
            found = _holds_formulas(part)
        if found:
            with parts.open(path) as part:
                yield from _unsaved(part)


def _holds_formulas(part: IO[bytes]) -> bool:
    end = b""
    while block := part.read(_BLOCK):
        if _FORMULA.search(end + block):
            return True
        end = block[-100:]
    return False


def _unsaved(part: IO[bytes]) -> Iterator[tuple[int, int]]:
    from openpyxl.utils.cell import coordinate_to_tuple

    row = column = 0
    sheet: Element | None = None
    for event, element in iterparse(part, ("start", "end")):  # noqa: S314 (as openpyxl has read it)
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "sheetData":
            sheet = element
        elif event == "start" and tag == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif event == "end" and tag == "c":
            place = element.get("r")
            column = coordinate_to_tuple(place)[1] if place else column + 1
            if _is_unsaved(element):
                yield row, column
        elif event == "end" and tag == "row" and sheet is not None:
            sheet.clear()  # rows that have been read


def _is_unsaved(cell: Element) -> bool:
    inner = {child.tag.rpartition("}")[2]: child for child in cell}
    return "f" in inner and cell.get("t") != "str" and not ("v" in inner and inner["v"].text)
