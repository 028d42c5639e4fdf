from datetime import date

import pytest

from wegweiser.engine.answers import Expected
from wegweiser.engine.lights import expected_light, within_a_year

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("outcome", "ab", "light"),
    [
        ("frei", None, "gruen"),
        ("anspruch", None, "gruen"),
        ("soll", None, "gruen"),
        ("ermessen", None, "gelb"),
        ("noch_nicht", date(2027, 11, 22), "gelb"),
        ("noch_nicht", date(2027, 11, 23), "rot"),
        ("noch_nicht", None, "offen"),
        ("nein", None, "rot"),
        ("unklar", None, "offen"),
    ],
)
def test_light(outcome: str, ab: date | None, light: str) -> None:
    assert expected_light(Expected(outcome, ab, None, None, None), TODAY) == light


def test_a_year_from_a_leap_day() -> None:
    assert within_a_year(date(2029, 2, 28), date(2028, 2, 29))
    assert not within_a_year(date(2029, 3, 1), date(2028, 2, 29))
