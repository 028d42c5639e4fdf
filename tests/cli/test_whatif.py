"""`wegweiser was-waere-wenn`: what other facts change, and the ways to a target."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from wegweiser.cli.main import main

Ran = tuple[int, str, str]
Run = Callable[..., Ran]
DAY = ("--am", "2026-11-22")
WORK = ("--ziel", "beschaeftigung")
TITLE = ("--ziel", "aufenthalt.*")
BARRED = ("--setze", "duldungsart=gesperrt")
DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "json.md"
EXAMPLES = DOCUMENTED.parents[1] / "examples"


def test_only_what_changes_is_shown(run: Run, waiting: str) -> None:
    status, out, err = run("was-waere-wenn", waiting, *BARRED, *DAY)
    assert (status, err) == (0, "")
    assert "Mit: Art der Duldung = Duldung mit Sperrvermerk." in out
    assert "3 von 8 Antworten anders; 5 wie vorher." in out
    assert "GELB · Soll → ROT · verboten" in out
    assert "Ehrenamt" not in out
    assert "ACHTUNG       neu: Wer trotzdem arbeitet, macht sich strafbar" in out
    assert max(map(len, out.splitlines())) <= 80


def test_answers_that_change_alike_stand_together(run: Run, waiting: str) -> None:
    changed = ("--setze", "ununterbrochen_seit=2026-01-02", "--setze", "duldung_seit=2026-01-02")
    out = run("was-waere-wenn", waiting, *changed, *DAY)[1]
    assert "Beschäftigung; Leiharbeit (Zeitarbeit)" in out
    assert out.count("GELB · Soll → GRÜN · Soll") == 1


def test_nothing_changes(run: Run, waiting: str) -> None:
    status, out, _ = run("was-waere-wenn", waiting, "--setze", "titel_gueltig_bis=2027-06-01", *DAY)
    assert status == 0
    assert "Nichts ändert sich: 8 Antworten wie vorher." in out


def test_an_empty_value_makes_a_fact_unknown(run: Run, waiting: str) -> None:
    out = run("was-waere-wenn", waiting, "--setze", "duldungsart=", *DAY)[1]
    assert "Mit: Art der Duldung = unbekannt." in out
    assert "neu: Art der Duldung" in out


def test_english(run: Run, waiting: str) -> None:
    status, out, _ = run("what-if", waiting, "--set", "duldungsart=gesperrt", *DAY, *TITLE, "--lang", "en")
    assert status == 0
    assert "WHAT CHANGES" in out
    assert "WAYS · " in out


def test_a_way_with_its_day(run: Run, waiting: str) -> None:
    status, out, err = run("was-waere-wenn", waiting, *TITLE, *DAY)
    assert (status, err) == (0, "")
    assert "1 Weg mit höchstens 3 Schritten:" in out
    assert "1. 1 Schritt, ab 05.10.2031: Ermessen" in out
    assert "- Deutschniveau: mindestens B1 (jetzt: A1)" in out


def test_a_day_that_can_be_chosen_can_put_off_the_opening(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = (EXAMPLES / "fatima.yaml").read_text(encoding="utf-8")
    told = told.replace("duldung_seit: 2026-03-22", "duldung_seit: 2026-11-20")
    path = tmp_path / "fatima.yaml"
    path.write_text(told.replace("ausbildung_beginn: 2027-08-01", "ausbildung_beginn: 2028-09-01"), "utf-8")
    assert main(["was-waere-wenn", str(path), "--ziel", "ausbildungsduldung_60c", *DAY]) == 0
    out = capsys.readouterr().out
    assert "1. 1 Schritt, ab 01.03.2028: Anspruch" in out
    assert "2. 2 Schritte, je nach Tag, spätestens ab 20.02.2027: Anspruch" in out


def test_waiting_alone(run: Run, waiting: str) -> None:
    out = run("was-waere-wenn", waiting, *WORK, *DAY)[1]
    assert "Ohne Änderung offen ab 05.01.2027." in out
    assert "Keine Änderung von bis zu 3 Angaben öffnet das Ziel früher." in out


def test_the_ways_begin_where_the_changes_end(run: Run, waiting: str) -> None:
    out = run("was-waere-wenn", waiting, *BARRED, *WORK, *DAY)[1]
    assert "1 von 1 Antwort anders" in out
    assert "1. 1 Schritt, ab 05.01.2027: Soll" in out
    assert "- Art der Duldung: Duldung nach § 1 (jetzt: Duldung mit Sperrvermerk)" in out


def test_what_cannot_be_changed_is_said(run: Run, profile: Callable[..., str]) -> None:
    name = profile(
        aufenthaltsstatus="duldung", duldungsart="allgemein", staatsangehoerigkeit="GH", taeuschung=True,
        duldung_seit="2026-01-02", ununterbrochen_seit="2026-01-02", massnahmen_aufenthaltsbeendigung=False,
    )  # fmt: skip
    out = " ".join(run("was-waere-wenn", name, *WORK, *DAY)[1].split())
    assert "Keine Änderung von bis zu 3 Angaben öffnet dieses Ziel." in out
    assert "Im Weg steht, was sich nicht ändern lässt: - Verbot: Mit dem Sperrvermerk" in out


def test_what_is_usual_is_assumed_and_said(run: Run, profile: Callable[..., str]) -> None:
    name = profile(
        aufenthaltsstatus="duldung", duldungsart="allgemein", staatsangehoerigkeit="GH",
        duldung_seit="2026-01-02", ununterbrochen_seit="2026-01-02", massnahmen_aufenthaltsbeendigung=False,
    )  # fmt: skip
    out = " ".join(run("was-waere-wenn", name, *WORK, *DAY)[1].split())
    assert "Angenommen, weil nichts angegeben ist und es meist so ist: Täuschung: nein." in out
    document = json.loads(run("was-waere-wenn", name, *WORK, *DAY, "--json")[1])
    assert document["wege"][0]["angenommen"] == ["taeuschung"]


def test_an_unknown_fact_has_to_be_told_first(run: Run, profile: Callable[..., str]) -> None:
    name = profile(
        aufenthaltsstatus="duldung", duldungsart="allgemein", taeuschung=True,
        duldung_seit="2026-01-02", ununterbrochen_seit="2026-01-02", massnahmen_aufenthaltsbeendigung=False,
    )  # fmt: skip
    out = " ".join(run("was-waere-wenn", name, *WORK, *DAY)[1].split())
    assert "Erst klären (unbekannt, und davon hängt es ab): Staatsangehörigkeit." in out


def test_what_is_not_treated(run: Run, waiting: str) -> None:
    out = run("was-waere-wenn", waiting, "--ziel", "kurs.*", *DAY)[1]
    assert "Noch nicht im Regelwerk." in out
    assert "Keine Änderung" not in out


# --- json ------------------------------------------------------------------------------------

_DAY: dict[str, Any] = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"}
_NAMES: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def closed(**keys: Any) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}


def several(entry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": entry}


_RESULT = {"type": "object", "required": ["ziel", "ergebnis", "ab", "normen"]}
_END = {"type": ["string", "number", "null"]}
_STEP = closed(
    fakt={"type": "string"},
    werte=several({"type": ["string", "boolean"]}),
    bereiche=several(closed(von=_END, bis=_END)),
    bekannt={"type": "boolean"},
)
SCHEMA = closed(
    schema={"const": "wegweiser.was_waere_wenn/1"},
    profil={"type": "string"},
    fall={"type": ["string", "null"]},
    stichtag=_DAY,
    beleg={"type": "object", "required": ["regelwerk", "hash", "rechtsstand", "fakten"]},
    setze={"type": "object", "additionalProperties": {"type": "string"}},
    fakten_geaendert={"type": "string"},
    aenderungen=several(
        closed(
            ziel={"type": "string"}, vorher=_RESULT, nachher=_RESULT, unterschiede={**_NAMES, "minItems": 1}
        )
    ),
    gleich={"type": "integer", "minimum": 0},
    hoechstens={"type": "integer", "minimum": 1},
    wege=several(
        closed(
            ziel={"type": "string"},
            ohne_aenderung=_RESULT,
            offen_ab=_DAY,
            aenderbar=_NAMES,
            angenommen=_NAMES,
            erst_klaeren=_NAMES,
            wege=several(
                closed(schritte={**several(_STEP), "minItems": 1}, ab=_DAY, moeglich=_NAMES, antwort=_RESULT)
            ),
            hindernisse=several(
                closed(
                    regel={"type": "string"},
                    art={"enum": ["verbot", "voraussetzung"]},
                    text={"type": "string"},
                    normen=_NAMES,
                    fakten=_NAMES,
                )
            ),
        )
    ),
)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("given", [BARRED, TITLE, (*BARRED, *WORK), ("--ziel", "*")])
def test_json(run: Run, waiting: str, lang: str, given: tuple[str, ...]) -> None:
    status, out, err = run("was-waere-wenn", waiting, *given, *DAY, "--json", "--lang", lang)
    assert (status, err, out.count("\n")) == (0, "", 1)
    document = json.loads(out)
    Draft202012Validator(SCHEMA).validate(document)
    checked = json.loads(run("check", waiting, *DAY, "--json", "--lang", lang)[1])
    answers = {one["ziel"]: one for one in checked["ergebnisse"]}
    for one in document["aenderungen"]:
        assert one["vorher"] == answers[one["ziel"]]
        assert all(one["vorher"][name] != one["nachher"][name] for name in one["unterschiede"])


def test_the_keys_of_the_json_are_documented() -> None:
    text = DOCUMENTED.read_text(encoding="utf-8")
    section = text[text.index("## `was-waere-wenn") :].partition("\n## ")[0]
    keys: set[str] = set()

    def look(schema: dict[str, Any]) -> None:
        for key, inner in schema.get("properties", {}).items():
            keys.add(key)
            look(inner)
        if "items" in schema:
            look(schema["items"])

    look(SCHEMA)
    assert not {key for key in keys if f"`{key}`" not in section}


# --- the terminal ----------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["40", "60", "80", "120"])
@pytest.mark.parametrize("more", [(), ("--lang", "en"), ("--alle",)])
def test_no_line_is_too_long(
    run: Run, waiting: str, monkeypatch: pytest.MonkeyPatch, columns: str, more: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = run("was-waere-wenn", waiting, *BARRED, "--ziel", "*", *DAY, *more)[1]
    assert all(len(line) <= int(columns) for line in page.splitlines())
    assert not any(line != line.rstrip() for line in page.splitlines())


def test_linear(run: Run, waiting: str) -> None:
    page = run("was-waere-wenn", waiting, *BARRED, "--ziel", "*", *DAY, "--linear")[1]
    assert not any(line.startswith(" ") for line in page.splitlines())


# --- faults ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "es fehlt die Datei mit dem Profil"),
        (("x.yaml",), "es fehlt, was anders sein soll"),
        (("x.yaml", "--ziel", "beschaeftigun"), "gemeint „beschaeftigung“"),
        (("x.yaml", "--setze", "deutschniveau"), "FAKT=WERT"),
        (("x.yaml", "--setze", "deutschnivau=b1"), "gemeint „deutschniveau“"),
        (("x.yaml", *WORK, "--hoechstens", "0"), "eine Zahl von 1 bis 5"),
        (("x.yaml", *WORK, "--hoechstens", "6"), "eine Zahl von 1 bis 5"),
        (("x.yaml", *WORK, "--hoechstens", "zwei"), "eine Zahl von 1 bis 5"),
        (("x.yaml", *WORK, "--am", "morgen"), "--am"),
    ],
)
def test_wrong_usage(run: Run, profile: Callable[..., str], args: tuple[str, ...], says: str) -> None:
    profile(name="x.yaml", aufenthaltsstatus="deutsch")
    status, out, err = run("was-waere-wenn", *args)
    assert (status, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(
    ("said", "meant"), [("ja", "true"), ("Nein", "false"), ("yes", "true"), ("no", "false")]
)
@pytest.mark.parametrize(
    "command",
    [("vergleich", "--mit"), ("was-waere-wenn", "--setze"), ("what-if", "--set"), ("compare", "--with")],
)
def test_yes_and_no_are_as_in_profiles(
    run: Run, waiting: str, command: tuple[str, str], said: str, meant: str
) -> None:
    name, option = command
    told = [run(name, waiting, option, f"bekenntnis={word}", *DAY, "--json") for word in (said, meant)]
    assert told[0] == told[1]
    assert told[0][0] == 0


def test_yes_is_no_value_of_a_fact_with_other_values(run: Run, waiting: str) -> None:
    status, out, err = run("was-waere-wenn", waiting, "--setze", "deutschniveau=ja", *DAY)
    assert (status, out) == (1, "")
    assert "„ja“ passt nicht" in err


@pytest.mark.parametrize("command", [("vergleich", "--mit"), ("was-waere-wenn", "--setze")])
def test_every_fault_is_told_at_once(run: Run, waiting: str, command: tuple[str, str]) -> None:
    name, option = command
    wrong = ("deutschnivau=b1", "=b1", "bekenntnis=true", "bekenntnis=false")
    status, out, err = run(name, waiting, *(part for one in wrong for part in (option, one)))
    assert (status, out) == (2, "")
    for said in ("gemeint „deutschniveau“", f"{option} „=b1“", f"{option} bekenntnis: zwei verschiedene"):
        assert said in err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("deutschniveau=b7", "--setze: deutschniveau:"),
        ("duldung_seit=2027-01-01", "--setze: duldung_seit:"),
        ("duldung_seit=[1", "--setze"),
    ],
)
def test_wrong_values_are_named(run: Run, waiting: str, change: str, says: str) -> None:
    status, out, err = run("was-waere-wenn", waiting, "--setze", change, *DAY)
    assert (status, out) == (1, "")
    assert err.startswith(says)


def test_a_contradiction_names_both_entries(run: Run, waiting: str) -> None:
    status, out, err = run("was-waere-wenn", waiting, "--setze", "ununterbrochen_seit=2026-11-01", *DAY)
    assert (status, out) == (1, "")
    assert "ununterbrochen_seit 2026-11-01 liegt nach duldung_seit 2026-10-05" in err
    assert "Der Aufenthalt beginnt nicht nach der Duldung." in err
