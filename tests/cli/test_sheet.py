"""`wegweiser blatt`: what each format holds, and that no text of a case can become anything but text."""

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from wegweiser.casebook.sheets import licence
from wegweiser.cli.main import main
from wegweiser.cli.sheet_csv import sheet_csv
from wegweiser.cli.sheet_html import sheet_html
from wegweiser.cli.sheet_markdown import sheet_markdown
from wegweiser.cli.sheet_moodle import norm_spellings, sheet_moodle
from wegweiser.cli.sheet_pdf import MISSING, sheet_pdf
from wegweiser.cli.sheet_text import CaseText, Question, Sheet
from wegweiser.engine.norms import parse

HOSTILE = '=1+1 <script>alert(1)</script> & "x" ]]> **b** [a](javascript:x) | # \x07 _u_ Äß„“–§→'
ACTS = ("AufenthG", "SGB III", "AsylG")


def _section(text: str) -> object:
    """The one spelling of a citation, without its act."""
    for act in ACTS:
        text = text.removesuffix(act)
    return parse(text)


def _sheet(text: str = "Text", *, solution: bool = True, exam: bool = False) -> Sheet:
    light = (("GRÜN", False), ("ROT", True))
    chosen = ((text, True), ("anderes", False))
    questions = (
        Question("light", text, 1, light, ("ROT",), "ROT (nein)", text),
        Question("norm", text, 2, (), ("§ 60c Abs. 2 Satz 1 Nr. 3 AufenthG",), text, ""),
        Question("missing", text, 2, chosen, (text,), text, ""),
        Question("day", text, 2, (), ("01.02.2027",), "01.02.2027", text),
        Question("first_step", text, 1, chosen, (text,), text, text),
    )
    case = CaseText(text, text, 1, (text,), text, text, "22.11.2026", text, questions, (text,), text, text)
    return Sheet("de", text, exam, solution, (case,), licence(), text)


