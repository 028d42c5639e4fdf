"""Profiles: what is told, what follows, and every fault at once."""

import json
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.profile import Profile, read_profile
from wegweiser.engine.text import Text
from wegweiser.engine.vocabulary import Vocabulary

TODAY = date(2026, 11, 22)

FATIMA = """\
# an ordinary profile
fall: fatima
notiz: "ruft am Montag an"

geburtsdatum: 2003-02-14
staatsangehoerigkeit: gn
wohnort: bremen
kinder_unter_18: 0
aufenthaltsstatus: duldung
duldungsart: allgemein
duldung_seit: 2026-03-22
einreise: 2024-11-15
asylantrag_gestellt_am: keine
schwerbehindert: unbekannt
familienstand:
deutschniveau: b1
ausbildung_angebot: betrieblich_qualifiziert
ausbildung_beginn: 2027-08-01
stelle_bruttojahresgehalt: 15000.50
"""


def read(vocabulary: Vocabulary, source: str | bytes, day: date | None = None) -> Profile:
    return read_profile(source, "p.yaml", vocabulary, today=TODAY, day=day)


def faults(
    vocabulary: Vocabulary, source: str | bytes, language: str = "de", day: date | None = None
) -> list[str]:
    with pytest.raises(ProfileError) as raised:
        read(vocabulary, source, day)
    return [fault.message(language) for fault in raised.value.faults]


def test_what_is_told(vocabulary: Vocabulary) -> None:
    profile = read(vocabulary, FATIMA)
    assert profile.name == "p.yaml"
    assert profile.fall == "fatima"
    assert profile.day == TODAY
    assert profile.stated == {
        "geburtsdatum": date(2003, 2, 14),
        "staatsangehoerigkeit": "GN",
        "wohnort": "Bremen",
        "bundesland": "HB",
        "kinder_unter_18": 0,
        "aufenthaltsstatus": "duldung",
        "duldungsart": "allgemein",
        "duldung_seit": date(2026, 3, 22),
        "einreise": date(2024, 11, 15),
        "asylantrag_gestellt_am": "keine",
        "deutschniveau": "b1",
        "ausbildung_angebot": "betrieblich_qualifiziert",
        "ausbildung_beginn": date(2027, 8, 1),
        "stelle_bruttojahresgehalt": 1500050,
    }
    assert profile.unknown == {"schwerbehindert", "familienstand"}
    assert profile.derived == {
        "bundesland": Text("folgt aus wohnort: Bremen", "follows from wohnort: Bremen")
    }
    assert profile.places["geburtsdatum"] == (5, 1)
    assert profile.places["bundesland"] == profile.places["wohnort"] == (7, 1)
    assert "ruft" not in repr(profile)


def test_json_is_the_same_profile(vocabulary: Vocabulary) -> None:
    told = read(vocabulary, FATIMA)
    entries = {
        "fall": "fatima",
        "geburtsdatum": "2003-02-14",
        "staatsangehoerigkeit": "GN",
        "wohnort": "Bremen",
        "kinder_unter_18": 0,
        "aufenthaltsstatus": "duldung",
        "duldungsart": "allgemein",
        "duldung_seit": "2026-03-22",
        "einreise": "2024-11-15",
        "asylantrag_gestellt_am": "keine",
        "schwerbehindert": "unbekannt",
        "familienstand": None,
        "deutschniveau": "b1",
        "ausbildung_angebot": "betrieblich_qualifiziert",
        "ausbildung_beginn": "2027-08-01",
        "stelle_bruttojahresgehalt": 15000.50,
    }
    for indent in (None, 2, "\t"):
        as_json = read(vocabulary, json.dumps(entries, indent=indent).encode())
        assert as_json.stated == told.stated
        assert as_json.unknown == told.unknown
    from_facts = Profile.from_facts(
        {**entries, "stelle_bruttojahresgehalt": Decimal("15000.50")}, vocabulary, TODAY
    )
    assert from_facts.stated == told.stated
    assert from_facts.unknown == told.unknown
    assert from_facts.fall == "fatima"
    assert from_facts.name == "profile"
    assert from_facts.places == {}


