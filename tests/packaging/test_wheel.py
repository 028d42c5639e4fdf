"""The wheel and the sdist: what is in them, and that they run without the checkout."""

import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]

PARTS = ("engine", "statutes", "casebook", "rules", "cli")


def _sources(root: Path) -> set[str]:
    """Every file of the parts that belongs into a distribution, relative to the checkout."""
    wanted = ("*.py", "*.yaml", "py.typed")
    return {
        path.relative_to(root).as_posix()
        for part in PARTS
        for pattern in wanted
        for path in (root / part).rglob(pattern)
    }


def test_wheel_holds_all_parts_and_no_other_top_level_name(wheel: Path, root: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    packaged = {name.removeprefix("wegweiser/") for name in names if name.startswith("wegweiser/")}
    assert packaged == _sources(root)
    assert any(name.endswith(".yaml") for name in packaged)
    others = {name.split("/")[0] for name in names} - {"wegweiser"}
    assert others == {"wegweiser-0.1.0.dist-info"}


def test_licences_are_in_the_wheel(wheel: Path) -> None:
    licences = {
        name.split("/licenses/")[1] for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name
    }
    assert licences == {"LICENSE", "rules/LICENSE"}


def test_sdist_holds_what_the_wheel_is_built_from(distributions: Path, root: Path) -> None:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert _sources(root) <= names
    assert "pyproject.toml" in names


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_installed_wheel_checks_a_profile(
    version: str,
    find_python: Callable[[str], str],
    installed: Callable[[str], Path],
    clean_environment: dict[str, str],
    root: Path,
    tmp_path: Path,
) -> None:
    same = version == "{}.{}".format(*sys.version_info)
    programs = installed(sys.executable if same else find_python(version))
    profile = tmp_path / "profil.yaml"
    profile.write_bytes((root / "examples" / "fatima.yaml").read_bytes())

    def run(program: str, *arguments: str) -> str:
        done = subprocess.run(
            [str(programs / program), *arguments],
            cwd=tmp_path,
            env=clean_environment,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    place = run("python", "-c", "import wegweiser.engine, wegweiser.cli; print(wegweiser.engine.__file__)")
    assert Path(place.strip()).is_relative_to(programs.parent)

    assert "KURZANTWORT" in run("wegweiser", "check", "profil.yaml", "--am", "2026-11-22")
    document = json.loads(run("wegweiser", "check", "profil.yaml", "--am", "2026-11-22", "--json"))
    outcomes = {result["ziel"]: result["ergebnis"] for result in document["ergebnisse"]}
    assert outcomes["taetigkeit.ausbildung_betrieblich"] == "soll"
    assert run("wegweiser", "--version").startswith("wegweiser 0.1.0")
