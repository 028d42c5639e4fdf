"""The agenda of the rule book: dangers on both sides of their days, steps that follow from each other."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from wegweiser.engine import Book, check, read_profile
from wegweiser.engine.agenda import Agenda, Todo, agenda_of, fire
from wegweiser.engine.agenda_durable import fire_all
from wegweiser.engine.profile import Profile

pytestmark = pytest.mark.xdist_group("agenda")  # all cases are checked once

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE.parents[1] / "examples").glob("*.yaml"))
DAY = date(2026, 11, 23)
TOLERATED = {"aufenthaltsstatus": "duldung", "duldungsart": "allgemein"}
TITLE = {"aufenthaltsstatus": "aufenthaltserlaubnis", "titel_norm": "§ 25 Abs. 3"}
REFUGEE = {"aufenthaltsstatus": "aufenthaltsgestattung"}
APPLY = {"schritt_antrag_16g_sonst_60c", "schritt_antrag_60c", "schritt_antrag_16g"}
OFFER = {**TOLERATED, "ausbildung_angebot": "betrieblich_qualifiziert", "ausbildung_beginn": date(2027, 8, 1)}


@pytest.fixture(scope="module")
def book(packaged_book: Book) -> Book:
    return packaged_book


def agenda(book: Book, targets: list[str] | None = None, /, **facts: Any) -> Agenda:
    person = Profile.from_facts(facts, book.vocabulary, DAY)
    return agenda_of(book, person, check(book, person, targets or ["taetigkeit.beschaeftigung"]).answers)


def dangers(book: Book, **facts: Any) -> list[str]:
    return [alert.rule for alert in agenda(book, **facts).alerts]


def example(book: Book, path: Path) -> tuple[Profile, Agenda]:
    person = read_profile(path.read_bytes(), path.name, book, today=DAY)
    return person, agenda_of(book, person, check(book, person).answers)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (TOLERATED, "gefahr_duldung_endet"),
        (TITLE, "gefahr_titel_endet"),
        (REFUGEE, "gefahr_bescheinigung_endet"),
        ({"aufenthaltsstatus": "fiktion_erlaubnis"}, "gefahr_bescheinigung_endet"),
    ],
)
def test_a_document_is_a_danger_in_its_last_thirty_days(
    book: Book, status: dict[str, Any], name: str
) -> None:
    def on(days: int) -> list[str]:
        return dangers(book, **status, titel_gueltig_bis=DAY + timedelta(days=days))

    assert on(31) == []
    assert on(30) == [name]
    assert on(0) == [name]
    assert on(-1) == ["gefahr_papier_abgelaufen"]


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        ("massnahmen_aufenthaltsbeendigung", "gefahr_massnahmen"),
        ("rueckfuehrungstermin_fest", "gefahr_termin"),
        ("dublin_verfahren", "gefahr_dublin"),
    ],
)
def test_what_is_told_is_a_danger_and_what_is_not_known_is_none(book: Book, fact: str, name: str) -> None:
    status = REFUGEE if fact == "dublin_verfahren" else TOLERATED
    assert dangers(book, **status, **{fact: True}) == [name]
    assert dangers(book, **status, **{fact: False}) == []
    assert dangers(book, **status) == []


@pytest.mark.parametrize(("days", "runs"), [(-1, False), (0, True), (30, True), (400, True)])
def test_a_deadline_for_legal_action_is_a_danger_up_to_its_last_day(
    book: Book, days: int, *, runs: bool
) -> None:
    found = agenda(book, **TOLERATED, rechtsmittelfrist_bis=DAY + timedelta(days=days))
    assert [one.rule for one in found.alerts] == ["gefahr_frist_rechtsmittel"] * runs
    advice = [(one.rule, one.last) for one in found.steps if one.rule == "schritt_rechtsberatung"]
    assert advice == [("schritt_rechtsberatung", DAY + timedelta(days=days))] * runs


def test_unclear_identity_is_a_danger(book: Book) -> None:
    assert dangers(book, aufenthaltsstatus="duldung", duldungsart="ungeklaerte_identitaet_60b") == [
        "gefahr_60b"
    ]
    assert dangers(book, aufenthaltsstatus="duldung") == []
    assert dangers(book, aufenthaltsstatus="ausreisepflichtig_ohne_duldung") == ["gefahr_ohne_papier"]


def test_a_contract_without_an_application_is_a_danger(book: Book) -> None:
    told = {"geburtsdatum": date(2003, 5, 1), "ununterbrochen_seit": date(2023, 1, 9), "duldung_seit": DAY}
    contract = {**OFFER, **told, "ausbildung_vertrag_eingetragen": True}
    ways = ["aufenthalt.ausbildungsduldung_60c", "aufenthalt.ae_ausbildung_16g"]

    def found(**facts: Any) -> list[str]:
        return [alert.rule for alert in agenda(book, ways, **facts).alerts]

    assert found(**contract) == ["gefahr_nichts_beantragt"]
    assert found(**{**contract, "ausbildung_vertrag_eingetragen": False}) == ["gefahr_nichts_beantragt"]
    assert found(**contract, antrag_60c_16g_am=DAY) == []
    assert found(**{**contract, "duldungsart": "ausbildungsduldung_60c"}) == []


def test_the_worst_danger_comes_first(book: Book) -> None:
    found = dangers(
        book,
        **TOLERATED,
        titel_gueltig_bis=DAY,
        massnahmen_aufenthaltsbeendigung=True,
        rechtsmittelfrist_bis=DAY,
    )
    assert found == ["gefahr_frist_rechtsmittel", "gefahr_massnahmen", "gefahr_duldung_endet"]


def test_every_danger_leads_to_legal_advice_first(book: Book) -> None:
    rules = book.data["agenda"]["rules"]
    alerts = [rule for rule in rules if rule["alert"] is not None]
    assert len(alerts) >= 9
    for rule in alerts:
        assert "schritt_rechtsberatung" in fire(rules, rule["all"]), rule["id"]


def test_fatima_contract_registration_application(book: Book) -> None:
    person, found = example(book, next(path for path in EXAMPLES if path.stem == "fatima"))
    assert person.fall == "fatima"
    assert [alert.rule for alert in found.alerts] == ["gefahr_nichts_beantragt"]
    names = [step.rule for step in found.steps]
    wanted = ["schritt_ausbildungsvertrag", "schritt_eintragung", "schritt_antrag_60c"]
    assert [name for name in names if name in wanted] == wanted
    last = next(step for step in found.steps if step.rule == wanted[-1])
    assert last.first == date(2027, 1, 1)  # seven months before the first of August
    assert last.wo.de == "Migrationsamt Bremen"
    assert found.steps[0].rule == "schritt_rechtsberatung"
    first = found.steps[1]
    assert (first.rule, first.last) == ("schritt_duldung_verlaengern", date(2027, 1, 21))


@pytest.mark.parametrize(
    ("town", "office"),
    [
        ("Bremen", "Migrationsamt Bremen"),
        ("Bremerhaven", "Ausländerbehörde Bremerhaven"),
        ("Berlin", "Landesamt für Einwanderung (LEA) Berlin"),
        ("Mainz", "Ausländerbehörde am Wohnort"),
        (None, "Ausländerbehörde am Wohnort"),
    ],
)
def test_the_office_of_the_place(book: Book, town: str | None, office: str) -> None:
    place = {} if town is None else {"wohnort": town}
    found = agenda(book, **TOLERATED, **place, titel_gueltig_bis=DAY + timedelta(days=60))
    assert [step.wo.de for step in found.steps if step.rule == "schritt_duldung_verlaengern"] == [office]


def test_an_early_end_of_training_is_reported_within_two_weeks(book: Book) -> None:
    status = {"aufenthaltsstatus": "duldung", "duldungsart": "ausbildungsduldung_60c"}
    found = agenda(book, **status, ausbildung_abgebrochen_am=DAY - timedelta(days=1))
    assert (found.steps[0].rule, found.steps[0].last) == ("schritt_abbruch_melden", DAY + timedelta(days=13))


def test_a_target_that_has_no_answer_yields_no_step(book: Book) -> None:
    person = Profile.from_facts({**OFFER, "ausbildung_vertrag_eingetragen": True}, book.vocabulary, DAY)
    assert agenda_of(book, person, ()).steps == ()


# --- people and what their agenda has to be ----------------------------------------------------------------


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "agenda.yaml").read_text(encoding="utf-8"))["cases"]
    return found


def told(case: dict[str, Any]) -> dict[str, Any]:
    """The facts of a case: those of its base, changed."""
    name, _, place = case.get("base", "").partition(":")
    facts: dict[str, Any] = {}
    if place:
        load = yaml.safe_load((HERE / "worked" / f"{name}.yaml").read_text(encoding="utf-8"))
        facts = {**load["basis"], **load["cases"][int(place)]["given"]}
    elif name:
        path = next(path for path in EXAMPLES if path.stem == name)
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    facts |= case.get("given", {})
    return {key: value for key, value in facts.items() if value != ""}


@pytest.fixture(scope="module")
def found(book: Book) -> list[Agenda]:
    agendas = []
    for case in listed():
        text = yaml.safe_dump(told(case), allow_unicode=True)
        person = read_profile(text, case["name"], book, today=DAY, day=DAY)
        agendas.append(agenda_of(book, person, check(book, person).answers))
    return agendas


def shown(agenda: Agenda) -> dict[str, list[str]]:
    def line(step: Todo) -> str:
        first = f" ab {step.first}" if step.first else ""
        return step.rule + first + (f" bis {step.last}" if step.last else "")

    return {"alerts": [alert.rule for alert in agenda.alerts], "steps": [line(step) for step in agenda.steps]}


@pytest.mark.parametrize("place", range(len(listed())), ids=lambda place: listed()[place]["name"])
def test_the_agenda_of_a_person(found: list[Agenda], place: int) -> None:
    case = listed()[place]
    assert shown(found[place]) == {"alerts": case.get("alerts", []), "steps": case.get("steps", [])}


def test_every_rule_is_missed_by_one_of_them_when_it_goes(book: Book, found: list[Agenda]) -> None:
    rules = book.data["agenda"]["rules"]
    visible = {rule["id"] for rule in rules if rule["step"] or rule["alert"]}
    idle = []
    for gone in rules:
        left = [rule for rule in rules if rule is not gone]
        cases = [one for one in found if gone["id"] in one.fired]
        if all(visible.intersection(one.fired) == visible & fire(left, one.atoms) for one in cases):
            idle.append(gone["id"])
    assert idle == []


def test_no_step_asks_for_what_is_refused(found: list[Agenda]) -> None:
    for one in found:
        names = {step.rule for step in one.steps}
        assert not ("gefahr_vertrag_schuetzt_nicht" in {alert.rule for alert in one.alerts} and names & APPLY)


# --- all cases that there are ---------------------------------------------------------------------------


def cases() -> list[dict[str, Any]]:
    found = []
    for path in sorted((HERE / "worked").glob("*.yaml")):
        load = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [{**load["basis"], **case["given"]} for case in load["cases"]]
    return found


@pytest.fixture(scope="module")
def agendas(book: Book) -> list[Agenda]:
    """The agenda of every example and of every worked case whose facts fit together on this day."""
    from wegweiser.engine import ProfileError

    found = [example(book, path)[1] for path in EXAMPLES]
    for number, facts in enumerate(cases()):
        try:
            text = yaml.safe_dump(facts, allow_unicode=True)
            person = read_profile(text, str(number), book, today=DAY, day=DAY)
            found.append(agenda_of(book, person, check(book, person).answers))
        except ProfileError:
            continue  # told for another day: some of its days lie in the future
    return found


def test_no_step_comes_before_one_that_it_needs(book: Book, agendas: list[Agenda]) -> None:
    before = {rule["id"]: rule["step"]["nach"] for rule in book.data["agenda"]["rules"] if rule["step"]}
    assert len(agendas) > 20
    for one in agendas:
        seen: list[str] = []
        for step in one.steps:
            waiting = {name for name in (other.rule for other in one.steps) if name not in seen}
            assert not waiting & set(before[step.rule])
            seen.append(step.rule)


def test_every_firing_has_a_rule_and_its_atoms(book: Book, agendas: list[Agenda]) -> None:
    rules = {rule["id"]: rule for rule in book.data["agenda"]["rules"]}
    for one in agendas:
        known = {*one.atoms, *(atom for name in one.fired for atom in rules[name]["adds"])}
        assert all(known.issuperset(rules[name]["all"]) for name in one.fired)


def test_durable_rules_fires_the_same_on_every_case(book: Book, agendas: list[Agenda]) -> None:
    pytest.importorskip("durable.engine", reason="durable-rules does not import here", exc_type=ImportError)
    fired = fire_all(book.data["agenda"]["rules"], [one.atoms for one in agendas])
    assert fired == [frozenset(one.fired) for one in agendas]
    assert sum(map(len, fired)) > 50
