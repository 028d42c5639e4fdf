"""Laying out text: paragraphs, hanging indents, dotted leaders, columns.

From text to lines, without rich: its import would cost `wegweiser check` a third of its time.
Citations are kept together when lines are broken. For screen readers every statement stays on a line
of its own, without indents.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from wegweiser.cli.terminal import Terminal

__all__ = ["columns", "entry", "heading", "leader", "paragraph", "wrap"]

_NBSP = "\xa0"
_TIED = re.compile(r"(§§?|Par\.|Abs\.|Satz|Nr\.|no\.|Buchst\.|Art\.|Anlage) (?=[\dIVXa-z])")


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """`text` in lines of at most `width` columns, indented by `first` and then by `rest`."""
    tied = _TIED.sub(lambda match: match[1] + _NBSP, text)
    indent = first if rest is None else rest
    lines = textwrap.wrap(
        tied,
        max(width, len(first) + 8, len(indent) + 8),
        initial_indent=first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return [line.replace(_NBSP, " ") for line in lines] or [first.rstrip()]


def paragraph(
    text: str, terminal: Terminal, first: str = "", rest: str | None = None, style: str = ""
) -> list[str]:
    """A paragraph for a terminal."""
    text = terminal.clean(text)
    lines = [text] if terminal.linear else wrap(text, terminal.width, first, rest)
    return [terminal.style(line, style) for line in lines]


def heading(text: str, terminal: Terminal) -> list[str]:
    """The title of a section."""
    return paragraph(text, terminal, "", "  ", "head")


def entry(label: str, text: str, terminal: Terminal, column: int, indent: int = 2) -> list[str]:
    """`label`, and `text` beside it from `column` on; below it where the label is too long."""
    if terminal.linear:
        return [terminal.clean(f"{label}: {text}" if label else text)]
    label, text = terminal.clean(label), terminal.clean(text)
    if indent + len(label) < column:
        return wrap(text, terminal.width, f"{' ' * indent}{label}".ljust(column), " " * column)
    below = " " * (column if column < terminal.width // 2 else indent + 4)
    return [*wrap(label, terminal.width, " " * indent), *(wrap(text, terminal.width, below) if text else [])]


def leader(label: str, value: str, terminal: Terminal, indent: str = "") -> list[str]:
    """`label ..... value`; beside each other where there is room, otherwise one after the other."""
    label, value = terminal.clean(label), terminal.clean(value)
    if terminal.narrow or not value:
        return wrap(f"{label}: {value}" if value else label, terminal.width, indent, indent + "    ")
    column = terminal.width // 2 + 2
    *lines, last = wrap(label, column - 5, indent, indent + "    ")
    start = f"{last} {'.' * (column - len(last) - 2)} "
    return [*lines, *wrap(value, terminal.width, start, " " * column)]


def columns(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """One row of a table; a cell that is too long goes on in the next line."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(len(cell) for cell in wrapped)):
        parts = [
            (cell[number] if number < len(cell) else "").ljust(width)
            for cell, width in zip(wrapped, widths, strict=True)
        ]
        lines.append(" ".join(parts).rstrip())
    return lines
