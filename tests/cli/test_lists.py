import json
from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]

LISTS = [("regeln",), ("fakten",), ("ziele",)]


def test_rules_as_the_contract_has_them(run: Run) -> None:
    status, out, err = run("regeln", "--json")
    assert (status, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    assert {line["art"] for line in lines} == {"regel", "definition", "liste", "parameter"}
    for line in lines:
        names = [name for name in line if name in CONTRACT]
        assert names == CONTRACT
    versions = [(line["gilt_ab"], line["gilt_bis"]) for line in lines if line["id"] == "musterg_4_10"]
    assert versions == [(None, "2025-12-31"), ("2026-01-01", None)]


CONTRACT = ["id", "art", "normen", "gilt_ab", "gilt_bis", "ziele", "ergebnis", "ausnahme_von"]


def test_rules_by_target_and_norm(run: Run) -> None:
    def ids(*args: str) -> list[str]:
        return [json.loads(line)["id"] for line in run("regeln", "--json", *args)[1].splitlines()]

    assert ids("--ziel", "aufenthalt") == ["musterg_9_1"]
    assert ids("--norm", "§4 abs.3 musterg") == ["musterg_4_3"]
    assert ids("--norm", "7 Abs. 1", "--ziel", "taetigkeit") == ["mindestgehalt"]
    assert ids("--norm", "BGB") == []
    assert run("regeln", "--norm", "BGB") == (0, "Keine Regel passt.\n", "")


@pytest.mark.parametrize("args", LISTS)
@pytest.mark.parametrize("columns", ["40", "60", "80", "100"])
def test_lists_fit(run: Run, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    status, out, err = run(*args)
    assert (status, err) == (0, "")
    assert all(len(line) <= int(columns) and line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("args", LISTS)
def test_lists_for_screen_readers(run: Run, args: tuple[str, ...]) -> None:
    status, out, _ = run(*args, "--linear")
    assert status == 0
    assert "  " not in out


def test_lists_are_in_both_languages(run: Run) -> None:
    for args in LISTS:
        assert run(*args)[1] != run(*args, "--lang", "en")[1]


def test_rule_cards(run: Run) -> None:
    status, out, err = run("regel", "musterg_4_8")
    assert (status, err) == (0, "")
    assert out.startswith("musterg_4_8 · Regel · § 4 Abs. 8 MusterG\n")
    assert "Geht vor        allen anderen Regeln dieser Ziele\n" in out
    assert (
        "Voraussetzungen:\n"
        "  - Aufenthaltsstatus: Duldung\n"
        "  - eines davon:\n"
        "    - Art der Duldung: Duldung mit Sperrvermerk\n"
        "    - alles davon:\n"
        "      - aus einem sicheren Staat: ja (§ 4 Abs. 8 MusterG)\n"
        "        - Staatsangehörigkeit: sichere Staaten\n"
        "      - Täuschung: ja\n"
    ) in out
    assert "ACHTUNG         Wer trotzdem arbeitet" in out
    assert "Stelle          laws/musterg/p4.yaml:" in out


def test_rule_cards_of_versions_and_relations(run: Run) -> None:
    out = run("regel", "musterg_4_10")[1]
    assert out.count("musterg_4_10 · Regel") == 2
    assert "bis 31.12.2025" in out
    assert "spätestens ab 01.01.2026" in out
    card = run("regel", "musterg_4_2")[1]
    assert "Ausnahmen dazu  musterg_4_3, musterg_4_6, musterg_4_7\n" in card
    assert "Beispiele " not in card


def test_cards_of_definitions_lists_and_amounts(run: Run) -> None:
    assert "sicherer_staat · Definition" in run("regel", "sicherer_staat")[1]
    states = run("regel", "sichere_staaten")[1]
    assert "AL, BA, GH, SN\n" in states
    assert "AL, BA, GH, SN, RS\n" in states
    amount = run("regel", "mindestgehalt", "--lang", "en")[1]
    assert "Values          EUR 50,700\n" in amount
    assert "Source          Bekanntmachung 2026\n" in amount


def test_every_card_can_be_printed(run: Run) -> None:
    ids = {json.loads(line)["id"] for line in run("regeln", "--json")[1].splitlines()}
    for name in ids:
        for args in ((), ("--linear",), ("--lang", "en")):
            status, out, _ = run("regel", name, *args)
            assert status == 0
            assert "None" not in out


def test_one_fact(run: Run) -> None:
    out = run("fakten", "duldungsart")[1]
    assert out == (
        "duldungsart · Art der Duldung · Person\n"
        "Frage           Welche Duldung hat die Person?\n"
        "Antwort         einer der Werte\n"
        "  allgemein     Duldung nach § 1\n"
        "  gesperrt      Duldung mit Sperrvermerk\n"
        "Nachweis        Duldung\n"
        "Erklärung       Der Vermerk steht auf der Rückseite.\n"
        "Änderbar        ja: ein Schritt von Person, Beratung oder Betrieb\n"
    )
    assert "Urteil          Das beurteilt die Behörde" in run("fakten", "massnahmen_aufenthaltsbeendigung")[1]
    assert "Ohne Angabe     dasselbe wie „Stelle vorhanden“\n" in run("fakten", "stelle_leiharbeit")[1]
    assert "Üblich          ja\n" in run("fakten", "bekenntnis")[1]


def test_facts_as_json(run: Run) -> None:
    lines = [json.loads(line) for line in run("fakten", "--json", "--lang", "en")[1].splitlines()]
    assert lines[0]["name"] == "geburtsdatum"
    assert lines[0]["frage"] == "When was the person born?"
    one = json.loads(run("fakten", "duldungsart", "--json")[1])
    assert one["werte"] == {"allgemein": "Duldung nach § 1", "gesperrt": "Duldung mit Sperrvermerk"}


def test_targets(run: Run) -> None:
    out = run("ziele")[1]
    assert "ARBEIT UND AUSBILDUNG\n" in out
    assert run("ziele", "leiharbeit")[1] == (
        "taetigkeit.leiharbeit · Leiharbeit (Zeitarbeit)\n"
        "Die Antwort sagt auch, ob die Bundesagentur für Arbeit zustimmen muss.\n"
    )
    assert "Das Regelwerk behandelt dieses Ziel noch nicht." in run("ziele", "kurs")[1]
    lines = [json.loads(line) for line in run("ziele", "--json")[1].splitlines()]
    assert [line["behandelt"] for line in lines] == [True] * 5 + [False] * 2 + [True]
