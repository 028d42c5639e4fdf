"""Every case of the casebook is a test: what its author wrote from the law is what the rule book answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from wegweiser.casebook.model import Case, Casebook, packaged_cases, solve
from wegweiser.casebook.replay import replay
from wegweiser.engine import Book
from wegweiser.engine.agenda_durable import fire_all
from wegweiser.engine.book import PERMISSIONS
from wegweiser.engine.networks import Networks

FILES = sorted((Path(__file__).parents[2] / "casebook" / "cases").rglob("*.yaml"))
NEVER_NO = {"taetigkeit.hospitation", "taetigkeit.ehrenamt"}
"""Looking on and volunteering are no employment (§ 2 Abs. 2 AufenthG): nobody is barred."""


@pytest.fixture(scope="module")
def networks(packaged_book: Book) -> Networks:
    return Networks(packaged_book)


@pytest.fixture(scope="module")
def casebook(packaged_book: Book, networks: Networks) -> Casebook:
    return packaged_cases(packaged_book, networks)


@pytest.fixture(scope="module")
def by_file(casebook: Casebook) -> dict[str, Case]:
    return {Path(case.place.rpartition(":")[0]).name: case for case in casebook.cases}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_case_holds(packaged_book: Book, networks: Networks, by_file: dict[str, Case], path: Path) -> None:
    case = by_file[path.name]
    assert replay(case, packaged_book, networks) == []
    assert case.themes[0] == path.parent.name


def test_another_first_step_or_office_is_told(
    packaged_book: Book, networks: Networks, casebook: Casebook
) -> None:
    case = next(one for one in casebook.cases if one.office)
    for other in (case._replace(office="gericht"), case._replace(first_step="nothing")):
        (found,) = replay(other, packaged_book, networks)
        assert found.expected in ("gericht", "nothing")


def test_every_target_is_decided_both_ways(packaged_book: Book, casebook: Casebook) -> None:
    decided = {(one.target, one.values["ergebnis"]) for case in casebook.cases for one in case.expected}
    for target in packaged_book.targets:
        given = {outcome for name, outcome in decided if name == target}
        assert given & set(PERMISSIONS), f"{target}: no case says yes"
        assert given & {"nein", "noch_nicht"} or target in NEVER_NO, f"{target}: no case says no"


def test_there_are_enough_cases_of_every_level_and_theme(casebook: Casebook) -> None:
    assert len(casebook.cases) >= 60
    assert {case.level for case in casebook.cases} == {1, 2, 3}
    assert {theme for case in casebook.cases for theme in case.themes} == set(casebook.themes)


def test_both_executors_of_the_agenda_agree_on_every_case(
    packaged_book: Book, networks: Networks, casebook: Casebook
) -> None:
    pytest.importorskip("durable.engine", reason="durable-rules does not import here", exc_type=ImportError)
    agendas = [solve(case, packaged_book, networks).agenda for case in casebook.cases]
    fired = fire_all(packaged_book.data["agenda"]["rules"], [agenda.atoms for agenda in agendas])
    assert fired == [frozenset(agenda.fired) for agenda in agendas]
    assert sum(map(len, fired)) > len(agendas)
