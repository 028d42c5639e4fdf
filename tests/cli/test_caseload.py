"""Screening a table: what is read, what is told, what is written."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wegweiser import engine
from wegweiser.cli.caseload_output import harmless
from wegweiser.cli.caseload_tally import OUTCOMES, hidden

DAY = ("--am", "2026-11-22")
Run = Callable[..., tuple[int, str, str]]
HEADS = ("fall", "aufenthaltsstatus", "duldungsart", "staatsangehoerigkeit", "duldung_seit")
PEOPLE = (
    ("A-1", "duldung", "allgemein", "GN", "2026-10-05"),
    ("A-2", "duldung", "allgemein", "GN", "2020-10-05"),
    ("A-3", "deutsch", "", "", ""),
    ("A-4", "", "", "SY", ""),
)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Write a table into the current folder and name it."""
    monkeypatch.chdir(tmp_path)

    def write(
        people: object = PEOPLE,
        heads: object = HEADS,
        name: str = "bestand.csv",
        encoding: str = "utf-8",
        delimiter: str = ";",
    ) -> str:
        lines = [delimiter.join(map(str, cells)) for cells in (heads, *people)]  # type: ignore[misc]
        (tmp_path / name).write_bytes(("\n".join(lines) + "\n").encode(encoding))
        return name

    return write


def documents(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def results(out: str) -> list[dict[str, Any]]:
    return [one for one in documents(out) if one["schema"] == "wegweiser.bestand/1"]


# --- reading --------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters_are_found_and_told(
    run: Run, table: Callable[..., str], encoding: str, delimiter: str
) -> None:
    people = [("Köln-1", "duldung"), ("Köln-2", "deutsch")]
    name = table(people, HEADS[:2], encoding=encoding, delimiter=delimiter)
    status, out, err = run("bestand", name, "--json", *DAY)
    assert status == 0
    assert [one["fall"] for one in results(out)] == ["Köln-1", "Köln-2"]
    said = {"utf-8": "UTF-8,", "utf-8-sig": "UTF-8 mit BOM", "cp1252": "Windows-1252"}[encoding]
    assert said in err
    assert ("Tabulator" if delimiter == "\t" else f"„{delimiter}“") in err


def test_workbook_and_parquet_say_the_same_as_csv(
    run: Run, table: Callable[..., str], tmp_path: Path
) -> None:
    openpyxl, parquet = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    rows = [[*one[:4], date.fromisoformat(one[4]) if one[4] else None] for one in PEOPLE]
    rows = [[cell or None for cell in row] for row in rows]
    book = openpyxl.Workbook()
    for row in (HEADS, *rows):
        book.active.append(list(row))
    book.save(tmp_path / "bestand.xlsx")
    columns = {head: [row[place] for row in rows] for place, head in enumerate(HEADS)}
    parquet.write_table(arrow.table(columns), tmp_path / "bestand.parquet")
    told = results(run("bestand", table(), "--json", *DAY)[1])
    for name in ("bestand.xlsx", "bestand.parquet"):
        status, out, _ = run("bestand", name, "--json", *DAY)
        assert status == 0
        assert [one | {"datei": ""} for one in results(out)] == [one | {"datei": ""} for one in told]


