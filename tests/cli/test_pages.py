"""Whole pages, and what each of them has to say."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

DAY = ("--am", "2026-11-22")
GOLDEN = Path(__file__).parent / "golden"
Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., str]


def _same(name: str, page: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8"), f"UPDATE_GOLDEN=1 pytest tests/cli rewrites {path.name}"


@pytest.mark.parametrize(
    ("name", "args", "columns"),
    [
        ("waiting", (), "80"),
        ("waiting_why", ("--warum",), "80"),
        ("waiting_en", ("--lang", "en"), "80"),
        ("waiting_narrow", (), "40"),
        ("waiting_linear", ("--linear",), "80"),
    ],
)
def test_waiting(
    run: Run, waiting: str, monkeypatch: pytest.MonkeyPatch, name: str, args: tuple[str, ...], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    status, page, err = run("check", waiting, *DAY, *args)
    assert (status, err) == (0, "")
    _same(name, page)


@pytest.mark.parametrize(
    ("name", "args", "columns"),
    [
        ("whatif", ("was-waere-wenn",), "80"),
        ("whatif_en", ("what-if", "--lang", "en"), "80"),
        ("whatif_narrow", ("was-waere-wenn",), "40"),
        ("whatif_linear", ("was-waere-wenn", "--linear"), "80"),
    ],
)
def test_what_if(
    run: Run, waiting: str, monkeypatch: pytest.MonkeyPatch, name: str, args: tuple[str, ...], columns: str
) -> None:
    """Changed answers, a way, waiting alone, and targets for which nothing can be done."""
    monkeypatch.setenv("COLUMNS", columns)
    command, *more = args
    given = ("--setze", "ununterbrochen_seit=2026-09-01", "--ziel", "*")
    status, page, err = run(command, waiting, *given, *DAY, *more)
    assert (status, err) == (0, "")
    _same(name, page)


@pytest.mark.parametrize(("name", "args"), [("expected", ()), ("expected_why", ("--warum",))])
def test_expected(run: Run, expected: str, name: str, args: tuple[str, ...]) -> None:
    _same(name, run("check", expected, *DAY, *args)[1])


def test_nothing_known(run: Run, profile: Write) -> None:
    _same("unknown", run("check", profile(fall="leer"), *DAY)[1])


def test_barred(run: Run, profile: Write) -> None:
    name = profile(
        aufenthaltsstatus="duldung",
        duldungsart="gesperrt",
        stelle_vorhanden=True,
        stelle_leiharbeit=True,
        titel_gueltig_bis="2026-11-01",
        deutschniveau="c1",
        bekenntnis=True,
        ununterbrochen_seit="2020-01-01",
        duldung_seit="2022-01-01",
    )
    _same("barred", run("check", name, *DAY)[1])


@pytest.mark.parametrize("columns", ["40", "59", "60", "80", "100"])
@pytest.mark.parametrize("args", [(), ("--warum",), ("--lang", "en")])
def test_no_line_is_too_long(
    run: Run, waiting: str, monkeypatch: pytest.MonkeyPatch, columns: str, args: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = run("check", waiting, *DAY, *args)[1]
    assert all(len(line) <= int(columns) for line in page.splitlines())
    assert not any(line != line.rstrip() for line in page.splitlines())


def test_the_short_answer_has_four_lines_at_most(run: Run, profile: Write) -> None:
    lines = run("check", profile(aufenthaltsstatus="duldung"), *DAY)[1].splitlines()
    start = lines.index("KURZANTWORT")
    assert lines[start : start + 6].index("") <= 5


def test_what_is_planned_comes_first(run: Run, profile: Write) -> None:
    def first(**facts: object) -> str:
        page = run("check", profile(aufenthaltsstatus="deutsch", **facts), *DAY)[1]
        return page.split("KURZANTWORT\n")[1].split(":")[0].strip()

    assert first() == "Ja. Beschäftigung"
    assert first(ausbildung_angebot="betrieblich_qualifiziert") == "Ja. Betriebliche Ausbildung"
    assert first(ausbildung_angebot="schulisch_qualifiziert") == "Ja. Schulische Ausbildung"
    assert first(stelle_vorhanden=True, stelle_leiharbeit=True) == "Ja. Leiharbeit (Zeitarbeit)"
    assert first(stelle_vorhanden=True, stelle_leiharbeit=False) == "Ja. Beschäftigung"


def test_a_target_picked_alone_is_the_answer(run: Run, waiting: str) -> None:
    page = run("check", waiting, *DAY, "--ziel", "ehrenamt")[1]
    assert "Ja. Ehrenamt: ohne Erlaubnis möglich." in page
    assert "WARUM (Nr. 1 Ehrenamt; alle: --warum)" in page


def test_a_target_that_is_not_treated_is_open(run: Run, waiting: str) -> None:
    page = run("check", waiting, *DAY, "--ziel", "integrationskurs")[1]
    assert "Offen. Integrationskurs: noch nicht im Regelwerk." in page
    assert "ZIELE" not in page


def test_status_that_is_not_treated_is_never_a_no(run: Run, profile: Write) -> None:
    page = run("check", profile(aufenthaltsstatus="kurzaufenthalt"), *DAY)[1]
    assert "Noch nicht im Regelwerk: Arbeit und Ausbildung (3)" in page
    assert "Offen. Beschäftigung: noch nicht im Regelwerk." in page


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-11-21", "ist seit dem 21.11.2026 abgelaufen"),
        ("2026-11-22", "läuft am 22.11.2026 ab"),
        ("2026-12-22", "läuft am 22.12.2026 ab"),
        ("2026-12-23", None),
    ],
)
def test_a_document_about_to_end_is_a_danger(run: Run, profile: Write, until: str, said: str | None) -> None:
    page = run("check", profile(aufenthaltsstatus="duldung", titel_gueltig_bis=until), *DAY)[1]
    assert ("! ACHTUNG" in page) is (said is not None)
    assert said is None or said in page


def test_the_age_of_the_law_is_said(run: Run, profile: Write) -> None:
    def head(day: str) -> str:
        return " ".join(
            run("check", profile(aufenthaltsstatus="deutsch"), "--am", day)[1].split("\n\n")[0].split()
        )

    assert "Rechtsstand 19.08.2026 · offline" in head("2026-08-19")
    assert "Rechtsstand 19.08.2026 (1 Tag alt: vor einem Antrag prüfen)" in head("2026-08-20")


def test_no_control_character_of_a_profile_is_printed(run: Run, profile: Write) -> None:
    status, _, err = run("check", profile('fall: "a\\e[31mb"\n'), *DAY)
    assert status == 1
    assert "\x1b" not in err


def test_a_second_prohibition_is_named(run: Run, profile: Write) -> None:
    name = profile(
        aufenthaltsstatus="duldung",
        duldungsart="gesperrt",
        staatsangehoerigkeit="GN",
        duldung_seit="2026-10-05",
        ununterbrochen_seit="2026-10-05",
        massnahmen_aufenthaltsbeendigung=False,
        taeuschung=False,
    )
    page = run("check", name, *DAY)[1]
    assert "  Mit dem Sperrvermerk oder nach einer Täuschung ist Arbeit verboten (§ 4 Abs. 8" in page
    assert "  Außerdem: In den ersten drei Monaten stimmt die BA nicht zu (§ 4 Abs. 3" in page