def test_the_day(vocabulary: Vocabulary) -> None:
    assert read(vocabulary, "geburtsdatum: 2000-01-01").day == TODAY
    assert read(vocabulary, "stichtag: 2025-05-01").day == date(2025, 5, 1)
    assert read(vocabulary, "stichtag: '2025-05-01'").day == date(2025, 5, 1)
    assert read(vocabulary, "stichtag:").day == TODAY
    assert read(vocabulary, "stichtag: 2025-05-01", date(2024, 6, 1)).day == date(2024, 6, 1)
    (said,) = faults(vocabulary, "stichtag: morgen")
    assert said.startswith(
        "p.yaml:1:1: stichtag: „morgen“ passt nicht: erwartet wird ein Tag als JJJJ-MM-TT, zum"
    )
    assert faults(vocabulary, "stichtag: 2026-02-30\nx: 1") == [
        "p.yaml:1:11: stichtag: 2026-02-30 gibt es im Kalender nicht",
        "p.yaml:2:1: x: diese Angabe gibt es nicht",
    ]
    assert faults(vocabulary, "stichtag: 1800-01-01")


def test_the_past_ends_on_the_day_of_the_check(vocabulary: Vocabulary) -> None:
    source = "duldung_seit: 2026-03-22\nausbildung_beginn: 2030-08-01\ntitel_gueltig_bis: 2027-01-01\n"
    read(vocabulary, source, date(2026, 3, 22))
    assert faults(vocabulary, source, day=date(2026, 3, 21)) == [
        "p.yaml:1:1: duldung_seit: 22.03.2026 liegt nach dem Stichtag 21.03.2026"
    ]
    assert faults(vocabulary, "stichtag: 2026-03-21\n" + source, "en") == [
        "p.yaml:2:1: duldung_seit: 2026-03-22 lies after the day of the check, 2026-03-21"
    ]


@pytest.mark.parametrize(
    ("raw", "label"),
    [("F-17", "F-17"), ("17", "17"), ("007", "007"), ('"  a   b "', "a b"), ("", None), ("~", None)],
)
def test_label(vocabulary: Vocabulary, raw: str, label: str | None) -> None:
    assert read(vocabulary, f"fall: {raw}\n").fall == label


@pytest.mark.parametrize("raw", ["[a]", "true", "2026-01-01", "1.5", "x" * 81, '""'])
def test_no_label(vocabulary: Vocabulary, raw: str) -> None:
    assert faults(vocabulary, f"fall: {raw}\n") == [
        "p.yaml:1:1: fall: erwartet wird ein kurzes Kennzeichen (höchstens 80 Zeichen)"
    ]


def test_notes_may_be_anything(vocabulary: Vocabulary) -> None:
    for note in ("[1, {a: b}]", "|\n  Max Muster\n  Tel. 0421", "2026-01-01", ""):
        assert read(vocabulary, f"notiz: {note}\n").stated == {}


EVERYTHING_WRONG = """\
geburtsdatum: 1803-02-14
geburtsdaten: 2003-02-14
Staatsangehörigkeit: SY
aufenthaltsstatus: Duldung
duldung_seit: 2027-03-22
einreise: 3.4.2020
asylantrag_gestellt_am: 2026-02-30
titel_norm: § 60a
kinder_unter_18: zwei
schwerbehindert: ja
bundesland: Bremen
duldung_seit: 2020-01-01
wohnort: 28195 Bremen
stelle_bruttojahresgehalt: 45.000
fall: {a: b}
Telefon: 0421 123
"""


def test_every_fault_at_once(vocabulary: Vocabulary) -> None:
    said = faults(vocabulary, EVERYTHING_WRONG)
    assert [line.split(": ")[0] for line in said] == [
        f"p.yaml:{line}:{25 if line == 7 else 1}" for line in range(1, 17)
    ]
    assert said[1].endswith("diese Angabe gibt es nicht; gemeint „geburtsdatum“?")
    assert said[2].endswith("diese Angabe gibt es nicht; gemeint „staatsangehoerigkeit“?")
    assert said[3].endswith("gemeint „duldung“?")
    assert said[10].endswith("gemeint „HB“?")
    assert said[11] == "p.yaml:12:1: duldung_seit: steht schon in Zeile 5"
    assert "fall:" in said[15]
    for german, english in zip(said, faults(vocabulary, EVERYTHING_WRONG, "en"), strict=True):
        assert german.split(": ")[:2] == english.split(": ")[:2]
        assert german != english


def test_faults_of_facts_without_a_file(vocabulary: Vocabulary) -> None:
    with pytest.raises(ProfileError) as raised:
        Profile.from_facts(
            {"duldung_seit": "x", "foo": 1, "aufenthaltszeiten": [3]}, vocabulary, TODAY, "beispiel"
        )
    assert [(fault.file, fault.line, fault.key) for fault in raised.value.faults] == [
        ("beispiel", None, "duldung_seit"),
        ("beispiel", None, "foo"),
        ("beispiel", None, "aufenthaltszeiten[1]"),
    ]


