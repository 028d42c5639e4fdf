"""Checking the rows of a table, on as many processors as there are, in the order of the table."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from wegweiser.cli.caseload_plan import Plan, RowFault, read_row
from wegweiser.cli.caseload_source import Row
from wegweiser.engine.batch import Line, screen
from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.errors import EvaluationError, ProfileError
from wegweiser.engine.nearest import Change, single_changes
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.profile import Profile

__all__ = ["Done", "Job", "check_rows"]

_CHUNK, _CHUNK_SEARCHED = 50, 4
"""Rows that are sent to a process at a time: fewer with a search, which takes long for each."""
_FEW, _FEW_SEARCHED = 400, 40
"""So many rows do not pay for a second process, which takes a second to start; with a search far fewer do."""
_AHEAD: Final = 3
"""Chunks for each process that are read ahead: enough to keep it busy, few enough for any memory."""


class Job(NamedTuple):
    """What is asked of every row; the same for all, and sent to every process."""

    plan: Plan
    targets: tuple[str, ...]
    today: date
    day: date | None
    nearest: bool
    missing: bool
    """Whether each line says what is missing; otherwise only the first ones of those expected do."""
    shown: int
    """So many of them do."""
    rulebook: Path | None
    cache: Path | None


class Done(NamedTuple):
    """What came of one row: its lines, or its faults."""

    number: int
    fall: str | None
    day: date
    lines: tuple[Line, ...] = ()
    near: tuple[Change, ...] = ()
    faults: tuple[RowFault, ...] = ()


def check_rows(job: Job, book: Book, rows: Iterable[Row], processes: int) -> Generator[Done]:
    """Check every row; faults of one do not stop the others. The order is that of the rows."""
    rows = iter(rows)
    few = _FEW_SEARCHED if job.nearest else _FEW
    begun = list(islice(rows, few)) if processes > 1 else []
    if len(begun) < few:
        checker = _Checker(job, book)
        for row in chain(begun, rows):
            yield checker.check(row)
        return
    epoch = book.epoch((job.day or job.today).toordinal())
    if epoch >= 0:
        book.compiled(epoch)  # into the cache, so that not every process has to do it
    rows = chain(begun, rows)
    size = _CHUNK_SEARCHED if job.nearest else _CHUNK
    yield from _spread(job, iter(lambda: list(islice(rows, size)), []), processes)


class _Checker:
    """Checks one row after the other."""

    def __init__(self, job: Job, book: Book) -> None:
        self.job = job
        self.book = book
        self.unsaid = job.shown
        """For so many more of the expected answers it is said what is missing."""

    def check(self, row: Row) -> Done:
        """Check a row."""
        job = self.job
        found = read_row(job.plan, row, self.book.vocabulary, job.today, job.day)
        if isinstance(found, list):
            return Done(row.number, None, job.today, faults=tuple(found))
        try:
            lines = screen(self.book, found, job.targets, missing=job.missing)
            lines = tuple(self.completed(found, line) for line in lines)
            near = tuple(single_changes(self.book, found, job.targets)) if job.nearest else ()
        except ProfileError as error:
            heads = {column.key: column.head for column in job.plan.columns}
            faults = [
                RowFault(row.number, heads.get(fault.key or "", fault.key), fault.text)
                for fault in error.faults
            ]
            return Done(row.number, found.fall, found.day, faults=tuple(faults))
        except EvaluationError as error:
            return Done(row.number, found.fall, found.day, faults=(RowFault(row.number, None, error.text),))
        return Done(row.number, found.fall, found.day, lines, near)

    def completed(self, profile: Profile, line: Line) -> Line:
        """The line; where it may come to be shown as expected, with what is missing."""
        if line.fehlend or line.voraussichtlich not in PERMISSIONS or self.unsaid < 1:
            return line
        self.unsaid -= 1
        (whole,) = screen(self.book, profile, [line.ziel])
        return whole


# --- several processes ----------------------------------------------------------------------


class _Worker:
    """What a process keeps from chunk to chunk."""

    checker: ClassVar[_Checker]


def _begin(job: Job) -> None:
    """Open the rule book in a new process; the interrupt key is the business of the first one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from wegweiser import engine

    _Worker.checker = _Checker(job, engine.open_book(job.rulebook, job.cache))


def _work(rows: list[Row]) -> list[Done]:
    return [_Worker.checker.check(row) for row in rows]


@contextmanager
def _deaf() -> Iterator[None]:
    """Put the interrupt key off while a process may be started: it inherits that, and never hears it.

    Where signals cannot be put off (Windows) a process that is only starting may say that it was interrupted.
    """
    mask = getattr(signal, "pthread_sigmask", None)
    before = mask(signal.SIG_BLOCK, (signal.SIGINT,)) if mask is not None else ()
    try:
        yield
    finally:
        if mask is not None:
            mask(signal.SIG_SETMASK, before)


def _spread(job: Job, chunks: Iterator[list[Row]], processes: int) -> Iterator[Done]:
    """Send chunks to processes, a few ahead, and take the results in order.

    Processes are started afresh, not forked: libraries that read tables have threads of their own.
    """
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(job,)
    )
    waiting: deque[Future[list[Done]]] = deque()
    try:
        for chunk in chunks:
            with _deaf():
                waiting.append(pool.submit(_work, chunk))
            if len(waiting) >= _AHEAD * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        broken = Text(
            "ein Prozess ist ausgefallen (zu wenig Speicher?); --prozesse 1 braucht am wenigsten",
            "a process has died (not enough memory?); --processes 1 takes least",
        )
        raise EvaluationError(broken) from error
    except BaseException:  # interrupted: nobody waits for the rows under way
        for process in active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
