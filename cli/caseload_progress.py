"""How far a long run has come: a bar on standard error where that is a terminal, nothing elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.cli.caseload_source import Table
    from wegweiser.cli.caseload_work import Done
    from wegweiser.cli.settings import Settings

__all__ = ["progress"]

_STEP: Final = 20
"""People between two drawings, where one takes no time."""


@contextmanager
def progress(table: Table, settings: Settings, *, slow: bool) -> Iterator[Callable[[Done], None]]:
    """What to call after each row; where rows are slow each is drawn."""
    stream = sys.stderr
    drawn = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    if not drawn or settings.terminal.linear:
        yield lambda done: None  # noqa: ARG005 (nothing to show)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    people = Text("{task.fields[people]} Zeilen", "{task.fields[people]} rows").get(settings.lang)
    columns = (BarColumn(), TextColumn(people), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, people=0)
        count = 0

        def advance(done: Done) -> None:
            nonlocal count
            count += 1
            if slow or count % _STEP == 0 or done.faults:
                share = table.share()
                bar.update(task, people=count, total=None if share is None else 1.0, completed=share or 0)

        yield advance