class _Page(HTMLParser):
    """The names of the tags of a page, its attributes that load something, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "onclick", "style")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("solution", [True, False])
def test_html_is_sound_and_a_case_cannot_write_tags(solution: bool) -> None:  # noqa: FBT001
    page = _Page()
    made = sheet_html(_sheet(HOSTILE, solution=solution))
    page.feed(made)
    assert page.open == []
    assert "script" not in page.tags
    assert page.loads == []
    assert HOSTILE in page.text
    assert "CC BY 4.0" in page.text
    assert not re.search(r"@import|url\(|<link|<img", made)


def test_markdown_leaves_every_sign_of_a_case_a_sign() -> None:
    made = sheet_markdown(_sheet(HOSTILE))
    body = made.replace("<https://creativecommons.org/licenses/by/4.0/>", "")
    assert not re.search(r"(?<!\\)<", body)
    assert "[a](" not in body
    assert r"\*\*b\*\*" in body
    assert sheet_markdown(_sheet("- x\n# y")).splitlines()[0] == r"# \- x \# y"
    assert r"1\. x" in sheet_markdown(_sheet("1. x"))


def test_moodle_holds_every_question_with_its_type_and_one_right_answer() -> None:
    root = fromstring(sheet_moodle(_sheet(HOSTILE)))
    questions = [one for one in root if one.get("type") != "category"]
    kinds = [one.get("type") for one in questions]
    assert kinds == ["multichoice", "shortanswer", "shortanswer", "shortanswer", "multichoice"]
    for one in questions:
        told = one.findtext("questiontext/text") or ""
        assert "<script" not in told
        assert "&lt;script&gt;" in told
        right = [answer for answer in one.findall("answer") if answer.get("fraction") == "100"]
        assert len(right) == 1 if one.get("type") == "multichoice" else right
    answers = [one.findtext("text") for one in questions[2].findall("answer")]
    assert all("*" not in (text or "").replace(r"\*", "") for text in answers)
    assert "60c II S. 1 Nr 3" in [one.findtext("text") for one in questions[1].findall("answer")]
    assert {"01.02.2027", "1.2.2027", "2027-02-01"} == {
        one.findtext("text") for one in questions[3].findall("answer")
    }


@pytest.mark.parametrize(
    "norm",
    [
        "§ 60c Abs. 2 Satz 1 Nr. 3 AufenthG",
        "§ 60 Abs. 3 Satz 2 SGB III",
        "§ 61 AsylG",
        "§ 25a Abs. 1 AufenthG",
    ],
)
def test_every_spelling_of_a_norm_is_the_norm(norm: str) -> None:
    spellings = norm_spellings(norm)
    section = _section(norm)
    assert isinstance(section, str)
    assert spellings[0] == norm
    assert len(spellings) == len(set(spellings)) > 1
    assert {_section(one) for one in spellings} == {section}


def test_what_is_no_section_has_one_spelling() -> None:
    assert norm_spellings("Art. 16a GG") == ["Art. 16a GG"]


def test_no_cell_of_the_table_is_a_formula() -> None:
    text = sheet_csv(_sheet(HOSTILE)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(rows) == 6
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert f"'{HOSTILE}" in rows[1]


def test_the_participants_table_has_no_answers() -> None:
    with_answers = sheet_csv(_sheet()).decode("utf-8-sig").splitlines()[0].split(";")
    without = sheet_csv(_sheet(solution=False)).decode("utf-8-sig").splitlines()[0].split(";")
    assert with_answers[: len(without)] == without
    assert with_answers[len(without) :] == ["antwort", "norm", "fehler", "warum"]


def test_pdf_is_a4_and_holds_the_text_inside_its_margins() -> None:
    pypdf = pytest.importorskip("pypdf")
    text = "Straße „Öl“ – § 60c → " + "Wort " * 60
    made = sheet_pdf(_sheet(text), "x.pdf")
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {
        (595, 842)
    }
    found = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Straße „Öl“ – § 60c →" in found
    for number, page in enumerate(reader.pages, 1):
        told = page.extract_text()
        assert "CC BY 4.0" in told
        assert f"Seite {number} von {len(reader.pages)}" in told


def test_pdf_of_a_hostile_case_is_still_a_pdf() -> None:
    pypdf = pytest.importorskip("pypdf")
    made = sheet_pdf(_sheet(HOSTILE + "x" * 300, solution=False), "x.pdf")
    assert "<script>alert(1)</script>" in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_pdf_without_its_library_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fpdf", None)
    name = str(tmp_path / "x.pdf")
    assert main(["blatt", "9", "-o", name]) == 1
    assert capsys.readouterr().err == f"{name}: {MISSING.de}\n"
    assert not Path(name).exists()


def test_a_sheet_of_the_casebook_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["blatt", "9"]) == 0
    plain = capsys.readouterr().out
    assert main(["blatt", "9", "--loesung"]) == 0
    solved = capsys.readouterr().out
    assert "Blatt für Teilnehmende" in plain
    assert "Antwort:" not in plain
    assert "Unbekannt ist nicht nein" not in plain
    assert "**Antwort: Ausreise auf absehbare Zeit unmöglich**" in solved
    assert "Absagen, weil eine Angabe fehlt." in solved
    assert main(["--lang", "en", "sheet", "9", "--solution"]) == 0
    assert "**Answer: OPEN**" in capsys.readouterr().out


def test_an_exam_is_written_once_and_never_over_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = str(tmp_path / "x.html")
    assert main(["blatt", "--thema", "unbekannt", "--pruefung", "2", "--seed", "3", "-o", name]) == 0
    assert "2 Fälle" in capsys.readouterr().err
    page = Path(name).read_text(encoding="utf-8")
    assert "Prüfung mit 2 Fällen (Startzahl 3)" in page
    assert "<h3>Hinweise</h3>" not in page
    assert main(["blatt", "9", "-o", name]) == 1
    assert "nichts wurde überschrieben" in capsys.readouterr().err
    assert Path(name).read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "es fehlt ein Fall"),
        (["9", "-o", "x.doc"], "der Name endet auf .md, .html, .pdf, .xml, .csv"),
        (["--pruefung", "0"], "eine ganze Zahl von 1 bis 200"),
        (["--pruefung", "2", "--anzahl", "3"], "gehen nicht zusammen"),
        (["9", "--seed", "x"], "--seed x"),
        (["99999"], "99999"),
        (["--thema", "ausbildun"], "ausbildung"),
    ],
)
def test_what_cannot_be_understood(capsys: pytest.CaptureFixture[str], args: list[str], said: str) -> None:
    assert main(["blatt", *args]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_no_sheet_teaches_what_the_rule_book_denies(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = Path(__file__).parents[2] / "casebook" / "cases" / "netze" / "potsdam_was_fehlt.yaml"
    text = source.read_text(encoding="utf-8")
    changed = text.replace("id: fall_009", "id: fall_900").replace(
        "fehlend: [ausreise_unmoeglich_absehbar]", "fehlend: [wohnort]"
    )
    (tmp_path / "fall.yaml").write_text(changed, encoding="utf-8")
    assert main(["blatt", "900", "--faelle", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "antwortet anders als erwartet" in err
