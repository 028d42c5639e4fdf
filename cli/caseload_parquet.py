"""A Parquet file as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

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

__all__ = ["MISSING", "open_parquet"]

_BATCH: Final = 1000
"""Rows that are unpacked at a time."""
_LARGEST_GROUP: Final = 500_000_000
"""Bytes of one group of rows unpacked; it is read as a whole."""
MISSING: Final = Text(
    "Parquet braucht pyarrow: pip install 'wegweiser[bestand]' (CSV geht ohne)",
    "Parquet takes pyarrow: pip install 'wegweiser[bestand]' (CSV works without)",
)


def open_parquet(source: Source) -> Table:
    """Open a Parquet file; one with groups of rows that would unpack to half a gigabyte is refused."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise fail(source.name, MISSING) from error
    try:
        file = ParquetFile(source.stream)
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        largest = max((group.total_byte_size for group in groups), default=0)
    except (ArrowException, OSError, ValueError) as error:
        broken = Text("keine lesbare Parquet-Datei", "no readable Parquet file")
        raise fail(source.name, broken) from error
    if largest > _LARGEST_GROUP:
        raise fail(source.name, Text("entpackt zu groß", "too large unpacked"))
    rows = _Rows(file, ArrowException)
    heads = tuple(name.strip() for name in file.schema_arrow.names)
    return Table(source.name, heads, iter(rows), Text("Parquet", "Parquet"), rows.share)


class _Rows:
    """The rows of a file, and how many there have been. The first is number 2, as in a spreadsheet."""

    share: Callable[[], float | None]

    def __init__(self, file: Any, broken: type[Exception]) -> None:
        self.file = file
        self.broken = broken
        self.read = 0
        self.share = lambda: self.read / max(file.metadata.num_rows, 1)

    def __iter__(self) -> Iterator[Row]:
        try:
            for batch in self.file.iter_batches(batch_size=_BATCH, use_threads=False):
                for raw in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    self.read += 1
                    cells = tuple(plain_cell(cell) for cell in raw)
                    if any(cell is not None for cell in cells):
                        fault = control_character([cell for cell in cells if isinstance(cell, str)])
                        yield Row(self.read + 1, cells, fault)
        except (self.broken, OSError, ValueError):
            yield Row(self.read + 2, (), BREAKS_OFF)
