"""The mapping file of an office, and the proposal for one."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml

from wegweiser import engine
from wegweiser.cli import caseload_map
from wegweiser.cli.caseload_mapping import mapping_schema
from wegweiser.engine.library import packaged_rules
from wegweiser.engine.names import normal
from wegweiser.engine.profile import looks_personal

DAY = ("--am", "2026-11-22")
Run = Callable[..., tuple[int, str, str]]
OFFICE = """\
Lfd. Nr.;Nachname;Geb.-Dat.;Status;Duldung seit;Täuschung;Deutsch;Gehalt;Bemerkung
1;Müller;14.02.2003;D;22.03.2026;nein;B1;;montags
2;Okoro;01.05.1990;G;;ja;;;
3;Y;31.12.1988;D;keine;;A1;45000;
"""
MAPPING = """\
spalten:
  Lfd. Nr.: {fakt: fall}
  Geb.-Dat.: {fakt: geburtsdatum, datum: "%d.%m.%Y"}
  Status: {fakt: aufenthaltsstatus, werte: {D: duldung, G: aufenthaltsgestattung}}
  Duldung seit: {fakt: duldung_seit, datum: "%d.%m.%Y"}
  Täuschung: {fakt: taeuschung, werte: {ja: true, nein: false}, leer: false}
  Deutsch: {fakt: deutschniveau, werte: {A1: a1, B1: b1}}
  Gehalt: {fakt: stelle_bruttojahresgehalt}
ignorieren: [Nachname, Bemerkung]
konstanten: {bekenntnis: true}
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[str, ...]]:
    """Write the table of an office and a mapping, and name them as arguments."""
    monkeypatch.chdir(tmp_path)

    def write(mapping: str = MAPPING, table: str = OFFICE) -> tuple[str, ...]:
        Path("amt.csv").write_text(table, encoding="utf-8")
        Path("z.yaml").write_text(mapping, encoding="utf-8")
        return ("bestand", "amt.csv", "--zuordnung", "z.yaml", "--json", "--fehlend", "--ziel", "*", *DAY)

    return write


