"""What happens on the days of a timeline: changes, first and last days, ends of documents, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from wegweiser.engine.schedules import state

if TYPE_CHECKING:
    from wegweiser.engine.schedules import Change, Schedule

__all__ = ["Event", "Kind", "events"]

Kind = Literal["aenderung", "antrag_ab", "termin", "antrag_bis", "letzter_tag", "ablauf"]
_ORDER: tuple[Kind, ...] = ("aenderung", "antrag_ab", "termin", "antrag_bis", "letzter_tag", "ablauf")
_STRENGTH = {"frei": 4, "anspruch": 3, "soll": 2, "ermessen": 1}
_DAY = timedelta(days=1)


class Event(NamedTuple):
    """One thing that happens on a day.

    kind     aenderung (answers become others), letzter_tag (the last day before answers get worse),
             antrag_ab, antrag_bis (first and last day to apply), ablauf (the last day of a document),
             termin (another day that the profile tells)
    ziele    the targets concerned
    fakt     the fact that tells the day (ablauf, termin)
    change   the change behind it (aenderung, letzter_tag); equal for all targets
    """

    day: date
    kind: Kind
    ziele: tuple[str, ...] = ()
    fakt: str = ""
    change: Change | None = None


def events(schedule: Schedule) -> list[Event]:
    """Everything that happens, in order of time; what happens alike to several targets is one event."""
    found = [*_changes(schedule), *_applications(schedule)]
    found += [
        Event(one.day, "ablauf" if one.expires else "termin", fakt=one.fact) for one in schedule.documents
    ]
    return sorted(found, key=lambda one: (one.day, _ORDER.index(one.kind)))


def _changes(schedule: Schedule) -> Iterator[Event]:
    groups: dict[object, list[Change]] = {}
    for change in schedule.changes:
        key = (change.day, state(change.before), state(change.after), change.causes)
        groups.setdefault(key, []).append(change)
    for group in groups.values():
        change, ziele = group[0], tuple(one.ziel for one in group)
        yield Event(change.day, "aenderung", ziele, change=change)
        if _STRENGTH.get(change.before.ergebnis, 0) > _STRENGTH.get(change.after.ergebnis, 0):
            yield Event(change.day - _DAY, "letzter_tag", ziele, change=change)


def _applications(schedule: Schedule) -> Iterator[Event]:
    groups: dict[tuple[date, Kind], dict[str, None]] = {}
    for course in schedule.courses:
        for step in course.steps:
            days: tuple[tuple[Kind, date | None], ...] = (
                ("antrag_ab", step.answer.antrag_ab),
                ("antrag_bis", step.answer.antrag_bis),
            )
            for kind, day in days:
                if (
                    day is not None
                    and schedule.day <= day
                    and (schedule.until is None or day <= schedule.until)
                ):
                    groups.setdefault((day, kind), {}).setdefault(course.ziel)
    for (day, kind), ziele in groups.items():
        yield Event(day, kind, tuple(ziele))
