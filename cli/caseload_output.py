"""The answers of a caseload as a file: one line for each person and target, in the order of the table."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from wegweiser.cli.caseload_parquet import MISSING
from wegweiser.cli.caseload_source import fail
from wegweiser.cli.caseload_work import Done
from wegweiser.cli.settings import UsageError
from wegweiser.engine.batch import Line
from wegweiser.engine.nearest import Change
from wegweiser.engine.text import Text

__all__ = [
    "HEADS",
    "MISSING_HEADS",
    "Output",
    "check_free",
    "checked_name",
    "harmless",
    "new_file",
    "open_output",
]

HEADS: Final = (
    "zeile",
    "fall",
    "stichtag",
    "ziel",
    "ergebnis",
    "dann",
    "ab",
    "voraussichtlich",
    "naechstes",
)
MISSING_HEADS: Final = ("fehlend", "ab_fehlend", "moeglich")
_ENDINGS: Final = (".csv", ".parquet")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_THERE: Final = Text("gibt es schon; nichts wurde überschrieben", "exists already; nothing was overwritten")
_GROUP: Final = 20_000
"""Lines of a group of rows."""


class Output(Protocol):
    """Where lines go."""

    def write(self, done: Done) -> None:
        """Write the lines of one person."""


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def checked_name(name: str, option: Text, endings: tuple[str, ...] = _ENDINGS) -> str:
    """The name of a file to write, where its ending says a form that there is."""
    if not name.lower().endswith(endings):
        listed = ", ".join(endings)
        text = Text(
            f"{option.de} „{name}“: der Name endet auf {listed}",
            f"{option.en} “{name}”: names end with {listed}",
        )
        raise UsageError(text)
    return name


def check_free(name: str) -> None:
    """Refuse the name of a file that `new_file` could not make."""
    path = Path(name)
    if path.exists():
        raise fail(name, _THERE)
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise fail(name, Text("kann hier nicht angelegt werden", "cannot be made here"))


@contextmanager
def new_file(name: str) -> Iterator[Any]:
    """A new binary file; an existing one is never overwritten, an unfinished one does not stay."""
    try:
        stream = Path(name).open("xb")  # noqa: SIM115 (closed below, where it is used)
    except FileExistsError as error:
        raise fail(name, _THERE) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise fail(
            name, Text(f"kann nicht angelegt werden ({reason})", f"cannot be made ({reason})")
        ) from error
    try:
        with stream:
            yield stream
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def open_output(name: str, *, missing: bool) -> Iterator[Output]:
    """The file for the lines: CSV for spreadsheets (semicolons, UTF-8 with BOM), or Parquet.

    With `missing` it says what decides open answers.
    """
    heads = (*HEADS, *MISSING_HEADS) if missing else HEADS
    parquet = _parquet(name) if name.lower().endswith(".parquet") else None
    with new_file(name) as stream:
        if parquet is None:
            import io

            with io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
                yield _CsvOutput(text, heads)
        else:
            output = _ParquetOutput(stream, heads, *parquet)
            yield output
            output.close()


def _parquet(name: str) -> tuple[Any, Any]:
    try:
        import pyarrow as arrow  # noqa: ICN001 (said in full)
        from pyarrow import parquet
    except ImportError as error:
        raise fail(name, MISSING) from error
    return arrow, parquet


class _CsvOutput:
    def __init__(self, stream: Any, heads: Sequence[str]) -> None:
        self.heads = heads
        self.writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        self.writer.writerow(heads)

    def write(self, done: Done) -> None:
        for line in done.lines:
            number, *cells = _cells(done, line, self.heads)
            texts = (" ".join(cell) if isinstance(cell, list) else str(cell or "") for cell in cells)
            self.writer.writerow([number, *(harmless(text) for text in texts)])


class _ParquetOutput:
    def __init__(self, stream: Any, heads: Sequence[str], pyarrow: Any, parquet: Any) -> None:
        self.heads = heads
        texts = pyarrow.list_(pyarrow.string())
        types = {"zeile": pyarrow.int64(), "stichtag": pyarrow.date32(), "ab": pyarrow.date32()}
        types |= dict.fromkeys((*MISSING_HEADS, "naechstes"), texts)
        self.schema = pyarrow.schema([(head, types.get(head, pyarrow.string())) for head in heads])
        self.table = pyarrow.Table
        self.writer = parquet.ParquetWriter(stream, self.schema)
        self.waiting: list[dict[str, Any]] = []

    def write(self, done: Done) -> None:
        self.waiting += [
            dict(zip(self.heads, _cells(done, line, self.heads), strict=True)) for line in done.lines
        ]
        if len(self.waiting) >= _GROUP:
            self.flush()

    def flush(self) -> None:
        self.writer.write_table(self.table.from_pylist(self.waiting, self.schema))
        self.waiting = []

    def close(self) -> None:
        """Write what waits, and the end of the file."""
        self.flush()
        self.writer.close()


def _cells(done: Done, line: Line, heads: Sequence[str]) -> list[Any]:
    cells: dict[str, Any] = {
        **line._asdict(),
        "zeile": done.number,
        "fall": done.fall,
        "stichtag": done.day,
        "naechstes": [_spelled(one) for one in done.near if one.ziel == line.ziel],
    }
    return [list(cell) if isinstance(cell := cells[head], tuple) else cell for head in heads]


def _spelled(near: Change) -> str:
    value = {True: "true", False: "false"}.get(near.wert) if isinstance(near.wert, bool) else near.wert
    return f"{near.fakt}={value}" + (f"@{near.ab.isoformat()}" if near.ab else "")
