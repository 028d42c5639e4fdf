import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wegweiser.cli.access import LARGEST

DAY = ("--am", "2026-11-22")
Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., str]


def _answers(out: str) -> dict[str, dict[str, object]]:
    return {answer["ziel"]: answer for answer in json.loads(out)["ergebnisse"]}


def test_json_has_the_names_and_the_order_of_the_contract(run: Run, waiting: str) -> None:
    status, out, err = run("check", waiting, *DAY, "--json")
    assert (status, err) == (0, "")
    assert out.count("\n") == 1
    document = json.loads(out)
    assert list(document) == [
        "schema",
        "profil",
        "fall",
        "stichtag",
        "angebote_am",
        "beleg",
        "ergebnisse",
        "schritte",
        "gefahren",
    ]
    assert document["schema"] == "wegweiser.check/1"
    assert (document["profil"], document["fall"]) == ("fall.yaml", "warten")
    assert (document["stichtag"], document["angebote_am"]) == ("2026-11-22", "2026-11-22")
    assert list(document["beleg"])[:3] == ["regelwerk", "hash", "rechtsstand"]
    assert document["beleg"]["rechtsstand"] == "2026-08-19"
    first = document["ergebnisse"][0]
    assert list(first)[:19] == [
        "ziel",
        "ergebnis",
        "grund",
        "ab",
        "dann",
        "bis",
        "ab_fehlend",
        "antrag_ab",
        "antrag_bis",
        "zustimmung_ba",
        "zustimmung_fehlend",
        "normen",
        "regeln",
        "durch",
        "fehlend",
        "moeglich",
        "voraussichtlich",
        "annahmen",
        "auflagen",
    ]
    assert first["ziel"] == "taetigkeit.beschaeftigung"
    assert (first["ergebnis"], first["ab"], first["dann"]) == ("noch_nicht", "2027-01-05", "soll")
    assert first["hinweise"][1] == {
        "art": "rechtsfrage",
        "text": "Streitig ist, ob Teilzeit genügt.",
        "norm": "§ 4 Abs. 2 MusterG",
        "andere_lesart": "ermessen",
    }
    assert document["schritte"] == [
        {
            "was": "eine Stelle suchen",
            "wer": "Person",
            "wo": "Beratung",
            "papier": None,
            "frist": "jetzt",
            "norm": None,
            "regel": "stelle_suchen",
            "ab": None,
            "bis": None,
        },
        {
            "was": "die Erlaubnis beantragen",
            "wer": "Person",
            "wo": "Amt am Wohnort",
            "papier": "Zusage des Betriebs",
            "frist": "ab 05.01.2027",
            "norm": "§ 4 Abs. 4 MusterG",
            "regel": "erlaubnis",
            "ab": "2027-01-05",
            "bis": None,
        },
    ]
    assert document["gefahren"] == []


def test_json_answers_follow_the_order_of_the_targets(run: Run, waiting: str) -> None:
    names = list(_answers(run("check", waiting, *DAY, "--json")[1]))
    assert names[0] == "taetigkeit.beschaeftigung"
    assert names[-1] == "aufenthalt.titel"
    picked = run("check", waiting, *DAY, "--json", "--ziel", "titel", "--ziel", "taetigkeit.*arbeit")[1]
    assert list(_answers(picked)) == ["taetigkeit.leiharbeit", "aufenthalt.titel"]


def test_json_in_english(run: Run, waiting: str) -> None:
    answer = _answers(run("check", waiting, *DAY, "--json", "--lang", "en")[1])["taetigkeit.beschaeftigung"]
    assert answer["auflagen"] == [
        {"text": "The permission holds for the named employer only.", "norm": "§ 4 Abs. 5 MusterG"}
    ]


def test_an_expected_answer_lends_its_days_to_the_open_one(run: Run, expected: str) -> None:
    answer = _answers(run("check", expected, *DAY, "--json")[1])["taetigkeit.leiharbeit"]
    assert (answer["ergebnis"], answer["voraussichtlich"]) == ("unklar", "noch_nicht")
    assert (answer["ab"], answer["dann"], answer["zustimmung_ba"]) == ("2027-01-05", "soll", "erforderlich")
    assert answer["annahmen"] == ["massnahmen_aufenthaltsbeendigung"]


def test_day_of_the_check(run: Run, profile: Write) -> None:
    name = profile(aufenthaltsstatus="deutsch", stichtag="2025-03-01")
    assert json.loads(run("check", name, "--json")[1])["stichtag"] == "2025-03-01"
    told = json.loads(run("check", name, "--json", "--am", "2026-01-02", "--angebote-am", "2018-01-02")[1])
    assert (told["stichtag"], told["angebote_am"]) == ("2026-01-02", "2018-01-02")
    page = " ".join(run("check", name, "--am", "2026-01-02", "--angebote-am", "2018-01-02")[1].split())
    assert "Stichtag 02.01.2026 · Angebote am 02.01.2018 · Rechtsstand 19.08.2026 · offline" in page


def test_a_day_before_coverage_is_folded_into_one_line(run: Run, waiting: str, profile: Write) -> None:
    name = profile(aufenthaltsstatus="deutsch")
    status, page, _ = run("check", name, "--am", "2023-05-01")
    assert status == 0
    assert "Vor dem Rechtsstand des Regelwerks: Arbeit und Ausbildung (5); Kurse (2)" in page.replace(
        "\n  ", ""
    )
    assert waiting


