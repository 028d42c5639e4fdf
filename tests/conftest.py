"""What all tests share: nobody's cache folder, nobody's terminal, repeatable generated input."""

import os
import tempfile
from collections.abc import Iterator
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
