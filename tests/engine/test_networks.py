"""Offers of networks: the routing cases, times, places, hand-over, and folders made by strangers."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from wegweiser.engine import Book, Fault, Profile, open_book
from wegweiser.engine.library import packaged_rules
from wegweiser.engine.netexamples import run
from wegweiser.engine.nettime import standing
from wegweiser.engine.networks import Networks, OfferAnswer

TODAY = date(2026, 11, 22)
SOURCE = date(2018, 10, 8)
Ask = Callable[..., dict[str, OfferAnswer]]


@pytest.fixture(scope="module")
def networks(real_book: Book) -> Networks:
    return Networks(real_book)


@pytest.fixture(scope="module")
def ask(networks: Networks, real_book: Book) -> Ask:
    def ask(day: date, names: list[str] | None = None, asks: Any = "ratsuchend", **facts: Any) -> Any:
        profile = Profile.from_facts(facts, real_book.vocabulary, TODAY)
        told = networks.answers(profile, (), day, names, asks)
        return {one.offer.id.removeprefix("programm."): one for one in told}

    return ask


def outcomes(told: dict[str, OfferAnswer]) -> dict[str, str]:
    return {name: one.answer.ergebnis for name, one in told.items()}


def test_the_examples_of_all_networks_hold(networks: Networks) -> None:
    assert sum(len(one["examples"]) for one in networks.all) > 25
    assert list(map(str, run(networks))) == []


def test_the_order_is_that_of_the_contract(networks: Networks) -> None:
    names = ["bin", "integrif", "inprocedere", "spurwechsel", "pro_integration"]
    assert [one["id"] for one in networks.all] == names
    assert [offer.id for offer in networks.offers][:3] == [
        "programm.bin.clearing",
        "programm.bin.afz_bremerhaven",
        "programm.bin.wabeq_u25",
    ]


def test_an_example_that_does_not_hold_is_told(networks: Networks, real_book: Book) -> None:
    data = dict(networks.all[0])
    wrong = {**data["examples"][0], "expect": {"2018-10-08": {"programm.bin.clearing": {"ergebnis": "nein"}}}}
    other = Networks(real_book)
    other.packaged = ({**data, "examples": [wrong]},)
    assert ["clearing ergebnis" in str(one) for one in run(other)] == [True]


# --- age ---


def test_every_day_of_life_from_15_has_exactly_one_office_in_bremen(ask: Ask) -> None:
    names = ["programm.bin.wabeq_u25", "programm.bin.lagerhaus_ab25"]
    for born in (date(1993, 10, 8), date(1996, 2, 29), date(1995, 12, 31)):
        birthday = date(2021, 3, 1) if born.month == 2 else born.replace(year=born.year + 25)
        for shift in (-400, -1, 0, 1, 400):
            day = birthday + timedelta(days=shift)
            told = ask(day, names, wohnort="Bremen", geburtsdatum=born, aufenthaltsstatus="duldung")
            open_now = [name for name, one in told.items() if one.answer.ergebnis == "ermessen"]
            assert open_now == ["bin.wabeq_u25" if shift < 0 else "bin.lagerhaus_ab25"], day


def test_the_hand_over_is_on_the_birthday(ask: Ask) -> None:
    told = ask(SOURCE, wohnort="Bremen", geburtsdatum=date(1994, 1, 1), aufenthaltsstatus="duldung")
    found = told["bin.wabeq_u25"]
    assert found.answer.bis == date(2018, 12, 31)
    assert found.hand_over is not None
    assert (found.hand_over.day, found.hand_over.offer.id) == (
        date(2019, 1, 1),
        "programm.bin.lagerhaus_ab25",
    )
    assert told["bin.lagerhaus_ab25"].hand_over is None


def test_the_age_is_that_on_the_day_of_the_offers(ask: Ask) -> None:
    told = ask(
        SOURCE, wohnort="Bremen", geburtsdatum=date(1994, 3, 3), aufenthaltsstatus="aufenthaltsgestattung"
    )
    assert outcomes(told)["bin.wabeq_u25"] == "ermessen"


def test_below_15_the_source_is_silent_and_the_entry_office_is_named(ask: Ask) -> None:
    told = ask(SOURCE, wohnort="Bremen", geburtsdatum=date(2005, 1, 1), aufenthaltsstatus="duldung")
    found = told["bin.wabeq_u25"]
    assert (found.answer.ergebnis, found.answer.grund, found.answer.fehlend) == (
        "unklar",
        "nicht_behandelt",
        (),
    )
    assert found.entry is not None
    assert found.entry.id == "programm.bin.clearing"
    notes = [note.text.en for note in found.answer.hinweise]
    assert any("Under 15" in note for note in notes)
    assert any("legal guardians" in note for note in notes)


# --- place ---


def test_without_any_place_nothing_is_certain(ask: Ask) -> None:
    told = ask(SOURCE, aufenthaltsstatus="duldung", geburtsdatum=date(2000, 1, 1))
    assert told["bin.clearing"].answer.ergebnis == "unklar"
    assert told["bin.clearing"].here is None
    assert told["bin.wabeq_u25"].answer.fehlend == ("wohnort",)


def test_the_land_alone_leads_to_the_entry_office(ask: Ask) -> None:
    told = ask(SOURCE, bundesland="HB", geburtsdatum=date(2000, 5, 5), aufenthaltsstatus="duldung")
    assert told["bin.clearing"].answer.ergebnis == "frei"
    entry = told["bin.wabeq_u25"].entry
    assert entry is not None
    assert entry.id == "programm.bin.clearing"


@pytest.mark.parametrize("place", ["Hamburg", "München", "Jockgrim"])
def test_outside_the_regions_nothing_is_offered(ask: Ask, networks: Networks, place: str) -> None:
    told = (
        ask(TODAY, wohnort=place, bundesland="HH", aufenthaltsstatus="duldung")
        if place == "Jockgrim"
        else ask(TODAY, wohnort=place, aufenthaltsstatus="duldung")
    )
    assert set(outcomes(told).values()) == {"nein"}
    assert not any(one.here for one in told.values())
    assert networks.standard


def test_the_region_has_contacts_of_its_own(ask: Ask) -> None:
    day = date(2012, 6, 1)
    person = {"aufenthaltsstatus": "aufenthaltserlaubnis", "titel_norm": "§ 25a Abs. 1"}
    told = ask(day, wohnort="Neustadt/Weinstraße", **person)
    assert told["inprocedere.beratung"].region["id"] == "landau_suew_neustadt"  # type: ignore[index]
    told = ask(day, wohnort="Landau", bundesland="RP", **person)
    assert told["inprocedere.beratung"].answer.ergebnis == "frei"
    told = ask(day, wohnort="Landau", bundesland="BY", **person)
    assert told["inprocedere.beratung"].answer.grund == "ort"
    told = ask(day, wohnort="Jockgrim", bundesland="RP", wohnsitz_landkreis="Germersheim", **person)
    assert told["inprocedere.beratung"].region["id"] == "germersheim"  # type: ignore[index]


# --- time ---


def test_an_ended_offer_names_its_end_and_who_does_it_now(ask: Ask) -> None:
    told = ask(TODAY, wohnort="Bremen", geburtsdatum=date(1994, 1, 1), aufenthaltsstatus="duldung")
    for name, one in told.items():
        if name.startswith("bin."):
            assert one.answer.ergebnis == "nein", name
            assert one.standing.status == "beendet"
    found = told["bin.wabeq_u25"]
    assert found.answer.bis == date(2022, 9, 30)
    assert "WIR" in found.nachfolge[0].de
    assert found.standard
    assert found.stale
    assert found.answer.hinweise == ()  # remarks on the way to an office that is closed


def test_a_gap_says_since_when_and_until_when(ask: Ask) -> None:
    person = {"wohnort": "Potsdam", "aufenthaltsstatus": "duldung", "ausreise_unmoeglich_absehbar": True}
    found = ask(date(2025, 6, 1), **person)["spurwechsel.vermittlung"]
    assert (found.answer.ergebnis, found.answer.ab) == ("noch_nicht", date(2026, 1, 1))
    assert found.standing.status == "beendet"
    assert (found.standing.ended, found.standing.opens) == (date(2024, 12, 31), date(2026, 1, 1))
    planned = ask(date(2023, 6, 1), **person)["spurwechsel.vermittlung"]
    assert planned.standing.status == "noch_nicht_begonnen"


def span(first: date | None, last: date | None, **more: Any) -> dict[str, Any]:
    return {
        "from": first and first.toordinal(),
        "to": last and last.toordinal(),
        "latest": None,
        "running": False,
        "planned": False,
        "certainty": "belegt",
        **more,
    }


def test_standing() -> None:
    first, last = date(2020, 1, 1), date(2020, 12, 31)
    assert standing([span(first, last)], first).status == "laeuft"
    assert standing([span(first, last)], last).status == "laeuft"
    assert standing([span(first, last)], date(2019, 12, 31)).opens == first
    assert standing([span(first, last)], date(2021, 1, 1)).ended == last
    assert standing([span(first, None, running=True)], date(2090, 1, 1)).status == "laeuft"
    assert standing([span(first, None)], date(2020, 6, 1))[:2] == ("beendet", None)
    over = span(None, None, latest=last.toordinal())
    assert standing([over], last).status == "unbekannt"
    assert standing([over], date(2021, 1, 1))[:2] == ("beendet", None)
    assert standing([span(first, last, planned=True)], first).status == "unbekannt"


def test_running_information_is_stale_after_a_year(ask: Ask) -> None:
    person = {"wohnort": "Potsdam", "aufenthaltsstatus": "duldung", "ausreise_unmoeglich_absehbar": True}
    assert not ask(date(2027, 11, 22), **person)["spurwechsel.sprache"].stale
    assert ask(date(2027, 11, 23), **person)["spurwechsel.sprache"].stale


def test_what_happened_after_the_day_of_the_offers_does_not_count_against_anybody(ask: Ask) -> None:
    told = ask(
        SOURCE,
        wohnort="Bremen",
        geburtsdatum=date(1994, 1, 1),
        aufenthaltsstatus="duldung",
        duldung_seit=date(2026, 3, 1),
        einreise=date(2025, 1, 1),
        asylantrag_registriert_am=date(2025, 2, 1),
    )
    assert outcomes(told)["bin.wabeq_u25"] == "ermessen"


def test_who_was_not_born_yet_is_no_contradiction(ask: Ask) -> None:
    told = ask(SOURCE, wohnort="Bremen", geburtsdatum=date(2020, 1, 1), einreise=date(2021, 1, 1))
    assert told["bin.clearing"].answer.ergebnis == "frei"
    assert told["bin.wabeq_u25"].answer.ergebnis == "unklar"


# --- group, law and remarks ---


def test_recognised_refugees_are_told_of_the_job_centre(ask: Ask) -> None:
    told = ask(
        SOURCE,
        wohnort="Bremerhaven",
        geburtsdatum=date(2000, 5, 5),
        aufenthaltsstatus="aufenthaltserlaubnis",
        titel_norm="§ 25 Abs. 2 Satz 1 Alt. 2",
    )
    assert outcomes(told)["bin.afz_bremerhaven"] == "ermessen"
    assert any("job centre" in note.text.en for note in told["bin.afz_bremerhaven"].answer.hinweise)


def test_unclarified_identity_is_said(ask: Ask) -> None:
    person = {"wohnort": "Bremen", "geburtsdatum": date(1990, 1, 1), "aufenthaltsstatus": "duldung"}
    told = ask(SOURCE, duldungsart="ungeklaerte_identitaet_60b", **person)
    assert any("§ 60b" in note.text.de for note in told["bin.lagerhaus_ab25"].answer.hinweise)
    told = ask(SOURCE, duldungsart="allgemein", **person)
    assert not any("§ 60b" in note.text.de for note in told["bin.lagerhaus_ab25"].answer.hinweise)


def test_a_title_that_is_not_named_leads_to_the_entry_office(ask: Ask) -> None:
    told = ask(
        SOURCE,
        wohnort="Bremen",
        geburtsdatum=date(1990, 1, 1),
        aufenthaltsstatus="aufenthaltserlaubnis",
        titel_norm="§ 24 Abs. 1",
    )
    found = told["bin.lagerhaus_ab25"]
    assert (found.answer.ergebnis, found.answer.grund) == ("nein", "adressat")
    assert found.entry is not None
    assert found.entry.id == "programm.bin.clearing"


def test_money_of_a_project_comes_after_that_of_the_law(networks: Networks, real_book: Book) -> None:
    facts = {"wohnort": "Ludwigshafen", "aufenthaltsstatus": "duldung", "leistungsbezug": "asylblg_analog"}
    profile = Profile.from_facts(facts, real_book.vocabulary, TODAY)
    law = networks.answers(profile, (), date(2012, 6, 1))[0].answer  # the shape of an answer
    name = "programm.inprocedere.projektmittel"

    def with_law(outcome: str, **more: Any) -> OfferAnswer:
        paid = law._replace(ziel="foerderung.weiterbildung", ergebnis=outcome, **more)
        return networks.answers(profile, [paid], date(2012, 6, 1), [name])[0]

    assert with_law("nein").answer.ergebnis == "ermessen"
    assert with_law("noch_nicht").answer.ergebnis == "ermessen"
    assert with_law("ermessen").answer.grund == "voraussetzung_fehlt"
    unsettled = with_law("unklar", fehlend=("berufsabschluss",)).answer
    assert (unsettled.ergebnis, unsettled.fehlend) == ("unklar", ("berufsabschluss",))
    assert with_law("unklar", fehlend=()).answer.grund == "nicht_behandelt"


def test_offers_are_for_who_asks(ask: Ask) -> None:
    told = ask(SOURCE, asks="arbeitgeber", wohnort="Bremen")
    free = [name for name, outcome in outcomes(told).items() if outcome == "frei"]
    assert free == ["bin.drk_arbeitgeberberatung", "bin.drk_veranstaltungen"]
    told = ask(date(2019, 3, 1), asks="akteur", bundesland="ST")
    assert outcomes(told)["integrif.weiterbildung_akteure"] == "ermessen"
    told = ask(date(2019, 3, 1), bundesland="ST")
    assert told["integrif.weiterbildung_akteure"].answer.grund == "adressat"


def test_bands_of_age_tile(networks: Networks) -> None:
    """Where an offer ends at an age, another one at the same place begins at it."""
    for network in networks.all:
        for place in network["places"]:
            here = [one for one in network["offers"] if place in (one["places"] or network["places"])]
            ends = {one["below_age"] for one in here} - {None}
            begins = {one["from_age"] for one in here} - {None}
            assert ends == begins, (network["id"], place)


# --- folders made by strangers ---


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A copy of a good network, under another name."""
    folder = tmp_path / "netze" / "fremd"
    copytree(packaged_rules() / "networks" / "spurwechsel", folder)
    rename(folder / "netz.yaml", "netz: spurwechsel", "netz: fremd")
    return folder


