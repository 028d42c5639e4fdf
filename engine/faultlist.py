"""The faults of one profile while it is read: all of them, each with its place."""

from __future__ import annotations

from typing import Final

from wegweiser.engine.errors import Fault
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import Document, Path, spelled

__all__ = ["FaultList"]

_MOST: Final = 100
"""So many faults are told of one profile."""
_MORE: Final = Text("… weitere Fehler sind weggelassen", "… more faults are left out")


class FaultList:
    """Collects faults. `document` knows the places; without one (facts from a program) there are none."""

    def __init__(self, name: str, document: Document | None, faults: list[Fault]) -> None:
        self.name = name
        self.document = document
        self.faults = faults

    @property
    def full(self) -> bool:
        """Whether further faults would not be told."""
        return len(self.faults) >= _MOST

    def add(self, path: Path, text: Text) -> None:
        """Note what is wrong with the entry at `path`."""
        if self.full:
            self.cut(*path)
        elif self.document is None:
            self.faults.append(Fault(self.name, None, None, spelled(path), text))
        else:
            self.faults.append(self.document.fault(path, text))

    def cut(self, *path: str | int) -> None:
        """Say, once, that there are more faults, from the entry at `path` on."""
        if len(self.faults) == _MOST:
            line, column = self.document.place(path) if self.document else (None, None)
            self.faults.append(Fault(self.name, line, column, None, _MORE))

    def mention(self, path: Path) -> Text:
        """Name another entry, with its line."""
        key = spelled(path) or ""
        if self.document is None:
            return Text(key, key)
        line, _ = self.document.place(path)
        return Text(f"{key} (Zeile {line})", f"{key} (line {line})")
