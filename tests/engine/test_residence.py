"""Periods of stay: what is counted, and every fault in them."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine.errors import ProfileError
from wegweiser.engine.profile import Profile, read_profile
from wegweiser.engine.text import Text
from wegweiser.engine.vocabulary import Vocabulary

DAY = date(2026, 11, 22)
SINCE = ("ununterbrochen_seit", "duldung_seit", "aufenthaltserlaubnis_seit")


def stay(status: str, von: str, bis: str | None = None, **held: str) -> dict[str, Any]:
    entry = {"status": status, "von": date.fromisoformat(von), **held}
    return {**entry, "bis": date.fromisoformat(bis)} if bis else entry


def since(vocabulary: Vocabulary, *stays: dict[str, Any], day: date = DAY) -> dict[str, str]:
    """The -seit facts that follow."""
    profile = Profile.from_facts({"aufenthaltszeiten": list(stays)}, vocabulary, day)
    return {name: str(profile.stated[name]) for name in SINCE if name in profile.stated}


def faults(vocabulary: Vocabulary, source: str, language: str = "de") -> list[str]:
    with pytest.raises(ProfileError) as raised:
        read_profile(source, "p", vocabulary, today=DAY)
    return [fault.message(language) for fault in raised.value.faults]


def test_the_day_after_leaves_no_gap(vocabulary: Vocabulary) -> None:
    gestattung = stay("aufenthaltsgestattung", "2022-01-10", "2024-05-15")
    assert since(vocabulary, gestattung, stay("duldung", "2024-05-16")) == {
        "ununterbrochen_seit": "2022-01-10",
        "duldung_seit": "2024-05-16",
    }


def test_one_day_between_is_a_gap(vocabulary: Vocabulary) -> None:
    gestattung = stay("aufenthaltsgestattung", "2022-01-10", "2024-05-15")
    assert since(vocabulary, gestattung, stay("duldung", "2024-05-17")) == {
        "ununterbrochen_seit": "2024-05-17",
        "duldung_seit": "2024-05-17",
    }


def test_the_order_of_the_list_is_free(vocabulary: Vocabulary) -> None:
    stays = [
        stay("duldung", "2024-05-16"),
        stay("aufenthaltsgestattung", "2022-01-10", "2023-12-31"),
        stay("duldung", "2024-01-01", "2024-05-15", duldungsart="ungeklaerte_identitaet_60b"),
    ]
    assert since(vocabulary, *stays) == {"ununterbrochen_seit": "2022-01-10", "duldung_seit": "2024-01-01"}


def test_time_without_a_document_breaks_the_chain(vocabulary: Vocabulary) -> None:
    stays = [
        stay("duldung", "2020-01-01", "2022-12-31"),
        stay("ausreisepflichtig_ohne_duldung", "2023-01-01", "2023-01-31"),
        stay("duldung", "2023-02-01"),
    ]
    assert since(vocabulary, *stays) == {"ununterbrochen_seit": "2023-02-01", "duldung_seit": "2023-02-01"}


def test_short_stays_do_not_count(vocabulary: Vocabulary) -> None:
    stays = [stay("kurzaufenthalt", "2025-01-01", "2025-03-31"), stay("aufenthaltsgestattung", "2025-04-01")]
    assert since(vocabulary, *stays) == {"ununterbrochen_seit": "2025-04-01"}


def test_what_is_not_held_now_is_not_derived(vocabulary: Vocabulary) -> None:
    duldung = stay("duldung", "2020-01-01", "2024-12-31")
    permit = stay("aufenthaltserlaubnis", "2025-01-01", titel_norm="25b I")
    assert since(vocabulary, duldung, permit) == {
        "ununterbrochen_seit": "2020-01-01",
        "aufenthaltserlaubnis_seit": "2025-01-01",
    }
    assert since(vocabulary, duldung, stay("ausreisepflichtig_ohne_duldung", "2025-01-01")) == {}
    assert since(vocabulary, duldung) == {}
    assert since(vocabulary) == {}


def test_the_last_day_still_counts(vocabulary: Vocabulary) -> None:
    duldung = stay("duldung", "2020-01-01", "2026-11-22")
    assert since(vocabulary, duldung)["duldung_seit"] == "2020-01-01"
    assert since(vocabulary, duldung, day=DAY + timedelta(days=1)) == {}


def test_an_end_that_is_still_to_come(vocabulary: Vocabulary) -> None:
    assert since(vocabulary, stay("duldung", "2020-01-01", "2027-01-21"))["duldung_seit"] == "2020-01-01"
    assert since(vocabulary, stay("duldung", "2026-11-22"))["duldung_seit"] == "2026-11-22"


def test_the_old_title_goes_on_during_an_application(vocabulary: Vocabulary) -> None:
    permit = stay("aufenthaltserlaubnis", "2021-03-01", "2024-02-29", titel_norm="§ 25 Abs. 3")
    fiction = stay("fiktion_fortgeltung", "2024-03-01", "2024-08-31", titel_norm="§ 25 Abs. 3")
    permit_2 = stay("aufenthaltserlaubnis", "2024-09-01", titel_norm="§ 25 Abs. 3")
    begun = {"ununterbrochen_seit": "2021-03-01", "aufenthaltserlaubnis_seit": "2021-03-01"}
    assert since(vocabulary, permit, fiction, permit_2) == begun
    assert since(vocabulary, permit, {**fiction, "bis": None}) == begun
    # the fiction continues a title: without one in the list the beginning is not known
    assert since(vocabulary, fiction, permit_2) == {"ununterbrochen_seit": "2024-03-01"}


def test_a_visa_counts_for_the_permit_but_is_none(vocabulary: Vocabulary) -> None:
    visa = stay("visum_national", "2025-01-01", "2025-03-31")
    assert since(vocabulary, visa, stay("aufenthaltserlaubnis", "2025-04-01")) == {
        "ununterbrochen_seit": "2025-01-01",
        "aufenthaltserlaubnis_seit": "2025-01-01",
    }
    assert since(vocabulary, {**visa, "bis": None}) == {"ununterbrochen_seit": "2025-01-01"}


def test_deemed_suspension_is_no_toleration(vocabulary: Vocabulary) -> None:
    stays = [stay("duldung", "2024-01-01", "2024-12-31"), stay("fiktion_duldung", "2025-01-01")]
    assert since(vocabulary, *stays) == {"ununterbrochen_seit": "2024-01-01"}


def test_what_is_held_on_the_day_is_known(vocabulary: Vocabulary) -> None:
    stays = [
        stay("duldung", "2024-01-01", "2024-12-31", duldungsart="allgemein"),
        stay("aufenthaltserlaubnis", "2025-01-01", titel_norm="25 V"),
    ]
    profile = Profile.from_facts({"aufenthaltszeiten": stays}, vocabulary, DAY)
    assert profile.stated["aufenthaltsstatus"] == "aufenthaltserlaubnis"
    assert profile.stated["titel_norm"] == "§ 25 Abs. 5"
    assert "duldungsart" not in profile.stated
    assert "aufenthaltszeiten" not in profile.stated
    assert profile.derived["titel_norm"].de == "folgt aus aufenthaltszeiten[2]"
    assert profile.derived["ununterbrochen_seit"].de == "ohne Lücke seit aufenthaltszeiten[1]"
    assert profile.derived["ununterbrochen_seit"].en == "without a gap since aufenthaltszeiten[1]"
    assert [one.von for one in profile.stays] == [date(2024, 1, 1), date(2025, 1, 1)]


def days_60b(vocabulary: Vocabulary, *stays: dict[str, Any]) -> object:
    profile = Profile.from_facts({"aufenthaltszeiten": list(stays)}, vocabulary, DAY)
    return profile.stated.get("tage_duldung_60b")


def test_days_are_added_up(vocabulary: Vocabulary) -> None:
    kind = {"duldungsart": "ungeklaerte_identitaet_60b"}
    first = stay("duldung", "2025-01-01", "2025-01-10", **kind)
    other = stay("duldung", "2025-01-11", "2025-12-31", duldungsart="allgemein")
    silent = stay("duldung", "2025-01-11", "2025-12-31")
    later = stay("duldung", "2026-11-20", **kind)
    assert days_60b(vocabulary, first) == 10
    assert days_60b(vocabulary, first, other, later) == 13
    assert days_60b(vocabulary, first, other, {**later, "bis": "2026-12-31"}) == 13
    assert days_60b(vocabulary, other) == 0
    assert days_60b(vocabulary, stay("aufenthaltsgestattung", "2025-01-01")) == 0
    assert days_60b(vocabulary, silent) is None
    assert days_60b(vocabulary, silent, later) == 3
    profile = Profile.from_facts({"aufenthaltszeiten": [first]}, vocabulary, DAY)
    assert profile.derived["tage_duldung_60b"] == Text(
        "gezählt aus aufenthaltszeiten", "counted from aufenthaltszeiten"
    )


def test_places_of_derived_facts(vocabulary: Vocabulary) -> None:
    source = """\