PERSONAL = [
    "name",
    "Name",
    "vorname",
    "Nachname",
    "familien-name",
    "Geburtsname",
    "name_der_mutter",
    "adresse",
    "Wohnanschrift",
    "straße",
    "Strasse",
    "hausnummer",
    "plz",
    "PLZ",
    "telefon",
    "Telefonnummer",
    "Handy-Nr.",
    "e-mail",
    "email",
    "E-Mail-Adresse",
    "aktenzeichen",
    "Az",
    "AZR-Nummer",
    "passnummer",
    "ausweisnr",
    "kundennummer",
    "first_name",
    "phone",
    "id",
]


@pytest.mark.parametrize("key", PERSONAL)
def test_personal_data_are_refused(vocabulary: Vocabulary, key: str) -> None:
    (said,) = faults(vocabulary, f'"{key}": x')
    assert "gehören in kein Profil" in said
    (said,) = faults(vocabulary, f'"{key}": x', "en")
    assert "belong in no profile" in said


def test_no_fact_is_taken_for_personal_data(vocabulary: Vocabulary) -> None:
    for name in vocabulary.names:
        (said,) = faults(vocabulary, f"{name}x: 1")
        assert f"gemeint „{name}“" in said


@pytest.mark.parametrize(
    ("source", "german"),
    [
        ("", "die Datei enthält keine Angaben"),
        ("# nur ein Kommentar\n", "die Datei enthält keine Angaben"),
        ("null", "die Datei enthält keine Angaben"),
        ("---\n", "die Datei enthält keine Angaben"),
        ("duldung", "ein Profil besteht aus Zeilen"),
        ("- duldung: 1", "ein Profil besteht aus Zeilen"),
        ('[{"fall": 1}, {"fall": 2}]', "ein Profil besteht aus Zeilen"),
        ("fall: 1\n---\nfall: 2\n", "mehrere Dokumente in einer Datei"),
        ("2026-02-30", "gibt es im Kalender nicht"),
        ("a: [", "kein gültiges YAML"),
        (b"\xff", "kein UTF-8"),
        ("a: \x00", "Steuerzeichen U+0000"),
    ],
)
def test_no_profile(vocabulary: Vocabulary, source: str | bytes, german: str) -> None:
    said = faults(vocabulary, source)
    assert german in said[0]


def test_nothing_known_is_a_profile(vocabulary: Vocabulary) -> None:
    profile = read(vocabulary, "{}")
    assert profile.stated == {}
    assert profile.unknown == frozenset()
    assert Profile.from_facts({}, vocabulary, TODAY).stated == {}


# --- the Land of a municipality -------------------------------------------------------------


@pytest.mark.parametrize(
    ("wohnort", "land"),
    [
        ("Bremen", "HB"),
        ("bremerhaven", "HB"),
        ("Ludwigshafen am Rhein", "RP"),
        ("Neustadt an der Weinstrasse", "RP"),
        ("frankfurt (oder)", "BB"),
        ("Potsdam", "BB"),
        ("Muenchen", "BY"),
        ("Frankfurt", None),  # there are two
        ("Landau", None),
        ("Kleinkleckersdorf", None),
        ("keine", None),
    ],
)
def test_land(vocabulary: Vocabulary, wohnort: str, land: str | None) -> None:
    assert read(vocabulary, f"wohnort: {wohnort}").stated.get("bundesland") == land


def test_land_and_municipality_agree(vocabulary: Vocabulary) -> None:
    profile = read(vocabulary, "wohnort: Bremen\nbundesland: HB")
    assert profile.derived == {}
    assert read(vocabulary, "wohnort: Frankfurt\nbundesland: BB").stated["bundesland"] == "BB"
    assert read(vocabulary, "wohnort: Kleinkleckersdorf\nbundesland: BY").stated["bundesland"] == "BY"
    profile = read(vocabulary, "wohnort: Bremen\nbundesland: unbekannt")
    assert profile.stated["bundesland"] == "HB"
    assert profile.unknown == frozenset()
    assert faults(vocabulary, "wohnort: Bremen\nbundesland: NI") == [
        "p.yaml:2:1: bundesland: widerspricht wohnort (Zeile 1): daraus folgt Bremen"
    ]
    assert faults(vocabulary, "wohnort: Frankfurt\nbundesland: BY") == [
        "p.yaml:2:1: bundesland: widerspricht wohnort (Zeile 1): Frankfurt gibt es nur in HE, BB"
    ]


def test_a_vocabulary_without_places_and_residence() -> None:
    label = {"de": "x", "en": "x"}
    facts = {"wohnort": {"typ": "ort", "label": label}, "zeiten": {"typ": "liste", "label": label}}
    vocabulary = Vocabulary.from_data({"facts": facts})
    assert read(vocabulary, "wohnort: Bremen").stated == {"wohnort": "Bremen"}
    assert read(vocabulary, "zeiten: []").stated == {}
    assert faults(vocabulary, "zeiten: [{von: 2024-01-01}]")


