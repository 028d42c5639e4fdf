"""The mapping file: what the columns, date formats and codes of an office mean."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from wegweiser.casebook.model import BLANK
from wegweiser.engine.errors import ProfileError
from wegweiser.engine.names import did_you_mean
from wegweiser.engine.profile import DAY, LABEL, NOTE
from wegweiser.engine.shapes import misshapen
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import read

if TYPE_CHECKING:
    from wegweiser.engine.book import Book

__all__ = ["Column", "MappingFile", "mapping_schema", "read_mapping"]

Scalar = str | bool | int | Decimal | date
_FORMAT: Final = re.compile(r"(?:[^%]|%[dmYHMS])*")
_PARTS: Final = ("%d", "%m", "%Y")
_UNFILLED: Final = Text(
    f"{BLANK} ist noch auszufüllen: mit dem Wert, oder mit null, wenn der Code „unbekannt“ heißt",
    f"{BLANK} is still to be filled in: with the value, or with null where the code means “unknown”",
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Column(_Model):
    """What a column of the office's table means."""

    fakt: str = Field(description="The fact, or fall, stichtag, notiz.")
    datum: str | None = Field(
        default=None, description="How days are written: %d day, %m month, %Y year with four digits."
    )
    werte: dict[str, Scalar | None] | None = Field(
        default=None, description="Codes and the values they stand for; what is not listed is a fault."
    )
    leer: Scalar | None = Field(default=None, description="What an empty cell means; unknown by default.")


class MappingFile(_Model):
    """The form of a mapping file."""

    spalten: dict[str, Column] = Field(default={}, description="Columns that are not named like their facts.")
    ignorieren: list[str] = Field(default=[], description="Columns that are not read.")
    konstanten: dict[str, Scalar] = Field(
        default={}, description="Facts that are the same for all persons of the table."
    )


def mapping_schema(book: Book) -> dict[str, Any]:
    """The JSON Schema of mapping files, with the names of the facts of a book."""
    schema = MappingFile.model_json_schema()
    names = _names(book)
    schema["$defs"]["Column"]["properties"]["fakt"]["enum"] = [*names, LABEL, DAY, NOTE]
    schema["properties"]["konstanten"]["propertyNames"] = {"enum": names}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _names(book: Book) -> list[str]:
    return [fact.name for fact in book.vocabulary if fact.typ != "liste"]


def read_mapping(source: bytes, name: str, book: Book) -> MappingFile:
    """Read a mapping file; ProfileError lists every fault with its line and the nearest name."""
    document, faults = read(source, name)
    if document is None or faults:
        raise ProfileError(faults)
    faults = misshapen(document, MappingFile)
    if faults:
        raise ProfileError(faults)
    mapping = MappingFile.model_validate(document.value)
    faults = [document.fault(path, text) for path, text in _Check(mapping, book).faults()]
    if faults:
        raise ProfileError(faults)
    return mapping


class _Check:
    """Names and values of a mapping, as far as they can be checked without a table."""

    def __init__(self, mapping: MappingFile, book: Book) -> None:
        self.mapping = mapping
        self.vocabulary = book.vocabulary
        self.names = _names(book)
        self.found: list[tuple[tuple[str, ...], Text]] = []

    def faults(self) -> list[tuple[tuple[str, ...], Text]]:
        """Everything that is wrong, with the path to it."""
        taken: dict[str, str] = {}
        for head, column in self.mapping.spalten.items():
            self._column(("spalten", head), column)
            if column.fakt in taken:
                self._twice(("spalten", head, "fakt"), column.fakt, taken[column.fakt])
            taken.setdefault(column.fakt, head)
        for head in self.mapping.ignorieren:
            if head in self.mapping.spalten:
                self._add(("spalten", head), "steht auch unter „ignorieren“", "stands under “ignorieren” too")
        for name, raw in self.mapping.konstanten.items():
            path = ("konstanten", name)
            if self._known(path, name, self.names):
                self._value(path, name, raw)
            if name in taken:
                self._twice(path, name, taken[name])
        return self.found

    def _column(self, path: tuple[str, ...], column: Column) -> None:
        special = (LABEL, DAY, NOTE)
        if not self._known((*path, "fakt"), column.fakt, [*self.names, *special]):
            return
        typ = "datum" if column.fakt == DAY else ""
        if column.fakt in self.names:
            typ = self.vocabulary.fact(column.fakt).typ
            for code, raw in (column.werte or {}).items():
                self._value((*path, "werte", code), column.fakt, raw)
            self._value((*path, "leer"), column.fakt, column.leer)
        elif column.werte is not None or column.leer is not None:
            self._add(path, "„werte“ und „leer“ gehören zu Angaben", "“werte” and “leer” belong to facts")
        if column.datum is not None and typ != "datum":
            self._add((*path, "datum"), "die Angabe ist kein Datum", "the fact is no date")
        elif column.datum is not None and not _is_format(column.datum):
            self._add(
                (*path, "datum"),
                "erwartet werden %d, %m und %Y, zum Beispiel „%d.%m.%Y“ (%y ist nicht eindeutig)",
                "expected are %d, %m and %Y, for example “%d.%m.%Y” (%y is ambiguous)",
            )

    def _known(self, path: tuple[str, ...], name: str, names: list[str]) -> bool:
        if name in names:
            return True
        if name in self.vocabulary:
            text = Text("eine Liste kann in keiner Spalte stehen", "a list cannot stand in a column")
        else:
            text = did_you_mean(Text("diese Angabe gibt es nicht", "there is no such fact"), name, names)
        self.found.append((path, text))
        return False

    def _value(self, path: tuple[str, ...], name: str, raw: Scalar | None) -> None:
        value = _UNFILLED if raw == BLANK else self.vocabulary.parse_value(name, raw)
        if isinstance(value, Text):
            self.found.append((path, value))

    def _twice(self, path: tuple[str, ...], name: str, other: str) -> None:
        self._add(path, f"{name} steht schon bei „{other}“", f"{name} stands at “{other}” already")

    def _add(self, path: tuple[str, ...], german: str, english: str) -> None:
        self.found.append((path, Text(german, english)))


def _is_format(text: str) -> bool:
    return _FORMAT.fullmatch(text) is not None and all(text.count(part) == 1 for part in _PARTS)
