import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.cli.layout import columns, entry, leader, paragraph, wrap
from wegweiser.cli.terminal import Terminal

WORDS = st.text(st.sampled_from("abcäß §1\xa0"), max_size=200)


def test_citations_are_not_torn_apart() -> None:
    text = "Die Erlaubnis folgt aus § 61 Abs. 2 Satz 1 Nr. 3 AsylG und aus §§ 39 bis 41 AufenthG."
    for width in range(20, 80):
        for line in wrap(text, width):
            assert not line.endswith(("§", "§§", "Abs.", "Satz", "Nr."))
            assert "\xa0" not in line


@pytest.mark.fuzz
@given(WORDS, st.integers(20, 100))
def test_wrapping_keeps_the_words_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width, "  ", "    ")
    assert all(len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_leader_puts_value_beside_the_last_line_of_the_label() -> None:
    lines = leader(
        "[x] Aufenthalt ohne Unterbrechung seit: mindestens 3 Monate", "05.10.2026", Terminal(), "  "
    )
    assert lines == [
        "  [x] Aufenthalt ohne Unterbrechung",
        "      seit: mindestens 3 Monate ......... 05.10.2026",
    ]


def test_leader_has_no_dots_where_it_is_narrow() -> None:
    assert leader("[x] Duldung", "ja", Terminal(width=40)) == ["[x] Duldung: ja"]


def test_entry_goes_below_a_long_label() -> None:
    assert entry("Nr. 1–3, 5–7, 9", "Text", Terminal(), 12) == ["  Nr. 1–3, 5–7, 9", "            Text"]


def test_columns_wrap_cells() -> None:
    assert columns(("eins zwei drei", "x"), (10, 8)) == ["eins zwei  x", "drei"]


def test_for_screen_readers_a_statement_is_a_line() -> None:
    terminal = Terminal(linear=True)
    text = "Ein langer Satz. " * 20
    assert paragraph(text, terminal, "   ") == [text]
    assert entry("Angabe", text, terminal, 12) == [f"Angabe: {text}"]
