"""The files around the code: CI, lock files, examples, what the documents say."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.yaml"))
DOCUMENTS = (
    "README.md",
    "LIESMICH.md",
    "docs/architecture.md",
    "docs/rule-language.md",
    "docs/bestand.md",
    "docs/recht.md",
    "CHANGELOG.md",
)
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([0-9][A-Za-z0-9.]*)$")


def _wegweiser(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("wegweiser"), *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def _ci(tmp_path: Path, said: str, status: int) -> subprocess.CompletedProcess[str]:
    """`.ci/run` with a make that only says something."""
    make = tmp_path / "make"
    make.write_text(f'#!/bin/sh\ncat >/dev/null\necho "$*"\ncat <<"END"\n{said}\nEND\nexit {status}\n')
    make.chmod(0o755)
    return subprocess.run(
        ["bash", str(ROOT / ".ci" / "run")],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_ci_prints_the_closing_line_last_and_keeps_the_status(tmp_path: Path) -> None:
    green = _ci(tmp_path, "=== test session starts ===\n=== 12 passed, 1 skipped in 4.50s ===\nbye", 0)
    assert green.stdout.splitlines()[0] == "test"
    assert green.stdout.splitlines()[-1] == "12 passed, 1 skipped in 4.50s"
    assert green.returncode == 0
    red = _ci(tmp_path, "==== 1 failed, 11 passed in 65.01s (0:01:05) ====", 2)
    assert red.stdout.splitlines()[-1] == "1 failed, 11 passed in 65.01s (0:01:05)"
    assert red.returncode == 2


def test_ci_fails_where_no_test_ran(tmp_path: Path) -> None:
    assert _ci(tmp_path, "ruff: error", 1).returncode == 1


def _pins(name: str) -> dict[str, str]:
    lines = [line for line in (ROOT / name).read_text().splitlines() if not line.startswith(("#", "-r "))]
    found = [PIN.match(line) for line in lines]
    assert None not in found, "versions only: no address, no path"
    return {match[1].lower().replace("_", "-"): match[2] for match in found if match}


def _at_least(requirement: str) -> tuple[str, tuple[int, ...]]:
    name, _, version = requirement.partition(">=")
    return name.lower(), tuple(map(int, version.split(".")))


def test_locks_pin_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run, tools = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert not run.keys() & tools.keys()
    for pins, requirements in (
        (run, [*project["project"]["dependencies"], *project["build-system"]["requires"]]),
        (run | tools, project["project"]["optional-dependencies"]["dev"]),
    ):
        for name, least in map(_at_least, requirements):
            assert tuple(int(part) for part in pins[name].split(".") if part.isdigit()) >= least, name
    assert "durable-rules" not in run | tools


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_example_profiles_can_be_checked(name: str, language: str) -> None:
    done = _wegweiser("check", f"examples/{name}", "--am", "2026-11-22", "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")


def test_example_profiles_hold_today() -> None:
    done = _wegweiser("check", *(f"examples/{name}" for name in EXAMPLES), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(EXAMPLES)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_link_to_files_that_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "LIESMICH.md"])
def test_documents_show_only_commands_that_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:`|^ {4}|\$ )wegweiser ([a-z][a-z-]*)", text, re.MULTILINE))
    assert {"check", "regel", "regeln", "fakten", "ziele", "profil"} <= commands
    for command in commands:
        assert _wegweiser(command, "--help").returncode == 0, command
    targets = set(re.findall(r"(?:`|^ {4}|\$ )make ([a-z]+)", text, re.MULTILINE))
    known = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "test"} <= targets <= known


@pytest.mark.parametrize("name", ["README.md", "LIESMICH.md"])
def test_screens_in_documents_are_what_the_program_prints(name: str) -> None:
    """Blocks that begin with `$ wegweiser …`; a line `…` leaves lines of the output out."""
    text = (ROOT / name).read_text(encoding="utf-8")
    screens = re.findall(r"```console\n\$ wegweiser (.+)\n((?:.*\n)*?)```", text)
    assert screens
    for arguments, shown in screens:
        printed = _wegweiser(*arguments.split()).stdout
        place = 0
        for part in re.split(r"^…\n", shown, flags=re.MULTILINE):
            found = printed.find(part, place)
            assert found >= 0, f"{name} shows of `wegweiser {arguments}`, and it is not so any more:\n{part}"
            place = found + len(part)
