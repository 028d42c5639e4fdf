"""`wegweiser fall`: list, show, run, begin and check cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from wegweiser.cli.main import main

Ran = tuple[int, str, str]
Run = Callable[..., Ran]
EXAMPLE = str(Path(__file__).resolve().parents[2] / "examples" / "fatima.yaml")


@pytest.fixture
def wegweiser(capsys: pytest.CaptureFixture[str]) -> Run:
    """The program with its own rule book."""

    def run(*arguments: str) -> Ran:
        status = main([*arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_cases_of_another_rule_book_are_told(run: Run) -> None:
    status, out, err = run("fall", "liste")
    assert (status, out) == (1, "")
    assert "casebook/" in err


def test_cases_are_listed_by_theme_and_level(wegweiser: Run) -> None:
    status, out, err = wegweiser("fall", "liste", "--thema", "gruendung", "--niveau", "3")
    assert (status, err) == (0, "")
    assert "Eigene Firma in Berlin (Niveau 3, 22.11.2026)" in out
    assert out.rstrip().endswith("1 Fälle. Zeigen: wegweiser fall zeige NR")


def test_a_case_is_shown_with_its_solution(wegweiser: Run) -> None:
    status, out, _ = wegweiser("case", "show", "17", "--lang", "en")
    assert status == 0
    for heading in ("FACTS", "EXPECTED", "HINTS", "TYPICAL MISTAKE"):
        assert heading in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_case_is_a_document(wegweiser: Run) -> None:
    _, out, _ = wegweiser("fall", "zeige", "17", "--json")
    document = json.loads(out)
    assert (document["schema"], document["id"]) == ("wegweiser.fall/1", "fall_017")


def test_unknown_names_are_told(wegweiser: Run) -> None:
    for arguments, said in (
        (("zeige", "fall_17"), "gemeint „fall_017“?"),
        (("liste", "--thema", "ausbildun"), "gemeint „ausbildung“?"),
        (("liste", "--niveau", "4"), "möglich sind 1, 2, 3"),
    ):
        status, out, err = wegweiser("fall", *arguments)
        assert (status, out) == (2, "")
        assert said in err


def test_a_case_holds_on_its_day_and_what_another_day_changes_is_told(wegweiser: Run) -> None:
    assert wegweiser("fall", "lauf", "17")[:2] == (0, "1 Fälle gelaufen; falsch: 0.\n")
    status, out, _ = wegweiser("fall", "lauf", "47", "--am", "2026-11-22")
    assert status == 0
    assert "fall_047: am 22.11.2026 anders:" in out


def test_a_case_is_begun_from_a_profile_and_every_blank_is_named(wegweiser: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "neu.yaml")
    status, out, err = wegweiser("fall", "neu", EXAMPLE, "-o", path, "--ziel", "ausbildungsduldung_60c")
    assert (status, out) == (0, "")
    assert f"wegweiser fall pruefe {path}" in err
    status, out, _ = wegweiser("fall", "pruefe", path)
    assert status == 1
    blanks = Path(path).read_text(encoding="utf-8").split("\nid:")[1].count('"???"')
    assert out.count("hier fehlt noch die Angabe") == blanks
    assert wegweiser("fall", "neu", EXAMPLE, "-o", path)[0] == 1  # an existing file is left alone


def test_a_filled_in_case_runs_beside_the_casebook(wegweiser: Run, tmp_path: Path) -> None:
    path = tmp_path / "neu.yaml"
    wegweiser("fall", "neu", EXAMPLE, "-o", str(path), "--ziel", "ehrenamt")
    text = (
        path.read_text(encoding="utf-8")
        .replace('id: "???"', "id: fall_901")
        .replace('["???"]  ', "[arbeit]  ")
    )
    text = text.replace('ergebnis: "???"', "ergebnis: frei").replace(
        'norms: ["???"]', "norms: [§ 2 Abs. 2 AufenthG]"
    )
    path.write_text(text.replace("???", "Text"), encoding="utf-8")
    assert wegweiser("fall", "pruefe", str(tmp_path))[:2] == (0, "1 Fälle gelaufen; falsch: 0.\n")
    assert wegweiser("fall", "lauf", "901", "--faelle", str(tmp_path))[0] == 0