aufenthaltszeiten:
  - {status: aufenthaltsgestattung, von: 2024-01-01, bis: 2024-12-31}
  - {status: duldung, von: 2025-01-01}
"""
    profile = read_profile(source, "p", vocabulary, today=DAY)
    assert profile.places["ununterbrochen_seit"] == (2, 5)
    assert profile.places["duldung_seit"] == (3, 5)
    assert profile.places["aufenthaltszeiten"] == (1, 1)


def test_a_fact_told_as_well_has_to_agree(vocabulary: Vocabulary) -> None:
    source = "aufenthaltszeiten: [{status: duldung, von: 2025-01-01}]\nduldung_seit: "
    profile = read_profile(source + "2025-01-01", "p", vocabulary, today=DAY)
    assert "duldung_seit" not in profile.derived
    profile = read_profile(source + "unbekannt", "p", vocabulary, today=DAY)
    assert profile.stated["duldung_seit"] == date(2025, 1, 1)
    assert profile.unknown == frozenset()
    assert faults(vocabulary, source + "2024-01-01") == [
        "p:2:1: duldung_seit: widerspricht aufenthaltszeiten[1] (Zeile 1): daraus folgt 01.01.2025"
    ]
    assert faults(vocabulary, source + "keine", "en") == [
        "p:2:1: duldung_seit: contradicts aufenthaltszeiten[1] (line 1), from which follows 2025-01-01"
    ]
    source = (
        "aufenthaltszeiten: [{status: duldung, von: 2025-01-01}]\naufenthaltsstatus: aufenthaltserlaubnis"
    )
    assert faults(vocabulary, source) == [
        "p:2:1: aufenthaltsstatus: widerspricht aufenthaltszeiten[1] (Zeile 1): daraus folgt Duldung"
    ]


def test_overlaps_name_both(vocabulary: Vocabulary) -> None:
    source = """\
