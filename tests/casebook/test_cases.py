"""Every case of the casebook: what its author wrote from the law is what the rule book answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from wegweiser.engine import Book, check
from wegweiser.engine.agenda import agenda_of
from wegweiser.engine.answers import Answer, Report
from wegweiser.engine.networks import Networks
from wegweiser.engine.profile import Profile
from wegweiser.engine.yamlio import load

FOLDER = Path(__file__).parents[2] / "casebook"
FILES = sorted((FOLDER / "cases").rglob("*.yaml"))
CASES: list[Any] = [load(path.read_bytes(), str(path.relative_to(FOLDER))).value for path in FILES]
YES = {"frei", "anspruch", "soll", "ermessen"}
NO = {"nein", "noch_nicht"}
NEVER_NO = {"taetigkeit.hospitation", "taetigkeit.ehrenamt"}
"""Looking on and volunteering are no employment (§ 2 Abs. 2 AufenthG): nobody is barred."""

Checked = tuple[Profile, Report, dict[str, Answer]]


@pytest.fixture(scope="module")
def networks(packaged_book: Book) -> Networks:
    return Networks(packaged_book)


def _checked(networks: Networks, case: Any) -> Checked:
    book = networks.law
    person = Profile.from_facts(case["profile"], book.vocabulary, case["day"], case["id"])
    offers_on = case.get("offers_day", case["day"])
    asked = [one["target"] for one in case["expected"]]
    law = None if "first_step" in case else [name for name in asked if name in book.targets]
    report = check(book, person, law, offers_on=offers_on)  # the agenda looks at every answer
    answers = {answer.ziel: answer for answer in report.answers}
    offers = networks.answers(person, report.answers, offers_on, asked)
    answers |= {one.offer.id: one.answer for one in offers}
    return person, report, answers


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(networks: Networks, case: Any) -> None:
    person, report, answers = _checked(networks, case)
    for wanted in case["expected"]:
        answer = answers[wanted["target"]]
        assert set(wanted.get("norms", ())) <= set(answer.normen), (wanted["target"], answer.normen)
        for key in wanted.keys() - {"target", "norms"}:
            found = _plain(getattr(answer, key))
            assert found == _plain(wanted[key]), (wanted["target"], key, found)
    if "first_step" in case:
        first = agenda_of(networks.law, person, report.answers).steps[0]
        office = networks.law.data["agenda"]["offices"][case["first_step"]["office"]]
        assert first.rule == case["first_step"]["rule"]
        assert list(first.wo) in _names(office)


def _names(office: Any) -> list[Any]:
    """What an office is called, as a kind and in the places that have a name of their own."""
    return [office["kind"], *office.get("places", {}).values(), *office.get("lands", {}).values()]


def test_every_target_is_decided_both_ways(packaged_book: Book) -> None:
    decided = {(one["target"], one["ergebnis"]) for case in CASES for one in case["expected"]}
    for target in packaged_book.targets:
        given = {outcome for name, outcome in decided if name == target}
        assert given & YES, f"{target}: no case says yes"
        assert given & NO or target in NEVER_NO, f"{target}: no case says no"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_questions_have_their_answers(case: Any) -> None:
    expected = {one["target"]: one for one in case["expected"]}
    needs = {"light": "ergebnis", "norm": "norms", "missing": "fehlend", "day": "ab"}
    for question in case["questions"]:
        if question["ask"] == "first_step":
            assert "first_step" in case
        else:
            assert expected[question["target"]][needs[question["ask"]]]


def test_cases_are_in_order() -> None:
    themes = yaml.safe_load((FOLDER / "themes.yaml").read_text(encoding="utf-8"))
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
    assert {case["level"] for case in CASES} == {1, 2, 3}
    for path, case in zip(FILES, CASES, strict=True):
        assert set(case["themes"]) <= set(themes)
        assert path.parent.name == case["themes"][0]
        assert isinstance(case["day"], date)
    assert {theme for case in CASES for theme in case["themes"]} == set(themes)
