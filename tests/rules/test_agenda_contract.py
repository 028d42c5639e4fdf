"""The application that follows a contract is told before there is one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wegweiser.engine import Book, check, read_profile
from wegweiser.engine.agenda import agenda_of

DAY = date(2026, 11, 22)
FATIMA = Path(__file__).resolve().parents[2] / "examples" / "fatima.yaml"
TARGETS = [
    "taetigkeit.ausbildung_betrieblich",
    "aufenthalt.ausbildungsduldung_60c",
    "aufenthalt.ae_ausbildung_16g",
]


def steps(book: Book, *changes: tuple[str, str]) -> dict[str, date | None]:
    source = FATIMA.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    profile = read_profile(source.encode(), "fatima", book, today=DAY)
    return {
        step.rule: step.first
        for step in agenda_of(book, profile, check(book, profile, TARGETS).answers).steps
    }


def test_without_a_contract_the_toleration_is_refused_but_the_application_stays_on_the_agenda(
    packaged_book: Book,
) -> None:
    profile = read_profile(FATIMA.read_bytes(), "fatima", packaged_book, today=DAY)
    (answer,) = check(packaged_book, profile, ["aufenthalt.ausbildungsduldung_60c"]).answers
    assert answer.ergebnis == "nein"
    found = steps(packaged_book)
    assert found["schritt_antrag_60c"] == date(2027, 1, 1)
    assert [*found].index("schritt_eintragung") < [*found].index("schritt_antrag_60c")
    assert "schritt_erlaubnis_ausbildung" not in found


def test_the_page_says_what_the_contract_would_open(packaged_book: Book) -> None:
    profile = read_profile(FATIMA.read_bytes(), "fatima", packaged_book, today=DAY)
    (prospect,) = agenda_of(packaged_book, profile, check(packaged_book, profile, TARGETS).answers).prospects
    assert prospect.change == (("ausbildung_vertrag_eingetragen", True),)
    assert prospect.answer.ziel == "aufenthalt.ausbildungsduldung_60c"
    expected = prospect.answer.voraussichtlich
    assert expected is not None
    assert (expected.ergebnis, expected.ab, expected.dann) == ("noch_nicht", date(2027, 2, 1), "anspruch")


def test_where_the_permit_is_possible_too_both_are_applied_for(packaged_book: Book) -> None:
    found = steps(packaged_book, ("lebensunterhalt_gesichert: false", "lebensunterhalt_gesichert: true"))
    assert "schritt_antrag_16g_sonst_60c" in found
    assert "schritt_antrag_60c" not in found


@pytest.mark.parametrize("ban", ["straftat_ausschluss", "extremismus_bezug"])
def test_where_a_contract_would_not_help_only_the_permission_for_the_training_is_left(
    packaged_book: Book, ban: str
) -> None:
    found = steps(packaged_book, (f"{ban}: false", f"{ban}: true"))
    assert not {"schritt_antrag_60c", "schritt_antrag_16g_sonst_60c", "schritt_antrag_16g"} & {*found}
    assert "schritt_erlaubnis_ausbildung" in found
