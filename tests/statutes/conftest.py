"""Acts and texts of invented law, and the archive where it is there."""

from datetime import date
from pathlib import Path

import pytest

from wegweiser.engine import open_book
from wegweiser.statutes.acts import Acts
from wegweiser.statutes.folders import read_folder
from wegweiser.statutes.store import Texts
from wegweiser.statutes.texts import Section, Snapshot

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.fixture(scope="session")
def acts() -> Acts:
    return Acts.of(open_book())


@pytest.fixture(scope="session")
def archive() -> Path:
    """The folder of texts beside the project; tests that need it are left out elsewhere."""
    if not (SHARED / "law").is_dir():
        pytest.skip("needs the archive of texts in ../shared/law")
    return SHARED / "law"


@pytest.fixture(scope="session")
def official() -> Path:
    if not (SHARED / "gii").is_dir():
        pytest.skip("needs the official files in ../shared/gii")
    return SHARED / "gii"


@pytest.fixture(scope="session")
def history(archive: Path, acts: Acts) -> Texts:
    return Texts.of(read_folder(archive, acts))


def snapshot(day: str, lines: list[str], act: str = "AsylG", section: str = "§ 1") -> Snapshot:
    """An act of one section."""
    return Snapshot(act, date.fromisoformat(day), {section: Section(section, "", tuple(lines))})
