"""The whole page of `check` with the rule book of the project: its order, its width, and what is folded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wegweiser.cli.main import main
from wegweiser.engine import Book, agenda_durable
from wegweiser.engine.agenda_durable import AgendaError
from wegweiser.engine.text import Text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
FATIMA = next(str(path) for path in EXAMPLES if path.stem == "fatima")
DAY = ("--am", "2026-11-23")
THREE_SCREENS = 150


def page(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert main(["check", *args, *DAY]) == 0
    found = capsys.readouterr()
    assert found.err == ""
    return found.out


@pytest.fixture(autouse=True)
def _eighty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_page_fits_the_screen(capsys: pytest.CaptureFixture[str], path: Path, lang: str) -> None:
    lines = page(capsys, str(path), "--lang", lang).splitlines()
    assert max(map(len, lines)) <= 80
    networks = next(place for place, line in enumerate(lines) if line in ("WER BEGLEITET", "WHO ACCOMPANIES"))
    notice = next(place for place, line in enumerate(lines) if line.startswith(("HINWEIS", "NOTICE")))
    assert len(lines) - (notice - networks) <= THREE_SCREENS  # how many networks there are is not ours to say


def test_the_sections_come_in_their_order(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    told = Path(FATIMA).read_text(encoding="utf-8").replace("2027-01-21", "2026-12-10")
    profile = tmp_path / "fall.yaml"
    profile.write_text(told, encoding="utf-8")
    out = page(capsys, str(profile))
    titles = ["KURZANTWORT", "! ACHTUNG", "ZIELE", "WARUM", "WAS FEHLT", "NÄCHSTE SCHRITTE", "HINWEIS"]
    places = [out.index(f"\n{title}") for title in titles]
    assert places == sorted(places)
    assert "Die Duldung läuft am 10.12.2026 ab: verlängern." in " ".join(out.split())
    assert "Vor jedem Antrag: Rechtsberatung." in " ".join(out.split())


def test_every_target_is_on_the_page_by_number_and_name(
    capsys: pytest.CaptureFixture[str], packaged_book: Book
) -> None:
    folded, rows = page(capsys, FATIMA), page(capsys, FATIMA, "--alle")
    book = packaged_book
    labels = [target.label.de for target in book.targets.values()]
    short, long = (
        " ".join(text[text.index("\nZIELE") : text.index("\nWARUM")].split()) for text in (folded, rows)
    )
    for number, label in enumerate(labels, 1):
        assert f"{number} {label}" in short
        assert re.search(rf"^ ?{number} {re.escape(label)} ", rows, re.MULTILINE)
    assert "ROT, " in short
    assert "ROT, " not in long


def test_what_is_left_out_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    folded, rows = page(capsys, FATIMA), page(capsys, FATIMA, "--alle")
    assert re.search(r"Mehr, auch Auflagen und Annahmen, zu Nr\. [\d, –]+: --alle", " ".join(folded.split()))
    assert "Mehr, auch Auflagen" not in rows
    assert len(rows) > len(folded)


def test_with_few_targets_nothing_is_folded(capsys: pytest.CaptureFixture[str]) -> None:
    out = page(capsys, FATIMA, "--ziel", "aufenthalt")
    assert re.search(r"^ 4 Aufenthalt Berufsausbildung \(§ 16a\) +ROT", out, re.MULTILINE)


def test_steps_are_numbered_and_name_who_where_and_paper(capsys: pytest.CaptureFixture[str]) -> None:
    out = page(capsys, FATIMA)
    steps = out[out.index("NÄCHSTE SCHRITTE") : out.index("HINWEIS")]
    numbers = [int(found) for found in re.findall(r"^ ?(\d+) \S", steps, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert steps.count("Wer: ") == steps.count("Wo: ") == len(numbers)
    assert " 2 bis 21.01.2027   Duldung verlängern (§ 60a Abs. 4 AufenthG)." in steps


# --- who chains the agenda ------------------------------------------------------------------------------


def test_durable_rules_gives_the_same_page(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("durable.engine", reason="durable-rules does not import here", exc_type=ImportError)
    assert page(capsys, FATIMA, "--agenda", "durable") == page(capsys, FATIMA, "--agenda", "schlicht")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_failing_library_is_reported_and_the_page_still_comes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    def crashes(*_: object) -> None:
        raise AgendaError(Text("durable-rules: abgestürzt (SIGSEGV)", "durable-rules: crashed (SIGSEGV)"))

    wanted = page(capsys, FATIMA, "--lang", lang)
    monkeypatch.setattr(agenda_durable, "fire", crashes)
    assert main(["check", FATIMA, *DAY, "--lang", lang, "--agenda", "durable"]) == 0
    out, err = capsys.readouterr()
    assert out == wanted
    assert err.count("\n") == 1
    assert "(SIGSEGV)" in err


def test_another_executor_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", FATIMA, "--agenda", "schnell"]) == 2
    assert "--agenda schnell: möglich sind schlicht, durable" in capsys.readouterr().err
