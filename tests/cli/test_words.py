from datetime import date

import pytest

from wegweiser.cli.words import amount, cited, command_words, day, enumerate_words, numbered, period


def test_days() -> None:
    assert day(date(2026, 3, 1), "de") == "01.03.2026"
    assert day(date(2026, 3, 1), "en") == "2026-03-01"


@pytest.mark.parametrize(
    ("iso", "de", "en"),
    [
        ("P3M", "3 Monate", "3 months"),
        ("P1M", "1 Monat", "1 month"),
        ("P4Y", "4 Jahre", "4 years"),
        ("P1Y6M", "1 Jahr 6 Monate", "1 year 6 months"),
        ("P14D", "14 Tage", "14 days"),
        ("unlesbar", "unlesbar", "unlesbar"),
    ],
)
def test_periods(iso: str, de: str, en: str) -> None:
    assert period(iso, "de") == de
    assert period(iso, "en") == en


def test_numbers_of_targets() -> None:
    assert numbered([1], "de") == "Nr. 1"
    assert numbered([1, 2], "de") == "Nr. 1, 2"
    assert numbered([1, 2, 3, 5, 7, 8], "en") == "no. 1–3, 5, 7, 8"


def test_enumerations() -> None:
    assert enumerate_words([], "de") == ""
    assert enumerate_words(["a"], "de") == "a"
    assert enumerate_words(["a", "b", "c"], "de") == "a, b und c"
    assert enumerate_words(["a", "b"], "en") == "a and b"


def test_amounts() -> None:
    assert amount(50700, "de") == "50.700 Euro"
    assert amount(1234.5, "en") == "EUR 1,234.50"


def test_commands_in_english() -> None:
    assert command_words("wegweiser profil neu -o fall.yaml", "en") == "wegweiser profile new -o case.yaml"
    assert command_words("wegweiser profil neu", "de") == "wegweiser profil neu"


def test_citations() -> None:
    assert cited("Das gilt.", "§ 1 A", "§ 2 A") == "Das gilt (§ 1 A, § 2 A)."
    assert cited("Das gilt (§ 1 A).", "§ 1 A", "§ 2 A") == "Das gilt (§ 1 A; § 2 A)."
    assert cited("Das gilt nach § 1 A.", "§ 1 A", "") == "Das gilt nach § 1 A."
