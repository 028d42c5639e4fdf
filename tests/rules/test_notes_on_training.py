"""Dangers and open questions of the ways through training and work show where they matter, nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from wegweiser.engine import Book, Profile, check

DAY = date(2026, 11, 22)
LAWS = Path(__file__).parents[2] / "rules/laws/aufenthg"
Facts = dict[str, Any]


def profile(section: str, name: str) -> Facts:
    """The facts of a profile of a law file."""
    facts: Facts = yaml.safe_load((LAWS / f"p{section}.yaml").read_text(encoding="utf-8"))["profiles"][name]
    return facts


AUSBILDUNG = profile("60c", "bewerbung")
ARBEIT = profile("60d", "arbeit") | {
    "einreise_zum_leistungsbezug": False,
    "abschiebungshindernis_selbst_verschuldet": False,
}
JUNG = profile("25a", "geduldet")
CHANCE = profile("25a", "chance")
INTEGRIERT = profile("25b", "geduldet")
SPERRE: Facts = {"asyl_ablehnung": "offensichtlich_unbegruendet", "asyl_ou_titelsperre": True}
ZU_SPAET: Facts = {"identitaet_geklaert_am": date(2025, 1, 1)}
SINGLE: Facts = {"kinder_unter_18": 0, "familienstand": "ledig"}
KARTE: Facts = {
    **{fact: value for fact, value in AUSBILDUNG.items() if fact not in ("duldungsart", "duldung_seit")},
    "aufenthaltsstatus": "aufenthaltserlaubnis",
    "aufenthaltserlaubnis_seit": date(2024, 9, 1),
    "titel_norm": "§ 16g Abs. 1",
    "titel_gueltig_bis": date(2027, 8, 31),
}
BEANTRAGT: Facts = {"antrag_60c_16g_am": date(2026, 11, 2)}
SPAET: Facts = {"identitaet_geklaert_am": date(2023, 1, 1)}
FRUEHER: Facts = {"ausbildung_bereits_im_asylverfahren_begonnen": True, "duldung_seit": date(2026, 11, 20)}
ZUSATZ: Facts = {"duldungsart": "ungeklaerte_identitaet_60b"}
ERTEILT: Facts = {"duldungsart": "beschaeftigungsduldung_60d", "titel_gueltig_bis": DAY}
NICHT_ENDGUELTIG: Facts = {
    "staatsangehoerigkeit": "RS",
    "asylverfahren_stand": "abgelehnt_nicht_rechtskraeftig",
}

SHOWN = [
    *(
        (target, "noch kein Antrag gestellt", AUSBILDUNG | who, AUSBILDUNG | who | BEANTRAGT)
        for target in ("ausbildungsduldung_60c", "ae_ausbildung_16g")
        for who in ({}, {"ausbildung_beginn": date(2027, 9, 1)}, SPAET, FRUEHER, FRUEHER | SPAET)
    ),
    # D 4
    (
        "ausbildungsduldung_60c",
        "Der Wortlaut ist seit dem 12.06.2026 verunglückt",
        AUSBILDUNG | {"dublin_verfahren": True},
        AUSBILDUNG,
    ),
    # D 5
    *(
        (
            "ae_ausbildung_16g",
            "Wechsel aus einer laufenden Ausbildung",
            AUSBILDUNG | way | {"duldungsart": "ausbildungsduldung_60c"},
            AUSBILDUNG | way,
        )
        for way in ({}, FRUEHER)
    ),
    # D 14
    *(
        (
            target,
            "Maßnahmen des Jugendgerichts",
            who | {"straftat_ausschluss": True, "jugendstrafe_ausschluss": False},
            who | {"straftat_ausschluss": True, "jugendstrafe_ausschluss": True},
        )
        for target, who in (
            ("ausbildungsduldung_60c", AUSBILDUNG),
            ("ae_ausbildung_16g", AUSBILDUNG),
            ("beschaeftigungsduldung_60d", ARBEIT),
        )
    ),
    *(
        (
            target,
            "Ablehnung ist noch nicht endgültig",
            AUSBILDUNG | NICHT_ENDGUELTIG,
            AUSBILDUNG | {"staatsangehoerigkeit": "RS"},
        )
        for target in ("ausbildungsduldung_60c", "ae_ausbildung_16g")
    ),
    ("ausbildungsduldung_60c", "gilt § 60b nicht", AUSBILDUNG | ZUSATZ | BEANTRAGT, AUSBILDUNG | ZUSATZ),
    (
        "beschaeftigungsduldung_60d",
        "Beim Antrag war die Identität noch nicht geklärt",
        ARBEIT | {"antrag_60d_am": date(2023, 2, 9)},
        ARBEIT | {"antrag_60d_am": date(2023, 2, 10)},
    ),
    ("beschaeftigungsduldung_60d", "ein Arbeitsverbot", ARBEIT | {"staatsangehoerigkeit": "RS"}, ARBEIT),
    (
        "beschaeftigungsduldung_60d",
        "muss die Duldung widerrufen",
        ARBEIT | ERTEILT | {"beschaeftigt_seit": "keine"},
        ARBEIT | ERTEILT,
    ),
    *(
        (
            "ae_ausbildung_16g",
            "muss die Behörde die Aufenthaltserlaubnis widerrufen",
            KARTE | {conviction: True},
            KARTE,
        )
        for conviction in ("straftat_ausschluss", "jugendstrafe_ausschluss")
    ),
    # three months of toleration at the application
    *(
        (
            target,
            "noch keine drei Monate mit Duldung um",
            AUSBILDUNG | who | {"antrag_60c_16g_am": date(2024, 7, 31)},
            AUSBILDUNG | who | {"antrag_60c_16g_am": date(2024, 8, 1)},
        )
        for target in ("ausbildungsduldung_60c", "ae_ausbildung_16g")
        for who in ({}, SPAET)
    ),
    *(
        (
            target,
            "noch keine drei Monate mit Duldung um",
            AUSBILDUNG | SPAET | {"antrag_60c_16g_am": date(2024, 7, 31)},
            AUSBILDUNG | FRUEHER | SPAET | {"antrag_60c_16g_am": date(2026, 11, 21)},
        )
        for target in ("ausbildungsduldung_60c", "ae_ausbildung_16g")
    ),
    # § 60d Abs. 2, Abs. 3 Satz 1
    *(
        (
            "beschaeftigungsduldung_60d",
            "bekommen dieselbe Duldung",
            ARBEIT | {**SINGLE, **family},
            ARBEIT | SINGLE,
        )
        for family in (
            {"kinder_unter_18": 1},
            {"familienstand": "verheiratet"},
            {"familienstand": "lebenspartnerschaft"},
        )
    ),
    *(
        (
            "beschaeftigungsduldung_60d",
            "muss die Duldung widerrufen",
            ARBEIT | ERTEILT | fallen,
            ARBEIT | ERTEILT | kept,
        )
        for fallen, kept in (
            ({"wochenstunden": 19}, {"wochenstunden": 20}),
            ({"jugendstrafe_ausschluss": True}, {}),
        )
    ),
    # what is dangerous with the claim is so at discretion too
    *(
        (target, words, who | {**milde, **fact}, who | milde)
        for milde in ({"passpflicht_erfuellt": False}, SPERRE)
        for target, who, words, fact in (
            ("ae_25a", JUNG, "eigener Täuschung", {"abschiebungshindernis_selbst_verschuldet": True}),
            ("ae_25a", JUNG, "Konkrete Hinweise gegen das Bekenntnis", {"bekenntnis_fdgo": False}),
            (
                "ae_25a",
                CHANCE | {"bekenntnis_fdgo": True},
                "Konkrete Hinweise gegen das Bekenntnis",
                {"bekenntnis_fdgo": False},
            ),
            ("ae_25a", JUNG, "Asylfolgeantrag läuft", {"asylfolgeantrag": True}),
            ("ae_25b", INTEGRIERT, "Asylfolgeantrag läuft", {"asylfolgeantrag": True}),
            ("ae_25b", INTEGRIERT, "Auch früheres Verhalten", {"taeuschung_wiederholt": True}),
        )
    ),
    *(
        (
            "ae_25a",
            "Asylfolgeantrag läuft",
            JUNG | {**milde, "asylfolgeantrag": True},
            CHANCE | {**milde, "asylfolgeantrag": True},
        )
        for milde in ({"passpflicht_erfuellt": False}, SPERRE)
    ),
    *(
        (
            "beschaeftigungsduldung_60d",
            words,
            ARBEIT | {**SINGLE, **ZU_SPAET, **fact},
            ARBEIT | SINGLE | ZU_SPAET,
        )
        for words, fact in (
            ("ein Arbeitsverbot", {"staatsangehoerigkeit": "RS"}),
            ("bekommen dieselbe Duldung", {"kinder_unter_18": 1}),
        )
    ),
    # § 16g Abs. 5: the card has run out, no passport
    *(
        ("ae_ausbildung_16g", words, KARTE | search | who, KARTE | search)
        for search in (
            {"ausbildung_abgebrochen_am": date(2026, 8, 1), "titel_gueltig_bis": DAY},
            {
                "aufenthaltsstatus": "fiktion_fortgeltung",
                "titel_gueltig_bis": date(2026, 11, 21),
                "berufsabschluss": "deutsch_qualifiziert",
                "berufsabschluss_am": date(2026, 8, 1),
                "stelle_vorhanden": False,
            },
        )
        for words, who in (
            (
                "Die Karte ist abgelaufen",
                {"aufenthaltsstatus": "aufenthaltserlaubnis", "titel_gueltig_bis": date(2026, 11, 21)},
            ),
            ("Ohne Pass kann die Verlängerung scheitern", {"passpflicht_erfuellt": False}),
        )
    ),
    # § 16g Abs. 9, § 25a Abs. 2
    (
        "ae_ausbildung_16g",
        "wenn das Arbeitsverhältnis aus Gründen endet",
        KARTE | {"titel_norm": "§ 16g Abs. 8"},
        KARTE,
    ),
    *(
        (
            "ae_25a",
            "können ihre Eltern",
            who | {"geburtsdatum": date(2008, 11, 23)},
            who | {"geburtsdatum": date(2008, 11, 22)},
        )
        for who in (JUNG, CHANCE)
    ),
    *(
        (
            "ae_25a",
            "Konkrete Hinweise gegen das Bekenntnis",
            who | {"bekenntnis_fdgo": False},
            who | {"bekenntnis_fdgo": True},
        )
        for who in (JUNG, CHANCE)
    ),
]


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


def shows(book: Book, facts: Facts, target: str, words: str) -> bool:
    answer = check(book, Profile.from_facts(facts, book.vocabulary, DAY), [f"aufenthalt.{target}"]).answers[0]
    return any(words in note.text.de for note in answer.hinweise)


@pytest.mark.parametrize(("target", "words", "who", "others"), SHOWN)
def test_notes_show_where_they_matter(book: Book, target: str, words: str, who: Facts, others: Facts) -> None:
    assert shows(book, who, target, words)
    assert not shows(book, others, target, words)
