"""`zeitplan --json`: the timeline as a document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wegweiser.cli.json_out import answer_json
from wegweiser.cli.timeline_events import events

if TYPE_CHECKING:
    from wegweiser.engine.causes import Cause
    from wegweiser.engine.schedules import Schedule

__all__ = ["SCHEMA", "schedule_json"]

SCHEMA = "wegweiser.zeitplan/1"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def schedule_json(schedule: Schedule, name: str, fall: str | None, lang: str) -> dict[str, Any]:
    """The timeline, by target and by day."""
    receipt = schedule.receipt
    return {
        "schema": SCHEMA,
        "profil": name,
        "fall": fall,
        "stichtag": schedule.day.isoformat(),
        "bis": _day(schedule.until),
        "beleg": {
            "regelwerk": receipt.regelwerk,
            "hash": receipt.hash,
            "rechtsstand": receipt.rechtsstand.isoformat(),
            "fakten": receipt.fakten,
        },
        "ziele": [
            {
                "ziel": course.ziel,
                "verlauf": [
                    {
                        "tag": step.day.isoformat(),
                        "ab_wandert": step.moving,
                        "ergebnis": answer_json(step.answer, lang),
                    }
                    for step in course.steps
                ],
            }
            for course in schedule.courses
        ],
        "ereignisse": [
            {
                "tag": event.day.isoformat(),
                "art": event.kind,
                "ziele": list(event.ziele),
                "fakt": event.fakt or None,
                "ursachen": [_cause(one) for one in event.change.causes] if event.change is not None else [],
            }
            for event in events(schedule)
        ],
        "endet": None
        if schedule.ends is None
        else {
            "tag": schedule.ends[0].isoformat(),
            "gruende": [fault.text.get(lang) for fault in schedule.ends[1]],
        },
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "art": cause.kind,
        "fakt": cause.fact or None,
        "seit": _day(cause.since),
        "frist_art": cause.op or None,
        "frist": cause.period or None,
        "name": cause.name or None,
        "normen": list(cause.normen),
    }
