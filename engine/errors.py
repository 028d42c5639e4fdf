"""Errors of the engine.

    WegweiserError
    ├── InputError          bad input, with one Fault for each thing that is wrong
    │   ├── ProfileError    a profile that cannot be read or contradicts itself
    │   └── BookError       a rule book that cannot be read or contradicts itself
    └── EvaluationError     an answer cannot be computed (a target outgrew its size, …)

Nothing else leaves the public functions of the engine on bad input.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wegweiser.engine.text import Text

__all__ = ["BookError", "EvaluationError", "Fault", "InputError", "ProfileError", "WegweiserError"]


class Fault(NamedTuple):
    """One thing that is wrong with an input, and where.

    `file` is the name as the user gave it (`-` for standard input), `line` and `column` count
    from 1 and are None where there is no place, `key` is the entry concerned.
    """

    file: str
    line: int | None
    column: int | None
    key: str | None
    text: Text

    def message(self, language: str = "en") -> str:
        """One line: place, key, what is wrong."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        if self.line is not None and self.column is not None:
            place += f":{self.column}"
        key = f" {self.key}:" if self.key else ""
        return f"{place}:{key} {self.text.get(language)}"


class WegweiserError(Exception):
    """Base of all errors of the engine."""


class InputError(WegweiserError):
    """Bad input. `faults` lists every fault that was found, in order of place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.file, f.line or 0, f.column or 0)))
        super().__init__("\n".join(fault.message() for fault in self.faults))


class ProfileError(InputError):
    """A profile that cannot be read or contradicts itself."""


class BookError(InputError):
    """A rule book that cannot be read or contradicts itself."""


class EvaluationError(WegweiserError):
    """An answer cannot be computed. `text` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)
