"""`check --json`: one document a line, names and order as the contract has them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from wegweiser.cli.agenda_text import alerts_json, steps_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wegweiser.cli.terminal import Terminal
    from wegweiser.engine.agenda import Agenda
    from wegweiser.engine.answers import Answer, Report
    from wegweiser.engine.duties import Duty
    from wegweiser.engine.employer import Hiring
    from wegweiser.engine.networks import OfferAnswer

__all__ = ["HIRING_SCHEMA", "SCHEMA", "answer_json", "hiring_json", "json_lines", "offer_json", "report_json"]

SCHEMA = "wegweiser.check/1"
HIRING_SCHEMA = "wegweiser.arbeitgeber/1"


def report_json(
    report: Report,
    agenda: Agenda,
    name: str,
    fall: str | None,
    lang: str,
    offers: Iterable[OfferAnswer] = (),
) -> dict[str, Any]:
    """A report and its agenda as the contract's document, the dangers beside it.

    The offers of networks come after the targets of the law.
    """
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
        "ergebnisse": [
            *(answer_json(answer, lang) for answer in report.answers),
            *(offer_json(one, lang) for one in offers),
        ],
        "schritte": steps_json(agenda, report.day, lang),
        "gefahren": alerts_json(agenda, lang),
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


def offer_json(one: OfferAnswer, lang: str) -> dict[str, Any]:
    """The answer on an offer of a network: a result with its standing in time, and who does the job."""
    return {
        **answer_json(one.answer, lang),
        "zeitstatus": one.standing.status,
        "nachfolge": [text.get(lang) for text in one.nachfolge],
        "regelstruktur": [text.get(lang) for text in one.standard],
        "wieder_ab": _day(one.standing.opens),
        "eingang": one.entry.id if one.entry is not None else None,
        "uebergabe": None
        if one.hand_over is None
        else {"am": one.hand_over.day.isoformat(), "an": one.hand_over.offer.id},
        "geprueft_am": date.fromordinal(one.offer.network["checked"]).isoformat(),
    }


def hiring_json(found: Hiring, name: str | None, fall: str | None, lang: str) -> dict[str, Any]:
    """An answer for an employer as the contract's document; `profil` is null where there is none."""
    receipt = found.receipt
    return {
        "schema": HIRING_SCHEMA,
        "profil": name,
        "fall": fall,
        "stichtag": found.day.isoformat(),
        "ziel": found.ziel,
        "darf_eingestellt_werden": found.verdict,
        "ab": _day(found.ab),
        "zustimmung_ba": found.zustimmung_ba,
        "pflichten": [_duty(duty, lang) for duty in found.duties if duty.kind == "duty"],
        "normen": list(found.normen),
        "fehlend": list(found.fehlend),
        "wirkung": found.effect,
        "moeglich": list(found.moeglich),
        "behoerde_prueft": found.by_authority,
        "auflagen": [{"text": one.text.get(lang), "norm": one.norm} for one in found.auflagen],
        "hinweise": [_duty(duty, lang) for duty in found.duties if duty.kind == "advice"],
        "annahmen": list(found.assumed),
        "beleg": {
            "regelwerk": receipt.regelwerk,
            "hash": receipt.hash,
            "rechtsstand": receipt.rechtsstand.isoformat(),
        },
    }


def _duty(duty: Duty, lang: str) -> dict[str, Any]:
    from wegweiser.cli.words import cited

    return {
        "was": duty.was.get(lang),
        "phase": duty.phase,
        "frist": duty.frist.get(lang) if duty.frist is not None else None,
        "norm": duty.normen[0],
        "folge": " ".join(cited(one.text.get(lang), *one.normen) for one in duty.folge) or None,
        "normen": list(duty.normen),
        "falls": [one.get(lang) for one in duty.falls],
        "papier": duty.form.get(lang) if duty.form is not None else None,
        "pflicht": duty.id,
    }


def json_lines(documents: Iterable[object], terminal: Terminal) -> str:
    """Documents as one line each that the terminal's encoding can hold."""
    plain = terminal.encoding != "utf-8"
    return "".join(json.dumps(one, ensure_ascii=plain, separators=(", ", ": ")) + "\n" for one in documents)
