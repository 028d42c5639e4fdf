"""The table of status and activity in docs: fresh, and with a row for every status."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from wegweiser.cli.overview import written
from wegweiser.engine import open_book

FOLDER = Path(__file__).parents[2] / "docs" / "overview"
PEOPLE = (FOLDER / "people.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page() -> str:
    return written(PEOPLE)


def test_the_page_in_docs_is_fresh(page: str) -> None:
    assert (FOLDER / "taetigkeit.md").read_text(encoding="utf-8") == page, "run `make overview`"


def test_every_status_has_a_row() -> None:
    told = {person["facts"]["aufenthaltsstatus"] for person in yaml.safe_load(PEOPLE)["people"]}
    assert told == set(open_book().data["vocabulary"]["facts"]["aufenthaltsstatus"]["werte"])


def test_no_status_and_no_title_is_left_without_an_answer(page: str) -> None:
    open_rows = [line for line in page.splitlines() if line.startswith("|") and "unklar" in line]
    without_reason = [line for line in open_rows if "es fehlt" not in line and line.endswith("|  |")]
    assert without_reason == []
