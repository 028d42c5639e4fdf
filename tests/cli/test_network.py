"""`wegweiser netz`, and who accompanies in `check` and `arbeitgeber`: with the project's own networks."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wegweiser.cli.main import main

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., str]
GOLDEN = Path(__file__).parent / "golden"
DAY = ("--am", "2026-11-22")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache: Path) -> Run:
    """Run a command in this process, with the rule book that comes with the program."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.delenv("WEGWEISER_LANG", raising=False)

    def run(*args: str) -> tuple[int, str, str]:
        status = main(list(args))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def section(page: str, title: str = "WER BEGLEITET") -> str:
    """A section of a page as one line."""
    found = next(part for part in page.split("\n\n") if part.startswith(title))
    return " ".join(found.split())


def results(out: str) -> dict[str, dict[str, Any]]:
    return {one["ziel"]: one for one in json.loads(out)["ergebnisse"]}


# --- check ---


def test_json_has_the_offers_after_the_law(run: Run, profile: Write) -> None:
    name = profile(wohnort="Bremen", geburtsdatum="1994-01-01", aufenthaltsstatus="duldung")
    status, out, err = run("check", name, *DAY, "--angebote-am", "2018-10-08", "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert (document["stichtag"], document["angebote_am"]) == ("2026-11-22", "2018-10-08")
    names = [one["ziel"] for one in document["ergebnisse"]]
    areas = list(dict.fromkeys(one.partition(".")[0] for one in names))
    assert areas[-1] == "programm"
    assert names.index("programm.bin.clearing") == next(
        number for number, one in enumerate(names) if one.startswith("programm.")
    )
    coaching = results(out)["programm.bin.wabeq_u25"]
    assert (coaching["ergebnis"], coaching["bis"], coaching["zeitstatus"]) == (
        "ermessen",
        "2018-12-31",
        "laeuft",
    )
    assert coaching["uebergabe"] == {"am": "2019-01-01", "an": "programm.bin.lagerhaus_ab25"}
    assert coaching["nachfolge"] == []
    law = next(iter(document["ergebnisse"]))
    assert "zeitstatus" not in law
    assert list(coaching)[: len(law)] == list(law)


def test_json_of_an_ended_offer(run: Run, profile: Write) -> None:
    name = profile(wohnort="Bremen", geburtsdatum="1994-01-01", aufenthaltsstatus="duldung")
    ended = results(run("check", name, *DAY, "--json")[1])["programm.bin.clearing"]
    assert (ended["ergebnis"], ended["grund"], ended["bis"]) == ("nein", "beendet", "2022-09-30")
    assert ended["zeitstatus"] == "beendet"
    assert "WIR" in ended["nachfolge"][0]
    assert ended["regelstruktur"][0] == "Agentur für Arbeit Bremen-Bremerhaven"
    english = results(run("check", name, *DAY, "--json", "--lang", "en")[1])["programm.bin.clearing"]
    assert english["regelstruktur"][0] == "employment agency Bremen-Bremerhaven"


def test_offers_alone(run: Run, profile: Write) -> None:
    name = profile(wohnort="Bremen", aufenthaltsstatus="duldung")
    assert set(results(run("check", name, *DAY, "--json", "--ziel", "programm.bin.*")[1])) == {
        f"programm.bin.{one}"
        for one in (
            "clearing",
            "wabeq_u25",
            "lagerhaus_ab25",
            "lagerhaus_medizin",
            "afz_bremerhaven",
            "drk_arbeitgeberberatung",
            "drk_veranstaltungen",
            "begleitausschuss",
        )
    }
    page = run("check", name, *DAY, "--ziel", "programm.*")[1]
    assert "WER BEGLEITET" in page
    assert "KURZANTWORT" not in page
    assert "WER BEGLEITET" not in run("check", name, *DAY, "--ziel", "taetigkeit.*")[1]


def test_the_page_begins_with_the_entry_office(run: Run, profile: Write) -> None:
    name = profile(wohnort="Bremen", geburtsdatum="1994-01-01", aufenthaltsstatus="duldung")
    text = section(run("check", name, *DAY, "--angebote-am", "2018-10-08")[1])
    assert text.index("1 Clearingstelle") < text.index("2 Coaching unter 25")
    assert "Bis 31.12.2018, ab 01.01.2019 übernimmt: Beratung ab 25 (Lagerhaus)" in text
    assert "Passt nicht: Qualifizierung für medizinische Berufe (Lagerhaus) (Alter passt nicht)" in text
    assert "Bremerhaven" not in text.replace("Bremer und Bremerhavener", "")
    assert "Das Recht dazu: Nr." in text


def test_the_page_never_sends_to_an_ended_offer(run: Run, profile: Write) -> None:
    name = profile(wohnort="Bremen", geburtsdatum="1994-01-01", aufenthaltsstatus="duldung")
    text = section(run("check", name, *DAY)[1])
    assert "Beendet am 30.09.2022 (aus dem Förderprogramm abgeleitet). Nachfolge: ESF-Plus-Programm" in text
    assert "Jetzt zuständig: Agentur für Arbeit Bremen-Bremerhaven" in text
    assert "Clearingstelle" not in text


def test_the_page_where_something_is_missing(run: Run, profile: Write) -> None:
    name = profile(bundesland="HB", aufenthaltsstatus="duldung")
    text = section(run("check", name, *DAY, "--angebote-am", "2018-10-08")[1])
    assert "1 Clearingstelle" in text
    assert "Offen, es fehlt: Wohnort und Geburtsdatum. Zuerst fragen: Clearingstelle." in text
    name = profile(aufenthaltsstatus="duldung")
    text = section(run("check", name, *DAY)[1])
    assert "fehlt der Wohnort" in text
    assert "Migrationsberatung" in text
    name = profile(wohnort="München", aufenthaltsstatus="duldung")
    assert "An diesem Ort ist kein Netzwerk" in section(run("check", name, *DAY)[1])


def test_the_page_marks_old_information(run: Run, profile: Write) -> None:
    name = profile(wohnort="Potsdam", aufenthaltsstatus="duldung", ausreise_unmoeglich_absehbar=True)
    assert "Stand der Angaben" not in section(run("check", name, *DAY)[1])
    text = section(run("check", name, *DAY, "--angebote-am", "2028-01-01")[1])
    assert "! Stand der Angaben: 22.11.2026. Vor dem Weitergeben prüfen." in text
    text = section(run("check", name, *DAY, "--angebote-am", "2025-06-01")[1])
    assert "Ab 01.01.2026, bis 31.12.2028" in text


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("columns", ["40", "80"])
def test_pages_fit(
    run: Run, profile: Write, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    name = profile(wohnort="Landau", bundesland="RP", aufenthaltsstatus="duldung")
    calls = [
        ("check", name, "--ziel", "programm.*", "--angebote-am", "2012-06-01"),
        ("netz",),
        ("netz", "zeige", "inprocedere"),
        ("netz", "zeige", "bin.wabeq_u25"),
    ]
    for call in calls:
        status, out, err = run(*call, "--lang", lang)
        assert (status, err) == (0, "")
        assert all(len(line) <= int(columns) and line == line.rstrip() for line in out.splitlines())
        spoken = run(*call, "--lang", lang, "--linear")[1]
        assert "  " not in spoken.replace("HINWEIS  ", "").replace("NOTICE  ", "")


def test_employers_learn_of_offers_for_them(run: Run, profile: Write) -> None:
    name = profile(wohnort="Potsdam", aufenthaltsstatus="duldung")
    text = section(run("arbeitgeber", name, *DAY)[1], "FRAGEN")
    assert "Personal für Betriebe: Landeshauptstadt Potsdam" in text
    name = profile(wohnort="Bremen", aufenthaltsstatus="duldung")
    assert "DRK" not in section(run("arbeitgeber", name, *DAY)[1], "FRAGEN")  # ended in 2022


def test_offers_for_others(run: Run, profile: Write) -> None:
    name = profile(bundesland="ST")
    call = ("check", name, *DAY, "--angebote-am", "2019-03-01", "--ziel", "programm")
    found = results(run(*call, "--json", "--fuer", "akteur")[1])
    assert found["programm.integrif.weiterbildung_akteure"]["ergebnis"] == "ermessen"
    found = results(run(*call, "--json")[1])
    assert found["programm.integrif.weiterbildung_akteure"]["grund"] == "adressat"
    assert "Weiterbildung für Haupt- und Ehrenamtliche" in section(run(*call, "--fuer", "akteur")[1])
    status, _, err = run(*call, "--fuer", "akteure")
    assert status == 2
    assert "gemeint „akteur“" in err


@pytest.mark.parametrize(
    ("name", "day", "args"),
    [
        ("companions", "2018-10-08", ()),
        ("companions_en_linear", "2018-10-08", ("--lang", "en", "--linear")),
        ("companions_ended", "2026-11-22", ()),
    ],
)
def test_whole_pages(run: Run, profile: Write, name: str, day: str, args: tuple[str, ...]) -> None:
    """The section on who accompanies, word for word."""
    person = profile(
        wohnort="Bremen",
        geburtsdatum="1994-01-01",
        aufenthaltsstatus="duldung",
        duldungsart="ungeklaerte_identitaet_60b",
    )
    page = run("check", person, *DAY, "--angebote-am", day, "--ziel", "programm", *args)[1]
    shown = page.split("\n\n")[1] + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8"), f"UPDATE_GOLDEN=1 pytest tests/cli rewrites {path.name}"


# --- netz ---


def test_the_list(run: Run) -> None:
    status, out, err = run("netz", *DAY)
    assert (status, err) == (0, "")
    names = [line.split(" ")[0] for line in out.splitlines() if line[:1].islower()]
    assert names == ["bin", "integrif", "inprocedere", "spurwechsel", "pro_integration"]
    lines = [json.loads(line) for line in run("netz", *DAY, "--json")[1].splitlines()]
    assert [one["netz"] for one in lines] == names
    assert lines[3]["zeitstatus"] == "laeuft"
    assert lines[0]["eingang"] == "programm.bin.clearing"


def test_showing(run: Run) -> None:
    page = run("netz", "zeige", "spurwechsel", *DAY)[1]
    assert "programm.spurwechsel.vermittlung" in page
    assert "neu aufgelegt im Projekt KIM" in " ".join(page.split())
    assert "Erstberatung" in run("networks", "show", "programm.bin.clearing")[1]
    offer = json.loads(run("netz", "zeige", "bin.wabeq_u25", "--json")[1])
    assert offer["alter"] == {"ab": None, "unter": 25}
    status, _, err = run("netz", "zeige", "binn")
    assert status == 2
    assert "gemeint „bin“" in err


def test_targets_list_the_offers(run: Run) -> None:
    assert "programm.bin.wabeq_u25" in run("ziele")[1]
    lines = [json.loads(line) for line in run("ziele", "programm.*", "--json")[1].splitlines()]
    assert {one["name"] for one in lines} >= {"programm.bin.wabeq_u25", "programm.integrif.memore"}


def test_a_new_network_is_valid_at_once(run: Run, profile: Write, tmp_path: Path) -> None:
    for lang in ("de", "en"):
        status, out, err = run("netz", "neu", f"netz_{lang}", "--nach", str(tmp_path), "--lang", lang)
        assert (status, err) == (0, "")
        assert f"netz_{lang}" in out
    status, out, _ = run("netz", "pruefe", str(tmp_path))
    assert (status, out) == (0, "2 Netze mit 4 Angeboten und 2 Beispielen geprüft; Fehler: 0.\n")
    status, _, err = run("netz", "neu", "netz_de", "--nach", str(tmp_path))
    assert status == 1
    assert "gibt es schon" in err
    assert run("netz", "neu", "Netz-1", "--nach", str(tmp_path))[0] == 2
    name = profile(wohnort="Hannover", geburtsdatum="2006-01-01", aufenthaltsstatus="duldung")
    found = results(run("check", name, *DAY, "--json", "--netze", str(tmp_path / "netz_de"))[1])
    assert found["programm.netz_de.erstgespraech"]["ergebnis"] == "frei"
    assert "Beispielnetz" in section(run("check", name, *DAY, "--netze", str(tmp_path))[1])


def test_the_networks_of_the_rule_book_are_sound(run: Run) -> None:
    status, out, err = run("netz", "pruefe")
    assert (status, err) == (0, "")
    assert out.startswith("5 Netze mit 28 Angeboten")


def test_a_faulty_network_is_told_and_breaks_nothing(run: Run, profile: Write, tmp_path: Path) -> None:
    run("netz", "neu", "gut", "--nach", str(tmp_path / "netze"))
    run("netz", "neu", "schlecht", "--nach", str(tmp_path / "netze"))
    file = tmp_path / "netze" / "schlecht" / "netz.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("eingang: erstgespraech", "eingang: erstgesprech")
    )
    name = profile(wohnort="Bremen", aufenthaltsstatus="duldung")
    status, out, err = run("check", name, *DAY, "--json", "--netze", str(tmp_path / "netze"))
    assert status == 0  # the profile is checked
    assert err.count("\n") == 1
    assert "schlecht/netz.yaml:" in err
    assert "gemeint „erstgespraech“" in err
    found = results(out)
    assert "programm.gut.erstgespraech" in found
    assert not any(".schlecht." in one for one in found)
    plain = results(run("check", name, *DAY, "--json")[1])
    assert {key: found[key] for key in plain} == plain
    status, out, _ = run("netz", "pruefe", str(tmp_path / "netze"))
    assert status == 1
    assert "gemeint „erstgespraech“" in out


def test_an_example_that_fails_is_told(run: Run, tmp_path: Path) -> None:
    run("netz", "neu", "netz", "--nach", str(tmp_path))
    file = tmp_path / "netz" / "beispiele.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("erstgespraech: frei", "erstgespraech: nein"))
    status, out, _ = run("netz", "pruefe", str(tmp_path))
    assert status == 1
    assert "programm.netz.erstgespraech ergebnis: erwartet nein, gefunden frei" in out
