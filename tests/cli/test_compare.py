"""`wegweiser vergleich`: two ways side by side, and one way with other facts."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Ran = tuple[int, str, str]
Run = Callable[..., Ran]
DAY = ("--am", "2026-11-22")
NAMED = ("--ziel", "beschaeftigung", "--ziel", "ausbildung_schulisch")


def test_two_targets_beside_each_other(run: Run, waiting: str) -> None:
    status, out, err = run("vergleich", waiting, *NAMED, *DAY)
    assert (status, err) == (0, "")
    head = next(line for line in out.splitlines() if line.startswith(" " * 15))
    assert head.split("  ")[-1].strip() == "Schulische Ausbildung"
    light = next(line for line in out.splitlines() if line.startswith("* Ampel"))
    assert light.index("GELB") < light.index("GRÜN")
    assert max(map(len, out.splitlines())) <= 80


def test_english(run: Run, waiting: str) -> None:
    out = run("compare", waiting, *NAMED, "--date", "2026-11-22", "--lang", "en")[1]
    assert "DIFFERENCES" in out
    assert "* Light" in out
    assert "School-based training" in out


def test_the_same_with_other_facts(run: Run, waiting: str) -> None:
    status, out, err = run(
        "vergleich", waiting, "--ziel", "beschaeftigung", "--mit", "duldung_seit=2026-01-02", *DAY,
        "--mit", "ununterbrochen_seit=2026-01-02",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert "UNTERSCHIEDE · Beschäftigung" in out
    assert "wie angegeben" in out
    assert "Duldung seit: 02.01.2026" in out.replace("\n", " ").replace("  ", "") or "02.01.2026" in out
    assert "* Ampel" in out


def test_no_difference(run: Run, waiting: str) -> None:
    out = run("vergleich", waiting, "--ziel", "beschaeftigung", "--mit", "deutschniveau=a1", *DAY)[1]
    assert "Kein Unterschied." in out
    assert "\n* " not in out.replace("\n* verschieden", "")


def test_without_a_target_the_main_one_is_compared(run: Run, waiting: str) -> None:
    out = run("vergleich", waiting, "--mit", "duldung_seit=2026-11-01", *DAY)[1]
    assert "UNTERSCHIEDE · Beschäftigung" in out


def test_an_empty_value_makes_a_fact_unknown(run: Run, waiting: str) -> None:
    status, out, _ = run(
        "vergleich", waiting, "--ziel", "beschaeftigung", "--mit", "bekenntnis=", *DAY, "--json"
    )
    assert status == 0
    document = json.loads(out)
    assert document["mit"] == {"bekenntnis": ""}
    assert len({column["fakten"] for column in document["spalten"]}) == 2


@pytest.mark.parametrize("lang", ["de", "en"])
def test_json(run: Run, waiting: str, lang: str) -> None:
    status, out, err = run(
        "vergleich", waiting, *NAMED, "--mit", "deutschniveau=b1", *DAY, "--json", "--lang", lang
    )
    assert (status, err) == (0, "")
    (line,) = out.splitlines()
    document: dict[str, Any] = json.loads(line)
    assert document["schema"] == "wegweiser.vergleich/1"
    assert document["mit"] == {"deutschniveau": "b1"}
    assert [column["geaendert"] for column in document["spalten"]] == [False, True, False, True]
    checked = json.loads(run("check", waiting, "--ziel", "beschaeftigung", *DAY, "--json", "--lang", lang)[1])
    assert document["spalten"][0]["ergebnis"] == checked["ergebnisse"][0]
    assert document["spalten"][0]["fakten"] == checked["beleg"]["fakten"]
    assert {"ergebnis", "ab"} <= set(document["unterschiede"])


@pytest.mark.parametrize("more", [("--linear",), ("--mit", "deutschniveau=b1")])
def test_stacked(run: Run, waiting: str, more: tuple[str, ...]) -> None:
    """For screen readers and from three columns on one stands below the other."""
    status, out, err = run("vergleich", waiting, *NAMED, *DAY, *more)
    assert (status, err) == (0, "")
    if "--linear" not in more:
        assert "Beschäftigung, wie angegeben" in out
    else:
        assert not any(line.startswith(" ") for line in out.splitlines())
        assert "*" not in out


def test_narrow_terminals(run: Run, waiting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = run("vergleich", waiting, *NAMED, *DAY)[1]
    assert max(map(len, out.splitlines())) <= 40


def test_standard_input(program: Callable[..., Any], waiting: str) -> None:
    text = json.dumps({"aufenthaltsstatus": "deutsch"})
    done = program("vergleich", "-", *NAMED, *DAY, input=text.encode())
    assert done.returncode == 0
    assert "Beschäftigung".encode() in done.stdout
    assert waiting


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "es fehlt die Datei mit dem Profil"),
        (("x.yaml",), "zum Vergleichen fehlt etwas"),
        (("x.yaml", "--ziel", "beschaeftigung"), "zum Vergleichen fehlt etwas"),
        (("x.yaml", "--ziel", "beschaeftigun", "--ziel", "leiharbeit"), "gemeint „beschaeftigung“"),
        (("x.yaml", "--ziel", "taetigkeit"), "5 Spalten"),
        (("x.yaml", "--mit", "deutschniveau"), "FAKT=WERT"),
        (("x.yaml", "--mit", "=b1"), "FAKT=WERT"),
        (("x.yaml", "--mit", "deutschnivau=b1"), "gemeint „deutschniveau“"),
        (("x.yaml", "--mit", "deutschniveau=b1", "--mit", "deutschniveau=c1"), "zwei verschiedene Werte"),
        (("x.yaml", "--am", "morgen", "--mit", "deutschniveau=b1"), "--am"),
    ],
)
def test_wrong_usage(run: Run, profile: Callable[..., str], args: tuple[str, ...], says: str) -> None:
    profile(name="x.yaml", aufenthaltsstatus="deutsch")
    status, out, err = run("vergleich", *args)
    assert (status, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("deutschniveau=b7", "--mit: deutschniveau:"),
        ("duldung_seit=2027-01-01", "--mit: duldung_seit:"),
        ("duldung_seit=2026-02-30", "--mit"),
        ("duldung_seit=[1", "--mit"),
        ("ununterbrochen_seit=2026-11-01", "--mit"),
        ("deutschniveau=a\nb: c", "--mit"),
    ],
)
def test_wrong_values_are_named(run: Run, waiting: str, change: str, says: str) -> None:
    status, out, err = run("vergleich", waiting, "--ziel", "beschaeftigung", "--mit", change, *DAY)
    assert (status, out) == (1, "")
    assert err.startswith(says)


def test_a_missing_file(run: Run) -> None:
    status, out, err = run("vergleich", "gibtsnicht.yaml", *NAMED)
    assert (status, out) == (1, "")
    assert "nicht gefunden" in err