def test_a_mapping_gives_the_same_as_profiles(run: Run, office: Callable[..., tuple[str, ...]]) -> None:
    status, out, _ = run(*office())
    assert status == 0
    people = [
        {
            "geburtsdatum": "2003-02-14",
            "aufenthaltsstatus": "duldung",
            "duldung_seit": "2026-03-22",
            "taeuschung": False,
            "deutschniveau": "b1",
        },
        {"geburtsdatum": "1990-05-01", "aufenthaltsstatus": "aufenthaltsgestattung", "taeuschung": True},
        {
            "geburtsdatum": "1988-12-31",
            "aufenthaltsstatus": "duldung",
            "duldung_seit": "keine",
            "taeuschung": False,
            "deutschniveau": "a1",
            "stelle_bruttojahresgehalt": 45000,
        },
    ]
    for number, (row, facts) in enumerate(zip(out.splitlines(), people, strict=False), start=1):
        Path("fall.yaml").write_text(yaml.safe_dump({"bekenntnis": True, **facts}).replace("'", ""))
        told = json.loads(run("check", "fall.yaml", "--json", *DAY)[1])
        found = json.loads(row)
        assert found["fall"] == str(number)
        assert [(one["ziel"], one["ergebnis"], one["ab"], one["fehlend"]) for one in found["ergebnisse"]] == [
            (one["ziel"], one["ergebnis"], one["ab"], one["fehlend"])
            for one in told["ergebnisse"]
            if one["grund"] != "nicht_behandelt" or one["fehlend"]
        ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "fakt: geburtsdatum",
            "fakt: geburtsdat",
            "z.yaml:3:15: spalten.Geb.-Dat..fakt: diese Angabe gibt es nicht; gemeint „geburtsdatum“?",
        ),
        ("fakt: fall", "fakt: aufenthaltszeiten", "eine Liste kann in keiner Spalte stehen"),
        ("D: duldung", "D: dulding", "gemeint „duldung“?"),
        ('%d.%m.%Y"}\n  Status', '%d.%m.%y"}\n  Status', "%y ist nicht eindeutig"),
        ("leer: false", "leer: vielleicht", "true (ja) oder false"),
        ("leer: false", "leer: '???'", "??? ist noch auszufüllen"),
        ("leer: false", "wert: {}", "dieser Schlüssel gehört nicht hierher; gemeint „werte“?"),
        (
            "{fakt: stelle_bruttojahresgehalt}",
            "{fakt: stelle_bruttojahresgehalt, datum: '%d.%m.%Y'}",
            "die Angabe ist kein Datum",
        ),
        ("{fakt: stelle_bruttojahresgehalt}", "{fakt: deutschniveau}", "steht schon bei „Deutsch“"),
        ("konstanten: {bekenntnis: true}", "konstanten: {taeuschung: true}", "steht schon bei „Täuschung“"),
        ("konstanten: {bekenntnis: true}", "konstanten: {bekentnis: true}", "gemeint „bekenntnis“?"),
        (
            "[Nachname, Bemerkung]",
            "[Nachname, Bemerkungen]",
            "diese Spalte gibt es in der Tabelle nicht; gemeint „Bemerkung“?",
        ),
        ("[Nachname, Bemerkung]", "[Bemerkung]", "gehören in kein Profil"),
        ("[Nachname, Bemerkung]", "[Nachname]", "Bemerkung: diese Angabe gibt es nicht"),
        ("[Nachname, Bemerkung]", "[Nachname, Bemerkung, Status]", "steht auch unter „ignorieren“"),
        ("spalten:", "spalten: [", "z.yaml:"),
        ("{fakt: fall}", "{fakt: fall, leer: x}", "gehören zu Angaben"),
    ],
)
def test_faults_of_a_mapping_name_line_and_nearest(
    run: Run, office: Callable[..., tuple[str, ...]], old: str, new: str, said: str
) -> None:
    assert old in MAPPING
    status, out, err = run(*office(MAPPING.replace(old, new, 1)))
    assert (status, out) == (1, "")
    assert said in err


def test_codes_and_days_that_are_not_mapped_are_faults_of_their_rows(
    run: Run, office: Callable[..., tuple[str, ...]]
) -> None:
    table = OFFICE.replace(";G;", ";Q;").replace("14.02.2003", "2003/14/02")
    status, out, err = run(*office(table=table))
    assert status == 1
    assert "amt.csv:2: Geb.-Dat.: „2003/14/02“ ist kein Tag der Form %d.%m.%Y" in err
    assert "amt.csv:3: Status: „Q“ steht nicht unter „werte“" in err
    assert [bool(json.loads(line)["fehler"]) for line in out.splitlines()[:3]] == [True, True, False]


def test_the_schema_takes_what_the_reader_takes(
    run: Run, office: Callable[..., tuple[str, ...]], rulebook: Path
) -> None:
    schema = mapping_schema(engine.open_book(rulebook, None))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(yaml.safe_load(MAPPING))
    assert run(*office())[0] == 0
    for wrong in ("spalten: {A: {fakt: nichts}}", "spalten: {A: {}}", "andere: 1", "konstanten: {nichts: 1}"):
        assert not validator.is_valid(yaml.safe_load(wrong))
        assert run(*office(wrong))[0] == 1


# --- the proposal ---------------------------------------------------------------------------


