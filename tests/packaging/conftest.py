"""A copy of the checkout, the sdist and the wheel built from it, and other Pythons of the machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def copy_checkout() -> Callable[[Path], Path]:
    """Copy what git would commit, and nothing that a build or an editor left behind."""

    def copy(target: Path) -> Path:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target / name)
        return target

    return copy


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory, copy_checkout: Callable[[Path], Path]) -> Path:
    """A folder with the sdist, and the wheel that was built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    source = copy_checkout(tmp_path_factory.mktemp("source"))
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="session")
def wheel(distributions: Path) -> Path:
    """The wheel."""
    (wheel,) = distributions.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment variables that know nothing of the checkout, its .venv or its cache."""
    keep = ("PATH", "SYSTEMROOT", "TMPDIR")
    home = tmp_path_factory.mktemp("home")
    clean = {name: os.environ[name] for name in keep if name in os.environ}
    return clean | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}


@pytest.fixture(scope="session")
def installed(
    tmp_path_factory: pytest.TempPathFactory, wheel: Path, clean_environment: dict[str, str]
) -> Callable[[str], Path]:
    """Install the wheel for a Python into a new environment; its folder of programs."""

    def install(python: str) -> Path:
        folder = tmp_path_factory.mktemp("venv")
        subprocess.run(
            [python, "-m", "venv", "--without-pip", str(folder)], check=True, env=clean_environment
        )
        programs = folder / ("Scripts" if os.name == "nt" else "bin")
        pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet"]
        needed = subprocess.run(
            [*pip, "--requirement", str(ROOT / "requirements.lock")],
            check=False,
            capture_output=True,
            text=True,
        )
        if needed.returncode and "CI" not in os.environ:
            pytest.skip(f"the package index cannot be reached: {needed.stderr.strip()[-200:]}")
        assert needed.returncode == 0, needed.stderr
        subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
        return programs

    return install


@pytest.fixture(scope="session")
def find_python() -> Callable[[str], str]:
    """Path of a Python of that version (`3.12`); the test is skipped where the machine has none."""

    def find(version: str) -> str:
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
        candidates = [*sorted(map(str, pyenv.glob(f"versions/{version}.*/bin/python"))), f"python{version}"]
        for candidate in filter(None, map(shutil.which, candidates)):
            question = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
            told = subprocess.run([candidate, "-c", question], check=False, capture_output=True, text=True)
            if told.stdout.strip() == version:
                return candidate
        pytest.skip(f"no Python {version} on this machine")

    return find
