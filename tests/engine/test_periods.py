"""How time is counted: the examples of the contract, and what the exact reasoning relies on."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wegweiser.engine.periods import FAR, KINDS, NEVER, Period, reach, turn

FIRST = date.min.toordinal()
LAST = date.max.toordinal()

days = st.dates(date(1890, 1, 1), date(2150, 12, 31)).map(date.toordinal)
any_day = st.integers(FIRST, LAST)
periods = st.builds(
    Period, st.integers(0, 60) | st.integers(0, 1500), st.integers(0, 40) | st.integers(0, 99999)
)
kinds = st.sampled_from(KINDS)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def met(kind: str, text: str, start: str) -> str:
    period = Period.parse(text)
    assert period is not None
    return date.fromordinal(turn(kind, period, day(start))).isoformat()


@pytest.mark.parametrize(
    ("kind", "period", "start", "expected"),
    [
        pytest.param("since", "P6M", "2025-08-31", "2026-03-01", id="contract: since 31 August, 6 months"),
        pytest.param("since", "P3M", "2026-08-15", "2026-11-15", id="contract: since 15 August, 3 months"),
        pytest.param("after", "P3M", "2026-08-15", "2026-11-16", id="contract: 3 months after 15 August"),
        pytest.param(
            "before", "P7M", "2026-09-30", "2026-02-28", id="contract: 7 months before 30 September"
        ),
        pytest.param("before", "P7M", "2024-09-30", "2024-02-29", id="7 months before, leap year"),
        pytest.param("before", "P6M", "2026-08-15", "2026-02-15", id="6 months before"),
        pytest.param("since", "P1M", "2026-01-31", "2026-03-01", id="since 31 January: February has no 31st"),
        pytest.param("since", "P1M", "2024-01-29", "2024-02-29", id="since 29 January, leap year"),
        pytest.param("since", "P1M", "2026-01-29", "2026-03-01", id="since 29 January, common year"),
        pytest.param("after", "P1M", "2026-01-31", "2026-03-01", id="after 31 January: ends on 28 February"),
        pytest.param("after", "P1M", "2024-01-31", "2024-03-01", id="after 31 January: ends on 29 February"),
        pytest.param("after", "P1M", "2026-02-28", "2026-03-29", id="after 28 February: ends on 28 March"),
        pytest.param("after", "P6M", "2026-08-31", "2027-03-01", id="after 31 August: ends on 28 February"),
        pytest.param("since", "P12M", "2025-12-31", "2026-12-31", id="twelve months"),
        pytest.param("since", "P1Y", "2025-12-31", "2026-12-31", id="a year is twelve months"),
        pytest.param("since", "P2W", "2026-01-01", "2026-01-15", id="two weeks, the first day counts"),
        pytest.param("after", "P14D", "2026-01-01", "2026-01-16", id="14 days after, the day does not count"),
        pytest.param("before", "P14D", "2026-01-15", "2026-01-01", id="14 days before"),
        pytest.param("since", "P0D", "2026-01-15", "2026-01-15", id="no time since: from the day itself"),
        pytest.param("after", "P0D", "2026-01-15", "2026-01-16", id="no time after: from the next day"),
        pytest.param("before", "P0D", "2026-01-15", "2026-01-15", id="no time before: from the day itself"),
        pytest.param(
            "month_after", "P18M", "2025-05-31", "2027-01-01", id="ends on 30 November: over on 1 December"
        ),
        pytest.param("month_after", "P18M", "2025-05-29", "2026-12-01", id="over on 30 November: to its end"),
        pytest.param(
            "month_after", "P0D", "2025-12-31", "2026-02-01", id="no time after: the month of the next day"
        ),
        pytest.param(
            "month_since", "P67Y", "1964-01-01", "2031-01-01", id="complete on 31 December: its month"
        ),
        pytest.param("month_since", "P67Y", "1964-01-02", "2031-02-01", id="complete on 1 January"),
        pytest.param("month_since", "P67Y", "1964-01-31", "2031-02-01", id="complete on 30 January"),
        pytest.param("since", "P1M10D", "2026-01-31", "2026-03-11", id="months first, then days"),
    ],
)
def test_periods_count_as_the_contract_says(kind: str, period: str, start: str, expected: str) -> None:
    assert met(kind, period, start) == expected


@pytest.mark.parametrize(
    ("born", "years", "birthday"),
    [
        pytest.param("2008-11-23", 18, "2026-11-23", id="on the birthday itself"),
        pytest.param("2008-02-29", 18, "2026-03-01", id="29 February: 1 March in common years"),
        pytest.param("2008-02-29", 20, "2028-02-29", id="29 February: 29 February in leap years"),
        pytest.param("1999-12-31", 27, "2026-12-31", id="last day of the year"),
        pytest.param("2001-01-01", 25, "2026-01-01", id="first day of the year"),
    ],
)
def test_a_year_of_life_is_complete_before_the_birthday(born: str, years: int, birthday: str) -> None:
    assert met("since", f"P{years}Y", born) == birthday


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024, 2100])
def test_every_day_of_a_year_has_its_anniversary(year: int) -> None:
    start = date(year, 1, 1)
    for offset in range(366):
        one = start + timedelta(days=offset)
        turned = date.fromordinal(turn("since", Period(12, 0), one.toordinal()))
        if (one.month, one.day) == (2, 29):
            assert turned == date(one.year + 1, 3, 1)
        else:
            assert turned == one.replace(year=one.year + 1)


@pytest.mark.parametrize(
    ("text", "period", "back"),
    [
        ("P3M", Period(3, 0), "P3M"),
        ("P4Y", Period(48, 0), "P4Y"),
        ("P1Y6M", Period(18, 0), "P1Y6M"),
        ("P14D", Period(0, 14), "P14D"),
        ("P2W", Period(0, 14), "P14D"),
        ("P0D", Period(0, 0), "P0D"),
        ("P1Y1M1W1D", Period(13, 8), "P1Y1M8D"),
    ],
)
def test_durations_are_read_and_written(text: str, period: Period, back: str) -> None:
    assert Period.parse(text) == period
    assert str(period) == back


@pytest.mark.parametrize(
    "text", ["", "P", "3M", "P3", "PT3H", "P3M ", "p3m", "P-3M", "P3.5M", "P3D2M", "P99999Y"]
)
def test_other_texts_are_no_durations(text: str) -> None:
    assert Period.parse(text) is None


def test_the_calendar_ends_somewhere() -> None:
    assert FAR < LAST < NEVER
    for kind in KINDS:
        assert FIRST <= turn(kind, Period(12, 3), LAST) <= NEVER
        assert turn(kind, Period(12, 3), NEVER) == NEVER
    assert turn("since", Period(12, 0), LAST) == NEVER
    assert turn("before", Period(12, 0), FIRST) == FIRST


@pytest.mark.fuzz
@given(kind=kinds, period=periods, one=any_day, two=any_day)
@example("since", Period(1, 0), day("2026-01-28"), day("2026-01-31"))
@example("after", Period(1, 0), day("2026-01-31"), day("2026-02-01"))
@example("before", Period(1, 0), day("2026-03-28"), day("2026-03-31"))
def test_a_later_day_never_turns_earlier(kind: str, period: Period, one: int, two: int) -> None:
    assert turn(kind, period, min(one, two)) <= turn(kind, period, max(one, two))


@pytest.mark.fuzz
@given(kind=kinds, period=periods, one=days)
def test_each_day_turns_no_earlier_than_the_day_before(kind: str, period: Period, one: int) -> None:
    assert turn(kind, period, one - 1) <= turn(kind, period, one)


@pytest.mark.fuzz
@given(kind=kinds, period=periods, one=days | any_day)
@example("since", Period(1, 0), day("2026-03-01"))
@example("after", Period(0, 99999), FIRST)
@example("before", Period(1500, 99999), LAST)
def test_reach_is_the_latest_day_that_has_turned(kind: str, period: Period, one: int) -> None:
    latest = reach(kind, period, one)
    assert FIRST <= latest <= LAST
    assert turn(kind, period, latest) <= one or latest == FIRST
    assert latest == LAST or turn(kind, period, latest + 1) > one


@pytest.mark.fuzz
@given(kind=kinds, period=periods, one=any_day)
def test_no_day_is_too_extreme(kind: str, period: Period, one: int) -> None:
    assert FIRST <= turn(kind, period, one) <= NEVER
    assert FIRST <= reach(kind, period, one) <= LAST


@pytest.mark.fuzz
@given(period=periods, one=days)
def test_after_is_a_day_later_than_since_or_the_same_at_the_end_of_a_month(period: Period, one: int) -> None:
    assert (
        0 <= turn("after", period, one) - turn("since", period, one) <= 1
        or turn("since", period, one) == NEVER
    )


@pytest.mark.fuzz
@given(months=st.integers(0, 1500), days=st.integers(0, 99999))
def test_periods_survive_being_written(months: int, days: int) -> None:
    assert Period.parse(str(Period(months, days))) == Period(months, days)
