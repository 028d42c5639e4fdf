"""The worked examples of the domain tables, corrected where the law says otherwise."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from wegweiser.engine import Book

_SPEC = importlib.util.spec_from_file_location("worked_cases", Path(__file__).with_name("worked_cases.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
worked_cases = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(worked_cases)
CASES = worked_cases.worked_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_worked_example(packaged_book: Book, case: Any) -> None:
    assert list(worked_cases.differences(packaged_book, case)) == []
