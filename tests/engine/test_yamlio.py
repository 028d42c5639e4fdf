"""The strict reader: YAML says what it seems to say, or it is a fault with its place."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine import yamlio
from wegweiser.engine.errors import BookError, InputError, ProfileError
from wegweiser.engine.text import Text
from wegweiser.engine.yamlio import BROKEN, Document, load, plain, read

both_parsers = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])


def value_of(source: str | bytes, *, pure: bool = False) -> Any:
    document, faults = read(source, "x.yaml", pure=pure)
    assert document is not None
    assert faults == []
    return document.value


def faults_of(source: str | bytes, *, pure: bool = False, **bounds: int) -> list[tuple[int | None, str]]:
    _, faults = read(source, "x.yaml", pure=pure, **bounds)
    return [(fault.line, fault.text.en) for fault in faults]


@both_parsers
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("True", "True"),
        ("TRUE", "TRUE"),
        ("Null", "Null"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12:30", "12:30"),
        ("0o17", "0o17"),
        ("0x1f", "0x1f"),
        ("017", "017"),
        ("1_000", "1_000"),
        ("+5", "+5"),
        ("1e5", "1e5"),
        (".5", ".5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("-7", -7),
        ("0", 0),
        ("123456789012345678", 123456789012345678),
        ("12.50", Decimal("12.50")),
        ("-0.5", Decimal("-0.5")),
        ("2026-11-22", date(2026, 11, 22)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-1-2", "2026-1-2"),
        ("2026-11-22 10:00:00", "2026-11-22 10:00:00"),
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
        ("'2026-11-22'", "2026-11-22"),
        ('"true"', "true"),
        ("'5'", "5"),
        ("§ 25 Abs. 5", "§ 25 Abs. 5"),
        ("٣", "٣"),  # a digit, but not one of ours
    ],
)
def test_what_a_word_means(written: str, meant: object, *, pure: bool) -> None:
    value = value_of(f"a: {written}\n", pure=pure)
    assert value == {"a": meant}
    assert type(value["a"]) is type(meant)


@both_parsers
def test_keys_are_strings(*, pure: bool) -> None:
    source = "on: 1\nNO: 2\n5: 3\n2026-11-22: 4\n2026-02-30: 5\n~: 6\ntrue: 7\n'': 8\n"
    document, faults = read(source.replace("'': 8\n", ""), "x", pure=pure)
    assert faults == []
    assert document is not None
    assert list(document.value) == ["on", "NO", "5", "2026-11-22", "2026-02-30", "~", "true"]  # type: ignore[arg-type]
    assert faults_of(source, pure=pure) == [(8, "an entry without a key")]


@both_parsers
def test_every_fault_of_a_file_at_once(*, pure: bool) -> None:
    source = """\
a: 2026-02-30
b: !python/object/apply:os.system [ls]
c: &anchor 1
d: *anchor
a: 1
<<: {x: 1}
e: 12345678901234567890
f:
  - {g: 1, g: 2}
