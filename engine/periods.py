"""Periods and days: the one place that counts time (§§ 187–193 BGB as the contract reads them).

Days are proleptic Gregorian ordinals (`date.toordinal`), so that they compare as numbers.
A rule knows five kinds of period on a date D:

    since   a state that began on D has lasted n months; D counts. Holds from the day with the
            same number n months later, or from the first day of the next month where there is
            no such day.
    after   n months after an event on D; D does not count. The period ends with the day of the
            same number (or the last day of the month); holds from the day after.
    month_after  as `after`, but what ends with the period goes on to the end of that month: holds
            from the first day of the month after the day from which `after` holds.
    month_since  as `since`, but what ends when the period is complete goes on to the end of that
            month: holds from the first day of the month after the last day of the period.
    before  at most n months before D, or later. Holds from the day with the same number n months
            earlier, or from the last day of that month where there is none.

`turn` gives the day from which such a condition holds, `reach` the latest D for which it holds on
a given day; both never decrease, which the exact reasoning relies on.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

__all__ = ["FAR", "KINDS", "NEVER", "Period", "near", "reach", "turn"]

KINDS = ("since", "month_since", "after", "month_after", "before")

NEVER = date.max.toordinal() + 1
"""A day that does not come: later than every date that a calendar can name."""

FAR = date(9000, 1, 1).toordinal()
"""Stands for 'however late' where an unknown date has no latest value. Results on or after it
mean that there is no day from which something is certain."""

_SLACK, _MONTH = 3.0, 31.0
"""Days by which months of different length shift the end of a period, and the longest month."""
_FIRST = date.min.toordinal()
_ISO = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,3})W)?(?:(\d{1,5})D)?")


class Period(NamedTuple):
    """A duration in whole months and whole days; years are twelve months, weeks seven days."""

    months: int
    days: int

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """The period that an ISO 8601 duration names (`P3M`, `P4Y`, `P14D`), or None."""
        match = _ISO.fullmatch(text)
        if match is None:
            return None
        years, months, weeks, days = (int(group or 0) for group in match.groups())
        return cls(12 * years + months, 7 * weeks + days)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        text += f"{self.days}D" if self.days or not text else ""
        return "P" + text


def _month_start(year: int, month: int) -> int:
    """First day of a month that may lie outside 1..12 of `year`; clamped to the calendar."""
    year += (month - 1) // 12
    month = (month - 1) % 12 + 1
    if year > date.max.year:
        return NEVER
    if year < date.min.year:
        return _FIRST
    return date(year, month, 1).toordinal()


@lru_cache(maxsize=1 << 16)
def turn(kind: str, period: Period, day: int) -> int:
    """The first day on which the condition holds for a date `day`; `NEVER` beyond the calendar."""
    if day >= NEVER:
        return NEVER
    d = date.fromordinal(day)
    months, days = period
    sign = -1 if kind == "before" else 1
    start = _month_start(d.year, d.month + sign * months)
    following = _month_start(d.year, d.month + sign * months + 1)
    same = start + d.day - 1
    if kind in ("since", "month_since"):
        result = min(same, following) + days
    else:
        end = min(same, following - 1)
        result = end - days if kind == "before" else end + days + 1
    if kind in ("month_since", "month_after") and result < NEVER:
        # the period of a state is complete on the day before; what ends after an event ends on its day
        last = date.fromordinal(max(_FIRST, result - (kind == "month_since")))
        result = _month_start(last.year, last.month + 1)
    return max(_FIRST, min(result, NEVER))


@lru_cache(maxsize=1 << 16)
def reach(kind: str, period: Period, day: int) -> int:
    """The latest date for which the condition holds on `day` (its `turn` is `day` or earlier)."""
    months, days = period
    guess = (
        day + days + round(months * 30.436875) if kind == "before" else day - days - round(months * 30.436875)
    )
    guess = max(_FIRST, min(guess, NEVER - 1))
    while guess < NEVER - 1 and turn(kind, period, guess + 1) <= day:
        guess += 1
    while guess > _FIRST and turn(kind, period, guess) > day:
        guess -= 1
    return guess


def near(one: tuple[str, Period], other: tuple[str, Period]) -> bool:
    """Whether it can depend on a date which of two periods runs out first, or that they do so together.

    Months differ in length, and what goes on to the end of a month can do so for a whole one.
    """
    low, high = _length(*one)
    other_low, other_high = _length(*other)
    return low <= other_high and other_low <= high


def _length(kind: str, period: Period) -> tuple[float, float]:
    """How many days there are at least and at most between a date and its turn."""
    days = period.months * 30.436875 + period.days
    days = -days if kind == "before" else days
    return days - _SLACK, days + _SLACK + (_MONTH if kind.startswith("month_") else 0)
