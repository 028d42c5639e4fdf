"""`wegweiser frage`: the dialogue, going back, going on from a profile, keeping it, and how it ends."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = tuple[int, str, str]
Run = Callable[..., Ran]
Ask = Callable[..., Ran]
DAY = ("--am", "2026-11-22")
WORK = ("--ziel", "beschaeftigung", *DAY)
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def ask(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Hold an interview with these answers, one a line, then the end of the input."""
    monkeypatch.chdir(tmp_path)

    def ask(answers: str, *args: str) -> Ran:
        typed = "".join(f"{answer}\n" for answer in answers.split("|") if answer != "EOF")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run("frage", *args)

    return ask


def _same(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"UPDATE_GOLDEN=1 pytest tests/cli rewrites {path.name}"


@pytest.mark.parametrize(
    ("name", "answers", "args"),
    [
        ("interview", "duldung|warum?|zurück|3|hilfe|nein|w|GN|nein|1.9.2026", ()),
        ("interview_en", "toleration|why?|back|3|help|no|dk|GN|no|2026-09-01", ("--lang", "en")),
        ("interview_linear", "duldung|warum?", ("--linear",)),
    ],
)
def test_the_dialogue(ask: Ask, name: str, answers: str, args: tuple[str, ...]) -> None:
    status, out, err = ask(answers, *WORK, *args)
    assert status == 0
    assert "--linear" in args or max(map(len, (out + err).splitlines())) <= 80
    _same(name, err + out)


def test_the_result_is_that_of_a_check_of_the_profile(ask: Ask, run: Run) -> None:
    page = ask("duldung|nein|allgemein|GN|nein|1.9.2026|w|w|w|w", *DAY, "--schreibe", "neu.yaml")[1]
    assert Path("neu.yaml").exists()
    assert run("check", "neu.yaml")[1] == page
    assert "OFFEN" in page


def test_only_what_bears_on_the_target_is_asked(ask: Ask) -> None:
    _, out, err = ask("duldung|nein|allgemein|GN|nein|1.9.2026", *WORK)
    assert "Fertig: Keine weitere Frage ändert noch etwas." in err
    assert "Wie gut ist das Deutsch?" not in err
    assert "KURZANTWORT" in out


def test_an_answer_that_settles_all_ends_it(ask: Ask) -> None:
    status, _, err = ask("1", *WORK)
    assert status == 0
    assert "Frage 1 ·" in err
    assert "Frage 2 ·" not in err


def test_going_on_from_a_profile(ask: Ask, run: Run, waiting: str) -> None:
    status, out, err = ask("EOF", waiting, *WORK)
    assert status == 0
    assert "> " not in err
    assert out == run("check", waiting, *WORK)[1]


def test_an_answer_told_before_can_be_changed(ask: Ask) -> None:
    _, _, err = ask("duldung|zurück|1", *WORK)
    assert err.count("Welches Papier hat die Person?") == 2
    assert "Fertig" in err


def test_back_at_the_first_question(ask: Ask) -> None:
    assert "Das ist die erste Frage." in ask("zurück|EOF", *WORK)[2]


@pytest.mark.parametrize("end", ["EOF", "stopp"])
def test_an_early_end_shows_the_result_so_far(ask: Ask, end: str) -> None:
    status, out, err = ask(f"duldung|{end}", *WORK)
    assert status == 0
    assert "Abgebrochen; das Ergebnis bis hierher:" in err
    assert "OFFEN" in out


def test_interrupting_ends_as_in_other_commands(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(_: str = "") -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    status, out, err = ask("EOF", *WORK, "--schreibe", "neu.yaml")
    assert (status, out) == (130, "")
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("9", "„9“ passt nicht: erwartet wird eine Zahl von 1 bis 4"),
        ("duldunk", "„duldunk“ passt nicht: erwartet wird eine der Nummern oder Antworten"),
        ("x" * 201, "die Antwort ist zu lang"),
        ("\x1b[2Jduldung\x00", "passt nicht"),
        ("²", "„²“ passt nicht"),
    ],
)
def test_a_wrong_answer_is_told_once_and_asked_again(ask: Ask, answer: str, said: str) -> None:
    _, _, err = ask(f"{answer}|1", *WORK)
    joined = " ".join(err.split())
    assert joined.count(said) == 1
    assert "\x1b" not in err
    assert "\x00" not in err
    assert "Fertig" in err


@pytest.mark.parametrize("answer", ["1.9.2026", "2026-09-01", "01. 09. 2026"])
def test_days_as_they_are_written(ask: Ask, answer: str) -> None:
    ask(f"duldung|nein|allgemein|GN|nein|{answer}", *WORK, "--schreibe", "neu.yaml")
    assert "ununterbrochen_seit: 2026-09-01" in Path("neu.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("answer", ["31.2.2026", "gestern", "2026-13-01", "1.1.99999"])
def test_days_that_are_none(ask: Ask, answer: str) -> None:
    err = ask(f"duldung|nein|allgemein|GN|nein|{answer}|stopp", *WORK)[2]
    assert "Traceback" not in err
    assert "Abgebrochen" in err


def test_what_contradicts_an_earlier_answer_is_told(ask: Ask, profile: Callable[..., str]) -> None:
    told = profile(aufenthaltsstatus="duldung", massnahmen_aufenthaltsbeendigung=False)
    err = ask("allgemein|GN|nein|1.12.2026|stopp", told, *WORK)[2]
    assert "Bitte anders antworten" in " ".join(err.split())


def test_nothing_is_written_unless_told(ask: Ask, tmp_path: Path) -> None:
    assert ask("duldung|nein", *WORK)[0] == 0
    assert not list(tmp_path.iterdir())


def test_a_file_that_exists_is_kept(ask: Ask) -> None:
    Path("neu.yaml").write_text("fall: a\n", encoding="utf-8")
    status, out, err = ask("1", *WORK, "--schreibe", "neu.yaml")
    assert (status, out) == (2, "")
    assert "neu.yaml gibt es schon" in err
    assert Path("neu.yaml").read_text(encoding="utf-8") == "fall: a\n"


def test_the_profile_cannot_come_where_answers_come(ask: Ask) -> None:
    status, _, err = ask("1", "-")
    assert status == 2
    assert "die Standardeingabe ist für die Antworten da" in " ".join(err.split())


def test_a_wrong_profile_is_told_before_the_first_question(ask: Ask, profile: Callable[..., str]) -> None:
    status, out, err = ask("1", profile(aufenthaltsstatus="dulding"), *WORK)
    assert (status, out) == (1, "")
    assert "fall.yaml:1" in err
    assert "Frage 1" not in err


def test_what_is_not_known_in_a_profile_is_asked_again_only_when_told(ask: Ask) -> None:
    ask("duldung|w|w|w|w|w|w|w|w|w|w|w", *WORK, "--schreibe", "neu.yaml")
    _, _, quiet = ask("EOF", "neu.yaml", *WORK)
    assert "stehen im Profil als „unbekannt“" in quiet
    assert "Frage 1 ·" not in quiet
    _, _, again = ask("EOF", "neu.yaml", *WORK, "--unbekannte")
    assert "Frage 1 ·" in again
    assert "unbekannt“ und" not in again


def test_where_no_file_can_be_made_is_told_before_the_first_question(ask: Ask) -> None:
    status, _, err = ask("duldung", *WORK, "--schreibe", "kein-ordner/neu.yaml")
    assert (status, "kann dort nicht angelegt werden" in err, "Frage 1" in err) == (2, True, False)