def test_several_profiles_and_their_faults(run: Run, profile: Write, waiting: str, tmp_path: Path) -> None:
    good = profile(name="gut.yaml", aufenthaltsstatus="deutsch")
    bad = profile(name="schlecht.yaml", aufenthaltstatus="duldung", duldung_seit="2027-01-01")
    (tmp_path / "ordner").mkdir()
    (tmp_path / "gross.yaml").write_bytes(b"#" * (LARGEST + 1))
    status, out, err = run(
        "check", waiting, bad, "ordner", "gutt.yaml", "gross.yaml", good, "\0", *DAY, "--json"
    )
    assert status == 1
    assert [json.loads(line)["profil"] for line in out.splitlines()] == ["fall.yaml", "gut.yaml"]
    assert [line.split(": ", 1)[0] for line in err.splitlines()] == [
        "schlecht.yaml:1:1",
        "schlecht.yaml:2:1",
        "ordner",
        "gutt.yaml",
        "gross.yaml",
        "?",
    ]
    assert "gemeint „aufenthaltsstatus“?" in err
    assert "gutt.yaml: Datei nicht gefunden; gemeint „gut.yaml“?" in err
    english = run("check", bad, "gutt.yaml", "--lang", "en")[2]
    assert "did you mean “aufenthaltsstatus”?" in english
    assert "file not found; did you mean “gut.yaml”?" in english


def test_contradictions_are_faults_too(run: Run, profile: Write) -> None:
    name = profile(aufenthaltsstatus="duldung", geburtsdatum="2020-01-01", duldung_seit="2019-01-01")
    status, out, err = run("check", name, *DAY)
    assert (status, out) == (1, "")
    assert "geburtsdatum" in err
    assert "duldung_seit" in err


def test_several_pages_have_titles(run: Run, profile: Write, waiting: str) -> None:
    good = profile(name="gut.yaml", aufenthaltsstatus="deutsch")
    out = run("check", waiting, good, *DAY)[1]
    assert [line for line in out.splitlines() if line.startswith("===")] == [
        "=== fall.yaml ===",
        "=== gut.yaml ===",
    ]
    assert run("check", waiting, good, *DAY, "--linear")[1].startswith("fall.yaml\n")


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    source = b'{"aufenthaltsstatus": "deutsch"}'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source)))
    document = json.loads(run("check", "-", *DAY, "--json")[1])
    assert document["profil"] == "-"
    monkeypatch.setattr(sys, "stdin", None)
    assert run("check", "-", *DAY) == (1, "", "-: nicht lesbar\n")


def test_why_of_a_number_a_name_or_all(run: Run, waiting: str) -> None:
    heads = {
        args: [
            line for line in run("check", waiting, *DAY, *args)[1].splitlines() if line.startswith("WARUM")
        ]
        for args in [
            (),
            ("--warum=2",),
            ("--warum", "leiharbeit"),
            ("--warum",),
            ("--warum=aufenthalt.titel",),
        ]
    }
    assert heads[()] == ["WARUM (Nr. 1 Beschäftigung; alle: --warum)"]
    assert heads[("--warum=2",)] == ["WARUM (Nr. 2 Leiharbeit (Zeitarbeit))"]
    assert heads[("--warum=aufenthalt.titel",)] == ["WARUM (Nr. 6 Aufenthaltstitel)"]
    assert heads[("--warum",)][0] == "WARUM (Nr. 1, 2 Beschäftigung, Leiharbeit (Zeitarbeit))"
    assert len(heads[("--warum",)]) == 5


def test_a_bare_word_after_why_is_a_profile(run: Run, waiting: str, profile: Write) -> None:
    profile(name="leiharbeit", aufenthaltsstatus="deutsch")
    assert run("check", *DAY, "--warum", waiting)[0] == 0
    assert run("check", *DAY, "--warum", "leiharbeit")[0] == 0
    assert run("check", *DAY, "--warum", "taetigkeit.leiharbeit", waiting)[0] == 0


@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999"])
def test_why_of_a_number_that_is_not_there(run: Run, waiting: str, number: str) -> None:
    status, out, err = run("check", waiting, *DAY, f"--warum={number}")
    assert (status, out) == (2, "")
    assert "es gibt Nr. 1 bis 6" in err


def test_a_rule_book_that_cannot_be_read(run: Run, waiting: str, tmp_path: Path) -> None:
    status, out, err = run("check", waiting, "--regelwerk", str(tmp_path / "nirgends"))
    assert (status, out) == (1, "")
    assert err.startswith(str(tmp_path / "nirgends"))
    assert err.count("\n") == 1


def test_a_bug_gives_one_line(run: Run, waiting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("wegweiser.cli.check_page.check_page", broken)
    status, out, err = run("check", waiting, *DAY)
    assert (status, out) == (1, "")
    assert err.startswith("wegweiser: Interner Fehler (ZeroDivisionError). Bitte melden")
    assert err.count("\n") == 1
    monkeypatch.setenv("WEGWEISER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("check", waiting, *DAY)


def test_interruption(run: Run, waiting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("wegweiser.cli.check_page.check_page", interrupted)
    assert run("check", waiting, *DAY) == (130, "", "")
