"""The timeline as a calendar (RFC 5545) that says nothing about the person.

An entry holds the target and its answers, norms, and nothing of the profile but the day on which it
happens: no label, no path, no values. The UID is made of the entry itself, so that a later calendar
of the same person replaces entries instead of doubling them.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING

from wegweiser.cli.settings import UsageError
from wegweiser.cli.timeline_events import Event, events
from wegweiser.cli.timeline_page import headline
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.book import Book
    from wegweiser.engine.schedules import Schedule

__all__ = ["calendar_text", "require_library"]

_MISSING = Text(
    "--ics braucht das Paket icalendar: pip install 'wegweiser[kalender]'",
    "--ics needs the package icalendar: pip install 'wegweiser[kalender]'",
)
_NOTICE = Text(
    "Hilfsmittel, keine Rechtsberatung. Gilt nur, wenn sich sonst nichts ändert.",
    "A tool, no legal advice. Holds only if nothing else changes.",
)


def require_library(command: str) -> None:
    """Raise UsageError where the library is not installed."""
    if find_spec("icalendar") is None:
        raise UsageError(_MISSING, command)


def calendar_text(book: Book, schedule: Schedule, lang: str, now: datetime) -> str:
    """The calendar; `now` (with a time zone) is when it is made."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//wegweiser//zeitplan//DE")
    calendar.add("version", "2.0")
    for event in events(schedule):
        if event.kind == "termin":
            continue  # a day of the person's own, not of the law
        entry = icalendar.Event()
        entry.add("uid", _uid(event))
        entry.add("dtstamp", now)
        entry.add("dtstart", event.day)
        entry.add("dtend", event.day + timedelta(days=1))
        entry.add("summary", headline(book, event, lang))
        entry.add("description", _description(event, lang))
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    told: bytes = calendar.to_ical()
    return told.decode()


def _uid(event: Event) -> str:
    told = "|".join([event.day.isoformat(), event.kind, event.fakt, *event.ziele])
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@wegweiser.invalid"


def _description(event: Event, lang: str) -> str:
    """The norms, without what they ask of the person."""
    causes = event.change.causes if event.kind == "aenderung" and event.change is not None else ()
    normen = ", ".join(dict.fromkeys(norm for cause in causes for norm in cause.normen))
    return "\n".join([*([normen] if normen else []), _NOTICE.get(lang)])
