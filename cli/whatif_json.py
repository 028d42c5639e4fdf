"""`was-waere-wenn --json`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wegweiser.cli.json_out import answer_json
from wegweiser.cli.whatif_case import changed_answers

if TYPE_CHECKING:
    from wegweiser.cli.whatif_case import Case
    from wegweiser.engine.book import Book
    from wegweiser.engine.obstacles import Obstacle
    from wegweiser.engine.whatif import Step, Way, Ways

__all__ = ["SCHEMA", "what_if_json"]

SCHEMA = "wegweiser.was_waere_wenn/1"


def what_if_json(book: Book, case: Case, name: str, lang: str) -> dict[str, Any]:
    """The whole document."""
    receipt = case.before.receipt
    pairs = changed_answers(case)
    return {
        "schema": SCHEMA,
        "profil": name,
        "fall": case.told.fall,
        "stichtag": case.before.day.isoformat(),
        "beleg": {
            "regelwerk": receipt.regelwerk,
            "hash": receipt.hash,
            "rechtsstand": receipt.rechtsstand.isoformat(),
            "fakten": receipt.fakten,
        },
        "setze": case.changes,
        "fakten_geaendert": case.after.receipt.fakten,
        "aenderungen": [
            {
                "ziel": before.ziel,
                "vorher": answer_json(before, lang),
                "nachher": answer_json(after, lang),
                "unterschiede": keys,
            }
            for before, after, keys in pairs
        ],
        "gleich": len(case.before.answers) - len(pairs),
        "hoechstens": case.most,
        "wege": [_ways(book, ways, lang) for ways in case.ways],
    }


def _ways(book: Book, ways: Ways, lang: str) -> dict[str, Any]:
    return {
        "ziel": ways.answer.ziel,
        "ohne_aenderung": answer_json(ways.answer, lang),
        "offen_ab": _plain(ways.day),
        "aenderbar": list(ways.facts),
        "angenommen": list(ways.assumed),
        "erst_klaeren": list(ways.ask),
        "wege": [_way(book, way, lang) for way in ways.ways],
        "hindernisse": [_obstacle(one, lang) for one in ways.obstacles],
    }


def _way(book: Book, way: Way, lang: str) -> dict[str, Any]:
    return {
        "schritte": [_step(book, step) for step in way.steps],
        "ab": _plain(way.day),
        "moeglich": list(way.outcomes),
        "antwort": answer_json(way.answer, lang),
    }


def _step(book: Book, step: Step) -> dict[str, Any]:
    money = book.vocabulary.fact(step.fact).typ == "geld"
    spans = [{"von": _plain(low, money=money), "bis": _plain(high, money=money)} for low, high in step.spans]
    return {"fakt": step.fact, "werte": list(step.values), "bereiche": spans, "bekannt": step.known}


def _plain(value: int | date | None, *, money: bool = False) -> float | str | None:
    """A value as a profile has it: days as text, amounts in euros."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or not money else value / 100


def _obstacle(one: Obstacle, lang: str) -> dict[str, Any]:
    return {
        "regel": one.rule,
        "art": "verbot" if one.bars else "voraussetzung",
        "text": one.because.get(lang),
        "normen": list(one.normen),
        "fakten": list(dict.fromkeys(reason.name for reason, _ in one.conditions)),
    }
