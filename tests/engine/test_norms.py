"""Sections in all spellings become one; nonsense is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine.norms import covers, parse, section
from wegweiser.engine.text import Text

ACTS = ("AufenthG", "Aufenthaltsgesetz")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("25 V", "§ 25 Abs. 5"),
        ("25 v", "§ 25 Abs. 5"),
        ("25V", "§ 25 Abs. 5"),
        ("§25 Abs.5 AufenthG", "§ 25 Abs. 5"),
        ("25(5)", "§ 25 Abs. 5"),
        ("§ 25 (5) AufenthG", "§ 25 Abs. 5"),
        ("25 5", "§ 25 Abs. 5"),
        ("§ 25 Absatz 5", "§ 25 Abs. 5"),
        ("§25ABS.5AUFENTHG", "§ 25 Abs. 5"),
        ("AufenthG § 25 Abs. 5", "§ 25 Abs. 5"),
        ("Aufenthaltsgesetz 25 V", "§ 25 Abs. 5"),
        ("Paragraf 25 Absatz 5", "§ 25 Abs. 5"),
        ("  §\u00a025\u00a0Abs.\u00a05 ", "§ 25 Abs. 5"),
        ("§ 25 Abs. V", "§ 25 Abs. 5"),
        ("25a", "§ 25a"),
        ("25A", "§ 25a"),
        ("§ 25 a", "§ 25a"),
        ("104c", "§ 104c"),
        ("104C", "§ 104c"),
        ("§ 104 c AufenthG", "§ 104c"),
        ("§ 23 Abs. 1", "§ 23 Abs. 1"),
        ("16d Abs. 3", "§ 16d Abs. 3"),
        ("16d III", "§ 16d Abs. 3"),
        ("§ 25 Abs. 4 a", "§ 25 Abs. 4a"),
        ("25 IVa", "§ 25 Abs. 4a"),
        ("25IVb", "§ 25 Abs. 4b"),
        ("25 II 2", "§ 25 Abs. 2 Satz 2"),
        ("25 (2) 1", "§ 25 Abs. 2 Satz 1"),
        ("25 Abs 2 S 1 Alt 2", "§ 25 Abs. 2 Satz 1 Alt. 2"),
        ("§ 25 II 1 2. Alt.", "§ 25 Abs. 2 Satz 1 Alt. 2"),
        ("§ 25 Abs. 2 S. 1, 2. Alternative AufenthG", "§ 25 Abs. 2 Satz 1 Alt. 2"),
        ("§ 25 Abs. 2 Satz 1 (2. Alt.)", "§ 25 Abs. 2 Satz 1 Alt. 2"),
        ("§25 Abs.2 S.1 2.Alt", "§ 25 Abs. 2 Satz 1 Alt. 2"),
        ("25Abs2S1Alt2", "§ 25 Abs. 2 Satz 1 Alt. 2"),
        ("§ 25 Abs. 2, 2. Alt.", "§ 25 Abs. 2 Alt. 2"),
        ("§ 28 Abs. 1 S. 1 Nr. 3", "§ 28 Abs. 1 Satz 1 Nr. 3"),
        ("28 I 1 Nr. 3", "§ 28 Abs. 1 Satz 1 Nr. 3"),
        ("§ 60c Abs. 2 Nr. 3 c", "§ 60c Abs. 2 Nr. 3 Buchst. c"),
        ("§ 60c Abs. 2 Nr. 3 lit. c", "§ 60c Abs. 2 Nr. 3 Buchst. c"),
        ("§ 60c Abs. 2 Nummer 3 Buchstabe s", "§ 60c Abs. 2 Nr. 3 Buchst. s"),
        ("§ 7 Abs. 1 S. 3 Hs. 2", "§ 7 Abs. 1 Satz 3 Hs. 2"),
        ("§ 4 Abs. 2 1. Halbsatz", "§ 4 Abs. 2 Hs. 1"),
        ("§ 8 Abs. XXIX", "§ 8 Abs. 29"),
        ("§§ 25", "§ 25"),
    ],
)
def test_spellings(written: str, meant: str) -> None:
    assert parse(written, ACTS) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "§",
        "foo",
        "V",
        "0",
        "025",
        "1000",
        "25.5",
        "25-5",
        "25)5(",
        "25 (5",
        "25 IIV",
        "25 IIII",
        "25 Abs.",
        "25 Abs. 0",
        "25 Abs. 123",
        "25 Abs. 5 Abs. 6",
        "25 Satz 1 Abs. 2",
        "25 § 5",
        "§ § 25",
        "25 5 5 5",
        "25 Abs. 1, 2",
        "§§ 25, 26",
        "§ 25 Abs. fünf",
        "25 II Satz",
        "§ 25 Nr.",
        "§ 25 Abs. 2 Nr. 3 cc d",
        "§ 25 %",
        "25 Abs. 2 Alt. 0",
        "²5",
        "٢٥",
        "§ 25" + " " * 200 + "Abs. 5",
    ],
)
def test_nonsense(written: str) -> None:
    refused = parse(written, ACTS)
    assert isinstance(refused, Text)
    assert "§ 1 Abs. 2 Satz 3" in refused.de


@pytest.mark.parametrize("written", ["§ 61 AsylG", "AsylG § 61", "§ 2 FreizügG/EU", "Art. 12 GG"])
def test_another_act(written: str) -> None:
    refused = parse(written, ACTS)
    assert isinstance(refused, Text)
    assert "AufenthG" in refused.en
    assert isinstance(parse(written), Text)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("§ 19c Abs. 1 AufenthG i.V.m. § 26 Abs. 2 BeschV", ": § 19c Abs. 1"),
        ("§ 19c Abs. 1 i. V. m. § 26 BeschV", ": § 19c Abs. 1"),
        ("§ 25 Abs. 1 und 2", ": § 25 Abs. 1"),
        ("§ 25 Abs. 1; § 26", ": § 25 Abs. 1"),
        ("foo und bar", ""),
    ],
)
def test_more_than_one(written: str, first: str) -> None:
    assert parse(written, ACTS) == Text(
        f"nur eine Vorschrift angeben{first}", f"give only one section{first}"
    )


def test_coarse_covers_fine() -> None:
    assert covers("§ 25", "§ 25 Abs. 2 Satz 1")
    assert covers("§ 25 Abs. 2", "§ 25 Abs. 2 Satz 1 Alt. 2")
    assert covers("§ 25 Abs. 2", "§ 25 Abs. 2")
    assert not covers("§ 25 Abs. 2", "§ 25")
    assert not covers("§ 25 Abs. 2", "§ 25 Abs. 20")
    assert not covers("§ 25", "§ 25a")
    assert not covers("§ 2", "§ 25")


def test_section() -> None:
    assert section("§ 25a Abs. 1") == "25a"


# --- every way to write a section -----------------------------------------------------------

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")


@st.composite
def citations(draw: st.DrawFn) -> tuple[str, str]:
    """A section in some spelling, and in the one spelling."""
    number = draw(st.integers(1, 120))
    letter = draw(st.sampled_from(["", "", "a", "b", "c", "g"]))
    blank = draw(st.sampled_from(["", " ", "  ", "\u00a0"]))
    capitals = draw(st.booleans())
    spelled = draw(st.sampled_from(["", "§", "§ ", "Paragraph "])) + str(number)
    spelled += draw(st.sampled_from([letter, letter.upper(), " " + letter])) if letter else ""
    meant = f"§ {number}{letter}"
    paragraph = draw(st.integers(0, 13))
    sentence = draw(st.integers(0, 9))
    alternative = draw(st.integers(0, 3))
    if paragraph:
        ways = [f" Abs.{blank}{paragraph}", f" Absatz {paragraph}", f"({paragraph})", f" ({paragraph})"]
        ways += [f" {ROMAN[paragraph]}", f" Abs. {ROMAN[paragraph]}", f" {paragraph}", f" abs {paragraph}"]
        spelled += draw(st.sampled_from(ways))
        meant += f" Abs. {paragraph}"
    if sentence:
        ways = [f" S.{blank}{sentence}", f" Satz {sentence}", f" s {sentence}"]
        if paragraph:
            ways.append(f" {sentence}")
        spelled += draw(st.sampled_from(ways))
        meant += f" Satz {sentence}"
    if alternative:
        ways = [f" Alt.{blank}{alternative}", f" Alternative {alternative}", f" ({alternative}. Alt.)"]
        ways += [f", {alternative}. Alternative", f" {alternative}.{blank}Alt."]
        spelled += draw(st.sampled_from(ways))
        meant += f" Alt. {alternative}"
    spelled += draw(st.sampled_from(["", " AufenthG", " aufenthg", " Aufenthaltsgesetz"]))
    return (spelled.upper() if capitals else spelled), meant


@pytest.mark.fuzz
@given(citations())
def test_every_way_to_write_a_section(citation: tuple[str, str]) -> None:
    spelled, meant = citation
    assert parse(spelled, ACTS) == meant
    assert parse(meant) == meant


@pytest.mark.fuzz
@given(st.text(max_size=120) | st.text("0123456789abcVIX§()., SAbstzNrl", max_size=20))
def test_any_text_is_a_section_or_refused(text: str) -> None:
    found = parse(text, ACTS)
    if not isinstance(found, Text):
        assert parse(found) == found
        assert covers(f"§ {section(found)}", found)
