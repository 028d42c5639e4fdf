"""Persons that a comparison or a proof has found, as profiles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wegweiser.cli.access import write_new
from wegweiser.engine.errors import Fault, ProfileError
from wegweiser.engine.text import Text

if TYPE_CHECKING:
    from wegweiser.engine.review.findings import Finding

__all__ = ["example_name", "profile_text", "write_examples"]


def profile_text(comments: Iterable[str], day: date, facts: Mapping[str, Any]) -> str:
    """A profile in YAML with its day, and lines of comment before it."""
    import yaml

    plain = {name: _plain(value) for name, value in facts.items()}
    entries = {"stichtag": day, **plain}
    head = "".join(f"# {' '.join(line.split())}\n" for line in comments)
    return head + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return value


def example_name(finding: Finding) -> str:
    """The name of the file for the person of a finding."""
    parts = [finding.code, finding.place.name, finding.target or "", finding.key or ""]
    return "-".join(re.sub(r"[^A-Za-z0-9_]+", "_", part) for part in parts if part)


def write_examples(folder: Path, profiles: Iterable[tuple[str, str]]) -> None:
    """Write profiles into a folder that is made where it is missing; nothing is overwritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        said = Text(f"kann nicht angelegt werden ({reason})", f"cannot be made ({reason})")
        raise ProfileError([Fault(str(folder), None, None, None, said)]) from error
    for name, text in profiles:
        write_new(str(folder / f"{name}.yaml"), text)
