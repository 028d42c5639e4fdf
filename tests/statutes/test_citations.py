"""Citations in all spellings become one; what is no citation is refused with a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine import open_book
from wegweiser.engine.text import Text
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.citations import Citation, Part, compare, parse, parse_all, parse_loose

ACTS = Acts.of(open_book())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("§60c Abs 2 S. 3 nr 3 c AufenthG", "§ 60c Abs. 2 Satz 3 Nr. 3 Buchst. c AufenthG"),
        ("AufenthG § 25 Abs. 5", "§ 25 Abs. 5 AufenthG"),
        (
            "§ 60 c Absatz 2 Nummer 3 Buchstabe c des Aufenthaltsgesetzes",
            "§ 60c Abs. 2 Nr. 3 Buchst. c AufenthG",
        ),
        ("SGBIII 45", "§ 45 SGB III"),
        ("§ 45 Abs. 9 SGB 3", "§ 45 Abs. 9 SGB III"),
        ("§ 2 Abs. 1 FreizügG-EU", "§ 2 Abs. 1 FreizügG/EU"),
        ("§ 5 Nr. 5 Buchst. a Doppelbuchst. aa BeschV", "§ 5 Nr. 5 Buchst. a Doppelbuchst. aa BeschV"),
        ("§ 5 Nr. 5 a aa BeschV", "§ 5 Nr. 5 Buchst. a Doppelbuchst. aa BeschV"),
        ("§ 60c Abs. 2 Nr. 3 Hs. 2 AufenthG", "§ 60c Abs. 2 Nr. 3 Hs. 2 AufenthG"),
        ("§ 1 Nr. 3 Satz 2 BeschV", "§ 1 Nr. 3 Satz 2 BeschV"),
        ("§ 61 Abs. 1 Satz 2 Nr. 1 bis 3 AsylG", "§ 61 Abs. 1 Satz 2 Nr. 1 bis 3 AsylG"),
        ("§ 5 Abs. 1–3 AufenthG", "§ 5 Abs. 1 bis 3 AufenthG"),
        ("§§ 15 bis 17 AsylG", "§§ 15 bis 17 AsylG"),
        ("Anlage II AsylG", "Anlage II AsylG"),
        ("anlage d11a AufenthV", "Anlage D11a AufenthV"),
        ("Anlage AufenthG", "Anlage AufenthG"),
        ("§ 1303 Abs. 1 BGB", "§ 1303 Abs. 1 BGB"),
    ],
)
def test_one_spelling(written: str, meant: str) -> None:
    assert str(parse(written, ACTS)) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("§§ 18a, 18b und 18g AufenthG", ["§ 18a AufenthG", "§ 18b AufenthG", "§ 18g AufenthG"]),
        (
            "§ 60c Abs. 2 Nr. 3 i. V. m. § 60a Abs. 6 AufenthG",
            ["§ 60c Abs. 2 Nr. 3 AufenthG", "§ 60a Abs. 6 AufenthG"],
        ),
        ("§ 61 Abs. 1 AsylG iVm § 4a Abs. 4 AufenthG", ["§ 61 Abs. 1 AsylG", "§ 4a Abs. 4 AufenthG"]),
        (
            "§ 60c Abs. 1 Satz 1 und Abs. 3 AufenthG",
            ["§ 60c Abs. 1 Satz 1 AufenthG", "§ 60c Abs. 3 AufenthG"],
        ),
        ("§ 5 Abs. 3 und 5 Satz 2 BeschV", ["§ 5 Abs. 3 BeschV", "§ 5 Abs. 5 Satz 2 BeschV"]),
        (
            "§ 16b Abs. 1 Nr. 1 und Satz 3 AufenthG",
            ["§ 16b Abs. 1 Nr. 1 AufenthG", "§ 16b Abs. 1 Satz 3 AufenthG"],
        ),
        (
            "§ 25 Absatz 3 Nummern 1 und 2 AufenthG",
            ["§ 25 Abs. 3 Nr. 1 AufenthG", "§ 25 Abs. 3 Nr. 2 AufenthG"],
        ),
    ],
)
def test_several(written: str, meant: list[str]) -> None:
    found = parse_all(written, ACTS)
    assert not isinstance(found, Text)
    assert [str(one) for one in found] == meant


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "is no section"),
        ("foo", "is no section"),
        ("§ 61 Abs. 1", "act is missing"),
        ("§ 61 Asyl", "act “Asyl” is not known"),
        ("§ 61 AufentG", "did you mean “AufenthG”"),
        ("§ 61 AsylG BeschV", "two acts"),
        ("§ 61 Abs. 1 und 2 AsylG", "only one"),
        ("§ 61 Satz 1 Abs. 2 AsylG", "is no section"),
        ("§ 61 Abs. 1 bis 2 bis 3 AsylG", "is no section"),
        ("§ 0 AsylG", "is no section"),
        ("Art. AsylG", "is no section"),
        ("§ 61 AsylG" + " " * 400, "is no section"),
    ],
)
def test_refused(written: str, says: str) -> None:
    found = parse(written, ACTS)
    assert isinstance(found, Text), found
    assert says in found.en


def test_what_people_type_says_what_is_missing() -> None:
    reading = parse_loose("60c II Nr 3", ACTS)
    assert [str(one) for one in reading.citations] == ["§ 60c Abs. 2 Nr. 3"]
    assert reading.missing == ("act",)
    told = parse_loose("60c II Nr 3", ACTS, act="AufenthG")
    assert [str(one) for one in told.citations] == ["§ 60c Abs. 2 Nr. 3 AufenthG"]
    assert told.missing == ()


@pytest.mark.parametrize(
    ("given_", "kind", "missing", "wrong"),
    [
        ("§ 61 Abs. 1 Satz 2 Nr. 1 AsylG", "same", (), ()),
        ("§ 61 Abs. 1 AsylG", "coarser", ("Satz 2", "Nr. 1"), ()),
        ("§ 61 Abs. 1 Satz 2 Nr. 1 Hs. 2 AsylG", "finer", (), ()),
        ("§ 61 Abs. 2 Satz 2 Nr. 1 AsylG", "different", (), ("Abs. 1",)),
        ("§ 62 Abs. 1 Satz 2 Nr. 1 AsylG", "different", (), ("§ 61",)),
        ("§ 61 Abs. 1 Satz 2 Nr. 1 BeschV", "different", (), ("act",)),
        ("§ 61 Abs. 1 Satz 2 Nr. 1", "coarser", ("act",), ()),
    ],
)
def test_comparison(given_: str, kind: str, missing: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    expected = parse("§ 61 Abs. 1 Satz 2 Nr. 1 AsylG", ACTS)
    assert isinstance(expected, Citation)
    (one,) = parse_loose(given_, ACTS).citations
    found = compare(one, expected)
    assert (found.kind, found.missing, found.wrong) == (kind, missing, wrong)


def test_every_citation_of_the_rule_book_is_in_the_one_spelling() -> None:
    for line in open_book().rule_lines():
        for norm in json.loads(json.dumps(line))["normen"]:
            assert str(parse(norm, ACTS)) == norm


_PARTS = st.tuples(
    st.one_of(st.none(), st.builds(Part, st.just("Abs."), st.sampled_from(["1", "2a", "12"]), st.none())),
    st.one_of(st.none(), st.builds(Part, st.just("Satz"), st.sampled_from(["1", "3"]), st.none())),
    st.one_of(st.none(), st.builds(Part, st.just("Nr."), st.sampled_from(["1", "2a"]), st.none())),
)


@given(st.sampled_from(["1", "60c", "404"]), _PARTS, st.sampled_from([act.name for act in ACTS]))
def test_what_is_written_is_read_again(number: str, parts: tuple[Part | None, ...], act: str) -> None:
    citation = Citation(act, "§", number, tuple(part for part in parts if part is not None))
    assert parse(str(citation), ACTS) == citation


@given(st.text(max_size=60))
@pytest.mark.fuzz
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_all(text, ACTS)
    assert isinstance(found, Text) or all(one.act in ACTS for one in found)


@given(st.text(alphabet="§ 0123456789abcIVXAbs.SatzNr,undbis-–;+()", max_size=40))
@pytest.mark.fuzz
def test_what_is_read_is_stable(text: str) -> None:
    found = parse_all(f"{text} AsylG", ACTS)
    if not isinstance(found, Text):
        for one in found:
            assert parse(str(one), ACTS) == one
