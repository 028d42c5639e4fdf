"""Case files made by strangers: every fault is named with its line; blanks; replay; what is not covered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from wegweiser.casebook.coverage import coverage
from wegweiser.casebook.model import BLANK, Case, load_cases
from wegweiser.casebook.replay import replay
from wegweiser.engine import Book, Fault
from wegweiser.engine.networks import Networks
from wegweiser.engine.text import Text

THEMES = {"arbeit": Text("Arbeit", "work")}
GOOD = """\
id: fall_901
title: {de: Titel, en: title}
level: 1
themes: [arbeit]
goal: {de: Ziel, en: goal}
day: 2026-11-22
story: {de: Geschichte, en: story}
profile:
  aufenthaltsstatus: duldung
  duldungsart: allgemein
expected:
  - target: taetigkeit.ehrenamt
    ergebnis: frei
    norms: [§ 2 Abs. 2 AufenthG]
questions:
  - {ask: light, target: taetigkeit.ehrenamt}
mistake:
  what: {de: Irrtum, en: mistake}
  why: {de: Grund, en: reason}
"""
Read = Callable[[str], tuple[list[Case], list[Fault]]]


@pytest.fixture(scope="module")
def networks(packaged_book: Book) -> Networks:
    return Networks(packaged_book)


@pytest.fixture
def read(packaged_book: Book, networks: Networks, tmp_path: Path) -> Read:
    def read(text: str) -> tuple[list[Case], list[Fault]]:
        (tmp_path / "eins.yaml").write_text(text, encoding="utf-8")
        return load_cases(tmp_path, "faelle", packaged_book, networks, THEMES)

    return read


def test_a_good_case_is_read_and_holds(read: Read, packaged_book: Book, networks: Networks) -> None:
    (case,), faults = read(GOOD)
    assert faults == []
    assert (case.id, case.day, case.offers_day, case.place) == (
        "fall_901",
        date(2026, 11, 22),
        date(2026, 11, 22),
        "faelle/eins.yaml:1",
    )
    assert replay(case, packaged_book, networks) == []


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ("themes: [arbeit]", "themes: [arbiet]", "gemeint „arbeit“?", 4),
        (
            "target: taetigkeit.ehrenamt\n",
            "target: taetigkeit.ehrenamd\n",
            "gemeint „taetigkeit.ehrenamt“?",
            12,
        ),
        (
            "ask: light, target: taetigkeit.ehrenamt",
            "ask: light, target: taetigkeit.studium",
            "gibt es nicht",
            16,
        ),
        ("ask: light", "ask: missing", "dafür muss „fehlend“", 16),
        ("ask: light", "ask: day", "dafür muss „ab“", 16),
        ("{ask: light, target: taetigkeit.ehrenamt}", "{ask: first_step}", "„first_step“ fehlt", 16),
        ("{ask: light, target: taetigkeit.ehrenamt}", "{ask: light}", "„target“ fehlt", 16),
        ("  duldungsart: allgemein", "  duldungsar: allgemein", "gemeint „duldungsart“?", 10),
        ("title: {de: Titel, en: title}", "title: {de: Titel}", "title.en", 2),
        ("level: 1", "level: 4", "level", 3),
        ("goal: {de: Ziel", f'goal: {{de: "{BLANK}"', "hier fehlt noch die Angabe", 5),
        ("level: 1", "level: 1\nlevel: 2", "level", 4),
        ("mistake:", "first_step: {rule: schritt_x}\nmistake:", "gibt es nicht", 17),
        (
            "    ergebnis: frei",
            "    ergebnis: frei\n    fehlend: [geburtsdatun]",
            "gemeint „geburtsdatum“?",
            14,
        ),
    ],
)
def test_a_fault_is_named_with_its_line(read: Read, old: str, new: str, said: str, line: int) -> None:
    assert old in GOOD
    cases, faults = read(GOOD.replace(old, new, 1))
    assert cases == []
    assert [fault for fault in faults if said in fault.message("de") and fault.line == line], faults


def test_facts_that_cannot_be_are_faults(read: Read) -> None:
    cases, faults = read(
        GOOD.replace("  duldungsart: allgemein", "  duldungsart: allgemein\n  duldung_seit: 2027-01-01")
    )
    assert cases == []
    assert [fault.line for fault in faults] == [11]


def test_an_id_stands_once(read: Read, tmp_path: Path) -> None:
    (tmp_path / "zwei.yaml").write_text(GOOD, encoding="utf-8")
    cases, faults = read(GOOD)
    assert len(cases) == 1
    assert "fall_901" in faults[0].message("de")


def test_a_folder_without_cases_is_a_fault(packaged_book: Book, networks: Networks, tmp_path: Path) -> None:
    (fault,) = load_cases(tmp_path / "nichts", "nichts", packaged_book, networks, THEMES)[1]
    assert "hier ist kein Fall" in fault.message("de")


def test_bombs_and_large_files_are_refused(read: Read) -> None:
    assert read("a: &a [1]\nb: [*a, *a]\n")[1]
    assert "zu groß" in read(GOOD + "#" * 300_000)[1][0].message("de")


def test_what_is_expected_wrongly_is_told(read: Read, packaged_book: Book, networks: Networks) -> None:
    (case,), _ = read(GOOD.replace("ergebnis: frei", "ergebnis: soll").replace("§ 2 Abs. 2", "§ 3 Abs. 2"))
    found = replay(case, packaged_book, networks)
    assert [(one.key, one.expected) for one in found] == [
        ("ergebnis", "soll"),
        ("norms", ["§ 3 Abs. 2 AufenthG"]),
    ]


def test_a_first_step_that_does_not_come_first_is_told(
    read: Read, packaged_book: Book, networks: Networks
) -> None:
    step = yaml.safe_dump({"first_step": {"rule": "schritt_eintragung"}})
    (case,), faults = read(GOOD + step)
    assert faults == []
    assert [one.key for one in replay(case, packaged_book, networks)] == ["first_step"]


def test_what_is_not_covered_is_told(read: Read, packaged_book: Book, networks: Networks) -> None:
    (case,), _ = read(GOOD)
    found = coverage([case], packaged_book, networks)
    assert "taetigkeit.ehrenamt" not in found.without_yes
    assert "taetigkeit.ehrenamt" in found.without_no
    assert found.silent == ()
    assert not found.complete
