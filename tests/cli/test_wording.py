"""`wegweiser nebenbestimmung`: what a document prints about work, on the page and as JSON."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from wegweiser.cli.main import main
from wegweiser.engine.wordings import LONGEST


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str


Read = Callable[..., Ran]


@pytest.fixture
def read(capsys: pytest.CaptureFixture[str]) -> Read:
    """Run the command with the project's own rule book."""

    def read(*args: str) -> Ran:
        status = main(["nebenbestimmung", *args])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return read


def test_an_entry_is_explained(read: Read) -> None:
    status, out, err = read("Besch. nur m. Erl. d. ABH")
    assert (status, err) == (0, "")
    assert "„Besch. nur m. Erl. d. ABH“" in out
    assert "Beschäftigung nur mit Erlaubnis der Ausländerbehörde gestattet" in out
    assert "\n  Person " in out
    assert "\n  Betrieb " in out
    assert "titel_erwerbstaetigkeit: nur_mit_erlaubnis" in out
    assert max(map(len, out.splitlines())) <= 80


def test_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["entry", "--lang", "en", "ET n. gest."]) == 0
    out = capsys.readouterr().out
    assert "FOR THE PROFILE" in out
    assert "\n  Employer " in out


def test_a_particular_entry_goes_before_a_general_one(read: Read) -> None:
    out = read("ET n. gest. Besch. nur m. Erl. d. ABH").out
    assert "Vorrang hat der besondere Eintrag" in out
    assert "titel_erwerbstaetigkeit: nur_mit_erlaubnis" in out
    assert "nicht_gestattet" not in out


def test_what_says_nothing_on_work_sets_nothing(read: Read) -> None:
    status, out, err = read("Wohnsitznahme im Land Bremen")
    assert (status, err) == (0, "")
    assert "Ort: Bremen" in out
    assert "Keine Angabe" in out


@pytest.mark.parametrize("lang", ["de", "en"])
def test_unknown_text_is_named(read: Read, lang: str) -> None:
    status, out, err = read("--lang", lang, "Erwerbstatigkeit gestatet")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "Erwerbstatigkeit gestatet" in err
    assert "Erwerbstätigkeit gestattet" in err


def test_partly_unknown_text_gives_no_fact_and_no_go_ahead(read: Read) -> None:
    status, out, err = read("Beschäftigung gestattet. Nachts nicht.")
    assert status == 1
    assert "Nachts nicht" in err
    assert "! ACHTUNG  Nicht alles ist gelesen" in out
    assert "titel_erwerbstaetigkeit" not in out
    assert "Darf sofort" not in out


def test_contradictions_are_named(read: Read) -> None:
    status, out, _ = read("Beschäftigung gestattet. Beschäftigung nicht gestattet.")
    assert status == 1
    assert "widerspricht sich" in out
    assert "titel_erwerbstaetigkeit:" not in out
    assert "Darf sofort" not in out


def test_several_texts(read: Read) -> None:
    status, out, err = read("ET gestattet", "unbekannt", "Besch. gest.")
    assert status == 1
    assert out.count("INS PROFIL") == 2
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("lang", ["de", "en"])
def test_json(read: Read, lang: str) -> None:
    status, out, err = read("--json", "--lang", lang, "Beschäftigung als Koch bei Hotel Adler gestattet")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert document["schema"] == "wegweiser.nebenbestimmung/1"
    assert document["ergebnis"] == "gelesen"
    assert document["angaben"] == {"titel_erwerbstaetigkeit": "bestimmte_beschaeftigung"}
    (part,) = document["teile"]
    assert part["wortlaut"] == "stelle_beruf_betrieb"
    assert [blank["text"] for blank in part["luecken"]] == ["Koch", "Hotel Adler"]
    assert part["normen"][0].startswith("§ 4a")


def test_json_of_what_is_unknown(read: Read) -> None:
    status, out, err = read("--json", "Bitte anrufen", "Besch. gest.")
    first, second = (json.loads(line) for line in out.splitlines())
    assert status == 1
    assert (first["ergebnis"], first["angaben"], first["unbekannt"]) == ("unbekannt", {}, ["Bitte anrufen"])
    assert second["ergebnis"] == "gelesen"
    assert "Bitte anrufen" in err


@pytest.mark.parametrize("lang", ["de", "en"])
def test_without_a_text_the_known_prints_are_listed(read: Read, lang: str) -> None:
    status, out, err = read("--lang", lang)
    assert (status, err) == (0, "")
    assert "  Beschäftigung als … bei … gestattet" in out
    lines = [json.loads(line) for line in read("--json", "--lang", lang).out.splitlines()]
    assert all(line["muster"] in out for line in lines)
    assert len({line["wortlaut"] for line in lines}) == len(lines) > 35


def test_a_rule_book_without_prints(capsys: pytest.CaptureFixture[str], rulebook: Path) -> None:
    assert main(["--regelwerk", str(rulebook), "nebenbestimmung"]) == 0
    assert "kennt keine Wortlaute" in capsys.readouterr().out
    assert main(["--regelwerk", str(rulebook), "nebenbestimmung", "ET gestattet"]) == 1


def test_standard_input(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "Erwerbstätig-\nkeit\ngestattet\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source)))
    status, out, _ = read("-")
    assert status == 0
    assert "titel_erwerbstaetigkeit: gestattet" in out
    assert read("-", "-").status == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "leer"),
        ("\x1b[31m", "nicht bekannt"),
        ("x" * (LONGEST + 1), "zu lang"),
        ("x " * 900, "zu lang"),
        ("ET \x1b]0;x\x07 gestattet \x9b31m \u202e", "nicht bekannt"),
    ],
)
def test_hostile_texts(read: Read, text: str, says: str) -> None:
    for more in ((), ("--json",)):
        status, out, err = read(*more, text)
        assert status == 1
        assert says in err
        assert len(err) < 1000
        assert not any(letter in out + err for letter in "\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("columns", ["40", "80"])
def test_pages_fit(read: Read, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for args in (
        (),
        ("Beschäftigung als Koch bei Hotel Adler gestattet. ET n. gest.",),
        ("ET gest. Nachts nie",),
    ):
        out = read(*args).out
        assert all(len(line) <= int(columns) or " " not in line.strip() for line in out.splitlines())


def test_linear(read: Read) -> None:
    out = read("--linear", "ET gestattet. ET n. gest.").out
    assert not any(line.startswith(" ") for line in out.splitlines())


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wegweiser.cli", "nebenbestimmung", "-"]
    done = subprocess.run(command, input=b"\xff\xfe\x00ET", capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