h: "\\x07"
"""
    assert faults_of(source, pure=pure) == [
        (1, "2026-02-30 is not in the calendar"),
        (2, "tags (!…) are not allowed; text that begins with ! needs quotes"),
        (3, "anchors (&…) and aliases (*…) are not allowed; text that begins so needs quotes"),
        (4, "anchors (&…) and aliases (*…) are not allowed; text that begins so needs quotes"),
        (5, "stands already in line 1"),
        (6, "merging with << is not allowed"),
        (7, "the number has too many digits (20); if it is text, it needs quotes"),
        (9, "stands already in line 9"),
        (10, "the text contains control characters"),
    ]


@both_parsers
def test_a_fault_names_its_entry(*, pure: bool) -> None:
    _, faults = read("a:\n  - b: 1\n    b: 2\n  - 2026-13-01\n", "x.yaml", pure=pure)
    assert [fault.message("de") for fault in faults] == [
        "x.yaml:3:5: a[1].b: steht schon in Zeile 2",
        "x.yaml:4:5: a[2]: 2026-13-01 gibt es im Kalender nicht",
    ]


def test_long_keys_are_cut_in_messages() -> None:
    _, (fault,) = read(f"? {'x' * 5000}\n: 2026-02-30\n", "x.yaml")
    assert fault.key == "x" * 99 + "…"


@both_parsers
def test_a_broken_value_is_no_value(*, pure: bool) -> None:
    document, _ = read("a: 2026-02-30\nb: 1\na: 2\n", "x", pure=pure)
    assert document is not None
    assert document.value == {"a": BROKEN, "b": 1}
    assert repr(BROKEN) == "BROKEN"


@both_parsers
@pytest.mark.parametrize(
    ("source", "line", "english"),
    [
        ("a: [", None, "node content"),
        ("a: 'x", 1, "end of stream"),
        ("a: b: c", 1, "mapping values"),
        ("\ta: 1", 1, "cannot start any token"),
        ("a: 1\n b: 2", 2, "mapping values"),
        ("a:\n  - b\n c: 1", 3, "no valid YAML"),
        ('a: "\\q"', 1, "escape"),
        ("a: @x", 1, "cannot start any token"),
        ("{a: 1", None, "no valid YAML"),
        (": 1\n\t- x", None, "no valid YAML"),
        ("? [a]\n: 1", 1, "a key is simple text"),
        ("a: 1\n---\nb: 2\n", 2, "several documents in one file"),
        ("a: 1\n...\nb: 2\n", None, "document start"),
        ("a: !x!y z", 1, "no valid YAML"),
        ("a: *x", 1, "anchors"),
    ],
)
def test_what_is_no_yaml(source: str, line: int | None, english: str, *, pure: bool) -> None:
    faults = faults_of(source, pure=pure)
    assert len(faults) == 1
    assert english in faults[0][1]
    if line is not None:
        assert faults[0][0] == line


@both_parsers
def test_syntax_faults_are_told_in_german_too(*, pure: bool) -> None:
    _, faults = read("a: 'x", "x", pure=pure)
    assert faults[0].text.de == "kein gültiges YAML: ein Anführungszeichen wird nicht geschlossen"
    _, faults = read("%FOO\n%YAML 3.0\n--- a", "x", pure=pure)
    assert all("kein gültiges YAML" in fault.text.de for fault in faults)


@both_parsers
@pytest.mark.parametrize(
    "source",
    [
        "[" * 100_000,
        "[" * 70 + "]" * 70,
        "- " * 100_000 + "a",
        "{a: " * 100_000,
        "? " * 100_000,
        "".join(" " * depth + "a:\n" for depth in range(200)),
        '{"a":' * 90_000,
    ],
)
def test_depth_is_bounded(source: str, *, pure: bool) -> None:
    faults = faults_of(source, pure=pure)
    assert len(faults) == 1
    assert "nested too deeply" in faults[0][1] or "a key is simple text" in faults[0][1]


@both_parsers
def test_depth_up_to_the_bound_is_fine(*, pure: bool) -> None:
    assert faults_of("[" * 64 + "]" * 64, pure=pure) == []
    assert faults_of("[" * 3 + "]" * 3, pure=pure, depth=2) == [(1, "nested too deeply (more than 2 levels)")]


@both_parsers
def test_aliases_cannot_multiply(*, pure: bool) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 8)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    document, faults = read(bomb, "x", pure=pure)
    assert document is not None
    assert len(faults) == 73
    assert faults_of("&x [*x]", pure=pure)


@both_parsers
def test_the_list_of_faults_is_bounded(*, pure: bool) -> None:
    faults = faults_of("a: 1\n" * 5000, pure=pure)
    assert len(faults) == 101
    assert faults[-1][1] == "… more faults are left out"


def test_size_is_bounded() -> None:
    assert faults_of(b"a" * 1_000_001) == [
        (None, "the file is too large (1000001 instead of at most 1000000 bytes)")
    ]
    assert faults_of("a: 1", limit=3)
    assert faults_of("a: 1", limit=4) == []


def test_only_utf_8() -> None:
    assert value_of("\ufeffa: ä".encode()) == {"a": "ä"}
    assert faults_of(b"a: 1\nb: M\xfcnchen\n") == [
        (2, "not UTF-8; please save the file with the character encoding UTF-8")
    ]
    assert faults_of("a: ä".encode("utf-16"))


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ud800", "\uffff", "\ufeff"],
)
def test_control_characters_are_refused(character: str) -> None:
    faults = faults_of(f"a: 1\nb: x{character}y")
    assert faults == [(2, f"control character U+{ord(character):04X} is not allowed")]
    _, (fault,) = read(f"a: 1\nb: x{character}y", "x")
    assert fault.column == 5


@both_parsers
def test_line_ends_of_windows_and_comments(*, pure: bool) -> None:
    assert value_of("# x\r\na: 1\r\nb: [1,\r\n 2]\r\n", pure=pure) == {"a": 1, "b": [1, 2]}
    assert value_of("", pure=pure) is None
    assert value_of("# nothing\n", pure=pure) is None
    assert value_of("---\na: 1\n...\n", pure=pure) == {"a": 1}
    assert value_of("a: >-\n  one\n  two\nb: |\n  x\n", pure=pure) == {"a": "one two", "b": "x\n"}


def test_places() -> None:
    document = load("a: 1\nb:\n  - c: 2\n    d: 3\n  -\n    - 4\n", "x.yaml")
    assert document.place(()) == (1, 1)
    assert document.place(("b",)) == (2, 1)
    assert document.place(("b", 0, "d")) == (4, 5)
    assert document.place(("b", 1, 0)) == (6, 7)
    assert document.place(("b", 0, "missing", 3)) == (3, 5)
    fault = document.fault(("b", 1, 0), Text("falsch", "wrong"))
    assert fault.message() == "x.yaml:6:7: b[2][1]: wrong"
    assert load("", "x").place(("a",)) == (1, 1)


def test_load_raises_the_error_of_its_caller() -> None:
    for error in (InputError, ProfileError, BookError):
        with pytest.raises(error, match="stands already"):
            load("a: 1\na: 2", "x", error=error)
    with pytest.raises(ProfileError, match="no valid YAML"):
        load("a: [", "x", error=ProfileError)


@both_parsers
def test_json_as_other_programs_write_it(*, pure: bool) -> None:
    source = '{\n\t"a": "\\ud83d\\ude00 \\u00e4 \\/ \\\\ud83d\\\\ude00",\n\t"b":[true,null,-1.5],"c":{}\n}'
    assert value_of(source, pure=pure) == json.loads(source) | {"b": [True, None, Decimal("-1.5")]}


texts = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf")))
keys = texts.filter(lambda key: key.strip() == key and key.isprintable() and key not in ("", "<<"))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 10**17, 10**17) | texts,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(keys, inside, max_size=4),
    max_leaves=12,
)


@pytest.mark.fuzz
@both_parsers
@given(value=json_values, ascii_only=st.booleans(), indent=st.sampled_from([None, 2, "\t"]))
def test_json_means_what_json_means(
    value: object, *, ascii_only: bool, indent: int | str | None, pure: bool
) -> None:
    source = json.dumps({"value": value}, ensure_ascii=ascii_only, indent=indent)
    if len(source) < 1000:  # YAML bounds the length of a key
        assert value_of(source, pure=pure) == {"value": value}


@pytest.mark.fuzz
@both_parsers
@given(source=st.binary(max_size=200) | st.text(max_size=200))
def test_no_bytes_do_harm(source: bytes | str, *, pure: bool) -> None:
    document, faults = read(source, "x", pure=pure)
    assert document is not None or faults


@pytest.mark.fuzz
@both_parsers
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                *"abc:-?,[]{}#&*!|>'\"%@`~<=\\ \n\t0123",
                "\n  ",
                ": ",
                "- ",
                "? ",
                "<<",
                "2026-02-30",
                "---\n",
                "!!int ",
                "é",
            ]
        ),
        max_size=60,
    )
)
def test_no_yaml_does_harm(pieces: list[str], *, pure: bool) -> None:
    document, faults = read("".join(pieces), "x", pure=pure)
    assert document is not None or faults
    for fault in faults:
        assert fault.text.de
        assert fault.text.en


@given(st.text(max_size=30))
def test_plain_never_fails(word: str) -> None:
    plain(word)


def test_pyyaml_is_imported_late() -> None:
    code = "import sys, wegweiser.engine.profile; print({'yaml', 'decimal', 'difflib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_public_names() -> None:
    assert isinstance(load("a: 1", "x"), Document)
    assert all(hasattr(yamlio, name) for name in yamlio.__all__)
