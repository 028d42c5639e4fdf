import io
import sys

import pytest

from wegweiser.cli.terminal import NARROWEST, USUAL, WIDEST, Terminal, current, prepare_streams, write_error


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_no_escape_sequence_of_a_profile_reaches_the_terminal() -> None:
    assert Terminal().clean("a\x1b[31mb\x07\u202ec") == "a?[31mb?" + "?c"


def test_plain_letters_for_plain_encodings() -> None:
    terminal = Terminal(encoding="ascii")
    assert terminal.clean("§§ 39, 40: Übung größer – „ja“ …") == 'Par. 39, 40: Uebung groesser - "ja" ...'
    assert terminal.clean("GRÜN Übung 漢") == "GRUEN Uebung ?"
    assert Terminal(encoding="iso8859-1").clean("§ ä – 漢") == "§ ä - ?"


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Screen())
    assert current().colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not current().colour
    monkeypatch.setenv("NO_COLOR", "")
    assert current().colour
    monkeypatch.setenv("TERM", "dumb")
    assert not current().colour
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert not current().colour


@pytest.mark.parametrize(
    ("columns", "width"),
    [("20", NARROWEST), ("72", 72), ("300", WIDEST), ("x", USUAL), ("0", USUAL), ("", USUAL)],
)
def test_width(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert current().width == width


def test_unknown_encodings_count_as_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(sys, "stdout", stream)
    assert current().encoding == "utf-8"
    screen = Screen()
    screen.encoding = "klingon"
    monkeypatch.setattr(sys, "stdout", screen)
    assert current().encoding == "ascii"


def test_streams_take_any_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "ascii"))
    prepare_streams()
    Terminal().write("Größe \udc80")
    sys.stdout.flush()
    assert raw.getvalue() == b"Groesse ?"


def test_errors_are_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    write_error("a\nb\x1b[2J")
    assert capsys.readouterr().err == "a b?[2J\n"


def test_nothing_to_write_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    prepare_streams()
    assert current().width == USUAL
    Terminal().write("x")
    write_error("x")
