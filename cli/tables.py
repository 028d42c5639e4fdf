"""Lists of many rows: in columns, as stacked lines where it is narrow, as statements when spoken.

Drawn without rich: its tables break lines inside citations ("Abs." at the end of one line, the number
on the next), and cut what does not fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from wegweiser.cli.layout import wrap
from wegweiser.cli.terminal import Terminal

__all__ = ["table"]

_GAP = 2
_NARROWEST = 12
"""No column becomes narrower."""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal) -> str:
    """Rows under their heads; a cell may have several lines, the first of a row names it."""
    heads = [terminal.clean(head) for head in heads]
    rows = [["\n".join(terminal.clean(line) for line in cell.split("\n")) for cell in row] for row in rows]
    if terminal.linear:
        lines = [_spoken(heads, row) for row in rows]
    elif terminal.narrow:
        lines = [line for row in rows for line in _stacked(row, terminal.width)]
    else:
        widths = _widths([heads, *rows], terminal.width)
        lines = [terminal.style(line, "head") for line in _drawn(heads, widths)]
        lines += [line for row in rows for line in _drawn(row, widths)]
    return "".join(f"{line}\n" for line in lines)


def _spoken(heads: Sequence[str], row: Sequence[str]) -> str:
    cells = [", ".join(line.strip() for line in cell.split("\n")) for cell in row]
    return (
        ". ".join(f"{head.capitalize()}: {cell}" for head, cell in zip(heads, cells, strict=True) if cell)
        + "."
    )


def _stacked(row: Sequence[str], width: int) -> list[str]:
    first, *more = (line.strip() for cell in row for line in cell.split("\n") if line)
    return [*wrap(first, width), *(part for line in more for part in wrap(line, width, "  "))]


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column: as much as it needs, the widest after the first giving way."""
    needed = [
        max(len(line) for cell in column for line in cell.split("\n")) for column in zip(*rows, strict=True)
    ]
    needed[0] = max(len(row[0].split("\n")[0]) for row in rows)
    room = width - _GAP * (len(needed) - 1)
    while sum(needed) > room:
        widest = max(range(1, len(needed)), key=needed.__getitem__)
        if needed[widest] <= _NARROWEST:
            break
        needed[widest] -= 1
    return needed


def _drawn(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [
        [part for line in cell.split("\n") for part in _cell(line, width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    lines = []
    for number in range(max(map(len, cells))):
        parts = [
            (cell[number] if number < len(cell) else "").ljust(width)
            for cell, width in zip(cells, widths, strict=True)
        ]
        lines.append((" " * _GAP).join(parts).rstrip())
    return lines


def _cell(line: str, width: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return wrap(line.strip(), width, indent) if line else [""]
