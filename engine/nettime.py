"""Where an offer stands in time: it runs, has ended, has not begun, or nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

__all__ = ["Standing", "Status", "runs", "standing", "unsettled"]

Status = Literal["laeuft", "beendet", "noch_nicht_begonnen", "unbekannt"]
Span = Mapping[str, Any]


class Standing(NamedTuple):
    """An offer on a day."""

    status: Status
    ended: date | None = None
    """Its last day, where it has ended and the day is known."""
    opens: date | None = None
    """Where it does not run: the first day of a later time in which it does."""
    certainty: str = ""
    """How sure the source is of the time that counts: belegt, sekundaer, abgeleitet, annahme."""


def runs(span: Span) -> bool:
    """Whether an offer runs in a span: it is not only planned, and its last day is not unknown."""
    return not span["planned"] and (span["to"] is not None or bool(span["running"]))


def unsettled(span: Span) -> bool:
    """Whether the offer ended in a span on a day that nobody knows, but at the latest on a known one."""
    return not span["planned"] and span["latest"] is not None


def standing(spans: Sequence[Span], day: date) -> Standing:
    """Where an offer with these times stands on a day."""
    now = day.toordinal()
    begun = [span for span in spans if not span["planned"] and (span["from"] or 0) <= now]
    for span in begun:
        if runs(span) and now <= (span["to"] or now):
            return Standing("laeuft", certainty=span["certainty"])
        if unsettled(span) and now <= span["latest"]:
            return Standing("unbekannt", certainty=span["certainty"])
    coming = [span for span in spans if runs(span) and (span["from"] or 0) > now]
    first = min(coming, key=lambda span: int(span["from"])) if coming else None
    opens = date.fromordinal(first["from"]) if first else None
    if not begun:
        status: Status = "noch_nicht_begonnen" if first else "unbekannt"
        return Standing(status, opens=opens, certainty=first["certainty"] if first else "")
    last = max(begun, key=lambda span: span["to"] or span["latest"] or 0)
    known = all(span["to"] is not None for span in begun)
    return Standing("beendet", date.fromordinal(last["to"]) if known else None, opens, last["certainty"])
