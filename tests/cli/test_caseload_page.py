"""The page of a caseload, on every kind of terminal."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
DAY = ("--am", "2026-11-22")
Run = Callable[..., tuple[int, str, str]]
HEADS = (
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
STAYS = ("2026-10-05", "2026-09-05", "2018-10-05", "2025-01-31")
KINDS = ("allgemein", "allgemein", "gesperrt", "")


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Forty people who differ in stay, kind of toleration and level of German."""
    monkeypatch.chdir(tmp_path)
    lines = [";".join(HEADS)]
    for number in range(40):
        stay, kind = STAYS[number % 4], KINDS[number // 4 % 4]
        level, known = ("a1", "b1", "")[number % 3], "false" if number % 5 else ""
        cells = (f"M-{number:02}", "duldung", kind, "GN", stay, stay, known, known, level, "true", "keins")
        lines.append(";".join(cells))
    lines.append("M-40;dulding;;;;;;;;;")
    Path("bestand.csv").write_text("\n".join(lines), encoding="utf-8")
    return "bestand.csv"


@pytest.mark.parametrize(
    ("name", "args", "columns"),
    [
        ("caseload", (), "80"),
        ("caseload_en", ("--lang", "en"), "80"),
        ("caseload_narrow", (), "40"),
        ("caseload_linear", ("--linear",), "80"),
    ],
)
def test_the_page(
    run: Run, table: str, monkeypatch: pytest.MonkeyPatch, name: str, args: tuple[str, ...], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    status, page, err = run("bestand", table, "--ziel", "*", "--zeilen", "4", "--naechstes", *DAY, *args)
    assert status == 1
    assert err.count("\n") == 4
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8"), f"UPDATE_GOLDEN=1 pytest tests/cli rewrites {path.name}"
    if "--linear" not in args:
        assert all(len(line) <= int(columns) for line in page.splitlines())


def test_without_lists_only_counts_are_shown(run: Run, table: str) -> None:
    page = run("bestand", table, "--ziel", "*", "--zeilen", "0", *DAY)[1]
    assert "ÜBERSICHT" in page
    assert "M-0" not in page
    assert "weitere" not in page


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_any_terminal_can_show_it(
    program: Callable[..., object], table: str, tmp_path: Path, encoding: str
) -> None:
    done = program("bestand", table, *DAY, env={"PYTHONIOENCODING": encoding, "NO_COLOR": "1"}, cwd=tmp_path)
    assert b"UEBERSICHT" in done.stdout or "ÜBERSICHT".encode(encoding) in done.stdout  # type: ignore[attr-defined]
    assert b"Traceback" not in done.stderr  # type: ignore[attr-defined]
