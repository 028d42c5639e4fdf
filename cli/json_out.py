"""`check --json`: one document a line, names and order as the contract has them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wegweiser.engine.answers import Answer, Report

__all__ = ["SCHEMA", "answer_json", "json_line", "report_json"]

SCHEMA = "wegweiser.check/1"


def report_json(report: Report, name: str, fall: str | None, lang: str) -> dict[str, Any]:
    """A report as the contract's document."""
    receipt = report.receipt
    return {
        "schema": SCHEMA,
        "profil": name,
        "fall": fall,
        "stichtag": report.day.isoformat(),
        "angebote_am": report.angebote_am.isoformat(),
        "beleg": {
            "regelwerk": receipt.regelwerk,
            "hash": receipt.hash,
            "rechtsstand": receipt.rechtsstand.isoformat(),
            "fakten": receipt.fakten,
        },
        "ergebnisse": [answer_json(answer, lang) for answer in report.answers],
        "schritte": [],
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def answer_json(answer: Answer, lang: str) -> dict[str, Any]:
    """One answer as the contract's result."""
    # where everything usual gives an answer, the days and the approval are those of that answer
    expected = answer.voraussichtlich
    dated = answer if expected is None else expected
    return {
        "ziel": answer.ziel,
        "ergebnis": answer.ergebnis,
        "grund": answer.grund,
        "ab": _day(dated.ab),
        "dann": dated.dann,
        "bis": _day(dated.bis),
        "ab_fehlend": list(answer.ab_fehlend),
        "antrag_ab": _day(answer.antrag_ab),
        "antrag_bis": _day(answer.antrag_bis),
        "zustimmung_ba": dated.zustimmung_ba,
        "zustimmung_fehlend": list(answer.zustimmung_fehlend),
        "normen": list(answer.normen),
        "regeln": list(answer.regeln),
        "durch": list(answer.durch),
        "fehlend": list(answer.fehlend),
        "moeglich": list(answer.moeglich),
        "voraussichtlich": None if expected is None else expected.ergebnis,
        "annahmen": list(answer.annahmen),
        "auflagen": [{"text": one.text.get(lang), "norm": one.norm} for one in answer.auflagen],
        "hinweise": [
            {"art": one.art, "text": one.text.get(lang), "norm": one.norm, "andere_lesart": one.andere_lesart}
            for one in answer.hinweise
        ],
        "beginn_gesichert": answer.beginn_gesichert,
    }


def json_line(document: object, encoding: str) -> str:
    """A document as one line that the encoding can hold."""
    return json.dumps(document, ensure_ascii=encoding != "utf-8", separators=(", ", ": ")) + "\n"
