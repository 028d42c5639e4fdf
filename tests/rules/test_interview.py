"""Interviews about all targets of the real book; the people of the worked examples answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml

from wegweiser.engine import Book, Interview, ProfileError, check

DAY = date(2026, 11, 23)
WORKED = Path(__file__).parent / "worked"
SAMPLE = 16


def people() -> list[dict[str, Any]]:
    """What the worked examples tell, evenly over all."""
    found = []
    for path in sorted(WORKED.glob("*.yaml")):
        load = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [{**load["basis"], **case["given"]} for case in load["cases"]]
    return found[:: len(found) // SAMPLE]


@pytest.fixture(scope="module")
def start(packaged_book: Book) -> Interview:
    """Nothing is told."""
    return Interview(packaged_book, {}, DAY)


@pytest.fixture(scope="module")
def ended(start: Interview) -> list[tuple[int, Interview]]:
    """How many questions each interview took, and its end."""
    found = []
    for facts in people():
        now, asked = start, 0
        try:
            while (fact := now.question) is not None:
                now, asked = now.told(fact, facts.get(fact)), asked + 1
        except ProfileError:  # told on another day than this
            continue
        found.append((asked, now))
    return found


def test_half_of_the_facts_that_are_missing_at_the_start_are_enough(
    start: Interview, ended: list[tuple[int, Interview]]
) -> None:
    missing = len(start.missing())
    assert len(ended) > SAMPLE // 2
    assert missing > 20
    assert mean(asked for asked, _ in ended) <= missing / 2


def test_an_interview_ends_with_the_answers_of_a_check(
    packaged_book: Book, ended: list[tuple[int, Interview]]
) -> None:
    for _, now in ended[::6]:
        answers = {answer.ziel: answer for answer in check(packaged_book, now.profile, now.targets).answers}
        open_targets = [name for name in now.targets if answers[name].ergebnis == "unklar"]
        assert list(now.open) == open_targets
        for name in open_targets:
            assert answers[name].fehlend == now.verdict(name).fehlend


def test_who_cannot_tell_how_well_somebody_speaks_may_have_a_certificate(packaged_book: Book) -> None:
    """A certificate tells that too; it is asked although no answer hangs on it itself."""
    target = "aufenthalt.ae_25b"
    told = {
        "aufenthaltsstatus": "aufenthaltserlaubnis",
        "titel_norm": "§ 104c",
        "titel_gueltig_bis": date(2027, 3, 14),
        "geburtsdatum": date(1995, 6, 30),
        "ununterbrochen_seit": date(2016, 3, 1),
        "identitaet_geklaert": True,
        "abschiebungshindernis_selbst_verschuldet": False,
        "extremismus_bezug": False,
        "ausweisung_oder_abschiebungsanordnung": False,
        "straftat_ausschluss": False,
        "jugendstrafe_ausschluss": False,
        "bekenntnis_fdgo": True,
        "leben_in_deutschland_bestanden": True,
        "schulabschluss": "keiner",
        "lebensunterhalt_ueberwiegend_gesichert": True,
        "alleinerziehend_kind_unter_3": False,
        "passpflicht_erfuellt": True,
    }
    asked = Interview(packaged_book, told, DAY, [target])
    assert asked.question == "deutschniveau_muendlich"
    after = asked.told("deutschniveau_muendlich", None)
    assert after.missing() == ("deutschniveau_muendlich",)
    assert after.question == "deutschniveau"
    assert after.depending("deutschniveau") == (target,)
    settled = after.told("deutschniveau", "a2")
    assert (settled.question, settled.verdict(target).ergebnis) == (None, "soll")
