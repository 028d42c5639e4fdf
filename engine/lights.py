"""The light of an answer: a word for how it stands on a day. How it is shown is up to others."""

from __future__ import annotations

from datetime import date

from wegweiser.engine.answers import Answer, Expected

__all__ = ["LIGHTS", "NOT_TREATED", "expected_light", "is_treated", "light", "within_a_year"]

LIGHTS = ("gruen", "gelb", "rot", "offen", "nichts")
"""Every light; `nichts` where there is nothing to decide."""

NOT_TREATED = ("nicht_behandelt", "vor_rechtsstand")
"""Reasons that say something about the rule book, not about the person."""

_NOW = {"frei": "gruen", "anspruch": "gruen", "soll": "gruen", "ermessen": "gelb"}


def within_a_year(later: date, today: date) -> bool:
    """Whether `later` is at most twelve months after `today`."""
    limit = (today.year + 1, today.month, today.day)
    return (later.year, later.month, later.day) <= limit


def _light(outcome: str, ab: date | None, grund: str | None, today: date) -> str:
    if outcome in _NOW:
        return _NOW[outcome]
    if outcome == "noch_nicht":
        if ab is None:
            return "offen"  # it will come, and the day hangs on facts that are missing
        return "gelb" if within_a_year(ab, today) else "rot"
    if outcome == "nein":
        return "nichts" if grund == "nicht_noetig" else "rot"
    return "offen"


def light(answer: Answer, today: date) -> str:
    """`gruen`, `gelb`, `rot`, `offen`, or `nichts` where there is nothing to decide."""
    return _light(answer.ergebnis, answer.ab, answer.grund, today)


def expected_light(expected: Expected, today: date) -> str:
    """The light that everything usual would give."""
    return _light(expected.ergebnis, expected.ab, None, today)


def is_treated(answer: Answer) -> bool:
    """Whether the rule book has an answer at all."""
    return answer.grund not in NOT_TREATED
