"""`wegweiser recht`, with the small rule book and texts of its invented act."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from wegweiser.cli.main import main

ACTS = """\
acts:
  MusterG:
    title: Gesetz über Muster
    called: Mustergesetz
    id: BJNR000010099
    xml: https://example.org/muster/xml.zip
"""
P4 = """\
# MusterG § 4 – Arbeit

(1) Deutsche sind frei.

(2) Andere sollen arbeiten. Das gilt immer.

(3) Drei Monate lang nicht.

(6) Ausbildung ist frei.

(7) Sieben.
"""


class Place(NamedTuple):
    """A rule book that may be changed, texts, a store, and a way to run the command there."""

    rules: Path
    texts: Path
    store: Path
    run: Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(tmp_path: Path, rulebook: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    rules = tmp_path / "rules"
    shutil.copytree(rulebook, rules)
    (rules / "acts.yaml").write_text(ACTS, encoding="utf-8")
    texts, store = tmp_path / "texts", tmp_path / "store"

    def run(*args: str) -> tuple[int, str, str]:
        status = main(["--regelwerk", str(rules), "recht", *args, "--ablage", str(store)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return Place(rules, texts, store, run)


def write(place: Place, day: str, text: str = P4, section: str = "§4") -> None:
    """A wording of a section."""
    path = place.texts / "MusterG" / section / f"{day}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def confirmed(place: Place) -> Place:
    """The rules are confirmed at the text of 1 January 2026."""
    write(place, "2024-01-01")
    assert place.run("import", str(place.texts))[0] == 0
    place.run("bestaetige", "musterg_4_*")
    return place


def test_nothing_imported_yet(place: Place) -> None:
    assert place.run("pruefe")[0] == 2
    assert place.run("zeige", "§ 4 MusterG")[0] == 2
    status, out, err = place.run("stand")
    assert (status, err) == (0, "")
    assert "https://example.org/muster/xml.zip" in out


def test_import_and_state(place: Place) -> None:
    write(place, "2024-01-01")
    write(place, "2026-06-12", P4.replace("immer", "nie"))
    status, out, err = place.run("import", str(place.texts))
    assert (status, err) == (0, "")
    assert out == "MusterG: Stand 12.06.2026, 1 Vorschriften; 2 Stände ab 01.01.2024\n"
    (act,) = json.loads(place.run("stand", "--json")[1])["gesetze"]
    assert (act["gesetz"], act["stand"], act["staende"]) == ("MusterG", "2026-06-12", 2)


def test_a_fault_in_one_file_keeps_nothing(place: Place, tmp_path: Path) -> None:
    write(place, "2024-01-01")
    place.run("import", str(place.texts))
    before = (place.store / "gesetze.sqlite").read_bytes()
    write(place, "2026-01-01", P4.replace("immer", "nie"))
    (tmp_path / "a.xml").write_text("<a", encoding="utf-8")
    status, out, err = place.run(
        "import", str(place.texts), str(tmp_path / "a.xml"), str(tmp_path / "fehlt.zip")
    )
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 2
    assert "a.xml:1" in err
    assert "fehlt.zip" in err
    assert (place.store / "gesetze.sqlite").read_bytes() == before


def test_all_is_the_same(confirmed: Place) -> None:
    assert confirmed.run("pruefe", "musterg_4_1") == (0, "Text bis 01.01.2024: 1 gleich.\n", "")
    confirmed.run("import", str(confirmed.texts), "--stand", "2026-09-01")
    assert confirmed.run("pruefe", "musterg_4_1") == (0, "Text bis 01.09.2026: 1 gleich.\n", "")


def test_a_text_older_than_the_rules_is_told(confirmed: Place) -> None:
    write(confirmed, "2024-02-01", P4.replace("Deutsche", "Alle"))
    confirmed.run("import", str(confirmed.texts))
    status, _, err = confirmed.run("pruefe", "musterg_4_1")
    assert status == 1
    assert "älter als der Rechtsstand der Regeln (19.08.2026)" in err


def test_changed_words_are_shown(confirmed: Place) -> None:
    write(confirmed, "2026-09-12", P4.replace("sollen arbeiten", "dürfen arbeiten"))
    confirmed.run("import", str(confirmed.texts))
    status, out, err = confirmed.run("pruefe", "musterg_4_1", "musterg_4_6")
    assert (status, err) == (0, "")
    confirmed.run("bestaetige", "--alle")
    write(confirmed, "2026-10-01", P4.replace("Deutsche sind frei", "Deutsche sind gebunden"))
    confirmed.run("import", str(confirmed.texts))
    status, out, err = confirmed.run("pruefe", "musterg_4_1")
    assert (status, err) == (1, "")
    assert "§ 4 Abs. 1 MusterG (Text vom 01.10.2026)" in out
    assert "- Bisher: Deutsche sind [frei.]" in out
    assert "+ Jetzt: Deutsche sind [gebunden.]" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    (found,) = json.loads(confirmed.run("pruefe", "musterg_4_1", "--json")[1])["befunde"]
    assert (found["regel"], found["befund"], found["datei"]) == (
        "musterg_4_1",
        "geaendert",
        "laws/musterg/p4.yaml",
    )
    english = confirmed.run("pruefe", "musterg_4_1", "--lang", "en", "--linear")[1]
    assert "Before: Deutsche sind [frei.]" in english


def test_gone_moved_and_never_checked(confirmed: Place) -> None:
    moved = P4.replace("(6) Ausbildung ist frei.\n\n", "").replace("(7) Sieben.", "(8) Ausbildung ist frei.")
    write(confirmed, "2026-06-12", moved.replace("(1) Deutsche sind frei.", "(1) (weggefallen)"))
    confirmed.run("import", str(confirmed.texts))
    status, out, _ = confirmed.run("pruefe", "musterg_*")
    assert status == 1
    assert "§ 4 Abs. 6 MusterG → § 4 Abs. 8 MusterG" in out
    assert "Weg\n§ 4 Abs. 1 MusterG" in out
    shutil.copy(
        Path(__file__).parent / "rulebook/laws/musterg/p4.yaml", confirmed.rules / "laws/musterg/p4.yaml"
    )
    assert "Nie geprüft" in confirmed.run("pruefe", "musterg_4_3")[1]


def test_show(confirmed: Place) -> None:
    status, out, err = confirmed.run("zeige", "4", "II", "1", "MusterG")
    assert (status, err) == (0, "")
    assert out.startswith(
        "§ 4 Abs. 2 Satz 1 MusterG · Arbeit · Text vom 01.01.2024\n\nAndere sollen arbeiten.\n"
    )
    assert "musterg_4_2 (laws/musterg/p4.yaml:" in out
    assert confirmed.run("zeige", "§ 5 MusterG")[0] == 1
    assert confirmed.run("zeige", "§ 4 Abs. 1")[0] == 2
    assert confirmed.run("zeige", "§ 4 MusterG", "--stand", "2020-01-01")[0] == 1


def test_changes(confirmed: Place, tmp_path: Path) -> None:
    write(confirmed, "2026-06-12", P4.replace("Deutsche sind frei", "Deutsche sind gebunden"))
    confirmed.run("import", str(confirmed.texts))
    status, out, err = confirmed.run("aenderungen", "2026-06-11", "2026-06-12")
    assert (status, err) == (0, "")
    assert "§ 4 Arbeit: geändert" in out
    assert "- musterg_4_1, § 4 Abs. 1 MusterG: zitierte Stelle geändert" in out
    assert "- musterg_4_6, § 4 Abs. 6 MusterG: zitierte Stelle gleich" in out
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, day in ((old, "2024-01-01"), (new, "2026-06-12")):
        target = folder / "MusterG" / "§4"
        target.mkdir(parents=True)
        shutil.copy(confirmed.texts / "MusterG" / "§4" / f"{day}.md", target)
    document = json.loads(confirmed.run("aenderungen", str(old), str(new), "--json")[1])
    assert [(one["gesetz"], one["vorschrift"], one["art"]) for one in document["aenderungen"]] == [
        ("MusterG", "§ 4", "geaendert")
    ]
    assert confirmed.run("aenderungen", "2026-06-11")[0] == 2
    assert confirmed.run("aenderungen", str(tmp_path / "no.xml"), str(new))[0] == 1


def test_confirming_adds_lines_and_changes_none(place: Place) -> None:
    path = place.rules / "laws" / "musterg" / "p4.yaml"
    before = path.read_text(encoding="utf-8")
    write(place, "2024-01-01")
    place.run("import", str(place.texts))
    status, out, err = place.run("bestaetige", "musterg_4_1", "musterg_4_2")
    assert status == 1, "one of them cites a section that was not imported"
    assert "§ 5 MusterG" in err
    assert out == "1 eingetragen, 0 unverändert, 1 ohne Text.\n"
    after = path.read_text(encoding="utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(added) == 1
    assert added[0].startswith("    checked: {against: sha256:")
    assert after.replace(added[0] + "\n", "") == before
    assert place.run("bestaetige", "musterg_4_1")[1] == "0 eingetragen, 1 unverändert, 0 ohne Text.\n"
    assert path.read_text(encoding="utf-8") == after


OLD = f"sha256:{'0' * 64}"
LAYOUTS = """\
act: MusterG   # a comment
section: "4"
rules:
  # before
  - {id: a, norm: Abs. 1, targets: [ARBEIT], outcome: frei, because: {de: "x } y", en: "it's, {"}}  # behind
  - id: b
    norm: [Abs. 2, Abs. 3]
    targets: [ARBEIT]
    outcome: frei
    because:
      de: >-
        Zwei Zeilen

        und mehr.
      en: Two.

    # a remark on the next one
  - id: c
    checked:
      against: OLD
      on: 2020-01-01
    norm: Abs. 6
    targets: [ARBEIT]
    prevails_over: [a, b]
    outcome: frei
    because: {de: drei, en: three}
  - id: d
    checked: {against: OLD,
      on: 2020-01-01}   # kept
    norm: Abs. 7
    targets: [ARBEIT]
    prevails_over:
    - a
    - b
    outcome: frei
    because: {de: vier, en: four}""".replace("OLD", OLD)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_confirming_in_every_layout(place: Place, end: str) -> None:
    path = place.rules / "laws" / "musterg" / "p4.yaml"
    path.write_bytes(LAYOUTS.replace("\n", end).encode())
    write(place, "2024-01-01")
    place.run("import", str(place.texts))
    status, out, err = place.run("bestaetige", "?")
    assert (status, out, err) == (0, "4 eingetragen, 0 unverändert, 0 ohne Text.\n", "")
    content = path.read_bytes().decode()
    lines = content.split(end)
    assert """en: "it's, {"}, checked: {against: sha256:""" in lines[4]
    assert lines[4].endswith("}  # behind")
    assert sum("sha256:" in line for line in lines) == 4
    assert OLD not in content
    assert "# kept" in content
    assert "# a remark on the next one" in content
    assert ("\r\n" in content) == (end == "\r\n")
    assert place.run("pruefe", "?")[0] == 0


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("import",),
        ("bestaetige",),
        ("bestaetige", "x", "--alle"),
        ("pruefe", "--stand", "gestern"),
        ("pruefe", "nix"),
        ("zeige",),
        ("nix",),
    ],
)
def test_wrong_usage(confirmed: Place, args: tuple[str, ...]) -> None:
    status, out, err = confirmed.run(*args)
    assert (status, out) == (2, "")
    assert err.startswith("wegweiser: ")


def test_english_names(place: Place) -> None:
    write(place, "2024-01-01")
    assert place.run("import", str(place.texts), "--lang", "en")[1].startswith("MusterG: state of 2024-01-01")
    for alias in ("state", "show", "changes", "confirm", "check"):
        assert place.run(alias, "--help")[0] == 0


def test_the_card_of_a_rule_says_when_it_was_checked(
    confirmed: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--regelwerk", str(confirmed.rules), "regel", "musterg_4_1"])
    assert "Geprüft         am Text des Gesetzes, " in capsys.readouterr().out
    main(["--regelwerk", str(confirmed.rules), "regel", "musterg_4_2", "--lang", "en"])
    assert "Checked" not in capsys.readouterr().out, "it cites a section that was not imported"