aufenthaltszeiten:
  - {status: duldung, von: 2024-05-15, bis: 2025-01-01}
  - {status: aufenthaltsgestattung, von: 2022-01-10, bis: 2024-05-15}
  - {status: duldung, von: 2024-06-01, bis: 2024-06-30}
  - {status: duldung, von: 2024-07-01}
"""
    assert faults(vocabulary, source) == [
        "p:2:5: aufenthaltszeiten[1]: überschneidet sich mit aufenthaltszeiten[2] (Zeile 3)",
        "p:4:5: aufenthaltszeiten[3]: überschneidet sich mit aufenthaltszeiten[1] (Zeile 2)",
        "p:5:5: aufenthaltszeiten[4]: überschneidet sich mit aufenthaltszeiten[1] (Zeile 2)",
    ]
    source = (
        "aufenthaltszeiten:\n- {status: duldung, von: 2024-05-15}\n- {status: duldung, von: 2025-05-15}\n"
    )
    assert faults(vocabulary, source, "en") == [
        "p:3:3: aufenthaltszeiten[2]: overlaps with aufenthaltszeiten[1] (line 2)"
    ]


def test_every_fault_of_the_list(vocabulary: Vocabulary) -> None:
    source = """\
aufenthaltszeiten:
  - {status: duldng, von: 2024-01-01}
  - {status: duldung, vn: 2024-01-01}
  - {von: 2024-02-30}
  - {status: unbekannt, von: 1.2.2024, bis: unbekannt}
  - {status: duldung, von: 2026-11-23}
  - {status: duldung, von: 2024-01-02, bis: 2024-01-01}
  - {status: aufenthaltserlaubnis, von: 2024-01-02, bis: 2024-02-30, titel_norm: § 60a}
  - duldung
  - {status: duldung, status: duldung, von: keine}
