"""The nearest known name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.engine.names import did_you_mean, nearest, normal
from wegweiser.engine.text import Text

KNOWN = (
    "staatsangehoerigkeit",
    "duldung_seit",
    "duldungsart",
    "geburtsdatum",
    "wohnort",
    "Neustadt an der Weinstraße",
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Staatsangehörigkeit", "staatsangehoerigkeit"),
        ("STAATSANGEHÖRIGKEIT", "staatsangehoerigkeit"),
        ("duldung-seit", "duldung_seit"),
        ("duldung seit", "duldung_seit"),
        ("Duldungseit", "duldung_seit"),
        ("geburtsdaten", "geburtsdatum"),
        ("gebrutsdatum", "geburtsdatum"),
        ("wohnrot", "wohnort"),
        ("neustadt an der weinstrasse", "Neustadt an der Weinstraße"),
        ("kinder", None),
        ("x", None),
        ("", None),
        ("wohnort" * 1000, None),
    ],
)
def test_nearest(written: str, meant: str | None) -> None:
    assert nearest(written, KNOWN) == meant


def test_did_you_mean() -> None:
    text = Text("gibt es nicht", "does not exist")
    assert did_you_mean(text, "wohnot", KNOWN) == Text(
        "gibt es nicht; gemeint „wohnort“?", "does not exist; did you mean “wohnort”?"
    )
    assert did_you_mean(text, "foo", KNOWN) == text


@given(st.text(max_size=100))
def test_any_text_has_a_normal_spelling(name: str) -> None:
    assert normal(normal(name)) == normal(name)
    nearest(name, KNOWN)


@given(st.sampled_from(KNOWN), st.data())
def test_one_wrong_letter_is_forgiven(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    assert nearest(name[:at] + data.draw(st.sampled_from("aeiouxyz")) + name[at + 1 :], KNOWN) == name