# --- faults that others find ----------------------------------------------------------------


def test_a_contradiction_names_all_its_entries(vocabulary: Vocabulary) -> None:
    profile = read(vocabulary, "geburtsdatum: 2003-02-14\n\nduldung_seit: 2001-01-01\n")
    text = Text("die Duldung beginnt vor der Geburt", "the toleration begins before birth")
    assert profile.fault(["duldung_seit", "geburtsdatum"], text) == Fault(
        "p.yaml",
        3,
        1,
        "duldung_seit",
        Text(
            "die Duldung beginnt vor der Geburt (duldung_seit: Zeile 3, geburtsdatum: Zeile 1)",
            "the toleration begins before birth (duldung_seit: line 3, geburtsdatum: line 1)",
        ),
    )
    profile = Profile.from_facts({"geburtsdatum": "2003-02-14"}, vocabulary, TODAY)
    assert profile.fault(["geburtsdatum"], text) == Fault("profile", None, None, "geburtsdatum", text)
    profile = read(vocabulary, "duldung_seit: 2001-01-01\n")
    assert profile.fault(["duldung_seit", "einreise"], text).text.de.endswith(
        "(duldung_seit: Zeile 1, einreise)"
    )


# --- nothing but a ProfileError ever leaves --------------------------------------------------


def survives(read: Callable[[], Profile], vocabulary: Vocabulary) -> None:
    error: ProfileError | None = None
    try:
        profile = read()
    except ProfileError as raised:
        error = raised
    else:
        assert profile.stated.keys() <= set(vocabulary.names)
        assert not profile.unknown & profile.stated.keys()
    if error is not None:
        assert 1 <= len(error.faults) <= 101
        for fault in error.faults:
            assert fault.message("de")
            assert fault.message("en")


@pytest.mark.fuzz
@given(source=st.binary(max_size=300) | st.text(max_size=300))
def test_any_bytes(vocabulary: Vocabulary, source: bytes | str) -> None:
    survives(lambda: read(vocabulary, source), vocabulary)


LONG = FATIMA + (
    "aufenthaltszeiten:\n"
    "  - {status: aufenthaltsgestattung, von: 2024-11-18, bis: 2026-03-21}\n"
    "  - {status: duldung, von: 2026-03-22, duldungsart: allgemein}\n"
    "titel_norm: § 25 Abs. 2 Satz 1 Alt. 2\n"
)


PIECES = [
    *":\n-{}[]'\"#\t~ä%§\x00",
    "",
    "  ",
    "- ",
    "&a ",
    "*a",
    "!!x ",
    "9" * 30,
    "keine",
    "true",
    "2026-02-30",
]


@pytest.mark.fuzz
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 6))
def test_any_change_of_a_profile(vocabulary: Vocabulary, seed: int, changes: int) -> None:
    chance = random.Random(seed)
    source = list(LONG)
    for _ in range(changes):
        at = chance.randrange(len(source))
        length = chance.choice((0, 1, 1, 3, 20))
        new = chance.choice(PIECES)
        source[at : at + length] = list(new)
    survives(lambda: read(vocabulary, "".join(source)), vocabulary)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.dates().map(str)
    | st.text(max_size=20)
    | st.sampled_from(["unbekannt", "keine", "duldung", "§ 25 Abs. 5", "Bremen", "HB", "SY", "b1"]),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["status", "von", "bis", "titel_norm", "x"]), inside, max_size=4)
    ),
    max_leaves=6,
)


@pytest.mark.fuzz
@given(data=st.data())
def test_any_values(vocabulary: Vocabulary, data: st.DataObject) -> None:
    names = st.sampled_from((*vocabulary.names, "aufenthaltszeiten", "fall", "notiz", "stichtag", "name"))
    entries: dict[str, Any] = data.draw(st.dictionaries(names | st.text(max_size=10), values, max_size=5))
    survives(lambda: read(vocabulary, json.dumps(entries)), vocabulary)
    survives(lambda: Profile.from_facts(entries, vocabulary, TODAY), vocabulary)


def test_many_faults_are_cut_off(vocabulary: Vocabulary) -> None:
    said = faults(vocabulary, "\n".join(f"wohnot_{number}: 1" for number in range(20_000)))
    assert len(said) == 101
    assert said[-1].endswith("… weitere Fehler sind weggelassen")
    said = faults(vocabulary, "aufenthaltszeiten:\n" + "- x\n" * 20_000)
    assert len(said) == 101
