"""Open questions of law on titles for training and work show on the answers that they touch, on no others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from wegweiser.engine import Book, Profile, check

DAY = date(2026, 11, 22)
Facts = dict[str, Any]

GEDULDET: Facts = {
    "aufenthaltsstatus": "duldung",
    "duldungsart": "allgemein",
    "asylverfahren_stand": "abgelehnt_rechtskraeftig",
    "asylfolgeantrag": False,
    "berufsabschluss": "deutsch_qualifiziert",
    "hochschulabschluss": "keiner",
    "stelle_vorhanden": True,
    "stelle_qualifikation": "fachkraft",
    "stelle_passt_zur_qualifikation": True,
    "lebensunterhalt_gesichert": True,
    "wohnraum_ausreichend": True,
    "deutschniveau": "b1",
    "identitaet_geklaert": True,
    "passpflicht_erfuellt": True,
    "abschiebungshindernis_selbst_verschuldet": False,
    "straftat_ausschluss": False,
    "jugendstrafe_ausschluss": False,
    "extremismus_bezug": False,
    "ausweisung_oder_abschiebungsanordnung": False,
}
HUMANITAER: Facts = {
    **{fact: value for fact, value in GEDULDET.items() if fact != "duldungsart"},
    "aufenthaltsstatus": "aufenthaltserlaubnis",
    "titel_norm": "§ 25 Abs. 5",
}
SPERRE: Facts = {"asyl_ablehnung": "offensichtlich_unbegruendet", "asyl_ou_titelsperre": True}
NACH_AUSBILDUNG: Facts = {"duldungsart": "ausbildungsduldung_60c"}
KARTE: Facts = {
    **{fact: value for fact, value in HUMANITAER.items() if fact != "asylverfahren_stand"},
    "titel_norm": "§ 16b",
    "asylverfahren_stand": "kein_verfahren",
    "geburtsdatum": date(1995, 3, 3),
    "hochschulabschluss": "deutsch",
    "stelle_bruttojahresgehalt": 60000,
}

SHOWN = [
    # D 3
    ("ae_qualifiziert_geduldet_19d", "fehlt eine Übergangsregel", GEDULDET | SPERRE, GEDULDET),
    # D 8
    ("ae_fachkraft_18a_18b", "schon einen anderen Titel bekommen", HUMANITAER, GEDULDET),
    ("ae_erfahrung_19c", "schon einen anderen Titel bekommen", HUMANITAER, GEDULDET),
    # D 14
    (
        "ae_qualifiziert_geduldet_19d",
        "nach dem Jugendstrafrecht",
        GEDULDET | {"verurteilung_vorsatz": True},
        GEDULDET,
    ),
    (
        "ae_qualifiziert_geduldet_19d",
        "nach dem Jugendstrafrecht",
        HUMANITAER | {"verurteilung_vorsatz": True},
        HUMANITAER,
    ),
    (
        "ae_qualifiziert_geduldet_19d",
        "nach dem Jugendstrafrecht",
        GEDULDET | NACH_AUSBILDUNG | {"verurteilung_vorsatz": True},
        GEDULDET | NACH_AUSBILDUNG,
    ),
    # D 15
    ("ae_qualifiziert_geduldet_19d", "Ein Folgeantrag läuft", GEDULDET | {"asylfolgeantrag": True}, GEDULDET),
    (
        "ae_qualifiziert_geduldet_19d",
        "Ein Folgeantrag läuft",
        HUMANITAER | {"asylfolgeantrag": True},
        HUMANITAER,
    ),
    # D 16
    ("blaue_karte_18g", "Die Beträge für 2027", KARTE, KARTE | {"hochschulabschluss": "keiner"}),
    (
        "ae_fachkraft_18a_18b",
        "Die Beträge für 2027",
        KARTE | {"geburtsdatum": date(1980, 1, 1), "stelle_bruttojahresgehalt": 40000},
        KARTE,
    ),
]


def shows(book: Book, facts: Facts, target: str, words: str, day: date = DAY) -> bool:
    answer = check(book, Profile.from_facts(facts, book.vocabulary, day), [f"aufenthalt.{target}"]).answers[0]
    return any(words in note.text.de for note in answer.hinweise)


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


@pytest.mark.parametrize(("target", "words", "who", "others"), SHOWN)
def test_open_questions_show_where_they_matter(
    book: Book, target: str, words: str, who: Facts, others: Facts
) -> None:
    assert shows(book, who, target, words)
    assert not shows(book, others, target, words)


def test_the_missing_transition_is_a_question_only_since_the_reform(book: Book) -> None:
    target, words = "ae_qualifiziert_geduldet_19d", "fehlt eine Übergangsregel"
    assert not shows(book, GEDULDET | SPERRE, target, words, date(2026, 6, 11))
    assert shows(book, GEDULDET | SPERRE, target, words, date(2026, 6, 12))
