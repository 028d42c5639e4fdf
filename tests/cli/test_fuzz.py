"""Generated profiles and command lines: always a page or a line of explanation, never a traceback."""

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegweiser.cli.main import main

BOOK = Path(__file__).parent / "rulebook"
DAYS = st.sampled_from(["2019-02-28", "2021-11-22", "2025-12-31", "2026-08-23", "2026-10-05", "2026-11-22"])
BOOLS = st.booleans()
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "fall": st.sampled_from(["a", "Fall 7", "ä" * 80]),
    "geburtsdatum": st.sampled_from(["1980-02-29", "2008-11-22", "2008-11-23", "2012-01-01"]),
    "staatsangehoerigkeit": st.sampled_from(["GN", "GH", "RS", "staatenlos", "ungeklaert"]),
    "aufenthaltsstatus": st.sampled_from(["deutsch", "aufenthaltsgestattung", "duldung", "kurzaufenthalt"]),
    "duldungsart": st.sampled_from(["allgemein", "gesperrt"]),
    "duldung_seit": DAYS | st.just("keine"),
    "ununterbrochen_seit": DAYS,
    "titel_gueltig_bis": DAYS | st.just("2026-12-01"),
    "massnahmen_aufenthaltsbeendigung": BOOLS,
    "taeuschung": BOOLS,
    "bekenntnis": BOOLS,
    "deutschniveau": st.sampled_from(["a1", "b1", "c1"]),
    "ausbildung_angebot": st.sampled_from(["keins", "betrieblich_qualifiziert", "schulisch_qualifiziert"]),
    "stelle_vorhanden": BOOLS,
    "stelle_leiharbeit": BOOLS,
    "stelle_bruttojahresgehalt": st.sampled_from([0, 50699.99, 50700]),
}
PROFILES = st.fixed_dictionaries(
    {}, optional={name: values | st.just("unbekannt") for name, values in FACTS.items()}
)
WORDS = st.sampled_from(
    [
        *(
            "vergleich",
            "compare",
            "zeitplan",
            "timeline",
            "--bis=2027-01-01",
            "--ics=-",
            "was-waere-wenn",
            "what-if",
            "--setze",
            "--set",
            "--hoechstens",
            "nebenbestimmung",
            "entry",
            "--mit",
            "--with",
            "deutschniveau=b1",
            "ET gestattet",
        ),
        *("check", "regel", "regeln", "fakten", "ziele", "profil", "neu", "rule", "profile", "new"),
        *(
            "--json",
            "--warum",
            "--why=1",
            "--ziel",
            "--am",
            "--angebote-am",
            "--lang",
            "--linear",
            "--no-cache",
        ),
        *("--norm", "--help", "-h", "--version", "--", "-", "--foo", "-x", "--am=2026-11-22", "--lang=en"),
        *(
            "2026-11-22",
            "taetigkeit.*",
            "leiharbeit",
            "duldungsart",
            "musterg_4_2",
            "en",
            "*",
            "",
            "ä\x1b\n",
            "1",
        ),
    ]
)


