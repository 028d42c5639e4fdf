"""What the law asks of whoever employs a person: which duties hold for an activity, and which may."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from wegweiser.engine.answers import Reason
from wegweiser.engine.book import Book, Condition, in_force
from wegweiser.engine.text import Text
from wegweiser.engine.truth import Truth

__all__ = ["PHASES", "Consequence", "Duty", "Phase", "duties_for", "duty_citations"]

Phase = Literal["vor_vertrag", "vor_beginn", "waehrend", "ende"]
PHASES: tuple[Phase, ...] = ("vor_vertrag", "vor_beginn", "waehrend", "ende")


class Consequence(NamedTuple):
    """What follows where a duty is not met."""

    text: Text
    normen: tuple[str, ...]


class Duty(NamedTuple):
    """One duty, or one piece of advice, that holds or may hold."""

    id: str
    kind: Literal["duty", "advice"]
    phase: Phase
    was: Text
    falls: tuple[Text, ...]
    """What it depends on that nobody has told; empty where it holds for certain."""
    frist: Text | None
    form: Text | None
    normen: tuple[str, ...]
    folge: tuple[Consequence, ...]


def duties_for(book: Book, truth: Truth, target: str, approval: str | None) -> tuple[Duty, ...]:
    """The duties on a target by phase and rank; `approval` is what is known of the BA's approval."""
    found: list[tuple[int, bool, int, int, Duty]] = []
    for entry in book.data["duties"]:
        if target not in entry["targets"] or not in_force(entry, truth.day):
            continue
        holds = True if entry["when"] is None else _holds(entry["when"], truth, target, approval)
        if holds is False:
            continue
        depends = [entry["case"]] if entry["case"] else []
        if holds is None:
            depends.append(entry["falls"])
        duty = Duty(
            entry["id"],
            entry["kind"],
            entry["phase"],
            Text(*entry["was"]),
            tuple(Text(*one) for one in depends),
            _text(entry["frist"]),
            _text(entry["form"]),
            tuple(entry["normen"]),
            tuple(Consequence(Text(*one["text"]), tuple(one["normen"])) for one in entry["folge"]),
        )
        found.append((PHASES.index(duty.phase), bool(duty.falls), entry["rank"], len(found), duty))
    return tuple(duty for *_, duty in sorted(found, key=lambda each: each[:4]))


def _holds(condition: Condition, truth: Truth, target: str, approval: str | None) -> bool | None:
    """Truth of a condition, with the exact conclusion on approval in place of its bound."""
    kind = condition[0]
    if kind == "ba":
        return None if approval == "unklar" else approval in condition[1]
    if kind == "not":
        inner = _holds(condition[1], truth, target, approval)
        return None if inner is None else not inner
    if kind in ("all", "any"):
        parts = [_holds(part, truth, target, approval) for part in condition[1:]]
        decisive = kind == "any"
        return decisive if decisive in parts else None if None in parts else not decisive
    reason: Reason = truth.reason(condition, target)
    return reason.truth


def _text(entry: list[str] | None) -> Text | None:
    return None if entry is None else Text(*entry)


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def duty_citations(book: Book) -> list[dict[str, object]]:
    """Every duty in each wording with all its citations, for checking them against the law."""
    return [
        {
            "id": entry["id"],
            "normen": [*entry["normen"], *(norm for one in entry["folge"] for norm in one["normen"])],
            "gilt_ab": _day(entry["from"]),
            "gilt_bis": _day(entry["to"]),
        }
        for entry in book.data["duties"]
    ]
