import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from wegweiser.cli.yaml_flow import flow

Run = Callable[..., tuple[int, str, str]]


def _facts(template: str) -> list[str]:
    return re.findall(r"^#([a-z_0-9]+): unbekannt$", template, re.MULTILINE)


def _filled(template: str) -> str:
    """The template with every fact taken out of its comment."""
    lines = [
        line.removeprefix("#") for line in template.splitlines() if re.match(r"#([a-z_0-9]+:|  - )", line)
    ]
    return "\n".join(line for line in lines if not line.startswith(("fall:", "stichtag:", "notiz:"))) + "\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_template_is_a_profile_when_it_is_filled_in(run: Run, tmp_path: Path, lang: str) -> None:
    status, template, err = run("profil", "neu", "--lang", lang)
    assert (status, err) == (0, "")
    empty = tmp_path / "leer.yaml"
    empty.write_text(
        _filled(template).replace("aufenthaltszeiten", "#aufenthaltszeiten").replace("  - ", "#  - ")
    )
    status, out, err = run("check", str(empty), "--json", "--am", "2026-11-22")
    assert (status, err) == (0, "")
    assert len(json.loads(out)["ergebnisse"]) == 8


def test_every_fact_is_in_the_template_with_its_values(run: Run) -> None:
    template = run("profil", "neu")[1]
    names = [json.loads(line)["name"] for line in run("fakten", "--json")[1].splitlines()]
    assert sorted([*_facts(template), "aufenthaltszeiten"]) == sorted(names)
    assert "# Welche Duldung hat die Person?\n# Der Vermerk" in template
    assert "#   gesperrt: Duldung mit Sperrvermerk\n" in template
    assert "# Nachweis: das Papier selbst\n" in template
    assert "# Ohne Angabe: kein Angebot\n" in template


def test_untouched_it_says_nothing(run: Run, tmp_path: Path) -> None:
    assert run("profil", "neu", "-o", "fall.yaml") == (
        0,
        "fall.yaml angelegt. Prüfen: wegweiser check fall.yaml\n",
        "",
    )
    status, _, err = run("check", "fall.yaml")
    assert status == 1
    assert "keine Angaben" in err
    (tmp_path / "fall.yaml").write_text("aufenthaltsstatus: deutsch\n")
    status, out, err = run("profil", "neu", "-o", "fall.yaml")
    assert (status, out) == (1, "")
    assert err == "fall.yaml: gibt es schon; nichts wurde überschrieben\n"
    assert (tmp_path / "fall.yaml").read_text() == "aufenthaltsstatus: deutsch\n"


@pytest.mark.parametrize("name", ["nirgends/fall.yaml", "\0"])
def test_a_place_that_cannot_be_written(run: Run, name: str) -> None:
    status, out, err = run("profil", "neu", "--output", name)
    assert (status, out) == (1, "")
    assert "kann nicht angelegt werden" in err
    assert err.count("\n") == 1


def test_only_facts_that_matter(run: Run) -> None:
    assert _facts(run("profil", "neu", "--ziel", "aufenthalt.titel")[1]) == [
        "aufenthaltsstatus",
        "ununterbrochen_seit",
        "bekenntnis",
        "deutschniveau",
    ]
    work = _facts(run("profile", "new", "--target", "beschaeftigung")[1])
    assert "stelle_bruttojahresgehalt" in work
    assert "staatsangehoerigkeit" in work
    assert "deutschniveau" not in work
    assert run("profil", "neu", "--ziel", "xyz")[0] == 2


@pytest.mark.parametrize("text", ["true", "null", "no", "a: b", "x", "1e3", "2026-01-01", "ä", "b1"])
def test_a_text_in_a_profile_that_is_written_stays_a_text(text: str) -> None:
    assert yaml.safe_load(f"[{flow(text)}, {flow({'k': text})}]") == [text, {"k": text}]
