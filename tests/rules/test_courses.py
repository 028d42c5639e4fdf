"""Duties, hints and other readings of the answers on courses and support: only where they matter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from wegweiser.engine import Book, check
from wegweiser.engine.answers import Answer
from wegweiser.engine.profile import Profile

DAY = date(2026, 11, 22)

Facts = dict[str, Any]

TITEL: Facts = {
    "aufenthaltsstatus": "aufenthaltserlaubnis",
    "titel_norm": "§ 25 Abs. 2",
    "titel_erteilt_am": date(2026, 2, 1),
    "titel_gueltig_bis": date(2029, 1, 31),
    "geburtsdatum": date(2000, 6, 6),
    "deutschniveau": "a1",
    "integrationskurs_teilgenommen": False,
    "leistungsbezug": "kein",
    "lebensunterhalt_gesichert": False,
    "hochschulabschluss": "keiner",
    "schulabschluss": "hauptschule",
    "berufsabschluss": "keiner",
    "arbeitslos_gemeldet": True,
    "beschaeftigt_seit": "keine",
}
FAMILIE = TITEL | {"titel_norm": "§ 30", "deutschniveau": "a2"}
DULDUNG: Facts = {
    "aufenthaltsstatus": "duldung",
    "duldungsart": "allgemein",
    "duldung_seit": date(2024, 1, 1),
    "ununterbrochen_seit": date(2023, 1, 1),
    "einreise": date(2023, 1, 1),
    "geburtsdatum": date(2004, 6, 6),
    "staatsangehoerigkeit": "SY",
    "asylverfahren_stand": "abgelehnt_rechtskraeftig",
    "wohnpflicht_aufnahmeeinrichtung": False,
    "einreise_zum_leistungsbezug": False,
    "abschiebungshindernis_selbst_verschuldet": False,
    "massnahmen_aufenthaltsbeendigung": False,
    "schulabschluss": "hauptschule",
    "deutschniveau": "a2",
    "arbeitsuchend_gemeldet": True,
    "tage_duldung_60b": 0,
}
JUNG = TITEL | {"geburtsdatum": date(1999, 11, 23)}
ALT = TITEL | {"geburtsdatum": date(1999, 11, 22)}
ABSCHLUSS = TITEL | {"bildungsvorhaben": "weiterbildung_mit_abschluss", "berufstaetig_monate": 40}

SHOWN: list[tuple[str, str, str | None, Facts, Facts]] = [
    ("kurs.integrationskurs", "kann die Ausländerbehörde zum Kurs", None, TITEL, FAMILIE),
    (
        "kurs.integrationskurs",
        "kann die Ausländerbehörde zum Kurs",
        None,
        TITEL | {"titel_norm": "§ 25 Abs. 1"},
        FAMILIE,
    ),
    (
        "kurs.integrationskurs",
        "Mit Studium kann",
        None,
        TITEL | {"hochschulabschluss": "deutsch", "lebensunterhalt_gesichert": True},
        TITEL | {"hochschulabschluss": "deutsch"},
    ),
    (
        "kurs.integrationskurs",
        "letzte Tag des Jahres",
        "ermessen",
        TITEL | {"titel_erteilt_am": date(2025, 11, 22)},
        TITEL | {"titel_erteilt_am": date(2025, 11, 23)},
    ),
    (
        "kurs.integrationskurs",
        "Nach dem Wortlaut entfällt nur der Anspruch",
        "ermessen",
        TITEL | {"in_ausbildung": "schule"},
        {
            **TITEL,
            "in_ausbildung": "schule",
            "aufenthaltsstatus": "ausreisepflichtig_ohne_duldung",
            "titel_norm": None,
        },
    ),
    (
        "kurs.integrationskurs",
        "Orientierungskurs",
        None,
        TITEL | {"deutschniveau": "b1"},
        DULDUNG | {"deutschniveau": "b1"},
    ),
    (
        "kurs.integrationskurs",
        "Der Anspruch lebt weiter",
        None,
        TITEL | {"titel_erteilt_am": date(2025, 11, 21)},
        TITEL | {"titel_norm": "§ 25 Abs. 3", "titel_erteilt_am": date(2025, 11, 21)},
    ),
    (
        "kurs.integrationskurs",
        "der Titel fehlt noch",
        "nein",
        TITEL | {"aufenthaltsstatus": "fiktion_erlaubnis"},
        TITEL | {"titel_norm": "§ 25 Abs. 3"},
    ),
    (
        "kurs.integrationskurs",
        "Kooperationsplan",
        None,
        TITEL | {"titel_norm": "§ 25 Abs. 3", "leistungsbezug": "sgb2"},
        TITEL | {"titel_norm": "§ 25 Abs. 3"},
    ),
    (
        "kurs.integrationskurs",
        "kommt diese Gruppe",
        None,
        TITEL | {"titel_norm": "§ 24 Abs. 1"},
        TITEL | {"titel_norm": "§ 25 Abs. 5"},
    ),
    (
        "kurs.erstorientierungskurs",
        "sicheren Herkunftsstaaten",
        "nein",
        {"aufenthaltsstatus": "aufenthaltsgestattung", "staatsangehoerigkeit": "GE", "deutschniveau": "a1"},
        {"aufenthaltsstatus": "aufenthaltsgestattung", "staatsangehoerigkeit": "SY", "deutschniveau": "a1"},
    ),
    ("kurs.berufssprachkurs", "nur als Beispiele", "ermessen", TITEL, TITEL | {"deutschniveau": "b1"}),
    (
        "kurs.berufssprachkurs",
        "Die Verordnung nennt diesen Ausschluss nicht",
        "ermessen",
        DULDUNG | {"duldungsart": "ungeklaerte_identitaet_60b"},
        DULDUNG,
    ),
    (
        "kurs.berufssprachkurs",
        "ungeklärter Identität",
        None,
        DULDUNG | {"deutschniveau": "b1", "tage_duldung_60b": 30},
        DULDUNG | {"deutschniveau": "b1"},
    ),
    ("foerderung.berufsvorbereitung_bvb", "junge Menschen", "nein", ALT, JUNG),
    ("foerderung.berufsvorbereitung_bvb", "junge Menschen", "nein", ALT | {"schulabschluss": "keiner"}, JUNG),
    (
        "foerderung.berufsvorbereitung_bvb",
        "B1 ist sicherer",
        "nein",
        DULDUNG,
        DULDUNG | {"deutschniveau": "b1"},
    ),
    (
        "foerderung.berufsvorbereitung_bvb",
        "Den ausländischen Abschluss",
        None,
        TITEL | {"schulabschluss": "ausland_nicht_anerkannt"},
        TITEL,
    ),
    (
        "foerderung.berufsvorbereitung_bvb",
        "nicht das Jobcenter",
        None,
        TITEL | {"leistungsbezug": "sgb2"},
        TITEL,
    ),
    ("foerderung.assistierte_ausbildung", "junge Menschen", "nein", ALT, JUNG),
    (
        "foerderung.assistierte_ausbildung",
        "B1 ist sicherer",
        "nein",
        DULDUNG,
        DULDUNG | {"deutschniveau": "b1"},
    ),
    ("foerderung.assistierte_ausbildung", "das Jobcenter", None, TITEL | {"leistungsbezug": "sgb2"}, TITEL),
    ("foerderung.eq_zuschuss", "das Jobcenter", None, TITEL | {"leistungsbezug": "sgb2"}, TITEL),
    ("foerderung.weiterbildung", "Seit 2025", None, TITEL | {"leistungsbezug": "sgb2"}, TITEL),
    ("foerderung.weiterbildung", "Engpassberuf", None, ABSCHLUSS | {"berufstaetig_monate": 35}, ABSCHLUSS),
    (
        "foerderung.weiterbildung",
        "ohne volle Anerkennung",
        "ermessen",
        ABSCHLUSS | {"berufsabschluss": "ausland_nicht_anerkannt"},
        ABSCHLUSS,
    ),
    (
        "foerderung.weiterbildung",
        "nach einer Helferausbildung",
        "ermessen",
        ABSCHLUSS | {"berufsabschluss": "deutsch_helfer", "berufstaetig_monate": 35},
        ABSCHLUSS | {"berufsabschluss": "deutsch_helfer", "berufstaetig_monate": 36},
    ),
]

DUTIES: list[tuple[Facts, Facts]] = [
    (TITEL | {"deutschniveau": "keine"}, TITEL),
    (FAMILIE, FAMILIE | {"titel_norm": "§ 32"}),
    (FAMILIE, FAMILIE | {"in_ausbildung": "berufsausbildung"}),
    (FAMILIE | {"titel_norm": "§ 23 Abs. 2"}, FAMILIE | {"titel_norm": "§ 23 Abs. 4"}),
    (
        FAMILIE | {"titel_norm": "§ 28 Abs. 1 Satz 1 Nr. 1"},
        FAMILIE | {"titel_norm": "§ 28 Abs. 1 Satz 1 Nr. 2"},
    ),
    (
        FAMILIE | {"titel_norm": "§ 36a Abs. 1 Satz 1 Alt. 1"},
        FAMILIE | {"titel_norm": "§ 36a Abs. 1 Satz 1 Alt. 2"},
    ),
]


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


def answer(book: Book, facts: Facts, target: str, day: date = DAY) -> Answer:
    told = {name: value for name, value in facts.items() if value is not None}
    return check(book, Profile.from_facts(told, book.vocabulary, day), [target]).answers[0]


def shows(book: Book, facts: Facts, target: str, words: str, other: str | None) -> bool:
    notes = answer(book, facts, target).hinweise
    return any(words in note.text.de and note.andere_lesart == other for note in notes)


@pytest.mark.parametrize(("target", "words", "other", "who", "others"), SHOWN)
def test_notes_show_where_they_matter(
    book: Book, target: str, words: str, other: str | None, who: Facts, others: Facts
) -> None:
    assert shows(book, who, target, words, other)
    assert not shows(book, others, target, words, other)


@pytest.mark.parametrize(("who", "others"), DUTIES)
def test_the_duty_to_attend_comes_with_its_sanction(book: Book, who: Facts, others: Facts) -> None:
    norms = [one.norm for one in answer(book, who, "kurs.integrationskurs").auflagen]
    assert norms == ["§ 44a Abs. 1 Satz 1 Nr. 1 AufenthG", "§ 44a Abs. 3 AufenthG"]
    assert answer(book, others, "kurs.integrationskurs").auflagen == ()


def test_the_job_centre_decided_on_further_training_until_2024(book: Book) -> None:
    facts = TITEL | {"leistungsbezug": "sgb2", "titel_erteilt_am": date(2024, 2, 1)}
    old = answer(book, facts, "foerderung.weiterbildung", date(2024, 12, 31))
    new = answer(book, facts, "foerderung.weiterbildung", date(2025, 1, 1))
    assert [("bis Ende 2024" in note.text.de, "Seit 2025" in note.text.de) for note in old.hinweise] == [
        (True, False)
    ]
    assert [("bis Ende 2024" in note.text.de, "Seit 2025" in note.text.de) for note in new.hinweise] == [
        (False, True)
    ]
