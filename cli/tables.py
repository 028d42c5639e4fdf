"""Lists of many rows, drawn by rich; as stacked lines for narrow terminals and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from wegweiser.cli.layout import wrap
from wegweiser.cli.terminal import Terminal

__all__ = ["table"]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal) -> str:
    """Rows under their heads, in as many columns as the terminal has."""
    heads = [terminal.clean(head) for head in heads]
    rows = [[terminal.clean(cell) for cell in row] for row in rows]
    if terminal.linear:
        return "".join(_spoken(heads, row) + "\n" for row in rows)
    if terminal.narrow:
        return "".join(_stacked(row, terminal.width) for row in rows)
    return _drawn(heads, rows, terminal)


def _spoken(heads: Sequence[str], row: Sequence[str]) -> str:
    said = [f"{head.capitalize()}: {cell}" for head, cell in zip(heads, row, strict=True) if cell]
    return ". ".join(said) + "."


def _stacked(row: Sequence[str], width: int) -> str:
    lines = wrap(row[0], width)
    for cell in row[1:]:
        lines += wrap(cell, width, "  ") if cell else []
    return "\n".join(lines) + "\n"


def _drawn(heads: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", expand=False)
    for number, head in enumerate(heads):
        drawn.add_column(Text(head), overflow="fold", no_wrap=number == 0)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    console = Console(
        width=terminal.width,
        force_terminal=terminal.colour,
        no_color=True,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    with console.capture() as capture:
        console.print(drawn)
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())
