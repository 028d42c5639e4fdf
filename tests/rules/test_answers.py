"""What the answers have to carry: every status has examples, open questions of law and the approval show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from wegweiser.engine import Book, Profile, check

DAY = date(2026, 11, 22)
TARGETS = ("beschaeftigung", "ausbildung_betrieblich", "leiharbeit", "selbstaendigkeit")
Facts = dict[str, Any]


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


def test_examples_expect_something_for_every_status(book: Book) -> None:
    expected: dict[str, set[str]] = {}
    for example in book.examples:
        status = example["given"].get("aufenthaltsstatus")
        for targets in example["expect"].values():
            expected.setdefault(status, set()).update(targets)
    wanted = {f"taetigkeit.{target}" for target in TARGETS}
    missing = {
        status: sorted(wanted - expected.get(status, set()))
        for status in book.vocabulary.fact("aufenthaltsstatus").werte
        if wanted - expected.get(status, set())
    }
    assert missing == {}


# --- notes -------------------------------------------------------------------------------------

GESTATTUNG: Facts = {
    "aufenthaltsstatus": "aufenthaltsgestattung",
    "geburtsdatum": date(1998, 4, 2),
    "staatsangehoerigkeit": "SY",
    "asylverfahren_stand": "laufend",
    "dublin_verfahren": False,
    "schutz_in_anderem_eu_staat": False,
    "beschleunigtes_verfahren": False,
    "mitwirkung_verletzt": False,
    "wohnpflicht_aufnahmeeinrichtung": False,
    "asylantrag_registriert_am": date(2026, 1, 5),
    "ununterbrochen_seit": date(2026, 1, 5),
}
DULDUNG: Facts = {
    "aufenthaltsstatus": "duldung",
    "duldungsart": "allgemein",
    "geburtsdatum": date(1998, 4, 2),
    "staatsangehoerigkeit": "SY",
    "asylverfahren_stand": "abgelehnt_rechtskraeftig",
    "einreise_zum_leistungsbezug": False,
    "abschiebungshindernis_selbst_verschuldet": False,
    "massnahmen_aufenthaltsbeendigung": False,
    "wohnpflicht_aufnahmeeinrichtung": False,
    "beschaeftigung_im_asylverfahren_erlaubt": False,
    "duldung_seit": date(2026, 1, 10),
    "ununterbrochen_seit": date(2025, 5, 1),
}
TITEL: Facts = {
    "aufenthaltsstatus": "aufenthaltserlaubnis",
    "geburtsdatum": date(1995, 3, 3),
    "staatsangehoerigkeit": "IN",
    "ununterbrochen_seit": date(2025, 2, 1),
    "aufenthaltserlaubnis_seit": date(2025, 2, 1),
    "sozialversicherungspflichtig_monate": 10,
    "hochschulabschluss": "keiner",
}
KURZ: Facts = {"aufenthaltsstatus": "kurzaufenthalt", "geburtsdatum": date(2000, 1, 1)}
SICHER = {"staatsangehoerigkeit": "RS", "asylantrag_gestellt": True}
SPAET = {
    **SICHER,
    "asylantrag_registriert_am": date(2015, 8, 20),
    "asylantrag_gestellt_am": date(2016, 2, 1),
    "ununterbrochen_seit": date(2015, 8, 20),
}
NEU = {**SICHER, "asylantrag_registriert_am": date(2026, 1, 5), "asylantrag_gestellt_am": date(2026, 1, 20)}
STELLE = {"stelle_vorhanden": True}

# what is asked, words of the note, the other reading, who has it, and who does not
SHOWN: list[tuple[str, str, str | None, Facts, Facts]] = [
    # D 1, on the day itself only
    *(
        ("beschaeftigung", "zählt hier der erste Tag mit", "nein", {**base, **on}, {**base, **after})
        for base, on, after in (
            (
                GESTATTUNG | {"asylantrag_registriert_am": date(2026, 8, 22)},
                {"ununterbrochen_seit": date(2026, 8, 22)},
                {"ununterbrochen_seit": date(2026, 8, 21)},
            ),
            (
                DULDUNG | {"duldung_seit": date(2026, 8, 22)},
                {"ununterbrochen_seit": date(2026, 8, 22)},
                {"ununterbrochen_seit": date(2026, 8, 21)},
            ),
            (
                DULDUNG | {"wohnpflicht_aufnahmeeinrichtung": True, "nationalpass_gueltig": False},
                {"duldung_seit": date(2026, 5, 22)},
                {"duldung_seit": date(2026, 5, 21)},
            ),
        )
    ),
    # D 2
    (
        "beschaeftigung",
        "Die Liste steht nicht",
        "soll",
        DULDUNG
        | {
            "staatsangehoerigkeit": "TR",
            "asylantrag_gestellt": True,
            "asylantrag_gestellt_am": date(2024, 5, 1),
            "duldung_seit": date(2026, 5, 1),
            "arbeitserlaubnis_am_2026_06_11": False,
        },
        DULDUNG,
    ),
    # D 3
    (
        "beschaeftigung",
        "kraft Gesetzes als ausgesetzt",
        "soll",
        TITEL | {"aufenthaltsstatus": "fiktion_duldung", "titel_norm": "§ 18a"},
        TITEL | {"aufenthaltsstatus": "fiktion_erlaubnis", "titel_norm": "§ 18a"},
    ),
    # D 4
    (
        "selbstaendigkeit",
        "ohne Titel eine Erwerbstätigkeit erlauben",
        "ermessen",
        GESTATTUNG,
        GESTATTUNG | {"wohnpflicht_aufnahmeeinrichtung": True},
    ),
    # D 5
    (
        "selbstaendigkeit",
        "spricht von Erwerbstätigkeit",
        "soll",
        DULDUNG,
        DULDUNG | {"massnahmen_aufenthaltsbeendigung": True},
    ),
    # D 6
    (
        "beschaeftigung",
        "schon auf den Bescheid verlassen",
        "ermessen",
        GESTATTUNG | {"asylverfahren_stand": "anerkannt"},
        DULDUNG | {"asylverfahren_stand": "anerkannt"},
    ),
    # D 7
    (
        "beschaeftigung",
        "nennt das Gesetz keine Schranke",
        "ermessen",
        TITEL | {"titel_norm": "§ 16g Abs. 5"},
        TITEL | {"titel_norm": "§ 25 Abs. 5"},
    ),
    # D 8: employment is in doubt, what the title was given for is not
    (
        "beschaeftigung",
        "nennt das Gesetz keine Schranke",
        "ermessen",
        TITEL | {"titel_norm": "§ 21"},
        TITEL | {"titel_norm": "§ 28"},
    ),
    # D 9
    (
        "selbstaendigkeit",
        "auch für selbständige Arbeit ohne Schranke",
        "frei",
        TITEL | {"titel_norm": "§ 4 Abs. 2"},
        TITEL | {"titel_norm": "§ 16b"},
    ),
    # D 10
    (
        "beschaeftigung",
        "nennt Abs. 1 Satz 2 die sicheren Herkunftsstaaten",
        "anspruch",
        GESTATTUNG | NEU,
        GESTATTUNG | NEU | {"beschleunigtes_verfahren": True},
    ),
    # D 11, as long as it makes a difference
    *(
        (
            "beschaeftigung",
            "Die sechs Monate im Dublin-Verfahren",
            "nein",
            GESTATTUNG
            | {
                "ununterbrochen_seit": date(2026, 7, 1),
                "asylantrag_registriert_am": date(2026, 7, 1),
                **case,
            },
            GESTATTUNG | case,
        )
        for case in (
            {"dublin_verfahren": True},
            {"schutz_in_anderem_eu_staat": True, "deutschland_muss_neu_pruefen": False},
        )
    ),
    # D 12
    (
        "beschaeftigung",
        "keine Erlaubnis nach Ermessen",
        "nein",
        DULDUNG | {"massnahmen_aufenthaltsbeendigung": True},
        DULDUNG,
    ),
    # D 13
    (
        "beschaeftigung",
        "sind hier mitgezählt",
        None,
        DULDUNG | {"tage_duldung_60b": 30},
        DULDUNG | {"tage_duldung_60b": 0},
    ),
    (
        "beschaeftigung",
        "sind in den vier Jahren mitgezählt",
        None,
        DULDUNG | {"tage_duldung_60b": 30, "ununterbrochen_seit": date(2020, 1, 1)},
        DULDUNG | {"tage_duldung_60b": 0, "ununterbrochen_seit": date(2020, 1, 1)},
    ),
    # D 14
    (
        "betriebliche_massnahme",
        "bei einem Arbeitsverbot gefördert",
        "frei",
        DULDUNG | {"duldungsart": "ungeklaerte_identitaet_60b"},
        DULDUNG,
    ),
    # D 17
    (
        "beschaeftigung",
        "in einem atypischen Fall",
        None,
        GESTATTUNG | {"mitwirkung_verletzt": True},
        GESTATTUNG,
    ),
    # D 18
    (
        "beschaeftigung",
        "Die Ablehnung ist noch nicht endgültig",
        "soll",
        DULDUNG | NEU | {"asylverfahren_stand": "abgelehnt_nicht_rechtskraeftig"},
        DULDUNG | NEU,
    ),
    # D 19
    (
        "beschaeftigung",
        "könnte nicht schlechter stehen",
        "anspruch",
        DULDUNG | {"beschaeftigung_im_asylverfahren_erlaubt": True},
        DULDUNG,
    ),
    # D 20
    ("freiwilligendienst", "ohne Erwerbsabsicht", "frei", DULDUNG, TITEL | {"titel_norm": "§ 19e"}),
    (
        "freiwilligendienst",
        "ohne Erwerbsabsicht",
        "frei",
        TITEL | {"titel_norm": "§ 16b"},
        TITEL | {"titel_norm": "§ 28"},
    ),
    # D 22
    *(
        (
            target,
            "Wie lange die Vollzeitschulpflicht dauert",
            None,
            GESTATTUNG | {"geburtsdatum": date(2010, 12, 1), "schulpflichtig": True},
            GESTATTUNG | {"geburtsdatum": date(2010, 12, 1), "schulpflichtig": False},
        )
        for target in ("beschaeftigung", "freiwilligendienst")
    ),
    # D 23
    (
        "beschaeftigung",
        "Das gilt für dieses Angebot",
        None,
        DULDUNG | STELLE | {"stelle_bedingungen_ortsueblich": False},
        DULDUNG | STELLE,
    ),
    # D 24
    (
        "beschaeftigung",
        "Das Asylgesuch lag vor dem Stichtag",
        "anspruch",
        GESTATTUNG | SPAET,
        GESTATTUNG | NEU,
    ),
    (
        "beschaeftigung",
        "Das Asylgesuch lag vor dem Stichtag",
        "anspruch",
        GESTATTUNG
        | {
            "staatsangehoerigkeit": "GE",
            "asylantrag_registriert_am": date(2023, 8, 20),
            "asylantrag_gestellt_am": date(2023, 10, 1),
            "ununterbrochen_seit": date(2023, 8, 20),
        },
        GESTATTUNG | NEU | {"staatsangehoerigkeit": "GE"},
    ),
    (
        "beschaeftigung",
        "Das Asylgesuch lag vor dem Stichtag",
        "soll",
        DULDUNG | SPAET,
        DULDUNG | NEU,
    ),
    # D 25
    (
        "beschaeftigung",
        "das Unionsrecht spricht für",
        "frei",
        DULDUNG | {"duldungsart": "ungeklaerte_identitaet_60b", "asylverfahren_stand": "anerkannt"},
        DULDUNG | {"duldungsart": "ungeklaerte_identitaet_60b"},
    ),
    # a change of jobs with the Blue Card, and its lower salary
    (
        "beschaeftigung",
        "braucht kein Wechsel der Stelle eine Erlaubnis",
        "frei",
        TITEL
        | STELLE
        | {
            "aufenthaltsstatus": "blaue_karte_eu",
            "stelle_passt_zur_qualifikation": False,
            "stelle_bruttojahresgehalt": 60000,
        },
        TITEL | {"aufenthaltsstatus": "blaue_karte_eu"},
    ),
    (
        "beschaeftigung",
        "von 45,3 Prozent",
        None,
        TITEL
        | STELLE
        | {
            "aufenthaltsstatus": "blaue_karte_eu",
            "stelle_passt_zur_qualifikation": True,
            "stelle_bruttojahresgehalt": 46000,
        },
        TITEL
        | STELLE
        | {
            "aufenthaltsstatus": "blaue_karte_eu",
            "stelle_passt_zur_qualifikation": True,
            "stelle_bruttojahresgehalt": 45000,
        },
    ),
    # the approval: where it is needed, and nowhere else
    *(
        (
            "beschaeftigung",
            words,
            None,
            person,
            person | {"ununterbrochen_seit": date(2020, 1, 1), "aufenthaltserlaubnis_seit": date(2020, 1, 1)},
        )
        for words in (
            "fragt die Bundesagentur für Arbeit selbst an",
            "Schweigt die Bundesagentur zwei Wochen",
        )
        for person in (
            GESTATTUNG,
            GESTATTUNG | {"wohnpflicht_aufnahmeeinrichtung": True},
            DULDUNG,
            DULDUNG | {"wohnpflicht_aufnahmeeinrichtung": True, "nationalpass_gueltig": True},
            TITEL | {"titel_norm": "§ 18a"},
            TITEL | {"titel_norm": "§ 16d Abs. 5"},
        )
    ),
    (
        "beschaeftigung",
        "Tätigkeiten in der Lehre",
        None,
        TITEL | {"titel_norm": "§ 18d"},
        TITEL | {"titel_norm": "§ 18a"},
    ),
    (
        "beschaeftigung",
        "bis zum 04.03.2027",
        None,
        TITEL | {"titel_norm": "§ 24"},
        TITEL | {"titel_norm": "§ 25 Abs. 3"},
    ),
    (
        "beschaeftigung",
        "solange die Frist für Widerspruch",
        None,
        {"aufenthaltsstatus": "ausreisepflichtig_ohne_duldung", "geburtsdatum": date(1998, 4, 2)},
        KURZ,
    ),
    (
        "beschaeftigung",
        "Westbalkans",
        None,
        TITEL | {"titel_norm": "§ 19c Abs. 1", "sozialversicherungspflichtig_monate": 30},
        TITEL | {"titel_norm": "§ 18a", "sozialversicherungspflichtig_monate": 30},
    ),
    (
        "beschaeftigung",
        "Westbalkans",
        None,
        TITEL
        | {
            "titel_norm": "§ 19c Abs. 1",
            "ununterbrochen_seit": date(2020, 1, 1),
            "aufenthaltserlaubnis_seit": date(2020, 1, 1),
        },
        TITEL
        | {
            "titel_norm": "§ 18a",
            "ununterbrochen_seit": date(2020, 1, 1),
            "aufenthaltserlaubnis_seit": date(2020, 1, 1),
        },
    ),
    (
        "beschaeftigung",
        "Die Anordnung des Landes",
        None,
        TITEL | {"titel_norm": "§ 23 Abs. 1"},
        TITEL | {"titel_norm": "§ 25 Abs. 4"},
    ),
    (
        "beschaeftigung",
        "Folge-Chancenkarte beantragt",
        None,
        TITEL | {"titel_norm": "§ 20a Abs. 1", "aufenthaltsstatus": "fiktion_fortgeltung"},
        TITEL | {"titel_norm": "§ 20a Abs. 1"},
    ),
    (
        "selbstaendigkeit",
        "soll ein eigener Titel",
        None,
        TITEL | {"titel_norm": "§ 18d", "forscher_oder_wissenschaftler": True},
        TITEL | {"titel_norm": "§ 18f", "forscher_oder_wissenschaftler": True},
    ),
    (
        "beschaeftigung",
        "nur weitergelten",
        None,
        TITEL | {"titel_norm": "§ 104c", "aufenthaltsstatus": "fiktion_fortgeltung"},
        TITEL | {"titel_norm": "§ 104c"},
    ),
]


def shows(book: Book, facts: Facts, target: str, words: str, other: str | None, day: date = DAY) -> bool:
    answer = check(book, Profile.from_facts(facts, book.vocabulary, day), [f"taetigkeit.{target}"]).answers[0]
    return any(words in note.text.de and note.andere_lesart == other for note in answer.hinweise)


@pytest.mark.parametrize(("target", "words", "other", "who", "others"), SHOWN)
def test_notes_show_where_they_matter(
    book: Book, target: str, words: str, other: str | None, who: Facts, others: Facts
) -> None:
    assert shows(book, who, target, words, other)
    assert not shows(book, others, target, words, other)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 1, 31), "bis zum 04.03.2025 weiter, ganz gleich"),
        (date(2025, 2, 1), "bis zum 04.03.2026 weiter, für ukrainische"),
        (date(2026, 1, 31), "bis zum 04.03.2026 weiter, für ukrainische"),
        (date(2026, 2, 1), "bis zum 04.03.2027 weiter, für ukrainische"),
    ],
)
def test_temporary_protection_names_the_ordinance_of_the_day(book: Book, day: date, words: str) -> None:
    card = {
        "aufenthaltsstatus": "aufenthaltserlaubnis",
        "titel_norm": "§ 24",
        "geburtsdatum": date(1985, 7, 7),
    }
    assert shows(book, card, "beschaeftigung", words, None, day)


def test_before_the_reform_the_other_reading_of_the_cut_off_day_is_discretion(book: Book) -> None:
    assert shows(book, GESTATTUNG | SPAET, "beschaeftigung", "Das Asylgesuch", "ermessen", date(2026, 6, 11))
