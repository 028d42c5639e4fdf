"""What each type of fact accepts, and what it says of the rest."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine import yamlio
from wegweiser.engine.countries import COUNTRIES
from wegweiser.engine.text import Text
from wegweiser.engine.values import TYPES, is_unknown, iso_day
from wegweiser.engine.vocabulary import Vocabulary

LABEL = {"de": "Etwas", "en": "something"}


@pytest.fixture(scope="module")
def facts() -> Vocabulary:
    """One fact of each type, under the name of its type."""
    entries: dict[str, Any] = {typ: {"typ": typ, "label": LABEL} for typ in TYPES}
    entries["geburt"] = {"typ": "datum", "label": LABEL, "always": True}
    entries["wahl"]["werte"] = {
        "a1": {"de": "Stufe A1", "en": "level A1"},
        "keine": {"de": "gar keine", "en": "none at all"},
        "NO": {"de": "Norden", "en": "north"},
    }
    titles = {
        "act": ["AufenthG"],
        "sections": ["25", "25a", "104c"],
        "spellings": {"§ 25 Abs. 2 Alt. 2": "§ 25 Abs. 2 Satz 1 Alt. 2"},
    }
    places = {"places": {"Köln": "NW", "Neustadt an der Weinstraße": "RP"}, "spellings": {"Colonia": "Köln"}}
    data = {"facts": entries, "topics": {}, "residence": {"titles": titles}, "places": places}
    return Vocabulary.from_data(data)


GOOD = [
    ("bool", True, True),
    ("bool", False, False),
    ("datum", date(2026, 11, 22), date(2026, 11, 22)),
    ("datum", "2026-11-22", date(2026, 11, 22)),  # JSON has no days
    ("datum", "keine", "keine"),
    ("datum", date(1900, 1, 1), date(1900, 1, 1)),
    ("datum", date(2199, 12, 31), date(2199, 12, 31)),
    ("geburt", date(2000, 2, 29), date(2000, 2, 29)),
    ("zahl", 0, 0),
    ("zahl", 40, 40),
    ("geld", 50700, 5070000),
    ("geld", Decimal("50700.5"), 5070050),
    ("geld", Decimal("0.01"), 1),
    ("geld", Decimal("999999999.99"), 99999999999),
    ("wahl", "a1", "a1"),
    ("wahl", "keine", "keine"),
    ("wahl", "NO", "NO"),
    ("land", "SY", "SY"),
    ("land", "sy", "SY"),
    ("land", "NO", "NO"),
    ("land", "XK", "XK"),
    ("land", "staatenlos", "staatenlos"),
    ("land", "ungeklaert", "ungeklaert"),
    ("ort", "Köln", "Köln"),
    ("ort", "  koeln ", "Köln"),
    ("ort", "COLONIA", "Köln"),
    ("ort", "Neustadt  an der Weinstrasse", "Neustadt an der Weinstraße"),
    ("ort", "Dorf  am See", "Dorf am See"),
    ("ort", "keine", "keine"),
    ("norm", "25 V", "§ 25 Abs. 5"),
    ("norm", 25, "§ 25"),
    ("norm", "25 II 2. Alt.", "§ 25 Abs. 2 Satz 1 Alt. 2"),
    ("norm", "§ 104c", "§ 104c"),
]


@pytest.mark.parametrize(("name", "raw", "value"), GOOD)
def test_accepted(facts: Vocabulary, name: str, raw: object, value: object) -> None:
    found = facts.parse_value(name, raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("raw", [None, "unbekannt"])
def test_unknown(facts: Vocabulary, name: str, raw: object) -> None:
    assert is_unknown(raw)
    assert facts.parse_value(name, raw) is None


BAD = [
    ("bool", "ja", "erwartet wird true (ja) oder false (nein)"),
    ("bool", "true", "ohne Anführungszeichen"),
    ("bool", 1, "true (ja)"),
    ("bool", "keine", "true (ja)"),
    ("datum", "22.11.2026", "also 2026-11-22"),
    ("datum", "2.1.2026", "also 2026-01-02"),
    ("datum", "2026-02-30", "gibt es im Kalender nicht"),
    ("datum", "2026-1-2", "JJJJ-MM-TT"),
    ("datum", 2026, "JJJJ-MM-TT"),
    ("datum", True, "„true“ passt nicht"),
    ("datum", "nie", "oder „keine“"),
    ("datum", datetime(2026, 1, 1, tzinfo=UTC), "JJJJ-MM-TT"),
    ("datum", date(1899, 12, 31), "außerhalb der Jahre 1900 bis 2199"),
    ("datum", date(2200, 1, 1), "außerhalb der Jahre 1900 bis 2199"),
    ("geburt", "keine", "den Tag gibt es immer"),
    ("zahl", -1, "eine ganze Zahl ab 0"),
    ("zahl", "3", "ohne Anführungszeichen"),
    ("zahl", True, "eine ganze Zahl"),
    ("zahl", Decimal("38.5"), "eine ganze Zahl"),
    ("zahl", 10**12, "die Zahl ist zu groß"),
    ("geld", -5, "ein Betrag in Euro"),
    ("geld", Decimal("45.000"), "ohne Tausenderpunkt"),
    ("geld", Decimal("-1.50"), "ein Betrag in Euro"),
    ("geld", "45.000,00 €", "ein Betrag in Euro"),
    ("geld", False, "ein Betrag in Euro"),
    ("geld", Decimal("NaN"), "ein Betrag in Euro"),
    ("geld", Decimal("1E+9"), "ein Betrag in Euro"),
    ("geld", 10**15, "die Zahl ist zu groß"),
    ("wahl", "A1", "gemeint „a1“"),
    ("wahl", "Stufe A1", "gemeint „a1“"),
    ("wahl", "north", "gemeint „NO“"),
    ("wahl", "b7", "eines von a1, keine, NO"),
    ("wahl", False, "„false“ passt nicht"),
    ("wahl", ["a1"], "„[…]“ passt nicht"),
    ("wahl", {"a": 1}, "„{…}“ passt nicht"),
    ("land", "SYR", "zwei Buchstaben"),
    ("land", "Syrien", "zwei Buchstaben"),
    ("land", "UK", "zwei Buchstaben"),
    ("land", "Staatenlos", "gemeint „staatenlos“"),
    ("land", "ungeklärt", "gemeint „ungeklaert“"),
    ("land", False, "zwei Buchstaben"),
    ("ort", "50667 Köln", "ohne Postleitzahl"),
    ("ort", "Domstraße 3", "ohne Postleitzahl und Straße"),
    ("ort", "a@b", "keine Anschrift"),
    ("ort", "", "der Name eines Ortes"),
    ("ort", " ", "der Name eines Ortes"),
    ("ort", "x" * 101, "der Name eines Ortes"),
    ("ort", 5, "der Name eines Ortes"),
    ("norm", "foo", "nur Vorschriften aus: AufenthG"),
    ("norm", "§ 61 AsylG", "nur Vorschriften aus: AufenthG"),
    ("norm", "§ 60a", "nach § 60a gibt es keinen Aufenthaltstitel"),
    ("norm", "§ 25v", "gemeint „§ 25“"),
    ("norm", True, "in Anführungszeichen"),
    ("norm", Decimal("25.5"), "in Anführungszeichen"),
    ("liste", [1], "sie kann hier nicht stehen"),
]


@pytest.mark.parametrize(("name", "raw", "german"), BAD)
def test_refused(facts: Vocabulary, name: str, raw: object, german: str) -> None:
    found = facts.parse_value(name, raw)
    assert isinstance(found, Text)
    assert german in found.de
    assert found.en
    assert found.en != found.de


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.dates()
    | st.text()
    | st.from_regex(r"[0-9]{1,4}[-.][0-9]{1,2}[-.][0-9]{1,4}", fullmatch=True)
    | st.just(yamlio.BROKEN),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(), inside, max_size=2),
    max_leaves=4,
)


@pytest.mark.fuzz
@given(st.sampled_from((*TYPES, "geburt")), anything)
def test_anything_is_a_value_or_refused(facts: Vocabulary, name: str, raw: object) -> None:
    found = facts.parse_value(name, raw)
    if found is None:
        assert is_unknown(raw)
    elif isinstance(found, Text):
        assert found.de
        assert found.en
    else:
        assert facts.show_value(name, found).de
        if name != "geld":  # kept in cents
            assert facts.parse_value(name, found) == found


def test_iso_day_says_whether_there_can_be_none() -> None:
    said = iso_day("x")
    assert isinstance(said, Text)
    assert "keine" not in said.de


@pytest.mark.parametrize(
    ("name", "value", "german", "english"),
    [
        ("bool", True, "ja", "yes"),
        ("bool", False, "nein", "no"),
        ("datum", date(2026, 1, 2), "02.01.2026", "2026-01-02"),
        ("datum", "keine", "keine", "none"),
        ("zahl", 1234, "1234", "1234"),
        ("geld", 5070000, "50.700 Euro", "EUR 50,700"),
        ("geld", 123456789, "1.234.567,89 Euro", "EUR 1,234,567.89"),
        ("geld", 105, "1,05 Euro", "EUR 1.05"),
        ("wahl", "keine", "gar keine", "none at all"),
        ("land", "SY", "SY", "SY"),
        ("land", "staatenlos", "staatenlos", "stateless"),
        ("land", "ungeklaert", "ungeklärt", "undetermined"),
        ("norm", "§ 25 Abs. 5", "§ 25 Abs. 5", "§ 25 Abs. 5"),
    ],
)
def test_shown(facts: Vocabulary, name: str, value: Any, german: str, english: str) -> None:
    assert facts.show_value(name, value) == Text(german, english)


def test_countries() -> None:
    assert len(COUNTRIES) == 250
    assert all(len(code) == 2 and code.isupper() and code.isascii() for code in COUNTRIES)
    assert {"DE", "SY", "AF", "XK", "SS", "SX"} <= COUNTRIES
    assert not {"UK", "EL", "EU", "AN", "YU"} & COUNTRIES


def test_huge_numbers_do_no_harm(facts: Vocabulary) -> None:
    assert sys.get_int_max_str_digits() == 4300
    for name in TYPES:
        assert isinstance(facts.parse_value(name, 10**5000), Text)
