"""`wegweiser training`: the dialogue, grades, hints, variants, how it ends, and a trainer's own cases."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from wegweiser.cli.main import main

Ran = tuple[int, str, str]
Ask = Callable[..., Ran]
CASE = """\
id: eigen_1
title: {de: "Eigener Fall", en: "A case of my own"}
level: 1
themes: [duldung]
goal: {de: "Das Verbot kennen.", en: "Know the prohibition."}
day: 2026-11-22
story: {de: "Amina ist Deutsche.", en: "Amina is German."}
profile: {aufenthaltsstatus: deutsch, geburtsdatum: 2000-01-01}
expected:
  - {target: taetigkeit.beschaeftigung, ergebnis: ERGEBNIS}
questions:
  - {ask: light, target: taetigkeit.beschaeftigung}
hints:
  - {de: "Gilt das Aufenthaltsrecht?", en: "Does residence law apply?"}
mistake:
  what: {de: "Eine Erlaubnis suchen.", en: "Looking for a permit."}
  why: {de: "Sie ist frei.", en: "She is free."}
"""


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Hold an exercise with these answers, one a line, then the end of the input."""
    monkeypatch.chdir(tmp_path)

    def ask(answers: str, *args: str) -> Ran:
        typed = "".join(f"{answer}\n" for answer in answers.split("|") if answer != "EOF")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main(["training", *args])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return ask


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "faelle"
    made.mkdir()
    (made / "eins.yaml").write_text(CASE.replace("ERGEBNIS", "frei"), encoding="utf-8")
    return made


def test_every_element_is_graded_by_itself(ask: Ask) -> None:
    status, out, err = ask("rot|60c III|01.02.2027|grün|60a Vb|EOF", "1", "--seed", "3")
    assert status == 0
    assert "AUSWERTUNG  2 von 6, dazu 2 teilweise" in out
    assert "1   falsch: GELB (noch nicht, ab 01.02.2027)" in out
    assert "2   teilweise: § 60c Abs. 3 Satz 2 AufenthG" in out
    assert "3   richtig: 01.02.2027" in out
    assert "keine Antwort" in out
    assert "Erster Irrtum im Prüfweg" in out
    assert "TYPISCHER IRRTUM" in out
    assert "Frage 6/6" in err
    assert max(map(len, (out + err).splitlines())) <= 80


def test_in_english_and_for_screen_readers(ask: Ask) -> None:
    status, out, err = ask("yellow|stop", "1", "--seed", "3", "--lang", "en", "--linear")
    assert status == 0
    assert "1: right: YELLOW (not yet, from 2027-02-01)." in out
    assert "Light for “" in err
    assert not any(line.startswith(" ") for line in out.splitlines())


def test_hints_one_after_the_other(ask: Ask) -> None:
    _, _, err = ask("?|hinweis|?|?|?|?|?|EOF", "1")
    assert err.count("Weitere Hinweise gibt es nicht.") >= 1


def test_what_is_not_understood_is_asked_again(ask: Ask) -> None:
    _, out, err = ask("blau|" + "x" * 300 + "|gelb|EOF", "1")
    assert "„blau“ ist keine Ampel" in err
    assert "die Antwort ist zu lang" in err
    assert "AUSWERTUNG  1 von 6" in out


def test_the_same_number_gives_the_same_exercise(ask: Ask) -> None:
    runs = [ask("rot|EOF", "--thema", "duldung", "--niveau", "1", "--seed", "7") for _ in range(2)]
    assert runs[0] == runs[1]


def test_a_variant_is_asked_and_answered(ask: Ask) -> None:
    status, out, err = ask("w|w|w|w|w|w||blau|gelb|n", "fall_034", "--seed", "1")
    assert status == 0
    assert "VARIANTE\n" in err
    assert "statt" in err
    assert "richtig: " in err or "nicht ganz: " in err
    assert "VARIANTE" not in out


def test_the_first_step_is_chosen_by_words_or_number(ask: Ask) -> None:
    _, out, err = ask("w|w|w|w|w|Rechtsberatung|EOF", "1", "--seed", "3")
    assert "6   richtig: Rechtsberatung" in out
    assert "  1   " in err


def test_the_end_of_the_input_ends_it_cleanly(ask: Ask, tmp_path: Path) -> None:
    status, out, err = ask("EOF", "1")
    assert status == 0
    assert "AUSWERTUNG  0 von 6" in out
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_interrupting_ends_as_in_other_commands(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str = "") -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    status, out, err = ask("EOF", "1", "--ergebnis", "neu.txt")
    assert (status, out) == (130, "")
    assert "Traceback" not in err
    assert not Path("neu.txt").exists()


def test_the_result_goes_only_into_the_named_file(ask: Ask, tmp_path: Path) -> None:
    status, out, _ = ask("gelb|EOF", "1", "--ergebnis", "neu.txt")
    assert status == 0
    assert Path("neu.txt").read_text(encoding="utf-8") == out
    assert [one.name for one in tmp_path.iterdir()] == ["neu.txt"]
    status, out, err = ask("gelb|EOF", "1", "--ergebnis", "neu.txt")
    assert (status, out) == (2, "")
    assert "neu.txt gibt es schon" in err


def test_cases_of_ones_own_alone_are_asked(ask: Ask, folder: Path) -> None:
    status, out, err = ask("?|grün|EOF", "--faelle", str(folder))
    assert status == 0
    assert "Gilt das Aufenthaltsrecht?" in err
    assert "AUSWERTUNG  1 von 1  (eigen_1" in out


def test_a_case_that_the_rule_book_answers_otherwise_is_not_asked(ask: Ask, folder: Path) -> None:
    (folder / "eins.yaml").write_text(CASE.replace("ERGEBNIS", "nein"), encoding="utf-8")
    status, out, err = ask("rot", "--faelle", str(folder))
    assert (status, out) == (1, "")
    assert "das Regelwerk antwortet anders als der Fall (taetigkeit.beschaeftigung ergebnis)" in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("fall_9999",), "einen Fall „fall_9999“ gibt es nicht"),
        (("--thema", "duldungg"), "gemeint „duldung“?"),
        (("--niveau", "4"), "möglich sind 1, 2, 3"),
        (("--seed", "-1"), "erwartet wird eine ganze Zahl ab 0"),
        (("--seed", "²"), "erwartet wird eine ganze Zahl ab 0"),
    ],
)
def test_wrong_options(ask: Ask, args: tuple[str, ...], said: str) -> None:
    status, out, err = ask("rot", *args)
    assert (status, out) == (2, "")
    assert said in err


def test_an_exercise_goes_on_paper_and_an_exam_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "blatt.md"
    assert main(["training", "17", "--blatt", str(path), "--loesung"]) == 0
    assert "§ 60c Abs. 1 Satz 1 Nr. 2 AufenthG" in path.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["training", "--pruefung", "2", "--seed", "7", "--niveau", "1"]) == 0
    assert "Prüfung mit 2 Fällen (Startzahl 7)" in capsys.readouterr().out


def test_grades_do_not_go_with_a_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["training", "17", "--blatt", "x.md", "--ergebnis", "y.txt"]) == 2
    assert "--ergebnis passt nicht zu einem Blatt" in capsys.readouterr().err