def test_a_proposal_can_be_read_and_holds_no_personal_data(
    run: Run, office: Callable[..., tuple[str, ...]]
) -> None:
    office()
    status, out, err = run("bestand", "zuordnen", "amt.csv")
    assert status == 0
    assert err == "amt.csv: CSV, UTF-8, Trennzeichen „;“\n"
    for private in ("Müller", "Okoro", "montags", "14.02.2003", "45000"):
        assert private not in out
    found = yaml.safe_load(out)
    assert found["spalten"]["Geb.-Dat."] == {"fakt": "geburtsdatum", "datum": "%d.%m.%Y"}
    assert found["spalten"]["Status"] == {"fakt": "aufenthaltsstatus", "werte": {"D": "???", "G": "???"}}
    assert found["spalten"]["Duldung seit"] == {"fakt": "duldung_seit", "datum": "%d.%m.%Y"}
    assert found["spalten"]["Täuschung"] == {"fakt": "taeuschung", "werte": {"nein": False, "ja": True}}
    assert {"Lfd. Nr.", "Nachname", "Bemerkung"} <= set(found["ignorieren"])
    Path("z.yaml").write_text(out, encoding="utf-8")
    status, out, err = run("bestand", "amt.csv", "--zuordnung", "z.yaml", *DAY)
    assert (status, out) == (1, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        "spalten.Status.werte.D",
        "spalten.Status.werte.G",
    ]
    assert "??? ist noch auszufüllen" in err
    filled = Path("z.yaml").read_text(encoding="utf-8").replace('"???"', "null")
    Path("z.yaml").write_text(filled, encoding="utf-8")
    assert run("bestand", "amt.csv", "--zuordnung", "z.yaml", *DAY)[0] == 0


def test_what_was_not_found_out_is_marked(run: Run, office: Callable[..., tuple[str, ...]]) -> None:
    office(table="Status;Duldung seit;Sonstiges\nD;Frühjahr;x\n")
    out = run("bestand", "zuordnen", "amt.csv")[1]
    assert "# PRÜFEN: ??? durch den Wert ersetzen, oder durch null (unbekannt)" in out
    assert "# PRÜFEN: Schreibweise der Tage nicht erkannt" in out
    assert "- Sonstiges  # keine Angabe heißt so" in out


@pytest.mark.parametrize(
    ("days", "form", "remark"),
    [
        (["14.02.2003", "29.02.2001", "1.5.90", "01.05.1990"], "%d.%m.%Y", "2 von 4 Tagen der Stichprobe"),
        (["2003-02-14", "2001-02-29", "1990-05-01"], None, "1 von 3 Tagen der Stichprobe"),
        (["14/02/2003", "keine", "unbekannt", "01/05/1990"], "%d/%m/%Y", None),
        (["Frühjahr", "1.5.90"], None, "Schreibweise der Tage nicht erkannt"),
        ([], None, None),
    ],
)
def test_days_are_read_in_the_form_that_most_of_them_have(
    run: Run, office: Callable[..., tuple[str, ...]], days: list[str], form: str | None, remark: str | None
) -> None:
    head = "Duldung seit"
    office(table=f"fall;{head}\n" + "".join(f"{place};{day}\n" for place, day in enumerate(days)))
    text = run("bestand", "zuordnen", "amt.csv")[1]
    found = yaml.safe_load(text)["spalten"][head]
    assert found == {"fakt": "duldung_seit"} | ({"datum": form} if form else {})
    assert ("PRÜFEN: " in text.partition("spalten:")[2]) == (remark is not None)
    assert (remark or "") in text
    Path("z.yaml").write_text(text, encoding="utf-8")
    err = run("bestand", "amt.csv", "--zuordnung", "z.yaml", *DAY)[2]
    assert ("amt.csv:3: " in err) == (remark is not None)  # the second of each list


def test_valid_codes_stand_for_themselves_and_others_are_asked_for(
    run: Run, office: Callable[..., tuple[str, ...]]
) -> None:
    office(table="Staatsang.;Status\nAF;duldung\nGN;Duldung\nno;AE\nAfghanistan;unbekannt\nungeklärt;\n")
    found = yaml.safe_load(run("bestand", "zuordnen", "amt.csv")[1])["spalten"]
    assert found["Staatsang."] == {
        "fakt": "staatsangehoerigkeit",
        "werte": {"AF": "AF", "GN": "GN", "no": "NO", "Afghanistan": "???", "ungeklärt": "ungeklaert"},
    }
    assert found["Status"]["werte"] == {
        "duldung": "duldung",
        "Duldung": "duldung",
        "AE": "???",
        "unbekannt": None,
    }
    office(table="Staatsang.\nAF\nGN\nunbekannt\n")
    assert yaml.safe_load(run("bestand", "zuordnen", "amt.csv")[1])["spalten"] == {
        "Staatsang.": {"fakt": "staatsangehoerigkeit"}
    }


