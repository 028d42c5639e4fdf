"""`regeln pruefe` and `regeln diff`: what they print, write and return."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from wegweiser.cli.main import main


@pytest.fixture
def changed(rulebook: Path, tmp_path: Path) -> Path:
    """A copy of the small book in which one rule concludes less."""
    folder = tmp_path / "rules"
    shutil.copytree(rulebook, folder)
    law = folder / "laws" / "musterg" / "p4.yaml"
    text = law.read_text(encoding="utf-8")
    assert "outcome: anspruch" in text
    law.write_text(text.replace("outcome: anspruch", "outcome: ermessen", 1), encoding="utf-8")
    return folder


def test_findings_are_printed_written_and_counted(
    capsys: pytest.CaptureFixture[str], rulebook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rulebook, folder)
    (folder / "review.yaml").write_text("exempt: []\n", encoding="utf-8")
    assert main(["regeln", "pruefe", str(folder), "--json", "--am", "2026-11-22", "--no-cache"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["schema"] for line in lines} == {"wegweiser.regeln_pruefe/1"}
    assert "W111" in {line["code"] for line in lines}
    shown = tmp_path / "shown"
    assert main(["rules", "check", str(folder), "--lang", "en", "--beispiele", str(shown), "--no-cache"]) == 1
    out = capsys.readouterr().out
    assert "findings:" in out
    written = [line for line in lines if line["beispiel"] and line["code"] not in ("W110", "W111")]
    assert len(list(shown.glob("*.yaml")) if shown.exists() else []) == len(written)


def test_a_difference_tells_rule_answer_and_person(
    capsys: pytest.CaptureFixture[str], rulebook: Path, changed: Path, tmp_path: Path
) -> None:
    shown = tmp_path / "shown"
    arguments = ["regeln", "diff", str(rulebook), str(changed), "--personen", "20", "--am", "2026-11-22"]
    assert main([*arguments, "--json", "--beispiele", str(shown)]) == 1
    lines: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["art"] for line in lines if line["typ"] == "eintrag"] == ["rules"]
    answers = [line for line in lines if line["typ"] == "antwort"]
    assert any(line["vorher"] == "anspruch" and line["nachher"] == "ermessen" for line in answers)
    assert len(list(shown.glob("*.yaml"))) == len(answers)
    assert main(["regeln", "diff", str(rulebook), str(rulebook), "--personen", "5"]) == 0


def test_a_git_revision_is_a_rule_book(
    capsys: pytest.CaptureFixture[str], changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "rules"], ["commit", "-qm", "rules"]):
        subprocess.run([*git, *command], check=True)
    assert main(["regeln", "diff", "HEAD", str(changed), "--personen", "5"]) == 0
    assert main(["regeln", "diff", "HEAD~7", str(changed)]) == 1
    assert main(["regeln", "diff", "--", "--output=x", str(changed)]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("weder ein Ordner mit Regeln noch ein Stand in git") == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("number", ["-1", "viele", "99999999"])
def test_a_wrong_number_of_persons_is_wrong_usage(run: Any, rulebook: Path, number: str) -> None:
    found = run("regeln", "diff", str(rulebook), str(rulebook), f"--personen={number}")
    assert found.status == 2
    assert "--personen" in found.err
