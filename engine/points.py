"""Finer cells for unknown dates whose order among each other matters.

The relations between days that a timeline can see (a period of one date runs out before, with or after
that of another, or a fixed day) are all of the form 'one never-decreasing function of a date is not
later than another'. Combinations of dates with the same relations are closed under taking the later of
each date, so each has a latest member; in it every date is the last of its cell or tight against
another date. The points collected here contain those, so looking at points loses no order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING

from wegweiser.engine.periods import Period, near, reach, turn
from wegweiser.engine.situation import KEINE

if TYPE_CHECKING:
    from wegweiser.engine.board import Board, Cell

__all__ = ["refined"]

Turn = tuple[str, Period]
"""A kind of period and how long it is."""
_CALENDAR = 1461
"""Days after which the lengths of months repeat (the turn of a century apart)."""


def refined(
    board: Board, names: set[str], *, races: bool = True, most: int | None = None
) -> dict[str, list[Cell]] | None:
    """Cells of one day each for the named unknown dates, enough to realise every order.

    Without `races` only for comparisons of two dates, not for the order in which their periods run out.
    None where that makes more than `most` combinations.
    """
    points = {name: _ends(board, name, races=races) for name in names}
    for x, y, _ in board.situation.orders:
        if x in names and y in board.rank and y not in names:
            points[x] |= {cell.high for cell in board.grid(y) if cell.high != KEINE}
    for _ in names:
        if most is not None and prod(len(_within(board, name, points[name])) for name in names) > most:
            return None
        grown = {name: set(days) for name, days in points.items()}
        for name in names:
            for other in names - {name}:
                for day in points[other]:
                    grown[name] |= set(_against(board, name, other, day, races=races))
        points = grown
    cells = {}
    for name in names:
        cells[name] = [board.cell(name, day, day) for day in sorted(_within(board, name, points[name]))]
        if not board.situation.always(name):
            cells[name].append(board.cell(name, KEINE, KEINE))
    return None if most is not None and prod(map(len, cells.values())) > most else cells


def _within(board: Board, name: str, points: set[int]) -> list[int]:
    """The points that a date can have."""
    low, top = board.situation.earliest(name), board.situation.latest(name)
    return [day for day in points if low <= day <= top]


def _ends(board: Board, name: str, *, races: bool) -> set[int]:
    """The last days of the cells, and in each the last days for every order of its own periods."""
    found = set()
    for cell in board.grid(name):
        if cell.high == KEINE:
            continue
        found.add(cell.high)
        close = _close(cell, board.situation.day) if races else []
        if close:
            seen = set()
            for day in range(cell.high, max(cell.low, cell.high - _CALENDAR) - 1, -1):
                turns = [(turn(*one, day), turn(*other, day)) for one, other in close]
                order = tuple([(a > b) - (a < b) for a, b in turns])
                if order not in seen:
                    seen.add(order)
                    found.add(day)
    return found


def _close(cell: Cell, day: int) -> list[tuple[Turn, Turn]]:
    """Periods of a cell that may run out after a day in one order or the other."""
    turns = [(event.kind, event.period) for event in cell.events if event.high > day]
    return [pair for pair in combinations(turns, 2) if near(*pair)]


def _against(board: Board, name: str, other: str, day: int, *, races: bool) -> Iterator[int]:
    """The latest values of one date that are tight against a value of another."""
    for _, kind, period in board.turns[other] if races else ():
        moment = turn(kind, period, day)
        if moment > board.situation.day:
            for _, own_kind, own_period in board.turns[name]:
                yield reach(own_kind, own_period, moment)
                yield reach(own_kind, own_period, moment - 1)
    for entry in board.compiled.variables.entries[board.first_date :]:
        if entry["kind"] != "pair":
            continue
        period, shift = Period(*entry["period"]), entry["shift"]
        if (entry["fact"], entry["other"]) == (name, other):
            yield turn("after", period, day) - 1 + shift
        if (entry["fact"], entry["other"]) == (other, name):
            yield reach("after", period, day - shift)
    if any((name, other) == (x, y) for x, y, _ in board.situation.orders):
        yield day
