"""`make`: one sentence where Python is too old or incomplete; the demo in a fresh checkout."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("packaging")


def _make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make as a person would, not as a child of the make that runs these tests."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    surroundings.pop("VIRTUAL_ENV", None)
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=surroundings | environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def _refused(done: subprocess.CompletedProcess[str], german: str, english: str) -> bool:
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stdout == ""
    return len(said) == 2 and german in said[0] and english in said[1]


@pytest.fixture
def bare(tmp_path: Path, root: Path) -> Path:
    """A folder with the Makefile alone."""
    folder = tmp_path / "ein ordner"
    folder.mkdir()
    shutil.copy(root / "Makefile", folder)
    return folder


@pytest.mark.parametrize("target", ["demo", "test"])
@pytest.mark.parametrize("version", ["2.7", "3.6", "3.8", "3.9", "3.10"])
def test_older_python_gets_one_sentence(version: str, target: str, bare: Path) -> None:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(pyenv.glob(f"versions/{version}.*/bin/python"))
    if not found:
        pytest.skip(f"no Python {version} on this machine")
    done = _make(bare, target, f"PYTHON={found[0]}")
    assert _refused(done, "braucht Python 3.11 oder neuer", "needs Python 3.11 or later")
    assert not (bare / ".venv").exists()


def test_missing_python_gets_one_sentence(bare: Path) -> None:
    done = _make(bare, "demo", "PYTHON=no-such-python")
    assert _refused(done, '"no-such-python" wurde nicht gefunden', '"no-such-python" was not found')


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_missing_module_gets_one_sentence(missing: str, bare: Path, tmp_path: Path) -> None:
    (tmp_path / f"{missing}.py").write_text("raise ImportError\n", encoding="utf-8")
    done = _make(bare, "test", f"PYTHON={sys.executable}", PYTHONPATH=str(tmp_path))
    assert _refused(done, "fehlt das Modul venv oder ensurepip", "lacks the module venv or ensurepip")


def test_help_names_every_target(bare: Path) -> None:
    done = _make(bare, "help")
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    phony = next(line for line in (bare / "Makefile").read_text().splitlines() if line.startswith(".PHONY"))
    assert done.returncode == 0
    assert listed == set(phony.removeprefix(".PHONY:").split())


@pytest.mark.slow
def test_demo_in_a_fresh_checkout_and_again(
    tmp_path: Path, copy_checkout: Callable[[Path], Path], clean_environment: dict[str, str]
) -> None:
    folder = copy_checkout(tmp_path / "ein ordner")
    home = {name: clean_environment[name] for name in ("HOME", "XDG_CACHE_HOME")}
    pip_cache = Path(os.environ.get("PIP_CACHE_DIR", Path.home() / ".cache" / "pip"))
    first = _make(folder, "demo", f"PYTHON={sys.executable}", **home, PIP_CACHE_DIR=str(pip_cache))
    if "No matching distribution" in first.stderr and "CI" not in os.environ:
        pytest.skip("the package index cannot be reached")
    assert first.returncode == 0, first.stderr
    assert "KURZANTWORT" in first.stdout

    again = _make(folder, "demo", f"PYTHON={sys.executable}", **home)
    assert again.returncode == 0
    assert again.stdout == first.stdout
    assert again.stderr == "", "a second run sets nothing up"
