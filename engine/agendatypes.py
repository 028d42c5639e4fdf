"""What an agenda consists of: dangers, steps, and what opens once steps are done."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from wegweiser.engine.answers import Answer
from wegweiser.engine.text import Text

__all__ = ["Agenda", "Alert", "Prospect", "Todo"]


class Alert(NamedTuple):
    """Something that cannot wait."""

    rule: str
    text: Text
    """Where `day` is known, `{tag}` in it stands for that day."""
    day: date | None
    normen: tuple[str, ...]


class Todo(NamedTuple):
    """One step."""

    rule: str
    was: Text
    wer: Text
    wo: Text
    papier: Text | None
    first: date | None
    """The first day on which it can be done; None: at once, or not known."""
    last: date | None
    """The last day on which it can be done."""
    frist: Text | None
    """When it is due, in words."""
    normen: tuple[str, ...]
    office: str | None
    """The name of the office in the rule book; None where the step says in words where to go."""


class Prospect(NamedTuple):
    """A target that is closed today and opens, now or later, once steps have brought a change about."""

    change: tuple[tuple[str, Any], ...]
    """Facts, and what they will be."""
    answer: Answer
    """The answer then."""


class Agenda(NamedTuple):
    """Dangers by rank, and steps in the order in which they must happen."""

    alerts: tuple[Alert, ...]
    steps: tuple[Todo, ...]
    fired: tuple[str, ...]
    """The ids of all rules that fired, in the order of the book."""
    atoms: tuple[str, ...]
    """The atoms that held before any rule fired, in the order of the book."""
    prospects: tuple[Prospect, ...]
    """What opens once steps are done, in the order in which the book asks for it."""
