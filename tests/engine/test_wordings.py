"""The file of prints: each fault is told at its place; any text is read or refused, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine import open_book, read_wording
from wegweiser.engine.prints import Blank, Pattern, Words, parse, plain, tokens

if TYPE_CHECKING:
    from tests.engine.conftest import Books
    from wegweiser.engine.text import Text

GOOD = """\
words: {arbeit: [Arb]}
phrases: {ja: "(erlaubt|gestattet)"}
blanks: {betrieb: {label: {de: Betrieb, en: employer}, words: 3}}
reserved: [nicht]
joints: [und]
only_with: {karte: {zimmer: true}}
kinds:
  offen:
    sets: {zimmer: true, karte: rot}
    gives_way_to: [zu]
    norm: § 1 XG
    person: {de: ja, en: yes}
    employer: {de: jo, en: yep}
  zu: {sets: {zimmer: false}, norm: § 2 XG, person: {de: nein, en: no}, employer: {de: nö, en: nope}}
wordings:
  arbeit: {kind: offen, prints: [Arbeit erlaubt, "Arbeit <ja>"]}
  betrieb: {kind: zu, prints: ["Arbeit bei {betrieb} verboten"]}
"""


def test_a_book_without_prints_knows_nothing(books: Books) -> None:
    found = read_wording("Arbeit erlaubt", books.book({}))
    assert (found.status, found.facts, found.unknown) == ("unbekannt", {}, ("Arbeit erlaubt",))


def test_a_small_book(books: Books) -> None:
    book = books.book({"wordings.yaml": GOOD})
    assert read_wording("ARB. gestattet", book).facts == {"zimmer": True, "karte": "rot"}
    both = read_wording("Arbeit erlaubt und Arbeit bei Muster AG verboten", book)
    assert both.facts == {"zimmer": False}
    assert [part.by for part in both.known] == [("betrieb",), ()]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("kind: zu,", "kind: zuu,", 17, "did you mean “zu”"),
        ("gives_way_to: [zu]", "gives_way_to: [zo]", 10, "there is no kind"),
        ("{sets: {zimmer: false}", "{gives_way_to: [offen], sets: {zimmer: false}", 10, "gives way"),
        ("{sets: {zimmer: false}", "{only_beside: [ofen], sets: {zimmer: false}", 14, "did you mean “offen”"),
        ("sets: {zimmer: true, karte: rot}", "sets: {zimer: true}", 9, "did you mean “zimmer”"),
        ("sets: {zimmer: true, karte: rot}", "sets: {karte: gruen}", 9, "does not fit"),
        ("only_with: {karte:", "only_with: {kart:", 6, "did you mean “karte”"),
        ("norm: § 1 XG", "norm: Abs. 1", 11, "cite the section with its act"),
        ("Arbeit <ja>", "Arbeit <jaa>", 16, "did you mean “ja”"),
        ("Arbeit <ja>", "Arbeit [<ja>", 16, "brackets"),
        ("Arbeit <ja>", "[Arbeit]", 16, "empty"),
        ("Arbeit <ja>", "{betrieb} <ja>", 16, "begins with a blank"),
        ("Arbeit <ja>", "Arbeit {betrieb} [{betrieb}] <ja>", 16, "two blanks"),
        ("Arbeit <ja>", "Arbeit {betreib} <ja>", 16, "did you mean “betrieb”"),
        ("prints: [Arbeit erlaubt,", 'prints: ["[Die] Arbeit erlaubt",', 16, "no brackets"),
        ('["Arbeit bei {betrieb} verboten"]', '["Arb. gestattet"]', 17, "stands at arbeit already"),
        ("words: {arbeit: [Arb]}", "words: {arbeit: [A B]}", 1, "no single word"),
        ("employer: {de: jo, en: yep}", "employr: {de: jo, en: yep}", 13, "did you mean “employer”"),
    ],
)
def test_faults_have_their_place(books: Books, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    faults = books.faults({"wordings.yaml": GOOD.replace(old, new)})
    assert any(fault.line == line and says in fault.text.en for fault in faults), faults
    assert all(fault.text.de != fault.text.en for fault in faults)


# --- patterns ---------------------------------------------------------------------------------

BLANKS = {"x": Blank("x", 3), "n": Blank("n", number=True)}


def ends(print_: str, text: str) -> list[int]:
    pattern: Pattern | Text = parse(print_, {}, BLANKS)
    assert isinstance(pattern, Pattern)
    return sorted(pattern.match(tokens(plain(text)), 0, Words({"der": {"d"}}, {"nicht"})))


@pytest.mark.parametrize(
    ("print_", "text", "expected"),
    [
        ("a b", "A, b", [2]),
        ("a b", "a; b", []),
        ("a [b] c", "a c", [2]),
        ("a (b|c d) e", "a c d e", [4]),
        ("a [(b|c)] [d]", "a c d", [1, 2, 3]),
        ("a der b", "a d. b", [3]),
        ("a {x} b", "a eins, zwei drei b", [5]),
        ("a {x} b", "a eins nicht b", []),
        ("a {x} b", "a 1 2 3 4 b", []),
        ("a {x} b", "a Co. KG b", [4]),
        ("a {x} b", "a Haus. KG b", [4]),
        ("a {x} b", "a Garten. KG b", []),
        ("a {x}", "a eins zwei", [2, 3]),
        ("a {x}", "a eins, zwei", [2]),
        ("a {n} b", "a 20 b", [3]),
        ("a {n} b", "a zwanzig b", []),
        ("Straße ändern", "STRASSE AENDERN", [2]),
        ("Arbeitsamt", "Arbeits-\namt", [1]),
        ("Arbeitsamt", "Arbeits\u00adamt", [1]),
        ("für", "fu\u0308r", [1]),
    ],
)
def test_matching(print_: str, text: str, expected: list[int]) -> None:
    assert ends(print_, text) == expected


# --- anything ---------------------------------------------------------------------------------

BOOK = open_book()
PIECES = st.sampled_from(
    [
        *(
            "Beschäftigung",
            "gestattet",
            "nicht",
            "nur",
            "mit",
            "Erlaubnis",
            "der",
            "ABH",
            "Erwerbstätigkeit",
            "ET",
        ),
        *(
            "als",
            "bei",
            "Koch",
            "selbständige",
            "Tätigkeit",
            "bis zu",
            "20",
            "Stunden",
            ".",
            ",",
            ";",
            "\n",
            "und",
        ),
        *("Wohnsitznahme", "in", "§", "25", "AufenthG", "\x1b[1m", "x" * 50, "außer", "Leiharbeit", "siehe"),
    ]
)


@pytest.mark.fuzz
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_wording(text, BOOK)
    assert (found.facts == {}) or found.status == "gelesen"
    assert bool(found.unknown) is (found.status in ("unbekannt", "teilweise"))
    assert bool(found.known) >= (found.status in ("gelesen", "teilweise", "widerspruch"))
    for piece in (*found.unknown, *(part.text for part in found.known)):
        assert piece.isprintable()
    for fact, value in found.facts.items():
        assert BOOK.vocabulary.parse_value(fact, value) == value