def rename(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def opened(book: Book, folder: Path) -> tuple[Networks, list[Fault]]:
    return Networks.with_folders(book, [folder])


def test_a_further_network_is_asked_after_the_others(real_book: Book, stranger: Path) -> None:
    networks, faults = opened(real_book, stranger.parent)
    assert faults == []
    assert [one["id"] for one in networks.all][-1] == "fremd"
    assert list(map(str, run(networks, {"fremd"}))) == []
    assert opened(real_book, stranger)[0].further == networks.further  # the network itself may be named


FAULTS = [
    ("netz.yaml", "orte: [Potsdam]", "orte: [Bremen]", "liegt in HB, nicht in BB"),
    ("netz.yaml", "bundesland: BB", "bundesland: Bb", "gemeint „BB“"),
    ("netz.yaml", "traeger:", "träger:", "gemeint „traeger“"),
    ("netz.yaml", "eingang: aufenthaltsweg", "eingang: aufenthaltswege", "gemeint „aufenthaltsweg“"),
    ("netz.yaml", "quelle: stadt", "quelle: statt", "gemeint „stadt“"),
    ("netz.yaml", "bis: 2024-12-31", "bis: 2023-12-31", "liegt vor"),
    ("netz.yaml", "von: 2024-01-01", "von: 2023-06-01", "bevor der vorige Zeitraum endet"),
    ("netz.yaml", "aufenthaltsstatus: {in", "aufenthaltstatus: {in", "gemeint „aufenthaltsstatus“"),
    ("netz.yaml", "[duldung, aufenth", "[geduldet, aufenth", "geduldet"),
    ("netz.yaml", "netz: fremd", "netz: fremdes", "der Ordner heißt „fremd“"),
    ("netz.yaml", "2026-11-22", "22.11.2026", "JJJJ-MM-TT"),
    ("angebote/sprache.yaml", "kategorie: sprache", "kategorie: sprachen", "erwartet wird eines von"),
    (
        "angebote/sprache.yaml",
        "kurs.integrationskurs",
        "kurs.integrationkurs",
        "gemeint „kurs.integrationskurs“",
    ),
    ("angebote/sprache.yaml", "rang: 2", "rang: 2\nalter: {ab: 30, unter: 25}", "liegt nicht unter"),
    ("angebote/sprache.yaml", "rang: 2", "rang: 2\norte: [Cottbus]", "Cottbus"),
    ("angebote/sprache.yaml", "des Projekts.", "des Projekts: Frau Muster.", "sieht nach Person"),
    ("angebote/sprache.yaml", "des Projekts.", "des Projekts, 0331 289-1234.", "sieht nach Person"),
    ("angebote/sprache.yaml", "des Projekts.", "des Projekts, netz@example.org", "sieht nach Person"),
    ("weiterleitung.yaml", "since: P3Y", "seit: P3Y", "kein Vergleich"),
    ("weiterleitung.yaml", "[aufenthaltsweg]", "[aufenthalt]", "„aufenthalt“ gibt es nicht"),
    ("beispiele.yaml", "profile: w7", "profile: w77", "gemeint „w7“"),
    ("beispiele.yaml", "duldung_seit: 2020", "duldung_sei: 2020", "gemeint „duldung_seit“"),
    ("beispiele.yaml", "duldung_seit: 2019-05-01", "duldung_seit: 1.5.2019", "2019-05-01"),
    ("beispiele.yaml", "arbeitgeber: frei", "arbeitgeberin: frei", "gemeint „arbeitgeber“"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[new for _, _, new, _ in FAULTS])
def test_a_fault_has_file_line_and_nearest_name(
    real_book: Book, stranger: Path, file: str, old: str, new: str, said: str
) -> None:
    rename(stranger / file, old, new)
    networks, faults = opened(real_book, stranger)
    assert networks.further == ()
    messages = [one.message("de") for one in faults]
    assert any(said in one for one in messages), messages
    assert all(one.line is not None and one.file.startswith(str(stranger)) for one in faults)
    assert len(networks.all) == 5  # the others stand


def test_all_faults_of_a_folder_are_told_at_once(real_book: Book, stranger: Path) -> None:
    rename(stranger / "netz.yaml", "orte: [Potsdam]", "orte: [Bremen]")
    rename(stranger / "netz.yaml", "quelle: stadt", "quelle: statt")
    rename(stranger / "angebote/vermittlung.yaml", "quelle: erklaerung_2023", "quelle: erklaerung_2033")
    rename(stranger / "beispiele.yaml", "profile: w7", "profile: w8")
    (stranger / "notizen.txt").write_text("x")
    files = {Path(one.file).name for one in opened(real_book, stranger)[1]}
    assert files == {"notizen.txt"}  # the shape first
    (stranger / "notizen.txt").unlink()
    files = {Path(one.file).name for one in opened(real_book, stranger)[1]}
    assert files == {"netz.yaml", "vermittlung.yaml", "beispiele.yaml"}


@pytest.mark.parametrize("missing", ["netz.yaml", "quellen.yaml", "angebote"])
def test_what_is_missing_is_named(real_book: Book, stranger: Path, missing: str) -> None:
    path = stranger / missing
    if path.is_dir():
        for one in path.iterdir():
            one.unlink()
    else:
        path.unlink()
    faults = opened(real_book, stranger.parent)[1]
    assert any(one.file.endswith(missing) for one in faults)


def test_years_are_no_telephone_number(real_book: Book, stranger: Path) -> None:
    rename(stranger / "angebote/sprache.yaml", "des Projekts.", "des Projekts 2024/2025, 2026–28.")
    assert opened(real_book, stranger)[1] == []


def test_a_file_that_is_too_large_is_not_read(real_book: Book, stranger: Path) -> None:
    (stranger / "angebote" / "gross.yaml").write_bytes(b"#" * 1_000_001)
    assert [one.text.en for one in opened(real_book, stranger)[1]] == ["too large for a file of a network"]


def test_a_name_that_is_taken_is_refused(real_book: Book, stranger: Path) -> None:
    target = stranger.parent / "spurwechsel"
    copytree(packaged_rules() / "networks" / "spurwechsel", target)
    networks, faults = opened(real_book, stranger.parent)
    assert [one["id"] for one in networks.further] == ["fremd"]
    assert [one.text.en for one in faults] == ["there is a network of this name already"]


def test_a_folder_without_networks_is_said(real_book: Book, tmp_path: Path) -> None:
    assert "no network here" in opened(real_book, tmp_path)[1][0].text.en
    assert opened(real_book, tmp_path / "nichts")[1][0].text.en == "there is no such folder"
    (tmp_path / "datei").write_text("x")
    assert opened(real_book, tmp_path / "datei")[1][0].text.en == "this is no folder"


def test_a_network_that_outgrows_every_size_breaks_no_other(
    stranger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_book(None, None)  # whatever it needs is compiled now, not taken from a cache
    networks, _ = opened(book, stranger)
    profile = Profile.from_facts({"wohnort": "Potsdam"}, book.vocabulary, TODAY)
    names = [offer.id for offer in networks.offers]
    networks.answers(profile, (), TODAY)  # the book of the packaged ones is compiled
    networks._books = {key: book for key, book in networks._books.items() if "fremd" not in key}
    monkeypatch.setattr("wegweiser.engine.compile.LIMIT", 1)
    told = networks.answers(profile, (), TODAY)
    assert [one.offer.id for one in told] == [name for name in names if ".fremd." not in name]
    assert list(networks.broken) == ["fremd"]