"""
    assert [fault.split(": erwartet")[0] for fault in faults(vocabulary, source)] == [
        "p:2:6: aufenthaltszeiten[1].status: „duldng“ passt nicht",
        "p:3:5: aufenthaltszeiten[2]: es fehlt: von",
        "p:3:23: aufenthaltszeiten[2].vn: diesen Eintrag gibt es hier nicht; gemeint „von“?",
        "p:4:5: aufenthaltszeiten[3]: es fehlt: status",
        "p:4:11: aufenthaltszeiten[3].von: 2024-02-30 gibt es im Kalender nicht",
        "p:5:5: aufenthaltszeiten[4]: es fehlt: status",
        "p:5:25: aufenthaltszeiten[4].von: „1.2.2024“ passt nicht",
        "p:5:40: aufenthaltszeiten[4].bis: „unbekannt“ passt nicht",
        "p:6:23: aufenthaltszeiten[5].von: 23.11.2026 liegt nach dem Stichtag 22.11.2026",
        "p:7:40: aufenthaltszeiten[6].bis: liegt vor dem ersten Tag 02.01.2024",
        "p:8:58: aufenthaltszeiten[7].bis: 2024-02-30 gibt es im Kalender nicht",
        "p:8:70: aufenthaltszeiten[7].titel_norm: nach § 60a gibt es keinen Aufenthaltstitel",
        "p:9:5: aufenthaltszeiten[8]",
        "p:10:23: aufenthaltszeiten[9].status: steht schon in Zeile 10",
        "p:10:40: aufenthaltszeiten[9].von: „keine“ passt nicht",
    ]


@pytest.mark.parametrize("raw", ["5", "duldung", "{status: duldung}", "true"])
def test_no_list(vocabulary: Vocabulary, raw: str) -> None:
    (fault,) = faults(vocabulary, f"aufenthaltszeiten: {raw}")
    assert "erwartet wird eine Liste von Zeiten" in fault


def test_unknown_periods(vocabulary: Vocabulary) -> None:
    profile = read_profile("aufenthaltszeiten: unbekannt", "p", vocabulary, today=DAY)
    assert profile.unknown == {"aufenthaltszeiten"}
    assert profile.stays == ()


# --- against a plain count of days ----------------------------------------------------------

KINDS = ["aufenthaltsgestattung", "duldung", "aufenthaltserlaubnis", "ausreisepflichtig_ohne_duldung"]


@pytest.mark.fuzz
@given(
    lengths=st.lists(st.tuples(st.sampled_from([None, *KINDS]), st.integers(1, 5)), min_size=1, max_size=8),
    shuffled=st.randoms(use_true_random=False),
)
def test_against_a_count_of_days(vocabulary: Vocabulary, lengths: list[Any], shuffled: Any) -> None:
    """Go back day by day from the day of the check, as one would on a calendar."""
    day = date(2024, 2, 1)
    calendar: dict[date, str | None] = {}
    stays: list[dict[str, Any]] = []
    for kind, length in lengths:
        if kind is not None:
            last = day + timedelta(days=length - 1)
            stays.append({"status": kind, "von": day, "bis": last})
        for _ in range(length):
            calendar[day] = kind
            day += timedelta(days=1)
    check = day - timedelta(days=1)
    if stays and stays[-1]["bis"] == check and shuffled.random() < 0.5:
        stays[-1]["bis"] = None
    shuffled.shuffle(stays)
    expected = {}
    for name, counts in (
        ("ununterbrochen_seit", set(KINDS[:3])),
        ("duldung_seit", {"duldung"}),
        ("aufenthaltserlaubnis_seit", {"aufenthaltserlaubnis"}),
    ):
        first = check
        while calendar.get(first) in counts:
            expected[name] = str(first)
            first -= timedelta(days=1)
    assert since(vocabulary, *stays, day=check) == expected