def test_formulas_count_with_their_saved_values_and_are_faults_without(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import zipfile

    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for row in (
        ("fall", "aufenthaltsstatus", "Nr"),
        ("1", "duldung", "=1+1"),
        ("2", '=LOWER("DULDUNG")', None),
        (),
        ("3", '=IF(1,"","")', None),
        ("4", '=LOWER("DEUTSCH")', None),
    ):
        book.active.append(row)
    book.save("offen.xlsx")
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile("offen.xlsx") as old, zipfile.ZipFile("bestand.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == sheet:
                for cell, value in (("B5", "<v></v>"), ("B6", "<v>deutsch</v>")):
                    head, _, tail = content.partition(f'<c r="{cell}"')
                    saved = re.sub("<v ?/>|<v></v>", value, tail, count=1)
                    content = f'{head}<c r="{cell}" t="str"{saved}'
            new.writestr(name, content)
    Path("z.yaml").write_text("ignorieren: [Nr]\n")
    status, out, err = run("bestand", "bestand.xlsx", "--zuordnung", "z.yaml", "--json", *DAY)
    assert status == 1
    assert [(one["zeile"], bool(one["fehler"])) for one in results(out)] == [
        (2, False),
        (3, True),
        (5, False),
        (6, False),
    ]
    assert "bestand.xlsx:3: aufenthaltsstatus: Formel ohne gespeicherten Wert" in err
    assert run("bestand", "zuordnen", "bestand.xlsx")[0] == 0


def test_a_day_with_a_time_is_a_day_at_midnight_only(
    run: Run, table: Callable[..., str], tmp_path: Path
) -> None:
    from datetime import datetime

    openpyxl = pytest.importorskip("openpyxl")
    table()
    book = openpyxl.Workbook()
    days = (datetime(1999, 1, 2, 12, 30), datetime(1999, 1, 2))  # noqa: DTZ001 (as Excel has them)
    for row in (("fall", "geburtsdatum"), *enumerate(days)):
        book.active.append(row)
    book.save(tmp_path / "tage.xlsx")
    said = "„1999-01-02 12:30:00“ hat eine Uhrzeit; erwartet wird nur der Tag, also 1999-01-02"
    _, out, err = run("bestand", "tage.xlsx", "--json", *DAY)
    assert [bool(one["fehler"]) for one in results(out)] == [True, False]
    assert f"tage.xlsx:2: geburtsdatum: {said}\n" in err
    (tmp_path / "z.yaml").write_text("spalten: {geburtsdatum: {fakt: geburtsdatum, datum: '%d.%m.%Y'}}")
    assert said in run("bestand", "tage.xlsx", "--zuordnung", "z.yaml", *DAY)[2]
    cells = ("1999-01-02 00:00", "1999-01-02T00:00:00Z", "1999-01-02 00:00:01", "1999-02-30 00:00")
    name = table([(cell, "duldung") for cell in cells], ("stichtag", "aufenthaltsstatus"))
    _, out, err = run("bestand", name, "--json")
    assert [bool(one["fehler"]) for one in results(out)] == [False, False, True, True]
    assert "1999-02-30 gibt es im Kalender nicht" in err


def test_standard_input_is_csv(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "fall,aufenthaltsstatus\nx,duldung\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source.encode())))
    status, out, _ = run("bestand", "-", "--json", *DAY)
    assert (status, results(out)[0]["fall"]) == (0, "x")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leer"),
        (b"\n\n", "leer"),
        (b"fall;aufenthaltsstatus;aufenthaltsstatus\n", "zweimal"),
        (b"fall;;aufenthaltsstatus\n", "keinen Namen"),
        (b"fall;aufenthaltstatus\n", "gemeint „aufenthaltsstatus“"),
        (b"fall;Nachname\n", "gehören in kein Profil"),
        (b"fall;aufenthaltszeiten\n", "Liste"),
        (b"\xff\xfef\x00a\x00", "UTF-16"),
        (b"%PDF-1.7 ...", "keine Tabelle"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "altes Excel"),
        (b"PK\x03\x04 no archive", "keine lesbare Excel-Datei"),
        (b"PAR1 no parquet", "keine lesbare Parquet-Datei"),
        (b"\x00\x01\x02\x03" * 100, "keine Tabelle"),
        (b"fall;" + b"x" * 200_000 + b"\n", "nicht lesbar als CSV"),
    ],
)
def test_files_that_are_no_table_cost_one_message(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bestand.csv").write_bytes(content)
    status, out, err = run("bestand", "bestand.csv", *DAY)
    assert (status, out) == (1, "")
    assert said in err
    assert all(line.startswith("bestand.csv") for line in err.splitlines())


def test_a_missing_file_is_named_with_the_nearest(run: Run, table: Callable[..., str]) -> None:
    table()
    status, _, err = run("bestand", "bestnd.csv")
    assert status == 1
    assert err == "bestnd.csv: Datei nicht gefunden; gemeint „bestand.csv“?\n"


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import zipfile

    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("bombe.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(101):
                part.write(bytes(1_000_000))
    status, out, err = run("bestand", "bombe.xlsx")
    assert (status, out) == (1, "")
    assert "entpackt zu groß" in err


@pytest.mark.parametrize("module", ["openpyxl", "pyarrow"])
def test_a_missing_library_is_named_with_the_extra(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    Path("bestand").write_bytes({"openpyxl": b"PK\x03\x04", "pyarrow": b"PAR1"}[module])
    status, _, err = run("bestand", "bestand")
    assert status == 1
    assert f"{module}: pip install 'wegweiser[bestand]'" in err


# --- rows with faults -----------------------------------------------------------------------


def test_rows_with_faults_are_listed_and_left_out(run: Run, table: Callable[..., str]) -> None:
    people = [
        ("1", "duldung", "allgemein", "GN", "2026-10-05"),
        ("2", "dulding", "allgemein", "GN", "2026-10-05"),
        ("3", "duldung", "allgemein", "GN", "05.10.2026"),
        ("4", "duldung", "allgemein", "GN"),
        ("5", "duldung", "allgemein", "GN", "2026-10-05", "more"),
        ("6\x00", "duldung", "allgemein", "GN", ""),
        ("7", "deutsch", "", "", ""),
        ("8", "dulding", "", "GN", "2027-01-01"),
    ]
    name = table(people)
    status, out, err = run("bestand", name, "--json", *DAY)
    assert status == 1
    lines = err.splitlines()
    assert lines[1].startswith(f"{name}:3: aufenthaltsstatus: „dulding“ passt nicht")
    assert lines[1].endswith("gemeint „duldung“?")
    assert "2026-10-05" in lines[2]
    assert [line.split(":")[1] for line in lines[1:8]] == ["3", "4", "5", "6", "7", "9", "9"]
    assert lines[8] == "6 von 8 Zeilen haben Fehler und sind ausgelassen:"
    assert lines[9].startswith("  2 mal: aufenthaltsstatus: … passt nicht")
    assert [one["zeile"] for one in results(out) if not one["fehler"]] == [2, 8]
    assert [one["zeile"] for one in results(out)] == list(range(2, 10))


def test_faults_are_summed_up_without_what_differs_and_with_what_does_not(
    run: Run, table: Callable[..., str]
) -> None:
    rows = [
        ("a\x1b", "duldung", "2026-01-01"),
        ("b\x1b", "duldung", "2026-01-01"),
        ("c", "duldung", "neulich"),
        ("d", "duldung", "gestern"),
        ("e", "duldung", "2026-02-30"),
        ("f", "duldung", "2025-02-29"),
        ("g", "duldung"),
        ("h",),
        ("i", "duldung", "1850-01-01"),
    ]
    name = table(rows, ("fall", "aufenthaltsstatus", "duldung_seit"))
    for lang, said in (
        (
            "de",
            (
                "2 mal: Steuerzeichen U+001B ist nicht erlaubt",
                "2 mal: duldung_seit: … gibt es im Kalender nicht",
                "2 mal: … Spalten statt …: die Zeile",
                "JJJJ-MM-TT, zum Beispiel 2026-11-22",
                "1 mal: duldung_seit: … liegt außerhalb der Jahre … bis …",
            ),
        ),
        ("en", ("2 times: control character U+001B is not allowed", "YYYY-MM-DD, for example 2026-11-22")),
    ):
        summary = run("bestand", name, "--lang", lang, *DAY)[2].partition(
            "9 of 9" if lang == "en" else "9 von 9"
        )[2]
        for text in said:
            assert text in summary


@pytest.mark.parametrize("place", [0, 1, 30, 900])
def test_a_zero_byte_is_a_fault_of_its_row(run: Run, table: Callable[..., str], place: int) -> None:
    for rows in (2, 1000):
        if place < rows:
            people = [(f"P{number}", "duldung") for number in range(rows)]
            people[place] = ("P\x00", "duldung")
            name = table(people, HEADS[:2])
            _, out, err = run("bestand", name, "--json", "--ziel", "ehrenamt", "--prozesse", "1", *DAY)
            assert [one["zeile"] for one in results(out) if one["fehler"]] == [place + 2]
            assert "Steuerzeichen U+0000" in err


@pytest.mark.parametrize("name", ["bad.xlsx", "BAD.XLS", "bad.xlsm", "bad.parquet"])
def test_a_file_that_is_not_what_its_name_says_is_told(
    run: Run, table: Callable[..., str], name: str
) -> None:
    status, out, err = run("bestand", table(name=name), *DAY)
    assert (status, out) == (1, "")
    kind = "Parquet" if name.endswith("parquet") else "Excel"
    assert err.startswith(f"{name}: keine {kind}-Datei, auch wenn sie so heißt")


def test_contradictions_name_the_column_of_the_table(
    run: Run, table: Callable[..., str], tmp_path: Path
) -> None:
    name = table([("1", "deutsch", "allgemein")], ("fall", "aufenthaltsstatus", "Art"))
    (tmp_path / "z.yaml").write_text("spalten: {Art: {fakt: duldungsart}}\n")
    status, _, err = run("bestand", name, "--zuordnung", "z.yaml", *DAY)
    assert status == 1
    assert f"{name}:2: Art:" in err


def test_a_huge_line_is_one_fault(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = (
        b"fall;aufenthaltsstatus\n1;duldung\n"
        + b"x" * 3_000_000
        + b"\n"
        + b"2;"
        + b"y" * 200_000
        + b"\n3;deutsch\n"
    )
    Path("bestand.csv").write_bytes(content)
    status, out, err = run("bestand", "bestand.csv", "--json", *DAY)
    assert status == 1
    assert [(one["zeile"], bool(one["fehler"])) for one in results(out)] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
    ]
    assert "länger als eine Million Bytes" in err


def screened(run: Run, content: str) -> tuple[list[tuple[int, bool]], str]:
    """The rows of a table, each with whether it has faults, and what is told of them."""
    Path("bestand.csv").write_text(content, newline="")
    _, out, err = run("bestand", "bestand.csv", "--json", "--ziel", "ehrenamt", "--prozesse", "1", *DAY)
    return [(one["zeile"], bool(one["fehler"])) for one in results(out)], err


ROWS = [f"P{number};duldung;x" for number in range(300)]


@pytest.mark.parametrize(
    ("line", "put"),
    [
        (0, '"P0;duldung;x'),  # never closed
        (150, 'P150;duldung;"x'),
        (299, 'P299;duldung;"x'),
        (10, '"P10;duldung;x\nP11";duldung;x'),  # closed in the right column, but each line is a row
        (10, '"P10;duldung;x\nP11;duldung;"x"'),  # closed where another one opens
        (10, '"P10;duldung;x\n"P11";duldung;x'),
        (10, 'P10;"x\n"'),  # too few columns
    ],
)
def test_an_open_quote_costs_its_own_line_only(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: int, put: str
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [*ROWS]
    rows[line] = put
    lines = "\n".join(rows).split("\n")
    if len(lines) > len(rows) and line + 2 < len(lines):  # the second line of `put` takes the place of a row
        del lines[line + 2]
    found, err = screened(run, "fall;aufenthaltsstatus;notiz\n" + "\n".join(lines) + "\n")
    faulty = [number for number, fault in found if fault]
    assert line + 2 in faulty
    assert set(faulty) <= {line + 2, line + 3}
    assert [number for number, _ in found] == list(range(2, 302))
    assert f'bestand.csv:{line + 2}: das Anführungszeichen (") ist offen' in err
    assert f"{len(faulty)} von 300 Zeilen" in err
    assert "quotation mark" in run("caseload", "bestand.csv", "--lang", "en", "--lines", "0", *DAY)[2]


def test_three_people_and_an_open_quote(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found, err = screened(run, 'fall;aufenthaltsstatus\n"1;duldung\n2;duldung\n3;duldung')
    assert found == [(2, True), (3, False), (4, False)]
    assert "1 von 3 Zeilen" in err


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cells_in_quotes_may_hold_line_breaks_and_delimiters(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [
        "fall;aufenthaltsstatus;notiz",
        '1;duldung;"eins',
        'zwei; ""drei""',
        "",
        'vier"',
        '"2";"duldung";"' + "lang" + 90 * end + '"',
        *(['3;duldung;"a;b;c'] + ["d;e"] * 3 + ['f"']),
        '4;duldung;"x\ny";;',
        '5 "f";duldung;',
    ]
    found, err = screened(run, end.join(lines))
    assert found == [(2, False), (6, False), (97, False), (102, False), (104, False)]
    assert len(err.splitlines()) == 1


def test_what_is_read_ahead_is_bounded(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    head = "fall;aufenthaltsstatus\n"
    assert screened(run, head + '1;"a' + 200 * "\n" + '"\n2;duldung\n')[0] == [
        (2, True),
        (202, True),
        (203, False),
    ]
    cell = "x" * 90_000
    found, _ = screened(run, f'{head}1;"{cell}\n{cell}\n{cell}"\n2;duldung\n')
    assert [number for number, _ in found] == [2, 3, 4, 5]
    assert found[-1] == (5, False)
    # every line opens a cell that no line closes
    found, _ = screened(run, head + 3000 * '"a""\n')
    assert found == [(number, True) for number in range(2, 3002)]


def test_a_line_that_cannot_be_read_ends_a_cell_in_quotes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = b'fall;aufenthaltsstatus\n1;"a\n\x81\xff\n2;duldung\n3;duld\rung\n4;duldung\n'
    Path("bestand.csv").write_bytes(content)
    _, out, err = run("bestand", "bestand.csv", "--json", "--ziel", "ehrenamt", *DAY)
    assert [(one["zeile"], bool(one["fehler"])) for one in results(out)] == [
        (2, True),
        (3, True),
        (4, False),
        (5, True),
        (6, False),
    ]
    assert "CR ohne LF" in err


def test_a_case_that_stands_there_twice_is_a_warning(run: Run, table: Callable[..., str]) -> None:
    people = [("A", "duldung"), ("B", "duldung"), ("A", "deutsch"), ("B", "dulding"), ("", "duldung")] * 2
    name = table([*people, *[("C", "duldung")] * 9], HEADS[:2])
    status, out, err = run("bestand", name, "--json", "--ziel", "ehrenamt", *DAY)
    assert status == 1  # for „dulding“
    told = [line for line in err.splitlines() if "Warnung" in line]
    assert told[0] == f"{name}:4: fall: Warnung: „A“ steht schon in Zeile 2; beide Zeilen sind gezählt"
    assert len(told) == 11
    assert told[-1].startswith("Warnung: 12 Zeilen nennen einen Fall")
    last = documents(out)[-1]
    assert last["personen"] == 17
    assert last["doppelte_zeilen"]["anzahl"] == 12
    assert last["doppelte_zeilen"]["erste"][:2] == [
        {"zeile": 4, "schon_in": 2},
        {"zeile": 7, "schon_in": 2},
    ]
    assert len(last["doppelte_zeilen"]["erste"]) == 10
    name = table([("A", "duldung"), ("A", "duldung")], HEADS[:2])
    status, _, err = run("bestand", name, "--lang", "en", *DAY)
    assert status == 0
    assert f"{name}:3: fall: warning: “A” stands in row 2 already; both rows are counted" in err


def test_cases_kept_in_mind_are_bounded() -> None:
    from wegweiser.cli.caseload_plan import Plan
    from wegweiser.cli.caseload_repeats import Repeats
    from wegweiser.cli.caseload_work import Done

    repeats = Repeats(Plan("t", (), {}), most=2)
    for number, case in enumerate("abcacd"):
        repeats.add(Done(number, case, date(2026, 11, 22)))
    assert (len(repeats.seen), repeats.count, repeats.unseen_from) == (2, 1, 2)
    assert "ab Zeile 2" in repeats.summary()[0].de


def test_a_row_may_have_a_day_of_its_own(run: Run, table: Callable[..., str]) -> None:
    heads = ("stichtag", "aufenthaltsstatus", "duldung_seit")
    name = table([("2026-10-06", "duldung", "2026-10-05"), ("", "duldung", "2026-10-05")], heads)
    out = run("bestand", name, "--json")[1]
    assert [one["stichtag"] for one in results(out)] == ["2026-10-06", date.today().isoformat()]  # noqa: DTZ011
    assert {one["stichtag"] for one in results(run("bestand", name, "--json", *DAY)[1])} == {"2026-11-22"}
    assert "mehrere Stichtage" in run("bestand", name)[1]


# --- answers --------------------------------------------------------------------------------


def test_rows_say_what_check_says(run: Run, table: Callable[..., str], tmp_path: Path) -> None:
    out = run("bestand", table(), "--json", "--ziel", "*", *DAY)[1]
    for person, row in zip(PEOPLE, results(out), strict=True):
        lines = [f"{head}: {cell}" for head, cell in zip(HEADS, person, strict=True) if cell]
        (tmp_path / "fall.yaml").write_text("\n".join(lines))
        told = json.loads(run("check", "fall.yaml", "--json", *DAY)[1])
        answers = {one["ziel"]: one for one in told["ergebnisse"]}
        assert row["fall"] == told["fall"]
        for line in row["ergebnisse"]:
            assert {key: answers[line["ziel"]][key] for key in line if key != "naechstes"} == {
                key: value for key, value in line.items() if key != "naechstes"
            }


def test_several_processes_give_the_same_in_the_same_order(run: Run, table: Callable[..., str]) -> None:
    people = [(f"P{number}", *PEOPLE[number % 4][1:]) for number in range(460)]
    people[70] = ("P70", "?", "", "", "")
    name = table(people)
    one, several = (
        run("bestand", name, "--json", "--ziel", "*", "--prozesse", count, *DAY) for count in ("1", "2")
    )
    assert one == several
    assert [row["zeile"] for row in results(one[1])] == list(range(2, 462))


def test_nearest_names_the_one_thing_that_is_missing(run: Run, table: Callable[..., str]) -> None:
    heads = (
        "fall",
        "aufenthaltsstatus",
        "duldungsart",
        "staatsangehoerigkeit",
        "duldung_seit",
        "ununterbrochen_seit",
        "massnahmen_aufenthaltsbeendigung",
        "taeuschung",
        "deutschniveau",
        "bekenntnis",
        "ausbildung_angebot",
    )
    told = ("duldung", "allgemein", "GN", "2019-10-05", "2018-10-05", "false", "false", "a1", "true", "keins")
    name = table([("1", *told)], heads)
    (row,) = results(run("bestand", name, "--json", "--naechstes", "--ziel", "*", *DAY)[1])
    found = [
        (line["ziel"], one["angabe"], one["wert"]) for line in row["ergebnisse"] for one in line["naechstes"]
    ]
    assert found
    days = [one["ab"] for line in row["ergebnisse"] for one in line["naechstes"]]
    assert all(day is None or day > DAY[1] for day in days)
    for target, fact, value in found:
        changed = {
            **dict(zip(heads, ("1", *told), strict=True)),
            fact: str(value).lower() if isinstance(value, bool) else value,
        }
        other = table([[changed[head] for head in changed]], list(changed), "anders.csv")
        (again,) = results(run("bestand", other, "--json", "--ziel", target, *DAY)[1])
        assert again["ergebnisse"][0]["ergebnis"] in ("frei", "anspruch", "soll", "ermessen")


def test_a_picture_that_exists_is_told_before_the_work(
    run: Run, table: Callable[..., str], tmp_path: Path
) -> None:
    name = table([("1", "duldung")], ("fall", "aufenthaltsstatus"))
    (tmp_path / "x.svg").write_text("")
    status, out, err = run("bestand", name, "--ausgabe", "y.csv", "--bild", "x.svg", *DAY)
    assert (status, out) == (1, "")
    assert "x.svg: gibt es schon" in err
    assert not (tmp_path / "y.csv").exists()


# --- small cells ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((10, 20, 0), (10, 20, 0)),
        ((3, 20, 30), (None, None, 30)),
        ((3, 4, 30), (None, None, 30)),
        ((1, 1, 30, 40), (None, None, None, 40)),
        ((3, 0, 0), (None, None, None)),
        ((4, 5, 6), (None, None, 6)),
        ((0, 0, 0), (0, 0, 0)),
        ((1, 1, 0), (None, None, None)),
    ],
)
def test_small_counts_are_hidden_and_cannot_be_worked_out(
    counts: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    assert tuple(hidden(counts, 5)) == shown


def test_hidden_counts_have_more_than_one_solution() -> None:
    from itertools import product

    for counts in product((0, 1, 2, 3, 4, 5, 6, 9), repeat=4):
        shown = hidden(counts, 5)
        away = [place for place, one in enumerate(shown) if one is None]
        assert all(shown[place] is None for place, count in enumerate(counts) if 0 < count < 5)
        if away:
            total = sum(counts[place] for place in away)
            least = 0 if len(away) == 4 or any(counts[place] == 0 for place in away) else 1
            solutions = [
                one for one in product(range(least, total + 1), repeat=len(away)) if sum(one) == total
            ]
            assert all(len({one[place] for one in solutions}) > 1 for place in range(len(away)))


def test_the_sum_holds_the_counts(run: Run, table: Callable[..., str]) -> None:
    name = table(PEOPLE * 3)
    out = run("bestand", name, "--json", "--ziel", "*", "--kleine-zellen", "1", *DAY)[1]
    last = documents(out)[-1]
    rows = results(out)
    assert (last["schema"], last["personen"]) == ("wegweiser.bestand_summe/1", 12)
    for target in last["ziele"]:
        told = [
            line["ergebnis"] for row in rows for line in row["ergebnisse"] if line["ziel"] == target["ziel"]
        ]
        assert target["zahlen"] == {outcome: told.count(outcome) for outcome in OUTCOMES}
    few = documents(run("bestand", name, "--json", "--ziel", "*", *DAY)[1])[-1]
    shown = [one for target in few["ziele"] for one in target["zahlen"].values()]
    assert None in shown
    assert not any(one is not None and 0 < one < 5 for one in shown)


# --- writing --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", " =1", "＝1"])
def test_formulas_are_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("A-1") == "A-1"


def test_the_answers_are_written_in_order_and_formulas_in_ids_do_nothing(
    run: Run, table: Callable[..., str]
) -> None:
    people = [("=HYPERLINK(1)", "duldung"), ("@x", "deutsch")]
    status, out, _ = run("bestand", table(people, HEADS[:2]), "--ausgabe", "a.csv", "--ziel", "*", *DAY)
    assert status == 0
    assert "=HYPERLINK(1)" in out  # a terminal runs no formulas
    with Path("a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert list(dict.fromkeys(row["fall"] for row in rows)) == ["'=HYPERLINK(1)", "'@x"]
    assert [row["zeile"] for row in rows] == sorted(row["zeile"] for row in rows)
    told = results(run("bestand", "bestand.csv", "--json", "--ziel", "*", *DAY)[1])
    lines = [line for row in told for line in row["ergebnisse"]]
    assert [(row["ziel"], row["ergebnis"]) for row in rows] == [
        (line["ziel"], line["ergebnis"]) for line in lines
    ]


def test_parquet_holds_the_same_as_csv(run: Run, table: Callable[..., str]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    run("bestand", table(), "--ausgabe", "a.csv", "--ziel", "*", *DAY)
    run("bestand", "bestand.csv", "--ausgabe", "a.parquet", "--ziel", "*", *DAY)
    with Path("a.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [list(row.values()) for row in csv.DictReader(file, delimiter=";")]
    rows = parquet.read_table("a.parquet").to_pylist()
    assert [
        [
            " ".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell)
            for cell in row.values()
        ]
        for row in rows
    ] == texts


def test_an_existing_file_is_not_overwritten(run: Run, table: Callable[..., str]) -> None:
    name = table()
    Path("a.csv").write_text("mine")
    status, _, err = run("bestand", name, "--ausgabe", "a.csv", *DAY)
    assert status == 1
    assert "nichts wurde überschrieben" in err
    assert Path("a.csv").read_text() == "mine"


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_picture_is_drawn(run: Run, table: Callable[..., str], ending: str) -> None:
    pytest.importorskip("matplotlib")
    name = table(PEOPLE * 10)
    status, _, _ = run("bestand", name, "--bild", f"a.{ending}", "--ziel", "*", *DAY)
    assert status == 0
    content = Path(f"a.{ending}").read_bytes()
    if ending == "png":
        assert content.startswith(b"\x89PNG")
    else:
        text = content.decode()
        assert "Beschäftigung" in text
        assert "Leiharbeit (Zeitarbeit)" in text


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("bestand.csv", "--kleine-zellen", "x"),
        ("bestand.csv", "--ausgabe", "a.xlsx"),
        ("bestand.csv", "--bild", "a.gif"),
        ("bestand.csv", "--ziel", "nirgends"),
        ("zuordnen",),
    ],
)
def test_wrong_usage(run: Run, table: Callable[..., str], args: tuple[str, ...]) -> None:
    table()
    assert run("bestand", *args)[0] == 2


def test_nothing_but_what_was_asked_for_is_written(
    run: Run, table: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    run("bestand", table(), "--ausgabe", "a.csv", "--prozesse", "1", *DAY)
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "bestand.csv", "scratch"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals of this kind")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.usefixtures("heeding")
def test_an_interruption_ends_the_run_and_leaves_nothing(
    table: Callable[..., str], rulebook: Path, tmp_path: Path, sent: str
) -> None:
    table([(f"P{number}", *PEOPLE[number % 4][1:]) for number in range(50_000)])
    command = [sys.executable, "-m", "wegweiser.cli", "--regelwerk", str(rulebook), "bestand", "bestand.csv"]
    with subprocess.Popen(
        [*command, "--ausgabe", "a.csv", "--prozesse", "2"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        for _ in range(300):
            time.sleep(0.1)
            if (tmp_path / "a.csv").exists():
                break
        time.sleep(0.5)
        send = os.killpg if sent == "SIGINT" else os.kill  # the key reaches all processes at the terminal
        send(running.pid, getattr(signal, sent))
        out, err = running.communicate(timeout=60)
    assert b"Traceback" not in err, err.decode()
    assert (running.returncode, out) == (130, b"")
    assert not (tmp_path / "a.csv").exists()


def test_the_book_names_what_a_caseload_is_screened_for(run: Run, table: Callable[..., str]) -> None:
    name = table([("1", "duldung")], HEADS[:2])
    everything = results(run("bestand", name, "--json", *DAY)[1])[0]["ergebnisse"]
    assert [one["ziel"] for one in everything] == [
        one["ziel"]
        for one in results(run("bestand", name, "--json", "--ziel", "*", *DAY)[1])[0]["ergebnisse"]
    ]
    assert len(everything) > 1
    book = engine.open_book()
    assert book.caseload
    assert all(any(target.startswith(f"{area}.") for target in book.targets) for area in book.caseload)


def test_a_process_that_dies_is_told(rulebook: Path, tmp_path: Path) -> None:
    from wegweiser.cli.caseload_plan import Plan
    from wegweiser.cli.caseload_source import Row
    from wegweiser.cli.caseload_work import Job, check_rows
    from wegweiser.engine.errors import EvaluationError

    book = engine.open_book(rulebook, None)
    gone = Job(
        Plan("t", (), {}),
        tuple(book.targets),
        date(2026, 11, 22),
        day=None,
        nearest=False,
        missing=False,
        shown=0,
        rulebook=tmp_path / "gone",
        cache=None,
    )
    with pytest.raises(EvaluationError, match="a process has died"):
        list(check_rows(gone, book, (Row(number, ()) for number in range(1000)), 2))
