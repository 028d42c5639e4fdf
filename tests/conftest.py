"""What all tests share: nobody's cache folder, nobody's terminal, repeatable generated input."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from wegweiser.engine import Book, open_book

settings.register_profile(
    "quick",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "fuzz",
    parent=settings.get_profile("quick"),
    derandomize=False,
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "5000")),
    print_blob=True,
)
settings.load_profile("quick")


def _load_everything() -> None:
    """Import all modules: hypothesis draws the constants of those that are loaded.

    So the generated input is the same whichever tests have run before.
    """
    root = Path(__file__).resolve().parents[1]
    for area in ("engine", "statutes", "casebook", "cli"):
        for path in sorted((root / area).rglob("*.py")):
            if not path.stem.startswith("__"):
                with suppress(ImportError):  # an extra that is not installed
                    import_module(".".join(("wegweiser", *path.relative_to(root).with_suffix("").parts)))


_load_everything()


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings() -> Iterator[None]:
    """The cache goes into a folder that the tests of one process share; the terminal's wishes are gone."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", folder)
        patch.setenv("LOCALAPPDATA", folder)
        for name in (
            "NO_COLOR",
            "FORCE_COLOR",
            "COLUMNS",
            "LINES",
            "TERM",
            "LANG",
            "LC_ALL",
            "PYTHONIOENCODING",
            "PYTHONDONTWRITEBYTECODE",  # every program that a test starts would compile all modules anew
            "WEGWEISER_DEBUG",
            "WEGWEISER_LANG",
        ):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def packaged_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The rule book of the project, compiled once for all tests and all processes."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return open_book(None, Path(shared) / "packaged")
