"""The piece that a citation names, and its fingerprint. The law is invented."""

import pytest

from wegweiser.statutes.acts import Acts
from wegweiser.statutes.citations import Citation, parse
from wegweiser.statutes.fingerprints import fingerprint, normal
from wegweiser.statutes.pieces import piece, places
from wegweiser.statutes.sentences import split

LINES = [
    "(1) Wer ein Boot hat, darf rudern. Ab dem 1. Juli gilt das auch für Kanus, wenn",
    "1. das Boot dicht ist oder",
    "2. jemand schöpft; dies gilt nicht",
    "a) bei Sturm,",
    "b) nach Nr. 3 der Bootsordnung; maßgeblich ist",
    "aa) die Welle oder",
    "bb) der Wind,",
    "wobei der Hafenmeister entscheidet,",
    "3. die Sonne scheint. Regen schadet nicht.",
    "Satz 2 gilt nach Abs. 2 bzw. § 3 nicht für Kinder bis zum vollendeten 6. Lebensjahr. Ende.",
    "(2) (weggefallen)",
    "(3) Die Fahrt nach der Verordnung (EU)",
    "2024/1 ist frei. Sie endet.",
]
_NOT = "Ab dem 1. Juli gilt das auch für Kanus, wenn | jemand schöpft; dies gilt nicht"
_ORDER = "nach Nr. 3 der Bootsordnung; maßgeblich ist"


@pytest.mark.parametrize(
    ("norm", "text"),
    [
        ("Abs. 1 Satz 1", "Wer ein Boot hat, darf rudern."),
        (
            "Abs. 1 Satz 2 Nr. 1",
            "Ab dem 1. Juli gilt das auch für Kanus, wenn | das Boot dicht ist oder",
        ),
        (
            "Abs. 1 Nr. 2 Buchst. a",
            f"{_NOT} | bei Sturm, | wobei der Hafenmeister entscheidet,",
        ),
        (
            "Abs. 1 Nr. 2 Buchst. b Doppelbuchst. bb",
            f"{_NOT} | {_ORDER} | der Wind, | wobei der Hafenmeister entscheidet,",
        ),
        (
            "Abs. 1 Satz 2 Nr. 3 Satz 2",
            "Ab dem 1. Juli gilt das auch für Kanus, wenn | Regen schadet nicht.",
        ),
        (
            "Abs. 1 Satz 3",
            "Satz 2 gilt nach Abs. 2 bzw. § 3 nicht für Kinder bis zum vollendeten 6. Lebensjahr.",
        ),
        ("Abs. 1 Satz 4", "Ende."),
        ("Abs. 2", ""),
        ("Abs. 3 Satz 1", "Die Fahrt nach der Verordnung (EU) | 2024/1 ist frei."),
        ("Abs. 3 Satz 2", "Sie endet."),
        ("Abs. 3 Satz 3", ""),
        ("Abs. 4", ""),
        ("Nr. 4", ""),
        ("Satz 1", ""),
        ("Abs. 1 Satz 2 Alt. 2", None),
    ],
)
def test_pieces(acts: Acts, norm: str, text: str | None) -> None:
    citation = parse(f"§ 1 {norm} AsylG", acts)
    assert isinstance(citation, Citation)
    found = piece(LINES, citation)
    if text is None:  # an alternative has no mark: it is all of what it stands in
        whole = parse("§ 1 Abs. 1 Satz 2 AsylG", acts)
        assert isinstance(whole, Citation)
        assert found == piece(LINES, whole)
    else:
        assert " | ".join(one.text for one in found) == text


def test_a_range_is_all_of_its_pieces(acts: Acts) -> None:
    citation = parse("§ 1 Abs. 1 Nr. 1 bis 2 AsylG", acts)
    assert isinstance(citation, Citation)
    assert {one.items[0][1] for one in piece(LINES, citation) if one.items} == {"1", "2"}


def test_half_sentences(acts: Acts) -> None:
    citation = parse("§ 1 Satz 1 Hs. 2 AsylG", acts)
    assert isinstance(citation, Citation)
    (half,) = piece(["Rudern ist frei; das gilt nicht nachts; auch sonntags nicht."], citation)
    assert half.text == "das gilt nicht nachts;"


def test_every_place_that_is_listed_has_a_piece() -> None:
    listed = list(places(LINES))
    assert len(listed) == len(set(listed)) > 15
    missing = [parts for parts in listed if not piece(LINES, Citation("X", "§", "1", parts))]
    assert {str(parts[0]) for parts in missing} == {"Abs. 2"}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Am 31. Dezember endet es. Danach nicht.", 2),
        ("Das gilt für § 24. Die Frist läuft.", 2),
        ("Nach den Sätzen 2 und 6. Abweichend davon.", 2),
        ("Vor dem 18. und 27. Lebensjahr. So.", 2),
        ("Nach der V. v. 1.2.2003 (BGBl. I S. 4) gilt es.", 1),
        ("Das gilt gem. Abs. 3 Satz 2 i. V. m. Art. 5 z. B. hier.", 1),
        ("Es wird erteilt.Von Satz 1 kann abgesehen werden.", 2),
        ("Er heißt „Müller.“ Das genügt.", 2),
        ("Im Jahr 2021. Die Frist", 2),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert len(split(text)) == sentences


def test_layout_does_not_matter() -> None:
    plain = "Die Aufenthaltserlaubnis nach § 5 – mit „Auflage“ – gilt; Land- und Forstwirtschaft."
    other = (
        'Die  Aufenthalts-\nerlaubnis nach §\N{NO-BREAK SPACE}5 — mit "Auf\N{SOFT HYPHEN}lage" —'
        "\tgilt¹; Land- und\nForstwirtschaft. *)"
    )
    assert normal(plain) == normal(other)
    assert normal(plain) != normal(plain.replace("§ 5", "§ 6"))


def test_a_moved_piece_keeps_its_fingerprint() -> None:
    one = piece(["(1) A gilt.", "(2) Wer x, muss", "1. gehen,", "2. kommen."], _cite("Abs. 2 Nr. 2"))
    other = piece(["(3) Wer x, muss", "1. gehen,", "1a. stehen,", "4. kommen."], _cite("Abs. 3 Nr. 4"))
    assert fingerprint(one) == fingerprint(other)
    changed = piece(["(3) Wer y, muss", "4. kommen."], _cite("Abs. 3 Nr. 4"))
    assert fingerprint(one) != fingerprint(changed), "the words before the enumeration belong to each number"


def _cite(parts: str) -> Citation:
    from wegweiser.engine import open_book

    found = parse(f"§ 1 {parts} AsylG", Acts.of(open_book()))
    assert isinstance(found, Citation)
    return found