def test_many_valid_codes_are_no_reason_to_leave_the_others_out(
    run: Run, office: Callable[..., tuple[str, ...]]
) -> None:
    from wegweiser.engine.countries import COUNTRIES

    codes = sorted(COUNTRIES)
    office(table="staatsangehoerigkeit\n" + "\n".join([*codes, "Syrien"]) + "\n")
    found = yaml.safe_load(run("bestand", "zuordnen", "amt.csv")[1])["spalten"]["staatsangehoerigkeit"]
    assert found["werte"] == {**{code: code for code in codes}, "Syrien": "???"}
    office(table="staatsangehoerigkeit\n" + "\n".join(f"Land {number}" for number in range(21)) + "\n")
    assert (
        "werte"
        not in yaml.safe_load(run("bestand", "zuordnen", "amt.csv")[1])["spalten"]["staatsangehoerigkeit"]
    )


def test_labels_in_both_languages_are_found(run: Run, office: Callable[..., tuple[str, ...]]) -> None:
    office(table="date of birth;Staatsangehörigkeit;nationality;toleration since\n;GN;;\n")
    found = yaml.safe_load(run("bestand", "zuordnen", "amt.csv")[1])["spalten"]
    assert found["date of birth"]["fakt"] == "geburtsdatum"
    assert found["toleration since"]["fakt"] == "duldung_seit"
    assert [one["fakt"] for one in found.values()].count("staatsangehoerigkeit") == 1


def test_names_that_offices_use_are_found_and_marked(
    run: Run, office: Callable[..., tuple[str, ...]]
) -> None:
    packaged = str(packaged_rules())
    office(table="Kennung;Einreisedatum;Straftaten;Status\nK1;01.02.2020;x;D\nK2;03.04.2021;;duldung\n")
    out = run("bestand", "zuordnen", "amt.csv", "--regelwerk", packaged)[1]
    assert yaml.safe_load(out) == {
        "spalten": {
            "Kennung": {"fakt": "fall"},
            "Einreisedatum": {"fakt": "einreise", "datum": "%d.%m.%Y"},
            "Straftaten": {"fakt": "straftat_ausschluss", "werte": {"x": True}},
            "Status": {"fakt": "aufenthaltsstatus", "werte": {"D": "???", "duldung": "duldung"}},
        },
        "ignorieren": [],
    }
    assert out.count("heißt nur ähnlich") == 4
    assert "???" in out
    assert "oder durch null (unbekannt); heißt nur ähnlich" in out


def test_names_of_offices_are_names_of_facts_that_have_no_other() -> None:
    book = engine.open_book()
    found: dict[str, str] = {}
    labels = {normal(word) for fact in book.vocabulary for word in (fact.name, fact.label.de, fact.label.en)}
    for name, words in yaml.safe_load(
        Path(caseload_map.__file__).with_name("caseload_heads.yaml").read_text(encoding="utf-8")
    ).items():
        assert name in ("fall", "stichtag") or book.vocabulary.fact(name).typ != "liste"
        for word in words:
            assert normal(word) not in labels | set(found)
            assert not looks_personal(word)
            found[normal(word)] = name


def test_a_table_that_needs_no_mapping_gets_an_empty_one(
    run: Run, office: Callable[..., tuple[str, ...]]
) -> None:
    office(table="fall;aufenthaltsstatus\nx;duldung\n")
    assert yaml.safe_load(run("caseload", "map", "amt.csv", "--lang", "en")[1]) == {
        "spalten": {},
        "ignorieren": [],
    }


def test_zuordnen_has_a_help_page(run: Run) -> None:
    status, out, err = run("bestand", "zuordnen", "--help")
    assert (status, err) == (0, "")
    assert "BEISPIELE" in out
    assert run("caseload", "map", "--help")[1] == out