def _run(*args: str, source: str = "") -> tuple[int, str, str]:
    """Run a command with errors shown, the way a test can afford."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WEGWEISER_DEBUG", "1")
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source.encode())))
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["--regelwerk", str(BOOK), *args])
    return status, out.getvalue(), err.getvalue()


@pytest.mark.fuzz
@given(
    PROFILES,
    st.sampled_from(["40", "60", "80", "100"]),
    st.sampled_from([(), ("--warum",), ("--warum=1",), ("--linear", "--warum"), ("--lang", "en", "--warum")]),
)
@settings(max_examples=settings().max_examples // 2)
def test_every_profile_has_a_page_or_an_explanation(
    facts: dict[str, Any], columns: str, args: tuple[str, ...]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", columns)
        status, page, err = _run("check", "-", "--am", "2026-11-22", *args, source=json.dumps(facts))
    if status == 1:
        assert page == ""
        assert all(line.startswith("-:") for line in err.splitlines())
        return
    assert (status, err) == (0, "")
    assert "None" not in page
    assert "  WARUM" not in page
    if "--linear" not in args:
        assert max(map(len, page.splitlines())) <= int(columns)


@pytest.mark.fuzz
@given(PROFILES)
@settings(max_examples=settings().max_examples // 2)
def test_page_and_json_say_the_same(facts: dict[str, Any]) -> None:
    source = json.dumps(facts)
    status, out, _ = _run("check", "-", "--am", "2026-11-22", "--json", source=source)
    if status:
        return
    page = _run("check", "-", "--am", "2026-11-22", "--linear", source=source)[1]
    answers = [
        one
        for one in json.loads(out)["ergebnisse"]
        if one["grund"] not in ("nicht_behandelt", "vor_rechtsstand")
    ]
    rows = [line for line in page.splitlines() if line.startswith("Ziel ")]
    assert len(rows) == len(answers)
    for row, answer in zip(rows, answers, strict=True):
        green = answer["ergebnis"] in ("frei", "anspruch", "soll")
        assert ("Ampel: GRÜN" in row) is green
        assert ("Ampel: OFFEN" in row) is (
            answer["ergebnis"] == "unklar" or (answer["ergebnis"] == "noch_nicht" and answer["ab"] is None)
        )


@pytest.mark.fuzz
@given(st.lists(WORDS, max_size=6))
def test_every_command_line_ends_orderly(args: list[str]) -> None:
    status, _, err = _run(*args, source="aufenthaltsstatus: deutsch\n")
    assert status in (0, 1, 2)
    if status == 2:
        assert len(err.splitlines()) == 2


@pytest.mark.fuzz
@given(
    PROFILES,
    st.lists(
        st.sampled_from(["beschaeftigung", "leiharbeit", "ehrenamt", "integrationskurs"]),
        max_size=2,
        unique=True,
    ),
    st.dictionaries(
        st.sampled_from(sorted(FACTS)), DAYS | st.sampled_from(["", "true", "b1", "duldung", "[", "keine"])
    ),
    st.sampled_from([(), ("--json",), ("--linear",), ("--lang", "en")]),
    st.sampled_from(["40", "80"]),
)
@settings(max_examples=settings().max_examples // 2)
def test_every_comparison_has_a_page_or_an_explanation(
    facts: dict[str, Any], targets: list[str], changes: dict[str, str], args: tuple[str, ...], columns: str
) -> None:
    given = [one for target in targets for one in ("--ziel", target)]
    given += [one for fact, value in changes.items() for one in ("--mit", f"{fact}={value}")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", columns)
        status, page, err = _run(
            "vergleich", "-", "--am", "2026-11-22", *given, *args, source=json.dumps(facts)
        )
    if status:
        assert page == ""
        assert err
        return
    assert err == ""
    assert "None" not in page
    if "--json" in args:
        assert json.loads(page)["schema"] == "wegweiser.vergleich/1"
    elif "--linear" not in args:
        assert max(map(len, page.splitlines())) <= int(columns)


@pytest.mark.fuzz
@given(
    PROFILES,
    st.lists(
        st.sampled_from(["beschaeftigung", "leiharbeit", "ausbildung_betrieblich", "aufenthalt.*", "kurs.*"]),
        min_size=1,
        max_size=2,
        unique=True,
    ),
    st.dictionaries(
        st.sampled_from(sorted(FACTS)),
        DAYS | st.sampled_from(["", "true", "b1", "duldung", "[", "keine"]),
        max_size=2,
    ),
    st.sampled_from([(), ("--json",), ("--linear",), ("--lang", "en"), ("--alle", "--hoechstens", "3")]),
    st.sampled_from(["40", "80"]),
)
@settings(max_examples=settings().max_examples // 2)
def test_every_what_if_has_a_page_or_an_explanation(
    facts: dict[str, Any], targets: list[str], changes: dict[str, str], args: tuple[str, ...], columns: str
) -> None:
    given = [one for target in targets for one in ("--ziel", target)]
    given += [one for fact, value in changes.items() for one in ("--setze", f"{fact}={value}")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", columns)
        status, page, err = _run(
            "was-waere-wenn", "-", "--am", "2026-11-22", *given, *args, source=json.dumps(facts)
        )
    if status:
        assert page == ""
        assert err
        return
    assert err == ""
    assert "None" not in page
    if "--json" in args:
        assert json.loads(page)["schema"] == "wegweiser.was_waere_wenn/1"
    elif "--linear" not in args:
        assert max(map(len, page.splitlines())) <= int(columns)
